"""May this count be opened, may this event be recorded? Pure: drafts, or every reason against.

A count that a ruling bars is refused unless somebody names the ruling that it is opened in spite of;
then it is recorded with that name, and the match lists no barred count. Whether a ruling bars is
law and is answered by `core.standing`; here it comes in as sentences.

What this does not do: it reads no record, and it does not judge whether an event can be true;
`contradictions` says what cannot be.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["BRINGS", "Barring", "decide_case", "decide_count", "decide_event"]

BRINGS = frozenset({"complaint", "indictment", "information", "superseded", "refiled"})
"""Events by which the prosecution brings a charge (again)."""

Data = Mapping[str, Any]
"""The data of an entry, as the importer would make it."""


@dataclass(frozen=True, slots=True)
class Barring:
    """Why a count is barred: the count, a sentence that names the ruling, the entries."""

    defendant: str
    count: str
    sentence: str
    entries: tuple[int, ...] = ()


def decide_count(
    data: Data, *, by: str, known: Collection[str] = (), barred: Sequence[Barring] = ()
) -> list[Draft]:
    """Open a count.

    Args:
        data: the row of `counts`.
        by: who records it.
        known: the counts of the defendant that the case has, as keys.
        barred: what bars it, by the record as it would stand.

    Raises:
        Refused: with every reason.
    """
    reasons = _anonymous(by)
    if key(str(data["count"])) in known:
        reasons.append(
            Reason(
                "count_exists",
                say(
                    "Count {count} against {defendant} is on record already: give it another number.",
                    count=data["count"],
                    defendant=data["defendant"],
                ),
            )
        )
    reasons += _bars(barred, str(data.get("override", "")))
    if reasons:
        raise Refused(reasons)
    return [Draft("count.recorded", by.strip(), data)]


def decide_case(
    case: Data,
    parties: Sequence[Data],
    counts: Sequence[Data],
    *,
    by: str,
    exists: bool,
    barred: Sequence[Barring] = (),
) -> list[Draft]:
    """Open a case with its defendants and counts.

    Args:
        case: the row of `cases`.
        parties: rows of `parties`.
        counts: rows of `counts`.
        by: who records it.
        exists: whether a case of that number is on record.
        barred: what bars a count, by the record as it would stand; each is matched with its count's override.

    Raises:
        Refused: with every reason.
    """
    reasons = _anonymous(by)
    if exists:
        reasons.append(
            Reason(
                "case_exists",
                say(
                    "A case {case_number} is on record already: add a count to it, or give another number.",
                    case_number=case["case_number"],
                ),
            )
        )
    overrides = {
        (key(str(row["defendant"])), key(str(row["count"]))): str(row.get("override", ""))
        for row in counts
    }
    if len(overrides) < len(counts):
        reasons.append(
            Reason(
                "count_twice",
                say("One count stands twice: give each count of a defendant its own number."),
            )
        )
    for one in barred:
        reasons += _bars([one], overrides.get((key(one.defendant), key(one.count)), ""))
    if reasons:
        raise Refused(reasons)
    return [
        Draft("case.recorded", by.strip(), case),
        *(Draft("party.recorded", by.strip(), row) for row in parties),
        *(Draft("count.recorded", by.strip(), row) for row in counts),
    ]


def decide_event(
    data: Data,
    *,
    by: str,
    words: Collection[str],
    counts: Collection[str],
    recorded: int | None = None,
    ahead: bool = False,
    barred: Sequence[Barring] = (),
    override: str = "",
) -> list[Draft]:
    """Record an event on the docket.

    Args:
        data: the row of `docket`.
        by: who records it.
        words: the events that the contract and the pack know.
        counts: the counts on record for whom it concerns, as keys.
        recorded: the entry that says the same already.
        ahead: whether its date has not come.
        barred: the counts that it would bring again although a ruling bars them.
        override: the ruling that it is recorded in spite of.

    Raises:
        Refused: with every reason.
    """
    reasons = _anonymous(by)
    event, count = str(data["event"]), str(data.get("count", ""))
    if event not in words:
        near = difflib.get_close_matches(event, sorted(words), 3)
        reasons.append(
            Reason(
                "event_unknown",
                say(
                    "“{event}” is an event that no pack of the office knows: the nearest are {near}.",
                    event=event[:60],
                    near=", ".join(near),
                )
                if near
                else say(
                    "“{event}” is an event that no pack of the office knows.", event=event[:60]
                ),
            )
        )
    if count and key(count) not in counts:
        reasons.append(
            Reason(
                "count_unknown",
                say("No count {count} is on record there: record the count first.", count=count),
            )
        )
    if recorded is not None:
        reasons.append(
            Reason(
                "recorded_already",
                say("Entry {recorded} says the same already.", recorded=recorded),
            )
        )
    if ahead:
        reasons.append(
            Reason(
                "ahead",
                say(
                    "{occurred_on} has not come: record an event when it has happened, and a day that the "
                    "court set with trial_set and due_on.",
                    occurred_on=data["occurred_on"],
                ),
            )
        )
    if event in BRINGS:
        reasons += _bars(barred, override)
    if reasons:
        raise Refused(reasons)
    if override.strip():
        detail = f"{data.get('detail', '')}; in spite of: {override.strip()}".removeprefix("; ")
        data = {**data, "detail": detail}
    return [Draft("docket.recorded", by.strip(), data)]


def _anonymous(by: str) -> list[Reason]:
    if by.strip():
        return []
    return [Reason("anonymous", say("Nothing is recorded without a name: say who records it."))]


def _bars(barred: Sequence[Barring], override: str) -> list[Reason]:
    if override.strip():
        return []
    return [
        Reason(
            "barred",
            say(
                "{sentence} To open it all the same, name the ruling in `override`.",
                sentence=one.sentence,
            ),
        )
        for one in barred
    ]
