"""Withheld, and set aside (the match, sections 7.4, 7.5 and 5.6)."""

from __future__ import annotations

import ibis

from fullfile.core.docket.orders import DECISIONS
from fullfile.engines.matching.arithmetic import earlier, later, none
from fullfile.engines.matching.expressions.cases import case_facts, concerned, happened
from fullfile.engines.matching.expressions.delivered import disclosed
from fullfile.engines.matching.law import Announce
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["set_aside", "withheld"]

_LINE = ["item_id", "case_id", "defendant_id"]
_PAIR = ["item_id", "case_id"]


def withheld(work: Work, lines: Expr) -> Expr | None:
    """Section 7.4 at each line's t; None: nothing was ever withheld.

    Columns: the line, stands, good (a good one stands), good_since (since when
    the first of those was), ended_on (the latest `until` of those that would be good, ended by t, and
    ended before the whole disclosure); given_on, given_since: the whole disclosure by t that ended
    good ones, and since when the first of those was.
    """
    if not work.has("withholdings"):
        return None
    rows = work.keep("withholdings", _judged(work), _PAIR)
    some = lines.select(*_LINE, "t").semi_join(rows, _PAIR)
    some = work.keep("withheld_lines", some, ("item_id", "defendant_id"))
    got = disclosed(work, some)
    if got is None:
        some = some.mutate(whole=none())
    else:
        got = got.select("defendant_id", "item_id", "whole")
        some = attach(some, got, ["defendant_id", "item_id"])
    met = attach(some, rows, _PAIR, how="inner")
    met = met.filter(
        (met.whose.isnull() | (met.whose == met.defendant_id)) & (met["last"] <= met.t)
    )
    met = work.keep("withheld_rows", met, _LINE)
    facts, given = _at_t(work, met), _at_disclosure(work, met)
    return attach(work.keep("withheld", facts, _LINE), work.keep("given", given, _LINE), _LINE)


def _at_t(work: Work, met: Expr) -> Expr:
    """What stands at each line's t, and what had ended by then."""
    met = work.step("met", _weighed(work, met), _LINE)
    not_yet = met.whole.isnull() | (met.whole > met.t)
    before = not_yet | (met.until_last < met.whole)
    met = met.mutate(good=met.stands & met.as_asked, ended=~met.stands & met.as_asked & before)
    return met.group_by(_LINE).agg(
        stands=met.stands.any(),
        good=met.good.any(),
        good_since=met.since.min(where=met.good),
        ended_on=met.until_last.max(where=met.ended),
    )


def _at_disclosure(work: Work, met: Expr) -> Expr:
    """Section 5.6: what stood and was as the pack asks when the whole was disclosed, by t."""
    met = met.filter((met.whole <= met.t) & (met["last"] <= met.whole))
    met = work.step("met_then", _weighed(work, met.mutate(t=met.whole)), _LINE)
    met = met.filter(met.stands & met.as_asked)
    return met.group_by(_LINE).agg(given_on=met.whole.max(), given_since=met.since.min())


def _weighed(work: Work, met: Expr) -> Expr:
    """Section 7.4 at each row's t: adds stands, as_asked (lacks nothing), and since when that is so."""
    met = _with_motions(work, met)
    stands = met.until_last.isnull() | (met.until_last >= met.t)
    announced = ibis.coalesce(met.announced_last <= met.t, ibis.literal(value=False))
    by_order = met.ordered & (met.order_last.isnull() | (met.order_last <= met.t))
    by_motion = met.while_pending & met.asked_since.notnull()
    order_due = met.order_needed & ~(by_order | by_motion)
    told = (
        (met.announce == Announce.NOTHING)
        | announced
        | ((met.announce == Announce.ANNOUNCED_OR_SEALED) & met.sealed)
    )
    by_seal = (met.announce == Announce.ANNOUNCED_OR_SEALED) & met.sealed
    asked = (met.announce != Announce.NOTHING) & ~by_seal
    since = later(
        met["last"],
        _ordered_since(met, by_order),
        ibis.ifelse(asked, met.announced_last, none()),
    )
    return met.mutate(stands=stands, as_asked=met.known & ~order_due & told, since=since)


def _judged(work: Work) -> Expr:
    """Each withholding with what the pack asks of its ground."""
    rows = work.seen("withholdings").rename(whose="defendant_id")
    columns = [
        "entry",
        *_PAIR,
        "whose",
        "last",
        "announced_last",
        "sealed",
        "ordered",
        "order_last",
        "until_last",
    ]
    if not work.law.grounds:
        return rows.select(
            *columns,
            known=ibis.literal(value=False),
            order_needed=ibis.literal(value=False),
            while_pending=ibis.literal(value=False),
            announce=ibis.literal(0, "int8"),
        )
    grounds = work.rows(
        "grounds",
        {
            "jurisdiction": "string",
            "ground": "string",
            "order_needed": "boolean",
            "announce": "int8",
            "while_pending": "boolean",
        },
        [
            (row.jurisdiction, row.ground, row.order_needed, row.announce, row.while_pending)
            for row in work.law.grounds
        ],
    )
    courts = case_facts(work).select("case_id", "jurisdiction")
    rows = attach(attach(rows, courts, ["case_id"]), grounds, ["jurisdiction", "ground"])
    return rows.select(
        *columns,
        known=rows.announce.notnull() & rows.named,
        order_needed=ibis.coalesce(rows.order_needed, ibis.literal(value=False)),
        while_pending=ibis.coalesce(rows.while_pending, ibis.literal(value=False)),
        announce=ibis.coalesce(rows.announce, 0).cast("int8"),
    )


def _ordered_since(met: Expr, by_order: Expr) -> Expr:
    """Since when there is the order that a ground asks for, or the motion that is as good."""
    by_motion = ibis.ifelse(met.while_pending, met.asked_since, none())
    ordered = ibis.ifelse(by_order, met.order_last, none())
    undated = by_order & met.order_last.isnull()
    since = ibis.ifelse(undated, none(), earlier(ordered, by_motion))
    return ibis.ifelse(met.order_needed, since, none())


def _with_motions(work: Work, met: Expr) -> Expr:
    """Adds asked_since: since when a motion on protection has waited for its ruling.

    One that was ruled on counts only up to the order that the withholding names.
    """
    motions = _motions(work) if any(one.while_pending for one in work.law.grounds) else None
    if motions is None:
        return met.mutate(asked_since=none())
    met = work.keep("kept_back", met, ["case_id", "defendant_id"])
    asked = met.filter(met.while_pending).select(
        "entry", *_LINE, "t", ordered_last=ibis.ifelse(met.ordered, met.order_last, none())
    )
    both = attach(asked, motions, ["case_id", "defendant_id"], how="inner")
    open_then = both.decided.isnull() | (both.decided > both.t)
    up_to_it = (both.ordered_last <= both.t) & (both.decided >= both.ordered_last)
    both = both.filter((both.moved <= both.t) & (open_then | up_to_it))
    since = both.group_by(["entry", *_LINE]).agg(asked_since=both.moved.min())
    return attach(met, since, ["entry", *_LINE])


def _motions(work: Work) -> Expr | None:
    """Section 7.4: (case_id, defendant_id, moved, decided) of motions on protection."""
    return work.share_or_none("motions", lambda: _protection(work), keys=("case_id",))


def _protection(work: Work) -> list[Expr]:
    if not work.has("docket"):
        return []
    docket = work.seen("docket")
    rows = docket.filter(docket.about_protection & docket.event.isin(("motion", *DECISIONS)))
    rows = rows.select("entry", "case_id", "event", "first", "last", "ord", whose="defendant_id")
    rows = work.keep("protection", concerned(work, rows), ["case_id", "defendant_id"])
    who = ["case_id", "defendant_id"]
    moved = rows.filter(rows.event == "motion").select(*who, "entry", "ord", moved="last")
    decided = rows.filter(rows.event != "motion").select(*who, decided_ord="ord", decided="last")
    met = attach(moved.select(*who, "entry", "ord"), decided, who, how="inner")
    met = met.filter(met.decided_ord > met.ord)
    first = met.group_by([*who, "entry"]).agg(decided_ord=met.decided_ord.min())
    first = attach(first, decided, [*who, "decided_ord"], how="inner").drop("decided_ord")
    first = work.keep("decided", first, who)
    return [attach(moved, first, [*who, "entry"]).select(*who, "moved", "decided")]


def set_aside(work: Work) -> Expr | None:
    """Section 7.5: (item_id, case_id, aside_since), not re-opened by T; None: there is none."""
    return work.share_or_none("set_aside", lambda: _set_aside(work), keys=_PAIR)


def _set_aside(work: Work) -> list[Expr]:
    if not work.has("filings"):
        return []
    filings = work.seen("filings")
    rows = filings.filter(
        filings.set_aside
        & ~filings.withdrawn
        & filings.reasoned
        & (filings.by_norm != "")
        & (filings.confirmed_norm != "")
        & (filings.confirmed_norm != filings.by_norm)
        & filings.confirmed_last.notnull()
    )
    if not work.any(rows):
        return []
    rows = rows.select(
        *_PAIR,
        "confirmed_norm",
        "confirmed_last",
        "filed_last",
        aside="entry",
        aside_batch="batch",
    )
    rows = work.keep("aside", rows, _PAIR)
    stands = rows.anti_join(_bookers(work, rows), ["item_id", ("confirmed_norm", "booker")])
    for again in _reopenings(work):
        stands = stands.anti_join(_reopened(rows, again), "aside")
    stands = stands.mutate(since=later(stands.filed_last, stands.confirmed_last))
    return [stands.group_by(_PAIR).agg(aside_since=stands.since.min())]


def _bookers(work: Work, rows: Expr) -> Expr:
    items = work.seen("items")
    said = items.filter(items.booker_norm != "").semi_join(rows, "item_id")
    bookers = said.select("item_id", booker="booker_norm")
    if work.has("custody"):
        events = work.seen("custody")
        booked = events.filter((events.event == "booked") & (events.by_norm != ""))
        bookers = bookers.union(
            booked.semi_join(rows, "item_id").select("item_id", booker="by_norm")
        )
    return bookers.distinct()


def _reopenings(work: Work) -> list[tuple[Expr, list[str]]]:
    """What re-opens: rows that happened by T, and by which keys they meet what is set aside."""
    found: list[tuple[Expr, list[str]]] = []
    filings = work.seen("filings")
    again = happened(work, filings.filter(~filings.set_aside), "filed_last")
    columns = {"again_batch": "batch", "again": "entry"}
    found.append((again.select(*_PAIR, **columns, moment="filed_last"), _PAIR))
    if work.has("determinations"):
        views = happened(work, work.seen("determinations"))
        found.append((views.select(*_PAIR, **columns, moment="last"), _PAIR))
    if work.has("knowledge"):
        rows = happened(work, work.seen("knowledge"))
        named = rows.filter(rows.case_id.notnull())
        found.append((named.select(*_PAIR, **columns, moment="last"), _PAIR))
        general = rows.filter(rows.case_id.isnull())
        found.append((general.select("item_id", **columns, moment="last"), ["item_id"]))
    if work.has("mentions"):
        rows = happened(work, work.seen("mentions"))
        named = rows.filter(rows.item_id.notnull())
        found.append((named.select("item_id", **columns, moment="last"), ["item_id"]))
    if work.has("requests"):
        rows = happened(work, work.seen("requests"))
        found.append((rows.select("case_id", **columns, moment="last"), ["case_id"]))
    return found


def _reopened(rows: Expr, again: tuple[Expr, list[str]]) -> Expr:
    """The rows that one kind of re-opening meets: it happened after, or was recorded later."""
    other, keys = again
    met = attach(rows, other, keys, how="inner")
    recorded_later = (met.again > met.aside) & (
        (met.again_batch != met.aside_batch) | (met.again_batch == -1)
    )
    met = met.filter((met.moment > met.confirmed_last) | recorded_later)
    return met.select("aside").distinct()
