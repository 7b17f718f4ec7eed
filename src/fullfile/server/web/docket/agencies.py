"""Who has not answered? No answer is unknown, and unknown is never none."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.answers import record_answer
from fullfile.server.queries.docket import agencies_of
from fullfile.server.queries.requests import reopened_answers
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now, now_ms, zone
from fullfile.server.web.docket import columns
from fullfile.server.web.docket.frame import frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.whole_list import whole_list

__all__ = ["agencies", "answer"]

WORDS = {
    "all_handed_over": (_("All handed over"), "check"),
    "nothing_held": (_("Nothing held"), "remove"),
    "more_to_come": (_("More to come"), "more_horiz"),
}


class AnswerForm(OfficeForm):
    """An agency's word for a case."""

    answer = forms.ChoiceField(
        label=_("For this case, we have"),
        choices=[
            ("all_handed_over", _("handed over everything")),
            ("nothing_held", _("nothing")),
            ("more_to_come", _("more to come")),
        ],
        widget=forms.RadioSelect,
    )
    by = forms.CharField(label=_("Who says so?"), max_length=200)
    # A day is over at its end: an answer “of today” would not stand before midnight. So the moment is the usual one.
    answered_at = forms.CharField(
        label=_("When?"), max_length=60, required=False, help_text=_("Empty: now.")
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"by_missing": "by"}


@page(Right.SEE_CASES)
def agencies(request: PageRequest, case_id: int) -> HttpResponse:
    """The list: every agency with its answers, and what a later find re-opened."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    days = frame.days
    when: dict[str, Any] = {"on": days.on, "as_of": days.as_of, "now_ms": now_ms()}
    found = agencies_of(frame.number, **when)
    rows = [
        {
            "agency": one.agency,
            "answers": [
                {
                    "words": WORDS.get(each.answer, (each.answer, "help"))[0],
                    "icon": WORDS.get(each.answer, ("", "help"))[1],
                    "by": each.by,
                    "at": each.at,
                    "entry": each.entry,
                }
                for each in one.answers
            ],
            "standing": one.standing,
            "says": one.says,
            "why_not": one.why_not,
            "held": _held(frame.board.items, one.agency),
            "mine": _is_mine(request.person, one.agency) and not days.another,
        }
        for one in found
    ]
    listed = whole_list(request, rows, columns.agencies(), file="agencies")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "docket/agencies.html",
        {
            **frame.context,
            "list": listed.tools,
            "rows": listed.rows,
            "every": len(rows),
            "silent": sum(not one.standing for one in found),
            "reopened": reopened_answers(frame.number, **when),
        },
    )


@page(Right.ANSWER)
def answer(request: PageRequest, case_id: int) -> HttpResponse:
    """An agency answers for itself; "nothing held" is refused no word, and would not stand where items are held."""
    frame, person = frame_of(request, case_id), request.person
    held = _held(frame.board.items, person.works_for)
    form = AnswerForm(request.POST or None, initial={"by": person.name})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: record_answer(
                case_number=frame.number,
                agency=person.works_for,
                answer=said["answer"],
                by=said["by"],
                answered_at=said["answered_at"]
                or now().astimezone(zone()).isoformat(timespec="seconds"),
                actor=person.name,
                now_ms=now_ms(),
            ),
        )
        if done is not None:
            return redirect("case_agencies", case_id=case_id)
    return render(
        request,
        "docket/answer.html",
        {**frame.context, "form": form, "held": held, "agency": person.works_for},
        status=422 if form.errors else 200,
    )


def _held(items: tuple[Any, ...], agency: str) -> int:
    """How many items of this case are on record with an agency."""
    return sum(key(one.agency) == key(agency) for one in items)


def _is_mine(person: Person, agency: str) -> bool:
    return can(person, Right.ANSWER) and key(person.works_for) == key(agency)
