"""Ask the match of everything: counts, lines, a Parquet of all lines.

On DuckDB the lines are worked out once and written to Parquet; counts and
pages are then read from that file. On SQLite and PostgreSQL they are kept in
temporary tables of the connection.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from fullfile.core.matching.line import Policy, State
from fullfile.core.matching.tally import KEPT_BACK
from fullfile.engines.matching.arithmetic import day
from fullfile.engines.matching.expressions import CODES, KINDS, LINE, ORDER, match_lines
from fullfile.engines.matching.expressions.cases import case_facts
from fullfile.engines.matching.expressions.due import clocks
from fullfile.engines.matching.expressions.triggers import events
from fullfile.engines.matching.law import Law, Moment, TriggerRow
from fullfile.engines.matching.tables import Expr, Tables, named
from fullfile.engines.matching.work import Work, attach

__all__ = ["Match", "Summary", "courts", "held_days", "ordered_periods", "trigger_days"]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many lines there are in which state.

    Attributes:
        lines: all lines but those counted apart.
        states: how many are in each state.
        also: how many have each state beside the first.
        ended: the lines that are counted apart, because their case has ended.
    """

    lines: int
    states: dict[State, int] = field(default_factory=dict)
    also: dict[State, int] = field(default_factory=dict)
    ended: int = 0


def courts(tables: Tables, moment: Moment) -> list[tuple[str, str]]:
    """(jurisdiction, court level) of the cases on record: what the caller's `Law` must cover."""
    with Work(tables, moment, Policy(), Law()) as work:
        found = work.arrow(case_facts(work).select("jurisdiction", "court_level").distinct())
    return sorted((row["jurisdiction"], row["court_level"]) for row in found.to_pylist())


def trigger_days(
    tables: Tables, moment: Moment, triggers: Collection[TriggerRow]
) -> list[tuple[TriggerRow, int]]:
    """Every trigger on record with the day that counts, once for each court, kind of item and day.

    These are the dates that `Law.due` needs.
    """
    if not triggers:
        return []
    with Work(tables, moment, Policy(), Law()) as work:
        rows = events(work, {one.event for one in triggers})
        if rows is None:
            return []
        cases = case_facts(work).select("case_id", "jurisdiction", "court_level")
        rows = attach(rows, cases, ["case_id"], how="inner")
        rows = rows.select(
            "jurisdiction", "court_level", "event", "due_day", day=day(rows["first"])
        )
        found = work.arrow(rows.distinct()).to_pylist()
    wanted: dict[tuple[str, str, str], list[TriggerRow]] = {}
    for one in triggers:
        wanted.setdefault((one.jurisdiction, one.court_level, one.event), []).append(one)
    days: dict[tuple[str, str, str, int], TriggerRow] = {}
    for row in found:
        for one in wanted.get((row["jurisdiction"], row["court_level"], row["event"]), ()):
            on = row["due_day"] if one.from_due_day else row["day"]
            if on is None or (one.since is not None and on < one.since):
                continue
            if one.until is None or on <= one.until:
                days[one.jurisdiction, one.court_level, one.kind, int(on)] = one
    return [(days[place], place[3]) for place in sorted(days)]


def held_days(tables: Tables, moment: Moment) -> list[int]:
    """The days (since 1970) on which things were taken in, by any account."""
    with Work(tables, moment, Policy(), Law()) as work:
        parts = [work.seen("items").select("held_first"), work.seen("items").select("booked_first")]
        parts = [part.rename(at=part.columns[0]) for part in parts]
        events = work.seen("custody")
        parts.append(events.filter(events.event.isin(("collected", "booked"))).select(at="first"))
        every = ibis.union(*parts)
        every = every.filter(every["at"].notnull())
        found = work.arrow(every.select(day=day(every["at"])).distinct())
    return sorted(one for one in found.column(0).to_pylist() if one is not None)


def ordered_periods(tables: Tables, moment: Moment) -> list[tuple[str, str, str]]:
    """(jurisdiction, court level, period) of every number that a court ordered."""
    with Work(tables, moment, Policy(), Law()) as work:
        docket = work.seen("docket")
        rows = docket.filter(docket.period != "").select("case_id", "period")
        cases = case_facts(work).select("case_id", "jurisdiction", "court_level")
        rows = attach(rows, cases, ["case_id"], how="inner")
        found = work.arrow(rows.select("jurisdiction", "court_level", "period").distinct())
    return sorted(
        (row["jurisdiction"], row["court_level"], row["period"]) for row in found.to_pylist()
    )


class Match:
    """The match of everything at one moment. Close it, or use it in a `with`."""

    def __init__(self, tables: Tables, moment: Moment, policy: Policy, law: Law) -> None:
        self._work = Work(tables, moment, policy, law)
        self._rows: Expr | None = None
        self._place: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop what was kept. The connection stays open: it is the caller's."""
        self._rows = None
        self._work.close()
        if self._place is not None:
            self._place.cleanup()
            self._place = None

    def write_parquet(self, path: Path) -> int:
        """Write every line as Parquet; how many there are. `expressions.LINE` says the columns."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._work.tables.engine == "duckdb":
            self._write(path)
            return int(pq.read_metadata(path).num_rows)
        rows = 0
        found = self._lines()
        schema = pa.schema(
            [one.with_nullable(nullable=True) for one in found.schema().to_pyarrow()]
        )
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in self._work.batches(found):
                writer.write_batch(batch)
                rows += batch.num_rows
        return rows

    def summary(self, *, ended: bool = False) -> Summary:
        """Counts by state.

        Args:
            ended: whether lines of cases that have ended count with the others.
        """
        rows = self._lines()
        apart = rows.ended_day.notnull() & ~rows.changed
        counted = rows if ended else rows.filter(~apart)
        flags = {state.value: counted[state.value].sum() for state in ORDER if state.value in LINE}
        found = self._work.arrow(
            counted.group_by("state").agg(lines=counted.count(), **flags)
        ).to_pylist()
        states: Counter[State] = Counter()
        also: Counter[State] = Counter()
        for row in found:
            state = ORDER[row["state"]]
            states[state] = row["lines"]
            for other in ORDER:
                if other != state:
                    also[other] += row[other.value] or 0
        total = self._work.arrow(rows.filter(apart).agg(lines=rows.filter(apart).count()))
        return Summary(
            states.total(),
            {state: states[state] for state in ORDER if states[state]},
            {state: also[state] for state in ORDER if also[state]},
            total.column(0)[0].as_py(),
        )

    def lines(
        self,
        *,
        states: Collection[State] | None = None,
        cases: Collection[int] | None = None,
        exceptions: bool | None = None,
        ended: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> pa.Table:
        """Lines by state, the oldest first.

        Args:
            states: those in one of these states.
            cases: those of one of these cases (`case_id`).
            exceptions: those that are exceptions, or are not.
            ended: those that are counted apart, or are not.
            limit: at most so many.
            offset: after leaving out so many.
        """
        rows = self._lines()
        if states is not None:
            rows = rows.filter(rows.state.isin([CODES[state] for state in states]))
        if cases is not None:
            rows = rows.filter(rows.case_id.isin(list(cases)))
        if exceptions is not None:
            rows = rows.filter(rows.exception == exceptions)
        if ended is not None:
            rows = rows.filter((rows.ended_day.notnull() & ~rows.changed) == ended)
        order = ["state", "case_id", "held_first", "item_id", "defendant_id", "agency_id", "entry"]
        rows = rows.order_by([ibis.asc(column, nulls_first=True) for column in order])
        if limit is not None or offset:
            rows = rows.limit(limit, offset=offset)
        return self._work.arrow(rows)

    def by_case(self) -> pa.Table:
        """One row for each case that has a line: `lines` and `also_` of each state, apart, and its items.

        Lines counted apart are only in `ended`.
        """
        rows = self._lines()
        rows = rows.filter(rows.case_id.notnull())
        apart = rows.ended_day.notnull() & ~rows.changed
        counts = {"ended": apart.sum()}
        for state in ORDER:
            here = (rows.state == CODES[state]) & ~apart
            counts[f"state_{state.value}"] = here.sum()
            also = rows[state.value] & (rows.state != CODES[state]) & ~apart
            counts[f"also_{state.value}"] = also.sum()
        of_items = rows.kind == KINDS.index("item")
        counts["items"] = rows.item_id.nunique(where=of_items)
        counts["exception_items"] = rows.item_id.nunique(where=of_items & rows.exception)
        return self._work.arrow(rows.group_by("case_id").agg(**counts))

    def owed(self) -> pa.Table:
        """How many lines are owed: case_id, defendant_id, due_day, overdue, due_basis, lines."""
        rows = self._lines()
        wanted = (
            rows.due_day.notnull() & rows.defendant_id.notnull() & (rows.pending | rows.overdue)
        )
        kept_back = rows.state.isin([CODES[state] for state in KEPT_BACK])
        rows = rows.filter(wanted & ~kept_back & ~(rows.ended_day.notnull() & ~rows.changed))
        keys = ["case_id", "defendant_id", "due_day", "overdue", "due_basis"]
        return self._work.arrow(rows.group_by(keys).agg(lines=rows.count()))

    def defendants(self) -> pa.Table:
        """How many defendants each case has: case_id, defendants."""
        rows = clocks(self._work)
        rows = rows.filter(rows.present)
        return self._work.arrow(
            rows.group_by("case_id").agg(defendants=rows.defendant_id.nunique())
        )

    def _lines(self) -> Expr:
        if self._rows is None:
            if self._work.tables.engine == "duckdb":
                self._place = tempfile.TemporaryDirectory(prefix="fullfile-match-")
                self._write(Path(self._place.name) / "lines.parquet")
            else:
                self._rows = self._work.keep("all_lines", match_lines(self._work), ("case_id",))
        assert self._rows is not None
        return self._rows

    def _write(self, path: Path) -> None:
        """Work the lines out into a file, and read them from there from now on."""
        quoted = str(path).replace("'", "''")
        connection = self._work.tables.connection
        if self._rows is None:
            statement = self._work.statement(match_lines(self._work))
        else:
            statement = self._work.statement(self._rows)
        connection.raw_sql(f"COPY ({statement}) TO '{quoted}' (FORMAT parquet)")
        if self._rows is None:
            self._work.close()
            connection.raw_sql(
                f"CREATE OR REPLACE TEMPORARY VIEW _match_lines AS FROM read_parquet('{quoted}')"
            )
            self._rows = named(connection, "_match_lines", LINE)
