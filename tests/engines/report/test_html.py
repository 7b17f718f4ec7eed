import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from fullfile.core.matching.line import State
from fullfile.engines.report.html import render_html
from fullfile.engines.report.icons import ICONS, MARKS
from fullfile.engines.report.view import Heading, match_view
from fullfile.engines.report.words import STATUS
from tests.engines.report import samples

VOID = {"meta", "rect", "path", "circle", "use", "br"}


class Tree(HTMLParser):
    """Checks that what opens closes, and gathers what a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.references: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.seen.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        self.references |= {found[name] for name in ("href", "src", "action") if name in found}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(text: str) -> Tree:
    tree = Tree()
    tree.feed(text)
    assert tree.open == []
    return tree


@pytest.fixture(scope="module")
def page() -> str:
    return render_html(match_view(samples.worked_example(), all_lines=True), samples.HEADING)


def test_it_stands_by_itself(page):
    tree = parsed(page)
    assert "script" not in tree.seen
    assert "link" not in tree.seen
    assert all(reference.startswith("#") for reference in tree.references)
    assert {reference[1:] for reference in tree.references} <= set(tree.ids)
    assert not re.search(r"url\((?!#)", page)
    assert "http://" not in page.replace("http-equiv", "")
    assert "https://" not in page


def test_a_reader_finds_their_way(page):
    tree = parsed(page)
    assert tree.seen.count("main") == tree.seen.count("h1") == tree.seen.count("footer") == 1
    assert '<html lang="en">' in page
    assert len(tree.ids) == len(set(tree.ids))
    assert 'scope="row"' in page
    assert 'scope="col"' in page
    assert "<caption>" in page


def test_it_says_what_the_match_says(page):
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for sentence in (
        "Not full. 4 exceptions, and all can be put right. 9 more lines are counted apart: the case has ended.",
        "at the end of July 10, 2024",
        "Unfiled 126 days",
        "Also overdue by 112 days by the office&#39;s target.",
        "It is not on the prosecution&#39;s file.",
        "1 agency has not",
        "Items that bear on no case",
        "It may belong to D-0101-CR-2024-00013 (97 in 100).",
        "Rule us-nm:5-505(A), read in part.",
        "Entries 31, 58, 77.",
        samples.ROOT.replace("+", "&#43;") if "&#43;" in page else samples.ROOT,
        "Nothing here is legal advice.",
    ):
        assert sentence in words


def test_what_stays_on_the_record_has_a_part_of_its_own():
    page = render_html(
        match_view(samples.large_case()), Heading(office="Office", case_number="X-2025-0417")
    )
    parsed(page)
    assert page.index('id="exceptions"') < page.index('id="stays"')
    assert page.count('<li class="exception ') == 62
    assert 'id="others"' not in page


def test_text_of_an_export_is_never_markup():
    evil = '<img src=x onerror="alert(1)">&"\''
    line = replace(
        samples.ROUNDS, agency=evil, tag=evil, defendant=evil, description=evil, why=evil,
        lacks=(evil,), corrected=evil, case_number=evil, rule=evil,
    )  # fmt: skip
    page = render_html(
        match_view(samples.made([line, samples.ORDINARY[0]]), all_lines=True),
        Heading(office=evil, case_number=evil, title=evil, titles=((evil, evil),)),
    )
    assert "<img" not in page
    assert "img" not in parsed(page).seen


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_printed(state):
    line = replace(samples.ROUNDS, state=state, also=(), disclosed_at="2024-03-10")
    result = samples.made(
        [line, replace(line, tag=None), replace(line, held_since=None, due=None, why="")]
    )
    page = render_html(match_view(result, all_lines=True), Heading(office="Office"))
    parsed(page)
    assert STATUS[state].word in page


def test_a_filter_and_an_empty_match():
    page = render_html(
        match_view(samples.worked_example(), states=[State.MISSING]), samples.HEADING
    )
    assert "Only lines that are missing are listed." in page
    empty = render_html(match_view(samples.made([])), Heading(office="Office"))
    assert "Nothing to match." in empty
    parsed(empty)


def test_drawings_are_whole():
    assert {status.icon for status in STATUS.values()} <= set(ICONS)
    assert set(MARKS) == {"done", "half", "ring", "apart", "stop"}


def test_a_very_long_list_ends_with_how_many_are_left(monkeypatch):
    monkeypatch.setattr("fullfile.engines.report.html._MOST_LINES", 5)
    page = render_html(match_view(samples.large_case(), all_lines=True), Heading(office="Office"))
    parsed(page)
    for words in (
        "48 more are not written out here:",
        "4 more are not written out here.",
        "293 more",
    ):
        assert words in page
