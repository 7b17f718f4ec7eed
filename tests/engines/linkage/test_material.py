"""What is read from the record, on both databases: what is settled, days, contents, accounts, erased bodies."""

from __future__ import annotations

import json

import duckdb

from fullfile.engines.linkage.material import LONGEST, Wanted, load_material
from fullfile.server.actions.office import erase
from tests.engines.linkage.making import case, item, party, said
from tests.store.importing import Importer

TABLES = (
    *("item", "court", "person", "bears", "settled", "numbered", "asked", "mention"),
    *("relation", "report"),
)


def tags(read: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    rows = read.sql(f"SELECT DISTINCT i.tag FROM {table} JOIN item i USING (item_id)").fetchall()
    return {tag for (tag,) in rows}


def days(read: duckdb.DuckDBPyConnection, tag: str) -> tuple[str, str]:
    """The day of an item and the day from which it is known, as dates."""
    (found,) = read.execute(
        "SELECT DATE '1970-01-01' + day, DATE '1970-01-01' + known FROM item WHERE tag = $1", [tag]
    ).fetchall()
    return str(found[0])[:10], str(found[1])[:10]


def test_an_empty_record_gives_empty_tables(both):
    read = both.material()
    assert [said(read, f"SELECT count(*) FROM {table}") for table in TABLES] == [0] * len(TABLES)


def test_what_is_settled_bears_and_is_numbered(both):
    both.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-001"), case("CR-2")],
        parties=[party("CR-1", "Ada Quill", "defendant")],
        items=[
            item("A-1", report_number="24-001"),
            item("A-2", report_number="24-999"),
            item("A-3"),
            item("A-4"),
            item("A-5"),
            item("A-6"),
            item("A-7"),
        ],
        filings=[{"case_number": "CR-2", "agency": "Mesa PD", "tag": "A-3"}],
        disclosures=[
            {
                "case_number": "CR-1",
                "defendant": "Ada Quill",
                "agency": "Mesa PD",
                "tag": "A-4",
                "disclosed_at": "2024-04-01",
            }
        ],
        links=[
            {
                "agency": "Mesa PD",
                "tag": tag,
                "case_number": "CR-1",
                "decision": decision,
                "by": "Bo Roe",
                "decided_at": "2024-05-01",
            }
            for tag, decision in (("A-5", "accept"), ("A-6", "reject"))
        ],
    )
    read = both.material()
    assert tags(read, "bears") == {"A-1", "A-3", "A-4", "A-5"}
    assert tags(read, "settled") == {"A-1", "A-3", "A-5"}
    assert tags(read, "numbered") == {"A-1"}


def test_contents_go_with_their_container(both):
    both.add(
        cases=[case("CR-1")],
        items=[
            item("Box"),
            item("Bag", parent_agency="Mesa PD", parent_tag="Box"),
            item("Coin", parent_agency="Mesa PD", parent_tag="Bag"),
            item("Stamp", parent_agency="Mesa PD", parent_tag="Coin"),
            item("Loose"),
        ],
        filings=[{"case_number": "CR-1", "agency": "Mesa PD", "tag": "Box"}],
    )
    read = both.material()
    assert tags(read, "bears") == tags(read, "settled") == {"Box", "Bag", "Coin", "Stamp"}


def test_a_box_inside_itself_comes_to_an_end(both):
    both.add(
        items=[
            item("Box", parent_agency="Mesa PD", parent_tag="Bag"),
            item("Bag", parent_agency="Mesa PD", parent_tag="Box"),
        ],
    )
    assert tags(both.material(), "settled") == set()


def test_a_correction_replaces_and_a_second_account_adds(both):
    both.add(items=[item("A-1", "A brass lantern")], cases=[case("CR-1", title="First title")])
    before = both.size
    both.add(items=[item("A-1", "A copper kettle")], cases=[case("CR-1", title="Second title")])
    both.importer.table("items", [item("A-1", "Seen as a teapot")], source="lab")
    read = both.material()
    words = said(read, "SELECT words FROM item")
    assert "kettle" in words
    assert "teapot" in words
    assert "lantern" not in words
    assert said(read, "SELECT words FROM court").strip() == "Second title"
    assert said(read, "SELECT count(*) FROM item") == 1
    read = both.material(before)
    assert "lantern" in said(read, "SELECT words FROM item")
    assert "kettle" not in said(read, "SELECT words FROM item")


def test_two_accounts_read_the_same_whatever_the_order(both):
    both.add(items=[item("A-1", "zinc bucket", kind="object")])
    both.importer.table("items", [item("A-1", "amber beads", kind="document")], source="lab")
    read = both.material()
    assert said(read, "SELECT words FROM item").split() == ["amber", "beads", "zinc", "bucket"]
    assert said(read, "SELECT kind FROM item") == "document"


DATES = {
    # as collected: the day of the item, and from which day it is known
    "2024-03-06": ("2024-03-06", "2024-03-06"),
    "2024-03": ("2024-03-01", "2024-03-31"),
    "2024": ("2024-01-01", "2024-12-31"),
    "2024-02/2024-03-06": ("2024-02-01", "2024-03-06"),
    "2024-02-03/2024-02": ("2024-02-03", "2024-02-29"),
    "2024-03-06T22:30:00-07:00": ("2024-03-06", "2024-03-06"),
    "2024-03-06T10:00:00-07:00": ("2024-03-06", "2024-03-06"),
}


def test_a_partial_date_is_known_from_its_last_moment(both):
    both.add(
        items=[
            *({**item(said), "booked_at": "", "collected_at": said} for said in DATES),
            {**item("before"), "booked_at": "", "collected_at": "before 2024-07-09"},
            {**item("earlier"), "booked_at": "2024-03-09", "collected_at": "2024"},
        ]
    )
    read = both.material()
    assert {said: days(read, said) for said in DATES} == DATES
    assert days(read, "before")[1] == "2024-07-08"
    # Of two dates the earlier counts: nobody needs to wait for the end of the year.
    assert days(read, "earlier") == ("2024-01-01", "2024-03-09")


def test_an_erased_body_leaves_its_numbers(both):
    both.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-001", title="Ada Quill's case")],
        items=[item("A-1", "A brass lantern", report_number="24-001", collected_from="Ada Quill")],
    )
    for kind in ("item.recorded", "case.recorded"):
        for entry in Importer.entries(kind):
            erase(entry.index, "Order of 1 May", "Clerk", now_ms=both.importer.office.now_ms + 1000)
            both.importer.office.now_ms += 2000
    read = both.material()
    assert tags(read, "settled") == {"A-1"}
    assert said(read, "SELECT words || place || marks || number || about FROM item").strip() == ""
    assert said(read, "SELECT words FROM court").strip() == ""
    assert said(read, "SELECT count(*) FROM person") == 0


def test_persons_stand_with_their_roles(both):
    both.add(
        cases=[case("CR-1")],
        parties=[
            party("CR-1", "Ada Quill", "defendant", date_of_birth="1980-01-02", phone="555-0142")
        ],
        items=[
            item(
                "A-1",
                collected_from="Cy Voe",
                collected_by="Ofc. J. Marrow",
                booked_by="T. Clerk",
                persons="Bo Roe|owner;Dee Loe|witness;Kay Marsh|officer",
            )
        ],
    )
    read = both.material()
    rows = read.sql("SELECT side, name, role, officer FROM person ORDER BY ALL").fetchall()
    assert rows == [
        ("case", "Ada Quill", "defendant", False),
        ("item", "Bo Roe", "giver", False),
        ("item", "Cy Voe", "giver", False),
        ("item", "Dee Loe", "named", False),
        ("item", "Kay Marsh", "named", True),
        ("item", "Ofc. J. Marrow", "staff", True),
        ("item", "T. Clerk", "clerk", True),
    ]


def test_many_persons_of_one_item_are_read(both):
    everyone = ";".join(f"Person{chr(97 + n % 26)} Family{n}|witness" for n in range(400))
    both.add(items=[item("A-1", persons=everyone)])
    assert len(json.dumps(everyone)) > LONGEST
    assert 100 <= said(both.material(), "SELECT count(*) FROM person") <= 400


def test_open_requests_and_mentions_that_nobody_booked(both):
    asked = {"case_number": "CR-1", "defendant": "Ada Quill", "requested_at": "2024-04-01"}
    told = {
        "agency": "Mesa PD",
        "report_number": "24-001",
        "mentioned_at": "2024-03-06",
        "document": "Report 1",
    }
    both.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-001")],
        parties=[party("CR-1", "Ada Quill", "defendant")],
        items=[item("A-1")],
        requests=[
            {**asked, "asks_for": "The dashcam footage"},
            {**asked, "asks_for": "The lab notes", "replied_at": "2024-05-01", "reply": "sent"},
        ],
        mentions=[
            {**told, "description": "a brass lantern"},
            {
                **told,
                "description": "a copper kettle",
                "booked_agency": "Mesa PD",
                "booked_as": "A-1",
            },
        ],
    )
    read = both.material()
    assert said(read, "SELECT words FROM asked").strip() == "The dashcam footage"
    assert said(read, "SELECT words FROM mention") == "a brass lantern"
    assert tags(read, "bears") == {"A-1"}


def test_linked_cases_are_linked_both_ways(both):
    both.add(cases=[case("CR-1"), case("CR-2", related_cases="CR-1|co_defendant")])
    assert said(both.material(), "SELECT count(*) FROM relation") == 2


def test_a_column_that_is_empty_for_long_may_still_hold_words(both):
    """SQLite has no types of its own: the first rows do not decide what a column holds."""
    many = [item(f"B-{n}") for n in range(1_500)]
    both.add(items=[*many, item("A-1", "A letter", kind="document", report_number="24-7")])
    read = both.material()
    assert said(read, "SELECT kind FROM item WHERE tag = 'A-1'") == "document"
    assert said(read, "SELECT count(*) FROM item WHERE number = ''") == 1_500


def test_a_part_of_the_record_reads_as_the_whole_does(both):
    both.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-001"), case("CR-2", title="Another")],
        parties=[party("CR-1", "Ada Quill"), party("CR-2", "Bo Roe")],
        items=[item("A-1", report_number="24-001"), item("A-2", "Another thing")],
    )
    whole = both.material()
    mine = both.number_of("A-1")
    first = said(whole, "SELECT case_id FROM court WHERE number = 'CR-1'")
    rows = {
        "item": whole.sql(f"SELECT * FROM item WHERE item_id = {mine}").fetchall(),
        "court": whole.sql(f"SELECT * FROM court WHERE case_id = {first}").fetchall(),
        "settled": whole.sql("SELECT * FROM settled").fetchall(),
        "report": whole.sql("SELECT * FROM report").fetchall(),
    }
    part = duckdb.connect()
    wanted = Wanted(both.size, items=frozenset({mine}), cases=frozenset({first}))
    load_material(part, both.database, wanted)
    for table, expected in rows.items():
        assert part.sql(f"SELECT * FROM {table}").fetchall() == expected
    part.close()
