"""Filed and disclosed: what stands on the file, and what each defendant got (sections 7.1 to 7.3).

Where a table has one source only, the accounts of a fact need no second
grouping: the earliest of one source is also the latest of the sources.
"""

from __future__ import annotations

import ibis

from fullfile.engines.matching.expressions.accounts import best_ranked, latest_of_sources
from fullfile.engines.matching.expressions.bearing import ancestors, item_facts
from fullfile.engines.matching.expressions.cases import carry, twins
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["disclosed", "filed"]

_FILE = ["item_id", "case_id"]
_GOT = ["defendant_id", "item_id"]
_DATES = ("whole", "part", "whole_receipt", "part_receipt")


def filed(work: Work) -> Expr | None:
    """Section 7.1: (item_id, case_id, filed_last); None: nothing was filed."""
    if not work.has("filings"):
        return None
    return work.step("filed", _filed(work), _FILE)


def _filed(work: Work) -> Expr:
    filings = work.seen("filings")
    rows = filings.filter(~filings.set_aside)
    columns = [*_FILE, "source_id", "filed_last", "withdrawn"]
    rows, fact = _with_contents(work, rows, columns, "filed_last", _FILE)
    if not _one_source(work, "filings"):
        rows = best_ranked(work, rows, fact)
        rows = rows.group_by([*fact, "source_id"]).agg(
            filed_last=rows.filed_last.min(), withdrawn=rows.withdrawn.any()
        )
        latest = rows.filed_last.max()
    else:
        latest = rows.filed_last.min()
    each = rows.group_by(fact).agg(filed_last=latest, withdrawn=rows.withdrawn.any())
    each = work.step("filed_facts", each, _FILE)
    related = carry(work)
    if fact == _FILE and related is None:
        return each.filter(~each.withdrawn).select(*_FILE, "filed_last")
    own = each.group_by(_FILE).agg(
        filed_last=each.filed_last.min(where=~each.withdrawn), given_up=each.withdrawn.any()
    )
    return own.select(*_FILE, "filed_last") if related is None else _carried(work, own, related)


def _carried(work: Work, own: Expr, related: Expr) -> Expr:
    """What was filed in a carry case counts here too, unless this case's own file gave it up."""
    own = work.keep("filed", own, ("case_id",))
    theirs = own.filter(own.filed_last.notnull()).rename(other_id="case_id")
    here = attach(theirs, related, ["other_id"], how="inner").select(*_FILE, "filed_last")
    here = here.anti_join(own.filter(own.given_up), _FILE)
    every = own.select(*_FILE, "filed_last").union(here)
    return every.group_by(_FILE).agg(filed_last=every.filed_last.min())


def disclosed(work: Work, only: Expr | None = None) -> Expr | None:
    """Sections 7.2 and 7.3: what a defendant got of an item; None: nothing was disclosed.

    Columns: defendant_id, item_id, whole, part, and the receipts for each. `only` of these items.
    """
    if not work.has("disclosures"):
        return None
    return work.step("disclosed", _disclosed(work, only), _GOT)


def _disclosed(work: Work, only: Expr | None) -> Expr:
    rows = work.seen("disclosures")
    columns = [*_GOT, "source_id", "last", "whole", "production_norm", "ack_last"]
    rows, fact = _with_contents(work, rows, columns, "last", _GOT)
    if only is not None:
        rows = rows.semi_join(only, "item_id")
    if _one_source(work, "disclosures"):
        got = _of_one_source(rows)
    else:
        got = _of_many_sources(work, rows, fact)
    related = carry(work)
    if related is None:
        return got
    got = work.keep("got", got, ("defendant_id",))
    theirs = twins(work, related).select(mine="defendant_id", defendant_id="twin_id")
    theirs = work.keep("twins", theirs.distinct(), ("defendant_id",))
    here = attach(got, theirs, ["defendant_id"], how="inner")
    here = here.drop("defendant_id").rename(defendant_id="mine")
    every = got.select(*_GOT, *_DATES).union(here.select(*_GOT, *_DATES))
    return every.group_by(_GOT).agg(**{date: every[date].min() for date in _DATES})


def _of_one_source(rows: Expr) -> Expr:
    return rows.group_by(_GOT).agg(
        whole=rows["last"].min(where=rows.whole),
        part=rows["last"].min(where=~rows.whole),
        whole_receipt=rows.ack_last.min(where=rows.whole),
        part_receipt=rows.ack_last.min(where=~rows.whole),
    )


def _of_many_sources(work: Work, rows: Expr, fact: list[str]) -> Expr:
    """Only what several sources speak of is grouped by source and production."""
    spread = rows.group_by(_GOT).agg(low=rows.source_id.min(), high=rows.source_id.max())
    spread = spread.filter(spread.low != spread.high).select(*_GOT)
    spread = work.keep("contested", spread, _GOT)
    if not work.any(spread):
        return _of_one_source(rows)
    contested = work.keep("accounts", rows.semi_join(spread, _GOT), _GOT)
    got = spread
    for extent in ("whole", "part"):
        some = contested.filter(contested.whole if extent == "whole" else ~contested.whole)
        got = attach(got, _fact_date(work, some, fact, extent), _GOT)
        signed = some.select(*fact, "source_id", signed="ack_last")
        dates = work.step("signed", latest_of_sources(work, signed, fact, "signed"))
        receipts = dates.group_by(_GOT).agg(**{f"{extent}_receipt": dates.signed.min()})
        got = attach(got, receipts, _GOT)
    plain = _of_one_source(rows.anti_join(spread, _GOT))
    return plain.union(got.select(*_GOT, *_DATES))


def _fact_date(work: Work, rows: Expr, fact: list[str], extent: str) -> Expr:
    """One fact per production; where a row names none, all rows are one fact. The earliest counts."""
    merged = rows.group_by(fact).agg(merged=(rows.production_norm == "").any())
    every = attach(rows, merged, fact)
    every = every.select(
        *fact,
        "source_id",
        date="last",
        production=ibis.ifelse(every.merged, "", every.production_norm),
    )
    every = work.keep("facts", every, _GOT)
    dates = latest_of_sources(work, every, [*fact, "production"], "date")
    return dates.group_by(_GOT).agg(**{extent: dates.date.min()})


def _with_contents(
    work: Work, rows: Expr, columns: list[str], date: str, fact: list[str]
) -> tuple[Expr, list[str]]:
    """Rows of the item, and rows of an ancestor that say `with_contents`; and what makes a fact.

    What was not held yet when a container was handed over was not in it.
    """
    inside = ancestors(work)
    if inside is None:
        return rows.select(*columns), fact
    boxes = rows.filter(rows.with_contents).select(*columns).rename(via="item_id")
    contents = attach(inside.rename(via="ancestor_id"), boxes, ["via"], how="inner")
    contents = attach(contents, item_facts(work).select("item_id", "held"), ["item_id"], "inner")
    contents = contents.filter(contents.held <= contents[date])
    own = rows.select(*columns, via="item_id")
    return own.union(contents.select(*columns, "via")), [*fact, "via"]


def _one_source(work: Work, name: str) -> bool:
    rows = work.seen(name)
    return bool(work.one(rows.source_id.min() == rows.source_id.max()))
