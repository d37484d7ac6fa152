"""What no sum of evidence may outvote, up or down.

Some matches reach the alert line whatever the sum says: the same letters with other blanks, a company called by the
same rare word, a slip in a long name. Others do not, whatever it says: numerals that differ, a short single word that
is not the same word, an acronym without a country to back it. Each rule says in one sentence what it is for.
"""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from licet.parties.compare import Alignment, Name
from licet.parties.features import FEATURES
from licet.parties.sounds import same_vowels, skeleton
from licet.parties.syllables import nothing_shared
from licet.parties.weights import kinds, places

#: What a match comes to at most that a rule holds down, below the line.
BELOW: Final = 1.5
_SHORT_WORD: Final = 7
_SHORT_WORDS: Final = 8
_VOWELS: Final = frozenset("aeiouy")
_LONG_ACRONYM: Final = 4
#: A word of this length that sounds this much like a listed one may be it, though short.
_SHORT_SOUND, _SOUNDS = 5, 0.9
#: A single word at least this rare that is all there is to a listed company's name beside its trade: over the line
#: where the country agrees.
_RARE: Final = 5.5
_NAMED: Final = 0.1
#: What a listed name with one of its units after it comes to at least.
_UNIT_OF: Final = 0.2
#: What a name comes to at least whose slips do not touch what it is called, or are few for its length.
_SLIPPED: Final = 0.1
#: What a single word comes to at least that is a vowel away from the listed one, under the same legal form.
_ONE_VOWEL: Final = 1.2
_LONG_WORD: Final = 10
#: What companies come to at least that are called by the same rare word.
_CALLED: Final = 0.01
RARE_WORD: Final = 8.9
_CALLED_LETTERS: Final = 4
_NEARLY: Final = 0.9
_SHORT_OWN: Final = 4
_LETTERS_A_SLIP: Final = 6
_ROUGHLY: Final = 5
#: What a name comes to at least of the same letters, other blanks aside, and one that sounds the same word by word.
_SAME_LETTERS: Final = 4.0
_SAME_SOUND: Final = 1.6
_LONG_ENOUGH: Final = 6
#: Where all that a company is called is less alike than this, it is called something else: Sparkles, Sporks.
_ROUGH: Final = 0.8
_UNITS: Final = frozenset(
    {"institute", "branch", "department", "laboratory", "school", "college", "campus", "faculty", "division",
     "subsidiary", "filial"}
)  # fmt: skip
_AT: Final = {feature: place for place, feature in enumerate(FEATURES)}
_DIFFER, _ACRONYM, _SLIPS = _AT["numbers differ"], _AT["acronym"], _AT["slips apart"]
_PER_LETTER: Final = _AT["slips per letter"]


def raised(total: float, found: Alignment, query: Name, listed: Name, country: bool | None) -> tuple[float, bool]:
    """What the evidence for a company comes to at least, and whether nothing may lower that."""
    if total < _UNIT_OF and _is_unit_of(query, listed):
        total = _UNIT_OF
    if total < _SLIPPED and _name_is_kept(found, query, listed):
        return _SLIPPED, True
    if total < _SLIPPED and query.size == listed.size == 1 and query.legal and query.legal == listed.legal:
        total = _ONE_VOWEL if _one_vowel_off(query, listed) else total
    if total < _CALLED and country is not False and _called_the_same(found, query, listed):
        return _CALLED, True
    if query.size == 1 and query.core == listed.own and query.weights[0] >= _RARE:
        return max(total, _NAMED if country else -BELOW), True
    return total, False


def the_same(total: float, query: Name, listed: Name) -> float:
    """What the evidence comes to at least for a name of the same letters, or of the same sound word by word."""
    if query.by_sound or len(query.plain) < _LONG_ENOUGH:
        return total
    if total < _SAME_LETTERS and query.plain == listed.plain:
        return _SAME_LETTERS
    if total < _SAME_SOUND and 1 < len(query.tokens) == len(listed.tokens) and _sounds_the_same(query, listed):
        return _SAME_SOUND
    return total


def held(found: Alignment, query: Name, listed: Name, person: bool, country: bool | None) -> str:
    """The rule under which a match may not alert, or nothing."""
    rule = _held(found, query, listed, country)
    if not rule and not person and not country and _called_otherwise(found, listed):
        return "what it is called is only roughly alike"
    return rule


_SAID: Final = frozenset({"legal", "stop", "particle", "generic"})


def _called_otherwise(found: Alignment, listed: Name) -> bool:
    """Whether the rarest word of a company's own is only roughly alike, and no other is as rare: Sparkles, Sporks."""
    known = kinds()
    own = [pair for pair in found.pairs if known.get(pair.listed) not in _SAID]
    if not own:
        return False
    rarest = max(own, key=lambda pair: pair.weight)
    few = found.features[_SLIPS] and found.features[_PER_LETTER] * len(listed.plain) < 25  # two slips
    other = sum(pair.weight for pair in own if pair.alike >= _ROUGH)
    return not few and rarest.alike < _ROUGH and other < rarest.weight


def _called_the_same(found: Alignment, query: Name, listed: Name) -> bool:
    """Whether two companies are called by the same rare word, and place and trade do not tell them apart.

    Zhejiang Dahua Technology Co., Ltd. and Dahua Technology; but not Shanghai Hengye and Beijing Hengye. Of a family
    of listed companies any may be, whatever its place and trade: Huawei Korea Ltd.
    """
    if found.features[_DIFFER]:
        return False
    if query.family and query.family == listed.family and _is_family(listed):
        return _said(query)[0] == {query.family}
    if len(query.tokens) == 1 or not any(pair.alike == 1 and pair.weight >= RARE_WORD for pair in found.pairs):
        return False
    (called, at, trades), (theirs, there, other) = _said(query), _said(listed)
    near = [pair for pair in found.pairs if pair.alike >= _NEARLY]
    if not called <= {pair.query for pair in near} or not theirs <= {pair.listed for pair in near}:
        return False
    if sum(map(len, called)) < (_CALLED_LETTERS if at or there else _SHORT_WORD - 1) or (at - there and there - at):
        return False
    return trades == other or bool(at and not there and other < trades)


def _is_family(listed: Name) -> bool:
    """Whether a listed name is the word of its family and nothing else."""
    called, at, trades = _said(listed)
    return called == {listed.family} and not at and not trades


def _said(name: Name) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What a company is called, and the places and trades in its name."""
    known, where = kinds(), places()
    called, at, trades = [], [], []
    for token in name.bare:
        if token == "group":
            continue  # a group and the company after which it is named
        if known.get(token) in _SAID:
            trades.append(token)
        elif token in where:
            at.append(token)
        else:
            called.append(token)
    return frozenset(called), frozenset(at), frozenset(trades)


def _is_unit_of(query: Name, listed: Name) -> bool:
    """Whether the query is the listed name and then a unit: "VTB Bank, Shanghai Branch"."""
    size = len(listed.bare)
    return size > 1 and query.bare[:size] == listed.bare and not _UNITS.isdisjoint(query.bare[size:])


def _name_is_kept(found: Alignment, query: Name, listed: Name) -> bool:
    """Whether a name a few slips away has them in its trade and legal form only, or few for so long a name."""
    own = {token for token in listed.tokens if token not in kinds()}
    if len(own) == 1 and listed.own in own and listed.legal == query.legal:
        size = min(len(query.own), len(listed.own))
        if size >= _LONG_WORD and query.size == listed.size and query.own in query.tokens:
            return OSA.distance(query.own, listed.own) <= 2 and query.own[0] == listed.own[0]
    if not found.features[_SLIPS]:
        return False
    letters = len("".join(_said(listed)[0]))
    if found.features[_PER_LETTER] * len(listed.plain) < 10 * (letters // _LETTERS_A_SLIP) + _ROUGHLY:
        return True
    return len("".join(own)) >= _SHORT_OWN and own <= {pair.listed for pair in found.pairs if pair.alike == 1}


def _held(found: Alignment, query: Name, listed: Name, country: bool | None) -> str:
    """The rule under which a match may not alert, or nothing."""
    if found.features[_DIFFER]:
        return "the numerals differ"
    if found.features[_ACRONYM] and not country and min(len(query.core), len(listed.core)) < _LONG_ACRONYM:
        return "a short acronym, with no country that agrees"
    if _in_other_syllables(found):
        return "names in pinyin without a syllable in common"
    if any(pair.listed == listed.own and pair.alike == 1 for pair in found.pairs) and found.features[_SLIPS]:
        return ""  # its legal form is misspelled
    if (
        query.own
        and listed.own
        and len(query.own) + len(listed.own) < _SHORT_WORDS
        and not country
        and (_VOWELS.isdisjoint(query.own) != _VOWELS.isdisjoint(listed.own))
    ):
        return "the letters of an acronym are no misspelled word"
    if min(query.size, listed.size) == 1 and query.core != listed.core and not found.features[_ACRONYM]:
        single = query.core if query.size == 1 else listed.core
        sounds = query.by_sound and len(listed.core) >= _SHORT_SOUND and any(p.alike >= _SOUNDS for p in found.pairs)
        if len(single) < _SHORT_WORD and not country and not sounds and not _one_vowel_off(query, listed):
            return "a short single word must be the same word"
    return ""


def _in_other_syllables(found: Alignment) -> bool:
    """Whether all that differs is one word on each side, both pinyin, and no syllable of the one is in the other."""
    ours = [pair.query for pair in found.pairs if pair.alike < 1] + [token for token, _ in found.left_query]
    theirs = [pair.listed for pair in found.pairs if pair.alike < 1] + [token for token, _ in found.left_listed]
    return len(ours) == len(theirs) == 1 and nothing_shared(ours[0], theirs[0])


def _one_vowel_off(query: Name, listed: Name) -> bool:
    """Whether two single words are spellings of one, or a vowel apart under one legal form: Farrd JSC, Farrad JSC."""
    one, two = query.core, listed.core
    if same_vowels(one) == same_vowels(two):
        return True
    known = query.legal == listed.legal and query.legal and max(len(one), len(two)) >= _SHORT_WORD - 1
    if not known or OSA.distance(one, two) != 1:
        return False
    if one[0] == two[0] and (len(one) != len(two) or skeleton(one) == skeleton(two)):
        return True
    return sorted(one) == sorted(two)


def _sounds_the_same(query: Name, listed: Name) -> bool:
    """Whether each word is a spelling of the other's: Al Qaeda, Al Qa'ida."""
    return all(
        one == two or (len(one) > 3 and same_vowels(one) == same_vowels(two))
        for one, two in zip(query.tokens, listed.tokens, strict=True)
    )
