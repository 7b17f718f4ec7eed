"""The command line of `script/bench`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks import machine, offices, page, results
from benchmarks.children import ROOT, Failed, call
from benchmarks.duties import measure_dates
from benchmarks.everything import measure_everything
from benchmarks.results import Result

PLACE = ROOT / ".bench"
PAGE = ROOT / "docs" / "explanation" / "performance.md"
PICTURES = ROOT / "docs" / "_static"
NAMES = {
    "import": "import of an office, part by part",
    "append": "one append with its read rows",
    "verify": "log verify",
    "case": "match --case with 1,000 items",
    "duties": "duties of a case, and after one more event on its docket",
    "pages": "eight people in the pages: server time and queries",
    "dates": "due dates of every line, from a snapshot",
    "office": "match of everything, from the record",
    "match": "match of everything, from a snapshot, against a query by hand",
}
_OF_OFFICES = frozenset({"import", "append", "verify", "case", "duties", "office", "pages"})
_SIZES = (10_000, 100_000, 1_000_000)
_MATCH_SIZES = (*_SIZES, 10_000_000)
_QUICK = 100_000


def main() -> int:
    """Measure, print, write; 1 where something could not be measured."""
    asked = _asked()
    run = _Run(
        frozenset(asked.names or NAMES),
        asked.most or (_QUICK if asked.quick else _MATCH_SIZES[-1]),
        keep=asked.keep,
        quick=asked.quick,
    )
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    with ExitStack() as stack:
        databases = _databases(stack, asked.database, run)
        servers = [one.version for one in databases if one.version]
        command = " ".join(["script/bench", *sys.argv[1:]])
        words = machine.describe(command, when, servers[0] if servers else None)
        run.offices(databases)
    run.dates()
    run.match()
    write = asked.page or not (asked.quick or asked.names or asked.most)
    _report(run.found, words, write=write)
    for one in run.failed:
        print(f"script/bench: {one}", file=sys.stderr)
    return 1 if run.failed else 0


class _Run:
    """What is wanted of this run, and what it found."""

    def __init__(self, wanted: frozenset[str], most: int, *, keep: bool, quick: bool) -> None:
        self.keep = keep
        self.quick = quick
        self.wanted = wanted
        self.most = most
        self.found: list[Result] = []
        self.failed: list[str] = []

    def offices(self, databases: list[offices.Database]) -> None:
        """Everything that is measured on an imported office, size by size."""
        for size in (one for one in _SIZES if one <= self.most):
            wanted = self.wanted - ({"office"} if size > self._most_sentences else set())
            for database in databases:
                brief = self.quick and size == _QUICK and database.name != offices.SQLITE
                made = offices.measure_office(
                    database, size, PLACE, wanted, _say, keep=self.keep, list_only=brief
                )
                self._take(f"{database.name}, {size:,} items", made)
            if not self.keep:
                shutil.rmtree(PLACE / f"exports-{size}", ignore_errors=True)

    @property
    def _most_sentences(self) -> int:
        """Up to how many items every exception is written with its sentence; one line in six is one."""
        return _SIZES[0] if self.quick else _SIZES[1]

    def match(self) -> None:
        """The match of everything, from snapshots."""
        if "match" in self.wanted:
            for size in (one for one in _MATCH_SIZES if one <= self.most):
                self._take(f"match of {size:,} items", measure_everything(size, PLACE, _say))

    def dates(self) -> None:
        """The due dates of every line, from snapshots."""
        if "dates" in self.wanted:
            for size in (one for one in _SIZES if one <= self.most):
                self._take(f"dates of {size:,} items", measure_dates(size, PLACE, _say))

    def _take(self, what: str, made: Iterator[Result]) -> None:
        """Take what can be measured; what cannot is said at the end, and the rest goes on."""
        try:
            for one in made:
                self.found.append(one)
        except Failed as error:
            self.failed.append(f"{what}: {error}")
            _say(f"{what}: could not be measured")


def _databases(stack: ExitStack, only: str | None, run: _Run) -> list[offices.Database]:
    if not run.wanted & _OF_OFFICES:
        return []
    found = [offices.sqlite()] if only in (None, offices.SQLITE) else []
    if only in (None, offices.POSTGRESQL):
        found.append(stack.enter_context(offices.postgresql()))
    return found


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description="Makes its own data and measures Fullfile on them. Without a name: everything, about an hour.",
        epilog="; ".join(f"{name}: {says}" for name, says in NAMES.items()),
    )
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME", help="only these")
    parser.add_argument(
        "--quick", action="store_true", help="10,000 and 100,000 items, some minutes"
    )
    parser.add_argument("--most", type=int, metavar="ITEMS", help="no size above this")
    parser.add_argument(
        "--database", choices=(offices.SQLITE, offices.POSTGRESQL), help="only this one"
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the data in .bench/, to look closer"
    )
    parser.add_argument(
        "--page",
        action="store_true",
        help="write the tables and pictures of docs/explanation/performance.md; a whole run always does",
    )
    return parser.parse_args()


def _report(found: list[Result], words: dict[str, str], *, write: bool) -> None:
    """Print the tables; keep the figures as JSON; bring the page up to date."""
    stored = PLACE / "results.json"
    print("\n\n".join(page.tables(found, words).values()))
    # What was measured before and not now stands on: a page can be made in several sittings.
    every = results.joined(results.load(stored)[0] if stored.exists() else [], found)
    results.save(stored, every, words)
    made = page.tables(every, words)
    print(f"\nFigures: {stored.relative_to(ROOT)}")
    if write:
        drawn = call("pictures:draw", results=str(stored), place=str(PICTURES)).answer
        page.fill(PAGE, made | page.pictures(drawn))
        print(f"Written: {PAGE.relative_to(ROOT)}, {PICTURES.relative_to(ROOT)}/performance-*.svg")


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
