"""What counsel of one defendant sees: what their client was given and when, what is withheld as it was announced, papers, requests.

It is made the other way round from a page of the office: nothing is taken out of what the State sees; only what
the State has said to this defendant is put in. So a determination, a suggestion, who knew what, a draft, a withholding
that was not announced and a note of the office have no way in. Of a withholding only the announced words go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.disclosure.disputes import DISPUTE_TYPES, Dispute, read_disputes
from fullfile.core.disclosure.productions import (
    PRODUCTION_TYPES,
    Fault,
    Production,
    Receipt,
    read_productions,
)
from fullfile.core.disclosure.requests import is_replied
from fullfile.core.entries import Entry
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.matching import World
from fullfile.core.matching.unit import judge
from fullfile.core.matching.words import item_name
from fullfile.core.papers import CERTIFICATE, SCHEDULE, find_defendant
from fullfile.core.papers.court import COURT_TYPES, read_filings
from fullfile.core.papers.owing import Place, owing_of, owing_of_item
from fullfile.server.queries.productions import announced_words
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.load import find_cases
from fullfile.server.store.overview import list_settings

__all__ = [
    "Announced",
    "FiledPaper",
    "GivenItem",
    "GivenTo",
    "Paper",
    "Portal",
    "PortalRequest",
    "announced_of",
    "portal_of",
]


@dataclass(frozen=True, slots=True)
class GivenItem:
    """An item as it was given.

    Attributes:
        agency, tag, description, kind: the item.
        extent, what: whole, or what of it.
        given_at: when, as recorded.
        receipt: `signed`, `claimed` or None.
        entry: the row of `disclosures`.
    """

    agency: str
    tag: str
    description: str
    kind: str
    extent: str
    what: str
    given_at: str
    receipt: str | None
    entry: int
    accounts: int = 1


@dataclass(frozen=True, slots=True)
class GivenTo:
    """What was given together.

    Attributes:
        entry: the entry of the production; None: it was served by another system, before or beside this one.
        name: its number, as it stands on the papers; empty: it had none.
        served_at, way, served_on: as recorded.
        items: what it held for this defendant.
        receipts, faults: of this defendant.
        to_sign: a receipt can be signed here.
    """

    entry: int | None
    name: str
    served_at: str
    way: str
    served_on: str
    items: tuple[GivenItem, ...]
    receipts: tuple[Receipt, ...]
    faults: tuple[Fault, ...]
    to_sign: bool

    @property
    def many(self) -> int:
        """How many items it held: one of which there are two accounts counts once."""
        return len({(key(one.agency), key(one.tag)) for one in self.items})


@dataclass(frozen=True, slots=True)
class Announced:
    """Something that is withheld and was announced: the words are all there is of it.

    `words` is empty where it was announced elsewhere and the words are not on record: never that there were none.
    """

    entry: int
    announced_at: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A schedule that was issued for the defence, or a certificate: entry, type, layout, number, when, by whom."""

    entry: int
    type: str
    layout: str
    number: int
    on: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper that was filed with the court, not under seal.

    Attributes:
        entry: the entry that says so.
        kind: schedule, certificate, file, knowledge or determinations.
        of: of a schedule or certificate, its entry; of what is about an item nothing is told but that it was filed.
        filed_on, by: when, by whom.
    """

    entry: int
    kind: str
    of: int | None
    filed_on: str
    by: str


@dataclass(frozen=True, slots=True)
class PortalRequest:
    """What was asked for, and the reply: entry, words, dates; whether there is a reply."""

    entry: int
    requested_at: str
    asks_for: str
    replied: bool
    replied_at: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """One client in one case, as counsel sees it.

    Attributes:
        case_number, title, court: the case.
        defendant: the client, as recorded.
        given: the newest first.
        withheld: what stands and was announced.
        papers: schedules for the defence, certificates.
        filed: what was filed with the court in the case and is public: papers of this client, and what is of an item.
        requests, disputes: the client's.
        open_file: the office lets counsel see what is on the file and not served yet (a setting, off unless set).
        on_file: what that is; always empty where it is off.
    """

    case_number: str
    title: str
    court: str
    defendant: str
    given: tuple[GivenTo, ...]
    withheld: tuple[Announced, ...]
    papers: tuple[Paper, ...]
    filed: tuple[FiledPaper, ...]
    requests: tuple[PortalRequest, ...]
    disputes: tuple[Dispute, ...]
    open_file: bool
    on_file: tuple[tuple[str, str, str], ...]


def portal_of(
    number: str,
    defendant: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Portal:
    """What counsel of a defendant sees of a case. The caller's policy says who is counsel.

    Args:
        number: the case number.
        defendant: the client: the name as recorded, or the party id.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such case or defendant.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    who = find_defendant(world, case, defendant)
    acts = acts_of_case(
        find_cases([case.number])[case.key],
        (*PRODUCTION_TYPES, *DISPUTE_TYPES, *COURT_TYPES, SCHEDULE, CERTIFICATE),
        question.size,
    )
    rows = world.facts.of_case("cases", case.key)
    open_file = is_open_file()
    return Portal(
        case_number=case.number,
        title=case.title,
        court=next((row.text("court") for row in rows if row.data.get("court")), ""),
        defendant=who.name,
        given=tuple(_given(world, case, who, read_productions(acts))),
        withheld=tuple(announced_of(world, case, who, question.size)),
        papers=tuple(
            Paper(
                act.index,
                act.type,
                str(act.data.get("layout", "")),
                int(act.data.get("number", 0)),
                str(act.data.get("on", "")),
                str(act.data.get("signed_by", "")),
            )
            for act in acts
            if act.type in (SCHEDULE, CERTIFICATE)
            and act.data.get("defendant_key") == who.key
            and (act.type == CERTIFICATE or act.data.get("copy") == "defence")
        ),
        filed=tuple(_filed(acts, who)),
        requests=tuple(_requests(world, case, who)),
        disputes=tuple(one for one in read_disputes(acts) if one.defendant == who.key),
        open_file=open_file,
        on_file=tuple(_on_file(world, case, who)) if open_file else (),
    )


def announced_of(world: World, case: Case, defendant: Defendant, size: int) -> list[Announced]:
    """The withholdings that stand and were announced to a defendant, not under seal."""
    words = announced_words(case, size)
    moment = world.on(case)
    found: dict[int, Announced] = {}
    if case.start is not None and case.start > moment:
        return []
    for item in world.bearing.items_of(case.key):
        if not world.facts.of_item("withholdings", item):
            continue
        one = owing_of_item(world, case, defendant, item, words)
        if one is None or one.place not in (Place.WITHHELD, Place.UNAPPROVED):
            continue
        for kept in one.kept_back:
            announced = world.facts.by_entry[kept.entry].bounds("announced_at")
            if kept.sealed or announced is None or announced.last > moment:
                continue
            found[kept.entry] = Announced(kept.entry, kept.announced_at, kept.announced_as)
    return sorted(found.values(), key=lambda one: one.entry)


def is_open_file() -> bool:
    """Whether the office lets counsel see what is on the file and not served yet."""
    return any(one.name == "open_file" and one.value == "yes" for one in list_settings())


def _given(
    world: World, case: Case, who: Defendant, productions: dict[int, Production]
) -> Iterator[GivenTo]:
    """What was disclosed to a defendant, production by production, whatever system recorded it."""
    moment = world.on(case)
    groups: dict[tuple[str, bool], list[Row]] = {}
    own = {str(one.number): one for one in productions.values() if who.key in one.served}
    for item in world.bearing.items_of(case.key):
        for row in world.facts.of_item("disclosures", item):
            mine = row.case == case.key and row.defendant == who.key and row.item == item
            if not mine or row.last is None or row.last > moment:
                continue
            name = row.text("production")
            groups.setdefault((name, not row.source and name in own), []).append(row)
    found = [
        _together(world, who, name, rows, own.get(name) if is_own else None)
        for (name, is_own), rows in groups.items()
    ]
    for _, one in sorted(found, key=lambda one: (one[0], one[1].name), reverse=True):
        yield one


def _together(
    world: World, who: Defendant, name: str, rows: list[Row], production: Production | None
) -> tuple[int, GivenTo]:
    first = min(rows, key=lambda row: (row.last or 0, row.entry))
    served = production.served[who.key] if production is not None else None
    return first.last or 0, GivenTo(
        production.entry if production is not None else None,
        name,
        served.at if served else first.text("disclosed_at"),
        served.way if served else first.text("method"),
        served.on if served else first.text("served_on"),
        tuple(
            _item(world, row, sum(other.item == row.item for other in rows))
            for row in sorted(rows, key=lambda row: row.entry)
        ),
        production.receipts.get(who.key, ()) if production is not None else (),
        tuple(one for one in production.faults if one.defendant == who.key)
        if production is not None
        else (),
        production is not None
        and not any(
            one.signed and one.items is None for one in production.receipts.get(who.key, ())
        ),
    )


def _item(world: World, row: Row, accounts: int) -> GivenItem:
    assert row.item is not None
    listed = world.facts.of_item("items", row.item)
    receipt = None
    if row.data.get("acknowledged_at"):
        receipt = "signed" if "signed" in row.data else "claimed"
    return GivenItem(
        *item_name(world, row.item),
        listed[0].text("description") if listed else "",
        listed[0].text("kind") if listed else "",
        row.text("extent") or "whole",
        row.text("what"),
        row.text("disclosed_at"),
        receipt,
        row.entry,
        accounts,
    )


def _filed(acts: list[Entry], who: Defendant) -> Iterator[FiledPaper]:
    """What was filed and is public: a paper of another defendant is theirs."""
    for one in read_filings(act for act in acts if act.type in COURT_TYPES):
        if one.withdrawn is None and not one.under_seal and one.defendant_key in ("", who.key):
            own = one.of[0] if one.defendant_key else None
            yield FiledPaper(one.entry, one.kind.value, own, one.filed_on, one.by)


def _requests(world: World, case: Case, who: Defendant) -> Iterator[PortalRequest]:
    moment = world.on(case)
    for row in sorted(world.facts.of_case("requests", case.key), key=lambda row: row.ord):
        if row.defendant != who.key or row.last is None or row.last > moment:
            continue
        replied = is_replied(row, moment)
        yield PortalRequest(
            row.entry,
            row.text("requested_at"),
            row.text("asks_for"),
            replied,
            row.text("replied_at") if replied else "",
            row.text("reply") if replied else "",
        )


def _on_file(world: World, case: Case, who: Defendant) -> Iterator[tuple[str, str, str]]:
    """What is on the file, was not served on the defendant, and is withheld on no ground."""
    for one in owing_of(world, case, who):
        unit = judge(world, case, one.item, who)
        sealed = any(row.said("sealed") for row in world.facts.of_item("items", one.item))
        open_ = one.place is Place.OWED and not one.partly and not sealed
        if open_ and unit is not None and unit.is_filed:
            yield one.agency, one.tag, one.description
