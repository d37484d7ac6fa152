"""What reading reports gives: claims, reports, stories, and how each claim stands to the record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from licet.errors import LicetError
from licet.newswire.dates import When
from licet.newswire.figures import Figure
from licet.newswire.find import Mention
from licet.newswire.gazetteer import PLACES
from licet.newswire.source import Source

#: What a claim can say somebody does.
ACTIONS = (
    "asks",
    "plans",
    "proposes",
    "announces",
    "issues",
    "amends",
    "suspends",
    "extends",
    "rescinds",
    "revokes",
    "requires_license",
    "licenses",
    "eases",
    "tightens",
    "bans",
    "warns",
    "objects",
    "agrees",
    "advances",
    "charges",
    "investigates",
    "declines_comment",
    "discloses",
    "denies",
    "negotiates",
    "offers",
    "says",
)
#: The length of the code of a country.
_CODE = 2
#: How a claim can stand to the record.
VERDICTS = ("confirmed", "partly", "contradicted", "not in the record")


@dataclass(frozen=True, slots=True)
class Named:
    """Who or what a claim is about: an entry of the gazetteer, or a topic such as ``export-controls``."""

    id: str
    kind: str
    name: str
    surface: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a claim rests on, as they stand in the original text (a W3C TextQuoteSelector with its position).

    Attributes:
        start, end: where, in characters of the original text.
        exact: the original text from `start` to `end`.
        prefix, suffix: up to 32 characters before and after.
        repaired: the same words after repair, where they were damaged; else empty.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the record a claim was held against: an event of the timeline, a provision, or a checked statement."""

    to: str
    kind: str
    why: str
    score: float


@dataclass(frozen=True)
class Claim:
    """What a report says somebody did, does or wants.

    Attributes:
        id: the same for the same words of the same report.
        actor: who acts; None where the sentence does not say.
        action: one of `ACTIONS`.
        of: the action asked for, planned, proposed, warned of or objected to.
        object: what it is chiefly about.
        objects: all it is about, the chief one first.
        recipients: others named with it: who is asked, licensed, warned.
        modes: of ``negated``, ``future``, ``hypothetical``.
        when: the date the words give; None where they give none.
        said_by: who says so in the report, where that is not the actor.
        relies_on: media the report takes it from.
        figures: amounts in the words.
        main: it stands in the headline or the first sentences.
        evidence: the words.
        verdict, record, links: how it stands to the record, what the record says, and the rows looked at.
        proposal: what models the change asked for: an amendment of the lawbook, with its variant after a stroke.
        carried: its words name no rule, chip or trade; what it is about is taken from the sentences before.
    """

    id: str
    actor: Named | None
    action: str
    of: str
    object: Named | None
    objects: tuple[Named, ...]
    recipients: tuple[Named, ...]
    modes: tuple[str, ...]
    when: When | None
    said_by: Named | None
    relies_on: tuple[str, ...]
    figures: tuple[Figure, ...]
    main: bool
    sentence: int
    evidence: Evidence
    verdict: str = "not in the record"
    record: str = ""
    links: tuple[Link, ...] = ()
    proposal: str = ""
    carried: bool = False


@dataclass(frozen=True)
class Published:
    """The day a report was published, and how that is known: ``stated``, ``text``, ``record`` or ``unknown``.

    With ``record`` the day is that of the event the report tells, so the report is of that day or soon after.
    """

    day: datetime.date | None
    basis: str
    why: str = ""


@dataclass(frozen=True)
class Report:
    """One report, read."""

    id: str
    title: str
    language: str
    published: Published
    outlet: str
    url: str
    encoding: str
    source: Source
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    dates: tuple[When, ...]
    relies_on: tuple[str, ...]
    provisions: tuple[str, ...]
    relevant: bool
    kind: str = "text"

    def named(self, *kinds: str) -> tuple[str, ...]:
        """Ids of all that is named, of the kinds asked for, in the order of their first mention."""
        return tuple(dict.fromkeys(m.entry.id for m in self.mentions if not kinds or m.entry.kind in kinds))

    def places(self) -> tuple[str, ...]:
        """Countries that are named, or whose towns, people or ministries are, in the order of their first mention."""
        found: dict[str, None] = {}
        for mention in self.mentions:
            entry = mention.entry
            if entry.kind in PLACES or (
                entry.kind == "agency" and len(entry.country) == _CODE and entry.country != "EU"
            ):
                found[entry.country] = None
        return tuple(found)


@dataclass(frozen=True)
class Tie:
    """Why two reports are of one story."""

    one: str
    other: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """Reports on one event.

    Attributes:
        id: of its first report by day and name.
        reports: ids, in order of day and name.
        day: the first day any of them was published.
        title: a headline in English, made of its chief claim.
        ties: why each pair belongs together.
        related: other stories on the same instrument, with what happened to it there.
        independent: how many reports do not rely on another outlet, or on one nobody else relies on.
    """

    id: str
    reports: tuple[str, ...]
    day: datetime.date | None
    title: str
    ties: tuple[Tie, ...]
    related: tuple[tuple[str, str], ...] = ()
    independent: int = 1


@dataclass(frozen=True)
class Batch:
    """All reports of one reading, their stories, and the files that could not be read."""

    reports: tuple[Report, ...]
    stories: tuple[Story, ...]
    errors: tuple[LicetError, ...] = field(default=())
