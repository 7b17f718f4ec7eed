"""Moments and days, the same on every engine.

SQLite's MAX of several values is null when one of them is, DuckDB's GREATEST
is not; integer division differs for negative numbers. So nulls are put aside
and days are counted from 1900, where all of them are positive.
"""

from __future__ import annotations

from functools import reduce

import ibis

from fullfile.core.ids import DAY_MS
from fullfile.core.matching.line import Policy
from fullfile.engines.matching.tables import Expr

__all__ = ["day", "day_after", "earlier", "later", "none", "order_key", "target_on"]

_SHIFT_DAYS = 36_525
_SECONDS_TO_1970 = 2_208_988_800
_LOW = -(1 << 62)
_HIGH = 1 << 62


def none(kind: str = "int64") -> Expr:
    """Not on record."""
    return ibis.null().cast(kind)


def later(*moments: Expr) -> Expr:
    """The latest of the moments that are on record; null when none is."""
    known = [ibis.coalesce(one, _LOW) for one in moments]
    return reduce(ibis.greatest, known).nullif(_LOW)


def earlier(*moments: Expr) -> Expr:
    """The earliest of the moments that are on record; null when none is."""
    known = [ibis.coalesce(one, _HIGH) for one in moments]
    return reduce(ibis.least, known).nullif(_HIGH)


def day(moment: Expr) -> Expr:
    """The day of a wall-clock moment: days since 1970."""
    return ((moment + _SHIFT_DAYS * DAY_MS) // DAY_MS - _SHIFT_DAYS).cast("int32")


def day_after(days: Expr) -> Expr:
    """The first moment after a day: what is not before it came after the due day."""
    return (days.cast("int64") + 1) * DAY_MS


def order_key(first: Expr, entry: Expr) -> Expr:
    """`ord`, as the projectors write it: the second of the first moment since 1900, then the entry."""
    return (first // 1000 + _SECONDS_TO_1970) * 2**30 + entry


def target_on(days: Expr, policy: Policy) -> Expr:
    """Section 5.4: the office's target that was in force on a day."""
    target: Expr = ibis.literal(policy.target_on(-(10**9)), "int32")
    for since, _ in policy.target_steps:
        target = ibis.ifelse(days >= since, ibis.literal(policy.target_on(since), "int32"), target)
    return target
