"""Where words go: answers to stdout or a file, everything else to stderr.

A closed pipe (`fullfile match | head`) is no error. Progress is shown on
stderr, and only where somebody can see it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.core.errors import Unavailable

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "Format",
    "FormatOption",
    "Office",
    "OutputOption",
    "PageFormat",
    "PageFormatOption",
    "Progress",
    "emit",
    "emit_rich",
    "note",
    "office_of",
    "progress",
    "say",
    "steps",
]

_WIDEST = 100
"""Sentences are read best in lines no longer than this."""


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class PageFormat(StrEnum):
    """How an answer is written that has a page of its own."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"


PageFormatOption = Annotated[
    PageFormat,
    typer.Option("--format", help="For people (table, html) or for programs (json, csv)."),
]
FormatOption = Annotated[
    Format, typer.Option("--format", help="For people (table) or for programs (json, csv).")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", help="Write to this file instead of the screen."),
]


@dataclass(frozen=True, slots=True)
class Office:
    """Which office was meant: its home, and whether somebody named it."""

    home: Path
    named: bool


def office_of(context: typer.Context) -> Office:
    """The office that the options before the command name."""
    found = context.find_root().obj
    return found if isinstance(found, Office) else Office(Path("fullfile-home"), named=False)


def emit(text: str, output: Path | None = None) -> None:
    """Write an answer. A file appears whole or not at all.

    Raises:
        Unavailable: the file cannot be written.
    """
    if output is not None:
        _write_file(text, output)
        return
    try:
        sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _close_stdout()  # the reader went away; the exit status stays
    except OSError:
        _close_stdout()  # or Python would try again at its end, and give a status of its own
        raise


def _close_stdout() -> None:
    """What is still to be written goes nowhere."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # a device
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def emit_rich(found: RenderableType, output: Path | None = None) -> None:
    """Write an answer made for people: in colour on a terminal, plain elsewhere."""
    from rich.console import Console

    screen = output is None and sys.stdout.isatty()
    if screen:
        console = Console(highlight=False)
        wide = min(console.width, _WIDEST)
        with console.capture() as captured:
            console.print(found, width=wide, crop=False)
        emit(captured.get(), None)
        return
    import io

    plain = io.StringIO()
    width = _plain_width()
    Console(
        file=plain, highlight=False, width=width, color_system=None, force_terminal=False
    ).print(found, crop=False)
    emit("".join(f"{line.rstrip()}\n" for line in plain.getvalue().splitlines()), output)


def say(text: str) -> None:
    """Sentences for people, to stdout; on a terminal they break between words."""
    if not sys.stdout.isatty():
        emit(text)
        return
    width = max(40, min(shutil.get_terminal_size().columns, _WIDEST))
    lines = text.rstrip("\n").split("\n")
    emit("\n".join(_wrapped(line, width) for line in lines))


def note(text: str) -> None:
    """One line that is not the answer, to stderr; on a terminal it breaks between words."""
    if sys.stderr.isatty() and "\n" not in text:
        text = _wrapped(text, max(40, min(shutil.get_terminal_size().columns, _WIDEST)))
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


Progress = Callable[[str, int, int | None], None]
"""Tells what is being done, how far it is, and of how many (None: not known)."""


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """Progress on stderr where it is a terminal; elsewhere nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, object] = {}
    with bars:

        def show(what: str, done: int, of: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            task = tasks[what]
            bars.update(task, completed=done, total=of)  # type: ignore[arg-type]  # Rich's own id

        yield show


@contextlib.contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """The step that is being done, on stderr where it is a terminal; elsewhere nothing is shown."""
    if not sys.stderr.isatty():
        yield lambda _what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


def _wrapped(text: str, width: int) -> str:
    """Text in lines of at most a width; paths, keys and digests stay in one piece."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _plain_width() -> int:
    """The width of text that is no terminal's: COLUMNS where it is set, else 80."""
    columns = os.environ.get("COLUMNS", "")
    return min(int(columns), _WIDEST) if columns.isdigit() and int(columns) >= 40 else 80


def _write_file(text: str, output: Path) -> None:
    if output.is_dir():
        raise Unavailable(f"{output} is a folder: name a file with --output.")
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        made = Path(name)
        made.chmod(0o666 & ~_umask())
        made.replace(output)
    except OSError as error:
        raise Unavailable(
            f"{output} cannot be written ({(error.strerror or 'unknown reason').lower()}): name another file "
            "with --output, or make room."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
