"""What stands in the way of a certificate, each thing with the act that would change it.

What this does not do: it decides nothing of what a certificate covers; `core.papers.certificate` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.core.matching import State
from fullfile.core.papers import Refusal
from fullfile.engines.report.words import STATUS, tag_words
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.store.connections import item_id_of
from fullfile.server.web.cases.links import find_address
from fullfile.server.web.in_words import in_words
from fullfile.server.web.papers.frame import CasePage
from fullfile.server.web.papers.words import Tag

__all__ = ["Standing", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that stands in the way, or that is stated, as the page shows it.

    Attributes:
        state: a state of the match; empty where `tag` is another word.
        number: what stands in the tag behind the word.
        name: the item, or the agency.
        act, address: what would change it, where this person can do that.
        field: the form's field in which it is stated, where they can.
    """

    state: str
    tag: Tag | None
    number: str
    name: str
    description: str
    says: str
    act: str
    address: str
    field: Any
    reason: str


def standing_of(here: CasePage, which: int, one: Refusal, bound: Any) -> Standing:
    """One thing that must be put right or stated, as the page shows it; `bound`: the field in which it is stated."""
    words, address = _act(here, which, one)
    states = {state.value for state in State}
    tag = None
    if one.code not in states:
        tag = Tag(_("Not examined") if one.code == "unexamined" else _("Suspected"), "help")
    name = f"{one.agency} {one.tag}" if one.tag is not None else one.agency or one.key
    return Standing(
        one.code if tag is None else "",
        tag,
        _number(here, which, one),
        name,
        one.description,
        in_words(one.sentence),
        words if address else "",
        address,
        bound,
        one.reason,
    )


def _number(here: CasePage, which: int, one: Refusal) -> str:
    """What stands in the tag behind the word: the days, from the same line of the board."""
    if one.tag is None:
        return ""
    wanted = (key(one.agency or ""), key(one.tag))
    for judged in here.board.judged:
        item = here.board.items[judged.item] if judged.item >= 0 else None
        if item is None or judged.defendant != which or judged.line.state is not one.state:
            continue
        if (key(item.agency), key(item.tag)) == wanted:
            return tag_words(judged.line).removeprefix(STATUS[one.state].word).strip(" ,")
    return ""


def _act(here: CasePage, which: int, one: Refusal) -> tuple[str, str]:
    """The act that would change it, and where that is done; empty where this person cannot, or none would."""
    case = {"case_id": here.board.case_id}
    item_id = here.item_id(one.agency or "", one.tag) if one.tag is not None else None
    new = find_address("production_new", **case)
    found: tuple[str, str, Right] | None = {
        "unfiled": (_("Put on the file"), find_address("case_file", **case), Right.PUT_ON_FILE),
        "overdue": (_("Serve"), f"{new}?defendant={which}", Right.PRODUCE),
        "pending": (_("Serve"), f"{new}?defendant={which}", Right.PRODUCE),
        "partial": (_("Serve the rest"), f"{new}?defendant={which}", Right.PRODUCE),
        "post_conviction": (_("Serve"), f"{new}?defendant={which}", Right.PRODUCE),
        "withheld_without_order": (
            _("Put the withholding right"),
            find_address("case_papers", **case),
            Right.WITHHOLD,
        ),
        "unanswered": (_("Ask again"), find_address("case_agencies", **case), Right.SEE_CASES),
        "unbooked": (_("Book it"), find_address("book"), Right.BOOK),
        "barred_count": (
            _("See the count"),
            find_address("case_docket", **case),
            Right.SEE_DOCKET,
        ),
        "missing": (
            _("Open item"),
            find_address("item", item_id=item_id) if item_id is not None else "",
            Right.SEE_ITEMS,
        ),
        "unexamined": (_("Examine now"), find_address("review"), Right.SEE_SUGGESTIONS),
        "suspected": (
            _("Decide"),
            _suggestion(here, one) if one.code == "suspected" else "",
            Right.SEE_SUGGESTIONS,
        ),
    }.get(one.code)
    if found is None or not can(here.person, found[2]):
        return "", ""
    return found[0], found[1]


def _suggestion(here: CasePage, one: Refusal) -> str:
    """Where somebody says whether an orphan belongs to this case."""
    item_id = item_id_of(one.agency or "", one.tag or "")
    if item_id is None:
        return find_address("review")
    return find_address("suggestion", item_id=item_id, case_id=here.board.case_id)
