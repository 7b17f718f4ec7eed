"""The whole way from a record to suggestions: read, resolve, make keys, find candidates, weigh, tell why.

    with Linkage(database, size, model, scratch=folder) as linkage:
        found = linkage.suggest(top=5)

Items are worked on in parts, so memory does not grow with them. Every suggestion carries its bits by reason and how
they stood on each day on which a fact came; the chances of a run share one base, which follows from the share of
items that belong to a case (`scoring.share_found`).
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.linkage.engine import Engine, EngineName, make_engine
from fullfile.engines.linkage.evidence import find_candidates
from fullfile.engines.linkage.features import AGGREGATES, OF_PAIR, pairs_with
from fullfile.engines.linkage.leaving import left_out
from fullfile.engines.linkage.material import Wanted, load_material
from fullfile.engines.linkage.matters import matters_of
from fullfile.engines.linkage.model import CONTEXT, Model
from fullfile.engines.linkage.nowhere import FEWEST_FILED, MOST_LOOKED_AT, bits_off, reworded
from fullfile.engines.linkage.people import PeopleModel, Resolution
from fullfile.engines.linkage.persons import make_name_keys, make_records, resolve_records
from fullfile.engines.linkage.prepare import choose, prepare_cases
from fullfile.engines.linkage.scoring import (
    MOST_SHARE,
    Scored,
    best_of,
    chance,
    columns_of,
    score,
    share_found,
    shifted_base,
)
from fullfile.engines.linkage.telling import LEAST, Reason, Shared, reasons_of
from fullfile.engines.linkage.training import FEWEST_STRAYS, Lesson, learn_own

__all__ = ["FEWEST_STRAYS", "ORPHANS", "Found", "Linkage", "Part", "Suggested"]

ORPHANS = "i.item_id NOT IN (SELECT item_id FROM settled)"
"""The items that `link` looks at unless it is asked for all."""
_FILED = "i.item_id IN (SELECT item_id FROM settled) AND i.parent_id IS NULL"
_STRAYS = f"{_FILED} AND i.item_id NOT IN (SELECT item_id FROM numbered)"
_MOST_STRAYS = 4_000
_MOST_OTHERS = 6_000
_PART = 15_000
"""Items worked on at once."""
_TOLD = 0.01
"""A suggestion below this chance is listed without its reasons, unless it is its item's first."""
_LEAST_BITS = float(np.log2(_TOLD / (1 - _TOLD)))
_STEPS = 8
"""Days on which a suggestion's chance is worked out, at most."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case suggested for an item.

    Attributes:
        agency, tag, case_number: as written.
        bits: before the run's base is added.
        reasons: the heaviest first.
        steps: from a day on (None: from the first), the bits without the base.
    """

    agency: str
    tag: str
    case_number: str
    bits: float
    reasons: tuple[Reason, ...]
    steps: tuple[tuple[int | None, float], ...]


@dataclass(slots=True)
class Found:
    """What a run found.

    Attributes:
        looked_at: how many items.
        base: the bits before any evidence, for this run.
        share: the share of the items that belong to a case, as this run found.
        off: the bits by which the model is off in this office; they are in the base.
        suggestions: for each item (agency, tag) its cases, the likeliest first.
        about: the description of each of these items.
        skipped: what was left out, in sentences.
        seconds: by step.
    """

    looked_at: int = 0
    base: float = 0.0
    share: float = 0.0
    off: float = 0.0
    suggestions: dict[tuple[str, str], list[Suggested]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def probability(self, bits: float) -> float:
        """The chance that bits give in this run."""
        return float(chance(np.array([bits + self.base]))[0])


class Linkage:
    """The case side of a record, ready for items. Use it in a `with`."""

    def __init__(
        self,
        database: str,
        size: int,
        model: Model,
        *,
        scratch: Path,
        engine: EngineName = "duckdb",
        people: PeopleModel | None = None,
        memory: str = "4GB",
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Read the record and make the case side.

        Args:
            database: the path of an SQLite database, or the address of a PostgreSQL one.
            size: entries below it count.
            model: the weights.
            scratch: a folder for what does not fit into memory.
            engine: where the joins run.
            people: a trained model of persons; None: trained on this record.
            memory: how much DuckDB may use.
            tell: is told each step, for progress.

        Raises:
            Unavailable: the engine is not there.
        """
        self.model = model
        self.size = size
        self.scratch = scratch
        self.tell = tell
        self.engine_name: EngineName = engine
        with ExitStack() as opened:
            self.connection = duckdb.connect(
                str(scratch / "link.duckdb"),
                config={
                    "memory_limit": memory,
                    "temp_directory": str(scratch / "spill"),
                    "preserve_insertion_order": False,
                },
            )
            opened.callback(self.connection.close)
            # First: what cannot run says so before anything is read, and persons are resolved in the same Spark.
            self._engine = make_engine(engine, self.connection, scratch)
            opened.callback(self._engine.close)
            tell("reading the record")
            load_material(self.connection, database, Wanted(size))
            tell("finding who is who")
            make_records(self.connection)
            self.resolution: Resolution = resolve_records(
                self.connection, scratch, engine=engine, model=people
            )
            make_name_keys(self.connection)
            tell("making the case side")
            self.cases = prepare_cases(self.connection)
            self.matter = matters_of(self.connection)
            self._put(_CASE_SIDE)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def candidates(self, which: str, *, known: bool = False) -> Iterator[tuple[Engine, pa.Table]]:
        """The candidates of the items that meet a condition, part by part.

        Args:
            which: a condition on `item` (alias i).
            known: the cases that an item is on are candidates too, to learn from them.
        """
        many = choose(self.connection, which)
        self._put(_ITEM_SIDE)
        parts = max(1, -(-many // _PART))
        for part in range(parts):
            self.tell(f"looking at items: part {part + 1} of {parts}")
            yield (
                self._engine,
                find_candidates(self._engine, self.cases, batch=part, batches=parts, known=known),
            )

    def _put(self, tables: tuple[str, ...]) -> None:
        """Give the engine tables that it joins. On DuckDB they are there already."""
        if self.engine_name != "duckdb":
            for table in tables:
                rows = self.connection.sql(f"SELECT * FROM {table}").to_arrow_reader(_ROWS)
                self._engine.put(table, rows)

    def learn(self, shipped: Model, *, version: str) -> tuple[Model, str]:
        """Learn the office's own weights from its record.

        Args:
            shipped: the model to begin with.
            version: of the model that is learned.

        Returns:
            The model, and in a sentence what it was learned from.
        """
        strays = self._lesson(
            f"{_STRAYS} ORDER BY hash(i.item_id) LIMIT {_MOST_STRAYS}", known=True
        )
        others = self._lesson(f"{ORPHANS} ORDER BY hash(i.item_id) LIMIT {_MOST_OTHERS}")
        enough = strays.belonging >= FEWEST_STRAYS
        what = f"{strays.belonging:,} things of this office that came under a number no case lists and were filed in a case"
        said = (
            f"{what}, {others.items:,} that are in none, and the weights of {shipped.name} {shipped.version}"
            if enough
            else f"{others.items:,} things of this office that are in no case, and the weights of {shipped.name} "
            f"{shipped.version}; it has {what}, and {FEWEST_STRAYS} are needed to learn what is true"
        )
        return learn_own(shipped, strays, others, version=version, trained_on=said), said

    def strays(self) -> int:
        """How many things came under a number that no case lists and were filed all the same."""
        return self._count(_STRAYS)

    def _count(self, which: str) -> int:
        (found,) = self.connection.sql(f"SELECT count(*) FROM item i WHERE {which}").fetchall()
        return int(found[0])

    def _lesson(self, which: str, *, known: bool = False) -> Lesson:
        tables = [table for _, table in self.candidates(which, known=known)]
        candidates = pa.concat_tables(tables)
        true = np.zeros(candidates.num_rows, dtype=bool)
        belonging = 0
        if known:
            pairs = self.connection.sql(
                "SELECT item_id, case_id FROM bears WHERE item_id IN (SELECT item_id FROM chosen)"
            ).fetchall()
            own = set(pairs)
            belonging = len({item for item, _ in pairs})
            true = np.array(
                [
                    pair in own
                    for pair in zip(
                        candidates.column("item_id").to_pylist(),
                        candidates.column("case_id").to_pylist(),
                        strict=True,
                    )
                ],
                dtype=bool,
            )
        (looked,) = self.connection.sql("SELECT count(*) FROM chosen").fetchall()
        return Lesson(candidates, true, int(looked[0]), belonging, self.matter)

    def _off(self) -> float:
        """By how many bits the chances are off here; what the office taught itself is not."""
        if self.model.is_own or self._count(_FILED) < FEWEST_FILED:
            return 0.0
        choose(self.connection, f"{ORPHANS} ORDER BY hash(i.item_id) LIMIT {MOST_LOOKED_AT}")
        wordings = self.connection.sql(
            "SELECT wording FROM chosen ORDER BY item_id"
        ).to_arrow_table()
        if not wordings.num_rows:
            return 0.0
        filed = self._lesson(f"{_FILED} ORDER BY hash(i.item_id) LIMIT {MOST_LOOKED_AT}")
        told = reworded(filed.candidates, wordings.column(0).to_numpy())
        scored = score(told, self.model, self.matter, base=0.0)
        best = best_of(scored) + shifted_base(self.model, self.model.share, self.cases)
        return bits_off(best, filed.items, self.model)

    def suggest(self, *, top: int = 5, which: str = ORPHANS) -> Found:
        """Suggest cases for the items that meet a condition.

        Args:
            top: at most so many cases for an item.
            which: a condition on `item` (alias i).
        """
        found = Found(skipped=[*self.resolution.skipped], off=self._off())
        best: list[Floats] = []
        parts: list[Part] = []
        # The base of a run is known at its end: what is kept until then is what any base could ask for.
        kindest = shifted_base(self.model, MOST_SHARE, self.cases) + found.off
        for engine, table in self.candidates(which):
            scored = score(table, self.model, self.matter, base=0.0)
            best.append(best_of(scored) + shifted_base(self.model, self.model.share, self.cases))
            parts.append(Part(self.model, self.connection, engine, scored, top, kindest))
        (looked,) = self.connection.sql("SELECT count(*) FROM chosen").fetchall()
        found.looked_at = int(looked[0])
        found.skipped += left_out(self.connection)
        bits = np.concatenate([*best, np.zeros(0)])
        found.share = share_found(bits, found.looked_at, self.model, off=found.off)
        found.base = shifted_base(self.model, found.share, self.cases) + found.off
        self.tell("telling why")
        while parts:
            parts.pop(0).into(found)
        return found


_CASE_SIDE = ("case_key", "key_rarity", "court", "court_agency", "court_class", "relation", "bears")
_ITEM_SIDE = ("item_key", "known_person", "chosen", "sibling", "tied")
"""Joined with the case side; made anew for each choice of items."""
_ROWS = 100_000
"""Rows of a table that go to the engine at once."""


class Part:
    """The best candidates of one part, with what is needed to tell them."""

    def __init__(
        self,
        model: Model,
        connection: Connection,
        engine: Engine,
        scored: Scored,
        top: int,
        base: float,
    ) -> None:
        """Keep what is needed while the engine has the part's tables.

        Args:
            model: the weights.
            connection: with the material and the item side.
            engine: with the tables of `find_candidates`.
            scored: the part's candidates.
            top: at most so many cases for an item.
            base: of the run, or more: what has no chance even with it is told without its reasons.
        """
        self.model = model
        self.connection = connection
        order = np.lexsort((scored.case, -scored.bits, scored.item))
        starts = (
            np.flatnonzero(np.r_[True, scored.item[order][1:] != scored.item[order][:-1]])
            if len(order)
            else np.zeros(0, dtype=np.int64)
        )
        sizes = np.diff(np.r_[starts, len(order)])
        rank = np.arange(len(order)) - np.repeat(starts, sizes)
        rows = order[rank < top]
        self.item = scored.item[rows]
        self.case = scored.case[rows]
        self.bits = scored.bits[rows]
        self.evidence = scored.evidence[rows]
        self.context = scored.context[rows]
        told = self._told(base)
        picked = pa.table({"item_id": self.item[told], "case_id": self.case[told].astype(np.int32)})
        engine.put("picked", picked)
        self.hits = engine.get(
            """SELECT h.item_id, h.case_id, h.family, h.key, h.bits, h.weight, h.known FROM hit h
               JOIN picked p ON p.item_id = h.item_id AND p.case_id = h.case_id"""
        )
        snapshots = engine.get(
            f"""WITH days AS (SELECT DISTINCT h.item_id, h.case_id, h.known AS day FROM hit h
                              JOIN picked p ON p.item_id = h.item_id AND p.case_id = h.case_id
                              JOIN chosen i ON i.item_id = h.item_id
                              WHERE h.known > coalesce(i.known, i.day)),
                late AS (SELECT *, row_number() OVER (PARTITION BY item_id, case_id ORDER BY day DESC) AS place FROM days),
                asked_on AS (SELECT item_id, case_id, day FROM late WHERE place <= {_STEPS}
                             UNION ALL SELECT p.item_id, p.case_id, coalesce(i.known, i.day) AS day
                             FROM picked p JOIN chosen i ON i.item_id = p.item_id),
                summed AS (SELECT c.item_id, c.case_id, c.day, {AGGREGATES} FROM asked_on c
                           LEFT JOIN hit h ON h.item_id = c.item_id AND h.case_id = c.case_id AND h.known <= c.day
                           GROUP BY c.item_id, c.case_id, c.day)
                SELECT s.*, {OF_PAIR}
                FROM {pairs_with("summed")}
                ORDER BY s.item_id, s.case_id, s.day"""
        )
        sums = model.bits(columns_of(model.features, snapshots)).sum(axis=1)
        self.stood = snapshots.select(["item_id", "case_id", "day"]).append_column(
            "bits", pa.array(model.context["evidence"].at(sums))
        )

    def _told(self, base: float) -> npt.NDArray[np.bool_]:
        """Which of them have a chance that is worth reasons: each item's first at any rate."""
        first = np.r_[True, self.item[1:] != self.item[:-1]][: len(self.item)]
        return np.asarray(first | (self.bits + base >= _LEAST_BITS))

    def into(self, found: Found) -> None:
        """Put the suggestions of this part into what was found."""
        if not len(self.item):
            return
        is_told = self._told(found.base)
        shared = _Sides(self.connection, self.item[is_told], self.case[is_told], self.hits)
        names = _names(self.connection, self.item, self.case)
        steps = self._steps()
        context = CONTEXT[1:]
        for at in range(len(self.item)):
            item, case = int(self.item[at]), int(self.case[at])
            if not is_told[at]:
                agency, tag, about, known = names.items[item]
                bits = float(self.bits[at])
                weak = Reason("signs too weak to be told one by one", bits, "rest", "", "", known)
                found.suggestions.setdefault((agency, tag), []).append(
                    Suggested(agency, tag, names.cases[case], bits, (weak,), ((known, bits),))
                )
                found.about[agency, tag] = about
                continue
            one = shared.of(item, case)
            reasons = reasons_of(one, self.model.features, self.evidence[at].tolist())
            told = sum(reason.weight for reason in reasons)
            others = []
            for name, weight in zip(context, self.context[at][1:].tolist(), strict=True):
                if abs(weight) >= LEAST:
                    what = _ALONE if name == "rivals" and weight > 0 else _CONTEXT[name]
                    others.append(Reason(what, weight, _GROUP[name], "", "", one.known))
                    told += weight
            # What the second layer makes of the sum, and signs too small to tell.
            rest = float(self.bits[at]) - told
            if abs(rest) >= LEAST:
                others.append(Reason("all smaller signs together", rest, "rest", "", "", one.known))
            agency, tag, number, about = shared.names(item, case)
            start = one.known
            stood = steps.get((item, case), {})
            later = sorted(
                (day if start is None else max(day, start), bits) for day, bits in stood.items()
            )
            now = float(self.bits[at])
            last = later[-1][1] if later else 0.0
            # What other cases and items say is taken as it is now; the last step is what stands.
            series: dict[int | None, float] = {}
            for day, bits in later:
                series[day] = now + bits - last
            found.suggestions.setdefault((agency, tag), []).append(
                Suggested(
                    agency,
                    tag,
                    number,
                    now,
                    (*reasons, *others),
                    tuple(series.items()) or ((start, now),),
                )
            )
            found.about[agency, tag] = about

    def _steps(self) -> Mapping[tuple[int, int], dict[int, float]]:
        """The bits of the first and second layer's own sum on each day, by pair."""
        found: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
        for item, case, day, bits in zip(
            *(column.to_pylist() for column in self.stood.columns), strict=True
        ):
            found[item, case][day] = bits
        return found


_ALONE = "no other case comes near it"
_CONTEXT = {
    "same_number": "another item under its number points to the case",
    "linked_case": "a linked case has evidence of its own",
    "rivals": "other cases are as good, or nearly",
}
_GROUP = {"same_number": "linked", "linked_case": "linked", "rivals": "rivals"}


@dataclass(frozen=True, slots=True)
class _Names:
    """How items (agency, tag, description, known) and cases are written."""

    items: Mapping[int, tuple[str, str, str, int | None]]
    cases: Mapping[int, str]


def _names(connection: Connection, items: Ints, cases: Ints) -> _Names:
    connection.register("told_items", pa.table({"item_id": np.unique(items)}))
    connection.register("told_cases", pa.table({"case_id": np.unique(cases).astype(np.int32)}))
    written = connection.sql(
        "SELECT item_id, agency, tag, about, coalesce(known, day) FROM chosen SEMI JOIN told_items USING (item_id)"
    ).fetchall()
    numbers = connection.sql(
        "SELECT case_id, number FROM court SEMI JOIN told_cases USING (case_id)"
    ).fetchall()
    connection.unregister("told_items")
    connection.unregister("told_cases")
    return _Names({row[0]: tuple(row[1:]) for row in written}, dict(numbers))


class _Sides:
    """Both sides in words, for the pairs of one part."""

    def __init__(self, connection: Connection, items: Any, cases: Any, hits: pa.Table) -> None:
        pairs = pa.table({"item_id": items, "case_id": cases.astype(np.int32)})
        connection.register("told", pairs)
        connection.register("told_hits", hits)
        texts = connection.sql(
            """SELECT h.item_id, h.case_id, h.family, coalesce(any_value(k.text), '') AS text, max(h.bits) AS bits,
                      nullif(min(h.known), -100000) AS known
               FROM told_hits h JOIN told t ON t.item_id = h.item_id AND t.case_id = h.case_id
               LEFT JOIN item_key k ON k.item_id = h.item_id AND k.key = h.key
               WHERE h.family < 30 GROUP BY h.item_id, h.case_id, h.family, h.key ORDER BY h.item_id, h.case_id, round(max(h.bits), 6) DESC, h.family, text, h.key"""
        ).to_arrow_table()
        persons = connection.sql(
            """SELECT p.item_id, p.case_id, i.name AS own, p.family, c.name AS theirs, p.role, p.bits, p.known
               FROM known_person p JOIN told t ON t.item_id = p.item_id AND t.case_id = p.case_id
               JOIN record i ON i.record = p.record JOIN record c ON c.record = p.other
               ORDER BY p.item_id, p.case_id, round(p.bits, 6) DESC, p.family, own, theirs, p.role"""
        ).to_arrow_table()
        facts = connection.sql(
            """SELECT t.item_id, t.case_id, i.agency, i.tag, i.number, i.category, i.day, i.known, c.number AS case_number,
                      c.incident, c.opened, i.about
               FROM told t JOIN chosen i ON i.item_id = t.item_id JOIN court c ON c.case_id = t.case_id"""
        ).to_arrow_table()
        listed = connection.sql(
            """SELECT r.case_id, list(DISTINCT r.number ORDER BY r.number) FROM report r
               WHERE r.case_id IN (SELECT case_id FROM told) GROUP BY r.case_id"""
        ).fetchall()
        connection.unregister("told")
        connection.unregister("told_hits")
        numbers = {case: tuple(found) for case, found in listed}
        self._shared: dict[tuple[int, int], Shared] = {}
        self._names: dict[tuple[int, int], tuple[str, str, str, str]] = {}
        for row in facts.to_pylist():
            pair = row["item_id"], row["case_id"]
            known = max(
                (one for one in (row["known"] or row["day"], row["opened"]) if one is not None),
                default=None,
            )
            since = row["incident"] if row["incident"] is not None else row["opened"]
            day = row["day"]
            self._shared[pair] = Shared(
                numbers=(row["number"], (*numbers.get(row["case_id"], ()), row["case_number"])),
                days=(_iso(day), _iso(row["incident"]), _iso(row["opened"])),
                gaps=(
                    None if since is None or day is None else day - since,
                    None if row["opened"] is None or day is None else day - row["opened"],
                ),
                agency=row["agency"],
                category=row["category"],
                known=known,
            )
            self._names[pair] = (row["agency"], row["tag"], row["case_number"], row["about"])
        for row in texts.to_pylist():
            self._shared[row["item_id"], row["case_id"]].keys.append(
                (row["family"], row["text"], row["bits"], row["known"])
            )
        for row in persons.to_pylist():
            one = self._shared[row["item_id"], row["case_id"]]
            if row["family"] == 32:
                one.officers.append((row["own"], row["theirs"], row["bits"], row["known"]))
            else:
                place = "handed it in" if row["family"] in (31, 34) else "named with it"
                one.persons.append(
                    (row["own"], place, row["theirs"], row["role"], row["bits"], row["known"])
                )

    def of(self, item: int, case: int) -> Shared:
        """What a pair shares."""
        return self._shared[item, case]

    def names(self, item: int, case: int) -> tuple[str, str, str, str]:
        """Agency, tag, case number and description, as written."""
        return self._names[item, case]


def _iso(day: int | None) -> str:
    return "" if day is None else (date(1970, 1, 1) + timedelta(days=day)).isoformat()
