"""Accounts that do not say the same, side by side. Nothing here decides which is right."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.facts.dates import date_words, join
from fullfile.core.knowledge.accounts import LEVEL_VERBS, LEVELS, Contradiction, Known, Person
from fullfile.core.said import joined, say

__all__ = ["contradictions_of"]

_ONCE = ("collected", "gave", "booked")
"""Ways that happen once to a thing: two dates are two accounts, not two events."""


def contradictions_of(person: Person) -> list[Contradiction]:
    """Every contradiction in the accounts of one person.

    Of one level: a denial beside an account that they knew; two sources with two dates (of a
    statement, or of one hand-over); a row that shows it earlier than it is stated. Whoever saw, held or knew more of a thing
    knew that it exists, so a denial of that stands beside any of these.
    """
    found = [_denial(person, level) or _dates(person, level) for level in LEVELS]
    return [one for one in found if one is not None]


def _denial(person: Person, level: str) -> Contradiction | None:
    denials = [one for one in person.at(level) if one.denied]
    known = [one for one in person.at(level) if not one.denied]
    if level == "exists" and denials and not known:
        known = [one for one in person.accounts if not one.denied]
    if not denials or not known:
        return None
    possible = all(one.first > denial.last for one in known for denial in denials)
    accounts = _in_order([*denials, *_few(known)])
    said = [_account_words(one) for one in accounts]
    sentence: str = say(
        "On whether {name} {verb}: {said}.",
        name=person.name,
        verb=LEVEL_VERBS[level],
        said=joined(said, "; "),
    )
    if possible:
        sentence = joined((sentence, say("As dated, both can be true.")))
    return Contradiction(person.name, level, "denied", accounts, possible, sentence)


def _dates(person: Person, level: str) -> Contradiction | None:
    stated = [one for one in person.at(level) if one.stated and not one.denied]
    if not stated:
        return _handed_over(person, level)
    if _are_apart(stated):
        accounts = _in_order(stated)
        when = join(
            [say("{when} ({source})", when=one.when, source=one.source) for one in accounts]
        )
        sentence = say(
            "Since when {name} {verb} is dated differently: {when}.",
            name=person.name,
            verb=LEVEL_VERBS[level],
            when=when,
        )
        return Contradiction(
            person.name, level, "two_dates", accounts, both_possible=False, sentence=sentence
        )
    begins = min(one.first for one in stated)
    before = [one for one in person.at(level) if not one.stated and one.last < begins]
    if not before:
        return None
    accounts = _in_order([*_few(before), *stated])
    first = min(stated, key=lambda one: (one.first, one.entries))
    shown = min(before, key=lambda one: (one.first, one.entries))
    sentence = say(
        "{source} says that {name} {verb} from {bare}; the record shows something "
        "earlier: {name} {because}.",
        source=first.source or say("A source"),
        name=person.name,
        verb=LEVEL_VERBS[level],
        bare=date_words(first.known_from, first.first),
        because=shown.because,
    )
    return Contradiction(
        person.name, level, "shown_earlier", accounts, both_possible=False, sentence=sentence
    )


def _handed_over(person: Person, level: str) -> Contradiction | None:
    """Nobody states it, and two sources date one hand-over differently; said once, of the thing itself."""
    for way in _ONCE if level == "object" else ():
        accounts = _in_order([one for one in person.at(level) if one.how == way])
        if _are_apart(accounts):
            when = join(
                [
                    say(
                        "{when} ({source}, entry {entry})",
                        when=one.when,
                        source=one.source,
                        entry=one.entries[0],
                    )
                    for one in accounts
                ]
            )
            sentence = say(
                "Since when {name} {verb} rests on a hand-over that two sources date differently: "
                "{when}.",
                name=person.name,
                verb=LEVEL_VERBS[level],
                when=when,
            )
            return Contradiction(
                person.name, level, "two_dates", accounts, both_possible=False, sentence=sentence
            )
    return None


def _are_apart(accounts: Sequence[Known]) -> bool:
    """Whether two sources give dates that cannot be one."""
    return any(
        one.source != other.source and (one.last < other.first or other.last < one.first)
        for one in accounts
        for other in accounts
    )


def _few(known: Sequence[Known]) -> list[Known]:
    """Of the accounts that they knew: all that are stated, and the earliest that is derived."""
    stated = [one for one in known if one.stated]
    shown = [one for one in known if not one.stated]
    return stated + sorted(shown, key=lambda one: (one.first, one.entries))[:1]


def _in_order(accounts: Sequence[Known]) -> tuple[Known, ...]:
    return tuple(sorted(accounts, key=lambda one: (one.first, not one.denied, one.entries)))


def _account_words(one: Known) -> str:
    if not one.stated:
        return say(
            "the record shows that {person} {because}", person=one.person, because=one.because
        )
    says = (
        say("{person} says not, {when}", person=one.person, when=one.when)
        if one.denied
        else say("a source says yes, {when}", when=one.when)
    )
    how = one.how if not one.denied else ""
    told = joined((says, how), ", ")
    return say("{said} ({source})", said=told, source=one.source) if one.source else told
