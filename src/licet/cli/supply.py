"""`licet whatif --supply`: how many accelerators a supply chain makes, held against what others printed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from licet.cli import paint
from licet.cli.options import Format, print_json
from licet.cli.paint import dim, join

if TYPE_CHECKING:
    from licet.supply import Estimate, Scenario
    from licet.supply.clusters import Comparison, Match, Span
    from licet.supply.cost import Cost, PublishedShare
    from licet.supply.model import Range
    from licet.supply.published import Published

#: What can stand after ``--supply`` besides a scenario and a file.
VIEWS = ("published", "cost", "clusters")
_BAR = 10
_NUMBER: dict[str, Any] = {"justify": "right", "no_wrap": True}
_MORE = "licet whatif --supply published, cost or clusters; or a scenario: "


def supply(name: str | None, *, seed: int, draws: int, plot: Path | None, format_: Format) -> None:
    """Print the view, or the estimate of the scenario, that `name` asks for; draw it into `plot`.

    Raises:
        QuestionError: there is no such scenario, or its file is at fault.
        FileError: a file cannot be read or written.
    """
    from licet.supply import cost, model, published
    from licet.supply import plot as draw
    from licet.supply.clusters import claims

    data: Any
    if name == "clusters":
        compared = claims()
        data, parts, drawing = [asdict(each) for each in compared], clusters(compared), draw.clusters(compared)
    elif name == "cost":
        paid = cost.costs(seed=seed, draws=draws)
        shares = cost.published(paid)
        data = {"costs": [asdict(each) for each in paid], "published": [_plain(each) for each in shares],
                "prices": [asdict(each) for each in cost.prices()]}  # fmt: skip
        parts, drawing = costs(paid, shares), draw.cost(paid)
    elif name == "published":
        printed = published.table(seed=seed, draws=draws)
        data, parts, drawing = [_plain(each) for each in printed], held(printed), draw.published(printed)
    else:
        found = model.estimate(_scenario(name), seed=seed, draws=draws)
        data, parts, drawing = plain(found), estimate(found), draw.estimate(found)
    if plot is not None:
        draw.write(drawing, plot)
    if format_ is Format.JSON:
        print_json(_finite(data))
        return
    paint.show(paint.console(), parts)
    if plot is not None:
        print(f"drawn in {paint.plain(plot)}")


def _scenario(name: str | None) -> Scenario:
    from licet.errors import QuestionError, did_you_mean
    from licet.supply import find, named, read

    if name is None:
        return find("ascend")
    if Path(name).suffix in (".yaml", ".yml"):
        return read(name)
    if name not in named():
        known = [*named(), *VIEWS]
        hint = did_you_mean(name, known, otherwise=f"there are {', '.join(known)}; a file ends in .yaml")
        raise QuestionError(f"there is no supply scenario {name!r}", next=hint)
    return find(name)


# --- for programs -----------------------------------------------------------------------------------------------------


def plain(found: Estimate) -> dict[str, Any]:
    """An estimate as plain data."""
    from licet.supply.model import QUANTILES

    def spread(each: Range) -> dict[str, float]:
        return {f"p{share * 100:.0f}": value for share, value in zip(QUANTILES, each.values, strict=True)}

    scenario = found.scenario
    return {
        "scenario": scenario.id, "title": scenario.title, "unit": scenario.unit, "note": scenario.note,
        "seed": found.seed, "draws": found.count, "no_limit_known": list(found.unknown),
        "years": [
            {"year": each.year, "chips": spread(each.chips), "binds": dict(each.binds),
             "chips_if_free": {link: spread(free) for link, free in each.free.items()}}
            for each in found.years
        ],
        "rank_correlation": dict(found.weights),
        "inputs": [
            {"name": each.name, "year": each.year, "distribution": type(each.spread).__name__.casefold(),
             "parameters": asdict(each.spread), "source": each.source, "mark": each.mark, "note": each.note}
            if each.spread is not None
            else {"name": each.name, "year": each.year, "distribution": None, "why": each.source}
            for each in scenario.inputs.values()
        ],
    }  # fmt: skip


def _plain(each: Published | PublishedShare) -> dict[str, Any]:
    return asdict(each) | {name: getattr(each, name) for name in ("ratio", "agrees") if hasattr(each, name)}


def _finite(data: Any) -> Any:
    """`data` with None for what is infinite or undefined, which JSON cannot say."""
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not math.isfinite(data) else data


# --- for people -------------------------------------------------------------------------------------------------------


def estimate(found: Estimate) -> Iterator[RenderableType]:
    """An estimate from top to bottom."""
    from licet.supply import named
    from licet.supply.inputs import MARKS

    scenario = found.scenario
    yield join(
        Text(paint.plain(scenario.title), style="bold"), dim(f"{found.count:,} draws, seed {found.seed}"), sep="  "
    )
    yield f"thousands of {paint.plain(scenario.unit)} a year"
    yield ""
    made = paint.table("", *((words, _NUMBER) for words in ("5%", "25%", "median", "75%", "95%")), "binds")
    for year in found.years:
        binds = sorted(((share, link) for link, share in year.binds.items() if share >= 0.005), reverse=True)
        bars = Text(", ").join(Text(f"{link} {share:.0%}") for share, link in binds)
        made.add_row(str(year.year), *(_thousands(value) for value in year.chips.values), bars)
    yield made
    yield ""
    yield Text("If a link were no limit (median)", style="bold")
    links = list(found.years[0].free)
    free = paint.table("", *((f"{link} free", _NUMBER) for link in links))
    for year in found.years:
        free.add_row(str(year.year), *(_thousands(year.free[link].median) for link in links))
    yield free
    for link in found.unknown:
        yield dim(f"Nothing is published on {link} capacity; it is taken for no limit.")
    if found.weights:
        yield ""
        yield Text("What the spread comes from (rank correlation with all years)", style="bold")
        strong = {name: value for name, value in found.weights.items() if abs(value) >= 0.05} or found.weights
        lines = ((f"{value:+.2f}", name, "█" * round(_BAR * abs(value))) for name, value in list(strong.items())[:6])
        yield paint.rows(*lines, widths=[5, 24], indent=2)
    yield ""
    yield Text("Inputs", style="bold")
    for each in scenario.inputs.values():
        said = str(each.spread) if each.spread is not None else "unknown"
        below = "; ".join(part for part in (each.source, each.note) if part)
        mark = Text(each.mark, style="yellow" if each.mark in "MA" else "")
        yield paint.rows((each.key, mark, join(said, dim(paint.plain(below)), sep="\n")), widths=[23, 1], indent=2)
    yield paint.rows((dim("; ".join(f"{letter}: {words}" for letter, words in MARKS.items())),), indent=2)
    if scenario.note:
        yield ""
        yield paint.plain(scenario.note)
    yield ""
    yield dim(_MORE + ", ".join(named()))


def held(found: Sequence[Published]) -> Iterator[RenderableType]:
    """The printed estimates beside ours, scenario by scenario."""
    from licet.supply.scenario import find

    for name in dict.fromkeys(each.scenario for each in found):
        mine = [each for each in found if each.scenario == name]
        yield Text(find(name).title if name else "Not modelled", style="bold")
        columns = (
            [("ours", _NUMBER), ("5 to 95%", _NUMBER), ("ratio", _NUMBER), ""] if name else [("why", {"ratio": 1})]
        )
        made = paint.table("", ("printed", _NUMBER), *columns)
        for each in mine:
            if each.ours is None:
                made.add_row(each.id, _printed(each), dim(each.note.removeprefix("not modelled: ")))
                continue
            low, high = each.ours.ends
            sign = Text("✓", style="green") if each.agrees else Text("✗", style="red")
            range_ = f"{_short(low)} to {_short(high)}"
            made.add_row(each.id, _printed(each), _short(each.ours.median), range_, f"{each.ratio:.2f}", sign)
        yield made
        yield ""
    compared = [each for each in found if each.ours is not None]
    count = sum(bool(each.agrees) for each in compared)
    yield f"✓ {count} of {len(compared)}: the printed figure is among nine of ten draws, or 5% away from them."
    yield "✗ it is not, and no input was set to make it so. Ratios are of our median."
    yield ""
    yield Text("Who printed what", style="bold")
    for each in found:
        yield paint.rows((each.id, join(f"{each.source}.", dim(each.note))), widths=[23], indent=2)


def costs(found: Sequence[Cost], shares: Sequence[PublishedShare]) -> Iterator[RenderableType]:
    """Component cost, and the share of memory in it."""
    from licet.supply.cost import prices

    yield Text("Component cost of an accelerator (median, US dollars)", style="bold")
    parts = list(found[0].usd)
    made = paint.table("", ("GB", _NUMBER), *((part, _NUMBER) for part in parts), ("memory share", _NUMBER))
    for each in found:
        low, high = each.share.ends
        made.add_row(each.item, f"{each.memory_gb:g}", *(f"{each.usd[part].median:,.0f}" for part in parts),
                     f"{low:.0%} to {high:.0%}")  # fmt: skip
    yield made
    yield from (
        f"Of the selling price of {each.item}, memory is about {each.of_price.median:.0%}."
        for each in found
        if each.of_price
    )
    yield ""
    yield Text("Memory in component cost, as printed", style="bold")
    table = paint.table(
        "", "when", ("printed", _NUMBER), ("ours", _NUMBER), ("ratio", _NUMBER), ("source", {"ratio": 1})
    )
    for share in shares:
        printed = f"{share.low:.0%}" if share.low == share.high else f"{share.low:.0%} to {share.high:.0%}"
        table.add_row(share.item.removeprefix("nvidia-"), share.when, printed, f"{share.ours.median:.0%}",
                      f"{share.ratio:.2f}", f"{share.source}; {share.note}")  # fmt: skip
    yield table
    yield ""
    yield Text("Prices, uniform between their ends", style="bold")
    for price in prices():
        ends = f"{price.low:g}" if price.low == price.high else f"{price.low:g} to {price.high:g}"
        yield paint.rows((price.name, price.mark, join(ends, dim(price.source), sep="  ")), widths=[30, 1], indent=2)


def clusters(found: Sequence[Comparison]) -> Iterator[RenderableType]:
    """Each comparison: the figures, the ratios, the verdict, and what equality would take."""
    for each in found:
        yield Text(f"{each.first.name} over {each.second.name}", style="bold")
        yield _figures(each)
        yield from _verdict(each)
        yield ""
    yield dim("? a figure that nobody printed. Ranges where sources differ. Sources: licet catalog ID.")


def _figures(each: Comparison) -> RenderableType:
    from licet.supply.clusters import MEASURES

    made = paint.table("", ("first", _NUMBER), ("second", _NUMBER), ("ratio", _NUMBER))
    for measure, (_, words) in MEASURES.items():
        sides = (each.first.figures.get(measure), each.second.figures.get(measure))
        made.add_row(words, *(_span(side) for side in sides), _span(each.ratios[measure]))
    for price, words in (("chips", "BF16 a chip"), ("power_kw", "BF16 a kW"), ("racks", "BF16 a rack")):
        sides = (each.first.per("bf16_pf", price), each.second.per("bf16_pf", price))
        made.add_row(f"{words}, PF", *(_span(side) for side in sides), _span(each.ratios[f"bf16_pf/{price}"]))
    return made


def _verdict(each: Comparison) -> Iterator[RenderableType]:
    from licet.supply.clusters import MEASURES

    for word, names, style in (("ahead in", each.leads, "green"), ("behind in", each.trails, "red")):
        if names:
            listed = ", ".join(MEASURES[name][1].partition(",")[0] for name in names)
            yield paint.rows((Text(word, style=style), listed), widths=[9], indent=2)
    chips, power = each.first.figures.get("chips"), each.first.figures.get("power_kw")
    if each.leads and each.matches:
        yield f"  at the price of {_span(chips)} chips and {_span(power)} kW; to equal it, the second needs"
        yield paint.rows(
            *(_match(one) for one in each.matches if one.measure in each.leads), widths=[18, 18, 16], indent=4
        )


def _match(one: Match) -> tuple[str, ...]:
    from licet.supply.clusters import MEASURES

    name = MEASURES[one.measure][1].partition(",")[0]
    return name, f"{_span(one.systems)} systems", f"{_span(one.chips, whole=True)} chips", f"{_span(one.power_kw)} kW"


def _span(each: Span | None, *, whole: bool = False) -> str:
    if each is None:
        return "?"
    if each.high == 0:
        return "none"
    ends = [f"{end:,.0f}" if whole else _three(end) for end in (each.low, each.high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}-{ends[1]}"


def _three(value: float) -> str:
    """Three digits that count, and no power of ten."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}"


def _thousands(value: float) -> str:
    return f"{value / 1000:,.0f}"


def _short(value: float, digits: int = 3) -> str:
    for size, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.{digits}g}{letter}" if value < 1000 * size else f"{value / size:,.0f}{letter}"
    return f"{value:.2f}"


def _printed(each: Published) -> str:
    low, high = _short(each.low, 4), _short(each.high, 4)
    if math.isinf(each.low):
        return f"to {high}"
    if math.isinf(each.high):
        return f"over {low}"
    return low if low == high else f"{low}-{high}"
