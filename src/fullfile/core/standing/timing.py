"""An open count against time: limitation, and a rule that ends the openness."""

from __future__ import annotations

from datetime import date, datetime

from fullfile.core.docket.histories import DocketEvent
from fullfile.core.facts.dates import join
from fullfile.core.ids import day_of
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Ruling
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
            f"The time in which it could be taken up again ran out on {in_words(recommence)}, so it is barred."
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
            f"Counted from the offence alone the time to bring the charge ran out on {in_words(last)}; "
            f"if the clock stood still as the record may show, it runs to {in_words(clock.possible)}."
        )
        verdict.until = clock.possible
        return verdict
    if ruling.answer == "conditional":
        verdict.lacks += clock.lacks
        verdict.words.append(
            f"It can be charged again only on the conditions named, and until when is not known: "
            f"{_lack_words(q)}."
        )
        return verdict
    verdict.answer = "unclear"
    verdict.until = None
    verdict.lacks += clock.lacks
    verdict.words.append(f"Until when it could be charged again is not known: {_lack_words(q)}.")
    return verdict


def _lack_words(q: Question) -> str:
    return "what is lacking is " + join(list(q.clock.lacks) or ["a limitation date"])


def _in_time(
    q: Question, ruling: Ruling, verdict: Verdict, earliest: date, recommence: date | None
) -> Verdict:
    last = earliest if recommence is None else min(earliest, recommence)
    verdict.lacks += q.clock.lacks
    if ruling.answer == "conditional":
        verdict.conditions.append(
            f"The charge must be brought by {in_words(last)}, the last day that can be counted."
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
        f"But the time to bring the charge ran out on {in_words(last)}, so it is barred by limitation."
    )
    if q.clock.conditions:
        verdict.words.append(
            "That date moves only if the clock stood still, as the conditions say."
        )
    return verdict


def _recommence(
    q: Question, pack: Pack, ended: DocketEvent, ruling: Ruling, verdict: Verdict
) -> date | None:
    if not ruling.until:
        return None
    rule = find_rule_by_id(pack, ruling.until, day_of(ended.last))
    if rule is None:
        verdict.lacks.append(f"the rule {ruling.until}, which the pack {pack.id} does not have")
        return None
    found = count_rule(pack, q.calendars, rule, day_of(ended.last))
    due = found.due.date() if isinstance(found.due, datetime) else found.due
    if due is None:
        verdict.lacks += found.lacks or (f"a number of days in {rule.cite}",)
        return None
    verdict.links.append(
        Link(
            f"{rule.title or rule.cite}: by {in_words(due)}.",
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
