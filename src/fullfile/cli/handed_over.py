"""Check the package of a production that was handed over: on one's own machine, without the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fullfile.cli.console import Format, FormatOption, OutputOption
from fullfile.cli.explain import explain
from fullfile.cli.log import show_report

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "verify",
        help=explain(
            "Check the package of a production: every file, the manifest, the signature.",
            "PACKAGE is the zip as it was given out, or the folder unpacked from it. Nothing is unpacked, and neither "
            "a database nor an office is needed.",
            "Without --key the answer is “signed by this key”: compare the fingerprint with the one that the office "
            "gave you in another way. Exit status: 1 where the check fails.",
            examples=(
                "fullfile verify production-5.zip",
                "fullfile verify production-5/ --key office.vkey",
            ),
        ),
    )(_verify)


def _verify(
    path: Annotated[
        Path, typer.Argument(metavar="PACKAGE", help="The zip, or the folder unpacked from it.")
    ],
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="VKEY",
            help="The office's key, or a file that holds it, from elsewhere.",
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    from fullfile.cli import verify
    from fullfile.cli.package_files import open_package
    from fullfile.core.verify import verify_package

    found = verify_package(open_package(path), vkey=verify.read_key(key))
    show_report(found, form, output)
    if not found.ok:
        raise typer.Exit(1)
