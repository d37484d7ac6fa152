"""Country groups: the table of 2026-07-23, each dated change, and the sets the rules name."""

from __future__ import annotations

import datetime
from importlib import resources
from typing import Any

import pytest
import yaml

from licet.places import codes, country


def _load(file: str) -> Any:
    text = resources.files("licet").joinpath("lawbook/places", file).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CBaseLoader)


BOOK = _load("groups.yaml")
GROUPS: dict[str, dict[str, Any]] = {group["id"]: group for group in BOOK["groups"]}
CHART = _load("chart.yaml")


def on(group: str, day: str) -> set[str]:
    """The members of a group on a day."""
    entry = GROUPS[group]
    if "members" in entry:
        rows = [row for row in entry["members"] if row["from"] <= day <= row.get("until", "9999")]
        return {code for row in rows for code in row["of"]}
    if "union" in entry["set"]:
        return set().union(*(on(part, day) for part in entry["set"]["union"]))
    minus = entry["set"]["minus"]
    return set().union(*(on(part, day) for part in minus["from"])) - set().union(
        *(on(part, day) for part in minus["less"])
    )


def of(names: str) -> set[str]:
    return {country(text.strip()) for text in names.split(";")}


AS_OF = "2026-07-23"
#: The table as it stood on 2026-07-23, in its own words.
TABLE = {
    "A1": "Argentina; Australia; Austria; Belgium; Bulgaria; Canada; Croatia; Czech Republic;"
    " Denmark; Estonia; Finland; France; Germany; Greece; Hungary; Iceland; India; Ireland;"
    " Italy; Japan; Korea, South; Latvia; Lithuania; Luxembourg; Mexico; Netherlands; New"
    " Zealand; Norway; Poland; Portugal; Romania; Slovakia; Slovenia; South Africa; Spain;"
    " Sweden; Switzerland; Türkiye; United Kingdom; United States",
    "A2": "Argentina; Australia; Austria; Belgium; Brazil; Bulgaria; Canada; Czech Republic; Denmark;"
    " Finland; France; Germany; Greece; Hungary; Iceland; India; Ireland; Italy; Japan; Korea,"
    " South; Luxembourg; Netherlands; New Zealand; Norway; Poland; Portugal; South Africa;"
    " Spain; Sweden; Switzerland; Türkiye; Ukraine; United Kingdom; United States",
    "A3": "Argentina; Australia; Austria; Belgium; Bulgaria; Canada; Croatia; Cyprus; Czech Republic;"
    " Denmark; Estonia; Finland; France; Germany; Greece; Hungary; Iceland; India; Ireland;"
    " Italy; Japan; Korea, South; Latvia; Lithuania; Luxembourg; Malta; Mexico; Netherlands; New"
    " Zealand; Norway; Poland; Portugal; Romania; Slovakia; Slovenia; Spain; Sweden;"
    " Switzerland; Türkiye; Ukraine; United Kingdom; United States",
    "A4": "Argentina; Australia; Austria; Belgium; Brazil; Bulgaria; Canada; Croatia; Cyprus; Czech"
    " Republic; Denmark; Estonia; Finland; France; Germany; Greece; Hungary; Iceland; Ireland;"
    " Italy; Japan; Kazakhstan; Korea, South; Latvia; Lithuania; Luxembourg; Malta; Mexico;"
    " Netherlands; New Zealand; Norway; Poland; Portugal; Romania; Serbia; Slovakia; Slovenia;"
    " South Africa; Spain; Sweden; Switzerland; Türkiye; Ukraine; United Kingdom; United States",
    "A5": "Argentina; Australia; Austria; Belgium; Bulgaria; Canada; Croatia; Czech Republic;"
    " Denmark; Estonia; Finland; France; Germany; Greece; Hungary; Iceland; India; Ireland;"
    " Italy; Japan; Korea, South; Latvia; Lithuania; Luxembourg; Netherlands; New Zealand;"
    " Norway; Poland; Portugal; Romania; Slovakia; Slovenia; Spain; Sweden; Switzerland;"
    " Türkiye; United Arab Emirates; United Kingdom",
    "A6": "Albania; Cyprus; Israel; Malta; Mexico; Singapore; South Africa; Taiwan",
    "B": "Afghanistan; Albania; Algeria; Andorra; Angola; Antigua and Barbuda; Argentina; Aruba;"
    " Australia; Austria; Bahrain; Bangladesh; Barbados; Belgium; Belize; Benin; Bhutan;"
    " Bolivia; Bosnia & Herzegovina; Botswana; Brazil; Brunei; Bulgaria; Burkina Faso; Burundi;"
    " Cameroon; Canada; Cape Verde; Central African Republic; Chad; Chile; Colombia; Comoros;"
    " Congo (Democratic Republic of the); Congo (Republic of the); Costa Rica; Cote d'lvoire;"
    " Croatia; Curaçao; Cyprus; Czech Republic; Denmark; Djibouti; Dominica; Dominican Republic;"
    " Ecuador; Egypt; El Salvador; Equatorial Guinea; Eritrea; Estonia; Eswatini; Ethiopia;"
    " Fiji; Finland; France; Gabon; Gambia, The; Germany; Ghana; Greece; Grenada; Guatemala;"
    " Guinea; Guinea-Bissau; Guyana; Haiti; Honduras; Hungary; Iceland; India; Indonesia;"
    " Ireland; Israel; Italy; Jamaica; Japan; Jordan; Kenya; Kiribati; Korea, South; Kosovo;"
    " Kuwait; Latvia; Lebanon; Lesotho; Liberia; Lithuania; Luxembourg; Madagascar; Malawi;"
    " Malaysia; Maldives; Mali; Malta; Marshall Islands; Mauritania; Mauritius; Mexico;"
    " Micronesia, Federated States of; Monaco; Montenegro; Morocco; Mozambique; Namibia; Nauru;"
    " Nepal; Netherlands; New Zealand; Niger; Nigeria; North Macedonia; Norway; Oman; Pakistan;"
    " Palau; Panama; Papua New Guinea; Paraguay; Peru; Philippines; Poland; Portugal; Qatar;"
    " Romania; Rwanda; Saint Kitts & Nevis; Saint Lucia; Saint Vincent and the Grenadines;"
    " Samoa; San Marino; Sao Tome & Principe; Saudi Arabia; Senegal; Serbia; Seychelles; Sierra"
    " Leone; Singapore; Sint Maarten (the Dutch two-fifths of the island of Saint Martin);"
    " Slovakia; Slovenia; Solomon Islands; Somalia; South Africa; South Sudan, Republic of;"
    " Spain; Sri Lanka; Sudan; Suriname; Sweden; Switzerland; Taiwan; Tanzania; Thailand; The"
    " Bahamas; Timor-Leste; Togo; Tonga; Trinidad & Tobago; Tunisia; Türkiye; Tuvalu; Uganda;"
    " Ukraine; United Arab Emirates; United Kingdom; United States; Uruguay; Vanuatu; Vatican"
    " City; Western Sahara; Zambia; Zimbabwe",
    "D1": "Armenia; Azerbaijan; Belarus; Burma; Cambodia; China (PRC); Georgia; Iraq; Kazakhstan;"
    " Korea, North; Kyrgyzstan; Laos; Libya; Macau; Moldova; Mongolia; Nicaragua; Russia;"
    " Tajikistan; Turkmenistan; Uzbekistan; Venezuela; Vietnam; Yemen",
    "D2": "Belarus; Cuba; Iran; Iraq; Israel; Korea, North; Libya; Pakistan; Russia; Venezuela",
    "D3": "Afghanistan; Armenia; Azerbaijan; Bahrain; Belarus; Burma; China (PRC); Cuba; Egypt;"
    " Georgia; Iran; Iraq; Israel; Jordan; Kazakhstan; Korea, North; Kuwait; Kyrgyzstan;"
    " Lebanon; Libya; Macau; Moldova; Mongolia; Oman; Pakistan; Qatar; Russia; Saudi Arabia;"
    " Syria; Taiwan; Tajikistan; Turkmenistan; Uzbekistan; Venezuela; Vietnam; Yemen",
    "D4": "Bahrain; Belarus; China (PRC); Egypt; Iran; Iraq; Israel; Jordan; Korea, North; Kuwait;"
    " Lebanon; Libya; Macau; Oman; Pakistan; Qatar; Russia; Saudi Arabia; Syria; Venezuela;"
    " Yemen",
    "D5": "Afghanistan; Belarus; Burma; Central African Republic; China (PRC); Congo (Democratic"
    " Republic of); Cuba; Eritrea; Haiti; Iran; Iraq; Korea, North; Lebanon; Libya; Nicaragua;"
    " Russia; Somalia; South Sudan, Republic of; Sudan; Syria; Venezuela; Zimbabwe",
    "E1": "Iran; Korea, North; Syria",
    "E2": "Cuba",
}
#: Destinations of 15 CFR 742.6(a)(6) on 2023-11-17: 45, that is China, Macau and 43 more.
LISTED_2023 = (
    "AE AF AM AZ BH BY CD CF CN CU EG ER GE HT IQ IR JO KG KH KP KW KZ LA LB LY MD MM MN MO OM "
    "PK QA RU SA SD SO SS SY TJ TM UZ VE VN YE ZW"
)
ADDED_2023 = set(LISTED_2023.split())


@pytest.mark.parametrize("group", TABLE)
def test_the_table_of_2026_07_23(group: str) -> None:
    assert on(group, AS_OF) == of(TABLE[group])


def test_the_sizes_of_the_table() -> None:
    sizes = {group: len(on(group, AS_OF)) for group in TABLE}
    assert sizes == {
        "A1": 40, "A2": 34, "A3": 42, "A4": 45, "A5": 38, "A6": 8, "B": 173, "D1": 24, "D2": 10, "D3": 36,
        "D4": 21, "D5": 22, "E1": 3, "E2": 1,
    }  # fmt: skip


def test_the_45_destinations_of_2023_11_17() -> None:
    assert len(ADDED_2023) == 45
    assert on("D1_D4_D5_less_A5_A6", "2023-11-17") == ADDED_2023


def test_israel_and_cyprus_are_no_destinations_of_the_set_for_they_are_in_a6() -> None:
    assert "IL" in on("D4", "2023-11-17")
    assert "CY" in on("D5", "2023-11-17")
    assert not {"IL", "CY"} & on("D1_D4_D5_less_A5_A6", "2023-11-17")


def changes(group: str, last: str, first: str) -> tuple[set[str], set[str]]:
    """Who left and who joined between the last day of one state and the first of the next."""
    return on(group, last) - on(group, first), on(group, first) - on(group, last)


@pytest.mark.parametrize(
    ("group", "last", "first", "left", "joined"),
    [
        ("A4", "2022-03-01", "2022-03-02", "BY", ""),
        ("D2", "2022-03-01", "2022-03-02", "", "BY"),
        ("D4", "2022-03-01", "2022-03-02", "", "BY"),
        ("B", "2024-03-14", "2024-03-15", "NI", ""),
        ("D1", "2024-03-14", "2024-03-15", "", "NI"),
        ("D5", "2024-03-14", "2024-03-15", "", "NI"),
        ("D1_D4_D5_less_A5_A6", "2024-03-14", "2024-03-15", "", "NI"),
        ("D5", "2024-05-29", "2024-05-30", "CY", ""),
        ("D5", "2026-02-02", "2026-02-03", "KH", ""),
        ("D1_D4_D5_less_A5_A6", "2026-02-02", "2026-02-03", "", ""),  # Cambodia stays: it is in D:1
        ("A5", "2026-07-09", "2026-07-10", "", "AE"),
        ("D3", "2026-07-09", "2026-07-10", "AE", ""),
        ("D4", "2026-07-09", "2026-07-10", "AE", ""),
        ("B", "2026-07-09", "2026-07-10", "", ""),
        ("D1_D4_D5_less_A5_A6", "2026-07-09", "2026-07-10", "AE", ""),
    ],
)
def test_dated_changes(group: str, last: str, first: str, left: str, joined: str) -> None:
    assert changes(group, last, first) == (set(left.split()), set(joined.split()))


def test_there_are_no_other_changes() -> None:
    days = {row["from"] for g in GROUPS.values() for row in g.get("members", ())}
    days |= {
        str(datetime.date.fromisoformat(row["until"]) + datetime.timedelta(1))
        for g in GROUPS.values()
        for row in g.get("members", ())
        if "until" in row
    }
    assert sorted(days) == [
        "2022-01-01", "2022-03-02", "2024-03-15", "2024-05-30", "2024-12-02", "2025-01-13", "2026-02-03",
        "2026-07-10", "2026-10-01",
    ]  # fmt: skip


def test_counts_of_d5_that_others_published() -> None:
    assert len(on("D5", "2023-11-17")) == 23  # BIS: 22 of 2026, less Nicaragua, with Cambodia and Cyprus
    assert len(on("D5", "2025-01-13")) == 23  # SEMI: 22 of 2026 with Cambodia
    assert len(on("D5", "2022-01-01")) == 23


def test_macau_is_named_beside_d5_and_never_in_it() -> None:
    for day in ("2022-10-21", "2023-11-17", AS_OF):
        assert "MO" not in on("D5", day)
        assert on("D5_or_Macau", day) == on("D5", day) | {"MO"}
        assert on("China_or_Macau", day) == {"CN", "MO"}


def test_taiwan_is_in_a6_and_in_d3_only() -> None:
    assert {group for group in TABLE if "TW" in on(group, AS_OF)} == {"A6", "B", "D3"}


def test_supplements() -> None:
    assert on("Supp5a", "2025-01-12") == set()
    assert on("Supp5a", "2025-01-13") == of(
        "Australia; Belgium; Canada; Denmark; Finland; France; Germany; Ireland; Italy; Japan; Netherlands;"
        " New Zealand; Norway; Republic of Korea; Spain; Sweden; Taiwan; United Kingdom; United States"
    )
    assert len(on("Supp5a", "2025-01-13")) == 19
    assert len(on("Supp4_742", "2024-12-02")) == 33
    assert {"AU", "JP", "GB", "NL"} <= on("Supp4_742", "2024-12-02")
    assert not {"KR", "TW", "SG", "MY", "IL", "US"} & on("Supp4_742", "2024-12-02")
    assert all(row["unverified"] == "true" for row in GROUPS["Supp4_742"]["members"])


def test_ethiopia_is_kept_apart_with_a_warning_to_give() -> None:
    assert "ET" not in on("D5", AS_OF)
    assert on("D5_State_list_only", AS_OF) == {"ET"}


def test_every_entry_is_in_order() -> None:
    assert len(GROUPS) == len(BOOK["groups"])
    for identifier, group in GROUPS.items():
        assert identifier.isidentifier()
        assert group["title"]
        assert group["cite"]
        assert ("members" in group) != ("set" in group)
        for row in group.get("members", ()):
            assert set(row) <= {"of", "from", "until", "by", "confidence", "unverified", "note"}
            assert row["of"] or identifier == "Supp5b", "only a list that the law left empty may be empty"
            assert set(row["of"]) <= set(codes()), "Hong Kong is no place of its own"
            assert len(set(row["of"])) == len(row["of"])
            assert row["confidence"] in {"P", "S", "M"}
            assert row["by"]
            assert "2022-01-01" <= row["from"] <= row.get("until", "9999")
            assert "unverified" not in row or row["note"]
            assert row["confidence"] != "M" or row["unverified"] == "true"


def test_no_place_is_twice_in_a_group_on_one_day() -> None:
    for group in GROUPS.values():
        spans = [(c, row["from"], row.get("until", "9999")) for row in group.get("members", ()) for c in row["of"]]
        for i, (code, start, end) in enumerate(spans):
            assert not [s for s in spans[i + 1 :] if s[0] == code and s[1] <= end and start <= s[2]]


def marks(code: str) -> str:
    return " ".join(CHART["marks"][code])


def test_country_chart() -> None:
    assert len(CHART["marks"]) == 196
    assert CHART["as_of"] == AS_OF
    assert marks("CN") == "CB1 CB2 CB3 NP1 NP2 NS1 NS2 MT1 RS1 RS2 CC1 CC3"
    assert marks("DE") == "CB1 NS1 MT1 RS1"
    assert marks("AE") == "CB1 CB2 CB3 NP1 NS1 NS2 MT1 RS1 RS2 CC1 CC3"
    assert marks("RU") == "CB1 CB2 CB3 NP1 NP2 NS1 NS2 MT1 RS1 RS2 CC1 CC2"
    assert marks("CA") == "CB1 FC1"
    assert marks("GB") == "CB1"
    assert marks("NO") == marks("DE")
    assert marks("LI") == marks("CH")
    assert marks("MO") == marks("CN")


def test_country_chart_has_a_row_or_an_embargo_for_all_but_the_united_states() -> None:
    assert set(CHART["embargoed"]) == {"CU", "IR", "KP", "SY"}
    assert not set(CHART["marks"]) & {"US", "HK", *CHART["embargoed"]}
    listed = {c for group in TABLE for c in on(group, AS_OF)}
    assert listed - set(CHART["marks"]) == {"US", "CU", "IR", "KP", "SY"}
    rows = {row["code"] for row in _load("countries.yaml")["countries"] if "ear" in row}
    assert rows == set(CHART["marks"]) | set(CHART["embargoed"]) | {"US"}


def test_country_chart_uses_its_own_columns_in_their_order() -> None:
    for row in CHART["marks"].values():
        assert row == [column for column in CHART["columns"] if column in row]
    assert {code for note in CHART["notes"] for code in note["of"]} <= set(CHART["marks"])
