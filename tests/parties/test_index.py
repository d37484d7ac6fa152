"""What an index is built from, and how soon it is ready."""

import datetime
import time
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licet.errors import BadValue, LicetError
from licet.parties import Index, ahead, bundled
from licet.parties.index import forms_of
from licet.parties.sounds import skeleton, skeletons

WORDS = st.lists(st.text(st.sampled_from("abcdehikqsttuvwxyz0147"), min_size=1, max_size=12), min_size=1)


def test_forms_made_ahead_are_those_made_now() -> None:
    names = dict.fromkeys(name for entry in bundled().records for name in entry.names())
    made = {name: forms_of(name) for name in names}
    wrong = [
        name
        for name, (tokens, plain) in ahead.table().items()
        if [(form.text, form.plain or "".join(form.tokens)) for form in made.get(name, ())]
        != [
            (text, letters or text.replace(" ", ""))
            for text, letters in zip(tokens.split(ahead.FORMS), plain.split(ahead.FORMS), strict=True)
        ]
    ]
    assert not wrong, "run python tools/names_ahead.py"
    assert len(ahead.table()) > 0.99 * len(names), "run python tools/names_ahead.py"


def test_an_index_is_the_same_without_the_table(full: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    some = full.records[:: len(full.records) // (ahead.WORTH + 500)]
    assert len(some) > ahead.WORTH
    one = Index(some)
    monkeypatch.setattr(ahead, "table", dict)
    two = Index(some)
    assert (one.spelled, one.owners) == (two.spelled, two.owners)
    for name in one.spelled[::97]:
        assert one.search(name) == two.search(name)


@given(WORDS)
def test_keys_of_many_words_are_those_of_each(words: list[str]) -> None:
    assert skeletons(words) == [skeleton(word) for word in words]


def test_the_table_saves_time(full: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the same without it; a limit in seconds is for the benchmark, on a quiet machine."""
    start = time.process_time()
    Index(full.records)
    ready = time.process_time() - start
    monkeypatch.setattr(ahead, "table", dict)
    start = time.process_time()
    Index(full.records)
    assert ready < 0.8 * (time.process_time() - start)


# --- what can be searched ---------------------------------------------------------------------------------------------

ONE = [{"name": "Zhongwei Lantian Semiconductor", "source": "EL", "addresses": [{"country": "CN"}]}]
HIT = (True, "Zhongwei Lantian")


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"name": ["Zhongwei Lantian"]}),
        pl.DataFrame({"name": ["Zhongwei Lantian"], "country": ["China"], "on": [datetime.date(2024, 1, 1)]}),
        pl.LazyFrame({"name": ["Zhongwei Lantian"], "other": [1]}),
        pl.Series(["Zhongwei Lantian"]),
        ["Zhongwei Lantian"],
        ("Zhongwei Lantian",),
        iter(["Zhongwei Lantian"]),
        {"name": ["Zhongwei Lantian"], "on": ["2024-01-01"]},
        [{"name": "Zhongwei Lantian", "country": "PRC", "on": "2024-01-01"}],
        [{"name": "Zhongwei Lantian"}],
    ],
)
def test_many_names_come_in_many_shapes(frame: Any) -> None:
    rows = Index(ONE).search_many(frame)
    assert rows.select("alert", "name").rows() == [HIT]
    assert rows["problem"].to_list() == [None]


def test_a_bad_row_takes_no_other_with_it() -> None:
    rows = Index(ONE).search_many(
        {
            "name": ["Zhongwei Lantian", None, "", "x" * 10_000, "Zhongwei Lantian", "Zhongwei Lantian"],
            "country": [None, None, None, None, "Atlantis", "CN"],
            "on": [None, None, None, None, None, "yesterday"],
        }
    )
    assert rows["alert"].to_list() == [True, None, None, None, True, None]
    problems = ["", "no name", "no letter", "10,000 characters", "without a country", "is no day"]
    assert all(part in (said or "") for part, said in zip(problems, rows["problem"], strict=True))


@pytest.mark.parametrize("bad", ["one name", None, 7, {"names": ["x"]}, pl.DataFrame({"names": ["x"]})])
def test_what_holds_no_names_is_refused(bad: Any) -> None:
    with pytest.raises(BadValue, match="names"):
        Index(ONE).search_many(bad)


def test_nothing_asked_nothing_found() -> None:
    assert Index(ONE).search_many([]).height == 0
    assert Index([]).search_many(["Anybody"])["alert"].to_list() == [False]
    assert Index([]).search("Anybody") == []


@pytest.mark.parametrize("on", [None, "2024-06-01", "2024-06-01T12:00:00", datetime.date(2024, 6, 1),
                                datetime.datetime(2024, 6, 1, 12, tzinfo=datetime.UTC)])  # fmt: skip
@pytest.mark.parametrize("country", [None, "", "CN", "cn", "China", "中国", "Hong Kong", float("nan")])
def test_days_and_countries_in_any_spelling(on: Any, country: Any) -> None:
    (hit,) = Index(ONE).search("Zhongwei Lantian", on=on, country=country, limit=None)
    assert hit.alert
    assert hit.country == ("agrees" if isinstance(country, str) and country else "not compared")


@pytest.mark.parametrize(("given", "said"), [({"on": "soon"}, "no day"), ({"on": 2024}, "no day"),
                                             ({"country": "Atlantis"}, "no country")])  # fmt: skip
def test_a_day_or_a_country_that_is_none_is_an_error(given: dict[str, Any], said: str) -> None:
    with pytest.raises(LicetError, match=said):
        Index(ONE).search("Zhongwei Lantian", **given)


CSL = st.fixed_dictionaries(
    {"name": st.text(min_size=1, max_size=30).filter(str.strip)},
    optional={
        "alt_names": st.none() | st.lists(st.text(max_size=20), max_size=3) | st.just("One; Two"),
        "addresses": st.none() | st.lists(st.fixed_dictionaries({}, optional={"country": st.sampled_from(["CN", "", None]),
                                                                              "address": st.none() | st.text(max_size=9)}))
        | st.just("1 Road, Town, CN; 2 Road, DE"),
        "source": st.sampled_from(["Entity List (EL) - Bureau of Industry and Security", "SDN", None, ""]),
        "type": st.sampled_from(["Individual", "Entity", "Vessel", None, "what"]),
        "programs": st.none() | st.just("SDGT; NPWMD") | st.just(["SDGT"]),
        "start_date": st.sampled_from(["2020-01-01", "", None, "soon", float("nan")]),
        "federal_register_notice": st.none() | st.text(max_size=12) | st.just("84 FR 22961"),
        "license_requirement": st.none() | st.text(max_size=12), "ids": st.none() | st.just([]),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(CSL, min_size=1, max_size=3))
def test_any_record_in_the_official_fields_can_be_found_by_its_name(records: list[dict[str, Any]]) -> None:
    index = Index(records)
    for entry in index.records:
        try:
            hits = index.search(entry.name, limit=None)
        except BadValue:
            continue  # it holds nothing to compare
        if entry.kind not in ("vessel", "aircraft", "address") and len(forms_of(entry.name)) == 1:
            assert entry.id in {hit.id for hit in hits if hit.exact}


# --- many names at once -----------------------------------------------------------------------------------------------


def test_candidates_looked_up_together_are_those_of_each(full: Index) -> None:
    names = [*full.spelled[::400], *(name[1:] + " Trading" for name in full.spelled[7::800])]
    queries = [query for name in names if len(name) > 3 for _, query in full._queries(name)]
    together = full._postings.many(queries, 40)
    for query, found in zip(queries, together, strict=True):
        assert found == full._postings.candidates(query, 40, promising=True)[0].tolist(), query.tokens


def test_every_listed_name_is_found_in_a_batch(full: Index) -> None:
    """As it is written, also where it is short, or nothing but common words."""
    names = [(name, full.records[owner].id) for name, owner in zip(full.spelled, full.owners, strict=True)
             if full.records[owner].gone_by is None][::40]  # fmt: skip
    rows = full.search_many([name for name, _ in names], limit=None)
    found = set(rows.filter(pl.col("alert")).select("name", "id").iter_rows())
    assert not [each for each in names if each not in found]
