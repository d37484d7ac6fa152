"""Learns how foreign names sound in six scripts, and writes the table that ships with the package.

    python benchmarks/screening/learn_sounds.py FOLDER [--only SCRIPT]

FOLDER holds pairs of words of names, mined from Wikidata by Merhav and Ash (COLING 2018, MIT license): the files
``wd_*.normalized.aligned.tokens`` of their data, in ``arabic.tsv``, ``hebrew.tsv``, ``katakana.tsv``, ``korean.tsv``
and ``chinese.tsv``, and ``wd_russian_80`` and ``wd_russian_20`` as one in ``russian.tsv``. Words of the sets that
screening is measured with are left out. Takes a minute a script.
"""

from __future__ import annotations

import argparse
import collections
import csv
import itertools
import json
import lzma
import math
import random
import unicodedata
from pathlib import Path
from typing import Any

import sets

from licet.parties import normal
from licet.parties.foreign import by_ear
from licet.parties.hearing import FILE, UNITS, Pieces, squeezed
from licet.parties.scripts import latin

FILES = {
    "arabic": "arabic", "hebrew": "hebrew", "kana": "katakana", "hangul": "korean", "han": "chinese",
    "cyrillic": "russian",
}  # fmt: skip
MOST = 50000
ROUNDS = 6
#: Pieces met less often than this are left to those they are made of.
LEAST = 4
VOWELS = frozenset("aeiouy")


def pairs(folder: Path, script: str) -> list[tuple[str, str, int]]:
    """Words in Latin letters, as heard in the script, and how often they were met, the same order always."""
    kept, out = [], sets.reserved()
    with (folder / f"{FILES[script]}.tsv").open(encoding="utf-8", newline="") as file:
        for word, native, times in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                one = normal.words(normal.cleaned(word))
                two = normal.words(normal.cleaned("".join(native.split(" "))))
            except ValueError:
                continue
            if len(one) != 1 or not one[0].isascii() or not one[0].isalpha() or one[0] in out or not two:
                continue
            heard = "".join(by_ear(part) if script == "han" else latin(part, script) for part in two)
            heard = squeezed(heard.replace(" ", ""), script)
            if 2 <= len(one[0]) <= 14 and 2 <= len(heard) <= 18 and heard.isascii():
                kept.append((squeezed(one[0], "latin"), heard, int(times)))
    random.Random(1).shuffle(kept)
    return kept


def first(one: str, two: str) -> float:
    """How well a letter stands for another before anything is learned."""
    if one == two:
        return 0.0
    if one and two:
        return -1.0 if (one in VOWELS) == (two in VOWELS) else -2.2
    return -0.9 if (one or two) in VOWELS else -1.5


def aligned(one: str, two: str, pieces: Pieces | None) -> tuple[float, list[tuple[str, str]]]:
    """The best way to cut both words into pieces that stand for each other."""
    rows, columns = len(one) + 1, len(two) + 1
    best = [[-math.inf] * columns for _ in range(rows)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * columns for _ in range(rows)]
    best[0][0] = 0.0
    for i in range(rows):
        for j in range(columns):
            for a, b in UNITS if pieces else ((1, 1), (1, 0), (0, 1)):
                if a <= i and b <= j:
                    before = best[i - a][j - b]
                    if before > best[i][j] or before > -math.inf:
                        left, right = one[i - a : i], two[j - b : j]
                        gain = first(left, right) if pieces is None else pieces.get((left, right), -math.inf)
                        if before + gain > best[i][j]:
                            best[i][j], back[i][j] = before + gain, (a, b)
    path = []
    i, j = rows - 1, columns - 1
    if best[i][j] == -math.inf:
        return -math.inf, []
    while i or j:
        a, b = back[i][j]
        path.append((one[i - a : i], two[j - b : j]))
        i, j = i - a, j - b
    return best[-1][-1], path[::-1]


def learn(examples: list[tuple[str, str, int]]) -> Pieces:
    """Pieces of the two spellings with the logarithm of how often each is met, by rounds of aligning."""
    pieces: Pieces | None = None
    letters = {letter for one, _, _ in examples for letter in one}
    sounds = {letter for _, two, _ in examples for letter in two}
    for turn in range(ROUNDS):
        count: collections.Counter[tuple[str, str]] = collections.Counter()
        for one, two, times in examples:
            worth = 1 + math.log(times)
            value, path = aligned(one, two, pieces)
            if not path or value / (len(one) + len(two)) < (-0.75 if pieces is None else -3.2):
                continue  # another name, not this one transcribed
            for piece in path:
                count[piece] += worth
            if turn < 3:  # what stands side by side may be one piece
                for (a, b), (c, d) in itertools.pairwise(path):
                    if (len(a + c), len(b + d)) in UNITS:
                        count[a + c, b + d] += worth * 0.5
        total = sum(count.values())
        kept = {piece: times for piece, times in count.items() if times >= LEAST or max(map(len, piece)) == 1}
        floor = math.log(0.02 / total)
        made = {piece: math.log(times / total) for piece, times in kept.items()}
        made = {("", letter): floor for letter in sounds} | {(letter, ""): floor for letter in letters} | made
        pieces = made
    return pieces


def main() -> None:
    """Learn and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--only", choices=sorted(FILES))
    given = options.parse_args()
    target = Path(__file__).parents[2] / "src" / "licet" / "parties" / FILE
    learned: dict[str, Any] = {}
    for script in [given.only] if given.only else FILES:
        examples = pairs(given.folder, script)[:MOST]
        pieces = learn(examples)
        one = collections.Counter(letter for word, _, _ in examples for letter in word)
        two = collections.Counter(letter for _, word, _ in examples for letter in word)
        learned[script] = {
            "pieces": {f"{a} {b}": round(value, 2) for (a, b), value in sorted(pieces.items())},
            "latin": {letter: round(math.log(times / one.total()), 2) for letter, times in sorted(one.items())},
            "native": {letter: round(math.log(times / two.total()), 2) for letter, times in sorted(two.items())},
        }
        print(script, len(examples), "pairs,", len(pieces), "pieces", flush=True)
    data = json.loads(lzma.decompress(target.read_bytes())) if target.exists() else {}
    text = json.dumps(data | learned, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    target.write_bytes(lzma.compress(unicodedata.normalize("NFC", text).encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
