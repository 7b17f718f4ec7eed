"""`rebuild`: make every read table again from the record."""

from __future__ import annotations

import typer

from fullfile.cli.console import progress, say
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "rebuild",
        help=explain(
            "Make every read table again from the record.",
            "The record itself is only read. Use it after an update, or where `fullfile doctor` says so. All or "
            "nothing: until it is done the old tables stay. Exit status: 0 done, 2 could not be done.",
            examples=("fullfile rebuild",),
        ),
    )(_rebuild)


def _rebuild(context: typer.Context) -> None:
    open_office(context)
    from fullfile.server.store.rebuild import rebuild

    with progress() as show:
        size = rebuild(progress=lambda done, of: show("entries", done, of))
    say(f"The read tables were made again from {size:,} entries.")
