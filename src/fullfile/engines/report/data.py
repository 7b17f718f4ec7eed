"""The match as JSON and CSV: the contract's section 5, field by field.

One list of fields feeds both, so that they cannot differ. In CSV a list is
joined by `;`, a suspected case is `NUMBER|PROBABILITY`, and what is not on
record is empty.
"""

from __future__ import annotations

import json

from fullfile.core.matching.line import Line
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.view import MatchView

__all__ = ["FIELDS", "line_as_json", "match_as_csv", "match_as_json", "render_json"]

FIELDS = (
    "state",
    "also",
    "agency",
    "tag",
    "case_number",
    "defendant",
    "held_since",
    "booked_at",
    "filed_at",
    "disclosed_at",
    "acknowledged_at",
    "receipt",
    "due",
    "due_basis",
    "days_since_held",
    "days_late",
    "rule",
    "check",
    "lacks",
    "ended",
    "corrected",
    "why",
    "suspected_cases",
    "entries",
)
"""The fields of a line, in the contract's order."""


def line_as_json(line: Line) -> dict[str, object]:
    """One line in the form of the contract, section 5."""
    found: dict[str, object] = {name: getattr(line, name) for name in FIELDS}
    found["state"] = line.state.value
    found["also"] = [state.value for state in line.also]
    found["lacks"] = list(line.lacks)
    found["suspected_cases"] = [
        {"case_number": number, "probability": float(probability)}
        for number, probability in line.suspected_cases
    ]
    found["entries"] = list(line.entries)
    return found


def match_as_json(view: MatchView) -> dict[str, object]:
    """The whole answer in the form of the contract, section 5."""
    result = view.result
    found: dict[str, object] = {
        "on": result.on,
        "as_of": result.as_of,
        "checkpoint": {"size": result.checkpoint.size, "root": result.checkpoint.root},
        "policy": {
            "target_days": result.policy.target_days,
            "threshold": float(result.policy.threshold),
        },
        "lines": result.lines_total,
        "states": {state.value: count for state, count in result.states.items()},
        "all_states": {state.value: count for state, count in result.all_states.items()},
        "ended": result.ended,
        "exceptions": [line_as_json(line) for line in view.exceptions],
    }
    if view.others is not None:
        found["lines_detail"] = [line_as_json(line) for line in view.others]
    return found


def render_json(found: object) -> str:
    """JSON for people and programs: indented, with its own letters."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def match_as_csv(view: MatchView) -> str:
    """The lines that are listed as CSV: the exceptions, then the others where asked for."""
    return render_csv(FIELDS, (_cells(line) for line in view.listed))


def _cells(line: Line) -> list[object]:
    cells: list[object] = []
    for name in FIELDS:
        value = getattr(line, name)
        if name == "suspected_cases":
            value = ";".join(f"{number}|{probability}" for number, probability in value)
        elif isinstance(value, tuple):
            value = ";".join(str(part) for part in value)
        cells.append(value)
    return cells
