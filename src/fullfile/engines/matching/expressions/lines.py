"""The state of each (item, case, defendant), and of items of cases without defendants (section 8)."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from fullfile.core.matching.line import EXCEPTIONS, State
from fullfile.engines.matching.arithmetic import day, day_after, later, none, target_on
from fullfile.engines.matching.expressions.bearing import pairs
from fullfile.engines.matching.expressions.cases import case_facts
from fullfile.engines.matching.expressions.custody import custody_facts, named_unlisted
from fullfile.engines.matching.expressions.delivered import disclosed, filed
from fullfile.engines.matching.expressions.due import BY_POLICY, clocks, due, refiled
from fullfile.engines.matching.expressions.kept_back import set_aside, withheld
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["CODES", "KINDS", "LINE", "ORDER", "as_line", "item_lines", "lines_without_defendant"]

ORDER: tuple[State, ...] = tuple(State)
"""The states by their code."""
CODES: dict[State, int] = {state: code for code, state in enumerate(ORDER)}
KINDS = ("item", "mention", "agency", "count")
"""What a line is about, by its code."""
EXCEPTION_CODES = tuple(CODES[state] for state in ORDER if state in EXCEPTIONS)

LINE: dict[str, str] = {
    "kind": "int8",
    "case_id": "int32",
    "item_id": "int64",
    "defendant_id": "int32",
    "agency_id": "int32",
    "entry": "int64",
    "state": "int8",
    **{state.value: "boolean" for state in ORDER},
    "exception": "boolean",
    "ended_day": "int32",
    "changed": "boolean",
    "arises": "int64",
    "held_first": "int64",
    "booked_first": "int64",
    "filed_last": "int64",
    "disclosed_last": "int64",
    "ack_last": "int64",
    "due_day": "int32",
    "due_basis": "int8",
    "due_case": "int32",
}
"""The columns of a line. `due_basis`: 1 by law, 2 by the office's target."""

_PAIR = ["item_id", "case_id"]
_NO = False


def _yes(condition: Expr) -> Expr:
    """A condition, where what it needs is not on record: no."""
    return ibis.coalesce(condition, ibis.literal(_NO))


def as_line(
    rows: Expr,
    kind: str,
    states: Mapping[State, Expr],
    first: State | None = None,
    *,
    may_settle: bool = False,
    **facts: Expr,
) -> Expr:
    """Rows as lines: the first state that applies, the others beside it, and the facts said.

    `first`: the state of every row, whatever else applies. `may_settle`: where the rows say
    `settled`, it is no exception after all.
    """
    flags = {state.value: states.get(state, ibis.literal(_NO)) for state in ORDER}
    rows = rows.mutate(**flags, **{name: value for name, value in facts.items() if name in LINE})
    if first is None:
        applying = [state for state in ORDER if state in states]
        found = ibis.cases(
            *[(rows[one.value], CODES[one]) for one in applying], else_=CODES[State.WITHHELD]
        )
    else:
        found = ibis.literal(CODES[first])
    rows = rows.mutate(state=found.cast("int8"))
    ended_day = rows["ended_day"] if "ended_day" in facts else none("int32")
    changed = rows["changed"] if "changed" in facts else ibis.literal(_NO)
    exception = rows.state.isin(EXCEPTION_CODES) & (ended_day.isnull() | changed)
    if may_settle:
        exception = exception & ~rows["settled"]
    own = {"kind": ibis.literal(KINDS.index(kind)), "exception": exception}
    columns = {}
    for name, dtype in LINE.items():
        if name in own:
            columns[name] = own[name].cast(dtype)
        elif name in flags or name in facts or name == "state":
            columns[name] = rows[name].cast(dtype)
        else:
            columns[name] = none(dtype) if name != "changed" else ibis.literal(_NO)
    return rows.select(**columns)


def _base(work: Work) -> Expr:
    """Sections 2.4, 3.5, 4.3 and 4.4: the lines there are, with t, `ended` and pc."""
    clock = clocks(work)
    rows = attach(pairs(work), clock.filter(clock.present), ["case_id"], how="inner")
    rows = rows.mutate(arises=later(rows.bears, rows.start), held_day=day(rows.held))
    rows = rows.mutate(on=rows.t)
    if not work.any(clock.filter(clock.ended.notnull())):
        return rows.mutate(pc=ibis.literal(_NO), frozen=none())
    rows = rows.mutate(pc=_yes(rows.frozen.notnull() & (rows.held_day >= day(rows.convicted))))
    new = rows.frozen.notnull() & rows.convicted.isnull() & (rows.arises > rows.frozen)
    rows = rows.filter(~_yes(new))
    return rows.mutate(t=ibis.ifelse(rows.frozen.notnull() & ~rows.pc, rows.frozen, rows.t))


def item_lines(work: Work) -> Expr:
    """Every line of an item, a case and a defendant."""
    rows = work.step("base", _base(work), ("case_id", "item_id"))
    kept_back = withheld(work, rows)
    rows = work.step("due", refiled(work, due(work, rows)), ("item_id", "case_id"))
    rows = work.step("kept_back", _with_withheld(work, rows, kept_back))
    rows = work.step("filed_lines", _with_filed(work, rows))
    rows = work.step("disclosed_lines", _with_disclosed(work, rows), ("item_id", "case_id"))
    rows = rows.mutate(due_day=ibis.ifelse(rows.pc, none("int32"), rows.due_day))
    rows = _with_aside(work, rows)
    rows = work.step("facts", _with_custody(work, rows))
    rows = rows.mutate(
        over=_yes(rows.t >= day_after(rows.due_day)), got=rows.whole_by | rows.part_by
    )
    late = _yes(rows.got & (rows.disclosed_last >= day_after(rows.due_day)))
    early = rows.got & (rows.held.isnull() | _yes(rows.disclosed_last < rows.held))
    rows = rows.mutate(
        late_=late, early=early, receipt_by=rows.ack_last.notnull(), is_gone=_gone(rows)
    )
    rows = work.step("judged_lines", rows)
    states = {
        State.MISSING: rows.is_missing,
        State.DESTROYED_UNDER_HOLD: rows.under_hold,
        State.GONE: rows.is_gone,
        State.SET_ASIDE: rows.aside_by,
        State.UNFILED: ~rows.filed_by,
        State.WITHHELD_WITHOUT_ORDER: ~rows.whole_by & rows.stands & ~rows.good,
        State.WITHHELD: ~rows.whole_by & rows.good,
        State.POST_CONVICTION: rows.pc & ~rows.got,
        State.OVERDUE: ~rows.got & rows.over & ~rows.good_in_time,
        State.PARTIAL: rows.part_by & ~rows.whole_by & ~rows.good,
        State.LATE: rows.late_,
        State.PENDING: ~rows.got & ~rows.over & ~rows.good & ~rows.pc,
        State.UNACKNOWLEDGED: rows.got & ~rows.late_ & (~rows.receipt_by | rows.early),
        State.FULL: rows.whole_by & rows.filed_by & ~rows.late_ & rows.receipt_by & ~rows.early,
    }
    return as_line(
        rows,
        "item",
        states,
        case_id=rows.case_id,
        item_id=rows.item_id,
        defendant_id=rows.defendant_id,
        agency_id=rows.agency_id,
        ended_day=ibis.ifelse(rows.frozen.notnull(), day(rows.frozen), none("int32")),
        changed=_changed(rows),
        arises=rows.arises,
        held_first=rows.held,
        booked_first=rows.booked,
        filed_last=rows.filed_last,
        disclosed_last=rows.disclosed_last,
        ack_last=rows.ack_last,
        due_day=rows.due_day,
        due_basis=ibis.ifelse(rows.due_day.notnull(), rows.due_basis, none("int8")),
        due_case=ibis.ifelse(rows.due_day.notnull(), rows.due_case, none("int32")),
    )


def _gone(rows: Expr) -> Expr:
    """Lost with no hold standing, and not disclosed to this defendant by then."""
    before = _yes(earlier_of(rows.whole, rows.part) <= rows.lost_first)
    return rows.lost_first.notnull() & ~rows.under_hold & ~before


def earlier_of(whole: Expr, part: Expr) -> Expr:
    """The earlier of two moments, or the one that is on record."""
    return ibis.coalesce(ibis.ifelse(part < whole, part, whole), whole, part)


def _changed(rows: Expr) -> Expr:
    """Section 4.5."""
    since = (
        (rows.arises > rows.frozen)
        | rows.pc
        | _yes(rows.kept_first > rows.frozen)
        | (rows.is_gone & _yes(rows.lost_first > rows.frozen))
        | _yes(rows.missing_since > rows.frozen)
    )
    return _yes(rows.frozen.notnull() & since)


def _with_withheld(work: Work, rows: Expr, found: Expr | None) -> Expr:
    """Sections 7.4 and 5.6."""
    if found is None:
        no = ibis.literal(_NO)
        return rows.mutate(stands=no, good=no, good_in_time=no)
    rows = attach(rows, found, ["item_id", "case_id", "defendant_id"])
    rows = work.step("until", _moved(work, rows, rows.ended_on, rows.ended_on.notnull()))
    in_time = rows.due_day.isnull() | (rows.given_since < day_after(rows.due_day))
    rows = _moved(work, rows, rows.given_on, rows.given_on.notnull() & in_time)
    rows = rows.mutate(stands=_yes(rows.stands), good=_yes(rows.good))
    in_time = rows.good & (rows.due_day.isnull() | (rows.good_since < day_after(rows.due_day)))
    return rows.mutate(good_in_time=_yes(in_time))


def _moved(work: Work, rows: Expr, end: Expr, counts: Expr) -> Expr:
    """The due date, where the target from the end of a withholding is the later one."""
    since = day(end)
    other = (since + target_on(since, work.policy)).cast("int32")
    moves = _yes(counts & (rows.due_day.isnull() | (other > rows.due_day)))
    return rows.mutate(
        due_day=ibis.ifelse(moves, other, rows.due_day),
        due_basis=ibis.ifelse(moves, BY_POLICY, rows.due_basis).cast("int8"),
        due_case=ibis.ifelse(moves, rows.case_id, rows.due_case),
    )


def _with_filed(work: Work, rows: Expr) -> Expr:
    found = filed(work)
    if found is None:
        return rows.mutate(filed_by=ibis.literal(_NO), filed_last=none())
    rows = attach(rows, found, _PAIR)
    rows = rows.mutate(filed_by=_yes(rows.filed_last <= rows.t))
    return rows.mutate(filed_last=ibis.ifelse(rows.filed_by, rows.filed_last, none()))


def _with_disclosed(work: Work, rows: Expr) -> Expr:
    found = disclosed(work)
    if found is None:
        no = ibis.literal(_NO)
        return rows.mutate(
            whole=none(),
            part=none(),
            whole_by=no,
            part_by=no,
            disclosed_last=none(),
            ack_last=none(),
        )
    rows = attach(rows, found, ["defendant_id", "item_id"])
    rows = rows.mutate(
        whole_by=_yes(rows.whole <= rows.t),
        part_by=_yes(rows.part <= rows.t),
        receipt=ibis.ifelse(rows.whole <= rows.t, rows.whole_receipt, rows.part_receipt),
    )
    return rows.mutate(
        ack_last=ibis.ifelse(rows.receipt <= rows.t, rows.receipt, none()),
        disclosed_last=ibis.ifelse(
            rows.whole_by, rows.whole, ibis.ifelse(rows.part_by, rows.part, none())
        ),
    )


def _with_aside(work: Work, rows: Expr) -> Expr:
    found = set_aside(work)
    if found is None:
        return rows.mutate(aside_by=ibis.literal(_NO))
    rows = attach(rows, found, _PAIR)
    return rows.mutate(aside_by=_yes(rows.aside_since <= rows.t))


def _with_custody(work: Work, rows: Expr) -> Expr:
    unlisted = named_unlisted(work)
    if unlisted is None:
        rows = rows.mutate(unlisted=ibis.literal(_NO))
    else:
        rows = attach(rows, unlisted.mutate(unlisted=ibis.literal(value=True)), ["item_id"])
        rows = rows.mutate(unlisted=_yes(rows.unlisted))
    found = custody_facts(work)
    if found is None:
        rows = rows.mutate(missing_since=none(), lost_first=none(), kept_first=none())
        return rows.mutate(under_hold=ibis.literal(_NO), is_missing=rows.unlisted)
    rows = attach(rows, found, ["item_id"])
    return rows.mutate(
        under_hold=rows.kept_first.notnull(),
        is_missing=rows.missing_since.notnull() | rows.unlisted,
    )


def lines_without_defendant(work: Work) -> Expr:
    """Section 9, first sentence: each item of a case that has no defendant on T."""
    clock = clocks(work)
    manned = clock.filter(clock.present).select("case_id").distinct()
    cases = case_facts(work).select("case_id", "start", "t")
    rows = attach(pairs(work), cases.anti_join(manned, "case_id"), ["case_id"], how="inner")
    rows = rows.mutate(arises=later(rows.bears, rows.start))
    rows = work.step("no_defendant", rows, ("item_id", "case_id"))
    rows = work.step("facts", _with_custody(work, _with_aside(work, _with_filed(work, rows))))
    states = {
        State.MISSING: rows.is_missing,
        State.DESTROYED_UNDER_HOLD: rows.under_hold,
        State.GONE: rows.lost_first.notnull() & ~rows.under_hold,
        State.SET_ASIDE: rows.aside_by,
        State.UNFILED: ~rows.filed_by,
        State.NO_DEFENDANT: ibis.literal(value=True),
    }
    return as_line(
        rows,
        "item",
        states,
        State.NO_DEFENDANT,
        case_id=rows.case_id,
        item_id=rows.item_id,
        agency_id=rows.agency_id,
        arises=rows.arises,
        held_first=rows.held,
        booked_first=rows.booked,
        filed_last=rows.filed_last,
    )
