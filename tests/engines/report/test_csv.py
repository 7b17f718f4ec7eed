import csv
import io

import pytest

from fullfile.engines.report.csv import render_csv, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =cmd|' /C calc'!A0",
        "＝1+1",
        "－1",
    ],
)
def test_a_formula_gets_an_apostrophe_and_keeps_its_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["24-0001", "a=b", "", "O'Hara", "12 - 14 Main St"])
def test_ordinary_text_stays(text):
    assert safe_cell(text) == text


def test_what_is_no_text():
    assert [safe_cell(value) for value in (None, True, False, -3, 0.5)] == [
        "",
        "yes",
        "no",
        "-3",
        "0.5",
    ]


def test_a_cell_with_separator_quote_and_line_break_comes_back_whole():
    text = 'a "bag", sealed\nsecond line; third'
    written = render_csv(("one", "two"), [(text, "x\x00y")])
    assert list(csv.reader(io.StringIO(written))) == [["one", "two"], [text, "xy"]]
