"""Items as the match sees them: held since, what lies inside what, custody, what each bears on.

Sections 3 and 6 of `docs/explanation/the-match.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fullfile.core.facts.accounts import Account, Fact, earliest
from fullfile.core.facts.rows import Facts, ItemKey, Row, order_of, quantity_of
from fullfile.core.ids import key

__all__ = ["CustodyEvent", "Loss", "Things"]

_CARRIED = frozenset(
    {
        "checked_out",
        "checked_in",
        "transferred",
        "moved",
        "released",
        "consumed",
        "destroyed",
        "not_found",
        "found",
    }
)
"""Events of a container that are its contents'."""
_IN_HAND = frozenset(
    {
        "booked",
        "collected",
        "checked_out",
        "checked_in",
        "sealed",
        "unsealed",
        "examined",
        "transferred",
        "moved",
        "found",
        "released",
        "consumed",
        "destroyed",
        "counted",
    }
)
_BACK = frozenset({"booked", "collected", "checked_in", "found", "counted"})
_STATUS_KINDS = {
    "released": {"released"},
    "destroyed": {"destroyed", "consumed"},
    "checked_out": {"checked_out", "transferred"},
    "at_lab": {"checked_out", "transferred"},
    "lost": set[str](),
}


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One event in the custody of an item, its container's included.

    `event` is the custody table's word, or `counted` (inventoried, all there), `short`
    (inventoried, fewer), `lost` (a status), `signed_out` (a status).
    """

    event: str
    moment: int
    ord: tuple[int, int]
    entry: int
    ordered: bool
    row: Row
    by_status: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """A release, consumption or destruction that stands."""

    event: CustodyEvent

    @property
    def moment(self) -> int:
        """When the thing left, first moment."""
        return self.event.moment


@dataclass(slots=True)
class Things:
    """The items of the State, with answers kept."""

    facts: Facts
    rank: tuple[str, ...]
    children: dict[ItemKey, set[ItemKey]] = field(default_factory=dict)
    parents: dict[ItemKey, set[ItemKey]] = field(default_factory=dict)
    _held: dict[ItemKey, Fact | None] = field(default_factory=dict)
    _booked: dict[ItemKey, Fact | None] = field(default_factory=dict)
    _above: dict[ItemKey, tuple[ItemKey, ...]] = field(default_factory=dict)
    _sides: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read which agency is on which side, and what lies in what."""
        for row in self.facts.rows.get("agencies", ()):
            agency = key(row.text("agency"))
            if row.data.get("side") or row.data.get("kind"):
                self._sides.setdefault(agency, side_of(row.text("side"), row.text("kind")))
            for name in (row.text("agency"), *row.data.get("also_called", ())):
                self._names.setdefault(key(name), row.text("agency"))
        for row in self.facts.every.get("items", ()):
            if row.item is not None and row.data.get("parent_tag"):
                agency = row.text("parent_agency") or row.text("agency")
                parent = (key(agency), key(row.text("parent_tag")))
                # What once lay in a container still bears on its cases; its custody is its own again.
                self.children.setdefault(parent, set()).add(row.item)
                if row.entry not in self.facts.corrections:
                    self.parents.setdefault(row.item, set()).add(parent)

    def is_of_the_state(self, agency: str) -> bool:
        """Whether an agency (as key) is on the State's side; unknown agencies are."""
        return self._sides.get(agency, "state") == "state"

    def agency_called(self, name: str) -> str | None:
        """The agency that goes by a name; None where no agency on record does."""
        return self._names.get(key(name))

    def held(self, item: ItemKey) -> Fact | None:
        """Held since: the account that counts (section 3.2)."""
        if item not in self._held:
            self._held[item] = earliest(self._held_accounts(item, booked_only=False), self.rank)
        return self._held[item]

    def booked(self, item: ItemKey) -> Fact | None:
        """When it was booked: the account that counts."""
        if item not in self._booked:
            self._booked[item] = earliest(self._held_accounts(item, booked_only=True), self.rank)
        return self._booked[item]

    def _held_accounts(self, item: ItemKey, *, booked_only: bool) -> Iterator[Account]:
        for row in self.facts.of_item("items", item):
            for column in ("booked_at",) if booked_only else ("collected_at", "booked_at"):
                bounds = row.bounds(column)
                if bounds is not None:
                    yield Account(bounds.first, row.entry, row.source, row.text(column))
        events = ("booked",) if booked_only else ("collected", "booked")
        for row in self.facts.of_item("custody", item):
            if row.data["event"] in events and row.first is not None:
                yield Account(row.first, row.entry, row.source, row.text("occurred_at"))

    def is_on_list(self, item: ItemKey, on: int) -> bool:
        """Whether a property list has it by a moment."""
        return any(
            row.first is not None and row.first <= on for row in self.facts.of_item("items", item)
        ) or any(
            row.data["event"] == "booked" and row.first is not None and row.first <= on
            for row in self.facts.of_item("custody", item)
        )

    def above(self, item: ItemKey) -> tuple[ItemKey, ...]:
        """Every container of an item, at any depth; a circle is walked once."""
        if item not in self._above:
            found: dict[ItemKey, None] = {}
            queue = sorted(self.parents.get(item, ()))
            while queue:
                parent = queue.pop(0)
                if parent not in found and parent != item:
                    found[parent] = None
                    queue.extend(sorted(self.parents.get(parent, ())))
            self._above[item] = tuple(found)
        return self._above[item]

    def below(self, item: ItemKey) -> set[ItemKey]:
        """Everything that is or was inside an item, at any depth."""
        found: set[ItemKey] = set()
        queue = list(self.children.get(item, ()))
        while queue:
            child = queue.pop()
            if child not in found and child != item:
                found.add(child)
                queue.extend(self.children.get(child, ()))
        return found

    def quantity(self, item: ItemKey) -> int | None:
        """How many the property list has, in thousandths: of several accounts the first recorded."""
        for row in self.facts.of_item("items", item):
            quantity = quantity_of(row.text("quantity"))
            if quantity is not None:
                return quantity
        return None

    def booker_keys(self, item: ItemKey) -> set[str]:
        """Whoever booked it, as keys."""
        found = {key(row.text("booked_by")) for row in self.facts.of_item("items", item)}
        found |= {
            key(row.text("by"))
            for row in self.facts.of_item("custody", item)
            if row.data["event"] == "booked"
        }
        return found - {""}

    def custody(self, item: ItemKey, on: int) -> list[CustodyEvent]:
        """The events of an item by a moment, in order (section 6)."""
        events = [self._event(item, row) for row in self.facts.of_item("custody", item)]
        events += [
            self._event(item, row)
            for container in self.above(item)
            for row in self.facts.of_item("custody", container)
            if row.data["event"] in _CARRIED
        ]
        events += self._status_events(item)
        for container in self.above(item):
            events += self._status_events(container)
        return sorted(
            (event for event in events if event.moment <= on), key=lambda event: event.ord
        )

    def _event(self, item: ItemKey, row: Row) -> CustodyEvent:
        kind = row.text("event")
        counted, listed = quantity_of(row.text("quantity")), self.quantity(item)
        short = counted is not None and listed is not None and counted < listed
        if kind == "inventoried":
            kind = "short" if short else "counted"
        elif kind == "consumed" and short:
            kind = "examined"
        return CustodyEvent(
            kind,
            row.first or 0,
            row.ord,
            row.entry,
            bool(row.data.get("order")),
            row,
            by_status=False,
        )

    def _status_events(self, item: ItemKey) -> Iterator[CustodyEvent]:
        known = {row.data["event"] for row in self.facts.of_item("custody", item)}
        before: dict[str, str] = {}
        for row in self.facts.statuses.get(item, ()):
            status = row.text("status")
            was = before.get(row.source, "")
            before[row.source] = status or was
            if status in _STATUS_KINDS and not (_STATUS_KINDS[status] & known):
                kind = "signed_out" if status in ("checked_out", "at_lab") else status
            elif status == "held" and was == "lost":
                kind = "found"
            else:
                continue
            moment = row.recorded
            yield CustodyEvent(
                kind,
                moment,
                order_of(moment, row.entry),
                row.entry,
                ordered=False,
                row=row,
                by_status=True,
            )

    def absence(self, item: ItemKey, on: int) -> CustodyEvent | None:
        """The event that makes an item missing (section 6.1, first sentence)."""
        last: CustodyEvent | None = None
        out = False
        for event in self.custody(item, on):
            if event.event == "lost" or (event.event in ("not_found", "short") and not out):
                last = event
            elif event.event in _IN_HAND:
                last = None
            if event.event in ("checked_out", "signed_out"):
                out = True
            elif event.event in ("checked_in", "found"):
                out = False
        return last

    def losses(self, item: ItemKey, on: int) -> list[Loss]:
        """Losses that stand at a moment (section 6.2)."""
        standing: list[Loss] = []
        for event in self.custody(item, on):
            if event.event in ("released", "consumed", "destroyed"):
                standing.append(Loss(event))
            elif event.event in _BACK:
                standing = [loss for loss in standing if loss.event.event != "released"]
        return standing

    def handled(self, item: ItemKey, on: int) -> list[Row]:
        """Its own custody events by a moment."""
        return [
            row
            for row in self.facts.of_item("custody", item)
            if row.first is not None and row.first <= on
        ]

    def all_items(self) -> Iterable[ItemKey]:
        """Every item that any row names, in the order of the record."""
        return dict.fromkeys(item for (_, item), rows in self.facts.by_item.items() if rows).keys()


def side_of(side: str, kind: str) -> str:
    """The side of an agency: said, else by its kind."""
    if side:
        return side
    words = kind.casefold()
    if "court" in words:
        return "court"
    return "defence" if "defen" in words else "state"
