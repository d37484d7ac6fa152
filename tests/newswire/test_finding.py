"""Names in any script, in any case, and only where they are meant; days and amounts."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from licet.newswire.dates import dates
from licet.newswire.figures import figures
from licet.newswire.find import mentions
from licet.newswire.fold import fold
from licet.newswire.language import identify
from licet.newswire.record import record


def ids(text: str, *kinds: str) -> list[str]:
    found = mentions(text, fold(text), identify(text))
    for mention in found:
        assert text[mention.start : mention.end] == mention.surface
    return [mention.entry.id for mention in found if not kinds or mention.entry.kind in kinds]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia's H20 and H200 chips", {"nvidia", "nvidia-h20", "nvidia-h200"}),
        ("Чипы Huawei и памяти HBM, сказал Скотту Бессенту Говард Латник", {"huawei", "hbm", "bessent", "lutnick"}),
        ("министерством торговли США", {"us-commerce"}),
        ("Министерство коммерции Китая заявило", {"mofcom"}),
        ("الرقائق من إنفيديا وهواوي وSMIC", {"nvidia", "huawei", "smic"}),
        ("输达半导体 英伟达H20芯片，美國商務部", {"nvidia", "nvidia-h20", "us-commerce"}),
        ("华为昇腾910B芯片", {"huawei", "huawei-910b"}),
        ("エヌビディア製H 200半導体", {"nvidia", "nvidia-h200"}),
        ("삼성전자와 SK하이닉스는 HBM을", {"samsung", "sk-hynix", "hbm"}),
        ("le ministère américain du Commerce et la puce H20 de Nvidia", {"us-commerce", "nvidia-h20", "nvidia"}),
        ("the Ministry of Commerce in China and the chip H100", {"mofcom", "nvidia-h100"}),
        ("видеокарты RTX 5090 и чипы Н20 от Nvidia", {"nvidia-h20", "nvidia"}),
    ],
)
def test_names(text: str, wanted: set[str]) -> None:
    assert wanted <= set(ids(text))


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Stau auf der A100 in Berlin", "nvidia-a100"),
        ("The H2O level and the H20 road", "nvidia-h20"),
        ("Lamb and metal from the intelligence unit", "lam-research"),
        ("This is us, and it is time to go", "US"),
        ("Trumpets sounded in the capital", "trump"),
        ("H200 chips by Nvidia", "nvidia-h20"),
        ("计算能力", "sophgo"),
        ("mali prenos podataka", "ML"),
    ],
)
def test_what_only_looks_like_a_name(text: str, never: str) -> None:
    assert never not in ids(text)


def test_traditional_and_simplified_name_the_same() -> None:
    assert ids("美国商务部对华为和台积电") == ids("美國商務部對華為和臺積電")


def test_a_rule_is_known_by_its_description() -> None:
    text = "新规建立了三级许可制度：约18个国家不受限制，约120个国家设上限，对AI芯片出口。"
    assert "ai-diffusion-rule" in ids(text, "rule")
    assert "ai-diffusion-rule" not in ids("一个三级制度。", "rule")


PUBLISHED = datetime.date(2025, 5, 14)


@pytest.mark.parametrize(
    ("language", "text", "first", "grain"),
    [
        ("en", "last Friday", "2025-05-09", "day"),
        ("en", "on Tuesday", "2025-05-13", "day"),
        ("en", "on 15 May", "2025-05-15", "day"),
        ("en", "January 13, 2025", "2025-01-13", "day"),
        ("en", "last month", "2025-04-01", "month"),
        ("en", "yesterday", "2025-05-13", "day"),
        ("ru", "12 августа", "2025-08-12", "day"),
        ("ru", "в 2024 году", "2024-01-01", "year"),
        ("fr", "en juillet 2025", "2025-07-01", "month"),
        ("ar", "12 أغسطس/آب", "2025-08-12", "day"),
        ("ja", "5 月 15 日", "2025-05-15", "day"),
        ("ja", "先週の金曜日", "2025-05-09", "day"),
        ("ja", "先月", "2025-04-01", "month"),
        ("zh", "去年圣诞节", "2024-12-25", "day"),
        ("zh", "11月11日", "2025-11-11", "day"),
        ("ko", "5월 13일", "2025-05-13", "day"),
        ("de", "am Dienstag", "2025-05-13", "day"),
        ("es", "el 15 de mayo", "2025-05-15", "day"),
    ],
)
def test_dates(language: str, text: str, first: str, grain: str) -> None:
    (when,) = dates(text, language, PUBLISHED)
    assert (when.first, when.grain) == (datetime.date.fromisoformat(first), grain)


@pytest.mark.parametrize(
    "text", ["in the past three months", "90 days", "the H20 chip", "20 of them may go", "we will march on"]
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text, "en", PUBLISHED) == []


def test_without_a_day_of_publication_a_relative_day_is_unknown() -> None:
    (when,) = dates("last Friday", "en", None)
    assert when.first is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$5.5 billion", "5500000000", "USD"),
        ("2,5 Milliarden Dollar", "2500000000", "USD"),
        ("15% of revenue", "15", "%"),
        ("4.8 TB/s", "4.8", "TB/s"),
        ("TPP: 2,368 TPP", "2368", "TPP"),
        ("90 jours", "90", "days"),
        ("около 120 стран", "120", "countries"),
    ],
)
def test_figures(text: str, value: str, unit: str) -> None:
    assert [(figure.value, figure.unit) for figure in figures(text)] == [(Decimal(value), unit)]


def test_every_event_and_every_provision_of_the_record_is_in_the_lawbook() -> None:
    from licet.lex.law import current

    assert len(record().events) > 60
    provisions = current().provisions
    assert [id_ for stands in record().provisions for id_ in stands.to if id_ not in provisions] == []
