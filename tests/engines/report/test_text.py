import io
from pathlib import Path

import pytest
from rich.console import Console

from fullfile.core.matching.line import State
from fullfile.engines.report.text import MatchText
from fullfile.engines.report.view import Heading, match_view
from tests.engines.report import samples

SNAPSHOT = Path(__file__).parent / "worked_example.txt"


def plain(view, heading=samples.HEADING, *, width=80, limit=None) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(
        MatchText(view, heading, limit=limit)
    )
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def test_the_worked_example_reads_as_it_did():
    assert plain(match_view(samples.worked_example())) == SNAPSHOT.read_text("utf-8")


@pytest.mark.parametrize("width", [40, 80, 100])
def test_nothing_is_wider_than_the_screen(width):
    text = plain(match_view(samples.large_case()), width=width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_what_is_not_written_out_is_counted():
    text = plain(match_view(samples.large_case()), limit=10)
    assert "52 more are not written out here: use --state, --case, or --format csv." in " ".join(
        text.split()
    )


def test_a_filter_without_a_hit_says_so():
    text = plain(match_view(samples.worked_example(), states=[State.MISSING, State.GONE]))
    assert "No line is missing or gone." in text
    assert text.startswith("Not full. 4 exceptions")


def test_the_case_stands_on_top_where_one_was_asked_for():
    heading = Heading(office="Office", case_number="X-2025-0417", title="State v. Doe")
    text = plain(match_view(samples.large_case()), heading)
    assert text.splitlines()[1] == "State v. Doe, X-2025-0417"
