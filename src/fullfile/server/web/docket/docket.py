"""What happened, what is owed by when, and can this be charged (again)? Never a bare yes or no."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.standing import Standing
from fullfile.engines.report.duties import (
    DutiesView,
    basis_words,
    parts_of,
    rule_words,
    sentences,
    when_parts,
    whose,
)
from fullfile.engines.report.standing import answer_words, count_words, rests_on
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.actions.docket import add_count, record_event
from fullfile.server.queries.docket import counts_of, events_of
from fullfile.server.queries.duties import DutiesAnswer, duties_of
from fullfile.server.queries.standing import standing_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.docket import columns
from fullfile.server.web.docket.frame import Frame, frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.in_words import in_words
from fullfile.server.web.listing import posted_words
from fullfile.server.web.phrases import in_language, owed_words
from fullfile.server.web.said_below import plain_word
from fullfile.server.web.whole_list import whole_list

__all__ = ["count", "docket", "event"]

_STANDING = {
    "pending": ("schedule", "hand"),
    "barred": ("do_not_disturb", "apart"),
    "open": ("event", "hand"),
    "conditional": ("info_outline", "hand"),
    "unclear": ("help", "behind"),
}
_FOLDED = frozenset({"police", "waiting"})
"""Parts of the duties that are closed at first: what has not begun, and what the police owe the prosecution."""

_ORDERS = frozenset(
    word
    for word in DOCKET_EVENTS
    if word.startswith(
        ("order", "dismiss", "continu", "hearing", "ruling", "trial", "sentenc", "verdict")
    )
)


class EventForm(OfficeForm):
    """What the court did, as somebody records it."""

    event = forms.ChoiceField(label=_("What happened?"))
    occurred_on = forms.CharField(
        label=_("When?"),
        help_text=_(
            "A day, as in 2024-07-12; a month or “before 2024-07-09” where no more is known."
        ),
        max_length=60,
    )
    defendant = forms.CharField(
        label=_("Whom it concerns"),
        required=False,
        max_length=200,
        help_text=_("Empty: every defendant of that day."),
    )
    count = forms.CharField(
        label=_("Which count"), required=False, max_length=60, help_text=_("Empty: every count.")
    )
    detail = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    court = forms.CharField(label=_("By whom"), required=False, max_length=200)
    document = forms.CharField(label=_("Where it stands"), required=False, max_length=400)
    due_on = forms.CharField(label=_("A date that the court set"), required=False, max_length=60)
    relates_to = forms.CharField(label=_("What that date is about"), required=False, max_length=200)
    override = forms.CharField(
        label=_("The ruling in spite of which it is brought again"),
        required=False,
        max_length=400,
        help_text=_("Only where a ruling bars the charge: name it, and why it does not bar."),
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"barred": "override", "override": "override"}

    def __init__(self, *given: Any, words: list[str], **more: Any) -> None:
        super().__init__(*given, **more)
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((word, plain_word(word)) for word in words)]


class CountForm(OfficeForm):
    """A count as the charging document states it."""

    defendant = forms.CharField(label=_("Defendant"), max_length=200)
    count = forms.CharField(label=_("Number of the count"), max_length=60)
    offense = forms.CharField(label=_("Offence"), max_length=400)
    statute = forms.CharField(label=_("Statute"), required=False, max_length=200)
    charged_on = forms.CharField(
        label=_("Charged on"), required=False, max_length=60, help_text=_("Empty: today.")
    )
    offense_on = forms.CharField(label=_("Day of the offence"), required=False, max_length=60)
    override = forms.CharField(
        label=_("The ruling in spite of which it is opened"),
        required=False,
        max_length=400,
        help_text=_("Only where a ruling bars the count: name it, and why it does not bar."),
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"barred": "override", "override": "override"}


@page(Right.SEE_DOCKET)
def docket(request: PageRequest, case_id: int) -> HttpResponse:
    """The page."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    days, moment = frame.days, now_ms()
    when: dict[str, Any] = {"on": days.on, "as_of": days.as_of, "now_ms": moment}
    events = events_of(frame.number, **when)
    happened = whole_list(
        request, events, columns.events(tells=frame.veil.tells_names), file="docket"
    )
    if happened.answer is not None:
        return happened.answer
    duties = duties_of(frame.number, **when)
    parts = parts_of(_view(duties))
    owed = whole_list(
        request,
        [(in_language(words), one, _duty(one)) for _name, words, found in parts for one in found],
        columns.duties(),
        file="duties",
        name="duties",
    )
    if owed.answer is not None:
        return owed.answer
    standing = standing_of(frame.number, **when)
    return render(
        request,
        "docket/docket.html",
        {
            **frame.context,
            "list": happened.tools,
            "events": happened.rows,
            "every": len(events),
            "duties": owed.tools,
            "parts": _in_parts(owed.rows, parts, narrowed=owed.tools.narrowed),
            "overdue": duties.overdue,
            "lacks": [in_words(words) for words in duties.lacks],
            "standing": [_standing(one) for one in standing.results],
            "counts": counts_of(frame.number, now_ms=moment),
            "not_legal_advice": standing.not_legal_advice,
            "may_record": can(request.person, Right.RECORD_DOCKET) and not days.another,
            "may_charge": can(request.person, Right.OPEN_CASE) and not days.another,
        },
    )


@page(Right.RECORD_DOCKET)
def event(request: PageRequest, case_id: int) -> HttpResponse:
    """Record what the court did; the court itself records orders and days in court."""
    frame, person = frame_of(request, case_id), request.person
    words = sorted(_ORDERS if person.role is Role.COURT else DOCKET_EVENTS)
    form = EventForm(
        request.POST or None,
        words=words,
        initial={
            "occurred_on": today().isoformat(),
            "court": person.works_for if person.role is Role.COURT else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        said = {
            name: value for name, value in form.cleaned_data.items() if name not in ("once", "seen")
        }
        if person.role is Role.COURT:
            said["court"] = said["court"] or person.works_for
        done = act(
            request,
            form,
            lambda: record_event(
                frame.number,
                said.pop("event"),
                said.pop("occurred_on"),
                by=person.name,
                now_ms=now_ms(),
                **said,
            ),
        )
        if done is not None:
            return redirect("case_docket", case_id=case_id)
    return _form(request, frame, form, _("What happened in court?"), _("Record the event"))


@page(Right.OPEN_CASE)
def count(request: PageRequest, case_id: int) -> HttpResponse:
    """Open a count; one that a ruling bars is refused with every reason."""
    frame = frame_of(request, case_id)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {
            name: value for name, value in form.cleaned_data.items() if name not in ("once", "seen")
        }
        done = act(
            request,
            form,
            lambda: add_count(frame.number, by=request.person.name, now_ms=now_ms(), **said),
        )
        if done is not None:
            return redirect("case_docket", case_id=case_id)
    return _form(request, frame, form, _("Which count is opened?"), _("Open the count"))


def _form(
    request: PageRequest, frame: Frame, form: OfficeForm, title: Any, button: Any
) -> HttpResponse:
    """A form of this room."""
    return render(
        request,
        "docket/form.html",
        {**frame.context, "form": form, "question": title, "button": button, "back": "case_docket"},
        status=422 if form.errors else 200,
    )


def _view(found: DutiesAnswer) -> DutiesView:
    """The duties as the report takes them."""
    return DutiesView(
        case_number=found.case_number,
        title=found.title,
        court=found.court,
        duties=found.duties,
        lacks=found.lacks,
        on=found.on,
        as_of=found.as_of,
        checkpoint=found.checkpoint,
        target_days=found.policy.target_days,
        not_legal_advice=found.not_legal_advice,
    )


def _in_parts(
    rows: list[Any], parts: list[tuple[str, str, list[Any]]], *, narrowed: bool
) -> list[tuple[str, list[dict[str, Any]], bool]]:
    """The duties of this page under their headings; what was looked for is not folded away."""
    found = []
    for name, heading, _found in parts:
        words = in_language(heading)
        inside = [said for where, _one, said in rows if where == words]
        if inside:
            found.append((words, inside, name in _FOLDED and not narrowed))
    return found


def _duty(one: Any) -> dict[str, Any]:
    """A duty as the page says it: whose, when, by what, how the date was worked out."""
    return {
        "whose": owed_words(whose(one)),
        "when": ", ".join(in_language(part) for part in when_parts(one)),
        "basis": in_language(basis_words(one)),
        "rule": in_words(rule_words(one)),
        "check": one.check,
        "says": [in_words(words) for words in sentences(one)],
        "sum": one.working,
        "working": [
            in_words(words)
            for words in sentences(one, working=True)
            if words not in (*sentences(one), one.working)
        ],
        "overdue": one.state == "overdue",
        "state": one.state,
    }


def _standing(one: Standing) -> dict[str, Any]:
    """The standing of a count: the sentence, the chain, the six facts, what is lacking."""
    icon, family = _STANDING.get(one.answer, ("help", "behind"))
    return {
        "count": in_words(count_words(one)),
        "answer": in_words(answer_words(one)),
        "icon": icon,
        "family": family,
        "says": in_words(one.sentence),
        "chain": [
            {
                "words": in_words(link.fact),
                "on": link.on,
                "rests": in_words(rests_on(link)),
                "working": link.working,
            }
            for link in one.chain
        ],
        "conditions": [in_words(words) for words in one.conditions],
        "lacks": [in_words(words) for words in one.lacks],
        "if_ended": one.if_ended,
        "contradictions": one.contradictions,
        "windows": [in_words(words) for words in one.windows],
        "override": one.override,
    }
