"""Why an outcome came about: several reasons for one outcome, each counted.

A figure that takes one reason for each stopped case hides most of what went wrong. So an
outcome is explained by as many reasons as there were, a case that went ahead in spite of an
error is an outcome too, and every reason is counted wherever it occurs. What several people say
of one outcome is put together: a reason counts once for it, whoever gives it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fullfile.core.entries import Entry
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key, parse_when
from fullfile.core.said import say

__all__ = [
    "REASONS",
    "WENT_AHEAD",
    "Outcome",
    "ReasonCount",
    "check_reasons",
    "count_of",
    "read_outcomes",
    "reason_words",
]

WENT_AHEAD = "went_ahead"
"""The outcome of a case that was not stopped, although something had gone wrong."""
REASONS = {
    "booked_elsewhere": "booked under another number than the case's",
    "mentioned_not_booked": "a report says it was taken, and nothing was booked",
    "booked_not_filed": "booked, and never on the prosecution's file",
    "filed_not_served": "on the file, and not served on a defendant",
    "one_person_decision": "one person decided that it did not matter",
    "retention_ran_out": "destroyed because its ordinary time to be kept was over",
    "told_late": "known, and told late",
    "never_asked": "nobody asked whether there was more",
    "certificate_wrong": "a certificate said what the record contradicts",
    "moved_or_lost": "moved or lost, and the record did not say so",
    "unreadable_production": "served so that nobody could find it or read it",
    "linked_case_left": "a ruling or a find was not carried to a linked case",
}
"""The closed list, each with its words; besides these `other:` with words of one's own."""
_OTHER = "other:"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One explanation of one outcome.

    Attributes:
        outcome: a docket event's word, or `went_ahead`.
        reasons: words of `REASONS`, or `other:` with text.
        by: who explains it.
    """

    case_number: str
    defendant: str
    outcome: str
    occurred_on: str
    reasons: tuple[str, ...]
    by: str
    detail: str
    entry: int

    @property
    def went_ahead(self) -> bool:
        """Whether the case was not stopped."""
        return self.outcome == WENT_AHEAD

    @property
    def same(self) -> tuple[str, str, str, str]:
        """What makes it one outcome with another explanation of it."""
        return key(self.case_number), key(self.defendant), self.outcome, self.occurred_on


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """A reason, and for how many outcomes it is given: stopped, and gone ahead.

    Attributes:
        entries: the explanations.
    """

    reason: str
    words: str
    outcomes: int
    stopped: int
    went_ahead: int
    entries: tuple[int, ...]


def reason_words(reason: str) -> str:
    """A reason as a person reads it."""
    if reason.startswith(_OTHER):
        return reason.removeprefix(_OTHER).strip()
    return REASONS.get(reason, reason)


def check_reasons(reasons: Iterable[str]) -> tuple[str, ...]:
    """The reasons, trimmed and each once.

    Raises:
        Refused: there is none, or one is not in the list; every such one is named.
    """
    found = tuple(dict.fromkeys(_plain(reason) for reason in reasons if reason.strip()))
    wrong = [reason for reason in found if reason not in REASONS and not _is_other(reason)]
    problems = [
        Reason(
            "reason_unknown",
            say(
                "“{reason}” is no reason: use {reasons}, or other:WORDS.",
                reason=reason[:60],
                reasons=", ".join(REASONS),
            ),
        )
        for reason in wrong
    ]
    if not found:
        problems.append(
            Reason("reason_missing", say("An outcome is explained by at least one reason."))
        )
    if problems:
        raise Refused(problems)
    return found


def _plain(reason: str) -> str:
    text = reason.strip()
    if text.casefold().startswith(_OTHER):
        return _OTHER + text[len(_OTHER) :].strip()
    return text.casefold().replace("-", "_").replace(" ", "_")


def _is_other(reason: str) -> bool:
    return reason.startswith(_OTHER) and len(reason) > len(_OTHER)


def read_outcomes(entries: Iterable[Entry], on: int, zone: ZoneInfo) -> tuple[Outcome, ...]:
    """The explanations of outcomes that had happened by a moment.

    Args:
        entries: those of `outcome.explained`; others are passed over.
        on: the moment (ms).
        zone: the clock on which their days stand.
    """
    found = []
    for entry in entries:
        data = entry.data
        if entry.type != "outcome.explained" or not data.get("occurred_on"):
            continue
        if parse_when(data["occurred_on"]).on_clock(zone).last > on:
            continue
        found.append(
            Outcome(
                case_number=str(data["case_number"]),
                defendant=str(data.get("defendant", "")),
                outcome=str(data["outcome"]),
                occurred_on=str(data["occurred_on"]),
                reasons=tuple(str(reason) for reason in data.get("reasons", ())),
                by=entry.by,
                detail=str(data.get("detail", "")),
                entry=entry.index,
            )
        )
    return tuple(found)


def count_of(outcomes: Iterable[Outcome]) -> tuple[ReasonCount, ...]:
    """Count every reason, the most frequent first; all that were given stand there."""
    found: dict[str, dict[tuple[str, str, str, str], list[Outcome]]] = {}
    for outcome in outcomes:
        for reason in outcome.reasons:
            found.setdefault(reason, {}).setdefault(outcome.same, []).append(outcome)
    counts = [
        ReasonCount(
            reason=reason,
            words=reason_words(reason),
            outcomes=len(said),
            stopped=sum(not one[0].went_ahead for one in said.values()),
            went_ahead=sum(one[0].went_ahead for one in said.values()),
            entries=tuple(sorted({each.entry for one in said.values() for each in one})),
        )
        for reason, said in found.items()
    ]
    return tuple(sorted(counts, key=lambda one: (-one.outcomes, one.reason)))
