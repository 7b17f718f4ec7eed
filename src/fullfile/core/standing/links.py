"""The six facts and the chain of an answer, and the ways back to court after a conviction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from fullfile.core.docket.contradictions import (
    ruled_words,
    when,
)
from fullfile.core.docket.histories import DocketEvent
from fullfile.core.facts.dates import join
from fullfile.core.ids import day_of
from fullfile.core.rules.provisions import Ruling, Window
from fullfile.core.standing.answer import Finding, Link, Six
from fullfile.core.standing.appeal import count_rule, find_rule_by_id
from fullfile.core.standing.clock import in_words
from fullfile.core.standing.findings import (
    effect_of,
    other_sovereign,
)
from fullfile.core.standing.question import CONVICTED, Question
from fullfile.core.standing.telling import Verdict

__all__ = ["charged_late", "find_six", "find_windows", "make_chain", "ruling_link"]


def find_six(q: Question) -> Six:
    """The six facts, each by itself."""
    if q.appeal is not None:
        window = q.appeal.finding
    elif q.pack is None:
        window = Finding("Unknown: no pack is adopted.", known=False)
    else:
        window = Finding("No ruling from which the prosecution could appeal is on record.")
    return Six(
        jeopardy=q.attached.finding,
        prejudice=effect_of(q.ended, q.ruling, q.pack),
        limitation=_limitation(q),
        appeal_window=window,
        other_sovereign=other_sovereign(q.pack, q.abroad),
        earlier_dismissals=q.earlier.finding,
    )


def _limitation(q: Question) -> Finding:
    clock, pack = q.clock, q.pack
    if pack is None:
        return Finding("Unknown: no pack is adopted.", known=False)
    law = clock.provision
    rule = None if law is None else f"{pack.id}:{law.cite}"
    check = None if law is None else law.check
    provision = None if law is None else law.id
    moved = "" if not clock.conditions else " " + " ".join(clock.conditions)
    if clock.unlimited:
        state, known, day = (
            f"No limitation applies. {'' if law is None else law.says}".strip(),
            True,
            None,
        )
    elif clock.earliest is not None and not clock.lacks:
        day = clock.earliest
        state = f"The last day to bring a charge is {in_words(day)}. {_brought(q, day)}"
        told = _joined([one.sentence for one in clock.added])
        state, known = f"{state.strip()}{told}{moved}", True
    elif clock.earliest is not None and clock.latest is not None:
        day = clock.earliest
        state = (
            f"The last day to bring a charge lies between {in_words(day)} and {in_words(clock.latest)}; "
            f"what is lacking is {join(list(clock.lacks))}.{moved}"
        )
        known = False
    elif clock.earliest is not None:
        day = clock.earliest
        state = (
            f"The time to bring a charge runs at least to {in_words(day)}; what is lacking is "
            f"{join(list(clock.lacks))}.{moved}"
        )
        known = False
    else:
        late = "" if clock.latest is None else f" It is not later than {in_words(clock.latest)}."
        lacks = join(list(clock.lacks) or ["a limitation date"])
        state, known, day = f"Unknown: what is lacking is {lacks}.{late}{moved}", False, None
    return Finding(
        state,
        known,
        None if day is None else day.isoformat(),
        rule,
        check,
        provision,
        clock.entries,
        clock.working,
    )


def _brought(q: Question, last: date) -> str:
    """Whether the charge on record came in time."""
    charged = q.charge()
    if charged is None:
        return "When the charge was brought is not on record."
    day, words = charged
    return f"The charge was brought {words}, {'in time' if day <= last else 'after that day'}."


def charged_late(q: Question) -> str:
    """The condition that a charge came after the last day that can be counted; empty where it did not."""
    charge, clock = q.charge(), q.clock
    if charge is None or clock.latest is None or clock.provision is None:
        return ""
    day, words = charge
    if day <= clock.latest:
        return ""
    return (
        f"The charge was brought {words}, after {in_words(clock.latest)}, the last day that can be "
        f"counted ({clock.provision.cite})."
    )


def ruling_link(q: Question, ended: DocketEvent, ruling: Ruling) -> Link:
    """The ruling, with what the pack says of it."""
    pack_id = "" if q.pack is None else q.pack.id
    return Link(
        f"The count {ruled_words(ended.event)} {when(ended)}. {ruling.says}",
        ended.said or None,
        f"{pack_id}:{ruling.cite}",
        ruling.check,
        ended.entry,
        (ended.entry,),
        ruling.id,
        "ruling",
    )


def make_chain(q: Question, verdict: Verdict, six: Six) -> tuple[Link, ...]:
    """The chain: the count, the six facts, what moved a date, rulings elsewhere."""
    history = q.history
    charge = q.charge()
    words = "when is not on record" if charge is None else charge[1]
    entries = tuple(
        dict.fromkeys(entry for entry in (history.entry, *history.entries) if entry is not None)
    )
    on = history.charged_on or (None if charge is None else charge[0].isoformat())
    fact = f"{q.label(capital=True)}: charged {words}."
    count = Link(fact, on, entry=entries[0] if entries else None, entries=entries, name="count")
    named = dict(six.named())
    ruling = [link for link in verdict.links if link.name == "ruling"]
    others = [link for link in verdict.links if link.name != "ruling"]
    pack_id = "" if q.pack is None else q.pack.id
    stood = [
        Link(
            f"{one.sentence} {one.tolling.says}",
            one.on.isoformat(),
            f"{pack_id}:{one.tolling.cite}",
            one.tolling.check,
            one.entry,
            (one.entry,),
            one.tolling.id,
            "tolling",
        )
        for one in q.clock.added
    ]
    return (
        count,
        named["jeopardy"].link("jeopardy"),
        *ruling,
        replace(named["prejudice"].link("prejudice"), provision=None)
        if ruling
        else named["prejudice"].link("prejudice"),
        named["limitation"].link("limitation"),
        *stood,
        named["appeal_window"].link("appeal_window"),
        *(named[name].link(name) for name in ("other_sovereign", "earlier_dismissals")),
        *others,
    )


def find_windows(q: Question) -> tuple[tuple[str, ...], tuple[Link, ...]]:
    """Ways back to court after a conviction: each with its last day where it can be counted."""
    if q.pack is None or q.ended is None or q.ended.event not in CONVICTED:
        return (), ()
    words, links = [], []
    for window in q.pack.windows:
        ground = f"{window.ground[0].upper()}{window.ground[1:]}"
        rule = None if not window.rule else find_rule_by_id(q.pack, window.rule, day_of(q.on))
        if rule is None:
            links.append(_window_link(q, window, f"{ground}: {window.says}"))
            continue
        events = [one for one in q.history.events if one.event in rule.trigger_events]
        if not events:
            started = rule.trigger_words or "what starts it"
            fact = f"{ground}: its last day cannot be counted, because this is not on record: {started}."
            links.append(_window_link(q, window, f"{fact} {window.says}"))
            continue
        found = count_rule(q.pack, q.calendars, rule, day_of(events[-1].last))
        due = found.due.date() if isinstance(found.due, datetime) else found.due
        if due is None:
            lacks = join(list(found.lacks) or [f"a number of days in {rule.cite}"])
            fact = f"{ground}: its last day cannot be counted; what is lacking is {lacks}."
            links.append(_window_link(q, window, f"{fact} {window.says}"))
            continue
        runs = "runs" if day_of(q.on) <= due else "ran"
        words.append(f"{window.ground} {runs} to {in_words(due)}")
        fact = f"{ground}: the window {runs} to {in_words(due)}. {window.says}"
        link = _window_link(q, window, fact)
        links.append(
            replace(
                link,
                on=due.isoformat(),
                rule=rule.id,
                check=found.check,
                entry=events[-1].entry,
                entries=(events[-1].entry,),
                working=found.working,
            )
        )
    return tuple(words), tuple(links)


def _window_link(q: Question, window: Window, fact: str) -> Link:
    pack_id = "" if q.pack is None else q.pack.id
    return Link(
        fact,
        rule=f"{pack_id}:{window.cite}",
        check=window.check,
        provision=window.id,
        name="window",
    )


def _joined(sentences: Sequence[str]) -> str:
    return "".join(f" {one}" for one in sentences)
