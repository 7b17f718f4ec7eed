"""`demo`: the worked example, from nothing to what follows, in a home of its own.

The tables are those of examples/state-v-baldwin: a public case, with the
numbers that are not public invented and marked so. The demonstration keeps to
its own home, always with the embedded database, and touches no other office.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli.clock import now_ms
from fullfile.cli.console import emit_rich, office_of, progress
from fullfile.cli.explain import explain
from fullfile.core.errors import NotFound, Refused

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["add_to", "find_example", "load_demonstration"]

_NAME = "Worked example"
_BY = "fullfile demo"
_HOME = Path("fullfile-demo-home")
_STORY = (
    "On March 6, 2024 a sheriff's office was handed some rounds of ammunition. They were booked under a "
    "number of their own, were never put on the file of the case, and the defence learned of them from the "
    "trial. On July 12 the charge was dismissed with prejudice. What would the record have said, and what follows?"
)


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "demo",
        help=explain(
            "Show the worked example: a public case, from nothing to the match.",
            "It makes an office of its own in ./fullfile-demo-home (or --home DIR), loads the tables of State v. "
            "Baldwin and tells the story: the gap on the day, the certificate refused, the ruling, why the charge "
            "cannot be brought again, what it touches. It never touches another office. Exit status: 0 done, 2 "
            "could not be done.",
            examples=("fullfile demo", "fullfile --home /tmp/demo demo --no-serve"),
        ),
    )(_demo)


def _demo(
    context: typer.Context,
    no_serve: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--no-serve", help="Print and stop; do not open the web office.")
    ] = False,
    only_serve: Annotated[  # noqa: FBT002 - likewise
        bool, typer.Option("--only-serve", hidden=True, help="Serve a demonstration that is there.")
    ] = False,
) -> None:
    given = office_of(context)
    home = given.home if given.named else _HOME
    if only_serve:
        from fullfile.cli.serve import serve_demonstration

        _open(home)
        serve_demonstration(home.resolve())
        return
    load_demonstration(home, find_example())
    _show(home)
    if not no_serve:
        # A process of its own: what read the office (DuckDB, Arrow) does not outlive the server's forks.
        sys.stdout.flush()
        again = [sys.executable, "-m", "fullfile", "--home", str(home.resolve()), "demo"]
        os.execv(sys.executable, [*again, "--only-serve"])  # noqa: S606 - our own program


def _open(home: Path) -> None:
    """Point the process at a demonstration's home; any other office is refused."""
    from fullfile.server.settings.configuration import DATABASE_FILE, configure

    if not (home / DATABASE_FILE).is_file():
        raise _foreign(home)
    os.environ["FULLFILE_TLS"] = "off"
    configure(home.resolve(), database_url="", pages=True)
    from fullfile.server.store.office import find_office

    found = find_office()
    if found is None or found.name != _NAME or found.origin != "worked.example/log":
        raise _foreign(home)


def find_example() -> Path:
    """The folder of the example's tables: in a checkout, or inside the installed package.

    Raises:
        NotFound: it is in neither place.
    """
    import fullfile

    package = Path(fullfile.__file__).resolve().parent
    for base in (package / "examples", package.parents[1] / "examples"):
        if (base / "state-v-baldwin" / "items.csv").is_file():
            return base / "state-v-baldwin"
    raise NotFound(
        "The tables of the example did not come with this installation: install Fullfile again, or run "
        "script/demo in a checkout."
    )


def load_demonstration(home: Path, folder: Path) -> None:
    """The office of the worked example, with one person for every role."""
    _load(home, folder)
    from fullfile.server.actions.demonstration import make_people
    from fullfile.server.actions.serving import prepare_pages

    prepare_pages()
    make_people(actor=_BY, now_ms=now_ms())


def _load(home: Path, folder: Path) -> None:
    """Make the office unless it is there, and read the tables; the same rows again change nothing."""
    from fullfile.server.settings.configuration import DATABASE_FILE, configure

    fresh = not home.exists() or (home.is_dir() and not any(home.iterdir()))
    if not fresh and not (home / DATABASE_FILE).is_file():
        raise _foreign(home)
    os.environ["FULLFILE_TLS"] = "off"  # on this machine only, with no proxy in front
    configure(home.resolve(), database_url="", pages=True)
    from fullfile.server.actions.imports import import_directory
    from fullfile.server.actions.office import change_setting, open_office
    from fullfile.server.store.office import find_office
    from fullfile.server.store.overview import list_settings

    if fresh:
        open_office(
            home.resolve(),
            _NAME,
            "us-nm",
            "America/Denver",
            "worked.example/log",
            by=_BY,
            now_ms=now_ms(),
        )
    else:
        found = find_office()
        if found is None or found.name != _NAME or found.origin != "worked.example/log":
            raise _foreign(home)
    with progress() as show:
        for part, source in ((folder, "press"), (folder / "second-accounts", "second-accounts")):
            report = import_directory(
                directory=part, source=source, by=_BY, now_ms=now_ms(), progress=show
            )
            if report.problems:
                raise Refused(
                    f"The example's own tables cannot be read ({report.problems[0]}): install Fullfile again."
                )
    from fullfile.server.actions.link import run_link

    if not any(setting.name == "source_rank" for setting in list_settings()):
        change_setting("source_rank", ["press", "second-accounts"], _BY, now_ms=now_ms())
    if fresh:
        run_link(_BY, now_ms=now_ms())


def _foreign(home: Path) -> Refused:
    return Refused(
        f"{home} holds something else than the demonstration: name an empty folder, as in "
        "`fullfile --home DIR demo`."
    )


def _show(home: Path) -> None:
    from rich.console import Group
    from rich.rule import Rule
    from rich.text import Text

    from fullfile.cli import story

    chapters = (
        (
            "March 6, 2024",
            "The rounds are booked, under a number that no case lists",
            story.tell_booking(),
        ),
        (
            "July 10, 2024",
            "Two days before the ruling: testimony begins, and nobody has raised it yet",
            story.tell_day(date(2024, 7, 10)),
        ),
        (
            "The same day",
            "Could the prosecution have certified that everything was disclosed?",
            story.tell_certificate(date(2024, 7, 10)),
        ),
        (
            "July 12, 2024",
            "The day of the ruling: the judge has opened the envelope in court",
            story.tell_day(date(2024, 7, 12)),
        ),
        (
            "Why can he not be charged again?",
            "The day after the ruling, and after the State withdrew its appeal",
            story.tell_standing(date(2024, 7, 13), date(2024, 12, 24)),
        ),
        (
            "What does it touch?",
            "The co-defendant, a civil suit, and what was still to be done on February 1, 2025",
            story.tell_impact(date(2025, 2, 1)),
        ),
    )
    parts: list[RenderableType] = [
        Text("State of New Mexico v. Baldwin", style="bold"),
        Text(
            "A public case. Only the two defendants are named; numbers that are not public are made up."
        ),
        Text(),
        Text(_STORY),
    ]
    for title, what, told in chapters:
        parts += [Text(), Rule(style="dim", characters="─"), Text(title, style="bold"), Text(what)]
        parts += [Text(), *told]
    program = _program()
    parts.extend(
        [
            Text(),
            Rule(style="dim", characters="─"),
            Text("Where to go next", style="bold"),
            *(
                Text(f"  {line}", no_wrap=True, overflow="ignore")
                for line in (
                    f"export FULLFILE_HOME={home}",
                    f"{program} match --on 2024-07-10 --format html --output match.html",
                    f"{program} duties {story.CASE} --on 2024-07-10",
                    f"{program} schedule {story.CASE} --defendant Baldwin --format pdf --output schedule.pdf",
                    f"{program} log verify",
                    f"{program} --help",
                )
            ),
            Text(),
            Text("Nothing here is legal advice.", style="dim"),
        ]
    )
    emit_rich(Group(*parts))


def _program() -> str:
    """How this program was called, so that the printed commands can be typed."""
    import os
    import shutil
    import sys

    called = Path(sys.argv[0])
    found = shutil.which("fullfile")
    if called.name != "fullfile" or (found and Path(found).resolve() == called.resolve()):
        return "fullfile"
    return os.path.relpath(called)
