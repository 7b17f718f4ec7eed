"""`log`: sign the record's head, publish it, prove one entry, check it all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.console import (
    Format,
    FormatOption,
    OutputOption,
    emit,
)
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from fullfile.core.verify import LogReport

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    log = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(
        log,
        name="log",
        help=(
            "The record as a log that anybody can check: sign, publish, prove, verify.\n\n"
            "\b\n"
            "fullfile log verify\n"
            "fullfile log export record/"
        ),
    )
    log.command(
        "verify",
        help=explain(
            "Check a log: every entry, the tree, the signature.",
            "With DIR or FILE it needs no database and no office. Without, it checks the home's record: bodies "
            "against digests, leaves, tree, and the checkpoint that lies outside the database.",
            'Without --key the answer is "consistent, and signed by this key": compare the fingerprint with the '
            "one that the office gave you in another way. Exit status: 1 where the check fails.",
            examples=(
                "fullfile log verify",
                "fullfile log verify record/ --key office.vkey --since earlier-checkpoint",
            ),
        ),
    )(_verify)


def _verify(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR|FILE",
            help="An exported log, a checkpoint or a proof. Without it: the home's own record.",
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="VKEY",
            help="The office's key, or a file that holds it, from elsewhere.",
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="CHECKPOINT",
            help="A checkpoint kept from earlier: does this log continue it?",
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    from fullfile.cli import verify

    vkey = verify.read_key(key)
    if path is not None:
        found = verify.check_path(path, vkey=vkey, since=since)
    else:
        open_office(context)
        raise NotImplementedError
    _show(found, form, output)
    if not found.ok:
        raise typer.Exit(1)


def _show(found: LogReport, form: Format, output: Path | None) -> None:
    from fullfile.cli import verify

    if form is Format.JSON:
        emit(verify.report_as_json(found), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        rows = verify.report_as_csv_rows(found)
        emit(render_csv(("code", "text", "path", "index"), rows), output)
    else:
        emit("".join(f"{line}\n" for line in verify.report_lines(found)), output)
