"""Writes docs/outcomes.md and docs/outcomes.csv: what the law says of every chip to every destination, month by month.

    python tools/outcomes.py

Each item of the catalog goes from the United States to each destination, to an end user who lives and has its seat
there; all else is ordinary (`licet facts` says what that is). The day is the last of each month. Every answer is proved
on the way: none may be an error, stand without a reason, or hold a conflict or a gap; the first that does ends the run.
It takes about ten minutes on one core.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from rich.progress import track

from licet.batch.distinct import answer
from licet.catalog import items
from licet.decision.determination import Determination
from licet.lex.check import faults
from licet.lex.law import Law, current
from licet.places import codes, name

DOCS = Path(__file__).parents[1] / "docs"
FIRST, LAST = (2022, 10), (2026, 11)
SAID = ["outcome", "outcome_as_written", "review_policy"]
OUTCOMES = SAID[:2]
#: How the outcomes are called in a table, in the order of its columns.
SHORT = {
    "prohibited": "prohibited", "license_required": "license", "undetermined": "open",
    "license_exception": "exception", "no_license_required": "none",
}  # fmt: skip


def months() -> Iterator[datetime.date]:
    """The last day of each month."""
    (year, month), last = FIRST, LAST
    while (year, month) <= last:
        yield datetime.date(year, month, calendar.monthrange(year, month)[1])
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def cells() -> pl.DataFrame:
    """One row for each item and destination; all but the day."""
    things = pl.DataFrame({"item": [each.id for each in items()]})
    places = pl.DataFrame({"destination": [code for code in codes() if code != "US"]})
    seat = pl.col("destination")
    return things.join(places, how="cross").with_columns(
        seat.alias("end_user_country"), seat.alias("end_user_hq"), shipped_from=pl.lit("US")
    )


def faulty(found: Determination) -> str:
    """What is wrong with an answer, in words; empty where nothing is."""
    said = [f"{kind} in {provision}: {what}" for kind, provision, what in faults(found)]
    if (
        str(found.outcome) == "undetermined"
        and not found.missing
        and not any("Not looked at" in w for w in found.warnings)
    ):
        said.append("undetermined, and nothing says why")
    return "; ".join(said)


def asked(day: datetime.date, law: Law, rows: pl.DataFrame) -> pl.DataFrame:
    """The answers of one day; the first that is wrong ends the run."""
    frame = rows.with_columns(on=pl.lit(day.isoformat()))
    found = answer(frame, law, assume="ordinary", more={"fault": faulty})
    wrong = found.hstack(frame).filter(pl.col("error").is_not_null() | (pl.col("fault") != ""))
    if wrong.height:
        row = wrong.row(0, named=True)
        raise SystemExit(f"{day}, {row['item']} to {row['destination']}: {row['error'] or row['fault']}")
    return frame.select("item", "destination").hstack(found.select(pl.col(*SAID).fill_null(""), "requirements"))


def moved(day: datetime.date, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The cells of a month whose outcome is another than in the month before, joined to blocks."""
    both = before.rename({each: f"{each}_before" for each in (*SAID, "requirements")}).hstack(
        after.select(*SAID, "requirements")
    )
    changed = both.filter(pl.any_horizontal(pl.col(each) != pl.col(f"{each}_before") for each in SAID))
    # the requirements that came or went name what moved the cell
    new = (
        pl.col("requirements")
        .str.split("; ")
        .list.set_symmetric_difference(pl.col("requirements_before").str.split("; "))
    )
    because = new.list.eval(pl.element().filter(pl.element() != "")).list.sort().list.join("; ")
    how = [*(f"{each}_before" for each in SAID), *SAID]
    by_item = changed.with_columns(because.alias("requirements")).group_by(
        *how, "requirements", "item", maintain_order=True
    ).agg(pl.col("destination").sort().str.join(" ").alias("destinations"))  # fmt: skip
    blocks = by_item.group_by(*how, "requirements", "destinations", maintain_order=True).agg(
        pl.col("item").sort().str.join(" ").alias("items"), pl.len().alias("item_count")
    )
    return blocks.select(
        pl.lit(day.strftime("%Y-%m")).alias("month"), *how, "requirements",
        (pl.col("item_count") * (pl.col("destinations").str.count_matches(" ") + 1)).cast(pl.Int64).alias("cells"),
        "items", "destinations",
    ).sort("cells", *how, "items", descending=[True, *[False] * (len(how) + 1)])  # fmt: skip


def places_in_words(found: set[str], law: Law, day: datetime.date) -> str:
    """Destinations as people say it: by a country group that has exactly these, or by name."""
    world = {code for code in codes() if code != "US"}
    for group, members in law.on(max(day, law.first)).groups.items():
        if len(found) > 3 and found == set(members) & world:
            return law.groups[group].title
    if len(found) > len(world) // 2:
        rest = world - found
        return (
            f"{len(found)} places"
            if len(rest) > 6
            else f"all but {', '.join(map(name, sorted(rest)))}"
            if rest
            else "all"
        )
    shown = [name(code) for code in sorted(found)]
    return ", ".join(shown) if len(shown) <= 5 else f"{', '.join(shown[:4])} and {len(shown) - 4} more"


def items_in_words(found: list[str]) -> str:
    """Items as people say it: three of them, and how many more."""
    return ", ".join(found) if len(found) <= 4 else f"{', '.join(found[:3])} and {len(found) - 3} more"


def change(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A move of the outcome; what is written stands beside where it differs."""
    return f"{_both(before)} → {_both(after)}"


def _both(said: Mapping[str, str]) -> str:
    enforced, written = (SHORT[said[each]] for each in OUTCOMES)
    policy = f", {said['review_policy'].replace('_', ' ')}" if said["review_policy"] else ""
    return enforced + policy + (f" (as written: {written})" if enforced != written else "")


def rows_of(day: datetime.date, blocks: pl.DataFrame, law: Law) -> Iterator[str]:
    """The lines of one month in the table of changes: blocks with one reason are one line."""
    how = [*(f"{each}_before" for each in SAID), *SAID, "requirements"]
    grouped = blocks.group_by(*how, maintain_order=True).agg("items", "destinations", pl.col("cells").sum())
    for row in grouped.sort("cells", descending=True).iter_rows(named=True):
        before, after = {each: row[f"{each}_before"] for each in SAID}, {each: row[each] for each in SAID}
        things = sorted({each for part in row["items"] for each in part.split()})
        where = {each for part in row["destinations"] for each in part.split()}
        yield (
            f"| {day:%Y-%m} | {change(before, after)} | {items_in_words(things)} | {places_in_words(where, law, day)} "
            f"| {row['cells']:,} | {row['requirements'] or 'conditions of an exception, or a fact'} |"
        )


def main() -> None:
    """Ask, prove, compare and write."""
    law, rows, days = current(), cells(), list(months())
    counts: list[str] = []
    changes: list[str] = []
    blocks: list[pl.DataFrame] = []
    before: pl.DataFrame | None = None
    for day in track(days, description="months"):
        after = asked(day, law, rows)
        for each in OUTCOMES:
            found = dict(after.group_by(each).len().iter_rows())
            title = f"{day:%Y-%m}" if each == OUTCOMES[0] else "as written"
            if each == OUTCOMES[0] or found != dict(after.group_by(OUTCOMES[0]).len().iter_rows()):
                counts.append(f"| {title} | " + " | ".join(f"{found.get(key, 0):,}" for key in SHORT) + " |")
        if before is not None:
            month = moved(day, before, after)
            blocks.append(month)
            changes += rows_of(day, month, law)
        before = after
    pl.concat(blocks).write_csv(DOCS / "outcomes.csv")
    items_, places_ = rows["item"].n_unique(), rows["destination"].n_unique()
    (DOCS / "outcomes.md").write_text(
        PAGE.format(
            items=items_, places=places_, months=len(days), cells=f"{rows.height * len(days):,}", law=law.version,
            verified=law.verified_through, counts="\n".join(counts), changes="\n".join(changes),
            head=" | ".join(SHORT.values()), rule="|".join("---:" for _ in SHORT),
        ), encoding="utf-8",
    )  # fmt: skip


PAGE = """\
# Outcomes, month by month

Every item of the catalog ({items}) from the United States to every destination ({places}), on the last day of every
month from October 2022 to November 2026: {months} months, {cells} questions. The end user lives and has its seat at the
destination; all else is ordinary, as `licet facts` lists it. An end user with a seat elsewhere, a listed party or
another end use changes the answer. The days on which an item did not exist yet are asked too.

No question is without an answer, and no answer holds a conflict or a gap: `python tools/outcomes.py`, which writes this
page, ends at the first that does. Lawbook {law}, checked through {verified}; the law of later days is what was known
then. The [table for programs](outcomes.csv) names each item and place behind a line.

**license**: a license is required, with the policy by which an application would be reviewed. **exception**: required,
and a license exception overcomes it. **none**: none is required. **open**: a fact is missing, most often a die area
that no source gives; Ethiopia is open throughout, because two readings of Country Group D:5 stand. Where the law as
written says something else than the law as enforced, a second line counts that.

## What changed

The last column names the requirements that came or went. A line joins what changed in one way for one reason.

| month | change | items | destinations | cells | requirements |
| --- | --- | --- | --- | ---: | --- |
{changes}

## Outcomes in each month

| month | {head} |
| --- |{rule}|
{counts}
"""

if __name__ == "__main__":
    main()
