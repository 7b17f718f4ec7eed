"""One pass of an import over all its files, in one unit of work; and how it is undone.

The steps are those of `run`: read, resolve, judge, append, chunk by chunk; then
what came no more, then what is odd. It keeps what was refused, so that a
second pass can leave it out.

What this does not do: it opens no file and decides no second pass; `run` does.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

from fullfile.core.entries import TABLES, Draft, Table
from fullfile.core.errors import Refused, Unavailable
from fullfile.core.said import say
from fullfile.engines.importers import (
    Export,
    Feed,
    Mapping,
    Notice,
    RowProblem,
)
from fullfile.server.actions.imports.ledger import Ledger
from fullfile.server.actions.imports.reading import ReadChunk, Source, stream_rows
from fullfile.server.actions.imports.rejected import write_rejected
from fullfile.server.actions.imports.report import FileReport, ImportReport, Remark, Remarks
from fullfile.server.actions.imports.resolving import Resolver, Row
from fullfile.server.store import importing
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.clock import tick

__all__ = ["Attempt", "Command", "FedTable", "Job", "Progress", "Undo", "Watch", "stamp_of"]

_PROBLEMS_LIMIT = 10_000
_REJECTED_LIMIT = 100_000

Progress = Callable[[str, int, int], None]
"""Called with the file's name, the rows read so far, and the rows it holds."""
Watch = Callable[[str, Sequence[Draft]], None]
"""Called with a table and drafts of new and corrected rows, before they are recorded."""


@dataclass(slots=True)
class FedTable:
    """One import table fed from one export, and what became of its rows."""

    table: Table
    place: int
    ledger: Ledger
    refused: dict[int, list[Remark]] = field(default_factory=dict)
    """Rows that an earlier attempt found bad; they are passed over."""
    run: int | None = None
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    repeated: int = 0
    absent: int = 0


@dataclass(slots=True)
class Job:
    """One table of one file, opened and planned."""

    source: Source
    export: Export
    plan: list[Feed]
    rows: int
    mapping: Mapping | None
    stamp: tuple[int, int]
    """Size and time of the file as its digest was taken (`stamp_of`)."""
    feeds: list[FedTable] = field(default_factory=list)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """What the caller asked for."""

    source: str
    by: str
    now_ms: int
    dry_run: bool
    skip_bad: bool
    complete: bool
    progress: Progress | None
    watch: Watch | None = None
    agreed: int | None = None
    """With `skip_bad`: so many rows may be left out, as somebody agreed; more of them stop it all."""


class Undo(Exception):
    """Ends the unit of work without a trace; `run` catches it."""


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of a file: another file in its place has others."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)  # whoever opens it says what is wrong
    return found.st_size, found.st_mtime_ns


@contextmanager
def _no_collection() -> Iterator[None]:
    """Rows make no circles; looking for some among them costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Attempt:
    """One pass over everything, in one unit of work."""

    def __init__(self, jobs: list[Job], command: Command) -> None:
        self.fresh: list[tuple[FedTable, RowProblem]] = []
        """Refused rows that no earlier attempt knew."""
        self.batch: int | None = None
        self._jobs = jobs
        self._command = command
        self._remarks = Remarks()
        self._notes: list[str] = [note for job in jobs for note in job.export.notes]
        self._rejected: list[Path] = []
        self._cells: dict[tuple[int, int], list[str]] = {}
        order = list(TABLES)
        for job in jobs:
            known = {feed.place: feed.refused for feed in job.feeds}
            job.left_out = 0
            job.feeds = sorted(
                (
                    FedTable(
                        feed.table,
                        place,
                        Ledger(feed.table, command.source, command.by),
                        known.get(place, {}),
                    )
                    for place, feed in enumerate(job.plan)
                ),
                key=lambda feed: order.index(feed.table.name),
            )

    def again(self) -> Attempt:
        """The same, without the rows that were refused."""
        job_of = {id(feed): job for job in self._jobs for feed in job.feeds}
        for feed, problem in self.fresh:
            remark = _remark(job_of[id(feed)], feed, problem)
            feed.refused.setdefault(problem.row, []).append(remark)
        count = sum(len(feed.refused) for job in self._jobs for feed in job.feeds)
        if count > _REJECTED_LIMIT:
            raise Refused(
                say(
                    "More than {rejected_limit:,} rows would be rejected: is this the right table and "
                    "mapping? The first: {remark}",
                    rejected_limit=_REJECTED_LIMIT,
                    remark=str(_remark(job_of[id(self.fresh[0][0])], *self.fresh[0])),
                ),
                code="rejected_many",
            )
        return Attempt(self._jobs, self._command)

    def run(self) -> None:
        """Read, judge and record everything.

        Raises:
            Undo: rows were refused, or it is a dry run.
        """
        command = self._command
        with _no_collection(), unit_of_work() as writer:
            self._writer = writer
            self._began = writer.size
            self._now_ms = command.now_ms
            self._step = tick(command.now_ms, writer.last_ms).stepped_back is not None
            self._resolver = Resolver(command.source, writer.size)
            for job in self._jobs:
                self._read(job)
            if self.fresh:
                raise Undo
            self._as_agreed()
            if command.complete:
                self._find_absent()
            self._find_odd()
            if command.dry_run:
                raise Undo
            if command.skip_bad:
                self._rejected = write_rejected([(job.export, _merged(job)) for job in self._jobs])

    def report(self, *, recorded: bool) -> ImportReport:
        """What became of it."""
        job_of = {id(feed): job for job in self._jobs for feed in job.feeds}
        problems = [
            remark
            for job in self._jobs
            for feed in job.feeds
            for remarks in feed.refused.values()
            for remark in remarks
        ] + [_remark(job_of[id(feed)], feed, problem) for feed, problem in self.fresh]
        bad: dict[int, set[int]] = {}
        for feed, problem in self.fresh:
            bad.setdefault(id(feed), set()).add(problem.row)
        return ImportReport(
            recorded=recorded,
            dry_run=self._command.dry_run,
            source=self._command.source,
            batch=self.batch if recorded else None,
            files=tuple(
                FileReport(
                    file=job.export.name,
                    table=feed.table.name,
                    sha256=job.export.sha256,
                    run=feed.run if recorded else None,
                    rows=job.rows,
                    new=feed.new,
                    unchanged=feed.unchanged,
                    corrected=feed.corrected,
                    repeated=feed.repeated,
                    rejected=len(feed.refused) + len(bad.get(id(feed), ())),
                    left_out=job.left_out,
                    absent=feed.absent,
                )
                for job in self._jobs
                for feed in job.feeds
            ),
            problems=tuple(problems),
            warnings=tuple(self._remarks.listed),
            warning_counts=dict(self._remarks.counts),
            notes=tuple(self._notes),
            rejected_files=tuple(str(path) for path in self._rejected),
        )

    def _read(self, job: Job) -> None:
        progress, done = self._command.progress, 0
        for chunk in stream_rows(job.source, job.export, job.plan):
            job.left_out += chunk.shaped.left_out
            for feed in job.feeds:
                self._record(job, feed, chunk)
            done += chunk.shaped.read
            if progress is not None:
                progress(job.export.name, done, job.rows)
            if len(self.fresh) > _PROBLEMS_LIMIT and not self._command.skip_bad:
                self._notes.append(
                    f"More than {_PROBLEMS_LIMIT:,} rows were refused; the rest was not read."
                )
                raise Undo
        if stamp_of(job.export.path) != job.stamp:
            raise Unavailable(
                say(
                    "{name} was changed while it was read, so nothing was imported: try again.",
                    name=job.export.name,
                )
            )

    def _record(self, job: Job, feed: FedTable, read: ReadChunk) -> None:
        """Judge the rows of a chunk that feed one table, and append what is new."""
        refused, place, chunk = feed.refused, feed.place, read.shaped
        self._refuse(feed, (problem for at, problem in chunk.problems if at == place))
        if feed is job.feeds[0]:
            self._refuse(feed, (problem for problem, _ in chunk.bad))
        self._notice(job, feed, (notice for at, notice in chunk.notices if at == place))
        rows: list[Row] = [
            (number, data, more, prepared)
            for (number, at, data, more), prepared in zip(
                chunk.rows, read.prepared or repeat(None), strict=False
            )
            if at == place and number not in refused
        ]
        if not rows:
            return
        rows, problems, notices = self._resolver.resolve(feed.table, rows, job.export.name)
        self._refuse(feed, problems)
        self._notice(job, feed, notices)
        writer = self._writer
        verdict = feed.ledger.judge(rows, self._next_run(feed))
        self._refuse(feed, verdict.problems)
        feed.new += verdict.new
        feed.corrected += verdict.corrected
        feed.unchanged += verdict.unchanged
        feed.repeated += verdict.repeated
        if verdict.drafts:
            if self._command.watch is not None:
                self._command.watch(feed.table.name, verdict.drafts)
            self._start(job, feed)
            writer.append(verdict.drafts, now_ms=self._now_ms)

    def _next_run(self, feed: FedTable) -> int:
        """The index of the feed's run, or the one it will have when it is started now."""
        return self._writer.size + self._step if feed.run is None else feed.run

    def _start(self, job: Job, feed: FedTable) -> None:
        """Record that the file was read, just before the first row that changes something."""
        if feed.run is not None:
            return
        expected = self._next_run(feed)
        batch = expected if self.batch is None else self.batch
        data = {
            "batch": batch,
            "source": self._command.source,
            "table": feed.table.name,
            "file": job.export.name,
            "sha256": job.export.sha256,
            "rows": job.rows,
            "mapping": job.mapping.digest if job.mapping else "",
            "rejected": len(feed.refused),
        }
        draft = Draft("import.started", self._command.by, data, source=self._command.source)
        (feed.run,) = self._writer.append([draft], now_ms=self._now_ms)
        if feed.run != expected:
            raise Unavailable(
                say("The machine's clock was set while this import began: try again.")
            )
        self.batch = batch
        # A step back of the clock is told once, with the first entry.
        self._step = False
        self._now_ms = max(self._now_ms, self._writer.last_ms)

    def _refuse(self, feed: FedTable, problems: Iterable[RowProblem]) -> None:
        self.fresh.extend(
            (feed, problem) for problem in problems if problem.row not in feed.refused
        )

    def _notice(self, job: Job, feed: FedTable, notices: Iterable[Notice]) -> None:
        for notice in notices:
            if notice.row not in feed.refused:
                self._remarks.add(_remark(job, feed, notice))

    def _as_agreed(self) -> None:
        """What is left out is no more than somebody agreed to.

        Raises:
            Refused: the record has changed since, and more rows would be left out.
        """
        if self._command.agreed is None:
            return
        bad = len(
            {(id(job), row) for job in self._jobs for feed in job.feeds for row in feed.refused}
        )
        if bad > self._command.agreed:
            raise Refused(
                say(
                    "{bad:,} rows would be left out now, and {agreed:,} were agreed to: the record has "
                    "changed since the file was checked. Nothing was recorded; check it again.",
                    bad=bad,
                    agreed=self._command.agreed,
                ),
                code="rejected_more",
            )

    def _find_absent(self) -> None:
        """Rows that this source sent before, and that are not in its complete export."""
        last = {feed.table.name: (job, feed) for job in self._jobs for feed in job.feeds}
        for name, (job, feed) in last.items():
            feeds = [each for one in self._jobs for each in one.feeds if each.table.name == name]
            if any(each.refused for each in feeds):
                self._notes.append(
                    f"Rows of {name} were rejected, so what came no more could not be told for that table."
                )
                continue
            sent = set().union(*(each.ledger.unchanged for each in feeds))
            absent = [
                entry
                for entries in importing.iter_open_rows(name, self._command.source, self._began)
                for entry in entries
                if entry not in sent
            ]
            if absent:
                self._start(job, feed)
                self._writer.append(
                    [
                        Draft(
                            "row.absent",
                            self._command.by,
                            {"table": name, "entry": entry},
                            source=self._command.source,
                            run=feed.run,
                        )
                        for entry in absent
                    ],
                    now_ms=self._now_ms,
                )
                feed.absent = len(absent)

    def _find_odd(self) -> None:
        """Warnings that only the whole command can tell."""
        if self.batch is None:
            return
        file_of = {feed.run: job.export.name for job in self._jobs for feed in job.feeds}
        for odd in importing.find_odd_facts(self._began):
            found = importing.read_rows(odd.entries)
            for place, (run, row, data) in enumerate(found.values()):
                tag = ", ".join(str(data[name]) for name in ("agency", "tag") if name in data)
                text = f"{tag}: {odd.text}" if odd.code != "report_crowded" else odd.text
                self._remarks.add(
                    Remark(file_of.get(run, ""), odd.table, row, "", odd.code, text),
                    odd.count - len(found) + 1 if place == 0 else 1,
                )


def _remark(job: Job, feed: FedTable, said: RowProblem | Notice) -> Remark:
    return Remark(job.export.name, feed.table.name, said.row, said.column, said.code, said.text)


def _merged(job: Job) -> dict[int, list[Remark]]:
    """The refused rows of all tables that one export feeds."""
    found: dict[int, list[Remark]] = {}
    for feed in job.feeds:
        for row, remarks in feed.refused.items():
            found.setdefault(row, []).extend(remarks)
    return dict(sorted(found.items()))
