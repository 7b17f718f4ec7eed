"""Records that are one person: joined from the heaviest pair down, as long as nothing in the group contradicts.

Joining everything that is linked would chain a father to his son through a record without a date. So each group
keeps what it knows, and two groups with different dates of birth, suffixes or badges at one agency stay apart, as
does a group that would grow beyond all likelihood.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import Levenshtein

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
    lefts, rights = strong["record_l"].to_pylist(), strong["record_r"].to_pylist()
    linked = pa.array(sorted({*lefts, *rights}), pa.int64())
    known = persons.filter(pc.is_in(persons["record"], value_set=linked))
    groups = _Groups(
        zip(
            *(known[name].to_pylist() for name in ("record", "born", "suffix", "badge", "agency")),
            strict=True,
        )
    )
    for left, right in zip(lefts, rights, strict=True):
        groups.join(left, right)
    records = persons["record"].to_pylist()
    return pa.table(
        {
            "record": pa.array(records, pa.int64()),
            "person": pa.array([groups.person(record) for record in records], pa.int64()),
        }
    )


Known = tuple[int, str | None, str | None, str | None, str | None]


class _Groups:
    """Groups of records, each with what is known of it."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._above: dict[int, int] = {}
        self._size: dict[int, int] = {}
        self._facts: dict[int, tuple[set[str], set[str], set[tuple[str, str]]]] = {}
        for record, born, suffix, badge, agency in known:
            self._above[record] = record
            self._size[record] = 1
            self._facts[record] = (
                {born} if born else set(),
                {suffix} if suffix else set(),
                {(agency or "", badge)} if badge else set(),
            )

    def person(self, record: int) -> int:
        above = self._above
        root = record
        while above.get(root, root) != root:
            root = above[root]
        while above.get(record, record) != root:
            above[record], record = root, above[record]
        return root

    def join(self, left: int, right: int) -> None:
        """Make two records one person, unless their groups contradict each other."""
        keep, give = sorted((self.person(left), self.person(right)))
        if keep == give or self._size[keep] + self._size[give] > LARGEST:
            return
        mine, theirs = self._facts[keep], self._facts[give]
        if not (
            all(_one_date(a, b) for a in mine[0] for b in theirs[0])
            and len(mine[1] | theirs[1]) <= 1
            and _one_badge(mine[2] | theirs[2])
        ):
            return
        self._above[give] = keep
        self._size[keep] += self._size.pop(give)
        for own, others in zip(mine, self._facts.pop(give), strict=True):
            own.update(others)  # type: ignore[arg-type]  # the sets pair up by place


def _one_date(left: str, right: str) -> bool:
    """Whether two dates of birth can be one with a slip: a digit, an exchange, day and month turned."""
    return (
        left == right
        or Levenshtein.distance(left, right) <= 2
        or (left[:4] == right[:4] and left[5:7] == right[8:] and left[8:] == right[5:7])
    )


def _one_badge(badges: set[tuple[str, str]]) -> bool:
    agencies = [agency for agency, _ in badges]
    return len(agencies) == len(set(agencies))
