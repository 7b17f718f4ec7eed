"""When a line is due, and whether by law or by the office's target (the match, section 5).

Everything that does not depend on the item is worked out once per defendant
(`clocks`); a line then only compares its held date with it (`due`). Days are
days since 1970.
"""

from __future__ import annotations

import ibis

from fullfile.engines.matching.arithmetic import day, later, none, target_on
from fullfile.engines.matching.expressions.cases import (
    case_facts,
    concerned,
    defendants,
    happened,
    twins,
)
from fullfile.engines.matching.expressions.ends import ends
from fullfile.engines.matching.expressions.triggers import triggers
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["BY_LAW", "BY_POLICY", "clocks", "due", "office_date", "refiled"]

BY_LAW, BY_POLICY = 1, 2
NOT_HELD = -(10**6)
"""Stands for a held day that is not on record where rows are joined by it."""
_WHO = ["case_id", "defendant_id"]
_AFTER_OPENING = 30


def _courts(work: Work) -> Expr:
    return work.rows(
        "courts",
        {
            "jurisdiction": "string",
            "court_level": "string",
            "dated": "boolean",
            "kind": "string",
        },
        [(row.jurisdiction, row.court_level, row.dated, row.kind) for row in work.law.courts],
    )


def orders(work: Work) -> Expr | None:
    """Section 5.2: (case_id, defendant_id, order_day), the latest order on disclosure."""
    return work.share_or_none("orders", lambda: _orders(work), keys=_WHO)


def _orders(work: Work) -> list[Expr]:
    if not work.has("docket"):
        return []
    docket = work.seen("docket")
    rows = docket.filter(
        (docket.event == "order") & docket.due_day.notnull() & docket.about_disclosure
    )
    if not work.any(rows):
        return []
    rows = happened(work, rows)
    rows = rows.select("entry", "case_id", "first", "last", "ord", "due_day", whose="defendant_id")
    rows = work.keep("ordering", concerned(work, rows), _WHO)
    last = rows.group_by(_WHO).agg(ord=rows.ord.max())
    rows = attach(rows, last, [*_WHO, "ord"], how="inner")
    return [rows.select(*_WHO, order_day="due_day")]


def clocks(work: Work) -> Expr:
    """One row per party with the role: what a line needs to know about case and defendant.

    Columns: t, start, joined_at, present, ended, convicted, frozen (ended, where
    T is after it), law_day (an order's or the first trigger's date), ordered,
    base_day (what the office's target starts from, but for the item), jurisdiction,
    court_level, later_triggers, kind (empty: items of a kind that has no rule of its own in the court).
    """
    return work.share("clocks", lambda: _clocks(work, own_kind=False), keys=("case_id",))


def kind_clocks(work: Work) -> Expr:
    """The clocks for items of the kinds for which a court has a rule of its own."""
    return work.share("kind_clocks", lambda: _clocks(work, own_kind=True), keys=_WHO)


def _clocks(work: Work, *, own_kind: bool) -> Expr:
    people = attach(defendants(work), case_facts(work), ["case_id"], how="inner")
    people = _with_courts(work, people, own_kind=own_kind)
    people = _with_ends(work, people)
    people = _with_triggers(work, people)
    found = orders(work)
    if found is None:
        people = people.mutate(order_day=none("int32"))
    else:
        people = attach(people, found, _WHO)
    # Only the trigger is lacking: an order with its own date is a start.
    waits = people.dated & people.trigger_day.isnull() & people.order_day.isnull()
    opened = day(people.start)
    base = later(
        ibis.ifelse(waits, opened + _AFTER_OPENING, opened),
        day(people.joined_at),
        people.occurred,
    )
    return people.select(
        *_WHO,
        "kind",
        "t",
        "start",
        "present",
        "ended",
        "convicted",
        "jurisdiction",
        "court_level",
        "later_triggers",
        frozen=ibis.ifelse(people.t > people.ended, people.ended, none()),
        law_day=ibis.coalesce(people.order_day, people.first_due).cast("int32"),
        ordered=people.order_day.notnull(),
        base_day=base.cast("int32"),
    )


def _with_courts(work: Work, people: Expr, *, own_kind: bool) -> Expr:
    if not work.law.courts:
        people = people.mutate(kind=ibis.literal(""))
        return people.mutate(dated=ibis.literal(value=False))
    courts = work.share_as_is("courts", lambda: _courts(work))
    where = ["jurisdiction", "court_level"]
    if own_kind:
        return attach(people, courts.filter(courts.kind != ""), where, how="inner")
    people = attach(people, courts.filter(courts.kind == "").drop("kind"), where)
    people = people.mutate(kind=ibis.literal(""))
    return people.mutate(dated=ibis.coalesce(people.dated, ibis.literal(value=False)))


def _with_ends(work: Work, people: Expr) -> Expr:
    found = ends(work)
    if found is None:
        return people.mutate(ended=none(), convicted=none())
    return attach(people, found, _WHO)


def _with_triggers(work: Work, people: Expr) -> Expr:
    found = triggers(work)
    if found is None:
        return people.mutate(
            trigger_day=none("int32"),
            occurred=none("int32"),
            first_due=none("int32"),
            later_triggers=ibis.literal(value=False),
        )
    mine = [*_WHO, "kind"]
    days = found.group_by(mine).agg(turn=found.turn.min(), days=found.count())
    first = attach(days, found, [*mine, "turn"], how="inner")
    first = first.select(
        *mine, "trigger_day", "occurred", first_due="due_day", later_triggers=first.days > 1
    )
    people = attach(people, first, mine)
    return people.mutate(
        later_triggers=ibis.coalesce(people.later_triggers, ibis.literal(value=False))
    )


def office_date(work: Work, held_day: Expr, clock: Expr) -> tuple[Expr, Expr]:
    """Section 5.4: the day of the office's target or of the continuing duty, and by which."""
    start = later(held_day, clock.base_day)
    target = (start + target_on(start, work.policy)).cast("int32")
    if not work.law.later:
        return target, ibis.literal(BY_POLICY, "int8")
    after_law = clock.later_due.notnull() & (held_day > clock.law_day)
    after_law = ibis.coalesce(after_law, ibis.literal(value=False))
    return (
        ibis.ifelse(after_law, clock.later_due, target),
        ibis.ifelse(after_law, BY_LAW, BY_POLICY).cast("int8"),
    )


def _with_later(work: Work, lines: Expr) -> Expr:
    """Adds later_due: the day that the continuing duty gives for the day on which it was taken in."""
    if not work.law.later:
        return lines
    dates = work.share_as_is(
        "later",
        lambda: work.rows(
            "later",
            {
                "jurisdiction": "string",
                "court_level": "string",
                "held_day": "int32",
                "later_due": "int32",
            },
            [
                (row.jurisdiction, row.court_level, row.held_day, row.due_day)
                for row in work.law.later
            ],
        ),
    )
    return attach(lines, dates, ["jurisdiction", "court_level", "held_day"])


def _of_kind(work: Work, lines: Expr) -> Expr:
    """Lines with the clock for the item's kind, where the court has a rule for that kind."""
    if not work.law.kinds:
        return lines
    if "item_kind" not in lines.columns:
        if "item_id" in lines.columns:
            lines = attach(lines, item_kinds(work), ["item_id"])
            lines = lines.mutate(item_kind=ibis.coalesce(lines.item_kind, ibis.literal("")))
        else:
            lines = lines.mutate(item_kind=ibis.literal(""))
    columns = ("law_day", "base_day", "later_triggers")
    other = kind_clocks(work)
    other = other.select(*_WHO, item_kind="kind", **{f"own_{one}": one for one in columns})
    lines = attach(lines, other.mutate(own=ibis.literal(value=True)), [*_WHO, "item_kind"])
    own = lines.own.notnull()
    lines = lines.mutate(
        kind=ibis.ifelse(own, lines.item_kind, ibis.literal("")),
        **{one: ibis.ifelse(own, lines[f"own_{one}"], lines[one]) for one in columns},
    )
    return lines.drop("own", *[f"own_{one}" for one in columns])


def item_kinds(work: Work) -> Expr:
    """(item_id, item_kind) of items of a kind for which some court has a rule of its own."""
    return work.share("item_kinds", lambda: _item_kinds(work), keys=("item_id",))


def _item_kinds(work: Work) -> Expr:
    items = work.seen("items")
    said = items.filter(items.kind != "")
    first = said.group_by("item_id").agg(entry=said.entry.min())
    said = attach(said, first, ["item_id", "entry"], how="inner")
    said = said.filter(said.kind.isin(work.law.kinds))
    return said.select("item_id", item_kind="kind")


def due(work: Work, lines: Expr) -> Expr:
    """Sections 5.3 and 5.4: adds due_day and due_basis to rows that have held_day and a clock.

    Held at a time that is not on record is not held after the law's date.
    """
    lines = _with_later(work, _of_kind(work, lines))
    by_law = _by_law(lines)
    office, basis = office_date(work, lines.held_day, lines)
    new = _by_later_trigger(work, lines, office)
    if new is None:
        return lines.mutate(
            due_day=ibis.ifelse(by_law, lines.law_day, office),
            due_basis=ibis.ifelse(by_law, BY_LAW, basis).cast("int8"),
        )
    lines = lines.mutate(held_key=ibis.coalesce(lines.held_day, NOT_HELD))
    lines = attach(lines, new, [*_WHO, "kind", "held_key"]).drop("held_key")
    by_law = _by_law(lines)
    office, basis = office_date(work, lines.held_day, lines)
    law = by_law | lines.new_due.notnull()
    return lines.mutate(
        due_day=ibis.ifelse(by_law, lines.law_day, ibis.coalesce(lines.new_due, office)),
        due_basis=ibis.ifelse(law, BY_LAW, basis).cast("int8"),
    ).drop("new_due")


def _by_law(lines: Expr) -> Expr:
    held = lines.held_day.isnull() | (lines.held_day <= lines.law_day)
    return lines.law_day.notnull() & held


def _by_later_trigger(work: Work, lines: Expr, office: Expr) -> Expr | None:
    """Section 5.3, second sentence: (case_id, defendant_id, held_key, new_due); None: no case."""
    every = triggers(work)
    if every is None or not _any_later(work):
        return None
    asked = lines.mutate(office=office)
    asked = asked.filter(asked.later_triggers & ~asked.ordered & ~_by_law(asked))
    held_key = ibis.coalesce(asked.held_day, NOT_HELD)
    asked = asked.select(*_WHO, "kind", "office", held_key=held_key).distinct()
    mine = [*_WHO, "kind"]
    first = every.group_by(mine).agg(first_turn=every.turn.min())
    after = attach(every, first, mine)
    after = after.filter((after.turn > after.first_turn) & after.due_day.notnull())
    met = attach(asked, after, mine, how="inner")
    met = met.filter(
        (met.held_key <= met.due_day) & (met.office.isnull() | (met.office >= met.trigger_day))
    )
    new = met.group_by([*mine, "held_key"]).agg(new_due=met.due_day.min())
    return work.keep("later_due", new, _WHO)


def _any_later(work: Work) -> bool:
    clock = clocks(work)
    if work.any(clock.filter(clock.later_triggers & ~clock.ordered)):
        return True
    if not work.law.kinds:
        return False
    clock = kind_clocks(work)
    return work.any(clock.filter(clock.later_triggers & ~clock.ordered))


def refiled(work: Work, lines: Expr) -> Expr:
    """Section 5.5: a date that had passed in the case it was refiled from stands. Adds due_case."""
    lines = lines.mutate(due_case=lines.case_id)
    if not work.had("case_relations"):
        return lines
    relations = work.every("case_relations")
    named = relations.filter(
        (relations.kind == "refiled_from") & (relations.case_id != relations.other_id)
    )
    named = named.select("case_id", "other_id").distinct()
    if not work.any(named):
        return lines
    old = _old_dates(work, lines, named)
    lines = lines.mutate(held_key=ibis.coalesce(lines.held_day, NOT_HELD))
    both = attach(lines, old, [*_WHO, *_kind_of(work), "held_key"]).drop("held_key")
    stands = both.old_due.notnull() & ~(both.ordered & _by_law(both))
    return both.mutate(
        due_day=ibis.ifelse(stands, both.old_due, both.due_day),
        due_basis=ibis.ifelse(stands, both.old_basis, both.due_basis),
        due_case=ibis.ifelse(stands, both.old_case, both.due_case),
    ).drop("old_due", "old_basis", "old_case")


def _kind_of(work: Work) -> list[str]:
    """By what else than the day held dates may differ."""
    return ["item_kind"] if work.law.kinds else []


def _old_dates(work: Work, lines: Expr, named: Expr) -> Expr:
    """For each held day in a refiled case the date that stands from an older one."""
    asked = lines.semi_join(named, "case_id")
    kind = _kind_of(work)
    asked = asked.select(*_WHO, *kind, "held_day", "start").distinct()
    asked = work.keep("asked", asked, _WHO)
    pairs = attach(asked, twins(work, named), _WHO, how="inner")
    pairs = pairs.select(
        "held_day",
        *kind,
        new_case="case_id",
        new_defendant="defendant_id",
        new_start="start",
        case_id="other_id",
        defendant_id="twin_id",
    )
    clock = clocks(work).filter(lambda rows: rows.present)
    old = due(work, work.keep("old", attach(pairs, clock, _WHO, how="inner"), _WHO))
    keys = work.tables["case_key"].select("case_id", "norm")
    old = attach(work.step("old_due", old, _WHO), keys, ["case_id"])
    passed = old.filter(
        (old.due_day < day(old.new_start)) & (old.ended.isnull() | (old.due_day <= day(old.ended)))
    )
    passed = passed.select(
        "due_day",
        "norm",
        *kind,
        held_key=ibis.coalesce(passed.held_day, NOT_HELD),
        case_id="new_case",
        defendant_id="new_defendant",
        old_case="case_id",
        old_basis="due_basis",
    )
    wanted = [*_WHO, *kind, "held_key"]
    passed = work.keep("passed", passed, _WHO)
    first = passed.group_by(wanted).agg(norm=passed.norm.min())
    first = attach(passed, first, [*wanted, "norm"], how="inner").drop("norm")
    return work.keep("old_dates", first.rename(old_due="due_day"), _WHO)
