"""A handful of new records against candidates, in plain Python, with the weights of the bulk run."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from fullfile.engines.linkage.people.agreement import is_other
from fullfile.engines.linkage.people.frequencies import TermFrequencies
from fullfile.engines.linkage.people.levels import COMPARISONS
from fullfile.engines.linkage.people.model import PeopleModel, read_priors
from fullfile.engines.linkage.people.person import Person, blocking_keys
from fullfile.engines.linkage.people.results import Budget, Pair

__all__ = ["compare", "match_few"]


def match_few(
    records: Sequence[Person],
    candidates: Sequence[Person],
    model: PeopleModel,
    term_frequencies: TermFrequencies,
    *,
    budget: Budget | None = None,
) -> list[Pair]:
    """Compare new records with candidates that share a blocking key.

    Args:
        records: the persons of one item.
        candidates: records that share a key with one of them; others are passed over.
        model: the trained model.
        term_frequencies: of the bulk run.
        budget: for its floor.

    Returns:
        Pairs above the floor, of identical names or of one household; the heaviest first.
    """
    floor = (budget or Budget()).floor
    by_key: dict[str, list[Person]] = defaultdict(list)
    for candidate in candidates:
        for key in blocking_keys(candidate):
            by_key[key].append(candidate)
    pairs = []
    for new in records:
        met = {found.record: found for key in blocking_keys(new) for found in by_key.get(key, ())}
        met.pop(new.record, None)
        for candidate in met.values():
            pair = compare(new, candidate, model, term_frequencies)
            if pair.match_weight >= floor or pair.same_text or pair.household:
                pairs.append(pair)
    pairs.sort(key=lambda pair: (-pair.match_weight, pair.record_l, pair.record_r))
    return pairs


def compare(
    left: Person, right: Person, model: PeopleModel, term_frequencies: TermFrequencies
) -> Pair:
    """The weight of one pair, as Splink gives it."""
    bits = math.log2(model.match_rate / (1 - model.match_rate))
    levels: dict[str, int] = {}
    priors = read_priors()["frequencies"]
    for comparison in COMPARISONS:
        number = comparison.level(left, right)
        levels[comparison.name] = number
        if number < 0:
            continue
        level = comparison.named(number)
        m, u = model.levels[comparison.name][level.name if level else "differs"]
        bits += math.log2(m / u)
        if level and (column := level.frequency):
            known = term_frequencies.columns.get(column, {})
            found = [
                one
                for side in (left, right)
                if (one := known.get(getattr(side, column))) is not None
            ]
            if found:
                bits += math.log2(u) - math.log2(max(*found, priors[column]["least"]))
    return Pair(
        record_l=left.record,
        record_r=right.record,
        match_weight=bits,
        probability=1 / (1 + 2.0**-bits) if bits > -1000 else 0.0,
        levels=levels,
        same_text=left.text is not None and left.text == right.text,
        household=left.address is not None
        and left.address == right.address
        and is_other(left, right),
    )
