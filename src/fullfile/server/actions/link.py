"""Run `link` over the record, and record what persons decide about its suggestions.

A run is an entry, and so is each suggestion that changed: what stands already is not written again. A decision is
a row of the table `links`, made by a named person who did not book the item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.engines.linkage import Candidate, Model, load_model, suggest
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.linking import Material, bookers_of, read_material
from fullfile.server.store.load import cases, find_items
from fullfile.server.store.office import get_office

__all__ = ["LinkRun", "decide_link", "run_link"]

_DECISIONS = ("accept", "reject", "ask")


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What a run found.

    Attributes:
        model: the model that looked.
        entry: the index of the run.
        looked_at: how many items.
        found: for each item as written (agency, tag) its suggestions, the likeliest first.
        changed: how many suggestions were recorded.
        numbers: case numbers as written, by key.
    """

    model: Model
    entry: int
    looked_at: int
    found: Mapping[tuple[str, str], list[Candidate]]
    changed: int
    numbers: Mapping[str, str]


def run_link(
    by: str,
    *,
    now_ms: int,
    top: int = 20,
    every: bool = False,
    only: tuple[str, str] | None = None,
) -> LinkRun:
    """Look for the cases that items belong to, and record what is suggested.

    Args:
        by: who asks for it.
        now_ms: what the clock says, UTC milliseconds.
        top: at most so many cases for an item.
        every: look at items that bear on a case too.
        only: one item, as (agency, tag).

    Raises:
        NotFound: there is no such item.
    """
    model = load_model()
    with unit_of_work() as writer:
        size = writer.size
        material = read_material(size, get_office().zone, only=only, every=every)
        if only is not None and not material.items:
            raise NotFound(f"There is no item {only[1]} of {only[0]} on record.")
        found = suggest(material.items, material.cases, model, top=top)
        run: dict[str, object] = {
            "model": model.name,
            "version": model.version,
            "digest": model.digest,
            "trained_on": model.trained_on,
            "size": size,
            "looked_at": len(material.items),
            "suggested": len(found),
        }
        if only is not None:
            run |= {"agency": only[0], "tag": only[1]}
        entry = writer.append([Draft("link.ran", by, run)], now_ms=now_ms)[0]
        drafts = _changes(material, found, entry, by)
        writer.append(drafts, now_ms=now_ms)
    names = material.names
    return LinkRun(
        model,
        entry,
        len(material.items),
        {names[item]: candidates for item, candidates in found.items()},
        len(drafts),
        {case: side.number for case, side in material.cases.items()},
    )


def _changes(
    material: Material, found: Mapping[tuple[str, str], list[Candidate]], run: int, by: str
) -> list[Draft]:
    drafts = []
    for side in material.items:
        new = [_as_data(material, one) for one in found.get(side.item, [])]
        old = material.standing.get(side.item)
        if new == ([] if old is None else list(old.suggestions)):
            continue
        agency, tag = material.names[side.item]
        drafts.append(
            Draft(
                "suggestion.made",
                by,
                {"run": run, "agency": agency, "tag": tag, "suggestions": new},
                corrects=None if old is None else old.entry,
            )
        )
    return drafts


def _as_data(material: Material, candidate: Candidate) -> dict[str, object]:
    return {
        "case_number": material.cases[candidate.case].number,
        "steps": [{"on": day, "probability": chance} for day, chance in candidate.steps],
        "reasons": [
            {
                "what": one.what,
                "weight": f"{one.weight:.3f}",
                "item_side": one.item_side,
                "case_side": one.case_side,
                "on": one.day,
            }
            for one in candidate.reasons
        ],
    }


def decide_link(
    decision: str, agency: str, tag: str, case: str, *, by: str, reason: str, now_ms: int
) -> int:
    """Record what a person decided about a suggestion. The index of the entry.

    Args:
        decision: accept, reject or ask.
        agency: who holds the item.
        tag: its tag.
        case: the case number.
        by: who decides; never whoever booked the item.
        reason: why; needed to reject.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such item or case.
        Refused: with every reason.
    """
    numbers = cases()
    if key(case) not in numbers:
        raise NotFound(f"There is no case {case} on record.")
    found = find_items([(agency, tag)])
    if not found:
        raise NotFound(f"There is no item {tag} of {agency} on record.")
    (item_id,) = found.values()
    reasons = []
    if decision not in _DECISIONS:
        reasons.append(
            Reason("decision_unknown", f"“{decision}” is none of {', '.join(_DECISIONS)}.")
        )
    if not by.strip():
        reasons.append(Reason("by_missing", "A decision names who decides: give --by NAME."))
    if decision in ("reject", "ask") and not reason.strip():
        reasons.append(
            Reason(
                "reason_missing", f"To {decision} a suggestion needs a reason: give --reason TEXT."
            )
        )
    with unit_of_work() as writer:
        if key(by) in bookers_of(item_id, writer.size):
            reasons.append(
                Reason(
                    "booked_it", f"{by} booked the item: another person decides what it belongs to"
                )
            )
        if reasons:
            raise Refused(reasons)
        moment = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(get_office().zone)
        data = {
            "agency": agency,
            "tag": tag,
            "case_number": numbers[key(case)],
            "decision": decision,
            "by": by,
            "decided_at": moment.isoformat(timespec="seconds"),
        }
        if reason.strip():
            data["reason"] = reason.strip()
        return writer.append([Draft("link.recorded", by, data)], now_ms=now_ms)[0]
