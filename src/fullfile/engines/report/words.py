"""The words of the states on screen and paper: label, icon, family, and one line of meaning.

A tag is a word and an icon; its family says how it is drawn (error, behind,
apart, in hand, full). Colour is never the only sign. The contract's states
keep their order; a state under `also` has the same word.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.facts.suspected import chance_said
from fullfile.core.matching.line import Line, State

__all__ = ["STATUS", "STAYS", "Status", "also_words", "chance_words", "tag_days", "tag_words"]


@dataclass(frozen=True, slots=True)
class Status:
    """How one state is named and drawn.

    Attributes:
        word: the label, one word in sentence case.
        icon: the name of its drawing.
        family: `gone`, `stops`, `behind`, `apart`, `hand` or `full`.
        gloss: what it means, in a few words.
    """

    word: str
    icon: str
    family: str
    gloss: str


STATUS: dict[State, Status] = {
    State.MISSING: Status("Missing", "report", "gone", "lost, not found, or never booked"),
    State.DESTROYED_UNDER_HOLD: Status(
        "Destroyed", "delete", "gone", "destroyed, used up or released while a hold stood"
    ),
    State.GONE: Status("Gone", "remove", "gone", "left before this defendant had it"),
    State.SET_ASIDE: Status("Aside", "folder", "apart", "set aside by two named persons"),
    State.UNFILED: Status("Unfiled", "unlink", "stops", "held, and not on the prosecution's file"),
    State.WITHHELD_WITHOUT_ORDER: Status(
        "Unapproved", "unlock", "stops", "withheld without what the rule asks for"
    ),
    State.WITHHELD: Status("Withheld", "lock", "apart", "withheld as the rule asks"),
    State.POST_CONVICTION: Status(
        "Postconviction", "flag", "behind", "came in after the conviction, not disclosed"
    ),
    State.OVERDUE: Status("Overdue", "alarm", "behind", "not disclosed, and past its date"),
    State.PARTIAL: Status("Partial", "page", "behind", "disclosed in part only"),
    State.LATE: Status("Late", "history", "behind", "disclosed after its date"),
    State.PENDING: Status("Pending", "clock", "hand", "not disclosed, not due yet"),
    State.UNACKNOWLEDGED: Status("Unacknowledged", "mail", "hand", "disclosed, no receipt yet"),
    State.FULL: Status(
        "Full", "check", "full", "held, filed, disclosed in time, receipt on record"
    ),
    State.NO_DEFENDANT: Status("Unnamed", "people", "stops", "the case has no defendant on record"),
    State.UNBOOKED: Status(
        "Unbooked", "comment", "stops", "a report says it was taken; not booked"
    ),
    State.UNANSWERED: Status("Unanswered", "ear", "behind", "an agency has not said what it holds"),
    State.BARRED_COUNT: Status("Barred", "bar", "stops", "a count was opened although barred"),
    State.ORPHAN: Status("Orphan", "help", "stops", "held, and bears on no case"),
}
"""Every state, in the contract's order."""

STAYS = frozenset({State.LATE, State.DESTROYED_UNDER_HOLD, State.GONE})
"""States that no later act can mend: they stay on the record."""


def tag_days(line: Line) -> int | None:
    """The days in a tag: since held, or since due (Overdue, Late); None where days say nothing."""
    if line.state in (State.UNFILED, State.ORPHAN, State.UNBOOKED):
        return line.days_since_held
    if line.state in (State.OVERDUE, State.LATE):
        return line.days_late
    return None


def tag_words(line: Line) -> str:
    """The tag of a line: its word, the days, and whether it belongs to a case that has ended."""
    word = STATUS[line.state].word
    days = tag_days(line)
    if days is not None and days >= 0:
        word += f" {days:,} day{'' if days == 1 else 's'}"
    return f"{word}, ended" if line.ended else word


def also_words(line: Line) -> tuple[str, ...]:
    """The other states of a line; those of a date say by how much and by what they are late."""
    words = []
    for state in line.also:
        word = STATUS[state].word.lower()
        if state in (State.OVERDUE, State.LATE):
            if line.days_late is not None and line.days_late > 0:
                word += f" by {line.days_late:,} day{'' if line.days_late == 1 else 's'}"
            if line.due_basis:
                word += " by law" if line.due_basis == "law" else " by the office's target"
        words.append(word)
    return tuple(words)


def chance_words(probability: str) -> str:
    """A probability as people say it; never quite certain.

    >>> chance_words("0.97"), chance_words("0.999")
    ('97 in 100', 'more than 99 in 100')
    """
    return chance_said(probability)
