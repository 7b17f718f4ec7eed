"""The adopted law as the rows that the engines' expressions compare with.

Dates are worked out by `core.rules`, once for each (jurisdiction, level of
court, day of a trigger) that the docket has; there are few of them.
"""

from __future__ import annotations

from fullfile.core.rules import Ground
from fullfile.core.rules.law import Law, day_number
from fullfile.engines.matching import law as rows
from fullfile.engines.matching.engine import courts, trigger_days
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
    dates = []
    for jurisdiction, level, day in trigger_days(tables, moment, triggers):
        event = next(
            one.event
            for one in triggers
            if (one.jurisdiction, one.court_level) == (jurisdiction, level)
        )
        answer = law.date(jurisdiction, level, event, day)
        due = None if answer.due is None else day_number(answer.due)
        dates.append(rows.DueRow(jurisdiction, level, day, due))
    return rows.Law(
        due=tuple(dates),
        triggers=triggers,
        grounds=tuple(
            ground
            for place in sorted({court[0] for court in words})
            for ground in _grounds(law, place)
        ),
        courts=tuple(_court(law, *court) for court in words),
    )


def _triggers(law: Law, jurisdiction: str, level: str) -> list[rows.TriggerRow]:
    rule = law.first_rule(jurisdiction, level)
    if rule is None:
        return []
    return [
        rows.TriggerRow(jurisdiction, level, trigger.event, trigger.date_from == "due_on")
        for trigger in rule.triggers
    ]


def _grounds(law: Law, jurisdiction: str) -> list[rows.GroundRow]:
    pack = law.pack(jurisdiction)
    return [] if pack is None else [_ground(jurisdiction, ground) for ground in pack.grounds]


def _ground(jurisdiction: str, ground: Ground) -> rows.GroundRow:
    announce = _ANNOUNCE.get(ground.announce, rows.Announce.ANNOUNCED)
    return rows.GroundRow(jurisdiction, ground.id, ground.order == "needed", announce)


def _court(law: Law, jurisdiction: str, level: str) -> rows.CourtRow:
    rule = law.continuing(jurisdiction, level)
    number: int | None = None
    if rule is not None and rule.continuing == "immediately":
        number = 0
    elif rule is not None and rule.continuing == "number" and rule.period is not None:
        number = rule.period.n
    return rows.CourtRow(
        jurisdiction, level, dated=law.has_dated_rule(jurisdiction, level), continuing_days=number
    )
