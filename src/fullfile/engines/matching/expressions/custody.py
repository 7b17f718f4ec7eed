"""What became of the thing itself: missing, lost, and whether a hold stood (the match, section 6)."""

from __future__ import annotations

import ibis

from fullfile.engines.matching.arithmetic import none
from fullfile.engines.matching.expressions.bearing import ancestors, pairs
from fullfile.engines.matching.expressions.cases import happened
from fullfile.engines.matching.expressions.holds import held_at
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["custody_facts", "handled", "named_unlisted"]

_SHARED = (
    "checked_out",
    "checked_in",
    "transferred",
    "moved",
    "released",
    "consumed",
    "destroyed",
    "not_found",
    "found",
)
_LOSSES = ("released", "consumed", "destroyed")
_IN_HAND = (
    "booked",
    "collected",
    "checked_out",
    "checked_in",
    "sealed",
    "unsealed",
    "examined",
    "transferred",
    "moved",
    "found",
    *_LOSSES,
)
_BACK = ("booked", "collected", "checked_in", "found")
_STATUS_EVENT = {
    "released": "released",
    "destroyed": "destroyed",
    "checked_out": "checked_out",
    "at_lab": "checked_out",
    "lost": "lost",
    "held": "found",
}
_SAME_KIND = {
    "released": ("released",),
    "destroyed": ("destroyed", "consumed"),
    "checked_out": ("checked_out", "transferred"),
    "at_lab": ("checked_out", "transferred"),
}
_COLUMNS = ["item_id", "kind", "first", "ord", "quantity", "ordered"]


def custody_facts(work: Work) -> Expr | None:
    """One row per item that something happened to; None: nothing happened to any.

    Columns: item_id, missing_since (null: not missing by an event), under_hold,
    lost_first and lost_last (the first and last standing loss not under hold, any standing loss).
    """
    return work.share_or_none("custody", lambda: _custody_facts(work), keys=("item_id",))


def _custody_facts(work: Work) -> list[Expr]:
    suspects = _suspects(work)
    if suspects is None:
        return []
    events = work.keep("events", _events(work, suspects), ("item_id",))
    events = attach(events, _quantities(work, events), ["item_id"])
    smaller = ibis.coalesce(events.quantity < events.whole_quantity, ibis.literal(value=False))
    short = (events.kind == "inventoried") & smaller
    counted = (events.kind == "inventoried") & ~smaller
    events = work.keep(
        "judged",
        events.mutate(
            absent=events.kind.isin(("not_found", "lost")) | short,
            in_hand=events.kind.isin(_IN_HAND) | counted,
            back=events.kind.isin(_BACK) | counted,
            loss=events.kind.isin(_LOSSES) & ~((events.kind == "consumed") & smaller),
        ),
        ("item_id",),
    )
    facts = attach(events.select("item_id").distinct(), _missing(events), ["item_id"])
    return [attach(facts, _losses(work, events), ["item_id"])]


def _suspects(work: Work) -> Expr | None:
    """Items with an event or status that could make them missing or lost, and their contents."""
    parts = []
    if work.has("custody"):
        rows = work.seen("custody")
        rare = rows.event.isin(("not_found", *_LOSSES)) | (
            (rows.event == "inventoried") & rows.quantity.notnull()
        )
        parts.append(rows.filter(rare & (rows["first"] <= work.on)).select("item_id"))
    if work.has("item_status"):
        status = work.seen("item_status")
        parts.append(status.filter(status.since <= work.on).select("item_id"))
    if not parts:
        return None
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found = work.keep("suspects", every.distinct(), ("item_id",))
    inside = ancestors(work)
    if inside is not None and work.any(found):
        contents = attach(inside, found.rename(ancestor_id="item_id"), ["ancestor_id"], how="inner")
        found = found.union(contents.select("item_id"), distinct=True)
        found = work.keep("suspects", found, ("item_id",))
    return found if work.any(found) else None


def _events(work: Work, suspects: Expr) -> Expr:
    """Events by T of the suspects: their own, their ancestors', and statuses that count as events."""
    inside = ancestors(work)
    whose = suspects
    if inside is not None:
        over = inside.semi_join(suspects, "item_id").select(item_id="ancestor_id")
        whose = work.keep("involved", suspects.union(over, distinct=True), ("item_id",))
    rows = work.seen("custody")
    own = rows.filter(rows["first"] <= work.on).semi_join(whose, "item_id")
    own = own.select("item_id", "first", "ord", "quantity", "ordered", kind="event")
    own = own.select(*_COLUMNS)
    events = _and_inherited(work, own)
    if work.has("item_status"):
        statuses = _status_events(work, work.keep("own_events", events, ("item_id",)), whose)
        events = events.union(_and_inherited(work, statuses))
    return events.semi_join(suspects, "item_id")


def _and_inherited(work: Work, own: Expr) -> Expr:
    inside = ancestors(work)
    if inside is None:
        return own
    theirs = own.filter(own.kind.isin(_SHARED)).rename(ancestor_id="item_id")
    shared = attach(inside, theirs, ["ancestor_id"], how="inner").select(*_COLUMNS)
    return own.union(shared)


def _status_events(work: Work, events: Expr, whose: Expr) -> Expr:
    """A status counts as an event only where the item has no custody event of that kind."""
    rows = work.seen("item_status")
    rows = rows.filter(rows.since <= work.on).semi_join(whose, "item_id")
    rows = rows.filter((rows.status != "held") | rows.was_lost)
    kind: Expr = none("string")
    for status, event in _STATUS_EVENT.items():
        kind = ibis.ifelse(rows.status == status, event, kind)
    said = rows.mutate(kind=kind).filter(rows.status.isin(tuple(_STATUS_EVENT)))
    for status, kinds in _SAME_KIND.items():
        covered = events.filter(events.kind.isin(kinds)).select("item_id").distinct()
        covered = covered.mutate(status=ibis.literal(status))
        said = said.anti_join(covered, ["item_id", "status"])
    return said.select(
        "item_id",
        "kind",
        first="since",
        ord="ord",
        quantity=none(),
        ordered=ibis.literal(value=False),
    )


def _quantities(work: Work, events: Expr) -> Expr:
    """The quantity of an item: of several accounts the first recorded that says one."""
    rows = work.seen("items")
    said = rows.filter(rows.quantity.notnull()).semi_join(events, "item_id")
    first = said.group_by("item_id").agg(entry=said.entry.min())
    said = said.semi_join(first, "entry")
    return said.select("item_id", whole_quantity="quantity")


def _missing(events: Expr) -> Expr:
    """Section 6.1, first sentence."""
    last = events.group_by("item_id").agg(
        absent=events.ord.max(where=events.absent),
        in_hand=events.ord.max(where=events.in_hand),
        signed_out=events.ord.max(where=events.kind == "checked_out"),
        back=events.ord.max(where=events.kind.isin(("checked_in", "found"))),
    )
    last = last.filter(
        last.absent.notnull() & (last.in_hand.isnull() | (last.absent > last.in_hand))
    )
    by_what = events.filter(events.absent).select("item_id", "kind", "first", absent="ord")
    met = attach(last, by_what, ["item_id", "absent"], how="inner")
    is_out = met.signed_out.notnull() & (met.back.isnull() | (met.signed_out > met.back))
    met = met.filter((met.kind == "lost") | ~is_out)
    return met.group_by("item_id").agg(missing_since=met["first"].min())


def _losses(work: Work, events: Expr) -> Expr:
    """Section 6.2: the losses that stand at T, and which of them were under hold."""
    back = events.filter(events.back).group_by("item_id").agg(back=events.ord.max())
    lost = attach(events.filter(events.loss), back, ["item_id"])
    lost = lost.filter((lost.kind != "released") | lost.back.isnull() | (lost.back < lost.ord))
    lost = work.keep("losses", lost.select("item_id", "first", "ord", "ordered"), ("item_id",))
    under = held_at(work, lost.filter(~lost.ordered))
    if under is None:
        lost = lost.mutate(under_hold=ibis.literal(value=False))
    else:
        under = under.select("item_id", "ord", under_hold=ibis.literal(value=True))
        lost = attach(lost, under, ["item_id", "ord"])
        lost = lost.mutate(under_hold=ibis.coalesce(lost.under_hold, ibis.literal(value=False)))
        lost = lost.mutate(under_hold=lost.under_hold & ~lost.ordered)
    return lost.group_by("item_id").agg(
        under_hold=lost.under_hold.any(),
        lost_first=lost["first"].min(where=~lost.under_hold),
        lost_last=lost["first"].max(),
    )


def handled(work: Work) -> Expr | None:
    """Items with a custody event by T, their own or a container's; None: no custody at all."""
    if not work.has("custody"):
        return None
    rows = work.seen("custody")
    rows = rows.filter(rows["first"] <= work.on)
    own = rows.select("item_id")
    inside = ancestors(work)
    if inside is None:
        return own
    theirs = rows.filter(rows.event.isin(_SHARED)).select(ancestor_id="item_id")
    return own.union(attach(inside, theirs, ["ancestor_id"], how="inner").select("item_id"))


def named_unlisted(work: Work) -> Expr | None:
    """Section 6.1, second sentence: items filed, disclosed or handled by T, not on the list at T."""
    return work.share_or_none("unlisted", lambda: _named_unlisted(work), keys=("item_id",))


def _named_unlisted(work: Work) -> list[Expr]:
    each = pairs(work)
    unlisted = each.filter(~each.on_list).select("item_id")
    if not work.any(unlisted):
        return []
    unlisted = work.keep("not_listed", unlisted.distinct(), ("item_id",))
    parts = []
    if work.has("filings"):
        rows = work.seen("filings").semi_join(unlisted, "item_id")
        parts.append(happened(work, rows, "filed_last").select("item_id"))
    if work.has("disclosures"):
        rows = work.seen("disclosures").semi_join(unlisted, "item_id")
        parts.append(happened(work, rows).select("item_id"))
    touched = handled(work)
    if touched is not None:
        parts.append(touched.semi_join(unlisted, "item_id"))
    return parts
