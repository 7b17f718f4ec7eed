"""Questions about suggestions: which wait for a person's answer.

Few enough to be read one by one. What this does not do: it decides nothing; nor does an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.ids import key
from fullfile.server.store.acts import acts_of_type
from fullfile.server.store.load import current_size

__all__ = ["Question", "open_questions", "questions_to"]

ASKED, ANSWERED = "question.asked", "question.answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a suggestion that nobody has answered yet."""

    entry: int
    agency: str
    tag: str
    case_number: str
    question: str
    by: str
    at: str
    whom: str


def open_questions() -> list[Question]:
    """Every question that nobody answered yet, the oldest first."""
    told = acts_of_type((ASKED, ANSWERED), current_size())
    answered = {int(entry.data["question"]) for entry in told if entry.type == ANSWERED}
    return [
        Question(
            entry.index,
            str(entry.data["agency"]),
            str(entry.data["tag"]),
            str(entry.data["case_number"]),
            str(entry.data["question"]),
            str(entry.data["by"]),
            str(entry.data["at"]),
            str(entry.data["whom"]),
        )
        for entry in told
        if entry.type == ASKED and entry.index not in answered
    ]


def questions_to(person: str, *, limit: int = 50) -> tuple[int, list[Question]]:
    """Questions that were put to a person and not answered: how many, and the oldest of them.

    Args:
        person: the name.
        limit: at most so many.
    """
    found = [one for one in open_questions() if key(one.whom) == key(person)]
    return len(found), found[:limit]
