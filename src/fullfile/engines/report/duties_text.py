"""What is owed to whom by when, as text for a terminal.

What is owed next comes first; what the police owe stands apart. Eighty columns are enough. Overdue is
said in words, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from fullfile.core.duties import Duty
from fullfile.engines.report.dates import at_words
from fullfile.engines.report.duties import (
    STATE_WORDS,
    DutiesView,
    parts_of,
    rule_words,
    sentences,
    verdict_words,
    when_parts,
    when_words,
    whose,
)
from fullfile.engines.report.view import counted

__all__ = ["DutiesText"]

_WIDE = 100
"""From so many columns on the date has a column of its own."""
_BRIEF = frozenset({"waiting"})


class DutiesText:
    """An answer that Rich can print.

    Args:
        view: the answer.
    """

    def __init__(self, view: DutiesView) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view = self.view
        yield Text(verdict_words(view), style="bold")
        yield Text(f"{view.title}, {view.case_number}" if view.title else view.case_number)
        yield Text(f"As it stood {at_words(view.on)}.")
        yield Text(f"As the record knew it {at_words(view.as_of)}.")
        for lack in view.lacks:
            yield Text(f"Not on record: {lack}.")
        for name, heading, duties in parts_of(view):
            yield Text()
            yield Text(heading, style="bold")
            yield self._part(duties, name in _BRIEF, options.max_width)
        yield Text()
        yield from self._foot()

    def _part(self, duties: Iterable[Duty], brief: bool, width: int) -> Table:  # noqa: FBT001 - which of two forms
        table = Table(
            box=None, pad_edge=False, padding=(0, 2, 0, 2), show_header=False, expand=True
        )
        table.add_column(width=9)
        wide = width >= _WIDE and not brief
        if wide:
            table.add_column(width=24, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        for duty in duties:
            style = "bold red" if duty.state == "overdue" else ""
            cells: list[RenderableType] = [Text(STATE_WORDS[duty.state], style=style)]
            when = when_words(duty)
            if wide:
                cells.append(Text("\n".join(when_parts(duty))))
            words = Text()
            if when and not wide and not brief:
                words.append(f"{when}\n", style="bold")
            words.append(f"{duty.title}\n" if not brief else f"{duty.title}. ")
            words.append(f"{whose(duty)}. {rule_words(duty)}.")
            if not brief or self.view.working:
                for sentence in sentences(duty, working=self.view.working):
                    words.append(f"\n{sentence}", style="dim")
            elif duty.lacks:
                words.append(
                    f" It starts with {duty.lacks[0].partition(', from which')[0]}.", style="dim"
                )
            cells.append(words)
            table.add_row(*cells)
        return table

    def _foot(self) -> Iterable[RenderableType]:
        view = self.view
        if not view.working and any(duty.working for duty in view.duties):
            yield Text("--working shows every date with its sum.")
        yield Text(
            f"The office's target is {counted(view.target_days, 'day', 'days')}; it is policy, not law."
        )
        yield Text("Nothing here is legal advice.", style="bold")
        if view.not_legal_advice not in ("", "Nothing here is legal advice."):
            yield Text(view.not_legal_advice)
        yield Text(
            f"Read from the record of {counted(view.checkpoint.size, 'entry', 'entries')}, root "
            f"{view.checkpoint.root}.",
            style="dim",
            overflow="fold",
        )
