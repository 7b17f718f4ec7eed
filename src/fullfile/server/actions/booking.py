"""Booking: a thing comes in, gets its tag, and is on the property list and in somebody's custody.

All that is booked at once is booked whole or not at all. The tag is the office's next number
(setting `tag_pattern`) where none is given, and no tag that any row on record names is given again.

What this does not do: it asks for no case, and suggests none (`link`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fullfile.core.custody.booking import (
    STANDARD_PATTERN,
    Booking,
    TagPattern,
    booking_rows,
    check_booking,
    read_pattern,
)
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import day_of, key, wall_ms
from fullfile.core.said import say
from fullfile.server.actions.own_rows import check_many, is_ahead, now_text
from fullfile.server.actions.shelves import agency_on_record
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.booking import listed_tags, newest_own_tags, used_tags
from fullfile.server.store.load import office
from fullfile.server.store.overview import list_settings

__all__ = ["TAG_PATTERN", "Booked", "book_item", "book_items", "draft_bookings", "next_tag"]

TAG_PATTERN = "tag_pattern"
"""The setting that says how the office writes the tags that it gives."""

_AT_ONCE = 500
_PROBED = 50


@dataclass(frozen=True, slots=True)
class Booked:
    """A thing that was booked: its key, and its entries, that of the property list first."""

    agency: str
    tag: str
    entries: tuple[int, ...]


def book_item(
    *,
    agency: str,
    description: str,
    booked_by: str,
    kind: str = "",
    category: str = "",
    quantity: str = "",
    uncounted: bool = False,
    brought_by: str = "",
    giver_role: str = "",
    found_where: str = "",
    collected_at: str = "",
    collected_by: str = "",
    report_number: str = "",
    not_known: Collection[str] = (),
    place: str = "",
    seal: str = "",
    tag: str = "",
    counted_by: Sequence[str] = (),
    unloaded_by: str = "",
    serial_number: str = "",
    notes: str = "",
    box: str = "",
    persons: Sequence[str] = (),
    actor: str,
    now_ms: int,
) -> Booked:
    """Book one thing, now. What each argument means is said at `core.custody.booking.Booking`.

    `agency` may be a name it is also called by; where `booked_by` is empty, whoever records it books it.
    `not_known` names what is chosen as not known: giver, collected_at, report_number, unloaded_by.

    Raises:
        Refused: with all that is not said, and every other reason.
    """
    one = Booking(
        description=description,
        kind=kind,
        category=category,
        quantity=quantity,
        uncounted=uncounted,
        brought_by=brought_by,
        giver_role=giver_role,
        found_where=found_where,
        collected_at=collected_at,
        collected_by=collected_by,
        report_number=report_number,
        not_known=frozenset(not_known),
        place=place,
        seal=seal,
        tag=tag,
        counted_by=tuple(counted_by),
        unloaded_by=unloaded_by,
        serial_number=serial_number,
        notes=notes,
        box=box,
        persons=tuple(persons),
    )
    return book_items(agency=agency, things=[one], booked_by=booked_by, actor=actor, now_ms=now_ms)[
        0
    ]


def book_items(
    *, agency: str, things: Sequence[Booking], booked_by: str, actor: str, now_ms: int
) -> list[Booked]:
    """Book several things at once, all of them or none. Each with its entries, in their order.

    Raises:
        Refused: with every reason; where there are several things, each says which one.
    """
    with unit_of_work() as writer:
        called = agency_on_record(agency)
        tags, drafts = draft_bookings(
            things, called, booked_by=booked_by, actor=actor, now_ms=now_ms
        )
        made = list(writer.append([one for few in drafts for one in few], now_ms=now_ms))
    booked = []
    for tag, few in zip(tags, drafts, strict=True):
        booked.append(Booked(called, tag, tuple(made[: len(few)])))
        del made[: len(few)]
    return booked


def draft_bookings(
    things: Sequence[Booking], agency: str, *, booked_by: str, actor: str, now_ms: int
) -> tuple[list[str], list[list[Draft]]]:
    """Within a unit of work: the tags and the drafts of things that are booked together.

    Args:
        things: what came in.
        agency: whose it is, as it is first spelled.
        booked_by: who books; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    stripped = [_stripped(one) for one in things]
    reasons = _reasons(stripped, agency, actor, now_ms)
    if reasons:
        raise Refused(reasons)
    tags = _tags(stripped, agency, day_of(wall_ms(now_ms, office().zone)))
    by, at = booked_by.strip() or actor.strip(), now_text(now_ms)
    rows = [
        booking_rows(one, agency=agency, tag=tag, booked_by=by, booked_at=at)
        for one, tag in zip(stripped, tags, strict=True)
    ]
    return tags, _drafts(rows, actor.strip(), now_ms)


def next_tag(agency: str, *, now_ms: int) -> str:
    """The tag that the next thing would get: for a form to show, not a promise.

    Raises:
        Refused: nothing on record names the agency.
    """
    day = day_of(wall_ms(now_ms, office().zone))
    return _tags([Booking("")], agency_on_record(agency), day)[0]


def _stripped(one: Booking) -> Booking:
    def bare(value: Any) -> Any:  # the value of a field
        if isinstance(value, str):
            return value.strip()
        return tuple(part.strip() for part in value) if isinstance(value, tuple) else value

    return Booking(**{name: bare(getattr(one, name)) for name in Booking.__slots__})


def _reasons(things: Sequence[Booking], agency: str, actor: str, now_ms: int) -> list[Reason]:
    reasons = [] if actor.strip() else [Reason("anonymous", say("Whoever books it is named."))]
    if not things:
        reasons.append(Reason("nothing_chosen", say("Say at least one thing to book.")))
    if len(things) > _AT_ONCE:
        reasons.append(
            Reason(
                "too_many",
                say(
                    "{at_once} things can be booked at once: book the rest after these.",
                    at_once=_AT_ONCE,
                ),
            )
        )
    listed = listed_tags(agency, [one.tag for one in things if one.tag])
    seen: set[str] = set()
    for number, one in enumerate(things, 1):
        found = check_booking(one)
        if one.collected_at and _ahead(one.collected_at, now_ms):
            found.append(
                Reason(
                    "date_future",
                    say(
                        "{collected_at} lies ahead: say when it was got.",
                        collected_at=one.collected_at,
                    ),
                )
            )
        norm = key(one.tag)
        if norm and norm in listed:
            found.append(
                Reason(
                    "tag_taken",
                    say(
                        "{tag} of {agency} is booked already (entry {listed}), and a tag is never used again: "
                        "leave the tag empty, or say another.",
                        tag=one.tag,
                        agency=agency,
                        listed=listed[norm],
                    ),
                )
            )
        elif norm and norm in seen:
            found.append(
                Reason("tag_twice", say("{tag} is said twice: a tag is one thing's.", tag=one.tag))
            )
        seen.add(norm)
        reasons += [_of_thing(reason, number) if len(things) > 1 else reason for reason in found]
    return reasons


def _of_thing(reason: Reason, number: int) -> Reason:
    return Reason(reason.code, say("Thing {number}: {reason}", number=number, reason=reason.text))


def _ahead(text: str, now_ms: int) -> bool:
    try:
        return is_ahead(text, now_ms)
    except Refused:
        return False  # unreadable: the column says so


def _tags(things: Sequence[Booking], agency: str, day: date) -> list[str]:
    """The tag of each thing: said, or the office's next."""
    if all(one.tag for one in things):
        return [one.tag for one in things]
    pattern = _pattern()
    taken = {key(one.tag) for one in things if one.tag}
    number = pattern.next_number(newest_own_tags(agency, _PROBED), day)
    tags = []
    for one in things:
        if one.tag:
            tags.append(one.tag)
            continue
        number = _free(pattern, number, day, agency, taken)
        tags.append(pattern.tag(number, day))
        number += 1
    return tags


def _free(pattern: TagPattern, number: int, day: date, agency: str, taken: Iterable[str]) -> int:
    while True:
        probed = [pattern.tag(one, day) for one in range(number, number + _PROBED)]
        used = used_tags(agency, probed) | set(taken)
        found = pattern.first_free(number, day, used, _PROBED)
        if found is not None:
            return found
        number += _PROBED


def _pattern() -> TagPattern:
    said = {one.name: one.value for one in list_settings()}.get(TAG_PATTERN, STANDARD_PATTERN)
    return read_pattern(str(said))


def _drafts(
    rows: Sequence[tuple[dict[str, Any], list[dict[str, Any]], dict[str, str]]],
    actor: str,
    now_ms: int,
) -> list[list[Draft]]:
    """The rows as drafts, their columns checked: every problem of every thing at once."""
    reasons: list[Reason] = []
    items: list[dict[str, Any]] = []
    custody: list[dict[str, Any]] = []
    for table, said, found in (
        ("items", [item for item, _, _ in rows], items),
        ("custody", [row for _, few, _ in rows for row in few], custody),
    ):
        try:
            found.extend(check_many(table, said, now_ms=now_ms))
        except Refused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))
    drafts = []
    for item, (_, few, more) in zip(items, rows, strict=True):
        own, custody = custody[: len(few)], custody[len(few) :]
        drafts.append(
            [
                Draft("item.recorded", actor, item, more=more),
                *(Draft("custody.recorded", actor, row) for row in own),
            ]
        )
    return drafts
