"""The papers of one case: what was served, what is withheld, what was issued and signed, as a list shows them.

It is read from acts and read tables, so that the list of a case of thousands of items costs no world of it. How each
line of the match stands is the board's to say (`queries.board`).

What this does not do: it hides nothing; the pages ask the policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.disclosure.productions import (
    PRODUCTION_TYPES,
    Production,
    read_productions,
)
from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key, wall_ms
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.rules.packs import Ground
from fullfile.core.said import say
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.certificates import FIRST
from fullfile.server.queries.productions import ANNOUNCED
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.case_papers import GivenInCase, given_in_case, withholdings_in_case
from fullfile.server.store.load import current_size
from fullfile.server.store.reading import read_entries

__all__ = [
    "CasePapers",
    "GivenInCase",
    "Issued",
    "WithheldRow",
    "grounds_of",
    "issued_in_case",
    "layouts_of",
    "papers_of_case",
    "withheld_row",
    "withheld_rows",
]


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """A row that withholds an item, with its ground as the pack has it now.

    Attributes:
        entry: the row that counts.
        agency, tag: the item.
        defendant: from whom; empty: from all.
        ground: the id that was recorded; `law`: the pack's, None where it knows none of that id.
        by, since, until, order, order_on, announced_at: as recorded.
        announced_as: the very words in which the defence was told; empty: not on record.
        sealed: put before the court under seal.
    """

    entry: int
    agency: str
    tag: str
    defendant: str
    ground: str
    law: Ground | None
    by: str
    since: str
    until: str
    order: str
    order_on: str
    announced_at: str
    announced_as: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was issued or signed.

    Attributes:
        entry, recorded_ms: the act.
        type: `schedule.issued`, `certificate.signed` or `certificate.first_signed`.
        layout, number: of which form, the first, second … of it.
        defendant, defendant_key: for whom.
        by, second_by: who signed.
        size: of the record that it was made from.
        stated: how many exceptions it states.
        standing: no later one of its kind is there; of a first signature, that it waits for the second.
    """

    entry: int
    recorded_ms: int
    type: str
    layout: str
    number: int
    defendant: str
    defendant_key: str
    by: str
    second_by: str
    size: int
    stated: int
    standing: bool


@dataclass(frozen=True, slots=True)
class CasePapers:
    """Everything of a case that was served, withheld, issued or signed by a moment.

    Attributes:
        productions: those that the office made, the newest first.
        given: what was disclosed, by production and defendant.
        withheld: the rows that withhold.
        issued: papers, the newest first.
    """

    productions: tuple[Production, ...]
    given: tuple[GivenInCase, ...]
    withheld: tuple[WithheldRow, ...]
    issued: tuple[Issued, ...]


def papers_of_case(
    case_id: int,
    jurisdiction: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int,
) -> CasePapers:
    """The papers of a case.

    Args:
        case_id: its number in addresses.
        jurisdiction: the id of its pack.
        on: a day, an aware datetime, or None for now: what happened later is left out.
        as_of: likewise: what the record did not know by then is left out.
        now_ms: what the clock says, UTC milliseconds.
    """
    question = asked(on, as_of, now_ms)
    zone = question.office.zone
    wall = question.on(zone)
    acts = [
        act
        for act in acts_of_case(
            case_id, (*PRODUCTION_TYPES, SCHEDULE, CERTIFICATE, FIRST), question.size
        )
        if on is None or wall_ms(act.recorded_ms, zone) <= wall
    ]
    productions = read_productions(acts)
    return CasePapers(
        tuple(sorted(productions.values(), key=lambda one: one.entry, reverse=True)),
        tuple(given_in_case(case_id, question.size, wall)),
        tuple(_withheld(case_id, jurisdiction, question, wall)),
        tuple(reversed(_issued([act for act in acts if act.type not in PRODUCTION_TYPES]))),
    )


def issued_in_case(case_id: int) -> list[Issued]:
    """The papers of a case that were issued or signed, the newest first."""
    acts = acts_of_case(case_id, (SCHEDULE, CERTIFICATE, FIRST), current_size())
    return list(reversed(_issued(acts)))


def withheld_rows(case_id: int, jurisdiction: str, *, now_ms: int) -> list[WithheldRow]:
    """The rows of a case that withhold, as they count now."""
    question = asked(None, None, now_ms)
    return _withheld(case_id, jurisdiction, question, question.on(question.office.zone))


def withheld_row(case_id: int, jurisdiction: str, entry: int, *, now_ms: int) -> WithheldRow:
    """One of them, by its entry or by one that it corrects.

    Raises:
        NotFound: nothing of this case is withheld under that entry.
    """
    rows = withheld_rows(case_id, jurisdiction, now_ms=now_ms)
    before = _before(read_entries(one.entry for one in rows))
    for one in rows:
        if entry == one.entry or entry in before[one.entry]:
            return one
    raise NotFound(
        say("Entry {entry:,} withholds nothing in this case that counts now.", entry=entry)
    )


def grounds_of(jurisdiction: str, size: int) -> Sequence[Ground]:
    """The grounds on which the pack of a case lets an item be withheld; none where the office has no pack."""
    pack = adopted_law(size)[0].get(key(jurisdiction))
    return () if pack is None else pack.grounds


def layouts_of(jurisdiction: str, size: int) -> tuple[str, ...]:
    """The layouts of lists that the pack knows: the plain schedule is always one."""
    pack = adopted_law(size)[0].get(key(jurisdiction))
    found = {"schedule"}
    for paper in pack.papers if pack is not None else ():
        if paper.layout.startswith("mg6"):
            found.add(paper.layout)
    return ("schedule", *sorted(found - {"schedule"}))


def _withheld(case_id: int, jurisdiction: str, question: Asked, wall: int) -> list[WithheldRow]:
    rows = withholdings_in_case(case_id, question.size, wall)
    grounds = {key(one.id): one for one in grounds_of(jurisdiction, question.size)}
    words = {
        int(act.data["withholding"]): str(act.data["words"])
        for act in acts_of_case(case_id, (ANNOUNCED,), question.size)
    }
    before = _before(rows) if words else {}
    return [
        WithheldRow(
            entry=row.index,
            agency=str(row.data["agency"]),
            tag=str(row.data["tag"]),
            defendant=str(row.data.get("defendant", "")),
            ground=str(row.data["ground"]),
            law=grounds.get(key(str(row.data["ground"]))),
            by=str(row.data.get("by", "")),
            since=str(row.data.get("withheld_at", "")),
            until=str(row.data.get("until", "")),
            order=str(row.data.get("order", "")),
            order_on=str(row.data.get("order_on", "")),
            announced_at=str(row.data.get("announced_at", "")),
            announced_as=next(
                (words[one] for one in before.get(row.index, ()) if one in words), ""
            ),
            sealed=bool(row.data.get("sealed")),
        )
        for row in rows
        if not row.more.get("erased")
    ]


def _before(rows: Sequence[Entry]) -> dict[int, list[int]]:
    """Each row with what it corrects, the newest first: a correction does not unsay the words of an announcement."""
    found = {row.index: [row.index] for row in rows}
    open_ones = {row.index: row.corrects for row in rows if row.corrects is not None}
    while open_ones:
        earlier = {one.index: one for one in read_entries(open_ones.values())}
        following: dict[int, int | None] = {}
        for index, corrected in open_ones.items():
            found[index].append(corrected)
            following[index] = earlier[corrected].corrects
        open_ones = {index: one for index, one in following.items() if one is not None}
    return found


def _issued(acts: Sequence[Entry]) -> list[Issued]:
    """Papers in the order of the record, each with whether it still stands."""
    last: dict[tuple[str, str, str], int] = {}
    for act in acts:
        kind = "certificate" if act.type in (CERTIFICATE, FIRST) else SCHEDULE
        last[_series(act.data, kind)] = act.index
    signed: dict[str, int] = {}
    for act in acts:
        if act.type == CERTIFICATE:
            signed[str(act.data.get("defendant_key"))] = act.index
    found = []
    for act in acts:
        data = act.data
        who = str(data.get("defendant_key", ""))
        if act.type == CERTIFICATE:
            standing = signed[who] == act.index
        else:
            kind = "certificate" if act.type == FIRST else SCHEDULE
            standing = last[_series(data, kind)] == act.index
        found.append(
            Issued(
                act.index,
                act.recorded_ms,
                act.type,
                str(data.get("layout", "")),
                int(data.get("number", 0)),
                str(data.get("defendant", "")),
                who,
                str(data.get("signed_by", "")),
                str(data.get("second_by", "")),
                int(data.get("checkpoint", {}).get("size", 0)),
                len(data.get("exceptions", ())),
                standing,
            )
        )
    return found


def _series(data: Mapping[str, object], kind: str) -> tuple[str, str, str]:
    layout = "" if kind == "certificate" else str(data.get("layout", ""))
    return kind, str(data.get("defendant_key", "")), layout
