"""A schedule as a document: the list of everything, or one of the forms of England and Wales.

A schedule that was not issued says that its new numbers may still change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fullfile.core.matching.line import State
from fullfile.core.papers import Group, Listed, Schedule
from fullfile.core.rules.provisions import Paper
from fullfile.engines.report.dates import at_words
from fullfile.engines.report.papers import (
    Column,
    Document,
    Making,
    Row,
    Section,
    Signature,
    Table,
    banners_of,
    day_words,
    description_words,
    disclosed_words,
    footer_of,
    item_words,
    items_words,
    numbers_words,
    page_of,
    present_tags,
    receipt_words,
    record_of,
    report_table,
    rest_words,
    said_words,
    sides,
    statement_sections,
    wording_notes,
)
from fullfile.engines.report.words import STATUS

__all__ = ["schedule_document"]

_FINDINGS = {"no_evidentiary_value": "of no evidentiary value"}
_LOST = (State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE)
_TITLES = {
    "schedule": "Schedule of Material",
    "mg6c": "Schedule of Relevant Non-sensitive Unused Material (MG6C)",
    "mg6d": "Schedule of Relevant Sensitive Material (MG6D)",
    "mg6e": "Disclosure Officer's Report (MG6E)",
}
_COPIES = {
    "defence": "Copy for the defence",
    "court": "Copy for the court",
    "office": "Copy for the office: not to be handed on",
}


def schedule_document(schedule: Schedule, making: Making) -> Document:
    """A schedule, ready to be laid out."""
    heading, paper = schedule.heading, schedule.paper
    banners = list(banners_of(heading, paper, schedule.layout))
    if making.act is None:
        banners.append(
            "Not issued: the numbers of what is new are provisional until the schedule is issued."
        )
    if schedule.copy == "court":
        banners.append(_sealed_words(schedule.sealed))
    sections = [
        *statement_sections(schedule.statements),
        Section("", (), _SCHEDULES[schedule.layout](schedule)),
    ]
    words = [*schedule.notes, *_counted(schedule)]
    if words:
        sections.append(Section("", words=tuple(words)))
    sections += wording_notes(schedule.statements, paper)
    number = "" if schedule.number == 1 else f", no. {schedule.number}"
    return Document(
        page=page_of(heading),
        wide=schedule.layout == "schedule",
        draft="",
        banners=tuple(banners),
        court=heading.court or "Court not on record",
        case_number=heading.number,
        sides=sides(heading),
        title=(paper.title if paper else _TITLES[schedule.layout]) + number,
        subtitle=(
            f"Defendant: {heading.defendant}",
            f"As things stood {at_words(schedule.on)}",
            _COPIES[schedule.copy],
        ),
        sections=tuple(sections),
        signatures=_schedule_signatures(paper, making),
        record=record_of(making),
        note=making.checkpoint.note,
        footer=footer_of(heading, making),
    )


def _schedule_signatures(paper: Paper | None, making: Making) -> tuple[Signature, ...]:
    """The one who issued it has signed; whoever else the paper asks for signs by hand."""
    roles = paper.signers if paper and paper.signers else ("prosecutor",)
    if making.act is None:
        return tuple(Signature(role) for role in roles)
    act = making.act
    first = Signature(act.text("signed_role"), act.text("signed_by"), making.signed_on)
    return (first, *(Signature(role) for role in roles if role != first.role))


def _sealed_words(number: int) -> str:
    if not number:
        return "Nothing on this schedule is sealed by order."
    lines = "1 line carries" if number == 1 else f"{number:,} lines carry"
    return f"{lines} words that are sealed by order and left out here; the office holds them."


def _counted(schedule: Schedule) -> Iterator[str]:
    lines = [line for line in schedule.lines if not line.withdrawn]
    if schedule.layout == "mg6e":
        return
    many = f"{len(lines):,} item{'' if len(lines) == 1 else 's'}"
    new = len(schedule.new)
    fresh = ""
    if schedule.earlier:
        last = schedule.earlier[-1]
        fresh = (
            f"; {new:,} {'is' if new == 1 else 'are'} new since schedule no. {last.number} (entry {last.entry:,}) and "
            "marked so"
        )
    if schedule.layout == "schedule":
        states = dict.fromkeys(
            state for line in lines for state in (line.state, *line.also) if state is not None
        )
        meant = [f"{STATUS[one].word}: {STATUS[one].gloss}" for one in STATUS if one in states]
        if meant:
            yield f"What the states mean. {'. '.join(meant)}."
    yield f"{many} in all{fresh}. Numbers run on from schedule to schedule and are never used again."


def _group_table(schedule: Schedule) -> Table:
    marked = bool(schedule.earlier)
    return Table(
        (
            Column("No.", 7),
            Column("Item", 15),
            Column("Description", 28),
            Column("Held since", 10),
            Column("State", 12),
            Column("Disclosed", 16),
            Column("Receipt", 13),
            Column("Where it is", 12),
        ),
        tuple(_group_row(group, marked=marked) for group in schedule.groups),
        "Nothing that bears on the case is on record.",
    )


def _group_row(group: Group, *, marked: bool) -> Row:
    line = group.first
    if line.withdrawn:
        return Row(
            (line.shown_number, item_words(line), "", "", "No longer listed", "", "", ""),
            (line.why,),
            "withdrawn",
        )
    return Row(
        (
            numbers_words(group),
            items_words(group),
            description_words(group),
            said_words(line.held_since, line.held_said),
            _state(line),
            disclosed_words(line),
            receipt_words(line),
            line.place,
        ),
        tuple(_under(group, marked=marked)),
        "exception" if line.is_exception else "new" if marked and line.new else "",
    )


def _state(line: Listed) -> str:
    if line.state is None:
        return "No longer listed"
    status = STATUS[line.state]
    also = [STATUS[state].word.lower() for state in line.also]
    return status.word + (f"; also {', '.join(also)}" if also else "")


def _under(group: Group, *, marked: bool) -> Iterator[str]:
    line = group.first
    if marked and line.new:
        yield "New since the last schedule."
    if group.first is not group.last:
        yield f"Tags: {present_tags([one.tag for one in group.lines])}."
    yield from rest_words(line)
    if line.is_exception or line.left_out:
        yield line.why
    else:
        yield from _withheld(line)
        if line.set_aside:
            yield f"{line.set_aside}."
        yield from _views(line)
    if line.state is State.WITHHELD_WITHOUT_ORDER:
        yield from _withheld(line)
    if line.disclosed is not None and line.disclosed.what:
        yield f"What was disclosed: {line.disclosed.what}."
    for words in line.remarks:
        if not (line.is_exception and " was corrected: " in words):
            yield f"{words[:1].upper()}{words[1:]}."


def _withheld(line: Listed) -> Iterator[str]:
    for kept in line.withheld:
        parts = [f"Withheld {_on(kept.since)}on the ground “{kept.name}”"]
        if kept.cite:
            parts.append(f"({kept.cite})")
        if kept.by:
            parts.append(f"by {kept.by}")
        words = " ".join(parts)
        words += f"; order: {kept.order}" if kept.order else ""
        words += f"; announced {day_words(kept.announced)}" if kept.announced else ""
        words += f"; until {day_words(kept.until)}" if kept.until else ""
        words += f"; {kept.wanting}" if kept.wanting else ""
        yield words + "."


def _views(line: Listed) -> Iterator[str]:
    for view in line.views:
        finding = _FINDINGS.get(view.finding, view.finding.replace("_", " "))
        second = (
            f"read a second time by {view.second_by}"
            if view.second_by and view.second_by != view.by
            else "no second person has read it"
        )
        yield (
            f"View of {view.by}, {day_words(view.on)}: {finding}. Reason: “{view.reason}”; {second}. "
            "A view changes no line."
        )


def _on(text: str) -> str:
    return f"{day_words(text)} " if text else ""


def _mg6c(schedule: Schedule) -> Table:
    return Table(
        (
            Column("Item no.", 9),
            Column("Description", 52),
            Column("Location", 19),
            Column("Prosecutor's decision", 20),
        ),
        tuple(_form_row(group, "") for group in schedule.groups),
        "There is no relevant non-sensitive unused material on record.",
    )


def _mg6d(schedule: Schedule) -> Table:
    return Table(
        (
            Column("Item no.", 9),
            Column("Description", 37),
            Column("Reason for sensitivity", 27),
            Column("Location", 14),
            Column("Prosecutor's decision", 13),
        ),
        tuple(_form_row(group, _sensitivity(group.first)) for group in schedule.groups),
        "Nil: there is no sensitive material on record.",
    )


def _form_row(group: Group, reason: str) -> Row:
    line = group.first
    if line.withdrawn:
        columns = 3 if reason == "" else 4
        return Row(
            (
                line.shown_number,
                "No longer on this schedule; the number stays.",
                *[""] * (columns - 1),
            ),
            (),
            "withdrawn",
        )
    described = (
        description_words(group)
        if line.left_out
        else f"{items_words(group)}: {description_words(group)}"
    )
    disclosed = f" Disclosed {disclosed_words(line)}." if line.disclosed is not None else ""
    edited = " Listed as edited." if line.disclosed and line.disclosed.extent == "redacted" else ""
    under = []
    if group.first is not group.last:
        under.append(f"Tags: {present_tags([one.tag for one in group.lines])}.")
    under += rest_words(line)
    if line.state in _LOST:
        under.append(line.why)
    cells = (numbers_words(group), f"{described}{disclosed}{edited}")
    return Row(
        (*cells, reason, line.place, "") if reason else (*cells, line.place, ""),
        tuple(under),
        "",
    )


def _sensitivity(line: Listed) -> str:
    if line.withdrawn:
        return "–"
    said = [f"{view.by}: {view.reason}" for view in line.views if view.finding == "sensitive"]
    said += [
        f"withheld: {kept.name}" + (f" ({kept.cite})" if kept.cite else "")
        for kept in line.withheld
    ]
    return "; ".join(said) or ("sealed by order" if line.sealed else "no reason on record")


def _mg6e(schedule: Schedule) -> Table:
    return report_table(schedule.lines)


_SCHEDULES: Mapping[str, Callable[[Schedule], Table]] = {
    "schedule": _group_table,
    "mg6c": _mg6c,
    "mg6d": _mg6d,
    "mg6e": _mg6e,
}
