"""The facts of a standing that need no sum, each found by itself.

What ended a count, jeopardy, the ruling's effect, another sovereign, earlier dismissals. What is not
on record is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fullfile.core.docket.contradictions import event_words, same_day, when
from fullfile.core.docket.ends import ENDINGS, REOPENINGS
from fullfile.core.docket.histories import FINAL, VERDICTS, CountHistory, DocketEvent
from fullfile.core.facts.dates import join
from fullfile.core.ids import DAY_MS, key
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Ruling
from fullfile.core.said import capital, joined, say, word
from fullfile.core.standing.answer import Finding

__all__ = [
    "BEGINS",
    "CHARGES",
    "Attached",
    "Earlier",
    "attachment",
    "charged_at",
    "choose_ruling",
    "earlier_dismissals",
    "effect_of",
    "find_decisive",
    "other_sovereign",
    "words_of_pack",
]

CHARGES = frozenset({"complaint", "indictment", "information", "superseded"})
"""The charging papers."""
BEGINS = CHARGES | {"trial_started", "jury_sworn", "first_witness_sworn"}
"""After a trial that ended without a verdict: what shows that the next one has begun."""
_IMPLIES_TRIAL = frozenset({"acquitted", "convicted", "hung_jury", "mistrial"})
_DISMISSALS = frozenset(
    {"dismissed_with_prejudice", "dismissed_without_prejudice", "nolle_prosequi"}
)
_NO_CONTEST = "plea_no_contest"
_EFFECT = {
    "dismissed_with_prejudice": say("The ruling says that it was made with prejudice."),
    "dismissed_without_prejudice": say("The ruling says that it was made without prejudice."),
    "nolle_prosequi": say(
        "The prosecution dropped the count; the docket does not say with or without prejudice."
    ),
    "stayed": say("The count was stayed; the docket does not say with or without prejudice."),
    "acquitted": say("A verdict, or a ruling that counts as one: acquitted."),
    "convicted": say("A verdict: convicted."),
    "plea_guilty": say("A plea of guilty."),
    "plea_no_contest": say("A plea of no contest, and a sentence on it."),
}


def words_of_pack(pack: Pack) -> frozenset[str]:
    """The events beside the endings on which the pack has a ruling."""
    return frozenset(ruling.event for ruling in pack.rulings) - ENDINGS


def find_decisive(events: Sequence[DocketEvent], also: frozenset[str]) -> DocketEvent | None:
    """The event that decides about a count: its last ending after its last re-opening.

    A mistrial, a reversal and the like (`also`: the pack has a ruling on them) decide where they
    are the last word. A dismissal of what was left says nothing about a count that had its verdict.
    """
    current: DocketEvent | None = None
    plea: DocketEvent | None = None
    for event in events:
        word = event.event
        if word == "refiled" and current is not None and current.event in FINAL:
            continue  # that the prosecution files again takes no bar away
        if word in REOPENINGS:
            current = event if word in also else None
            plea = None
        elif word in ENDINGS:
            if (
                current is None
                or current.event not in ENDINGS
                or (current.event not in FINAL and not event.shared)
            ):
                current = event
        elif word == _NO_CONTEST:
            plea = event
        elif word in ("sentenced", "judgment") and plea is not None and current is None:
            current = plea
        elif word in also and (current is None or current.event not in ENDINGS):
            jury = current is not None and current.event == "hung_jury" and word == "mistrial"
            if not (jury and current is not None and same_day(current, event)):
                current = event
        elif (
            word in BEGINS
            and current is not None
            and current.event not in ENDINGS
            and current.event != _NO_CONTEST
            and event.first // DAY_MS > current.last // DAY_MS
        ):
            current = None
    return current


def choose_ruling(pack: Pack, event: str, *, attached: bool) -> Ruling | None:
    """What the pack says of an event at a stage; a statement for the stage comes before one for any."""
    stage = "after_jeopardy" if attached else "before_jeopardy"
    fitting = [one for one in pack.rulings if one.event == event and one.stage in (stage, "any")]
    return min(fitting, key=lambda one: one.stage == "any", default=None)


@dataclass(frozen=True, slots=True)
class Attached:
    """Whether jeopardy had attached when something happened.

    Attributes:
        attached: whether an event says so (or a verdict or mistrial implies it).
        event: that event.
        note: where the order of two events of one day is not on record.
        doubtful: a trial had started, and no event says that jeopardy attached.
        words: for the paragraph; empty where the pack does not say.
        finding: as one of the six facts.
    """

    attached: bool
    event: DocketEvent | None
    note: str
    doubtful: bool
    words: str
    finding: Finding


def attachment(
    events: Sequence[DocketEvent], pack: Pack | None, ended: DocketEvent | None
) -> Attached:
    """Jeopardy, as far as the docket shows: by the day of the ruling, or by now."""
    if pack is None or pack.jeopardy is None:
        why = (
            say("no pack is adopted")
            if pack is None
            else say("the pack {id} does not say it", id=pack.id)
        )
        finding = Finding(say("When jeopardy attaches is unknown: {why}.", why=why), known=False)
        return Attached(
            attached=False, event=None, note="", doubtful=False, words="", finding=finding
        )
    law = pack.jeopardy
    words = (*law.jury, *law.bench, *law.plea)
    until = None if ended is None else ended.last // DAY_MS
    found = next(
        (
            one
            for one in events
            if one.event in words and (until is None or one.first // DAY_MS <= until)
        ),
        None,
    )
    rule = f"{pack.id}:{law.cite}"
    if (
        found is not None
        and ended is not None
        and not (found.whole_day or ended.whole_day)
        and found.first > ended.first
    ):
        found = None
    if found is not None:
        return _attached(found, ended, rule, law.check, law.says, verdict=law.verdict_based)
    if ended is not None and ended.event in _IMPLIES_TRIAL and not law.verdict_based:
        state = say(
            "Jeopardy attached: {event_words} {when} shows that there was a trial; when it attached "
            "is not on record. {says}",
            event_words=event_words(ended.event),
            when=when(ended),
            says=law.says,
        )
        finding = Finding(
            state, rule=rule, check=law.check, provision="jeopardy", entries=(ended.entry,)
        )
        return Attached(
            attached=True,
            event=ended,
            note="",
            doubtful=False,
            words="" if ended.event in VERDICTS else say("after jeopardy had attached"),
            finding=finding,
        )
    started = any(one.event == "trial_started" for one in events)
    missing = join(sorted({event_words(word) for word in words})) or say("nothing the pack names")
    state = say("Nothing on the docket shows that jeopardy has attached. {says}", says=law.says)
    if started:
        state = say(
            "Unknown: a trial had started, and none of these is on the docket: {missing}. {says}",
            missing=missing,
            says=law.says,
        )
    finding = Finding(state, known=not started, rule=rule, check=law.check, provision="jeopardy")
    told: str = say("before jeopardy had attached, as far as the docket shows")
    if law.verdict_based or (ended is not None and ended.event in VERDICTS):
        told = ""  # it adds nothing to a verdict
    elif started:
        told = say("whether jeopardy had attached is not on record")
    return Attached(
        attached=False, event=None, note="", doubtful=started, words=told, finding=finding
    )


def _attached(
    found: DocketEvent,
    ended: DocketEvent | None,
    rule: str,
    check: str,
    says: str,
    *,
    verdict: bool,
) -> Attached:
    note = ""
    matters = ended is not None and ended.event not in _IMPLIES_TRIAL | VERDICTS
    if matters and ended is not None and found.entry != ended.entry and same_day(found, ended):
        note = say(
            "{first} and {second} stand on one day, and their order is not on record.",
            first=capital(event_words(found.event)),
            second=event_words(ended.event),
        )
    if verdict:
        state: str = say(
            "What counts here is {event_words} {when}. {says}",
            event_words=event_words(found.event),
            when=when(found),
            says=says,
        )
        told = (
            ""
            if ended is None or ended.event in VERDICTS
            else say(
                "after {event_words} {when}", event_words=event_words(found.event), when=when(found)
            )
        )
    else:
        state = say(
            "Jeopardy attached with {event_words} {when}. {says}",
            event_words=event_words(found.event),
            when=when(found),
            says=says,
        )
        itself = ended is not None and found.entry == ended.entry
        told = (
            ""
            if itself
            else say(
                "after jeopardy had attached with {event_words} {when}",
                event_words=event_words(found.event),
                when=when(found),
            )
        )
    finding = Finding(
        joined((state, note)),
        on=found.said or None,
        rule=rule,
        check=check,
        provision="jeopardy",
        entries=(found.entry,),
    )
    return Attached(
        attached=True, event=found, note=note, doubtful=False, words=told, finding=finding
    )


def effect_of(ended: DocketEvent | None, ruling: Ruling | None, pack: Pack | None) -> Finding:
    """What the ruling says of its own effect."""
    if ended is None:
        return Finding(say("No ruling that ends the count is on record."))
    state: str = _EFFECT.get(
        ended.event,
        say(
            "The docket says “{event}”, and not with or without prejudice.",
            event=word(ended.event.replace("_", " ")),
        ),
    )
    known = ended.event not in ("nolle_prosequi", "stayed") and ended.event in _EFFECT
    if ended.detail:
        state = joined((state, say("In the docket's words: “{detail}”.", detail=ended.detail)))
    return Finding(
        state,
        known=known,
        on=ended.said or None,
        rule=None if ruling is None or pack is None else f"{pack.id}:{ruling.cite}",
        check=None if ruling is None else ruling.check,
        provision=None if ruling is None else ruling.id,
        entries=(ended.entry,),
    )


def charged_at(history: CountHistory) -> int | None:
    """When the count was charged (ms): as said, else the first charging paper, else the case's start."""
    if history.charged_first is not None:
        return history.charged_first
    paper = next((one.first for one in history.events if one.event in CHARGES), None)
    return paper if paper is not None else history.started


def other_sovereign(pack: Pack | None, elsewhere: Iterable[CountHistory]) -> Finding:
    """Whether a bar here binds another sovereign, and what is on record from one."""
    elsewhere = list(elsewhere)
    told = ""
    if elsewhere:
        named = join(sorted({f"{one.case_number} ({one.jurisdiction})" for one in elsewhere}))
        told = say("On record under another jurisdiction: {named}.", named=named)
    entries = tuple(dict.fromkeys(entry for one in elsewhere for entry in one.entries))
    if pack is None or pack.other_sovereign is None:
        who = (
            say("no pack is adopted")
            if pack is None
            else say("the pack {id} does not say it", id=pack.id)
        )
        return Finding(
            joined(
                (
                    say(
                        "Whether another sovereign may charge the same is unknown: {why}.", why=who
                    ),
                    told,
                )
            ),
            known=False,
            entries=entries,
        )
    law = pack.other_sovereign
    return Finding(
        joined((law.says, told)),
        rule=f"{pack.id}:{law.cite}",
        check=law.check,
        provision=law.id,
        entries=entries,
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """Earlier dismissals of the same offence.

    Attributes:
        events: the dismissals that count, the count's own included.
        reached: so many that the pack bars another charge.
        unclear: whether it bars depends on the grade, which is not known.
        number: how many bar; None where the pack has no such rule.
        finding: as one of the six facts.
    """

    events: tuple[DocketEvent, ...]
    reached: bool
    unclear: bool
    number: int | None
    finding: Finding


def earlier_dismissals(
    history: CountHistory, pack: Pack | None, ended: DocketEvent | None, before: int | None = None
) -> Earlier:
    """Dismissals of the same offence against the same defendant, here and in related cases.

    Args:
        history: the count.
        pack: the law.
        ended: what ended this count, which is no earlier one.
        before: only those before this moment (ms) are counted against the pack's number.
    """
    words = (
        _DISMISSALS
        if pack is None or pack.dismissals is None
        else _DISMISSALS | {*pack.dismissals.events}
    )
    every = [
        event
        for event in (*history.events, *(one for each in history.elsewhere for one in each.events))
        if event.event in words
    ]
    found = _one_account(every)
    earlier = [one for one in found if ended is None or one.entry != ended.entry]
    told = (
        say("None on record.")
        if not earlier
        else say(
            "{n} on record: {dismissals}.",
            n=len(earlier),
            dismissals=join(
                [
                    say(
                        "{case}, {event} {when}",
                        case=one.case_number,
                        event=event_words(one.event),
                        when=when(one),
                    )
                    for one in earlier
                ]
            ),
        )
    )
    if pack is None or pack.dismissals is None:
        rest = (
            ""
            if pack is None
            else say(" The pack {id} has no rule that so many dismissals bar.", id=pack.id)
        )
        finding = Finding(told + rest, entries=tuple(one.entry for one in earlier))
        return Earlier(tuple(found), reached=False, unclear=False, number=None, finding=finding)
    law = pack.dismissals
    counted = [
        one for one in found if one.event in law.events and (before is None or one.last < before)
    ]
    limits = {key(grade): number for grade, number in law.limits}
    grade = key(history.grade)
    number = limits.get(grade, limits.get("*")) if grade else max(limits.values(), default=None)
    least = min(limits.values(), default=None)
    reached = number is not None and len(counted) >= number
    unclear = not grade and not reached and least is not None and len(counted) >= least
    finding = Finding(
        joined(
            (
                told,
                law.says,
                say("Counted here: {n} of {number}.", n=len(counted), number=number)
                if number is not None
                else say("Counted here: {n}.", n=len(counted)),
            )
        ),
        known=bool(grade) or not unclear,
        rule=f"{pack.id}:{law.cite}",
        check=law.check,
        provision="dismissals",
        entries=tuple(one.entry for one in found),
    )
    return Earlier(tuple(counted), reached, unclear, number, finding)


def _one_account(events: Sequence[DocketEvent]) -> list[DocketEvent]:
    """One event once, however many rows and sources tell of it."""
    found: list[DocketEvent] = []
    for event in sorted(events, key=lambda one: one.ord):
        known = any(
            one.entry == event.entry
            or (
                one.event == event.event
                and one.case_number == event.case_number
                and (one.source != event.source or one.first // DAY_MS == event.first // DAY_MS)
            )
            for one in found
        )
        if not known:
            found.append(event)
    return found
