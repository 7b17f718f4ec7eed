"""Handing an item on, signing it out and in, shelving, sealing, examining, missing and finding it.

Each decision looks at where the item is (`hand`) and gives the drafts, or refuses with every reason.

The rules, by the office's policy, not by law:
- what left for good, is missing, or was never booked is not handled as if it were there;
- what is signed out is not signed out again, nor shelved; it may be handed on by whoever has it;
- what is sealed changes hands only with the number of its seal read off; a seal that was found
  damaged is said so, and hinders nothing;
- nothing is dated ahead of the clock, nor before the last thing that happened to the item.

What this does not do: what lets an item leave for good is in `decide`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fullfile.core.custody.hand import UNNUMBERED, Hand
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.dates import when_words
from fullfile.core.ids import Bounds, key
from fullfile.core.said import say, word

__all__ = [
    "Act",
    "Seal",
    "decide_check_in",
    "decide_check_out",
    "decide_examine",
    "decide_find",
    "decide_lose",
    "decide_move",
    "decide_reseal",
    "decide_transfer",
]


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as somebody read it off: its number, and whether it was intact (None: not said)."""

    number: str = ""
    intact: bool | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What every act on an item says.

    Attributes:
        actor: who records it.
        by: who did it.
        occurred_at: when, as it was said.
        moment: the moments of that, on the office's clock.
        in_future: whether it lies ahead of the clock.
        reason: why, or what for.
        seal: the seal as it was read off.
        accepted_by: who took it over and said so beside.
    """

    actor: str
    by: str
    occurred_at: str
    moment: Bounds
    in_future: bool
    reason: str = ""
    seal: Seal = Seal()
    accepted_by: str = ""


def decide_transfer(hand: Hand, act: Act, *, to: str, place: str = "") -> Draft:
    """Hand an item over to another person or office, which has it from then on.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "transferred"), *_when(hand, act), *_seal(hand, act.seal)]
    if not to:
        reasons.append(Reason("recipient_missing", say("Say to whom it goes.")))
    elif key(to) == key(hand.holder):
        reasons.append(
            Reason(
                "has_it",
                say(
                    "{holder} has {tag} already: nothing to hand over.",
                    holder=hand.holder,
                    tag=hand.tag,
                ),
            )
        )
    return _draft(
        hand, act, "transferred", reasons, {"from": _giver(hand, act), "to": to, "place": place}
    )


def decide_check_out(hand: Hand, act: Act, *, to: str, due_back: str, due: Bounds | None) -> Draft:
    """Sign an item out for a purpose, until a day.

    Args:
        hand: where it is.
        act: who, when, what for.
        to: who takes it.
        due_back: when it is to be back, as it was said; empty: not said.
        due: the moments of that.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "checked out"), *_when(hand, act), *_seal(hand, act.seal)]
    if hand.out is not None:
        reasons.append(_out(hand, say("check it in first, or record a transfer by whoever has it")))
    elif hand.holder and hand.loss is None:
        reasons.append(_elsewhere(hand))
    if not to:
        reasons.append(Reason("recipient_missing", say("Say who takes it out.")))
    if not act.reason:
        reasons.append(Reason("purpose_missing", say("Say what it is taken out for.")))
    if due is not None and due.last < act.moment.first:
        reasons.append(
            Reason(
                "due_before_out",
                say("It cannot be due back {due_back}, before it goes out.", due_back=due_back),
            )
        )
    more = {"due_back": due_back} if due_back else {}
    return _draft(hand, act, "checked_out", reasons, {"from": _giver(hand, act), "to": to}, more)


def decide_check_in(hand: Hand, act: Act, *, giver: str, place: str) -> Draft:
    """Take an item back into the property room, onto a shelf where one is said.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "checked in"), *_when(hand, act), *_seal(hand, act.seal)]
    if hand.loss is None and hand.out is None and not hand.holder:
        reasons.append(
            Reason(
                "not_out",
                say(
                    "{tag} is not out: by the record it is {where}. To put it elsewhere, move it.",
                    tag=hand.tag,
                    where=_where(hand),
                ),
            )
        )
    return _draft(
        hand,
        act,
        "checked_in",
        reasons,
        {"from": giver or hand.holder, "to": act.accepted_by or act.by, "place": place},
    )


def decide_move(hand: Hand, act: Act, *, place: str) -> Draft:
    """Put an item on a shelf of the property room.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "moved"), *_when(hand, act), *_seal_differs(hand, act.seal)]
    if hand.out is not None:
        reasons.append(_out(hand, say("check it in, onto this shelf")))
    elif hand.holder and hand.loss is None:
        reasons.append(_elsewhere(hand))
    if not place:
        reasons.append(Reason("place_missing", say("Say which shelf it goes to.")))
    elif key(place) == key(hand.place):
        reasons.append(
            Reason(
                "there_already", say("{tag} is on {place} already.", tag=hand.tag, place=hand.place)
            )
        )
    return _draft(hand, act, "moved", reasons, {"place": place})


def decide_reseal(hand: Hand, act: Act, *, old: str, new: str) -> list[Draft]:
    """Take a seal off, put one on, or one for another. One draft each.

    Args:
        hand: where it is.
        act: who, when and why; `seal.intact` says how the old seal was found.
        old: the number that was read off before; empty: it had none.
        new: the number of the new seal; empty: it stays open.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "sealed"), *_when(hand, act)]
    if not act.reason:
        reasons.append(Reason("reason_missing", say("Say why the seal is put on or taken off.")))
    if not old and not new:
        reasons.append(
            Reason("seal_missing", say("Say the number of the seal, the old one or the new one."))
        )
    if hand.seal and not old:
        reasons.append(
            Reason(
                "old_seal_missing",
                say(
                    "By the record the seal {seal} is on {tag}: say which number was read off.",
                    seal=hand.seal,
                    tag=hand.tag,
                ),
            )
        )
    if new and key(new) == key(old):
        reasons.append(
            Reason(
                "seal_same", say("{new} cannot take its own place: say the new number.", new=new)
            )
        )
    taken = _draft(hand, act, "unsealed", reasons, {"seal": old})
    if old and hand.seal not in ("", UNNUMBERED) and key(old) != key(hand.seal):
        # A seal that nobody put on record is a finding: it is written down, not turned away.
        taken = Draft(
            taken.type, taken.by, taken.data, more={**taken.more, "seal_on_record": hand.seal}
        )
    made = _draft(hand, act, "sealed", [], {"seal": new})
    put = {name: value for name, value in made.data.items() if name != "seal_intact"}
    sealed = Draft(made.type, made.by, put, more=made.more)
    return [*([taken] if old else []), *([sealed] if new else [])]


def decide_examine(hand: Hand, act: Act) -> Draft:
    """Record that somebody examined an item: what was done stands in the reason.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_not_in_hand(hand, "examined"), *_when(hand, act), *_seal_differs(hand, act.seal)]
    if not act.reason:
        reasons.append(Reason("examination_missing", say("Say what was done and looked for.")))
    return _draft(hand, act, "examined", reasons, {})


def decide_lose(hand: Hand, act: Act, *, place: str) -> Draft:
    """Record that an item was looked for and not found.

    What is signed out stays out and is not missing until it is checked in or ought to be here: it is
    recorded all the same, for a loss that somebody knows of is never turned away.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_gone(hand, "not found"), *_never(hand), *_when(hand, act)]
    if hand.absent is not None:
        reasons.append(_absent(hand, say("it is missing already")))
    if not act.reason:
        reasons.append(Reason("reason_missing", say("Say where and how it was looked for.")))
    return _draft(hand, act, "not_found", reasons, {"place": place})


def decide_find(hand: Hand, act: Act, *, place: str) -> Draft:
    """Record that an item that was missing is there again.

    Raises:
        Refused: with every reason.
    """
    reasons = [*_gone(hand, "found"), *_when(hand, act), *_seal_differs(hand, act.seal)]
    if not act.reason:
        reasons.append(Reason("reason_missing", say("Say where and how it was found.")))
    if hand.absent is None and hand.loss is None:
        reasons.append(
            Reason(
                "not_missing",
                say(
                    "{tag} is not missing: by the record it is {where}.",
                    tag=hand.tag,
                    where=_where(hand),
                ),
            )
        )
    return _draft(hand, act, "found", reasons, {"place": place})


# Reasons.


def _not_in_hand(hand: Hand, done: str) -> Iterator[Reason]:
    yield from _gone(hand, done)
    yield from _never(hand)
    if hand.absent is not None and hand.loss is None:
        yield _absent(hand, say("record that it was found first"))


def _gone(hand: Hand, done: str) -> Iterator[Reason]:
    if hand.loss is not None:
        event = hand.loss.event
        when = when_words(event.row.text("occurred_at"), event.moment)
        yield Reason(
            "already_gone",
            say(
                "{tag} was {event} {when} (entry {entry}): it cannot be {done}. If that entry is wrong, "
                "correct it; if the thing came back, book it again under its tag.",
                tag=hand.tag,
                event=word(event.event),
                when=when,
                entry=event.entry,
                done=word(done),
            ),
        )


def _never(hand: Hand) -> Iterator[Reason]:
    if not hand.listed:
        yield Reason(
            "never_booked",
            say(
                "No property list on record has {tag} of {agency}: book it first.",
                tag=hand.tag,
                agency=hand.agency,
            ),
        )


def _absent(hand: Hand, out: str) -> Reason:
    assert hand.absent is not None
    row = hand.absent.row
    when = when_words(row.text("occurred_at"), hand.absent.moment)
    return Reason(
        "missing",
        say(
            "{tag} was not there {when} (entry {entry}): {out}.",
            tag=hand.tag,
            when=when,
            entry=hand.absent.entry,
            out=out,
        ),
    )


def _out(hand: Hand, way: str) -> Reason:
    assert hand.out is not None
    when = when_words(hand.out.row.text("occurred_at"), hand.out.moment)
    return Reason(
        "out",
        say(
            "{tag} is signed out to {holder} {when} (entry {entry}): {way}.",
            tag=hand.tag,
            holder=hand.holder,
            when=when,
            entry=hand.out.entry,
            way=way,
        ),
    )


def _elsewhere(hand: Hand) -> Reason:
    return Reason(
        "elsewhere",
        say(
            "{tag} was transferred to {holder}: check it in first, or let {holder} hand it on.",
            tag=hand.tag,
            holder=hand.holder,
        ),
    )


def _when(hand: Hand, act: Act) -> Iterator[Reason]:
    if not act.actor or not act.by:
        yield Reason("anonymous", say("Whoever does it is named."))
    if act.in_future:
        yield Reason(
            "date_future",
            say(
                "{occurred_at} lies ahead: record it when it is done.", occurred_at=act.occurred_at
            ),
        )
    last = hand.last
    if last is not None and act.moment.last // 1000 < last.moment // 1000:
        when = when_words("" if last.by_status else last.row.text("occurred_at"), last.moment)
        yield Reason(
            "date_before",
            say(
                "{occurred_at} lies before the last thing that happened to {tag} ({event} {when}, entry "
                "{entry}): say the right time, or correct that entry.",
                occurred_at=act.occurred_at,
                tag=hand.tag,
                event=word(last.event),
                when=when,
                entry=last.entry,
            ),
        )


def _seal(hand: Hand, seal: Seal) -> Iterator[Reason]:
    if hand.seal and hand.seal != UNNUMBERED and not seal.number and hand.loss is None:
        yield Reason(
            "seal_missing",
            say(
                "{tag} is sealed ({seal}), and changes hands only with its seal read off: say the "
                "number, and whether it is intact. If it has no seal any more, record that first.",
                tag=hand.tag,
                seal=hand.seal,
            ),
        )
    yield from _seal_differs(hand, seal)


def _seal_differs(hand: Hand, seal: Seal) -> Iterator[Reason]:
    if seal.number and key(seal.number) != key(hand.seal) and hand.seal != UNNUMBERED:
        known = say("the seal {seal}", seal=hand.seal) if hand.seal else say("no seal")
        yield Reason(
            "seal_differs",
            say(
                "By the record {known} is on {tag}, and you read {number}: look again, or record the "
                "change of seal first.",
                known=known,
                tag=hand.tag,
                number=seal.number,
            ),
        )


def _where(hand: Hand) -> str:
    if hand.loss is not None:
        return word(hand.loss.event.event)
    if hand.holder:
        return say("with {holder}", holder=hand.holder)
    return (
        say("on {place}", place=hand.place)
        if hand.place
        else say("in the property room, on no shelf")
    )


def _giver(hand: Hand, act: Act) -> str:
    return hand.holder or act.by


def _draft(
    hand: Hand,
    act: Act,
    event: str,
    reasons: list[Reason],
    said: dict[str, str],
    more: dict[str, str] | None = None,
) -> Draft:
    if reasons:
        raise Refused(reasons)
    columns: dict[str, str | bool | None] = {
        "agency": hand.agency,
        "tag": hand.tag,
        "event": event,
        "occurred_at": act.occurred_at,
        "by": act.by,
        "reason": act.reason,
        "seal": act.seal.number,
        "seal_intact": act.seal.intact,
        **said,
    }
    data = {name: value for name, value in columns.items() if value not in ("", None)}
    kept = dict(more or {})
    if act.accepted_by:
        kept["accepted_by"] = act.accepted_by
    return Draft("custody.recorded", act.actor, data, more=kept)
