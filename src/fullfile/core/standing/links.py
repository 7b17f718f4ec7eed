"""The six facts and the chain of an answer, and the ways back to court after a conviction."""

from __future__ import annotations

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
from fullfile.core.said import capital, joined, say
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
        window = Finding(say("Unknown: no pack is adopted."), known=False)
    else:
        window = Finding(say("No ruling from which the prosecution could appeal is on record."))
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
        return Finding(say("Unknown: no pack is adopted."), known=False)
    law = clock.provision
    rule = None if law is None else f"{pack.id}:{law.cite}"
    check = None if law is None else law.check
    provision = None if law is None else law.id
    moved = "" if not clock.conditions else " " + joined(clock.conditions)
    if clock.unlimited:
        state, known, day = (
            joined((say("No limitation applies."), "" if law is None else law.says)),
            True,
            None,
        )
    elif clock.earliest is not None and not clock.lacks:
        day = clock.earliest
        last = say("The last day to bring a charge is {day}.", day=in_words(day))
        told = [one.sentence for one in clock.added]
        state, known = joined((last, _brought(q, day), *told, *clock.conditions)), True
    elif clock.earliest is not None and clock.latest is not None:
        day = clock.earliest
        state = say(
            "The last day to bring a charge lies between {in_words} and {in_words_2}; what is "
            "lacking is {lacks}.{moved}",
            in_words=in_words(day),
            in_words_2=in_words(clock.latest),
            lacks=join(list(clock.lacks)),
            moved=moved,
        )
        known = False
    elif clock.earliest is not None:
        day = clock.earliest
        state = say(
            "The time to bring a charge runs at least to {in_words}; what is lacking is "
            "{lacks}.{moved}",
            in_words=in_words(day),
            lacks=join(list(clock.lacks)),
            moved=moved,
        )
        known = False
    else:
        late = (
            ""
            if clock.latest is None
            else say(" It is not later than {in_words}.", in_words=in_words(clock.latest))
        )
        lacks = join(list(clock.lacks) or [say("a limitation date")])
        state, known, day = (
            say(
                "Unknown: what is lacking is {lacks}.{late}{moved}",
                lacks=lacks,
                late=late,
                moved=moved,
            ),
            False,
            None,
        )
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
        return say("When the charge was brought is not on record.")
    day, words = charged
    return (
        say("The charge was brought {when}, in time.", when=words)
        if day <= last
        else say("The charge was brought {when}, after that day.", when=words)
    )


def charged_late(q: Question) -> str:
    """The condition that a charge came after the last day that can be counted; empty where it did not."""
    charge, clock = q.charge(), q.clock
    if charge is None or clock.latest is None or clock.provision is None:
        return ""
    day, words = charge
    if day <= clock.latest:
        return ""
    return say(
        "The charge was brought {words}, after {in_words}, the last day that can be counted "
        "({cite}).",
        words=words,
        in_words=in_words(clock.latest),
        cite=clock.provision.cite,
    )


def ruling_link(q: Question, ended: DocketEvent, ruling: Ruling) -> Link:
    """The ruling, with what the pack says of it."""
    pack_id = "" if q.pack is None else q.pack.id
    return Link(
        say(
            "The count {ruled_words} {when}. {says}",
            ruled_words=ruled_words(ended.event),
            when=when(ended),
            says=ruling.says,
        ),
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
    words = say("when is not on record") if charge is None else charge[1]
    entries = tuple(
        dict.fromkeys(entry for entry in (history.entry, *history.entries) if entry is not None)
    )
    on = history.charged_on or (None if charge is None else charge[0].isoformat())
    fact = say("{label}: charged {words}.", label=q.label(capital=True), words=words)
    count = Link(fact, on, entry=entries[0] if entries else None, entries=entries, name="count")
    named = dict(six.named())
    ruling = [link for link in verdict.links if link.name == "ruling"]
    others = [link for link in verdict.links if link.name != "ruling"]
    pack_id = "" if q.pack is None else q.pack.id
    stood = [
        Link(
            joined((one.sentence, one.tolling.says)),
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
        ground = capital(window.ground)
        rule = None if not window.rule else find_rule_by_id(q.pack, window.rule, day_of(q.on))
        if rule is None:
            links.append(
                _window_link(q, window, say("{ground}: {says}", ground=ground, says=window.says))
            )
            continue
        events = [one for one in q.history.events if one.event in rule.trigger_events]
        if not events:
            started = rule.trigger_words or say("what starts it")
            fact = say(
                "{ground}: its last day cannot be counted, because this is not on record: {started}.",
                ground=ground,
                started=started,
            )
            links.append(_window_link(q, window, joined((fact, window.says))))
            continue
        found = count_rule(q.pack, q.calendars, rule, day_of(events[-1].last))
        due = found.due.date() if isinstance(found.due, datetime) else found.due
        if due is None:
            lacks = join(list(found.lacks) or [say("a number of days in {cite}", cite=rule.cite)])
            fact = say(
                "{ground}: its last day cannot be counted; what is lacking is {lacks}.",
                ground=ground,
                lacks=lacks,
            )
            links.append(_window_link(q, window, joined((fact, window.says))))
            continue
        last = in_words(due)
        if day_of(q.on) <= due:
            words.append(say("{ground} runs to {day}", ground=window.ground, day=last))
            shown = say("{ground}: the window runs to {day}.", ground=ground, day=last)
        else:
            words.append(say("{ground} ran to {day}", ground=window.ground, day=last))
            shown = say("{ground}: the window ran to {day}.", ground=ground, day=last)
        link = _window_link(q, window, joined((shown, window.says)))
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
