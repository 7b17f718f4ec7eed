"""How an act on an item is carried out: found and judged under the writer's lock, one item or many.

Whoever shows an item hands the size of the record that they showed to the act (`seen_entry`: the
last entry of it). If anything was recorded about the item since, the act is refused with the code
`stale` and a sentence of who did what when: nobody acts on what they have not seen.

What this does not do: it decides nothing; the decision is handed in (`core.custody.handling`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import Act, Seal
from fullfile.core.custody.words import did_words
from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.said import joined, say
from fullfile.server.actions.own_rows import check_many, is_ahead, moment_of, now_text
from fullfile.server.queries.hands import Handled, ask_hands
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.handling import news_about
from fullfile.server.store.load import entries, office

__all__ = [
    "Cannot",
    "Decision",
    "Doing",
    "Done",
    "Thing",
    "act_of",
    "do_many",
    "do_one",
    "refuse_stale",
]

Decision = Callable[[Hand, Act], list[Draft]]
"""From where an item is and what somebody does, to the drafts; or `Refused`."""


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
        told = joined([did_words(entry, zone) for entry in entries(news[-3:])], "; ")
        raise Refused(
            say(
                "{tag} changed while you had this page open: {told}. Nothing of yours was saved: look at "
                "it again, then act.",
                tag=found.hand.tag,
                told=told,
            ),
            code="stale",
        )


def do_one(thing: Thing, doing: Doing, decide: Decision) -> tuple[int, ...]:
    """Do something to one item, in a unit of work of its own. The indexes of the entries.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        (found,) = ask_hands([(thing.agency, thing.tag)], now_ms=doing.now_ms)
        if isinstance(found, NotFound):
            raise found
        refuse_stale(found, thing.seen_entry)
        drafts = decide(found.hand, act_of(thing, doing))
        made = writer.append(_checked(drafts, doing.now_ms), now_ms=doing.now_ms)
        return tuple(made)


def do_many(things: Sequence[Thing], doing: Doing, decide: Decision) -> Done:
    """Do something to many items in one unit of work: all that can, and why each other cannot.

    Raises:
        Refused: none was chosen.
    """
    if not things:
        raise Refused(say("Choose at least one item."), code="nothing_chosen")
    with unit_of_work() as writer:
        asked = ask_hands([(one.agency, one.tag) for one in things], now_ms=doing.now_ms)
        drafts: list[Draft] = []
        cannot: list[Cannot] = []
        seen: set[int] = set()
        for thing, found in zip(things, asked, strict=True):
            if isinstance(found, NotFound):
                reason = Reason("not_found", found.words)
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
