"""`packs`: the jurisdictions known, their rules with check marks, and the calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import (
    Format,
    FormatOption,
    OutputOption,
    emit,
    emit_rich,
    note,
    office_of,
)
from fullfile.cli.explain import explain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fullfile.core.rules import Pack

__all__ = ["add_to"]

_MARKS = {"text": "read", "part": "read in part", "unread": "not read"}
_CSV = (
    "pack",
    "version",
    "rule",
    "cite",
    "title",
    "duty",
    "owes",
    "to",
    "period",
    "method",
    "direction",
    "roll",
    "check",
)


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""

    @app.command(
        "packs",
        help=explain(
            "List the jurisdictions known, and how far their rules were read.",
            "A pack in the home's own folder packs/ stands in place of the shipped one. Exit status: 0 done, 1 "
            "where a pack or calendar has a mistake. Nothing here is legal advice.",
            examples=("fullfile packs", "fullfile packs us-nm"),
        ),
    )
    def command(
        context: typer.Context,
        pack: Annotated[
            str | None, typer.Argument(metavar="PACK", help="One pack, with its rules.")
        ] = None,
        form: FormatOption = Format.TABLE,
        output: OutputOption = None,
    ) -> None:
        from fullfile.core.rules import pack_as_json
        from fullfile.engines.packs.library import load_calendars, load_packs
        from fullfile.engines.report.csv import render_csv
        from fullfile.engines.report.data import render_json

        home = office_of(context).home
        known, calendars = load_packs(home), load_calendars(home)
        problems = (*known.problems, *calendars.problems)
        chosen = [known.get(pack)] if pack is not None else list(known)
        if form is Format.JSON:
            emit(
                render_json(
                    {
                        "packs": [pack_as_json(one) for one in chosen],
                        "calendars": [
                            {"id": one.id, "version": one.version or None}
                            for one in calendars.by_id.values()
                        ],
                        "problems": [str(problem) for problem in problems],
                    }
                ),
                output,
            )
        elif form is Format.CSV:
            emit(
                render_csv(_CSV, (_cells(one, rule) for one in chosen for rule in one.rules)),
                output,
            )
        else:
            emit_rich(_one(chosen[0]) if pack is not None else _all(chosen), output)
        for problem in problems:
            note(f"fullfile: {problem}")
        if problems:
            raise typer.Exit(1)


def _cells(pack: Pack, rule: object) -> list[object]:
    names = ("id", "cite", "title", "duty", "owes", "to")
    cells: list[object] = [pack.id, pack.version, *(getattr(rule, name) for name in names)]
    period = getattr(rule, "period", None) or getattr(rule, "period_words", "")
    cells.append(str(period))
    cells.extend(str(getattr(rule, name)) for name in ("method", "direction", "roll", "check"))
    return cells


def _all(packs: list[Pack]) -> RenderableType:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Pack", "Jurisdiction", "Version", "In force from", "Calendar"):
        table.add_column(name, header_style="bold")
    table.add_column("Rules", justify="right", header_style="bold")
    for pack in packs:
        table.add_row(
            pack.id,
            pack.name,
            pack.version,
            pack.effective_from.isoformat(),
            pack.calendar,
            str(len(pack.rules)),
        )
    return Group(
        table,
        Text(),
        Text(
            "fullfile packs PACK shows the rules of one. Nothing here is legal advice.", style="dim"
        ),
    )


def _one(pack: Pack) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = [
        Text(f"{pack.name} ({pack.id}), version {pack.version}", style="bold"),
        Text(f"Calendar {pack.calendar}. Time zones: {', '.join(pack.time_zones)}."),
        Text(),
        Text("Rules", style="bold"),
    ]
    for rule in pack.rules:
        head = Text(rule.id, style="bold")
        head.append(f"  {_MARKS.get(rule.check, rule.check)}", style="default not bold")
        period = str(rule.period) if rule.period else f"“{rule.period_words}”"
        parts.extend(
            [
                Text(),
                Padding(head, (0, 0, 0, 2)),
                Padding(Text(rule.title), (0, 0, 0, 4)),
                Padding(
                    Text(
                        f"{rule.owes} to {rule.to}: {period} {rule.direction} "
                        f"{', '.join(rule.trigger_events).replace('_', ' ') or rule.trigger_words}, "
                        f"counted by {rule.method}"
                    ),
                    (0, 0, 0, 4),
                ),
            ]
        )
    if pack.grounds:
        parts.extend([Text(), Text("Grounds for withholding", style="bold"), Text()])
        for ground in pack.grounds:
            asks = {
                "order": ground.order,
                "announcement": ground.announce,
            }
            said = "; ".join(f"{name}: {value}" for name, value in asks.items() if value)
            mark = _MARKS.get(ground.check, ground.check)
            parts.append(Padding(Text(f"{ground.id}  {ground.cite}, {mark}. {said}"), (0, 0, 0, 2)))
    parts.extend([Text(), Text(pack.not_legal_advice, style="dim")])
    return Group(*parts)
