"""A handful of new records against candidates, in plain Python, with the weights of the bulk run."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.engines.linkage.people.frequencies import TermFrequencies
from fullfile.engines.linkage.people.model import PeopleModel
from fullfile.engines.linkage.people.person import Person
from fullfile.engines.linkage.people.results import Budget, Pair

__all__ = ["match_few"]


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
    raise NotImplementedError
