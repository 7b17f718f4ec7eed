"""Deadlines and packs as JSON objects: flat, dates in ISO 8601, every check mark kept.

A deadline has the keys of clause 6 of the contract, and beside them what a person
needs who checks the sum (last day before the roll, candidates, versions).
"""

from __future__ import annotations

from datetime import date, datetime

from fullfile.core.rules.evaluate import Deadline, PackDue
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import (
    Jeopardy,
    Limitation,
    Preservation,
    Remedy,
    Ruling,
    Window,
)

__all__ = ["deadline_as_json", "pack_as_json", "pack_due_as_json"]


def deadline_as_json(found: Deadline) -> dict[str, object]:
    """The JSON of a deadline (contract, clause 6), with what a checker needs beside it."""
    return {
        "rule": found.rule,
        "trigger": _iso(found.trigger),
        "due": _iso(found.due),
        "method": found.method,
        "roll": found.roll,
        "calendar": found.calendar,
        "skipped": [{"on": day.on.isoformat(), "because": day.because} for day in found.skipped],
        "check": found.check,
        "working": found.working,
        "lacks": list(found.lacks),
        "direction": found.direction,
        "period": found.period,
        "last_day_before_roll": _iso(found.raw),
        "candidates": [{"due": one.due.isoformat(), "roll": one.roll} for one in found.candidates],
        "trigger_event": found.trigger_event,
        "pack_version": found.pack_version,
        "calendar_version": found.calendar_version,
        "ordered": found.ordered,
        "variants": [
            {
                "status": one.status,
                "due": _iso(one.due),
                "period": one.period,
                "cite": one.cite,
                "check": one.check,
            }
            for one in found.variants
        ],
    }


def pack_due_as_json(found: PackDue) -> dict[str, object]:
    """The JSON of a due date by law."""
    return {
        "due": _iso(found.due),
        "rule": found.rule_id,
        "cite": found.cite,
        "check": found.check,
        "lacks": list(found.lacks),
        "deadline": None if found.deadline is None else deadline_as_json(found.deadline),
    }


def pack_as_json(pack: Pack) -> dict[str, object]:
    """A pack as one flat object with lists, for `packs`."""
    return {
        "id": pack.id,
        "name": pack.name,
        "version": pack.version,
        "effective_from": pack.effective_from.isoformat(),
        "effective_to": _iso(pack.effective_to),
        "reviewed_on": _iso(pack.reviewed_on),
        "language": pack.language,
        "time_zones": list(pack.time_zones),
        "weekend": list(pack.weekend),
        "calendar": pack.calendar,
        "origin": pack.origin,
        "digest": pack.digest,
        "not_legal_advice": pack.not_legal_advice,
        "court_levels": [
            {"id": level.id, "name": level.name, "note": level.note} for level in pack.court_levels
        ],
        "rules": [
            {
                "id": rule.id,
                "cite": rule.cite,
                "title": rule.title,
                "duty": rule.duty,
                "owes": rule.owes,
                "to": rule.to,
                "court_levels": list(rule.court_levels),
                "triggers": list(rule.trigger_events),
                "period": str(rule.period) if rule.period else rule.period_words or None,
                "method": str(rule.method),
                "direction": rule.direction,
                "roll": rule.roll,
                "check": rule.check,
                "version": rule.version,
            }
            for rule in pack.rules
        ],
        "grounds": [
            {
                "id": ground.id,
                "name": ground.name,
                "cite": ground.cite,
                "order": ground.order,
                "announce": ground.announce,
                "check": ground.check,
            }
            for ground in pack.grounds
        ],
        "authorities": [
            {"cite": one.cite, "says": one.says, "check": one.check, "version": one.version}
            for one in pack.authorities
        ],
        "jeopardy": None if pack.jeopardy is None else _stated(pack.jeopardy),
        "rulings": [
            {"event": one.event, "stage": one.stage, "answer": one.answer, **_stated(one)}
            for one in pack.rulings
        ],
        "limitation": [
            {
                "grades": list(one.grades),
                "period": str(one.period) if one.period else None,
                "runs_from": one.runs_from,
                **_stated(one),
            }
            for one in pack.limitation
        ],
        "windows": [
            {"ground": one.ground, "rule": one.rule or None, **_stated(one)} for one in pack.windows
        ],
        "preservation": [
            {"material": one.material, "until": one.until, **_stated(one)}
            for one in pack.preservation
        ],
        "remedies": [_stated(one) for one in pack.remedies],
        "papers": [
            {
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "required": one.required,
                "cite": one.cite,
                "check": one.check,
            }
            for one in pack.papers
        ],
    }


def _stated(
    one: Jeopardy | Ruling | Limitation | Window | Preservation | Remedy,
) -> dict[str, object]:
    said: dict[str, object] = {"cite": one.cite, "says": one.says, "check": one.check}
    return said if isinstance(one, Jeopardy) else {"id": one.id, **said}


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
