"""Records that are one person: joined from the heaviest pair down, as long as nothing in the group contradicts.

Joining everything that is linked would chain a father to his son through a record without a date. So each group
keeps what it knows, and two groups with different dates of birth, suffixes or badges at one agency stay apart, as
does a group that would grow beyond all likelihood.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

from fullfile.engines.linkage.people.columns import rows, values

__all__ = ["LARGEST", "cluster"]

LARGEST = 200
"""Records of one person at most: more of them is a name that many share."""


def cluster(persons: pa.Table, pairs: pa.Table, threshold: float) -> pa.Table:
    """The person of each record.

    Args:
        persons: parsed persons.
        pairs: `PAIRS`.
        threshold: from this match weight on two records can be joined.

    Returns:
        (record, person): the least record of the group.
    """
    strong = pairs.filter(pc.field("match_weight") >= threshold).select(
        ["record_l", "record_r", "match_weight"]
    )
    # Rounded, so that the last bits of an engine's sum do not change the order.
    weights = pc.negate(pc.round(strong["match_weight"], 6))
    strong = strong.set_column(2, "order", weights).sort_by(
        [("order", "ascending"), ("record_l", "ascending"), ("record_r", "ascending")]
    )
    edges = list(rows(strong, "record_l", "record_r"))
    linked = pa.array(sorted({record for edge in edges for record in edge}), pa.int64())
    known = persons.filter(pc.is_in(persons["record"], value_set=linked))
    groups = _Groups(rows(known, "record", "born", "suffix", "badge", "agency"))
    for left, right in edges:
        groups.join(left, right)
    records = values(persons, "record")
    return pa.table(
        {
            "record": pa.array(records, pa.int64()),
            "person": pa.array([groups.person(record) for record in records], pa.int64()),
        }
    )


class _Groups:
    """Groups of records, each with what is known of it."""

    # `Any`: (record, born, suffix, badge, agency) out of Arrow columns.
    def __init__(self, known: Iterable[tuple[Any, ...]]) -> None:
        self._above: dict[int, int] = {}
        self._size: dict[int, int] = {}
        self._born: dict[int, set[str]] = {}
        self._suffix: dict[int, str] = {}
        self._badge: dict[int, dict[str, str]] = {}
        for record, born, suffix, badge, agency in known:
            if born:
                self._born[record] = {born}
            if suffix:
                self._suffix[record] = suffix
            if badge:
                self._badge[record] = {agency or "": badge}

    def person(self, record: int) -> int:
        """The least record of the group."""
        above = self._above
        root = record
        while (up := above.get(root)) is not None:
            root = up
        while record != root:
            above[record], record = root, above[record]
        return root

    def join(self, left: int, right: int) -> None:
        """Make two records one person, unless their groups contradict each other."""
        keep, give = sorted((self.person(left), self.person(right)))
        size = self._size.get(keep, 1) + self._size.get(give, 1)
        if keep == give or size > LARGEST or not self._agree(keep, give):
            return
        self._above[give] = keep
        self._size[keep] = size
        if dates := self._born.pop(give, None):
            self._born.setdefault(keep, dates).update(dates)
        if suffix := self._suffix.pop(give, None):
            self._suffix[keep] = suffix
        if badges := self._badge.pop(give, None):
            self._badge.setdefault(keep, badges).update(badges)

    def _agree(self, one: int, other: int) -> bool:
        mine, theirs = self._born.get(one), self._born.get(other)
        if mine and theirs and not all(_one_date(a, b) for a in mine for b in theirs):
            return False
        suffixes = {self._suffix.get(one), self._suffix.get(other)} - {None}
        if len(suffixes) > 1:
            return False
        badges = self._badge.get(other, {})
        return all(
            badges.get(agency, badge) == badge for agency, badge in self._badge.get(one, {}).items()
        )


def _one_date(left: str, right: str) -> bool:
    """Whether two dates of birth can be one with a slip: a digit, an exchange, day and month turned."""
    return (
        left == right
        or Levenshtein.distance(left, right) <= 2
        or (left[:4] == right[:4] and left[5:7] == right[8:] and left[8:] == right[5:7])
    )
