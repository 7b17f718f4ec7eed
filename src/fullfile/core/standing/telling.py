"""The sentence of an answer: what is on record, what follows, and what a reader must know besides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fullfile.core.docket.contradictions import (
    ending_words,
    event_words,
    same_day,
    unknown_events,
    when,
)
from fullfile.core.docket.ends import CONVICTIONS, ENDINGS, REOPENINGS
from fullfile.core.docket.histories import DocketEvent
from fullfile.core.facts.dates import date_words, join
from fullfile.core.ids import day_of
from fullfile.core.said import capital, joined, say, word
from fullfile.core.standing.answer import Link
from fullfile.core.standing.clock import in_words
from fullfile.core.standing.findings import (
    charged_at,
)
from fullfile.core.standing.question import CONVICTED, Question

__all__ = ["Verdict", "bare", "barred_words", "closing", "follow_words", "notes", "open_words"]


@dataclass(slots=True)
class Verdict:
    """An answer in the making."""

    answer: str
    until: date | None = None
    conditions: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    barred_by: tuple[int, ...] = ()


def barred_words(q: Question, ended: DocketEvent) -> str:
    """That the count cannot be charged again, with the appeal beside it."""
    who = capital(q.who())
    if ended.event in CONVICTED:
        barred = say(
            "{who} has been convicted of it and cannot be charged with it a second time", who=who
        )
    else:
        barred = say("{who} cannot be charged with it again", who=who)
    words: str = barred
    if q.pack is not None:
        words = joined((words, say("under the law of {place}", place=q.pack.name)))
    if q.appeal is not None and q.appeal.condition and q.appeal.words:
        words = joined((words, say("unless an appeal undoes that")), ", ")
    more: str = ""
    if q.appeal is not None:
        more = q.appeal.words
        if not more and ended.event not in CONVICTED and q.pack is not None:
            more = say(
                "The pack {pack} names no appeal of {state} from it.",
                pack=q.pack.id,
                state=word(q.pack.state_name),
            )
    return joined((say("{said}.", said=words), more))


def open_words(q: Question, last: date | None, *, conditional: bool) -> str:
    """That the count can be charged again, and until when."""
    begun = q.ended is not None and q.ended.event not in ENDINGS
    words = say("It can be tried again") if begun else say("It can be charged again")
    if conditional:
        words = say("{again} only on the conditions named", again=words)
    if last is not None and conditional:
        return say("{again}, and only until {day}.", again=words, day=in_words(last))
    if last is not None:
        return say("{again} until {day}.", again=words, day=in_words(last))
    if q.clock.unlimited:
        return say("{again}; no limitation applies to it.", again=words)
    return say("{again}; the ruling itself names no last day.", again=words)


def closing(q: Question, verdict: Verdict, windows: tuple[str, ...]) -> list[str]:
    """Limitation, another sovereign and windows, beside every answer that judges."""
    found: list[str] = []
    if q.pack is not None and q.ended is not None and verdict.answer != "unclear":
        clock = q.clock
        named = clock.earliest is not None and in_words(clock.earliest) in " ".join(verdict.words)
        if clock.unlimited and not any("no limitation" in one for one in verdict.words):
            found.append(say("No limitation applies to the offence."))
        elif clock.earliest is not None and not named:
            found.append(
                say(
                    "The time to bring a charge for it, by itself, runs to {in_words}.",
                    in_words=in_words(clock.earliest),
                )
            )
        elif clock.earliest is None and not clock.unlimited and verdict.answer == "barred":
            found.append(say("Until when a charge for it may be brought, by itself, is not known."))
        if verdict.answer != "barred" and q.appeal is not None and q.appeal.words:
            found.append(q.appeal.words)
    if q.pack is not None and verdict.answer == "barred":
        law = q.pack.other_sovereign
        if law is not None:
            found.append(law.says)
    if windows and verdict.answer == "barred":
        found.append(
            say(
                "Windows for a new trial or an appeal after the conviction: {windows}.",
                windows=joined(windows, "; "),
            )
        )
    return found


def follow_words(q: Question) -> str:
    """What would follow from each ending, in one sentence."""
    groups: dict[str, list[str]] = {}
    for one in q.if_ended():
        if one.event in ENDINGS or one.event in ("mistrial", "hung_jury"):
            groups.setdefault(one.answer, []).append(ending_words(one.event))
    parts = []
    for answer, words in (
        ("barred", say("would bar another charge")),
        ("open", say("would leave it open to be charged again")),
        ("conditional", say("would leave it open only on conditions")),
        ("unclear", say("would leave it unclear")),
    ):
        if groups.get(answer):
            parts.append(joined((join(groups[answer]), words)))
    if not parts:
        return ""
    last = ""
    if q.clock.earliest is not None:
        day = in_words(q.clock.earliest)
        last = (
            say("The time to bring a charge for it runs to {day}.", day=day)
            if day_of(q.on) <= q.clock.earliest
            else say("The time to bring a charge for it ran to {day}.", day=day)
        )
    return joined((say("As things stand, {endings}.", endings=joined(parts, "; ")), last))


def notes(q: Question, verdict: Verdict) -> list[str]:
    """What a reader must know besides: orders not on record, unknown words, other accounts."""
    found: list[str] = []
    if q.attached.note:
        found.append(q.attached.note)
    if q.ended is not None:
        found += _order_notes(q, q.ended)
        others = [
            one
            for one in q.history.events
            if one.event == q.ended.event
            and one.source != q.ended.source
            and one.said != q.ended.said
        ]
        found += [
            say(
                "Another account ({source}) dates {event_words} {date_words}.",
                source=one.source,
                event_words=event_words(one.event),
                date_words=date_words(one.said, one.first),
            )
            for one in others
        ]
        if q.history.unnamed:
            said = join([say("count {count}", count=one.count) for one in q.history.unnamed])
            found.append(
                say("The docket also names an ending of {said}, which nobody recorded.", said=said)
            )
        later = [
            one
            for one in q.matter
            if one.case != q.history.case and (charged_at(one) or 0) > q.ended.last and not q.bars
        ]
        found += [
            say("It was charged again in {case_number}.", case_number=one.case_number)
            for one in later
        ]
    else:
        found += _reopened_notes(q)
    known = () if q.pack is None else [one.id for one in q.pack.docket_events]
    unknown = unknown_events(q.history, known)
    if unknown:
        said = join(
            sorted({say("“{event}” ({when})", event=one.event, when=when(one)) for one in unknown})
        )
        found.append(
            say(
                "The docket also has {said}, which no pack knows: what it does to the count is not known.",
                said=said,
            )
        )
    if q.history.override and "opened in spite" not in " ".join(verdict.words):
        found.append(
            say(
                "The count names a ruling that it was opened in spite of: “{override}”.",
                override=q.history.override,
            )
        )
    return found


def _reopened_notes(q: Question) -> list[str]:
    """A count that is open again, by an event of the same day as an ending."""
    return [
        say(
            "The docket has “{event}” on the same day as {event_words}; which came first is not on "
            "record.",
            event=word(one.event.replace("_", " ")),
            event_words=event_words(end.event),
        )
        for one in q.history.events
        for end in q.history.events
        if one.event in REOPENINGS and end.event in ENDINGS and same_day(one, end)
    ]


def _order_notes(q: Question, ended: DocketEvent) -> list[str]:
    found: list[str] = []
    for one in q.history.events:
        if one.entry == ended.entry or not same_day(one, ended):
            continue
        if {one.event, ended.event} <= CONVICTIONS:
            continue  # a plea and the conviction on it
        ends = one.event in ENDINGS and one.event != ended.event and not one.shared
        if one.event in REOPENINGS or ends:
            found.append(
                say(
                    "The docket has “{event}” on the same day as {event_words}; which came first is not on "
                    "record.",
                    event=word(one.event.replace("_", " ")),
                    event_words=event_words(ended.event),
                )
            )
    return found


def bare(fact: str, *events: DocketEvent) -> Link:
    """A fact without a rule."""
    entries = tuple(one.entry for one in events)
    on = events[0].said or None if events else None
    return Link(fact, on, entry=entries[0] if entries else None, entries=entries)
