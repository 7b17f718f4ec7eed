"""What is owed to a defendant, and the productions of a case: read from the record as it stands.

A production is folded from its entries. What of it still goes is asked of the match: an item may have been withheld,
served by another way, or lost since somebody drafted it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.disclosure.productions import (
    PRODUCTION_TYPES,
    Production,
    Stage,
    read_productions,
)
from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound, Reason
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import join
from fullfile.core.ids import key
from fullfile.core.matching import World
from fullfile.core.papers import find_defendant
from fullfile.core.papers.owing import Owing, Place, owing_of, owing_of_item
from fullfile.core.said import say
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.load import current_size, entries, find_cases
from fullfile.server.store.receipts import (
    Outstanding,
    count_outstanding,
    find_served,
    list_outstanding,
)

__all__ = [
    "Outstanding",
    "Owed",
    "ProductionLine",
    "ProductionView",
    "announced_words",
    "changes_since",
    "counsel_of",
    "get_production",
    "new_since",
    "owed_to",
    "production_of_entry",
    "productions_of",
    "receipts_outstanding",
    "served_entries",
    "standing_against",
]

ANNOUNCED = "withholding.announced"


@dataclass(frozen=True, slots=True)
class Owed:
    """What of a case a defendant has got, is owed, and does not get.

    Attributes:
        question: the moments of the answer.
        case_number: the case.
        defendant: who.
        counsel: on whom papers are served; empty: nobody is on record.
        items: every item that bears on the case, each in its place.
    """

    question: Asked
    case_number: str
    defendant: Defendant
    counsel: str
    items: tuple[Owing, ...]

    def at(self, *places: Place) -> tuple[Owing, ...]:
        """The items in some places."""
        return tuple(one for one in self.items if one.place in places)

    @property
    def owed(self) -> tuple[Owing, ...]:
        """Owed and not served, or only in part."""
        return self.at(Place.OWED)

    @property
    def withheld(self) -> tuple[Owing, ...]:
        """Withheld: as the pack asks, or without what it asks for."""
        return self.at(Place.WITHHELD, Place.UNAPPROVED)


@dataclass(frozen=True, slots=True)
class ProductionLine:
    """An item of a production, as it stands for each of its defendants now.

    Attributes:
        agency, tag, extent, what: as it goes.
        to: the keys of the defendants who get it.
        standing: by the key of the defendant; absent: no line any more.
        new: it was not in a production for any of them before.
    """

    agency: str
    tag: str
    extent: str
    what: str
    to: tuple[str, ...]
    standing: Mapping[str, Owing]
    new: bool


@dataclass(frozen=True, slots=True)
class ProductionView:
    """One production with its lines, what is withheld from its defendants, and what else is owed to them.

    Attributes:
        production: as it stands.
        lines: its items.
        withheld: by the key of the defendant, what is withheld now.
        also_owed: by the key of the defendant, what is owed and neither in it nor left out.
        problems: why it cannot be closed or served as it stands.
        counsel: by the key of the defendant, on whom it is served; empty: nobody is on record.
    """

    production: Production
    lines: tuple[ProductionLine, ...]
    withheld: Mapping[str, tuple[Owing, ...]]
    also_owed: Mapping[str, tuple[Owing, ...]]
    problems: tuple[Reason, ...]
    counsel: Mapping[str, str]


def owed_to(
    number: str,
    defendant: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Owed:
    """Every item of a case as it stands for one defendant.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such case or defendant; the nearest are named.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    who = find_defendant(world, case, defendant)
    words = announced_words(case, question.size)
    return Owed(
        question,
        case.number,
        who,
        counsel_of(world, case, who),
        tuple(owing_of(world, case, who, words)),
    )


def counsel_of(world: World, case: Case, defendant: Defendant) -> str:
    """On whom a defendant's papers are served: the newest counsel on record; empty where there is none."""
    rows = [
        (row.entry, row.text("counsel"))
        for row in world.facts.of_case("parties", case.key)
        if row.defendant == defendant.key and row.data.get("counsel")
    ]
    on = world.on(case)
    rows += [
        (row.entry, row.text("detail"))
        for row in world.facts.of_case("status", case.key)
        if row.defendant == defendant.key
        and row.text("status") == "counsel"
        and row.data.get("detail")
        and (row.first or 0) <= on
    ]
    return max(rows, default=(0, ""))[1]


def productions_of(
    number: str, *, as_of: date | datetime | None = None, now_ms: int | None = None
) -> list[Production]:
    """The productions of a case, drafts among them, the newest first.

    Raises:
        NotFound: no such case.
    """
    question, _, case = world_of_case(number, as_of=as_of, now_ms=now_ms)
    found = read_productions(_acts(case.number, question.size))
    return sorted(found.values(), key=lambda one: one.entry, reverse=True)


def production_of_entry(entry: int) -> Production:
    """A production by the entry that drafted it.

    Raises:
        NotFound: no such production.
    """
    (drafted,) = entries([entry])
    found = (
        read_productions(_acts(str(drafted.data["case_number"]), current_size())).get(entry)
        if drafted.type == PRODUCTION_TYPES[0]
        else None
    )
    if found is None:
        raise NotFound(say("Entry {entry} drafts no production.", entry=entry))
    return found


def changes_since(production: Production, size: int) -> list[Entry]:
    """What was recorded about a production from a size of the record on."""
    return [
        entry
        for entry in _acts(production.case_number, current_size())
        if entry.index >= size and entry.data.get("production") == production.entry
    ]


def get_production(entry: int, *, now_ms: int | None = None) -> ProductionView:
    """A production with its lines as they stand now.

    Args:
        entry: the entry that drafted it.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such production.
    """
    production = production_of_entry(entry)
    question, world, case = world_of_case(production.case_number, now_ms=now_ms)
    words = announced_words(case, question.size)
    others = [
        one
        for one in read_productions(_acts(case.number, question.size)).values()
        if one.entry != entry and one.closed is not None and one.entry < entry
    ]
    standing = {
        who.key: {one.item: one for one in owing_of(world, case, who, words)}
        for who in world.cases.defendants(case, world.on(case))
        if who.key in production.defendants
    }
    lines = tuple(
        ProductionLine(
            line.agency,
            line.tag,
            line.extent,
            line.what,
            line.to or tuple(production.defendants),
            {who: found[line.item] for who, found in standing.items() if line.item in found},
            not any(one.line(line.item) is not None for one in others),
        )
        for line in production.lines
    )
    left_out = {(key(one.agency), key(one.tag)) for one in production.left_out}
    return ProductionView(
        production,
        lines,
        {
            who: tuple(
                one for one in found.values() if one.place in (Place.WITHHELD, Place.UNAPPROVED)
            )
            for who, found in standing.items()
        },
        {
            who: tuple(
                one
                for item, one in found.items()
                if one.place is Place.OWED
                and item not in left_out
                and item not in {line.item for line in production.lines_to(who)}
            )
            for who, found in standing.items()
        }
        if production.closed is None
        else {},
        tuple(standing_against(world, case, production))
        if production.stage in (Stage.DRAFT, Stage.CLOSED)
        else (),
        {
            who.key: counsel_of(world, case, who)
            for who in world.cases.defendants(case, world.on(case))
            if who.key in production.defendants
        },
    )


def new_since(number: str, defendant: str, *, now_ms: int | None = None) -> list[Owing]:
    """What is owed to a defendant and was in none of the productions closed for them so far.

    What somebody left out of the last one with a reason is not new.

    Raises:
        NotFound: no such case or defendant.
    """
    owed = owed_to(number, defendant, now_ms=now_ms)
    closed = [
        one
        for one in read_productions(_acts(owed.case_number, owed.question.size)).values()
        if one.closed is not None and owed.defendant.key in one.defendants
    ]
    known = {line.item for one in closed for line in one.lines_to(owed.defendant.key)}
    last = max(closed, key=lambda one: one.closed or 0, default=None)
    known |= {(key(one.agency), key(one.tag)) for one in (last.left_out if last else ())}
    return [one for one in owed.owed if one.item not in known]


def standing_against(
    world: World, case: Case, production: Production, defendant: str | None = None
) -> list[Reason]:
    """Why the items of a production cannot go as it says: each item, and what would let it.

    Args:
        world: the record and the moment.
        case: its case.
        production: the production.
        defendant: for one of its defendants (key); None: for each.
    """
    known = {one.key: one for one in world.cases.defendants(case, world.on(case))}
    reasons: list[Reason] = []
    for who, name in production.defendants.items():
        if defendant not in (None, who):
            continue
        if who not in known:
            reasons.append(
                Reason(
                    "no_defendant",
                    say(
                        "{name} is no defendant of {number} any more.",
                        name=name,
                        number=case.number,
                    ),
                )
            )
            continue
        for line in production.lines_to(who):
            found = owing_of_item(world, case, known[who], line.item)
            wrong = _against(line.extent, found, f"{line.agency} {line.tag}", name)
            if wrong is not None:
                reasons.append(wrong)
    return reasons


def _against(extent: str, found: Owing | None, item: str, name: str) -> Reason | None:
    if found is None:
        return Reason(
            "not_of_the_case",
            say(
                "{item} bears on nothing in this case: put it on the file or on the case's list first, "
                "or take it out.",
                item=item,
            ),
        )
    if found.place in (Place.WITHHELD, Place.UNAPPROVED):
        grounds = join([one.ground for one in found.kept_back])
        return Reason(
            "withheld",
            say(
                "{item} is withheld from {name} ({grounds}): end the withholding first, or take it out.",
                item=item,
                name=name,
                grounds=grounds,
            ),
        )
    if found.place is Place.SERVED:
        return Reason(
            "served_already",
            say("{name} has got the whole of {item} already: take it out.", name=name, item=item),
        )
    if found.place is Place.OUT_OF_REACH and extent in ("whole", "offered"):
        return Reason(
            "out_of_reach",
            say(
                "{item} is not in custody, so nobody can serve the whole of it: have it found, or give "
                "what there is of it (a description, a picture) in part.",
                item=item,
            ),
        )
    return None


def receipts_outstanding(
    *, only: Sequence[int] | None = None, limit: int = 50, offset: int = 0
) -> tuple[int, list[Outstanding]]:
    """Productions that were served and for which no receipt is on record: how many, and a page of them.

    Args:
        only: of these cases (numbers of `case_key`); None: of all.
        limit: at most so many.
        offset: after leaving out so many; the longest waiting come first.
    """
    return count_outstanding(only), list_outstanding(only, limit=limit, offset=offset)


def announced_words(case: Case, size: int) -> dict[int, str]:
    """The words in which withholdings of a case were announced, by the entry of the withholding; the last count."""
    found = _acts(case.number, size, (ANNOUNCED,))
    return {int(entry.data["withholding"]): str(entry.data["words"]) for entry in found}


def served_entries(production: Production, defendant: str) -> list[Entry]:
    """The rows of `disclosures` that serving a production for a defendant gave, as they stand now."""
    case_id = find_cases([production.case_number])[key(production.case_number)]
    found = entries(find_served(case_id, defendant, str(production.number)))
    return [entry for entry in found if not entry.source and not entry.more.get("erased")]


def _acts(number: str, size: int, types: Sequence[str] = PRODUCTION_TYPES) -> list[Entry]:
    return acts_of_case(find_cases([number])[key(number)], types, size)
