from dataclasses import replace

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.view import match_view, verdict
from tests.engines.report import samples


def line(state: State, **more: object) -> Line:
    return Line(state=state, agency="Police", tag="1", case_number="C", defendant="Doe", **more)


def said(*lines: Line, **more: object) -> str:
    return str(verdict(samples.made(list(lines), **more)))


def test_verdicts():
    assert said(line(State.FULL)) == "Full. Nothing is missing."
    assert (
        said(line(State.FULL), line(State.UNACKNOWLEDGED))
        == "Full. Nothing is missing; 1 line has no receipt yet."
    )
    assert said(line(State.UNFILED)) == "Not full. 1 exception, and it can be put right."
    assert (
        said(line(State.UNFILED), line(State.OVERDUE))
        == "Not full. 2 exceptions, and all can be put right."
    )
    assert (
        said(line(State.UNFILED), line(State.LATE), line(State.GONE))
        == "Not full. 3 exceptions: 1 can be put right, 2 stay on the record."
    )
    assert (
        said(line(State.LATE), line(State.DESTROYED_UNDER_HOLD))
        == "Full, with a mark on the record. 2 lines are late or destroyed under a hold, and that stays."
    )
    assert (
        said(line(State.LATE), line(State.PENDING))
        == "Full, with a mark on the record. 1 line is late, and that stays. 1 line is still to be disclosed, "
        "and none is past its date."
    )


def test_what_is_pending_is_said_with_its_last_day():
    lines = [line(State.PENDING, due="2026-12-04"), line(State.PENDING, due="2026-12-01")]
    assert said(*lines) == "In time. 2 lines are still to be disclosed by December 4, 2026."
    assert (
        said(*lines, all_lines=False)
        == "In time. 2 lines are still to be disclosed, and none is past its date."
    )
    assert (
        said(lines[0], line(State.PENDING))
        == "In time. 2 lines are still to be disclosed, and none is past its date."
    )


def test_a_case_that_has_ended():
    over = replace(line(State.FULL), ended="2024-07-12")
    result = replace(samples.made([], ended=14), others=[over])
    assert str(verdict(result)) == "Ended July 12, 2024. Its 14 lines stand as they did that day."
    assert said(ended=1) == "Ended. Its 1 line stands as it did when it ended."
    assert said() == "Nothing to match. No item was on record for this by that day."


def test_a_filter_changes_what_is_listed_and_not_the_verdict():
    result = samples.worked_example()
    view = match_view(result, states=[State.ORPHAN])
    assert [x.tag for x in view.exceptions] == ["SFSO-DOC-2024-001/1"]
    assert view.others is None
    assert verdict(view.result).detail.startswith("4 exceptions")


def test_naming_a_state_that_is_no_exception_lists_its_lines():
    view = match_view(samples.worked_example(), states=[State.FULL])
    assert view.exceptions == ()
    assert len(view.others or ()) == 8


def test_what_stays_is_told_apart_from_what_can_be_mended():
    view = match_view(samples.large_case())
    assert {x.state for x in view.staying} == {State.LATE, State.GONE, State.DESTROYED_UNDER_HOLD}
    assert len(view.staying) + len(view.to_mend) == len(view.exceptions) == 62


def test_lines_of_ended_cases_are_told_apart_and_the_numbers_add_up():
    over = replace(line(State.FULL), ended="2024-07-12")
    result = replace(samples.made([line(State.FULL)], ended=1), others=[line(State.FULL), over])
    view = match_view(result, states=[State.FULL])
    assert view.ended_words == "1 more line is counted apart: the case has ended."
    assert len(view.others or ()) == result.states[State.FULL] == 1
    assert len(match_view(result, states=[State.FULL], all_lines=True).others or ()) == 2
    counted = match_view(result, with_ended=True)
    assert counted.ended_words == "1 of them belongs to cases that have ended."
    assert match_view(samples.made([])).ended_words == ""
