"""What did the defence ask for? A request never closes by a reply; a later matching item re-opens it."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import NotFound
from fullfile.engines.report.words import STATUS
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.requests import record_request, reply_to_request
from fullfile.server.queries.requests import RequestOfCase, requests_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.docket.frame import Frame, frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.said_below import state_name
from fullfile.server.web.whole_list import Column, day_column, whole_list

__all__ = ["new", "one", "requests"]


class RequestForm(OfficeForm):
    """A request in its own words."""

    defendant = forms.ChoiceField(label=_("Who asks?"))
    asks_for = forms.CharField(
        label=_("What is asked for?"),
        help_text=_("In the words of the request."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = forms.CharField(label=_("Kind of things"), required=False, max_length=200)
    keywords = forms.CharField(
        label=_("Words to look for"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas."),
    )
    requested_at = forms.CharField(label=_("When was it made?"), max_length=60)

    def __init__(self, *given: Any, defendants: list[str], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["defendant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in defendants]


class ReplyForm(OfficeForm):
    """What the State replies."""

    reply = forms.CharField(
        label=_("Reply"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    replied_at = forms.CharField(
        label=_("When was it given?"), max_length=60, required=False, help_text=_("Empty: now.")
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"reply_missing": "reply"}


@page(Right.SEE_REQUESTS)
def requests(request: PageRequest, case_id: int) -> HttpResponse:
    """The list."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    found = _found(frame)
    rows = [(number, one, _states(one)) for number, one in enumerate(found, 1)]
    listed = whole_list(request, rows, _columns(tells=frame.veil.tells_names), file="requests")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "docket/requests.html",
        {
            **frame.context,
            "list": listed.tools,
            "rows": listed.rows,
            "every": len(found),
            "open": sum(not one.replied for one in found),
            "may_record": can(request.person, Right.RECORD_REQUEST) and not frame.days.another,
        },
    )


@page(Right.SEE_REQUESTS)
def one(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """One request, the items it stands against, and the reply."""
    frame, person = frame_of(request, case_id), request.person
    found = next((each for each in _found(frame) if each.entry == entry), None)
    if found is None:
        raise NotFound(_now("There is no such request in this case, or it was corrected since."))
    may_reply = can(person, Right.REPLY) and not frame.days.another and not found.replied
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and may_reply and form.is_valid():
        done = act(
            request,
            form,
            lambda: reply_to_request(
                entry,
                reply=form.cleaned_data["reply"],
                replied_at=form.cleaned_data["replied_at"],
                actor=person.name,
                now_ms=now_ms(),
            ),
        )
        if done is not None:
            return redirect("case_requests", case_id=case_id)
    return render(
        request,
        "docket/request.html",
        {
            **frame.context,
            "found": found,
            "states": _states(found),
            "items": [(item, STATUS[item.state] if item.state else None) for item in found.items],
            "form": form,
            "may_reply": may_reply,
        },
        status=422 if form.errors else 200,
    )


@page(Right.RECORD_REQUEST)
def new(request: PageRequest, case_id: int) -> HttpResponse:
    """Record a request."""
    frame = frame_of(request, case_id)
    form = RequestForm(
        request.POST or None,
        defendants=list(frame.board.defendants),
        initial={"requested_at": today().isoformat()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        words = [word.strip() for word in said["keywords"].split(",") if word.strip()]
        done = act(
            request,
            form,
            lambda: record_request(
                case_number=frame.number,
                defendant=said["defendant"],
                asks_for=said["asks_for"],
                category=said["category"],
                keywords=words,
                requested_at=said["requested_at"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
        )
        if done is not None:
            return redirect("case_requests", case_id=case_id)
    return render(
        request,
        "docket/form.html",
        {
            **frame.context,
            "form": form,
            "question": _("What did the defence ask for?"),
            "button": _("Record the request"),
            "back": "case_requests",
        },
        status=422 if form.errors else 200,
    )


def _columns(*, tells: bool) -> list[Column]:
    """The columns; where the case is sealed from whoever asks, without names and words."""
    return [
        Column("request", _now("Request"), lambda row: row[0]),
        Column(
            "defendant",
            _now("Who asks?"),
            lambda row: row[1].defendant if tells else "",
            choice=lambda row: row[1].defendant if tells else "",
        ),
        Column(
            "asks_for",
            _now("What is asked for?"),
            lambda row: row[1].asks_for if tells else "",
            sorts=False,
        ),
        day_column("requested_at", _now("Made on"), lambda row: row[1].requested_at),
        Column(
            "replied",
            _now("State"),
            lambda row: row[1].replied,
            choice=lambda row: _now("Replied") if row[1].replied else _now("Open"),
        ),
        Column("reply", "", lambda row: row[1].reply if tells else ""),
        Column(
            "items",
            _now("Items that match by kind or words"),
            lambda row: len(row[1].items),
            number=True,
        ),
    ]


def _found(frame: Frame) -> list[RequestOfCase]:
    days = frame.days
    return requests_of(frame.number, on=days.on, as_of=days.as_of, now_ms=now_ms())


def _states(one: RequestOfCase) -> list[tuple[int, str]]:
    """How many of its items are in which state, in words."""
    counts = Counter(state_name(item.state) for item in one.items if item.state)
    return [(many, word) for word, many in counts.most_common()]
