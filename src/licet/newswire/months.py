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


#: Names of months in other cases, from January on.
_CASES: Final = {
    "ru": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "uk": "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    "pl": "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "tr": "ocakta şubatta martta nisanda mayısta haziranda temmuzda ağustosta eylülde ekimde kasımda aralıkta",
}
#: Letters that are written together with the name of a month.
_PREFIXED: Final = {"he": "במלה"}
#: Languages written without spaces between words.
_UNSPACED: Final = frozenset({"th"})
_NO_LETTER: Final = r"(?<![^\W\d_])"


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
    for number, name in enumerate(_CASES.get(language, "").split(), start=1):
        by_month[fold(name).text] = number
    for letter in _PREFIXED.get(language, ""):
        by_month |= {letter + name: number for name, number in by_month.items() if name[0] not in _PREFIXED[language]}
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
    free = language in _UNSPACED
    alone, ends = ("", "") if free else (_NO_LETTER, r"(?![^\W\d_])")
    other = rf"(?:/\w+(?: (?:{fold('الثاني').text}|{fold('الأول').text}))?)?" if language == "ar" else r"(?:/\w+)?"
    month = "|".join(sorted(map(re.escape, by_month), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, by_day), key=len, reverse=True))
    pattern = re.compile(
        rf"(?<!\d)(?P<d1>3[01]|[12]?\d)(?:st|nd|rd|th|er|º|°|\.|-го|-е|일)?\s?(?:de |of |d'|tháng )?(?P<m1>{month}){other}{ends}(?:\s?(?:de |del |года |,|\.)?\s?(?P<y1>20\d\d))?"
        rf"|{alone}(?P<m2>{month})\.?\s(?P<d2>3[01]|[12]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d)(?:,?\s(?P<y2>20\d\d))?"
        rf"|{alone}(?P<m3>{month}){other}{ends}(?:\s(?:de |del |года )?(?P<y3>20\d\d))?"
        rf"|{alone}(?:ال|يوم ال|يوم )?(?P<wd>{day}){ends}"
    )
    return Calendar(by_month, by_day, pattern)
