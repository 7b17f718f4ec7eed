"""Can this be charged again, as text for a terminal: answer, sentence, conditions, chain.

Eighty columns are enough. Nothing is said by colour alone; each rule says in words how far it was read.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from fullfile.core.standing import IfEnded, Standing
from fullfile.engines.report.dates import at_words
from fullfile.engines.report.standing import (
    LABELS,
    MARKS,
    StandingView,
    answer_words,
    count_words,
    rests_on,
    summary,
)
from fullfile.engines.report.view import counted

__all__ = ["StandingText"]


class StandingText:
    """An answer that Rich can print.

    Args:
        view: the answer.
    """

    def __init__(self, view: StandingView) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not self.view.results:
            yield Text(summary(self.view), style="bold")
            yield from self._top()
        for number, found in enumerate(self.view.results):
            if number:
                yield Text()
            yield Text(f"{answer_words(found)}.", style="bold")
            yield Text(count_words(found), style="bold")
            if not number:
                yield from self._top()
            yield Text()
            yield Text(found.sentence)
            yield from _besides(found)
            yield Text()
            yield Text("Why", style="bold")
            yield _chain(found)
        yield Text()
        yield from self._foot()

    def _top(self) -> Iterable[RenderableType]:
        view = self.view
        yield Text(f"{view.title}, {view.case_number}" if view.title else view.case_number)
        yield Text(f"As it stood {at_words(view.on)}.")
        yield Text(f"As the record knew it {at_words(view.as_of)}.")

    def _foot(self) -> Iterable[RenderableType]:
        yield Text("Nothing here is legal advice.", style="bold")
        if self.view.not_legal_advice not in ("", "Nothing here is legal advice."):
            yield Text(self.view.not_legal_advice)
        head = self.view.checkpoint
        yield Text(
            f"Read from the record of {counted(head.size, 'entry', 'entries')}, root {head.root}.",
            style="dim",
            overflow="fold",
        )


def _besides(found: Standing) -> Iterable[RenderableType]:
    for title, sentences in (
        (
            "Under these conditions" if len(found.conditions) > 1 else "Under this condition",
            found.conditions,
        ),
        ("Not on record", found.lacks),
    ):
        if sentences:
            yield Text()
            yield Text(title, style="bold")
            yield _bullets(sentences)
    if found.if_ended:
        yield Text()
        yield Text("What would follow, as things stand", style="bold")
        yield _if_ended(found.if_ended)


def _bullets(sentences: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False, expand=True)
    table.add_column(width=3, justify="right")
    table.add_column(ratio=1, overflow="fold")
    for sentence in sentences:
        table.add_row("-", sentence)
    return table


def _if_ended(rulings: Iterable[IfEnded]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), show_header=False, expand=True)
    table.add_column(ratio=3, overflow="fold")
    table.add_column(ratio=2, overflow="fold")
    table.add_column(ratio=6, overflow="fold")
    for one in rulings:
        mark = MARKS.get(one.check, "")
        table.add_row(
            one.event.replace("_", " "), one.answer, Text(f"{one.rule}, {mark}.", style="dim")
        )
    return table


def _chain(found: Standing) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), show_header=False, expand=True)
    table.add_column(width=max(len(LABELS[link.name]) for link in found.chain), style="bold")
    table.add_column(ratio=1, overflow="fold")
    for link in found.chain:
        words = Text(link.fact)
        rests = rests_on(link)
        if rests:
            words.append(f"\n{rests}", style="dim")
        table.add_row(LABELS[link.name], words)
    return table
