"""Say why an outcome came about: several reasons for one, and cases that went ahead too.

Whoever explains the same outcome again corrects what they said before; what somebody else
says stands beside it. Nothing about a case changes by it: it is counted, and shown with the case.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from fullfile.core.entries import Draft
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key, parse_when
from fullfile.core.impact.reasons import WENT_AHEAD, check_reasons
from fullfile.core.said import joined, say
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.finding import list_acts
from fullfile.server.store.load import (
    adopted_law,
    cases,
    current_size,
    entries,
    find_cases,
    parties,
)

__all__ = ["explain_outcome"]

_TYPE = "outcome.explained"


def explain_outcome(
    number: str,
    outcome: str,
    occurred_on: str,
    reasons: Iterable[str],
    by: str,
    *,
    defendant: str = "",
    detail: str = "",
    now_ms: int,
) -> int:
    """Record why an outcome came about. The index of the entry that says so.

    Args:
        number: the case number.
        outcome: a docket event's word, or `went_ahead`.
        occurred_on: when it came about; a partial date is one.
        reasons: words of `core.impact.reasons.REASONS`, or `other:` with text.
        by: who explains it.
        defendant: the name as recorded; empty: the outcome is the whole case's.
        detail: what else there is to say.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such case.
        Refused: with everything that is wrong: nobody named, no such defendant, outcome or
            reason, no date.
    """
    known = cases([number]).get(key(number))
    if known is None:
        near = difflib.get_close_matches(key(number), cases(), n=3, cutoff=0.5)
        raise NotFound(
            joined(
                (
                    say("There is no case “{number}” on record.", number=number.strip()[:60]),
                    say("The nearest numbers are {near}.", near=", ".join(near)) if near else "",
                )
            )
        )
    wrong: list[Reason] = []
    if not by.strip():
        wrong.append(Reason("anonymous", say("An outcome is explained by somebody: name them.")))
    event = outcome.strip().casefold()
    if event not in _outcomes():
        near = difflib.get_close_matches(event, _outcomes(), n=3, cutoff=0.5)
        shown = outcome.strip()[:60]
        words = (
            say(
                "“{event}” is no docket event: the nearest are {near}.",
                event=shown,
                near=", ".join(near),
            )
            if near
            else say("“{event}” is no docket event: use {word}.", event=shown, word=WENT_AHEAD)
        )
        wrong.append(Reason("outcome_unknown", words))
    day = occurred_on.strip()
    try:
        parse_when(day)
    except ValueError as error:
        wrong.append(Reason("date_unreadable", say("{error}.", error=error.args[0])))
    said: dict[str, Any] = {"case_number": known}  # JSON
    if defendant.strip():
        said |= _defendant(known, defendant, wrong)
    found: tuple[str, ...] = ()
    try:
        found = check_reasons(reasons)
    except Refused as refused:
        wrong += refused.reasons
    if wrong:
        raise Refused(wrong)
    said |= {"outcome": event, "occurred_on": day, "reasons": list(found)}
    if detail.strip():
        said["detail"] = detail.strip()
    with unit_of_work() as writer:
        draft = Draft(_TYPE, by.strip(), said, corrects=_before(known, said, by))
        return writer.append([draft], now_ms=now_ms)[0]


def _outcomes() -> list[str]:
    """The docket events of the contract and of the adopted packs, and `went_ahead`."""
    packs, _ = adopted_law(current_size())
    further = [event.id for pack in packs.values() for event in pack.docket_events]
    return [WENT_AHEAD, *DOCKET_EVENTS, *further]


def _defendant(number: str, name: str, wrong: list[Reason]) -> dict[str, str]:
    known = {
        one.defendant_key: one.name
        for one in parties([number])[key(number)]
        if one.role == "defendant"
    }
    hits = {found: said for found, said in known.items() if key(name) in (found, key(said))}
    if len(hits) == 1:
        [(found, said)] = hits.items()
        return {"defendant": said, "defendant_key": found}
    names = ", ".join(sorted(set(known.values()))) or say("none is on record")
    shown = name.strip()[:60]
    words = say(
        "{name} is no defendant of {number}: {names}.", name=shown, number=number, names=names
    )
    if hits:
        words = say(
            "{number} has several defendants called {name}: give the key, {keys}.",
            number=number,
            name=shown,
            keys=", ".join(hits),
        )
    wrong.append(Reason("defendant_unknown", words))
    return {}


def _before(number: str, said: dict[str, Any], by: str) -> int | None:
    """What the same person said of the same outcome before, which this takes the place of."""
    acts = list_acts(_TYPE, current_size(), find_cases([number]).values())
    same = ("case_number", "defendant_key", "outcome", "occurred_on")
    for entry in reversed(entries(acts)):
        alike = all(entry.data.get(name) == said.get(name) for name in same)
        if alike and key(entry.by) == key(by):
            return entry.index
    return None
