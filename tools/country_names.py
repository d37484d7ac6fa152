"""Writes src/licet/lawbook/places/names.json.gz: every spelling of a country that Licet understands.

The spellings are those of countries.yaml beside it, and the territory names of the Unicode CLDR in all its
languages, which Babel carries. Needs Babel and PyYAML; neither the result nor `licet.places` needs Babel:

    python tools/country_names.py

Run it again after a change to countries.yaml; with the same Babel it writes the same bytes.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, localedata

from licet.places import normal

PLACES = Path(__file__).parents[1] / "src" / "licet" / "lawbook" / "places"
#: German writes ae, oe, ue where the umlaut is missing.
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def curated(book: dict[str, Any]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The keys countries.yaml itself gives: to a code, to several codes, to a reason for refusing.

    Raises:
        SystemExit: two places lay claim to one spelling.
    """
    codes: dict[str, str] = {}
    several = {normal(text): " ".join(row["of"]) for row in book["ambiguous"] for text in row["names"]}
    for row in book["countries"]:
        iso = row.get("iso", "")
        if normal(iso) in several:  # ISO calls one of the two Congos "Congo"
            iso = ""
        for text in (row.get("ear"), iso, *row.get("also", ())):
            if text and codes.setdefault(normal(text), row["code"]) != row["code"]:
                raise SystemExit(f"countries.yaml: {text!r} is both {codes[normal(text)]} and {row['code']}")
    refused = {normal(text): row["why"] for row in book["refused"] for text in row["names"]}
    claims = collections.Counter([*codes, *several, *refused])
    if twice := sorted(key for key, count in claims.items() if count > 1):
        raise SystemExit(f"countries.yaml: claimed twice: {', '.join(twice)}")
    return codes, several, refused


def of_all_languages(codes: Iterable[str]) -> dict[str, set[str]]:
    """For each key, the places some language of the CLDR calls by it."""
    wanted = set(codes)
    found: dict[str, set[str]] = collections.defaultdict(set)
    for identifier in sorted(localedata.locale_identifiers()):
        locale = Locale.parse(identifier)
        for code, text in locale.territories.items():
            if code in wanted:
                for spelling in spellings(code, text, locale.language):
                    if usable(spelling, normal(spelling)):
                        found[normal(spelling)].add(code)
    return found


def spellings(code: str, text: str, language: str) -> set[str]:
    """A name and how it is shortened or typed: Гонконг for Гонконг (САР), Oesterreich for Österreich."""
    found = {text}
    if code in {"HK", "MO", "MM"}:
        found.add(text.partition("(")[0])
    if language == "de":
        found.add(text.translate(UMLAUTS))
    return found


def usable(text: str, key: str) -> bool:
    """Whether a name can be told from a code: a plain ASCII one of up to three letters cannot."""
    return len(key) > (3 if text.isascii() else 1) and not key.isdecimal()


def build(book: dict[str, Any]) -> dict[str, Any]:
    """The content of names.json.gz. What countries.yaml says goes before what the languages say."""
    codes, several, refused = curated(book)
    names = {row["code"]: row.get("ear") or row["iso"] for row in book["countries"]}
    for key, places in of_all_languages(names).items():
        if key in codes or key in several or key in refused:
            continue
        if len(places) > 1:
            several[key] = " ".join(sorted(places))
        else:
            codes[key] = next(iter(places))
    keys: dict[str, list[str]] = collections.defaultdict(list)
    for key, code in sorted(codes.items()):
        keys[code].append(key)
    return {
        "names": names,
        "alpha3": {row["alpha3"]: row["code"] for row in book["countries"]},
        "keys": {code: " ".join(keys[code]) for code in sorted(keys)},
        "several": dict(sorted(several.items())),
        "refused": dict(sorted(refused.items())),
    }


def main() -> None:
    """Read countries.yaml, write names.json.gz."""
    book = yaml.load((PLACES / "countries.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    content = build(book)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(text.encode(), compresslevel=9, mtime=0)
    (PLACES / "names.json.gz").write_bytes(packed)
    count = sum(len(keys.split()) for keys in content["keys"].values())
    print(f"{count} spellings, {len(content['several'])} ambiguous, {len(packed)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
