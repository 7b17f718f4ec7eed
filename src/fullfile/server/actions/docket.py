"""Open a case, add a count, record what the court did: the office's own acts about a docket.

Each is checked as an import would check it, and judged on the record as it would stand with it, under
the writer's lock: a count that a ruling in the matter bars is refused with every reason, unless
`override` names the ruling. An import records such a count, and the match lists it as `barred_count`.

What this does not do: it permits nobody; whoever calls it has asked who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.docket.decide import BRINGS, Barring, decide_case, decide_count, decide_event
from fullfile.core.entries import Draft, Entry, get_table
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.facts.cases import Case
from fullfile.core.ids import day_text, end_of_day, key, parse_when, wall_ms
from fullfile.core.matching import World
from fullfile.core.matching.beside import barred_counts
from fullfile.core.said import say
from fullfile.core.standing import Standing, standing_of_case
from fullfile.engines.importers import RowProblem
from fullfile.engines.importers.shape import Shape
from fullfile.server.actions.imports.resolving import Resolver
from fullfile.server.queries.asked import asked
from fullfile.server.queries.worlds import world_of
from fullfile.server.store import row_keys
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.case_entries import entries_for_docket, entries_for_new_case
from fullfile.server.store.load import adopted_law, cases, entries, find_cases, office

__all__ = ["NewCount", "NewDefendant", "add_count", "open_case", "record_event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCount:
    """A count as somebody states it; the attributes are the columns of `counts`."""

    defendant: str
    count: str
    offense: str
    statute: str = ""
    grade: str = ""
    charged_on: str = ""
    offense_on: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDefendant:
    """A defendant as somebody states them; the attributes are columns of `parties`."""

    name: str
    party_id: str = ""
    date_of_birth: str = ""
    counsel: str = ""


def open_case(
    number: str,
    *,
    jurisdiction: str,
    by: str,
    now_ms: int,
    court: str = "",
    court_level: str = "",
    title: str = "",
    opened_on: str = "",
    incident_on: str = "",
    time_zone: str = "",
    report_numbers: Sequence[str] = (),
    related_cases: Sequence[str] = (),
    agencies: Sequence[str] = (),
    defendants: Sequence[NewDefendant] = (),
    counts: Sequence[NewCount] = (),
) -> range:
    """Open a case, with its defendants and counts. The indexes of the entries.

    Args:
        number: the case number.
        jurisdiction: a pack's id.
        by: who opens it.
        now_ms: what the clock says, UTC milliseconds.
        court: as in the table `cases`; likewise the next ones.
        court_level: a word of the pack.
        title: what the case is called.
        opened_on: the day.
        incident_on: the day of what it is about.
        time_zone: the court's, where it is not the office's.
        report_numbers: `AGENCY:NUMBER`.
        related_cases: `NUMBER|kind`.
        agencies: by name.
        defendants: who is charged.
        counts: with what.

    Raises:
        Refused: with every reason; a barred count names the ruling and the way out.
    """
    with unit_of_work() as writer:
        rows = _Rows(writer.size, now_ms)
        case = rows.one(
            "cases",
            {
                "case_number": number,
                "jurisdiction": jurisdiction,
                "court": court,
                "court_level": court_level,
                "title": title,
                "opened_on": opened_on,
                "incident_on": incident_on,
                "time_zone": time_zone,
                "report_numbers": ";".join(report_numbers),
                "related_cases": ";".join(related_cases),
                "agencies": ";".join(agencies),
            },
        )
        parties = [
            rows.one("parties", {"case_number": number, "role": "defendant", **_said(one)})
            for one in defendants
        ]
        stated = [rows.one("counts", {"case_number": number, **_said(one)}) for one in counts]
        rows.check()
        bare = [
            Draft("case.recorded", by or "-", case),
            *(Draft("party.recorded", by or "-", row) for row in parties),
            *(Draft("count.recorded", by or "-", _without_override(row)) for row in stated),
        ]
        around = entries_for_new_case(
            [one["case"] for one in case.get("related_cases", ())],
            [(one["agency"], one["number"]) for one in case.get("report_numbers", ())],
            writer.size,
        )
        ahead = _Ahead(around, bare, writer.size, now_ms)
        drafts = decide_case(
            case,
            parties,
            stated,
            by=by,
            exists=key(number) in cases([number]),
            barred=ahead.barred(number, [(row["defendant"], row["count"]) for row in stated]),
        )
        return writer.append(drafts, now_ms=now_ms)


def add_count(
    number: str,
    defendant: str,
    count: str,
    offense: str,
    *,
    by: str,
    now_ms: int,
    statute: str = "",
    grade: str = "",
    charged_on: str = "",
    offense_on: str = "",
    override: str = "",
) -> int:
    """Open a count in a case on record. The index of the entry.

    Args:
        number: the case number.
        defendant: by name or party_id.
        count: its number.
        offense: its name.
        by: who records it.
        now_ms: what the clock says, UTC milliseconds.
        statute: as in the table `counts`; likewise the next ones.
        grade: a word of the pack.
        charged_on: the day of the charge; empty: the day on which it is opened here, because an
            ending on the docket before that day is not about it.
        offense_on: the day of the offence.
        override: the ruling that the count is opened in spite of.

    Raises:
        Refused: with every reason; a barred count names the ruling and the way out.
        NotFound: there is no such case.
    """
    with unit_of_work() as writer:
        case_id = _case_id(number)
        rows = _Rows(writer.size, now_ms)
        data = rows.one(
            "counts",
            {
                "case_number": number,
                "defendant": defendant,
                "count": count,
                "offense": offense,
                "statute": statute,
                "grade": grade,
                "charged_on": charged_on.strip() or _today(now_ms),
                "offense_on": offense_on,
                "override": override,
            },
        )
        rows.check()
        around = entries_for_docket(case_id, writer.size)
        before = _Ahead(around, [], writer.size, now_ms)
        known = before.counts(number, data["defendant_key"])
        ahead = _Ahead(
            around,
            [Draft("count.recorded", by or "-", _without_override(data))],
            writer.size,
            now_ms,
        )
        barred = (
            []
            if key(count) in known
            else ahead.barred(number, [(data["defendant"], data["count"])])
        )
        drafts = decide_count(data, by=by, known=known, barred=barred)
        return writer.append(drafts, now_ms=now_ms)[0]


def record_event(
    number: str,
    event: str,
    occurred_on: str,
    *,
    by: str,
    now_ms: int,
    defendant: str = "",
    count: str = "",
    detail: str = "",
    court: str = "",
    document: str = "",
    due_on: str = "",
    relates_to: str = "",
    override: str = "",
) -> int:
    """Record an event on a docket. The index of the entry.

    A docket that contradicts itself is recorded as it is; `standing` says what cannot be right.

    Args:
        number: the case number.
        event: a word of the contract or of the pack.
        occurred_on: when it happened.
        by: who records it.
        now_ms: what the clock says, UTC milliseconds.
        defendant: whom it is about; empty: all who were defendants that day.
        count: which count; empty: all.
        detail: what happened, in words.
        court: who acted (the column `by` of the docket).
        document: where it stands.
        due_on: a date that the court set.
        relates_to: what it is about.
        override: for a charge that a ruling bars: the ruling it is brought in spite of.

    Raises:
        Refused: with every reason.
        NotFound: there is no such case.
    """
    with unit_of_work() as writer:
        case_id = _case_id(number)
        rows = _Rows(writer.size, now_ms)
        data = rows.one(
            "docket",
            {
                "case_number": number,
                "event": event,
                "occurred_on": occurred_on,
                "defendant": defendant,
                "count": count,
                "detail": detail,
                "by": court,
                "document": document,
                "due_on": due_on,
                "relates_to": relates_to,
            },
        )
        rows.check()
        draft = Draft("docket.recorded", by or "-", data)
        hashed = row_keys.key_of(draft)
        same = row_keys.find([hashed]).get(hashed)
        around = entries_for_docket(case_id, writer.size)
        before = _Ahead(around, [], writer.size, now_ms)
        drafts = decide_event(
            data,
            by=by,
            words=before.words(number),
            counts=before.counts(number, data.get("defendant_key")),
            recorded=None if same is None else same[0],
            ahead=before.is_ahead(number, data["occurred_on"]),
            barred=before.brought_again(number, data) if data["event"] in BRINGS else (),
            override=override,
        )
        return writer.append(drafts, now_ms=now_ms)[0]


class _Rows:
    """What somebody stated, as the data of entries; what is wrong is gathered and said at once."""

    def __init__(self, size: int, now_ms: int) -> None:
        self._resolver = Resolver("", size)
        self._now_ms = now_ms
        self._reasons: list[Reason] = []

    def one(self, table: str, said: Mapping[str, str]) -> dict[str, Any]:
        """One row; a broken one comes back as it was said, and `check` refuses it."""
        cells = {name: value.strip() for name, value in said.items() if value.strip()}
        described = get_table(table)
        shaped = Shape(described, list(cells), now_ms=self._now_ms)(1, list(cells.values()))
        problems: list[RowProblem]
        if isinstance(shaped, list):
            problems = shaped
        else:
            data, _more = shaped
            kept, problems, _notices = self._resolver.resolve(
                described, [(1, data, {}, None)], table
            )
            if kept:
                return kept[0][1]
        self._reasons += [_reason(problem) for problem in problems]
        return dict(said)

    def check(self) -> None:
        """Refuse with everything that was wrong.

        Raises:
            Refused: if anything was.
        """
        if self._reasons:
            raise Refused(self._reasons)


class _Ahead:
    """The dockets around a case as they would stand with some drafts more."""

    def __init__(
        self, around: Iterable[int], drafts: Sequence[Draft], size: int, now_ms: int
    ) -> None:
        self._question = asked(None, None, now_ms)
        self._size = size
        made = [
            Entry(size + place, now_ms, draft.type, draft.by, draft.data)
            for place, draft in enumerate(drafts)
        ]
        self._world: World = world_of(self._question, [*entries(around), *made])

    def barred(self, number: str, counts: Sequence[tuple[str, str]]) -> list[Barring]:
        """What bars counts that are not on record yet: the matter's rulings, by the law and by the match."""
        case = self._case(number)
        wanted = {(key(name), key(count)) for name, count in counts}
        found: dict[tuple[str, str], Barring] = {}
        for one in self._standing(case):
            place = (key(one.defendant), key(one.count))
            if one.answer == "barred" and place in wanted:
                found[place] = _barring(one)
        for line in barred_counts(self._world, case):
            row = self._world.facts.by_entry[line.entries[0]]
            place = (key(row.text("defendant")), key(row.text("count")))
            if place in wanted and place not in found and row.entry >= self._size:
                found[place] = Barring(
                    row.text("defendant"), row.text("count"), line.why, line.entries
                )
        return list(found.values())

    def brought_again(self, number: str, data: Mapping[str, Any]) -> list[Barring]:
        """The counts that a charging event would bring again, where all it can mean are barred."""
        concerned = [
            one
            for one in self._standing(self._case(number))
            if (not data.get("defendant") or key(one.defendant) == key(data["defendant"]))
            and (not data.get("count") or key(one.count) == key(data["count"]))
            and one.count
        ]
        bars = [_barring(one) for one in concerned if one.answer == "barred" and not one.override]
        return bars if bars and len(bars) == len(concerned) else []

    def counts(self, number: str, defendant: str | None) -> set[str]:
        """The counts on record, as keys: of a defendant, or of all."""
        return {
            key(row.text("count"))
            for row in self._world.facts.of_case("counts", self._case(number).key)
            if defendant is None or row.defendant == defendant
        }

    def words(self, number: str) -> set[str]:
        """The events that the contract and the packs of the office know."""
        packs, _calendars = adopted_law(self._size)
        pack = packs.get(key(self._case(number).jurisdiction))
        return {*DOCKET_EVENTS, *(one.id for one in (pack.docket_events if pack else ()))}

    def is_ahead(self, number: str, said: str) -> bool:
        """Whether a date begins after what the clock says."""
        case = self._case(number)
        return parse_when(said).on_clock(case.zone).first > self._now(case)

    def _case(self, number: str) -> Case:
        found = self._world.cases.by_key.get(key(number))
        if found is None:
            raise NotFound(
                say("There is no case “{number}” on record.", number=number.strip()[:60])
            )
        return found

    def _now(self, case: Case) -> int:
        return wall_ms(self._question.as_of_ms, case.zone)

    def _standing(self, case: Case) -> tuple[Standing, ...]:
        world = self._world
        charged = [
            row.last
            for row in world.facts.of_case("counts", case.key)
            if row.last is not None and row.entry >= self._size
        ]
        on = max([self._now(case), *(end_of_day(last) for last in charged), case.start or 0])
        return standing_of_case(world.facts, world.cases, world.law, case.key, on)


def _barring(one: Standing) -> Barring:
    return Barring(one.defendant, one.count, one.sentence, one.barred_by)


def _case_id(number: str) -> int:
    found = find_cases([number]).get(key(number))
    if found is None:
        raise NotFound(
            say("There is no case “{number}” on record: open it first.", number=number.strip()[:60])
        )
    return found


def _today(now_ms: int) -> str:
    return day_text(wall_ms(now_ms, office().zone))


def _said(one: NewCount | NewDefendant) -> dict[str, str]:
    return {name: getattr(one, name) for name in one.__slots__}


def _without_override(data: Mapping[str, Any]) -> dict[str, Any]:
    """A count as it would stand if nobody had named a ruling: what bars it is asked of that."""
    return {name: value for name, value in data.items() if name != "override"}


def _reason(problem: RowProblem) -> Reason:
    text = f"{problem.text[:1].upper()}{problem.text[1:]}"
    return Reason(
        problem.code,
        say("{column}: {text}", column=problem.column, text=text) if problem.column else text,
    )
