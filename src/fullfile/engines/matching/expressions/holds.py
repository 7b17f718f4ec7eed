"""Which losses a duty to keep stood against (the match, section 6.3)."""

from __future__ import annotations

import ibis

from fullfile.core.custody.holds import KINDS, PLACING
from fullfile.core.facts.suggestions import millionths
from fullfile.core.facts.suspected import DECIDED
from fullfile.engines.matching.arithmetic import later, none
from fullfile.engines.matching.expressions.bearing import ancestors, bears
from fullfile.engines.matching.expressions.cases import case_facts
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["held_at"]

_LOSS = ["item_id", "ord"]


def held_at(work: Work, losses: Expr) -> Expr | None:
    """The losses (item_id, ord, first) at whose first moment a hold stood; None: none was."""
    losses = losses.select(*_LOSS, "first")
    if not work.any(losses):
        return None
    losses = work.keep("asked", losses, ("item_id",))
    things = work.keep("things", losses.select("item_id").distinct(), ("item_id",))
    parts = [_by_case(work, losses, things)]
    if work.has("holds"):
        parts.extend(_by_rows(work, _through_containers(work, losses)))
    if work.has("suggestions"):
        parts.append(_by_suggestions(work, _through_containers(work, losses)))
    every = ibis.union(*parts) if len(parts) > 1 else parts[0]
    found = work.keep("held", every.distinct(), _LOSS)
    return found if work.any(found) else None


def _through_containers(work: Work, losses: Expr) -> Expr:
    """Holds on an ancestor hold its contents: each loss with the item and each ancestor."""
    own = losses.select(*_LOSS, "first", thing_id="item_id")
    inside = ancestors(work)
    if inside is None:
        return own
    over = attach(losses, inside, ["item_id"], how="inner")
    return own.union(over.select(*_LOSS, "first", thing_id="ancestor_id"))


def _by_case(work: Work, losses: Expr, things: Expr) -> Expr:
    """The open case's hold, those of its events, and the rows of `holds` for it, once the item bears on it.

    What bears on a container bears on its contents, so this needs no ancestors.
    """
    bearing = bears(work, things).select("item_id", "case_id", "bears")
    starts = case_facts(work).select("case_id", "start")
    cases = attach(work.step("held_bears", bearing), starts, ["case_id"], how="inner")
    cases = cases.select("item_id", "case_id", since=later(cases.bears, cases.start))
    met = attach(losses, cases, ["item_id"], how="inner")
    met = work.keep("held_cases", met.filter(met.since <= met["first"]), ("case_id",))
    if not work.has("holds"):
        return met.select(*_LOSS)  # nothing was ever lifted: every case's own hold stands
    liftings = work.keep("liftings", _liftings(work), ("case_id",))
    of_case = liftings.filter(liftings.kind == "case")
    ended = of_case.group_by("case_id").agg(lifted=of_case.lifted_last.min())
    lifted = attach(met, ended, ["case_id"])
    parts = [lifted.filter(lifted.lifted.isnull() | (lifted.lifted >= lifted["first"]))]
    # An event holds nothing that the case does not hold as well, until the case's own was lifted.
    freed = lifted.filter(lifted.lifted < lifted["first"])
    freed = work.keep("freed", freed.select(*_LOSS, "first", "case_id"), ("case_id",))
    placed = _by_events(work, freed, liftings) if work.any(freed) else None
    if placed is not None:
        parts.append(placed)
    rows = work.seen("holds")
    rows = rows.filter(rows.case_id.notnull())
    rows = rows.select("case_id", "placed_first", "lifted_last")
    parts.append(_standing(attach(met, rows, ["case_id"], how="inner")))
    return ibis.union(*[part.select(*_LOSS) for part in parts])


def _liftings(work: Work) -> Expr:
    """When a hold that the record places was lifted by its name: `case:NUMBER`, `appeal:NUMBER`."""
    rows = work.seen("holds")
    lifted = rows.filter(rows.lifted_last.notnull()).select("hold_norm", "lifted_last")
    keys = work.tables["case_key"]
    parts = []
    for kind in KINDS:
        named = lifted.filter(lifted.hold_norm.startswith(f"{kind}:"))
        own = keys.select("case_id", hold_norm=ibis.literal(f"{kind}:") + keys.norm)
        met = attach(named, own, ["hold_norm"], how="inner")
        parts.append(met.select("case_id", "lifted_last", kind=ibis.literal(kind)))
    return ibis.union(*parts)


def _by_events(work: Work, freed: Expr, liftings: Expr) -> Expr | None:
    """Holds that events of the docket placed; a lifting ends what had been placed by then."""
    if not work.has("docket"):
        return None
    rows = work.seen("docket").semi_join(freed, "case_id")
    rows = rows.filter(rows.event.isin(tuple(PLACING)))
    kind: Expr = none("string")
    for event, placed in PLACING.items():
        kind = ibis.ifelse(rows.event == event, placed, kind)
    rows = rows.select("case_id", placed="first", kind=kind).distinct()
    rows = work.keep("placing", rows, ("case_id",))
    if not work.any(rows):
        return None
    each = ["case_id", "kind", "placed"]
    stood = attach(freed, rows, ["case_id"], how="inner")
    stood = work.keep("placed", stood.filter(stood.placed <= stood["first"]), ("case_id",))
    over = attach(stood, liftings, ["case_id", "kind"], how="inner")
    over = over.filter((over.placed <= over.lifted_last) & (over.lifted_last < over["first"]))
    over = over.select(*_LOSS, *each).distinct()
    return stood.anti_join(over, [*_LOSS, *each])


def _by_rows(work: Work, losses: Expr) -> list[Expr]:
    """Rows of `holds` for the thing itself, or for a report number that it was booked under."""
    rows = work.seen("holds")
    rows = rows.filter(rows.case_id.isnull())
    rows = rows.select("report_id", "placed_first", "lifted_last", thing_id="item_id")
    of_item = rows.filter(rows.thing_id.notnull()).drop("report_id")
    of_report = rows.filter(rows.thing_id.isnull() & rows.report_id.notnull()).drop("thing_id")
    items = work.seen("items")
    reports = items.filter(items.report_id.notnull())
    reports = reports.select("report_id", thing_id="item_id").distinct()
    booked = attach(losses, reports, ["thing_id"], "inner")
    return [
        _standing(attach(losses, of_item, ["thing_id"], "inner")),
        _standing(attach(booked, of_report, ["report_id"], "inner")),
    ]


def _standing(met: Expr) -> Expr:
    stood = (met.placed_first <= met["first"]) & (
        met.lifted_last.isnull() | (met.lifted_last >= met["first"])
    )
    return met.filter(stood).select(*_LOSS)


def _by_suggestions(work: Work, losses: Expr) -> Expr:
    """Losses while it was open to which case the thing, or what it lay in, belongs."""
    each = [*_LOSS, "thing_id", "case_id"]
    steps = work.seen("suggestions").rename(thing_id="item_id", step="first")
    steps = steps.select("thing_id", "case_id", "step", "millionths")
    met = attach(losses, steps, ["thing_id"], how="inner")
    met = work.keep("suggested", met.filter(met.step <= met["first"]), ("thing_id",))
    last = met.group_by(each).agg(step=met.step.max())
    met = attach(last, met, [*each, "step"], how="inner")
    met = met.filter(met.millionths >= millionths(work.policy.threshold))
    if work.has("links"):
        links = work.seen("links")
        links = links.filter(links.decision.isin(DECIDED))
        links = links.select("case_id", thing_id="item_id", decided="last")
        over = attach(met, links, ["thing_id", "case_id"], how="inner")
        over = over.filter((over.decided <= over["first"]) & (over.decided >= over.step))
        met = met.anti_join(over.select(*each).distinct(), each)
    return met.select(*_LOSS)
