"""`duties`: what is owed in a case, by whom, to whom and until when."""

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

    from fullfile.engines.report.duties import DutiesView

__all__ = ["add_to", "show_duties"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "duties",
        help=explain(
            "What is owed in a case, to whom and by when: every rule of the pack that binds the court.",
            "What is owed next stands first; what the police owe the prosecution stands apart. A date says whether "
            "it is one by law, by the office's target or by an order, and how far its rule was read.",
            "Exit status: 0 nothing is overdue, 1 something is, 2 could not be done. Nothing here is legal advice.",
            examples=(
                "fullfile duties D-0101-CR-2024-00013",
                "fullfile duties D-0101-CR-2024-00013 --on 2024-07-10 --working",
                "fullfile duties D-0101-CR-2024-00013 --format html --output duties.html",
            ),
        ),
    )(_duties)


def _duties(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case, by its number.")],
    defendant: Annotated[
        str | None,
        typer.Option("--defendant", metavar="NAME", help="Only the duties about this defendant."),
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    working: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool,
        typer.Option("--working", help="Show every date with its sum (always so in json and csv)."),
    ] = False,
    form: Annotated[
        PageFormat,
        typer.Option("--format", help="For people (table, html) or for programs (json, csv)."),
    ] = PageFormat.TABLE,
    output: OutputOption = None,
) -> None:
    office = open_office(context)
    from fullfile import __version__
    from fullfile.cli.clock import now
    from fullfile.engines.report.duties import DutiesView
    from fullfile.server.queries.duties import duties_of

    found = duties_of(
        case,
        defendant,
        on=parse_moment(on, "--on", office.zone),
        as_of=parse_moment(as_of, "--as-of", office.zone),
    )
    view = DutiesView(
        case_number=found.case_number,
        title=found.title,
        court=found.court,
        duties=found.duties,
        lacks=found.lacks,
        on=found.on,
        as_of=found.as_of,
        checkpoint=found.checkpoint,
        target_days=found.policy.target_days,
        not_legal_advice=found.not_legal_advice,
        office=office.name,
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
        asked="" if defendant is None else f" --defendant {shlex.quote(defendant)}",
        working=working,
    )
    show_duties(view, form, output)
    if view.overdue:
        raise typer.Exit(1)


def show_duties(view: DutiesView, form: PageFormat, output: Path | None) -> None:
    """Write the answer in the form that was asked for."""
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.duties import duties_as_json

        emit(render_json(duties_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.duties import duties_as_csv

        emit(duties_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.duties_html import render_duties_html

        emit(render_duties_html(view), output)
    else:
        from fullfile.engines.report.duties_text import DutiesText

        emit_rich(DutiesText(view), output)
