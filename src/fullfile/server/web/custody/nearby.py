"""Which case a thing may belong to, in sentences for whoever books it. Nothing is decided by it.

While it is booked: cases that list the report number, numbers one slip of the hand away, and people of the giver's
name in cases that this person may reach. A name finds no case out of reach, so that a name is no probe; the
numbers are the agency's own, and a case that a court sealed stays "a sealed case". Once booked: what `link`
suggests for it, with the first reason, and who can decide: never whoever booked it (ux: booking).

What this does not do: it looks for nothing by likeness (`engines.linkage` does).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.engines.report.words import chance_words
from fullfile.server.accounts.person import Person, can, person_of_grant
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.queries.find import slips
from fullfile.server.queries.suggestions import open_of_item
from fullfile.server.store.connections import cases_of_item
from fullfile.server.store.grants import list_grants
from fullfile.server.store.linking import read_standing
from fullfile.server.store.load import current_size
from fullfile.server.store.nearby import cases_of_numbers, parties_called, rows_of_cases
from fullfile.server.web.clock import today
from fullfile.server.web.phrases import in_language
from fullfile.server.web.reach import ItemRef, cases_in_reach, own_agency
from fullfile.server.web.said_below import plain_word

__all__ = [
    "Likely",
    "Nearby",
    "likely_cases",
    "may_see_suggestions",
    "nearby",
    "on_lists_of",
    "who_decides",
]

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is told while something is booked: sentences about the number, sentences about the giver."""

    number: tuple[str, ...]
    giver: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that is suggested: how likely in words, its name, the first reason."""

    chance: str
    case: str
    reason: str


def nearby(person: Person, report_number: str, giver: str) -> Nearby:
    """What is known about a report number and a giver.

    Args:
        person: who books.
        report_number: as typed; empty: not yet.
        giver: likewise.
    """
    return Nearby(
        tuple(_of_number(person, report_number)) if report_number.strip() else (),
        tuple(_of_giver(person, giver)) if giver.strip() else (),
    )


def likely_cases(item: ItemRef) -> list[Likely]:
    """The open suggestions for a thing, the likeliest first."""
    found = open_of_item(item.item_id)
    rows = rows_of_cases([one.case_id for one in found])
    standing = read_standing(current_size(), item.item_id) if rows else {}
    reasons = {
        key(str(one["case_number"])): next((str(why["what"]) for why in one["reasons"]), "")
        for each in standing.values()
        for one in each.suggestions
    }
    told = []
    for one in found:
        row = rows.get(one.case_id)
        if row is None:
            continue
        # Of a case that a court sealed nothing is said but that there is one.
        sealed = bool(row.data.get("sealed"))
        reason = "" if sealed else reasons.get(key(str(row.data["case_number"])), "")
        told.append(Likely(in_language(chance_words(str(one.probability))), _named(row), reason))
    return told


def on_lists_of(item: ItemRef) -> list[str]:
    """The cases on whose list a thing stands already, by its number or an act."""
    rows = rows_of_cases([case for case, _number in cases_of_item(item.item_id)])
    return [_named(row) for row in rows.values()]


def who_decides(person: Person) -> list[str]:
    """Who can decide a suggestion for what this person booked: some names."""
    day = today()
    others = [
        person_of_grant(grant)
        for grant in list_grants()
        if grant.holds_on(day) and key(grant.name) != key(person.name)
    ]
    return [one.name for one in others if can(one, Right.DECIDE_SUGGESTION)][:_SHOWN]


def may_see_suggestions(person: Person) -> bool:
    """Whether this person is told what is suggested for what they booked themselves."""
    return person.sees(Field.BOOKED_SUGGESTIONS, own=True) is Shown.YES


def _of_number(person: Person, said: str) -> Iterable[str]:
    agency = own_agency(person)
    norm = key(said)
    if agency is None or not norm:
        return
    exact = cases_of_numbers(agency, [norm])
    rows = rows_of_cases([case for _number, case in exact])
    if rows:
        for row in list(rows.values())[:_SHOWN]:
            yield _("It is a number of %(case)s: the thing will stand on its list at once.") % {
                "case": _named(row)
            }
        return
    yield _("No open case lists this number. You can book it all the same.")
    near = cases_of_numbers(agency, list(slips(norm)))
    rows = rows_of_cases([case for _number, case in near])
    for number, case in near[:_SHOWN]:
        if case in rows:
            yield _("%(number)s is a number of %(case)s; you typed %(typed)s.") % {
                "number": number,
                "case": _named(rows[case]),
                "typed": " ".join(said.split()),
            }


def _of_giver(person: Person, giver: str) -> Iterable[str]:
    found = parties_called(giver)
    reached = cases_in_reach(person, {case for case, _row in found})
    rows = rows_of_cases(reached)
    for case, row in found:
        if case in rows and not row.data.get("protected"):
            yield _("%(name)s is %(role)s in %(case)s.") % {
                "name": row.data["name"],
                "role": plain_word(str(row.data["role"])),
                "case": _named(rows[case]),
            }


def _named(row: Entry) -> str:
    data: Any = row.data
    if data.get("sealed"):
        return _("a sealed case")
    return str(data.get("title") or data["case_number"])
