"""A production as its entries tell it, and what may become of it; the verdict of a case."""

from __future__ import annotations

from collections import Counter

import pytest

from fullfile.core.disclosure.disputes import decide_dispute, read_disputes
from fullfile.core.disclosure.producing import (
    decide_acknowledge,
    decide_change,
    decide_close,
    decide_draft,
    decide_serve,
)
from fullfile.core.disclosure.productions import (
    Change,
    Given,
    Production,
    Stage,
    read_productions,
)
from fullfile.core.entries import Draft, Entry, decode_body, encode_body
from fullfile.core.errors import Refused
from fullfile.core.matching.line import State
from fullfile.core.matching.tally import Tally, Verdict, verdict_of, worst_of

WHO = {"ada roe": "Ada Roe", "tom poe": "Tom Poe"}
LINES = [
    Given("Sheriff", "E-1"),
    Given("Sheriff", "E-2"),
    Given("Lab", "7", "redacted", "names", ("ada roe",)),
]


class Record:
    """Entries as drafts become them, through the codec."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, draft: Draft) -> Production:
        index = len(self.entries)
        body = encode_body(draft, "2026-01-01T00:00:00.00Z")
        self.entries.append(decode_body(index, 1_000 + index, body))
        (found,) = read_productions(self.entries).values()
        return found


@pytest.fixture
def record() -> Record:
    record = Record()
    record.add(decide_draft("D-1", WHO, LINES, "Clerk"))
    return record


def now(record: Record) -> Production:
    (found,) = read_productions(record.entries).values()
    return found


def closed(record: Record) -> Production:
    draft = decide_close(
        now(record), 5, "Clerk", at="2026-01-01", problems=(), withheld=(), package={}
    )
    return record.add(draft)


def served(record: Record, who: str) -> Production:
    return record.add(
        decide_serve(
            now(record), who, "Clerk", way="portal", served_on="Vale", served_at="2026-01-02"
        )
    )


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def test_lines_come_back_as_they_were_drafted(record: Record) -> None:
    found = now(record)
    assert list(found.lines) == LINES
    assert found.lines_to("ada roe") == tuple(LINES)
    assert found.lines_to("tom poe") == tuple(LINES[:2])
    assert len(record.entries[0].data["items"]) == 2  # runs, not rows
    assert found.name == "Draft 0"


def test_the_stages_go_one_way(record: Record) -> None:
    assert now(record).stage is Stage.DRAFT
    assert closed(record).stage is Stage.CLOSED
    assert served(record, "ada roe").stage is Stage.SERVED
    ack = {"by": "Vale", "at": "2026-01-03", "signed": True}
    record.add(
        decide_acknowledge(now(record), "ada roe", "Vale", items=[("Sheriff", "E-1")], **ack)
    )
    assert now(record).stage is Stage.SERVED
    record.add(
        decide_acknowledge(
            now(record), "ada roe", "Vale", items=[("sheriff", "E-2"), ("Lab", "7")], **ack
        )
    )
    assert now(record).stage is Stage.ACKNOWLEDGED
    served(record, "tom poe")
    assert now(record).stage is Stage.SERVED
    for draft in (
        lambda: decide_change(now(record), Change.ADD, Given("Lab", "8"), "Clerk"),
        lambda: decide_close(now(record), 6, "Clerk", at="", problems=(), withheld=(), package={}),
    ):
        with pytest.raises(Refused) as error:
            draft()
        assert codes(error) == ["closed"]


def test_changes_are_folded_and_an_item_put_back_is_left_out_no_more(record: Record) -> None:
    gone = decide_change(
        now(record), Change.REMOVE, Given("SHERIFF", "e-1"), "Clerk", reason="at the lab"
    )
    found = record.add(gone)
    assert [(one.agency, one.tag, one.reason) for one in found.left_out] == [
        ("Sheriff", "E-1", "at the lab")
    ]
    back = record.add(decide_change(found, Change.ADD, Given("Sheriff", "E-1"), "Clerk"))
    assert back.left_out == ()
    assert back.lines[-1] == Given("Sheriff", "E-1")


@pytest.mark.parametrize(
    ("change", "line", "code"),
    [
        (Change.ADD, Given("Sheriff", "E-1"), "in_it_already"),
        (Change.REMOVE, Given("Sheriff", "E-9"), "not_in_it"),
        (Change.FORM, Given("Sheriff", "E-1", "shredded"), "extent_unknown"),
        (Change.FORM, Given("Sheriff", "E-1", "part"), "what_missing"),
    ],
)
def test_what_a_change_lacks_is_said(
    record: Record, change: Change, line: Given, code: str
) -> None:
    with pytest.raises(Refused) as error:
        decide_change(now(record), change, line, "Clerk", reason="because")
    assert code in codes(error)


def test_disputes_are_about_what_was_served(record: Record) -> None:
    closed(record)
    served(record, "tom poe")
    about = {"what": "it is empty", "by": "Hart", "at": "2026-01-04"}
    with pytest.raises(Refused) as error:
        decide_dispute("D-1", ("ada roe", "Ada Roe"), "Vale", production=now(record), **about)
    assert codes(error) == ["not_served"]
    with pytest.raises(Refused) as error:
        decide_dispute(
            "D-1",
            ("tom poe", "Tom Poe"),
            "Hart",
            production=now(record),
            item=("Lab", "7"),
            **about,
        )
    assert codes(error) == ["not_in_it"]
    draft = decide_dispute("D-1", ("tom poe", "Tom Poe"), "Hart", production=now(record), **about)
    entry = decode_body(9, 1, encode_body(draft, "2026-01-01T00:00:00.00Z"))
    (told,) = read_disputes([entry])
    assert (told.production, told.withholding, told.what) == (0, None, "it is empty")


@pytest.mark.parametrize(
    ("states", "ended", "unsettled", "verdict"),
    [
        ({}, 0, 0, Verdict.EMPTY),
        ({}, 3, 0, Verdict.ENDED),
        ({State.FULL: 2}, 0, 0, Verdict.FULL),
        ({State.FULL: 2}, 0, 1, Verdict.IN_TIME),
        ({State.FULL: 2, State.PENDING: 1}, 0, 0, Verdict.IN_TIME),
        ({State.FULL: 2, State.LATE: 1}, 0, 0, Verdict.MARKED),
        ({State.GONE: 1, State.UNFILED: 1}, 0, 0, Verdict.NOT_FULL),
        ({State.UNANSWERED: 1}, 4, 0, Verdict.NOT_FULL),
        ({State.WITHHELD: 1, State.SET_ASIDE: 1}, 0, 0, Verdict.FULL),
    ],
)
def test_verdicts(states: dict[State, int], ended: int, unsettled: int, verdict: Verdict) -> None:
    tally = Tally(states=Counter(states), ended=ended)
    assert verdict_of(tally, unsettled=unsettled) is verdict
    assert verdict_of(tally, damaged=True) is Verdict.CANNOT_SAY


def test_the_worst_is_the_first_of_the_contract() -> None:
    tally = Tally(states=Counter({State.LATE: 9, State.UNFILED: 1, State.SET_ASIDE: 4}))
    assert worst_of(tally) is State.UNFILED
    assert worst_of(Tally(states=Counter({State.FULL: 1}))) is None
    assert (tally.exceptions, tally.lasting, tally.lines) == (10, 9, 14)
