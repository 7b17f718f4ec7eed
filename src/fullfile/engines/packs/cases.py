"""Worked cases: the dates a lawyer expects of a rule, kept beside it and run as tests.

A case file lies in `cases/` under the same name as its rule in `rules/`. Each case is one of

- `pass`: something was done on `done`, and in time;
- `fail`: something was done on `done`, and too late;
- `edge`: a date that is easily got wrong.

For a rule without a date a `fail` names the dates that must not be invented (`not`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from fullfile.core.errors import FullfileError
from fullfile.core.rules import Calendar, Deadline, Pack, Period, deadline, find_rule, parse_period
from fullfile.engines.packs.reading import rule_file_name
from fullfile.engines.packs.tables import PackProblem, Table, read_source

__all__ = ["PROVISION_CASE_FILES", "CaseResult", "WorkedCase", "check_cases", "read_cases"]

_KINDS = ("pass", "fail", "edge")
PROVISION_CASE_FILES = ("limitation.toml", "rulings.toml")
"""No rule's cases: `provision_cases` reads them."""


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One worked case.

    Attributes:
        rule: the rule's id.
        name: what the case shows.
        kind: `pass`, `fail` or `edge`.
        trigger: the day counted from.
        due: the date expected; None where there is none.
        done: the day on which the thing was done, for pass and fail.
        wrong: dates that must not come out.
        ordered: a period that a court ordered in place of the rule's.
        status: a status of the defendant for whom the rule has another period.
        lacks: words that must stand in what is lacking.
        candidates: both days where the rule does not say which way to roll.
        file: where it stands.
    """

    rule: str
    name: str
    kind: str
    trigger: date
    due: date | None
    done: date | None
    wrong: tuple[date, ...]
    ordered: Period | None
    lacks: str
    candidates: tuple[date, ...]
    file: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case; `wrong` is empty when all is as expected."""

    case: WorkedCase
    found: Deadline
    wrong: tuple[str, ...]


def read_cases(folder: Path, *, problems: list[PackProblem]) -> tuple[WorkedCase, ...]:
    """Read the cases of the pack in a folder."""
    cases: list[WorkedCase] = []
    for path in sorted((folder / "cases").glob("*.toml")):
        if path.name in PROVISION_CASE_FILES:
            continue
        shown = f"packs/{folder.name}/cases/{path.name}"
        source = read_source(path, shown_as=shown, problems=problems)
        if source is None:
            continue
        top = Table(source, source.data, ())
        rule = top.text("rule", example="us-nm:5-501(A)")
        if rule and rule_file_name(rule) != path.name:
            top.problem("rule", f"the cases of “{rule}” lie in {rule_file_name(rule)}.")
        for table in top.tables("cases"):
            cases.append(_case(table, rule, shown))
            table.done()
        top.done()
        problems.extend(source.problems)
    return tuple(cases)


def _case(table: Table, rule: str, file: str) -> WorkedCase:
    kind = table.word("kind", _KINDS)
    due = table.value("due")
    if due != "none" and type(due) is not date:
        table.problem("due", 'expected a date without quotation marks, or "none".')
    ordered = table.text_or_empty("ordered")
    period = None
    if ordered:
        try:
            period = parse_period(ordered)
        except FullfileError as refused:
            table.problem("ordered", str(refused))
    done, wrong = table.day("done"), table.days("not")
    if kind == "pass" and done is None and due != "none":
        table.problem("done", "is missing: a pass says on which day the thing was done.")
    if kind == "fail" and done is None and not wrong:
        table.problem("done", "is missing: a fail says when it was done, or which dates are wrong.")
    return WorkedCase(
        rule=rule,
        name=table.text("name", example="waiver filed on a Wednesday"),
        kind=kind,
        trigger=table.day_needed("trigger"),
        due=due if type(due) is date else None,
        done=done,
        wrong=wrong,
        ordered=period,
        lacks=table.text_or_empty("lacks"),
        candidates=table.days("candidates"),
        file=file,
        status=table.text_or_empty("status"),
    )


def check_cases(
    pack: Pack, cases: tuple[WorkedCase, ...], calendars: Mapping[str, Calendar]
) -> tuple[tuple[CaseResult, ...], tuple[str, ...]]:
    """Run the cases of a pack.

    Returns:
        The results, and the sentences about rules that have not all three kinds of case.
    """
    results = tuple(_run(pack, case, calendars) for case in cases)
    gaps: list[str] = []
    for rule in pack.rules:
        kinds = {case.kind for case in cases if case.rule == rule.id}
        missing = [kind for kind in _KINDS if kind not in kinds]
        if missing:
            gaps.append(
                f"{rule.id} has no {' and no '.join(missing)} case: write it in "
                f"packs/{pack.id}/cases/{rule_file_name(rule.id)}."
            )
    return results, tuple(gaps)


def _run(pack: Pack, case: WorkedCase, calendars: Mapping[str, Calendar]) -> CaseResult:
    _, rule = find_rule([pack], case.rule, on=case.trigger)
    wrong: list[str] = []
    if case.status:
        periods = {variant.status: variant.period for variant in rule.variants}
        if case.status not in periods:
            wrong.append(f"the rule has no variant “{case.status}”")
        rule = replace(rule, period=periods.get(case.status, rule.period))
    found = deadline(
        rule,
        case.trigger,
        calendars.get(pack.calendar, Calendar(pack.calendar)),
        weekend=pack.weekend,
        pack_version=pack.version,
        ordered_period=case.ordered,
    )
    due = found.due.date() if isinstance(found.due, datetime) else found.due
    if due != case.due:
        wrong.append(f"expected {case.due}, found {due}: {found.working}")
    if due in case.wrong:
        wrong.append(f"found {due}, which the case calls wrong")
    if case.candidates and case.candidates != tuple(one.due for one in found.candidates):
        wrong.append(f"expected both of {case.candidates}, found {found.candidates}")
    if case.lacks and not any(case.lacks in lack for lack in found.lacks):
        wrong.append(f"expected that “{case.lacks}” is lacking, found {found.lacks}")
    if case.done is not None and due is not None:
        in_time = case.done <= due
        if case.kind != "edge" and in_time != (case.kind == "pass"):
            wrong.append(f"done on {case.done} is {'in time' if in_time else 'late'} for {due}")
    return CaseResult(case, found, tuple(wrong))
