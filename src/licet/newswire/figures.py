"""Amounts in a report: money, shares, speeds, sizes and counts of chips, with their units."""

from __future__ import annotations

# ruff: noqa: E501 - lists of words and patterns read best on one line
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount: `value` in `unit` (``USD``, ``%``, ``TPP``, ``GB/s``, ``GB``, ``nm``, ``units``, ``countries``, ``days``)."""

    start: int
    end: int
    value: Decimal
    unit: str


_NUMBER: Final = r"(\d{1,3}(?:[,\u00a0\u202f .]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_SCALES: Final = (
    (Decimal(10) ** 12, r"trillion|триллион\w*|трлн|兆|조"),
    (
        Decimal(10) ** 9,
        r"billions?|bn|milliards?|Milliarden|Mrd|mil millones|bilhões|bilhão|miliardi|miljard|miliard\w*|миллиард\w*|млрд|milyar|مليار\w*|میلیارد|tỷ|miliar|พันล้าน|十亿",
    ),
    (Decimal(10) ** 8, r"亿|億|억"),
    (
        Decimal(10) ** 6,
        r"millions?|mn|mln|Millionen|Mio|millones|milhões|milioni|miljoen|milion\w*|миллион\w*|млн|milyon|مليون|ملايين|میلیون|triệu|juta|ล้าน",
    ),
    (Decimal(10) ** 4, r"万|萬|만"),
    (Decimal(10) ** 3, r"thousand|mille|mil|Tausend|тысяч\w*|тыс|bin|ألف|آلاف|هزار|nghìn|ribu|천|千"),
)
_SCALE: Final = "|".join(words for _, words in _SCALES)
_MONEY: Final = re.compile(
    rf"(?:US\$|USD|\$)\s?{_NUMBER}\s?({_SCALE})?|{_NUMBER}\s?({_SCALE})?\s?(?:de |d'|US-|)(?:\$|USD|dollars?|dólares|dollari|dolar\w*|Dollar|доллар\w*|долл|دولار\w*|دلار|美元|ドル|달러|đô la|USD)",
    re.IGNORECASE,
)
_UNITS: Final = (
    (
        "%",
        r"%|٪|percent|per cent|pour cent|por ciento|por cento|per cento|Prozent|procent|процент\w*|yüzde|بالمئة|بالمائة|퍼센트|パーセント",
    ),
    ("TPP", r"TPP|TOPS|total processing performance"),
    ("TB/s", r"TB/s|TB/sec|terabytes? per second|ТБ/с|To/s"),
    ("GB/s", r"GB/s|GB/sec|gigabytes? per second|ГБ/с|Go/s"),
    ("GB", r"GB|gigabytes?|ГБ|Go\b"),
    ("nm", r"nm|nanomet\w*|纳米|納米|ナノ(?:メートル)?|나노(?:미터)?|нм|نانومتر"),
    ("days", r"-?days?|jours|días|dias|giorni|Tage\w*|dagen|dni|дн\w+|يوما?|يوم|روز|天|日間|일간|ngày|hari|gün\w*"),
    (
        "countries",
        r"countries|pays|países|paesi|Länder\w*|landen|kraj\w+|стран\w*|دولة|个国家|個國家|か国|カ国|개국|ülke\w*|negara|nước",
    ),
    (
        "units",
        r"(?:of )?(?:H20s?|H200s?|GB300s?|GPUs?|chips?|units|processors|puces|чипов|вузл\w*|枚|颗|顆|台|个芯片|개)\b",
    ),
)
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,]){_NUMBER}\s?({_SCALE})?\s?(?:de |)(?:" + "|".join(f"({words})" for _, words in _UNITS) + ")",
    re.IGNORECASE,
)


_DIGIT: Final = re.compile(r"\d")


@functools.lru_cache(256)
def figures(text: str) -> tuple[Figure, ...]:
    """Every amount in `text`, in order."""
    if _DIGIT.search(text) is None:
        return ()
    found: list[Figure] = []
    for figure in _all(text):
        if not any(figure.start < other.end and other.start < figure.end for other in found):
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def _all(text: str) -> Iterator[Figure]:
    for m in _MONEY.finditer(text):
        yield Figure(m.start(), m.end(), _value(m[1] or m[3], m[2] or m[4]), "USD")
    for m in _AMOUNT.finditer(text):
        yield Figure(m.start(), m.end(), _value(m[1], m[2]), _UNITS[(m.lastindex or 3) - 3][0])


def _value(digits: str, scale: str | None) -> Decimal:
    grouped = re.fullmatch(r"\d{1,3}(?:[,\u00a0\u202f .]\d{3})+", digits)
    plain = re.sub(r"[^\d]", "", digits) if grouped else digits.replace(",", ".")
    value = Decimal(plain)
    for factor, words in _SCALES:
        if scale and re.fullmatch(words, scale, re.IGNORECASE):
            return value * factor
    return value
