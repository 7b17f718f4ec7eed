"""`import`: exports of other systems into the record, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fullfile.cli import profiles
from fullfile.cli.clock import ByOption, now_ms, person
from fullfile.cli.console import Format, FormatOption, OutputOption, emit, emit_rich, progress
from fullfile.cli.explain import explain
from fullfile.cli.office import open_office
from fullfile.core.errors import NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from fullfile.server.actions.imports import ImportReport, Remark

__all__ = ["add_to", "is_directory_of_tables"]

_SHOWN = 20
"""So many problems and warnings are written out for people; the rest is counted."""
_FIGURES = ("rows", "new", "unchanged", "corrected", "repeated", "rejected", "left_out", "absent")
_CSV = ("file", "table", "run", *_FIGURES, "sha256")


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command(
        "import",
        help=explain(
            "Read exports of other systems into the record: all or nothing.",
            "TABLE is a table of the manual (items, custody, filings, disclosures, docket, …); FILE is CSV, TSV, "
            "XLSX, Parquet or JSON lines. Or name a DIR that holds TABLE.csv files. The same row again changes "
            "nothing; a changed one is recorded as a correction. With --skip-bad, rows that are refused go to "
            "FILE.rejected.csv with row number and reason.",
            "Exit status: 0 done; 1 rows were refused (without --skip-bad nothing was recorded); 2 could not be done.",
            examples=(
                "fullfile import items property-room.csv --source property-room --dry-run",
                "fullfile import items rms.xlsx --source rms --mapping rms.toml --skip-bad",
                "fullfile import exports/ --source county",
            ),
        ),
    )(_import)


def _import(
    context: typer.Context,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE|DIR", help="The import table, or a folder of TABLE.csv files."
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="NAME", help="The system that it comes from, always the same name."
        ),
    ],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="The files, for a table.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="FILE", help="A mapping file (TOML), or the name of a shipped one."
        ),
    ] = None,
    dry_run: Annotated[  # noqa: FBT002  # Typer's way of an option
        bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")
    ] = False,
    skip_bad: Annotated[  # noqa: FBT002  # likewise
        bool, typer.Option("--skip-bad", help="Record the good rows; refused ones go to a file.")
    ] = False,
    complete: Annotated[  # noqa: FBT002  # likewise
        bool,
        typer.Option(
            "--complete",
            help="The file holds every row there is: rows sent before and not any more are recorded as absent.",
        ),
    ] = False,
    by: ByOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    name, paths = _what(table, files or [])
    if name is None and mapping is not None:
        raise Refused(
            "--mapping goes with a table and its files: a folder's tables have the manual's columns."
        )
    open_office(context)
    from fullfile.server.actions.imports import import_directory, import_files

    with progress() as show:
        if name is None:
            found = import_directory(
                directory=paths[0],
                source=source,
                by=person(by),
                now_ms=now_ms(),
                dry_run=dry_run,
                skip_bad=skip_bad,
                complete=complete,
                progress=show,
            )
        else:
            found = import_files(
                files=paths,
                table=name,
                source=source,
                by=person(by),
                now_ms=now_ms(),
                mapping=mapping,
                dry_run=dry_run,
                skip_bad=skip_bad,
                complete=complete,
                progress=show,
            )
    _show(found, form, output)
    if found.rejected or found.problems:
        raise typer.Exit(1)


def is_directory_of_tables(text: str) -> bool:
    """Whether the first word after `import` names a folder and not a table."""
    from fullfile.core.entries.tables import TABLES

    return text not in TABLES and (Path(text).is_dir() or "/" in text or text in (".", ".."))


def _what(table: str, files: list[Path]) -> tuple[str | None, list[Path]]:
    """The table and its files; or no table, and the folder.

    Raises:
        Refused: there is no such table, or no file was named.
        NotFound: a file or the folder is not there.
    """
    from fullfile.core.entries.tables import TABLES

    if is_directory_of_tables(table):
        folder = Path(table)
        if files:
            raise Refused(f"{table} is a folder: name it alone, or name a table and its files.")
        if not folder.is_dir():
            raise NotFound(f"There is no folder {table}: name one that holds TABLE.csv files.")
        return None, [folder]
    name = table.strip().casefold()
    if name not in TABLES:
        raise Refused(
            f"There is no table “{table[:40]}”: use one of {', '.join(TABLES)}, or a folder."
        )
    if not files:
        raise Refused(
            f"Name the file that holds {name}: fullfile import {name} FILE --source NAME."
        )
    for file in files:
        if not file.exists():
            raise NotFound(f"There is no file {file}: see how it is written.")
    return name, files


def _show(found: ImportReport, form: Format, output: Path | None) -> None:
    if form is Format.JSON:
        from fullfile.engines.report.data import render_json

        emit(render_json(_as_json(found)), output)
    elif form is Format.CSV:
        from fullfile.engines.report.csv import render_csv

        rows = ([getattr(one, name) for name in _CSV] for one in found.files)
        emit(render_csv(_CSV, rows), output)
    else:
        emit_rich(_as_text(found), output)


def _as_json(found: ImportReport) -> dict[str, object]:
    return {
        "recorded": found.recorded,
        "dry_run": found.dry_run,
        "source": found.source,
        "batch": found.batch,
        "files": [{name: getattr(one, name) for name in _CSV} for one in found.files],
        "problems": [_remark(one) for one in found.problems],
        "warnings": [_remark(one) for one in found.warnings],
        "warning_counts": dict(found.warning_counts),
        "notes": list(found.notes),
        "rejected_files": list(found.rejected_files),
        "profiles": profiles.as_json(found.profiles),
    }


def _remark(one: Remark) -> dict[str, object]:
    names = ("file", "table", "row", "column", "code", "text")
    return {name: getattr(one, name) for name in names}


def _as_text(found: ImportReport) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from fullfile.cli.grids import grid

    parts: list[RenderableType] = [Text(_verdict(found), style="bold")]
    names = [name for name in _FIGURES if name in ("rows", "new") or found.total(name)]
    rows = [
        [one.table, one.file, *(f"{getattr(one, name):,}" for name in names)] for one in found.files
    ]
    if rows:
        header = ("Table", "File", *(name.replace("_", " ").capitalize() for name in names))
        right = frozenset(range(2, len(header)))
        parts.extend([Text(), grid(header, rows, right=right)])
    parts.extend(_listed("Refused", found.problems, len(found.problems)))
    parts.extend(_listed("Warnings", found.warnings, sum(found.warning_counts.values())))
    parts.extend(Text(one) for one in found.notes)
    parts.extend(Text(f"The refused rows are in {one}.") for one in found.rejected_files)
    parts.extend(profiles.as_text(found.profiles))
    return Group(*parts)


def _verdict(found: ImportReport) -> str:
    rows, new, changed = found.total("rows"), found.total("new"), found.total("corrected")
    what = f"{new:,} new, {changed:,} corrected, {found.total('unchanged'):,} unchanged"
    if found.dry_run:
        bad = f", {found.rejected:,} would be refused" if found.rejected else ""
        return f"Only tried: {rows:,} row{'' if rows == 1 else 's'} read ({what}{bad}). Nothing was recorded."
    if found.problems and not found.recorded:
        return (
            f"Nothing was recorded: {found.rejected:,} of {rows:,} rows cannot be taken. Mend them, or leave "
            "them out with --skip-bad."
        )
    if not found.recorded:
        return f"Nothing changed: the record knew all {rows:,} rows."
    bad = f"; {found.rejected:,} refused" if found.rejected else ""
    return f"Recorded from {found.source}: {what}{bad}."


def _listed(title: str, remarks: Iterable[Remark], total: int) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    shown = list(remarks)[:_SHOWN]
    if not shown:
        return []
    parts: list[RenderableType] = [Text(), Text(f"{title} ({total:,})", style="bold")]
    parts.extend(Padding(Text(str(one)), (0, 0, 0, 2), expand=False) for one in shown)
    if total > len(shown):
        parts.append(Text(f"  and {total - len(shown):,} more: --format json lists them."))
    return parts
