"""An inventory: what is drawn to be found, what a scan says, what may be settled how.

The draw (`draw`) is the same on every machine: the items held there, by SHA-256 over the seed and the
item's key, in the order of the digests, the first n in a hundred of them, rounded up; and all of some
classes beside. The manual defines it (docs/explanation/inventory.md).

Four kinds of discrepancy: not found (only when a shelf is closed), wrong place, unrecorded, altered.

What this does not do: it looks nothing up, and draws no seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.custody.hand import UNNUMBERED, Hand
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import quantity_of
from fullfile.core.ids import key
from fullfile.core.said import joined, say, word

__all__ = [
    "CARE",
    "HOWS",
    "Held",
    "Outcome",
    "Scan",
    "check_settling",
    "check_setup",
    "digest_of",
    "draw",
    "draw_order",
    "judge_scan",
]

CARE = ("money", "drugs", "firearm")
"""Classes that an inventory may take whole, whatever the sample."""

HOWS: dict[str, dict[str, str]] = {
    "not_found": {
        "found_since": "it was found since, and that is on record",
        "stays_missing": "it stays missing; who must be told was told",
        "left_since": "it had left, and that was recorded too late",
        "record_wrong": "the record was wrong, and was corrected",
    },
    "wrong_place": {
        "moved_record": "the record says the new shelf from now on",
        "put_back": "it was put back on its shelf",
        "record_wrong": "the record was wrong, and was corrected",
    },
    "unrecorded": {
        "booked": "it was booked",
        "given_back": "it was not the room's, and went to whose it is",
        "label_wrong": "the label was wrong, and was replaced",
        "record_wrong": "the record was wrong, and was corrected",
    },
    "altered": {
        "resealed": "it was sealed anew, and that is on record",
        "counted_again": "two persons counted it again",
        "reported": "it was reported, and is looked into",
        "record_wrong": "the record was wrong, and was corrected",
    },
}
"""Of each kind of discrepancy: how it may be settled, in a word and a sentence."""


@dataclass(frozen=True, slots=True)
class Held:
    """An item that the record has somewhere: its key, how it is spelled, its shelf, its class."""

    agency: str
    tag: str
    place: str
    care: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """Something scanned on a shelf, as whoever scans it says it.

    Attributes:
        place: the shelf.
        seal, seal_intact: the seal as it was read off; empty and None: not looked at.
        quantity: how many were counted; empty: not counted.
        package: what is wrong with the package; empty: nothing was said.
    """

    place: str
    seal: str = ""
    seal_intact: bool | None = None
    quantity: str = ""
    package: str = ""

    @property
    def says_more(self) -> bool:
        """Whether anything was looked at beside the label."""
        return bool(self.seal or self.seal_intact is not None or self.quantity or self.package)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan comes to: found, wrong_place, unrecorded or altered, and why in words."""

    kind: str
    why: str


def draw_order(seed: str, agency: str, tag: str) -> str:
    """The place of an item in a draw: SHA-256 of seed, agency and tag, folded, a line each, as hex."""
    text = f"{seed.strip()}\n{key(agency)}\n{key(tag)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def draw(held: Sequence[Held], seed: str, percent: int, care: Collection[str]) -> list[Held]:
    """What an inventory is to find, of what is held there.

    Args:
        held: everything that the record has there.
        seed: from which it is drawn.
        percent: how many in a hundred, rounded up; 100: all.
        care: classes of which all are taken.

    Returns:
        In the order of shelves, then tags.
    """
    many = -(-len(held) * percent // 100)
    ordered = sorted(held, key=lambda one: (draw_order(seed, one.agency, one.tag), key(one.tag)))
    chosen = {(one.agency, one.tag) for one in ordered[:many]}
    return sorted(
        (one for one in held if (one.agency, one.tag) in chosen or one.care in care),
        key=lambda one: (key(one.place), key(one.tag)),
    )


def digest_of(expected: Iterable[Held]) -> str:
    """The digest of a list of what is expected: SHA-256 over agency, tag and shelf, a line each."""
    lines = sorted(f"{one.agency}\t{one.tag}\t{one.place}\n" for one in expected)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def check_setup(what: str, percent: int, care: Collection[str]) -> Iterator[Reason]:
    """What is wrong with how an inventory is to be drawn."""
    if what not in ("all", "sample"):
        yield Reason(
            "what_unknown", say("“{what}” is nothing to count: all, or sample.", what=what[:40])
        )
    if what == "sample" and not 1 <= percent <= 100:
        yield Reason(
            "percent",
            say(
                "{percent} in a hundred is no sample: say a whole number from 1 to 100.",
                percent=percent,
            ),
        )
    strange = sorted(set(care) - set(CARE))
    if strange:
        yield Reason(
            "care_unknown",
            say("“{strange}” is no class: {care}.", strange=strange[0][:40], care=", ".join(CARE)),
        )


def judge_scan(hand: Hand | None, scan: Scan) -> list[Outcome]:
    """What a scan comes to, as the record knows the item; one that is all right is `found`.

    Args:
        hand: where the record has it; None: no item has this label.
        scan: what was seen.
    """
    if hand is None:
        return [Outcome("unrecorded", say("no item on record has this label"))]
    if hand.loss is not None:
        event = hand.loss.event
        when = when_words(event.row.text("occurred_at"), event.moment)
        return [
            Outcome(
                "unrecorded",
                say(
                    "by the record {tag} was {event} {when} (entry {entry})",
                    tag=hand.tag,
                    event=word(event.event),
                    when=when,
                    entry=event.entry,
                ),
            )
        ]
    if not hand.listed:
        return [Outcome("unrecorded", say("no property list on record has {tag}", tag=hand.tag))]
    found = [Outcome("altered", why) for why in (_altered(hand, scan),) if why]
    if elsewhere := _elsewhere(hand, scan.place):
        found.append(Outcome("wrong_place", elsewhere))
    if not found:
        again = ""
        if hand.absent is not None:
            again = say("found again: it was missing (entry {entry})", entry=hand.absent.entry)
        found.append(Outcome("found", again))
    return found


def _altered(hand: Hand, scan: Scan) -> str:
    said = []
    if scan.seal and key(scan.seal) != key(hand.seal) and hand.seal != UNNUMBERED:
        known = say("the seal {seal}", seal=hand.seal) if hand.seal else say("no seal")
        said.append(
            say("the seal reads {seal}, and the record says {known}", seal=scan.seal, known=known)
        )
    if scan.seal_intact is False:
        said.append(say("its seal is not intact"))
    counted = quantity_of(scan.quantity)
    if counted is not None and hand.quantity is not None and counted != hand.quantity:
        listed = f"{hand.quantity / 1000:g}"
        said.append(
            say(
                "{quantity} were counted, and the list has {listed}",
                quantity=scan.quantity,
                listed=listed,
            )
        )
    if scan.package:
        said.append(say("the package: {package}", package=scan.package))
    return joined(said, "; ")


def _elsewhere(hand: Hand, place: str) -> str:
    if hand.out is not None:
        return say(
            "the record says that it is signed out to {holder} (entry {entry})",
            holder=hand.holder,
            entry=hand.out.entry,
        )
    if hand.holder:
        return say("the record says that {holder} has it", holder=hand.holder)
    if key(hand.place) == key(place):
        return ""
    return (
        say("the record says {place}", place=hand.place)
        if hand.place
        else say("the record knows no shelf of it")
    )


def check_settling(kind: str, how: str, reason: str, hand: Hand | None) -> None:
    """Whether a discrepancy may be settled so.

    Args:
        kind: which of the four.
        how: a word of `HOWS`.
        reason: why.
        hand: where the record has the item now; None: it has none.

    Raises:
        Refused: with every reason.
    """
    reasons = []
    ways = HOWS[kind]
    if how not in ways:
        known = ", ".join(ways)
        reasons.append(
            Reason(
                "how_unknown",
                say(
                    "“{how}” settles nothing that is {kind}: {known}.",
                    how=how[:40],
                    kind=kind.replace("_", " "),
                    known=known,
                ),
            )
        )
    if not reason:
        reasons.append(
            Reason("reason_missing", say("A discrepancy is settled with a reason: say why."))
        )
    if how == "found_since" and hand is not None and hand.absent is not None:
        reasons.append(
            Reason(
                "still_missing",
                say(
                    "{tag} is still missing by the record (entry {entry}): record first that it was found.",
                    tag=hand.tag,
                    entry=hand.absent.entry,
                ),
            )
        )
    if how == "booked" and (hand is None or not hand.listed or hand.loss is not None):
        reasons.append(
            Reason("not_booked", say("No property list on record has it as held: book it first."))
        )
    if reasons:
        raise Refused(reasons)
