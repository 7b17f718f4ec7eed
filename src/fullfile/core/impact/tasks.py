"""What is to be done: plain imperatives, each with who, about whom, by when and why.

A date by law is the match's own (the pack's rule, its citation and mark). Everything else is
the office's policy: its target, counted from the day since which there is something to do.
Done things are no tasks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import date_words, join, when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import DAY_MS, day_text, key
from fullfile.core.impact.around import RULED, dated_rulings
from fullfile.core.impact.linked import event_words
from fullfile.core.impact.notices import News, Reopened, prosecutors_of
from fullfile.core.impact.result import LinkedCase, Notice, Request, Task, Touched, WayBack
from fullfile.core.matching import World
from fullfile.core.matching.dues import Due
from fullfile.core.matching.unit import Unit, judge
from fullfile.core.said import joined, say

__all__ = [
    "Place",
    "answer_again",
    "carry_rulings",
    "in_order",
    "read_again",
    "reopen",
    "tasks_of_item",
    "tell_of_loss",
]

_MOVED = frozenset({"motion", "new_trial_motion", "hearing", "appeal_filed"})
"""Events of a docket that show that a ruling elsewhere has come up there."""
_CARRIED = RULED - {"new_trial_denied", "stayed"}


@dataclass(frozen=True, slots=True)
class Place:
    """A linked case with its defendants and windows: where tasks arise."""

    linked: LinkedCase
    case: Case
    touched: tuple[Touched, ...]
    windows: tuple[WayBack, ...]
    defendants: tuple[Defendant, ...]


def _prosecution(world: World, case: Case) -> str:
    names = list(dict.fromkeys(row.text("name") for row in prosecutors_of(world, case)))
    return join(names) if names else say("the prosecution of {number}", number=case.number)


def _task(  # what a task holds, put together in one place
    world: World,
    case: Case,
    text: str,
    about: str,
    why: str,
    entries: Sequence[int],
    *,
    since: int | None = None,
    due: Due | None = None,
    who: str = "",
) -> Task:
    """A task; its date is the match's where it has one, else the office's target from `since`."""
    day = due.day if due is not None else None
    basis = due.basis if due is not None and day is not None else ""
    if day is None and since is not None:
        start = since // DAY_MS
        day, basis = start + world.policy.target_on(start), "policy"
    by_law = due if due is not None and basis == "law" else None
    return Task(
        text=text,
        who=who or _prosecution(world, case),
        about=about,
        case_number=case.number,
        due=None if day is None else day_text(day * DAY_MS),
        basis=basis,
        overdue=day is not None and world.on(case) // DAY_MS > day,
        rule=by_law.rule if by_law else None,
        cite=by_law.cite if by_law else None,
        check=by_law.check if by_law else None,
        why=why,
        entries=tuple(sorted(set(entries))),
    )


def tasks_of_item(world: World, place: Place, item: ItemKey, name: str) -> Iterator[Task]:
    """What an item asks for in one case: file it, tell counsel of it, look at the conviction again."""
    filed = False
    for defendant, one in zip(place.defendants, place.touched, strict=True):
        unit = judge(world, place.case, item, defendant)
        if unit is None:
            continue
        since = max(unit.ground.moment, unit.held.moment if unit.held else 0)
        if not unit.is_filed and not filed and one.standing == "pending":
            filed = True
            text = say("Put {name} on the file of {number}.", name=name, number=place.case.number)
            why = say(
                "It bears on the case, because {words}, and it is not on the file.",
                words=unit.ground.words,
            )
            yield _task(
                world, place.case, text, place.case.title, why, unit.ground.entries, since=since
            )
        if one.disclosed is None and one.standing != "ended" and not unit.withheld.good:
            yield _tell(world, place, unit, one, name, since)
        if one.standing in ("convicted", "sentenced") and _came_late(unit):
            yield _review(world, place, unit, one, name, since)


def read_again(world: World, place: Place, item: ItemKey, name: str) -> Iterator[Task]:
    """Views that one person alone gave: a second person reads them."""
    on = world.on(place.case)
    for row in world.facts.of_item("determinations", item):
        if row.case != place.case.key or row.last is None or row.last > on:
            continue
        verified = row.bounds("verified_at")
        second = key(row.text("verified_by"))
        done = (
            second and second != key(row.text("by")) and (verified is None or verified.last <= on)
        )
        if done:
            continue
        view = event_words(row.text("finding"))
        by = row.text("by")
        text = say(
            "Have a second person read {by}'s view of {name}: “{view}”.",
            by=by,
            name=name,
            view=view,
        )
        why = say(
            "{by} gave it {when_words} (“{reason}”), and no second person has verified it. A view "
            "changes no line, but one person alone decides nothing.",
            by=by,
            when_words=when_words(row.text("made_at"), row.first or 0),
            reason=row.text("reason"),
        )
        others = [
            one.text("name")
            for one in prosecutors_of(world, place.case)
            if key(one.text("name")) != key(by)
        ]
        who = join(others) if others else say("somebody other than {by}", by=by)
        yield _task(world, place.case, text, by, why, (row.entry,), since=row.last, who=who)


def _came_late(unit: Unit) -> bool:
    """Whether the defendant had not got it before the conviction."""
    convicted = unit.end.convicted if unit.end is not None else None
    return convicted is not None and (unit.shown is None or unit.shown.moment >= convicted)


def _tell(world: World, place: Place, unit: Unit, one: Touched, name: str, since: int) -> Task:
    text = say("Tell counsel of {defendant} of {name}.", defendant=one.defendant, name=name)
    why = joined((one.disclosed_words, _bears(unit, name)))
    if unit.after_conviction:
        why += say(" It came in after the conviction: the duty before trial did not reach it.")
    counted = unit.due if not unit.after_conviction and unit.due.day is not None else None
    entries = (*unit.ground.entries, *one.entries, *unit.due.entries)
    return _task(world, place.case, text, one.defendant, why, entries, since=since, due=counted)


def _bears(unit: Unit, name: str) -> str:
    through = say(" through {through}", through=unit.ground.through) if unit.ground.through else ""
    return say(
        "{name} bears on {number}{through}, because {words}.",
        name=name,
        number=unit.case.number,
        through=through,
        words=unit.ground.words,
    )


def _review(world: World, place: Place, unit: Unit, one: Touched, name: str, since: int) -> Task:
    text = say(
        "Review the conviction of {defendant} in {number}.",
        defendant=one.defendant,
        number=place.case.number,
    )
    why: str = say(
        "{words} {name} was not disclosed to {defendant} before it.",
        words=one.words,
        name=name,
        defendant=one.defendant,
    )
    for window in place.windows:
        if window.material and window.defendant == one.defendant and window.last_day:
            ground, last = window.ground, date_words(window.last_day, 0)
            time = (
                say("The time for {ground} ran to {last}", ground=ground, last=last)
                if window.passed
                else say("The time for {ground} runs to {last}", ground=ground, last=last)
            )
            mark = _mark(window.check)
            why = joined(
                (why, say("{time} ({cite}, {mark}).", time=time, cite=window.cite, mark=mark))
            )
    convicted = unit.end.convicted if unit.end is not None else None
    start = max(since, convicted or 0)
    return _task(world, place.case, text, one.defendant, why, one.entries, since=start)


def _mark(check: str) -> str:
    return {"text": say("read"), "part": say("read in part"), "unread": say("not read")}.get(
        check, check
    )


def tell_of_loss(
    world: World,
    place: Place,
    news: Sequence[News],
    notices: Sequence[Notice],
    name: str,
    agency: str,
) -> Iterator[Task]:
    """Whoever must be told of a loss, and of whom no row shows that they were."""
    known = {(piece.kind, piece.said): piece for piece in news}
    for notice in notices:
        piece = known.get((notice.about, notice.known_since))
        if notice.case_number != place.case.number or notice.told is not None or piece is None:
            continue
        find_untold = notice.about == "find" and notice.role == "prosecutor"
        if notice.about != "loss" and not find_untold:
            continue
        text = (
            say("Tell {to} of the loss of {name}.", to=notice.to, name=name)
            if notice.about == "loss"
            else say("Tell {to} of {name}.", to=notice.to, name=name)
        )
        who = "" if notice.role == "defence" else agency
        yield _task(
            world,
            place.case,
            text,
            notice.to,
            notice.words,
            notice.entries,
            since=piece.moment,
            who=who,
        )


def reopen(world: World, place: Place, answers: Sequence[Reopened]) -> Iterator[Task]:
    """Answers of agencies that no longer stand."""
    for one in answers:
        text = say(
            "Ask {agency} again for its answer in {number}.",
            agency=one.agency,
            number=place.case.number,
        )
        why = say("{words} That answer no longer stands.", words=one.words)
        yield _task(world, place.case, text, one.agency, why, one.entries, since=one.moment)


def answer_again(
    world: World, place: Place, requests: Sequence[Request], item: ItemKey, name: str
) -> Iterator[Task]:
    """Requests that an item answers, of defendants who have not got it."""
    without = {one.defendant: one for one in place.touched if one.disclosed is None}
    arises = world.bearing.arises(place.case.key, item) or 0
    for request in requests:
        one = without.get(request.defendant)
        if request.case_number != place.case.number or one is None or one.standing == "ended":
            continue
        row = world.facts.by_entry[request.entries[0]]
        held = world.things.held(item)
        since = max(row.last or 0, arises, held.moment if held is not None else 0)
        again = say(
            "Re-open the answer to {defendant}'s request “{asks_for}”.",
            defendant=request.defendant,
            asks_for=request.asks_for,
        )
        text = (
            again
            if request.replied_at
            else (
                say(
                    "Answer {defendant}'s request “{asks_for}”.",
                    defendant=request.defendant,
                    asks_for=request.asks_for,
                )
            )
        )
        why = say(
            "{name} answers it: {matches}. {disclosed_words}",
            name=name,
            matches=join(list(request.matches[:3])),
            disclosed_words=one.disclosed_words,
        )
        entries = (*request.entries, *one.entries)
        yield _task(world, place.case, text, request.defendant, why, entries, since=since)


def carry_rulings(
    world: World, place: Place, others: Sequence[Place], since: int
) -> Iterator[Task]:
    """Rulings of other linked cases that nothing in this case shows to have come up here."""
    for other in others:
        if other.case.key == place.case.key:
            continue
        rows = [
            row
            for row in dated_rulings(world, other.linked)
            if row.data["event"] in _CARRIED and (row.last or 0) >= since
        ]
        groups: dict[int, list[Row]] = {}
        for row in rows:
            groups.setdefault((row.first or 0) // DAY_MS, []).append(row)
        for said in groups.values():
            last = said[-1]
            for one in place.touched:
                if one.standing == "ended" or _came_up(world, place, one, last.first or 0):
                    continue
                what = join(list(dict.fromkeys(event_words(row.text("event")) for row in said)))
                when = when_words(last.text("occurred_on"), last.first or 0)
                text = say(
                    "Tell counsel of {defendant} of what was ruled in {number} {when}.",
                    defendant=one.defendant,
                    number=other.case.number,
                    when=when,
                )
                detail = f" ({last.text('detail')})" if last.text("detail") else ""
                why = say(
                    "{number}: {what} {when}{detail}. {words} Nothing on the docket of {number_2} shows that "
                    "it has come up there.",
                    number=other.case.number,
                    what=what,
                    when=when,
                    detail=detail,
                    words=one.words,
                    number_2=place.case.number,
                )
                entries = (*(row.entry for row in said), *one.entries)
                yield _task(
                    world, place.case, text, one.defendant, why, entries, since=last.last or 0
                )


def _came_up(world: World, place: Place, one: Touched, since: int) -> bool:
    on = world.on(place.case)
    return any(
        row.data["event"] in _MOVED
        and row.first is not None
        and since <= row.first <= on
        and world.cases.concerns(row, place.case.key, one.key)
        for row in world.facts.of_case("docket", place.case.key)
    )


def in_order(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Each task once, those with the earliest date first, those without one last."""
    found: dict[tuple[str, str], Task] = {}
    for task in tasks:
        found.setdefault((task.text, task.case_number), task)
    return tuple(
        sorted(
            found.values(), key=lambda task: (task.due is None, task.due or "", task.case_number)
        )
    )
