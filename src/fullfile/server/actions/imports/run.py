"""Import files into the record: all or nothing for a command, in one unit of work.

Rows are judged and recorded in ONE pass inside the transaction, which is undone
if a row was refused. A pass of judging before it would read everything twice,
and would need its own memory of the cases, defendants and keys that earlier rows
of the same command made; inside the transaction the record itself is that
memory, on disk, so memory stays flat whatever the size of the files. The price
is that a command with a bad row does work that is undone, which is rare and
costs time only.

Steps:
1. open every file: digest, header, plan, number of rows. A file that is no table ends it here;
2. in a unit of work, file by file and chunk by chunk: shape (in a process of its own where the
   file is large), resolve names against the record and earlier rows, compare keys, append;
3. `--complete`: record the rows that came no more;
4. look for odd facts (unknown tags, events before their cause): warnings;
5. commit; or undo, where rows were refused, or on a dry run. With `skip_bad` the refused rows
   are then known, and the pass is made once more without them, until none is new.

The run's entry (`import.started`) is written just before a file's first row that changes
something: a file that changes nothing leaves no entry.

What this does not do: it permits nothing, reads no clock, and prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from fullfile.core.entries import TABLES
from fullfile.core.errors import Refused, Unavailable
from fullfile.engines.importers import (
    ENDINGS,
    Mapping,
    open_export,
    plan_feeds,
    profile,
    read_mapping,
)
from fullfile.server.actions.imports.attempt import (
    Attempt,
    Command,
    Job,
    Progress,
    Undo,
    Watch,
    stamp_of,
)
from fullfile.server.actions.imports.reading import Source
from fullfile.server.actions.imports.report import ImportReport

__all__ = ["import_directory", "import_files"]

_ATTEMPTS = 8


def import_files(
    *,
    files: Sequence[Path],
    table: str | None,
    source: str,
    by: str,
    now_ms: int,
    mapping: Path | str | Mapping | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    complete: bool = False,
    progress: Progress | None = None,
    watch: Watch | None = None,
    agreed: int | None = None,
) -> ImportReport:
    """Import files that hold one import table, or what a mapping makes of them.

    Args:
        files: exports of one kind; later files correct earlier ones.
        table: the import table; with a mapping, one that the mapping feeds, or None.
        source: the name of the system they come from.
        by: who imports.
        now_ms: what the clock says, UTC milliseconds.
        mapping: a mapping file, the name of a shipped one, or one that was read.
        dry_run: do everything, then undo it.
        skip_bad: leave refused rows out and write them to `FILE.rejected.csv`.
        complete: the files hold all rows of this source: rows not sent any more are recorded.
        progress: told how far it is.
        watch: shown the drafts of new and corrected rows, pass by pass, before they are recorded.
        agreed: with `skip_bad`, at most so many rows may be left out; None: any number.

    Raises:
        Refused: a file is no table, a column is missing, or the mapping is wrong.
        Unavailable: a file or the database is out of reach; nothing was recorded.
        NotFound: there is no record yet, or no such mapping.
    """
    if not files:
        raise Refused("Name at least one file to import.", code="no_files")
    if table is not None and table not in TABLES:
        raise Refused(
            f"“{table}” is no import table; those there are: {', '.join(TABLES)}.", code="table"
        )
    read = mapping if mapping is None or isinstance(mapping, Mapping) else read_mapping(mapping)
    if read and table and read.tables and table not in {one.table for one in read.tables}:
        fed = ", ".join(one.table for one in read.tables)
        raise Refused(f"{read.name} feeds {fed}, not {table}.", code="table")
    command = Command(
        _named(source), by, now_ms, dry_run, skip_bad, complete, progress, watch, agreed
    )
    wanted = [(Path(file), table, read) for file in dict.fromkeys(files)]
    return _import(wanted, command)


def import_directory(
    *,
    directory: Path,
    source: str,
    by: str,
    now_ms: int,
    dry_run: bool = False,
    skip_bad: bool = False,
    complete: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import every table that a directory holds as `TABLE.csv` (or .tsv, .xlsx, .parquet, .jsonl).

    All of them are one command: all or nothing, in an order that works.

    Raises:
        Refused: the directory holds no table, one table twice, or a file that is none.
        Unavailable: the directory is not there, or the database is out of reach.
        NotFound: there is no record yet.
    """
    if not directory.is_dir():
        raise Unavailable(f"There is no directory {directory}.")
    wanted: list[tuple[Path, str | None, Mapping | None]] = []
    for name in TABLES:
        found = [path for ending in ENDINGS if (path := directory / f"{name}{ending}").is_file()]
        if len(found) > 1:
            names = " and ".join(path.name for path in found)
            raise Refused(
                f"{directory} holds {name} twice ({names}): keep one of them.", code="table_twice"
            )
        wanted.extend((path, name, None) for path in found)
    if not wanted:
        raise Refused(
            f"{directory} holds no table: expected files named {', '.join(list(TABLES)[:4])} and so on, "
            f"ending in {', '.join(ENDINGS)}. To import one file, name its table.",
            code="no_table",
        )
    command = Command(_named(source), by, now_ms, dry_run, skip_bad, complete, progress)
    return _import(wanted, command)


def _named(source: str) -> str:
    name = source.strip()
    if not name:
        raise Refused("Name the system that the rows come from (--source NAME).", code="source")
    return name


def _import(
    wanted: Iterable[tuple[Path, str | None, Mapping | None]], command: Command
) -> ImportReport:
    wanted = list(wanted)
    profiles = (
        tuple(found for path, _, mapping in wanted for found in profile(path, mapping))
        if command.dry_run
        else ()
    )
    feedless = [one for _, _, one in wanted[:1] if one is not None and not one.tables]
    if command.dry_run and feedless:
        reasons = tuple(f"{one.name} feeds no import table: {one.no_tables}" for one in feedless)
        return ImportReport(
            recorded=False,
            dry_run=True,
            source=command.source,
            batch=None,
            files=(),
            problems=(),
            warnings=(),
            warning_counts={},
            notes=reasons,
            rejected_files=(),
            profiles=profiles,
        )
    jobs = [job for path, table, mapping in wanted for job in _open(path, table, mapping, command)]
    attempt = Attempt(jobs, command)
    for _ in range(_ATTEMPTS):
        try:
            attempt.run()
        except Undo:
            if command.skip_bad and attempt.fresh:
                attempt = attempt.again()
                continue
            return replace(attempt.report(recorded=False), profiles=profiles)
        return attempt.report(recorded=attempt.batch is not None)
    raise Refused(
        "The refused rows could not be told apart from the others in reasonable time: mend the export first.",
        code="rejected_many",
    )


def _open(path: Path, table: str | None, mapping: Mapping | None, command: Command) -> list[Job]:
    jobs = []
    stamp = stamp_of(path)
    for place, export in enumerate(open_export(path, mapping.layout if mapping else None)):
        plan = plan_feeds(export, table, mapping, now_ms=command.now_ms)
        rows = sum(sum(map(any, chunk.rows)) + len(chunk.bad) for chunk in export.chunks())
        read_as = Source(path, place, table, mapping, command.now_ms, command.source)
        jobs.append(Job(read_as, export, plan, rows, mapping, stamp))
    return jobs
