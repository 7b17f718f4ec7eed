"""The examples are sound as data: columns, dates, keys and names, read with nothing but `csv`.

What the match makes of them is tested elsewhere; here a slip in a table is
found with its file and row before any import runs.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fullfile.core.entries.fields import Kind
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.entries.tables import TABLES
from fullfile.core.ids import key, parse_when

EXAMPLES = Path(__file__).parents[2] / "examples"
BALDWIN = EXAMPLES / "state-v-baldwin"
SECOND = BALDWIN / "second-accounts"
OFFICE = EXAMPLES / "first-office"
SYSTEMS = [OFFICE / name for name in ("property-room", "case-system", "discovery-log", "court")]
DIRECTORIES = [BALDWIN, SECOND, *SYSTEMS]
# What an office exports in its own clothes lies beside the tables; its mapping reads it.
EXPORT = OFFICE / "exports" / "property-room.csv"

R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"
ROUNDS = ("Sheriff", "DOC-001")
NEVER_BOOKED = ("Mesa Alta Police", "25-0388-10")
NAMED = {"Baldwin", "Gutierrez-Reed"}
ROLE = re.compile(r"(SUB|SUP|TECH|LT|DET|FORMER-DET|PROS-1|PROS-2|DC-1|DC-2|JUDGE)\Z")
NO_PERSON = {"State", "counsel in the civil suit", "DET; PROS-1 and other witnesses"}

Row = dict[str, str]


def rows(directory: Path, table: str) -> list[Row]:
    path = directory / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def tables(directory: Path) -> Iterator[tuple[str, list[Row]]]:
    for path in sorted(directory.glob("*.csv")):
        yield path.stem, rows(directory, path.stem)


def cells(directory: Path, kind: Kind) -> Iterator[tuple[str, str]]:
    """Every filled cell of a kind, with the words that find it again."""
    for name, lines in tables(directory):
        for number, row in enumerate(lines, 2):
            for column in TABLES[name].columns:
                if column.kind is kind and row.get(column.name):
                    yield f"{name}.csv row {number}, {column.name}", row[column.name]


@pytest.fixture(params=DIRECTORIES, ids=lambda path: path.name)
def directory(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_files_are_import_tables_with_rows(directory):
    found = dict(tables(directory))
    assert found
    assert set(found) <= set(TABLES)
    assert all(found.values())


def test_every_row_has_as_many_cells_as_the_header(directory):
    for name, lines in tables(directory):
        for number, row in enumerate(lines, 2):
            assert None not in row, f"{name}.csv row {number}: too many cells"
            assert None not in row.values(), f"{name}.csv row {number}: too few cells"


def test_required_columns_are_filled(directory):
    for name, lines in tables(directory):
        table = TABLES[name]
        for number, row in enumerate(lines, 2):
            where = f"{name}.csv row {number}"
            assert all(row[column] for column in table.required), where
            for group in table.one_of:
                assert any(row.get(column) for column in group), where


def test_dates_parse(directory):
    dates = list(cells(directory, Kind.WHEN))
    assert dates
    for where, text in dates:
        assert parse_when(text).first <= parse_when(text).last, where


def test_words_are_on_their_lists(directory):
    for name, lines in tables(directory):
        lists = {column.name: column.words for column in TABLES[name].columns if column.words}
        if name == "docket":
            lists["event"] = DOCKET_EVENTS
        for number, row in enumerate(lines, 2):
            for column, words in lists.items():
                text = row.get(column, "")
                assert not text or text in words, f"{name}.csv row {number}: {column} {text}"
    assert all(text in {"yes", "no"} for _, text in cells(directory, Kind.YES_NO))


def test_keys_are_unique_in_a_file(directory):
    for name, lines in tables(directory):
        table = TABLES[name]
        keys = Counter(
            (row.get("row_id") and ("row_id", row["row_id"]))
            or tuple(key(row.get(column) or "") for column in table.key_columns)
            for row in lines
        )
        assert [found for found, times in keys.items() if times > 1] == [], name


@pytest.mark.parametrize("together", [[BALDWIN, SECOND], SYSTEMS], ids=["baldwin", "first-office"])
def test_every_case_agency_and_defendant_named_exists(together):
    def of(table: str) -> list[Row]:
        return [row for directory in together for row in rows(directory, table)]

    cases = {row["case_number"] for row in of("cases")}
    agencies = {row["agency"] for row in of("agencies")}
    items = {(row["agency"], row["tag"]) for row in of("items")} | {NEVER_BOOKED}
    defendants = {
        (row["case_number"], row["name"]) for row in of("parties") if row["role"] == "defendant"
    }
    assert cases
    assert agencies
    for name, lines in (pair for directory in together for pair in tables(directory)):
        for number, row in enumerate(lines, 2):
            where = f"{name}.csv row {number}"
            assert not row.get("case_number") or row["case_number"] in cases, where
            assert not row.get("agency") or row["agency"] in agencies, where
            if row.get("tag"):
                assert (row["agency"], row["tag"]) in items, where
            if row.get("defendant"):
                assert (row["case_number"], row["defendant"]) in defendants, where
    for row in of("cases"):
        for text in filter(None, row["report_numbers"].split(";")):
            assert text.split(":")[0] in agencies
        for text in filter(None, row.get("related_cases", "").split(";")):
            assert text.split("|")[0] in cases


def test_only_the_two_defendants_are_named():
    for directory in (BALDWIN, SECOND):
        agencies = {row["agency"] for row in rows(BALDWIN, "agencies")}
        allowed = NAMED | NO_PERSON | agencies
        for where, text in cells(directory, Kind.NAME):
            assert text in allowed or ROLE.match(text), f"{where}: {text}"
        for row in rows(directory, "items"):
            for person in filter(None, row.get("persons", "").split(";")):
                assert ROLE.match(person.split("|")[0]), person
    parties = rows(BALDWIN, "parties")
    assert {row["name"] for row in parties if row["role"] == "defendant"} == NAMED


def test_every_row_of_the_worked_example_says_how_sure_it_is():
    for directory in (BALDWIN, SECOND):
        for name, lines in tables(directory):
            for number, row in enumerate(lines, 2):
                where = f"{name}.csv row {number}"
                assert row["confidence"] in set("ABCM"), where
                assert row["reported_by"] in {
                    "press coverage",
                    "testimony",
                    "court file",
                    "invented",
                }, where
                if row["reported_by"] == "invented":
                    assert row["confidence"] == "M", where
                    assert "invented" in row["note"], where


def test_a_second_account_has_a_first_one_under_the_same_key():
    for name, lines in tables(SECOND):
        columns = ["row_id"] if "row_id" in lines[0] else list(TABLES[name].key_columns)
        first = [[row[column] for column in columns] for row in rows(BALDWIN, name)]
        for row in lines:
            assert [row[column] for column in columns] in first, name


def test_nothing_makes_the_rounds_bear_on_a_case_before_the_view_of_march():
    def about_rounds(table: str) -> list[Row]:
        return [row for row in rows(BALDWIN, table) if (row["agency"], row["tag"]) == ROUNDS]

    (booked,) = about_rounds("items")
    listed = {
        text for row in rows(BALDWIN, "cases") for text in row["report_numbers"].split(";") if text
    }
    assert f"{booked['agency']}:{booked['report_number']}" not in listed
    assert not booked.get("parent_tag")
    assert not booked.get("same_as")
    assert about_rounds("filings") == []
    for table in ("links", "mentions", "withholdings"):
        assert rows(BALDWIN, table) == []
    assert [row for row in rows(BALDWIN, "knowledge") if row.get("case_number")] == []
    (view,) = about_rounds("determinations")
    assert (view["case_number"], view["made_at"], view["by"]) == (R, "2024-03", "PROS-1")
    (handed,) = about_rounds("disclosures")
    assert (handed["case_number"], handed["disclosed_at"]) == (R, "2024-07-12")


def test_the_facts_that_the_expected_lines_rest_on():
    docket = {
        (row["case_number"], row["event"]): row["occurred_on"] for row in rows(BALDWIN, "docket")
    }
    assert docket[R, "waiver_of_arraignment"] == "2024-01-31"
    assert docket[R, "dismissed_with_prejudice"] == "2024-07-12"
    assert docket[R2, "convicted"] == "2024-03-06"
    assert (R2, "arraignment") not in docket
    # It would re-open the criminal case; the civil suit's return is told in other words.
    assert (R, "reinstated") not in docket
    held = [row for row in rows(BALDWIN, "items") if row["tag"] == "DOC-001"]
    held += [row for row in rows(BALDWIN, "custody") if row["event"] in {"collected", "booked"}]
    days = {row.get("occurred_at") or row.get("booked_at") for row in held}
    assert days == {"2024-03-06"}


def test_the_property_rooms_export_and_its_table_say_the_same():
    kinds = {
        "OBJ": "object",
        "AV": "recording",
        "DIG": "data",
        "STM": "statement",
        "DOC": "document",
    }
    lines = EXPORT.read_text(encoding="utf-8").splitlines()[2:]
    exported = [
        {
            "agency": "Mesa Alta Police",
            "tag": f"{row['IncidentNo']}-{row['ItemNo']}",
            "description": row["Article"],
            "booked_at": "{2}-{0}-{1}".format(*row["RcvdDt"].split("/")),
            "report_number": row["IncidentNo"],
            "kind": kinds[row["Type"]],
            "booked_by": row["RcvdBy"],
            "storage_location": row["Bin"],
        }
        for row in csv.DictReader(lines, strict=True)
    ]
    assert exported == rows(OFFICE / "property-room", "items")


def test_the_first_office_has_one_exhibit_that_nobody_booked():
    booked = {(row["agency"], row["tag"]) for path in SYSTEMS for row in rows(path, "items")}
    filed = {(row["agency"], row["tag"]) for row in rows(OFFICE / "case-system", "filings")}
    assert filed - booked == {NEVER_BOOKED}
