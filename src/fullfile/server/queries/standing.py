"""Can this be charged (again)? The question put to the dockets of a case and its matter.

Only the rows that say what became of counts are read (no items), so the answer takes the same time
in a record of any size. What this does not do: it judges nothing; `core.standing` does.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.docket.histories import read_histories
from fullfile.core.errors import NotFound
from fullfile.core.facts.cases import Case, Cases, read_cases
from fullfile.core.facts.rows import Facts, read_facts
from fullfile.core.ids import key
from fullfile.core.matching.result import Head
from fullfile.core.said import joined, say
from fullfile.core.standing import Standing, standing_of_case
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.worlds import clock_ms, law_of
from fullfile.server.store.case_entries import entries_for_docket
from fullfile.server.store.load import cases, entries, find_cases

__all__ = ["StandingAnswer", "docket_of", "standing_of"]


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """The answer for a case.

    Attributes:
        case_number, title: the case.
        on, as_of: the two moments, ISO 8601.
        checkpoint: the head of the record that it rests on.
        results: one for each count asked about, in the order of the record.
        not_legal_advice: in the words of the pack.
    """

    case_number: str
    title: str
    on: str
    as_of: str
    checkpoint: Head
    results: tuple[Standing, ...]
    not_legal_advice: str


def standing_of(
    number: str,
    defendant: str | None = None,
    count: str | None = None,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> StandingAnswer:
    """The standing of the counts of a case.

    Args:
        number: the case number.
        defendant: only this defendant.
        count: only this count.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: there is no such case, defendant or count on record by then; the nearest are named.
    """
    question = asked(on, as_of, clock_ms(now_ms))
    facts, known, case = docket_of(question, number)
    moment = question.on(case.zone)
    if defendant is not None or count is not None:
        _check_names(facts, known, case, moment, defendant, count)
    law = law_of(question)
    results = standing_of_case(facts, known, law, case.key, moment, defendant, count)
    pack = law.pack(case.jurisdiction)
    return StandingAnswer(
        case_number=case.number,
        title=case.title,
        on=question.on_text,
        as_of=question.as_of_text,
        checkpoint=question.head,
        results=results,
        not_legal_advice="Nothing here is legal advice."
        if pack is None
        else " ".join(pack.not_legal_advice.split()),
    )


def docket_of(question: Asked, number: str) -> tuple[Facts, Cases, Case]:
    """The dockets around a case, and the case.

    Raises:
        NotFound: no case of that number was on record by then; the nearest numbers are named.
    """
    case_id = find_cases([number]).get(key(number))
    if case_id is None:
        known = cases()
        near = difflib.get_close_matches(key(number), known, n=3, cutoff=0.5)
        raise NotFound(
            joined(
                (
                    say("There is no case “{number}” on record.", number=number.strip()[:60]),
                    say(
                        "The nearest numbers are {near}.",
                        near=", ".join(known[one] for one in near),
                    )
                    if near
                    else "",
                )
            )
        )
    facts = read_facts(entries(entries_for_docket(case_id, question.size)), question.office.zone)
    found = read_cases(facts)
    case = found.by_key.get(key(number))
    if case is None:
        raise NotFound(
            say(
                "No case {number} was on record by {as_of_text}.",
                number=number.strip(),
                as_of_text=question.as_of_text,
            )
        )
    return facts, found, case


def _check_names(
    facts: Facts,
    known: Cases,
    case: Case,
    on: int,
    defendant: str | None,
    count: str | None,
) -> None:
    histories = read_histories(facts, known, case.key, on)
    if defendant is not None:
        names = {
            key(row.text("name")): row.text("name")
            for row in facts.of_case("parties", case.key)
            if row.data.get("role") == "defendant"
        } | {key(one.defendant): one.defendant for one in histories}
        if key(defendant) not in names:
            raise NotFound(
                joined(
                    (
                        say(
                            "{case} has no defendant “{who}”.",
                            case=case.number,
                            who=defendant.strip()[:60],
                        ),
                        _near_of(defendant, names),
                    )
                )
            )
        histories = tuple(one for one in histories if key(one.defendant) == key(defendant))
    if count is not None:
        counts = {key(one.count): one.count for one in histories if one.count}
        if key(count) not in counts:
            shown = count.strip()[:60]
            lacking = (
                say(
                    "{case} has no count “{count}” on record by then.",
                    case=case.number,
                    count=shown,
                )
                if defendant is None
                else say(
                    "{case} has no count “{count}” against {who} on record by then.",
                    case=case.number,
                    count=shown,
                    who=defendant.strip(),
                )
            )
            raise NotFound(joined((lacking, _near_of(count, counts))))


def _near_of(said: str, known: dict[str, str]) -> str:
    near = difflib.get_close_matches(key(said), known, n=3, cutoff=0.4) or list(known)[:5]
    if not near:
        return ""
    return say("On record: {known}.", known=", ".join(known[one] for one in near))
