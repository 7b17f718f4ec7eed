"""What of a thing goes out to whom: the policy's fields laid over lines, rows, chains and lists.

What somebody may not see stays a line with number, state and dates, and the word "sealed" for the rest; counts stay
whole (contract, section 4). The copies are made here; what a query gave is never changed.

What this does not do: it decides nothing (`accounts.policy` does) and words no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fullfile.core.errors import NotPermitted
from fullfile.core.facts.rows import Row
from fullfile.core.ids import key, wall_text
from fullfile.core.matching.line import Line, State
from fullfile.engines.report.data import line_as_json
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.queries.board import Judged
from fullfile.server.queries.chain import Chain, Step
from fullfile.server.queries.log import is_case_sealed

__all__ = [
    "SEALED",
    "board_line",
    "chain_for",
    "check_words",
    "data_for",
    "hidden_name",
    "is_sealed_from",
    "line_for",
    "plain",
    "row_for",
    "title_for",
    "unviewed",
]

SEALED = "sealed"
_WITHHELD = frozenset({State.WITHHELD, State.WITHHELD_WITHOUT_ORDER})
_PERSONAL = ("date_of_birth", "phone", "address")
_GROUND = ("ground", "order", "order_on", "by", "what", "reason")
_WORDS = ("description", "serial_number", "notes", "persons", "collected_from", "collected_where")
_VIEW = " thinks it "
_NUMBERS = frozenset(
    {"case_number", "agency", "tag", "event", "role", "status", "count", "from", "until"}
)
_DATES = ("_at", "_on")
_INSIDE = ("_key", "_norm")


def is_sealed_from(person: Person, case_id: int) -> bool:
    """Whether a court sealed the case, and this person reads "sealed" for its names and words."""
    return person.sees(Field.SEALED) is not Shown.YES and is_case_sealed(case_id)


def check_words(person: Person, case_id: int) -> None:
    """Refuse an answer that is nothing but names and words where a court sealed the case from this person.

    Raises:
        NotPermitted: it did.
    """
    if is_sealed_from(person, case_id):
        raise NotPermitted(
            "A court sealed this case: its board has numbers, states and dates for you. Ask a supervisor for the rest."
        )


def hidden_name(place: int) -> str:
    """A defendant of a sealed case, by their place from 1; 0: nobody's."""
    return f"Defendant {place} ({SEALED})" if place else SEALED


def title_for(person: Person, title: str, *, sealed: bool) -> str | None:
    """The title of a case; "sealed" where a court sealed the case from this person."""
    if sealed and person.sees(Field.SEALED) is not Shown.YES:
        return SEALED
    return title or None


def line_for(
    person: Person,
    line: Line,
    *,
    sealed: bool = False,
    ground_sealed: bool = False,
    unviewed: str | None = None,
    name: str | None = None,
) -> dict[str, Any]:
    """A line of the match for a person, with the fields of the contract's section 5.

    Args:
        person: who reads it.
        line: the line.
        sealed: a court sealed the item.
        ground_sealed: it is withheld on a ground that is sealed.
        unviewed: the sentence without anybody's views of the item, where there are any.
        name: what stands for the defendant's name, where the case is sealed from the person; then all words are.
    """
    found: dict[str, Any] = line_as_json(line)
    found["description"] = line.description
    if unviewed is not None and person.sees(Field.DETERMINATIONS) is not Shown.YES:
        found["why"] = unviewed
    if person.sees(Field.SUGGESTIONS) is not Shown.YES:
        found["suspected_cases"] = []
        if line.state is State.ORPHAN and line.suspected_cases:
            found["why"] = SEALED
    of_ground = line.state in _WITHHELD or _WITHHELD & set(line.also)
    hidden = person.sees(Field.WITHHELD) is not Shown.YES
    if of_ground and (hidden or (ground_sealed and person.sees(Field.SEALED) is not Shown.YES)):
        found["why"], found["lacks"], found["corrected"] = SEALED, [], None
    if name is not None and found["defendant"] is not None:
        found["defendant"] = name
    if name is not None or (sealed and person.sees(Field.SEALED) is not Shown.YES):
        found.update(why=SEALED, description=SEALED, lacks=[], rule=None, check=None)
        if found["corrected"] is not None:
            found["corrected"] = SEALED
    return found


def board_line(
    person: Person, judged: Judged, *, sealed: bool, case_sealed: bool
) -> dict[str, Any]:
    """A line of a case's board for a person; `case_sealed`: names and words of the case are kept from them."""
    return line_for(
        person,
        judged.line,
        sealed=sealed,
        ground_sealed=judged.ground_sealed,
        unviewed=judged.unviewed,
        name=hidden_name(judged.defendant) if case_sealed else None,
    )


def row_for(
    person: Person, row: Row, *, own: bool = False, case_sealed: bool = False
) -> dict[str, Any]:
    """A row of an import table for a person.

    Args:
        person: who reads it.
        row: the row.
        own: the thing is of the person's own agency.
        case_sealed: the case's names and words are kept from the person.
    """
    data = data_for(person, row.table, row.data, own=own)
    if case_sealed:
        data = {
            name: value if name in _NUMBERS or name.endswith(_DATES) else SEALED
            for name, value in data.items()
        }
    return {
        "entry": row.entry,
        "source": row.source,
        "recorded_at": wall_text(row.recorded, row.zone),
        "erased": row.erased or None,
        "data": data,
    }


def data_for(
    person: Person, table: str, said: Mapping[str, Any], *, own: bool = False
) -> dict[str, Any]:
    """The data of a row of a table for a person; arguments as in `row_for`."""
    data = {
        name: value
        for name, value in said.items()
        if not name.endswith(_INSIDE) and value not in ("", None)
    }
    hide: set[str] = set()
    sealed_off = person.sees(Field.SEALED) is not Shown.YES
    if table == "parties":
        if person.sees(Field.PERSONAL, own=own) is not Shown.YES:
            hide |= set(_PERSONAL)
        if said.get("protected") and sealed_off:
            hide |= {"name", *_PERSONAL, "counsel"}
    if table == "withholdings":
        how = person.sees(Field.WITHHELD)
        if how in (Shown.THAT, Shown.NO):
            hide |= set(_GROUND)
        elif how is Shown.ROUGHLY:
            hide |= set(_GROUND) - {"ground"}
    if table == "determinations":
        mine = key(str(said.get("by", ""))) == key(person.name)
        # Nobody but its author is told what a view says until it was read twice (`queries.readings`).
        opened = mine or bool(said.get("verified_by") or said.get("second_reading"))
        if not opened or person.sees(Field.DETERMINATIONS, own=mine) is not Shown.YES:
            hide |= {"finding", "reason", "by", "verified_by", "second_reading"}
    if table in ("items", "custody"):
        hide |= _shelf(person, own=own)
    if said.get("sealed") and sealed_off:
        hide |= {*_WORDS, *_GROUND, "title", "summary", "incident_location"}
    return {name: SEALED if name in hide else value for name, value in data.items()}


def chain_for(person: Person, chain: Chain, *, own: bool) -> dict[str, Any]:
    """A chain of custody for a person: shelf, safe and seal as the policy says."""
    hide = _shelf(person, own=own)
    hand = chain.now
    now: dict[str, Any] = {
        "agency": hand.agency,
        "tag": hand.tag,
        "description": hand.description or None,
        "listed": hand.listed,
        "here": hand.is_here,
        "place": hand.place or None,
        "holder": hand.holder or None,
        "seal": hand.seal or None,
        "seal_damaged": hand.damaged is not None,
        "out": hand.out is not None,
        "due_back": hand.due_back or None,
        "missing": hand.absent is not None,
        "left": hand.loss is not None,
    }
    for name in hide & now.keys():
        now[name] = SEALED if now[name] else now[name]
    return {
        "item_id": chain.item_id,
        "size": chain.size,
        "seen": max(0, chain.size - 1),
        "zone": chain.zone,
        "now": now,
        "steps": [_step(step, hide) for step in chain.steps],
    }


def _step(step: Step, hide: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = plain(step)
    for name in hide & found.keys():
        found[name] = SEALED if found[name] else found[name]
    return found


def _shelf(person: Person, *, own: bool) -> set[str]:
    """The names of fields that say on which shelf a thing lies, or which seal is on it, where they are hidden."""
    if person.sees(Field.SHELF, own=own) is Shown.YES:
        return set()
    return {"place", "seal", "storage_location", "shelf"}


def unviewed(person: Person, value: Any) -> Any:
    """An answer without sentences that tell somebody's view of an item, for whoever may not read views."""
    if person.sees(Field.DETERMINATIONS) is Shown.YES:
        return value
    if isinstance(value, str):
        return SEALED if _VIEW in value else value
    if isinstance(value, Mapping):
        return {name: unviewed(person, one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [unviewed(person, one) for one in value]
    return value


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers, texts, lists and objects; what was not said is null."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list | set | frozenset | range):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value if value != "" else None
    return str(value)
