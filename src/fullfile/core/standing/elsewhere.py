"""Rulings on the same offence elsewhere: another case of the matter, another sovereign, the number of them."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.docket.contradictions import (
    ruled_words,
    when,
)
from fullfile.core.docket.histories import CountHistory, DocketEvent
from fullfile.core.rules.packs import Pack
from fullfile.core.said import say
from fullfile.core.standing.answer import Link
from fullfile.core.standing.findings import (
    Earlier,
    charged_at,
    find_decisive,
)
from fullfile.core.standing.question import MATTER_BARS, Bar, Question
from fullfile.core.standing.telling import Verdict, bare

__all__ = [
    "bar_before_charge",
    "bar_of_matter",
    "barred_by_number",
    "barred_elsewhere",
    "foreign_bars",
    "foreign_verdict",
]


def bar_before_charge(q: Question) -> Bar | None:
    """The first ruling on the same offence that came before this count was charged."""
    charged = charged_at(q.history)
    if charged is None:
        return None
    return next((bar for bar in q.bars if bar.event.first < charged), None)


def bar_of_matter(q: Question) -> Bar | None:
    """A ruling that bars a count which has ended: of another case, or of this one before it was charged.

    Two counts of one case may name one offence and mean two acts.
    """
    abroad = (bar for bar in q.bars if bar.history.case != q.history.case)
    return next(abroad, None) or bar_before_charge(q)


def foreign_bars(q: Question) -> list[tuple[CountHistory, DocketEvent]]:
    """Rulings on the same offence under the law of another jurisdiction."""
    found = []
    for other in q.abroad:
        event = find_decisive(other.events, frozenset())
        if event is not None and event.event in MATTER_BARS:
            found.append((other, event))
    return found


def foreign_verdict(
    q: Question, pack: Pack, found: Sequence[tuple[CountHistory, DocketEvent]]
) -> Verdict:
    """An answer that turns on another sovereign, in the words of the pack."""
    verdict = Verdict("conditional", words=[q.told()])
    for other, event in found:
        said = say(
            "The same offence against {who} {ruled_words} {when} in {case_number}, under the law of "
            "another jurisdiction ({jurisdiction})",
            who=q.who(),
            ruled_words=ruled_words(event.event),
            when=when(event),
            case_number=other.case_number,
            jurisdiction=other.jurisdiction,
        )
        law = pack.other_sovereign
        if law is None:
            verdict.answer = "unclear"
            verdict.lacks.append(
                say(
                    "whether a ruling of another jurisdiction bars: the pack {id} does not say",
                    id=pack.id,
                )
            )
            verdict.words.append(
                say(
                    "{said}; whether that bars it here, the pack {id} does not say.",
                    said=said,
                    id=pack.id,
                )
            )
        else:
            verdict.conditions.append(
                say("{said}. {says} ({cite})", said=said, says=law.says, cite=law.cite)
            )
            verdict.words.append(say("{said}. {says}", said=said, says=law.says))
        verdict.links.append(bare(say("{said}.", said=said), event))
    return verdict


def barred_elsewhere(q: Question, pack: Pack, bar: Bar) -> Verdict:
    """Barred by a ruling on the same offence."""
    told = q.told()
    place = q.place(bar)
    verdict = Verdict("barred", words=[told], barred_by=(bar.event.entry,))
    verdict.words.append(
        say(
            "But the same offence against {who} {ruled_words} {when} in {place}, and that bars this "
            "count under the law of {name}.",
            who=q.who(),
            ruled_words=ruled_words(bar.event.event),
            when=when(bar.event),
            place=place,
            name=pack.name,
        )
    )
    if bar.appeal.words:
        verdict.words.append(bar.appeal.words)
    if bar.appeal.condition:
        verdict.conditions.append(bar.appeal.condition)
    if bar.ruling is not None:
        verdict.conditions += bar.ruling.conditions
        rule = f"{pack.id}:{bar.ruling.cite}"
        says, check, provision = bar.ruling.says, bar.ruling.check, bar.ruling.id
        fact = say(
            "In {place} the same offence {ruled_words} {when}. {says}",
            place=place,
            ruled_words=ruled_words(bar.event.event),
            when=when(bar.event),
            says=says,
        )
        verdict.links.append(
            Link(
                fact,
                bar.event.said or None,
                rule,
                check,
                bar.event.entry,
                (bar.event.entry,),
                provision,
            )
        )
    else:
        verdict.links.append(
            bare(
                say(
                    "In {place} the same offence {ruled_words} {when}.",
                    place=place,
                    ruled_words=ruled_words(bar.event.event),
                    when=when(bar.event),
                ),
                bar.event,
            )
        )
    if q.history.override:
        verdict.words.append(
            say(
                "It was opened in spite of that; the ruling named for it is “{override}”.",
                override=q.history.override,
            )
        )
    return verdict


def barred_by_number(q: Question, pack: Pack, earlier: Earlier) -> Verdict:
    """Barred because the offence has been dismissed so many times."""
    law = pack.dismissals
    events = earlier.events
    verdict = Verdict("barred", words=[q.told()], barred_by=tuple(one.entry for one in events))
    if law is not None:
        verdict.words.append(
            say(
                "The offence has been dismissed {times}, and {says}{says_2}",
                times=_times(len(events)),
                says=law.says[0].lower(),
                says_2=law.says[1:],
            )
        )
        verdict.conditions += [say("Unless: {one}", one=one) for one in law.exceptions]
    if q.history.override:
        verdict.words.append(
            say(
                "It was opened in spite of that; the ruling named for it is “{override}”.",
                override=q.history.override,
            )
        )
    return verdict


def _times(number: int) -> str:
    if number < 3:
        return say("once") if number == 1 else say("twice")
    return say("{n} times", n=number)
