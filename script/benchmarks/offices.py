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
from benchmarks.everything import ON
from benchmarks.made_up import LARGE_CASE
from benchmarks.pages import measure_pages
from benchmarks.results import Result, median

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
    list_only: bool = False,
) -> Iterator[Result]:
    """Make an office of that many items, and measure what is wanted of it.

    Args:
        database: where its record lies.
        items: how many items it has.
        place: where its exports and its home go.
        wanted: the measurements, by name.
        say: told what is being done.
        keep: leave exports and home there.
        list_only: stop after the property room's list.
    """
    exports = place / f"exports-{items}"
    if not exports.is_dir():
        say(f"writing the exports of {items:,} items")
        call("exports:make", place=str(exports), items=items)
    home = place / f"{database.name}-{items}"
    shutil.rmtree(home, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    env = database.make(f"bench_{items}")
    office = _Office(database, items, home, env, say)
    office.fullfile("init", "--office", "Example County", "--jurisdiction", "us-nm")
    office.read("items", exports / "items" / "items.csv", "property-room", "items")
    if "append" in wanted:
        yield office.inside("append", f"single appends at {items:,} entries")
    if "verify" in wanted:
        yield office.verified()
    if not list_only and wanted - {"append", "verify"}:
        office.read("cases", exports / "cases", "case-system")
        office.read("later", exports / "later", "discovery-log")
        office.read("corrections", exports / "corrections" / "items.csv", "property-room", "items")
        if "case" in wanted:
            yield office.inside("case", f"match --case with {LARGE_CASE:,} items")
        if "duties" in wanted:
            yield office.inside("duties", "duties of a case, and event by event", "duties")
        if "office" in wanted:
            for engine in ("duckdb", "database"):
                yield office.matched(engine)
        if "pages" in wanted:
            say(f"{database.name}: eight people work in the pages")
            yield measure_pages(home, env, database.name)
    if "import" in wanted:
        yield Result("import", database.name, items, office.figures)
    if not keep:
        shutil.rmtree(home, ignore_errors=True)


class _Office:
    """A made-up office that is being filled, and what its imports cost so far."""

    def __init__(
        self,
        database: Database,
        items: int,
        home: Path,
        env: dict[str, str],
        say: Callable[[str], None],
    ) -> None:
        self.figures: dict[str, object] = {}
        self._name = database.name
        self._items = items
        self._home = home
        self._env = env
        self._say = say

    def fullfile(self, *words: str | Path, may_end: tuple[int, ...] = (0,)) -> Ran:
        """Run the product's own command on this office."""
        return run([FULLFILE, "--home", self._home, *words], env=self._env, may_end=may_end)

    def read(self, part: str, path: Path, source: str, *table: str) -> None:
        """Import a file or a directory."""
        self._say(f"{self._name}: importing {path.parent.name}/{path.name}")
        rows = _rows(path)
        ran = self.fullfile("import", *table, path, "--source", source)
        self.figures |= {
            f"{part}_rows": rows,
            f"{part}_seconds": ran.seconds,
            f"{part}_cpu_seconds": ran.cpu_seconds,
            f"{part}_rows_per_second": rows / ran.seconds,
            f"{part}_peak_mb": ran.peak_mb,
        }

    def inside(self, what: str, words: str, module: str = "inside") -> Result:
        """A measurement inside a process."""
        self._say(f"{self._name}: {words}")
        ran = call(f"{module}:{what}", env=self._env, home=str(self._home))
        return Result(what, self._name, self._items, ran.answer | {"peak_mb": ran.peak_mb})

    def verified(self) -> Result:
        """`log verify` of the home."""
        self._say(f"{self._name}: log verify")
        times = 3 if self._items <= 100_000 else 1
        runs = [self.fullfile("log", "verify") for _ in range(times)]
        figures = {
            "entries": self._items,
            "seconds": median([one.seconds for one in runs]),
            "cpu_seconds": median([one.cpu_seconds for one in runs]),
            "peak_mb": max(one.peak_mb for one in runs),
            "runs": times,
        }
        return Result("verify", self._name, self._items, figures)

    def matched(self, engine: str) -> Result:
        """`match` of everything from the record, the snapshot brought up to date on the way."""
        self._say(f"{self._name}: match of everything with --engine {engine}")
        output = self._home.with_suffix(".csv")
        words = ("match", "--engine", engine, "--on", ON, "--format", "csv", "--output", output)
        first = self.fullfile(*words, may_end=(0, 1))
        again = self.fullfile(*words, may_end=(0, 1))
        lines = output.read_bytes().count(b"\n") - 1
        output.unlink()
        figures = {
            "lines": lines,
            "first_seconds": first.seconds,
            "again_seconds": again.seconds,
            "peak_mb": max(first.peak_mb, again.peak_mb),
        }
        return Result("office", f"{self._name}, {engine}", self._items, figures)


def _rows(path: Path) -> int:
    """The rows of a file, or of all files of a folder; no cell of ours holds a line break."""
    files = path.glob("*.csv") if path.is_dir() else [path]
    return sum(one.read_bytes().count(b"\n") - 1 for one in files)
