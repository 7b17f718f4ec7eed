"""Suggestions on a terminal: two snapshots at eighty columns, and what must hold at any width."""

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from fullfile.engines.report.link_text import render_explanation_text, render_suggestions_text
from tests.engines.report.link_samples import REJECTED, explained, listed, reason

HERE = Path(__file__).parent


def plain(found, *, width=80) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(found)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def joined(found) -> str:
    return " ".join(plain(found).split())


def test_one_suggestion_reads_as_it_did():
    found = plain(render_explanation_text(explained()))
    assert found == (HERE / "link_explained.txt").read_text("utf-8")


def test_a_list_reads_as_it_did():
    found = plain(render_suggestions_text(listed()))
    assert found == (HERE / "link_listed.txt").read_text("utf-8")


WIDE = explained(
    description="彈殼二十三枚、封筒入り " * 6,
    reasons=[
        reason("手交した人は事件の証人である " * 4, "6", "people", "証人" * 20, "x" * 90),
        reason("y" * 120, "-2", "number"),
    ],
)


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("data", [explained(), WIDE])
def test_nothing_is_wider_than_the_screen(width, data):
    text = plain(render_explanation_text(data), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_list_is_wider_than_the_screen(width):
    text = plain(render_suggestions_text(listed()), width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_no_word_is_lost_when_it_wraps():
    text = "".join(plain(render_explanation_text(WIDE)).split())
    assert text.count("x") >= 90
    assert text.count("y") >= 120


def test_for_and_against_differ_by_sign_and_shape():
    lines = plain(render_explanation_text(explained())).splitlines()
    solid = [line for line in lines if "█" in line]
    shaded = [line for line in lines if "▒" in line]
    assert {line[0] for line in solid} == {"+"}
    assert {line[0] for line in shaded} == {"-"}
    assert (len(solid), len(shaded)) == (5, 2)


def test_a_weight_too_small_for_the_scale_still_has_a_bar():
    data = explained(
        base="-40", reasons=[reason("a", "0.31", "time"), reason("b", "-0.31", "place")]
    )
    text = plain(render_explanation_text(data))
    assert "█" in text
    assert "▒" in text


def test_what_came_after_the_booking_is_dated():
    assert plain(render_explanation_text(explained())).count("known from Mar 20, 2024") == 1
    assert "known from" not in plain(render_explanation_text(explained(booked_on=None)))


def test_what_is_new_since_a_rejection_is_told_with_the_rejection():
    text = joined(
        render_explanation_text(explained(decisions=[REJECTED], new_since=["a witness was added"]))
    )
    assert "Decisions so far: back" in text
    assert 'rejected it on March 12, 2024: "Not a match, by the picture".' in text
    assert "New since the rejection: * a witness was added" in text


def test_a_chance_that_never_changed_is_one_sentence():
    one = [{"on": None, "probability": "0.958"}]
    assert "As the facts came in: 96 in 100 from the beginning, unchanged since." in joined(
        render_explanation_text(explained(steps=one))
    )
    assert "As the facts came in" not in plain(render_explanation_text(explained(steps=[])))


def test_a_sum_that_does_not_fit_the_record_is_said():
    text = joined(render_explanation_text(explained(probability="0.700")))
    assert "The lines add up to 96 in 100, the record says 70 in 100" in text


def test_what_is_not_written_out_is_counted():
    text = joined(render_suggestions_text(listed(), limit=1))
    assert "1 more is not written out here" in text
    assert "SFSO-DOC-2024-001/1" not in text


def test_an_empty_list_says_so_and_asks_for_nothing():
    text = joined(render_suggestions_text(listed(items=[], suggested=0, skipped=[], new=0)))
    assert text.startswith("24 items looked at, 0 with a suggestion")
    assert "A person decides" not in text


def test_square_brackets_are_text():
    assert "[bold]lamp[/bold]" in plain(
        render_explanation_text(explained(description="[bold]lamp[/bold]"))
    )
