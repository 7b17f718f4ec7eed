"""Booking what came in: what is asked, what may stay unknown, and the tag.

No case number is asked for, and nothing is turned away. What is not known is a choice that somebody
makes (`NOT_KNOWN`), never a blank, and is recorded as that choice.

By the office's policy, not by law: money is counted by two named persons, or goes in sealed and
uncounted; a firearm names who unloaded it; a tag is never used again.

What this does not do: it looks nothing up. Which tags were used before is told to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import listed, say

__all__ = [
    "NOT_COUNTED",
    "NOT_KNOWN",
    "STANDARD_PATTERN",
    "Booking",
    "TagPattern",
    "booking_rows",
    "check_booking",
    "class_of",
    "read_pattern",
]

NOT_KNOWN = frozenset({"giver", "collected_at", "report_number", "unloaded_by"})
"""What whoever books may choose to say is not known."""
NOT_COUNTED = "not counted"
"""The quantity of what nobody counted."""

_CLASSES = {
    "money": frozenset({"money", "currency", "cash", "banknotes", "coins"}),
    "drugs": frozenset({"drugs", "drug", "narcotics", "narcotic", "controlled substance"}),
    "firearm": frozenset(
        {"firearm", "firearms", "gun", "handgun", "pistol", "revolver", "rifle", "shotgun"}
    ),
}


@dataclass(frozen=True, slots=True)
class Booking:
    """One thing that came in, as whoever books it says it.

    Attributes:
        description: what it is.
        kind: a word of the table's list; empty: an object.
        category: what sort of thing (firearm, money, drugs …), in the office's words.
        quantity: how many, as it was said.
        uncounted: nobody counted it.
        brought_by: who handed it in, or from whom it was taken.
        giver_role: as what (giver, witness, officer …).
        found_where: where it was found.
        collected_at: when it was got; a partial date is one.
        collected_by: by whom; empty: not said.
        report_number: the agency's own number.
        not_known: of `NOT_KNOWN` what is not known.
        place: the shelf it goes to; empty: it is still to be shelved.
        seal: the number of its seal; empty: it has none.
        tag: the tag it has; empty: the office gives one.
        counted_by: who counted money.
        unloaded_by: who unloaded a firearm.
        serial_number, notes: as said.
        box: the tag of what it lies in.
        persons: further persons, each `Name|role`.
    """

    description: str
    kind: str = ""
    category: str = ""
    quantity: str = ""
    uncounted: bool = False
    brought_by: str = ""
    giver_role: str = ""
    found_where: str = ""
    collected_at: str = ""
    collected_by: str = ""
    report_number: str = ""
    not_known: frozenset[str] = frozenset()
    place: str = ""
    seal: str = ""
    tag: str = ""
    counted_by: tuple[str, ...] = ()
    unloaded_by: str = ""
    serial_number: str = ""
    notes: str = ""
    box: str = ""
    persons: tuple[str, ...] = ()


@lru_cache(maxsize=4_096)
def class_of(category: str) -> str:
    """Whether a category is money, drugs or a firearm, which are handled with more care; else empty.

    >>> class_of("Currency"), class_of("Handgun"), class_of("a jacket")
    ('money', 'firearm', '')
    """
    said = key(category)
    return next((name for name, words in _CLASSES.items() if said in words), "")


def check_booking(one: Booking) -> list[Reason]:
    """All that is not said of a thing: each is asked for, or chosen as not known."""
    return [*_unsaid(one), *_with_care(one)]


def _unsaid(one: Booking) -> Iterator[Reason]:
    if not one.description:
        yield Reason("description_missing", say("Say what it is."))
    strange = sorted(one.not_known - NOT_KNOWN)
    if strange:
        yield Reason(
            "not_known_unknown",
            say(
                "“{strange}” cannot be chosen as not known; what can: {not_known}.",
                strange=strange[0],
                not_known=", ".join(sorted(NOT_KNOWN)),
            ),
        )
    for name, said, words in (
        (
            "giver",
            one.brought_by or one.found_where,
            say("Say who brought it or where it was found"),
        ),
        ("collected_at", one.collected_at, say("Say when it was got")),
        ("report_number", one.report_number, say("Say the report number")),
    ):
        if not said and name not in one.not_known:
            yield Reason(f"{name}_unsaid", say("{words}, or choose “not known”.", words=words))
        elif said and name in one.not_known:
            yield Reason(
                f"{name}_both",
                say(
                    "“{said}” is said and also chosen as not known: say one of the two.",
                    said=said[:60],
                ),
            )
    if not one.quantity and not one.uncounted:
        yield Reason("quantity_unsaid", say("Say how many, or choose “not counted”."))
    elif one.quantity and one.uncounted:
        yield Reason(
            "quantity_both",
            say(
                "“{quantity}” is said and also “not counted”: say one of the two.",
                quantity=one.quantity[:60],
            ),
        )


def _with_care(one: Booking) -> Iterator[Reason]:
    care = class_of(one.category)
    if care == "money":
        counters = {key(name) for name in one.counted_by if key(name)}
        if one.uncounted and not one.seal:
            yield Reason(
                "money_open",
                say(
                    "Money goes in counted by two named persons, or uncounted in a sealed bag: name both, or "
                    "the number of the seal (the office's policy)."
                ),
            )
        elif not one.uncounted and len(counters) < 2:
            yield Reason(
                "money_counted_by",
                say("Money is counted by two named persons (the office's policy): name both."),
            )
    if care == "firearm" and not one.unloaded_by and "unloaded_by" not in one.not_known:
        yield Reason(
            "unloaded_by_unsaid",
            say(
                "Say who unloaded it, or choose “not known”: then it goes to the shelf as loaded (the "
                "office's policy)."
            ),
        )


def booking_rows(
    one: Booking, *, agency: str, tag: str, booked_by: str, booked_at: str
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, str]]:
    """A thing as rows: of `items`, of `custody`, and what no column of these tables holds.

    Args:
        one: the thing, checked.
        agency: whose it is.
        tag: its tag.
        booked_by: who books it.
        booked_at: now, with the office's offset.
    """
    quantity = one.quantity or NOT_COUNTED
    giver = [f"{one.brought_by}|{one.giver_role or 'giver'}"] if one.brought_by else []
    item: dict[str, Any] = {
        "agency": agency,
        "tag": tag,
        "description": one.description,
        "collected_at": one.collected_at,
        "booked_at": booked_at,
        "report_number": one.report_number,
        "kind": one.kind or "object",
        "category": one.category,
        "quantity": quantity,
        "serial_number": one.serial_number,
        "collected_by": one.collected_by,
        "collected_from": one.brought_by,
        "collected_where": one.found_where,
        "booked_by": booked_by,
        "status": "held",
        "storage_location": one.place,
        "parent_agency": agency if one.box else "",
        "parent_tag": one.box,
        "persons": [*giver, *one.persons],
        "notes": one.notes,
    }
    booked = {
        "agency": agency,
        "tag": tag,
        "event": "booked",
        "occurred_at": booked_at,
        "by": booked_by,
        "from": one.brought_by,
        "to": booked_by,
        "place": one.place,
        "quantity": quantity,
    }
    custody = [booked]
    if one.seal:
        custody.append(
            {
                "agency": agency,
                "tag": tag,
                "event": "sealed",
                "occurred_at": booked_at,
                "by": booked_by,
                "seal": one.seal,
                "reason": "sealed when it was booked",
            }
        )
    more = {
        "not_known": "; ".join(sorted(one.not_known)),
        "counted_by": "; ".join(name for name in one.counted_by if name),
        "unloaded_by": one.unloaded_by,
    }
    return (
        {name: value for name, value in item.items() if value not in ("", [])},
        [{name: value for name, value in row.items() if value} for row in custody],
        {name: value for name, value in more.items() if value},
    )


STANDARD_PATTERN = "{yy}-{number:6}"
"""How the office writes the tags that it gives, until it sets another way."""
_PART = re.compile(r"\{(\w+)(?::(\d))?\}")
_DATED = {"year": "%Y", "yy": "%y", "month": "%m"}


@dataclass(frozen=True, slots=True)
class TagPattern:
    """How the office writes the tags that it gives: text with `{yy}`, `{year}`, `{month}`, `{number:6}`.

    Attributes:
        text: as it was set.
        before, after: what stands around the number, the date still open.
        width: the number's least number of digits.
    """

    text: str
    before: str
    after: str
    width: int

    def tag(self, number: int, day: date) -> str:
        """The tag of a number on a day."""
        around = self._around(day)
        return f"{around[0]}{number:0{self.width}d}{around[1]}"

    def number(self, tag: str, day: date) -> int | None:
        """The number in a tag of this pattern on a day; None where it is another's."""
        before, after = (key(part) for part in self._around(day))
        norm = key(tag)
        if len(norm) <= len(before) + len(after):
            return None
        digits = norm[len(before) : len(norm) - len(after)]
        fits = norm.startswith(before) and norm.endswith(after)
        return int(digits) if fits and digits.isascii() and digits.isdigit() else None

    def next_number(self, tags: Iterable[str], day: date) -> int:
        """The number after the largest of the tags that this pattern gave on such a day."""
        known = (self.number(tag, day) for tag in tags)
        return max((number for number in known if number is not None), default=0) + 1

    def first_free(self, number: int, day: date, used: Collection[str], many: int) -> int | None:
        """The first number from one on whose tag nobody used, of so many; None where all are used."""
        for candidate in range(number, number + many):
            if key(self.tag(candidate, day)) not in used:
                return candidate
        return None

    def _around(self, day: date) -> tuple[str, str]:
        def dated(text: str) -> str:
            return _PART.sub(lambda part: day.strftime(_DATED[part[1]]), text)

        return dated(self.before), dated(self.after)


def read_pattern(text: str) -> TagPattern:
    """Read how tags are written.

    >>> read_pattern("{year}-{number:4}").tag(12, date(2024, 3, 6))
    '2024-0012'

    Raises:
        Refused: there is no number in it, or more than one, or a part that is unknown.
    """
    found = list(_PART.finditer(text))
    numbers = [part for part in found if part[1] == "number"]
    strange = [part[0] for part in found if part[1] not in (*_DATED, "number")]
    rest = _PART.sub("", text)
    if len(numbers) != 1 or strange or "{" in rest or "}" in rest or len(text) > 60:
        raise Refused(
            say(
                "A pattern of tags has one {number} or {digits} (so many digits) and may have {parts}, "
                "like {example}.",
                number="{number}",
                digits="{number:6}",
                parts=listed(["{year}", "{yy}", "{month}"]),
                example=STANDARD_PATTERN,
            ),
            code="setting_value",
        )
    (number,) = numbers
    return TagPattern(text, text[: number.start()], text[number.end() :], int(number[2] or 1))
