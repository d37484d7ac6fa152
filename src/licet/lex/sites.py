"""Where a citation is to be read: the official sites, by what it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ECFR: Final = "https://www.ecfr.gov/current"
#: The EAR stands in one subchapter; a supplement is found by its whole path only.
_EAR: Final = "title-15/subtitle-B/chapter-VII/subchapter-C"
#: Numbers under which the Securities and Exchange Commission keeps the filings of a company.
_FILERS: Final = {"NVIDIA": "1045810", "AMD": "2488", "Intel": "50863"}
#: Papers of which the address is known.
_PAPERS: Final = {
    "BIS guidance of 2026-05-31": "https://www.bis.gov/media/documents/bis-guidance-may-31-2026.pdf",
}


def site(kind: str, text: str, found: Mapping[str, str]) -> str:
    """The address of what a citation names; empty where none is known.

    Args:
        kind: of the reference, as `licet.lex.cite.Reference` has it.
        text: its words.
        found: the numbers in it: of the Code, the Register, the statutes and so on.
    """
    match kind:
        case "cfr":
            return _code(found)
        case "fr":
            return f"https://www.federalregister.gov/citation/{found['volume']}-FR-{found['page']}"
        case "document":
            return f"https://www.federalregister.gov/d/{found['number']}"
        case "usc":
            return f"https://www.govinfo.gov/link/uscode/{found['usc_title']}/{found['usc_section']}"
        case "law":
            return f"https://www.govinfo.gov/link/plaw/{found['congress']}/public/{found['act']}"
        case "order":
            return f"https://www.federalregister.gov/executive-order/{found['order_number']}"
        case "bill":
            chamber = "house-bill" if found["chamber"] == "H.R." else "senate-bill"
            return f"https://www.congress.gov/bill/{found['session']}th-congress/{chamber}/{found['bill_number']}"
        case "gao":
            return f"https://www.gao.gov/products/{found['file'].lower()}"
        case "iso":
            return "https://www.iso.org/iso-3166-country-codes.html" if text.startswith("ISO 3166") else ""
    form = found.get("kind", "").removeprefix("Form ")
    if found.get("who") in _FILERS and form != found.get("kind"):
        cik = _FILERS[found["who"]]
        return f"https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={cik}&type={form}"
    return _PAPERS.get(text, "")


def _code(found: Mapping[str, str]) -> str:
    """A section with its paragraph, a supplement, a part or a chapter in the eCFR of today."""
    title, part = found["title"], found["part"]
    if found["section"]:
        place = f"{_ECFR}/title-{title}/section-{found['section']}"
        return f"{place}#p-{found['section']}{found['paragraphs']}" if found["paragraphs"] else place
    if found["chapter"]:
        return f"{_ECFR}/title-{title}/chapter-{found['chapter']}"
    ear = title == "15" and 730 <= int(part or 0) <= 774
    place = f"{_ECFR}/{_EAR}/part-{part}" if ear else f"{_ECFR}/title-{title}/part-{part}"
    if found["supplement"]:
        return f"{place}/appendix-Supplement%20No.%20{found['supplement']}%20to%20Part%20{part}"
    return place
