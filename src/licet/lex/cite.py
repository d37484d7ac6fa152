"""Citations of the lawbook: what may stand in `cite` and `by`, taken apart, with links to the official sites.

    15 CFR 742.6(a)(6)(iii) and (b)(10); 738 Supp. 1      88 FR 73458      FR Doc. 2026-02262      50 U.S.C. 4813
    BIS guidance of 2025-05-13      letter of BIS to AMD of April 2025      GAO B-337935 of 2026-05-12

References are joined by semicolons, commas, ``and``, ``or``, ``to``; a later one may leave out the title of the Code of
Federal Regulations, and a paragraph alone belongs to the section before it. Remarks stand in parentheses. A paper, a
letter or a statement has its day, or at least its month: without one nobody finds it again.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from licet.errors import LawError, did_you_mean
from licet.lex.model import Group, Provision
from licet.lex.sites import site

#: Citations in every form, as the message about one that does not parse shows them.
FORMS: Final = (
    "15 CFR 742.6(a)(6)(iii)", "15 CFR 740 Supp. 1", "Supp. 2 to part 748", "88 FR 73458", "FR Doc. 2026-02262",
    "50 U.S.C. 4813", "Pub. L. 115-232", "E.O. 14105", "H.R. 3447 (119th Congress)", "GAO B-337935 of 2026-05-12",
    "BIS guidance of 2025-05-13", "letter of BIS to AMD of April 2025", "NVIDIA, Form 8-K of 2022-08-31",
    "Reuters report of 2024-11-09", "ISO 3166-1",
)  # fmt: skip

_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY: Final = r"\d{4}-\d{2}-\d{2}(?!\d)"
_WHEN: Final = rf"(?:{_DAY}|(?:{_MONTHS}) \d{{4}}(?!\d))"
_PARA: Final = r"(?:\([A-Za-z0-9]{1,5}\))"
_NAME: Final = r"[A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*)*"
_ENTRY: Final = r"\d[A-E]\d{3}(?:\.[a-z0-9.]*[a-z0-9])?"
_PAPER: Final = (
    "(?:guidance|policy statement|press release|FAQ|advisory|notice|statement|order|decision|charging letter|report"
    "|announcement|proclamation|memorandum|Form (?:8-K|10-K|10-Q|6-K|20-F))"
)
#: One reference, or what adds to one; the first alternative that fits counts.
_ITEM: Final = re.compile(
    r"(?P<fr>(?P<volume>\d{1,3}) FR (?P<page>\d{1,6})(?!\w))"
    r"|(?P<document>FR Doc\. (?P<number>\d{4}-\d{5})(?!\w))"
    rf"|(?P<usc>(?P<usc_title>\d{{1,2}}) U\.S\.C\. (?P<usc_section>\d+[a-z]?(?:-\d+)?){_PARA}*(?!\w))"
    r"|(?P<law>Pub\. L\. (?P<congress>\d{2,3})-(?P<act>\d{1,3})(?!\w))"
    r"|(?P<order>E\.O\. (?P<order_number>\d{4,5})(?!\w))"
    r"|(?P<bill>(?P<chamber>H\.R\.|S\.) (?P<bill_number>\d{1,5}) \((?P<session>\d{2,3})(?:st|nd|rd|th) Congress\))"
    rf"|(?P<gao>GAO (?P<file>B-\d{{6}}) of {_DAY})"
    r"|(?P<iso>ISO \d{3,5}(?:-\d)?(?![\w-]))"
    r"|(?P<cfr>(?:note to )?(?:(?P<title>\d{1,2}) CFR )?(?:"
    rf"(?P<section>\d{{1,4}}\.\d{{1,4}})(?P<paragraphs>{_PARA}*)"
    rf"|Supp\. (?P<supp_of>\d{{1,2}}){_PARA}* to part (?P<of>\d{{1,4}})"
    rf"|(?P<with>\d{{1,4}}) Supp\. (?P<supp>\d{{1,2}}){_PARA}*"
    r"|parts? (?P<part>\d{1,4})|chapter (?P<chapter>[IVXLC]+)|(?P<bare>\d{1,4})(?= *(?:$|[,;:(]|and |to |or |as )))"
    r"(?![\w.]*\w))"
    rf"|(?P<more>{_PARA}+)"
    rf"|(?P<letter>letters? of {_NAME} to {_NAME}(?: and {_NAME})*(?: of|,? disclosed (?:in|on)) {_WHEN})"
    rf"|(?P<stay>the (?:stay|suspension) of \d{{1,3}} FR \d{{1,6}} ended on {_DAY})"
    rf"|(?P<paper>(?:(?P<who>{_NAME}),? )?(?P<kind>{_PAPER})s?(?: and {_PAPER})?(?: reported)?(?: by {_NAME})?"
    rf"(?: (?:of|on|from|in) {_WHEN}| for the (?:first|second|third|fourth) quarter of \d{{4}}))"
    rf"|(?P<event>(?:effect|withdrawal|publication)(?: reported)? (?:of|from|on|in) {_WHEN})"
    rf"|(?P<day>{_DAY})"
    rf"|(?P<detail>(?:ECCN )?{_ENTRY}|(?:Technical )?[Nn]otes? \d{{1,2}}(?:\.[a-z])?{_PARA}*"
    rf"|note to Country Group [A-E]:\d|red flags? \d{{1,2}}|Table \d{{1,2}}"
    rf"|paragraphs? (?:\d{{1,2}}|{_PARA}+|\.z of {_ENTRY})|(?:Country Group )?[A-E]:\d|[a-z](?![\w.]))"
)
_JOINT: Final = re.compile(r"; |,? (?:and|or|to|as of) |, | (?=[A-E]:\d)")
#: A remark: its words are free.
_REMARK: Final = re.compile(
    r" \((?!(?:[a-z]{1,2}|\d{1,2}|[ivxl]+|[A-Z])\))[^()]*(?:\([^()]*\)[^()]*)*\)"
    r"| as amended(?!\w)| as of \d{4}(?![-\d]| FR)|: [^;]+|, if amended by .+"
)
#: What an item is, where it is neither a paper nor of the Code.
_KINDS: Final = ("fr", "document", "usc", "law", "order", "bill", "gao", "iso", "letter")
_SIGN: Final = re.compile(r"\(([A-Za-z0-9]{1,5})\)")
#: What a paragraph looks like at each depth of a section: (a)(1)(i)(A)(1)(i).
_LEVELS: Final = tuple(map(re.compile, ("[a-z]{1,2}", r"\d{1,3}", "[ivxl]+", "[A-Z]{1,2}", r"\d{1,3}", "[ivxl]+")))
#: What people write instead, and what the lawbook writes.
_HABITS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), better)
    for pattern, better in (
        (r"C\.F\.R\.", "CFR"), (r"§+ ?|\bsections? ", ""), (r"Fed\. ?Reg\.|F\.R\.", "FR"), (r"\bcfr\b", "CFR"),
        (r"\bfr\b", "FR"), (r"U\.?S\.?C\.? ", "U.S.C. "), (r"Public Law (?:No\. )?|P\.L\. ?", "Pub. L. "),
        (r"Executive Order |\bEO ", "E.O. "), (r"\bH\.? ?R\.? ?(?=\d)", "H.R. "), (r"(?<=\d),(?=\d{3})", ""),
        (r"Supplement (?:No\. ?)?|Supp\.? (?:No\. )?(?=\d)", "Supp. "),
        (r"Supp\. (\d+) (?:to|of) (?:part )?", r"Supp. \1 to part "), (r"(\d) \(", r"\1("),
        (r"\bEAR (?=7\d\d)|^(?=7[3-7]\d\.)", "15 CFR "), (r"\bBIS (.+) dated ", r"BIS \1 of "),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that a citation names.

    Attributes:
        kind: ``cfr``, ``fr``, ``document``, ``usc``, ``law``, ``order``, ``bill``, ``gao``, ``iso``, ``letter`` or
            ``paper``.
        text: as it stands in the citation, from `start` to `end`.
        url: where it is to be read on an official site; empty where no address is known.
        title, part, section, supplement: of the Code of Federal Regulations; empty for other kinds and where not named.
        paragraphs: of that section, from the top: ``("a", "6", "iii")``.
    """

    kind: str
    text: str
    start: int
    end: int
    url: str = ""
    title: str = ""
    part: str = ""
    section: str = ""
    supplement: str = ""
    paragraphs: tuple[str, ...] = ()

    def url_on(self, day: datetime.date) -> str:
        """The text of the Code as it stood on `day`; the eCFR goes back to 2017. Empty for other kinds."""
        past = self.url.replace("/current/", f"/on/{day.isoformat()}/", 1)
        return past if self.kind == "cfr" and day.year >= 2017 else ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, with all that it names in the order of its words."""

    text: str
    references: tuple[Reference, ...]


def parse(text: str, where: str = "") -> Citation:
    """The citation that `text` is.

    Args:
        text: as it stands in the lawbook.
        where: its place, for the message.

    Raises:
        LawError: it is in none of the `FORMS`, with the one that comes nearest.
    """
    found, rest = _parts(text)
    if found is None:
        tail = "" if rest == text else f"nothing is known of the form of {rest[:60]!r}"
        raise LawError(f"the citation {text[:120]!r} does not parse", where=where, why=tail, next=_hint(text))
    return found


def prove_citations(provisions: Iterable[Provision], groups: Iterable[Group]) -> None:
    """Everything that the provisions and groups of a lawbook cite is a citation.

    Raises:
        LawError: the first that is none, with file and line.
    """
    for provision in provisions:
        if provision.cite:
            parse(provision.cite, f"{provision.id}: {provision.file}, line {provision.line}")
        for version in provision.versions:
            where = f"{provision.id}: {provision.file}, line {version.line}"
            for text in (version.by, version.cite, *(entry.by for entry in version.enforcement)):
                if text:
                    parse(text, where)
    for group in groups:
        for text in (group.cite, *(member.by for member in group.members)):
            if text:
                parse(text, f"places/groups.yaml, group {group.id}")


@functools.lru_cache(8192)
def _parts(text: str) -> tuple[Citation | None, str]:
    """The citation, or None and the words at which reading it ended."""
    found: list[Reference] = []
    at, adds = 0, False
    while True:
        match = _ITEM.match(text, at)
        if match is None or not _real_days(match.group()):
            return None, text[at:]
        if match["day"] or match["detail"] or (match["bare"] and not match["title"]):
            number = match["bare"] and not adds
            if not found or (number and (found[-1].kind != "cfr" or found[-1].section)):
                return None, text[at:]
            adds = True
        else:
            named = _named(match, found)
            if named is None:
                return None, text[at:]
            found.append(named)
            adds = False
        at = match.end()
        while remark := _REMARK.match(text, at):
            at = remark.end()
        if at == len(text):
            return Citation(text, tuple(found)), ""
        joint = _JOINT.match(text, at)
        if joint is None:
            return None, text[at:]
        at = joint.end()


def _named(match: re.Match[str], before: list[Reference]) -> Reference | None:
    """What an item names; None where it cannot stand there."""
    text, start, end = match.group(), match.start(), match.end()
    earlier = next((each for each in reversed(before) if each.kind == "cfr"), None)
    if match["cfr"]:
        title = match["title"] or (earlier.title if earlier else "15" if match["of"] else "")
        if not title or not 1 <= int(title) <= 50:
            return None
        section = match["section"] or ""
        part = section.partition(".")[0] or match["of"] or match["with"] or match["part"] or match["bare"] or ""
        signs = tuple(_SIGN.findall(match["paragraphs"] or ""))
        made = Reference("cfr", text, start, end, "", title, part, section,
                         match["supp_of"] or match["supp"] or "", signs)  # fmt: skip
        return _with_site(made, chapter=match["chapter"] or "")
    if match["more"]:
        if earlier is None:
            return None
        signs = _below(earlier.paragraphs, tuple(_SIGN.findall(text))) if earlier.section else ()
        made = Reference("cfr", text, start, end, "", earlier.title, earlier.part, earlier.section,
                         earlier.supplement, signs)  # fmt: skip
        return _with_site(made)
    kind = next((name for name in _KINDS if match[name]), "paper")
    found = {name: value for name, value in match.groupdict().items() if value}
    return Reference(kind, text, start, end, site(kind, text, found))


def _with_site(made: Reference, chapter: str = "") -> Reference:
    found = {"title": made.title, "part": made.part, "section": made.section, "supplement": made.supplement,
             "chapter": chapter, "paragraphs": "".join(f"({sign})" for sign in made.paragraphs)}  # fmt: skip
    url = site("cfr", made.text, found)
    return Reference(made.kind, made.text, made.start, made.end, url, made.title, made.part, made.section,
                     made.supplement, made.paragraphs)  # fmt: skip


def _below(before: tuple[str, ...], signs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs that `signs` mean after `before`: (iv) after (b)(10)(iii) is (b)(10)(iv)."""
    for depth in range(min(len(before), len(_LEVELS)) - 1, -1, -1):
        if _LEVELS[depth].fullmatch(signs[0]):
            return (*before[:depth], *signs)
    return signs


def _real_days(text: str) -> bool:
    try:
        for day in re.findall(r"\d{4}-\d{2}-\d{2}", text):
            datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _hint(text: str) -> str:
    better = " ".join(text.split())
    for pattern, instead in _HABITS:
        better = pattern.sub(instead, better)
    better = better.strip()
    if better != text and _parts(better)[0] is not None:
        return f"did you mean {better!r}?"
    return did_you_mean(text, FORMS, otherwise=f"write it like {FORMS[0]!r}, {FORMS[3]!r} or {FORMS[10]!r}")
