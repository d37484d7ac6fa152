"""Makes the tables of the newswire that come from other people's data; run again when those move on.

    pip install babel opencc-python-reimplemented pypinyin jieba
    python tools/newswire_tables.py

It writes, under ``src/licet/newswire/data/``:

* ``simplified.txt``: two lines, traditional characters and the simplified one of each (OpenCC, Apache-2.0);
* ``pinyin.json.gz``: readings of the characters of GBK (pypinyin, MIT) and how often two characters stand side by
  side (word list of jieba, MIT), for the repair of annotated Chinese pages;
* ``listed.csv``: which parties of ``parties.yaml`` stand on a screening list (`licet.parties`, the bundled lists);
* ``places.json.gz``: names of countries, and ``calendar.json.gz``: names of months and weekdays, in all languages
  of the Unicode CLDR (babel, Unicode license).
"""

from __future__ import annotations

import collections
import gzip
import importlib
import itertools
import json
import math
import pathlib
from typing import Any

DATA = pathlib.Path(__file__).resolve().parent.parent / "src/licet/newswire/data"
LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ky",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "my",
    "nb",
    "ne",
    "nl",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "si",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
    "zh_Hant",
]
SKIP = {"ZZ", "XA", "XB", "QO", "EZ", "UN", "EU", "001"}


def _write(name: str, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (DATA / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def simplified() -> None:
    """Writes the table of simplified characters."""
    opencc = importlib.import_module("opencc")
    convert = opencc.OpenCC("t2s").convert
    pairs = [(c, s) for c in map(chr, range(0x3400, 0xA000)) if (s := convert(c)) != c and len(s) == 1]
    (DATA / "simplified.txt").write_text("".join(t for t, _ in pairs) + "\n" + "".join(s for _, s in pairs) + "\n")


def pinyin() -> None:
    """Writes readings and neighbors of Chinese characters."""
    pypinyin, jieba, opencc = (importlib.import_module(n) for n in ("pypinyin", "jieba", "opencc"))
    to_traditional = opencc.OpenCC("s2t").convert
    readings: dict[str, str] = collections.defaultdict(str)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                char = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if "\u4e00" <= char <= "\u9fff":
                for reading in pypinyin.pinyin(char, heteronym=True)[0]:
                    readings[reading] += char
    counts: collections.Counter[str] = collections.Counter()
    words = pathlib.Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    for word, count in ((parts[0], int(parts[1])) for line in words if len(parts := line.split(" ")) > 1):
        for left, right in itertools.pairwise(word):
            counts[left + right] += count
    pairs: dict[int, str] = collections.defaultdict(str)
    for pair, count in sorted(counts.items()):
        if count >= 40 and all("\u4e00" <= c <= "\u9fff" for c in pair):
            pairs[int(math.log2(count))] += pair
    _write(
        "pinyin.json.gz",
        {
            "readings": readings,
            "pairs": pairs,
            "traditional": {w: t for w in "".join(pairs.values()) if (t := to_traditional(w)) != w},
        },
    )


def places() -> None:
    """Writes the names of countries, months and weekdays."""
    core = importlib.import_module("babel.core")
    names: dict[str, dict[str, set[str]]] = {}
    months: dict[str, set[str]] = collections.defaultdict(set)
    days: dict[str, set[str]] = collections.defaultdict(set)
    for language in LANGUAGES:
        locale = core.Locale.parse(language)
        short = "zh" if language.startswith("zh") else language
        for code, name in locale.territories.items():
            if len(code) == 2 and code.isalpha() and code not in SKIP and len(name) > 1:
                names.setdefault(code, {}).setdefault(name, set()).add(short)
        for style in ("format", "stand-alone"):
            for number, name in locale.months[style]["wide"].items():
                months[f"{short} {name.casefold().strip('.')}"].add(number)
            for number, name in locale.days[style]["wide"].items():
                days[f"{short} {name.casefold()}"].add(number)
    _write("places.json.gz", {c: {n: sorted(s) for n, s in sorted(by.items())} for c, by in sorted(names.items())})
    _write(
        "calendar.json.gz",
        {
            "months": {k: min(v) for k, v in sorted(months.items())},
            "days": {k: min(v) for k, v in sorted(days.items())},
        },
    )


def listed() -> None:
    """Writes which parties are entries of the bundled screening lists: the same name, and a country that agrees."""
    import csv

    from licet.newswire import gazetteer
    from licet.parties import Screener, bundled

    screener, day = Screener(), bundled().day
    rows = set()
    for row in gazetteer.table("parties"):
        country = row.get("country", "")
        if row["kind"] not in {"company", "agency", "group"} or country in {"", "US", "EU"}:
            continue
        written = [
            name.strip().rstrip("~^!") for name in f"{row['name']};{row.get('legal', '')};{row['names']}".split(";")
        ]
        for name in dict.fromkeys(written):
            if (len(name) < 3 and name.isascii()) or set(name) & set("*(@_"):
                continue
            for hit in screener.screen(name, day, country).certain:
                since = hit.record.since
                if hit.country == "agrees":
                    began = since.day.isoformat() if since.day else ""
                    rows.add((row["id"], hit.record.list.id, hit.record.id, hit.record.name, began, since.why))
    with (DATA / "listed.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["party", "list", "record", "name", "since", "source"])
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    simplified()
    pinyin()
    places()
    listed()
