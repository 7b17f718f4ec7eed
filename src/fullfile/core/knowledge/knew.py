"""Who knew what of an item, and since when: stated, derived and denied, side by side.

Stated accounts come from the knowledge table as they are. A denial is an account
too. An account has happened by T when its last moment is past; what custody and
property lists show counts from its first moment (contract, section 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fullfile.core.facts.bearing import Bearing
from fullfile.core.facts.cases import Cases
from fullfile.core.facts.dates import join
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.things import Things
from fullfile.core.ids import key
from fullfile.core.knowledge.accounts import Knew, Known, Named, Person, SignedPaper
from fullfile.core.knowledge.contradictions import contradictions_of
from fullfile.core.knowledge.derived import derived_accounts, named_on
from fullfile.core.said import say, word

__all__ = ["knew"]

_FROM_FIRST = frozenset({"custody", "items"})


def knew(
    facts: Facts,
    things: Things,
    cases: Cases,
    bearing: Bearing,
    item: ItemKey,
    on: int,
    papers: Iterable[SignedPaper] = (),
) -> Knew:
    """Who knew what of an item, by a moment.

    Args:
        facts: the rows that count.
        things: custody and containers.
        cases: the cases, for the roles of people.
        bearing: on which case the item bears.
        item: the item, as keys.
        on: the moment asked for (ms).
        papers: certificates and schedules that were signed; none where nobody read them.
    """
    shown = derived_accounts(facts, things, bearing, item, papers)
    accounts = _once([*_stated(facts, item), *shown])
    seen = [one for one in accounts if _has_happened(facts, one, on)]
    seen.sort(key=lambda one: (one.first, one.entries, one.denied))
    persons = _persons(things, cases, seen)
    rows = facts.of_item("items", item)
    agency, tag = _spelled(facts, item)
    held = things.held(item)
    by_then = held is not None and held.moment <= on
    return Knew(
        agency=agency,
        tag=tag,
        description=rows[0].text("description") if rows else "",
        booked=things.is_on_list(item, on),
        held_since=held.said if held is not None and by_then else "",
        persons=persons,
        contradictions=tuple(found for person in persons for found in contradictions_of(person)),
        named=_only_named(cases, rows, persons, on),
        timeline=tuple(seen),
        later=len(accounts) - len(seen),
        entries=tuple(row.entry for row in rows),
    )


def _stated(facts: Facts, item: ItemKey) -> Iterator[Known]:
    for row in facts.of_item("knowledge", item):
        if row.first is None or row.last is None:
            continue
        name = row.text("person") or say("a person whose name was erased by order")
        yield Known(
            person=name,
            person_key=key(name),
            level=row.text("level"),
            known_from=row.text("known_from"),
            first=row.first,
            last=row.last,
            basis="stated",
            denied=row.said("denied"),
            how=row.text("how"),
            role=row.text("role"),
            source=row.text("source") or row.source,
            case_number=row.text("case_number"),
            rule="",
            entries=(row.entry,),
        )


def _once(accounts: Iterable[Known]) -> list[Known]:
    """Derived accounts of one person, level, way and moment are one; it keeps the entries of all."""
    found: dict[object, Known] = {}
    for one in accounts:
        same: object = one.entries
        if not one.stated:
            same = (one.person_key, one.level, one.how, one.first, one.case_number)
        before = found.get(same)
        if before is None:
            found[same] = one
        else:
            found[same] = replace(before, entries=tuple(sorted({*before.entries, *one.entries})))
    return list(found.values())


def _has_happened(facts: Facts, one: Known, on: int) -> bool:
    if one.stated:
        return one.last <= on
    row = facts.by_entry.get(one.entries[0])
    table = row.table if row is not None else ""
    return (one.first if table in _FROM_FIRST else one.last) <= on


def _parties(cases: Cases) -> dict[str, dict[str, list[str]]]:
    """The roles of people in cases: role, and the numbers of the cases."""
    listed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in cases.facts.rows.get("parties", ()):
        numbers = listed[key(row.text("name"))][row.text("role").replace("_", " ")]
        if row.text("case_number") not in numbers:
            numbers.append(row.text("case_number"))
    return listed


def _full(said: dict[str, list[str]]) -> list[str]:
    return [
        say("{role} in {numbers}", role=word(role), numbers=join(numbers))
        for role, numbers in said.items()
    ]


def _persons(things: Things, cases: Cases, accounts: Iterable[Known]) -> tuple[Person, ...]:
    parties = _parties(cases)
    by_person: dict[str, list[Known]] = defaultdict(list)
    for one in accounts:
        by_person[one.person_key].append(one)
    found = []
    for person, said in by_person.items():
        agency = [say("an agency")] if things.agency_called(person) else []
        told = list(dict.fromkeys(one.role for one in said if one.role))
        listed = parties.get(person, {})
        titles = [*told, *listed, *agency]
        roles = (*told, *_full(listed), *agency)
        found.append(
            Person(said[0].person, person, titles[0] if titles else "", roles, tuple(said))
        )
    return tuple(found)


def _only_named(
    cases: Cases, rows: Iterable[Row], persons: Iterable[Person], on: int
) -> tuple[Named, ...]:
    """Whom the property list names, and nothing shows that they knew."""
    known = {person.key for person in persons}
    parties = _parties(cases)
    found: dict[str, Named] = {}
    for row in rows:
        for name, role in named_on(row):
            person = key(name)
            if not person or person in known or (row.first is not None and row.first > on):
                continue
            before = found.get(person)
            entries = (row.entry,) if before is None else (*before.entries, row.entry)
            found[person] = Named(
                name.strip(), role, tuple(_full(parties.get(person, {}))), entries
            )
    return tuple(found.values())


def _spelled(facts: Facts, item: ItemKey) -> tuple[str, str]:
    """Agency and tag as the record spells them; of an item that nobody booked as it was mentioned."""
    tables = ("items", "custody", "knowledge", "filings", "disclosures", "determinations")
    for table in (*tables, "withholdings", "links", "holds"):
        for row in facts.of_item(table, item):
            return row.text("agency"), row.text("tag")
    for row in facts.of_item("mentions", item):
        return row.text("booked_agency") or row.text("agency"), row.text("booked_as")
    return item
