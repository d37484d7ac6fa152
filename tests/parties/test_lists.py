"""Reading the official lists: what a listing means and since when, and that no broken file passes."""

import csv
import datetime
import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_list import DPL, EL, RECORDS, SDN

from licet.errors import FileError
from licet.parties import bundled, snapshot, sources
from licet.parties.archive import Archive, change
from licet.parties.lists import footnotes, list_of
from licet.parties.notices import Since, since
from licet.parties.record import record


def as_json(rows: list[dict], **more: object) -> bytes:
    return json.dumps({"total": len(rows), "results": rows, **more}).encode()


def as_csv(rows: list[dict]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, ["_id", "source", "name", "alt_names", "addresses", "start_date"], extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", {1, 2}),
        ("For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2", {1, 2}),
        ("For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4", {4}),
        ("For All Items Subject to the EAR (See §734.9(e), and 744.11 of the EAR)4.", {4}),
        ("For all items subject to the EAR. (See §734.9(e) and §744.11 of the EAR)", {4}),
        ("For all items subject to the EAR (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5", {5}),
        ("For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", {3}),
        ("For all items subject to the EAR. (See §744.11 of the EAR).", set()),
    ],
)
def test_footnotes_are_read_as_the_text_shows_them(text: str, expected: set[int]) -> None:
    assert footnotes(text) == expected


def test_the_bundled_list_has_the_footnotes_that_were_counted_by_hand() -> None:
    names: dict[int, set[str]] = {}
    for entry in bundled().records:
        if entry.list.id == "entity_list" and entry.gone_by is None:
            for number in footnotes(entry.requirement):
                names.setdefault(number, set()).add(entry.name)
    assert {number: len(found) for number, found in names.items() if number != 3} == {1: 153, 2: 153, 4: 96, 5: 16}


def test_a_chain_of_citations_gives_a_day_a_year_or_nothing() -> None:
    assert since("87 FR 77505, 89 FR 96837").day == date(2022, 12, 16)
    assert since("84 FR 22961").day == date(2019, 5, 16)
    unknown = since("12 FR 345")
    assert (unknown.earliest, unknown.latest) == (date(1947, 1, 1), date(1947, 12, 31))
    assert since("87 F.R. 75029 12/7/2022").day == date(2022, 12, 7)
    assert since("Vol. 89, No. 177, 09/12/2024").day == date(2024, 9, 12)
    assert since("") == Since()


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2022, 12, 15), False), (date(2022, 12, 16), True), (date(2026, 1, 1), True)],
)
def test_a_listing_begins_on_its_day(on: date, expected: bool) -> None:
    assert record(RECORDS[0]).listed(on) is expected


def test_an_unknown_first_day_is_no_answer() -> None:
    entry = record({"name": "A Firm", "source": SDN})
    assert entry.listed(date(2020, 1, 1)) is None


def test_a_footnote_is_not_older_than_its_rule_nor_than_its_notice() -> None:
    entry = record(
        {"name": "NUDT", "source": EL, "federal_register_notice": "80 FR 8524, 84 FR 29373, 87 FR 62202",
         "license_requirement": "(See §§ 734.9(e)(2) and 744.11 of the EAR)4"}
    )  # fmt: skip
    assert entry.values(date(2019, 1, 1)) == {"entity_list"}
    assert entry.values(date(2023, 1, 1)) == {"entity_list", "footnote_4"}


def test_blocked_persons_fall_under_744_8_by_program_and_day() -> None:
    entry = record({"name": "X Y", "source": SDN, "programs": "RUSSIA-EO14024; UKRAINE-EO13662"})
    assert entry.values(date(2024, 3, 20)) == {"sdn"}
    assert entry.values(date(2024, 3, 21)) == {"sdn_744_8"}
    assert record({"name": "X Y", "source": SDN, "programs": "GLOMAG"}).values(date(2026, 1, 1)) == {"sdn"}


def test_lists_are_told_apart_by_their_source() -> None:
    cmic = "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department"
    assert [list_of(source).id for source in (EL, SDN, DPL, cmic)] == ["entity_list", "sdn", "denied_persons", "cmic"]
    with pytest.raises(FileError, match="no restricted-party list is called"):
        list_of("Santa's list")


def test_json_and_csv_say_the_same() -> None:
    rows = [{"name": "Alpha Works Ltd", "source": EL, "alt_names": "AW; Alfa Works", "addresses": "1 Some Road, Kowloon, HK",
             "start_date": "2020-06-05"}]  # fmt: skip
    from_csv = sources.read_bytes(as_csv(rows))
    assert [(r.name, r.alt_names, r.countries, r.since.day) for r in from_csv] == [
        ("Alpha Works Ltd", ("AW", "Alfa Works"), ("HK",), date(2020, 6, 5))
    ]
    from_json = sources.read_bytes(gzip.compress(as_json(RECORDS)))
    assert [r.name for r in from_json] == [r["name"] for r in RECORDS]


def test_the_entity_list_table_and_followthemoney() -> None:
    table = (
        "Country,Entity,License requirement,License review policy,Federal Register citation\n"
        '"CHINA, PEOPLE\'S REPUBLIC OF","Alpha Works, a.k.a., the following two aliases: —AW; and —Alfa Works. 1 Some Road",'
        '"For all items subject to the EAR",Presumption of denial,87 FR 77505\n'
    )
    entry = sources.read_bytes(table.encode())[0]
    assert (entry.list.id, entry.name, entry.countries) == ("entity_list", "Alpha Works", ("CN",))
    assert entry.alt_names[0].startswith("AW")
    line = {"id": "x1", "schema": "Company", "caption": "Alpha", "datasets": ["us_ofac_sdn"],
            "properties": {"name": ["Alpha"], "alias": ["Alfa"], "country": ["cn"]}}  # fmt: skip
    other = {"id": "a1", "schema": "Address", "properties": {"full": ["somewhere"]}}
    found = sources.read_bytes(f"{json.dumps(line)}\n{json.dumps(other)}\n".encode())
    assert [(r.id, r.name, r.alt_names, r.list.id, r.countries) for r in found] == [
        ("x1", "Alpha", ("Alfa",), "sdn", ("CN",))
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (as_json(RECORDS)[:-40], "broken or ends too early"),
        (gzip.compress(as_json(RECORDS), mtime=0)[:-30], "broken or ends too early"),
        (as_json(RECORDS, total=99), "says it holds 99 records and holds 5"),
        (as_json([{"name": "A"}]), "does not say which list"),
        (b'{"entries": []}', "has no `results`"),
        (as_csv(RECORDS).replace(b"source,name", b"origin,title"), "no list that is known"),
        (b"source,name,type\nx,y\n", "fewer fields"),
        (as_csv([{"name": "A", "source": EL}]).replace(b"A", b"Caf\xe9"), "is no UTF-8"),
        (b"%PDF-1.7 binary", "no list that is known"),
    ],
)
def test_a_file_that_is_not_understood_is_an_error(raw: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message):
        sources.read_bytes(raw)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_clear_error(raw: bytes) -> None:
    try:
        assert sources.read_bytes(raw)
    except FileError as error:
        assert str(error).endswith(".")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 3000), st.integers(1, 40), st.binary(max_size=8))
def test_an_altered_file_never_loses_records_silently(at: int, cut: int, put: bytes) -> None:
    raw = as_json(RECORDS)
    at %= len(raw)
    try:
        found = sources.read_bytes(raw[:at] + put + raw[at + cut :])
    except FileError:
        return
    assert len(found) == len(RECORDS)


def test_a_packed_list_comes_back_as_it_was() -> None:
    made = snapshot.snapshot(map(record, RECORDS), date(2026, 1, 1), "test")
    back = snapshot.unpack(snapshot.pack(made))
    assert (back, back.digest) == (made, made.digest)
    with pytest.raises(FileError, match="packed list is broken"):
        snapshot.unpack(snapshot.pack(made)[:-9])


def test_an_archive_refuses_less_and_says_what_changed(tmp_path) -> None:
    archive = Archive(tmp_path / "lists")
    day = bundled().day + datetime.timedelta(days=10)
    held = [entry for entry in bundled().records if entry.gone_by is None]
    with pytest.raises(FileError, match="holds 0 entries of the list"):
        archive.add_records([entry for entry in held if entry.list.id != "unverified_list"], day, "cut off")
    assert archive.days() == []

    added = record({"name": "Brand New Listed Works", "source": EL, "addresses": [{"country": "CN"}]})
    made, difference = archive.add_records([*held[1:], added], day, "next")
    assert (len(difference.added), len(difference.removed), len(difference.modified)) == (1, 1, 0)
    assert archive.newest().version == made.version
    left = next(entry for entry in made.records if entry.id == held[0].id)
    assert (left.seen, left.gone_by) == (bundled().day, day)
    fresh = next(entry for entry in made.records if entry.id == added.id)
    assert fresh.listed(bundled().day) is False
    assert fresh.listed(day) is True
    assert archive.for_day(day + datetime.timedelta(days=1))[1].startswith("the newest list held is of")


def test_an_older_list_is_held_for_the_questions_of_its_time(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "lists")
    kept = [entry for entry in bundled().records if entry.gone_by is None][:50]
    gone = record({"name": "Gone Before Anybody Looked", "source": EL, "addresses": [{"country": "CN"}]})
    made, _ = archive.add_records([*kept, gone], date(2021, 1, 1), "old")
    assert archive.days() == [date(2021, 1, 1)]
    assert archive.for_day(date(2020, 12, 1))[0].version == made.version
    assert archive.for_day(date(2021, 1, 2))[0].version == bundled().version
    old = next(entry for entry in made.records if entry.id == gone.id)
    assert (old.listed(date(2021, 1, 1)), old.listed(date(2020, 1, 1))) == (True, None)


def test_a_changed_entry_is_modified_and_the_same_one_is_not() -> None:
    before = [record(RECORDS[0])]
    after = [record({**RECORDS[0], "alt_names": ["Blue Sky Chips", "ZLST", "New Alias"]})]
    assert [pair[1].name for pair in change(before, after).modified] == [RECORDS[0]["name"]]
    assert not change(before, before).modified


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_packed_or_compressed_list_that_was_altered_is_refused_or_whole(data: st.DataObject) -> None:
    made = snapshot.snapshot(map(record, RECORDS), date(2026, 1, 1), "test")
    for whole, read in ((snapshot.pack(made), snapshot.unpack), (gzip.compress(as_json(RECORDS)), sources.read_bytes)):
        at = data.draw(st.integers(0, len(whole) - 1))
        put = data.draw(st.binary(max_size=4))
        broken = whole[:at] + put + whole[at + data.draw(st.integers(0, 40)) :]
        try:
            found = read(broken)
        except FileError:
            continue
        names = [entry.name for entry in (found.records if isinstance(found, snapshot.Snapshot) else found)]
        assert names == [entry.name for entry in made.records]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2000), st.binary(max_size=6))
def test_a_csv_that_was_altered_is_refused_or_every_row_has_a_name_and_a_list(at: int, put: bytes) -> None:
    whole = as_csv(RECORDS)
    at %= len(whole)
    try:
        found = sources.read_bytes(whole[:at] + put + whole[at + len(put) :])
    except FileError as error:
        assert str(error)
        return
    assert all(entry.name and entry.list.id for entry in found)
