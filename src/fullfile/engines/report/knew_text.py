"""Who knew what, as text for a terminal: persons against levels, contradictions, history.

Eighty columns are enough: five columns of dates beside a name. Nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fullfile.core.knowledge import LEVEL_VERBS, LEVELS, Known, Person
from fullfile.engines.report.dates import at_words
from fullfile.engines.report.knew import (
    KnewView,
    account_words,
    cell_words,
    short_when,
    summary,
    to_name,
    way_words,
)
from fullfile.engines.report.view import counted

__all__ = ["KnewText"]

_HEADS = {
    "exists": "Knew it exists",
    "picture": "Saw a picture",
    "object": "Saw the thing",
    "where_filed": "Knew where filed",
    "not_disclosed": "Knew not disclosed",
}


class KnewText:
    """An answer that Rich can print.

    Args:
        view: the answer.
    """

    def __init__(self, view: KnewView) -> None:
        self.view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        knew = self.view.knew
        yield from self._top()
        if knew.persons:
            yield Text()
            yield self._table()
            if any(not one.stated for one in knew.timeline):
                yield Text("* No statement says so; a row shows it (see the history).", style="dim")
        if knew.contradictions:
            yield Text()
            yield Text("Contradictions, side by side", style="bold")
            for found in knew.contradictions:
                yield Text()
                yield _in(Text(f"{found.person}: {LEVEL_VERBS[found.level]}?", style="bold"), 2)
                for one in found.accounts:
                    yield _in(Text(f"{account_words(one)}. {_entries(one)}"), 4)
                if found.both_possible:
                    yield _in(Text("As dated, both can be true."), 4)
        if knew.named:
            yield Text()
            yield Text("Named on the property list; nothing shows that they knew", style="bold")
            for person in knew.named:
                roles = "; ".join(part for part in (person.role, *person.roles) if part)
                yield _in(Text(f"{person.person}: {roles}" if roles else person.person), 2)
        if knew.timeline:
            yield Text()
            yield Text("History", style="bold")
            yield from self._history()
        yield Text()
        yield from self._foot()

    def _top(self) -> Iterable[RenderableType]:
        knew = self.view.knew
        yield Text(summary(knew), style="bold")
        thing = Text(to_name(knew), style="bold")
        yield thing.append(f"  {knew.description}" if knew.description else "", style="not bold")
        if knew.held_since:
            yield Text(f"Held since {short_when(knew.held_since)}.")
        yield Text(f"As it stood {at_words(self.view.on)}.")
        yield Text(f"As the record knew it {at_words(self.view.as_of)}.")

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column("Person", header_style="bold", overflow="fold", ratio=4)
        for level in LEVELS:
            table.add_column(
                _HEADS[level], header_style="bold", overflow="fold", min_width=12, ratio=3
            )
        for number, person in enumerate(self.view.knew.persons):
            if number:
                table.add_row()
            cells = [
                "\n".join(cell_words(self.view.knew, person, level)) or "-" for level in LEVELS
            ]
            table.add_row(_who(person), *cells)
        table.expand = True
        return table

    def _history(self) -> Iterable[RenderableType]:
        for day, group in _by_day(self.view.knew.timeline):
            yield _in(Text(day, style="bold"), 2)
            for accounts in group:
                yield _in(_happened(accounts), 4)

    def _foot(self) -> Iterable[RenderableType]:
        head = self.view.checkpoint
        if self.view.knew.later:
            later = counted(self.view.knew.later, "account is", "accounts are")
            yield Text(f"{later} dated later than the day asked for.")
        yield Text(
            "An account is what a source says or a row shows, not a finding. Where accounts differ, "
            "the record holds all of them."
        )
        yield Text(
            f"Read from the record of {counted(head.size, 'entry', 'entries')}, root {head.root}.",
            style="dim",
            overflow="fold",
        )


def _who(person: Person) -> RenderableType:
    name = Text(person.name, style="bold")
    return Group(name, Text(person.title, style="dim")) if person.title else name


def _by_day(timeline: Iterable[Known]) -> Iterable[tuple[str, list[list[Known]]]]:
    """The history by the date as it was said; what one row says of several levels is one line."""
    days: dict[str, dict[object, list[Known]]] = {}
    for one in timeline:
        row = (one.person_key, one.kind, way_words(one), one.source)
        days.setdefault(short_when(one.known_from), {}).setdefault(row, []).append(one)
    return [(day, list(rows.values())) for day, rows in days.items()]


def _happened(accounts: list[Known]) -> Text:
    one = accounts[0]
    entries = sorted({entry for each in accounts for entry in each.entries})
    noun = "Entry" if len(entries) == 1 else "Entries"
    rests = f"{noun} {', '.join(str(entry) for entry in entries)}."
    if not one.stated:
        return Text(f"{one.person} {one.rule}. (Derived.) {rests}")
    verbs = [LEVEL_VERBS[each.level] for each in accounts]
    joined = " and ".join(verbs)
    if one.denied:
        return Text(f"{one.person} denies: {joined} ({one.source}). {rests}")
    how = f", {one.how}" if one.how else ""
    return Text(f"{one.person} {joined}{how} ({one.source}). {rests}")


def _entries(one: Known) -> str:
    noun = "Entry" if len(one.entries) == 1 else "Entries"
    return f"{noun} {', '.join(str(entry) for entry in one.entries)}."


def _in(text: Text, depth: int) -> Padding:
    return Padding(text, (0, 0, 0, depth), expand=False)
