"""Search over the names of restricted parties."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from licet.errors import BadValue, LicetError
from licet.parties import ahead, many, scorer, weights
from licet.parties import forms as spelling
from licet.parties.bulk import forms_of_many
from licet.parties.ceiling import Ceiling
from licet.parties.compare import Alignment, Comparer, Name
from licet.parties.forms import Form
from licet.parties.hit import Hit
from licet.parties.record import Record, record
from licet.parties.retrieve import Names, Postings
from licet.parties.scorer import ALERT, SAME, Scorer
from licet.parties.syllables import read_otherwise
from licet.parties.weights import Weights

#: Candidates compared for one query: at least the first, at most the second number.
_FEW, _MANY = 30, 80
#: Candidates with less than this share of the best one's estimate are not compared.
_WORSE: Final = 0.55
#: In a batch only names that could alert are compared.
_BATCH: Final = 40
#: After so many of them none follows where the best is so far below the line.
_PATIENCE, _FAR = 20, 1.0
#: The same name goes before any other, whatever the evidence.
_SAME_BONUS: Final = 20.0
#: What a translation or a transcription comes to at least that has the very words of a listed name.
_SAME_WORDS: Final = 0.2
#: How forms of names in Chinese characters are made.
_FROM_CHARACTERS: Final = frozenset({"translated", "brand table", "pinyin"})
#: What a match loses where it is with a part of the name only.
_PART: Final = -0.5
#: Ships and aircraft are no parties; their names count only where they are the same.
_THINGS: Final = frozenset({"vessel", "aircraft"})


class _Found(NamedTuple):
    """The best comparison of a query with one entry."""

    value: float
    number: int
    form: Form
    query: Name
    found: Alignment
    held: str
    exact: bool


class Index:
    """Names of listed parties, ready to be searched.

    Args:
        records: entries, as `Record` or in the official field names.
        version: version of the list, quoted in every hit.
        learned: token weights; those of the package by default.
        judge: the scorer; that of the package by default.

    Raises:
        FileError: a record has no name, or a list that is not known.
    """

    def __init__(
        self,
        records: Iterable[Record | Mapping[str, Any]],
        *,
        version: str = "",
        learned: Weights | None = None,
        judge: Scorer | None = None,
    ) -> None:
        self.records: list[Record] = [entry if isinstance(entry, Record) else record(entry) for entry in records]
        self.version = version
        self.weights = learned or weights.bundled()
        self.scorer = judge or scorer.bundled()
        self._comparer = Comparer(self.weights)
        self._owners: list[int] = []
        self._spelled: list[str] = []
        self._names = Names(self._comparer)
        self._people: list[bool] = []
        with many.uncollected():
            self._add_names()
            self._postings = Postings(self._names, self._comparer)
        self._comparer.near = self._postings.words_near
        self._comparer.heard = self._postings.heard

    def _add_names(self) -> None:
        known = ahead.table() if len(self.records) > ahead.WORTH else {}
        for position, entry in enumerate(self.records):
            seen: set[tuple[str, ...]] = set()
            for written in entry.names() if entry.kind != "address" else ():
                for tokens, plain, by_sound in _made(written, known):
                    if tokens not in seen:
                        seen.add(tokens)
                        self._owners.append(position)
                        self._spelled.append(written)
                        self._names.add(tokens, plain or "".join(tokens), by_sound)
            if entry.kind in ("person", "organization", "vessel", "aircraft"):
                self._people.append(entry.kind == "person")
            else:
                self._people.append(sum(map(self.weights.person, seen)) > 0)

    def __len__(self) -> int:
        return len(self.records)

    @property
    def spelled(self) -> list[str]:
        """Every name held, as the lists write it; those in several forms stand several times."""
        return self._spelled

    @property
    def owners(self) -> list[int]:
        """For each name of `spelled` the position of its record."""
        return self._owners

    def is_person(self, position: int) -> bool:
        """Whether a record is taken to be a person, where the list does not say from its names."""
        return self._people[position]

    def search(
        self, name: str, on: datetime.date | str | None = None, country: str | None = None, limit: int | None = 10
    ) -> list[Hit]:
        """The entries most like a name, best first; those with `alert` need a decision.

        Args:
            name: the name of the party, in any script.
            on: only entries that were listed that day (a date, or YYYY-MM-DD), or may have been; None: all, with those
                that have left.
            country: the party's country, in any spelling; it can only lower or confirm a match.
            limit: how many at most; None: all that were compared.

        Raises:
            BadValue: the name holds nothing to compare, or the day or the country is none.
        """
        name, on, country = many.written(name), many.day(on), many.place(country)
        best: dict[int, _Found] = {}
        for turn, (form, query) in enumerate(self._queries(name)):
            numbers, estimates = self._postings.candidates(query, _MANY if turn == 0 else _FEW)
            if len(numbers):
                enough = max(_FEW if turn == 0 else 10, int(np.searchsorted(-estimates, -_WORSE * estimates[0])))
                self._weigh(best, (name, form, query, numbers[:enough].tolist()), on, country)
        return self._ranked(name, best, on, country, limit)

    def _weigh(
        self,
        best: dict[int, _Found],
        asked: tuple[str, Form, Name, list[int]],
        on: datetime.date | None,
        country: str | None,
        *,
        least: float = -math.inf,
    ) -> None:
        """Compare names and keep the best for each entry, if it reaches `least`."""
        name, form, query, numbers = asked
        native = "" if name.isascii() else name.casefold()
        top, looked = -math.inf, 0
        for number in numbers:
            position = self._owners[number]
            entry, listed = self.records[position], self._names[number]
            if on is not None and entry.listed(on) is False:
                continue
            same = _same(query, listed)
            exact = same and form.how in _EXACT_FORMS
            exact = exact or (native != "" and native == self._spelled[number].casefold())
            if (entry.kind in _THINGS and not exact) or (self._people[position] and _no_person(form, query)):
                continue
            read_off = form.how == "pinyin" and not form.by_sound
            if read_off and read_otherwise(query.bare, listed.bare):
                continue
            found = self._comparer.align(query, listed)
            if read_off and any(read_otherwise(pair.query.split(), pair.listed.split()) for pair in found.pairs):
                continue
            agrees = _agrees(country, entry)
            value, held = self.scorer.evidence(found, query, listed, self._people[position], agrees)
            if same and not form.by_sound:
                value = max(value, _SAME_WORDS)
            value += _SAME_BONUS if exact else _PART if form.part else 0.0
            top, looked = max(top, value), looked + 1
            if looked >= _PATIENCE and top < least - _FAR:
                return
            if value >= least and (position not in best or value > best[position].value):
                best[position] = _Found(value, number, form, query, found, "" if exact else held, exact)

    def _ranked(
        self,
        name: str,
        best: Mapping[int, _Found],
        on: datetime.date | None,
        country: str | None,
        limit: int | None = None,
    ) -> list[Hit]:
        ranked = sorted(best.items(), key=lambda one: (-one[1].value, one[1].number))[:limit]
        return [self._hit(name, position, found, on, country) for position, found in ranked]

    def _hit(self, name: str, position: int, best: _Found, on: datetime.date | None, country: str | None) -> Hit:
        entry, listed = self.records[position], self._names[best.number]
        agrees = _agrees(country, entry)
        points = scorer.score(best.value)
        if best.exact:
            points = 1.0 if best.query.tokens == listed.tokens and best.query.size > 1 else SAME
        return Hit(
            query=name, record=entry, matched=self._spelled[best.number], form=best.form.text, how=best.form.how,
            score=points, threshold=ALERT, exact=best.exact, pairs=best.found.pairs, left_query=best.found.left_query,
            left_listed=best.found.left_listed, held=best.held,
            country={True: "agrees", False: "differs", None: "not compared"}[agrees],
            listed=entry.listed(on) if on else None if entry.gone_by else True, on=on, list_version=self.version,
            scorer_version=self.scorer.version, position=position,
        )  # fmt: skip

    def alerts(self, name: str, on: datetime.date | str | None = None, country: str | None = None) -> list[Hit]:
        """The hits at or above the alert line, best first, by the quick way of a batch."""
        (found,) = self.alerts_many([(many.written(name), many.place(country), many.day(on))])
        if isinstance(found, LicetError):
            raise found
        return found

    def _alerts(
        self, name: str, asked: Iterable[tuple[Form, list[int]]], on: datetime.date | None, country: str | None
    ) -> list[Hit]:
        best: dict[int, _Found] = {}
        for form, numbers in asked:
            if numbers:
                self._weigh(best, (name, form, self._query(form), numbers), on, country, least=0.0)
        return self._ranked(name, best, on, country) if best else []

    def _query(self, form: Form) -> Name:
        return self._comparer.name(form.tokens, form.plain, by_sound=form.by_sound)

    def _queries(self, name: str) -> list[tuple[Form, Name]]:
        """Every form of a name, ready to be compared."""
        return [(form, self._query(form)) for form in (*spelling.forms(name), *spelling.parts(name))]

    @functools.cached_property
    def _ceiling(self) -> Ceiling:
        people = [self._people[position] for position in self._owners]
        return Ceiling(self._names, self._postings, people, self._comparer.weight, self.scorer)

    def alerts_many(
        self, asked: Sequence[tuple[str, str | None, datetime.date | None]]
    ) -> Iterator[list[Hit] | LicetError]:
        """For each name, country code and day what `alerts` finds, or what is wrong with the name."""
        for start in range(0, len(asked), many.CHUNK):
            part = asked[start : start + many.CHUNK]
            made = forms_of_many([name for name, _, _ in part])
            forms = [form for each in made if isinstance(each, tuple) for form in each]
            near = iter(self._postings.many(forms, _BATCH, self._ceiling.may_alert))
            for (name, place, on), each in zip(part, made, strict=True):
                yield self._alerts(name, zip(each, near, strict=False), on, place) if isinstance(each, tuple) else each

    def search_many(
        self,
        frame: Any,
        on: datetime.date | str | None = None,
        *,
        name: str = "name",
        country: str | None = None,
        day: str | None = None,
        limit: int | None = 3,
    ) -> Any:
        """Screen many names: one row for each alert, and one with empty columns for a name with none.

        A name that cannot be screened has no `alert` and says why in `problem`. A country that is none is told there
        too; its name is screened without it.

        Args:
            frame: a Polars frame, lazy frame or series, a list of names, or a list of rows.
            on: the day for all, as for `search`; it goes before a column of days.
            name: the column with the names.
            country: the column with the countries; ``country`` where there is such a column.
            day: the column with the days; ``on`` where there is such a column.
            limit: how many alerts for one name at most; None: all.

        Returns:
            A Polars frame: `row`, `name`, `alert`, `score`, `id`, `listed_name`, `matched`, `list`, `exact`, `how`,
            `problem`.

        Raises:
            BadValue: there is no such column, or `on` is no day.
        """
        columns = many.Columns(name, country, day)
        return many.table(many.screened(self, frame, columns, many.day(on), limit))


#: Forms that are the name itself; a translation or a sound is never the same name.
_EXACT_FORMS: Final = frozenset({"as written", "look-alike letters", "brand table"})


def forms_of(written: str) -> tuple[Form, ...]:
    """The forms of a listed name; one that holds nothing to compare has none."""
    try:
        return spelling.forms.__wrapped__(written)[:4]
    except BadValue:
        return ()


def _made(written: str, known: Mapping[str, tuple[str, str]]) -> list[tuple[tuple[str, ...], str, str]]:
    """Tokens, letters and "by sound" of each form of a listed name, from the table or made now."""
    ready = known.get(written)
    if ready is not None:
        if ahead.FORMS not in ready[0]:
            return [(tuple(ready[0].split(" ")), ready[1], "")]
        forms = zip(ready[0].split(ahead.FORMS), ready[1].split(ahead.FORMS), strict=True)
        return [(tuple(tokens.split(" ")), plain, "") for tokens, plain in forms]
    return [(form.tokens, form.plain, form.by_sound) for form in forms_of(written)]


def _no_person(form: Form, query: Name) -> bool:
    """Whether a form is that of no person: a part of a name, or with a legal form that stood in Chinese characters."""
    return form.part or (bool(query.legal) and form.how in _FROM_CHARACTERS)


def _same(query: Name, listed: Name) -> bool:
    """The same name up to writing; a legal form may be missing on one side, where more than one word is left."""
    if query.tokens == listed.tokens:
        return query.size > 0 or query.plain == listed.plain  # "S.A." is not every company of that form
    if query.legal and listed.legal and not query.legal <= listed.legal and not listed.legal <= query.legal:
        return False
    if query.bare != listed.bare:
        return False
    return len(query.bare) > 1 or query.legal == listed.legal != frozenset()


def _agrees(country: str | None, entry: Record) -> bool | None:
    """Whether the countries agree; Hong Kong is China here as in the EAR."""
    if not country or not entry.countries:
        return None
    place = "CN" if country == "HK" else country
    return place in {"CN" if code == "HK" else code for code in entry.countries}
