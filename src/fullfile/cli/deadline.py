"""`deadline`: one rule's date by itself, or a period counted by hand, with the working."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import (
    Format,
    FormatOption,
    Office,
    OutputOption,
    emit,
    emit_rich,
    note,
    office_of,
)
from fullfile.cli.explain import explain
from fullfile.core.errors import Refused

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fullfile.core.rules import Deadline

__all__ = ["add_to"]

_METHODS = (
    "calendar_roll, short_period_working_days(max=N), working_days, inclusive_from_trigger, "
    "calendar_before, anniversary_years, calendar_months_clamped, clear_days, hours, event_fixed, undated"
)
_MARKS = {"text": "read", "part": "read in part", "unread": "not read"}


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""

    @app.command(
        "deadline",
        help=explain(
            "Work out when something is due, with every day counted.",
            "Name a rule of a pack, or give the period and the method yourself. Where the law gives no number, "
            "no date is invented: due is then empty.",
            "Exit status: 0 done, 2 could not be done. Nothing here is legal advice.",
            examples=(
                'fullfile deadline "us-nm:5-501(A)" --trigger 2024-01-31',
                'fullfile deadline --period "21 days" --method calendar_roll \\',
                "    --direction before --calendar us-nm-courts --trigger 2026-09-28",
            ),
        ),
    )
    def command(
        context: typer.Context,
        trigger: Annotated[
            str,
            typer.Option(
                metavar="TIME", help="The day of the event, or its time where hours count."
            ),
        ],
        rule: Annotated[
            str | None,
            typer.Argument(
                metavar="RULE", help="A rule's id or citation, for example us-nm:5-501(A)."
            ),
        ] = None,
        period: Annotated[
            str | None,
            typer.Option(metavar="TEXT", help="By hand: how long, for example “10 days”."),
        ] = None,
        method: Annotated[
            str | None,
            typer.Option(metavar="NAME", help=f"By hand: how to count: {_METHODS}."),
        ] = None,
        direction: Annotated[
            str | None,
            typer.Option(metavar="WAY", help="after or before the event; else the method's own."),
        ] = None,
        roll: Annotated[
            str | None,
            typer.Option(
                metavar="HOW",
                help="What a closed last day does: none, forward or with_direction; else the method's own.",
            ),
        ] = None,
        calendar: Annotated[
            str | None, typer.Option(metavar="ID", help="The court's calendar, by its id.")
        ] = None,
        holidays: Annotated[
            str | None,
            typer.Option(metavar="D,D", help="The closed days instead of a calendar: 2024-02-19,…"),
        ] = None,
        weekend: Annotated[
            str | None,
            typer.Option(
                metavar="DAYS", help="The closed weekdays, sat,sun unless given; none: “”."
            ),
        ] = None,
        form: FormatOption = Format.TABLE,
        output: OutputOption = None,
    ) -> None:
        by_hand = {
            "--period": period,
            "--method": method,
            "--direction": direction,
            "--roll": roll,
            "--calendar": calendar,
            "--holidays": holidays,
            "--weekend": weekend,
        }
        if rule is not None:
            given = [name for name, value in by_hand.items() if value is not None]
            if given:
                raise Refused(
                    f"A rule says itself how it is counted: leave out {', '.join(given)}, or leave out the rule."
                )
            found = _by_rule(office_of(context), rule, trigger)
        elif method is None:
            raise Refused(
                "Name a rule (fullfile packs lists them), or say how to count with --method and --period."
            )
        else:
            found = _by_hand(
                office_of(context),
                method=method,
                trigger=trigger,
                period=period,
                direction=direction,
                roll=roll,
                calendar=calendar,
                holidays=holidays,
                weekend=weekend,
            )
        _show(found, form, output)


def _by_rule(office: Office, rule: str, trigger: str) -> Deadline:
    from fullfile.core.rules import deadline_by_rule, parse_trigger
    from fullfile.engines.packs.library import load_calendars, load_packs

    packs = load_packs(office.home)
    calendars = load_calendars(office.home)
    for problem in (*packs.problems, *calendars.problems):
        note(f"fullfile: {problem}")
    return deadline_by_rule(packs, calendars.by_id, rule, parse_trigger(trigger))


def _by_hand(
    office: Office,
    *,
    method: str,
    trigger: str,
    period: str | None,
    direction: str | None,
    roll: str | None,
    calendar: str | None,
    holidays: str | None,
    weekend: str | None,
) -> Deadline:
    from fullfile.core.rules import by_hand
    from fullfile.engines.packs.library import load_calendars

    known = load_calendars(office.home).by_id if calendar is not None else {}
    return by_hand(
        method=method,
        trigger=trigger,
        period=period,
        direction=direction,
        roll=roll,
        calendar=calendar,
        holidays=_listed(holidays),
        weekend=_listed(weekend),
        calendars=known,
    )


def _listed(text: str | None) -> list[str] | None:
    if text is None:
        return None
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _show(found: Deadline, form: Format, output: OutputOption) -> None:
    from fullfile.core.rules import deadline_as_json
    from fullfile.engines.report.csv import render_csv
    from fullfile.engines.report.data import render_json

    data = deadline_as_json(found)
    if form is Format.JSON:
        emit(render_json(data), output)
    elif form is Format.CSV:
        cells = {
            **data,
            "skipped": ";".join(f"{day.on.isoformat()} {day.because}" for day in found.skipped),
            "lacks": ";".join(found.lacks),
            "candidates": ";".join(f"{one.due.isoformat()} {one.roll}" for one in found.candidates),
            "variants": ";".join(
                f"{one.due.isoformat() if one.due else 'no date'} {one.status}"
                for one in found.variants
            ),
        }
        emit(render_csv(tuple(cells), [cells.values()]), output)
    else:
        emit_rich(_as_text(found), output)


def _as_text(found: Deadline) -> RenderableType:
    from datetime import datetime

    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from fullfile.core.rules import day_words

    def words(moment: object) -> str:
        if isinstance(moment, datetime):
            return f"{day_words(moment)} at {moment:%H:%M}"
        return day_words(moment) if moment else "not known"  # type: ignore[arg-type]  # a date

    parts: list[RenderableType] = []
    if found.due is not None:
        parts.append(Text(f"Due {words(found.due)}.", style="bold"))
    else:
        why = "; ".join(found.lacks) or "the law gives no number of days"
        parts.append(Text(f"No date: {why}.", style="bold"))
    parts.extend(
        Text(f"  or {words(one.due)}, if a closed last day rolls {one.roll.replace('_', ' ')}")
        for one in found.candidates
    )
    parts.extend(
        Text(f"  or {words(one.due)}, if {_who(one.status)} ({one.period}, {one.cite})")
        for one in found.variants
    )
    facts = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    facts.add_column(no_wrap=True, style="dim")
    facts.add_column(overflow="fold")
    mark = _MARKS.get(found.check or "")
    if found.rule:
        facts.add_row("Rule", f"{found.rule}{f', {mark}' if mark else ''}")
    facts.add_row("Trigger", words(found.trigger))
    if found.period:
        facts.add_row("Period", f"{found.period}, {found.direction} the event")
    facts.add_row("Method", found.method + _rolls(found.roll))
    if found.calendar:
        facts.add_row("Calendar", found.calendar)
    if found.due is not None:
        for lack in found.lacks:
            facts.add_row("Lacking", lack)
    parts.extend([Text(), facts, Text(), Text(found.working)])
    if found.skipped:
        skipped = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for day in found.skipped:
            skipped.add_row(day_words(day.on), day.because)
        parts.extend([Text(), Text("Days left out", style="bold"), Padding(skipped, (0, 0, 0, 2))])
    if found.rule:
        parts.extend([Text(), Text("Nothing here is legal advice.", style="dim")])
    return Group(*parts)


def _who(status: str) -> str:
    """A defendant of some status, in words."""
    return f"the defendant is {status.replace('_', ' ')}"


def _rolls(roll: str) -> str:
    """What a closed last day does, in words."""
    return {
        "none": "; a closed last day stays",
        "forward": "; a closed last day moves on to the next open one",
        "with_direction": "; a closed last day moves on in the direction of counting",
    }.get(roll, "")
