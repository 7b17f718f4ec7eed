"""Several accounts of one fact become one date (the match, section 1.3).

With ranked sources only the accounts of the best rank that has any count. Then
either the earliest counts (held, trigger), or the earliest of each source and
the latest of the sources (filed, disclosed, receipt).
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["best_ranked", "earliest", "latest_of_sources"]


def best_ranked(work: Work, accounts: Expr, keys: Sequence[str]) -> Expr:
    """Only the accounts of the best rank that each fact has."""
    if not work.policy.source_rank:
        return accounts
    ranked = attach(accounts, _ranks(work), ["source_id"])
    ranked = ranked.mutate(rank=ibis.coalesce(ranked["rank"], len(work.policy.source_rank)))
    best = ranked.group_by(list(keys)).agg(best=ranked["rank"].min())
    both = attach(ranked, best, keys, how="inner")
    return both.filter(both["rank"] == both.best).drop("rank", "best")


def earliest(work: Work, accounts: Expr, keys: Sequence[str], date: str) -> Expr:
    """One date per fact: the earliest account that counts."""
    rows = best_ranked(work, accounts.filter(accounts[date].notnull()), keys)
    return rows.group_by(list(keys)).agg(**{date: rows[date].min()})


def latest_of_sources(work: Work, accounts: Expr, keys: Sequence[str], date: str) -> Expr:
    """One date per fact: the earliest of each source, then the latest of the sources."""
    rows = best_ranked(work, accounts.filter(accounts[date].notnull()), keys)
    by_source = rows.group_by([*keys, "source_id"]).agg(**{date: rows[date].min()})
    return by_source.group_by(list(keys)).agg(**{date: by_source[date].max()})


def _ranks(work: Work) -> Expr:
    """The ranks of the sources that the office named; a name compares as it was said."""
    sources = work.tables["source_key"]
    rank: Expr = ibis.null().cast("int64")
    for number, name in reversed(list(enumerate(work.policy.source_rank))):
        rank = ibis.ifelse(sources.name == name, number, rank)
    return work.share("ranks", lambda: sources.select("source_id", rank=rank), keys=("source_id",))
