"""docs/facts.md from the vocabulary.

python tools/document_facts.py          write the page
python tools/document_facts.py --check  exit with 1 when the page is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from licet.facts import FACTS, SHORT, Fact, Kind, Subject, shown

PAGE = Path(__file__).parent.parent / "docs" / "facts.md"
_TITLES = {
    Subject.TRANSACTION: "The transaction", Subject.ITEM: "The item", Subject.PARTY: "The parties",
    Subject.EXPORTER: "The exporter", Subject.APPLICATION: "The license application",
}  # fmt: skip
_KINDS = {
    Kind.NUMBER: "a plain number, kept exactly", Kind.BOOLEAN: "yes or no", Kind.CHOICE: "one of the values listed",
    Kind.SET: "one or more of the values listed, joined by `+`, or `none`", Kind.DATE: "a day, `YYYY-MM-DD`",
    Kind.COUNTRY: "a country: its ISO 3166 code, or its name in any language", Kind.TEXT: "text",
    Kind.ECCN: "a paragraph of the Commerce Control List such as `3A090.a`, or `EAR99`",
}  # fmt: skip
_HEAD = """\
# Facts

Everything a question can hold, in the words that the command line, files, Python and JSON share. What is left out is
*unknown*: never zero, never no. In a file an empty cell, `unknown`, `?`, `n/a` and `tbd` mean the same.

This page is made from the vocabulary by `tools/document_facts.py`; `licet facts` prints the same.
"""


def page() -> str:
    """The whole page."""
    kinds = "\n".join(f"| {kind.value} | {text} |" for kind, text in _KINDS.items())
    head = f"{_HEAD}\n| kind | how it is written |\n| --- | --- |\n{kinds}\n"
    return head + "".join(line for subject in Subject for line in _section(subject))


def _section(subject: Subject) -> Iterator[str]:
    chosen = [fact for fact in FACTS.values() if fact.of is subject and not fact.derived]
    if not chosen:
        return
    yield f"\n## {_TITLES[subject]}\n\n| fact | kind | question |\n| --- | --- | --- |\n"
    for fact in chosen:
        yield f"| `{fact.name}` | {fact.unit or fact.kind.value} | {_question(fact)} |\n"
    listed: dict[str, list[Fact]] = {}
    for fact in chosen:
        if fact.values:
            listed.setdefault(repr(dict(fact.values)), []).append(fact)
    for facts in listed.values():
        names = ", ".join(f"`{fact.name}`" for fact in facts)
        yield f"\nValues of {names}:\n\n" + "".join(f"- `{k}`: {v}\n" for k, v in (facts[0].values or {}).items())


def _question(fact: Fact) -> str:
    more = [f"short: `{short}`" for short, full in SHORT.items() if full == fact.name]
    if fact.ratio:
        more.append(f"`{fact.ratio[0]}` over `{fact.ratio[1]}`")
    if fact.ordinary is not None:
        value = shown(fact.ordinary)
        value = value.get("why") or ", ".join(map(str, value["among"])) if isinstance(value, dict) else value
        more.append(f"ordinary: {value}")
    if fact.cite:
        more.append(fact.cite)
    return fact.question.replace("|", "\\|") + (f" *({'; '.join(more)})*" if more else "")


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") == page()
        sys.exit(None if current else "docs/facts.md is not current: run tools/document_facts.py")
    PAGE.write_text(page(), encoding="utf-8")
