"""A document for a terminal, and a paper as JSON and CSV."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from fullfile.core.papers import Act, Certificate, Checkpoint, Listed, Refusal, Schedule
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.papers import Document, Section, Table

__all__ = [
    "LINE_FIELDS",
    "certificate_as_json",
    "render_text",
    "schedule_as_csv",
    "schedule_as_json",
]

LINE_FIELDS = (
    "number",
    "agency",
    "tag",
    "exhibit_number",
    "description",
    "kind",
    "category",
    "quantity",
    "held_since",
    "held_said",
    "filed_at",
    "state",
    "also",
    "disclosed_at",
    "extent",
    "method",
    "production",
    "what",
    "served_on",
    "acknowledged_at",
    "acknowledged_by",
    "receipt",
    "withheld",
    "views",
    "set_aside",
    "where",
    "remarks",
    "why",
    "group",
    "new",
    "withdrawn",
    "sealed",
    "entries",
)
"""The fields of a line of a schedule, alike in JSON and CSV."""


def render_text(document: Document, width: int = 80) -> str:
    """The document as plain text in lines of at most a width."""
    lines: list[str] = []

    def put(text: str, indent: str = "", hanging: str | None = None) -> None:
        lines.extend(
            textwrap.wrap(
                text,
                width,
                initial_indent=indent,
                subsequent_indent=indent if hanging is None else hanging,
                break_on_hyphens=False,
            )
            or [""]
        )

    if document.draft:
        put(f"{document.draft}, not signed")
    put(document.title)
    put(f"{' '.join(document.sides)}, {document.case_number}, {document.court}")
    for words in document.subtitle:
        put(f"{words}.")
    for words in document.banners:
        put(words)

    def put_section(section: Section) -> None:
        lines.append("")
        if section.heading:
            put(section.heading)
        for one in section.paragraphs:
            source = f" ({one.source})" if one.source else ""
            put(f"{one.number}. {one.text}{source}", "", "   ")
        if section.table is not None:
            for words, indent in _table(section.table):
                put(words, indent, indent or "    ")
        for words in section.words:
            put(words)

    for section in document.sections:
        put_section(section)
    lines.append("")
    for signature in document.signatures:
        who = f"{signature.name}, {signature.on}" if signature.name else "not signed"
        put(f"{signature.role[:1].upper()}{signature.role[1:]}: {who}.")
    for entry in document.record:
        put(f"{entry.label}: {entry.value}.", "", "  ")
    for section in document.annexes:
        put_section(section)
    lines.append("")
    put(document.footer)
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[tuple[str, str]]:
    if not table.rows:
        yield table.empty, ""
        return
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield "  ".join(part for part in row.cells[:2] if part), ""
        for name, words in zip(names[2:], row.cells[2:], strict=True):
            if words:
                yield f"{name}: {words}", "    "
        for words in row.under:
            yield words, "    "


def _line(line: Listed, group: int) -> dict[str, object]:
    handed, receipt = line.disclosed, line.receipt
    return {
        "number": line.number,
        "agency": line.agency,
        "tag": line.tag,
        "exhibit_number": line.exhibit or None,
        "description": line.description,
        "kind": line.kind or None,
        "category": line.category or None,
        "quantity": line.quantity or None,
        "held_since": line.held_since,
        "held_said": line.held_said or None,
        "filed_at": line.filed_at,
        "state": None if line.state is None else line.state.value,
        "also": [state.value for state in line.also],
        "disclosed_at": handed.on if handed else None,
        "extent": handed.extent or None if handed else None,
        "method": handed.method or None if handed else None,
        "production": handed.production or None if handed else None,
        "what": handed.what or None if handed else None,
        "served_on": handed.served_on or None if handed else None,
        "acknowledged_at": receipt.on if receipt else None,
        "acknowledged_by": receipt.by or None if receipt else None,
        "receipt": receipt.kind if receipt else None,
        "withheld": [
            {
                "ground": kept.ground,
                "cite": kept.cite,
                "check": kept.check,
                "by": kept.by,
                "withheld_at": kept.since,
                "announced_at": kept.announced,
                "order": kept.order,
                "until": kept.until,
                "wanting": kept.wanting,
            }
            for kept in line.withheld
        ],
        "views": [
            {
                "finding": view.finding,
                "by": view.by,
                "made_at": view.on,
                "reason": view.reason,
                "verified_by": view.second_by or None,
                "verified_at": view.second_on or None,
            }
            for view in line.views
        ],
        "set_aside": line.set_aside or None,
        "where": line.place,
        "remarks": list(line.remarks),
        "why": line.why,
        "group": group,
        "new": line.new,
        "withdrawn": line.withdrawn,
        "sealed": line.left_out,
        "entries": [] if line.left_out else list(line.entries),
    }


def _lines(schedule: Schedule) -> list[dict[str, object]]:
    return [
        _line(line, place)
        for place, group in enumerate(schedule.groups, start=1)
        for line in group.lines
    ]


def _checkpoint(head: Checkpoint) -> dict[str, object]:
    return {"size": head.size, "root": head.root, "origin": head.origin, "note": head.note or None}


def schedule_as_json(
    schedule: Schedule, as_of: str, head: Checkpoint, act: Act | None
) -> dict[str, object]:
    """A schedule as one object; its lines are flat objects."""
    return {
        "case_number": schedule.heading.number,
        "defendant": schedule.heading.defendant,
        "court": schedule.heading.court or None,
        "title": schedule.heading.title or None,
        "paper": schedule.paper.id if schedule.paper else None,
        "layout": schedule.layout,
        "copy": schedule.copy,
        "number": schedule.number,
        "issued": None if act is None else act.entry,
        "signed_by": None if act is None else act.text("signed_by"),
        "on": schedule.on,
        "as_of": as_of,
        "checkpoint": _checkpoint(head),
        "lines": _lines(schedule),
        "new": len(schedule.new),
        "sealed": schedule.sealed if schedule.copy != "defence" else None,
        "statements": [
            {"text": one.text, "cite": one.cite, "check": one.check} for one in schedule.statements
        ],
        "notes": list(schedule.notes),
        "not_legal_advice": schedule.heading.not_legal_advice,
    }


def schedule_as_csv(schedule: Schedule) -> str:
    """The lines of a schedule as CSV; lists are joined by `;`."""
    return render_csv(LINE_FIELDS, (_cells(line) for line in _lines(schedule)))


def _cells(line: Mapping[str, object]) -> Iterator[object]:
    for name in LINE_FIELDS:
        value = line[name]
        if isinstance(value, list):
            value = ";".join(
                "|".join(str(part or "") for part in one.values())
                if isinstance(one, dict)
                else str(one)
                for one in value
            )
        yield value


def certificate_as_json(
    certificate: Certificate, as_of: str, head: Checkpoint, act: Act | None
) -> dict[str, object]:
    """A certificate as one object."""
    return {
        "case_number": certificate.heading.number,
        "defendant": certificate.heading.defendant,
        "court": certificate.heading.court or None,
        "title": certificate.heading.title or None,
        "paper": certificate.paper.id if certificate.paper else None,
        "number": certificate.number,
        "supplements": certificate.first.entry if certificate.first else None,
        "refused": bool(certificate.refusals),
        "signed": None if act is None else act.entry,
        "signed_by": None if act is None else act.text("signed_by"),
        "second_by": None if act is None else act.text("second_by"),
        "on": certificate.on,
        "as_of": as_of,
        "checkpoint": _checkpoint(head),
        "refusals": [_refusal(one) for one in certificate.refusals],
        "exceptions": [_refusal(one) for one in certificate.exceptions],
        "answers": [
            {
                "agency": one.agency,
                "answer": one.answer or None,
                "by": one.by or None,
                "answered_at": one.on or None,
                "standing": one.standing,
                "why_not": one.why_not or None,
            }
            for one in certificate.answers
        ],
        "kinds": list(certificate.kinds),
        "notes": list(certificate.notes),
        "since": list(certificate.since),
        "lines": len(certificate.lines),
        "statements": [
            {"text": one.text, "cite": one.cite, "check": one.check}
            for one in certificate.statements
        ],
        "not_legal_advice": certificate.heading.not_legal_advice,
    }


def _refusal(one: Refusal) -> dict[str, object]:
    return {
        "code": one.code,
        "key": one.key,
        "agency": one.agency,
        "tag": one.tag,
        "number": one.number,
        "state": one.state.value,
        "sentence": one.sentence,
        "way_out": one.way_out or None,
        "reason": one.reason or None,
        "entries": list(one.entries),
    }
