"""Tell {name}: who must still be told what of an item, and the form that records that somebody was.

Nothing is sent from here: a person tells, and records it. A task goes away by the telling on record, or when what
happened is no longer so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.ids import day_text
from fullfile.core.knowledge.telling import ToldTo
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.telling import record_telling
from fullfile.server.queries.telling import Task, tasks_of_item
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.frame import frame
from fullfile.server.web.reach import ItemRef, item_in_reach, reaches_case
from fullfile.server.web.templatetags.fullfile import short_day

__all__ = ["happened_words", "task_words", "tasks_here", "tell"]


def happened_words(what: str, day: str) -> str:
    """What happened to an item, as a list says it."""
    said = {"day": short_day(day)}
    return {
        "not_found": _("not found, %(day)s"),
        "short": _("counted short, %(day)s"),
        "lost": _("recorded as lost, %(day)s"),
        "released": _("released while a hold stood, %(day)s"),
        "consumed": _("used up while a hold stood, %(day)s"),
        "destroyed": _("destroyed while a hold stood, %(day)s"),
        "found": _("found after everything was said to be handed over; held since %(day)s"),
    }[what] % said


def task_words(one: Task) -> str:
    """A task as a sentence: "Tell K. Ortiz"."""
    if one.role is ToldTo.PROSECUTOR:
        if one.to:
            return _("Tell %(name)s") % {"name": one.to}
        return _("Tell the prosecution of %(case)s (nobody is named)") % {"case": one.case_number}
    if one.to:
        return _("Tell %(counsel)s, counsel of %(who)s") % {
            "counsel": one.to,
            "who": one.defendant,
        }
    return _("Tell counsel of %(who)s (nobody is named)") % {"who": one.defendant}


def tasks_here(person: Person, item: ItemRef) -> list[Task]:
    """What this person may record as told of an item: to prosecutors, of their own items; to the defence, in their cases."""
    if not can(person, Right.TELL):
        return []
    casework = can(person, Right.SEE_PAPERS)
    return [
        one
        for one in tasks_of_item(item.item_id)
        if (casework or (item.own and one.role is ToldTo.PROSECUTOR))
        and reaches_case(person, one.case_id, one.case_number)
    ]


class TellForm(OfficeForm):
    """Whom, when, how."""

    task = forms.ChoiceField(
        label=lazy("Who was told?"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose one.")},
    )
    name = forms.CharField(
        label=lazy("Their name, where the case names nobody"), required=False, max_length=200
    )
    at = forms.CharField(
        label=lazy("When?"),
        required=False,
        max_length=60,
        help_text=lazy("Empty: now. A day like 2024-01-25 where it was earlier."),
    )
    way = forms.ChoiceField(
        label=lazy("How?"),
        choices=[
            ("person", lazy("in person")),
            ("telephone", lazy("by telephone")),
            ("writing", lazy("in writing")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose one.")},
    )
    words = forms.CharField(
        label=lazy("What was said besides"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"to": "name", "at": "at", "way": "way"}

    def __init__(self, data: Any = None, *, tasks: Sequence[Task], **more: Any) -> None:
        super().__init__(data, **more)
        self.tasks = {_token(one): one for one in tasks}
        self.fields["task"].choices = [  # type: ignore[attr-defined]
            (
                token,
                f"{task_words(one)}: {happened_words(one.what, day_text(one.first))} · {one.case_number}",
            )
            for token, one in self.tasks.items()
        ]
        if all(one.to for one in tasks):
            del self.fields["name"]


def _token(one: Task) -> str:
    return "|".join((str(one.news), str(one.case_id), one.role.value, one.to or one.defendant))


@page(Right.TELL)
def tell(request: PageRequest, item_id: int) -> HttpResponse:
    """Who must be told what of this item, and who was?"""
    person = request.person
    item = item_in_reach(person, item_id)
    tasks = tasks_here(person, item)
    form = TellForm(request.POST or None, tasks=tasks)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        one = form.tasks[said["task"]]
        done = act(
            request,
            form,
            lambda: record_telling(
                agency=item.agency,
                tag=item.tag,
                news=one.news,
                case_number=one.case_number,
                role=one.role,
                to=one.to or one.defendant,
                name=said.get("name", ""),
                at=said["at"],
                way=said["way"],
                words=said["words"],
                by=person.name,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("It is on record that they were told."),
        )
        if done:
            return redirect("item_tell", item_id=item_id)
    shown = {
        "form": form,
        "tasks": [
            (task_words(one), happened_words(one.what, day_text(one.first)), one) for one in tasks
        ],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "items/tell.html", frame(person, item, "item_tell") | shown, status=status
    )
