"""The standing of the counts of a case on record, and what bars a count that somebody wants to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fullfile.core.docket.histories import (
    CountHistory,
    is_same_offense,
    read_histories,
    related_cases,
)
from fullfile.core.facts.cases import Cases
from fullfile.core.facts.rows import Facts
from fullfile.core.ids import key, parse_when
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.law import Law
from fullfile.core.standing.answer import Standing
from fullfile.core.standing.judge import judge

__all__ = ["Proposed", "standing_if_opened", "standing_of_case"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A count that somebody wants to open: who, what, when."""

    defendant_key: str
    defendant: str
    count: str
    offense: str
    statute: str = ""
    grade: str = ""
    charged_on: str = ""
    offense_on: str = ""


def standing_of_case(
    facts: Facts,
    cases: Cases,
    law: Law,
    case: str,
    on: int,
    defendant: str | None = None,
    count: str | None = None,
) -> tuple[Standing, ...]:
    """The standing of each count of a case, by defendant and count as the record has them.

    Args:
        facts: the record around the case.
        cases: its cases.
        law: packs and calendars adopted.
        case: the case, as key.
        on: the moment asked about, on the case's clock (ms).
        defendant: only this defendant, by name.
        count: only this count, by number.
    """
    pack = law.pack(cases.by_key[case].jurisdiction)
    return tuple(
        judge(history, pack, law.calendars, on)
        for history in read_histories(facts, cases, case, on)
        if (defendant is None or key(history.defendant) == key(defendant))
        and (count is None or key(history.count) == key(count))
    )


def standing_if_opened(
    facts: Facts, cases: Cases, law: Law, case: str, proposed: Proposed, on: int
) -> Standing:
    """How a count would stand if it were opened in a case: barred where a ruling bars it.

    Args:
        facts: the record around the case.
        cases: its cases.
        law: packs and calendars adopted.
        case: the case in which it would be opened; its matter is asked.
        proposed: the count.
        on: the moment asked about (ms); the count is charged then unless it says when.
    """
    here = cases.by_key[case]
    charged = parse_when(proposed.charged_on).on_clock(here.zone) if proposed.charged_on else None
    known: Mapping[str, Calendar] = law.calendars
    bare = CountHistory(
        case=case,
        case_number=here.number,
        jurisdiction=here.jurisdiction,
        defendant_key=proposed.defendant_key,
        defendant=proposed.defendant,
        count=proposed.count,
        offense=proposed.offense,
        statute=proposed.statute,
        grade=proposed.grade,
        charged_on=proposed.charged_on,
        charged_first=on if charged is None else charged.first,
        offense_on=proposed.offense_on,
        started=here.start,
    )
    found = _same_elsewhere(facts, cases, bare, on)
    return judge(replace(bare, elsewhere=found), law.pack(here.jurisdiction), known, on)


def _same_elsewhere(
    facts: Facts, cases: Cases, bare: CountHistory, on: int
) -> tuple[CountHistory, ...]:
    """The same offence against the same defendant, in the case and in all related ones."""
    return tuple(
        history
        for case in (bare.case, *sorted(related_cases(cases, bare.case)))
        for history in read_histories(facts, cases, case, on)
        if history.defendant_key == bare.defendant_key
        and is_same_offense(history, bare)
        and not (history.case == bare.case and key(history.count) == key(bare.count))
    )
