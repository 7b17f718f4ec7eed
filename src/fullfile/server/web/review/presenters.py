"""Suggestions as rows and as a page: the two sides in words, how strongly each reason speaks, the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from fullfile.engines.report.link import Explanation, Reason, explanation_of, said_chance
from fullfile.engines.report.link_picture import Picture, draw
from fullfile.server.queries.suggestions import OpenSuggestion
from fullfile.server.store.naming import descriptions_of_items, titles_of_cases
from fullfile.server.web.phrases import in_language

__all__ = ["Row", "Side", "SuggestionView", "rows_of", "suggestion_view"]

_STRONGEST = 6.0
"""Bits at which a bar is full: the odds change by 64."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    item: str
    what: str
    case: str
    title: str
    chance: str
    probability: float
    since: str
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """A reason: what the item has, what the case has, how it speaks, and how wide its bar is."""

    what: str
    item: str
    case: str
    strength: str
    width: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """The page of one suggestion."""

    told: Explanation
    sides: tuple[Side, ...]
    picture: Picture


def rows_of(found: Sequence[OpenSuggestion]) -> list[Row]:
    """The lines of the list, with names in two queries."""
    items = descriptions_of_items({one.item_id for one in found})
    cases = titles_of_cases({one.case_id for one in found})
    return [
        Row(
            item=items[one.item_id].name,
            what=items[one.item_id].description,
            case=cases[one.case_id].number,
            title=cases[one.case_id].title,
            chance=in_language(said_chance(one.probability)),
            probability=one.probability,
            since=_day(one.first),
            address=reverse("suggestion", kwargs={"item_id": one.item_id, "case_id": one.case_id}),
        )
        for one in found
        if one.item_id in items and one.case_id in cases
    ]


def suggestion_view(data: Mapping[str, Any]) -> SuggestionView:
    """One suggestion, for the page."""
    told = explanation_of(data)
    reasons = [reason for turn in told.turns for reason in turn.reasons]
    strongest = sorted(reasons, key=lambda one: -abs(one.weight))
    return SuggestionView(told, tuple(_side(one) for one in strongest), draw(told))


def _side(reason: Reason) -> Side:
    share = min(1.0, abs(float(reason.weight)) / _STRONGEST)
    return Side(
        what=reason.what,
        item=reason.item_side,
        case=reason.case_side,
        strength=reason.strength,
        width=f"{max(2, round(share * 100))}%",
        speaks_for=reason.weight > 0,
    )


def _day(wall: int) -> str:
    """A moment on a wall clock as a day; empty where the facts have none."""
    if wall < -(2**60):
        return ""
    return datetime.fromtimestamp(wall / 1000, UTC).date().isoformat()
