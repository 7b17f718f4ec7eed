"""The match as text for a terminal: verdict, policy, counts, and the exceptions with their sentences.

Eighty columns are enough. Colour and bold only repeat what a word already
says, so that the plain form (a file, a pipe) lacks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.dates import at_words
from fullfile.engines.report.view import Heading, MatchView, counted, verdict
from fullfile.engines.report.words import STATUS, also_words, chance_words, tag_words

__all__ = ["TEXT_STYLES", "MatchText", "line_text"]

TEXT_STYLES = {
    "gone": "bold red",
    "stops": "bold red",
    "behind": "bold yellow",
    "apart": "cyan",
    "hand": "default",
    "full": "green",
}
_NO_CASE = "Items that bear on no case"


class MatchText:
    """A match that Rich can print.

    Args:
        view: what is listed.
        heading: whose match it is.
        limit: at most so many lines are written out; the rest is counted. None: all.
    """

    def __init__(self, view: MatchView, heading: Heading, *, limit: int | None = None) -> None:
        self.view = view
        self.heading = heading
        self.limit = limit

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        view = self.view
        yield self._top()
        if view.result.states or view.result.ended:
            yield Text()
            yield self._counts()
        left = self.limit
        if view.exceptions:
            yield Text()
            yield Text("Exceptions", style="bold")
            yield from self._lines(view.exceptions, left)
            left = None if left is None else max(0, left - len(view.exceptions))
        elif view.states is not None and not view.others:
            yield Text()
            yield Text(f"No line is {_choice(view.states)}.")
        if view.others:
            yield Text()
            yield Text("Other lines" if view.exceptions else "Lines", style="bold")
            yield from self._lines(view.others, left)
        yield Text()
        yield from self._foot()

    def _top(self) -> RenderableType:
        result, heading = self.view.result, self.heading
        said = verdict(result)
        style = {"Not": "bold red", "Nothing": "bold", "Ended": "bold"}
        top = Text(
            said.head, style=style.get(said.head.split(maxsplit=1)[0].rstrip("."), "bold green")
        )
        top.append(f" {said.detail}", style="default not bold")
        of = heading.office
        if heading.case_number:
            of = f"{heading.title}, {heading.case_number}" if heading.title else heading.case_number
        days = counted(result.policy.target_days, "day")
        return Group(
            top,
            Text(of),
            Text(f"As it stood {at_words(result.on)}."),
            Text(f"As the record knew it {at_words(result.as_of)}."),
            Text(
                f"The office's target: {days}; a suggestion counts from {result.policy.threshold}."
            ),
        )

    def _counts(self) -> RenderableType:
        result = self.view.result
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=False)
        table.add_column("State", no_wrap=True, header_style="bold")
        table.add_column("Lines", justify="right", no_wrap=True, header_style="bold")
        table.add_column("Also", justify="right", no_wrap=True, header_style="bold")
        table.add_column("", overflow="fold")
        for state in State:
            first = result.states.get(state, 0)
            also = result.all_states.get(state, 0)
            if not first and not also:
                continue
            status = STATUS[state]
            table.add_row(
                Text(status.word, style=TEXT_STYLES[status.family]),
                f"{first:,}" if first else "-",
                f"{also:,}" if also else "-",
                Text(status.gloss, style="dim"),
            )
        table.add_row(
            Text("All", style="bold"), Text(f"{result.lines_total:,}", style="bold"), "", ""
        )
        return Group(table, Text(self.view.ended_words)) if result.ended else table

    def _lines(self, lines: tuple[Line, ...], limit: int | None) -> Iterable[RenderableType]:
        shown = lines if limit is None else lines[:limit]
        groups: dict[str | None, list[Line]] = {}
        for line in shown:
            groups.setdefault(line.case_number, []).append(line)
        for number, group in groups.items():
            if number is None or len(groups) > 1 or self.heading.case_number is None:
                yield Text()
                title = "" if number is None else self.heading.title_of(number)
                head = Text(number or _NO_CASE, style="bold")
                yield head.append(f"  {title}", style="default not bold") if title else head
            for line in group:
                yield Text()
                yield from line_text(line)
        if len(shown) < len(lines):
            yield Text()
            yield Text(
                f"{len(lines) - len(shown):,} more are not written out here: "
                "use --state, --case, or --format csv."
            )

    def _foot(self) -> Iterable[RenderableType]:
        head = self.view.result.checkpoint
        yield Text(
            f"Read from the record of {counted(head.size, 'entry', 'entries')}, root {head.root}.",
            style="dim",
            overflow="fold",
        )


def line_text(line: Line) -> Iterable[RenderableType]:
    """One line: tag, thing and whom it concerns; below it the sentence and what it rests on."""
    status = STATUS[line.state]
    head = Text(tag_words(line), style=TEXT_STYLES[status.family])
    thing = " ".join(part for part in (line.agency, line.tag) if part)
    if thing:
        head.append(f"  {thing}", style="default bold")
    if line.defendant:
        head.append(f" for {line.defendant}", style="default not bold")
    yield _in(head, 2)
    if line.description:
        yield _in(Text(line.description, style="italic"), 4)
    if also := also_words(line):
        yield _in(Text(f"Also {', '.join(also)}."), 4)
    if line.why:
        yield _in(Text(line.why), 4)
    for number, probability in line.suspected_cases:
        yield _in(Text(f"It may belong to {number} ({chance_words(probability)})."), 4)
    if foot := _ground(line):
        yield _in(Text(foot, style="dim"), 4)


def _ground(line: Line) -> str:
    """Rule with its check mark, what is lacking, and the entries: what an argument needs."""
    parts = []
    if line.rule:
        mark = {"part": ", read in part", "unread": ", not read"}.get(line.check or "", "")
        parts.append(f"Rule {line.rule}{mark}.")
    if line.lacks:
        parts.append(f"Not on record: {'; '.join(line.lacks)}.")
    if line.corrected:
        parts.append(f"Corrected: {line.corrected}.")
    if line.entries:
        noun = "Entry" if len(line.entries) == 1 else "Entries"
        rests = ", ".join(f"{entry:,}" for entry in line.entries[:12])
        more = len(line.entries) - 12
        parts.append(f"{noun} {rests}{f' and {more:,} more' if more > 0 else ''}.")
    return " ".join(parts)


def _in(text: Text, depth: int) -> Padding:
    return Padding(text, (0, 0, 0, depth), expand=False)


def _choice(states: tuple[State, ...]) -> str:
    words = [STATUS[state].word.lower() for state in states]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
