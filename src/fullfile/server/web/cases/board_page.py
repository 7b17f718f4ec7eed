"""The page of the board, put together: the four layers, filters, the page of rows or groups.

What this does not do: it finds nothing out that `queries.board` does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fullfile.core.ids import DAY_MS, day_of
from fullfile.engines.report.words import STATUS
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import CaseBoard
from fullfile.server.web.cases.batches import batches_of
from fullfile.server.web.cases.chosen import (
    BY,
    ORDERS,
    Chosen,
    opaque,
    shown_items,
    with_ended,
)
from fullfile.server.web.cases.front import front_of
from fullfile.server.web.cases.grid import columns_of, grid_rows, groups_of, unbooked_rows
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.listing import PAGE
from fullfile.server.web.phrases import changes_words
from fullfile.server.web.said_below import plain_word, state_gloss, state_name

__all__ = ["board_context", "near_days", "pages"]

ROWS = 200
"""Up to so many items stand one by one; more are grouped by report number."""
_MOST_BATCHES = 50
_MOST_STAYING = 20
"""Of what no act can mend fewer are told: it waits for nobody, and a list has all of it."""
_MOST_OPTIONS = 300


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter."""

    value: str
    words: str | Promise
    chosen: bool


@dataclass(frozen=True, slots=True)
class NearDay:
    """A day before or after, on which something changed."""

    day: date
    words: str
    address: str


def board_context(
    board: CaseBoard,
    chosen: Chosen,
    veil: Veil,
    person: Person,
    *,
    another: bool,
    damaged: bool,
    today: date,
) -> dict[str, Any]:
    """What the template of the board shows.

    Args:
        board: the case.
        chosen: what the address asks for.
        veil: what the person may read.
        person: who reads.
        another: the page speaks of another day, so that nothing on it acts.
        damaged: the record failed its check.
        today: on the office's clock.
    """
    lines_path = reverse("case_lines", kwargs={"case_id": board.case_id})
    shown = shown_items(board, chosen)
    columns = columns_of(board, chosen, shown, veil)
    acts = not another and not damaged and person.office_side
    told: dict[str, Any] = {
        "veil": veil,
        "person": person,
        "acts": acts,
    }
    mend, mending = batches_of(board, chosen, lines_path, staying=False, most=_MOST_BATCHES, **told)
    stay, staying = batches_of(board, chosen, lines_path, staying=True, most=_MOST_STAYING, **told)
    return {
        "board": board,
        "case_id": board.case_id,
        "title": veil.title,
        "chosen": chosen,
        "front": front_of(board, chosen, lines_path, veil, damaged=damaged),
        "batches": mend,
        "more_batches": mending - len(mend),
        "staying": stay,
        "staying_whole": staying,
        "more_staying": staying - len(stay),
        "ended_wrong": _ended(board, chosen, lines_path, told),
        "lines_address": replace(chosen, path=lines_path).only(),
        "columns": columns,
        "shown": len(shown),
        "whole": len(board.items),
        "filters": _filters(board, chosen, veil),
        "removals": _removals(board, chosen, veil),
        "near": near_days(board, chosen, today),
        "tells_views": veil.tells_views,
        "sideways": len(board.defendants) >= 3,
        "may_file": can(person, Right.PUT_ON_FILE),
        **_grid(board, chosen, shown, columns, veil),
    }


def _ended(board: CaseBoard, chosen: Chosen, path: str, told: dict[str, Any]) -> list[Any]:
    """The exceptions of those whose case has ended: shown where they are all there is, or asked for."""
    if not with_ended(board, chosen):
        return []
    asked = {**told, "acts": False}
    return [
        *batches_of(board, chosen, path, staying=False, ended=True, **asked)[0],
        *batches_of(board, chosen, path, staying=True, ended=True, **asked)[0],
    ][:_MOST_BATCHES]


def _grid(
    board: CaseBoard, chosen: Chosen, shown: Sequence[Any], columns: Sequence[Any], veil: Veil
) -> dict[str, Any]:
    by = chosen.by or ("report" if len(board.items) > ROWS else "none")
    if by == "none":
        page = shown[(chosen.page - 1) * PAGE : chosen.page * PAGE]
        first = chosen.page == 1 and not {name for name, _value in chosen.said} - {"by", "order"}
        beside = unbooked_rows(board, columns, veil)[:PAGE] if first else []
        return {
            "rows": [*beside, *grid_rows(page, columns, veil)],
            "groups": [],
            "pager": pages(chosen, len(shown)),
            "by": by,
        }
    groups = groups_of(board, chosen, by, shown, columns)
    opened = next((one for one in groups if one.opened), None)
    if opened is not None:
        at = groups.index(opened)
        part = opened.items[(chosen.page - 1) * PAGE : chosen.page * PAGE]
        return {
            "groups": groups[at // PAGE * PAGE : at // PAGE * PAGE + PAGE],
            "rows": grid_rows(part, columns, veil),
            "pager": pages(chosen, len(opened.items)),
            "more_groups": len(groups) > PAGE,
            "close": chosen.address(group=None),
            "by": by,
        }
    return {
        "groups": groups[(chosen.page - 1) * PAGE : chosen.page * PAGE],
        "rows": [],
        "pager": pages(chosen, len(groups)),
        "by": by,
    }


def pages(chosen: Chosen, total: int) -> dict[str, Any]:
    """What the pager shows."""
    last = max(1, -(-total // PAGE))
    near = sorted({1, last, *range(max(1, chosen.page - 2), min(last, chosen.page + 2) + 1)})
    first = (chosen.page - 1) * PAGE
    return {
        "total": total,
        "first": min(total, first + 1),
        "last": min(total, first + PAGE),
        "pages": [
            {
                "number": number,
                "address": chosen.address(page=number if number > 1 else None),
                "current": number == chosen.page,
            }
            for number in near
        ],
        "before": chosen.address(page=chosen.page - 1) if chosen.page > 1 else "",
        "after": chosen.address(page=chosen.page + 1) if chosen.page < last else "",
        "csv": chosen.address(page=None, format="csv"),
        "json": chosen.address(page=None, format="json"),
    }


def near_days(board: CaseBoard, chosen: Chosen, today: date) -> dict[str, NearDay | None]:
    """The days before and after on which something changed."""
    days = [one for one in board.days if day_of(one.day * DAY_MS) <= today]

    def one_of(found: Iterable[Any]) -> NearDay | None:
        one = next(iter(found), None)
        if one is None:
            return None
        day = day_of(one.day * DAY_MS)
        return NearDay(day, changes_words(one.words), chosen.address(on=day.isoformat(), page=None))

    return {
        "before": one_of(one for one in reversed(days) if one.day < board.day),
        "after": one_of(one for one in days if one.day > board.day),
    }


def _filters(board: CaseBoard, chosen: Chosen, veil: Veil) -> dict[str, list[Option]]:
    states = Counter(one.line.state for one in board.judged if one.item >= 0)
    agencies = sorted({item.agency for item in board.items})
    reports = sorted({item.report for item in board.items if item.report})
    kinds = sorted({item.kind for item in board.items if item.kind})
    shown: list[Option] = [
        Option("exceptions", _("Every exception"), chosen.show == "exceptions"),
        *(
            Option(
                state.value,
                f"{state_name(state)}: {state_gloss(state)} ({states[state]:,})",
                chosen.show == state.value,
            )
            for state in STATUS
            if states[state]
        ),
    ]
    return {
        "show": shown,
        "defendant": [
            Option(str(who), veil.defendant(who), chosen.defendant == who)
            for who in range(1, len(board.defendants) + 1)
        ],
        "agency": _opaque(board, "agency", agencies, chosen.agency),
        "report": _opaque(board, "report", reports[:_MOST_OPTIONS], chosen.report),
        "kind": [Option(one, plain_word(one), chosen.kind == one) for one in kinds],
        "by": [Option(name, words, chosen.by == name) for name, words in BY.items()],
        "order": [Option(name, words, chosen.order == name) for name, words in ORDERS.items()],
    }


def _opaque(board: CaseBoard, kind: str, values: Iterable[str], said: str) -> list[Option]:
    return [Option(name := opaque(board, kind, value), value, name == said) for value in values]


def _removals(board: CaseBoard, chosen: Chosen, veil: Veil) -> list[tuple[str, str]]:
    """The filters that are set, each as words and the address without it."""
    found: list[tuple[str, str]] = []

    def add(words: str, *names: str) -> None:
        found.append((words, chosen.address(**dict.fromkeys(names))))

    if chosen.show:
        state = chosen.state
        word = state_name(state) if state is not None else _("Every exception")
        how = {"also": _("beside another state"), "any": _("first or beside another")}
        add(f"{word}{f', {how[chosen.how]}' if chosen.how in how else ''}", "show", "how")
    if chosen.place:
        places = {"held": _("Held"), "file": _("On file"), "served": _("Disclosed")}
        add(
            f"{places[chosen.place]}: " + (_("in place") if chosen.ok else _("not in place")),
            "place",
            "ok",
        )
    if 0 < chosen.defendant <= len(board.defendants):
        add(veil.defendant(chosen.defendant), "defendant")
    for kind in ("agency", "report"):
        said = getattr(chosen, kind)
        if said:
            values = {getattr(item, kind) for item in board.items}
            name = next((one for one in values if opaque(board, kind, one) == said), "")
            add(name or _("not on record"), kind)
    for name, words in (
        ("kind", plain_word(chosen.kind)),
        ("asked", _("has an open request") if chosen.asked else ""),
        ("viewed", _("has a determination") if chosen.viewed else ""),
        ("since", _("recorded since %s") % chosen.since if chosen.since else ""),
        ("due", _("due %s") % chosen.due if chosen.due else ""),
        ("ended", _("ended lines too") if chosen.ended else ""),
    ):
        if words:
            add(words, name)
    return found
