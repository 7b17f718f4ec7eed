"""Filed and disclosed: what stands on the file, and what each defendant got (sections 7.1 to 7.3).

Where a table has one source only, the accounts of a fact need no second
grouping: the earliest of one source is also the latest of the sources.
"""

from __future__ import annotations

import ibis

from fullfile.engines.matching.expressions.accounts import best_ranked, latest_of_sources
from fullfile.engines.matching.expressions.bearing import ancestors
from fullfile.engines.matching.expressions.cases import carry, twins
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["disclosed", "filed"]

_FILE = ["item_id", "case_id"]
_GOT = ["defendant_id", "item_id"]


def filed(work: Work) -> Expr | None:
    """Section 7.1: (item_id, case_id, filed_last); None: nothing was filed."""
    if not work.has("filings"):
        return None
    return work.step("filed", _filed(work), _FILE)


def _filed(work: Work) -> Expr:
    filings = work.seen("filings")
    rows = filings.filter(~filings.set_aside)
    rows = _with_contents(work, rows, [*_FILE, "source_id", "filed_last", "withdrawn"])
    if _one_source(work, "filings"):
        whole = rows.group_by(_FILE).agg(
            filed_last=rows.filed_last.min(), withdrawn=rows.withdrawn.any()
        )
    else:
        rows = best_ranked(work, rows, _FILE)
        each = rows.group_by([*_FILE, "source_id"]).agg(
            filed_last=rows.filed_last.min(), withdrawn=rows.withdrawn.any()
        )
        whole = each.group_by(_FILE).agg(
            filed_last=each.filed_last.max(), withdrawn=each.withdrawn.any()
        )
    stands = whole.filter(~whole.withdrawn).drop("withdrawn")
    return _carried(work, stands)


def _carried(work: Work, stands: Expr) -> Expr:
    """What was filed in a carry case counts here too: the earliest of the cases."""
    related = carry(work)
    if related is None:
        return stands
    stands = work.keep("filed", stands, ("case_id",))
    theirs = stands.rename(other_id="case_id")
    here = attach(theirs, related, ["other_id"], how="inner").select(*_FILE, "filed_last")
    every = stands.select(*_FILE, "filed_last").union(here)
    return every.group_by(_FILE).agg(filed_last=every.filed_last.min())


def disclosed(work: Work) -> Expr | None:
    """Sections 7.2 and 7.3: (defendant_id, item_id, whole, part, receipt); None: nothing was."""
    if not work.has("disclosures"):
        return None
    return work.step("disclosed", _disclosed(work), _GOT)


def _disclosed(work: Work) -> Expr:
    rows = work.seen("disclosures")
    columns = [*_GOT, "source_id", "last", "whole", "production_norm", "ack_last"]
    rows = _with_contents(work, rows, [*columns, "case_id"])
    related = carry(work)
    if related is not None:
        theirs = twins(work, related).select(mine="defendant_id", defendant_id="twin_id")
        theirs = work.keep("twins", theirs.distinct(), ("defendant_id",))
        here = attach(rows, theirs, ["defendant_id"], how="inner")
        here = here.drop("defendant_id").rename(defendant_id="mine")
        rows = rows.select(*columns).union(here.select(*columns))
    if _one_source(work, "disclosures"):
        return _of_one_source(rows)
    return _of_many_sources(work, rows.select(*columns))


def _of_one_source(rows: Expr) -> Expr:
    return rows.group_by(_GOT).agg(
        whole=rows["last"].min(where=rows.whole),
        part=rows["last"].min(where=~rows.whole),
        receipt=rows.ack_last.min(),
    )


def _of_many_sources(work: Work, rows: Expr) -> Expr:
    """Only what several sources speak of is grouped by source and production."""
    spread = rows.group_by(_GOT).agg(low=rows.source_id.min(), high=rows.source_id.max())
    spread = spread.filter(spread.low != spread.high).select(*_GOT)
    spread = work.keep("contested", spread, _GOT)
    if not work.any(spread):
        return _of_one_source(rows)
    contested = work.keep("accounts", rows.semi_join(spread, _GOT), _GOT)
    got = attach(spread, _fact_date(work, contested, "whole"), _GOT)
    got = attach(got, _fact_date(work, contested, "part"), _GOT)
    receipts = contested.select(*_GOT, "source_id", receipt="ack_last")
    got = attach(got, latest_of_sources(work, receipts, _GOT, "receipt"), _GOT)
    plain = _of_one_source(rows.anti_join(spread, _GOT))
    return plain.union(got.select(*_GOT, "whole", "part", "receipt"))


def _fact_date(work: Work, rows: Expr, extent: str) -> Expr:
    """One fact per production; a row without one is an account of each. The earliest fact counts."""
    rows = rows.filter(rows.whole if extent == "whole" else ~rows.whole)
    unnamed = rows.filter(rows.production_norm == "").drop("production_norm")
    named = rows.filter(rows.production_norm != "")
    productions = named.select(*_GOT, "production_norm").distinct()
    each = attach(unnamed, productions, _GOT)
    each = each.mutate(production_norm=ibis.coalesce(each.production_norm, ""))
    columns = [*_GOT, "source_id", "last", "production_norm"]
    every = named.select(*columns).union(each.select(*columns))
    every = work.keep("facts", every.rename(**{extent: "last"}), _GOT)
    facts = latest_of_sources(work, every, [*_GOT, "production_norm"], extent)
    return facts.group_by(_GOT).agg(**{extent: facts[extent].min()})


def _with_contents(work: Work, rows: Expr, columns: list[str]) -> Expr:
    """Rows of the item, and rows of an ancestor that say `with_contents`."""
    inside = ancestors(work)
    if inside is None:
        return rows.select(*columns)
    boxes = rows.filter(rows.with_contents).select(*columns).rename(ancestor_id="item_id")
    contents = attach(boxes, inside, ["ancestor_id"], how="inner")
    return rows.select(*columns).union(contents.select(*columns))


def _one_source(work: Work, name: str) -> bool:
    rows = work.seen(name)
    return bool(work.one(rows.source_id.min() == rows.source_id.max()))
