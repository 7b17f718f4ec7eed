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
    progress,
    say,
)
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office

if TYPE_CHECKING:
    from fullfile.core.verify import LogReport

__all__ = ["add_to", "show_report"]


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
    log.command(
        "checkpoint",
        help=explain(
            "Sign the record's head, and print the checkpoint.",
            "A few lines of text: the log's name, its size, its root, a signature. Whoever keeps it can see later "
            "whether anything before it was changed. Exit status: 0 done, 2 could not be done.",
            examples=(
                "fullfile log checkpoint",
                "fullfile log checkpoint --output checkpoint-2026-11-23.txt",
            ),
        ),
    )(_checkpoint)
    log.command(
        "export",
        help=explain(
            "Publish the log as files that anybody can mirror and check.",
            "Only leaves go out: numbers, times and salted digests, no content. DIR may hold an earlier export of "
            "the same log; the key lies beside as log.vkey. Exit status: 0 done, 2 could not be done.",
            examples=("fullfile log export record/", "fullfile log verify record/"),
        ),
    )(_export)
    log.command(
        "prove",
        help=explain(
            "The proof that one entry is in the record, as a file to hand on.",
            "The proof shows no other entry and no content; `fullfile log verify FILE` checks it without the "
            "office. Exit status: 0 done, 2 could not be done.",
            examples=("fullfile log prove 31 --output entry-31.proof",),
        ),
    )(_prove)


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
        found = _verify_home(context, vkey, since)
    show_report(found, form, output)
    if not found.ok:
        raise typer.Exit(1)


def show_report(found: LogReport, form: Format, output: Path | None) -> None:
    """The outcome of a check in the form that was asked for."""
    from fullfile.cli import verify

    if form is Format.JSON:
        emit(verify.report_as_json(found), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        rows = verify.report_as_csv_rows(found)
        emit(render_csv(("code", "text", "path", "index"), rows), output)
    else:
        lines = "".join(f"{line}\n" for line in verify.report_lines(found))
        if output is None:
            say(lines)
        else:
            emit(lines, output)


def _verify_home(context: typer.Context, vkey: str | None, since: Path | None) -> LogReport:
    """Check the office's own record, and whether it continues a checkpoint kept from earlier."""
    from dataclasses import replace

    from fullfile.cli.verify import read_file
    from fullfile.core.verify import Finding

    earlier = None if since is None else read_file(since)
    open_office(context, warn=False)
    from fullfile.server.store.check import check_record

    with progress() as show:
        found = check_record(vkey=vkey, progress=lambda done, of: show("entries", done, of))
    # The office's own key says no more than a key beside an export does.
    found = replace(found, key_given=vkey is not None)
    if earlier is None:
        return found
    from fullfile.core.errors import RecordDamaged
    from fullfile.core.tlog import VerifierKey, open_checkpoint
    from fullfile.server.store import checkpoints

    key = VerifierKey.parse(vkey) if vkey else checkpoints.verifier()
    try:
        head = open_checkpoint(earlier, [key])
    except RecordDamaged as error:
        wrong = Finding("since", f"{since} is no checkpoint of this log: {error}", str(since))
        return replace(found, findings=(*found.findings, wrong))
    try:
        same = checkpoints.root_at(head.size) == head.root
    except RecordDamaged:
        same = False
    if same:
        return replace(found, since_size=head.size)
    text = f"The first {head.size:,} entries are not those of {since}: the record was changed."
    wrong = Finding("not_continued", text, str(since))
    return replace(found, since_size=head.size, findings=(*found.findings, wrong))


def _checkpoint(
    context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None
) -> None:
    open_office(context)
    from fullfile.core.errors import NotFound
    from fullfile.core.tlog import open_checkpoint
    from fullfile.core.tlog.base64text import to_base64
    from fullfile.server.store import checkpoints

    # Every act of recording signs its head, and opening the office puts it outside the database.
    signed = checkpoints.find_signed()
    if signed is None:
        raise NotFound("This record has no entry yet, so there is nothing to sign.")
    head = open_checkpoint(signed, [checkpoints.verifier()])
    data = {
        "origin": head.origin,
        "size": head.size,
        "root": to_base64(head.root),
        "checkpoint": signed.decode(),
    }
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(data), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        emit(render_csv(tuple(data), [data.values()]), output)
    else:
        emit(signed.decode(), output)


def _export(
    context: typer.Context,
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to; made if it is not there.")
    ],
) -> None:
    open_office(context)
    from fullfile.server.store.export_log import export_log

    with progress() as show:
        size = export_log(directory, progress=lambda done, of: show("entries", done, of))
    say(
        f"The log of {size:,} entries lies in {directory}, its key in {directory / 'log.vkey'}.\n"
        f"Anybody can check it: fullfile log verify {directory}\n"
    )


def _prove(
    context: typer.Context,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="The entry's number, from 0.", min=0)
    ],
    output: OutputOption = None,
) -> None:
    open_office(context)
    from fullfile.server.store.prove import prove

    emit(prove(entry).decode(), output)
