"""The adopted law as the rows that the engines' expressions compare with.

Dates are worked out by `core.rules`, once for each (jurisdiction, level of
court, kind of item with a rule of its own, day of a trigger, status of a defendant or number
ordered by a court) that there is; there are few of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from fullfile.core.facts.statuses import sort_of
from fullfile.core.rules import Ground, parse_period
from fullfile.core.rules.law import Law, day_number
from fullfile.engines.matching import law as rows
from fullfile.engines.matching.engine import courts, held_days, ordered_periods, trigger_days
from fullfile.engines.matching.tables import Tables

__all__ = ["law_rows"]

_ANNOUNCE = {"none": rows.Announce.NOTHING, "sealed": rows.Announce.ANNOUNCED_OR_SEALED}


def law_rows(law: Law, tables: Tables, moment: rows.Moment) -> rows.Law:
    """The law of every court that the cases name, with the dates of every trigger on record.

    Args:
        law: the adopted packs and calendars.
        tables: the read tables.
        moment: as of which size, and on which moment.
    """
    words = courts(tables, moment)
    triggers = tuple(trigger for court in words for trigger in _triggers(law, *court))
    periods = ordered_periods(tables, moment)
    dates: list[rows.DueRow] = []
    variants: list[rows.VariantRow] = []
    for trigger, day in trigger_days(tables, moment, triggers):
        numbers = [
            one[2] for one in periods if one[:2] == (trigger.jurisdiction, trigger.court_level)
        ]
        dates += _dates(law, trigger, day, numbers)
        variants += _variants(law, trigger, day)
    return rows.Law(
        due=tuple(dates),
        triggers=triggers,
        grounds=tuple(
            ground
            for place in sorted({court[0] for court in words})
            for ground in _grounds(law, place)
        ),
        courts=tuple(row for court in words for row in _courts(law, *court)),
        variants=tuple(variants),
        later=tuple(_later(law, words, tables, moment)),
    )


def _later(
    law: Law, words: list[tuple[str, str]], tables: Tables, moment: rows.Moment
) -> Iterator[rows.LaterRow]:
    """The dates of the continuing duty, in courts where it gives some."""
    numbered = [court for court in words if law.gives_number(*court)]
    for day in held_days(tables, moment) if numbered else ():
        for court in numbered:
            found = law.continuing_date(*court, day)
            if found is not None and found[1].due is not None:
                yield rows.LaterRow(*court, day, day_number(found[1].due))


def _dates(law: Law, trigger: rows.TriggerRow, day: int, periods: list[str]) -> list[rows.DueRow]:
    """The rule's own date for a trigger, and those by the numbers that courts ordered."""
    court, kind = (trigger.jurisdiction, trigger.court_level), trigger.kind
    own = law.date(*court, trigger.event, day, kind)
    due = None if own.due is None else day_number(own.due)
    found = [rows.DueRow(*court, day, due, kind)]
    for period in periods:
        answer = law.date(*court, trigger.event, day, kind, period=parse_period(period))
        if answer.due is not None and answer.deadline is not None and answer.deadline.ordered:
            found.append(rows.DueRow(*court, day, day_number(answer.due), kind, period))
    return found


def _variants(law: Law, trigger: rows.TriggerRow, day: int) -> list[rows.VariantRow]:
    court, kind = (trigger.jurisdiction, trigger.court_level), trigger.kind
    found = []
    for one in law.variants(*court, day, kind):
        answer = law.date(*court, trigger.event, day, kind, one.status)
        if answer.due is not None:
            last = day_number(answer.due)
            sort = sort_of(one.status)
            found.append(rows.VariantRow(*court, kind, day, one.status, sort, last))
    return found


def _triggers(law: Law, jurisdiction: str, level: str) -> list[rows.TriggerRow]:
    return [
        rows.TriggerRow(
            jurisdiction,
            level,
            one.event,
            from_due_day=one.from_due,
            kind=kind,
            since=one.since,
            until=one.until,
            latest=law.takes_latest(jurisdiction, level, kind),
        )
        for kind in ("", *sorted(law.kinds(jurisdiction, level)))
        for one in law.starts(jurisdiction, level, kind)
    ]


def _grounds(law: Law, jurisdiction: str) -> list[rows.GroundRow]:
    pack = law.pack(jurisdiction)
    return [] if pack is None else [_ground(jurisdiction, ground) for ground in pack.grounds]


def _ground(jurisdiction: str, ground: Ground) -> rows.GroundRow:
    announce = _ANNOUNCE.get(ground.announce, rows.Announce.ANNOUNCED)
    pending = ground.order == "while_pending"
    asked = pending or ground.order == "needed"
    return rows.GroundRow(jurisdiction, ground.id, asked, announce, pending)


def _courts(law: Law, jurisdiction: str, level: str) -> list[rows.CourtRow]:
    return [
        rows.CourtRow(
            jurisdiction,
            level,
            dated=law.has_dated_rule(jurisdiction, level, kind),
            kind=kind,
        )
        for kind in ("", *sorted(law.kinds(jurisdiction, level)))
    ]
