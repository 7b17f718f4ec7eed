"""What an entry becomes in the read tables: clocks, bounds, numbers, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.entries import Draft
from fullfile.core.errors import Refused
from fullfile.core.ids import DAY_MS, parse_when
from fullfile.server.store import load
from fullfile.server.store.projectors.scene import order_key, thousandths
from fullfile.server.store.tables import columns_of

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

HOUR = 3_600_000


def draft(kind: str, /, source: str = "rms", **data: Any) -> Draft:
    return Draft(f"{kind}.recorded", "Clerk", data, source=source)


def only(office: OpenOffice, table: str) -> dict[str, Any]:
    columns = columns_of(table)
    names = ", ".join(f'"{name}"' for name in columns)
    (row,) = office.rows(f"SELECT {names} FROM {table}")
    return dict(zip(columns, row, strict=True))


def day(text: str) -> int:
    return parse_when(text).first


def test_a_case_stands_on_its_own_clock_from_then_on(office: OpenOffice) -> None:
    docket = {"case_number": "1", "event": "order", "occurred_on": "2024-03-06T05:00:00+00:00"}
    office.append(draft("docket", **docket))
    office.append(
        draft("case", case_number="1", jurisdiction="us-nm", time_zone="America/New_York"),
        draft("docket", **docket),
    )
    office.append(draft("docket", **docket))
    firsts = [first for (first,) in office.rows("SELECT first FROM docket ORDER BY entry")]
    denver, new_york = day("2024-03-05") + 22 * HOUR, day("2024-03-06")
    assert firsts == [denver, new_york, new_york]


def test_an_item_stands_on_the_offices_clock(office: OpenOffice) -> None:
    office.append(
        draft(
            "item",
            agency=" Police ",
            tag="T-1",
            description="rounds",
            collected_at="2024-03",
            booked_at="2024-03-06T05:00:00+00:00",
            report_number="24-1",
            quantity="20 rounds",
            booked_by="P. Officer ",
            parent_tag="BOX",
        )
    )
    row = only(office, "items")
    assert row["held_first"] == day("2024-03-01")
    assert row["booked_first"] == day("2024-03-05") + 22 * HOUR
    assert (row["quantity"], row["booker_norm"]) == (20_000, "p. officer")
    keys = office.rows("SELECT item_id, norm, tag FROM item_key ORDER BY item_id")
    assert keys == [(row["item_id"], "t-1", "T-1"), (row["parent_id"], "box", "BOX")]
    assert office.rows("SELECT norm, name FROM agency_key") == [("police", "Police")]
    assert office.rows("SELECT number FROM report_key") == [("24-1",)]


def test_an_item_needs_a_date(office: OpenOffice) -> None:
    with pytest.raises(Refused, match="collected_at or booked_at"):
        office.append(draft("item", agency="Police", tag="T-1", description="x"))


def test_a_row_without_its_date_is_refused(office: OpenOffice) -> None:
    with pytest.raises(Refused, match="occurred_at"):
        office.append(draft("custody", agency="Police", tag="T-1", event="booked"))


def test_names_of_agencies_and_of_whose_hands_a_thing_was_in(office: OpenOffice) -> None:
    start = office.size
    office.append(
        draft("agency", agency="State Laboratory", also_called=["The LAB"], kind="laboratory"),
        draft(
            "custody",
            agency="Police",
            tag="T-1",
            event="transferred",
            occurred_at="2024-03-06",
            **{"from": "R. Lane", "to": " The lab"},
        ),
        draft("custody", agency="Police", tag="T-1", event="booked", occurred_at="2024"),
        draft("custody", agency="Police", tag="T-1", event="moved", occurred_at="2024", to="PD"),
    )
    names = office.rows("SELECT entry, part, to_index, name_norm FROM agency_names ORDER BY part")
    assert names == [(start, 0, None, "state laboratory"), (start, 1, None, "the lab")]
    rows = office.rows("SELECT entry, part, first, name_norm FROM custody_names ORDER BY 1, 2")
    assert rows == [
        (start + 1, 0, day("2024-03-06"), "r. lane"),
        (start + 1, 1, day("2024-03-06"), "the lab"),
        (start + 3, 0, day("2024"), "pd"),
    ]
    assert len(office.rows("SELECT DISTINCT item_id FROM custody_names")) == 1


def test_statuses_are_facts_of_the_day_they_were_recorded(office: OpenOffice) -> None:
    def status(word: str, source: str = "rms") -> Draft:
        data = {"agency": "Police", "tag": "T-1", "description": "x", "booked_at": "2024-03-06"}
        return draft("item", source, **data, status=word)

    for word in ("held", "lost", "held", "held", "released"):
        office.append(status(word))
    office.append(status("held", "other"), status("lost", "other"), status("held", "other"))
    rows = office.rows("SELECT status, was_lost FROM item_status ORDER BY entry")
    assert [(status, bool(lost)) for status, lost in rows] == [
        ("lost", False),
        ("held", True),
        ("held", False),
        ("released", False),
        ("lost", False),
        ("held", True),
    ]


def test_a_filing_without_a_date_counts_from_its_recording(office: OpenOffice) -> None:
    office.append(
        draft("filing", case_number="1", agency="Police", tag="T-1", confirmed_by="Ada Quill")
    )
    row = only(office, "filings")
    wall = office.now_ms - 6 * HOUR  # Denver, in summer
    assert row["filed_first"] == row["filed_last"] == row["confirmed_last"] == wall
    assert not row["set_aside"]
    assert row["confirmed_norm"] == "ada quill"


def test_a_set_aside_keeps_its_two_names(office: OpenOffice) -> None:
    office.append(
        draft(
            "filing",
            case_number="1",
            agency="Police",
            tag="T-1",
            filed_at="2024-03-06",
            filed_by="Ben Marsh",
            set_aside=True,
            reason="of no use",
            confirmed_at="2024-03",
        )
    )
    row = only(office, "filings")
    assert row["set_aside"]
    assert row["reasoned"]
    assert (row["by_norm"], row["confirmed_norm"]) == ("ben marsh", "")
    assert row["confirmed_last"] == day("2024-04-01") - 1


@pytest.mark.parametrize(
    ("data", "closed"),
    [
        ({"outcome": "not_taken", "outcome_by": "A", "outcome_confirmed_by": "B"}, True),
        ({"outcome": "not_taken", "outcome_by": "A", "outcome_confirmed_by": " a"}, False),
        ({"outcome": "not_taken", "outcome_by": "A"}, False),
        ({"outcome": "booked", "outcome_by": "A", "outcome_confirmed_by": "B"}, False),
    ],
)
def test_a_mention_is_closed_by_two_persons(
    office: OpenOffice, data: dict[str, str], closed: bool
) -> None:
    office.append(
        draft(
            "mention",
            agency="Police",
            report_number="24-1",
            description="a knife",
            mentioned_at="2024-03-06",
            booked_as="T-9",
            **data,
        )
    )
    row = only(office, "mentions")
    assert bool(row["closed"]) is closed
    assert row["case_id"] is None
    assert row["item_id"] == 1


@pytest.mark.parametrize(
    ("said", "about"),
    [("", True), ("Discovery", True), ("disclosure of reports", True), ("bail", False)],
)
def test_orders_about_disclosure(office: OpenOffice, said: str, about: bool) -> None:
    data = {"relates_to": said} if said else {}
    office.append(
        draft(
            "docket",
            case_number="1",
            event="order",
            occurred_on="2024-03-06",
            due_on="2024-03-20",
            **data,
        )
    )
    row = only(office, "docket")
    assert bool(row["about_disclosure"]) is about
    assert row["due_day"] == day("2024-03-20") // DAY_MS
    assert row["ord"] == (row["first"] // 1000 + 2_208_988_800) * 2**30 + row["entry"]


@pytest.mark.parametrize(("by", "lifted"), [({"lifted_by": "A"}, True), ({}, False)])
def test_a_hold_is_lifted_by_name(office: OpenOffice, by: dict[str, str], lifted: bool) -> None:
    office.append(
        draft(
            "hold",
            hold="H-1",
            placed_at="2024-03-06",
            by="B",
            reason="law",
            agency="Police",
            report_number="24-1",
            lifted_at="2024-04",
            **by,
        )
    )
    row = only(office, "holds")
    assert (row["lifted_last"] is not None) is lifted
    assert (row["case_id"], row["item_id"], row["report_id"]) == (None, None, 1)


def test_a_run_is_a_batch_of_one_command(office: OpenOffice) -> None:
    def run(**data: Any) -> Draft:
        told = {"source": "rms", "table": "agencies", "file": "a.csv", "sha256": "0", "rows": 1}
        return Draft("import.started", "Clerk", {**told, **data}, source="rms")

    (first,) = office.append(run())
    (second,) = office.append(run(batch=first))
    row = {"agency": "Police"}
    office.append(Draft("agency.recorded", "Clerk", row, source="rms", run=second, row=2))
    office.append(Draft("agency.recorded", "Clerk", row))
    assert office.rows("SELECT batch FROM runs ORDER BY entry") == [(first,), (first,)]
    assert office.rows("SELECT batch FROM agencies ORDER BY entry") == [(first,), (-1,)]
    assert office.rows("SELECT name FROM source_key ORDER BY source_id") == [("",), ("rms",)]


def test_names_for_the_import(office: OpenOffice) -> None:
    office.append(
        draft("agency", agency="Police", also_called=["PD", "Sheriff"]),
        draft("agency", agency="Sheriff", also_called=["SO", "pd"]),
        draft("case", case_number="24-CR-1 ", jurisdiction="us-nm"),
        draft("party", case_number="24-cr-1", name="Ada Quill", role="witness", party_id="7"),
        draft("docket", case_number="X-9", event="order", occurred_on="2024"),
        draft("item", agency="PD", tag="T-1", description="x", booked_at="2024"),
        draft("custody", agency="PD", tag="T-2", event="booked", occurred_at="2024"),
    )
    assert load.agencies() == {
        "police": "Police",
        "sheriff": "Sheriff",
        "pd": "Police",
        "so": "Sheriff",
    }
    assert load.cases() == {"24-cr-1": "24-CR-1"}
    assert load.cases(["24-CR-1", "X-9"]) == {"24-cr-1": "24-CR-1"}
    (party,) = load.parties(["24-CR-1", "none"])["24-cr-1"]
    assert (party.name, party.role, party.party_id, party.source) == (
        "Ada Quill",
        "witness",
        "7",
        "rms",
    )
    assert load.items_on_list([("PD", "t-1"), ("PD", "T-2"), ("None", "1")]) == {("pd", "t-1")}


def test_adopted_law_is_read_from_the_record(office: OpenOffice) -> None:
    adopted = load.list_adopted(office.size)
    assert {(each.kind, each.name) for each in adopted} >= {("pack", "us-nm")}
    packs, calendars = load.adopted_law(office.size)
    assert packs["us-nm"].digest == next(each.digest for each in adopted if each.name == "us-nm")
    assert calendars
    assert load.adopted_law(1) == ({}, {})


def test_a_law_that_is_shipped_no_more_is_read_from_what_was_kept(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.engines import packs as engine
    from fullfile.server.store import adoptions

    known = load.adopted_law(office.size)
    shipped = engine.shipped_folder()

    def none_shipped(home: Any = None, **options: Any) -> Any:
        return engine.load_packs(None, shipped=options.get("shipped", office.home / "none"))

    def no_calendar(home: Any = None, **options: Any) -> Any:
        return engine.load_calendars(None, shipped=options.get("shipped", office.home / "none"))

    monkeypatch.setattr(adoptions, "load_packs", none_shipped)
    monkeypatch.setattr(adoptions, "load_calendars", no_calendar)
    again = load.adopted_law(office.size)
    assert shipped.is_dir()
    assert {name: pack.digest for name, pack in again[0].items()} == {
        name: pack.digest for name, pack in known[0].items()
    }
    assert again[1].keys() == known[1].keys()


def test_far_dates_stay_within_64_bits() -> None:
    assert order_key(parse_when("9999-12-31").last, 2**30 - 1) < 2**63
    assert order_key(parse_when("0001-01-01").first, 0) >= -(2**63)
    assert thousandths("9" * 30) is None
    assert thousandths("a handful") is None
    assert thousandths(None) is None
