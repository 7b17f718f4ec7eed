"""Mapping files: what they can say, and how a mistake in one is told."""

from __future__ import annotations

import pytest

from fullfile.core.errors import NotFound, Refused
from fullfile.engines.importers import (
    list_shipped,
    open_export,
    plan_feeds,
    read_mapping,
    shape_rows,
)

NOW = 1_800_000_000_000

INVENTORY = """
system = "A records system"
dates = ["%m/%d/%Y %I:%M:%S %p", "%Y.%m.%d"]
midnight_is_day = true
empty = ["N/A", "unknown"]

[file]
header = 3
skip = ["^Subtotal"]
fill_down = ["Dept"]

[codes.kind]
file = "codes.csv"
on = { Code = "CODE", Ext = "EXT" }

[tables.items]
except = { Status = ["VOID"] }

[tables.items.columns]
agency = "{Dept}"
tag = "{InventNumb}-{InvItemNumb}"
description = { join = ["{kind.NAME}", "{Desc}"], with = ": " }
booked_at = "{Booked}"
status = { from = "{Status}", translate = { "IN" = "held", "OUT" = "checked_out" }, otherwise = "refuse" }
storage_location = { from = "{Shelf}", default = "front desk" }
category = "{{evidence}}"

[tables.custody]
filled = ["OutAt"]

[tables.custody.columns]
agency = "{Dept}"
tag = "{InventNumb}-{InvItemNumb}"
event = "checked_out"
occurred_at = "{OutAt}"
"""
ROWS = (
    "Inventory of the day\n"
    "\n"
    "Dept,InventNumb,InvItemNumb,Code,Ext,Desc,Booked,Status,Shelf,OutAt,Officer\n"
    "North,9001,1,77,0,black,1/2/2024 12:00:00 AM,in,A-1,,Poe\n"
    ",9001,2,77,1,,2024.01.03,OUT,N/A,1/4/2024 3:05:00 PM,Roe\n"
    "Subtotal,2,,,,,,,,,\n"
    ",9001,3,88,0,knife,2024-01-05,VOID,A-2,,\n"
    ",9001,4,88,0,knife,2024-01-05,LOST?,A-2,,\n"
    ",9001,,77,0,rope,2024-01-05,in,A-2,,\n"
    ",9001,6,88,0,tape,2024-01-05,in,A-2,,\n"
)
CODES = "CODE,EXT,NAME\n77,0,Firearm\n77,1,Ammunition\n"


def run(tmp_path, text=INVENTORY, rows=ROWS, codes=CODES):
    (tmp_path / "map.toml").write_text(text)
    (tmp_path / "list.csv").write_text(rows)
    (tmp_path / "codes.csv").write_text(codes)
    mapping = read_mapping(tmp_path / "map.toml")
    (export,) = open_export(tmp_path / "list.csv", mapping.layout)
    feeds = plan_feeds(export, None, mapping, now_ms=NOW)
    (chunk,) = shape_rows(export, feeds)
    return mapping, feeds, chunk


def test_one_row_feeds_several_tables(tmp_path):
    mapping, feeds, chunk = run(tmp_path)
    assert [feed.table.name for feed in feeds] == ["items", "custody"]
    assert mapping.digest.startswith("sha256:")
    found = {(number, feeds[place].table.name): data for number, place, data, _ in chunk.rows}
    assert found[4, "items"] == {
        "agency": "North",
        "tag": "9001-1",
        "description": "Firearm: black",
        "booked_at": "2024-01-02",
        "status": "held",
        "storage_location": "A-1",
        "category": "{evidence}",
    }
    assert found[5, "items"]["description"] == "Ammunition"
    assert found[5, "items"]["booked_at"] == "2024-01-03"
    assert found[5, "items"]["storage_location"] == "front desk"
    assert found[5, "custody"] == {
        "agency": "North",
        "tag": "9001-2",
        "event": "checked_out",
        "occurred_at": "2024-01-04T15:05:00",
    }
    assert set(found) == {(4, "items"), (5, "items"), (5, "custody"), (10, "items")}


def test_what_a_mapping_changes_or_leaves_is_kept_as_written(tmp_path):
    _, _, chunk = run(tmp_path)
    more = {(number, place): more for number, place, _, more in chunk.rows}
    assert more[4, 0]["Officer"] == "Poe"
    assert more[4, 0]["Status"] == "in"
    assert more[4, 0]["Code"] == "77"


def test_refused_left_out_and_noticed(tmp_path):
    _, _, chunk = run(tmp_path)
    assert [(problem.row, problem.column) for _, problem in chunk.problems] == [
        (8, "status"),
        (9, "tag"),
    ]
    assert "has no translation" in chunk.problems[0][1].text
    assert chunk.left_out == 1
    assert chunk.read == 6
    notices = [(notice.row, notice.code) for _, notice in chunk.notices]
    assert (10, "code_unknown") in notices


def test_a_date_that_is_none_names_row_and_column(tmp_path):
    _, _, chunk = run(tmp_path, rows=ROWS.replace("1/2/2024 12:00:00 AM", "13/2/2024 12:00:00 AM"))
    (problem,) = [problem for _, problem in chunk.problems if problem.row == 4]
    assert problem.column == "booked_at"
    assert "is no date" in problem.text


def test_a_code_twice_with_other_words_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"codes\.csv, row 4: the code 77, 0 stands twice"):
        run(tmp_path, codes=CODES + "77,0,Rifle\n")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('system = "A', "system = A", "is no TOML"),
        ("header = 3", 'header = "three"', "`file.header` must be the number of the header's row"),
        ("header = 3", "heading = 3", "`file.heading` must be one of"),
        ("skip = [", "skip = ['(', ", "`file.skip` must be a pattern"),
        ("[tables.items]", "[tables.things]", "`tables.things` must be an import table"),
        ('tag = "{InventNumb}-{InvItemNumb}"\ndesc', "desc", "gives tag too"),
        (
            'category = "{{evidence}}"',
            'colour = "x"',
            "`tables.items.columns.colour` must be a column of items",
        ),
        ('category = "{{evidence}}"', 'category = "{Desc"', "each { has its }"),
        ('category = "{{evidence}}"', "category = 7", "must be a table"),
        ('category = "{{evidence}}"', 'category = { join = "x" }', "must be a list of texts"),
        ('category = "{{evidence}}"', "category = { }", "with `from`"),
        ('otherwise = "refuse"', 'otherwise = "shrug"', "keep, empty or refuse"),
        ('"%Y.%m.%d"]', '"%Q"]', "`dates` must be a date format"),
        ('file = "codes.csv"', 'file = "../codes.csv"', "the name of a file in the folder"),
        ('file = "codes.csv"', 'file = "words.csv"', "code table words.csv must lie beside it"),
        ("{kind.NAME}", "{kind.TITLE}", "codes.csv has no column “TITLE”"),
        (
            '"{Desc}"]',
            '"{Description}"]',
            "no column “Description”, which the mapping names; the nearest is “Desc”",
        ),
        ("midnight_is_day = true", "midnight_is_day = 1", "true or false"),
        ("Code = ", "Kode = ", "no column “Kode”"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path, old, new, sentence):
    assert old in INVENTORY
    with pytest.raises(Refused) as refused:
        run(tmp_path, text=INVENTORY.replace(old, new))
    assert sentence in str(refused.value)


def test_a_mapping_feeds_a_table_or_says_why_not(tmp_path):
    with pytest.raises(Refused, match="no_tables"):
        run(tmp_path, text='system = "x"')
    mapping = read_mapping("denver-incidents.toml")
    (tmp_path / "list.csv").write_text("INCIDENT_ID\n1\n")
    (export,) = open_export(tmp_path / "list.csv", mapping.layout)
    with pytest.raises(Refused, match="feeds no import table: an incident is"):
        plan_feeds(export, None, mapping, now_ms=NOW)


def test_shipped_mappings_are_named_where_one_is_not_there(tmp_path):
    assert "toronto-bicycles.toml" in list_shipped()
    with pytest.raises(NotFound, match=r"toronto-bicycles\.toml"):
        read_mapping(tmp_path / "none.toml")


HEADER = "agency,tag,description,booked_at\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "agency,tagg,description,booked_at\n",
            "column “tag” of items is missing; the nearest is “tagg”",
        ),
        ("agency,description,booked_at\n", "column “tag” of items is missing; add it"),
        ("agency,tag,description,when\n", "column “collected_at or booked_at” of items is missing"),
        ("Evidence room\n\n" + HEADER, "seems to stand in row 3, not in row 1"),
        ("Dear all,\nhere is the list.\n", "is no table of items"),
        ("agency,tag,description,booked_at,Tag\n", "the column “tag” stands twice"),
    ],
)
def test_a_header_that_does_not_fit_is_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "items.csv"
    path.write_text(content)
    (export,) = open_export(path)
    with pytest.raises(Refused) as refused:
        plan_feeds(export, "items", None, now_ms=NOW)
    assert sentence in str(refused.value)
    assert "items.csv" in str(refused.value)


def test_headers_compare_without_case_blanks_and_hyphens(tmp_path):
    path = tmp_path / "items.csv"
    path.write_text(
        " Agency ,TAG,Description,Booked At,Shelf,Shelf\nNorth,A-1,Knife,2024-01-01,7,8\n"
    )
    (export,) = open_export(path)
    (chunk,) = shape_rows(export, plan_feeds(export, "items", None, now_ms=NOW))
    assert chunk.rows[0][2] == {
        "agency": "North", "tag": "A-1", "description": "Knife", "booked_at": "2024-01-01",
    }  # fmt: skip
    assert chunk.rows[0][3] == {"Shelf": "7", "Shelf (6)": "8"}
