"""Every real export is read and profiled; the shipped mappings are carried out on theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullfile.core.errors import Refused
from fullfile.engines.importers import open_export, plan_feeds, profile, read_mapping, shape_rows

REAL = Path(__file__).resolve().parents[4] / "shared" / "realdata"
NOW = 1_800_000_000_000
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not REAL.is_dir(), reason="other people's exports are not beside this checkout"
    ),
]


def columns(name, mapping=None):
    found = profile(REAL / name, read_mapping(mapping) if mapping else None)
    return found, {column.name: column for column in found[0].columns}


def test_toronto():
    (found,), column = columns("toronto_bicycle_thefts_2014_2017.csv")
    assert (found.described, found.rows, found.unreadable) == ("UTF-8 with BOM, comma", 14_280, 0)
    assert found.columns[0].name == "X"
    assert sum(one.padded for one in found.columns) == 32_114
    assert column["event_unique_id"].distinct == 13_111
    assert (column["Occurrence_Date"].looks_like, column["Occurrence_Date"].date_format) == (
        "date",
        "%Y.%m.%d",
    )


def test_toronto_recovered_bicycles_are_items():
    mapping = read_mapping("toronto-bicycles.toml")
    (export,) = open_export(REAL / "toronto_bicycle_thefts_2014_2017.csv", mapping.layout)
    chunks = list(shape_rows(export, plan_feeds(export, "items", mapping, now_ms=NOW)))
    rows = [row for chunk in chunks for row in chunk.rows]
    assert not [problem for chunk in chunks for problem in chunk.problems]
    assert len(rows) == 182
    assert sum(chunk.left_out for chunk in chunks) == 14_098
    assert len({data["tag"] for _, _, data, _ in rows}) == 182
    number, _, data, more = rows[0]
    assert number == 282
    assert data["description"] == "Bicycle BLK TREK SOHO S"
    assert data["collected_at"] == "2014-01-01/2018-12-31"
    assert more["Occurrence_Date"] == "2014.01.01"


@pytest.mark.parametrize(("number", "rows"), [(1, 46), (2, 131), (3, 75)])
def test_denver(number, rows):
    (found,), column = columns(f"denver_incidents_{number}.csv", "denver-incidents.toml")
    assert found.rows == rows
    assert column["OFFENSE_ID"].long_ids > 0
    assert all("E+" not in value for value in column["OFFENSE_ID"].sample)
    assert column["REPORTED_DATE"].date_format == "%m/%d/%Y %I:%M:%S %p"
    assert column["LAST_OCCURRENCE_DATE"].filled < rows


def test_denver_codes():
    (found,), _ = columns("denver_offense_codes.csv")
    assert found.rows == 299


def test_denver_codes_join_on_two_columns(tmp_path):
    """Incidents are no items; as if each were a mention, the join and the dates are carried out."""
    text = (REAL / "denver_incidents_1.csv").read_text()
    (tmp_path / "denver_incidents_1.csv").write_text(text)
    (tmp_path / "denver_offense_codes.csv").write_text(
        (REAL / "denver_offense_codes.csv").read_text()
    )
    (tmp_path / "map.toml").write_text(
        'dates = ["%m/%d/%Y %I:%M:%S %p"]\n'
        '[codes.offense]\nfile = "denver_offense_codes.csv"\non = ["OFFENSE_CODE", "OFFENSE_CODE_EXTENSION"]\n'
        '[tables.mentions.columns]\nagency = "Denver Police"\nreport_number = "{INCIDENT_ID}"\n'
        'description = "{offense.OFFENSE_TYPE_NAME}"\nmentioned_at = "{REPORTED_DATE}"\ndocument = "{OFFENSE_ID}"\n'
    )
    mapping = read_mapping(tmp_path / "map.toml")
    (export,) = open_export(tmp_path / "denver_incidents_1.csv", mapping.layout)
    (chunk,) = shape_rows(export, plan_feeds(export, None, mapping, now_ms=NOW))
    assert len(chunk.rows) + len({problem.row for _, problem in chunk.problems}) == 46
    data = chunk.rows[0][2]
    assert data["document"] == "2016376978521300"
    assert data["mentioned_at"] == "2016-06-15T23:31:00"
    assert data["description"][0].isupper()


def test_dhs_report_with_its_mapping_gives_what_a_person_made_of_it():
    found, column = columns("dhs_seizures_2014_2018_raw.xlsx", "dhs-seizures-report.toml")
    assert [one.name.rpartition("sheet ")[2] for one in found] == [
        f"FY {year}" for year in range(2014, 2019)
    ]
    (parsed,), _ = columns("dhs_seizures_2014_2018_parsed.csv")
    assert sum(one.rows for one in found) == parsed.rows == 1_009
    assert column["PROPERTY CATEGORY"].filled == found[0].rows


def test_dhs_report_without_a_mapping_shows_where_the_header_stands():
    found, _ = columns("dhs_seizures_2014_2018_raw.xlsx")
    assert [one.header_guess for one in found] == [6] * 5


def test_dhs_rows_equal_the_parsed_file():
    mapping = read_mapping("dhs-seizures-report.toml")
    ours = [
        (row[0].strip(), row[1].strip(), *(f"{float(cell or 0):.2f}" for cell in row[2:7]))
        for export in open_export(REAL / "dhs_seizures_2014_2018_raw.xlsx", mapping.layout)
        for chunk in export.chunks()
        for row in chunk.rows
        if row
    ]
    (export,) = open_export(REAL / "dhs_seizures_2014_2018_parsed.csv")
    theirs = [
        (row[1].strip(), row[2].strip(), *(f"{float(cell):.2f}" for cell in row[3:8]))
        for chunk in export.chunks()
        for row in chunk.rows
        if row
    ]
    assert sorted(ours) == sorted(theirs)


@pytest.mark.parametrize(
    ("name", "mapping"),
    [
        ("dhs_seizures_2014_2018_raw.xlsx", "dhs-seizures-report.toml"),
        ("denver_incidents_1.csv", "denver-incidents.toml"),
    ],
)
def test_sources_without_items_or_cases_say_so(name, mapping):
    found = read_mapping(mapping)
    export = open_export(REAL / name, found.layout)[0]
    with pytest.raises(Refused, match="feeds no import table"):
        plan_feeds(export, None, found, now_ms=NOW)
