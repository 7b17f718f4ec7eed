"""What of a match is listed, and the sentence that stands above everything else.

The verdict and the counts are always those of the whole answer. A filter by
state changes only which lines are listed, and what the exit status looks at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fullfile.core.matching.line import Line, State
from fullfile.core.matching.result import MatchResult
from fullfile.engines.report.dates import date_words
from fullfile.engines.report.words import STAYS

__all__ = ["Heading", "MatchView", "Verdict", "counted", "match_view", "verdict"]

_STAY_WORDS = {
    State.LATE: "late",
    State.DESTROYED_UNDER_HOLD: "destroyed under a hold",
    State.GONE: "gone",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose match this is, for the top of a page.

    Attributes:
        office: the office's name.
        case_number: the case, as asked for; None for the whole office.
        title: the case's title, where it has one.
        made_at: when the page was made, ISO 8601.
        version: the version of Fullfile.
        titles: the titles of cases, by number.
    """

    office: str
    case_number: str | None = None
    title: str | None = None
    made_at: str = ""
    version: str = ""
    titles: tuple[tuple[str, str], ...] = ()

    def title_of(self, case_number: str) -> str:
        """The title of a case, or nothing."""
        if case_number == self.case_number and self.title:
            return self.title
        return dict(self.titles).get(case_number, "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first words of the answer: a word or two, and a sentence."""

    head: str
    detail: str

    def __str__(self) -> str:
        return f"{self.head} {self.detail}".strip()


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match and the lines of it that are listed.

    Attributes:
        result: the whole answer.
        exceptions: the exceptions that are listed.
        others: the other lines that are listed; None where nobody asked for them.
        states: the states that were asked for; None for all.
        with_ended: whether the lines of ended cases are among those counted.
    """

    result: MatchResult
    exceptions: tuple[Line, ...]
    others: tuple[Line, ...] | None
    states: tuple[State, ...] | None = None
    with_ended: bool = False

    @property
    def ended_words(self) -> str:
        """What is said of lines of cases that have ended; nothing where there are none."""
        number = self.result.ended
        if not number:
            return ""
        if self.with_ended:
            return f"{number:,} of them {'belongs' if number == 1 else 'belong'} to cases that have ended."
        are = "line is" if number == 1 else "lines are"
        return f"{number:,} more {are} counted apart: the case has ended."

    @property
    def listed(self) -> tuple[Line, ...]:
        """Every line that is listed, exceptions first."""
        return self.exceptions + (self.others or ())

    @property
    def to_mend(self) -> tuple[Line, ...]:
        """Listed exceptions that an act can mend."""
        return tuple(line for line in self.exceptions if line.state not in STAYS)

    @property
    def staying(self) -> tuple[Line, ...]:
        """Listed exceptions that stay on the record."""
        return tuple(line for line in self.exceptions if line.state in STAYS)


def match_view(
    result: MatchResult,
    *,
    states: Sequence[State] | None = None,
    all_lines: bool = False,
    with_ended: bool = False,
) -> MatchView:
    """Choose what is listed.

    Args:
        result: the whole answer.
        states: only lines in these states; naming one that is no exception lists such lines too.
        all_lines: also the lines that are no exceptions.
        with_ended: the answer was asked for with the lines of ended cases among those counted.
    """
    exceptions, others = tuple(result.exceptions), result.others
    if states is None:
        listed = tuple(others) if all_lines and others is not None else None
        return MatchView(result, exceptions, listed, None, with_ended)
    chosen = frozenset(states)
    # Without `all_lines` the list is as long as the count of the state says.
    listed = tuple(
        line
        for line in others or ()
        if line.state in chosen and (all_lines or with_ended or not line.counted_apart)
    )
    return MatchView(
        result,
        tuple(line for line in exceptions if line.state in chosen),
        listed if all_lines or listed else None,
        tuple(states),
        with_ended,
    )


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 line", "2,000 lines"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def verdict(result: MatchResult) -> Verdict:
    """The answer in one sentence, from the whole match."""
    found = result.exceptions
    stays = [line for line in found if line.state in STAYS]
    mend = len(found) - len(stays)
    if mend:
        return Verdict("Not full.", _exceptions(mend, len(stays)))
    pending = result.states.get(State.PENDING, 0)
    if stays:
        kinds = [
            word for state, word in _STAY_WORDS.items() if any(x.state is state for x in stays)
        ]
        said = " or ".join(kinds)
        marks = counted(len(stays), "line is", "lines are") + f" {said}, and that stays."
        if pending:
            marks += f" {_pending(result, pending)}"
        return Verdict("Full, with a mark on the record.", marks)
    if pending:
        return Verdict("In time.", _pending(result, pending))
    if result.lines_total == 0:
        return _nothing(result)
    unreceipted = result.states.get(State.UNACKNOWLEDGED, 0)
    return Verdict(
        "Full.",
        "Nothing is missing."
        if not unreceipted
        else f"Nothing is missing; {counted(unreceipted, 'line has', 'lines have')} no receipt yet.",
    )


def _exceptions(mend: int, stays: int) -> str:
    both = mend + stays
    if not stays:
        can = "it can be put right" if both == 1 else "all can be put right"
        return f"{counted(both, 'exception')}, and {can}."
    stay = "1 stays" if stays == 1 else f"{stays:,} stay"
    return f"{counted(both, 'exception')}: {mend:,} can be put right, {stay} on the record."


def _pending(result: MatchResult, pending: int) -> str:
    dues = [line.due for line in result.others or () if line.state is State.PENDING]
    known = [due for due in dues if due is not None and _is_day(due)]
    sentence = counted(pending, "line is", "lines are") + " still to be disclosed"
    if known and len(known) == pending:
        return f"{sentence} by {date_words(max(known))}."
    return f"{sentence}, and none is past its date."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _nothing(result: MatchResult) -> Verdict:
    if not result.ended:
        return Verdict("Nothing to match.", "No item was on record for this by that day.")
    days = [line.ended for line in result.others or () if line.ended]
    stand = f"Its {counted(result.ended, 'line')} stand as they did that day."
    if result.ended == 1:
        stand = "Its 1 line stands as it did that day."
    if days and len(set(days)) == 1:
        return Verdict(f"Ended {date_words(days[0])}.", stand)
    return Verdict("Ended.", stand.replace("that day", "when it ended"))
