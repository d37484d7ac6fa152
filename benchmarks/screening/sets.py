"""The sets of the screening benchmark, built from the bundled list and from names that are on none.

Held-out aliases: of every third cluster (entry) one alias is taken out of the index and asked for; the entry is then
only to be found by its other names. Nothing is learned from those clusters' aliases. Typos: main names with one or two
slips. Unrelated names are in ``data/unrelated.csv.gz``: companies of the SEC (a U.S. government file), and invented
companies and people; lines are chosen on its `tune` part, reports come from the rest.
"""

from __future__ import annotations

import csv
import functools
import gzip
import hashlib
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from licet.parties import weights
from licet.parties.forms import Form, forms
from licet.parties.record import Record
from licet.parties.snapshot import bundled
from licet.parties.sources import read
from licet.parties.weights import Weights

DATA = Path(__file__).parent / "data"
SETS = ("EL", "SDN-E", "SDN-P")
T = TypeVar("T")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def fold(entry: Record) -> int:
    """Fold 0 to 9 of an entry; 7 to 9 are held out."""
    return int(hashlib.sha1(entry.id.encode(), usedforsecurity=False).hexdigest(), 16) % 10


def held_out(entry: Record) -> bool:
    """Whether nothing may be learned from the aliases of this entry."""
    return fold(entry) >= 7


def set_of(entry: Record) -> str:
    """The set an entry belongs to, or nothing."""
    if entry.list.id == "entity_list":
        return "EL"
    if entry.list.id == "sdn" and entry.kind in ("person", "organization"):
        return "SDN-P" if entry.kind == "person" else "SDN-E"
    return ""


def current() -> list[Record]:
    """The entries of the bundled list that are still on it."""
    return [entry for entry in bundled().records if entry.gone_by is None and entry.kind != "address"]


def form(name: str) -> Form | None:
    """The plainest form of a name."""
    try:
        return forms.__wrapped__(name)[0]
    except ValueError:
        return None


def tokens(name: str) -> tuple[str, ...]:
    """Tokens of the plainest form of a name."""
    found = form(name)
    return found.tokens if found else ()


@dataclass(frozen=True)
class HoldOut:
    """Names taken out of the index, and the records without them."""

    records: list[Record]
    asked: list[tuple[str, int, str]]  #: set, position of the record, alias


def aliases(seed: int = 42) -> HoldOut:
    """One alias of every held-out cluster."""
    from dataclasses import replace

    draw = random.Random(seed)
    records = current()
    asked = []
    for position, entry in enumerate(records):
        known = [alias for alias in entry.alt_names if alias.casefold() != entry.name.casefold()]
        if set_of(entry) and held_out(entry) and known:
            alias = draw.choice(known)
            if tokens(alias):
                asked.append((set_of(entry), position, alias))
                records[position] = replace(entry, alt_names=tuple(a for a in entry.alt_names if a != alias))
    return HoldOut(records, asked)


def learned(records: list[Record]) -> Weights:
    """Token weights of these records alone."""
    return weights.learn([(entry, [found for name in entry.names() if (found := tokens(name))]) for entry in records])


def slips(name: str, draw: random.Random) -> str:
    """The name with one slip, or two in a long one: a letter left out, doubled, swapped or mistyped."""
    letters = list(name)
    for _ in range(1 + (len(name) > 14)):
        at = draw.randrange(1, len(letters) - 1)
        if not letters[at].isalpha():
            continue
        kind = draw.randrange(4)
        if kind == 0:
            del letters[at]
        elif kind == 1:
            letters.insert(at, letters[at])
        elif kind == 2:
            letters[at], letters[at - 1] = letters[at - 1], letters[at]
        else:
            letters[at] = draw.choice(_ALPHABET)
    return "".join(letters)


def unrelated(kind: str, split: str) -> list[str]:
    """Names that are on no list: `kind` company or person; `split` tune, report, report-chinese, report-invented."""
    with gzip.open(DATA / "unrelated.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file) if row["kind"] == kind and row["split"] == split]


def sample(whole: list[T], most: int | None) -> list[T]:
    """The whole, or so many of it, always the same."""
    return whole if most is None or len(whole) <= most else random.Random(1).sample(whole, most)


def in_scripts() -> list[dict[str, str]]:
    """Listed people, with their names as the press of six languages writes them."""
    with (DATA / "persons.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def native() -> list[dict[str, str]]:
    """Listed parties as they are written in their own or another script, with words of a listed name."""
    with (DATA / "native.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Characters:
    """A listed organization in Chinese characters: the listed names that are meant, the name, where it comes from."""

    listed: tuple[str, ...]
    name: str
    sourced: bool
    held_back: bool


def chinese() -> list[Characters]:
    """Organizations in China, Hong Kong, Macau and Taiwan as they call themselves; `held_back` is looked at last.

    Drawn from the Entity, Military End User, Unverified, Military-Industrial Complex and SDN lists of 2026-07-31
    without those of the entities of interest: their names sorted, shuffled by ``random.Random(20261121)``, and taken in
    that order wherever the name in characters was known or could be found: 324 of the first 700 of the other lists
    (people among them) and 32 of the first 484 of the SDN. What was found nowhere in writing is `unverified`.
    """
    with (DATA / "chinese.csv").open(encoding="utf-8", newline="") as file:
        return [
            Characters(
                tuple(row["listed"].split("|")), row["chinese"], row["source"] != "unverified",
                int(hashlib.sha1(row["listed"].encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0,
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def named(records: list[Record], words: str) -> frozenset[int]:
    """Places of the records that have a name with all of these words."""
    wanted = set(tokens(words))
    return frozenset(at for at, entry in enumerate(records) if any(wanted <= each for each in _words(entry)))


@functools.cache
def _words(entry: Record) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(tokens(name)) for name in entry.names())


def given_later(older: Path) -> tuple[list[Record], list[tuple[int, str]]]:
    """The entries of an older list, and the names that some have been given since, each with its entry's place."""
    then = list({(entry.list.id, entry.number or entry.name): entry for entry in read(older)}.values())
    place = {(entry.list.id, entry.number or entry.name): at for at, entry in enumerate(then)}
    asked = []
    for entry in current():
        at = place.get((entry.list.id, entry.number or entry.name))
        if at is not None and entry.kind in ("person", "organization", "party"):
            before = {tokens(name) for name in then[at].names()}
            asked += [(at, name) for name in entry.names() if tokens(name) and tokens(name) not in before]
    return then, asked


def transcribed(name: str, draw: random.Random) -> str:
    """A person's name as it may come back from another script: given name and surname, by sound alone."""
    last, _, first = name.partition(",")
    parts = ([*first.split()[:1], *last.split()[-1:]] if first else name.split())[:3]
    style = draw.choice((_abjad, _kana, _hangul, _pinyin))
    return " ".join(style("".join(filter(str.isalpha, part.lower())) or "a", draw) for part in parts)


def _swapped(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _abjad(word: str, draw: random.Random) -> str:
    """Arabic and Hebrew: p is b, v is f, short vowels are gone, long ones are a, i, u."""
    word = _swapped(
        word,
        [
            ("p", draw.choice("bp")),
            ("v", draw.choice("fv")),
            ("e", "i"),
            ("o", "u"),
            ("x", "ks"),
            ("c", "k"),
            ("g", draw.choice(["gh", "j", "g"])),
        ],
    )
    kept = [c for at, c in enumerate(word) if at == 0 or c not in "aiuy" or draw.random() < 0.5]
    return "".join(kept)


def _open(word: str, vowel: str, finals: str) -> str:
    """A vowel after each consonant that has none."""
    made = ""
    for at, char in enumerate(word):
        made += char
        after = word[at + 1 : at + 2]
        if char not in "aeiouyn" and (not after or after not in "aeiouyh") and not (not after and char in finals):
            made += vowel
    return made


def _kana(word: str, draw: random.Random) -> str:
    word = _swapped(
        word,
        [
            ("kh", "h"),
            ("zh", "j"),
            ("th", "s"),
            ("l", "r"),
            ("v", draw.choice("bv")),
            ("ti", "chi"),
            ("di", "ji"),
            ("si", "shi"),
            ("tu", "tsu"),
            ("ye", "e"),
            ("y", "i"),
            ("x", "ks"),
            ("q", "k"),
        ],
    )
    return _open(word, "u", "n")


def _hangul(word: str, draw: random.Random) -> str:
    word = _swapped(
        word,
        [
            ("kh", "h"),
            ("zh", "j"),
            ("th", "t"),
            ("f", "p"),
            ("v", "b"),
            ("z", "j"),
            ("r", draw.choice("rl")),
            ("y", "i"),
            ("x", "ks"),
            ("q", "k"),
        ],
    )
    return _open(word, "eu", "nlmkpt")


def _pinyin(word: str, draw: random.Random) -> str:
    word = _swapped(
        word,
        [
            ("kh", "h"),
            ("zh", "r"),
            ("v", draw.choice("fw")),
            ("th", "s"),
            ("di", "ji"),
            ("ti", "ji"),
            ("gi", "ji"),
            ("ki", "ji"),
            ("si", "xi"),
            ("hi", "xi"),
            ("chi", "qi"),
            ("ri", "li"),
            ("ra", "la"),
            ("re", "lei"),
            ("ro", "luo"),
            ("ru", "lu"),
            ("r", draw.choice(["er", ""])),
            ("y", "i"),
        ],
    )
    return _open(word, draw.choice("eu"), "n")
