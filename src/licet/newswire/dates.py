"""Days, months and years a report speaks of, and what days they are, given the day it was published.

The grain is kept: a month stays a month. A day without a year is the nearest such day; a weekday is the last one
before publication unless a word for the future stands by; a duration (``90 days``) is not a date.
"""

from __future__ import annotations

# ruff: noqa: PLR0917 - lists of words and patterns read best on one line
import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

from licet.newswire import gazetteer, months
from licet.newswire.fold import fold

Day = datetime.date
_ONE: Final = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class When:
    """A date as a report gives it.

    Attributes:
        start, end: where it stands, in the repaired text.
        first, last: the days it can mean, the same for a single day; None where it cannot be told.
        grain: ``day``, ``week``, ``month`` or ``year``.
        basis: ``stated``, ``relative`` (to the day of publication) or ``nearest`` (the year is not stated).
    """

    start: int
    end: int
    first: Day | None
    last: Day | None
    grain: str
    basis: str


_ISO: Final = re.compile(r"(?<!\d)(20\d\d)[-/.年](1[0-2]|0?[1-9])[-/.月](3[01]|[12]\d|0?[1-9])(?!\d)")
_EAST: Final = re.compile(
    r"(?:(20\d\d)\s*[年년]\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*[月월]\s*(?:(3[01]|[12]\d|0?[1-9])\s*[日號号일])?"
)
_EAST_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)\s*[年년]")
_YEAR: Final = re.compile(
    r"(?<![\d.,$€£-])(20[0-4]\d)(?![\d%]|[.,]\d|[-/]\d)(?!\s*(?:г/|tops|tflops|gb|гб|nm|долл|\$))"
)
_EAST_WEEK: Final = re.compile(
    r"(上|本|这|下|先|今|来)?(?:个|個)?(?:周|星期|週の|週)([一二三四五六日天月火水木金土])(?:曜日)?"
)
_EAST_DAYS: Final = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "月": 0,
    "火": 1,
    "水": 2,
    "木": 3,
    "金": 4,
    "土": 5,
}
_JA_DAY: Final = re.compile(r"(先週の|来週の|今週の)?([月火水木金土日])曜日?")
_JA_MONTH: Final = re.compile(r"(先|今|来|上个|上個|上|本|这个)月")
_KO_WEEK: Final = re.compile(r"(지난주|지난|이번|다음|이번주)?\s*([월화수목금토일])요일")
_KO_DAYS: Final = {"월": 0, "화": 1, "수": 2, "목": 3, "금": 4, "토": 5, "일": 6}


_VIET: Final = re.compile(
    r"(?:ngay )?(?<!\d)(3[01]|[12]?\d)(?:/|[ -]thang[ -])(1[0-2]|0?[1-9])(?:(?:/|[ ,]*nam )(20\d\d))?(?!\d)"
)


class _Each(dict[int, str]):
    """Each letter as the matching copy has it, where that is one letter too."""

    def __missing__(self, code: int) -> str:
        letter = fold(chr(code)).text
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_EACH: Final = _Each()
#: Figures of Arabic and Persian as those of Latin script.
_DIGITS: Final = {0x660 + n: 0x30 + n for n in range(10)} | {0x6F0 + n: 0x30 + n for n in range(10)}
#: Words for this year and last right before a month.
_THAT_YEAR: Final = re.compile(
    r"(?:(去年|昨年|작년|지난해)|(今年|本年|올해|올)|(前年|재작년)|(明年|来年|내년))(?:の|的|\s)?$"
)
_BACK: Final = (1, 0, 2, -1)
#: A day of the month without its month: of this one, or the one before.
_DAY_ALONE: Final = re.compile(
    r"(?<![\d,.])(3[01]|[12]\d|[1-9])(?:日|일)(?![間间內内後后前以目程后]|\s?(?:간|뒤|후|이내|동안|만|째|치|까지의))"
)
_LAST_MONTH: Final = re.compile(r"(?:지난달|先月|上月|上个月|上個月)\s?$")


def dates(text: str, language: str, published: Day | None, copy: str | None = None) -> list[When]:
    """Every date in `text`, in order; `copy` is its matching copy, where that is at hand."""
    copy = fold(text).text if copy is None else copy
    small = copy.translate(_DIGITS) if len(copy) == len(text) else text.translate(_EACH).translate(_DIGITS)
    found: list[When] = []
    for when in _all(text, small, language, published):
        if not any(when.start < other.end and other.start < when.end for other in found):
            found.append(when)
    return sorted(found, key=lambda when: when.start)


_RUN: Final = re.compile(r"\d+")


def _all(text: str, small: str, language: str, published: Day | None) -> Iterator[When]:
    """Dates in figures are looked for where figures stand, those in words where a name of the calendar stands."""
    runs = [run.start() for run in _RUN.finditer(small)]
    for start in runs:
        if m := _ISO.match(text, start):
            yield _made(m.start(), m.end(), int(m[1]), int(m[2]), int(m[3]), published)
    for start in runs:
        if m := _EAST.match(text, start):
            year, day = int(m[1]) if m[1] else None, int(m[3]) if m[3] else None
            begin = m.start()
            said = _THAT_YEAR.search(text, max(0, begin - 5), begin)
            if said is not None and published is not None and year is None:
                year, begin = published.year - _BACK[(said.lastindex or 1) - 1], said.start()
            yield _made(begin, m.end(), year, int(m[2]), day, published)
    for start in runs if language in {"zh", "ja", "ko"} and published is not None else ():
        if m := _DAY_ALONE.match(text, start):
            said = _LAST_MONTH.search(text, max(0, start - 5), start)
            yield _day_alone(said.start() if said else start, m.end(), int(m[1]), said is not None, published)
    for start in runs if language == "vi" else ():
        if m := _VIET.match(small, start):
            yield _made(m.start(), m.end(), int(m[3]) if m[3] else None, int(m[2]), int(m[1]), published)
    if language in {"zh", "ja", "ko"}:
        yield from _eastern(text, language, published)
    else:
        yield from _worded(text, small, language, published)
    for pattern in (_EAST_YEAR, _YEAR):
        for start in runs:
            if m := pattern.match(small, start):
                year = int(m[1])
                yield When(m.start(), m.end(), Day(year, 1, 1), Day(year, 12, 31), "year", "stated")


#: How far from a name of the calendar the rest of the date may stand.
_AROUND: Final = 26


@functools.cache
def _names(language: str) -> AhoCorasick | None:
    """Looks for names of months and weekdays, and words such as yesterday and week."""
    calendar = months.calendar(language)
    names = {*calendar.months, *calendar.days} if calendar is not None else set()
    for field in ("yesterday", "today", "tomorrow", "week", "month", "year"):
        words = gazetteer.times(language).get(field, "").split(";")
        names |= {fold(word.strip().rstrip("*")).text for word in words if word.strip()}
    return AhoCorasick(sorted(names), implementation=Implementation.ContiguousNFA) if names else None


def _worded(text: str, small: str, language: str, published: Day | None) -> Iterator[When]:
    """Dates in words: months, weekdays, yesterday and last month."""
    names = _names(language)
    windows: list[list[int]] = []
    for _, start, end in names.find_matches_as_indexes(small) if names is not None else ():
        if windows and start - _AROUND <= windows[-1][1]:
            windows[-1][1] = end + _AROUND
        else:
            windows.append([max(0, start - _AROUND), end + _AROUND])
    calendar, phrases = months.calendar(language), _phrases(language)
    if calendar is not None:
        for start, end in windows:
            for m in calendar.pattern.finditer(small, start, end):
                made = _from_words(m, text, small, calendar, language, published)
                if made is not None:
                    yield made
    if phrases is not None:
        for start, end in windows:
            yield from _relative(phrases.finditer(small, start, end), small, published)


def _from_words(
    m: re.Match[str], text: str, small: str, calendar: months.Calendar, language: str, published: Day | None
) -> When | None:
    for number in "123":
        name = m[f"m{number}"]
        if name:
            if number == "3" and (
                len(name) < 4 or (language == "en" and not text[m.start() : m.start() + 1].isupper())
            ):
                return None
            if name in {"may", "march", "mars", "mai"} and not (
                m[f"y{number}"] or number in "12" or text[m.start()].isupper()
            ):
                return None
            if (
                number == "3"
                and name in {"may", "march", "mars"}
                and not m["y3"]
                and not re.search(r"\b(in|since|until|en|im|by|of|last|early|late)\s$", small[: m.start()])
            ):
                return None
            day = m[f"d{number}"] if number in "12" else None
            year = int(m[f"y{number}"]) if m[f"y{number}"] else _said_year(m, small, language, calendar, published)
            return _made(m.start(), m.end(), year, calendar.months[name], int(day) if day else None, published)
    day_name = m["wd"]
    if not day_name or len(day_name) < 3:
        return None
    around = small[max(0, m.start() - 22) : m.start()] + " " + small[m.end() : m.end() + 14]
    step = _step(around, language)
    return _weekday(m.start(), m.end(), calendar.days[day_name], step, published)


def _said_year(
    m: re.Match[str], small: str, language: str, calendar: months.Calendar, published: Day | None
) -> int | None:
    """The year of a month with *last* beside it: *last December*, *December of last year*."""
    words = gazetteer.times(language)
    before, after = small[max(0, m.start() - 12) : m.start()], small[m.end() : m.end() + 20]
    if published is None or not _has(words.get("last", ""), f"{before} {after}"):
        return None
    if _has(words.get("year", ""), after) and _has(words.get("last", ""), after):
        return published.year - 1
    if m["m3"] and (_has(words.get("last", ""), before[-10:]) or _has(words.get("last", ""), after[:10])):
        return published.year - (calendar.months[m["m3"]] >= published.month)
    return None


def _step(around: str, language: str) -> int:
    words = gazetteer.times(language)
    if _has(words.get("next", ""), around):
        return 1
    if _has(words.get("last", ""), around) and _has(words.get("week", ""), around):
        return -1
    return 0


def _has(names: str, text: str) -> bool:
    return any(fold(name.strip().rstrip("*")).text in text for name in names.split(";") if name.strip())


def _weekday(start: int, end: int, weekday: int, step: int, published: Day | None) -> When:
    if published is None:
        return When(start, end, None, None, "day", "relative")
    if step > 0:
        day = published + _ONE * ((weekday - published.weekday() - 1) % 7 + 1)
    else:
        day = published - _ONE * ((published.weekday() - weekday) % 7)
        if (
            step < 0
            and (published - day).days < published.weekday() + 1
            and day.isocalendar()[1] == published.isocalendar()[1]
        ):
            day -= _ONE * 7
    return When(start, end, day, day, "day", "relative")


def _made(start: int, end: int, year: int | None, month: int, day: int | None, published: Day | None) -> When:
    basis = "stated" if year else "nearest"
    if not year and published is None:
        return When(start, end, None, None, "day" if day else "month", basis)
    try:
        if day is None:
            years = [year] if year else [published.year - 1, published.year, published.year + 1] if published else []
            options = [Day(y, month, 1) for y in years]
            first = min(options, key=lambda d: _away(d + _ONE * 14, published))
            return When(start, end, first, (first + _ONE * 31).replace(day=1) - _ONE, "month", basis)
        years = [year] if year else [published.year - 1, published.year, published.year + 1] if published else []
        options = [Day(y, month, day) for y in years if day < 29 or _exists(y, month, day)]
        only = min(options, key=lambda d: abs((d - (published or d)).days))
    except ValueError:
        return When(start, end, None, None, "day", basis)
    return When(start, end, only, only, "day", basis)


def _away(day: Day, published: Day | None) -> int:
    """How far a month is from the day of publication; one that is still to come counts double."""
    days = (day - (published or day)).days
    return 2 * days if days > 0 else -days


def _day_alone(start: int, end: int, number: int, before: bool, published: Day | None) -> When:
    """The last day of that number up to the day of publication; where `before`, of the month before it."""
    day = (published or Day.min).replace(day=1) - _ONE if before else (published or Day.min) + _ONE
    for _ in range(62):
        if day.day == number:
            return When(start, end, day, day, "day", "nearest")
        day -= _ONE
    return When(start, end, None, None, "day", "nearest")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        Day(year, month, day)
    except ValueError:
        return False
    return True


def _eastern(text: str, language: str, published: Day | None) -> Iterator[When]:
    if language == "ko":
        if "요일" not in text and "달" not in text:
            return
        for m in _KO_WEEK.finditer(text):
            step = -1 if m[1] and m[1].startswith("지난주") else 1 if m[1] == "다음" else 0
            yield _weekday(m.start(), m.end(), _KO_DAYS[m[2]], step, published)
        for m in re.finditer(r"(지난달|이번 달|다음 달)", text):
            yield from _month(m, {"지": -1, "이": 0, "다": 1}[m[0][0]], published)
        return
    pattern = _JA_DAY if language == "ja" else _EAST_WEEK
    weekly = "曜" in text if language == "ja" else "周" in text or "星期" in text or "週" in text
    for m in pattern.finditer(text) if weekly else ():
        step = -1 if m[1] and m[1][0] in "上先" else 1 if m[1] and m[1][0] in "下来" else 0
        if language == "ja" and not m[0].endswith(("曜日", "曜")):
            continue
        yield _weekday(m.start(), m.end(), _EAST_DAYS[m[2]], step, published)
    for m in _JA_MONTH.finditer(text):
        yield from _month(m, -1 if m[1][0] in "先上" else 1 if m[1][0] == "来" else 0, published)
    for m in re.finditer(r"去年圣诞节?|去年聖誕節?", text):
        year = published.year - 1 if published else None
        yield When(
            m.start(),
            m.end(),
            Day(year, 12, 25) if year else None,
            Day(year, 12, 25) if year else None,
            "day",
            "relative",
        )
    for m in re.finditer(r"(昨[天日]|今[天日]|明[天日])", text):
        step = {"昨": -1, "今": 0, "明": 1}[m[0][0]]
        day = published + _ONE * step if published else None
        yield When(m.start(), m.end(), day, day, "day", "relative")
    for m in re.finditer(r"(去年|今年|昨年|本年)", text):
        if published:
            year = published.year - (m[0][0] in "去昨")
            yield When(m.start(), m.end(), Day(year, 1, 1), Day(year, 12, 31), "year", "relative")


def _month(m: re.Match[str], step: int, published: Day | None) -> Iterator[When]:
    if published is None:
        yield When(m.start(), m.end(), None, None, "month", "relative")
        return
    first = (
        (published.replace(day=1) + _ONE * 31 * step).replace(day=1)
        if step >= 0
        else (published.replace(day=1) - _ONE).replace(day=1)
    )
    yield When(m.start(), m.end(), first, (first + _ONE * 31).replace(day=1) - _ONE, "month", "relative")


@functools.cache
def _phrases(language: str) -> re.Pattern[str] | None:
    """One pattern for yesterday, last week and the like; the name of the group that matched tells which it was."""
    words = gazetteer.times(language)
    if not words:
        return None

    def one(key: str) -> str:
        names = [fold(n.strip()).text for n in words.get(key, "").split(";") if n.strip()]
        spelled = [re.escape(n.rstrip("*")) + (r"\w{0,4}" if n.endswith("*") else "") for n in names]
        return f"(?:{'|'.join(spelled)})" if spelled else "(?!)"

    parts = [f"(?P<day_{place}>{one(key)})" for place, key in enumerate(("yesterday", "today", "tomorrow"))]
    for grain in ("week", "month", "year"):
        for place, key in enumerate(("last", "this", "next")):
            parts.append(f"(?P<{grain}_{place}>{one(key)}\\s{one(grain)}|{one(grain)}\\s{one(key)})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _relative(met: Iterator[re.Match[str]], small: str, published: Day | None) -> Iterator[When]:
    for m in met:
        grain, _, place = str(m.lastgroup).partition("_")
        step = int(place) - 1
        if small[max(0, m.start() - 1) : m.start()].isdigit() or small[max(0, m.start() - 2) : m.start() - 1].isdigit():
            continue
        if published is None:
            yield When(m.start(), m.end(), None, None, grain, "relative")
        elif grain == "day":
            yield When(m.start(), m.end(), published + _ONE * step, published + _ONE * step, "day", "relative")
        elif grain == "week":
            monday = published - _ONE * published.weekday() + _ONE * 7 * step
            yield When(m.start(), m.end(), monday, monday + _ONE * 6, "week", "relative")
        elif grain == "month":
            yield from _month(m, step, published)
        else:
            year = published.year + step
            yield When(m.start(), m.end(), Day(year, 1, 1), Day(year, 12, 31), "year", "relative")
