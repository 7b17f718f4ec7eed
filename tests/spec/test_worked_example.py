"""The worked example, points 3 and 11: what the record says on the days that mattered.

The rounds were booked under another number, judged of no value and filed nowhere;
the match names them from the day on which the record could have.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.matching import Policy, lines_of_office, read_world
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import Import

EXAMPLE = Path(__file__).parents[2] / "examples" / "state-v-baldwin"
R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"


def read_folder(folder, source):
    rows = {path.stem: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.csv"))}
    return Import(source, "2026-06-01T12:00:00Z", rows)


@pytest.fixture(scope="module")
def record():
    folders = [
        read_folder(EXAMPLE, "press"),
        read_folder(EXAMPLE / "second-accounts", "second-accounts"),
    ]
    return entries_of(folders, further_columns=True)


@pytest.fixture(scope="module")
def lines_on(record):
    def lines(day, rank=("press", "second-accounts")):
        world = read_world(
            record,
            zone=ZoneInfo("America/Denver"),
            moment=moment_of(day),
            law=law(),
            policy=Policy(source_rank=rank),
        )
        return list(lines_of_office(world))

    return lines


def rounds(lines, case=R):
    (line,) = [one for one in lines if one.tag == "DOC-001" and one.case_number in (case, None)]
    return line


def counted(lines):
    return Counter((one.state.value, one.case_number) for one in lines)


def test_on_the_day_of_booking_nobody_has_joined_the_rounds_to_a_case(lines_on):
    lines = lines_on("2024-03-06")
    assert counted(lines) == {
        ("orphan", None): 2,
        ("full", R): 8,
        ("full", R2): 8,
        ("unanswered", R): 1,
        ("unanswered", R2): 1,
    }
    line = rounds(lines)
    assert line.is_exception
    assert "booked under SFSO-DOC-2024-001, which no case lists" in line.why
    assert "Not yet examined" in line.why


def test_point_3_on_july_10_the_rounds_are_unfiled_and_overdue(lines_on):
    lines = lines_on("2024-07-10")
    line = rounds(lines)
    assert (line.state, line.also) == ("unfiled", ("overdue",))
    assert line.defendant == "Baldwin"
    assert (line.held_since, line.days_since_held) == ("2024-03-06", 126)
    assert (line.due, line.due_basis, line.days_late) == ("2024-03-20", "policy", 112)
    assert (line.rule, line.check) == ("us-nm:5-505(A)", "part")
    assert line.filed_at is None
    assert line.disclosed_at is None
    assert line.ended is None
    for words in (
        "Sheriff has held it since March 6, 2024 (126 days).",
        "It is not on the prosecution's file.",
        "a determination names the case for it (March 2024)",
        "The law names no day (Rule 5-505(A) NMRA).",
        "Due to Baldwin on March 20, 2024 by the office's target, 112 days ago. Not disclosed.",
        "Another account of when it was taken in: February 2024 (second-accounts).",
        "A view changes no line.",
    ):
        assert words in line.why


def test_on_july_10_everything_else_is_as_it_should_be(lines_on):
    lines = lines_on("2024-07-10")
    assert counted(lines) == {
        ("unfiled", R): 1,
        ("unfiled", R2): 1,
        ("orphan", None): 1,
        ("full", R): 8,
        ("full", R2): 8,
        ("unanswered", R): 1,
    }
    assert {one.case_number for one in lines if one.counted_apart} == {R2}
    orphan = next(one for one in lines if one.state == "orphan")
    assert orphan.tag == "SFSO-DOC-2024-001/1"
    assert orphan.is_exception


def test_on_july_10_the_co_defendant_has_not_got_them_either(lines_on):
    line = rounds(lines_on("2024-07-10"), R2)
    assert (line.state, line.also) == ("unfiled", ("post_conviction",))
    assert line.defendant == "Gutierrez-Reed"
    assert (line.due, line.ended, line.changed_since_end) == (None, "2024-03-06", True)
    assert not line.counted_apart
    assert "the order on that day is not on record" in line.why
    assert f"through {R}, which is of the same matter" in line.why


def test_point_11_on_july_12_they_are_late_for_good(lines_on):
    line = rounds(lines_on("2024-07-12"))
    assert (line.state, line.also) == ("unfiled", ("late",))
    assert line.disclosed_at == "2024-07-12"
    assert (line.days_late, line.due, line.due_basis) == (114, "2024-03-20", "policy")
    assert (
        "114 days after it was due by the office's target; 128 days after it was booked" in line.why
    )
    assert "Another account of the disclosure: July 11, 2024 (second-accounts)." in line.why


def test_the_day_after_the_ruling_the_lines_are_counted_apart(lines_on):
    on_the_day, after = rounds(lines_on("2024-07-12")), rounds(lines_on("2024-07-13"))
    assert (on_the_day.ended, after.ended) == (None, "2024-07-12")
    assert after.counted_apart
    assert (after.state, after.also) == (on_the_day.state, on_the_day.also)


@pytest.mark.parametrize(
    ("day", "state", "also", "late"),
    [
        ("2024-03-05", "orphan", (), None),
        ("2024-03-30", "orphan", (), None),
        ("2024-03-31", "unfiled", ("overdue",), 11),
        ("2024-07-11", "unfiled", ("overdue",), 113),
    ],
)
def test_days_between(lines_on, day, state, also, late):
    line = rounds(lines_on(day))
    assert (line.state, line.also, line.days_late) == (state, also, late)


def test_without_a_rank_the_earlier_account_counts_and_the_law_gives_the_date(lines_on):
    line = rounds(lines_on("2024-07-10", rank=()))
    assert (line.held_since, line.due, line.due_basis) == ("2024-02-01", "2024-02-14", "law")


def test_every_line_rests_on_entries_of_the_record(lines_on, record):
    for line in lines_on("2024-07-12"):
        assert line.entries
        assert all(record[index].type != "import.started" for index in line.entries)
