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
from fullfile.core.facts.dates import date_words, when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import day_text, key
from fullfile.core.impact.linked import event_words
from fullfile.core.impact.result import LinkedCase, Notice, Touched
from fullfile.core.knowledge import Knew, Known
from fullfile.core.knowledge.telling import speaks_of_loss
from fullfile.core.matching import World
from fullfile.core.said import capital, say

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
        words = say("it has been held since {day}", day=date_words(held.said, held.moment))
        found.append(News("find", held.moment, held.said, words, (held.entry,)))
    for loss, hold in world.losses(item):
        row = loss.event.row
        said = "" if loss.event.by_status else row.text("occurred_at")
        under = say(", while a hold stood ({words})", words=hold.words) if hold is not None else ""
        words = say(
            "it was {event_words} {when_words}{under}",
            event_words=event_words(loss.event.event),
            when_words=when_words(said, loss.moment),
            under=under,
        )
        day = said or day_text(loss.moment)
        found.append(News("loss", loss.moment, day, words, (row.entry,)))
    absence = world.absence(item)
    if absence is not None:
        said = "" if absence.by_status else absence.row.text("occurred_at")
        what = {"lost": say("recorded as lost"), "short": say("counted short")}.get(
            absence.event, say("not found")
        )
        words = say(
            "it was {what} {when_words}", what=what, when_words=when_words(said, absence.moment)
        )
        day = said or day_text(absence.moment)
        found.append(News("loss", absence.moment, day, words, (absence.row.entry,)))
    return tuple(found)


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
            words = say(
                "The prosecution of {case_number} (nobody is named) must know that {words}.",
                case_number=linked.case_number,
                words=piece.words,
            )
            yield _notice(say("the prosecution"), "prosecutor", linked, piece, None, words, ())
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
    words: str = say("{name} must know that {words}", name=name, words=piece.words)
    if account is None and piece.kind == "find":
        case = world.cases.by_key[linked.key]
        filed = world.handing.filed(case, item).fact
        if filed is not None and filed.moment <= world.on(case):
            words += say(
                "; it is on the file of the case {when_words}.",
                when_words=when_words(filed.said, filed.moment),
            )
            return _notice(name, "prosecutor", linked, piece, filed.said, words, (filed.entry,))
    if account is None:
        words += say("; no row shows that they were told.")
        return _notice(name, "prosecutor", linked, piece, None, words, (row.entry,))
    words = say("{said}; {shown}.", said=words, shown=_shown(account))
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
        return say("{who} {did}", who=account.person, did=account.because)
    how = f" ({account.how})" if account.how else ""
    return say(
        "{source} says that {person} knew {when}{how}",
        source=account.source,
        person=account.person,
        when=account.when,
        how=how,
    )


def _defence(
    world: World,
    linked: LinkedCase,
    one: Touched,
    known: Knew,
    piece: News,
) -> Notice:
    to: str = say("counsel of {who}", who=one.defendant)
    if one.counsel:
        to = say("counsel of {who} ({name})", who=one.defendant, name=one.counsel)
    words: str = say("{to} must be told that {words}", to=capital(to), words=piece.words)
    counsel = [key(name) for name in re.split(r" and |, ", one.counsel) if name]
    accounts = [_account(world, known, person, piece) for person in counsel]
    account = next((found for found in accounts if found is not None), None)
    if piece.kind == "find":
        if one.disclosed is not None:
            words = say("{said}. {more}", said=words, more=one.disclosed_words)
            return _notice(to, "defence", linked, piece, one.disclosed, words, one.entries)
        words = say("{said}. {more}", said=words, more=one.disclosed_words)
        if account is not None:
            words += say(" Knowing is not being served: {shown}.", shown=_shown(account))
        return _notice(to, "defence", linked, piece, None, words, one.entries)
    if account is None:
        words += say("; no row shows that they were told.")
        return _notice(to, "defence", linked, piece, None, words, one.entries)
    words = say("{said}; {shown}.", said=words, shown=_shown(account))
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
        why = say("which it had not named")
        if held is not None:
            why = say("held since {day}, {why}", day=date_words(held.said, held.moment), why=why)
        yield Reopened(
            last.text("agency"),
            case.number,
            last.text("answer"),
            last.text("answered_at"),
            last.text("by"),
            one.since,
            say(
                "{agency} answered “{said}” {when} ({by}); this item is {why}.",
                agency=last.text("agency"),
                said=said,
                when=when,
                by=last.text("by"),
                why=why,
            ),
            one.entries,
        )
