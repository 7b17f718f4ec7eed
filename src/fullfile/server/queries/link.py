"""Why a case is suggested for an item: the suggestion that stands, the run that made it, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # JSON of an answer

from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.store.case_entries import entries_for_item
from fullfile.server.store.load import current_size, entries, find_items
from fullfile.server.store.overview import list_titles
from fullfile.server.store.reading import read_entries

__all__ = ["explain_suggestion"]


def explain_suggestion(agency: str, tag: str, case: str) -> dict[str, Any]:
    """The suggestion of a case for an item, as `engines.report.link` tells it.

    Args:
        agency: who holds the item.
        tag: its tag.
        case: the case number.

    Raises:
        NotFound: there is no such item, or nothing suggests the case for it.
    """
    found = find_items([(agency, tag)])
    if not found:
        raise NotFound(say("There is no item {tag} of {agency} on record.", tag=tag, agency=agency))
    (item_id,) = found.values()
    size = current_size()
    every = _of_item(item_id, entries(entries_for_item(item_id, size)))
    made = [one for one in every if one.type == "suggestion.made" and "suggestions" in one.data]
    standing = made[-1] if made else None
    suggested = [] if standing is None else list(standing.data["suggestions"])
    place = next(
        (at for at, one in enumerate(suggested) if key(one["case_number"]) == key(case)), None
    )
    if standing is None or place is None:
        names = ", ".join(one["case_number"] for one in suggested)
        hint = (
            f"suggested are {names}"
            if names
            else "nothing is suggested for it; run `fullfile link`"
        )
        raise NotFound(
            say(
                "{case} is not suggested for {agency} {tag}: {hint}.",
                case=case,
                agency=agency,
                tag=tag,
                hint=hint,
            )
        )
    one = suggested[place]
    (run,) = read_entries([standing.data["run"]])
    told = _item(every)
    return {
        "agency": agency,
        "tag": tag,
        **told,
        "case_number": one["case_number"],
        "title": list_titles([one["case_number"]], size).get(one["case_number"], ""),
        "probability": one["steps"][-1]["probability"],
        "rank": place + 1,
        "of": len(suggested),
        "base": run.data.get("base", "-4"),
        "share": run.data.get("share"),
        "reasons": [dict(reason) for reason in one["reasons"]],
        "steps": [
            {"on": step["on"] or None, "probability": step["probability"]} for step in one["steps"]
        ],
        "others": [
            {"case_number": other["case_number"], "probability": other["steps"][-1]["probability"]}
            for other in suggested
            if other is not one
        ],
        "decisions": _decisions(every, case),
        "new_since": list(one.get("again", {}).get("new", ())),
        "model": {
            name: run.data.get(field, "")
            for name, field in (
                ("name", "model"),
                ("version", "version"),
                ("digest", "digest"),
                ("trained_on", "trained_on"),
            )
        },
        "entries": [standing.index],
    }


def _of_item(item_id: int, every: list[Entry]) -> list[Entry]:
    """Only what is said of the item itself: its cases' other items come with the entries that its lines rest on."""
    named = [
        (one, (key(str(one.data["agency"])), key(str(one.data["tag"]))))
        for one in every
        if one.data.get("agency") and one.data.get("tag")
    ]
    numbers = find_items(sorted({name for _, name in named}))
    return [one for one, name in named if numbers.get(name) == item_id]


def _item(every: list[Entry]) -> dict[str, Any]:
    rows = [one for one in every if one.type == "item.recorded"]
    data: Mapping[str, Any] = rows[0].data if rows else {}
    return {
        "description": data.get("description", ""),
        "report_number": data.get("report_number", ""),
        "booked_on": (data.get("booked_at") or data.get("collected_at") or "")[:10] or None,
    }


def _decisions(every: list[Entry], case: str) -> list[dict[str, str]]:
    return [
        {
            "decision": one.data["decision"],
            "by": one.data["by"],
            "decided_at": one.data["decided_at"],
            "reason": one.data.get("reason", ""),
        }
        for one in every
        if one.type == "link.recorded" and key(one.data["case_number"]) == key(case)
    ]
