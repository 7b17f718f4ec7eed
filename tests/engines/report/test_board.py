from fullfile.core.matching.line import EXCEPTIONS, Line, State
from fullfile.engines.report.board import board_of_case, board_of_states
from fullfile.engines.report.html import bar
from fullfile.engines.report.words import STATUS
from tests.engines.report import samples


def rows(board):
    return [(row.label, row.in_place, row.total, row.not_in_place) for row in board.rows]


def test_the_board_of_the_worked_example():
    lines = [samples.ROUNDS, samples.SILENT, *samples.ORDINARY]
    board = board_of_case(lines)
    assert board.title == "9 items bear on this case"
    assert rows(board) == [
        ("Agencies that answered", None, None, "1 agency has not"),
        ("Held", 9, 9, "nothing missing"),
        ("On file", 8, 9, "1 unfiled"),
        ("Disclosed to Baldwin", 8, 9, "1 unfiled"),
    ]
    assert board.sums == (
        "10 lines in the match (9 items, 1 defendant, 1 beside the items), 2 of them exceptions."
    )


def test_each_row_of_a_board_adds_up():
    result = samples.large_case()
    board = board_of_case([*result.exceptions, *result.others])
    for row in board.rows:
        assert row.in_place + row.missing == row.total == 120
    assert {row.label: row.in_place for row in board.rows} == {
        "Held": 117, "On file": 117, "Disclosed to Doe": 99, "Disclosed to Roe": 61, "Disclosed to Poe": 99,
    }  # fmt: skip
    poe = board.rows[-1]
    assert poe.not_in_place.endswith("+ 12 pending = 21; 1 late; 40 without receipt")


def test_what_is_unfiled_and_handed_over_counts_as_disclosed():
    given = Line(
        state=State.UNFILED, also=(State.LATE,), agency="Sheriff", tag="1", case_number="C",
        defendant="Doe", disclosed_at="2024-07-12",
    )  # fmt: skip
    board = board_of_case([given])
    assert rows(board)[2:] == [("Disclosed to Doe", 1, 1, "nothing missing; 1 late")]


def test_a_case_without_a_defendant_says_so():
    board = board_of_case([Line(state=State.NO_DEFENDANT, agency="P", tag="1", case_number="C")])
    assert rows(board)[-1] == ("Disclosed", 0, 1, "no defendant is on record")
    assert board_of_case([samples.SILENT]) is None


def test_the_board_of_many_cases_counts_each_line_once():
    states = {state: number for number, state in enumerate(State, start=1)}
    board = board_of_states(states)
    beside = {State.ORPHAN, State.UNBOOKED, State.UNANSWERED, State.BARRED_COUNT}
    total = sum(number for state, number in states.items() if state not in beside)
    held, filed, disclosed = board.rows[-3:]
    assert held.total == filed.total == disclosed.total == total
    assert held.in_place == total - held.missing
    assert filed.in_place == held.in_place - filed.missing
    assert disclosed.in_place == filed.in_place - disclosed.missing
    assert disclosed.in_place == sum(
        states[state] for state in (State.FULL, State.UNACKNOWLEDGED, State.LATE)
    )
    assert len(board.rows) == 7
    assert board_of_states({}) is None


def test_every_state_has_a_word_of_its_own():
    assert list(STATUS) == list(State)
    assert len({status.word for status in STATUS.values()}) == len(STATUS)
    for state in EXCEPTIONS:
        assert STATUS[state].family in ("gone", "stops", "behind")


def test_few_things_are_drawn_one_by_one_and_many_as_stretches():
    result = samples.large_case()
    board = board_of_case([*result.exceptions, *result.others])
    longest = max(board.rows, key=lambda row: row.missing)
    assert len(bar(longest.parts, board.scale).cells) == len(longest.parts)
    assert bar(longest.parts, board.scale).width <= 330
    small = board_of_case([samples.ROUNDS])
    assert [len(bar(row.parts, small.scale).cells) for row in small.rows] == [0, 1, 1]
