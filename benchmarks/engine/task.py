"""The common task on which engines are compared, and each engine's way of saying it.

ECCN 3A090 of 2022-10-21 (transfer rate and TPP) and of 2023-11-17 (paragraphs a and b by TPP and performance density,
less the Note 2 for parts not made for data centers), then a test of the destination. Six facts a row, all known: the
peers have no unknown. Each engine gets its facts in types of its own, made beforehand and not timed.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from report import installed

from licet.lex.law import current
from licet.logic.evaluate import test, tracer
from licet.logic.parse import outline

FIRST, SECOND = "2022-10-21", "2023-11-17"
RULE_2022 = {"all": ["io_bandwidth_gbs >= 600", "tpp >= 4800", "destination in (CN, MO)"]}
RULE_2023 = {
    "all": [
        "datacenter or tpp >= 4800",
        {
            "any": {
                "a.1": "tpp >= 4800",
                "a.2": "tpp >= 1600 and performance_density >= 5.92",
                "b.1": "2400 <= tpp < 4800 and 1.6 <= performance_density < 5.92",
                "b.2": "tpp >= 1600 and 3.2 <= performance_density < 5.92",
            }
        },
        "destination in D1_D4_D5_less_A5_A6",
    ]
}
GROUPS = current().on(datetime.date.fromisoformat(SECOND)).groups
LISTED = GROUPS["D1_D4_D5_less_A5_A6"]
Row = dict[str, Any]


def rows(count: int, seed: int = 20221007) -> list[Row]:
    """Deterministic rows: a few days before the first rule, one value in ten exactly on a line of the law."""
    pick = random.Random(seed)
    places = [*sorted(LISTED), "DE", "JP", "SG", "TW", "IN", "MO", "GB", "BR", "CN", "CN", "CN"]
    first = datetime.date(2022, 10, 7)
    made = []
    for _ in range(count):
        area, tpp, rate = 25 * pick.randrange(4, 33), pick.randrange(500, 7000), pick.randrange(100, 1200)
        if pick.random() < 0.1:
            tpp = pick.choice([1600, 2400, 4800, area * 8 // 5, area * 16 // 5, area * 148 // 25])
            rate = 600
        day = first + datetime.timedelta(pick.randrange(1000))
        made.append(
            {"on": day.isoformat(), "tpp": tpp, "die_area": area, "io_rate": rate, "datacenter": pick.random() < 0.7,
             "destination": pick.choice(places)}
        )  # fmt: skip
    return made


def function(row: Row) -> bool:
    """The task as a plain Python function, in floats."""
    tpp, area, day = row["tpp"], row["die_area"], row["on"]
    if day < FIRST:
        return False
    if day < SECOND:
        return row["io_rate"] >= 600 and tpp >= 4800 and row["destination"] in ("CN", "MO")
    if not row["datacenter"] and tpp < 4800:
        return False
    a = tpp >= 4800 or (tpp >= 1600 and tpp >= 5.92 * area)
    b = tpp < 5.92 * area and ((2400 <= tpp < 4800 and tpp >= 1.6 * area) or (tpp >= 1600 and tpp >= 3.2 * area))
    return (a or b) and row["destination"] in LISTED


@dataclass(frozen=True)
class Engine:
    """One way to decide the task.

    Attributes:
        prepare: a row in the types of the engine; not timed.
        decide: one prepared row.
        many: prepared rows; one after the other unless the engine knows better.
    """

    name: str
    prepare: Callable[[Row], Any]
    decide: Callable[[Any], bool]
    many: Callable[[list[Any]], Sequence[bool]] | None = None

    def all(self, prepared: list[Any]) -> list[bool]:
        """The answers to prepared rows."""
        return [bool(each) for each in (self.many(prepared) if self.many else map(self.decide, prepared))]


def engines() -> tuple[list[Engine], list[str]]:
    """Licet on this provision alone, the peers that are installed, and the names of those that are not."""
    found, absent = list(_licet()), []
    found.append(Engine("plain Python function", lambda row: row, function))
    for distribution, make in (("zen-engine", _zen), ("cel-python", _cel), ("openfisca-core", _openfisca)):
        have = installed(distribution)
        if have:
            found += make(f"{distribution} {have}")
        else:
            absent.append(distribution)
    return found, absent


def _licet() -> Iterator[Engine]:
    nodes = [outline(rule, GROUPS) for rule in (RULE_2022, RULE_2023)]

    def prepare(row: Row) -> tuple[str, dict[str, Any]]:
        known = {
            "tpp": Decimal(row["tpp"]), "die_area_mm2": Decimal(row["die_area"]), "destination": row["destination"],
            "io_bandwidth_gbs": Decimal(row["io_rate"]), "datacenter": row["datacenter"],
        }  # fmt: skip
        return row["on"], known

    def ask(id_: str) -> bool | None:
        raise AssertionError(id_)

    tests = [test(node, GROUPS) for node in nodes]
    tracers = [tracer(node, GROUPS) for node in nodes]

    def decide(question: tuple[str, dict[str, Any]]) -> bool:
        day, known = question
        return day >= FIRST and tests[day >= SECOND](known, ask) is True

    def traced(question: tuple[str, dict[str, Any]]) -> bool:
        day, known = question
        return day >= FIRST and str(tracers[day >= SECOND](known, ask).truth) == "yes"

    yield Engine("Licet, this provision alone", prepare, decide)
    yield Engine("Licet, this provision, full trace", prepare, traced)


def _zen(name: str) -> list[Engine]:
    import zen

    text = (
        "on >= 20231117 ? ((datacenter or tpp >= 4800) and (tpp >= 4800 or (tpp >= 1600 and tpp >= 5.92 * die_area)"
        " or (tpp < 5.92 * die_area and ((tpp >= 2400 and tpp < 4800 and tpp >= 1.6 * die_area)"
        f" or (tpp >= 1600 and tpp >= 3.2 * die_area)))) and destination in {json.dumps(sorted(LISTED))})"
        ' : (on >= 20221021 and io_rate >= 600 and tpp >= 4800 and destination in ["CN", "MO"])'
    )
    compiled = zen.compile_expression(text)
    rule: dict[str, Any] = {"expressions": [{"id": "1", "key": "license", "value": text}]}
    steps = [("in", "inputNode", {}), ("rule", "expressionNode", rule), ("out", "outputNode", {})]
    at = {"x": 0, "y": 0}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [{"id": id_, "name": id_, "type": kind, "position": at, "content": held} for id_, kind, held in steps],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "rule", "type": "edge"},
            {"id": "2", "sourceId": "rule", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))

    def prepare(row: Row) -> Row:
        return {**row, "on": int(row["on"].replace("-", ""))}

    return [
        Engine(f"{name}, one expression", prepare, compiled.evaluate),
        Engine(f"{name}, decision graph", prepare, lambda row: decision.evaluate(row)["result"]["license"]),
    ]


def _cel(name: str) -> list[Engine]:
    import celpy
    from celpy import celtypes

    text = (
        f'on >= "{SECOND}" ? ((datacenter || tpp >= 4800.0) && (tpp >= 4800.0 || (tpp >= 1600.0 && tpp >= 5.92 *'
        " die_area) || (tpp < 5.92 * die_area && ((tpp >= 2400.0 && tpp < 4800.0 && tpp >= 1.6 * die_area)"
        f" || (tpp >= 1600.0 && tpp >= 3.2 * die_area)))) && destination in {json.dumps(sorted(LISTED))})"
        f' : (on >= "{FIRST}" && io_rate >= 600.0 && tpp >= 4800.0 && destination in ["CN", "MO"])'
    )
    types = {bool: celtypes.BoolType, int: celtypes.DoubleType, str: celtypes.StringType}
    environment = celpy.Environment(runner_class=celpy.CompiledRunner)
    program = environment.program(environment.compile(text))

    def prepare(row: Row) -> Row:
        return {key: types[type(value)](value) for key, value in row.items()}

    return [Engine(f"{name}, compiled", prepare, lambda row: bool(program.evaluate(row)))]


def _openfisca(name: str) -> list[Engine]:
    import numpy as np
    from openfisca_core.entities import Entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    order = Entity("order", "orders", "an order line", "")
    order.is_person = True
    system = TaxBenefitSystem([order])
    listed = np.array(sorted(LISTED), dtype="S2")

    def formula_2022(orders: Any, day: Any) -> Any:
        place = np.asarray(orders("destination", day), dtype="S2")
        return (orders("io_rate", day) >= 600) & (orders("tpp", day) >= 4800) & np.isin(place, [b"CN", b"MO"])

    def formula_2023(orders: Any, day: Any) -> Any:
        tpp, area = orders("tpp", day), orders("die_area", day)
        upper = (tpp >= 4800) | ((tpp >= 1600) & (tpp >= 5.92 * area))
        middle = ((tpp >= 2400) & (tpp < 4800) & (tpp >= 1.6 * area)) | ((tpp >= 1600) & (tpp >= 3.2 * area))
        reached = (orders("datacenter", day) | (tpp >= 4800)) & (upper | (middle & (tpp < 5.92 * area)))
        return reached & np.isin(np.asarray(orders("destination", day), dtype="S2"), listed)

    inputs: dict[str, type] = {"tpp": float, "die_area": float, "io_rate": float, "datacenter": bool}
    shared = {"entity": order, "definition_period": DateUnit.DAY, "label": "a fact"}
    for fact, kind in inputs.items():
        system.add_variable(type(fact, (Variable,), {**shared, "value_type": kind}))
    system.add_variable(type("destination", (Variable,), {**shared, "value_type": str, "max_length": 2}))
    formulas = {"formula_2022_10_21": formula_2022, "formula_2023_11_17": formula_2023}
    system.add_variable(type("license", (Variable,), {**shared, "value_type": bool, **formulas}))

    def one_version(day: str, held: list[Row]) -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(held))
        for fact in inputs:
            simulation.set_input(fact, day, np.array([row[fact] for row in held]))
        simulation.set_input("destination", day, np.array([row["destination"] for row in held], dtype="S2"))
        return simulation.calculate("license", day)

    def many(held: list[Row]) -> Sequence[bool]:
        """One period a calculation, so the rows are split by the version in force."""
        answers = [False] * len(held)
        for day, until in (("2022-10-07", FIRST), (FIRST, SECOND), (SECOND, "9999")):
            places = [place for place, row in enumerate(held) if day <= row["on"] < until]
            if places:
                for place, answer in zip(places, one_version(day, [held[p] for p in places]).tolist(), strict=True):
                    answers[place] = answer
        return answers

    return [Engine(name, lambda row: row, lambda row: bool(one_version(row["on"], [row])[0]), many)]
