"""One question as it is asked: a count, a law, a moment, and what is found for all parts of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fullfile.core.docket.contradictions import find_contradictions, ruled_words, when
from fullfile.core.docket.ends import CONVICTIONS, REOPENINGS
from fullfile.core.docket.histories import CountHistory, DocketEvent
from fullfile.core.facts.dates import when_words
from fullfile.core.ids import day_of, key
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Ruling
from fullfile.core.said import capital as begun
from fullfile.core.said import joined, say
from fullfile.core.standing.answer import IfEnded
from fullfile.core.standing.appeal import Appeal, appeal_of
from fullfile.core.standing.clock import Clock, run_clock
from fullfile.core.standing.findings import (
    CHARGES,
    Attached,
    Earlier,
    attachment,
    charged_at,
    choose_ruling,
    earlier_dismissals,
    find_decisive,
    words_of_pack,
)

__all__ = ["CONVICTED", "MATTER_BARS", "Bar", "Question"]

MATTER_BARS = frozenset({"acquitted", "dismissed_with_prejudice"}) | CONVICTIONS
"""What bars the same offence in another case of the matter (contract, section 2: barred_count)."""
CONVICTED = CONVICTIONS | {"plea_no_contest"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A ruling on the same offence in another case (or another count) that bars."""

    history: CountHistory
    event: DocketEvent
    ruling: Ruling | None
    appeal: Appeal


class Question:
    """One count, one law, one moment.

    Attributes:
        ended: what decides about the count; None while nothing ended it.
        attached: jeopardy, by then.
        ruling: what the pack says of `ended`.
        matter, abroad: the same offence elsewhere, in this jurisdiction and in others.
        bars: rulings elsewhere that bar, in order.
        clock: the limitation clock.
        appeal: the prosecution's appeal from `ended`.
        earlier, before: dismissals of the offence: all, and those before it was charged the last time.
        contradictions: what on the docket cannot be right together.
    """

    def __init__(
        self,
        history: CountHistory,
        pack: Pack | None,
        calendars: Mapping[str, Calendar],
        on: int,
    ) -> None:
        self.history, self.pack, self.calendars, self.on = history, pack, calendars, on
        also = frozenset[str]() if pack is None else words_of_pack(pack)
        self.ended = find_decisive(history.events, also)
        self.attached: Attached = attachment(history.events, pack, self.ended)
        self.ruling = self._find_ruling(self.ended, self.attached)
        here = key(history.jurisdiction)
        self.abroad = [one for one in history.elsewhere if key(one.jurisdiction) != here]
        self.matter = [one for one in history.elsewhere if key(one.jurisdiction) == here]
        self.bars = [] if pack is None else self._find_bars(self.matter, pack)
        self.clock = Clock() if pack is None else run_clock(history, pack, calendars, on)
        self.appeal = self._find_appeal()
        self.earlier: Earlier = earlier_dismissals(history, pack, self.ended)
        self.before: Earlier = earlier_dismissals(history, pack, None, self._last_brought())
        self.contradictions = find_contradictions(history)

    def _find_bars(self, histories: Sequence[CountHistory], pack: Pack) -> list[Bar]:
        """Rulings on the same offence that bar it, here or in another case of the same jurisdiction."""
        found = []
        also = words_of_pack(pack)
        for other in histories:
            event = find_decisive(other.events, also)
            if event is None:
                continue
            attached = attachment(other.events, pack, event)
            ruling = choose_ruling(pack, event.event, attached=attached.attached)
            if ruling is None and event.event not in MATTER_BARS:
                continue
            if ruling is not None and ruling.answer != "barred":
                continue
            appeal = appeal_of(ruling, event, other.events, pack, self.calendars, self.on)
            found.append(Bar(other, event, ruling, appeal))
        return sorted(found, key=lambda bar: bar.event.ord)

    def _find_ruling(self, ended: DocketEvent | None, attached: Attached) -> Ruling | None:
        if ended is None or self.pack is None:
            return None
        found = choose_ruling(self.pack, ended.event, attached=attached.attached)
        if found is None and ended.event == "plea_no_contest":
            found = choose_ruling(self.pack, "convicted", attached=True)
        return found

    def _find_appeal(self) -> Appeal | None:
        if self.ended is None or self.pack is None:
            return None
        return appeal_of(
            self.ruling, self.ended, self.history.events, self.pack, self.calendars, self.on
        )

    def _last_brought(self) -> int | None:
        """When the charge was brought the last time: charged, or filed again (ms)."""
        charged = charged_at(self.history)
        again = [one.first for one in self.history.events if one.event == "refiled"]
        return max((charged, *again)) if charged is not None else max(again, default=None)

    def charge(self) -> tuple[date, str] | None:
        """The day as charged, else that of the first charging paper, and its words."""
        law = self.clock.provision
        papers = CHARGES if law is None else {*law.charge_events}
        if self.history.charged_first is not None:
            words = when_words(self.history.charged_on, self.history.charged_first)
            return day_of(self.history.charged_first), words
        paper = next((one for one in self.history.events if one.event in papers), None)
        return None if paper is None else (day_of(paper.first), when(paper))

    def if_ended(self) -> tuple[IfEnded, ...]:
        """What the pack says of each ending at the present stage."""
        if self.pack is None:
            return ()
        found = []
        for event in dict.fromkeys(ruling.event for ruling in self.pack.rulings):
            ruling = choose_ruling(self.pack, event, attached=self.attached.attached)
            if ruling is None or event in REOPENINGS:
                continue
            found.append(
                IfEnded(
                    event,
                    ruling.answer,
                    ruling.says,
                    f"{self.pack.id}:{ruling.cite}",
                    ruling.check,
                    ruling.conditions,
                )
            )
        return tuple(found)

    def who(self) -> str:
        """The defendant, in a sentence."""
        return self.history.defendant or say("the accused")

    def place(self, bar: Bar) -> str:
        """Where a ruling on the same offence stands, in a sentence."""
        if bar.history.case == self.history.case:
            return say("count {count} of the same case", count=bar.history.count)
        return bar.history.case_number

    def label(self, *, capital: bool = False) -> str:
        """The count, in a sentence."""
        history = self.history
        number = say("count {count}", count=history.count) if history.count else say("the charge")
        offense = history.offense or say("the offence is not on record")
        words = say(
            "{number} against {who} ({offense}, {case_number})",
            number=number,
            who=self.who(),
            offense=offense,
            case_number=history.case_number,
        )
        return begun(words) if capital else words

    def told(self) -> str:
        """The first sentence: what is on record about the count."""
        label = self.label(capital=True)
        if self.ended is None:
            charged = self.history.charged_on
            since = ""
            if charged and self.history.charged_first is not None:
                since = say(
                    ", charged {when_words},",
                    when_words=when_words(charged, self.history.charged_first),
                )
            return say(
                "{label}{since} is before the court: nothing on record has ended it.",
                label=label,
                since=since,
            )
        ended = say(
            "{label} {ruled} {when}",
            label=label,
            ruled=ruled_words(self.ended.event),
            when=when(self.ended),
        )
        return say("{said}.", said=joined((ended, self.attached.words), ", "))
