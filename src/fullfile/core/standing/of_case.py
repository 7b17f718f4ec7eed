"""The standing of the counts of a case on record."""

from __future__ import annotations

from fullfile.core.docket.histories import read_histories
from fullfile.core.facts.cases import Cases
from fullfile.core.facts.rows import Facts
from fullfile.core.ids import key
from fullfile.core.rules.law import Law
from fullfile.core.standing.answer import Standing
from fullfile.core.standing.judge import judge

__all__ = ["standing_of_case"]


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
