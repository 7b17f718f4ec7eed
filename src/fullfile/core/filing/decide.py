"""Filing an item, and setting one aside for a case: pure, refused with every reason.

To set aside takes two named persons, neither of whom booked the item, and a reason. Until
the second has confirmed it, it is a wish and no more; a filing, view, request, mention or
knowledge that is recorded later re-opens it (the match, section 7.5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["decide_confirm_aside", "decide_file", "decide_set_aside"]


def decide_file(data: Mapping[str, Any], actor: str) -> Draft:
    """Put an item on the prosecution's file of a case.

    Raises:
        Refused: it says that the item is set aside, or withdrawn.
    """
    if data.get("set_aside") or data.get("withdrawn"):
        raise Refused(
            say("To file an item is not to set it aside or to withdraw it."), code="filing"
        )
    return Draft("filing.recorded", actor, dict(data))


def decide_set_aside(
    data: Mapping[str, Any], bookers: Collection[str], before: Iterable[Row], actor: str
) -> Draft:
    """Wish to set an item aside for a case, with a reason; a second person confirms it.

    Args:
        data: a row of `filings`, checked against its columns.
        bookers: whoever booked the item, as keys.
        before: the rows of `filings` of the item in the case.
        actor: who records it.

    Raises:
        Refused: with every reason.
    """
    reasons = []
    first = str(data.get("filed_by", ""))
    if not first:
        reasons.append(Reason("name_missing", say("Say who sets it aside (filed_by).")))
    elif key(first) in bookers:
        reasons.append(_booked(first))
    if not data.get("reason"):
        reasons.append(
            Reason("reason_missing", say("An item is set aside with a reason: say why."))
        )
    second = str(data.get("confirmed_by", ""))
    if second:
        reasons += _second(first, second, bookers)
    open_wishes = [
        row
        for row in before
        if row.said("set_aside") and not row.said("withdrawn") and not row.data.get("confirmed_by")
    ]
    if open_wishes:
        text = say(
            "Entry {entry} wishes it already: a second person confirms that one.",
            entry=open_wishes[-1].entry,
        )
        reasons.append(Reason("wished_already", text))
    if reasons:
        raise Refused(reasons)
    return Draft("filing.recorded", actor, dict(data))


def decide_confirm_aside(
    row: Row, bookers: Collection[str], confirmed_by: str, confirmed_at: str, actor: str
) -> Draft:
    """A second person confirms that an item is set aside for the case.

    Raises:
        Refused: with every reason.
    """
    reasons = []
    if not row.said("set_aside") or row.said("withdrawn"):
        reasons.append(
            Reason("no_wish", say("Entry {entry} does not set the item aside.", entry=row.entry))
        )
    if not row.data.get("reason"):
        reasons.append(
            Reason(
                "reason_missing",
                say("Entry {entry} gives no reason: set it aside anew.", entry=row.entry),
            )
        )
    if row.data.get("confirmed_by"):
        text = say(
            "{confirmed_by} has confirmed it already.", confirmed_by=row.text("confirmed_by")
        )
        reasons.append(Reason("confirmed_already", text))
    if not confirmed_by:
        reasons.append(
            Reason("confirmer_missing", say("A second named person confirms it: say who."))
        )
    else:
        reasons += _second(row.text("filed_by"), confirmed_by, bookers)
    if reasons:
        raise Refused(reasons)
    said = {"confirmed_by": confirmed_by, "confirmed_at": confirmed_at}
    return Draft("filing.recorded", actor, {**row.data, **said}, corrects=row.entry)


def _second(first: str, second: str, bookers: Collection[str]) -> list[Reason]:
    reasons = []
    if key(second) == key(first):
        text = say("{second} cannot confirm their own wish: a second person does.", second=second)
        reasons.append(Reason("second_same", text))
    if key(second) in bookers:
        reasons.append(_booked(second))
    return reasons


def _booked(name: str) -> Reason:
    return Reason(
        "booker",
        say("{name} booked the item, and whoever booked it does not set it aside.", name=name),
    )
