"""Who knew what of one item, from the entries that can matter for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.knowledge import SIGNED, Knew, SignedPaper, knew, signed_papers
from fullfile.core.matching import World
from fullfile.core.matching.result import Head
from fullfile.server.queries.items import AskedItem, ask_item, world_of_items
from fullfile.server.store.finding import list_acts
from fullfile.server.store.load import entries, find_cases

__all__ = ["KnewResult", "ask_knew", "papers_of"]


@dataclass(frozen=True, slots=True)
class KnewResult:
    """The answer, with the moments and the head of the record it was read at."""

    on: str
    as_of: str
    checkpoint: Head
    knew: Knew


def ask_knew(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> KnewResult:
    """Who held, handled, was told of, looked at or judged an item, and when.

    Args:
        agency: the agency, by any of its names.
        tag: the item's tag there.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no row on record names the item; the nearest tags are named.
    """
    one = ask_item(agency, tag, on=on, as_of=as_of, now_ms=now_ms)
    world = world_of_items(one, beside=True)
    question = one.question
    found = knew(
        world.facts,
        world.things,
        world.cases,
        world.bearing,
        one.item,
        world.on(),
        papers_of(world, one),
    )
    return KnewResult(question.on_text, question.as_of_text, question.head, found)


def papers_of(world: World, one: AskedItem) -> list[SignedPaper]:
    """The papers that were signed in the cases an item bears on."""
    size, zone = one.question.size, one.question.office.zone
    numbers = find_cases(world.cases_of(one.item)).values()
    indexes = [entry for kind in SIGNED for entry in list_acts(kind, size, numbers)]
    return list(signed_papers(entries(sorted(indexes)), zone))
