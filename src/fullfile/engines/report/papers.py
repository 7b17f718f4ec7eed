"""A paper as every form shows it: one presenter for the page, the PDF and the screen.

A `Document` holds every word and mark that is printed; templates only lay it out.
`paper_schedule` and `paper_certificate` fill it; what their papers have in common is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from fullfile.core.facts.dates import date_words
from fullfile.core.papers import Act, Checkpoint, Group, Heading, Listed, Said
from fullfile.core.rules.provisions import Paper
from fullfile.engines.report.dates import date_words as whole_words
from fullfile.engines.report.dates import moment_words, short_date

__all__ = [
    "Column",
    "Document",
    "Entry",
    "Making",
    "Paragraph",
    "Row",
    "Section",
    "Signature",
    "Table",
    "banners_of",
    "day_words",
    "description_words",
    "disclosed_words",
    "footer_of",
    "item_words",
    "items_words",
    "numbers_words",
    "page_of",
    "present_tags",
    "receipt_words",
    "record_of",
    "report_table",
    "rest_words",
    "said_words",
    "sides",
    "statement_sections",
    "wording_notes",
]

_METHODS = {"served": "served", "download": "by download", "inspected": "by inspection"}
_MARKS = {
    "part": "read in part, not yet compared with the official text",
    "unread": "not yet compared with the official text",
}
_LONG = 240
"""A description longer than this stands below its line."""
_TAG = re.compile(r"(.*?)(\d+)(\D*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and how wide it is beside the others."""

    name: str
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and sentences that stand below over the whole width.

    Attributes:
        mark: `exception`, `new`, `withdrawn` or empty.
    """

    cells: tuple[str, ...]
    under: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `empty` is said where it has no row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, and what asks for it."""

    number: int
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper."""

    heading: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: the role, and where it was signed, by whom and when."""

    role: str
    name: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the block about the record: a label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper, ready to be laid out.

    Attributes:
        page: `us-letter` or `a4`; `wide`: printed across.
        draft: what every page says across it; empty: nothing.
        banners: what must be read first.
        court, case_number, sides: the caption.
        title, subtitle: what it is, and of whom and when.
        annexes: what follows the signatures, on pages of its own.
        footer: on every page.
    """

    page: str
    wide: bool
    draft: str
    banners: tuple[str, ...]
    court: str
    case_number: str
    sides: tuple[str, ...]
    title: str
    subtitle: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]
    record: tuple[Entry, ...]
    note: str
    annexes: tuple[Section, ...] = ()
    footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What is known of the making of a paper beside its content.

    Attributes:
        office: the office's name.
        zone: its clock.
        checkpoint: the head it was computed from.
        act: the act by which it was signed; None: it was not.
    """

    office: str
    checkpoint: Checkpoint
    zone: tzinfo = UTC
    act: Act | None = None

    @property
    def signed_on(self) -> str:
        """When it was signed, in words."""
        if self.act is None:
            return ""
        moment = datetime.fromtimestamp(self.act.recorded_ms / 1000, self.zone)
        return moment_words(moment.isoformat(timespec="seconds"))


def sides(heading: Heading) -> tuple[str, ...]:
    """The parties, as the caption names them."""
    if heading.title:
        return (heading.title,)
    return (heading.state_name[:1].upper() + heading.state_name[1:], "v.", heading.defendant)


def page_of(heading: Heading) -> str:
    return "us-letter" if heading.jurisdiction.casefold().startswith("us-") else "a4"


def banners_of(heading: Heading, paper: Paper | None, what: str) -> Iterator[str]:
    if heading.sealed:
        yield "This case is sealed by order: show this paper only to those whom the order names."
    if paper is None:
        kind = "schedule" if what == "schedule" else "certificate"
        where = (
            f"The pack {heading.pack}" if heading.pack else "No pack that the office has adopted"
        )
        has = "has no" if heading.pack else "has a"
        yield f"{where} {has} {kind} of its own; the wording of this one is plain and not a law's."
    elif not paper.required and paper.says:
        yield paper.says


def statement_sections(said: Sequence[Said]) -> Iterator[Section]:
    if said:
        yield Section(
            "",
            tuple(
                Paragraph(number, one.text, one.cite) for number, one in enumerate(said, start=1)
            ),
        )


def wording_notes(said: Sequence[Said], paper: Paper | None) -> Iterator[Section]:
    """Which statements rest on law that was not read in full."""
    found = [
        f"Paragraph {number}: {one.cite}, {_MARKS[one.check]}."
        if one.cite
        else f"Paragraph {number}: no law is cited for it; the wording is plain."
        for number, one in enumerate(said, start=1)
        if one.check in _MARKS
    ]
    if paper is not None and paper.check in _MARKS and paper.cite:
        found.append(f"That this paper is asked for: {paper.cite}, {_MARKS[paper.check]}.")
    if found:
        yield Section("On the wording", words=tuple(found))


def record_of(making: Making) -> tuple[Entry, ...]:
    head, act = making.checkpoint, making.act
    found = [
        Entry("Office", making.office),
        Entry("Record", head.origin),
        Entry("Computed from", f"entries 0 to {head.size - 1:,} ({head.size:,} entries)"),
        Entry("Root of these entries", head.root),
    ]
    if act is not None:
        found.append(Entry("Recorded as", f"entry {act.entry:,}, {making.signed_on}"))
    return tuple(found)


def footer_of(heading: Heading, making: Making) -> str:
    return (
        f"{heading.number} · entries 0 to {making.checkpoint.size - 1:,} of {making.checkpoint.origin} · "
        f"{heading.not_legal_advice}"
    )


def numbers_words(group: Group) -> str:
    if group.first is group.last:
        return group.first.shown_number
    return f"{group.first.number}–{group.last.number}"


def items_words(group: Group) -> str:
    if group.first is group.last:
        return item_words(group.first)
    return f"{group.first.agency} {group.first.tag} to {group.last.tag}"


def item_words(line: Listed) -> str:
    if line.left_out:
        return "sealed"
    exhibit = f", exhibit {line.exhibit}" if line.exhibit else ""
    return f"{line.agency} {line.tag}{exhibit}"


def description_words(group: Group) -> str:
    line = group.first
    parts = [_shortened(line.description) or "no description on record"]
    if group.first is not group.last:
        parts = [f"{len(group.lines):,} items alike: {parts[0]} to {group.last.description}"]
        if group.first.description == group.last.description:
            parts = [f"{len(group.lines):,} items alike: {line.description}"]
    kind = ", ".join(part for part in (line.kind.replace("_", " "), line.category) if part)
    if line.quantity:
        kind += f"{'; ' if kind else ''}quantity: {line.quantity}"
    if kind:
        parts.append(f"({kind})")
    return " ".join(parts)


def _shortened(text: str) -> str:
    """A description that fits a column; a long one goes on below its line (`rest_words`)."""
    if len(text) <= _LONG:
        return text
    return f"{text[:_LONG].rsplit(' ', 1)[0]} … (in full below)"


def rest_words(line: Listed) -> Iterator[str]:
    """The whole of a description that is too long for a column."""
    if len(line.description) > _LONG:
        yield f"In full: {line.description}"


def disclosed_words(line: Listed) -> str:
    handed = line.disclosed
    if handed is None:
        return "not disclosed"
    parts = [said_words(handed.on, handed.said), _METHODS.get(handed.method, handed.method)]
    if handed.extent not in ("", "whole"):
        parts.append(f"{handed.extent} only")
    if handed.production:
        parts.append(f"production {handed.production}")
    if handed.served_on:
        parts.append(f"to {handed.served_on}")
    return ", ".join(part for part in parts if part)


def receipt_words(line: Listed) -> str:
    if line.disclosed is None:
        return ""
    if line.receipt is None:
        return "none on record"
    by = f", {line.receipt.by}" if line.receipt.by else ""
    return f"{said_words(line.receipt.on, line.receipt.said)}{by}, {line.receipt.kind}"


def said_words(day: str | None, said: str) -> str:
    """A date as it was said; a partial one keeps its precision, and none is invented."""
    if day is None:
        return "not on record"
    whole = len(said.strip()) == 10 or (len(said.strip()) > 10 and "T" in said and "/" not in said)
    return short_date(day) if not said or whole else date_words(said, 0)


def day_words(text: str) -> str:
    """A recorded date in full words; a partial one keeps its precision: `February 2024`."""
    if len(text.strip()) == 10 or "T" in text:
        return whole_words(text)
    return date_words(text, 0) if text else ""


def present_tags(tags: Sequence[str]) -> str:
    """Tags for people: runs that count up are drawn together, every other one is named.

    >>> present_tags(["P-008", "P-009", "P-010", "P-011", "X"])
    'P-008 to P-011, X'
    """
    runs: list[list[str]] = []
    for tag in tags:
        if runs and _follows(runs[-1][-1], tag):
            runs[-1].append(tag)
        else:
            runs.append([tag])
    words = []
    for run in runs:
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run
    return ", ".join(words)


def _follows(one: str, two: str) -> bool:
    first, second = _TAG.match(one), _TAG.match(two)
    if first is None or second is None or not (first[2] + second[2]).isascii():
        return False
    same = (first[1], first[3]) == (second[1], second[3])
    return same and second[2] == str(int(first[2]) + 1).zfill(len(first[2]))


def report_table(lines: Iterable[Listed]) -> Table:
    """The lines of MG6E: what may undermine the prosecution or assist the accused, and why."""
    rows = []
    for line in lines:
        views = [
            f"{view.by}, {day_words(view.on)}: {view.finding}. {view.reason}"
            + (f" (read a second time by {view.second_by})" if view.second_by else "")
            for view in line.favourable
        ]
        rows.append(
            Row((line.shown_number, f"{item_words(line)}: {line.description}", " ".join(views)))
        )
    return Table(
        (
            Column("Item no.", 10),
            Column("Item", 40),
            Column("Why it may undermine the prosecution or assist the accused", 50),
        ),
        tuple(rows),
        "No item on record was judged to undermine the prosecution or to assist the accused.",
    )
