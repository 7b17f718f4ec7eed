"""An open count against time: limitation, and a rule that ends the openness."""

from __future__ import annotations

from datetime import date, datetime

from fullfile.core.docket.histories import DocketEvent
from fullfile.core.facts.dates import join
from fullfile.core.ids import day_of
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Ruling
from fullfile.core.said import say
from fullfile.core.standing.answer import Link
from fullfile.core.standing.appeal import count_rule, find_rule_by_id
from fullfile.core.standing.clock import in_words
from fullfile.core.standing.question import Question
from fullfile.core.standing.telling import Verdict, open_words

__all__ = ["weigh_time"]


def weigh_time(
    q: Question, pack: Pack, ended: DocketEvent, ruling: Ruling, verdict: Verdict
) -> Verdict:
    """An open or conditional count, against limitation and against a rule that ends the openness."""
    today = day_of(q.on)
    recommence = _recommence(q, pack, ended, ruling, verdict)
    if recommence is not None and today > recommence:
        verdict.answer = "barred"
        verdict.barred_by = (ended.entry,)
        verdict.words.append(
            say(
                "The time in which it could be taken up again ran out on {in_words}, so it is barred.",
                in_words=in_words(recommence),
            )
        )
        return verdict
    if not ruling.limitation:
        verdict.until = recommence
        verdict.words.append(open_words(q, recommence, conditional=ruling.answer == "conditional"))
        return verdict
    clock = q.clock
    if clock.unlimited:
        verdict.until = recommence
        verdict.words.append(open_words(q, recommence, conditional=ruling.answer == "conditional"))
        return verdict
    last = clock.latest if clock.latest is not None else None
    if last is not None and today > last and (clock.possible is None or today > clock.possible):
        return _out_of_time(q, ended, verdict, last)
    verdict.conditions += [one for one in clock.conditions if one not in verdict.conditions]
    if clock.earliest is not None and today <= clock.earliest:
        return _in_time(q, ruling, verdict, clock.earliest, recommence)
    if last is not None and today > last and clock.possible is not None:
        verdict.answer = "conditional"
        verdict.words.append(
            say(
                "Counted from the offence alone the time to bring the charge ran out on {in_words}; if "
                "the clock stood still as the record may show, it runs to {in_words_2}.",
                in_words=in_words(last),
                in_words_2=in_words(clock.possible),
            )
        )
        verdict.until = clock.possible
        return verdict
    if ruling.answer == "conditional":
        verdict.lacks += clock.lacks
        verdict.words.append(
            say(
                "It can be charged again only on the conditions named, and until when is not known: "
                "{lack_words}.",
                lack_words=_lack_words(q),
            )
        )
        return verdict
    verdict.answer = "unclear"
    verdict.until = None
    verdict.lacks += clock.lacks
    verdict.words.append(
        say(
            "Until when it could be charged again is not known: {lack_words}.",
            lack_words=_lack_words(q),
        )
    )
    return verdict


def _lack_words(q: Question) -> str:
    return say(
        "what is lacking is {lacks}",
        lacks=join(list(q.clock.lacks) or [say("a limitation date")]),
    )


def _in_time(
    q: Question, ruling: Ruling, verdict: Verdict, earliest: date, recommence: date | None
) -> Verdict:
    last = earliest if recommence is None else min(earliest, recommence)
    verdict.lacks += q.clock.lacks
    if ruling.answer == "conditional":
        verdict.conditions.append(
            say(
                "The charge must be brought by {in_words}, the last day that can be counted.",
                in_words=in_words(last),
            )
        )
        verdict.words.append(open_words(q, last, conditional=True))
        return verdict
    verdict.until = last
    verdict.words.append(open_words(q, last, conditional=False))
    return verdict


def _out_of_time(q: Question, ended: DocketEvent, verdict: Verdict, last: date) -> Verdict:
    verdict.answer = "barred"
    verdict.barred_by = (ended.entry,)
    verdict.conditions = list(q.clock.conditions)
    verdict.words.append(
        say(
            "But the time to bring the charge ran out on {in_words}, so it is barred by limitation.",
            in_words=in_words(last),
        )
    )
    if q.clock.conditions:
        verdict.words.append(
            say("That date moves only if the clock stood still, as the conditions say.")
        )
    return verdict


def _recommence(
    q: Question, pack: Pack, ended: DocketEvent, ruling: Ruling, verdict: Verdict
) -> date | None:
    if not ruling.until:
        return None
    rule = find_rule_by_id(pack, ruling.until, day_of(ended.last))
    if rule is None:
        verdict.lacks.append(
            say(
                "the rule {until}, which the pack {id} does not have",
                until=ruling.until,
                id=pack.id,
            )
        )
        return None
    found = count_rule(pack, q.calendars, rule, day_of(ended.last))
    due = found.due.date() if isinstance(found.due, datetime) else found.due
    if due is None:
        verdict.lacks += found.lacks or (say("a number of days in {cite}", cite=rule.cite),)
        return None
    verdict.links.append(
        Link(
            say("{title}: by {in_words}.", title=rule.title or rule.cite, in_words=in_words(due)),
            due.isoformat(),
            rule.id,
            found.check,
            ended.entry,
            (ended.entry,),
            rule.id,
            working=found.working,
        )
    )
    return due
