"""The entry point: which office is meant, which command, and how it ends.

Exit status (contract, section 3): 0 done and nothing to report; 1 done, and
there is something to look at; 2 could not be done. An error is one sentence:
what, where, what to do; never a traceback, unless FULLFILE_DEBUG=1 asks for it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from fullfile import __version__
from fullfile.cli import (
    bench,
    certify,
    deadline,
    demo,
    doctor,
    duties,
    erase,
    handed_over,
    impact,
    imports,
    init,
    jobs,
    knew,
    link,
    log,
    match,
    packs,
    rebuild,
    schedule,
    serve,
    settings,
    standing,
)
from fullfile.cli.console import Office, note
from fullfile.cli.explain import explain
from fullfile.core.errors import FullfileError, Refused

__all__ = ["app", "main", "sentences"]

app = typer.Typer(
    name="fullfile",
    help=explain(
        "The account of criminal evidence: what is held = what is on the file = what each defendant got.",
        "`fullfile demo` shows all of it on a public case. Exit status: 0 done, nothing to report; 1 done, and "
        "there is something to look at; 2 could not be done.",
        examples=(
            'fullfile init --office "Example County" --jurisdiction us-nm',
            "fullfile import items property-room.csv --source property-room",
            "fullfile match",
        ),
    ),
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  # Typer hands it over so
    if wanted:
        sys.stdout.write(f"fullfile {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            metavar="DIR",
            envvar="FULLFILE_HOME",
            show_envvar=False,
            help="The office's home (else FULLFILE_HOME, else ./fullfile-home): database, files, keys.",
        ),
    ] = None,
    _version: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and stop."
        ),
    ] = False,  # Typer's way of an option
) -> None:
    # An empty FULLFILE_HOME says nothing; it does not mean the folder one stands in.
    context.obj = Office(Path(home or "fullfile-home"), named=bool(home))


init.add_to(app)
imports.add_to(app)
match.add_to(app)
link.add_to(app)
standing.add_to(app)
knew.add_to(app)
impact.add_to(app)
deadline.add_to(app)
duties.add_to(app)
packs.add_to(app)
schedule.add_to(app)
certify.add_to(app)
log.add_to(app)
handed_over.add_to(app)
settings.add_to(app)
rebuild.add_to(app)
erase.add_to(app)
doctor.add_to(app)
bench.add_to(app)
serve.add_to(app)
jobs.add_to(app)
demo.add_to(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A screen that knows no quotation marks still gets the sentence.
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # tests' streams
    try:
        status = get_command(app).main(
            args=None if argv is None else list(argv), prog_name="fullfile", standalone_mode=False
        )
    except BrokenPipeError:
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except Exception as error:  # noqa: BLE001  # the outermost door
        return _fail(error)
    return status if isinstance(status, int) else 0


def _fail(error: Exception) -> int:
    """Say what went wrong, in sentences, and give the exit status."""
    if os.environ.get("FULLFILE_DEBUG") == "1":
        traceback.print_exception(error)
    if type(error).__name__ == "NoArgsIsHelpError":
        note(str(error.format_message()).rstrip())  # type: ignore[attr-defined]  # a usage error has it
        return 2
    for sentence in sentences(error):
        note(f"fullfile: {sentence}")
    return 2


def sentences(error: Exception) -> list[str]:
    """An error in sentences for a person: what, where, what to do."""
    if isinstance(error, Refused):
        return [reason.text for reason in error.reasons]
    if isinstance(error, FullfileError):
        return [str(error)]
    if hasattr(error, "format_message"):  # a mistake in what was typed
        return _usage(error)
    return [_unforeseen(error)]


def _unforeseen(error: Exception) -> str:
    """The sentence for what no part of Fullfile raised itself."""
    if _is_of(error, "DatabaseError", "InterfaceError"):
        return (
            f"The database could not be used ({_first_line(error)}): see that it runs, that "
            "DATABASE_URL and --home are right, and that there is room on the disk; nothing was changed."
        )
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else "The system says: "
        return (
            f"{where}{(error.strerror or _first_line(error)).lower()}; see that it is there, that you may "
            "use it, and that there is room on the disk. The record was not changed."
        )
    if isinstance(error, MemoryError):
        return "There is not enough memory for this; the record was not changed."
    return (
        f"This should not happen: {type(error).__name__}: {_first_line(error)}. Please report it with "
        "what you typed; the record was not changed. (FULLFILE_DEBUG=1 shows where.)"
    )


def _usage(error: Exception) -> list[str]:
    said = str(error.format_message()).strip()  # type: ignore[attr-defined]  # looked for above
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "fullfile"
    ending = "" if said.endswith((".", "?", "!")) else "."
    return [f"{said}{ending} See “{path} --help”."]


def _is_of(error: Exception, *names: str) -> bool:
    """Whether an error is of a family of the database drivers, none of which is imported here."""
    return any(one.__name__ in names for one in type(error).__mro__)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else "no further words"
