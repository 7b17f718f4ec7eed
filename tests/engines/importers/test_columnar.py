"""Parquet and JSON lines: typed values as the text of cells."""

from __future__ import annotations

import datetime as dt
import decimal

import pyarrow as pa
import pytest
from pyarrow import parquet

from fullfile.core.errors import Refused
from fullfile.engines.importers import open_export
from fullfile.engines.importers.chunks import number_text


def read(path):
    (export,) = open_export(path)
    rows, bad = {}, []
    for chunk in export.chunks():
        rows.update({chunk.first + i: row for i, row in enumerate(chunk.rows) if row})
        bad.extend(chunk.bad)
    return export.header, rows, bad


def test_a_parquet_file(tmp_path):
    path = tmp_path / "items.parquet"
    table = pa.table(
        {
            "id": pa.array([20163769785213001, None]),
            "year": pa.array([2024.0, float("nan")]),
            "on": pa.array([dt.date(2024, 3, 6), None]),
            "at": pa.array([dt.datetime(2024, 3, 6, 9, 30, tzinfo=dt.UTC), None]),
            "yes": pa.array([True, False]),
            "parts": pa.array([["a", "b"], []]),
            "sum": pa.array([decimal.Decimal("12.50"), None]),
            "raw": pa.array([b"\x01\xff", None]),
        }
    )
    parquet.write_table(table, path)
    header, rows, _ = read(path)
    assert header == ("id", "year", "on", "at", "yes", "parts", "sum", "raw")
    assert rows[2] == [
        "20163769785213001", "2024", "2024-03-06", "2024-03-06T09:30:00Z", "yes", "a;b", "12.5", "01ff",
    ]  # fmt: skip
    assert rows[3] == ["", "", "", "", "no", "", "", ""]


def test_a_cell_of_a_parquet_file_may_not_be_huge(tmp_path):
    path = tmp_path / "items.parquet"
    parquet.write_table(pa.table({"tag": ["A-1", "x" * 1_000_001]}), path)
    with pytest.raises(Refused, match="row 3: a cell holds more than"):
        read(path)


def test_what_is_no_parquet_file_is_one_sentence(tmp_path):
    path = tmp_path / "items.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(Refused, match="no Parquet file"):
        read(path)


def test_json_lines(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text(
        '{"tag": "A-1", "id": 20163769785213001, "n": 2024.0, "ok": true}\n'
        "\n"
        '{"tag": "A-2", "more": ["a", 1], "deep": {"x": 1}, "none": null}\n',
        encoding="utf-8-sig",
    )
    header, rows, _ = read(path)
    assert header == ("tag", "id", "n", "ok", "more", "deep", "none")
    assert rows == {
        2: ["A-1", "20163769785213001", "2024", "yes", "", "", ""],
        4: ["A-2", "", "", "", "a;1", '{"x": "1"}', ""],
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"tag": "A-2"', "no JSON"),
        ('["A-2"]', "no JSON object"),
        ('{"tag": "A-2", "tag": "A-3"}', "stands twice"),
        ('{"tag": "\\ud800"}', "half a character"),
        ('{"tag": "a\\u0000b"}', "NUL byte"),
    ],
)
def test_a_bad_line_is_a_bad_row(tmp_path, line, sentence):
    path = tmp_path / "items.jsonl"
    path.write_text('{"tag": "A-1"}\n' + line + "\n")
    _, rows, bad = read(path)
    assert rows == {2: ["A-1"]}
    assert bad[0][0].row == 3
    assert sentence in bad[0][0].text


def test_what_is_no_json_lines_file_is_one_sentence(tmp_path):
    path = tmp_path / "items.jsonl"
    path.write_text("tag,notes\n")
    with pytest.raises(Refused, match="no line of it is a JSON object"):
        read(path)
    path.write_bytes(b'{"tag": "\xff"}\n')
    with pytest.raises(Refused, match="not in UTF-8"):
        read(path)
    path.write_text('{"tag": "' + "x" * 5_000_000 + '"}\n')
    with pytest.raises(Refused, match="row 2: the line holds more than"):
        read(path)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("2024", "2024"), ("2024.0", "2024"), ("2024.50", "2024.5"), ("-1.5E3", "-1500"),
        ("1.2E-3", "0.0012"), ("0.0", "0"), ("-0.0", "0"), ("00123", "00123"), ("nan", "nan"),
        ("1E400", "1E400"), ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)  # fmt: skip
def test_numbers_as_text(said, text):
    assert number_text(said) == text
