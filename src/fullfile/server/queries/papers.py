"""The papers of one defendant: the schedule and the certificate as of a moment and a size.

One case is read, with the papers that were issued before. The certificate asks in addition for the
orphans of the case's agencies: a small record is judged whole by the reference; of a large one the engine
names the orphans, and the reference judges them, some thousand at a time.

A paper that was signed is made again from the record of then: same size, same moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from fullfile.core.errors import NotFound
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.ids import key
from fullfile.core.matching import Line, World
from fullfile.core.matching.beside import answers_of, orphan
from fullfile.core.papers import (
    CERTIFICATE,
    SCHEDULE,
    Act,
    Certificate,
    Checkpoint,
    Orphans,
    Schedule,
    acts_of,
    certificate_of,
    find_defendant,
    schedule_of,
)
from fullfile.core.said import many, say
from fullfile.server.queries.asked import Asked
from fullfile.server.queries.everything import orphans_of_agencies
from fullfile.server.queries.match import SMALL
from fullfile.server.queries.worlds import world_of, world_of_case
from fullfile.server.store import checkpoints
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.case_entries import entries_for_case
from fullfile.server.store.load import entries, find_cases, iter_entries, policy

__all__ = [
    "Certified",
    "Scheduled",
    "ask_certificate",
    "ask_schedule",
    "certificate_at",
    "find_signed_paper",
]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule, the question it answers, and the act by which it was issued, if it was."""

    question: Asked
    schedule: Schedule
    defendant: Defendant
    checkpoint: Checkpoint
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate, the question it answers, and the act by which it was signed, if it was."""

    question: Asked
    certificate: Certificate
    defendant: Defendant
    checkpoint: Checkpoint
    act: Act | None = None


def ask_schedule(
    number: str,
    defendant: str,
    *,
    layout: str = "schedule",
    copy: str | None = None,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Scheduled:
    """The schedule of one defendant of a case.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        layout: `schedule`, `mg6c`, `mg6d` or `mg6e`.
        copy: `defence`, `court` or `office`; None: as the paper goes.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such case or defendant.
        Refused: the pack has no such paper, or it never goes to whom the copy is for.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    who = find_defendant(world, case, defendant)
    found = schedule_of(world, case, who, _acts(case, who, question.size), layout=layout, copy=copy)
    return Scheduled(question, found, who, _head(question))


def ask_certificate(
    number: str,
    defendant: str,
    *,
    reasons: Mapping[str, str] | None = None,
    copy: str | None = "office",
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Certified:
    """The certificate of one defendant of a case.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        reasons: by the key of what is stated, why it is so.
        copy: for whom it is printed; None: as the paper goes.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such case or defendant.
        Refused: a reason is empty, or is given for what needs none.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    who = find_defendant(world, case, defendant)
    found = certificate_of(
        world,
        case,
        who,
        _acts(case, who, question.size),
        _orphans(question, world, case),
        reasons,
        copy=copy,
    )
    return Certified(question, found, who, _head(question))


def certificate_at(question: Asked, number: str, defendant: Defendant) -> Certificate:
    """The certificate of a defendant as of the size and the moment of a question, with nothing stated.

    Raises:
        NotFound: the case was not on record then.
    """
    case_id = find_cases([number])[key(number)]
    world = world_of(question, entries(entries_for_case(case_id, question.size)))
    case = world.cases.by_key.get(key(number))
    if case is None:
        raise NotFound(say("No case {number} was on record then.", number=number.strip()))
    return certificate_of(
        world,
        case,
        defendant,
        _acts(case, defendant, question.size),
        _orphans(question, world, case),
        copy="office",
    )


def find_signed_paper(
    number: str,
    defendant: str,
    *,
    type_: str,
    which: int,
    layout: str = "",
    copy: str | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Scheduled | Certified:
    """A paper that was issued or signed, made again from the record of then.

    Args:
        number: the case number.
        defendant: the name as recorded, or the party id.
        type_: `schedule.issued` or `certificate.signed`.
        which: the first, second … of it.
        layout: of a schedule.
        copy: for whom it is printed; None: as it was issued.
        as_of: using only what the record knew by then.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no such paper was signed for this defendant.
    """
    question, world, case = world_of_case(number, as_of=as_of, now_ms=now_ms)
    who = find_defendant(world, case, defendant)
    acts = _acts(case, who, question.size)
    act = next(
        (
            one
            for one in acts
            if one.type == type_ and one.number == which and layout in ("", one.layout)
        ),
        None,
    )
    what = "certificate" if type_ == CERTIFICATE else layout or "schedule"
    if act is None:
        count = sum(one.type == type_ and layout in ("", one.layout) for one in acts)
        raise NotFound(
            say(
                "No {what} number {which} was signed for {name} in {number}; {many} by {as_of_text}.",
                what=what,
                which=which,
                name=who.name,
                number=case.number,
                many=many("{n} was", "{n} were", count) if count else say("none was"),
                as_of_text=question.as_of_text,
            )
        )
    then = _then(question, act)
    world = world_of(then, entries(entries_for_case(_case_id(case), then.size)))
    case = world.cases.by_key[case.key]
    before = tuple(one for one in acts if one.entry < act.entry)
    if type_ == SCHEDULE:
        schedule = schedule_of(
            world, case, who, before, layout=act.layout, copy=copy or act.text("copy")
        )
        return Scheduled(then, schedule, who, act.checkpoint, act)
    reasons = {one["key"]: one["reason"] for one in act.data.get("exceptions", ())}
    certificate = certificate_of(
        world, case, who, before, _orphans(then, world, case), reasons, copy=copy
    )
    return Certified(then, certificate, who, act.checkpoint, act)


def _then(question: Asked, act: Act) -> Asked:
    """The question that a signed paper answered."""
    size = act.checkpoint.size
    asked = act.data.get("asked", {})
    return replace(
        question,
        size=size,
        day=asked.get("day_ms"),
        instant=asked.get("instant_ms"),
        as_of_ms=act.recorded_ms,
        policy=policy(size),
    )


def _head(question: Asked) -> Checkpoint:
    """The head of the record that a question is answered from, with the note where one was signed."""
    note = checkpoints.find_signed(question.size)
    head = question.head
    return Checkpoint(
        head.size, head.root, question.office.origin, "" if note is None else note.decode()
    )


def _case_id(case: Case) -> int:
    return find_cases([case.number])[case.key]


def _acts(case: Case, defendant: Defendant, size: int) -> tuple[Act, ...]:
    return acts_of(
        acts_of_case(_case_id(case), (SCHEDULE, CERTIFICATE), size), case.key, defendant.key
    )


def _orphans(question: Asked, world: World, case: Case) -> Orphans:
    """The orphans of the case's agencies: those suspected to belong to it, and how many are not examined."""
    names = {one.agency: one.asked.name for one in answers_of(world, case)}
    suspected = []
    unexamined: Counter[str] = Counter()
    for line in _orphan_lines(question, names.keys()):
        if any(key(number) == case.key for number, _ in line.suspected_cases):
            suspected.append(line)
        elif line.is_exception and not line.suspected_cases:
            unexamined[names[key(line.agency or "")]] += 1
    return Orphans(tuple(suspected), tuple(sorted(unexamined.items())))


def _orphan_lines(question: Asked, agencies: Collection[str]) -> Iterator[Line]:
    if question.size > SMALL:
        yield from orphans_of_agencies(question, agencies)
        return
    world = world_of(question, iter_entries(0, question.size))
    for item in world.things.all_items():
        if item[0] in agencies:
            line = orphan(world, item)
            if line is not None:
                yield line
