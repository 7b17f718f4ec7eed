"""Suggestions as text for a terminal: why one case is suggested, and the list of a run.

Eighty columns are enough. A bar that speaks for the case is solid and its line begins with `+`; one that
speaks against it is shaded and begins with `-`. Colour only repeats that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any  # plain data, as read from JSON

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fullfile.engines.report.dates import short_date
from fullfile.engines.report.link import (
    EVEN,
    Explanation,
    Reason,
    Turn,
    explanation_of,
)
from fullfile.engines.report.link_list import Listed, Suggestions, suggestions_of

__all__ = [
    "ExplanationText",
    "SuggestionsText",
    "render_explanation_text",
    "render_suggestions_text",
]

_FOR, _AGAINST = "█", "▒"
_STYLES = {"+": "green", "-": "yellow", "=": "default"}


def render_explanation_text(data: Mapping[str, Any]) -> RenderableType:
    """Why a case is suggested for an item, for Rich to print.

    Args:
        data: the answer of the query.
    """
    return ExplanationText(explanation_of(data))


def render_suggestions_text(data: Mapping[str, Any], *, limit: int | None = None) -> RenderableType:
    """What a run suggested, for Rich to print.

    Args:
        data: what the run found.
        limit: at most so many items are written out; the rest is counted. None: all.
    """
    return SuggestionsText(suggestions_of(data), limit=limit)


class ExplanationText:
    """One suggestion that Rich can print.

    Args:
        view: the suggestion.
    """

    def __init__(self, view: Explanation) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view = self.view
        yield Text(view.heading, style="bold")
        yield from (Text(said) for said in (view.thing, view.title) if said)
        others = ", ".join(f"{one.case_number} ({one.chance})" for one in view.others)
        yield Text(f"{view.place} {f'Also: {others}.' if others else ''}".rstrip())
        yield Text()
        yield self._sum(options.max_width)
        yield Text()
        yield Text(
            "Each line gives the chance so far. + speaks for the case, - against it; the number is its "
            "weight in bits, each of which doubles the odds. The bars run from the chance before to "
            "the chance after; | marks 50 in 100.",
            style="dim",
        )
        if view.mismatch:
            yield Text(view.mismatch, style="bold")
        yield from self._days()
        yield from self._decisions()
        yield Text()
        yield Text("What can be done", style="bold")
        asked = view.asked
        yield _in(Text(asked.sentence), 2)
        yield from (Text(line, style="bold", overflow="fold") for line in asked.commands)
        yield Text()
        noun = "Entry" if len(view.entries) == 1 else "Entries"
        rests = f"{noun} {', '.join(str(entry) for entry in view.entries)}."
        yield Text(" ".join((*view.meaning, rests)), style="dim")

    def _sum(self, width: int) -> Table:
        view = self.view
        track = max(8, min(26, width * 3 // 10))
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
        table.add_column("", width=1)
        table.add_column("Why", header_style="bold", overflow="fold", ratio=1)
        table.add_column("", width=track, no_wrap=True)
        table.add_column("Chance", header_style="bold", justify="right", max_width=11)
        scale = _Scale(view, track)
        table.add_row("", "Before any evidence", scale.mark(view.base), view.base_chance)
        for turn in view.turns:
            table.add_row()
            table.add_row(turn.sign, turn.words, scale.bar(turn), Text(turn.chance))
            sides = Text("\n").join(
                Text(said, style="dim") for said in _sides(turn, view.booked_on)
            )
            table.add_row("", sides, Text(_weight(turn), style="dim"))
        table.add_row()
        table.add_row(
            Text("=", style="bold"),
            Text("All together", style="bold"),
            scale.mark(view.total),
            Text(view.chance, style="bold"),
        )
        return table

    def _days(self) -> Iterable[RenderableType]:
        steps = self.view.steps
        if not steps:
            return
        yield Text()
        if len(steps) == 1:
            yield Text("As the facts came in: " + steps[0].words + ", unchanged since.")
            return
        yield Text("As the facts came in", style="bold")
        for step in steps:
            yield _in(Text(step.words), 2)

    def _decisions(self) -> Iterable[RenderableType]:
        view = self.view
        yield Text()
        yield Text(f"Decisions so far: {view.asked.status.lower()}", style="bold")
        if not view.decisions:
            yield _in(Text("Nobody has decided yet."), 2)
        for one in view.decisions:
            yield _in(Text(one.sentence), 2)
        if view.new_since:
            yield _in(Text("New since the rejection:"), 2)
            yield from (_in(Text(f"* {what}"), 4) for what in view.new_since)


class SuggestionsText:
    """What a run suggested, that Rich can print.

    Args:
        view: the run.
        limit: at most so many items are written out; None: all.
    """

    def __init__(self, view: Suggestions, *, limit: int | None = None) -> None:
        self.view = view
        self.limit = limit

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view = self.view
        yield Text(view.heading, style="bold")
        if view.found:
            yield Text(view.found)
        if view.skipped:
            yield Text()
            yield Text("Skipped", style="bold")
            yield from (_in(Text(_sentence(said)), 2) for said in view.skipped)
        shown = view.items if self.limit is None else view.items[: self.limit]
        for item in shown:
            yield Text()
            yield from _item(item)
        if left := len(view.items) - len(shown):
            yield Text()
            yield Text(
                f"{left:,} more {'is' if left == 1 else 'are'} not written out here: use --threshold, "
                "or --format csv."
            )
        yield Text()
        if view.items:
            yield Text(
                "A person decides, never whoever booked the item; until then it cannot be released or "
                "destroyed. Why: fullfile link explain AGENCY TAG CASE. Then: fullfile link "
                "accept|reject|ask AGENCY TAG CASE."
            )
        yield Text(f"{view.model.sentence} Entry {view.entry:,}.", style="dim")


class _Scale:
    """Where totals stand on a track of so many cells."""

    def __init__(self, view: Explanation, cells: int) -> None:
        self._least, most = view.bounds
        self._span = most - self._least or Decimal(1)
        self._cells = cells

    def at(self, total: Decimal) -> int:
        return round((total - self._least) / self._span * (self._cells - 1))

    def mark(self, total: Decimal) -> Text:
        """Where a total stands."""
        return self._draw(self.at(total), self.at(total) + 1, "◆", "default")

    def bar(self, turn: Turn) -> Text:
        """From the total before to the total after; at least one cell, so that nothing vanishes."""
        first, last = sorted((self.at(turn.before), self.at(turn.after)))
        # A total fills its own cell, so a bar begins after the lower of the two and ends with the higher.
        return self._draw(
            min(first + 1, last),
            last + 1,
            _AGAINST if turn.weight < 0 else _FOR,
            _STYLES[turn.sign],
        )

    def _draw(self, first: int, last: int, cell: str, style: str) -> Text:
        row = [" "] * self._cells
        row[self.at(EVEN)] = "|"
        row[first:last] = cell * (last - first)
        before, bar, after = row[:first], row[first:last], row[last:]
        drawn = Text("".join(before), style="dim")
        return drawn.append("".join(bar), style=f"not dim {style}").append(
            "".join(after).rstrip(), style="dim"
        )


def _weight(turn: Turn) -> str:
    return f"{turn.weight:+.1f} {turn.strength}"


def _sides(turn: Turn, booked_on: str | None) -> list[str]:
    """What either side has; of small reasons what they are about."""
    if turn.grouped:
        return [", ".join(dict.fromkeys(one.about for one in turn.reasons if one.about))]
    [one] = turn.reasons
    found = [f"item: {one.item_side}"] if one.item_side else []
    found += [f"case: {one.case_side}"] if one.case_side else []
    # Most reasons are as old as the booking; only what came later is worth a line.
    if one.on and booked_on and one.on > booked_on:
        found.append(f"known from {short_date(one.on)}")
    return found


def _item(item: Listed) -> Iterable[RenderableType]:
    head = Text(f"{item.agency} {item.tag}", style="bold")
    yield head.append(f"  {item.description}" if item.description else "", style="not bold")
    for one in item.suggestions:
        case = Text(f"{one.rank}. {one.chance}", style="bold")
        case.append(f"  {one.case_number}", style="not bold")
        case.append(f"  {one.title}" if one.title else "", style="not bold dim")
        yield _in(case, 2)
        yield from (_reason(reason) for reason in one.strongest)


def _reason(one: Reason) -> Table:
    """A sign and a reason; what wraps stays under the reason."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column("", width=5, justify="right")
    table.add_column("", overflow="fold")
    table.add_row("-" if one.weight < 0 else "+", one.what)
    return table


def _sentence(said: str) -> str:
    words = f"{said[:1].upper()}{said[1:]}"
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _in(text: Text, depth: int) -> Padding:
    return Padding(text, (0, 0, 0, depth), expand=False)
