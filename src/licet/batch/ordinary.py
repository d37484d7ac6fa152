"""Missing facts of many questions taken as for an ordinary transaction, by the function that does it for one."""

from __future__ import annotations

import bisect
from typing import Any

import polars as pl

from licet.batch.questions import Questions
from licet.decision.decide import strict_places
from licet.decision.question import GUESSES, Question, doubtful, ordinary
from licet.facts import ROLES
from licet.lex.law import Law
from licet.parties.finding import ENDINGS

#: What the ordinary value of a missing fact can depend on, and the endings of the facts for which it does.
_DEPENDS = {
    "destination": ("_hq", "_country", "shipped_from", "activity"),
    "item_vendor": ("exporter",),
    "shipped_from": ("exporter_hq", "shipped_from", "activity"),
    "activity": ("shipped_from", "activity"),
    **{f"{role}_country": (f"{role}_hq",) for role in ROLES},
    **{f"{name} guessed": (name,) for name in GUESSES},
    **{doubtful(f"{role}_{each}"): (f"{role}_{each}",) for role in ROLES for each in ENDINGS},
}


def suppose(table: Questions, wanted: pl.Series, law: Law) -> bool:
    """Fill, in each row, the facts among those wanted that have an ordinary value, and note which.

    Args:
        table: the questions; completed in place.
        wanted: for each row, the missing facts, joined by "; ".
        law: the lawbook.

    Returns:
        whether anything was filled.
    """
    frame = pl.DataFrame({"wanted": wanted, "strict": _spans(table, law), **_looked_at(table, wanted)})
    combos = frame.unique()
    found = [_filled(table, combo, law) for combo in combos.to_dicts()]
    names = list(dict.fromkeys(name for each in found for name in each))
    made = [pl.Series(f"+{n}", [table.code(n, each.get(n)) for each in found], pl.Int32) for n in names]
    spread = frame.join(
        combos.with_columns(made), on=combos.columns, how="left", nulls_equal=True, maintain_order="left"
    )  # fmt: skip
    changed = False
    for name in names:
        changed |= table.take(name, spread[f"+{name}"], replace=name == "activity" or name.endswith(" guessed"))
    return changed


def _spans(table: Questions, law: Law) -> pl.Series:
    """For each row, the span of the law its day falls in."""
    days = table.values.get("on", [])
    spans = pl.Series([bisect.bisect_right(law.starts, day) - 1 for day in days], dtype=pl.Int32)
    return spans.gather(table.codes["on"]) if len(spans) else pl.repeat(None, table.rows, dtype=pl.Int32, eager=True)


def _looked_at(table: Questions, wanted: pl.Series) -> dict[str, pl.Series]:
    """The facts on which ordinary values depend, in the rows where they do."""
    found = {}
    for name, endings in _DEPENDS.items():
        if name in table.codes:
            pattern = "|".join(f"{ending}(;|$)" for ending in endings)
            frame = pl.DataFrame({"code": table.codes[name], "wanted": wanted.str.contains(pattern)})
            found[f"c {name}"] = frame.select(pl.when("wanted").then("code")).to_series()
            if name in table.given:
                found[f"said {name}"] = table.given[name].is_not_null()
    return found


def _filled(table: Questions, combo: dict[str, Any], law: Law) -> dict[str, Any]:
    wanted = tuple(combo["wanted"].split("; ")) if combo["wanted"] else ()
    if not wanted or combo["strict"] is None:
        return {}
    known: dict[str, Any] = {}
    for name in _DEPENDS:
        code = combo.get(f"c {name}")
        if code is not None:
            known[name] = table.values[name][code]
    given = {name: value for name, value in known.items() if combo.get(f"said {name}")}
    day = law.on(law.starts[combo["strict"]])
    filled = ordinary(Question(day.first, given, known), wanted, strict_places(day))
    return {name: value for name, value in filled.known.items() if known.get(name) is not value}
