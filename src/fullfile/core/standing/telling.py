"""The sentence of an answer: what is on record, what follows, and what a reader must know besides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fullfile.core.docket.contradictions import (
    event_words,
    same_day,
    unknown_events,
    when,
)
from fullfile.core.docket.ends import CONVICTIONS, ENDINGS, REOPENINGS
from fullfile.core.docket.histories import DocketEvent
from fullfile.core.facts.dates import date_words, join
from fullfile.core.ids import day_of
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
    place = f" under the law of {q.pack.name}" if q.pack is not None else ""
    who = f"{q.who()[:1].upper()}{q.who()[1:]}"
    if ended.event in CONVICTED:
        words = (
            f"{who} has been convicted of it and cannot be charged with it a second time{place}."
        )
    else:
        words = f"{who} cannot be charged with it again{place}."
    if q.appeal is not None:
        if q.appeal.condition and q.appeal.words:
            words = f"{words[:-1]}, unless an appeal undoes that."
        if q.appeal.words:
            words += f" {q.appeal.words}"
        elif ended.event not in CONVICTED and q.pack is not None:
            words += f" The pack {q.pack.id} names no appeal of {q.pack.state_name} from it."
    return words


def open_words(q: Question, last: date | None, *, conditional: bool) -> str:
    """That the count can be charged again, and until when."""
    begun = q.ended is not None and q.ended.event not in ENDINGS
    words = "It can be tried again" if begun else "It can be charged again"
    if conditional:
        words += " only on the conditions named"
    if last is not None:
        join_ = ", and only" if conditional else ""
        return f"{words}{join_} until {in_words(last)}."
    if q.clock.unlimited:
        return f"{words}; no limitation applies to it."
    return f"{words}; the ruling itself names no last day."


def closing(q: Question, verdict: Verdict, windows: tuple[str, ...]) -> list[str]:
    """Limitation, another sovereign and windows, beside every answer that judges."""
    found = []
    if q.pack is not None and q.ended is not None and verdict.answer != "unclear":
        clock = q.clock
        named = clock.earliest is not None and in_words(clock.earliest) in " ".join(verdict.words)
        if clock.unlimited and not any("no limitation" in one for one in verdict.words):
            found.append("No limitation applies to the offence.")
        elif clock.earliest is not None and not named:
            found.append(
                f"The time to bring a charge for it, by itself, runs to {in_words(clock.earliest)}."
            )
        elif clock.earliest is None and not clock.unlimited and verdict.answer == "barred":
            found.append("Until when a charge for it may be brought, by itself, is not known.")
        if verdict.answer != "barred" and q.appeal is not None and q.appeal.words:
            found.append(q.appeal.words)
    if q.pack is not None and verdict.answer == "barred":
        law = q.pack.other_sovereign
        if law is not None:
            found.append(law.says)
    if windows and verdict.answer == "barred":
        found.append(
            f"Windows for a new trial or an appeal after the conviction: {'; '.join(windows)}."
        )
    return found


def follow_words(q: Question) -> str:
    """What would follow from each ending, in one sentence."""
    groups: dict[str, list[str]] = {}
    for one in q.if_ended():
        if one.event in ENDINGS or one.event in ("mistrial", "hung_jury"):
            groups.setdefault(one.answer, []).append(event_words(one.event).removeprefix("the "))
    parts = []
    for answer, words in (
        ("barred", "would bar another charge"),
        ("open", "would leave it open to be charged again"),
        ("conditional", "would leave it open only on conditions"),
        ("unclear", "would leave it unclear"),
    ):
        if groups.get(answer):
            parts.append(f"{join([_article(word) for word in groups[answer]])} {words}")
    if not parts:
        return ""
    last = ""
    if q.clock.earliest is not None:
        runs = _runs(q, q.clock.earliest)
        last = f" The time to bring a charge for it {runs} to {in_words(q.clock.earliest)}."
    text = "; ".join(parts)
    return f"As things stand, {text}.{last}"


def notes(q: Question, verdict: Verdict) -> list[str]:
    """What a reader must know besides: orders not on record, unknown words, other accounts."""
    found = []
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
            f"Another account ({one.source}) dates {event_words(one.event)} "
            f"{date_words(one.said, one.first)}."
            for one in others
        ]
        if q.history.unnamed:
            said = join([f"count {one.count}" for one in q.history.unnamed])
            found.append(f"The docket also names an ending of {said}, which nobody recorded.")
        later = [
            one
            for one in q.matter
            if one.case != q.history.case and (charged_at(one) or 0) > q.ended.last and not q.bars
        ]
        found += [f"It was charged again in {one.case_number}." for one in later]
    else:
        found += _reopened_notes(q)
    known = () if q.pack is None else [one.id for one in q.pack.docket_events]
    unknown = unknown_events(q.history, known)
    if unknown:
        said = join(sorted({f"“{one.event}” ({when(one)})" for one in unknown}))
        found.append(
            f"The docket also has {said}, which no pack knows: what it does to the count is not known."
        )
    if q.history.override and "opened in spite" not in " ".join(verdict.words):
        found.append(
            f"The count names a ruling that it was opened in spite of: “{q.history.override}”."
        )
    return found


def _reopened_notes(q: Question) -> list[str]:
    """A count that is open again, by an event of the same day as an ending."""
    return [
        f"The docket has “{one.event.replace('_', ' ')}” on the same day as {event_words(end.event)}; "
        "which came first is not on record."
        for one in q.history.events
        for end in q.history.events
        if one.event in REOPENINGS and end.event in ENDINGS and same_day(one, end)
    ]


def _order_notes(q: Question, ended: DocketEvent) -> list[str]:
    found = []
    for one in q.history.events:
        if one.entry == ended.entry or not same_day(one, ended):
            continue
        if {one.event, ended.event} <= CONVICTIONS:
            continue  # a plea and the conviction on it
        ends = one.event in ENDINGS and one.event != ended.event and not one.shared
        if one.event in REOPENINGS or ends:
            found.append(
                f"The docket has “{one.event.replace('_', ' ')}” on the same day as "
                f"{event_words(ended.event)}; which came first is not on record."
            )
    return found


def _runs(q: Question, last: date) -> str:
    return "runs" if day_of(q.on) <= last else "ran"


def _article(word: str) -> str:
    if word.startswith(("jury", "“")):
        return f"the {word}" if word.startswith("jury") else word
    return f"{'an' if word[:1] in 'aeiou' else 'a'} {word}"


def bare(fact: str, *events: DocketEvent) -> Link:
    """A fact without a rule."""
    entries = tuple(one.entry for one in events)
    on = events[0].said or None if events else None
    return Link(fact, on, entry=entries[0] if entries else None, entries=entries)
