"""Candidates weighed: bits by feature, what the other candidates say, probabilities, the likeliest first.

Each candidate's bits of the first layer are summed. Then the context counts: the best sum of a linked case, of
another item under the same number, and of the strongest rival. Of an item that belongs to one case the
probabilities of rivals that are not linked share what there is, because rivals weigh against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullfile.engines.linkage.evidence import KEPT
from fullfile.engines.linkage.model import CONTEXT, Model

__all__ = [
    "MOST_SHARE",
    "NONE",
    "Scored",
    "best_of",
    "chance",
    "columns_of",
    "context_of",
    "reports_of",
    "score",
    "share_found",
    "shifted_base",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NONE = -30.0
"""Bits where there is no such other candidate."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Candidates with their weights, item by item.

    Attributes:
        item, case: numbers of each candidate.
        evidence: bits by feature (candidates, features).
        context: bits by `CONTEXT` but the first (candidates, 4).
        bits: all of them and the base.
    """

    item: Ints
    case: Ints
    evidence: Floats
    context: Floats
    bits: Floats

    @property
    def probability(self) -> Floats:
        """The chance that the item belongs to the case."""
        return chance(self.bits)

    def of_item(self, item: int) -> Scored:
        """The candidates of one item."""
        mine = self.item == item
        return Scored(
            self.item[mine],
            self.case[mine],
            self.evidence[mine],
            self.context[mine],
            self.bits[mine],
        )


def chance(bits: Floats) -> Floats:
    """Bits as a probability."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))))


def columns_of(model_features: tuple[str, ...], candidates: pa.Table) -> dict[str, Floats]:
    """The features as arrays; what is not on record is NaN.

    Rounded: a sum of the same numbers in another order may differ in its last digit, and must not stand on another step.
    """
    return {
        name: np.round(candidates.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False), 6)
        for name in model_features
    }


def reports_of(candidates: pa.Table) -> Ints:
    """The number under which each item was booked; -1: none."""
    found = candidates.column("report_id").cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.asarray(np.where(np.isnan(found), -1, found), dtype=np.int64)


def context_of(
    item: Ints, case: Ints, sums: Floats, report: Ints, matter: Mapping[int, int], nobody: float
) -> Floats:
    """The inputs of the second layer: (candidates, `CONTEXT`).

    Args:
        item: of each candidate, sorted.
        case: of each candidate.
        sums: bits of the first layer.
        report: the number under which the item shares evidence with others; -1: none.
        matter: by case the number of its group of linked cases.
        nobody: what a rival has at the least.
    """
    many = len(item)
    found = np.full((many, len(CONTEXT)), NONE)
    found[:, 0] = sums
    if not many:
        return found
    group = _groups_of(case, matter, -case - 1)
    # The best sum of each group of linked cases within an item, and the best two groups of the item.
    order = np.lexsort((-sums, group, item))
    first = np.r_[
        True, (item[order][1:] != item[order][:-1]) | (group[order][1:] != group[order][:-1])
    ]
    where = np.cumsum(first) - 1
    best = sums[order][first]
    of_item = item[order][first]
    ranked = np.lexsort((-best, of_item))
    starts = np.flatnonzero(np.r_[True, of_item[ranked][1:] != of_item[ranked][:-1]])
    sizes = np.diff(np.r_[starts, len(ranked)])
    top = np.repeat(ranked[starts], sizes)
    second = np.where(sizes > 1, ranked[np.minimum(starts + 1, len(ranked) - 1)], -1)
    second = np.repeat(second, sizes)
    place = np.empty_like(ranked)
    place[ranked] = np.arange(len(ranked))
    mine = np.empty(many, dtype=np.int64)
    mine[order] = where
    leader, runner = top[place[mine]], second[place[mine]]
    rival = np.where(mine == leader, runner, leader)
    strongest = np.where(rival >= 0, best[np.maximum(rival, 0)], nobody)
    found[:, 3] = np.maximum(strongest, nobody) - sums
    # Linked cases: the best other sum of the same group.
    ahead = np.r_[first[1:], True]
    following = np.where(~ahead, np.r_[sums[order][1:], NONE], NONE)
    linked = np.where(
        first, following, np.repeat(best, np.diff(np.r_[np.flatnonzero(first), many]))
    )
    found[order, 2] = linked
    # Items under the same number: the best sum for the same case of another item.
    others = _best_together(item, case, sums, report)
    found[:, 1] = np.where(np.isneginf(others), NONE, others)
    return found


def _groups_of(case: Ints, matter: Mapping[int, int], alone: Ints) -> Ints:
    """Of each candidate the group of linked cases that its case is of; `alone` where it is of none."""
    if not matter:
        return alone
    linked = np.fromiter(matter, dtype=np.int64, count=len(matter))
    groups = np.fromiter(matter.values(), dtype=np.int64, count=len(matter))
    order = np.argsort(linked)
    linked, groups = linked[order], groups[order]
    place = np.minimum(np.searchsorted(linked, case), len(linked) - 1)
    return np.asarray(np.where(linked[place] == case, groups[place], alone))


def score(
    candidates: pa.Table, model: Model, matter: Mapping[int, int], *, base: float | None = None
) -> Scored:
    """Weigh candidates, sorted by item and case.

    Args:
        candidates: as `evidence.find_candidates` gives them.
        model: the weights.
        matter: by case the number of its group of linked cases.
        base: the bits before any evidence; None: the model's.
    """
    item = candidates.column("item_id").to_numpy().astype(np.int64)
    case = candidates.column("case_id").to_numpy().astype(np.int64)
    reports = reports_of(candidates)
    evidence = model.bits(columns_of(model.features, candidates))
    sums = evidence.sum(axis=1)
    inputs = context_of(item, case, sums, reports, matter, model.nobody)
    lines = np.stack(
        [model.context[name].at(inputs[:, at]) for at, name in enumerate(CONTEXT)], axis=1
    )
    # The first line of the context straightens the sum itself; what it adds is part of the base.
    own = lines.sum(axis=1) + (model.base if base is None else base)
    # What bears on one case of a matter bears on the others (contract, section 1), so each is as likely, or nearly.
    bits = np.maximum(own, _best_linked(item, case, own, matter) - ONE_MATTER)
    lines[:, CONTEXT.index("linked_case")] += bits - own
    # Things that came in under one number no case lists belong together, or nearly.
    together = np.maximum(bits, _best_together(item, case, bits, reports) - ONE_NUMBER)
    lines[:, CONTEXT.index("same_number")] += together - bits
    return Scored(item, case, evidence, lines, together)


ONE_NUMBER = 1.5
"""Bits by which a case is less likely for an item than for another under the same number, at the least. Policy."""


def _best_together(item: Ints, case: Ints, bits: Floats, report: Ints) -> Floats:
    """Of each candidate the most bits that the same case has for another item under the same number."""
    found = np.full(len(item), -np.inf)
    shared = np.flatnonzero(report >= 0)
    order = shared[np.lexsort((-bits[shared], case[shared], report[shared]))]
    if len(order) > 1:
        same = (report[order][1:] == report[order][:-1]) & (case[order][1:] == case[order][:-1])
        starts = np.flatnonzero(np.r_[True, ~same])
        sizes = np.diff(np.r_[starts, len(order)])
        best = np.repeat(bits[order][starts], sizes)
        following = np.where(
            sizes > 1, bits[order][np.minimum(starts + 1, len(order) - 1)], -np.inf
        )
        first = np.r_[True, ~same]
        found[order] = np.where(first, np.repeat(following, sizes), best)
    return found


ONE_MATTER = 1.5
"""Bits by which a case is less likely than the likeliest case of its matter, at the least. Policy, not law."""


def _best_linked(item: Ints, case: Ints, bits: Floats, matter: Mapping[int, int]) -> Floats:
    """Of each candidate the most bits of another candidate of the same item and matter."""
    found = np.full(len(item), -np.inf)
    group = _groups_of(case, matter, np.full(len(case), -1))
    linked = np.flatnonzero(group >= 0)
    order = linked[np.lexsort((-bits[linked], group[linked], item[linked]))]
    if len(order) > 1:
        same = (item[order][1:] == item[order][:-1]) & (group[order][1:] == group[order][:-1])
        first = np.r_[True, ~same]
        starts = np.flatnonzero(first)
        sizes = np.diff(np.r_[starts, len(order)])
        best = np.repeat(bits[order][starts], sizes)
        second = np.repeat(
            np.where(sizes > 1, bits[order][np.minimum(starts + 1, len(order) - 1)], -np.inf), sizes
        )
        found[order] = np.where(first, second, best)
    return found


def best_of(scored: Scored) -> Floats:
    """Of each item the bits of its likeliest case, in the order of the items."""
    if not len(scored.item):
        return np.zeros(0)
    starts = np.flatnonzero(np.r_[True, scored.item[1:] != scored.item[:-1]])
    return np.asarray(np.maximum.reduceat(scored.bits, starts))


LEAST_SHARE, MOST_SHARE = 0.005, 0.95
"""Between these lies the share of items that belong to a case, whatever they tell."""
EVEN_SHARE = 0.5
"""What the share is held to be before anything is seen: in one office nearly all, in another nearly none. Policy."""


def share_found(
    best: Floats, items: int, model: Model, *, off: float = 0.0, held: int = 20
) -> float:
    """The share of items that belong to a case, as the items themselves tell.

    The chances were learned where `model.share` of the items belonged to one. Where more or fewer do, the odds that
    an item belongs anywhere are off by the same number of bits. The share at which the mean of the corrected chances
    is the share itself is found by repetition (Saerens, Latinne, Decaestecker 2002, section 2.2).

    Args:
        best: bits of each item's likeliest case, with the model's own base.
        items: how many were looked at, those without any candidate too.
        model: whose line `belongs` turns these bits into bits of belonging to some case.
        off: by so many bits the model is off in this office (`nowhere`).
        held: so many imagined items of the even share keep a handful of items from moving it far.
    """
    alone = np.full(max(items - len(best), 0), NONE)
    belongs = model.belongs.at(np.concatenate([best, alone])) + off
    now = model.share
    odds = np.log2(now / (1 - now))
    for _ in range(300):
        moved = belongs + np.log2(now / (1 - now)) - odds
        new = (float(chance(moved).sum()) + held * EVEN_SHARE) / (len(belongs) + held)
        new = min(max(new, LEAST_SHARE), MOST_SHARE)
        if abs(new - now) < 1e-6:
            break
        now = new
    return now


def shifted_base(model: Model, share: float, cases: int) -> float:
    """The base for another share of items that belong to a case, and for few cases.

    Args:
        model: whose base holds for its own share, and for `KEPT` candidates of an item.
        share: of the items looked at.
        cases: how many there are: among few, each is likelier to be the one before any evidence.
    """
    few = float(np.log2(KEPT / max(cases, 1))) if cases < KEPT else 0.0
    return float(
        model.base + few + np.log2(share / (1 - share)) - np.log2(model.share / (1 - model.share))
    )
