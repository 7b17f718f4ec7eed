"""The docket as histories: for each count of each defendant, what happened to it, in order.

A history holds what a question about one count needs and nothing else: the count as charged,
the events that concern it, how the defendant stood, and the histories of the same offence
against the same defendant elsewhere in the matter. Section 2 of `docs/explanation/the-match.md`
says whom an event concerns; what a ruling does is law and is judged in `core.standing`.

What this does not do: it drops no event and corrects none; what cannot be right together is
said by `contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fullfile.core.docket.ends import ENDINGS, REOPENINGS
from fullfile.core.facts.cases import Case, Cases
from fullfile.core.facts.rows import Facts, Row
from fullfile.core.ids import DAY_MS, day_text, key, parse_when

__all__ = [
    "FINAL",
    "VERDICTS",
    "CountHistory",
    "DocketEvent",
    "StatusSpan",
    "is_same_offense",
    "read_histories",
    "related_cases",
]

VERDICTS = frozenset({"acquitted", "convicted", "plea_guilty"})
FINAL = VERDICTS | {"dismissed_with_prejudice"}
"""Endings that nothing but a re-opening undoes: a later dismissal of the rest is not about them."""


@dataclass(frozen=True, slots=True)
class DocketEvent:
    """One event on the docket.

    Attributes:
        event: the docket table's word, or a pack's.
        first, last: its moments in ms.
        said: the date as it was said.
        entry: the entry that records it.
        detail, by, relates_to, due_on, defendant, count: as they were said.
        case_number: the case whose docket it stands on.
        source: who sent it.
        shared: it names neither this count nor this defendant alone, and others were still
            before the court: it says nothing about a count that had ended.
    """

    event: str
    first: int
    last: int
    said: str
    entry: int
    detail: str = ""
    by: str = ""
    relates_to: str = ""
    due_on: str = ""
    defendant: str = ""
    count: str = ""
    case_number: str = ""
    source: str = ""
    shared: bool = False

    @property
    def ord(self) -> tuple[int, int]:
        """The order of events: the first moment, then the entry."""
        return (self.first, self.entry)

    @property
    def whole_day(self) -> bool:
        """Whether no time of day is on record."""
        return self.first % DAY_MS == 0 and self.last > self.first


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """How a defendant stood, from a day to another; `until` is None where no end is on record."""

    status: str
    first: int
    last: int
    until_first: int | None
    until_last: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class CountHistory:
    """One count of one defendant, and what the docket says about it.

    Attributes:
        case, case_number, jurisdiction: the case.
        defendant_key, defendant: who is charged.
        count, offense, statute, grade: as charged; empty where not on record.
        charged_on, offense_on: dates as they were said; empty where not on record.
        override: the ruling that the count was opened in spite of.
        entry: the row of the count; None where only the docket names it.
        entries: the case's own rows.
        events: what concerns the count, in order.
        status: how the defendant stood.
        started: when the case started (ms); None: not known.
        carried: events about the same offence in cases that this one came from, each with its case.
        elsewhere: the same offence against the same defendant in other cases of the matter, and in
            other counts of this case.
        unnamed: endings on the docket that name a count nobody recorded.
        exists: False for a count that only the docket names although others are on record.
    """

    case: str
    case_number: str
    jurisdiction: str
    defendant_key: str
    defendant: str
    count: str
    offense: str = ""
    statute: str = ""
    grade: str = ""
    charged_on: str = ""
    charged_first: int | None = None
    offense_on: str = ""
    override: str = ""
    entry: int | None = None
    entries: tuple[int, ...] = ()
    events: tuple[DocketEvent, ...] = ()
    status: tuple[StatusSpan, ...] = ()
    started: int | None = None
    carried: tuple[DocketEvent, ...] = ()
    elsewhere: tuple[CountHistory, ...] = ()
    unnamed: tuple[DocketEvent, ...] = ()
    exists: bool = True


def is_same_offense(one: CountHistory, other: CountHistory) -> bool:
    """Whether two counts name the same offence: by the statute, or by the name.

    Statutes are written in many ways, so a different statute does not part what has one name.
    """
    statutes = key(one.statute), key(other.statute)
    if all(statutes) and statutes[0] == statutes[1]:
        return True
    return bool(key(one.offense)) and key(one.offense) == key(other.offense)


def related_cases(cases: Cases, case: str) -> set[str]:
    """Every other case that can say something about a count.

    The matter, what is related in any way, and the whole chain of cases it was refiled from or became.
    """
    found: set[str] = set()
    edge = {case}
    while edge:
        found |= edge
        edge = {other for one in edge if one in cases.by_key for other in cases.by_key[one].carry}
        edge -= found
    found |= cases.by_key[case].matter
    for row in cases.facts.every.get("cases", ()):
        for related in row.data.get("related_cases", ()):
            pair = {row.case or "", key(related["case"])}
            if case in pair:
                found |= pair
    return {one for one in found if one in cases.by_key and one != case}


def read_histories(facts: Facts, cases: Cases, case: str, on: int) -> tuple[CountHistory, ...]:
    """The histories of a case's counts, by defendant and count.

    Args:
        facts: the record.
        cases: its cases.
        case: the case, as key.
        on: only what had happened by this moment (ms) is seen.
    """
    own = _of_case(facts, cases, cases.by_key[case], on)
    others = {
        one: _of_case(facts, cases, cases.by_key[one], on)
        for one in sorted(related_cases(cases, case))
    }
    chain = _chain(cases, case)
    found = []
    for history in own:
        same = [
            other
            for other in own
            if other is not history
            and other.defendant_key == history.defendant_key
            and is_same_offense(other, history)
        ]
        abroad = [
            other
            for histories in others.values()
            for other in histories
            if other.defendant_key == history.defendant_key and is_same_offense(other, history)
        ]
        carried = sorted(
            (event for other in abroad if other.case in chain for event in other.events),
            key=lambda event: event.ord,
        )
        found.append(replace(history, carried=tuple(carried), elsewhere=(*same, *abroad)))
    return tuple(found)


def _chain(cases: Cases, case: str) -> set[str]:
    """The cases that a case was refiled from, superseded or was consolidated with."""
    found: set[str] = set()
    edge = set(cases.by_key[case].carry)
    while edge:
        found |= edge
        edge = {other for one in edge if one in cases.by_key for other in cases.by_key[one].carry}
        edge -= found
    return found - {case}


def _of_case(facts: Facts, cases: Cases, case: Case, on: int) -> list[CountHistory]:
    if case.start is not None and case.start > on:
        return []
    docket = sorted(
        (
            row
            for row in facts.of_case("docket", case.key)
            if row.last is not None and row.last <= on
        ),
        key=lambda row: row.ord,
    )
    names = _names(facts, case.key)
    found: list[CountHistory] = []
    for defendant, name in names.items():
        concerning = [row for row in docket if cases.concerns(row, case.key, defendant)]
        found += _of_defendant(facts, case, defendant, name, concerning, len(names), on)
    return found


def _names(facts: Facts, case: str) -> dict[str, str]:
    """Everybody who is or was a defendant, and whoever a count or the docket names as one."""
    names: dict[str, str] = {}
    for row in facts.of_case("parties", case):
        if row.data.get("role") == "defendant" and row.defendant:
            names.setdefault(row.defendant, row.text("name"))
    for table in ("counts", "docket"):
        for row in facts.of_case(table, case):
            if row.defendant:
                names.setdefault(row.defendant, row.text("defendant"))
    return names


def _of_defendant(
    facts: Facts,
    case: Case,
    defendant: str,
    name: str,
    docket: Sequence[Row],
    defendants: int,
    on: int,
) -> list[CountHistory]:
    status = _spans(row for row in facts.of_case("status", case.key) if row.defendant == defendant)
    charged = _counts(facts, case.key, defendant)
    # A charge counts from its first moment: who asks on the day itself wants to see it.
    visible = [row for row in charged if row.first is None or row.first <= on]
    named = {key(row.text("count")): row.text("count") for row in docket if row.data.get("count")}
    if not visible and not docket:
        return []
    recorded = {key(row.text("count")) for row in charged}
    strays = [
        count
        for count in named
        if count not in recorded
        and any(
            key(row.text("count")) == count and row.data["event"] in ENDINGS | REOPENINGS
            for row in docket
        )
    ]
    base = CountHistory(
        case=case.key,
        case_number=case.number,
        jurisdiction=case.jurisdiction,
        defendant_key=defendant,
        defendant=name,
        count="",
        entries=case.entries[:1],
        status=status,
        started=case.start,
    )
    bare = [_with_count(base, row) for row in visible]
    if not charged:
        bare += [replace(base, count=named[count]) for count in strays] or [base]
    elif strays:
        bare += [replace(base, count=named[count], exists=False) for count in strays]
    unnamed = tuple(
        _event(row, case.number, shared=False)
        for row in docket
        if charged and key(row.text("count")) in strays and row.data["event"] in ENDINGS
    )
    return [
        replace(
            one,
            events=_events(docket, one, bare, case.number, defendants),
            unnamed=unnamed if one.exists else (),
        )
        for one in bare
    ]


def _counts(facts: Facts, case: str, defendant: str) -> list[Row]:
    """The counts on record; of several accounts of one the first recorded, filled up by the others."""
    found: dict[str, Row] = {}
    for row in facts.of_case("counts", case):
        if row.defendant == defendant:
            number = key(row.text("count"))
            known = found.get(number)
            if known is None:
                found[number] = row
            else:
                said = {name: value for name, value in row.data.items() if value}
                dated = known if known.first is not None or row.first is None else row
                found[number] = replace(
                    known,
                    data={**said, **{n: v for n, v in known.data.items() if v}},
                    first=dated.first,
                    last=dated.last,
                )
    return list(found.values())


def _with_count(base: CountHistory, row: Row) -> CountHistory:
    return replace(
        base,
        count=row.text("count"),
        offense=row.text("offense"),
        statute=row.text("statute"),
        grade=row.text("grade"),
        charged_on=row.text("charged_on"),
        charged_first=row.first,
        offense_on=_day_said(row, "offense_on"),
        override=row.text("override"),
        entry=row.entry,
    )


def _day_said(row: Row, column: str) -> str:
    """A date as it was said; an instant as the day on the court's clock, because law counts days."""
    bounds = row.bounds(column)
    said = row.text(column)
    if bounds is None or not parse_when(said).zoned or bounds.first != bounds.last:
        return said
    return day_text(bounds.first)


def _events(
    docket: Sequence[Row],
    one: CountHistory,
    counts: Sequence[CountHistory],
    number: str,
    defendants: int,
) -> tuple[DocketEvent, ...]:
    """The events of one count: those that name it, and those that name none.

    An ending or re-opening that names no count is about the counts charged by then, if there were any.
    """
    others = [other for other in counts if other is not one]
    firsts = [other.charged_first for other in others if other.exists]
    found = []
    for row in docket:
        said = key(row.text("count"))
        if said and said != key(one.count):
            continue
        charged = one.charged_first
        early = charged is not None and (row.last or 0) < charged - charged % DAY_MS
        about = any(first is None or first <= (row.last or 0) for first in firsts)
        if not said and early and about and row.data["event"] in ENDINGS | REOPENINGS:
            continue
        alone = bool(said) or (
            (row.defendant is not None or defendants == 1)
            and all(_has_ended(docket, other, row) for other in others)
        )
        found.append(_event(row, number, shared=not alone))
    return tuple(found)


def _has_ended(docket: Sequence[Row], other: CountHistory, before: Row) -> bool:
    """Whether another count of the defendant had ended, by its own number, before an event."""
    ended = False
    for row in docket:
        if row.ord >= before.ord:
            break
        if row.data.get("count") and key(row.text("count")) != key(other.count):
            continue
        if row.data["event"] in ENDINGS:
            ended = True
        elif row.data["event"] in REOPENINGS:
            ended = False
    return ended


def _event(row: Row, number: str, *, shared: bool) -> DocketEvent:
    return DocketEvent(
        event=row.text("event"),
        first=row.first or 0,
        last=row.last or 0,
        said=row.text("occurred_on"),
        entry=row.entry,
        detail=row.text("detail"),
        by=row.text("by"),
        relates_to=row.text("relates_to"),
        due_on=row.text("due_on"),
        defendant=row.text("defendant"),
        count=row.text("count"),
        case_number=number,
        source=row.source,
        shared=shared,
    )


_ENDED_BY = {
    "absent": "resident",
    "resident": "absent",
    "in_custody": "at_liberty",
    "at_liberty": "in_custody",
    "counsel": "self_represented",
    "self_represented": "counsel",
}
"""A status ends when its opposite begins, where no end was said."""


def _spans(rows: Iterable[Row]) -> tuple[StatusSpan, ...]:
    said = sorted((row for row in rows if row.first is not None), key=lambda row: row.ord)
    found = []
    for row in said:
        until = row.bounds("until")
        first, last = (None, None) if until is None else (until.first, until.last)
        if until is None:
            opposite = _ENDED_BY.get(row.text("status"))
            after = next(
                (one for one in said if one.ord > row.ord and one.text("status") == opposite), None
            )
            if after is not None:
                first, last = after.first, after.last
        found.append(
            StatusSpan(row.text("status"), row.first or 0, row.last or 0, first, last, row.entry)
        )
    return tuple(found)
