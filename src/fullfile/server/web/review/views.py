"""Does this item belong to this case? Facts before figures; whoever booked the item does not decide."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.models import Account
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.link import decide_link
from fullfile.server.queries.link import explain_suggestion
from fullfile.server.queries.suggestions import around, count_open, list_open, search_open
from fullfile.server.store.connections import case_number
from fullfile.server.store.linking import bookers_of
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.reach import CaseRef, case_in_reach, item_in_reach, reach_of_suggestions
from fullfile.server.web.review.forms import DecisionForm
from fullfile.server.web.review.presenters import rows_of, suggestion_view
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["suggestion", "suggestions"]


@page(Right.SEE_SUGGESTIONS)
def suggestions(request: PageRequest) -> HttpResponse:
    """Which suggestions wait?"""
    if request.method == "POST":
        return posted_words(request)
    reach = reach_of_suggestions(request.person)

    def read(words: str, offset: int, limit: int) -> Part:
        if not words:
            rows = rows_of(list_open(reach, offset=offset, limit=limit)) if limit else []
            return Part(count_open(reach), rows)
        found, exact = search_open(words, reach)
        return Part(len(found), rows_of(found[offset : offset + limit]), exact)

    listed, every = long_list(
        request,
        read,
        _columns(),
        file="suggestions",
        searched=_now("Tag, or case number"),
    )
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "review/suggestions.html",
        {"list": listed.tools, "rows": listed.rows, "total": every.total},
    )


def _columns() -> list[Column]:
    return [
        Column("item", _now("Item"), lambda one: one.item, said=lambda one: one.what),
        Column(
            "case",
            _now("Case"),
            lambda one: one.case,
            choice=lambda one: one.case,
            said=lambda one: one.title,
        ),
        Column(
            "probability",
            _now("How likely"),
            lambda one: one.probability,
            said=lambda one: one.chance,
        ),
        day_column("since", _now("Since"), lambda one: one.since),
    ]


@page(Right.SEE_SUGGESTIONS)
def suggestion(request: PageRequest, item_id: int, case_id: int) -> HttpResponse:
    """One suggestion: the two sides, the reasons, the sum, the decision."""
    person = request.person
    item = item_in_reach(person, item_id)
    # Whoever decides about an item sees that a case is suggested for it, also a case that they do not work on.
    case = case_in_reach(person, case_id) if not item.own else case_of(case_id)
    place, total, before, after = around(item_id, case_id, reach_of_suggestions(person))
    form = DecisionForm(request.POST or None)
    booked_it = key(person.name) in bookers_of(item_id, get_head().size)
    may = can(person, Right.DECIDE_SUGGESTION) and not booked_it
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: decide_link(
                form.cleaned_data["decision"],
                item.agency,
                item.tag,
                case.number,
                by=person.name,
                reason=form.words,
                now_ms=now_ms(),
            ),
            say=str(_SAID[form.cleaned_data["decision"]]),
        )
        if done is not None:
            if after is not None:
                return redirect("suggestion", item_id=after.item_id, case_id=after.case_id)
            return redirect("review")
    view = suggestion_view(explain_suggestion(item.agency, item.tag, case.number))
    account = Account.objects.filter(pk=request.user.pk).first()
    return render(
        request,
        "review/suggestion.html",
        {
            "view": view,
            "item": item,
            "case": case,
            "form": form,
            "may_decide": may,
            "booked_it": booked_it,
            "place": place,
            "total": total,
            "before": before,
            "after": after,
            "letters": bool(account and account.letters),
        },
        status=422 if form.errors else 200,
    )


def case_of(case_id: int) -> CaseRef:
    """A case by its number in addresses, whoever asks.

    Raises:
        NotFound: there is none.
    """
    number = case_number(case_id)
    if number is None:
        raise NotFound(_now("There is no such case."))
    return CaseRef(case_id, number)


_SAID = {
    "accept": _("It is on this case's list now. That discloses nothing."),
    "reject": _(
        "It is no longer suggested for this case. It stays held and findable, and comes back only with new facts."
    ),
    "ask": _("Your question is on the record."),
}
