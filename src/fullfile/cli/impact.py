"""`impact`: the cases, defendants, convictions, deadlines and holds that an item or a ruling touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import OutputOption, PageFormat, emit, emit_rich, say
from fullfile.cli.explain import explain
from fullfile.cli.moments import AsOfOption, OnOption, parse_moment
from fullfile.cli.office import open_office
from fullfile.core.errors import Refused

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from fullfile.engines.report.impact import ImpactView
    from fullfile.engines.report.reasons import ReasonsView
    from fullfile.server.store.office import Office

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "impact",
        help=explain(
            "What an item or a ruling touches: cases, convictions, deadlines, holds, people.",
            "Every linked case and defendant, the ways back to court with their last days, suits, holds, whom it may "
            "touch, who must be told, and what is to be done by when. A date by law carries its citation; a date by "
            "the office's target is policy. With --reasons: why outcomes came about, every reason counted.",
            "Exit status: 0 done; 2 could not be done.",
            examples=(
                "fullfile impact Sheriff DOC-001",
                "fullfile impact --case D-0101-CR-2024-00013 --on 2024-07-13",
                "fullfile impact --case D-1 --explain stayed --happened 2024 --reason told_late",
                "fullfile impact --reasons --format csv",
            ),
        ),
    )(_impact)


def _impact(
    context: typer.Context,
    agency: Annotated[
        str | None, typer.Argument(metavar="AGENCY", help="The agency, by any of its names.")
    ] = None,
    tag: Annotated[str | None, typer.Argument(metavar="TAG", help="The item's tag there.")] = None,
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="NO", help="A case and its rulings, by its number."),
    ] = None,
    reasons: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--reasons", help="Count why outcomes came about, in the whole office.")
    ] = False,
    explain_as: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="OUTCOME",
            help="With --case: record why this outcome came about (a docket event, or went_ahead).",
        ),
    ] = None,
    happened: Annotated[
        str | None, typer.Option("--happened", metavar="WHEN", help="When it came about.")
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason", metavar="WORD", help="One reason; repeat it for as many as there were."
        ),
    ] = None,
    defendant: Annotated[
        str | None, typer.Option("--defendant", metavar="NAME", help="Whose outcome it was.")
    ] = None,
    by: ByOption = None,
    on: OnOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        PageFormat,
        typer.Option("--format", help="For people (table, html) or for programs (json, csv)."),
    ] = PageFormat.TABLE,
    output: OutputOption = None,
) -> None:
    asked = [agency is not None, case is not None, reasons]
    if sum(asked) != 1 or (agency is not None and tag is None):
        raise Refused("Name one: an agency and a tag, or --case NO, or --reasons.")
    office = open_office(context)
    if explain_as is not None:
        _explain(case, explain_as, happened, reason or [], defendant or "", person(by))
        return
    day = parse_moment(on, "--on", office.zone)
    known = parse_moment(as_of, "--as-of", office.zone)
    if reasons:
        _show_reasons(_ask_reasons(office, day, known), form, output)
    else:
        _show_impact(_ask(office, agency, tag, case, day, known), form, output)


def _explain(
    case: str | None,
    outcome: str,
    happened: str | None,
    reasons: list[str],
    defendant: str,
    by: str,
) -> None:
    """Record why an outcome came about."""
    if case is None or happened is None:
        raise Refused("--explain needs the case (--case NO) and the day (--happened WHEN).")
    from fullfile.core.impact.reasons import check_reasons, reason_words
    from fullfile.server.actions.outcomes import explain_outcome

    entry = explain_outcome(
        case, outcome, happened, reasons, by, defendant=defendant, now_ms=now_ms()
    )
    words = "; ".join(reason_words(one) for one in check_reasons(reasons))
    say(f"Recorded as entry {entry}: {outcome} in {case} came about because: {words}.")


def _ask(
    office: Office,
    agency: str | None,
    tag: str | None,
    case: str | None,
    on: date | datetime | None,
    as_of: date | datetime | None,
) -> ImpactView:
    from fullfile import __version__
    from fullfile.cli.clock import now
    from fullfile.engines.report.impact import ImpactView
    from fullfile.server.queries.impact import ask_impact_of_case, ask_impact_of_item

    if case is not None:
        found = ask_impact_of_case(case, on=on, as_of=as_of)
        command = f"impact --case {found.impact.case_number}"
    else:
        found = ask_impact_of_item(agency or "", tag or "", on=on, as_of=as_of)
        command = f'impact "{found.impact.agency}" "{found.impact.tag}"'
    return ImpactView(
        found.impact,
        found.on,
        found.as_of,
        found.checkpoint,
        found.outcomes,
        office=office.name,
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
        command=command,
    )


def _ask_reasons(
    office: Office, on: date | datetime | None, as_of: date | datetime | None
) -> ReasonsView:
    from fullfile import __version__
    from fullfile.cli.clock import now
    from fullfile.engines.report.reasons import ReasonsView
    from fullfile.server.queries.impact import count_reasons

    found = count_reasons(on=on, as_of=as_of)
    return ReasonsView(
        found.on,
        found.as_of,
        found.checkpoint,
        found.outcomes,
        found.went_ahead,
        found.counts,
        office=office.name,
        made_at=now(office.zone).isoformat(timespec="seconds"),
        version=__version__,
    )


def _show_impact(view: ImpactView, form: PageFormat, output: Path | None) -> None:
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.impact import impact_as_json

        emit(render_json(impact_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.impact import impact_as_csv

        emit(impact_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.impact_html import render_impact_html

        emit(render_impact_html(view), output)
    else:
        from fullfile.engines.report.impact_text import ImpactText

        emit_rich(ImpactText(view), output)


def _show_reasons(view: ReasonsView, form: PageFormat, output: Path | None) -> None:
    if form is PageFormat.JSON:
        from fullfile.engines.report.data import render_json
        from fullfile.engines.report.reasons import reasons_as_json

        emit(render_json(reasons_as_json(view)), output)
    elif form is PageFormat.CSV:
        from fullfile.engines.report.reasons import reasons_as_csv

        emit(reasons_as_csv(view), output)
    elif form is PageFormat.HTML:
        from fullfile.engines.report.impact_html import render_reasons_html

        emit(render_reasons_html(view), output)
    else:
        from fullfile.engines.report.impact_text import ReasonsText

        emit_rich(ReasonsText(view), output)
