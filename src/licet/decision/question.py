"""The question as it was put, made ready for the law: parsed, completed from the catalog, its plain consequences drawn.

What is concluded here follows from what was given, never from what was left out; the few readings of a silent
question (an export unless said otherwise, a chip when TPP is given) are recorded as assumptions that the answer shows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from licet import facts
from licet.errors import BadValue, Contradiction
from licet.logic.evaluate import EXACT
from licet.parties.finding import ENDINGS, Finding, Look, is_name
from licet.places import codes
from licet.unknown import Among

if TYPE_CHECKING:
    from licet.catalog import Item

#: What a question that names a destination is about, unless it says more.
_SHIPPING = ("export", "reexport", "transfer")
_STILL = ("use", "support", "deemed_export", "deemed_reexport")
_CIRCUIT = ("tpp", "performance_density", "die_area_mm2", "io_bandwidth_gbs", "processing_tops", "transistors_billion")
_MEMORY = ("memory_bandwidth_density", "memory_bandwidth_gbs", "package_area_mm2")
_KIND_OF_GROUP = {"B": "manufacturing_equipment", "C": "other", "D": "software", "E": "technology"}
_CLOSE = Decimal("0.005")
_RATED = ("performance_density", "die_area_mm2", "tpp")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that nobody gave: the fact, the value taken, and why."""

    fact: str
    value: Any
    why: str

    def __str__(self) -> str:
        return f"{self.fact} = {facts.shown(self.value)} ({self.why})"


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be decided.

    Attributes:
        on: the day of the act.
        given: what the asker gave, parsed.
        known: all facts for the law: given, from the catalog, and derived.
        assumptions: values taken without being given.
        item: id of the catalog row that filled the item facts, if any.
        doubts: item facts whose catalog value rests on memory or on one unverified source.
        looked: by fact, what looking up the parties named came to.
    """

    on: datetime.date
    given: Mapping[str, Any]
    known: Mapping[str, Any]
    assumptions: tuple[Assumption, ...] = ()
    item: str = ""
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    looked: Mapping[str, Finding] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What looking up the parties warns of."""
        return tuple(f"{name}: {text}." for name, each in self.looked.items() for text in each.warnings)

    @property
    def flags(self) -> tuple[str, ...]:
        """The red flags that looking up the parties raised."""
        return tuple(f"{name}: {text}" for name, each in self.looked.items() for text in each.flags)

    def with_facts(self, **values: Any) -> Question:
        """The same question with some facts known (or, at None, not known)."""
        known = {**self.known, **values}
        return replace(self, known={name: value for name, value in known.items() if value is not None})


def parse(raw: Mapping[str, Any]) -> dict[str, Any]:
    """All given facts in their own kinds; unknown ones left out.

    Raises:
        QuestionError: a fact the vocabulary does not hold, a value it cannot take, or one fact given twice.
    """
    given: dict[str, Any] = {}
    for name, value in raw.items():
        entry = facts.fact(name)
        full = entry.name
        if entry.derived:
            raise BadValue(f"{full} cannot be given", why="it follows from other facts")
        parsed = facts.parse(full, value)
        if parsed is None:
            continue
        if full in given and given[full] != parsed:
            raise Contradiction(f"{full} is given twice, as {facts.shown(given[full])} and as {facts.shown(parsed)}",
                                next="`from` and `to` are short for shipped_from and destination")  # fmt: skip
        given[full] = parsed
    return given


def prepare(raw: Mapping[str, Any], *, today: datetime.date | None = None, look: Look | None = None) -> Question:
    """Make a question of raw facts.

    Args:
        raw: names (short ones too) to values as a person or a file wrote them.
        today: the day taken when none is given (the calendar day here, by default).
        look: looks up the parties that are named; nobody does by default.

    Raises:
        QuestionError: see `parse`; also an unknown item, or facts that contradict each other.
    """
    given = parse(raw)
    known = dict(given)
    taken: list[Assumption] = []
    item, doubts, notes = _fill(known)
    if "on" not in known:
        known["on"] = today or datetime.date.today()  # noqa: DTZ011 - the asker's own calendar
        taken.append(Assumption("on", known["on"], "no day was given: today"))
    looked = _look_up(known, taken, look) if look is not None else {}
    for each in DERIVATIONS:
        each.step(known, taken)
    return Question(known["on"], given, known, tuple(taken), item, doubts, notes, looked)


def _look_up(known: dict[str, Any], taken: list[Assumption], look: Look) -> dict[str, Finding]:
    """Add what looking up the parties settles, and mark what a person has to decide first."""
    found: dict[str, Finding] = {}
    for role in facts.ROLES:
        wanted = frozenset(ending for ending in ENDINGS if f"{role}_{ending}" not in known)
        if not wanted or not is_name(known.get(role)):
            continue
        country = known.get(f"{role}_country")
        place = country if isinstance(country, str) and country != facts.NOBODY else None
        for ending, finding in look(known[role], place, known["on"], wanted).items():
            name = f"{role}_{ending}"
            found[name] = finding
            if finding.value is not None:
                known[name] = finding.value
                taken.append(Assumption(name, finding.value, finding.why))
            elif finding.doubtful:
                known[doubtful(name)] = True
    return found


def doubtful(name: str) -> str:
    """The mark of a fact that a person has to decide first: nothing ordinary is taken for it."""
    return f"{name} doubtful"


def _fill(known: dict[str, Any]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Complete `known` from the catalog; what was given stays."""
    name = known.get("item")
    if name is None:
        return "", (), ()
    from licet.catalog import find

    found = find(name)
    for fact, value in from_catalog(found, known):
        known.setdefault(fact, value)
    doubts, notes = about(found, known)
    return found.id, doubts, notes


def from_catalog(item: Item, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The facts that `item` may add: a density of its own only where neither side of it was given."""
    rated = not known.keys().isdisjoint(_RATED)
    return ((fact, value) for fact, value in item.facts.items() if fact != "performance_density" or not rated)


def about(item: Item, known: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts taken from `item` that are unverified, and what to say of those on which sources differ."""
    doubts = tuple(name for name in item.unverified if name in item.facts and known.get(name) == item.facts[name])
    return doubts, tuple(
        f"{fact}: {value}" + (f" ({value.why})" if value.why else "")
        for fact, value in item.facts.items()
        if known.get(fact) is value and isinstance(value, Among)
    )


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step from facts to facts.

    Attributes:
        values: the facts whose values it looks at.
        presence: further facts of which it only looks whether they are known.
        step: completes the facts known, and notes what it took; may refuse a contradiction.
    """

    step: Callable[[dict[str, Any], list[Assumption]], None]
    values: tuple[str, ...]
    presence: tuple[str, ...] = ()


def _agree(known: dict[str, Any], _taken: list[Assumption]) -> None:
    """Prove that a quotient and its two sides, all given, say the same."""
    for name in ("performance_density", "memory_bandwidth_density"):
        above, below = facts.FACTS[name].ratio or ("", "")
        value, top, bottom = known.get(name), known.get(above), known.get(below)
        if not (isinstance(value, Decimal) and isinstance(top, Decimal) and isinstance(bottom, Decimal) and bottom):
            continue
        if abs(EXACT.multiply(value, bottom) - top) > _CLOSE * bottom:
            raise Contradiction(
                f"{name} {facts.shown(value)} is not {above} {facts.shown(top)} over {below} {facts.shown(bottom)}",
                next=f"leave out {name}, or correct one of the three",
            )


def _classified(known: dict[str, Any], _taken: list[Assumption]) -> None:
    known["classified"] = "eccn" in known
    if "eccn" not in known:
        known["eccn guessed"] = True


def _shipment(known: dict[str, Any], _taken: list[Assumption]) -> None:
    tpp, quantity = known.get("tpp"), known.get("quantity")
    if isinstance(tpp, Decimal) and isinstance(quantity, Decimal):
        known.setdefault("shipment_tpp", EXACT.multiply(tpp, quantity))


def _memory(known: dict[str, Any], taken: list[Assumption]) -> None:
    if known.get("item_kind") == "hbm" and "processing_dominant" not in known:
        known["processing_dominant"] = False
        taken.append(Assumption("processing_dominant", False, "an item of kind hbm is memory"))


def _presence(known: dict[str, Any], _taken: list[Assumption]) -> None:
    """Who has a role: those of whom something was said, and nobody else where the asker says so."""
    known["end_user present"] = known["exporter present"] = True
    for role in facts.PARTIES[1:]:
        nobody = str(known.get(role, "")).casefold() in facts.NO_ONE
        named = not nobody and any(name in known for name in _ABOUT[role])
        if nobody and any(name in known for name in _ABOUT[role][1:]):
            raise Contradiction(f"{role} is none, and yet something is said about the {role}")
        if named and known.get("other_parties") is False:
            raise Contradiction(
                f"other_parties is no, and yet something is said about the {role}",
                next="leave out other_parties, and set each role that nobody has to none",
            )
        if named:
            known[f"{role} present"] = True
        elif nobody or known.get("other_parties") is False:
            known[f"{role} present"] = False


def _kind(known: dict[str, Any], taken: list[Assumption]) -> None:
    if "item_kind" in known:
        return
    eccn = known.get("eccn", "")
    if eccn.startswith("4E091"):
        kind: Any = "model_weights"
    elif eccn == "3A090.c" or (not eccn and any(f in known for f in _MEMORY) and not any(f in known for f in _CIRCUIT)):
        kind = "hbm"
    elif eccn.startswith("3A090"):
        kind = "integrated_circuit"
    elif eccn.startswith("4A090"):
        kind = "computer"
    elif eccn and eccn != "EAR99" and eccn[1] in _KIND_OF_GROUP:
        kind = _KIND_OF_GROUP[eccn[1]]
    elif eccn and eccn != "EAR99":
        kind = Among({"integrated_circuit", "assembly", "computer"}, f"an item of {eccn}")
    elif any(fact in known for fact in _CIRCUIT):
        kind = "integrated_circuit"
    elif "training_operations" in known:
        kind = "model_weights"
    else:
        return
    known["item_kind"] = kind
    known["item_kind guessed"] = True
    why = f"from ECCN {eccn}" if eccn else "from the facts given about the item"
    taken.append(Assumption("item_kind", kind, why))


def _activity(known: dict[str, Any], taken: list[Assumption]) -> None:
    """What the places say about the act; a silent question is about a shipment of some kind."""
    origin, target = known.get("shipped_from"), known.get("destination")
    if "activity" in known:
        if known["activity"] in _STILL and origin and target and origin != target:
            raise Contradiction(
                f"activity is {facts.shown(known['activity'])}, and yet the item is shipped from {origin} to {target}",
                next="leave out shipped_from, or say export or reexport",
            )
        return
    if origin and target:
        act: Any = "transfer" if origin == target else "export" if origin == "US" else "reexport"
        why = f"from {origin} to {target}"
    elif origin:
        act, why = Among(_SHIPPING, "a shipment"), "no activity was given"
    else:
        act, why = Among(_SHIPPING, "a shipment"), "no activity and no country of export were given"
    known["activity"] = act
    if not (
        origin and target and origin != target
    ):  # only what goes from one country to another cannot be anything else
        known["activity guessed"] = True
    taken.append(Assumption("activity", act, why))


_ATTRIBUTES = ("country", "hq", "listed", "military", "majority_d5", "owned_by_listed_percent")
_ABOUT = {role: (role, *(f"{role}_{each}" for each in _ATTRIBUTES)) for role in facts.ROLES}
#: In the order in which they build on each other.
DERIVATIONS = (
    Derivation(_agree, (*_RATED, *_MEMORY)),
    Derivation(_classified, (), ("eccn",)),
    Derivation(_kind, ("item_kind", "eccn"), (*_CIRCUIT, *_MEMORY, "training_operations")),
    Derivation(_activity, ("activity", "shipped_from", "destination")),
    Derivation(_shipment, ("tpp", "quantity", "shipment_tpp")),
    Derivation(_memory, ("item_kind",), ("processing_dominant",)),
    Derivation(
        _presence, ("other_parties", *facts.PARTIES[1:]), tuple(n for r in facts.PARTIES[1:] for n in _ABOUT[r][1:])
    ),
)


def ordinary(question: Question, wanted: tuple[str, ...], strict: frozenset[str]) -> Question:
    """`question` with the missing facts among `wanted` taken as for an ordinary transaction, each one recorded.

    An ordinary party is on no list, is no military end user and is not headquartered in Macau or D:5; the end use is
    civil; the item leaves the United States; the maker ships it, or somebody to whom no letter was written.

    Args:
        question: the question.
        wanted: the facts that are missing.
        strict: the countries that the headquarters tests look for on that day.
    """
    known, taken = dict(question.known), []
    for name in wanted:
        value, why = _ordinary(name, known, strict)
        if value is not None:
            known[name] = value
            looked = question.looked.get(name)
            taken.append(Assumption(name, value, looked.why if looked is not None else why))
    for role in facts.PARTIES[1:]:
        if "other_parties" in wanted or role in wanted:
            known.setdefault(f"{role} present", False)
    if {"shipped_from", "activity"} & set(wanted) and "activity" not in question.given:
        redone = {name: value for name, value in known.items() if name != "activity"}
        redone.setdefault("shipped_from", "US")
        _activity(redone, [])
        known["activity"] = redone["activity"]
    for name, why in GUESSES.items():
        if name in wanted and known.get(f"{name} guessed"):
            known[f"{name} guessed"] = False
            taken.append(Assumption(name, known.get(name, "as computed"), why))
    return replace(question, known=known, assumptions=(*question.assumptions, *taken))


#: What a clearance must not rest on unasked, and what an ordinary transaction takes it to be.
GUESSES = {
    "activity": "a shipment",
    "item_kind": "what the facts given about the item suggest",
    "eccn": "under no entry of the list but those that were looked at",
}


def _ordinary(name: str, known: Mapping[str, Any], strict: frozenset[str]) -> tuple[Any, str]:
    entry = facts.FACTS[name]
    if name in GUESSES:
        return None, ""
    if name in facts.PARTIES[1:]:
        return "none", "nobody else takes part"
    if name in known or doubtful(name) in known:
        return None, ""
    if name == "exporter":
        maker = known.get("item_vendor")
        if maker:
            return maker, "the item's own maker"
        return "(nobody a letter was written to)", "not the addressee of a letter"
    target = known.get("destination")
    if name == "exporter_hq":
        return known.get("shipped_from", "US"), "headquartered where it ships from"
    if entry.role and name.endswith("_hq"):
        # who is in Macau or D:5, and not because the item goes there, may have its seat there
        if known.get(f"{entry.role}_country") in strict and target not in strict:
            return None, ""
        return _elsewhere(target, strict), "not headquartered in Macau or Country Group D:5, nor its ultimate parent"
    if entry.role and name.endswith("_country"):
        return target, "located at the destination"
    if entry.ordinary is None:
        return None, ""
    value = entry.ordinary
    return value, value.why if isinstance(value, Among) else "ordinary"


def _elsewhere(target: str | None, strict: frozenset[str]) -> Any:
    """The destination, unless it is one that the headquarters tests look for: then anywhere but there."""
    if target and target not in strict:
        return target
    return Among(set(codes()) - strict, "anywhere but Macau and Country Group D:5")
