"""`knew`: who held, handled, was told of, looked at or judged an item, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import OutputOption, PageFormat, emit, emit_rich
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from pathlib import Path

    from fullfile.engines.report.knew import KnewView

__all__ = ["add_to", "show_knew"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "knew",
        help=explain(
            "Who held, handled, was told of, looked at or judged an item, and when.",
            "Five levels for each person: that it exists, a picture of it, the thing itself, where it was filed, "
            "that the defence had not got it. What a source states, what a row shows (*) and what a person denies "
            "stay apart; accounts that contradict each other stand side by side, and none is preferred.",
            "Exit status: 0 done; 2 could not be done.",
            examples=(
                "fullfile knew Sheriff DOC-001",
                "fullfile knew Sheriff DOC-001 --on 2024-07-10",
                "fullfile knew Sheriff DOC-001 --format html --output knew.html",
            ),
        ),
    )(_knew)


def _knew(
    context: typer.Context,
    agency: Annotated[
        str, typer.Argument(metavar="AGENCY", help="The agency, by any of its names.")
    ],
    tag: Annotated[str, typer.Argument(metavar="TAG", help="The item's tag there.")],
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
    from fullfile.engines.report.knew import KnewView
    from fullfile.server.queries.knew import ask_knew

    found = ask_knew(
        agency,
        tag,
        on=parse_moment(on, "--on", office.zone),
        as_of=parse_moment(as_of, "--as-of", office.zone),
    )
    view = KnewView(
        found.knew,
        found.on,
        found.as_of,
        found.checkpoint,
        office=office.name,
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
    )
    show_knew(view, form, output)


def show_knew(view: KnewView, form: PageFormat, output: Path | None) -> None:
    """Write the answer in the form that was asked for."""
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.knew import knew_as_json

        emit(render_json(knew_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.knew import knew_as_csv

        emit(knew_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.knew_html import render_knew_html

        emit(render_knew_html(view), output)
    else:
        from fullfile.engines.report.knew_text import KnewText

        emit_rich(KnewText(view), output)
