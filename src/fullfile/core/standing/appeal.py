"""The prosecution's time to appeal a ruling: its last day, and whether an appeal is open.

While the time runs, or an appeal is open, a bar stands under the condition that the appeal does not
undo it. What this does not do: it does not decide whether an appeal was in time; it says the days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.docket.contradictions import when
from fullfile.core.docket.histories import DocketEvent
from fullfile.core.ids import day_of
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.evaluate import Deadline, deadline
from fullfile.core.rules.packs import Pack, Rule, is_in_force
from fullfile.core.rules.provisions import Ruling
from fullfile.core.said import capital, joined, say, word
from fullfile.core.standing.answer import Finding
from fullfile.core.standing.clock import in_words

__all__ = ["Appeal", "appeal_of", "count_rule", "find_rule_by_id"]

_CLOSED = ("appeal_withdrawn", "appeal_decided")


@dataclass(frozen=True, slots=True)
class Appeal:
    """The prosecution's appeal from a ruling.

    Attributes:
        finding: as one of the six facts.
        condition: the sentence that the answer depends on; empty where nothing is open.
        words: for the paragraph, whether or not anything is open.
    """

    finding: Finding
    condition: str = ""
    words: str = ""


def find_rule_by_id(pack: Pack, rule_id: str, on: date) -> Rule | None:
    """A rule of the pack in the version in force on a day, else in its latest version."""
    versions = [rule for rule in pack.rules if rule.id == rule_id]
    return max(
        versions,
        key=lambda rule: (is_in_force(rule, on), rule.effective_from or date.min),
        default=None,
    )


def count_rule(pack: Pack, calendars: Mapping[str, Calendar], rule: Rule, day: date) -> Deadline:
    """A rule's date from a day, on the pack's calendar; a missing calendar year is said by name."""
    return deadline(
        rule,
        day,
        calendars.get(pack.calendar, Calendar(pack.calendar)),
        weekend=pack.weekend,
        pack_version=pack.version,
    )


def appeal_of(
    ruling: Ruling | None,
    ended: DocketEvent,
    events: Sequence[DocketEvent],
    pack: Pack,
    calendars: Mapping[str, Calendar],
    on: int,
) -> Appeal:
    """The prosecution's appeal from a ruling, as of a moment.

    Args:
        ruling: what the pack says of it; None where it says nothing.
        ended: the ruling on the docket.
        events: everything on the docket of the count by then.
        pack: the law.
        calendars: court calendars by id.
        on: the moment asked about (ms).
    """
    state = word(pack.state_name)
    filed, closed = _appeals(ended, events)
    if ruling is None or not ruling.appeal:
        return _no_window(ruling, pack, filed, closed)
    rule = find_rule_by_id(pack, ruling.appeal, day_of(ended.last))
    if rule is None:
        words = say(
            "the pack {id} names the rule {appeal} for {state}'s appeal and does not have it",
            id=pack.id,
            appeal=ruling.appeal,
            state=state,
        )
        return Appeal(
            Finding(say("Unknown: {words}.", words=words), known=False),
            say("An appeal of {state} may still be open: {words}.", state=state, words=words),
            say("whether {state} can still appeal is not known", state=state),
        )
    found = count_rule(pack, calendars, rule, day_of(ended.last))
    last = found.due.date() if isinstance(found.due, datetime) else found.due
    if last is None:
        why = joined(found.lacks, "; ") or say("{cite} gives no number of days", cite=rule.cite)
        runs, text = (
            True,
            say(
                "the last day of {state}'s time to appeal cannot be counted ({why})",
                state=state,
                why=why,
            ),
        )
    else:
        runs = day_of(on) <= last
        text = (
            say("{state}'s time to appeal runs to {day}", state=state, day=in_words(last))
            if runs
            else say("{state}'s time to appeal ran to {day}", state=state, day=in_words(last))
        )
    told = _told(filed, closed, last)
    second = _second_reading(ended, events, pack, calendars, rule, last)
    is_open = filed is not None and closed is None
    settled = filed is not None and closed is not None
    condition = ""
    if is_open and filed is not None:
        condition = say(
            "The appeal filed {when} is still open; if it succeeds, the bar falls.",
            when=when(filed),
        )
    elif runs and not settled:
        condition = say(
            "An appeal of {state} can still change this: {text} ({cite}).",
            state=state,
            text=text,
            cite=rule.cite,
        )
    sentence = joined((say("{said}.", said=capital(text)), second, told))
    return Appeal(
        Finding(
            sentence,
            known=last is not None,
            on=None if last is None else last.isoformat(),
            rule=rule.id,
            check=found.check,
            entries=tuple(
                dict.fromkeys(one.entry for one in (ended, filed, closed) if one is not None)
            ),
            working=found.working,
        ),
        condition,
        sentence,
    )


def _appeals(
    ended: DocketEvent, events: Sequence[DocketEvent]
) -> tuple[DocketEvent | None, DocketEvent | None]:
    """The last appeal after a ruling that is not the defence's, and what closed it."""
    filed: DocketEvent | None = None
    closed: DocketEvent | None = None
    for event in events:
        if event.last < ended.first:
            continue
        if event.event == "appeal_filed" and not _is_of_the_defence(event):
            filed, closed = event, None
        elif event.event in _CLOSED and filed is not None:
            closed = event
    return filed, closed


def _is_of_the_defence(event: DocketEvent) -> bool:
    by = event.by.casefold()
    return "defen" in by or (bool(by) and by == event.defendant.casefold())


def _told(filed: DocketEvent | None, closed: DocketEvent | None, last: date | None) -> str:
    if filed is None:
        return ""
    late = last is not None and day_of(filed.first) > last
    words = say("An appeal was filed {when}", when=when(filed))
    if late:
        words = say("{appeal}, later than the last day counted here", appeal=words)
    if closed is None:
        return say("{appeal}, and nothing on the docket ends it.", appeal=words)
    if closed.event == "appeal_withdrawn":
        return say("{appeal}, and withdrawn {when}.", appeal=words, when=when(closed))
    return say("{appeal}, and decided {when}.", appeal=words, when=when(closed))


def _second_reading(
    ended: DocketEvent,
    events: Sequence[DocketEvent],
    pack: Pack,
    calendars: Mapping[str, Calendar],
    rule: Rule,
    last: date | None,
) -> str:
    """A written order after the ruling: from which of the two the time runs is not decided here."""
    order = next(
        (
            one
            for one in events
            if one.event == "order" and one.first > ended.last and not one.relates_to
        ),
        None,
    )
    if order is None or last is None or day_of(order.first) > last:
        return ""
    found = count_rule(pack, calendars, rule, day_of(order.last))
    due = found.due.date() if isinstance(found.due, datetime) else found.due
    if due is None or due == last:
        return ""
    return say(
        "A written order followed {when}; if the time runs from it, the last day is {day}.",
        when=when(order),
        day=in_words(due),
    )


def _no_window(
    ruling: Ruling | None, pack: Pack, filed: DocketEvent | None, closed: DocketEvent | None
) -> Appeal:
    state = word(pack.state_name)
    if ruling is None:
        base = Finding(
            say(
                "Unknown: the pack {id} says nothing on an appeal of {state} from this ruling.",
                id=pack.id,
                state=state,
            ),
            known=False,
        )
    else:
        base = Finding(
            say(
                "The pack {id} names no appeal of {state} from this ruling.",
                id=pack.id,
                state=state,
            ),
            rule=f"{pack.id}:{ruling.cite}",
            check=ruling.check,
        )
    if filed is None:
        return Appeal(base)
    told = _told(filed, closed, None)
    finding = Finding(
        joined((base.state, told)),
        known=base.known,
        rule=base.rule,
        check=base.check,
        entries=tuple(one.entry for one in (filed, closed) if one is not None),
    )
    convicted = ruling is not None and ruling.event in ("convicted", "plea_guilty")
    condition = (
        ""
        if closed is not None or convicted
        else say("An appeal filed {when} is on the docket and still open.", when=when(filed))
    )
    return Appeal(finding, condition, told)
