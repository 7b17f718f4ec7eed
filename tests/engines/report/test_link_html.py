"""The page of a suggestion: all of it there, nothing runs, nothing is fetched, all text escaped."""

import re

import pytest

from fullfile.engines.report.link_html import render_explanation_html
from tests.engines.report.link_samples import REASONS, REJECTED, explained, reason

BAD = '<script>alert("x")</script>'


def test_the_page_has_the_chance_the_sum_the_facts_and_the_acts():
    page = render_explanation_html(explained())
    for words in (
        "96 in 100",
        "SUB (witness in D-0101-CR-2023-00040)",
        "Mar 20, 2024",
        "+5.120",
        "-6.210",
        "+4.524",
        "83 in 100 from March 6, 2024",
        "Nobody has decided yet.",
        "never whoever booked the item",
        "--reason WHY",
        "Also suggested for this item",
        "31 in 100",
        "sha256:5b1f",
    ):
        assert words in page
    assert page.count('data-label="Speaks"') == len(REASONS)


def test_nothing_runs_and_nothing_is_fetched():
    page = render_explanation_html(explained())
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize(
    "changes",
    [
        {"description": BAD},
        {"tag": BAD},
        {"case_number": BAD},
        {"title": BAD},
        {"office": BAD},
        {"reasons": [reason(BAD, "3", BAD, BAD, BAD)]},
        {"decisions": [{**REJECTED, "by": BAD, "reason": BAD}], "new_since": [BAD]},
        {"others": [{"case_number": BAD, "probability": "0.5"}]},
    ],
)
def test_all_text_is_escaped(changes):
    page = render_explanation_html(explained(**changes))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_each_line_of_the_sum_is_said_to_those_who_do_not_see_it():
    page = render_explanation_html(explained())
    labels = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert len(labels) == 9
    assert labels[0] == "Before any evidence: 1 in 100"
    assert labels[1].endswith("very strongly for, 32 in 100 so far")


def test_what_was_decided_leaves_no_act():
    page = render_explanation_html(explained(decisions=[{**REJECTED, "decision": "accept"}]))
    assert "Decisions so far: accepted" in page
    assert "--by NAME" not in page


def test_where_it_was_made_is_there_when_given():
    assert "Made July 10, 2024" in render_explanation_html(
        explained(made_at="2024-07-10T10:00:00-06:00", version="1")
    )
    assert "Made " not in render_explanation_html(explained())


def test_one_step_and_a_mismatch_are_sentences():
    page = render_explanation_html(
        explained(steps=[{"on": "2024-03-06", "probability": "0.7"}], probability="0.700")
    )
    assert "70 in 100 from March 6, 2024, unchanged since." in page
    assert "the record says 70 in 100" in page
