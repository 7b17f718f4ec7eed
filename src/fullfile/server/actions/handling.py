"""What a custodian does with an item: hand it on, sign it out and in, shelve, seal, examine, miss, find.

Where the item is is read again under the writer's lock, and the decision is `core.custody.handling`'s.
Whoever shows an item hands the size of the record that they showed to the act (`seen_entry`: the
last entry of it). If anything was recorded about the item since, the act is refused with the code
`stale` and a sentence of who did what when: nobody acts on what they have not seen.

Many at once (`move_items`, `transfer_items`): one entry each, all that can; of each that cannot, why.

What this does not do: it knows no roles (`accounts` will). What leaves for good: `custody`, `leaving`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fullfile.core.custody.decide import Leaving, Order, decide_consume
from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import (
    Act,
    Seal,
    decide_check_in,
    decide_check_out,
    decide_examine,
    decide_find,
    decide_lose,
    decide_move,
    decide_reseal,
    decide_transfer,
)
from fullfile.core.custody.words import did_words
from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.server.actions.custody import state_of
from fullfile.server.actions.own_rows import check_many, is_ahead, moment_of, now_text
from fullfile.server.queries.hands import Handled, ask_hands
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.handling import news_about
from fullfile.server.store.load import entries, office

__all__ = [
    "Cannot",
    "Doing",
    "Done",
    "Thing",
    "act_of",
    "check_in_item",
    "check_out_item",
    "examine_item",
    "find_item",
    "lose_item",
    "move_item",
    "move_items",
    "record_seal",
    "refuse_stale",
    "transfer_item",
    "transfer_items",
]

_Decision = Callable[[Hand, Act], list[Draft]]


@dataclass(frozen=True, slots=True)
class Thing:
    """One of many items to be handled.

    Attributes:
        agency, tag: which.
        seal: the number of its seal as it was read off; empty: not read.
        seal_intact: how the seal was found; None: not said.
        seen_entry: the last entry of the record that the caller showed; None: not asked.
    """

    agency: str
    tag: str
    seal: str = ""
    seal_intact: bool | None = None
    seen_entry: int | None = None


@dataclass(frozen=True, slots=True)
class Cannot:
    """One of many items that could not be handled, and every reason."""

    agency: str
    tag: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of many: the items that could, each (agency, tag, entry), and those that could not."""

    done: tuple[tuple[str, str, int], ...]
    cannot: tuple[Cannot, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """What an act says beside the item: who, when, why."""

    by: str
    occurred_at: str
    reason: str
    accepted_by: str
    actor: str
    now_ms: int


def transfer_item(
    *,
    agency: str,
    tag: str,
    to: str,
    reason: str = "",
    place: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Hand an item over to another person or office. The index of the entry.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        to: who has it from now on.
        reason: why.
        place: where it is then.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who hands it over; empty: whoever records it.
        accepted_by: who took it over and said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed; None: not asked.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: with every reason, each with the way out; `stale` where it changed since.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_transfer(hand, act, to=to.strip(), place=place.strip())]

    return _one(thing, doing, decide)[0]


def check_out_item(
    *,
    agency: str,
    tag: str,
    to: str,
    purpose: str,
    due_back: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Sign an item out. The index of the entry; what is not said here is as in `transfer_item`.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        to: who takes it.
        purpose: what for.
        due_back: the day on which it is to be back; empty: none was agreed.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who gives it out; empty: whoever records it.
        accepted_by: who took it and said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, purpose, accepted_by, actor, now_ms)
    due = moment_of(due_back) if due_back.strip() else None

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_check_out(hand, act, to=to.strip(), due_back=due_back.strip(), due=due)]

    return _one(thing, doing, decide)[0]


def check_in_item(
    *,
    agency: str,
    tag: str,
    place: str = "",
    giver: str = "",
    reason: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Take an item back into the property room. The index of the entry; else as `transfer_item`.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        place: the shelf it goes to; empty: it is still to be shelved.
        giver: who brings it back; empty: whoever had it.
        reason: what there is to say.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who takes it back; empty: whoever records it.
        accepted_by: who else said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_check_in(hand, act, giver=giver.strip(), place=place.strip())]

    return _one(thing, doing, decide)[0]


def move_item(
    *,
    agency: str,
    tag: str,
    place: str,
    reason: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Put an item on a shelf. The index of the entry; arguments and refusals as in `transfer_item`."""
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return _one(thing, doing, lambda hand, act: [decide_move(hand, act, place=place.strip())])[0]


def record_seal(
    *,
    agency: str,
    tag: str,
    reason: str,
    old: str = "",
    new: str = "",
    old_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> tuple[int, ...]:
    """Take a seal off, put one on, or one for another. The indexes of the entries, in that order.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        reason: why.
        old: the number of the old seal as it was read off; empty: it had none.
        new: the number of the new seal; empty: it stays open.
        old_intact: how the old seal was found.
        by: who did it; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, "", old_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return decide_reseal(hand, act, old=old.strip(), new=new.strip())

    return _one(thing, doing, decide)


def examine_item(
    *,
    agency: str,
    tag: str,
    what: str,
    consumed: str = "",
    all_consumed: bool = False,
    approved_by: str = "",
    order: Order | None = None,
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> tuple[int, ...]:
    """Record that somebody examined an item, and what the test used up. The indexes of the entries.

    What is used up is judged as in `consume_item`: a part of a known quantity may be used while the
    rest is kept; all of it only when nothing holds it; a second person approves either.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        what: what was done and looked for.
        consumed: how much of it was used up; empty: nothing, or all (`all_consumed`).
        all_consumed: all of it was used up.
        approved_by: the second named person, where something was used up.
        order: the court's order, where one lets it be used up.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who examined it; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, what, "", actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        drafts = [decide_examine(hand, act)]
        if consumed.strip() or all_consumed:
            state, size = state_of(hand.agency, hand.tag, act.occurred_at, now_ms=now_ms)
            leaving = Leaving(
                actor=act.actor,
                approved_by=approved_by.strip(),
                reason=what.strip(),
                occurred_at=act.occurred_at,
                in_future=act.in_future,
                size=size,
                order=order or Order("", "", ""),
                quantity=consumed.strip(),
            )
            drafts.append(decide_consume(state, leaving))
        return drafts

    return _one(thing, doing, decide)


def lose_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    place: str = "",
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Record that an item was looked for and not found: from now on it is missing. The entry.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        reason: where and how it was looked for.
        place: the shelf on which it ought to have been.
        by: who looked; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    thing = Thing(agency, tag, seen_entry=seen_entry)
    return _one(thing, doing, lambda hand, act: [decide_lose(hand, act, place=place.strip())])[0]


def find_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    place: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Record that a missing item is there again. The index of the entry; `reason`: where and how."""
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return _one(thing, doing, lambda hand, act: [decide_find(hand, act, place=place.strip())])[0]


def move_items(
    *,
    things: Sequence[Thing],
    place: str,
    reason: str = "",
    by: str = "",
    occurred_at: str = "",
    actor: str,
    now_ms: int,
) -> Done:
    """Put many items on one shelf: one entry each, all that can, and why each other cannot."""
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return _many(things, doing, lambda hand, act: [decide_move(hand, act, place=place.strip())])


def transfer_items(
    *,
    things: Sequence[Thing],
    to: str,
    reason: str = "",
    place: str = "",
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    actor: str,
    now_ms: int,
) -> Done:
    """Hand many items over to one receiver: one entry each, all that can, and why each other cannot."""
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_transfer(hand, act, to=to.strip(), place=place.strip())]

    return _many(things, doing, decide)


def act_of(thing: Thing, doing: Doing) -> Act:
    """What an act says, with its moment on the office's clock.

    Raises:
        Refused: the date is none.
    """
    text = doing.occurred_at.strip() or now_text(doing.now_ms)
    return Act(
        actor=doing.actor.strip(),
        by=doing.by.strip() or doing.actor.strip(),
        occurred_at=text,
        moment=moment_of(text),
        in_future=is_ahead(text, doing.now_ms),
        reason=doing.reason.strip(),
        seal=Seal(thing.seal.strip(), thing.seal_intact),
        accepted_by=doing.accepted_by.strip(),
    )


def refuse_stale(found: Handled, seen_entry: int | None) -> None:
    """Refuse to act on an item about which something was recorded since the caller's page.

    Raises:
        Refused: with the code `stale`, and who did what when.
    """
    if seen_entry is None:
        return
    news = news_about(found.about, seen_entry)
    if news:
        zone = office().zone
        told = "; ".join(did_words(entry, zone) for entry in entries(news[-3:]))
        raise Refused(
            f"{found.hand.tag} changed while you had this page open: {told}. Nothing of yours was saved: "
            "look at it again, then act.",
            code="stale",
        )


def _one(thing: Thing, doing: Doing, decide: _Decision) -> tuple[int, ...]:
    with unit_of_work() as writer:
        (found,) = ask_hands([(thing.agency, thing.tag)], now_ms=doing.now_ms)
        if isinstance(found, NotFound):
            raise found
        refuse_stale(found, thing.seen_entry)
        drafts = decide(found.hand, act_of(thing, doing))
        made = writer.append(_checked(drafts, doing.now_ms), now_ms=doing.now_ms)
        return tuple(made)


def _many(things: Sequence[Thing], doing: Doing, decide: _Decision) -> Done:
    if not things:
        raise Refused("Choose at least one item.", code="nothing_chosen")
    with unit_of_work() as writer:
        asked = ask_hands([(one.agency, one.tag) for one in things], now_ms=doing.now_ms)
        drafts: list[Draft] = []
        cannot: list[Cannot] = []
        seen: set[int] = set()
        for thing, found in zip(things, asked, strict=True):
            if isinstance(found, NotFound):
                reason = Reason("not_found", str(found))
                cannot.append(Cannot(thing.agency, thing.tag, (reason,)))
                continue
            if found.item_id in seen:
                continue  # named twice: once is enough
            seen.add(found.item_id)
            try:
                refuse_stale(found, thing.seen_entry)
                drafts += decide(found.hand, act_of(thing, doing))
            except Refused as refused:
                cannot.append(Cannot(found.hand.agency, found.hand.tag, refused.reasons))
        checked = _checked(drafts, doing.now_ms)
        made = writer.append(checked, now_ms=doing.now_ms)
    done = [
        (str(draft.data["agency"]), str(draft.data["tag"]), index)
        for draft, index in zip(checked, made, strict=True)
    ]
    return Done(tuple(done), tuple(cannot))


def _checked(drafts: Sequence[Draft], now_ms: int) -> list[Draft]:
    """The drafts with their columns checked: they bind the office too."""
    if not drafts:
        return []
    found = check_many("custody", [draft.data for draft in drafts], now_ms=now_ms)
    return [
        Draft(draft.type, draft.by, data, more=draft.more)
        for draft, data in zip(drafts, found, strict=True)
    ]
