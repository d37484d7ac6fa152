"""Files of every kind, in every encoding, whole or broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from licet import newswire
from licet.errors import FileError
from licet.newswire.decode import decode
from licet.newswire.language import identify
from licet.newswire.unpack import sheets, unpack

RU = "Министерство торговли США ужесточило контроль за экспортом чипов в Китай, сообщает агентство."
LEGACY = {
    "cp1251": RU,
    "koi8-r": RU,
    "cp866": RU,
    "iso-8859-5": RU,
    "cp1256": "أعلنت وزارة التجارة الأمريكية قيودا جديدة على تصدير الرقائق إلى الصين.",
    "iso-8859-6": "قالت الصين إنها ستتخذ التدابير اللازمة لحماية مصالحها.",
    "gb18030": "美国商务部周二宣布收紧对华芯片出口管制，英伟达股价下跌。",
    "big5": "美國商務部週二宣布收緊對華晶片出口管制，輝達股價下跌。",
    "cp932": "米商務省は火曜日、中国向け半導体の輸出規制を強化すると発表した。",
    "euc_jp": "中国政府は米国に対して規制の緩和を求めている。",
    "cp949": "미국 상무부는 화요일 중국에 대한 반도체 수출 통제를 강화한다고 발표했다.",
    "cp1250": "Ministerstvo obchodu USA zpřísnilo kontrolu vývozu čipů do Číny, uvádí agentura.",
    "iso-8859-2": "Departament Handlu USA zaostrzył kontrolę eksportu układów do Chin, podała agencja.",
    "cp1252": "Le ministère américain du Commerce a annoncé de nouvelles règles à l’exportation.",
    "cp1254": "ABD Ticaret Bakanlığı, Çin'e çip ihracatına yönelik kısıtlamaları sıkılaştırdı.",
    "cp1253": "Το υπουργείο Εμπορίου των ΗΠΑ ανακοίνωσε νέους περιορισμούς.",
    "utf-16": RU,
    "utf-8-sig": RU,
}
ARTICLE = "<p>" + "The Commerce Department said on Tuesday it will restrict exports of AI chips. " * 5 + "</p>"
PAGE = (
    "<!doctype html><html lang=en><head><title>Chips</title><meta property='article:published_time' "
    f"content='2025-05-14T10:00:00Z'></head><body><nav>{'<a href=x>Menu item</a>' * 80}</nav><article>"
    f"<h1>Chips</h1>{ARTICLE}</article><footer>About us</footer></body></html>"
)


@pytest.mark.parametrize("encoding", LEGACY)
def test_legacy_bytes_are_read(encoding: str) -> None:
    assert decode(LEGACY[encoding].encode(encoding))[0] == LEGACY[encoding]


def test_what_a_page_declares_is_believed_only_when_it_fits() -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body><p>{RU}</p></body></html>"
    assert RU in decode(page.encode("utf-8"))[0]
    assert RU in decode(page.replace("iso-8859-1", "windows-1251").encode("cp1251"))[0]


def test_a_page_loses_its_menu_and_keeps_its_day() -> None:
    (sheet,) = unpack(PAGE.encode(), "page.html")
    assert sheet.published.startswith("2025-05-14")
    assert "Commerce Department" in sheet.text
    assert "Menu item" not in sheet.text


@pytest.mark.parametrize(
    "feed",
    [
        "<rss version='2.0'><channel><title>Wire</title><item><title>One</title><pubDate>Wed, 14 May 2025 10:00:00 GMT"
        "</pubDate><description>&lt;p&gt;Chips for China&lt;/p&gt;</description></item><item><title>Two</title></item>"
        "</channel></rss>",
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry>"
        "<title>One</title><published>2025-05-14T10:00:00Z</published><summary>Chips for China</summary></entry>"
        "<entry><title>Two</title></entry></feed>",
    ],
)
def test_feeds(feed: str) -> None:
    one, two = unpack(feed.encode(), "feed.xml")
    assert (one.id, one.title, one.site, one.text) == ("feed.xml:1", "One", "Wire", "One\n\nChips for China")
    assert newswire.read_one(one).published.day is not None
    assert two.text == "Two"


def test_json_lines(tmp_path: Path) -> None:
    rows = [{"id": "a", "headline": "Chips", "body": RU, "datePublished": "2025-05-14"}, {"text": "no more"}]
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    one, two = sheets(path)
    assert (one.id, one.published, one.text) == ("wire.jsonl:1#a", "2025-05-14", f"Chips\n\n{RU}")
    assert two.id == "wire.jsonl:2"


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 40,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "deep.html": b"<html><body>" + b"<div>" * 5000 + b"x",
    "tags.html": b"<html><body>" + b"<b>" * 100_000,
    "long.jsonl": b'{"text": "' + b"x" * 3_000_000 + b'"}\n',
    "broken.jsonl": b"this is no json\n",
    "list.jsonl": b"[1, 2]\n",
    "empty.jsonl": b"\n\n",
    "bomb.xml": b"<rss><!DOCTYPE x [<!ENTITY a 'aaaa'>]><channel><item><title>&a;</title></item></channel></rss>",
}


def test_what_cannot_be_read_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text("The Commerce Department banned exports of AI chips to China.", "utf-8")
    batch = newswire.read([tmp_path, tmp_path / "missing.txt"])
    assert [report.id for report in batch.reports] == ["good.txt"]
    assert len(batch.errors) == len(BAD) + 1
    assert all(isinstance(error, FileError) for error in batch.errors)
    assert all(any(name in str(error) for error in batch.errors) for name in [*BAD, "missing.txt"])


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    (error,) = newswire.read([path]).errors
    assert "100,000,000" in str(error)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "US tightens chip export rules, Commerce says"),
        ("de", "USA verschärfen Exportkontrollen für KI-Chips"),
        ("es", "EE UU endurece los controles a la exportación de chips"),
        ("id", "AS perketat ekspor cip AI ke China, kata pejabat"),
        ("uk", "США посилили контроль за експортом чипів"),
        ("fa", "آمریکا صادرات تراشه به چین را محدود کرد"),
        ("ja", "米国、AI半導体の対中輸出を制限"),
        ("zh", "美國收緊AI晶片出口"),
        ("ko", "미국, 반도체 수출 통제"),
        ("vi", "Mỹ siết xuất khẩu chip AI sang Trung Quốc"),
    ],
)
def test_language_of_a_headline(language: str, text: str) -> None:
    assert identify(text) == language
