"""CSV, TSV and `;` files as real systems write them, and as they must be refused."""

from __future__ import annotations

import tracemalloc

import pytest

from fullfile.core.errors import Refused, Unavailable
from fullfile.engines.importers import Layout, open_export

HEADER = "agency,tag,description,booked_at\n"


def read(path, layout=None):
    (export,) = open_export(path, layout)
    rows = {}
    bad = []
    for chunk in export.chunks():
        rows.update({chunk.first + i: row for i, row in enumerate(chunk.rows) if any(row)})
        bad.extend(chunk.bad)
    return export, rows, bad


@pytest.mark.parametrize(
    ("content", "described"),
    [
        ("name,Zoë\n1,é\n".encode(), "UTF-8, comma"),
        ("name,Zoë\n1,é\n".encode("utf-8-sig"), "UTF-8 with BOM, comma"),
        ("name,Zoë\n1,é\n".encode("utf-16"), "UTF-16, comma"),
        ("name,Zo\n1,e and more text\n".encode("utf-16-le"), "UTF-16-LE, comma"),
        ("name,Zo\n1,e and more text\n".encode("utf-16-be"), "UTF-16-BE, comma"),
        ("name;Zoë\n1;é\n".encode("cp1252"), "Windows-1252, semicolon"),
        ("name\tZoë\n1\té\n".encode(), "UTF-8, tab"),
        ("name|Zoë\n1|é\n".encode(), "UTF-8, bar"),
    ],
)
def test_encodings_and_separators_are_recognised(tmp_path, content, described):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    export, rows, _ = read(path)
    assert export.records.described == described
    assert export.header[0] == "name"
    assert export.header[1] in {"Zoë", "Zo"}
    assert rows[2][0] == "1"


def test_windows_1252_is_said(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("a,b\n“x”,é\n".encode("cp1252"))
    export, rows, _ = read(path)
    assert rows[2] == ["“x”", "é"]
    assert "Windows-1252" in export.notes[0]


def test_a_separator_inside_quotes_does_not_count(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('"a,b,c,d";e\n1;2\n')
    assert read(path)[0].header == ("a,b,c,d", "e")


def test_a_tsv_with_one_column_is_a_table(tmp_path):
    path = tmp_path / "list.tsv"
    path.write_text("tag\nA-1\n")
    assert read(path)[1] == {2: ["A-1"]}


def test_row_numbers_count_records_and_blank_lines(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('tag,notes\nA-1,"two\nlines"\n\nA-2,x\n')
    _, rows, _ = read(path)
    assert rows == {2: ["A-1", "two\nlines"], 4: ["A-2", "x"]}


def test_row_numbers_go_on_over_chunks(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("tag\n" + "".join(f"A-{number}\n" for number in range(2, 9_002)))
    _, rows, _ = read(path)
    assert len(rows) == 9_000
    assert all(row == [f"A-{number}"] for number, row in rows.items())


def test_excels_carriage_return_is_cleaned(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('tag,notes\nA-1,"one_x000D_\ntwo"\n')
    assert read(path)[1][2] == ["A-1", "one\ntwo"]


def test_a_nul_byte_is_a_bad_row_and_the_others_stay(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"tag,notes\nA-1,x\nA-2,a\0b\nA-3,y\n")
    _, rows, bad = read(path)
    assert sorted(rows) == [2, 4]
    assert [(problem.row, problem.code) for problem, _ in bad] == [(3, "nul")]
    assert bad[0][1] == ["A-2", "a␀b"]


def test_a_misplaced_quotation_mark_is_a_bad_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('tag,notes\nA-1,"5" pipe"\nA-2,y\n')
    _, rows, bad = read(path)
    assert rows == {3: ["A-2", "y"]}
    assert bad[0][0].row == 2
    assert "quotation mark" in bad[0][0].text


def test_an_inch_mark_inside_an_unquoted_cell_is_text(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('tag,notes\nA-1,5" pipe\n')
    assert read(path)[1][2] == ["A-1", '5" pipe']


def test_a_quotation_mark_never_closed_is_named_with_its_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('tag,notes\nA-1,x\nA-2,"open\nA-3,y\n')
    _, rows, bad = read(path)
    assert rows == {2: ["A-1", "x"]}
    assert bad[0][0].row == 3
    assert "never closed" in bad[0][0].text


@pytest.mark.parametrize("quoted", [True, False], ids=["quoted, with line breaks", "one line"])
def test_a_cell_of_200_mb_is_refused_without_holding_it(tmp_path, quoted):
    path = tmp_path / "list.csv"
    with path.open("w") as file:
        file.write("tag,notes\nA-1,")
        file.write('"' if quoted else "")
        for _ in range(200):
            file.write("x" * (1 << 20))
            file.write("\n" if quoted else "")
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=r"list\.csv, row 2: a cell holds more than 1,000,000"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "empty", "is empty"),
        (b"\xef\xbb\xbf \r\n", "empty", "is empty"),
        (b"PK\x03\x04rest of an archive", "no_table", "workbook"),
        (b"%PDF-1.7 and so on", "no_table", "a PDF"),
        (bytes(range(256)) * 40, "encoding", "no encoding that is known"),
        ("a,b\né,1\n".encode() + "ü,2\n".encode("cp1252"), "encoding", "mixes encodings"),
        (b"a,b\n\x81\x8d,1\n", "encoding", "line 2 is neither UTF-8"),
        (b"\x01\x02\0\0\x03\x04a\0\0b\x05" * 50, "no_table", "bytes that are no text"),
    ],
)
def test_what_is_no_table_is_one_sentence(tmp_path, content, code, sentence):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=sentence) as refused:
        read(path)
    assert refused.value.reasons[0].code == code
    assert "list.csv" in str(refused.value)


def test_an_encoding_may_be_said(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("a,b\n\x8d,1\n".encode("latin-1"))
    _export, rows, _ = read(path, Layout(encoding="latin-1"))
    assert rows[2] == ["\x8d", "1"]
    with pytest.raises(Refused, match="“klingon” is not known"):
        read(path, Layout(encoding="klingon"))
    with pytest.raises(Refused, match=r"bytes that are no utf-8"):
        read(path, Layout(encoding="utf-8"))


def test_what_cannot_be_reached_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="There is no file"):
        open_export(tmp_path / "none.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Unavailable, match="is a directory"):
        open_export(tmp_path / "folder.csv")


def test_an_unknown_ending_is_refused(tmp_path):
    path = tmp_path / "list.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(Refused, match="no table that can be read"):
        open_export(path)


def test_a_banner_a_footer_and_values_to_fill_down(tmp_path):
    import re

    path = tmp_path / "report.csv"
    path.write_text("Evidence list\n\nagency,tag\nNorth,A-1\n,A-2\nPage 1,\n,A-3\n,\n")
    layout = Layout(header=3, fill_down=("agency",), skip=(re.compile("^Page"),), filled=("tag",))
    export, rows, _ = read(path, layout)
    assert export.header == ("agency", "tag")
    assert rows == {4: ["North", "A-1"], 5: ["North", "A-2"], 7: ["North", "A-3"]}
    with pytest.raises(Refused, match="no header in row 9"):
        open_export(path, Layout(header=9))
    with pytest.raises(Refused, match="no column “Agency”"):
        open_export(path, Layout(header=3, fill_down=("Agency",)))
