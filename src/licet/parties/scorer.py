"""From what matches between two names to a score with one alert line for all.

The evidence of an alignment is a weighted sum, with weights learned from the aliases of the lists
(``data/scorer.json``: one set for organizations, one for people, one for names known by their sound). The score puts
the alert line of each at the same place and spreads what lies above it. What no sum may outvote is in `rules`.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from operator import mul
from typing import Any, Final

from licet.parties import rules
from licet.parties.compare import Alignment, Name
from licet.parties.features import FEATURES

#: The alert line, on the scale of scores.
ALERT: Final = 0.70
#: How steeply the score rises with the evidence.
_SLOPE: Final = 0.45
#: Names that are the same up to writing are above all others.
SAME: Final = 0.995
#: What the words of a person's name in another order come to at least, "Putin, Vladimir" being Vladimir Putin.
_OTHER_ORDER: Final = 3.5
#: Above the line a person with a word of this weight left on both sides, or a party with a numeral on one side only, is
#: rather another one of its kind: a brother, a second works. It keeps this share of its evidence, and its alert.
_ANOTHER_WORD: Final = 0.2
_DOUBT: Final = 0.3
_AT: Final = {feature: place for place, feature in enumerate(FEATURES)}
_BOTH_LEFT, _NUMERAL = _AT["rarest left on both sides"], _AT["number missing"]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights and lines of one version.

    Attributes:
        version: what an answer quotes.
        organization: weight of each feature for organizations.
        person: weight of each feature for people.
        lines: evidence at which each class alerts.
        sound: weight of each feature for people where one name is only known by its sound.
        sound_organization: the same for organizations.
    """

    version: str
    organization: tuple[float, ...]
    person: tuple[float, ...]
    lines: Mapping[str, float]
    sound: tuple[float, ...]
    sound_organization: tuple[float, ...]

    def evidence(
        self, found: Alignment, query: Name, listed: Name, person: bool, country: bool | None
    ) -> tuple[float, str]:
        """Evidence over the line (0 is the line), and the rule that held it down, if one did.

        Args:
            found: what matches.
            query: the name asked about.
            listed: the name on the list.
            person: whether the entry is a person.
            country: whether the countries agree; None where one is not known.
        """
        weights, line = (self.person, "person") if person else (self.organization, "organization")
        if query.by_sound or listed.by_sound:
            weights, line = (self.sound, "sound") if person else (self.sound_organization, "sound_organization")
        total = sum(map(mul, weights, found.features)) - self.lines[line]
        if person and total < _OTHER_ORDER and query.size > 1 and len(query.bare) == len(listed.bare):
            total = _OTHER_ORDER if sorted(query.bare) == sorted(listed.bare) else total
        if total > 0 and ((person and found.features[_BOTH_LEFT] >= _ANOTHER_WORD) or found.features[_NUMERAL]):
            total *= _DOUBT
        if country is False:
            total -= 1.0
        elif country:
            total += 0.3
        settled = False
        if not person:
            total, settled = rules.raised(total, found, query, listed, country)
        least = total if settled else rules.the_same(total, query, listed)
        if settled or least > total:
            return least, ""
        if total > -rules.BELOW and (rule := rules.held(found, query, listed, person, country)):
            return -rules.BELOW, rule
        return total, ""


def score(evidence: float) -> float:
    """The score of evidence over the line: 0.70 on the line, rising smoothly, below 0.995."""
    return round(min(SAME - 0.005, 1 / (1 + math.exp(-(_SLOPE * evidence + _OFFSET)))), 4)


_OFFSET: Final = math.log(ALERT / (1 - ALERT))


@functools.cache
def bundled() -> Scorer:
    """The scorer that ships with the package."""
    text = resources.files("licet.parties").joinpath("data/scorer.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    of = {kind: tuple(float(raw[kind][feature]) for feature in FEATURES) for kind in raw["lines"]}
    return Scorer(raw["version"], of["organization"], of["person"], raw["lines"], of["sound"], of["sound_organization"])
