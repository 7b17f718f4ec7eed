"""The story of the worked example, told by the program's own answers.

Each part asks the record of the demonstration one question, as a person would at the command
line, and prints what a reader needs of the answer, with the command that gives all of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from fullfile.core.matching.line import Line

__all__ = [
    "CASE",
    "tell_booking",
    "tell_certificate",
    "tell_day",
    "tell_impact",
    "tell_standing",
]

CASE = "D-0101-CR-2024-00013"
OTHER = "D-0101-CR-2023-00040"
_AGENCY, _TAG = "Sheriff", "DOC-001"


def tell_booking() -> Iterator[RenderableType]:
    """The day of booking: no case lists the number, and two are suspected at once."""
    from fullfile.cli.match import ask
    from fullfile.engines.report.text import line_text

    found = ask(case=None, on=date(2024, 3, 6), as_of=None)
    yield Text("The rounds bear on no case by their number. Whose are they?", style="bold")
    for line in found.exceptions:
        if (line.agency, line.tag) == (_AGENCY, _TAG):
            yield Text()
            yield from line_text(line)
    yield from _try(f"link explain {_AGENCY} {_TAG} {OTHER}")


def tell_day(day: date) -> Iterator[RenderableType]:
    """What the match says on a day: the verdict, then each exception with its sentence."""
    from fullfile.cli.match import ask, titles_of
    from fullfile.engines.report.text import line_text
    from fullfile.engines.report.view import verdict

    result = ask(case=None, on=day, as_of=None)
    titles = titles_of(result.exceptions, result)
    yield Text(str(verdict(result)), style="bold")
    # The case that the story is about stands first.
    groups: dict[str | None, list[Line]] = {CASE: []}
    for line in result.exceptions:
        groups.setdefault(line.case_number, []).append(line)
    for number, lines in groups.items():
        yield Text()
        yield Text(titles.get(number or "") or number or "Items that bear on no case", style="bold")
        for line in lines:
            yield Text()
            yield from line_text(line)
    yield from _try(f"match --on {day.isoformat()} --case {CASE} --all-lines")


def tell_certificate(day: date) -> Iterator[RenderableType]:
    """Could the prosecution have certified that all was disclosed?"""
    from fullfile.server.queries.papers import ask_certificate

    asked = ask_certificate(CASE, "Baldwin", reasons={}, on=day)
    refusals = asked.certificate.refusals
    yield Text(
        f"The certificate of disclosure is refused: {len(refusals)} things are neither right nor stated.",
        style="bold",
    )
    for one in refusals:
        name = f"{one.agency} {one.tag}" if one.tag else one.agency or one.key
        yield Padding(
            Text(f"{name}: {one.code.replace('_', ' ')}. To do: {one.way_out}."), (0, 0, 0, 2)
        )
    yield from _try(f"certify {CASE} --defendant Baldwin --on {day.isoformat()}")


def tell_standing(*days: date) -> Iterator[RenderableType]:
    """Can he be charged again? The sentence on each day, and what it depends on."""
    from fullfile.server.queries.standing import standing_of

    for day in days:
        (found,) = standing_of(CASE, "Baldwin", None, on=day, as_of=None).results
        yield Text(f"On {day:%B} {day.day}, {day.year}: {found.answer}.", style="bold")
        yield Padding(Text(found.sentence), (0, 0, 0, 2))
        for condition in found.conditions:
            yield Padding(Text(f"- {condition}"), (0, 0, 0, 4))
        yield Text()
    yield from _try(f"standing {CASE} --on {days[0].isoformat()}", first=False)


def tell_impact(day: date) -> Iterator[RenderableType]:
    """What the rounds touch beyond the case: people, windows, suits, and what is to be done."""
    from fullfile.engines.report.dates import date_words
    from fullfile.server.queries.impact import ask_impact_of_item

    found = ask_impact_of_item(_AGENCY, _TAG, on=day, as_of=None).impact
    for one in found.defendants:
        yield Padding(Text(f"{one.words} {one.disclosed_words}"), (0, 0, 0, 2))
    for way in found.windows:
        if way.material and way.last_day:
            yield Padding(
                Text(
                    f"{way.defendant}: {way.ground}, last day {date_words(way.last_day)} ({way.cite})."
                ),
                (0, 0, 0, 2),
            )
    for suit in found.suits:
        yield Padding(Text(f"Civil suit {suit.number}: {suit.state}."), (0, 0, 0, 2))
    names = ", ".join(one.person for one in found.people)
    yield Padding(Text(f"People whom it may touch: {names}. It accuses nobody."), (0, 0, 0, 2))
    yield Text()
    yield Text("To be done", style="bold")
    for task in found.tasks:
        due = f" Due {date_words(task.due)}." if task.due else ""
        yield Padding(Text(f"{task.text}{due}"), (0, 0, 0, 2))
    yield from _try(f"impact {_AGENCY} {_TAG} --on {day.isoformat()}", f"knew {_AGENCY} {_TAG}")


def _try(*commands: str, first: bool = True) -> Iterator[RenderableType]:
    if first:
        yield Text()
    for command in commands:
        yield Text(f"  fullfile {command}", style="dim", no_wrap=True, overflow="ignore")
