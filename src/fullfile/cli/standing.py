"""`standing`: can this be charged (again)? For each count, with the chain of facts and rules."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import OutputOption, PageFormat, emit, emit_rich
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from pathlib import Path

    from fullfile.engines.report.standing import StandingView

__all__ = ["add_to", "show_standing"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "standing",
        help=explain(
            "Can this be charged (again)? For each count: pending, barred, open, conditional or unclear.",
            "The answer stands first, then a paragraph, then the chain: jeopardy, what the ruling says, the "
            "limitation date, the prosecution's appeal, another sovereign, earlier dismissals, each with its rule, "
            "how far the rule was read, and the entries. What is not on record is said to be unknown.",
            "Exit status: 0 answered, 2 could not be done. Nothing here is legal advice.",
            examples=(
                "fullfile standing D-0101-CR-2024-00013",
                "fullfile standing D-0101-CR-2024-00013 --on 2024-07-13",
                "fullfile standing D-0101-CR-2024-00013 --format html --output standing.html",
            ),
        ),
    )(_standing)


def _standing(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case, by its number.")],
    defendant: Annotated[
        str | None,
        typer.Option("--defendant", metavar="NAME", help="Only the counts of this defendant."),
    ] = None,
    count: Annotated[
        str | None, typer.Option("--count", metavar="N", help="Only this count.")
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        PageFormat,
        typer.Option("--format", help="For people (table, html) or for programs (json, csv)."),
    ] = PageFormat.TABLE,
    output: OutputOption = None,
) -> None:
    office = open_office(context)
    from fullfile import __version__
    from fullfile.cli.clock import now
    from fullfile.engines.report.standing import StandingView
    from fullfile.server.queries.standing import standing_of

    found = standing_of(
        case,
        defendant,
        count,
        on=parse_moment(on, "--on", office.zone),
        as_of=parse_moment(as_of, "--as-of", office.zone),
    )
    asked = "".join(
        f" {option} {shlex.quote(value)}"
        for option, value in (("--defendant", defendant), ("--count", count))
        if value is not None
    )
    view = StandingView(
        case_number=found.case_number,
        title=found.title,
        results=found.results,
        on=found.on,
        as_of=found.as_of,
        checkpoint=found.checkpoint,
        not_legal_advice=found.not_legal_advice,
        office=office.name,
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
        asked=asked,
    )
    show_standing(view, form, output)


def show_standing(view: StandingView, form: PageFormat, output: Path | None) -> None:
    """Write the answer in the form that was asked for."""
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.standing import standing_as_json

        emit(render_json(standing_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.standing import standing_as_csv

        emit(standing_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.standing_html import render_standing_html

        emit(render_standing_html(view), output)
    else:
        from fullfile.engines.report.standing_text import StandingText

        emit_rich(StandingText(view), output)
