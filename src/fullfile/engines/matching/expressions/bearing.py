"""Which items there are, since when they are held, and what they bear on (the match, section 3).

`bears` of (item, case) is the earliest of its ground times. A ground that can
only count once the item is held (a report number, a parent) is kept apart as
`after_held` until the item's held date is joined, because min(max(held, x)) is
max(held, min(x)): one grouping of all grounds is enough.
"""

from __future__ import annotations

import ibis

from fullfile.engines.matching.arithmetic import earlier, later, none
from fullfile.engines.matching.expressions.accounts import earliest
from fullfile.engines.matching.expressions.cases import case_facts, case_reports, matter
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = [
    "ancestors",
    "bears",
    "item_facts",
    "not_of_the_state",
    "once_inside",
    "pairs",
]

_LOW = -(1 << 61)
_NAMES_THE_CASE = {
    "filings": "filed_last",
    "disclosures": "last",
    "withholdings": "last",
    "determinations": "last",
    "knowledge": "last",
}


def item_facts(work: Work) -> Expr:
    """Section 3.2: one row for each item with a row or a booking: held, booked, on the list at T."""
    return work.share("items", lambda: _item_facts(work), keys=("item_id",))


def _item_facts(work: Work) -> Expr:
    accounts = _held_accounts(work)
    facts = accounts.group_by("item_id").agg(
        agency_id=accounts.agency_id.min(),
        held=accounts.held.min(),
        booked=accounts.booked.min(),
        listed=accounts.listed.min(),
    )
    facts = facts.select(
        "item_id",
        "agency_id",
        "held",
        "booked",
        on_list=ibis.coalesce(facts.listed <= work.on, ibis.literal(value=False)),
    )
    if not work.policy.source_rank:
        return facts
    facts = work.keep("listed", facts.drop("held", "booked"), ("item_id",))
    for date in ("held", "booked"):
        facts = attach(facts, earliest(work, accounts, ["item_id"], date), ["item_id"])
    return facts.select("item_id", "agency_id", "held", "booked", "on_list")


def _held_accounts(work: Work) -> Expr:
    items = work.seen("items")
    accounts = items.select(
        "item_id",
        "source_id",
        "agency_id",
        held="held_first",
        booked="booked_first",
        listed="held_first",
    )
    if not work.has("custody"):
        return accounts
    events = work.seen("custody")
    events = events.filter(events.event.isin(("booked", "collected")))
    booked = ibis.ifelse(events.event == "booked", events["first"], none())
    return accounts.union(
        events.select(
            "item_id",
            "source_id",
            agency_id=none("int32"),
            held="first",
            booked=booked,
            listed=booked,
        )
    )


def not_of_the_state(work: Work) -> Expr | None:
    """Section 3.1: agencies whose items are not matched; of several accounts the first counts."""
    return work.share_or_none("not_state", lambda: _not_of_the_state(work), keys=("agency_id",))


def _not_of_the_state(work: Work) -> list[Expr]:
    if not work.has("agencies"):
        return []
    rows = work.seen("agencies")
    said = rows.filter(rows.side != "")
    first = said.group_by("agency_id").agg(entry=said.entry.min())
    counted = said.semi_join(first, "entry")
    return [counted.filter(counted.side != "state").select("agency_id")]


def ancestors(work: Work) -> Expr | None:
    """Section 3.3: (item_id, ancestor_id) through any depth; None: nothing lies in anything."""
    return work.share_or_none(
        "ancestors", lambda: _ancestors(work, work.seen("items")), keys=("item_id",)
    )


def once_inside(work: Work) -> Expr | None:
    """The same with every parent that was ever said: bearing is not taken away again."""
    return work.share_or_none(
        "once_inside", lambda: _ancestors(work, work.every("items")), keys=("item_id",)
    )


def _ancestors(work: Work, items: Expr) -> list[Expr]:
    edges = items.filter(items.parent_id.notnull() & (items.parent_id != items.item_id))
    edges = edges.select("item_id", ancestor_id="parent_id").distinct()
    if not work.any(edges):
        return []
    edges = work.keep("contains", edges, keys=("item_id",))
    name = edges.get_name()
    table = work.keep_sql(
        "ancestry",
        f'WITH RECURSIVE up(item_id, ancestor_id) AS (SELECT item_id, ancestor_id FROM "{name}" '  # noqa: S608 our own name
        f'UNION SELECT up.item_id, e.ancestor_id FROM up JOIN "{name}" e ON e.item_id = up.ancestor_id) '
        "SELECT item_id, ancestor_id FROM up WHERE item_id <> ancestor_id",
        {"item_id": "int64", "ancestor_id": "int64"},
    )
    return [table]


def _own_grounds(work: Work, only: Expr | None) -> list[Expr]:
    """Section 3.4: what ties an item itself to a case. `only`: for these item_ids."""

    def mine(rows: Expr) -> Expr:
        return rows if only is None else rows.semi_join(only, "item_id")

    parts = []
    for name, column in _NAMES_THE_CASE.items():
        if work.had(name):
            rows = work.every(name)
            rows = mine(rows.filter(rows.case_id.notnull()))
            parts.append(rows.select("item_id", "case_id", ground=rows[column], after_held=none()))
    if work.had("links"):
        links = work.every("links")
        links = mine(links.filter(links.decision == "accept"))
        parts.append(links.select("item_id", "case_id", ground="last", after_held=none()))
    if work.had("mentions"):
        parts.extend(_mention_grounds(work, mine(work.every("mentions"))))
    if work.had("case_reports") and work.had("items"):
        items = work.every("items")
        items = mine(items.filter(items.report_id.notnull())).select("item_id", "report_id")
        starts = case_facts(work).select("case_id", "start")
        listed = attach(case_reports(work), starts, ["case_id"])
        rows = attach(items, listed, ["report_id"], how="inner")
        parts.append(
            rows.select(
                "item_id", "case_id", ground=none(), after_held=ibis.coalesce(rows.start, _LOW)
            )
        )
    return parts


def _mention_grounds(work: Work, mentions: Expr) -> list[Expr]:
    named = mentions.filter(mentions.item_id.notnull())
    direct = named.filter(named.case_id.notnull())
    parts = [direct.select("item_id", "case_id", ground="last", after_held=none())]
    if work.had("case_reports"):
        other = named.filter(named.case_id.isnull()).select("item_id", "report_id", "last")
        listed = attach(other, case_reports(work), ["report_id"], how="inner")
        parts.append(listed.select("item_id", "case_id", ground="last", after_held=none()))
    return parts


def bears(work: Work, only: Expr | None = None) -> Expr:
    """Section 3.4: (item_id, case_id, bears), recorded cases or not; `only` for these item_ids."""
    parts = _own_grounds(work, only)
    inside = once_inside(work)
    if inside is not None:
        inside = inside if only is None else inside.semi_join(only, "item_id")
        parts.append(_grounds_of_containers(work, inside))
    if not parts:
        nothing = work.seen("items").limit(0)
        nothing = nothing.select("item_id", "agency_id", case_id=none("int32"), bears=none())
        return nothing.mutate(held=none(), booked=none(), on_list=ibis.literal(value=False))
    every = _together(work, parts)
    related = matter(work)
    if related is not None:
        of_others = every.rename(other_id="case_id")
        spread = attach(of_others, related, ["other_id"], how="inner")
        every = every.union(spread.select("item_id", "case_id", "ground", "after_held"))
    return _with_held(work, every)


def _together(work: Work, parts: list[Expr]) -> Expr:
    steps = [work.step("ground", part) for part in parts]
    return work.step("grounds", ibis.union(*steps), ("case_id",)) if len(steps) > 1 else steps[0]


def _with_held(work: Work, grounds: Expr) -> Expr:
    each = grounds.group_by(["item_id", "case_id"]).agg(
        ground=grounds.ground.min(), after_held=grounds.after_held.min()
    )
    each = attach(each, item_facts(work), ["item_id"])
    held = later(each.after_held, ibis.coalesce(each.held, 0))
    held = ibis.ifelse(each.after_held.isnull(), none(), held)
    return each.mutate(bears=earlier(each.ground, held)).drop("ground", "after_held")


def _grounds_of_containers(work: Work, inside: Expr) -> Expr:
    """For each ancestor of the State its ground time; it counts once the contents are held."""
    containers = inside.select(item_id="ancestor_id").distinct()
    outside = not_of_the_state(work)
    if outside is not None:
        foreign = work.tables["item_key"].semi_join(outside, "agency_id")
        containers = containers.anti_join(foreign, "item_id")
    own = _own_grounds(work, work.keep("containers", containers, ("item_id",)))
    if not own:
        return inside.limit(0).select(
            "item_id", case_id=none("int32"), ground=none(), after_held=none()
        )
    every = _together(work, own)
    times = _with_held(work, every).select("case_id", "bears", ancestor_id="item_id")
    rows = attach(inside, times, ["ancestor_id"], how="inner")
    held = item_facts(work).filter(lambda facts: facts.held.notnull())
    rows = attach(rows, held.select("item_id", "held"), ["item_id"], how="inner")
    return rows.select("item_id", "case_id", ground=later(rows.bears, rows.held), after_held=none())


def pairs(work: Work) -> Expr:
    """Section 3.5: each item of the State and case on record on which it bears by T.

    Columns: item_id, case_id, agency_id, held, booked, on_list, bears. That the
    case exists on T is looked at where its start is joined.
    """
    return work.share_as_is("pairs", lambda: _pairs(work))


def _pairs(work: Work) -> Expr:
    rows = bears(work)
    cases = case_facts(work)
    here = cases.filter(cases.start.isnull() | (cases.start <= cases.t))
    if work.moment.uniform:
        rows = rows.filter(rows.bears <= work.on)
        rows = rows.semi_join(here, "case_id")
    else:
        rows = attach(rows, here.select("case_id", "t"), ["case_id"], how="inner")
        rows = rows.filter(rows.bears <= rows.t).drop("t")
    rows = rows.select("item_id", "case_id", "agency_id", "held", "booked", "on_list", "bears")
    rows = rows.mutate(on_list=ibis.coalesce(rows.on_list, ibis.literal(value=False)))
    kept = work.keep("all_pairs", rows, ("case_id", "item_id"))
    if work.any(kept.filter(kept.agency_id.isnull())):
        keys = work.tables["item_key"].select("item_id", said="agency_id")
        kept = attach(kept, keys, ["item_id"])
        kept = kept.mutate(agency_id=ibis.coalesce(kept.agency_id, kept.said)).drop("said")
        kept = work.keep("all_pairs", kept, ("case_id", "item_id"))
    outside = not_of_the_state(work)
    if outside is None:
        return kept
    return work.keep("pairs", kept.anti_join(outside, "agency_id"), ("case_id", "item_id"))
