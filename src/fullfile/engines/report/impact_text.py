"""What an item or a case touches, as text for a terminal: what is to be done first.

Eighty columns are enough. Colour only repeats what a word already says.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fullfile.engines.report.dates import at_words
from fullfile.engines.report.impact import ImpactView, Part, sections, subject, summary
from fullfile.engines.report.reasons import ReasonsView, reasons_summary
from fullfile.engines.report.text import TEXT_STYLES
from fullfile.engines.report.view import counted

__all__ = ["ImpactText", "ReasonsText"]


class ImpactText:
    """An answer that Rich can print.

    Args:
        view: the answer.
    """

    def __init__(self, view: ImpactView) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view, impact = self.view, self.view.impact
        yield Text(summary(impact), style="bold")
        thing = Text(subject(impact), style="bold")
        more = impact.description if impact.case_number is None else impact.case_number
        yield thing.append(f"  {more}" if more else "", style="not bold")
        yield Text(f"As it stood {at_words(view.on)}.")
        yield Text(f"As the record knew it {at_words(view.as_of)}.")
        for section in sections(view):
            yield Text()
            yield Text(section.title, style="bold")
            if section.note:
                yield Text(section.note, style="dim")
            for part in section.rows:
                yield Text()
                yield from _part(part)
        if impact.notes:
            yield Text()
            for note in impact.notes:
                yield Text(note)
        yield Text()
        yield Text(
            "A date by law comes from the pack, with its citation and how far it was read; a date by "
            "the office's target is policy. Nothing here is legal advice."
        )
        yield _foot(view.checkpoint.size, view.checkpoint.root)


class ReasonsText:
    """The reasons for outcomes, counted, that Rich can print.

    Args:
        view: the counts.
    """

    def __init__(self, view: ReasonsView) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view = self.view
        yield Text(reasons_summary(view), style="bold")
        yield Text(f"As it stood {at_words(view.on)}.")
        yield Text(f"As the record knew it {at_words(view.as_of)}.")
        if view.counts:
            yield Text()
            table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
            table.add_column("Reason", header_style="bold", overflow="fold")
            for head in ("Outcomes", "Stopped", "Went ahead"):
                table.add_column(head, justify="right", no_wrap=True, header_style="bold")
            for one in view.counts:
                table.add_row(
                    one.words, f"{one.outcomes:,}", f"{one.stopped:,}", f"{one.went_ahead:,}"
                )
            yield table
            yield Text()
            yield Text("An outcome with several reasons counts in several lines.")
        yield _foot(view.checkpoint.size, view.checkpoint.root)


def _part(part: Part) -> Iterable[RenderableType]:
    head = Text(part.head, style="bold")
    yield _in(head, 2)
    if part.tag:
        yield _in(Text(f"{part.tag[:1].upper()}{part.tag[1:]}.", style=TEXT_STYLES[part.family]), 4)
    for words in part.words:
        yield _in(Text(words), 4)
    noun = "Entry" if len(part.entries) == 1 else "Entries"
    rests = (
        f"{noun} {', '.join(str(entry) for entry in part.entries[:12])}." if part.entries else ""
    )
    if foot := " ".join(said for said in (part.ground, rests) if said):
        yield _in(Text(foot, style="dim"), 4)


def _foot(size: int, root: str) -> Text:
    words = f"Read from the record of {counted(size, 'entry', 'entries')}, root {root}."
    return Text(words, style="dim", overflow="fold")


def _in(text: Text, depth: int) -> Padding:
    return Padding(text, (0, 0, 0, depth), expand=False)
