"""`settings`: what the office set that decides an answer, and setting it from now on."""

from __future__ import annotations

from typing import Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import Format, FormatOption, OutputOption, emit, say
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office
from fullfile.core.bag.kinds import STANDARD_KINDS
from fullfile.core.custody.booking import STANDARD_PATTERN

__all__ = ["add_to"]

_MEANING = {
    "target_days": "days to disclose in, where the law gives no date",
    "threshold": "probability from which a suggestion makes an orphan an exception",
    "source_rank": "sources, best first, where two accounts differ",
    "tag_pattern": "how the office writes the tags that it gives",
    "open_file": "whether counsel sees in the portal what is on the file and not served yet",
    "certificate_signatures": "how many persons sign a certificate: 1 or 2",
    "file_kinds": "kinds of files that the store takes",
    "file_limit": "megabytes that one file may have",
    "notice": "the text before sign-in; empty: the standard one",
    "help_line": "whom to telephone, as mails and pages say it",
    "site_address": "where the pages are, as mails say it",
}
_UNSET = {
    "target_days": "14",
    "threshold": "0.5",
    "source_rank": [],
    "tag_pattern": STANDARD_PATTERN,
    "open_file": "no",
    "certificate_signatures": "2",
    "file_kinds": list(STANDARD_KINDS),
    "file_limit": "4096",
    "notice": "",
    "help_line": "",
    "site_address": "",
}
_LISTS = ("source_rank", "file_kinds")


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(
        group,
        name="settings",
        help=explain(
            "Show or set what decides an answer: target, threshold, rank of sources.",
            "A setting holds from the day it is set; a line keeps the one in force when its period began. "
            "Each change is an entry of the record.",
            examples=(
                "fullfile settings show",
                "fullfile settings set target_days 10",
                "fullfile settings set source_rank property-room case-system",
            ),
        ),
    )
    group.command(
        "show",
        help=explain(
            "Show the settings in force.",
            "Exit status: 0 done, 2 could not be done.",
            examples=("fullfile settings show",),
        ),
    )(_show)
    group.command(
        "set",
        help=explain(
            "Set one, from now on.",
            "target_days: days, from 0. threshold: from 0 to 1. source_rank: names of sources, best first. "
            "tag_pattern: how tags are written, with {yy}, {year}, {month} and {number:6}. "
            "open_file: yes or no. certificate_signatures: 1 or 2. file_kinds: kinds of files. file_limit: megabytes. "
            "Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile settings set target_days 10",
                "fullfile settings set source_rank press second-accounts",
            ),
        ),
    )(_set)


def _show(
    context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None
) -> None:
    open_office(context)
    from fullfile.server.store.overview import list_settings

    found: dict[str, object] = dict(_UNSET)
    since: dict[str, int | None] = dict.fromkeys(_UNSET)
    for setting in list_settings():
        found[setting.name] = setting.value
        since[setting.name] = setting.entry
    rows = [
        {"name": name, "value": value, "entry": since.get(name), "meaning": _MEANING.get(name, "")}
        for name, value in found.items()
    ]
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(
            render_json({"settings": [{**row, "value": _number(row["value"])} for row in rows]}),
            output,
        )
        return
    cells = [[row["name"], _said(row["value"]), row["entry"], row["meaning"]] for row in rows]
    if form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        emit(render_csv(("name", "value", "entry", "meaning"), cells), output)
        return
    from fullfile.cli.grids import emit_grid

    shown = [
        [name, value or "none", "not set" if entry is None else f"entry {entry:,}", meaning]
        for name, value, entry, meaning in cells
    ]
    emit_grid(("Setting", "Value", "Set by", "Meaning"), shown, output)


def _set(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=" or ".join(_MEANING))],
    values: Annotated[
        list[str], typer.Argument(metavar="VALUE...", help="The value; for source_rank several.")
    ],
    by: ByOption = None,
) -> None:
    open_office(context)
    from fullfile.core.errors import Refused
    from fullfile.server.actions import office as actions

    if name not in _LISTS and len(values) > 1:
        raise Refused(f"{name} takes one value: {len(values)} were given.")
    parts = [part for value in values for part in value.split(",") if part.strip()]
    value = parts if name in _LISTS else values[0]
    index = actions.change_setting(name, value, person(by), now_ms=now_ms())
    say(f"From now on {name} is {_said(value)}. Recorded as entry {index:,}.")


def _said(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _number(value: object) -> object:
    """A setting that is a number, as one; others as they are."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        return int(value)
    try:
        return float(value)
    except ValueError:
        return value
