"""The clock of the machine, read here and handed on to all that needs the time; and who is typing."""

from __future__ import annotations

import getpass
import os
import time
from datetime import UTC, datetime, tzinfo
from typing import Annotated

import typer

from fullfile.core.errors import Refused

__all__ = ["ByOption", "now", "now_ms", "person"]

ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help="Who does this, for the record. Default: the name you signed in with.",
    ),
]


def now_ms() -> int:
    """The present moment, UTC milliseconds."""
    return time.time_ns() // 1_000_000


def now(zone: tzinfo = UTC) -> datetime:
    """The present moment on a clock."""
    return datetime.fromtimestamp(now_ms() / 1000, zone)


def person(by: str | None) -> str:
    """Who is acting. Nothing anonymous goes into the record.

    Raises:
        Refused: no name was given and the machine knows none.
    """
    if by is not None and by.strip():
        return by.strip()
    try:
        name = os.environ.get("FULLFILE_BY", "").strip() or getpass.getuser()
    except (KeyError, OSError, ImportError) as error:
        raise Refused("The record needs a name: say who you are with --by NAME.") from error
    return name
