"""Who must be told of a find or a loss, since when it is known, and whether a row shows that they were.

A find is an item that bears on a case; a loss is a release, consumption or destruction that
stands, or an event that makes it missing. Prosecutors must know of both, and so must the
defence of each defendant. Told is only what a row shows: of a find a disclosure to the
defendant, and for a prosecutor knowledge of it or the file of the case; of a loss a knowledge
row of that day or later that speaks of it. Nothing else counts: unknown is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.disclosure.answers import last_answer, reopened_by
from fullfile.core.facts.cases import Case
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import day_text, key
from fullfile.core.impact.linked import event_words
from fullfile.core.impact.result import LinkedCase, Notice, Touched
from fullfile.core.knowledge import Knew, Known
from fullfile.core.knowledge.telling import speaks_of_loss
from fullfile.core.matching import World

__all__ = ["News", "Reopened", "news_of", "notices_of", "prosecutors_of", "reopened_answers"]


@dataclass(frozen=True, slots=True)
class News:
    """Something that people must be told of an item: `find` or `loss`.

    Attributes:
        moment: since when it is known (ms).
        said: the same as a date, as it was said.
        words: what happened, to stand after "that".
    """

    kind: str
    moment: int
    said: str
    words: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """An agency's answer in a case that an item contradicts."""

    agency: str
    case_number: str
    answer: str
    answered_at: str
    by: str
    moment: int
    words: str
    entries: tuple[int, ...]


def news_of(world: World, item: ItemKey) -> tuple[News, ...]:
    """The find, and every loss that stands by the moment asked for."""
    on = world.on()
    found: list[News] = []
    held = world.things.held(item)
    if held is not None and held.moment <= on:
        words = f"it has been held since {_bare(when_words(held.said, held.moment))}"
        found.append(News("find", held.moment, held.said, words, (held.entry,)))
    for loss, hold in world.losses(item):
        row = loss.event.row
        said = "" if loss.event.by_status else row.text("occurred_at")
        under = f", while a hold stood ({hold.words})" if hold is not None else ""
        words = f"it was {event_words(loss.event.event)} {when_words(said, loss.moment)}{under}"
        day = said or day_text(loss.moment)
        found.append(News("loss", loss.moment, day, words, (row.entry,)))
    absence = world.absence(item)
    if absence is not None:
        said = "" if absence.by_status else absence.row.text("occurred_at")
        what = {"lost": "recorded as lost", "short": "counted short"}.get(
            absence.event, "not found"
        )
        words = f"it was {what} {when_words(said, absence.moment)}"
        day = said or day_text(absence.moment)
        found.append(News("loss", absence.moment, day, words, (absence.row.entry,)))
    return tuple(found)


def _bare(when: str) -> str:
    first, _, rest = when.partition(" ")
    return rest if first in ("on", "in") else when


def prosecutors_of(world: World, case: Case) -> list[Row]:
    """The prosecutors who are parties of a case."""
    return [
        row
        for row in world.facts.of_case("parties", case.key)
        if row.data.get("role") == "prosecutor"
    ]


def notices_of(
    world: World,
    linked: LinkedCase,
    touched: Sequence[Touched],
    item: ItemKey,
    known: Knew,
    news: Sequence[News],
) -> Iterator[Notice]:
    """Who in a case must be told of each piece of news."""
    case = world.cases.by_key[linked.key]
    for piece in news:
        told = prosecutors_of(world, case)
        for row in told:
            yield _prosecutor(world, linked, row, item, known, piece)
        if not told:
            words = f"The prosecution of {linked.case_number} (nobody is named) must know that {piece.words}."
            yield _notice("the prosecution", "prosecutor", linked, piece, None, words, ())
        for one in touched:
            yield _defence(world, linked, one, known, piece)


def _notice(
    to: str,
    role: str,
    linked: LinkedCase,
    piece: News,
    told: str | None,
    words: str,
    entries: tuple[int, ...],
) -> Notice:
    rests = tuple(sorted({*piece.entries, *entries}))
    return Notice(to, role, linked.case_number, piece.kind, piece.said, told, words, rests)


def _prosecutor(
    world: World, linked: LinkedCase, row: Row, item: ItemKey, known: Knew, piece: News
) -> Notice:
    name = row.text("name")
    account = _account(world, known, key(name), piece)
    words = f"{name} must know that {piece.words}"
    if account is None and piece.kind == "find":
        case = world.cases.by_key[linked.key]
        filed = world.handing.filed(case, item).fact
        if filed is not None and filed.moment <= world.on(case):
            words += f"; it is on the file of the case {when_words(filed.said, filed.moment)}."
            return _notice(name, "prosecutor", linked, piece, filed.said, words, (filed.entry,))
    if account is None:
        words += "; no row shows that they were told."
        return _notice(name, "prosecutor", linked, piece, None, words, (row.entry,))
    words += f"; {_shown(account)}."
    return _notice(name, "prosecutor", linked, piece, account.known_from, words, account.entries)


def _account(world: World, known: Knew, person: str, piece: News) -> Known | None:
    """The first account by which somebody knew of the news."""
    said = next((one.accounts for one in known.persons if one.key == person), ())
    for one in said:
        if one.denied:
            continue
        if piece.kind == "find" or (one.last >= piece.moment and _speaks_of_loss(world, one)):
            return one
    return None


def _speaks_of_loss(world: World, one: Known) -> bool:
    if not one.stated:
        row = world.facts.by_entry.get(one.entries[0])
        return row is not None and row.text("event") in (
            "released",
            "consumed",
            "destroyed",
            "not_found",
        )
    return speaks_of_loss(one.how)


def _shown(account: Known) -> str:
    if not account.stated:
        return f"{account.person} {account.because}"
    how = f" ({account.how})" if account.how else ""
    return f"{account.source} says that {account.person} knew {account.when}{how}"


def _defence(
    world: World,
    linked: LinkedCase,
    one: Touched,
    known: Knew,
    piece: News,
) -> Notice:
    to = f"counsel of {one.defendant}" + (f" ({one.counsel})" if one.counsel else "")
    words = f"{to[:1].upper()}{to[1:]} must be told that {piece.words}"
    counsel = [key(name) for name in re.split(r" and |, ", one.counsel) if name]
    accounts = [_account(world, known, person, piece) for person in counsel]
    account = next((found for found in accounts if found is not None), None)
    if piece.kind == "find":
        if one.disclosed is not None:
            words += f". {one.disclosed_words}"
            return _notice(to, "defence", linked, piece, one.disclosed, words, one.entries)
        words += f". {one.disclosed_words}"
        if account is not None:
            words += f" Knowing is not being served: {_shown(account)}."
        return _notice(to, "defence", linked, piece, None, words, one.entries)
    if account is None:
        words += "; no row shows that they were told."
        return _notice(to, "defence", linked, piece, None, words, one.entries)
    words += f"; {_shown(account)}."
    return _notice(to, "defence", linked, piece, account.known_from, words, account.entries)


def reopened_answers(world: World, linked: LinkedCase, item: ItemKey) -> Iterator[Reopened]:
    """The answers of the item's agency that it contradicts (contract, section 4: answers)."""
    case = world.cases.by_key[linked.key]
    on = world.on(case)
    arises = world.bearing.arises(case.key, item)
    last = last_answer(world, case, item[0], on)
    if arises is None or arises > on or last is None or last.data["answer"] == "more_to_come":
        return
    held = world.things.held(item)
    for one in reopened_by(world, last, {item: arises}):
        said = event_words(last.text("answer"))
        when = when_words(last.text("answered_at"), last.first or 0)
        why = "which it had not named"
        if held is not None:
            why = f"held since {_bare(when_words(held.said, held.moment))}, {why}"
        yield Reopened(
            last.text("agency"),
            case.number,
            last.text("answer"),
            last.text("answered_at"),
            last.text("by"),
            one.since,
            f"{last.text('agency')} answered “{said}” {when} ({last.text('by')}); this item is {why}.",
            one.entries,
        )
