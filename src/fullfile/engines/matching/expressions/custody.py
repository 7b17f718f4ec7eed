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
_OUT = ("checked_out", "signed_out")
_IN_AGAIN = ("checked_in", "found")
_BACK = ("booked", "collected", "checked_in", "found")
_STATUS_EVENT = {
    "released": "released",
    "destroyed": "destroyed",
    "checked_out": "signed_out",
    "at_lab": "signed_out",
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

    Columns: item_id, missing_since (null: not missing by an event), kept_first and
    lost_first (the first standing loss under hold, and the first other one).
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
            absent=(events.kind == "not_found") | short,
            in_hand=events.kind.isin(_IN_HAND) | counted,
            back=events.kind.isin(_BACK) | counted,
            loss=events.kind.isin(_LOSSES) & ~((events.kind == "consumed") & smaller),
        ),
        ("item_id",),
    )
    facts = attach(events.select("item_id").distinct(), _missing(work, events), ["item_id"])
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
    events = _and_inherited(work, own, own.filter(own.kind.isin(_SHARED)))
    if work.has("item_status"):
        statuses = work.step("status_events", _status_events(work, whose), ("item_id",))
        events = events.union(_and_inherited(work, statuses, statuses))
    return events.semi_join(suspects, "item_id")


def _and_inherited(work: Work, own: Expr, shared: Expr) -> Expr:
    inside = ancestors(work)
    if inside is None:
        return own
    theirs = shared.rename(ancestor_id="item_id")
    shared = attach(inside, theirs, ["ancestor_id"], how="inner").select(*_COLUMNS)
    return own.union(shared)


def _status_events(work: Work, whose: Expr) -> Expr:
    """A status counts as an event only where the item itself has no custody event of that kind."""
    events = work.seen("custody").semi_join(whose, "item_id")
    rows = work.seen("item_status")
    rows = rows.filter(rows.since <= work.on).semi_join(whose, "item_id")
    rows = rows.filter((rows.status != "held") | rows.was_lost)
    kind: Expr = none("string")
    for status, event in _STATUS_EVENT.items():
        kind = ibis.ifelse(rows.status == status, event, kind)
    said = rows.mutate(kind=kind).filter(rows.status.isin(tuple(_STATUS_EVENT)))
    for status, kinds in _SAME_KIND.items():
        covered = events.filter(events.event.isin(kinds)).select("item_id").distinct()
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


def _missing(work: Work, events: Expr) -> Expr:
    """Section 6.1: what was not there when looked for, unless it was signed out then."""
    looked = events.filter(events.absent).select("item_id", absent="ord")
    moves = events.filter(events.kind.isin((*_OUT, *_IN_AGAIN)))
    moves = moves.select("item_id", "ord", out=moves.kind.isin(_OUT))
    before = attach(looked, moves, ["item_id"], how="inner")
    before = before.filter(before.ord < before.absent)
    last = before.group_by(["item_id", "absent"]).agg(
        went=before.ord.max(where=before.out), came=before.ord.max(where=~before.out)
    )
    away = last.filter(last.went.notnull() & (last.came.isnull() | (last.went > last.came)))
    away = work.step("away", away.select("item_id", ord="absent"))
    counts = events.filter(events.absent).anti_join(away, ["item_id", "ord"])
    gone = counts.union(events.filter(events.kind == "lost"))
    gone = work.step("absent", gone.select("item_id", "first", "ord"), ("item_id",))
    latest = gone.group_by("item_id").agg(ord=gone.ord.max())
    met = attach(gone, latest, ["item_id", "ord"], how="inner")
    seen = events.filter(events.in_hand).group_by("item_id").agg(seen=events.ord.max())
    met = attach(met, seen, ["item_id"])
    met = met.filter(met.seen.isnull() | (met.ord > met.seen))
    return met.group_by("item_id").agg(missing_since=met["first"].min())


def _losses(work: Work, events: Expr) -> Expr:
    """Section 6.2: the losses that stand at T, and which of them were under hold."""
    back = events.filter(events.back)
    back = back.group_by("item_id").agg(returned=back.ord.max())
    lost = attach(events.filter(events.loss), back, ["item_id"])
    stands = lost.returned.isnull() | (lost.returned < lost.ord)
    lost = lost.filter((lost.kind != "released") | stands)
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
        kept_first=lost["first"].min(where=lost.under_hold),
        lost_first=lost["first"].min(where=~lost.under_hold),
    )


def handled(work: Work) -> Expr | None:
    """Items with a custody event of their own by T; None: no custody at all."""
    if not work.has("custody"):
        return None
    rows = work.seen("custody")
    return rows.filter(rows["first"] <= work.on).select("item_id")


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
        rows = work.seen("filings").filter(lambda filings: ~filings.set_aside)
        rows = rows.semi_join(unlisted, "item_id")
        parts.append(happened(work, rows, "filed_last").select("item_id"))
    if work.has("disclosures"):
        rows = work.seen("disclosures").semi_join(unlisted, "item_id")
        parts.append(happened(work, rows).select("item_id"))
    touched = handled(work)
    if touched is not None:
        parts.append(touched.semi_join(unlisted, "item_id"))
    return parts
