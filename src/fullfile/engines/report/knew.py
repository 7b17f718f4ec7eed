"""Who knew what of an item, as JSON and CSV, and the words that text and page share.

Stated, derived and denied stay apart in every form. One list of fields feeds
JSON and CSV, so that they cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.ids import day_text
from fullfile.core.knowledge import LEVELS, Contradiction, Knew, Known, Person
from fullfile.core.matching.result import Head
from fullfile.core.said import joined, many, month_said, say
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.dates import short_date

__all__ = [
    "KNOWN_FIELDS",
    "LETTERS",
    "KnewView",
    "account_words",
    "cell_words",
    "knew_as_csv",
    "knew_as_json",
    "short_when",
    "summary",
    "to_name",
    "way_words",
]

LETTERS = {"exists": "E", "picture": "P", "object": "O", "where_filed": "F", "not_disclosed": "N"}
"""The letter of each level, so that no picture speaks by shape or colour alone."""

KNOWN_FIELDS = (
    "person",
    "level",
    "known_from",
    "basis",
    "denied",
    "how",
    "role",
    "source",
    "case_number",
    "rule",
    "entries",
)
"""The fields of one account."""


@dataclass(frozen=True, slots=True)
class KnewView:
    """An answer with what stands above it.

    Attributes:
        knew: the answer.
        on, as_of: the moments, ISO 8601.
        checkpoint: the head of the record.
        office, made_at, version: for the top and the foot of a page.
    """

    knew: Knew
    on: str
    as_of: str
    checkpoint: Head
    office: str = ""
    made_at: str = ""
    version: str = ""


def to_name(knew: Knew) -> str:
    """The item as people call it."""
    return f"{knew.agency} {knew.tag}".strip()


def summary(knew: Knew) -> str:
    """The answer in a sentence or two."""
    people = len(knew.persons)
    if not people:
        return say("Nobody on record knew of it by then.")
    return joined(
        (
            many(
                "{n} person on record knew of it or denied it.",
                "{n} persons on record knew of it or denied it.",
                people,
            ),
            "" if knew.booked else say("No property list has it by then."),
            many(
                "{n} contradiction stands side by side below.",
                "{n} contradictions stand side by side below.",
                len(knew.contradictions),
            )
            if knew.contradictions
            else "",
        )
    )


def short_when(said: str) -> str:
    """A recorded date for a narrow column: "Mar 6, 2024", "Mar 2024", "before Jul 12, 2024"."""
    words = said.strip()
    if words.casefold().startswith("before "):
        return say("before {short_when}", short_when=short_when(words[7:]))
    if "/" in words:
        first, last = words.split("/", 1)
        return say(
            "{short_when} to {short_when_2}",
            short_when=short_when(first),
            short_when_2=short_when(last),
        )
    if len(words) == 7:
        return month_said(words[:4], int(words[5:]), short=True)
    return words if len(words) == 4 else short_date(words)


def cell_words(knew: Knew, person: Person, level: str) -> tuple[str, ...]:
    """What stands in the table for a person and a level: the first date, and every denial.

    Where sources give two dates, both stand. A star marks a date that no statement gives and a
    row shows.
    """
    first = person.first_known(level)
    known = [] if first is None else [first]
    for apart in knew.contradictions:
        # Two dates of one hand-over stand on the thing itself, and on that it exists.
        alike = apart.level in (level, "object" if first and not first.stated else level)
        if apart.person == person.name and alike and apart.kind != "denied":
            known = list(apart.accounts)
    found: list[str] = [
        short_when(one.known_from or day_text(one.first)) + _star(one) for one in known
    ]
    found += [
        say("denies: {short_when}", short_when=short_when(one.known_from))
        for one in person.at(level)
        if one.denied
    ]
    return tuple(dict.fromkeys(found))


def _star(one: Known) -> str:
    return "" if one.stated else "*"


def way_words(one: Known) -> str:
    """How somebody came to know, and who says so."""
    if not one.stated:
        return one.rule
    said = say("says that they did not") if one.denied else one.how or say("way not on record")
    return say("{said} ({source})", said=said, source=one.source) if one.source else said


def account_words(one: Known) -> str:
    """One account in a line, for lists that put accounts side by side."""
    if not one.stated:
        return say("Shown by a row: {rule}", rule=one.rule)
    if one.denied:
        return say("Denied, {when}: {way}", when=one.when, way=way_words(one))
    return say("Stated, {when}: {way}", when=one.when, way=way_words(one))


def knew_as_json(view: KnewView) -> dict[str, object]:
    """The whole answer: one object, lists of flat objects."""
    knew = view.knew
    return {
        "agency": knew.agency,
        "tag": knew.tag,
        "description": knew.description or None,
        "booked": knew.booked,
        "held_since": knew.held_since or None,
        "on": view.on,
        "as_of": view.as_of,
        "checkpoint": {"size": view.checkpoint.size, "root": view.checkpoint.root},
        "entries": list(knew.entries),
        "persons": [_person_as_json(person) for person in knew.persons],
        "knowledge": [_known_as_json(one) for one in knew.timeline],
        "contradictions": [
            row
            for number, found in enumerate(knew.contradictions, 1)
            for row in _contradiction_as_json(number, found)
        ],
        "named": [
            {
                "person": one.person,
                "role": one.role,
                "roles": list(one.roles),
                "entries": list(one.entries),
            }
            for one in knew.named
        ],
        "timeline": [
            {
                "from": day_text(one.first),
                "until": day_text(one.last),
                "person": one.person,
                "level": one.level,
                "kind": one.kind,
                "entries": list(one.entries),
            }
            for one in knew.timeline
        ],
        "later": knew.later,
    }


def _person_as_json(person: Person) -> dict[str, object]:
    found: dict[str, object] = {"person": person.name, "roles": list(person.roles)}
    for level in LEVELS:
        first = person.first_known(level)
        found[level] = None if first is None else first.known_from
        found[f"{level}_basis"] = None if first is None else first.basis
    found["denies"] = [one.level for one in person.accounts if one.denied]
    found["entries"] = sorted({entry for one in person.accounts for entry in one.entries})
    return found


def _known_as_json(one: Known) -> dict[str, object]:
    found: dict[str, object] = {
        name: None if getattr(one, name) == "" else getattr(one, name) for name in KNOWN_FIELDS
    }
    found["entries"] = list(one.entries)
    return found


def _contradiction_as_json(number: int, found: Contradiction) -> list[dict[str, object]]:
    """One object for each account, with the number of the group that it stands in."""
    return [
        {
            "group": number,
            "person": found.person,
            "level": found.level,
            "kind": found.kind,
            "account": one.kind,
            "known_from": one.known_from,
            "source": one.source,
            "both_possible": found.both_possible,
            "sentence": found.sentence,
            "entries": list(one.entries),
        }
        for one in found.accounts
    ]


def knew_as_csv(view: KnewView) -> str:
    """Every account as a row, in the order of the history."""
    rows = []
    for one in view.knew.timeline:
        cells: list[object] = [getattr(one, name) for name in KNOWN_FIELDS[:-1]]
        cells.append(";".join(str(entry) for entry in one.entries))
        rows.append(cells)
    return render_csv(KNOWN_FIELDS, rows)
