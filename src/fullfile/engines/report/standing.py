"""Can this be charged again: the answer as JSON and CSV, and the words that text and page share.

The JSON is the contract's section 6 with further keys; the chain and the six facts stand beside the
answer in every form, so that no form is one flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.matching.result import Head
from fullfile.core.said import joined, many, say
from fullfile.core.standing import Finding, Link, Standing
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.dates import date_words

__all__ = [
    "LABELS",
    "MARKS",
    "STANDING_FIELDS",
    "StandingView",
    "answer_words",
    "count_words",
    "rests_on",
    "standing_as_csv",
    "standing_as_json",
    "summary",
]

MARKS = {"text": say("read"), "part": say("read in part"), "unread": say("not read")}
LABELS = {
    "count": "Count",
    "jeopardy": "Jeopardy",
    "ruling": "Ruling",
    "prejudice": "Effect",
    "limitation": "Limitation",
    "tolling": say("Clock stood still"),
    "appeal_window": "Appeal",
    "other_sovereign": say("Other sovereign"),
    "earlier_dismissals": say("Earlier dismissals"),
    "window": say("After conviction"),
    "": "Also",
}
"""What each link of the chain is about."""

STANDING_FIELDS = (
    "case_number",
    "defendant",
    "count",
    "offense",
    "answer",
    "until",
    "conditions",
    "lacks",
    "sentence",
    "entries",
)
"""The columns of the CSV: one row for each count."""


@dataclass(frozen=True, slots=True)
class StandingView:
    """An answer with what stands above and below it.

    Attributes:
        case_number, title: the case.
        results: one for each count.
        on, as_of: the moments, ISO 8601.
        checkpoint: the head of the record.
        not_legal_advice: in the words of the pack.
        office, made_at, version: for the top and the foot of a page.
        asked: the options that were given, so that the page can be made again.
    """

    case_number: str
    title: str
    results: tuple[Standing, ...]
    on: str
    as_of: str
    checkpoint: Head
    not_legal_advice: str
    office: str = ""
    made_at: str = ""
    version: str = ""
    asked: str = ""


def answer_words(found: Standing) -> str:
    """The answer in some words: `Barred, under a condition`, `Open until October 21, 2026`."""
    if found.answer == "pending":
        return say("Pending: it is before the court")
    if found.answer == "barred":
        number = len(found.conditions)
        if not number:
            return say("Barred")
        return say("Barred, under a condition") if number == 1 else say("Barred, under conditions")
    if found.answer == "open":
        return (
            say("Open")
            if found.until is None
            else say("Open until {date_words}", date_words=date_words(found.until))
        )
    if found.answer == "conditional":
        return say("Only on conditions")
    return say("Unclear")


def count_words(found: Standing) -> str:
    """Whose count it is: `Baldwin, count 1: involuntary manslaughter`."""
    offense = found.offense or say("offence not on record")
    if not found.count:
        return say("{who}: {offense}", who=found.defendant, offense=offense)
    return say(
        "{who}, count {count}: {offense}", who=found.defendant, count=found.count, offense=offense
    )


def rests_on(link: Link) -> str:
    """The rule with its mark, and the entries, in a line; empty for a bare fact."""
    parts = []
    if link.rule:
        mark = MARKS.get(link.check or "", "")
        parts.append(say("{said}.", said=joined((link.rule, mark), ", ")))
    if link.entries:
        listed = ", ".join(str(entry) for entry in link.entries)
        parts.append(many("Entry {listed}.", "Entries {listed}.", len(link.entries), listed=listed))
    return joined(parts)


def summary(view: StandingView) -> str:
    """What is said where a case has no count to speak of."""
    if view.results:
        number = len(view.results)
        return f"{number} {'count' if number == 1 else 'counts'}."
    return say("No count and no defendant of this case was on record by then.")


def standing_as_json(view: StandingView) -> dict[str, object]:
    """The whole answer in the form of the contract, section 6, with further keys."""
    return {
        "case_number": view.case_number,
        "title": view.title or None,
        "on": view.on,
        "as_of": view.as_of,
        "checkpoint": {"size": view.checkpoint.size, "root": view.checkpoint.root},
        "results": [_result(found) for found in view.results],
        "not_legal_advice": view.not_legal_advice,
    }


def _result(found: Standing) -> dict[str, object]:
    return {
        "defendant": found.defendant,
        "count": found.count or None,
        "offense": found.offense or None,
        "answer": found.answer,
        "until": found.until,
        "conditions": list(found.conditions),
        "sentence": found.sentence,
        "chain": [_link(link) for link in found.chain],
        "six": {name: _finding(finding) for name, finding in found.six.named()},
        "if_ended": [
            {
                "event": one.event,
                "answer": one.answer,
                "says": one.says,
                "rule": one.rule,
                "check": one.check,
                "conditions": list(one.conditions),
            }
            for one in found.if_ended
        ],
        "lacks": list(found.lacks),
        "contradictions": [
            {"code": one.code, "sentence": one.sentence, "entries": list(one.entries)}
            for one in found.contradictions
        ],
        "override": found.override or None,
        "barred_by": list(found.barred_by),
        "windows": list(found.windows),
        "jurisdiction": found.jurisdiction,
        "pack_version": found.pack_version or None,
        "entries": list(found.entries),
    }


def _link(link: Link) -> dict[str, object]:
    return {
        "fact": link.fact,
        "on": link.on,
        "rule": link.rule,
        "check": link.check,
        "entry": link.entry,
        "entries": list(link.entries),
        "name": link.name or None,
        "provision": link.provision,
        "working": link.working or None,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "state": finding.state,
        "known": finding.known,
        "on": finding.on,
        "rule": finding.rule,
        "check": finding.check,
        "provision": finding.provision,
        "entries": list(finding.entries),
        "working": finding.working or None,
    }


def standing_as_csv(view: StandingView) -> str:
    """One row for each count; lists are joined by `;`."""
    return render_csv(STANDING_FIELDS, (_cells(found) for found in view.results))


def _cells(found: Standing) -> list[object]:
    return [
        _joined(value) if isinstance(value, tuple) else value
        for value in (getattr(found, name) for name in STANDING_FIELDS)
    ]


def _joined(values: Sequence[object]) -> str:
    return ";".join(str(value) for value in values)
