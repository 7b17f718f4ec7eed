"""Which acts there are on an item: the word, the form, the action, and what hinders it before anything is typed.

What this does not do: it knows no request; `views` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.decide import Order
from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import (
    Act,
    Seal,
    decide_check_in,
    decide_check_out,
    decide_examine,
    decide_find,
    decide_lose,
    decide_move,
    decide_transfer,
)
from fullfile.core.errors import Reason, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.doing import Doing, Thing, act_of
from fullfile.server.actions.handling import (
    check_in_item,
    check_out_item,
    examine_item,
    find_item,
    lose_item,
    move_item,
    record_seal,
    transfer_item,
)
from fullfile.server.actions.leaving import ask_to_leave
from fullfile.server.actions.mentions import record_mention
from fullfile.server.web.custody import forms

__all__ = ["ACTS", "ActPage", "an_act", "hindrances", "title"]

Said = Mapping[str, Any]  # what a valid form holds
_Words = str | Promise


@dataclass(frozen=True, slots=True)
class ActPage:
    """An act as its page needs it.

    Attributes:
        slug: its word in addresses.
        word: on the button, before the item's tag.
        form: what it asks.
        do: calls the action: the form's values and what every act takes.
        done: said before the receipt.
        right: beside `HANDLE`.
        icon: its drawing.
        consequence: what it means, in one sentence; empty: the act says it all.
    """

    slug: str
    word: _Words
    form: type[forms.ActForm]
    do: Callable[[Said, dict[str, Any]], Any]
    done: _Words
    icon: str
    right: Right = Right.HANDLE
    consequence: _Words = ""


def _sealed(said: Said) -> dict[str, Any]:
    return {"seal": said["seal"], "seal_intact": said["seal_intact"]}


def _who(said: Said) -> dict[str, Any]:
    return {"by": said["by"], "occurred_at": said["occurred_at"]}


def _order(said: Said) -> Order | None:
    order = Order(said["authority"], said["order"], said["order_on"])
    return order if order.is_said else None


def _check_out(said: Said, of: dict[str, Any]) -> Any:
    return check_out_item(
        to=said["to"],
        purpose=said["reason"],
        due_back=said["due_back"],
        accepted_by=said["accepted_by"],
        **_sealed(said),
        **_who(said),
        **of,
    )


def _check_in(said: Said, of: dict[str, Any]) -> Any:
    more = {name: said[name] for name in ("place", "giver", "reason", "accepted_by")}
    return check_in_item(**more, **_sealed(said), **_who(said), **of)


def _transfer(said: Said, of: dict[str, Any]) -> Any:
    more = {name: said[name] for name in ("to", "reason", "place", "accepted_by")}
    return transfer_item(**more, **_sealed(said), **_who(said), **of)


def _move(said: Said, of: dict[str, Any]) -> Any:
    return move_item(
        place=said["place"], reason=said["reason"], **_sealed(said), **_who(said), **of
    )


def _reseal(said: Said, of: dict[str, Any]) -> Any:
    return record_seal(
        reason=said["reason"],
        old=said["old"],
        new=said["new"],
        old_intact=said["seal_intact"],
        **_who(said),
        **of,
    )


def _examine(said: Said, of: dict[str, Any]) -> Any:
    return examine_item(
        what=said["reason"],
        consumed=said["consumed"],
        all_consumed=said["all_consumed"],
        approved_by=said["approved_by"],
        order=_order(said),
        **_sealed(said),
        **_who(said),
        **of,
    )


def _missing(said: Said, of: dict[str, Any]) -> Any:
    return lose_item(reason=said["reason"], **_who(said), **of)


def _found(said: Said, of: dict[str, Any]) -> Any:
    return find_item(
        reason=said["reason"], place=said["place"], **_sealed(said), **_who(said), **of
    )


def _release(said: Said, of: dict[str, Any]) -> Any:
    return ask_to_leave(
        how="released", to=said["to"], reason=said["reason"], order=_order(said), **of
    )


def _destroy(said: Said, of: dict[str, Any]) -> Any:
    return ask_to_leave(how="destroyed", reason=said["reason"], order=_order(said), **of)


def _mention(said: Said, of: dict[str, Any]) -> Any:
    return record_mention(
        agency=of["agency"],
        report_number=said["report_number"],
        description=said["description"],
        quantity=said["quantity"],
        document=said["document"],
        by=said["by"],
        mentioned_at=said["occurred_at"],
        actor=of["actor"],
        now_ms=of["now_ms"],
    )


_ASKS = lazy("It is only asked: it stays where it is until another person approves.")

ACTS: Mapping[str, ActPage] = {
    one.slug: one
    for one in (
        ActPage("check-out", lazy("Check out"), forms.CheckOutForm, _check_out, lazy("Checked out."), "logout"),
        ActPage("check-in", lazy("Check in"), forms.CheckInForm, _check_in, lazy("Checked in."), "login"),
        ActPage("transfer", lazy("Transfer"), forms.TransferForm, _transfer, lazy("Transferred."), "arrow_forward"),
        ActPage("move", lazy("Move"), forms.MoveForm, _move, lazy("Moved."), "home"),
        ActPage("seal", lazy("Record a seal of"), forms.SealForm, _reseal, lazy("Seal recorded."), "lock"),
        ActPage("examine", lazy("Record an examination of"), forms.ExamineForm, _examine, lazy("Examination recorded."), "science"),
        ActPage(
            "missing",
            lazy("Record as not found"),
            forms.MissingForm,
            _missing,
            lazy("Recorded as not found."),
            "report",
            consequence=lazy("Every case that it bears on shows it as Missing at once, until it is found."),
        ),
        ActPage("found", lazy("Record as found"), forms.FoundForm, _found, lazy("Recorded as found."), "check"),
        ActPage(
            "release",
            lazy("Ask to release"),
            forms.ReleaseForm,
            _release,
            lazy("Asked. Another person approves or refuses."),
            "person",
            Right.ASK_TO_LEAVE,
            _ASKS,
        ),
        ActPage(
            "destroy",
            lazy("Ask to destroy"),
            forms.DestroyForm,
            _destroy,
            lazy("Asked. Another person approves or refuses."),
            "delete",
            Right.ASK_TO_LEAVE,
            lazy("It is only asked: nothing is destroyed until another person approves. Then it cannot be taken back."),
        ),
        ActPage(
            "mention",
            lazy("Record that a report names a thing taken with"),
            forms.MentionForm,
            _mention,
            lazy("Recorded. Until somebody says what became of it, it stays Unbooked."),
            "comment",
            Right.MENTION,
        ),
    )
}  # fmt: skip
"""Every act, by its word in addresses, in the order of the page."""

_UNDECIDED = frozenset(
    {
        "already_gone",
        "never_booked",
        "missing",
        "out",
        "elsewhere",
        "not_out",
        "not_missing",
    }
)
"""Reasons that nothing one could type would take away."""


def an_act(now_ms: int) -> Act:
    """An act by somebody, now, that says all it need: for `hindrances` of many things or acts at once."""
    return act_of(Thing("", ""), Doing("x", "", "x", "", "x", now_ms))


def hindrances(slug: str, hand: Hand, somehow: Act) -> list[Reason]:
    """Why an act cannot be done at all as things stand, before a form is filled: each with its way out.

    Args:
        slug: which act.
        hand: where the thing is.
        somehow: `an_act`.
    """
    act = replace(somehow, seal=Seal(hand.seal))
    try:
        match slug:
            case "check-out":
                decide_check_out(hand, act, to="x", due_back="", due=None)
            case "check-in":
                decide_check_in(hand, act, giver="", place="")
            case "transfer":
                decide_transfer(hand, act, to="x")
            case "move":
                decide_move(hand, act, place="x")
            case "seal" | "examine":
                decide_examine(hand, act)
            case "missing":
                decide_lose(hand, act, place="")
            case "found":
                decide_find(hand, act, place="")
            case _:
                pass
    except Refused as refused:
        return [one for one in refused.reasons if one.code in _UNDECIDED]
    return []


def title(one: ActPage, tag: str) -> str:
    """The act and what it is done to: the page's title, and the words of its button."""
    return _("%(act)s %(tag)s") % {"act": one.word, "tag": tag}
