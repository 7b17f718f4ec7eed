"""XLSX: dates, ids of any length, formulas as text, and workbooks that are traps."""

from __future__ import annotations

import datetime as dt
import zipfile

import openpyxl
import pytest
import python_calamine

from fullfile.core.errors import Refused
from fullfile.engines.importers import Layout, open_export
from tests.engines.importers.books import write_book


def rows_of(path, layout=None):
    (export,) = open_export(path, layout)
    return {
        chunk.first + i: row for chunk in export.chunks() for i, row in enumerate(chunk.rows) if row
    }


def saved(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_values_become_text_as_a_person_reads_them(tmp_path):
    path = saved(
        tmp_path / "list.xlsx",
        ["a", "b", "c", "d", "e", "f", "g"],
        [
            2024.0,
            1.5,
            dt.date(2024, 3, 6),
            dt.datetime(2024, 3, 6, 9, 30),  # noqa: DTZ001  a wall clock
            True,
            dt.time(9, 30),
            "_x000D_\nend",
        ],
    )
    assert rows_of(path)[2] == [
        "2024",
        "1.5",
        "2024-03-06",
        "2024-03-06T09:30:00",
        "yes",
        "09:30:00",
        "\nend",
    ]


def test_a_formula_is_kept_as_text(tmp_path):
    path = saved(
        tmp_path / "list.xlsx", ["tag", "notes"], ["A-1", '=HYPERLINK("http://x.invalid","y")']
    )
    assert rows_of(path)[2] == ["A-1", '=HYPERLINK("http://x.invalid","y")']


def test_ids_keep_every_digit(tmp_path):
    path = write_book(
        tmp_path / "list.xlsx",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
        '<row r="2"><c r="A2"><v>20163769785213007</v></c></row>'
        '<row r="3"><c r="A3"><v>2.0163769785213E16</v></c></row>',
    )
    assert rows_of(path) == {2: ["20163769785213007"], 3: ["20163769785213000"]}


def test_shared_texts_phonetic_hints_and_gaps(tmp_path):
    path = write_book(
        tmp_path / "list.xlsx",
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="4"><c r="C4" t="str"><v>x</v></c></row>'
        '<row><c t="e"><v>#N/A</v></c><c t="d"><v>2024-03-06</v></c></row>',
        shared="<si><r><t>na</t></r><r><t>me</t></r><rPh><t>xx</t></rPh></si><si><t>two</t></si>",
    )
    (export,) = open_export(path)
    assert export.header == ("name", "column 2", "two")
    assert rows_of(path) == {4: ["", "", "x"], 5: ["#N/A", "2024-03-06"]}


def test_the_epoch_of_1904(tmp_path):
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["d"])
    book.active.append([dt.date(2024, 3, 6)])
    book.save(path)
    assert rows_of(path)[2] == ["2024-03-06"]


def test_the_first_filled_sheet_is_read_and_the_others_are_named(tmp_path):
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for name in ("One", "Two"):
        sheet = book.create_sheet(name)
        sheet.append(["tag"])
        sheet.append([name])
    hidden = book.create_sheet("Hidden")
    hidden.append(["tag"])
    hidden.sheet_state = "hidden"
    book.save(path)
    (export,) = open_export(path)
    assert "not read: “Two”" in export.notes[0]
    assert rows_of(path) == {2: ["One"]}
    both = open_export(path, Layout(sheets=("*",)))
    assert [export.name for export in both] == ["list.xlsx, sheet One", "list.xlsx, sheet Two"]
    assert rows_of(path, Layout(sheets=("Two",))) == {2: ["Two"]}
    with pytest.raises(Refused, match="no sheet “Three”"):
        open_export(path, Layout(sheets=("Three",)))


def test_a_zip_bomb_is_refused_unread(tmp_path):
    path = write_book(tmp_path / "list.xlsx", "")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", bytes(100 << 20))
    with pytest.raises(Refused, match="refused unread") as refused:
        open_export(path)
    assert refused.value.reasons[0].code == "zip_bomb"


def test_many_parts_are_refused_unread(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"xl/{number}", b"")
    with pytest.raises(Refused, match="refused unread"):
        open_export(path)


def test_entities_are_refused(tmp_path):
    path = write_book(
        tmp_path / "list.xlsx",
        "<row><c><v>&a;</v></c></row>",
        xml_head='<!DOCTYPE x [<!ENTITY a "aaaa">]>',
    )
    with pytest.raises(Refused, match="declares entities"):
        open_export(path)


def test_a_cell_of_more_than_a_million_characters_is_refused(tmp_path):
    path = write_book(
        tmp_path / "list.xlsx",
        '<row r="1"><c t="str"><v>tag</v></c></row><row r="2"><c t="str"><v>'
        + "x" * 1_000_001
        + "</v></c></row>",
    )
    with pytest.raises(Refused, match=r"row 2: a cell holds more than 1,000,000"):
        rows_of(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a zip at all", "no workbook that can be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "no workbook that can be read"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_workbook_is_one_sentence(tmp_path, content, sentence):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        open_export(path)


def test_a_zip_that_is_no_workbook_is_one_sentence(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(Refused, match="no XLSX workbook"):
        open_export(path)


def test_a_damaged_workbook_is_one_sentence(tmp_path):
    path = saved(tmp_path / "list.xlsx", ["tag"], *([f"A-{number}"] for number in range(500)))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    content[place : place + 40] = bytes(40)
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"list\.xlsx"):
        rows_of(path)


def test_another_reader_reads_the_same(tmp_path):
    """Calamine is the independent checker: the same cells, apart from how numbers are written."""
    path = saved(
        tmp_path / "list.xlsx",
        ["tag", "n", "on"],
        *(
            [f"A-{n}", n, dt.datetime(2024, 1, 1, 5) + dt.timedelta(days=n)]  # noqa: DTZ001  a wall clock
            for n in range(1, 400)
        ),
    )
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    theirs = [[cell[0], str(int(cell[1])), cell[2].isoformat()] for cell in sheet.to_python()[1:]]
    assert list(rows_of(path).values()) == theirs


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" s="x"><v>1</v></c>',
        '<c t="s"><v>99</v></c>',
        '<c t="s"><v>one</v></c>',
        '<row r="1"/>',
    ],
)
def test_a_workbook_that_contradicts_itself_is_one_sentence(tmp_path, cell):
    path = write_book(
        tmp_path / "list.xlsx",
        f'<row r="1"><c t="str"><v>tag</v></c></row><row r="2">{cell}</row>',
    )
    with pytest.raises(Refused, match=r"list\.xlsx"):
        rows_of(path)


def test_odd_references_and_numbers_are_kept_as_text(tmp_path):
    path = write_book(
        tmp_path / "list.xlsx",
        '<row r="1"><c r="A1" t="str"><v>tag</v></c></row><row r="2"><c r="1"><v>NaN</v></c></row>',
    )
    assert rows_of(path) == {2: ["NaN"]}
