"""One act on one item: what it is and where, one short form, one entry; or every reason why not, with its way out.

What these do not do: they show no chain and no case (room `items`).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.custody.hand import Hand
from fullfile.core.errors import NotFound, Reason
from fullfile.server.accounts.person import can, check_may
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.custody import state_of
from fullfile.server.actions.own_rows import now_text
from fullfile.server.queries.counter import leaving_hindered, listed_row
from fullfile.server.queries.hands import ask_hand
from fullfile.server.store.handling import last_about
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.doing import ACTS, ActPage, an_act, hindrances, title
from fullfile.server.web.custody.thing import item_facts, item_to_handle
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.in_words import in_words
from fullfile.server.web.reach import ItemRef, item_in_reach

__all__ = ["item_do", "item_more"]

_LEAVING = {"release": "released", "destroy": "destroyed"}
_WAYS_OUT = {
    "out": "check-in",
    "elsewhere": "check-in",
    "missing": "found",
    "not_out": "move",
}
"""The act that takes a hindrance away, by the code of its reason."""


@page(Right.SEE_ITEMS)
def item_do(request: PageRequest, item_id: int, act: str) -> HttpResponse:
    """One act on one item, in two taps."""
    one = ACTS.get(act.replace("_", "-"))
    if one is None:
        raise NotFound(_("There is no such act on an item."))
    check_may(request.person, one.right)
    if (
        one.right is Right.MENTION
    ):  # it hands nothing on: whoever reads the report records what it says
        item = item_in_reach(request.person, item_id)
        hand = ask_hand(item.agency, item.tag, now_ms=now_ms()).hand
    else:
        item, hand = item_to_handle(request.person, item_id)
    form = _form(request, one, item, hand)
    if request.method == "POST" and form.is_valid() and _recorded(request, one, form, item):
        return redirect("item", item_id=item.item_id)
    problems = _hindrances(one, hand)
    stands = one.slug in _LEAVING or not problems
    shown = {
        "act": one,
        "title": title(one, f"{item.agency} {item.tag}"),
        "form": form,
        "hindrances": [_with_way_out(why, item) for why in problems],
        "can_act": stands or request.method == "POST",
        "stale": any(error.code == "stale" for error in form.non_field_errors().as_data()),
        **item_facts(request.person, item, hand),
    }
    return render(request, "custody/do.html", shown, status=422 if form.errors else 200)


@page(Right.HANDLE, methods=("GET", "HEAD"))
def item_more(request: PageRequest, item_id: int) -> HttpResponse:
    """Every act that there is on an item now; of each that cannot be, why."""
    item, hand = item_to_handle(request.person, item_id)
    somehow = an_act(now_ms())
    acts = [
        {
            "act": one,
            "address": reverse("item_do", kwargs={"item_id": item_id, "act": one.slug}),
            "reasons": hindrances(one.slug, hand, somehow),
        }
        for one in ACTS.values()
        if can(request.person, one.right)
    ]
    return render(
        request, "custody/more.html", {"acts": acts, **item_facts(request.person, item, hand)}
    )


def _form(request: PageRequest, one: ActPage, item: ItemRef, hand: Hand) -> Any:
    """The form, filled with me, now, here, and what this person said last time."""
    me = request.person.name
    initial: dict[str, Any] = {}
    if one.slug == "check-out":
        initial = {"to": me, "reason": request.session.get("last_purpose", "")}
    elif one.slug == "check-in":
        initial = {"giver": hand.holder}
    elif one.slug == "mention":
        row = listed_row(item.item_id)
        initial = {"report_number": "" if row is None else row.data.get("report_number", "")}
    data = request.POST if request.method == "POST" else None
    return one.form(data, hand=hand, me=me, initial=initial)


def _recorded(request: PageRequest, one: ActPage, form: Any, item: ItemRef) -> bool:
    said = form.cleaned_data
    of = {
        "agency": item.agency,
        "tag": item.tag,
        "seen_entry": said["seen"] - 1,
        "actor": request.person.name,
        "now_ms": now_ms(),
    }
    done = act(
        request,
        form,
        lambda: one.do(said, of),
        say=str(one.done),
        last_about=last_about(item.item_id),
    )
    if done is not None and one.slug == "check-out":
        request.session["last_purpose"] = said["reason"]
    return done is not None


def _hindrances(one: ActPage, hand: Hand) -> list[Reason]:
    if one.slug not in _LEAVING:
        return hindrances(one.slug, hand, an_act(now_ms()))
    moment = now_ms()
    state, size = state_of(hand.agency, hand.tag, now_text(moment), now_ms=moment)
    return leaving_hindered(state, _LEAVING[one.slug], size)


def _with_way_out(why: Reason, item: ItemRef) -> dict[str, Any]:
    slug = _WAYS_OUT.get(why.code)
    kwargs = {"item_id": item.item_id, "act": slug}
    return {
        "text": in_words(why.text),
        "address": reverse("item_do", kwargs=kwargs) if slug else "",
        "words": title(ACTS[slug], item.tag) if slug else "",
    }
