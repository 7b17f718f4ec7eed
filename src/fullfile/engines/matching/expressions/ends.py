"""When a defendant's case ended, and by what (the match, section 4)."""

from __future__ import annotations

import ibis

from fullfile.core.ids import DAY_MS
from fullfile.engines.matching.arithmetic import day
from fullfile.engines.matching.expressions.cases import concerned, happened
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work, attach

__all__ = ["CONVICTIONS", "REOPENINGS", "ends"]

CONVICTIONS = ("convicted", "plea_guilty")
ENDINGS = (
    "acquitted",
    "dismissed_with_prejudice",
    "dismissed_without_prejudice",
    "nolle_prosequi",
    "stayed",
    *CONVICTIONS,
)
REOPENINGS = ("new_trial_granted", "reversed", "remanded", "reinstated", "refiled")
_WHO = ["case_id", "defendant_id"]


def ends(work: Work) -> Expr | None:
    """Section 4.2: (case_id, defendant_id, ended, convicted); None: no case has ended.

    `ended` is the last moment of the day; `convicted` is null where no count ended by conviction.
    """
    return work.share_or_none("ends", lambda: _ends(work), keys=_WHO)


def _ends(work: Work) -> list[Expr]:
    if not work.has("docket"):
        return []
    docket = work.seen("docket")
    events = happened(work, docket.filter(docket.event.isin((*ENDINGS, *REOPENINGS))))
    events = events.mutate(ends=events.event.isin(ENDINGS))
    if not work.any(events.filter(events.ends)):
        return []
    events = events.select(
        "entry",
        "case_id",
        "first",
        "last",
        "ord",
        "ends",
        whose="defendant_id",
        which="count_norm",
        by_conviction=events.event.isin(CONVICTIONS),
    )
    events = work.keep("endings", concerned(work, events), _WHO)
    counts = _counts(work, events)
    met = attach(counts, events, _WHO, how="inner")
    met = met.filter(met.unnamed | (met.which == "") | (met.which == met.count_norm))
    one = [*_WHO, "count_norm"]
    again = met.group_by(one).agg(reopened=met.ord.max(where=~met.ends))
    ending = attach(met.filter(met.ends), again, one)
    ending = ending.filter(ending.reopened.isnull() | (ending.ord > ending.reopened))
    first = ending.group_by(one).agg(ord=ending.ord.min())
    ending = work.keep("ended_counts", attach(ending, first, [*one, "ord"], how="inner"), _WHO)
    whole = ending.group_by(_WHO).agg(
        last=ending["last"].max(),
        convicted=ending["first"].min(where=ending.by_conviction),
        done=ending.count_norm.nunique(),
    )
    whole = attach(whole, counts.group_by(_WHO).agg(counts=counts.count()), _WHO, how="inner")
    whole = whole.filter(whole.done == whole.counts)
    ended = (day(whole["last"]).cast("int64") + 1) * DAY_MS - 1
    return [whole.select(*_WHO, "convicted", ended=ended)]


def _counts(work: Work, events: Expr) -> Expr:
    """The counts of each defendant of a case with such an event; with none, one without a name."""
    people = events.select(*_WHO).distinct()
    if not work.has("counts"):
        unnamed = people.mutate(count_norm=ibis.literal(""), unnamed=ibis.literal(value=True))
        return work.keep("counts", unnamed, ("case_id",))
    rows = work.seen("counts")
    charged = happened(work, rows.filter(rows.charged_last.notnull()), "charged_last")
    undated = rows.filter(rows.charged_last.isnull())
    named = charged.select(*_WHO, "count_norm").union(undated.select(*_WHO, "count_norm"))
    named = attach(people, named.distinct(), _WHO)
    named = named.select(
        *_WHO,
        count_norm=ibis.coalesce(named.count_norm, ""),
        unnamed=named.count_norm.isnull(),
    )
    return work.keep("counts", named, ("case_id",))
