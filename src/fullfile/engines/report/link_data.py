"""Suggestions as JSON and CSV: the contract's section 6, with what else explains them.

Text, page and data come from one view, so that they cannot differ. Numbers are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any  # plain data, as read from JSON

from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.link import Model, Reason, chance_at, explanation_of, reasons_of
from fullfile.engines.report.link_list import suggestions_of

__all__ = [
    "REASON_FIELDS",
    "SUGGESTION_FIELDS",
    "explanation_as_csv",
    "explanation_as_json",
    "suggestions_as_csv",
    "suggestions_as_json",
]

REASON_FIELDS = ("group", "weight", "total", "what", "item_side", "case_side", "on")
"""The fields of one reason in CSV; `total` is the sum up to and with it."""

SUGGESTION_FIELDS = ("agency", "tag", "case_number", "rank", "probability", "reasons")
"""The fields of one suggestion in CSV."""


def explanation_as_json(data: Mapping[str, Any]) -> dict[str, object]:
    """One suggestion in the form of the contract, section 6, with what else explains it.

    Numbers are numbers; `sum` is the waterfall as text and page draw it.
    """
    view = explanation_of(data)
    return {
        "agency": view.agency,
        "tag": view.tag,
        "description": view.description or None,
        "report_number": view.report_number or None,
        "booked_on": view.booked_on,
        "case_number": view.case_number,
        "title": view.title or None,
        "rank": view.rank,
        "of": view.of,
        "probability": float(view.probability),
        "status": view.asked.status.lower(),
        "base": float(view.base),
        "total": float(view.total),
        "adds_up": view.adds_up,
        "reasons": [_reason_as_json(one) for one in reasons_of(data["reasons"])],
        "sum": [
            {
                "what": turn.words,
                "weight": float(turn.weight),
                "total": float(turn.after),
                "probability": round(chance_at(turn.after), 6),
                "reasons": len(turn.reasons),
            }
            for turn in view.turns
        ],
        "steps": [
            {"on": step["on"], "probability": float(step["probability"])} for step in data["steps"]
        ],
        "others": [
            {"case_number": one["case_number"], "probability": float(one["probability"])}
            for one in data.get("others", ())
        ],
        "decisions": [
            {
                "decision": one.decision,
                "by": one.by,
                "decided_at": one.decided_at,
                "reason": one.reason or None,
            }
            for one in view.decisions
        ],
        "new_since": list(view.new_since),
        "model": _model_as_json(view.model),
        "share": None if view.share is None else float(view.share),
        "entries": list(view.entries),
    }


def explanation_as_csv(data: Mapping[str, Any]) -> str:
    """Each line of the sum with its reasons: the small ones have a row each, in the order of the sum."""
    view = explanation_of(data)
    rows: list[list[object]] = [["base", float(view.base), float(view.base), "", "", "", ""]]
    total = view.base
    for turn in view.turns:
        for one in turn.reasons:
            total += one.weight
            rows.append(
                [
                    one.group,
                    float(one.weight),
                    float(total),
                    one.what,
                    one.item_side,
                    one.case_side,
                    one.on,
                ]
            )
    return render_csv(REASON_FIELDS, rows)


def suggestions_as_json(data: Mapping[str, Any]) -> dict[str, object]:
    """A run in the form of the contract, section 6: a flat list of suggestions."""
    view = suggestions_of(data)
    return {
        "model": _model_as_json(view.model),
        "entry": view.entry,
        "looked_at": view.looked_at,
        "suggested": view.suggested,
        "above_threshold": view.above,
        "threshold": float(view.threshold),
        "new": view.new,
        "share": None if view.share is None else float(view.share),
        "skipped": list(view.skipped),
        "suggestions": [
            {
                "agency": item.agency,
                "tag": item.tag,
                "case_number": one.case_number,
                "rank": one.rank,
                "probability": float(one.probability),
                "reasons": [_reason_as_json(reason) for reason in one.reasons],
            }
            for item in view.items
            for one in item.suggestions
        ],
    }


def suggestions_as_csv(data: Mapping[str, Any]) -> str:
    """Every suggestion as a row; its reasons are joined by `;`, the strongest first."""
    # Straight from the plain data: a run over everything has half a million of them, and no more is read of each.
    rows = (
        [
            item["agency"],
            item["tag"],
            one["case_number"],
            int(one["rank"]),
            float(one["probability"]),
            "; ".join(
                reason["what"]
                for reason in sorted(one["reasons"], key=lambda each: -abs(float(each["weight"])))
            ),
        ]
        for item in data["items"]
        for one in item["suggestions"]
    )
    return render_csv(SUGGESTION_FIELDS, rows)


def _reason_as_json(one: Reason) -> dict[str, object]:
    return {
        "what": one.what,
        "weight": float(one.weight),
        "group": one.group or None,
        "item_side": one.item_side,
        "case_side": one.case_side,
        "on": one.on,
    }


def _model_as_json(model: Model) -> dict[str, object]:
    return {
        "name": model.name,
        "version": model.version,
        "digest": model.digest,
        "trained_on": model.trained_on,
    }
