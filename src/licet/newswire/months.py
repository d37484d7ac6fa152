"""Names of months and weekdays in the languages of the Unicode CLDR, as one pattern for each language."""

from __future__ import annotations

import functools
import gzip
import json
import re
from dataclasses import dataclass
from importlib import resources
from typing import Final

# ruff: noqa: E501 - a pattern reads best on one line
from licet.newswire.fold import fold


@dataclass(frozen=True, slots=True)
class Calendar:
    """Names of months and weekdays in one language: patterns on the matching copy, with the numbers."""

    months: dict[str, int]
    days: dict[str, int]
    pattern: re.Pattern[str]


_DOUBLE: Final = {
    "ar": {
        "كانون الثاني": 1,
        "شباط": 2,
        "آذار": 3,
        "نيسان": 4,
        "أيار": 5,
        "حزيران": 6,
        "تموز": 7,
        "آب": 8,
        "أيلول": 9,
        "تشرين الأول": 10,
        "تشرين الثاني": 11,
        "كانون الأول": 12,
        "يناير": 1,
        "فبراير": 2,
        "مارس": 3,
        "أبريل": 4,
        "مايو": 5,
        "يونيو": 6,
        "يوليو": 7,
        "أغسطس": 8,
        "سبتمبر": 9,
        "أكتوبر": 10,
        "نوفمبر": 11,
        "ديسمبر": 12,
    }
}


@functools.cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    packed = resources.files("licet.newswire").joinpath("data/calendar.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    return raw["months"], raw["days"]


@functools.cache
def calendar(language: str) -> Calendar | None:
    """The months and weekdays of `language`, or None where there are none."""
    months, days = _tables()
    by_month = {fold(k.partition(" ")[2]).text: int(v) for k, v in months.items() if k.partition(" ")[0] == language}
    by_day = {fold(k.partition(" ")[2]).text: int(v) for k, v in days.items() if k.partition(" ")[0] == language}
    for name, number in _DOUBLE.get(language, {}).items():
        by_month[fold(name).text] = number
    by_month = {name: number for name, number in by_month.items() if not name[0].isdigit() and len(name) > 2}
    if not by_month:
        return None
    if language == "en":
        by_month |= {
            "jan": 1,
            "feb": 2,
            "mar": 3,
            "apr": 4,
            "jun": 6,
            "jul": 7,
            "aug": 8,
            "sept": 9,
            "sep": 9,
            "oct": 10,
            "nov": 11,
            "dec": 12,
        }
    if language == "uk":
        by_day |= {"пятницю": 4, "п'ятницю": 4, "середу": 2, "суботу": 5, "неділю": 6}
    if language == "ru":
        by_day |= {"среду": 2, "пятницу": 4, "субботу": 5}
    if language == "pl":
        by_day |= {"środę": 2, "srode": 2, "sobote": 5, "niedziele": 6}
    if language == "ar":
        by_day = {name.removeprefix("ال"): number for name, number in by_day.items()}
    if language == "pt":
        by_day |= {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4}
    month = "|".join(sorted(map(re.escape, by_month), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, by_day), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\d)(?P<d1>3[01]|[12]?\d)(?:st|nd|rd|th|er|º|°|\.|-го|-е|일)?\s?(?:de |of |d'|tháng )?(?P<m1>{month})(?:/\w+)?(?![^\W\d_])(?:\s?(?:de |del |года |,|\.)?\s?(?P<y1>20\d\d))?"
        rf"|(?<![^\W\d_])(?P<m2>{month})\.?\s(?P<d2>3[01]|[12]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s(?P<y2>20\d\d))?"
        rf"|(?<![^\W\d_])(?P<m3>{month})(?![^\W\d_])(?:\s(?:de |del |года )?(?P<y3>20\d\d))?"
        rf"|(?<![^\W\d_])(?:ال|يوم ال|يوم )?(?P<wd>{day})(?![^\W\d_])"
    )
    return Calendar(by_month, by_day, pattern)
