"""`erase`: the content of one entry, by order of a court. The proofs and the line stay."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import say
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office
from fullfile.core.errors import Refused

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "erase",
        help=explain(
            "Erase the content of one entry by order of a court.",
            "Names, words and reasons of the entry are gone for good; numbers, dates and words of closed "
            'lists stay, so that no line vanishes ("erased by order …"). Every proof still holds, and the '
            "erasure is itself an entry. Asked again before it is done; --yes answers beforehand. Exit status: "
            "0 done, 2 could not be done.",
            examples=(
                'fullfile erase 4127 --order "Second Judicial District, order of March 3, 2026"',
            ),
        ),
    )(_erase)


def _erase(
    context: typer.Context,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="The entry's number, from 0.", min=0)
    ],
    order: Annotated[
        str, typer.Option("--order", metavar="TEXT", help="The order: court, date, number.")
    ],
    by: ByOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,  # noqa: FBT002
) -> None:
    open_office(context)
    from fullfile.server.actions import office as actions

    if not yes and not sys.stdin.isatty():
        raise Refused(
            f"Erasing entry {entry:,} cannot be taken back: say --yes if it shall be done."
        )
    if not yes:
        typer.confirm(
            f"Erase the content of entry {entry:,} for good, by order “{order.strip()}”?",
            abort=True,
        )
    index = actions.erase(entry, order, person(by), now_ms=now_ms())
    say(
        f"The content of entry {entry:,} is erased; that it was is entry {index:,}. Entry, tree and proofs stay. "
        "Copies in backups are not touched by this."
    )
