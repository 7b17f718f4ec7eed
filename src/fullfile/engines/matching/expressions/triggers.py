"""What starts the clock of a defendant, and the date that the law gives (the match, sections 5.1, 5.2 and 5.7).

Dates come as rows (`engines.matching.law`); here it is decided which trigger counts, by which status
and whether a number ordered by the court takes the place of the rule's. Days are days since 1970.
"""

from __future__ import annotations

from collections.abc import Collection

import ibis

from fullfile.core.entries.rows import DISCOVERY_REQUEST
from fullfile.core.facts.statuses import AT_LIBERTY, IN_CUSTODY
from fullfile.engines.matching.arithmetic import day, day_after, none, order_key
from fullfile.engines.matching.expressions.accounts import best_ranked
from fullfile.engines.matching.expressions.cases import case_facts, concerned, happened
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["events", "triggers"]

_WHO = ["case_id", "defendant_id"]
_COURT = ["jurisdiction", "court_level", "kind"]
_EVER = 10**7
"""More days than there are: no beginning, or no end."""


def triggers(work: Work) -> Expr | None:
    """Section 5.1: the triggers that count, from the first that does on, one row per turn.

    Columns: case_id, defendant_id, kind, turn, trigger_day, occurred, due_day. A turn is the day that counts or,
    where each later trigger starts the clock again, the day of the docket row; `occurred` is
    the day of the row itself, kind the kind of item for which the court has a rule of its own.
    None: there are no triggers.
    """
    return work.share_or_none("triggers", lambda: _triggers(work), keys=_WHO)


def trigger_rows(work: Work) -> Expr | None:
    """The docket rows and requests that start a clock, for each defendant that they are for."""
    rows = events(work, {one.event for one in work.law.triggers})
    if rows is None:
        return None
    courts = case_facts(work).select("case_id", "jurisdiction", "court_level", "t")
    rows = attach(rows, courts, ["case_id"], how="inner")
    rows = concerned(work, rows)
    words = work.share_as_is("trigger_events", lambda: _events(work))
    rows = attach(rows, words, ["jurisdiction", "court_level", "event"], how="inner")
    set_day = ibis.ifelse(rows.from_due, rows.due_day, day(rows["first"]))
    rows = rows.mutate(trigger_day=set_day.cast("int32"))
    # A version of a rule starts its clock on the days on which it is in force.
    rows = rows.filter((rows.trigger_day >= rows.since) & (rows.trigger_day <= rows.until))
    return rows.drop("due_day", "since", "until")


def events(work: Work, words: Collection[str]) -> Expr | None:
    """Docket rows of some events, and the requests of the defence where that is one of them.

    Columns: entry, case_id, event, first, last, source_id, due_day, whose. None: there is no table of them.
    """
    columns = ["entry", "case_id", "event", "first", "last", "source_id", "due_day"]
    parts = []
    if words and work.has("docket"):
        docket = work.seen("docket")
        docket = docket.filter(docket.event.isin(set(words)))
        parts.append(docket.select(*columns, whose="defendant_id"))
    if DISCOVERY_REQUEST in words and work.has("requests"):
        requests = work.seen("requests")
        requests = requests.mutate(event=ibis.literal(DISCOVERY_REQUEST), due_day=none("int32"))
        parts.append(requests.select(*columns, whose="defendant_id"))
    if not parts:
        return None
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _events(work: Work) -> Expr:
    return work.rows(
        "trigger_events",
        {
            "jurisdiction": "string",
            "court_level": "string",
            "event": "string",
            "from_due": "boolean",
            "kind": "string",
            "since": "int32",
            "until": "int32",
            "latest": "boolean",
        },
        [
            (
                one.jurisdiction,
                one.court_level,
                one.event,
                one.from_due_day,
                one.kind,
                -_EVER if one.since is None else one.since,
                _EVER if one.until is None else one.until,
                one.latest,
            )
            for one in work.law.triggers
        ],
    )


def _triggers(work: Work) -> list[Expr]:
    rows = trigger_rows(work)
    if rows is None:
        return []
    rows = rows.filter(rows["first"] <= rows.t)
    if work.policy.source_rank:
        rows = best_ranked(work, rows, [*_WHO, "kind"])
    dates = work.share_as_is("due_map", lambda: _due_map(work))
    turn = ibis.ifelse(rows.latest, day(rows["first"]), rows.trigger_day).cast("int32")
    rows = rows.mutate(turn=turn)
    days = rows.group_by([*_WHO, *_COURT, "turn", "latest", "t"]).agg(
        first=rows["first"].min(), trigger_day=rows.trigger_day.min()
    )
    rows = days.mutate(occurred=day(days["first"]))
    own = dates.filter(dates.period == "").drop("period")
    rows = attach(rows, own, [*_COURT, "trigger_day"])
    if work.law.variants:
        rows = _by_status(work, work.keep("started", rows, [*_WHO, "turn"]))
    if work.law.periods:
        rows = _by_order(work, work.keep("started", rows, _WHO), dates)
    if any(one.latest for one in work.law.triggers):
        rows = _from_the_latest(work, work.keep("in_turn", rows, _WHO))
    return [rows.select(*_WHO, "kind", "turn", "trigger_day", "occurred", "due_day")]


def _due_map(work: Work) -> Expr:
    return work.rows(
        "due_map",
        {
            "jurisdiction": "string",
            "court_level": "string",
            "kind": "string",
            "trigger_day": "int32",
            "due_day": "int32",
            "period": "string",
        },
        [
            (
                row.jurisdiction,
                row.court_level,
                row.kind,
                row.trigger_day,
                row.due_day,
                row.period,
            )
            for row in work.law.due
        ],
    )


def _by_status(work: Work, rows: Expr) -> Expr:
    """Section 5.7: the earliest date whose status held at the end of that day, else the rule's own."""
    dates = work.rows(
        "variants",
        {
            "jurisdiction": "string",
            "court_level": "string",
            "kind": "string",
            "trigger_day": "int32",
            "status": "string",
            "sort": "string",
            "other_day": "int32",
        },
        [
            (
                row.jurisdiction,
                row.court_level,
                row.kind,
                row.trigger_day,
                row.status,
                row.sort,
                row.due_day,
            )
            for row in work.law.variants
        ],
    )
    spans = statuses(work)
    if spans is None:
        return rows
    asked = attach(rows, dates, [*_COURT, "trigger_day"], how="inner")
    asked = asked.select(
        *_WHO, "kind", "turn", "status", "sort", "other_day", own_day="due_day", t="t"
    )
    asked = work.keep("asked_status", asked, _WHO)
    there = _stood(work, asked, spans, "other_day").rename(there="stood")
    own = _stood(work, asked, spans, "own_day").rename(own="stood")
    keys = [*_WHO, "kind", "turn", "status"]
    both = attach(attach(asked, there, keys), own, keys)
    both = both.mutate(
        holds=ibis.coalesce(both.there == both.status, ibis.literal(value=False)),
        other_than_own=ibis.coalesce(both.own == both.status, ibis.literal(value=False)),
    )
    found = both.group_by([*_WHO, "kind", "turn"]).agg(
        held_day=both.other_day.min(where=both.holds), own_out=both.other_than_own.any()
    )
    rows = attach(rows, work.keep("by_status", found, _WHO), [*_WHO, "kind", "turn"])
    sooner = rows.due_day.isnull() | rows.own_out | (rows.held_day < rows.due_day)
    moved = ibis.coalesce(rows.held_day.notnull() & sooner, ibis.literal(value=False))
    return rows.mutate(due_day=ibis.ifelse(moved, rows.held_day, rows.due_day)).drop(
        "held_day", "own_out"
    )


def _stood(work: Work, asked: Expr, spans: Expr, column: str) -> Expr:
    """The status of a sort that stood at the end of a day, or at T where that is before it."""
    end = day_after(asked[column]) - 1
    asked = asked.filter(asked[column].notnull())
    asked = asked.mutate(moment=ibis.ifelse(end < asked.t, end, asked.t))
    keys = [*_WHO, "kind", "turn", "status"]
    asked = asked.select(*keys, "sort", "moment")
    met = attach(asked, spans, [*_WHO, "sort"], how="inner")
    met = met.filter(met["first"] <= met.moment)
    last = met.group_by(keys).agg(ord=met.ord.max())
    met = attach(met, last, [*keys, "ord"], how="inner")
    met = met.filter(met.until_last.isnull() | (met.until_last >= met.moment))
    return work.keep("stood", met.select(*keys, stood="word"), _WHO)


def statuses(work: Work) -> Expr | None:
    """Section 5.7: (case_id, defendant_id, sort, word, first, until_last, ord); None: nothing is said."""
    return work.share_or_none("statuses", lambda: _statuses(work), keys=_WHO)


def _statuses(work: Work) -> list[Expr]:
    words = {row.status for row in work.law.variants} | {row.sort for row in work.law.variants}
    parts = []
    if work.has("party_status"):
        rows = work.seen("party_status")
        rows = rows.filter(rows.status.isin({*words, AT_LIBERTY}))
        sort = ibis.ifelse(rows.status == AT_LIBERTY, IN_CUSTODY, rows.status)
        parts.append(
            rows.select(*_WHO, "until_last", "ord", sort=sort, word="status", first="from_first")
        )
    if work.had("parties"):
        # A later export that says otherwise takes nothing back: it was so until then.
        rows = work.every("parties")
        rows = rows.filter((rows.custody != "") & rows.defendant_id.notnull())
        parts.append(
            rows.select(
                *_WHO,
                until_last=none(),
                ord=order_key(rows.recorded, rows.entry),
                sort=ibis.literal(IN_CUSTODY),
                word="custody",
                first="recorded",
            )
        )
    columns = [*_WHO, "sort", "word", "first", "until_last", "ord"]
    return [part.select(*columns) for part in parts]


def _by_order(work: Work, rows: Expr, dates: Expr) -> Expr:
    """Section 5.2: a number that the court ordered before the date had passed."""
    docket = work.seen("docket")
    ordering = happened(work, docket.filter(docket.period != ""))
    ordering = ordering.select(
        "entry", "case_id", "first", "last", "ord", "period", whose="defendant_id"
    )
    ordering = work.keep("numbers", concerned(work, ordering), _WHO)
    last = ordering.group_by(_WHO).agg(ord=ordering.ord.max())
    ordering = attach(ordering, last, [*_WHO, "ord"], how="inner")
    ordering = ordering.select(*_WHO, "period", ordered_on=day(ordering["first"]))
    rows = attach(rows, ordering, _WHO)
    other = dates.filter(dates.period != "").rename(other_day="due_day")
    rows = attach(rows, other, [*_COURT, "trigger_day", "period"])
    counts = rows.other_day.notnull() & (rows.due_day.isnull() | (rows.ordered_on <= rows.due_day))
    counts = ibis.coalesce(counts, ibis.literal(value=False))
    return rows.mutate(due_day=ibis.ifelse(counts, rows.other_day, rows.due_day)).drop(
        "period", "ordered_on", "other_day"
    )


def _from_the_latest(work: Work, rows: Expr) -> Expr:
    """Section 5.1: where each later trigger starts the clock again, those from the one that counts on.

    A trigger takes the place of the one before it if it came before that one's date had passed.
    """
    window = ibis.window(group_by=[*_WHO, "kind"], order_by="turn")
    rows = rows.mutate(
        turn_before=rows.turn.lag().over(window), due_before=rows.due_day.lag().over(window)
    )
    rows = work.keep("turns", rows, [*_WHO, "kind"])
    again = rows.latest & (rows.due_before.isnull() | (rows.turn <= rows.due_before))
    stays = rows.turn_before.isnull() | ibis.coalesce(again, ibis.literal(value=False))
    broken = rows.group_by([*_WHO, "kind"]).agg(broken=rows.turn.min(where=~stays))
    rows = attach(rows, broken, [*_WHO, "kind"])
    chain = rows.filter(rows.broken.isnull() | (rows.turn < rows.broken))
    counting = chain.group_by([*_WHO, "kind"]).agg(counting=chain.turn.max())
    rows = attach(rows, work.keep("counting", counting, [*_WHO, "kind"]), [*_WHO, "kind"])
    return rows.filter(rows.turn >= rows.counting)
