"""One made-up office, imported by the product's own command, and what is measured on its way.

The property room's list goes first and alone, so that after it the record has
as many entries as there are items: there `log verify` and single appends are
measured. Then come the cases, then everything that names both; then the
list again with one row in fifty changed. On the whole record `match --case` is measured.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.children import ROOT, Ran, call, run
from benchmarks.results import Result

__all__ = ["SQLITE", "Database", "measure_office", "postgresql", "sqlite"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FULLFILE = Path(sys.executable).with_name("fullfile")
# The server of the tests gives up safety for speed. A measurement must not.
_SAFE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "autovacuum": "on",
}


_MOST_SENTENCES = 100_000
"""Up to so many items every exception is written with its sentence: one in six lines is one."""


class Database:
    """Where offices are made: `make` hands out the environment of a new, empty one."""

    def __init__(self, name: str, make: Callable[[str], dict[str, str]], version: str = "") -> None:
        self.name = name
        self.make = make
        self.version = version


def sqlite() -> Database:
    """An office's own database, in its home."""
    return Database(SQLITE, lambda _: {})


@contextmanager
def postgresql() -> Iterator[Database]:
    """A PostgreSQL server of this run's own, as the tests start theirs, but durable."""
    sys.path.insert(0, str(ROOT))
    from tests.support import postgres

    postgres.SETTINGS.update(_SAFE)
    with postgres.running() as server:
        import psycopg

        with psycopg.connect(server.url("postgres")) as connection:
            version = connection.info.parameter_status("server_version") or ""
        yield Database(POSTGRESQL, lambda name: {"DATABASE_URL": server.make(name)}, version)


def measure_office(
    database: Database,
    items: int,
    place: Path,
    wanted: frozenset[str],
    say: Callable[[str], None],
    *,
    keep: bool = False,
) -> Iterator[Result]:
    """Make an office of that many items, and measure what is wanted of it; `keep` leaves it there."""
    exports = place / f"exports-{items}"
    if not exports.is_dir():
        say(f"writing the exports of {items:,} items")
        call("exports:make", place=str(exports), items=items)
    home = place / f"{database.name}-{items}"
    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    env = database.make(f"bench_{items}")

    def fullfile(*words: str | Path, may_end: tuple[int, ...] = (0,)) -> Ran:
        return run([FULLFILE, "--home", home, *words], env=env, may_end=may_end)

    fullfile("init", "--office", "Example County", "--jurisdiction", "us-nm")
    figures: dict[str, object] = {}
    say(f"{database.name}: importing {items:,} items")
    files = exports / "items" / "items.csv"
    ran = fullfile("import", "items", files, "--source", "property-room")
    figures |= _imported("items", items, ran)
    if "append" in wanted:
        say(f"{database.name}: single appends at {items:,} entries")
        yield _call(database, env, home, "append", items)
    if "verify" in wanted:
        say(f"{database.name}: log verify")
        yield _verified(database, items, [fullfile("log", "verify") for _ in range(_times(items))])
    for part, source in (("cases", "case-system"), ("later", "discovery-log")):
        say(f"{database.name}: importing {part}")
        rows = _rows(exports / part)
        figures |= _imported(part, rows, fullfile("import", exports / part, "--source", source))
    say(f"{database.name}: importing the list again, with corrections")
    again = exports / "corrections" / "items.csv"
    ran = fullfile("import", "items", again, "--source", "property-room")
    figures |= _imported("corrections", items, ran)
    figures["megabytes_of_csv"] = round(
        sum(one.stat().st_size for one in exports.rglob("*.csv")) / 1e6
    )
    if database.name == SQLITE:
        figures["megabytes_of_home"] = round(
            sum(one.stat().st_size for one in home.rglob("*") if one.is_file()) / 1e6
        )
    if "import" in wanted:
        yield Result("import", database.name, items, figures)
    if "case" in wanted:
        say(f"{database.name}: match --case with 1,000 items")
        yield _call(database, env, home, "case", items)
    if "office" in wanted and items <= _MOST_SENTENCES:
        for engine in ("duckdb", "database"):
            say(f"{database.name}: match of everything with --engine {engine}")
            yield _matched(database, items, engine, fullfile)
    if not keep:
        shutil.rmtree(home, ignore_errors=True)


def _matched(database: Database, items: int, engine: str, fullfile: Callable[..., Ran]) -> Result:
    """`match` of everything from the record, the snapshot brought up to date on the way."""
    output = ROOT / ".bench" / "match.csv"
    words = (
        "match",
        "--engine",
        engine,
        "--on",
        "2025-06-30",
        "--format",
        "csv",
        "--output",
        output,
    )
    first = fullfile(*words, may_end=(0, 1))
    again = fullfile(*words, may_end=(0, 1))
    figures = {
        "first_seconds": first.seconds,
        "again_seconds": again.seconds,
        "peak_mb": max(first.peak_mb, again.peak_mb),
    }
    return Result("office", f"{database.name}, {engine}", items, figures)


def _call(database: Database, env: dict[str, str], home: Path, what: str, items: int) -> Result:
    ran = call(f"inside:{what}", env=env, home=str(home))
    return Result(what, database.name, items, ran.answer | {"peak_mb": ran.peak_mb})


def _verified(database: Database, items: int, runs: list[Ran]) -> Result:
    from benchmarks.results import median

    figures = {
        "entries": items,
        "seconds": median([one.seconds for one in runs]),
        "peak_mb": max(one.peak_mb for one in runs),
        "runs": len(runs),
    }
    return Result("verify", database.name, items, figures)


def _imported(part: str, rows: int, ran: Ran) -> dict[str, object]:
    return {
        f"{part}_rows": rows,
        f"{part}_seconds": ran.seconds,
        f"{part}_rows_per_second": rows / ran.seconds,
        f"{part}_peak_mb": ran.peak_mb,
    }


def _rows(folder: Path) -> int:
    """The rows of all files of a folder; no cell of ours holds a line break."""
    return sum(path.read_bytes().count(b"\n") - 1 for path in folder.glob("*.csv"))


def _times(items: int) -> int:
    return 3 if items <= 100_000 else 1
