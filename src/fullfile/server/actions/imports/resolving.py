"""What a row says of other rows: its agency's other names, its case, its defendant (contract, section 4).

Resolved against the record and against what the same command read before. An
agency is known by its own name or by what it is `also_called`; a case by its
number; a defendant by name or party_id. Spellings become those of the first
mention; the export's own spelling is kept in `more`, "(as written)".

What this does not do: it guesses nothing. A name that is only near is named in
the sentence, never taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from fullfile.core.entries import Prepared, Table
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.ids import key
from fullfile.engines.importers import Notice, RowProblem
from fullfile.server.actions.imports.people import Ambiguous, Defendants
from fullfile.server.store import importing
from fullfile.server.store.adoptions import adopted_law

__all__ = ["Resolver", "Row"]

Row = tuple[int, dict[str, Any], dict[str, str], Prepared | None]
"""Row number, data and more (changed in place), what was worked out ahead of them."""

_AGENCY_COLUMNS = {
    "agencies": (),
    "items": ("agency", "parent_agency"),
    "mentions": ("agency", "booked_agency"),
}
_AGENCY_LISTS = {"cases": ("report_numbers", "agencies"), "items": ("same_as",)}
_NAMES_DEFENDANT = frozenset(
    {"status", "counts", "disclosures", "requests", "docket", "withholdings"}
)
_AS_WRITTEN = "(as written)"


class Resolver:
    """Resolves the rows of one command, in their order.

    Args:
        source: the name of the system that the rows come from.
        size: the size of the record as the command began.
    """

    def __init__(self, source: str, size: int) -> None:
        self._source = source
        self._size = size
        self._names = importing.list_agencies()
        self._mentioned = frozenset(self._names)
        self._own: set[str] = set()
        self._aliases: dict[str, str] = {}
        self._agency_of: dict[str, str] = {}
        self._cases: dict[str, tuple[str, bool] | None] = {}
        self._people: dict[str, Defendants] = {}
        self._events: frozenset[str] | None = None
        self._unknown_said: set[tuple[str, str]] = set()
        for data in importing.list_agency_rows():
            self._learn_agency(data)

    def resolve(
        self, table: Table, rows: list[Row], file: str
    ) -> tuple[list[Row], list[RowProblem], list[Notice]]:
        """The rows that stand, what refuses the others, and what is odd."""
        self._look_up(table, rows)
        judge = _Judge(self, table, file)
        kept = [row for row in map(judge.accepted, rows) if row is not None]
        return kept, judge.problems, judge.notices

    # Agencies.

    def agency(self, said: str) -> str:
        """The name under which the record knows an agency."""
        name = self._agency_of.get(said)
        if name is None:
            norm = key(said)
            norm = self._aliases.get(norm, norm)
            name = self._names.setdefault(norm, said)
            self._agency_of[said] = name
        return name

    def is_new_stranger(self, name: str, file: str) -> bool:
        """Whether no row of `agencies` tells of it, asked for the first time in this file."""
        norm = key(name)
        if norm in self._own or (file, norm) in self._unknown_said:
            return False
        self._unknown_said.add((file, norm))
        return True

    def _learn_agency(self, data: Any) -> list[str]:  # the data of an entry
        """Take in an agency and its other names; the names that rows had used before as its own."""
        norm = key(str(data.get("agency", "")))
        if not norm:
            return []
        self._names.setdefault(norm, data["agency"])
        self._own.add(norm)
        self._aliases.pop(norm, None)
        late = []
        for other in data.get("also_called", ()):
            alias = key(other)
            if alias != norm and alias not in self._own:
                if alias in self._mentioned and alias not in self._aliases:
                    late.append(other)
                self._aliases.setdefault(alias, norm)
        self._agency_of.clear()
        return late

    # Cases and defendants.

    def _look_up(self, table: Table, rows: list[Row]) -> None:
        """Fetch what these rows name, a set at a time."""
        numbers: set[str] = set()
        for _, data, _, _ in rows:
            if number := data.get("case_number"):
                numbers.add(key(number))
            for related in data.get("related_cases", ()):
                numbers.add(key(related["case"]))
        missing = [norm for norm in numbers if norm not in self._cases]
        if missing:
            found = importing.find_cases(missing)
            self._cases.update((norm, found.get(norm)) for norm in missing)
        if table.name == "parties" or table.name in _NAMES_DEFENDANT:
            unread = [norm for norm in numbers if norm not in self._people]
            for norm in unread:
                self._people[norm] = Defendants()
            known = [norm for norm in unread if self._cases.get(norm) is not None]
            if known:
                for norm, party, account in importing.list_defendants(known):
                    self._people[norm].add_recorded(party, account)

    def case(self, number: str) -> tuple[str, bool] | None:
        """The spelling of a case and whether a row tells of it; None where it was never mentioned."""
        return self._cases.get(key(number))

    def learn_case(self, number: str) -> None:
        """A row tells of the case."""
        found = self._cases.get(key(number))
        self._cases[key(number)] = (found[0] if found else number, True)

    def defendants(self, number: str) -> Defendants:
        """The defendants of a case whose rows are being read."""
        return self._people[key(number)]

    @property
    def source(self) -> str:
        """The system that the rows come from."""
        return self._source

    def knows_event(self, event: str) -> bool:
        """Whether the contract or an adopted pack names a docket event."""
        if event in DOCKET_EVENTS:
            return True
        if self._events is None:
            packs, _ = adopted_law(self._size)
            self._events = frozenset(
                named.id for pack in packs.values() for named in pack.docket_events
            )
        return event in self._events


class _Judge:
    """Judges the rows of one chunk."""

    def __init__(self, resolver: Resolver, table: Table, file: str) -> None:
        self.problems: list[RowProblem] = []
        self.notices: list[Notice] = []
        self._seen: dict[str, str] = {}
        self._resolver = resolver
        self._table = table
        self._file = file
        self._agencies = _AGENCY_COLUMNS.get(
            table.name, ("agency",) if any(one.name == "agency" for one in table.columns) else ()
        )
        steps: list[Callable[[Row], Iterator[RowProblem]]] = []
        names = {column.name for column in table.columns}
        if "time_zone" in names:
            steps.append(self._time_zone)
        if "case_number" in names:
            steps.append(self._case)
        if table.name in _NAMES_DEFENDANT:
            steps.append(self._defendant)
        if table.name in _AGENCY_LISTS:
            steps.append(self._lists)
        if table.name == "holds":
            steps.append(self._hold)
        self._steps = steps

    def accepted(self, row: Row) -> Row | None:
        """Resolve a row in place; None where it is refused."""
        number, data, more, prepared = row
        written = len(more)
        for column in self._agencies:
            said = data.get(column)
            if said is not None:
                name = self._seen.get(said) or self._meet(number, column, said)
                if name != said:
                    data[column] = name
                    more[f"{column} {_AS_WRITTEN}"] = said
        if self._steps:
            found = [problem for step in self._steps for problem in step(row)]
            if found:
                self.problems.extend(found)
                return None
        self._learn(row)
        # What a row says anew is told by `more` or by the key; related cases are respelled in place.
        if prepared is not None and (
            len(more) != written or "defendant_key" in data or "related_cases" in data
        ):
            return number, data, more, None
        return row

    def _learn(self, row: Row) -> None:
        number, data, _, _ = row
        name = self._table.name
        if name == "agencies":
            for other in self._resolver._learn_agency(data):  # noqa: SLF001  one room, two classes
                text = (
                    f"rows recorded before name “{other}” as an agency of its own; they stay under that name. "
                    "Import agencies first."
                )
                self.notices.append(Notice(number, "also_called", "alias_late", text))
        elif name == "cases":
            self._resolver.learn_case(data["case_number"])
        elif name == "parties" and data["role"] == "defendant":
            people = self._resolver.defendants(data["case_number"])
            data["defendant_key"] = people.admit(data, self._resolver.source)
        elif name == "docket" and not self._resolver.knows_event(data["event"]):
            text = f"“{data['event']}” is an event that neither the contract's list nor an adopted pack names."
            self.notices.append(Notice(number, "event", "event_unknown", text))

    def _meet(self, number: int, column: str, said: str) -> str:
        """The name of an agency that a row names; the first row of a file that names a stranger says so."""
        name = self._resolver.agency(said)
        if self._resolver.is_new_stranger(name, self._file):
            text = (
                f"no row of agencies tells of “{name}”; it counts as an agency of the State until one says "
                "otherwise."
            )
            self.notices.append(Notice(number, column, "agency_unknown", text))
        self._seen[said] = name
        return name

    def _time_zone(self, row: Row) -> Iterator[RowProblem]:
        number, data, _, _ = row
        said = data.get("time_zone")
        if said is not None and not _is_zone(said):
            text = f"“{said[:60]}” is no time zone: write it like America/Denver."
            yield RowProblem(number, "time_zone", "unreadable", text)

    def _case(self, row: Row) -> Iterator[RowProblem]:
        number, data, more, _ = row
        said = data.get("case_number")
        if said is None:
            return
        found = self._resolver.case(said)
        if self._table.name != "cases" and (found is None or not found[1]):
            text = (
                f"there is no case “{said[:60]}” on record; import cases first, or mend the number."
            )
            yield RowProblem(number, "case_number", "case_unknown", text)
        elif found is not None and found[0] != said:
            data["case_number"] = found[0]
            more[f"case_number {_AS_WRITTEN}"] = said

    def _defendant(self, row: Row) -> Iterator[RowProblem]:
        number, data, more, _ = row
        said = data.get("defendant")
        if said is None or self._resolver.case(data["case_number"]) is None:
            return
        people = self._resolver.defendants(data["case_number"])
        found = people.find(said)
        case = data["case_number"]
        if isinstance(found, Ambiguous):
            ids = ", ".join(found.party_ids)
            text = f"case {case} has several defendants named “{said}”; write the party_id instead ({ids})."
            yield RowProblem(number, "defendant", "defendant_ambiguous", text)
        elif found is None:
            near = ", ".join(f"“{name}”" for name in people.near(said))
            hint = (
                f"; its defendants nearest to that are {near}"
                if near
                else "; it has none on record"
            )
            text = f"“{said[:60]}” is no defendant of case {case}{hint}."
            yield RowProblem(number, "defendant", "not_a_party", text)
        else:
            if found.name and found.name != said:
                data["defendant"] = found.name
                more[f"defendant {_AS_WRITTEN}"] = said
            data["defendant_key"] = found.key

    def _lists(self, row: Row) -> Iterator[RowProblem]:
        number, data, more, _ = row
        for column in _AGENCY_LISTS[self._table.name]:
            said = data.get(column)
            if not said:
                continue
            names = self._renamed(number, column, said)
            if names != said:
                more[f"{column} {_AS_WRITTEN}"] = ";".join(_as_text(one) for one in said)
                data[column] = names
        for related in data.get("related_cases", ()):
            found = self._resolver.case(related["case"])
            if found is not None:
                related["case"] = found[0]
        yield from ()

    def _renamed(
        self, number: int, column: str, said: Iterable[Any]
    ) -> list[Any]:  # names or pairs
        names: list[Any] = []
        for one in said:
            name = self._meet(number, column, one if isinstance(one, str) else one["agency"])
            names.append(name if isinstance(one, str) else {**one, "agency": name})
        return names

    @staticmethod
    def _hold(row: Row) -> Iterator[RowProblem]:
        """One of a case, an agency and report number, an agency and tag."""
        number, data, _, _ = row
        for column in ("report_number", "tag"):
            if column in data and "agency" not in data:
                text = f"a hold on a {column.replace('_', ' ')} must name its agency."
                yield RowProblem(number, "agency", "required", text)


def _as_text(one: Any) -> str:  # a name, or a pair of agency and number
    return one if isinstance(one, str) else ":".join(one.values())


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
