"""The words of actions in a sentence: which govern others, which make rules, which are nouns or passives."""

from __future__ import annotations

import re
from typing import Final

from licet.newswire import grammar
from licet.newswire.find import Word
from licet.newswire.passage import Context

#: Actions that say how another one is meant.
GOVERNING: Final = frozenset({"asks", "plans", "proposes", "warns", "objects", "denies"})
#: Actions on a rule or on a trade.
POLICY: Final = frozenset(
    {"eases", "tightens", "bans", "rescinds", "revokes", "suspends", "extends", "issues", "amends", "requires_license"}
    | {"licenses"}
)
#: Actions that can be done to the subject of their sentence.
_DONE_TO: Final = POLICY | {"charges", "investigates", "advances", "denies"}
#: What can be said to the subject, in languages where a word before tells: ``agents were told``.
_TOLD_TO: Final = frozenset({"says", "announces", "asks"})
_PASSIVE_SAYING: Final = frozenset({"en", "fr", "es", "pt", "it", "vi"})


#: Words of a ban that a firm can say of its own sales.
_HALTS: Final = re.compile(
    r"suspend|halt|stop|paus|приостан|прекра|призуп|停止|暂停|暫停|中断|중단|suspens|interr|detuv|ausgesetzt|stopp|eingestellt|durdur|وقف|wstrzym|zastav",
    re.IGNORECASE,
)


class Cue:
    """A word of an action, and whether it is a noun or a passive."""

    def __init__(self, context: Context, word: Word) -> None:
        self.word, self.action = word, word.what[3:]
        text, language = context.source.text, context.language
        self.surface = text[word.start : word.end]
        self.halts = self.action == "bans" and _HALTS.match(self.surface) is not None
        self.noun = grammar.is_noun(text, word.start, word.end, language)
        done = _DONE_TO | _TOLD_TO if language in _PASSIVE_SAYING else _DONE_TO
        self.passive = (
            not self.noun and self.action in done and grammar.is_passive(text, word.start, word.end, language)
        )
