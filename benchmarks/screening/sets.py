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
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from licet.parties import weights
from licet.parties.forms import Form, forms
from licet.parties.hearing import hearing, loosened, squeezed
from licet.parties.record import Record
from licet.parties.snapshot import bundled
from licet.parties.sources import read
from licet.parties.weights import Weights, kinds

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
    """Token weights of these records alone; a word of unrelated companies (the `tune` part) names no family."""
    ordinary = frozenset(token for name in unrelated("company", "tune") for token in tokens(name))
    each = [(entry, [found for name in entry.names() if (found := tokens(name))]) for entry in records]
    return weights.learn(each, ordinary)


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


def heard() -> list[dict[str, str]]:
    """More listed people in six languages, written down before anything was measured on them."""
    with (DATA / "heard.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def own() -> list[dict[str, str]]:
    """Listed parties in the script of their country, or as its press writes them; written down likewise."""
    with (DATA / "own.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Files of pairs of words, as `learn_sounds.py` describes them, and what stands between words, by script.
SCRIPTS = {
    "ar": ("arabic", " "),
    "he": ("hebrew", " "),
    "ja": ("katakana", "・"),
    "ko": ("korean", " "),
    "zh": ("chinese", "·"),
    "ru": ("russian", " "),
}
#: Those that leave out vowels or spell foreign names by their sound.
BY_SOUND = {"ar": "arabic", "he": "hebrew", "ja": "kana", "ko": "hangul", "zh": "han"}


@functools.cache
def spellings(folder: Path, script: str) -> dict[str, list[tuple[str, int]]]:
    """How people have written words of names in a script, each with how often that was met, most often first."""
    found: dict[str, dict[str, int]] = {}
    with (folder / f"{SCRIPTS[script][0]}.tsv").open(encoding="utf-8", newline="") as file:
        for word, native, times in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if plain := tokens(word):
                each = found.setdefault("".join(plain), {})
                each[native.replace(" ", "")] = each.get(native.replace(" ", ""), 0) + int(times)
    return {word: sorted(each.items(), key=lambda one: (-one[1], one[0])) for word, each in found.items()}


def written(name: str, script: str, folder: Path, draw: random.Random) -> str | None:
    """A person's given name and surname in a script, as people have written them; None where a word was not met."""
    last, _, given = name.partition(",")
    words = [*given.split()[:1], *last.split()[-1:]] if given else [*name.split()[:1], *name.split()[-1:]]
    native = []
    for word in words:
        known = spellings(folder, script).get("".join(tokens(word)))
        if not known or len(words) < 2:
            return None
        native.append(draw.choices([one for one, _ in known], [times for _, times in known])[0])
    return SCRIPTS[script][1].join(native)


def heard_form(name: str) -> Form | None:
    """The form of a name that spells its sound alone."""
    try:
        found = [one for one in forms.__wrapped__(name) if one.by_sound and one.how in ("transliterated", "pinyin")]
    except ValueError:
        return None
    return found[0] if found else None


def by_rule(words: Sequence[str], script: str, draw: random.Random) -> Form:
    """A company in a script as the table of sounds would spell it: legal forms left out, trades translated."""
    kept = [word for word in words if kinds().get(word) not in ("legal", "stop")][:4]
    spelled = [word if word in kinds() or not word.isalpha() else _spelled(word, script, draw) for word in kept]
    return Form(tuple(filter(None, spelled)), "transliterated", script)


def _spelled(word: str, script: str, draw: random.Random) -> str:
    """A word cut in pieces as often as they are met, each put as it is put that often."""
    pieces = _pieces(script)
    word = squeezed(word, "latin")
    sums = [0.0] * len(word) + [1.0]
    for at in range(len(word) - 1, -1, -1):
        sums[at] = sum(sum(each for _, each in pieces.get(word[at:end], ())) * sums[end]
                       for end in range(at + 1, min(at + 3, len(word)) + 1))  # fmt: skip
    at, made = 0, ""
    while at < len(word) and sums[at]:
        options = [(end, put, each * sums[end]) for end in range(at + 1, min(at + 3, len(word)) + 1)
                   for put, each in pieces.get(word[at:end], ())]  # fmt: skip
        at, put, _ = draw.choices(options, [each for _, _, each in options])[0]
        made += put
    return loosened(made, script)


@functools.cache
def _pieces(script: str) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for (one, two), value in hearing(script).pieces.items():
        if one:
            found.setdefault(one, []).append((two, math.exp(value)))
    return found


def unrelated_in(script: str, folder: Path, split: str) -> list[str]:
    """Unrelated people whose names others have written in a script."""
    draw = random.Random(23)
    names = [written(name, script, folder, draw) for name in unrelated("person", split)]
    return [name for name in names if name]


def reserved() -> frozenset[str]:
    """Words of the names that screening is measured with: nothing is learned from how they are written."""
    rows = [row["latin"] for row in (*in_scripts(), *heard())] + [row["listed"] for row in (*native(), *own())]
    return frozenset(word for name in rows for word in tokens(name))


def held_back(words: str) -> bool:
    """Whether a row of `heard` or `own` is of the half that nothing is looked at before the end."""
    return int(hashlib.sha1(words.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


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


def made_up_in_characters(many: int = 3000) -> list[str]:
    """Invented companies in Chinese characters: a place or none, a name of two or three characters, trade and form."""
    draw = random.Random(7)
    made = (
        draw.choice(_PLACES) + "".join(draw.sample(_CHARACTERS, draw.choice((2, 2, 2, 2, 3)))) + draw.choice(_TRADES)
        + draw.choice(("有限公司", "有限公司", "股份有限公司", "有限责任公司", "集团有限公司"))
        for _ in range(many)
    )  # fmt: skip
    return list(made)


def made_up_people_in_characters(many: int = 3000) -> list[str]:
    """Invented Chinese people: one of the hundred most frequent surnames or so, and one or two characters."""
    draw = random.Random(11)
    return [draw.choice(_SURNAMES) + "".join(draw.sample(_GIVEN, draw.choice((1, 2, 2, 2)))) for _ in range(many)]


_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
    "阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国华志文辉鹏飞宇浩然子轩雨欣怡佳梓涵思源博俊峰海波林森晓"
    "红玉梅春生永健康德仁义礼智信忠孝立新民安宁光荣东升晨曦嘉懿雪莹琳璐瑶婷慧颖倩"
)
_PLACES = (
    "北京", "上海", "深圳市", "广州", "杭州", "南京", "武汉", "成都", "西安", "苏州", "天津", "重庆", "浙江", "江苏",
    "广东", "山东", "湖北", "合肥", "青岛", "香港", "", "", "", "", "", "",
)  # fmt: skip
_CHARACTERS = (
    "鑫华宝隆盛昌德泰瑞恒信达丰源兴旺福康安顺和祥利润通汇金银星辰宇天海洋江河川山林森木叶云雨露雪晨光明亮辉煌耀彩虹"
    "蓝绿青红紫东南西中北新创优美佳雅诚忠正义仁智勇博学文武飞腾跃龙凤麒麟虎鹰鹏思维梦想"
)
_TRADES = (
    "科技", "电子科技", "信息技术", "半导体", "微电子", "机械设备", "智能科技", "电子", "贸易", "国际贸易",
    "进出口", "物流", "供应链管理", "生物科技", "新材料", "能源科技", "化工", "石油化工", "光电技术", "通信技术",
    "网络科技", "软件", "自动化设备", "精密机械", "航空科技", "医疗器械", "投资", "实业", "船务", "海运",
)  # fmt: skip


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
