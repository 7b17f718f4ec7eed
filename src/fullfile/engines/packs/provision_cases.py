"""Worked cases of what is no sum of days: rulings and limitation, run through `standing`.

`cases/limitation.toml` says, for an offence of some grade on some day, the last day on which a
charge may be brought. `cases/rulings.toml` tells a short docket and the answer a lawyer
expects of it. Each ruling and each limitation of a pack must occur in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fullfile.core.errors import FullfileError
from fullfile.core.rules import Calendar, Pack
from fullfile.core.standing import history_of_case_file, judge, limitation_of
from fullfile.engines.packs.tables import PackProblem, Table, read_source

__all__ = [
    "LimitationCase",
    "ProvisionResult",
    "RulingCase",
    "check_provision_cases",
    "read_provision_cases",
]

_ANSWERS = ("pending", "barred", "open", "conditional", "unclear")


@dataclass(frozen=True, slots=True)
class LimitationCase:
    """The last day for a charge: an offence, its grade and day; None where there is no limitation."""

    name: str
    grade: str
    offense: str
    offense_on: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class RulingCase:
    """A short docket of one count, and what `standing` must say of it on a day.

    Attributes:
        docket: "DATE event" or "DATE event due=DATE".
        status: "FROM word UNTIL".
        holds: ids of the pack that must stand in the chain.
        conditions: words that must occur in the conditions.
    """

    name: str
    offense: str
    grade: str
    offense_on: date | None
    docket: tuple[str, ...]
    status: tuple[str, ...]
    on: date
    answer: str
    until: date | None
    holds: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionResult:
    """What came of a case; `wrong` is empty when all is as expected. `met`: the ids it touched."""

    case: LimitationCase | RulingCase
    met: frozenset[str]
    wrong: tuple[str, ...]


def read_provision_cases(
    folder: Path, *, problems: list[PackProblem]
) -> tuple[LimitationCase | RulingCase, ...]:
    """Read both files of the pack in a folder; either may be missing."""
    return (
        *_read(folder, "limitation", problems),
        *_read(folder, "rulings", problems),
    )


def _read(
    folder: Path, what: str, problems: list[PackProblem]
) -> Iterator[LimitationCase | RulingCase]:
    path = folder / "cases" / f"{what}.toml"
    if not path.exists():
        return
    source = read_source(path, shown_as=f"packs/{folder.name}/cases/{path.name}", problems=problems)
    if source is None:
        return
    top = Table(source, source.data, ())
    for table in top.tables(what):
        yield _limitation(table) if what == "limitation" else _ruling(table)
        table.done()
    top.done()
    problems.extend(source.problems)


def _limitation(table: Table) -> LimitationCase:
    return LimitationCase(
        name=table.text("name", example="fourth-degree felony: five years"),
        grade=table.text_or_empty("grade"),
        offense=table.text_or_empty("offense"),
        offense_on=table.day_needed("offense_on"),
        last_day=_day_or_none(table, "last_day"),
    )


def _ruling(table: Table) -> RulingCase:
    return RulingCase(
        name=table.text("name", example="dismissed with prejudice on the third day of trial"),
        offense=table.text_or_empty("offense"),
        grade=table.text_or_empty("grade"),
        offense_on=table.day("offense_on"),
        docket=table.texts("docket", needed=True),
        status=table.texts("status"),
        on=table.day_needed("on"),
        answer=table.word("answer", _ANSWERS),
        until=_day_or_none(table, "until") if table.has("until") else None,
        holds=table.texts("holds"),
        conditions=table.texts("conditions"),
    )


def _day_or_none(table: Table, key: str) -> date | None:
    found = table.value(key)
    if found == "none":
        return None
    if type(found) is not date:
        table.problem(key, 'expected a date without quotation marks, or "none".')
        return None
    return found


def check_provision_cases(
    pack: Pack,
    cases: tuple[LimitationCase | RulingCase, ...],
    calendars: Mapping[str, Calendar],
) -> tuple[tuple[ProvisionResult, ...], tuple[str, ...]]:
    """Run the cases of a pack.

    Returns:
        The results, and the sentences about rulings and limitations that no case touches.
    """
    results = tuple(
        _run_limitation(pack, case, calendars)
        if isinstance(case, LimitationCase)
        else _run_ruling(pack, case, calendars)
        for case in cases
    )
    met = {touched for result in results for touched in result.met}
    gaps = [
        f"{pack.id}: the {what} “{each}” has no worked case: write one in "
        f"packs/{pack.id}/cases/{file}."
        for what, file, ids in (
            ("ruling", "rulings.toml", [one.id for one in pack.rulings]),
            ("limitation", "limitation.toml", [one.id for one in pack.limitation]),
        )
        for each in dict.fromkeys(ids)
        if each not in met
    ]
    return results, tuple(gaps)


def _run_limitation(
    pack: Pack, case: LimitationCase, calendars: Mapping[str, Calendar]
) -> ProvisionResult:
    found = limitation_of(
        pack, calendars, grade=case.grade, offense=case.offense, offense_on=case.offense_on
    )
    wrong = []
    if found.lacks:
        wrong.append(f"lacks {'; '.join(found.lacks)}")
    if found.last_day != case.last_day or (case.last_day is None and not found.unlimited):
        said = "no limitation" if found.unlimited else found.last_day
        wrong.append(f"expected {case.last_day or 'no limitation'}, found {said}")
    met = frozenset({found.provision} if found.provision else ())
    return ProvisionResult(case, met, tuple(wrong))


def _run_ruling(pack: Pack, case: RulingCase, calendars: Mapping[str, Calendar]) -> ProvisionResult:
    try:
        history = history_of_case_file(
            case.docket,
            case.status,
            offense=case.offense,
            grade=case.grade,
            offense_on=case.offense_on or "",
        )
    except FullfileError as refused:
        return ProvisionResult(case, frozenset(), (str(refused),))
    found = judge(history, pack, calendars, case.on)
    met = frozenset(link.provision for link in found.chain if link.provision)
    wrong = []
    if found.answer != case.answer:
        wrong.append(f"expected {case.answer}, found {found.answer}: {found.sentence}")
    if found.until != (case.until.isoformat() if case.until else None):
        wrong.append(f"expected until {case.until}, found {found.until}")
    wrong += [f"“{each}” is not in the chain" for each in case.holds if each not in met]
    said = " ".join(found.conditions).casefold()
    wrong += [
        f"“{words}” is not among the conditions ({found.conditions})"
        for words in case.conditions
        if words.casefold() not in said
    ]
    return ProvisionResult(case, met, tuple(wrong))
