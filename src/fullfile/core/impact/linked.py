"""Which cases an item or a case touches, in what ways, and how their defendants stand.

One step: the cases an item bears on (their matters are in that already), cases related to
these in other ways, and cases in which somebody whom the item names is a defendant, victim or
witness. A name that is a party of more than 20 cases joins none, and is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fullfile.core.docket.ends import CONVICTIONS, ENDINGS, REOPENINGS, find_end
from fullfile.core.facts.cases import CROWDED, MATTER, Case, Defendant
from fullfile.core.facts.dates import join, when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key
from fullfile.core.impact.result import LinkedCase, Touched, Way
from fullfile.core.matching import World
from fullfile.core.said import joined, many, say, word

__all__ = [
    "OFFICIALS",
    "PRIVATE",
    "defendants_of",
    "event_words",
    "links_of_case",
    "links_of_item",
    "named_on_item",
    "officials",
]

PRIVATE = ("defendant", "victim", "witness")
"""Roles through which a name on an item joins a case."""
OFFICIALS = frozenset({"officer", "expert", "prosecutor", "defence_counsel", "judge"})
"""Roles that join none: an officer is in every case."""


def event_words(event: str) -> str:
    """A docket event, or a kind of relation, as words."""
    return word(event.replace("_", " ").replace("co defendant", "co-defendant"))


def officials(world: World) -> set[str]:
    """Whoever is an official in a case at hand, as keys."""
    return {
        key(row.text("name"))
        for row in world.facts.rows.get("parties", ())
        if row.data.get("role") in OFFICIALS
    }


def named_on_item(world: World, item: ItemKey) -> dict[str, tuple[str, list[str], list[int]]]:
    """Persons whom the item names or came from: by key, the name, in what part, and the entries."""
    found: dict[str, tuple[str, list[str], list[int]]] = {}
    skip = officials(world)

    def add(name: str, part: str, entry: int) -> None:
        person = key(name)
        if not person or person in skip or world.things.agency_called(name) is not None:
            return
        _, parts, entries = found.setdefault(person, (name.strip(), [], []))
        if part and part not in parts:
            parts.append(part)
        if entry not in entries:
            entries.append(entry)

    on = world.on()
    for row in world.facts.of_item("items", item):
        if row.first is not None and row.first > on:
            continue
        add(row.text("collected_from"), say("the one it came from"), row.entry)
        for person in row.data.get("persons", ()):
            add(str(person.get("name", "")), str(person.get("role", "")), row.entry)
    for row in world.facts.of_item("custody", item):
        if row.data["event"] in ("collected", "booked") and (row.first or 0) <= on:
            add(row.text("from"), say("the one it came from"), row.entry)
    return found


def links_of_item(
    world: World, item: ItemKey, crowded: Iterable[str] = ()
) -> tuple[tuple[LinkedCase, ...], tuple[str, ...]]:
    """The cases that an item touches, and what could not be followed.

    Args:
        world: the record and the moment.
        item: the item.
        crowded: names of the item that are parties of too many cases to be followed.
    """
    ways: dict[str, list[Way]] = defaultdict(list)
    for case in world.cases.by_key.values():
        ways[case.key] += _bearing(world, case, item)
    bears = [case for case, found in ways.items() if found]
    for case_key in bears:
        for other, way in _relations(world, world.cases.by_key[case_key]):
            if not ways[other]:
                ways[other].append(way)
    people = named_on_item(world, item)
    too_many = {key(name): name for name in crowded}
    for person, (name, parts, entries) in people.items():
        rows = _party_rows(world, person)
        cases = {row.case for row in rows}
        if len(cases) > CROWDED:
            too_many[person] = name
        if person in too_many:
            continue
        for row in rows:
            part = f" ({parts[0]})" if parts else ""
            words = say(
                "{name}{part} is a {role} there",
                name=name,
                part=part,
                role=event_words(row.text("role")),
            )
            if row.case is not None and row.case in world.cases.by_key:
                ways[row.case].append(Way("person", words, (*entries, row.entry)))
    notes = tuple(
        say(
            "{name} is a party of more than {CROWDED} cases: the name joins none of them.",
            name=name,
            CROWDED=CROWDED,
        )
        for name in too_many.values()
    )
    return _linked(world, ways), notes


def _linked(world: World, ways: dict[str, list[Way]]) -> tuple[LinkedCase, ...]:
    found = []
    for case_key, said in ways.items():
        case = world.cases.by_key[case_key]
        if said and (case.start is None or case.start <= world.on(case)):
            found.append(
                LinkedCase(case.key, case.number, case.title, case.jurisdiction, tuple(said))
            )
    order = ("bears_on", "same_matter", "related", "shared_item", "person")
    return tuple(
        sorted(
            found,
            key=lambda one: (min(order.index(way.kind) for way in one.ways), one.case_number),
        )
    )


def _bearing(world: World, case: Case, item: ItemKey) -> Iterator[Way]:
    arises = world.bearing.arises(case.key, item)
    ground = world.bearing.since(case.key, item)
    if arises is None or ground is None or arises > world.on(case):
        return
    own = world.bearing.direct.get(case.key, {}).get(item)
    if own is not None and own.moment <= world.on(case):
        ground = own  # its own case's ground says more than an earlier one elsewhere
    because = ground.words
    if ground.said:
        because = joined((because, when_words(ground.said, ground.moment)))
    if ground.through:
        how = say("it bears on {case}, because {because}", case=ground.through, because=because)
        words = say(
            "one matter with {through} ({shared}): {how}",
            through=ground.through,
            shared=_shared(world, case, ground.through),
            how=how,
        )
        yield Way("same_matter", words, ground.entries)
    else:
        yield Way("bears_on", because, ground.entries)


def _shared(world: World, case: Case, other_number: str) -> str:
    """Why two cases are one matter, in words."""
    other = world.cases.by_key.get(key(other_number))
    said = []
    if other is not None:
        shared = case.reports.keys() & other.reports.keys()
        if shared:
            numbers = join([number.upper() for _, number in sorted(shared)])
            said.append(say("both list {numbers}", numbers=numbers))
        for one, two in ((case, other), (other, case)):
            for row in world.facts.every.get("cases", ()):
                if row.case == one.key:
                    kinds = [
                        related["kind"]
                        for related in row.data.get("related_cases", ())
                        if key(related["case"]) == two.key and related["kind"] in MATTER
                    ]
                    said += [
                        say("related as {event_words}", event_words=event_words(kind))
                        for kind in kinds
                    ]
    return joined(dict.fromkeys(said), "; ") or say("related")


def _relations(world: World, case: Case) -> Iterator[tuple[str, Way]]:
    """Cases related in ways that make no matter: severed from it, or otherwise."""
    for row in world.facts.every.get("cases", ()):
        for related in row.data.get("related_cases", ()):
            here, other, kind = row.case or "", key(related["case"]), related["kind"]
            for one, two in ((here, other), (other, here)):
                if one == case.key and two in world.cases.by_key and two != case.key:
                    words = say(
                        "related to {number} ({event_words})",
                        number=case.number,
                        event_words=event_words(kind),
                    )
                    yield two, Way("related", words, (row.entry,))


def _party_rows(world: World, person: str) -> list[Row]:
    return [
        row
        for row in world.facts.rows.get("parties", ())
        if row.data.get("role") in PRIVATE and key(row.text("name")) == person
    ]


def links_of_case(world: World, case: Case) -> tuple[LinkedCase, ...]:
    """The cases that a ruling in a case touches: itself, its matter, its relations, its items' other cases."""
    ways: dict[str, list[Way]] = defaultdict(list)
    ways[case.key].append(Way("bears_on", say("the case asked about"), case.entries[:1]))
    for other in sorted(case.matter):
        if other in world.cases.by_key:
            words = say(
                "one matter with {number} ({shared})",
                number=case.number,
                shared=_shared(world, case, other),
            )
            ways[other].append(Way("same_matter", words, world.cases.by_key[other].entries[:1]))
    for other, way in _relations(world, case):
        if not ways[other]:
            ways[other].append(way)
    mine = world.bearing.direct.get(case.key, {})
    for other, grounds in world.bearing.direct.items():
        if other in (case.key, *case.matter):
            continue
        shared = [item for item in grounds if item in mine]
        if shared and other in world.cases.by_key:
            entries = tuple(sorted({entry for item in shared for entry in grounds[item].entries}))
            tags = join([tag.upper() for _, tag in sorted(shared)[:3]])
            more = say(" and {n} more", n=len(shared) - 3) if len(shared) > 3 else ""
            words = many(
                "{tags} of this case bears on it too",
                "{tags} of this case bear on it too",
                len(shared),
                tags=tags + more,
            )
            ways[other].append(Way("shared_item", words, entries[:12]))
    return _linked(world, ways)


def defendants_of(
    world: World, linked: LinkedCase, item: ItemKey | None = None
) -> Iterator[Touched]:
    """How each defendant of a linked case stands, and whether they got the item."""
    case = world.cases.by_key[linked.key]
    on = world.on(case)
    for defendant in world.cases.defendants(case, on):
        yield _touched(world, case, defendant, on, item)


def _touched(
    world: World, case: Case, defendant: Defendant, on: int, item: ItemKey | None
) -> Touched:
    rows = _own_docket(world, case, defendant, on)
    end = find_end(world.cases, case.key, defendant.key, on)
    last: Row | None = None
    standing, sentence = "pending", ""
    if end is not None:
        ended = [world.facts.by_entry[entry] for entry in end.entries]
        last = max(ended, key=lambda row: row.ord)
        standing = "ended"
        if end.convicted is not None:
            last = max(
                (row for row in ended if row.data["event"] in CONVICTIONS), key=lambda r: r.ord
            )
            found = [
                row
                for row in rows
                if row.data["event"] == "sentenced" and (row.last or 0) >= (last.first or 0)
            ]
            standing = "sentenced" if found else "convicted"
            if found:
                sentence = found[-1].text("detail")
                last_sentence = found[-1]
    else:
        reopened = [row for row in rows if row.data["event"] in REOPENINGS | ENDINGS]
        last = reopened[-1] if reopened else None
    words: str = say("{name}: {standing}", name=defendant.name, standing=word(standing))
    entries = {*defendant.entries[:1], *(end.entries if end else ())}
    if last is not None:
        when = when_words(last.text("occurred_on"), last.first or 0)
        did = event_words(last.text("event"))
        entries.add(last.entry)
        if standing == "pending":
            words = say(
                "{name}: pending, after {did} {when}", name=defendant.name, did=did, when=when
            )
        elif standing == "sentenced":
            given = when_words(last_sentence.text("occurred_on"), last_sentence.first or 0)
            words = say(
                "{name}: {did} {when}, sentenced {given}",
                name=defendant.name,
                did=did,
                when=when,
                given=given,
            )
            if sentence:
                words = say("{said} ({detail})", said=words, detail=sentence)
            entries.add(last_sentence.entry)
        else:
            words = say("{name}: {did} {when}", name=defendant.name, did=did, when=when)
    disclosed, said, more = _disclosed(world, case, defendant, on, item)
    return Touched(
        key=defendant.key,
        case_number=case.number,
        defendant=defendant.name,
        standing=standing,
        event=last.text("event") if last is not None else "",
        since=last.text("occurred_on") if last is not None else "",
        sentence=sentence,
        counsel=_counsel(world, case, defendant),
        disclosed=disclosed,
        disclosed_words=said,
        words=say("{said}.", said=words),
        entries=tuple(sorted({*entries, *more})),
    )


def _own_docket(world: World, case: Case, defendant: Defendant, on: int) -> list[Row]:
    return sorted(
        (
            row
            for row in world.facts.of_case("docket", case.key)
            if row.last is not None
            and row.last <= on
            and world.cases.concerns(row, case.key, defendant.key)
        ),
        key=lambda row: row.ord,
    )


def _counsel(world: World, case: Case, defendant: Defendant) -> str:
    said = [
        row.text("counsel")
        for row in world.facts.of_case("parties", case.key)
        if row.defendant == defendant.key and row.text("counsel")
    ]
    return join(list(dict.fromkeys(said)))


def _disclosed(
    world: World, case: Case, defendant: Defendant, on: int, item: ItemKey | None
) -> tuple[str | None, str, tuple[int, ...]]:
    if item is None:
        return None, "", ()
    found = world.handing.disclosed(case, item, defendant.key)
    fact = found.at(on)
    if fact is None:
        return None, say("No disclosure of it to {name} is on record.", name=defendant.name), ()
    whole = "" if found.is_whole(on) else say(" in part")
    words = say(
        "Disclosed to {name}{whole} {when_words}",
        name=defendant.name,
        whole=whole,
        when_words=when_words(fact.said, fact.moment),
    )
    others = [
        say("{source} says {said}", source=other.source, said=other.said) for other in fact.others
    ]
    if others:
        words = say("{said} ({others})", said=words, others=join(others))
    words = say("{said}.", said=words)
    return fact.said, words, (fact.entry, *(other.entry for other in fact.others))
