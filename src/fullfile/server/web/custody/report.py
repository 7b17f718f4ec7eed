"""Several lines of one report: what does it say was taken, and what became of each? And the second word on the rest.

What these do not do: money and firearms are booked one by one, since two persons are asked for each.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.booking import NOT_COUNTED, Booking, class_of
from fullfile.core.disclosure.decide import CLOSING
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.actions.mentions import close_mention, confirm_mention
from fullfile.server.actions.reporting import ReportLine, record_report
from fullfile.server.queries.room import unbooked_mentions
from fullfile.server.store.load import entries
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.book_form import CATEGORIES, kind_of
from fullfile.server.web.custody.scanned import shelf_in
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["book_report", "mention_answer", "open_mentions"]

_LINES = 6
_MOST = 60
OUTCOMES = (
    ("", lazy("nobody has said yet")),
    ("now", lazy("here: book it now")),
    ("booked", lazy("booked before, as the tag beside")),
    ("returned_on_spot", lazy("returned on the spot")),
    ("left_in_place", lazy("left in place")),
    ("not_taken", lazy("not taken")),
)


class ReportForm(OfficeForm):
    """What is the same for every line."""

    report_number = forms.CharField(label=lazy("Report number"), max_length=100)
    document = forms.CharField(
        label=lazy("Which document says so?"), required=False, max_length=300
    )
    brought_by = forms.CharField(label=lazy("From whom?"), required=False, max_length=200)
    found_where = forms.CharField(label=lazy("Where from?"), required=False, max_length=500)
    day = forms.DateField(
        label=lazy("When was it taken?"),
        help_text=lazy("Empty: not known."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    fields_of_codes: ClassVar[dict[str, str]] = {
        "report_number_unsaid": "report_number",
        "date_future": "day",
    }


def _typed_into() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "usa-input margin-top-0"})


def _chosen() -> forms.Select:
    return forms.Select(attrs={"class": "usa-select margin-top-0"})


class LineForm(forms.Form):
    """One line of the report."""

    description = forms.CharField(
        label=lazy("What?"), required=False, max_length=2_000, widget=_typed_into()
    )
    quantity = forms.CharField(
        label=lazy("How many?"), required=False, max_length=100, widget=_typed_into()
    )
    outcome = forms.ChoiceField(
        label=lazy("What became of it?"), choices=OUTCOMES, required=False, widget=_chosen()
    )
    category = forms.ChoiceField(
        label=lazy("Kind"), choices=CATEGORIES, required=False, widget=_chosen()
    )
    detail = forms.CharField(
        label=lazy("Shelf, tag, or why"), required=False, max_length=500, widget=_typed_into()
    )


Lines = formset_factory(LineForm, extra=_LINES, max_num=_MOST, absolute_max=_MOST)


@page(Right.BOOK)
def book_report(request: PageRequest) -> HttpResponse:
    """What does the report say was taken?"""
    agency = request.person.works_for
    more = request.POST.get("do") == "more"
    form: ReportForm
    if request.method == "POST" and not more:
        form, lines = ReportForm(request.POST), Lines(request.POST)
        if form.is_valid() and lines.is_valid():
            found = _lines(form, lines, agency)
            done = None
            if found is not None:

                def do() -> Any:
                    return record_report(
                        agency=agency,
                        report_number=form.cleaned_data["report_number"],
                        document=form.cleaned_data["document"],
                        lines=found,
                        actor=request.person.name,
                        now_ms=now_ms(),
                    )

                done = act(request, form, do)
            if done is not None:
                if not done.again and done.result.tags:
                    words = _("Booked as %(tags)s.") % {"tags": ", ".join(done.result.tags)}
                    request.session["said"] = f"{words} {request.session['said']}"
                return redirect("open_mentions")
    else:
        typed = [one for one in _typed(request) if any(one.values())] if more else []
        kept = {name: request.POST.get(name, "") for name in ReportForm.base_fields} if more else {}
        form = ReportForm(initial={name: value for name, value in kept.items() if value})
        lines = Lines(initial=typed)
    shown = {"form": form, "lines": lines, "agency": agency}
    return render(request, "custody/report.html", shown, status=422 if form.errors else 200)


@page(Right.MENTION)
def open_mentions(request: PageRequest) -> HttpResponse:
    """What do reports name that nobody booked, and whose second word is missing?"""
    if request.method == "POST":
        return posted_words(request)
    agencies = _agencies(request)

    def read(words: str, offset: int, limit: int) -> Part:
        many = max(1, limit)
        found = unbooked_mentions(agencies, search=words, page=offset // many + 1, per_page=limit)
        told = {one.index: one for one in entries([row.entry for row in found.rows])}
        rows = [
            {
                "row": row,
                "outcome": str(told[row.entry].data.get("outcome", "")),
                "words": dict(OUTCOMES).get(str(told[row.entry].data.get("outcome", "")), ""),
                "said_by": str(told[row.entry].data.get("outcome_by", "")),
                "reason": str(told[row.entry].data.get("outcome_reason", "")),
            }
            for row in found.rows
        ]
        return Part(found.count, rows, found.exact)

    listed, every = long_list(
        request,
        read,
        mention_columns(),
        file="open-mentions",
        searched=_("Report number or words"),
    )
    if listed.answer is not None:
        return listed.answer
    shown = {"list": listed.tools, "rows": listed.rows, "every": every}
    return render(request, "custody/mentions.html", shown)


def mention_columns() -> list[Column]:
    """What reports name that nobody booked."""

    def became(one: dict[str, Any]) -> str:
        return str(one["words"]) if one["outcome"] else _("nobody has said")

    return [
        Column("description", _("What"), lambda one: one["row"].description),
        Column(
            "report", _("Report"), lambda one: f"{one['row'].agency} {one['row'].report_number}"
        ),
        day_column("mentioned_at", _("Said"), lambda one: one["row"].mentioned_at),
        Column("outcome", _("What became of it"), became, choice=became),
        Column(
            "agency",
            _("Agency"),
            lambda one: one["row"].agency,
            choice=lambda one: one["row"].agency,
            head=False,
        ),
        Column("report_number", "", lambda one: one["row"].report_number),
        Column("quantity", "", lambda one: one["row"].quantity),
        Column("by", "", lambda one: one["row"].by),
        Column("entry", "", lambda one: one["row"].entry),
    ]


class AnswerForm(OfficeForm):
    """What became of a thing that a report names."""

    outcome = forms.ChoiceField(
        label=lazy("What became of it?"),
        choices=[one for one in OUTCOMES if one[0] not in ("", "now")],
        required=False,
        widget=forms.RadioSelect,
    )
    tag = forms.CharField(
        label=lazy("Its tag, where it was booked"), required=False, max_length=100
    )
    reason = forms.CharField(label=lazy("Why?"), required=False, max_length=2_000)
    fields_of_codes: ClassVar[dict[str, str]] = {
        "outcome_unknown": "outcome",
        "tag_missing": "tag",
        "tag_idle": "tag",
        "never_booked": "tag",
        "reason_missing": "reason",
        "outcome_reason": "reason",
    }


@page(Right.MENTION)
def mention_answer(request: PageRequest, entry: int) -> HttpResponse:
    """Say what became of one thing, or confirm what somebody else said."""
    (row,) = entries([entry])
    agencies = _agencies(request)
    mine = agencies is None or key(str(row.data.get("agency", ""))) in {
        key(one) for one in agencies
    }
    if row.type != "mention.recorded" or not mine:
        raise NotFound(_("There is no such line of a report of your agency."))
    said = str(row.data.get("outcome", ""))
    confirms = said in CLOSING and not row.data.get("outcome_confirmed_by")
    form = OfficeForm(request.POST or None) if confirms else AnswerForm(request.POST or None)
    me = request.person.name

    def do() -> Any:
        if confirms:
            return confirm_mention(entry, confirmed_by=me, actor=me, now_ms=now_ms())
        told = form.cleaned_data
        return close_mention(
            entry,
            outcome=told["outcome"],
            by=me,
            reason=told["reason"],
            booked_as=told["tag"],
            actor=me,
            now_ms=now_ms(),
        )

    if request.method == "POST" and form.is_valid() and act(request, form, do) is not None:
        return redirect("open_mentions")
    shown = {"row": row, "form": form, "confirms": confirms, "words": dict(OUTCOMES).get(said, "")}
    return render(request, "custody/mention.html", shown, status=422 if form.errors else 200)


def _agencies(request: PageRequest) -> list[str] | None:
    person = request.person
    every = person.reach is Reach.CASES and person.cases is None
    return None if every else [person.works_for]


def _typed(request: PageRequest) -> list[dict[str, str]]:
    return [
        {name: request.POST.get(f"form-{at}-{name}", "") for name in LineForm.base_fields}
        for at in range(_MOST)
    ]


def _lines(form: ReportForm, lines: Any, agency: str) -> list[ReportLine] | None:
    """The lines that say something; None where one cannot be: the form then holds why."""
    found = []
    for number, one in enumerate(lines.forms, 1):
        said = one.cleaned_data
        if not said or not (said.get("description") or said.get("outcome")):
            continue
        outcome, detail = said["outcome"], said["detail"].strip()
        if outcome == "now" and class_of(said["category"]) in ("money", "firearm"):
            form.add_error(
                None,
                _(
                    "Line %(n)s: money and firearms are booked one by one, on the page for one item: two persons "
                    "count, or somebody unloads."
                )
                % {"n": number},
            )
            continue
        booking = None
        if outcome == "now":
            try:
                place = shelf_in(detail, agency) if detail else ""
            except forms.ValidationError as error:
                form.add_error(None, f"{_('Line')} {number}: {' '.join(error.messages)}")
                continue
            booking = _booking(form, said, place)
        found.append(
            ReportLine(
                description=said["description"],
                quantity=said["quantity"],
                outcome="booked" if outcome == "now" else outcome,
                booked_as=detail if outcome == "booked" else "",
                booking=booking,
                reason=detail if outcome in CLOSING else "",
            )
        )
    return None if form.errors else found


def _booking(form: ReportForm, said: dict[str, Any], place: str) -> Booking:
    """One line as a thing that is booked: how many is said, or that nobody counted."""
    head = form.cleaned_data
    uncounted = key(said["quantity"]) == key(NOT_COUNTED)
    unknown = set()
    if not head["brought_by"] and not head["found_where"]:
        unknown.add("giver")
    if head["day"] is None:
        unknown.add("collected_at")
    return Booking(
        description=said["description"],
        kind=kind_of(said["category"]),
        category="" if said["category"] == "other" else said["category"],
        quantity="" if uncounted else said["quantity"],
        uncounted=uncounted,
        brought_by=head["brought_by"],
        found_where=head["found_where"],
        collected_at="" if head["day"] is None else str(head["day"]),
        report_number=head["report_number"],
        not_known=frozenset(unknown),
        place=place,
    )
