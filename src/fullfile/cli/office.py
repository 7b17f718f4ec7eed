"""Open the office that was meant, before a command reads or writes its record."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from fullfile.cli.console import Office, note, office_of
from fullfile.core.errors import NotFound, RecordDamaged

if TYPE_CHECKING:
    from fullfile.server.store.office import Office as Opened

__all__ = ["open_home", "open_office"]


def open_office(context: typer.Context, *, warn: bool = True) -> Opened:
    """Point the program at the office and see that its record is the one that was signed last.

    A damaged record is said on stderr, and reading goes on: writing is stopped by the record itself.

    Raises:
        NotFound: there is no office there.
    """
    return open_home(office_of(context), warn=warn)


def open_home(office: Office, *, warn: bool = True, pages: bool = False) -> Opened:
    """As `open_office`, for a home. Whoever checks the record anyway needs no warning of it."""
    from fullfile.server.settings.configuration import DATABASE_FILE, configure

    embedded = not os.environ.get("DATABASE_URL")
    if not office.home.is_dir() or (embedded and not (office.home / DATABASE_FILE).is_file()):
        raise _none(office)
    configure(office.home.resolve(), pages=pages)
    from django.db import ProgrammingError

    from fullfile.server.store import checkpoints
    from fullfile.server.store.office import find_office
    from fullfile.server.store.upgrade import bring_up_to_date

    try:
        found = find_office()
    except ProgrammingError:  # an empty database: no table yet
        found = None
    if found is None:
        raise _none(office)
    if bring_up_to_date():
        note(
            "fullfile: The office was made by an earlier version; its tables were brought up to date."
        )
    try:
        checkpoints.check_start()
    except RecordDamaged as error:
        if warn:
            note(
                f"fullfile: The record failed its check: {error} Nothing can be recorded until it is mended."
            )
    return found


def _none(office: Office) -> NotFound:
    where = "named with --home or FULLFILE_HOME" if office.named else "the default"
    return NotFound(
        f"There is no office in {office.home} ({where}): begin one with `fullfile init`, or name "
        "its home with --home DIR."
    )
