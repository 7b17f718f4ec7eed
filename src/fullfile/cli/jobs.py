"""`jobs`: a worker for long work, beside the one that `serve` brings."""

from __future__ import annotations

from typing import Annotated

import typer

from fullfile.cli.console import note, office_of
from fullfile.cli.explain import explain

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "jobs",
        help=explain(
            "Do the long work of the office: imports, suggestions, boards, the nightly check.",
            "`fullfile serve` runs one such worker by itself. A bigger office on PostgreSQL runs more of them, on this "
            "machine or on another one that shares the home. Each takes one job at a time; one that is killed "
            "loses nothing: its job is begun anew. Stop it with Ctrl-C. Exit status: 0 stopped, 2 could not be started.",
            examples=("fullfile jobs", "fullfile jobs --once"),
        ),
    )(_jobs)


def _jobs(
    context: typer.Context,
    once: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--once", help="Do what waits now, then stop.")
    ] = False,
    parent: Annotated[
        int | None,
        typer.Option("--parent", hidden=True, help="End when this process is not the parent."),
    ] = None,
) -> None:
    from fullfile.cli.office import open_home

    open_home(office_of(context), pages=True, warn=parent is None)
    from fullfile.server.actions.serving import is_behind, prepare_pages
    from fullfile.server.jobs import run_worker, work_off

    if parent is None or is_behind():  # a server that began this one has seen to it, as a rule
        prepare_pages()
    if once:
        done = len(work_off())
        note(f"{done} job{'' if done == 1 else 's'} done.")
        return
    if parent is None:
        note("Doing the office's long work. Stop it with Ctrl-C.")
    run_worker(parent=parent)
