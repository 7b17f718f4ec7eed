"""The columns of the list of lines of a case: searched by what an item is, never by a sentence of the match.

A case has ten thousand lines and more, and the sentences of all of them are not put in words to look through them.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.matching import State
from fullfile.server.queries.board import CaseBoard, Judged
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.said_below import state_name
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["line_columns"]

_PLACES = {state: place for place, state in enumerate(State)}


def line_columns(board: CaseBoard, veil: Veil) -> list[Column]:
    """The columns, as one person reads the board."""

    def name(one: Judged) -> str:
        if one.item >= 0:
            item = board.items[one.item]
            return f"{item.agency} {item.tag}"
        return one.line.agency or defendant(one)

    def words(one: Judged) -> str:
        if one.item >= 0:
            return veil.words_of(board.items[one.item])
        return (one.line.description or "") if veil.tells_names else ""

    def defendant(one: Judged) -> str:
        if one.defendant:
            return veil.defendant(one.defendant)
        return (one.line.defendant or "") if veil.tells_names else ""

    def nothing(_one: Any) -> str:
        return ""

    return [
        Column("item", _("Item"), name, said=words),
        Column("who", _("Defendant"), defendant, choice=defendant),
        Column(
            "state",
            _("State"),
            lambda one: one.line.state.value,
            by=lambda one: _PLACES[one.line.state],
            choice=lambda one: state_name(one.line.state),
            plain=True,
        ),
        day_column("due", _("Due"), lambda one: one.line.due or ""),
        Column("why", _("Why"), nothing, sorts=False),
    ]
