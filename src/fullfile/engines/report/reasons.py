"""Why outcomes came about, counted over an office: JSON, CSV and the sentence above them."""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.impact.reasons import ReasonCount
from fullfile.core.matching.result import Head
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.view import counted

__all__ = [
    "REASON_FIELDS",
    "ReasonsView",
    "reasons_as_csv",
    "reasons_as_json",
    "reasons_summary",
]

REASON_FIELDS = ("reason", "words", "outcomes", "stopped", "went_ahead", "entries")


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """The counts, with what stands above them.

    Attributes:
        outcomes: how many outcomes were explained.
        went_ahead: how many of them went ahead in spite of an error.
    """

    on: str
    as_of: str
    checkpoint: Head
    outcomes: int
    went_ahead: int
    counts: tuple[ReasonCount, ...]
    office: str = ""
    made_at: str = ""
    version: str = ""


def reasons_summary(view: ReasonsView) -> str:
    """The answer in a sentence."""
    if not view.outcomes:
        return "No outcome has been explained by then."
    reasons = sum(one.outcomes for one in view.counts)
    return (
        f"{counted(view.outcomes, 'outcome')} explained by {counted(reasons, 'reason')}; "
        f"{view.went_ahead} went ahead in spite of an error."
    )


def _row(one: ReasonCount) -> dict[str, object]:
    return {
        "reason": one.reason,
        "words": one.words,
        "outcomes": one.outcomes,
        "stopped": one.stopped,
        "went_ahead": one.went_ahead,
        "entries": list(one.entries),
    }


def reasons_as_json(view: ReasonsView) -> dict[str, object]:
    """The counts: one object, a list of flat objects."""
    return {
        "on": view.on,
        "as_of": view.as_of,
        "checkpoint": {"size": view.checkpoint.size, "root": view.checkpoint.root},
        "outcomes": view.outcomes,
        "went_ahead": view.went_ahead,
        "reasons": [_row(one) for one in view.counts],
    }


def reasons_as_csv(view: ReasonsView) -> str:
    """The counts as rows."""
    rows = []
    for one in view.counts:
        entries = ";".join(str(entry) for entry in one.entries)
        rows.append([one.reason, one.words, one.outcomes, one.stopped, one.went_ahead, entries])
    return render_csv(REASON_FIELDS, rows)
