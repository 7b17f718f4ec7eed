"""`match`: the three-way match, of one case or of the office."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import OutputOption, PageFormat, emit, emit_rich
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office
from fullfile.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fullfile.core.matching.line import Line, State
    from fullfile.core.matching.result import MatchResult
    from fullfile.engines.report.view import Heading, MatchView
    from fullfile.server.store.office import Office

__all__ = ["add_to", "ask", "heading_of", "show_match", "states_of", "titles_of"]

_STATES = (
    "missing, destroyed_under_hold, gone, set_aside, unfiled, withheld_without_order, withheld, "
    "post_conviction, overdue, partial, late, pending, unacknowledged, full, no_defendant, unbooked, "
    "unanswered, barred_count, orphan"
)
"""The contract's states, written out so that help needs no rules; a test compares."""
_SCREENFUL = 200
"""So many lines are written out on a terminal; more are counted, and go to a file."""
_MOST_TITLES = 1_000
_SMALL = 5_000
"""Up to so many lines the page draws a board for each case."""


class Engine(StrEnum):
    """Where the match of everything is worked out."""

    DATABASE = "database"
    DUCKDB = "duckdb"


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "match",
        help=explain(
            "The three-way match: held = on the file = what each defendant got.",
            "Each line is one item, one case that it bears on and one defendant; the verdict stands first, then "
            "the counts, then every exception with the sentence that says why. A day means its end.",
            "Exit status: 0 nothing to look at; 1 there are exceptions (of the states that --state names); 2 could "
            "not be done.",
            examples=(
                "fullfile match",
                "fullfile match --case D-0101-CR-2024-00013 --on 2024-07-10",
                "fullfile match --state unfiled,overdue --format csv --output exceptions.csv",
                "fullfile match --format html --output match.html",
            ),
        ),
    )(_match)


def _match(
    context: typer.Context,
    case: Annotated[
        str | None, typer.Option("--case", metavar="NO", help="One case, by its number.")
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar="S,…",
            help=f"List only these states: {_STATES}.",
        ),
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    ended: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--ended", help="Count the lines of cases that have ended as well.")
    ] = False,
    all_lines: Annotated[  # noqa: FBT002  # likewise
        bool, typer.Option("--all-lines", help="List the lines that are no exceptions, too.")
    ] = False,
    engine: Annotated[
        Engine | None,
        typer.Option(
            "--engine",
            help="Where everything is matched: the office's database, or DuckDB on a snapshot of it.",
        ),
    ] = None,
    form: Annotated[
        PageFormat,
        typer.Option("--format", help="For people (table, html) or for programs (json, csv)."),
    ] = PageFormat.TABLE,
    output: OutputOption = None,
) -> None:
    states = states_of(state)
    office = open_office(context)
    result = ask(
        case=case,
        on=parse_moment(on, "--on", office.zone),
        as_of=parse_moment(as_of, "--as-of", office.zone),
        ended=ended,
        all_lines=all_lines or _wants_others(states),
        engine=None if engine is None else engine.value,
        board=form is PageFormat.HTML,
    )
    from fullfile.engines.report.view import match_view

    view = match_view(result, states=states, all_lines=all_lines, with_ended=ended)
    show_match(view, heading_of(office, case, view), form, output)
    if view.exceptions:
        raise typer.Exit(1)


def states_of(text: str | None) -> tuple[State, ...] | None:
    """The states named, in the order given; the words on the screen are taken as well.

    Raises:
        Refused: a word is no state.
    """
    if text is None:
        return None
    from fullfile.core.matching.line import State
    from fullfile.engines.report.words import STATUS

    words = {status.word.casefold(): state for state, status in STATUS.items()}
    found: list[State] = []
    for part in text.replace(";", ",").split(","):
        word = part.strip().casefold().replace("-", "_")
        if not word:
            continue
        if word in set(State):
            found.append(State(word))
        elif word in words:
            found.append(words[word])
        else:
            raise Refused(f"“{part.strip()[:40]}” is no state: use {_STATES}.")
    if not found:
        raise Refused("--state names no state: write for example --state unfiled,overdue.")
    return tuple(dict.fromkeys(found))


def _wants_others(states: tuple[State, ...] | None) -> bool:
    """Whether a state was named whose lines are not all exceptions."""
    from fullfile.core.matching.line import EXCEPTIONS, State

    return states is not None and any(
        state not in EXCEPTIONS or state is State.ORPHAN for state in states
    )


def ask(
    *,
    case: str | None,
    on: date | datetime | None,
    as_of: date | datetime | None,
    ended: bool = False,
    all_lines: bool = False,
    engine: str | None = None,
    board: bool = False,
) -> MatchResult:
    """Ask the match.

    Args:
        case: one case, or None for everything.
        on: a day, an instant, or None for now.
        as_of: likewise.
        ended: whether lines of ended cases count.
        all_lines: whether the other lines are wanted.
        engine: where to work it out.
        board: whether a board for each case is wanted, so far as there are not too many lines.
    """
    from fullfile.server.queries.match import match_case, match_office

    if case is not None:
        return match_case(case, on=on, as_of=as_of, ended=ended, all_lines=all_lines or board)
    result = match_office(on=on, as_of=as_of, ended=ended, all_lines=all_lines, engine=engine)
    if board and result.others is None and result.lines_total <= _SMALL:
        return match_office(on=on, as_of=as_of, ended=ended, all_lines=True, engine=engine)
    return result


def titles_of(lines: Iterable[Line], result: MatchResult, *numbers: str) -> dict[str, str]:
    """The titles of the cases of lines, and of others by number, as the record knew them."""
    from fullfile.server.store.overview import list_titles

    wanted = dict.fromkeys(numbers)
    wanted.update(dict.fromkeys(line.case_number for line in lines if line.case_number is not None))
    return list_titles(list(wanted)[:_MOST_TITLES], result.checkpoint.size)


def heading_of(office: Office, case: str | None, view: MatchView) -> Heading:
    """What stands above the match: office, case and the titles of the cases that are listed."""
    from fullfile import __version__
    from fullfile.cli.clock import now
    from fullfile.engines.report.view import Heading

    result = view.result
    lines = [*view.listed, *(result.others or ())]
    titles = titles_of(lines, result, *([] if case is None else [case]))
    return Heading(
        office=office.name,
        case_number=case,
        title=None if case is None else titles.get(case),
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
        titles=tuple(titles.items()),
    )


def show_match(view: MatchView, heading: Heading, form: PageFormat, output: Path | None) -> None:
    """Write the match in the form that was asked for."""
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import match_as_json, render_json

        emit(render_json(match_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.data import match_as_csv

        emit(match_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.html import render_html

        emit(render_html(view, heading), output)
    else:
        from fullfile.engines.report.text import MatchText

        limit = _SCREENFUL if output is None and sys.stdout.isatty() else None
        emit_rich(MatchText(view, heading, limit=limit), output)
