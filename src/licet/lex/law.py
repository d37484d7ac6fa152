"""The law of a day: what is in force, as written and as enforced, ready to be asked."""

from __future__ import annotations

import bisect
import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from licet.errors import LawError, QuestionError, did_you_mean
from licet.lex.load import about, load_files, shipped, texts
from licet.lex.model import Clause, Group, Provision, clause
from licet.logic.evaluate import Opener, Test, Tracer, node_test, opener, test, tracer
from licet.logic.nodes import Applies, Node, walk

Day = datetime.date
_ONE = datetime.timedelta(1)
#: Amendments that were only proposed: no law, and no part of what its sha256 marks.
_NO_LAW = "proposals/"


@dataclass(frozen=True, eq=False)
class DayLaw:
    """The law on every day of one span in which nothing changes.

    Attributes:
        first, last: the span; `last` is None for the current law.
        groups: members of each country group.
        written, enforced: the clauses in force under each reading, by provision id; the same object where they agree.
    """

    law: Law
    first: Day
    last: Day | None
    groups: Mapping[str, frozenset[str]]
    written: Mapping[str, Clause]
    enforced: Mapping[str, Clause]
    tests_written: Mapping[str, Test]
    tests_enforced: Mapping[str, Test]
    #: Ids whose answer can differ between the two readings, here or in what they depend on.
    split: frozenset[str]
    #: Ids in force by kind of conclusion, in the order of the lawbook.
    kinds: Mapping[str, tuple[str, ...]]
    #: License exceptions that count only when the exporter invokes them.
    claims: frozenset[str]

    def test(self, node: Node) -> Test:
        """The function that decides `node` under the groups of these days; made once for each node."""
        return node_test(node, self.groups)

    @functools.cached_property
    def serving(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """By kind and requirement: the exceptions that lift it, the limits on those, and its review policies."""
        found: dict[tuple[str, str], set[str]] = {}
        for id_, part in self.enforced.items():
            for target in (*part.lifts, *part.concludes.get("for", ())):
                found.setdefault((part.provision.kind, target), set()).add(id_)
        return {key: frozenset(ids) for key, ids in found.items()}

    @functools.cached_property
    def openers(self) -> Mapping[tuple[str, bool], Opener]:
        """The function that tells why a provision is open, by id and reading (True: as enforced)."""
        found = {(id_, False): opener(part.node, self.groups) for id_, part in self.written.items()}
        for id_, part in self.enforced.items():
            same = part is self.written[id_]
            found[id_, True] = found[id_, False] if same else opener(part.node, self.groups)
        return found

    @functools.cached_property
    def tracers(self) -> Mapping[str, Tracer]:
        """The function that traces each provision as enforced."""
        return {id_: tracer(part.node, self.groups, id_) for id_, part in self.enforced.items()}


class Law:
    """A checked lawbook. Frozen after loading; the law of each span is compiled when first asked for."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = {name: text for name, text in files.items() if not name.startswith(_NO_LAW)}
        self.provisions, self.groups, self.sets, self.sha256 = load_files(self.files)
        self.version, self.first, self.verified_through = about(self.files)
        self.starts = self._starts()
        self._days: dict[int, DayLaw] = {}

    @classmethod
    def of(
        cls, provisions: Mapping[str, Provision], groups: Mapping[str, Group], *, version: str, first: Day,
        verified_through: Day, sha256: str, files: Mapping[str, str], sets: Mapping[str, frozenset[str]],
    ) -> Law:  # fmt: skip
        """A law of provisions that were loaded and proved before, such as those of another law with some amended."""
        made = cls.__new__(cls)
        made.files, made.provisions, made.groups, made.sets = dict(files), dict(provisions), dict(groups), dict(sets)
        made.version, made.first, made.verified_through = version, first, verified_through
        made.sha256 = sha256
        made.starts = made._starts()
        made._days = {}
        return made

    @property
    def names(self) -> dict[str, Group | frozenset[str]]:
        """What may stand behind ``in``: groups of countries and sets of paragraphs."""
        return {**self.groups, **self.sets}

    @classmethod
    def load(cls, path: str | Path | None = None) -> Law:
        """The lawbook in folder `path`, or the one that comes with Licet.

        Raises:
            LawError: the lawbook breaks its own rules.
        """
        if path is None:
            return cls(texts(shipped()))
        folder = Path(path)
        if not folder.is_dir():
            raise LawError(f"there is no lawbook folder {folder}")
        return cls(texts(folder))

    def _starts(self) -> list[Day]:
        days = {self.first}
        for provision in self.provisions.values():
            for version in provision.versions:
                days.add(version.since)
                days.update(entry.since for entry in version.enforcement)
                days.update([version.until + _ONE] if version.until else [])
        for group in self.groups.values():
            for member in group.members:
                days.add(member.since)
                days.update([member.until + _ONE] if member.until else [])
        return sorted(day for day in days if day >= self.first)

    def on(self, day: Day) -> DayLaw:
        """The law on `day`.

        Raises:
            QuestionError: the day lies before the first day the lawbook holds.
        """
        if day < self.first:
            raise QuestionError(f"{day} lies before the first day of this lawbook", why=f"it begins on {self.first}",
                                next=f"ask about {self.first} or later")  # fmt: skip
        span = bisect.bisect_right(self.starts, day) - 1
        found = self._days.get(span)
        if found is None:
            found = self._days[span] = self._compile(span)
        return found

    def _compile(self, span: int) -> DayLaw:
        first = self.starts[span]
        last = self.starts[span + 1] - _ONE if span + 1 < len(self.starts) else None
        groups = {id_: self.members(id_, first) for id_ in self.groups}
        replacing: dict[str, list[str]] = {}
        for provision in self.provisions.values():
            if provision.version(first):
                for id_ in provision.instead:
                    replacing.setdefault(id_, []).append(provision.id)
        written, enforced = {}, {}
        for id_, provision in self.provisions.items():
            others = tuple(replacing.get(id_, ()))
            as_written = clause(provision, first, False, others)
            if as_written is not None:
                written[id_] = as_written
                as_enforced = clause(provision, first, True, others)
                assert as_enforced is not None
                enforced[id_] = as_enforced if as_enforced.enforcement else as_written
        split = _split(enforced)
        tests_written = {id_: test(part.node, groups) for id_, part in written.items()}
        tests_enforced = {
            id_: tests_written[id_] if part is written[id_] else test(part.node, groups)
            for id_, part in enforced.items()
        }
        kinds: dict[str, list[str]] = {}
        for id_, part in written.items():
            kinds.setdefault(part.provision.kind, []).append(id_)
        claims = frozenset(id_ for id_, part in written.items() if "claim" in part.concludes)
        frozen = {kind: tuple(ids) for kind, ids in kinds.items()}
        return DayLaw(
            self, first, last, groups, written, enforced, tests_written, tests_enforced, split, frozen, claims
        )

    @functools.lru_cache(4096)  # noqa: B019 - a law lives as long as the program
    def members(self, group: str, day: Day) -> frozenset[str]:
        """The countries in `group` on `day`."""
        entry: Group = self.groups[group]
        codes: set[str] = set()
        for member in entry.members:
            if member.since <= day and (member.until is None or day <= member.until):
                codes |= member.of
        for id_ in entry.union:
            codes |= self.members(id_, day)
        for id_ in entry.less:
            codes -= self.members(id_, day)
        return frozenset(codes)

    def provision(self, id_: str) -> Provision:
        """The provision of that id.

        Raises:
            QuestionError: there is none; the message names near ids.
        """
        found = self.provisions.get(id_)
        if found is None:
            near = [known for known in self.provisions if id_.casefold() in known.casefold()]
            hint = f"did you mean {' or '.join(near[:4])}?" if near else did_you_mean(id_, self.provisions)
            raise QuestionError(f"there is no provision {id_!r}", next=hint or "`licet law show` lists all")
        return found


def _split(enforced: Mapping[str, Clause]) -> frozenset[str]:
    split = {id_ for id_, part in enforced.items() if part.enforcement is not None}
    asks = {
        id_: {node.provision for node in walk(part.node) if isinstance(node, Applies)} for id_, part in enforced.items()
    }
    while more := {id_ for id_, asked in asks.items() if id_ not in split and not asked.isdisjoint(split)}:
        split |= more
    return frozenset(split)


@functools.cache
def current() -> Law:
    """The lawbook that comes with Licet, loaded once."""
    return Law.load()
