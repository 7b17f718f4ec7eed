"""`fullfile schedule`: the list of everything that bears on a case, for one defendant."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import OutputOption, emit, note
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office
from fullfile.cli.papers import (
    PaperFormat,
    check_output,
    making_of,
    show_document,
)
from fullfile.core.errors import Refused

if TYPE_CHECKING:
    from fullfile.server.queries.papers import Scheduled

__all__ = ["add_to"]


class Layout(StrEnum):
    """Which paper."""

    SCHEDULE = "schedule"
    MG6C = "mg6c"
    MG6D = "mg6d"
    MG6E = "mg6e"


class Copy(StrEnum):
    """For whom it is."""

    DEFENCE = "defence"
    COURT = "court"
    OFFICE = "office"


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "schedule",
        help=explain(
            "The schedule: everything that bears on a case, for one defendant.",
            "Nothing is left out: what was judged of no value, set aside, withheld, missing or destroyed is on it, "
            "with names and reasons. Numbers that were issued stay for ever; new items follow. The copy for the "
            "defence, which is what you get unless you say otherwise, leaves out words sealed by order, never a line.",
            "Exit status: 0 done; 2 could not be done.",
            examples=(
                "fullfile schedule D-0101-CR-2024-00013 --defendant Baldwin",
                "fullfile schedule NO --defendant NAME --issue --format pdf --output s.pdf",
            ),
        ),
    )(_schedule)


def _schedule(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case number.")],
    defendant: Annotated[
        str, typer.Option("--defendant", metavar="NAME", help="The defendant, as recorded.")
    ],
    layout: Annotated[
        Layout,
        typer.Option("--layout", help="The paper; mg6c, mg6d, mg6e where the pack has them."),
    ] = Layout.SCHEDULE,
    copy: Annotated[
        Copy | None,
        typer.Option("--copy", help="For whom. Default: the defence, where the paper goes there."),
    ] = None,
    issue: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--issue", help="Issue it: its numbers stay for ever.")
    ] = False,
    by: ByOption = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--number", metavar="N", min=1, help="Print again the one issued as number N."
        ),
    ] = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        PaperFormat,
        typer.Option("--format", help="For people (table, html, pdf) or for programs (json, csv)."),
    ] = PaperFormat.TABLE,
    output: OutputOption = None,
) -> None:
    check_output(form.value, output)
    if issue and (as_of is not None or number is not None):
        raise Refused("--issue issues what the record says now: leave out --as-of and --number.")
    office = open_office(context)
    found = _find(
        case,
        defendant,
        layout=layout.value,
        copy=None if copy is None else copy.value,
        by=person(by) if issue else None,
        number=number,
        moments=(
            parse_moment(on, "--on", office.zone),
            parse_moment(as_of, "--as-of", office.zone),
        ),
    )
    schedule = found.schedule
    if form is PaperFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.paper_text import schedule_as_json

        said = schedule_as_json(schedule, found.question.as_of_text, found.checkpoint, found.act)
        emit(render_json(said), output)
    elif form is PaperFormat.CSV:
        from fullfile.engines.report.paper_text import schedule_as_csv

        emit(schedule_as_csv(schedule), output)
    else:
        from fullfile.engines.report.paper_schedule import schedule_document

        document = schedule_document(schedule, making_of(found, office))
        show_document(document, form.value, output, office.name)
    if issue and found.act is not None:
        note(f"Issued as number {schedule.number}, entry {found.act.entry}.")


def _find(
    case: str,
    defendant: str,
    *,
    layout: str,
    copy: str | None,
    by: str | None,
    number: int | None,
    moments: tuple[object, object],
) -> Scheduled:
    """Issue it, print one that was issued again, or ask how it stands."""
    from datetime import date, datetime

    from fullfile.core.papers import SCHEDULE
    from fullfile.server.queries.papers import Scheduled, ask_schedule, find_signed_paper

    on, as_of = (one if isinstance(one, date | datetime) else None for one in moments)
    if by is not None:
        from fullfile.server.actions.papers import issue_schedule

        return issue_schedule(
            case, defendant, by=by, layout=layout, copy=copy, on=on, now_ms=now_ms()
        )
    if number is not None:
        found = find_signed_paper(
            case,
            defendant,
            type_=SCHEDULE,
            which=number,
            layout=layout,
            copy=copy,
            as_of=as_of,
        )
        assert isinstance(found, Scheduled)
        return found
    return ask_schedule(case, defendant, layout=layout, copy=copy, on=on, as_of=as_of)
