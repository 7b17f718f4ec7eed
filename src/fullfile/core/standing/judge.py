"""Can this count be charged (again)? One history, one pack, one moment: one answer with its chain.

The order of the questions: what contradicts itself is unclear; without a pack it is unclear; a count
that nothing ended is pending, unless a ruling on the same offence barred it before it was charged;
else the ruling that ended it picks the pack's statement, and appeal, limitation, earlier
dismissals and rulings elsewhere in the matter say what becomes of it.

What this does not do: it reads no record (`of_case`), and it never says that a charge can or cannot be
brought without jeopardy, the limitation date and the appeal beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from fullfile.core.docket.contradictions import (
    event_words,
    ruled_words,
    when,
)
from fullfile.core.docket.ends import REOPENINGS
from fullfile.core.docket.histories import CountHistory, DocketEvent
from fullfile.core.facts.dates import join
from fullfile.core.ids import DAY_MS, midnight
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.packs import Pack
from fullfile.core.said import joined, say
from fullfile.core.standing.answer import Link, Standing
from fullfile.core.standing.elsewhere import (
    bar_before_charge,
    bar_of_matter,
    barred_by_number,
    barred_elsewhere,
    foreign_bars,
    foreign_verdict,
)
from fullfile.core.standing.findings import (
    CHARGES,
    choose_ruling,
)
from fullfile.core.standing.links import (
    charged_late,
    find_six,
    find_windows,
    make_chain,
    ruling_link,
)
from fullfile.core.standing.question import CONVICTED, Question
from fullfile.core.standing.telling import Verdict, bare, barred_words, closing, follow_words, notes
from fullfile.core.standing.timing import weigh_time

__all__ = ["judge"]


def judge(
    history: CountHistory,
    pack: Pack | None,
    calendars: Mapping[str, Calendar],
    on: date | int,
) -> Standing:
    """Whether a count can be charged (again), as of a moment.

    Args:
        history: the count and its docket (`fullfile.core.docket.histories`).
        pack: the law of its jurisdiction; None where the office has adopted none.
        calendars: court calendars by id.
        on: a day (its end is meant) or a moment on the court's clock (ms).
    """
    moment = on if isinstance(on, int) else midnight(on) + DAY_MS - 1
    return _answer(Question(_until(history, moment), pack, calendars, moment))


def _until(history: CountHistory, moment: int) -> CountHistory:
    """The history as far as it had happened."""
    return replace(
        history,
        events=tuple(sorted((e for e in history.events if e.last <= moment), key=lambda e: e.ord)),
        carried=tuple(e for e in history.carried if e.last <= moment),
        unnamed=tuple(e for e in history.unnamed if e.last <= moment),
        status=tuple(span for span in history.status if span.last <= moment),
        elsewhere=tuple(_until(one, moment) for one in history.elsewhere),
    )


def _answer(q: Question) -> Standing:
    """Judge, and put sentence, six facts and chain together."""
    verdict = _verdict(q)
    six = find_six(q)
    besides = notes(q, verdict)
    chain = make_chain(q, verdict, six)
    windows, window_links = find_windows(q)
    history = q.history
    sentence = joined((*verdict.words, *closing(q, verdict, windows), *besides))
    links = (*chain, *window_links)
    return Standing(
        case_number=history.case_number,
        defendant=history.defendant,
        count=history.count,
        offense=history.offense,
        answer=verdict.answer,
        until=None if verdict.until is None else verdict.until.isoformat(),
        conditions=tuple(dict.fromkeys(verdict.conditions)),
        sentence=sentence,
        chain=links,
        six=six,
        if_ended=q.if_ended() if verdict.answer == "pending" else (),
        lacks=tuple(dict.fromkeys(verdict.lacks)),
        contradictions=q.contradictions,
        override=history.override,
        jurisdiction=history.jurisdiction if q.pack is None else q.pack.id,
        pack_version="" if q.pack is None else q.pack.version,
        not_legal_advice="" if q.pack is None else " ".join(q.pack.not_legal_advice.split()),
        entries=tuple(
            sorted({*history.entries, *(entry for link in links for entry in link.entries)})
        ),
        barred_by=verdict.barred_by if verdict.answer == "barred" else (),
        windows=windows,
    )


def _verdict(q: Question) -> Verdict:
    pack = q.pack
    if q.contradictions:
        return _contradicted(q)
    if pack is None:
        where = q.history.jurisdiction or say("its jurisdiction")
        lack = say("a pack for {where}: the office has adopted none", where=where)
        return Verdict(
            "unclear",
            lacks=[lack],
            words=[
                (
                    say(
                        "{told} Whether it can be charged again is not known, because the office has adopted no "
                        "pack for {where}.",
                        told=q.told(),
                        where=where,
                    )
                )
            ],
        )
    if q.ended is None:
        return _not_ended(q, pack)
    return _ended(q, pack, q.ended)


def _contradicted(q: Question) -> Verdict:
    said = joined(one.sentence for one in q.contradictions)
    return Verdict(
        "unclear",
        lacks=[say("a docket that does not contradict itself")],
        words=[
            (
                say(
                    "{label}: whether it can be charged again is unclear, because the docket contradicts "
                    "itself. {said}",
                    label=q.label(capital=True),
                    said=said,
                )
            )
        ],
        links=[
            Link(one.sentence, entry=one.entries[0] if one.entries else None, entries=one.entries)
            for one in q.contradictions
        ],
    )


def _not_ended(q: Question, pack: Pack) -> Verdict:
    bar = bar_before_charge(q)
    if bar is not None:
        return barred_elsewhere(q, pack, bar)
    if q.before.reached:
        return barred_by_number(q, pack, q.before)
    stray = q.history.unnamed
    if stray:
        said = join(
            [
                say(
                    "count {count}, {event_words} {when}",
                    count=one.count,
                    event_words=event_words(one.event),
                    when=when(one),
                )
                for one in stray
            ]
        )
        return Verdict(
            "unclear",
            lacks=[say("which count the docket means")],
            words=[
                (
                    say(
                        "{told} But the docket names an ending of a count that nobody recorded ({said}), so it "
                        "is unclear whether this count is meant.",
                        told=q.told(),
                        said=said,
                    )
                )
            ],
            links=[
                bare(say("The docket has {said}; no such count is on record.", said=said), *stray)
            ],
        )
    closed = [one for one in q.history.events if one.event == "closed"]
    if closed and not _began_after(q.history.events, closed[-1]):
        return Verdict(
            "unclear",
            lacks=[say("how the count ended")],
            words=[
                (
                    say(
                        "{told} The case was closed {when}, and how this count ended is not on record.",
                        told=q.told(),
                        when=when(closed[-1]),
                    )
                )
            ],
            links=[bare(say("The case was closed {when}.", when=when(closed[-1])), closed[-1])],
        )
    abroad = foreign_bars(q)
    if abroad:
        return foreign_verdict(q, pack, abroad)
    verdict = Verdict("pending", words=[q.told()])
    if q.attached.words and q.attached.event is not None:
        verdict.words.append(
            say(
                "Jeopardy attached with {event_words} {when}.",
                event_words=event_words(q.attached.event.event),
                when=when(q.attached.event),
            )
        )
    elif q.attached.words:
        verdict.words.append(
            say("Nothing on the docket shows that jeopardy has attached.")
            if not q.attached.doubtful
            else say("A trial has started; whether jeopardy has attached is not on record.")
        )
    follow = follow_words(q)
    if follow:
        verdict.words.append(follow)
    late = charged_late(q)
    if late:
        verdict.conditions.append(late)
    for other in (bar for bar in q.bars if bar.history.case != q.history.case):
        verdict.conditions.append(
            say(
                "The same offence against {who} {ruled_words} {when} in {place}; whether it is the same "
                "act is for a lawyer.",
                who=q.who(),
                ruled_words=ruled_words(other.event.event),
                when=when(other.event),
                place=q.place(other),
            )
        )
    return verdict


def _ended(q: Question, pack: Pack, ended: DocketEvent) -> Verdict:
    ruling = q.ruling
    told = q.told()
    if ruling is None:
        return _no_ruling(q, pack, ended, told)
    if q.attached.doubtful:
        after = choose_ruling(pack, ended.event, attached=True)
        if after is not None and after.answer != ruling.answer:
            lack = say(
                "whether jeopardy had attached: a trial had started, and its swearing-in is not on record"
            )
            return Verdict(
                "unclear",
                lacks=[lack],
                words=[say("{told} What that does turns on {lack}.", told=told, lack=lack)],
                links=[ruling_link(q, ended, ruling)],
            )
    verdict = Verdict(ruling.answer, words=[told], links=[ruling_link(q, ended, ruling)])
    verdict.conditions += ruling.conditions
    if ruling.answer == "barred":
        verdict.barred_by = (ended.entry,)
        verdict.words.append(barred_words(q, ended))
        if q.appeal is not None and q.appeal.condition:
            verdict.conditions.insert(0, q.appeal.condition)
        return verdict
    bar = bar_of_matter(q)
    if bar is not None:
        found = barred_elsewhere(q, pack, bar)
        found.links[:0] = verdict.links
        return found
    if q.earlier.reached:
        found = barred_by_number(q, pack, q.earlier)
        found.links[:0] = verdict.links
        return found
    if ruling.answer == "unclear":
        verdict.lacks.append(say("what the law makes of it: {says}", says=ruling.says))
        verdict.words.append(
            say("What that does to the count is unclear: {says}", says=ruling.says)
        )
        return verdict
    if q.earlier.unclear:
        verdict.answer = "unclear"
        verdict.lacks.append(
            say("the grade of the offence, on which the number of dismissals depends")
        )
        verdict.words.append(
            say("Whether so many dismissals bar it turns on its grade, which is not on record.")
        )
        return verdict
    abroad = foreign_bars(q)
    if abroad:
        return foreign_verdict(q, pack, abroad)
    return weigh_time(q, pack, ended, ruling, verdict)


def _no_ruling(q: Question, pack: Pack, ended: DocketEvent, told: str) -> Verdict:
    if ended.event in CONVICTED:
        verdict = Verdict("barred", words=[told], barred_by=(ended.entry,))
        verdict.words.append(barred_words(q, ended))
        verdict.links.append(
            bare(
                say(
                    "The count {ruled_words} {when}.",
                    ruled_words=ruled_words(ended.event),
                    when=when(ended),
                ),
                ended,
            )
        )
        return verdict
    bar = bar_of_matter(q)
    if bar is not None:
        return barred_elsewhere(q, pack, bar)
    lack = say(
        "what {event_words} does to a count: the pack {id} does not say",
        event_words=event_words(ended.event),
        id=pack.id,
    )
    return Verdict(
        "unclear",
        lacks=[lack],
        words=[
            say(
                "{told} The pack {id} does not say what that does to the count.",
                told=told,
                id=pack.id,
            )
        ],
        links=[
            bare(
                say(
                    "The count {ruled_words} {when}.",
                    ruled_words=ruled_words(ended.event),
                    when=when(ended),
                ),
                ended,
            )
        ],
    )


def _began_after(events: Sequence[DocketEvent], closed: DocketEvent) -> bool:
    return any(
        one.ord > closed.ord and (one.event in REOPENINGS or one.event in CHARGES) for one in events
    )
