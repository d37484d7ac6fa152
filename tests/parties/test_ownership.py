"""The arithmetic of the 50 percent rule, cycles, unknown shares, and the ultimate parent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licet.errors import BadValue, FileError
from licet.parties import Graph
from licet.parties.ownership import Stake, Standing, read, span

DAY = date(2025, 10, 1)
LISTED = {"Listed A", "Listed B"}


def graph(*rows: str) -> Graph:
    stakes = []
    for row in rows:
        owner, owned, share = (part.strip() for part in row.split(">"[0] + ">"))
        stakes.append(Stake(owner, owned, *span(share)))
    return Graph(stakes)


def standing(found: Graph, name: str) -> Standing:
    return found.ownership(name, DAY, lambda party: party in LISTED).standing


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Listed A >> Target >> 50"], "owned"),
        (["Listed A >> Target >> 49.99"], "minority"),
        (["Listed A >> Target >> 35", "Listed B >> Target >> 15"], "owned"),
        (["Listed A >> Middle >> 50", "Middle >> Target >> 50"], "owned"),
        (["Listed A >> Middle >> 49", "Middle >> Target >> 100"], "minority"),
        (["Listed A >> Middle >> 60", "Middle >> Target >> 30", "Listed B >> Target >> 20"], "owned"),
        (["Someone >> Target >> 100"], "none"),
        (["Listed A >> Target >> "], "unknown"),
        (["Listed A >> Target >> ", "Someone >> Target >> 60"], "minority"),
        (["Listed A >> Target >> >=50"], "owned"),
        (["Listed A >> Target >> <50"], "minority"),
        (["Listed A >> Target >> 40-60"], "unknown"),
        (["Target >> Mirror >> 60", "Mirror >> Target >> 60"], "none"),
        (["Target >> Mirror >> 60", "Mirror >> Target >> 40", "Listed A >> Target >> 10"], "minority"),
        (
            [
                "Target >> Mirror >> 60",
                "Mirror >> Target >> 40",
                "Listed A >> Mirror >> 40",
                "Listed B >> Target >> 50",
            ],
            "owned",
        ),
    ],
)
def test_standing(rows: list[str], expected: str) -> None:
    assert standing(graph(*rows), "Target") == expected


def test_listed_parties_and_parties_nobody_decided_yet() -> None:
    found = graph("Doubtful >> Target >> 80")
    assert (
        found.ownership("Target", DAY, lambda party: None if party == "Doubtful" else False).standing
        is Standing.UNKNOWN
    )
    assert standing(found, "Listed A") is Standing.LISTED


def test_stakes_count_on_their_days_only() -> None:
    sold = Graph([Stake("Listed A", "Target", Decimal(80), Decimal(80), date(2020, 1, 1), date(2025, 1, 1))])
    assert standing(sold, "Target") is Standing.NONE
    assert sold.ownership("Target", date(2024, 12, 31), lambda party: party in LISTED).standing is Standing.OWNED


def test_what_is_owned_and_by_whom_is_told() -> None:
    result = graph("Listed A >> Target >> 35", "Free >> Target >> 40").ownership(
        "Target", DAY, lambda party: party in LISTED
    )
    assert (result.low, result.high, result.unaccounted) == (35, 35, 25)
    assert [stake.owner for stake in result.owners] == ["Listed A"]


def test_ultimate_parent_and_its_seat() -> None:
    found = Graph(
        [Stake("Top", "Middle", *span("51")), Stake("Middle", "Target", *span("100"))],
        {"Top Co., Ltd.": "CN", "Top": "CN"},
    )
    assert (found.ultimate_parent("Target", DAY), found.headquarters("Target", DAY)) == ("Top", "CN")
    assert graph("Top >> Target >> ").ultimate_parent("Target", DAY) is None
    assert graph("A1 >> B1 >> 60", "B1 >> A1 >> 60").ultimate_parent("A1", DAY) is None
    assert graph("Top >> Target >> 50").ultimate_parent("Target", DAY) == "Target"


def test_a_file_of_owners(tmp_path: Path) -> None:
    path = tmp_path / "owners.csv"
    path.write_text("owner,owned,share,from,until,source,owner_country\nListed A,Target,60%,2024-01-01,,registry,CN\n")
    found = read(path)
    assert found.ownership("TARGET", DAY, lambda party: party in LISTED).standing is Standing.OWNED
    assert found.headquarters("Target", DAY) == "CN"
    path.write_text("owner,owned,share\nListed A,Target,sixty\n")
    with pytest.raises(FileError, match="line 2: 'sixty' is no share"):
        read(path)
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FileError, match="no columns owner, owned, share"):
        read(path)


@pytest.mark.parametrize("bad", ["120", "-3", "60-40", "nan", "inf", "1e999", "x"])
def test_no_share(bad: str) -> None:
    with pytest.raises(BadValue):
        span(bad)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([5, 10, 20, 30, 40, 45, 50, 55, 60, 100])),
        max_size=8,
    )
)
def test_more_certainty_never_turns_a_settled_answer(rows: list[tuple[int, int, int]]) -> None:
    """Widening a share to an interval may make the answer unknown, but never the opposite one."""
    names = ["Listed A", "B1", "C1", "D1", "E1", "F1"]
    shares: dict[int, int] = {}
    for _, owned, share in rows:
        shares[owned] = shares.get(owned, 0) + share
    assume(max(shares.values(), default=0) <= 100)
    exact = Graph([Stake(names[a], names[b], Decimal(s), Decimal(s)) for a, b, s in rows if a != b])
    wide = Graph(
        [Stake(names[a], names[b], Decimal(max(0, s - 10)), Decimal(min(100, s + 10))) for a, b, s in rows if a != b]
    )
    for name in names[1:]:
        sure, loose = standing(exact, name), standing(wide, name)
        caught = {Standing.OWNED}
        if loose in caught:
            assert sure in caught
        if sure in caught:
            assert loose in {*caught, Standing.UNKNOWN}
