"""The page of one production, put together: how far it has got, for whom, its items, what is left out and withheld.

What this does not do: it words no state and judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.bag.uses import goes_with
from fullfile.core.disclosure.productions import Production, Stage
from fullfile.core.ids import key
from fullfile.core.matching import State
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.case_papers import grounds_of
from fullfile.server.queries.files import files_of_items
from fullfile.server.queries.productions import ProductionLine, ProductionView
from fullfile.server.store.overview import get_head
from fullfile.server.web.papers.frame import CasePage
from fullfile.server.web.papers.words import (
    EXTENT_WORDS,
    production_name,
    service_words,
    stage_tag,
)
from fullfile.server.web.said_below import state_name
from fullfile.server.web.whole_list import Column

__all__ = ["HEADER", "LineShown", "cells", "line_columns", "line_shown", "told", "wanted"]


@dataclass(frozen=True, slots=True)
class LineShown:
    """An item of a production as the page shows it."""

    item: str
    description: str
    item_id: int | None
    form: str
    what: str
    to: str
    new: bool
    states: tuple[tuple[str, str], ...]


def told(here: CasePage, view: ProductionView) -> dict[str, Any]:
    """All of a production's page but the page of its items."""
    production = view.production
    inside = here.person.office_side
    draft = production.stage is Stage.DRAFT
    files, size, bare = _files(view)
    known = grounds_of(here.board.jurisdiction, get_head().size)
    grounds = {key(one.id): one.name for one in known}
    return {
        "production": production,
        "entry": production.entry,
        "name": production_name(production),
        "tag": stage_tag(production),
        "draft": draft,
        "verdict": _verdict(view),
        "files": files,
        "size": filesizeformat(size),
        "bare": bare,
        "problems_now": view.problems if inside else (),
        "new_ones": sum(line.new for line in view.lines),
        "ends": [_end(production, who) for who in production.defendants],
        "withheld": [
            (production.defendants[who], one, kept, grounds.get(key(kept.ground), kept.ground))
            for who, found in view.withheld.items()
            for one in found
            for kept in one.kept_back
        ],
        "also_owed": [
            (production.defendants[who], one, here.item_id(one.agency, one.tag))
            for who, found in view.also_owed.items()
            for one in found
        ]
        if inside
        else [],
        "may_change": draft and here.acts and can(here.person, Right.PRODUCE),
        "may_serve": production.closed is not None and here.acts and can(here.person, Right.SERVE),
        "to_serve": [who for who in production.defendants if who not in production.served],
        "may_package": production.closed is not None and can(here.person, Right.PRODUCE),
        "several": len(production.defendants) > 1,
    }


def _files(view: ProductionView) -> tuple[int, int, int]:
    """How many files go, how many bytes, and how many items have none that goes with them."""
    found = files_of_items(
        [(key(line.agency), key(line.tag)) for line in view.lines],
        view.production.closed if view.production.closed is not None else get_head().size,
    )
    going: dict[str, int] = {}
    bare = 0
    for line in view.lines:
        theirs = [
            one
            for one in found.get((key(line.agency), key(line.tag)), ())
            if goes_with(one.use, line.extent)
        ]
        going.update({one.sha256: one.size for one in theirs})
        bare += not theirs
    return len(going), sum(going.values()), bare


def _verdict(view: ProductionView) -> str:
    production = view.production
    many = ngettext("%(n)d item", "%(n)d items", len(view.lines)) % {"n": len(view.lines)}
    match production.stage:
        case Stage.DRAFT:
            if view.problems:
                return _("Draft, %(many)s. It cannot be closed as it stands.") % {"many": many}
            return _("Draft, %(many)s. Nothing of it is served yet.") % {"many": many}
        case Stage.CLOSED:
            if view.problems:
                return _("Closed, %(many)s. It cannot be served as it stands.") % {"many": many}
            return _("Closed, %(many)s: nothing in it changes. It is served on nobody yet.") % {
                "many": many
            }
        case Stage.SERVED:
            return _("Served, %(many)s. Not every receipt is there.") % {"many": many}
        case _:
            return _("Served and acknowledged, %(many)s.") % {"many": many}


def _end(production: Production, who: str) -> dict[str, Any]:
    """One defendant's end of a production."""
    return {
        "which": list(production.defendants).index(who) + 1,
        "name": production.defendants[who],
        "items": len(production.lines_to(who)),
        "words": service_words(production, who),
        "served": who in production.served,
        "entry": production.served[who].entry if who in production.served else None,
        "receipts": production.receipts.get(who, ()),
        "acknowledged": production.is_acknowledged(who),
        "faults": [one for one in production.faults if one.defendant == who],
        "manifest": production.package.get("manifests", {}).get(who, ""),
    }


def wanted(lines: Sequence[ProductionLine], show: str) -> list[ProductionLine]:
    """The items of a production that are looked for: all, or only those that are new or go in part."""
    return [
        line
        for line in lines
        if (show != "new" or line.new) and (show != "partly" or line.extent != "whole")
    ]


def line_columns(*, several: bool, inside: bool, changes: bool) -> list[Column]:
    """The columns of its items: rows are (the line, the line as the page says it)."""
    columns = [
        Column("item", _("Item"), lambda row: row[1].item, said=lambda row: row[1].description),
        Column(
            "extent",
            _("Goes"),
            lambda row: row[0].extent,
            choice=lambda row: row[1].form,
            said=lambda row: row[1].what,
            plain=True,
        ),
    ]
    if several:
        columns.append(Column("to", _("To"), lambda row: row[1].to, choice=lambda row: row[1].to))
    if inside:

        def state(row: tuple[ProductionLine, LineShown]) -> str:
            return row[1].states[0][1] if row[1].states else ""

        columns.append(
            Column(
                "state",
                _("Stands as"),
                state,
                choice=lambda row: state_name(State(state(row))) if state(row) else "",
                plain=True,
            )
        )
    if changes:
        columns.append(Column("change", _("Change"), lambda _row: "", sorts=False))
    return columns


def line_shown(here: CasePage, view: ProductionView, line: ProductionLine) -> LineShown:
    """An item of a production, in words."""
    production = view.production
    about = next(iter(line.standing.values()), None)
    to = [production.defendants[who] for who in line.to if who in production.defendants]
    states: tuple[tuple[str, str], ...] = ()
    if here.person.office_side:
        states = tuple(
            (production.defendants.get(who, who) if len(line.standing) > 1 else "", one.state.value)
            for who, one in line.standing.items()
        )
    return LineShown(
        f"{line.agency} {line.tag}",
        about.description if about else "",
        here.item_id(line.agency, line.tag),
        str(EXTENT_WORDS.get(line.extent, line.extent)),
        line.what,
        ", ".join(to) if len(to) < len(production.defendants) else "",
        line.new,
        states,
    )


HEADER = ("agency", "tag", "description", "extent", "what", "to", "new")


def cells(production: Production, line: ProductionLine) -> tuple[object, ...]:
    """An item of a production as a row of an export."""
    about = next(iter(line.standing.values()), None)
    return (
        line.agency,
        line.tag,
        about.description if about else "",
        line.extent,
        line.what,
        "; ".join(production.defendants.get(who, who) for who in line.to),
        "yes" if line.new else "no",
    )
