"""What bad input gets: one sentence with what to do, or the rejected file; the record as before."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from fullfile.core.errors import Refused, Unavailable
from tests.store.importing import ITEMS, Importer, write

HEADER = "agency,tag,description,booked_at\n"
ROW = "North,A-1,A knife,2024-01-02\n"


@pytest.fixture
def importer(office, tmp_path):
    return Importer(office, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("items.csv", b"", "items.csv is empty: export it again"),
        ("items.csv", b"Dear all, here is our list.\n", "is no table of items"),
        ("items.csv", b"%PDF-1.4 ...", "is no table but a PDF"),
        ("items.csv", b"agency,description,booked_at\n", "column “tag” of items is missing"),
        (
            "items.csv",
            (HEADER + "North,A-1," + "x" * 5_000_000 + ",2024\n").encode(),
            "row 2: a cell holds more",
        ),
        (
            "items.csv",
            HEADER.encode() + "Zoë,1,é,2024\n".encode() + b"\xe9,2,x,2024\n",
            "mixes encodings",
        ),
        ("items.xlsx", b"no zip", "is no workbook that can be read"),
        ("items.parquet", b"no parquet", "is no Parquet file"),
        ("items.jsonl", b"tag;notes\n", "no line of it is a JSON object"),
        ("items.pages", b"x", "is no table that can be read"),
    ],
)
def test_a_file_that_is_no_table(importer, tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    size = importer.office.size
    with pytest.raises(Refused) as refused:
        importer.files("items", path)
    assert sentence in str(refused.value)
    assert name in str(refused.value)
    assert importer.office.size == size


def test_a_file_that_is_not_there(importer, tmp_path):
    with pytest.raises(Unavailable, match="There is no file"):
        importer.files("items", tmp_path / "none.csv")


def test_a_zip_bomb(importer, tmp_path):
    path = tmp_path / "items.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(100 << 20))
    with pytest.raises(Refused, match="is refused unread"):
        importer.files("items", path)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b"North,A-2,a\0b,2024-01-02\n", "nul"),
        (b'North,A-2,"5" pipe",2024-01-02\n', "unreadable"),
        (b"North,A-2,knife,rope,2024-01-02\n", "cells"),
        (b"North,,knife,2024-01-02\n", "required"),
        (b"North,A-2,knife,02/01/2024\n", "unreadable"),
    ],
)
def test_a_bad_row_stops_all_or_goes_to_the_rejected_file(importer, tmp_path, bad, code):
    path = tmp_path / "items.csv"
    path.write_bytes(HEADER.encode() + ROW.encode() + bad)
    size = importer.office.size
    report = importer.files("items", path)
    assert [(problem.row, problem.code) for problem in report.problems] == [(3, code)]
    assert importer.office.size == size
    report = importer.files("items", path, skip_bad=True)
    assert report.total("new") == 1
    assert (tmp_path / "items.csv.rejected.csv").read_text().splitlines()[1].startswith("3,")


def test_a_formula_is_kept_as_text_and_leaves_harmless(importer, tmp_path):
    formula = '=HYPERLINK("http://x.invalid","y")'
    path = tmp_path / "items.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER.strip().split(","))
    book.active.append(["North", "A-1", formula, "2024-01-02"])
    book.active.append(["North", "", formula, "2024-01-02"])
    book.save(path)
    report = importer.files("items", path, skip_bad=True)
    (entry,) = importer.entries("item.recorded")
    assert entry.data["description"] == formula
    assert report.rejected == 1
    assert "\"'=HYPERLINK(" in (tmp_path / "items.xlsx.rejected.csv").read_text()


def test_an_export_of_thousands_of_bad_rows_is_told_without_reading_on(importer, tmp_path):
    path = write(tmp_path / "items.csv", [ITEMS[0] | {"tag": ""}] * 13_000)
    report = importer.files("items", path)
    assert 10_000 < len(report.problems) < 13_000
    assert any("the rest was not read" in note for note in report.notes)
