"""The waterfall: where its bars stand, what differs by shape, and the specification for Vega-Lite."""

import json
import re

import pytest

from fullfile.engines.report.link import explanation_of
from fullfile.engines.report.link_picture import draw, explanation_picture
from tests.engines.report.link_samples import explained, reason

MARKS = {"bar", "rule", "point", "text"}
CHANNELS = {"x", "x2", "y", "text", "tooltip"}
TYPES = {"quantitative", "nominal"}


def bars(row):
    return [
        (kind, float(x), float(width))
        for kind, x, width in re.findall(
            r'<rect class="(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', row.inside
        )
    ]


def fields(encoding):
    for channel in encoding.values():
        yield from channel if isinstance(channel, list) else [channel]


def test_each_bar_begins_where_the_one_before_ended():
    rows = draw(explanation_of(explained())).rows
    at = float(re.search(r'cx="([\d.]+)%"', rows[0].inside).group(1))
    for row in rows[1:-1]:
        [(kind, x, width)] = bars(row)
        start, end = (x, x + width) if kind == "for" else (x + width, x)
        assert start == pytest.approx(at, abs=0.05)
        at = end
    end = float(re.search(r'cx="([\d.]+)%"', rows[-1].inside).group(1))
    assert end == pytest.approx(at, abs=0.05)


def test_everything_stands_inside_the_track():
    for reasons in ([], [reason("a", "60", "people")], [reason("a", "-60", "people")]):
        picture = draw(explanation_of(explained(reasons=reasons)))
        found = re.findall(r'(?:cx|x|x1|x2)="(-?[\d.]+)%"', "".join(r.inside for r in picture.rows))
        assert all(0 <= float(one) <= 100 for one in found)
        assert all(0 <= one.place <= 100 for one in picture.ticks)


def test_bars_of_one_weight_are_equally_long():
    rows = draw(
        explanation_of(explained(reasons=[reason("a", "3", "people"), reason("b", "-3", "number")]))
    ).rows
    assert bars(rows[1])[0][2] == pytest.approx(bars(rows[2])[0][2], abs=0.02)


def test_for_and_against_differ_in_height_and_sign():
    rows = draw(explanation_of(explained())).rows
    heights = {(row.kind, one) for row in rows for one in re.findall(r'height="(\d+)"', row.inside)}
    assert heights == {("for", "18"), ("against", "10")}
    assert {row.sign for row in rows if row.kind == "against"} == {"−"}


def test_the_axis_is_written_in_chances_and_marks_the_even_one():
    ticks = draw(explanation_of(explained())).ticks
    assert [tick.words for tick in ticks] == ["10 in 100", "50 in 100", "90 in 100"]
    assert [tick.even for tick in ticks] == [False, True, False]


def test_no_word_of_the_record_goes_into_the_drawing():
    picture = draw(explanation_of(explained(reasons=[reason("<b>a</b>", "3", "<i>")])))
    assert all("<b>" not in row.inside and "<i>" not in row.inside for row in picture.rows)


def test_the_specification_holds_the_sum():
    found = explanation_picture(explained())
    values = found["data"]["values"]
    view = explanation_of(explained())
    assert [one["after"] for one in values[1:-1]] == [float(turn.after) for turn in view.turns]
    assert [one["before"] for one in values[1:-1]] == [float(turn.before) for turn in view.turns]
    assert values[0]["after"] == -6.21
    assert values[-1]["after"] == 4.524
    assert values[-1]["chance"] == "96 in 100"


def test_the_specification_is_well_formed():
    found = json.loads(json.dumps(explanation_picture(explained())))
    assert found["$schema"] == "https://vega.github.io/schema/vega-lite/v6.json"
    own = set(found["data"]["values"][0])
    assert all(set(one) == own for one in found["data"]["values"])
    lines = [one["line"] for one in found["data"]["values"]]
    assert len(set(lines)) == len(lines)
    for layer in found["layer"]:
        assert layer["mark"]["type"] in MARKS
        assert set(layer["encoding"]) <= CHANNELS
        known = set(layer["data"]["values"][0]) if "data" in layer else own
        for one in fields(layer["encoding"]):
            assert one["field"] in known
            assert one.get("type", "quantitative") in TYPES
        for step in layer.get("transform", []):
            assert set(step) == {"filter"}
        if "y" in layer["encoding"]:
            assert layer["encoding"]["y"]["sort"] == lines


def test_the_specification_fetches_nothing():
    found = explanation_picture(explained())
    found.pop("$schema")
    assert "http" not in json.dumps(found)
    assert '"url"' not in json.dumps(found)


def test_two_reasons_of_the_same_words_are_two_lines():
    found = explanation_picture(
        explained(reasons=[reason("a", "3", "people"), reason("a", "2", "people")])
    )
    assert [one["line"] for one in found["data"]["values"]][1:3] == ["1 a", "2 a"]
