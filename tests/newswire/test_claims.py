"""Who does what to which thing, and what the record says to it."""

from __future__ import annotations

# ruff: noqa: E501 - words of many languages read best on one line
from collections.abc import Callable

import pytest

from licet.newswire import Claim, Report

Reader = Callable[..., Report]


def said(claim: Claim) -> tuple[str, str, str, str]:
    return (
        claim.actor.id if claim.actor else "",
        claim.action,
        claim.of,
        claim.object.id if claim.object else "",
    )


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        (
            "China has asked the United States to ease export controls on HBM chips.",
            "2025-08-10",
            ("CN", "asks", "eases", "hbm"),
        ),
        (
            "Китай попросил США ослабить экспортный контроль над памятью HBM.",
            "2025-08-10",
            ("CN", "asks", "eases", "hbm"),
        ),
        ("طلبت الصين من الولايات المتحدة تخفيف قيود تصدير رقائق HBM.", "2025-08-10", ("CN", "asks", "eases", "hbm")),
        ("中国要求美国放宽HBM芯片出口管制。", "2025-08-10", ("CN", "asks", "eases", "hbm")),
        ("中国は米国に対し、HBM半導体の輸出規制の緩和を求めた。", "2025-08-10", ("CN", "asks", "eases", "hbm")),
        ("중국은 미국에 HBM 반도체 수출 규제 완화를 요구했다.", "2025-08-10", ("CN", "asks", "eases", "hbm")),
        (
            "La Chine demande aux États-Unis un assouplissement des contrôles sur les puces HBM.",
            "2025-08-10",
            ("CN", "asks", "eases", "hbm"),
        ),
        (
            "China pide a Estados Unidos flexibilizar los controles a la exportación de chips HBM.",
            "2025-08-10",
            ("CN", "asks", "eases", "hbm"),
        ),
        (
            "The Commerce Department rescinded the AI diffusion rule on Tuesday.",
            "2025-05-14",
            ("us-commerce", "rescinds", "", "ai-diffusion-rule"),
        ),
        (
            "商务省は火曜日、AI拡散規則を撤回した。".replace("商务省", "米商務省"),
            "2025-05-14",
            ("us-commerce", "rescinds", "", "ai-diffusion-rule"),
        ),
        (
            "Senator Tom Cotton introduced the Chip Security Act.",
            "2025-05-09",
            ("cotton", "advances", "", "chip-security-act"),
        ),
        ("Nvidia criticized the AI diffusion rule.", "2025-01-14", ("nvidia", "objects", "", "ai-diffusion-rule")),
    ],
)
def test_claims(one: Reader, text: str, day: str, wanted: tuple[str, str, str, str]) -> None:
    assert wanted in [said(claim) for claim in one(text, day).claims]


def test_what_is_asked_for_is_not_done(one: Reader) -> None:
    claims = one("China has asked the United States to ease export controls on HBM chips.", "2025-08-10").claims
    assert "eases" not in [claim.action for claim in claims]
    assert claims[0].proposal == "relax-hbm"


def test_evidence_is_verbatim_and_leads_back_through_repairs(one: Reader) -> None:
    text = "美國商務部宣布對華芯片實(shí)施出口管制,。英偉達(dá)批評(píng)AI擴(kuò)散規(guī)則,。業(yè)內(nèi)人士反對(duì)AI擴(kuò)散規(guī)則。"
    report = one(text, "2025-01-14")
    assert report.claims
    for claim in report.claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.exact
    assert "英偉達批評AI擴散規則" in " ".join(claim.evidence.repaired for claim in report.claims)


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("The Bureau of Industry and Security issued the AI diffusion rule on Monday.", "2025-01-14", "confirmed"),
        ("The Commerce Department rescinded the AI diffusion rule on Tuesday.", "2025-05-14", "partly"),
        ("Beijing banned exports of AI chips to the Moon.", "2023-02-01", "not in the record"),
    ],
)
def test_verdicts(one: Reader, text: str, day: str, verdict: str) -> None:
    assert one(text, day).claims[0].verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "The British AI firm Humain said it will buy Nvidia chips under US export controls.",
        "Британская компания Humain закупит чипы Nvidia, сообщает агентство, несмотря на экспортный контроль.",
        "L'entreprise britannique Humain achètera des puces Nvidia malgré les contrôles à l'exportation.",
        "英国のAI企業であるHumainはエヌビディアの半導体を購入すると発表した。輸出規制の対象だ。",
        "英国人工智能公司Humain宣布采购英伟达芯片，美国出口管制不受影响。",
    ],
)
def test_a_firm_of_the_wrong_country(one: Reader, text: str) -> None:
    faults = [claim for claim in one(text, "2025-05-14").claims if claim.verdict == "contradicted"]
    assert faults
    assert "Saudi Arabia" in faults[0].record


@pytest.mark.parametrize(
    "text",
    [
        "The Saudi AI firm Humain will buy chips from the American company Nvidia under export controls.",
        "The US told company managers at TSMC to stop exports of AI chips.",
        "中国要求企业避免使用英伟达H20芯片。",
        "Americké ministerstvo obchodu poslalo společnosti TSMC dopis o vývozu čipů.",
        "The H20 is a cut-down version of the H100, made for export controls.",
    ],
)
def test_no_fault_where_there_is_none(one: Reader, text: str) -> None:
    assert [claim.record for claim in one(text, "2025-05-14").claims if claim.verdict == "contradicted"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia developed the H20, a cut-down version of the H200, to meet export controls.",
        "Nvidia a développé la puce H20, une version bridée de la H200, pour respecter les contrôles à l'exportation.",
        "Nvidia разработала H20, урезанную версию чипа H200, из-за экспортного контроля.",
    ],
)
def test_the_h20_is_no_cut_down_h200(one: Reader, text: str) -> None:
    assert any("Hopper" in claim.record for claim in one(text, "2025-05-14").claims if claim.verdict == "contradicted")


def test_an_outlet_that_is_relied_on_is_named(one: Reader) -> None:
    assert one("China wants HBM export controls eased, the Financial Times reported.").relies_on == ("ft",)


def test_other_trade_news_makes_no_claim(one: Reader) -> None:
    assert one("Mexico asked the United States to ease tariffs on steel.").claims == ()


@pytest.mark.parametrize(
    "words", ["begun issuing export licences", "started issuing licenses", "granted permits", "authorised the sale"]
)
def test_a_license_is_issued_in_many_words(one: Reader, words: str) -> None:
    report = one(f"The US Commerce Department has {words} for Nvidia's H20 chip.", "2025-08-09")
    assert ("us-commerce", "licenses", "", "nvidia-h20") in [said(claim) for claim in report.claims]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Nvidia's H20 chip was discussed by experts during the Trump administration, who urged a ban.", "trump"),
        ("The delay of licenses for the H20 was influenced by Huang's talks on Nvidia chips with Trump.", "huang"),
        ("A chip that Nvidia makes ended up in a Huawei server, according to two analysts.", "huawei"),
        ("アドバンスト・マイクロ・デバイセズ(AMD)は米国の半導体輸出規制を批判した。", "vance"),
        ("Британские СМИ пишут об Nvidia. Американская компания положительно оценила решение по чипам H200.", "US"),
    ],
)
def test_who_is_only_named_does_not_act(one: Reader, text: str, wrong: str) -> None:
    assert wrong not in [claim.actor.id for claim in one(text, "2025-08-11").claims if claim.actor]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "米商務省は2日、AI向けのHBMの対中輸出を規制すると発表した。中国の140社をエンティティー・リストに追加した。",
            ("us-commerce", "tightens", "", "entity-list"),
        ),
        (
            "Das Handelsministerium in Washington verschärft die Exportkontrollen für KI-Chips. "
            "Zugleich setzte die Behörde 25 chinesische Firmen auf die Entity List.",
            ("us-commerce", "tightens", "", "entity-list"),
        ),
        (
            "Nvidia makes AI chips under US export controls. The outgoing administration issued a rule on chips in January.",
            ("US", "issues", "", "chips"),
        ),
        (
            "TSMC suspended shipments to Sophgo, a designer of AI chips, under US pressure.",
            ("tsmc", "suspends", "", "ai-chips"),
        ),
    ],
)
def test_who_acts_though_the_sentence_does_not_name_them(
    one: Reader, text: str, wanted: tuple[str, str, str, str]
) -> None:
    assert wanted in [said(claim) for claim in one(text, "2025-01-20").claims]
