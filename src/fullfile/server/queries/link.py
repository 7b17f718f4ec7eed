"""Why a case is suggested for an item, from the suggestion that stands."""

from __future__ import annotations

from typing import Any  # JSON of an answer

from fullfile.core.errors import NotFound
from fullfile.core.facts.suggestions import read_examinations
from fullfile.core.ids import key
from fullfile.engines.linkage import load_model
from fullfile.server.store.case_entries import entries_for_item
from fullfile.server.store.load import current_size, entries, find_items

__all__ = ["explain_suggestion"]


def explain_suggestion(agency: str, tag: str, case: str) -> dict[str, Any]:
    """The suggestion of a case for an item: steps, reasons and the entry that made it.

    Args:
        agency: who holds the item.
        tag: its tag.
        case: the case number.

    Raises:
        NotFound: there is no such item, or nothing suggests the case for it.
    """
    found = find_items([(agency, tag)])
    if not found:
        raise NotFound(f"There is no item {tag} of {agency} on record.")
    (item_id,) = found.values()
    seen = read_examinations(entries(entries_for_item(item_id, current_size())))
    standing = seen.suggested.get((key(agency), key(tag)), ())
    one = next((each for each in standing if each.case == key(case)), None)
    if one is None:
        names = ", ".join(each.number for each in standing)
        hint = (
            f"suggested are {names}"
            if names
            else "nothing is suggested for it; run `fullfile link`"
        )
        raise NotFound(f"{case} is not suggested for {agency} {tag}: {hint}.")
    return {
        "agency": agency,
        "tag": tag,
        "case_number": one.number,
        "probability": one.steps[-1].probability,
        "steps": [{"on": step.day or None, "probability": step.probability} for step in one.steps],
        "reasons": [dict(reason) for reason in one.reasons],
        "prior_bits": load_model().prior,
        "entries": [one.entry],
    }
