"""Which losses a duty to keep stood against (the match, section 6.3)."""

from __future__ import annotations

import ibis

from fullfile.engines.matching.arithmetic import later
from fullfile.engines.matching.expressions.bearing import ancestors, bears
from fullfile.engines.matching.expressions.cases import case_start
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["held_at"]

_LOSS = ["item_id", "ord"]


def held_at(work: Work, losses: Expr) -> Expr | None:
    """The losses (item_id, ord, first) at whose first moment a hold stood; None: none was."""
    losses = losses.select(*_LOSS, "first")
    if not work.any(losses):
        return None
    losses = work.keep("asked", _through_containers(work, losses), ("thing_id",))
    things = work.keep("things", losses.select(item_id="thing_id").distinct(), ("item_id",))
    bearing = bears(work, things).select("case_id", "bears", thing_id="item_id")
    bearing = work.keep("held_bears", bearing, ("thing_id",))
    parts = [_by_open_case(work, losses, bearing)]
    if work.has("holds"):
        parts.extend(_by_rows(work, losses, bearing))
    found = work.keep(
        "held", ibis.union(*parts, distinct=True) if len(parts) > 1 else parts[0].distinct(), _LOSS
    )
    return found if work.any(found) else None


def _through_containers(work: Work, losses: Expr) -> Expr:
    """Holds on an ancestor hold its contents: each loss with the item and each ancestor."""
    own = losses.select(*_LOSS, "first", thing_id="item_id")
    inside = ancestors(work)
    if inside is None:
        return own
    over = attach(losses, inside, ["item_id"], how="inner")
    return own.union(over.select(*_LOSS, "first", thing_id="ancestor_id"))


def _by_open_case(work: Work, losses: Expr, bearing: Expr) -> Expr:
    ids = work.keep("held_cases", bearing.select("case_id").distinct(), ("case_id",))
    starts = case_start(work, ids)
    cases = attach(bearing, starts, ["case_id"])
    if work.has("holds"):
        cases = attach(cases, _lifted(work), ["case_id"])
    else:
        cases = cases.mutate(lifted=ibis.null().cast("int64"))
    met = attach(losses, cases, ["thing_id"], how="inner")
    since = later(met.bears, met.start)
    met = met.filter((since <= met["first"]) & (met.lifted.isnull() | (met.lifted >= met["first"])))
    return met.select(*_LOSS)


def _lifted(work: Work) -> Expr:
    """When the open case's hold was lifted by name: a row named `case:NUMBER`."""
    rows = work.seen("holds")
    named = rows.filter(rows.hold_norm.startswith("case:") & rows.lifted_last.notnull())
    keys = work.tables["case_key"]
    keys = keys.select("case_id", hold_norm=ibis.literal("case:") + keys.norm)
    met = attach(named.select("hold_norm", "lifted_last"), keys, ["hold_norm"], how="inner")
    return met.group_by("case_id").agg(lifted=met.lifted_last.min())


def _by_rows(work: Work, losses: Expr, bearing: Expr) -> list[Expr]:
    """Rows of `holds` for a case that the thing bears on by then, its report number, or itself."""
    rows = work.seen("holds").select(
        "case_id", "report_id", "item_id", "placed_first", "lifted_last"
    )
    of_case = rows.filter(rows.case_id.notnull()).drop("item_id", "report_id")
    met = attach(attach(losses, bearing, ["thing_id"], how="inner"), of_case, ["case_id"], "inner")
    parts = [_standing(met.filter(met.bears <= met["first"]))]
    items = work.seen("items")
    reports = items.filter(items.report_id.notnull())
    reports = reports.select("report_id", thing_id="item_id").distinct()
    of_report = rows.filter(rows.report_id.notnull()).drop("item_id", "case_id")
    met = attach(losses, reports, ["thing_id"], "inner")
    parts.append(_standing(attach(met, of_report, ["report_id"], "inner")))
    of_item = rows.filter(rows.item_id.notnull()).drop("report_id", "case_id")
    of_item = of_item.rename(thing_id="item_id")
    parts.append(_standing(attach(losses, of_item, ["thing_id"], "inner")))
    return parts


def _standing(met: Expr) -> Expr:
    stood = (met.placed_first <= met["first"]) & (
        met.lifted_last.isnull() | (met.lifted_last >= met["first"])
    )
    return met.filter(stood).select(*_LOSS)
