"""Who is in this case, who stands for whom, and who has access to it?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.server.accounts.person import person_of_grant
from fullfile.server.accounts.policy import Field, Right, Role, Shown
from fullfile.server.queries.docket import parties_of
from fullfile.server.store.grants import list_grants
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.docket.frame import frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import reaches_case
from fullfile.server.web.said_below import plain_word, role_name
from fullfile.server.web.whole_list import Column, day_column, whole_list

__all__ = ["people"]


@page(Right.SEE_PEOPLE)
def people(request: PageRequest, case_id: int) -> HttpResponse:
    """The page. Protected persons, and the words of a sealed case, are kept from whom policy keeps them."""
    frame, person = frame_of(request, case_id), request.person
    if request.method == "POST":
        return posted_words(request)
    sealed = person.sees(Field.SEALED) is Shown.YES
    rows = []
    for one in parties_of(frame.number, now_ms=now_ms()):
        own = bool(one.agency) and key(one.agency) == key(person.works_for)
        hidden = not frame.veil.tells_names or (one.protected and not sealed)
        rows.append(
            {
                "name": "" if hidden else one.name,
                "role": plain_word(one.role),
                "agency": one.agency,
                "counsel": "" if hidden else one.counsel,
                "personal": None
                if hidden or person.sees(Field.PERSONAL, own=own) is not Shown.YES
                else ", ".join(filter(None, [one.date_of_birth, one.phone, one.address])),
                "protected": one.protected,
                "entry": one.entry,
            }
        )
    access = [
        {
            "name": who.name,
            "role": role_name(who.role),
            "works_for": who.works_for,
            "ends_on": grant.ends_on,
        }
        for grant in list_grants()
        if grant.holds_on(today())
        for who in [person_of_grant(grant)]
        if who.role is not Role.ADMINISTRATOR and reaches_case(who, case_id, frame.number)
    ]
    parties = whole_list(
        request, rows, _parties(), file="people", searched=_("Name, role or agency")
    )
    reaching = whole_list(request, access, _access(), file="access", name="access")
    for listed in (parties, reaching):
        if listed.answer is not None:
            return listed.answer
    return render(
        request,
        "docket/people.html",
        {
            **frame.context,
            "every": len(rows),
            "parties": parties,
            "reaching": reaching,
        },
    )


def _parties() -> list[Column]:
    return [
        Column("name", _("Name"), lambda one: one["name"]),
        Column("role", _("Role"), lambda one: one["role"], choice=lambda one: one["role"]),
        Column("agency", _("Agency"), lambda one: one["agency"], choice=lambda one: one["agency"]),
        Column("counsel", _("Counsel"), lambda one: one["counsel"]),
        Column(
            "personal",
            _("Birth, telephone, address"),
            lambda one: one["personal"] or "",
            sorts=False,
        ),
        Column("protected", "", lambda one: one["protected"]),
        Column("entry", "", lambda one: one["entry"]),
    ]


def _access() -> list[Column]:
    return [
        Column("name", _("Name"), lambda one: one["name"]),
        Column("role", _("Role"), lambda one: one["role"], choice=lambda one: one["role"]),
        Column(
            "works_for",
            _("Works for"),
            lambda one: one["works_for"],
            choice=lambda one: one["works_for"],
        ),
        day_column("ends_on", _("Until"), lambda one: one["ends_on"]),
    ]
