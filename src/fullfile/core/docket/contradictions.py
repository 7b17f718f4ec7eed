"""Where a docket cannot be right: each contradiction as data, with its entries and a plain sentence.

Nothing is dropped and nothing is guessed: the rows stay, and whoever asks about the count learns
that the answer is unclear, and why. Two accounts of one event from two sources are no contradiction;
two whole-day events of one day have no order on record, and `same_day` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.docket.ends import ENDINGS, REOPENINGS
from fullfile.core.docket.histories import FINAL, VERDICTS, CountHistory, DocketEvent
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.facts.dates import date_words, when_words
from fullfile.core.ids import DAY_MS, key
from fullfile.core.said import say, word

__all__ = [
    "Contradiction",
    "ending_words",
    "event_words",
    "find_contradictions",
    "ruled_words",
    "same_day",
    "unknown_events",
    "when",
]

_RULED = {
    "acquitted": say("ended in an acquittal"),
    "convicted": say("ended in a conviction"),
    "plea_guilty": say("ended in a plea of guilty"),
    "plea_no_contest": say("ended in a plea of no contest"),
    "dismissed_with_prejudice": say("was dismissed with prejudice"),
    "dismissed_without_prejudice": say("was dismissed without prejudice"),
    "nolle_prosequi": say("was dropped by the prosecution (nolle prosequi)"),
    "stayed": say("was stayed"),
    "hung_jury": say("went to a jury that could not agree"),
    "mistrial": say("ended in a mistrial"),
    "reversed": say("was reversed"),
    "remanded": say("was sent back to the court below"),
    "reinstated": say("was reinstated"),
    "refiled": say("was filed again"),
    "new_trial_granted": say("was given a new trial"),
}
_HAD = {
    "dismissed_with_prejudice": say("been dismissed with prejudice"),
    "dismissed_without_prejudice": say("been dismissed without prejudice"),
    "nolle_prosequi": say("been dropped by the prosecution (nolle prosequi)"),
    "stayed": say("been stayed"),
}
_EVENTS = {
    "jury_sworn": say("the swearing of the jury"),
    "first_witness_sworn": say("the swearing of the first witness"),
    "sentenced": say("the sentence"),
    "acquitted": say("the acquittal"),
    "convicted": say("the conviction"),
    "plea_guilty": say("the plea of guilty"),
    "plea_not_guilty": say("the plea of not guilty"),
    "plea_no_contest": say("the plea of no contest"),
    "trial_started": say("the start of the trial"),
    "mistrial": say("the mistrial"),
    "hung_jury": say("the jury's failure to agree"),
    "nolle_prosequi": say("the nolle prosequi"),
    "stayed": say("the stay"),
    "dismissed_with_prejudice": say("the dismissal with prejudice"),
    "dismissed_without_prejudice": say("the dismissal without prejudice"),
}
_ONE_OF = {
    "sentenced": say("a sentence"),
    "acquitted": say("an acquittal"),
    "convicted": say("a conviction"),
    "plea_guilty": say("a plea of guilty"),
    "plea_not_guilty": say("a plea of not guilty"),
    "plea_no_contest": say("a plea of no contest"),
    "trial_started": say("a start of the trial"),
    "mistrial": say("a mistrial"),
    "nolle_prosequi": say("a nolle prosequi"),
    "stayed": say("a stay"),
    "dismissed_with_prejudice": say("a dismissal with prejudice"),
    "dismissed_without_prejudice": say("a dismissal without prejudice"),
}
_PRESUPPOSE_OPEN = frozenset(
    {
        "arraignment",
        "plea_not_guilty",
        "plea_guilty",
        "plea_no_contest",
        "trial_started",
        "jury_sworn",
        "first_witness_sworn",
        "hung_jury",
        "mistrial",
    }
) | (ENDINGS - VERDICTS)
_BASES = frozenset({"convicted", "plea_guilty", "plea_no_contest"})
"""What a sentence can rest on."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something on the docket of one count that cannot be right as it stands.

    Attributes:
        code: a stable word for it.
        sentence: what is wrong, plainly.
        entries: the rows it rests on.
    """

    code: str
    sentence: str
    entries: tuple[int, ...]


def event_words(event: str) -> str:
    """An event as a noun: `the swearing of the jury`; a word of a pack stands as it is."""
    return _EVENTS.get(event, say("“{event}”", event=word(event.replace("_", " "))))


def ending_words(event: str) -> str:
    """An ending as one of several that may come: `an acquittal`, `the jury's failure to agree`."""
    return _ONE_OF.get(event, event_words(event))


def ruled_words(event: str) -> str:
    """What a ruling did, as the end of a sentence about the count: `was dismissed with prejudice`."""
    return _RULED.get(
        event, say("has the ruling “{event}” on the docket", event=word(event.replace("_", " ")))
    )


def when(event: DocketEvent) -> str:
    """The date of an event with its preposition."""
    return when_words(event.said, event.first)


def same_day(one: DocketEvent, other: DocketEvent) -> bool:
    """Whether two events lie on one day (or in one span of days) and no order is on record."""
    if not (one.whole_day or other.whole_day):
        return False
    return one.first <= other.last and other.first <= one.last


def unknown_events(history: CountHistory, known: Collection[str]) -> tuple[DocketEvent, ...]:
    """The events that neither the contract nor the pack knows."""
    words = {*DOCKET_EVENTS, *known}
    return tuple(event for event in history.events if event.event not in words)


def find_contradictions(history: CountHistory) -> tuple[Contradiction, ...]:
    """Everything on the docket of a count that cannot be right together."""
    found: list[Contradiction] = []
    if not history.exists:
        found.append(_no_such_count(history))
    found += _sentences(history)
    found += _verdicts(history.events)
    found += _after_the_end(history.events)
    found += _before_the_charge(history)
    return tuple(found)


def _no_such_count(history: CountHistory) -> Contradiction:
    event = next(one for one in history.events if key(one.count) == key(history.count))
    return Contradiction(
        "no_such_count",
        say(
            "The docket says that count {count} against {defendant} {ruled_words} {when}, but no "
            "count {count} is on record.",
            count=history.count,
            defendant=history.defendant,
            ruled_words=ruled_words(event.event),
            when=when(event),
        ),
        (event.entry,),
    )


def _sentences(history: CountHistory) -> Iterator[Contradiction]:
    sentence = next((one for one in history.events if one.event == "sentenced"), None)
    if sentence is None or sentence.shared:
        return
    bases = [one for one in (*history.events, *history.carried) if one.event in _BASES]
    before = [one for one in bases if one.first <= sentence.last]
    if before:
        return
    if not bases:
        yield Contradiction(
            "sentenced_not_convicted",
            say(
                "The docket has a sentence {when}, and no conviction or plea before it.",
                when=when(sentence),
            ),
            (sentence.entry,),
        )
        return
    yield Contradiction(
        "sentenced_before_convicted",
        say(
            "The docket has the sentence {when}, before {event_words} {when_2}.",
            when=when(sentence),
            event_words=event_words(bases[0].event),
            when_2=when(bases[0]),
        ),
        (sentence.entry, bases[0].entry),
    )


def _verdicts(events: Sequence[DocketEvent]) -> Iterator[Contradiction]:
    last: DocketEvent | None = None
    for event in events:
        if event.event in REOPENINGS:
            last = None
        elif event.event in VERDICTS and not event.shared:
            if last is not None and not _one_verdict(last, event):
                yield Contradiction(
                    "two_verdicts",
                    say(
                        "The docket has two verdicts on the count, {event_words} {when} and {event_words_2} "
                        "{when_2}, and nothing between them that re-opened it.",
                        event_words=event_words(last.event),
                        when=when(last),
                        event_words_2=event_words(event.event),
                        when_2=when(event),
                    ),
                    (last.entry, event.entry),
                )
            last = event


def _one_verdict(one: DocketEvent, other: DocketEvent) -> bool:
    """Two rows about one verdict: the same word from two sources or on one day; a plea and what follows it."""
    if one.event == other.event:
        return one.source != other.source or one.first // DAY_MS == other.first // DAY_MS
    return one.event == "plea_guilty" and other.event == "convicted"


def _after_the_end(events: Sequence[DocketEvent]) -> Iterator[Contradiction]:
    end: DocketEvent | None = None
    for event in events:
        if event.event in REOPENINGS:
            end = None
        elif end is not None and event.event in _PRESUPPOSE_OPEN and not event.shared:
            apart = event.first // DAY_MS > end.last // DAY_MS
            account = event.event == end.event and event.source != end.source
            if apart and not account:
                yield Contradiction(
                    "after_the_end",
                    say(
                        "The docket has {event_words} {when}, although the count had {had} {when_2} and nothing "
                        "re-opened it.",
                        event_words=event_words(event.event),
                        when=when(event),
                        had=_had(end.event),
                        when_2=when(end),
                    ),
                    (end.entry, event.entry),
                )
        elif end is None and event.event in FINAL:
            end = event


def _had(event: str) -> str:
    """What a ruling had done, after "had": `been dismissed with prejudice`, `ended in an acquittal`."""
    if event in _RULED:
        return _HAD.get(event, _RULED[event])
    return say("got the ruling “{event}” on the docket", event=word(event.replace("_", " ")))


def _before_the_charge(history: CountHistory) -> Iterator[Contradiction]:
    charged = history.charged_first
    if charged is None:
        return
    for event in history.events:
        if event.event in ENDINGS and event.last < charged - charged % DAY_MS:
            yield Contradiction(
                "ended_before_charged",
                say(
                    "The docket says that the count {ruled_words} {when}, before it was charged on "
                    "{date_words}.",
                    ruled_words=ruled_words(event.event),
                    when=when(event),
                    date_words=date_words(history.charged_on, charged),
                ),
                tuple(one for one in (event.entry, history.entry) if one is not None),
            )
            return
