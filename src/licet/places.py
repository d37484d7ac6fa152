"""Countries: from what a person wrote to the code the law is written in, and back to the EAR's name.

A place is an ISO 3166-1 alpha-2 code. Hong Kong is China, as it has been in the EAR since 2020-12-23 (85 FR
83765); Puerto Rico and the territories of the United States are the United States (15 CFR 772.1), so that what goes
there is no export; Macau and Taiwan stand for themselves; Kosovo is XK. Which group a place is in on a day is law, in
``lawbook/places/groups.yaml``, and not decided here.
"""

from __future__ import annotations

import difflib
import functools
import gzip
import json
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import Final

from licet.errors import BadValue

#: ISO 3166-1 without Hong Kong and the U.S. territories, and with Kosovo (XK), which the EAR lists and ISO does not.
_ISO: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HM HN HR HT HU "
    "ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT "
    "LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL "
    "NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH "
    "SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW"
)
_CODES: Final = frozenset(_ISO.split())
#: Codes with another place behind them: Hong Kong, the U.S. territories, and two that are in use beside ISO's.
_RESOLVES: Final = {
    "HK": "CN", "UK": "GB", "EL": "GR", "AS": "US", "GU": "US", "MP": "US", "PR": "US", "UM": "US", "VI": "US",
}  # fmt: skip
#: No name of a place is longer than this; what is longer is not looked at.
_LONGEST: Final = 120
_USE_A_CODE: Final = "use the ISO 3166 two-letter code, such as DE"


class UnknownCountry(BadValue, LookupError):
    """No country, or no single one, goes by this name. `next` says which may be meant."""

    __str__ = BadValue.__str__


def country(text: str) -> str:
    """The code of the place that `text` names, in any language and script.

    Understood are ISO 3166-1 alpha-2 and alpha-3 codes, the names of the EAR (15 CFR 738 and 740, Supp. 1)
    and of ISO, trade names such as UAE or Ivory Coast, and the names in every language of the Unicode CLDR.
    Case, accents, spaces and punctuation do not matter. A code goes before a name.

    Raises:
        UnknownCountry: it names no place, or more than one.
    """
    if text in _CODES:
        return text
    if len(text) > _LONGEST:
        raise UnknownCountry(f"there is no country called {_shown(text)}", next=_USE_A_CODE)
    return _by_code(unicodedata.normalize("NFKC", text).strip()) or _by_name(text)


def name(code: str) -> str:
    """The EAR's name of a place; ISO's where the EAR has no row of its own for it.

    Raises:
        UnknownCountry: there is no such code.
    """
    found = _names().of.get(code)
    if found is None:
        raise UnknownCountry(f"there is no country code {_shown(code)}", next=_USE_A_CODE)
    return found


def codes() -> tuple[str, ...]:
    """Every code that `country` can answer, in order."""
    return tuple(sorted(_CODES))


@dataclass(frozen=True, slots=True)
class _Names:
    """The content of names.json.gz."""

    of: dict[str, str]  #: the EAR's name for each code
    alpha3: dict[str, str]  #: ISO 3166-1 alpha-3 to alpha-2
    codes: dict[str, str]  #: normal spelling to code
    several: dict[str, list[str]]  #: normal spelling to the places that share it
    refused: dict[str, str]  #: normal spelling to the reason


@functools.cache
def _names() -> _Names:
    packed = resources.files("licet").joinpath("lawbook/places/names.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    return _Names(
        of=raw["names"],
        alpha3=raw["alpha3"],
        codes={key: code for code, keys in raw["keys"].items() for key in keys.split(" ")},
        several={key: places.split(" ") for key, places in raw["several"].items()},
        refused=raw["refused"],
    )


def _by_code(text: str) -> str | None:
    """The place for an ISO code. Only plain letters are one: Áo is Vietnamese for Austria, AO is Angola."""
    if not text.isascii() or len(text) not in {2, 3}:
        return None
    code = text.upper()
    if len(code) == 3:
        if not text.isupper() and normal(text) in _names().several:
            return None
        code = _names().alpha3.get(code, "")
    code = _RESOLVES.get(code, code)
    return code if code in _CODES else None


@functools.lru_cache(maxsize=4096)
def _by_name(text: str) -> str:
    key, names = normal(text), _names()
    if code := names.codes.get(key):
        return _RESOLVES.get(code, code)
    if key in names.several:
        meant = " or ".join(f"{code} for {names.of[code]}" for code in names.several[key])
        raise UnknownCountry(f"{_shown(text)} names more than one country", next=f"write {meant}")
    if key in names.refused:
        raise UnknownCountry(f"{_shown(text)} names no single country", next=names.refused[key])
    raise UnknownCountry(f"there is no country called {_shown(text)}", next=_suggestion(key, names))


def _suggestion(key: str, names: _Names) -> str:
    """A hint with the places whose spelling is near, or the advice to use a code."""
    if len(key) < 4:
        return _USE_A_CODE
    pool = [known for known in names.codes if known[0] == key[0] and abs(len(known) - len(key)) <= 3]
    near = [names.codes[known] for known in difflib.get_close_matches(key, pool, n=6, cutoff=0.8)]
    shown = [f"{names.of[code]} ({code})" for code in dict.fromkeys(near)][:3]
    return f"did you mean {' or '.join(shown)}?" if shown else _USE_A_CODE


def _shown(text: str) -> str:
    shown = repr(text)
    return shown if len(shown) <= 60 else shown[:57] + "…"


#: Letters that have no accent to take off and are yet written without: Danish ø, Polish ł, dotless i; and the
#: forms of one Arabic letter in Arabic, Persian and Urdu.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n",
     "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ـ": None}
)  # fmt: skip
_ABBREVIATED: Final = {"st": "saint", "rep": "republic", "dem": "democratic", "the": ""}


def normal(text: str) -> str:
    """`text` as it is looked up: no case, no accents, no spaces or punctuation, one form of each letter.

    Vowel signs of the Indic and kindred scripts are kept, for words differ by them.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFKC", "".join(c for c in folded if not _accent(c))).translate(_LETTERS)
    spaced = "".join(_letter_or_space(c) for c in plain.replace("&", " and "))
    return "".join(_ABBREVIATED.get(word, word) for word in spaced.split())


def _accent(char: str) -> bool:
    """Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels."""
    return "\u0300" <= char <= "\u036f" or "\u0591" <= char <= "\u05c7" or "\u064b" <= char <= "\u065f"


def _letter_or_space(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] in "LMN":
        return char
    return "" if category == "Cf" or char in "'’ʼ`.״׳\"" else " "
