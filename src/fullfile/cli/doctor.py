"""`doctor`: is this installation sound? Each check is a line, and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from fullfile.cli.console import Format, FormatOption, Office, OutputOption, emit, office_of
from fullfile.cli.explain import explain
from fullfile.core.errors import FullfileError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Check", "add_to", "examine"]

_ROOM = 1 << 30
"""Less room than this (1 GiB) is a finding."""
_CROWD = 20
"""A report number of more cases than this joins none (contract, section 1)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, whether it is sound, what was found, what to do."""

    name: str
    ok: bool
    text: str
    do: str = ""


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "doctor",
        help=explain(
            "Is this installation sound? One line for each check.",
            "It looks at versions, home, database, key, the checkpoint outside the database, disk, packs, clock "
            "and report numbers that too many cases share. It changes nothing. Whether the record itself is whole "
            "is told by `fullfile log verify`. Exit status: 0 sound, 1 a finding.",
            examples=("fullfile doctor",),
        ),
    )(_doctor)


def _doctor(
    context: typer.Context, form: FormatOption = Format.TABLE, output: OutputOption = None
) -> None:
    checks = examine(office_of(context))
    bad = [check for check in checks if not check.ok]
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        rows = [
            {"check": each.name, "ok": each.ok, "text": each.text, "do": each.do or None}
            for each in checks
        ]
        emit(render_json({"ok": not bad, "findings": len(bad), "checks": rows}), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        cells = ((each.name, each.ok, each.text, each.do) for each in checks)
        emit(render_csv(("check", "ok", "text", "do"), cells), output)
    else:
        _print(checks, len(bad), output)
    if bad:
        raise typer.Exit(1)


def _print(checks: list[Check], bad: int, output: Path | None) -> None:
    from rich.console import Group
    from rich.text import Text

    from fullfile.cli.console import emit_rich
    from fullfile.cli.grids import grid

    head = "This installation is sound." if not bad else f"{bad} finding{'' if bad == 1 else 's'}."
    rows = [
        [
            "ok" if each.ok else "FINDING",
            each.name,
            each.text if each.ok else f"{each.text} {each.do}".strip(),
        ]
        for each in checks
    ]
    top = Text(head, style="bold green" if not bad else "bold red")
    emit_rich(Group(top, Text(), grid((), rows)), output)


def examine(office: Office) -> list[Check]:
    """Every check, in an order in which one builds on the other."""
    checks = [*_versions(), *_packs(office.home)]
    found = _home(office)
    checks.extend(found)
    if not all(check.ok for check in found):
        return checks
    for look in (_database, _key, _head, _clock, _law, _crowds):
        try:
            checks.extend(look(office))
        except FullfileError as error:
            checks.append(Check(_NAMES[look], ok=False, text=str(error)))
        except Exception as error:  # noqa: BLE001  # one broken part must not hide the others
            lines = str(error).strip().splitlines() or [type(error).__name__]
            checks.append(
                Check(
                    _NAMES[look],
                    ok=False,
                    text=f"It could not be looked at ({lines[0]}).",
                    do="See that the database runs and that DATABASE_URL and --home are right.",
                )
            )
            if look is _database:
                break
    return checks


def _versions() -> list[Check]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    from fullfile import __version__

    checks = [
        Check("Fullfile", ok=True, text=f"{__version__} on Python {platform.python_version()}.")
    ]
    found, lacking = [], []
    for name in ("django", "cryptography", "duckdb", "ibis-framework", "pyarrow", "psycopg"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lacking.append(name)
    if lacking:
        text = f"{', '.join(lacking)}: not installed."
        return [*checks, Check("Parts", ok=False, text=text, do="Install Fullfile again.")]
    return [*checks, Check("Parts", ok=True, text=f"{', '.join(found)}.")]


def _packs(home: Path) -> list[Check]:
    from fullfile.engines.packs.library import load_calendars, load_packs

    packs, calendars = load_packs(home), load_calendars(home)
    problems = [*packs.problems, *calendars.problems]
    names = ", ".join(f"{pack.id} {pack.version}" for pack in packs) or "none"
    if not problems and len(packs):
        return [Check("Packs", ok=True, text=f"{names}; {len(calendars.by_id)} calendar(s).")]
    if not len(packs):
        return [
            Check("Packs", ok=False, text="No pack can be read.", do="Install Fullfile again."),
        ]
    return [
        Check("Packs", ok=False, text=f"{problem}", do="Mend the file, or take the pack away.")
        for problem in problems
    ]


def _home(office: Office) -> list[Check]:
    import os
    import shutil

    home = office.home
    if not home.is_dir():
        return [
            Check(
                "Home",
                ok=False,
                text=f"There is no office in {home}.",
                do="Begin one with `fullfile init`, or name its home with --home DIR.",
            )
        ]
    checks = []
    if os.access(home, os.R_OK | os.W_OK | os.X_OK):
        checks.append(Check("Home", ok=True, text=f"{home.resolve()}."))
    else:
        checks.append(
            Check(
                "Home",
                ok=False,
                text=f"{home.resolve()} cannot be read and written by you.",
                do="Run as the user who owns it, or give yourself the right.",
            )
        )
    free = shutil.disk_usage(home).free
    room = f"{free / (1 << 30):,.1f} GiB free."
    checks.append(
        Check(
            "Disk",
            ok=free >= _ROOM,
            text=room,
            do="" if free >= _ROOM else "Make room: 1 GiB or more.",
        )
    )
    return checks


def _database(office: Office) -> list[Check]:
    import os

    from fullfile.server.settings.configuration import DATABASE_FILE, configure

    place = office.home / DATABASE_FILE
    if not os.environ.get("DATABASE_URL") and not place.is_file():
        return [
            Check(
                "Database",
                ok=False,
                text=f"{place} is not there.",
                do="Begin an office with `fullfile init`, restore a backup, or set DATABASE_URL.",
            )
        ]
    configure(office.home.resolve())
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        import sqlite3

        kind = f"SQLite {sqlite3.sqlite_version}, in {place.name}."
    else:
        number = str(connection.pg_version)  # type: ignore[attr-defined]  # PostgreSQL's connection has it
        kind = f"PostgreSQL {number[:-4]}.{int(number[-4:])}."
    executor = MigrationExecutor(connection)
    # The record's tables: those of the pages are made when `fullfile serve` first opens the office.
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes("store"))
    tables = (
        Check("Tables", ok=True, text="They are those of this version.")
        if not waiting
        else Check(
            "Tables",
            ok=False,
            text=f"{len(waiting)} change(s) of the tables are not made yet.",
            do="Open the office once, for example with `fullfile match`: that makes them.",
        )
    )
    return [Check("Database", ok=True, text=kind), tables]


def _key(office: Office) -> list[Check]:
    from fullfile.server.store import checkpoints
    from fullfile.server.store.office import get_office

    opened = get_office()
    place = office.home / checkpoints.KEY_FILE
    known = checkpoints.verifier()
    mode = place.stat().st_mode & 0o777
    if mode & 0o077:
        return [
            Check(
                "Key",
                ok=False,
                text=f"{place} can be read by others (mode {mode:o}).",
                do=f"Run: chmod 600 {place}",
            )
        ]
    if known.vkey != opened.vkey:
        return [
            Check(
                "Key",
                ok=False,
                text="The signing key is not the one that the office opened its record with.",
                do="Put the right one back from your backup.",
            )
        ]
    return [Check("Key", ok=True, text="Present, private, and the one that the record names.")]


def _head(_office: Office) -> list[Check]:
    from fullfile.server.store import checkpoints
    from fullfile.server.store.overview import get_head

    head = get_head()
    if head.damaged:
        return [
            Check(
                "Record",
                ok=False,
                text=f"It failed a check: {head.damaged}",
                do="Nothing is recorded until then. Keep the disk as it is and restore a backup.",
            )
        ]
    checkpoints.check_start()
    return [
        Check(
            "Record",
            ok=True,
            text=f"{head.size:,} entries; the checkpoint outside the database fits them.",
        )
    ]


def _clock(_office: Office) -> list[Check]:
    from fullfile.cli.clock import now_ms
    from fullfile.core.ids import instant_text
    from fullfile.server.store.clock import LIMIT_MS
    from fullfile.server.store.office import get_office
    from fullfile.server.store.overview import get_head

    head, here = get_head(), now_ms()
    zone = get_office().time_zone
    if head.recorded_ms - here > LIMIT_MS:
        return [
            Check(
                "Clock",
                ok=False,
                text=f"It says {instant_text(here)}; the last entry was recorded at "
                f"{instant_text(head.recorded_ms)}.",
                do="Set the clock right: until then nothing is recorded.",
            )
        ]
    return [Check("Clock", ok=True, text=f"{instant_text(here)}; days end in {zone}.")]


def _law(office: Office) -> list[Check]:
    from fullfile.engines.packs.library import load_packs
    from fullfile.server.store.adoptions import list_adopted
    from fullfile.server.store.office import get_office
    from fullfile.server.store.overview import get_head

    opened = get_office()
    adopted = {
        each.name.casefold(): each for each in list_adopted(get_head().size) if each.kind == "pack"
    }
    mine = adopted.get(opened.jurisdiction.casefold())
    if mine is None:
        return [
            Check(
                "Law",
                ok=True,
                text=f"No rules for {opened.jurisdiction} are adopted: the office's target is used.",
            )
        ]
    now = load_packs(office.home).find(opened.jurisdiction)
    text = f"{opened.jurisdiction}, adopted in version {mine.version}."
    if now is not None and now.digest != mine.digest:
        text += f" This program brings version {now.version}, which is not adopted."
    return [Check("Law", ok=True, text=text)]


def _crowds(_office: Office) -> list[Check]:
    from fullfile.server.store.overview import list_crowds

    crowds = list_crowds(_CROWD)
    if not crowds:
        return [
            Check("Report numbers", ok=True, text=f"None is listed by more than {_CROWD} cases.")
        ]
    named = "; ".join(f"{agency} {number} by {cases:,}" for agency, number, cases in crowds[:5])
    more = f"; and {len(crowds) - 5:,} more" if len(crowds) > 5 else ""
    return [
        Check(
            "Report numbers",
            ok=False,
            text=f"{len(crowds):,} listed by more than {_CROWD} cases, so it joins none of them: {named}{more}.",
            do="See in the case system whether the number stands for “unknown”, and correct the cases.",
        )
    ]


_NAMES: dict[Callable[[Office], list[Check]], str] = {
    _database: "Database",
    _key: "Key",
    _head: "Record",
    _clock: "Clock",
    _law: "Law",
    _crowds: "Report numbers",
}
