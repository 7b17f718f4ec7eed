"""Rulings on the same offence elsewhere: another case of the matter, another sovereign, the number of them."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.docket.contradictions import (
    ruled_words,
    when,
)
from fullfile.core.docket.histories import CountHistory, DocketEvent
from fullfile.core.rules.packs import Pack
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
        said = (
            f"The same offence against {q.who()} {ruled_words(event.event)} {when(event)} in "
            f"{other.case_number}, under the law of another jurisdiction ({other.jurisdiction})"
        )
        law = pack.other_sovereign
        if law is None:
            verdict.answer = "unclear"
            verdict.lacks.append(
                f"whether a ruling of another jurisdiction bars: the pack {pack.id} does not say"
            )
            verdict.words.append(
                f"{said}; whether that bars it here, the pack {pack.id} does not say."
            )
        else:
            verdict.conditions.append(f"{said}. {law.says} ({law.cite})")
            verdict.words.append(f"{said}. {law.says}")
        verdict.links.append(bare(f"{said}.", event))
    return verdict


def barred_elsewhere(q: Question, pack: Pack, bar: Bar) -> Verdict:
    """Barred by a ruling on the same offence."""
    told = q.told()
    place = q.place(bar)
    verdict = Verdict("barred", words=[told], barred_by=(bar.event.entry,))
    verdict.words.append(
        f"But the same offence against {q.who()} {ruled_words(bar.event.event)} {when(bar.event)} in "
        f"{place}, and that bars this count under the law of {pack.name}."
    )
    if bar.appeal.words:
        verdict.words.append(bar.appeal.words)
    if bar.appeal.condition:
        verdict.conditions.append(bar.appeal.condition)
    if bar.ruling is not None:
        verdict.conditions += bar.ruling.conditions
        rule = f"{pack.id}:{bar.ruling.cite}"
        says, check, provision = bar.ruling.says, bar.ruling.check, bar.ruling.id
        fact = (
            f"In {place} the same offence {ruled_words(bar.event.event)} {when(bar.event)}. {says}"
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
                f"In {place} the same offence {ruled_words(bar.event.event)} {when(bar.event)}.",
                bar.event,
            )
        )
    if q.history.override:
        verdict.words.append(
            f"It was opened in spite of that; the ruling named for it is “{q.history.override}”."
        )
    return verdict


def barred_by_number(q: Question, pack: Pack, earlier: Earlier) -> Verdict:
    """Barred because the offence has been dismissed so many times."""
    law = pack.dismissals
    events = earlier.events
    verdict = Verdict("barred", words=[q.told()], barred_by=tuple(one.entry for one in events))
    if law is not None:
        verdict.words.append(
            f"The offence has been dismissed {_times(len(events))}, and {law.says[0].lower()}{law.says[1:]}"
        )
        verdict.conditions += [f"Unless: {one}" for one in law.exceptions]
    if q.history.override:
        verdict.words.append(
            f"It was opened in spite of that; the ruling named for it is “{q.history.override}”."
        )
    return verdict


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
