"""How long a charge may be brought: the limitation date, with its working.

`limitation_of` is the plain sum for one offence on one day. `run_clock` is the sum for a count on
record: partial dates give an earliest and a latest last day, times during which the clock stood
still are added where the record has them and no further fact is asked for, and are named where it
has not.

What this does not do: it does not say what the date does to a charge; `judge` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from fullfile.core.docket.histories import CountHistory, DocketEvent
from fullfile.core.errors import Refused
from fullfile.core.facts.dates import day_words
from fullfile.core.ids import day_of, key, midnight, parse_when
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.counting import Counted, Period, default_roll
from fullfile.core.rules.evaluate import open_days
from fullfile.core.rules.methods import count
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Limitation, Tolling
from fullfile.core.said import joined, say

__all__ = ["Added", "Clock", "LimitationDate", "in_words", "limitation_of", "run_clock"]


@dataclass(frozen=True, slots=True)
class LimitationDate:
    """The last day on which a charge may be brought.

    Attributes:
        last_day: None where there is no limitation, or where something is lacking.
        unlimited: there is no limitation.
        provision: the id of the pack's entry; None where none fits.
        lacks: what is not known.
        working: the sum in words.
    """

    last_day: date | None
    unlimited: bool
    provision: str | None
    lacks: tuple[str, ...] = ()
    working: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A time on record during which the clock stood still, or may have (`sure`)."""

    tolling: Tolling
    sentence: str
    on: date
    entry: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The limitation clock of a count.

    Attributes:
        provision: the pack's entry; None where none fits or can be chosen.
        unlimited: there is no limitation.
        base: the last day counted from the offence alone; None where it cannot be counted.
        earliest, latest: last days with what is surely added, for the earliest and the latest day
            on which the offence can have happened.
        possible: the last day if every time on record during which the clock may have stood is added.
        lacks: what is not known.
        floor: a time that runs from discovery is surely not over before this day.
        conditions: what would move the date, as sentences.
        added: each time on record during which the clock stood (or may have): the pack's entry, the
            sentence, the day it began, the row.
        entries: the rows it rests on.
        working: the sum in words.
    """

    provision: Limitation | None = None
    unlimited: bool = False
    base: date | None = None
    earliest: date | None = None
    latest: date | None = None
    possible: date | None = None
    floor: date | None = None
    lacks: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    added: tuple[Added, ...] = ()
    entries: tuple[int, ...] = ()
    working: str = ""


def in_words(day: date) -> str:
    """A day as words: `October 21, 2026`."""
    return day_words(midnight(day))


def limitation_of(
    pack: Pack,
    calendars: Mapping[str, Calendar],
    *,
    grade: str,
    offense: str,
    offense_on: date,
    statute: str = "",
) -> LimitationDate:
    """The limitation date of an offence on a day.

    Args:
        pack: the law.
        calendars: court calendars by id.
        grade: a word of the pack's grades; empty where it is not known.
        offense: the offence's name.
        offense_on: the day of the offence.
        statute: the offence's statute.
    """
    chosen, lacks = _choose(pack, grade, f"{offense} {statute}", offense_on)
    if chosen is None:
        return LimitationDate(None, unlimited=False, provision=None, lacks=lacks)
    if chosen.period is None:
        return LimitationDate(
            None,
            unlimited=True,
            provision=chosen.id,
            working=say("No limitation: any day is in time."),
        )
    if chosen.runs_from == "discovery":
        return LimitationDate(
            None,
            unlimited=False,
            provision=chosen.id,
            lacks=(say("the day on which the offence was discovered, from which the time runs"),),
        )
    try:
        found = _count(pack, calendars, chosen, offense_on, chosen.period)
    except Refused as refused:
        return LimitationDate(None, unlimited=False, provision=chosen.id, lacks=(str(refused),))
    last = found.due if isinstance(found.due, date) else None
    return LimitationDate(
        last, unlimited=False, provision=chosen.id, lacks=found.lacks, working=found.working
    )


def _count(
    pack: Pack,
    calendars: Mapping[str, Calendar],
    provision: Limitation,
    start: date,
    period: Period,
) -> Counted:
    calendar = calendars.get(pack.calendar, Calendar(pack.calendar))
    return count(
        start,
        period,
        provision.method,
        direction="after",
        roll=default_roll(provision.method),
        days=open_days(calendar, pack.weekend, "after"),
    )


def _choose(
    pack: Pack, grade: str, words: str, on: date | None
) -> tuple[Limitation | None, tuple[str, ...]]:
    """The entry that fits best: one that names the offence, then the grade, then all others."""
    if not pack.limitation:
        return None, (
            say("how long a charge may be brought: the pack {id} says nothing on it", id=pack.id),
        )
    in_force = [
        one
        for one in pack.limitation
        if on is None
        or (
            (one.effective_from is None or one.effective_from <= on)
            and (one.effective_to is None or on <= one.effective_to)
        )
    ]
    said, wanted = words.casefold(), key(grade)
    fitting = [one for one in in_force if _names_offense(one, said)]
    by_offense = [
        one for one in fitting if one.offenses and (not one.grades or wanted in _grades(one))
    ]
    if by_offense:
        return by_offense[0], ()
    plain = [one for one in in_force if not one.offenses]
    graded = [one for one in plain if one.grades]
    rest = [one for one in plain if not one.grades]
    if not graded and rest:
        return rest[0], ()
    if not wanted:
        return None, (say("the grade of the offence, on which the time to bring a charge depends"),)
    for one in graded:
        if wanted in _grades(one):
            return one, ()
    known = [key(named.id) for named in pack.grades]
    if known and wanted not in known:
        names = ", ".join(named.id for named in pack.grades)
        return None, (
            say(
                "a grade that the pack {id} knows: “{grade}” is not among {names}",
                id=pack.id,
                grade=grade,
                names=names,
            ),
        )
    if rest:
        return rest[0], ()
    day = "" if on is None else say(" on {in_words}", in_words=in_words(on))
    lack = say(
        "how long a charge may be brought for an offence of the grade {grade}{day}",
        grade=grade,
        day=day,
    )
    return None, (say("{lack}: the pack {id} does not say", lack=lack, id=pack.id),)


def _names_offense(one: Limitation, said: str) -> bool:
    return not one.offenses or any(word.casefold() in said for word in one.offenses)


def _grades(one: Limitation) -> set[str]:
    return {key(grade) for grade in one.grades}


def run_clock(
    history: CountHistory, pack: Pack, calendars: Mapping[str, Calendar], on: int
) -> Clock:
    """The limitation clock of a count, as far as the record goes.

    Args:
        history: the count.
        pack: the law.
        calendars: court calendars by id.
        on: the moment asked about (ms); a time that still runs then is added up to it.
    """
    words = f"{history.offense} {history.statute}"
    entries = () if history.entry is None else (history.entry,)
    if not history.offense_on:
        return _without_a_day(history, pack, words, entries)
    said = parse_when(history.offense_on)
    days = [day_of(said.last)]
    open_start = history.offense_on.strip().casefold().startswith("before")
    if not open_start:
        days.insert(0, day_of(said.first))
    sums = [
        limitation_of(
            pack,
            calendars,
            grade=history.grade,
            offense=history.offense,
            statute=history.statute,
            offense_on=day,
        )
        for day in days
    ]
    chosen, lacks = _choose(pack, history.grade, words, days[-1])
    if chosen is None:
        return Clock(lacks=lacks, entries=entries)
    if all(one.unlimited for one in sums):
        return Clock(chosen, unlimited=True, entries=entries, working=sums[-1].working)
    if any(one.last_day is None for one in sums):
        return _uncounted(pack, calendars, chosen, sums, days[0], entries)
    lasts = [one.last_day for one in sums if one.last_day is not None]
    clock = Clock(
        chosen,
        base=None if open_start else lasts[0],
        earliest=None if open_start else lasts[0],
        latest=lasts[-1],
        possible=lasts[0],
        entries=entries,
        working=sums[0].working,
        lacks=(say("the day of the offence, which is on record only roughly"),)
        if open_start or lasts[0] != lasts[-1]
        else (),
    )
    return _with_tolling(clock, chosen, history, days[0], on)


def _without_a_day(
    history: CountHistory, pack: Pack, words: str, entries: tuple[int, ...]
) -> Clock:
    chosen, lacks = _choose(pack, history.grade, words, None)
    if chosen is not None and chosen.period is None:
        return Clock(chosen, unlimited=True, entries=entries)
    lack = say("the day of the offence, from which the time to bring a charge runs")
    return Clock(chosen, lacks=(lack, *lacks), entries=entries)


def _uncounted(
    pack: Pack,
    calendars: Mapping[str, Calendar],
    chosen: Limitation,
    sums: Sequence[LimitationDate],
    first: date,
    entries: tuple[int, ...],
) -> Clock:
    """No date: but a time that runs from discovery is not over before it would be from the offence."""
    lacks = tuple(dict.fromkeys(lack for one in sums for lack in one.lacks))
    surely: date | None = None
    if chosen.runs_from == "discovery" and chosen.period is not None:
        due = _count(pack, calendars, chosen, first, chosen.period).due
        surely = due if isinstance(due, date) else None
    return Clock(chosen, floor=surely, lacks=lacks, entries=entries)


@dataclass(slots=True)
class _Still:
    """Times during which the clock stood, and up to which day each may carry it."""

    spans: list[tuple[date, date, date | None]] = field(default_factory=list)

    def extend(self, last: date, start: date) -> date:
        """The last day with these times added; two that overlap are counted once."""
        done = start
        for begin, end, cap in sorted(self.spans, key=lambda span: (span[0], span[1])):
            first = max(begin, done)
            if first > last or end <= first:
                continue
            moved = last + (end - first)
            last = moved if cap is None else max(last, min(moved, cap))
            done = end
        return last


def _with_tolling(
    clock: Clock, chosen: Limitation, history: CountHistory, offense: date, on: int
) -> Clock:
    sure, maybe = _Still(), _Still()
    conditions: list[str] = []
    added: list[Added] = []
    entries: list[int] = list(clock.entries)
    for tolling in chosen.tolling:
        spans = _times(tolling, history, on)
        cap = None if tolling.cap is None else _after(offense, tolling.cap)
        for begin, end, entry in spans:
            maybe.spans.append((begin, end, cap))
            if not tolling.conditions:
                sure.spans.append((begin, end, cap))
            first, last = in_words(begin), in_words(end)
            said = (
                say("From {first} to {last} the clock stood still.", first=first, last=last)
                if not tolling.conditions
                else say(
                    "From {first} to {last} the clock may have stood still.", first=first, last=last
                )
            )
            added.append(Added(tolling, said, begin, entry, not tolling.conditions))
            entries.append(entry)
        if not spans or tolling.conditions:
            conditions += _condition(tolling, bool(spans), history)
    moved = replace(
        clock,
        earliest=None if clock.earliest is None else sure.extend(clock.earliest, offense),
        latest=None if clock.latest is None else sure.extend(clock.latest, offense),
        possible=None if clock.latest is None else maybe.extend(clock.latest, offense),
        conditions=tuple(conditions),
        added=tuple(added),
        entries=tuple(dict.fromkeys(entries)),
    )
    if moved.earliest != clock.earliest and moved.earliest is not None:
        told = joined(one.sentence for one in added if one.sure)
        working = say(
            "{working} {told} The last day moves to {in_words}.",
            working=clock.working,
            told=told,
            in_words=in_words(moved.earliest),
        )
        return replace(moved, working=working)
    return moved


def _after(start: date, period: Period) -> date:
    months = {"years": 12, "months": 1}.get(period.unit)
    if months is not None:
        total = start.year * 12 + start.month - 1 + period.n * months
        year, month = divmod(total, 12)
        for day in range(start.day, 27, -1):
            try:
                return date(year, month + 1, day)
            except ValueError:
                continue
        return date(year, month + 1, start.day)
    return start + timedelta(days=period.n * (7 if period.unit == "weeks" else 1))


def _condition(tolling: Tolling, on_record: bool, history: CountHistory) -> list[str]:  # noqa: FBT001
    """What would move the date by this tolling; nothing where what it begins with is not on the docket."""
    if tolling.from_event and not tolling.status and not on_record:
        return []
    said = [say("The last day can move. {says}", says=tolling.says)]
    if not on_record and tolling.status:
        where = history.defendant or say("the accused")
        said.append(say("No such time is on record for {where}.", where=where))
    if tolling.conditions:
        said.append(say("It asks that {conditions}.", conditions="; ".join(tolling.conditions)))
    return [say("{said} ({cite})", said=joined(said), cite=tolling.cite)]


def _times(tolling: Tolling, history: CountHistory, on: int) -> list[tuple[date, date, int]]:
    """The times on record: from the day that is sure to the day that is sure."""
    found: list[tuple[date, date, int]] = []
    today = day_of(on)
    for span in history.status:
        if span.status in tolling.status and span.last <= on:
            end = today if span.until_first is None else min(today, day_of(span.until_first))
            begin = day_of(span.first if span.first == span.last else _sure(span.first, span.last))
            if end > begin:
                found.append((begin, end, span.entry))
    if tolling.from_event:
        events = sorted((*history.events, *history.carried), key=lambda one: one.ord)
        found += list(_between(events, tolling.from_event, tolling.to_event, on))
    return found


def _sure(first: int, last: int) -> int:
    """The first moment of a whole day; the last day of a longer stretch."""
    return first if day_of(first) == day_of(last) else last


def _between(
    events: Iterable[DocketEvent], begin: str, end: str, on: int
) -> Iterable[tuple[date, date, int]]:
    start: DocketEvent | None = None
    for event in events:
        if event.last > on:
            continue
        if event.event == begin and start is None:
            start = event
        elif event.event == end and start is not None:
            yield day_of(start.last), day_of(event.first), start.entry
            start = None
    if start is not None:
        yield day_of(start.last), day_of(on), start.entry
