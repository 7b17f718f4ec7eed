"""What is owed to whom by when in a case, put to the part of the record that can matter for it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.duties import Duty, duties_of_case
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.matching.result import Head, PolicyInForce
from fullfile.core.said import say
from fullfile.server.queries.worlds import world_of_case

__all__ = ["DutiesAnswer", "duties_of"]


@dataclass(frozen=True, slots=True)
class DutiesAnswer:
    """The duties of a case.

    Attributes:
        case_number, title: the case.
        court: the name of its court level in the pack; empty where the pack has none.
        on, as_of: the two moments, ISO 8601.
        checkpoint: the head of the record that it rests on.
        policy: the office's own settings in force.
        duties: what is owed next first; what the police owe the prosecution stands last.
        lacks: what is not on record of the case as a whole.
        not_legal_advice: in the words of the pack.
    """

    case_number: str
    title: str
    court: str
    on: str
    as_of: str
    checkpoint: Head
    policy: PolicyInForce
    duties: tuple[Duty, ...]
    lacks: tuple[str, ...]
    not_legal_advice: str

    @property
    def overdue(self) -> int:
        """How many duties are overdue."""
        return sum(duty.state == "overdue" for duty in self.duties)


def duties_of(
    number: str,
    defendant: str | None = None,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> DutiesAnswer:
    """The duties of a case.

    Args:
        number: the case number.
        defendant: only this defendant's; the duties of agencies are left out.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: there is no such case or defendant on record by then; the nearest are named.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    moment = world.on(case)
    pack = world.law.pack(case.jurisdiction)
    level = None if pack is None else pack.court_level(case.level)
    names = {one.key: one.name for one in world.cases.defendants(case, moment)}
    duties = duties_of_case(world, case)
    if defendant is not None:
        if key(defendant) not in names:
            near = difflib.get_close_matches(key(defendant), names, n=3, cutoff=0.4) or list(names)
            hint = f" On record: {', '.join(names[one] for one in near)}." if near else ""
            raise NotFound(
                say(
                    "{number} has no defendant “{defendant}” on that day.{hint}",
                    number=case.number,
                    defendant=defendant.strip()[:60],
                    hint=hint,
                )
            )
        duties = tuple(duty for duty in duties if duty.defendant == names[key(defendant)])
    lacks = []
    if pack is None:
        lacks.append(f"a pack for {case.jurisdiction}")
    elif level is None:
        known = ", ".join(one.id for one in pack.court_levels)
        lacks.append(
            f"a court level that the pack {pack.id} knows: “{case.level}” is not among {known}"
        )
    elif level.note:
        lacks.append(level.note)
    if not names:
        lacks.append("a defendant of this case")
    return DutiesAnswer(
        case_number=case.number,
        title=case.title,
        court="" if level is None else level.name,
        on=question.on_text,
        as_of=question.as_of_text,
        checkpoint=question.head,
        policy=question.policy_in_force,
        duties=duties,
        lacks=tuple(lacks),
        not_legal_advice="Nothing here is legal advice."
        if pack is None
        else " ".join(pack.not_legal_advice.split()),
    )
