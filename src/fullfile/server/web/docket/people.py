"""Who is in this case, who stands for whom, and who has access to it?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.core.ids import key
from fullfile.server.accounts.person import person_of_grant
from fullfile.server.accounts.policy import Field, Right, Role, Shown
from fullfile.server.queries.docket import parties_of
from fullfile.server.store.grants import list_grants
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.docket.frame import frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.reach import reaches_case
from fullfile.server.web.said_below import plain_word, role_name

__all__ = ["people"]


@page(Right.SEE_PEOPLE, methods=("GET", "HEAD"))
def people(request: PageRequest, case_id: int) -> HttpResponse:
    """The page. Protected persons, and the words of a sealed case, are kept from whom policy keeps them."""
    frame, person = frame_of(request, case_id), request.person
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
    return render(request, "docket/people.html", {**frame.context, "rows": rows, "access": access})
