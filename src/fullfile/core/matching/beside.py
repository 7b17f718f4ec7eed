"""The lines beside the items: unbooked, unanswered, barred_count, orphan. Section 9 of `the-match.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.disclosure.answers import last_answer, reopened_by
from fullfile.core.docket.ends import REOPENINGS
from fullfile.core.facts.bearing import mentioned_cases
from fullfile.core.facts.cases import Case
from fullfile.core.facts.dates import date_words, day_words, days, join, when_words
from fullfile.core.facts.rows import ItemKey, Row, quantity_of
from fullfile.core.facts.suggestions import step_moment
from fullfile.core.facts.suspected import Open, chance_said, open_suggestions
from fullfile.core.ids import DAY_MS, day_text, days_between, key
from fullfile.core.matching.dues import Due
from fullfile.core.matching.line import Line, State
from fullfile.core.matching.unit import item_custody
from fullfile.core.matching.words import days_held, due_words, item_name
from fullfile.core.matching.world import World
from fullfile.core.said import Said, joined, say, word

__all__ = ["Answered", "answers_of", "barred_counts", "orphan", "unanswered", "unbooked"]

_BARS = frozenset({"acquitted", "convicted", "dismissed_with_prejudice"})


def unbooked(world: World, only: str | None = None) -> Iterator[Line]:
    """Mentions that nobody booked or answered; with `only`, those of one case."""
    for row in world.facts.rows.get("mentions", ()):
        named = [world.cases.by_key.get(case) for case in mentioned_cases(world.cases, row)]
        wanted = [case.key for case in named if case is not None and _is_open(world, case)]
        if only is not None:
            wanted = [case for case in wanted if case == only]
        elif not wanted:
            wanted = [""]
        for case in wanted:
            here = world.cases.by_key.get(case)
            if row.last is None or row.last > world.on(here) or _is_answered(world, row):
                continue
            yield _unbooked_line(world, row, here)


def _is_open(world: World, case: Case) -> bool:
    return case.start is None or case.start <= world.on(case)


def _is_answered(world: World, row: Row) -> bool:
    closers = {key(row.text("outcome_by")), key(row.text("outcome_confirmed_by"))} - {""}
    if (
        row.data.get("outcome") in ("returned_on_spot", "left_in_place", "not_taken")
        and len(closers) == 2
    ):
        return True
    if not row.data.get("booked_as"):
        return False
    item = (key(row.text("booked_agency") or row.text("agency")), key(row.text("booked_as")))
    if not world.things.is_on_list(item, world.on()):
        return False
    said, listed = quantity_of(row.text("quantity")), world.things.quantity(item)
    return said is None or listed is None or listed >= said


def _unbooked_line(world: World, row: Row, case: Case | None) -> Line:
    when = date_words(row.text("mentioned_at"), row.last or 0)
    count = days_between(row.first or 0, world.on(case))
    ended = _all_ended(world, case)
    item = (key(row.text("booked_agency") or row.text("agency")), key(row.text("booked_as")))
    named = [one.entry for one in world.facts.of_item("items", item)]
    if row.data.get("booked_as") and world.things.is_on_list(item, world.on()):
        listed = next(
            one.text("quantity")
            for one in world.facts.of_item("items", item)
            if quantity_of(one.text("quantity")) is not None
        )
        booked = say(
            "{tag} is booked for it, but the list has {listed} where the report says {said} ({days}), and {outcome}.",
            tag=row.text("booked_as"),
            listed=listed,
            said=row.text("quantity"),
            days=days(count),
            outcome=_outcome_words(row),
        )
    elif row.data.get("booked_as"):
        booked = say(
            "It is said to be booked as {tag}, which no property list on record has ({days}), and {outcome}.",
            tag=row.text("booked_as"),
            days=days(count),
            outcome=_outcome_words(row),
        )
    else:
        booked = say(
            "Nothing is booked for it ({days}), and {outcome}.",
            days=days(count),
            outcome=_outcome_words(row),
        )
    taken = say(
        "Report {report} of {day} says that this was taken: {what}.",
        report=row.text("report_number"),
        day=when,
        what=row.text("description"),
    )
    return Line(
        state=State.UNBOOKED,
        agency=row.text("agency"),
        case_number=case.number if case else None,
        description=row.text("description"),
        days_since_held=count,
        why=joined((taken, booked)),
        ended=None if ended is None else day_text(ended),
        changed_since_end=ended is not None and (row.last or 0) > ended,
        entries=tuple(sorted({row.entry, *named, *(case.entries[:1] if case else ())})),
    )


def _outcome_words(row: Row) -> str:
    """What was said to have become of a thing, and what is wanting for it to count."""
    outcome = row.text("outcome")
    if outcome in ("", "booked"):
        return say("nobody has said what became of it")
    return say(
        "{who} says “{outcome}”, which no second person has confirmed",
        who=row.text("outcome_by") or say("somebody unnamed"),
        outcome=word(outcome.replace("_", " ")),
    )


def _all_ended(world: World, case: Case | None) -> int | None:
    """The end of the last defendant's case (last moment of its day); None while one is open."""
    if case is None:
        return None
    on = world.on(case)
    ends = [world.end(case, one.key) for one in world.cases.defendants(case, on)]
    found = [end.ended for end in ends if end is not None and on > end.ended]
    return max(found) if ends and len(found) == len(ends) else None


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency of a case: its name as recorded, why it is one, and the entries that say so."""

    name: str
    because: str
    entries: tuple[int, ...]


def agencies_of(world: World, case: Case, items: Iterable[ItemKey], on: int) -> dict[str, Asked]:
    """The State's agencies of a case by a moment, by key.

    Listed, of its report numbers, of its officers, or ever a holder of an item that bears on it:
    its own items, and those whose custody says that they came from it or went to it.
    """
    found: dict[str, Asked] = {}

    def add(name: str, because: str, *entries: int) -> None:
        found.setdefault(key(name), Asked(name, because, entries))

    for row in world.facts.of_case("cases", case.key):
        for agency in row.data.get("agencies", ()):
            add(agency, say("the case lists it"), row.entry)
        for report in row.data.get("report_numbers", ()):
            own = say("report {number} is its own", number=report["number"])
            add(report["agency"], own, row.entry)
    for row in world.facts.of_case("parties", case.key):
        if row.data.get("role") == "officer" and row.data.get("agency"):
            officer = say("{name} is an officer of it", name=row.text("name"))
            add(row.text("agency"), officer, row.entry)
    for item in items:
        agency, tag = item_name(world, item)
        named = [row.entry for row in world.facts.of_item("items", item)[:1]]
        add(agency, say("it has {tag}, which bears on the case", tag=tag), *named)
        for row in world.things.handled(item, on):
            for name in (row.text("from"), row.text("to")):
                called = world.things.agency_called(name)
                if called is not None:
                    held = say("{tag}, which bears on the case, was in its hands", tag=tag)
                    add(called, held, row.entry)
    return {agency: one for agency, one in found.items() if world.things.is_of_the_state(agency)}


def unanswered(world: World, case: Case) -> Iterator[Line]:
    """Agencies of a case without a standing answer once a first due date has come."""
    on = world.on(case)
    first = _first_due(world, case, on)
    if first is None or first.day is None or on // DAY_MS < first.day:
        return
    moment = first.day * DAY_MS
    for one in answers_of(world, case):
        asked, last = one.asked, one.last
        if one.standing:
            continue
        said = (
            say(
                "{who} said {when}: {answer}; that no longer stands, because {why}.",
                who=last.text("by"),
                when=when_words(last.text("answered_at"), last.last or 0),
                answer=word(last.text("answer").replace("_", " ")),
                why=one.why_not,
            )
            if last is not None
            else say("No answer is not “nothing held”.")
        )
        silent = say(
            "{agency} has not said whether it holds anything more for this case, and it is asked because {because}.",
            agency=asked.name,
            because=asked.because,
        )
        fell_due = say(
            "The first duty fell due on {day} {by}.", day=day_words(moment), by=due_words(first)
        )
        yield Line(
            state=State.UNANSWERED,
            agency=asked.name,
            case_number=case.number,
            due=day_text(moment),
            due_basis=first.basis,
            rule=first.rule,
            check=first.check,
            why=joined((silent, fell_due, said)),
            entries=tuple(
                sorted(
                    {*case.entries[:1], *asked.entries, *first.entries}
                    | ({last.entry} if last is not None else set())
                )
            ),
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """An agency of a case and its last answer, whether that stands, and why it does not."""

    agency: str
    asked: Asked
    last: Row | None
    standing: bool
    why_not: str


def answers_of(world: World, case: Case) -> Iterator[Answered]:
    """Every agency of a case with its last answer, whatever is due."""
    on = world.on(case)
    arising = (
        (item, world.bearing.arises(case.key, item)) for item in world.bearing.items_of(case.key)
    )
    bearing = [item for item, since in arising if since is not None and since <= on]
    for agency, asked in sorted(agencies_of(world, case, bearing, on).items()):
        own = [item for item in bearing if item[0] == agency]
        yield Answered(agency, asked, *_answer(world, case, agency, own, on))


def _first_due(world: World, case: Case, on: int) -> Due | None:
    dues = []
    for one in world.cases.defendants(case, on):
        end = world.end(case, one.key)
        if end is not None and on > end.ended:
            continue
        due = world.dues.due(case, one, case.start, on)
        if due.day is not None:
            dues.append(due)
    return min(dues, key=lambda due: due.day or 0, default=None)


def _answer(
    world: World, case: Case, agency: str, own: list[ItemKey], on: int
) -> tuple[Row | None, bool, str]:
    last = last_answer(world, case, agency, on)
    if last is None or last.last is None:
        return None, False, ""
    if last.text("answer") == "more_to_come":
        day = last.last // DAY_MS
        stands = on // DAY_MS <= day + world.policy.target_on(day)
        return last, stands, say("the time for more has run out")
    bearing = {item: world.bearing.arises(case.key, item) or 0 for item in own}
    found = next(reopened_by(world, last, bearing), None)
    if found is None:
        return last, True, ""
    if last.text("answer") == "nothing_held":
        return last, False, say("an item of its own that bears on the case is on record")
    return last, False, say("{tag} was taken in or found to be of this case later", tag=found.tag)


def barred_counts(world: World, case: Case) -> Iterator[Line]:
    """Counts opened although a ruling bars them."""
    on = world.on(case)
    for row in world.facts.of_case("counts", case.key):
        charged = row.first if row.first is not None else case.start
        if row.data.get("override") or charged is None or charged > on or row.defendant is None:
            continue
        for other in (case.key, *sorted(case.matter)):
            ruling = _barring(world, other, row, charged, on)
            if ruling is not None:
                number = world.cases.by_key[other].number
                yield Line(
                    state=State.BARRED_COUNT,
                    case_number=case.number,
                    defendant=row.text("defendant"),
                    why=say(
                        "Count {count} ({offense}) was opened on {day} although {who} {ruling} in {case} on {ruled}, "
                        "and no override names that ruling.",
                        count=row.text("count"),
                        offense=row.text("offense"),
                        day=day_words(charged),
                        who=row.text("defendant"),
                        ruling=_ruling_words(ruling),
                        case=number,
                        ruled=date_words(ruling.text("occurred_on"), ruling.last or 0),
                    ),
                    entries=(row.entry, ruling.entry),
                )
                break


def _ruling_words(ruling: Row) -> Said:
    match ruling.text("event"):
        case "dismissed_with_prejudice":
            return say("was let go by a dismissal with prejudice")
        case "acquitted":
            return say("was acquitted")
        case _:
            return say("was convicted")


def _barring(world: World, other: str, count: Row, charged: int, on: int) -> Row | None:
    if other not in world.cases.by_key:
        return None
    offense = key(count.text("offense"))
    same = {
        key(row.text("count"))
        for row in world.facts.of_case("counts", other)
        if row.defendant == count.defendant and key(row.text("offense")) == offense
    }
    found: Row | None = None
    for row in sorted(world.facts.of_case("docket", other), key=lambda one: one.ord):
        if (row.first or 0) >= charged:
            continue
        if not world.cases.concerns(row, other, count.defendant or ""):
            continue
        if row.last is None or row.last > on:
            continue
        named = key(row.text("count"))
        if named and named not in same:
            continue
        if not named and not same:
            continue
        if row.data["event"] in _BARS:
            found = row
        elif row.data["event"] in REOPENINGS - {"refiled"}:
            found = None  # that the State refiles takes no bar away
    return found


def orphan(world: World, item: ItemKey) -> Line | None:
    """The line of an item that bears on no case; None where it bears on one or is not held."""
    on = world.on()
    if not world.things.is_of_the_state(item[0]):
        return None
    if not world.things.is_on_list(item, on) and not world.things.handled(item, on):
        return None
    for case in world.cases_of(item):
        arises = world.bearing.arises(case, item)
        if arises is not None and arises <= world.on(world.cases.by_key[case]):
            return None
    custody = item_custody(world, item)
    handled = world.things.handled(item, on)
    also = tuple(
        state
        for state, applies in (
            (State.MISSING, custody.missing),
            (State.DESTROYED_UNDER_HOLD, custody.under_hold is not None),
        )
        if applies
    )
    held, booked = world.things.held(item), world.things.booked(item)
    agency, tag = item_name(world, item)
    rows = world.facts.of_item("items", item)
    count = days_held(held, on)
    if held is None:
        since = say(
            "{agency} has handled it; since when it has been held is not on record.", agency=agency
        )
    elif count is None:
        since = say(
            "{agency} has it on its list, but only from {day} on.",
            agency=agency,
            day=date_words(held.said, held.moment),
        )
    else:
        since = say(
            "{agency} has held it since {day} ({days}).",
            agency=agency,
            day=date_words(held.said, held.moment),
            days=days(count),
        )
    report = next((row.text("report_number") for row in rows if row.data.get("report_number")), "")
    lists = world.cases.listing.get((item[0], key(report)))
    under = ""
    if report and not lists:
        under = say("It was booked under {report}, which no case lists.", report=report)
    elif report:
        under = say("It was booked under {report}, whose case had not been opened.", report=report)
    found = open_suggestions(
        world.facts,
        item,
        on,
        world.policy.threshold,
        lambda case: world.on(world.cases.by_key.get(case)),
    )
    custody_rows = world.facts.of_item("custody", item)
    last = max((row.entry for row in (*rows, *custody_rows)), default=-1)
    examined = world.facts.examinations.covers(item, last)
    return Line(
        state=State.ORPHAN,
        also=also,
        agency=agency,
        tag=tag,
        description=rows[0].text("description") if rows else None,
        held_since=day_text(held.moment) if held else None,
        booked_at=day_text(booked.moment) if booked else None,
        days_since_held=count,
        why=joined(
            (since, say("It bears on no case."), under, _suspicion(found, on, examined=examined))
        ),
        suspected_cases=tuple((one.suggested.number, one.probability) for one in found),
        settled=examined and not found,
        entries=tuple(
            sorted(
                {row.entry for row in (*rows, *handled)} | {one.suggested.entry for one in found}
            )
        ),
    )


def _suspicion(found: Sequence[Open], on: int, *, examined: bool) -> str:
    if not found:
        if examined:
            return say("It was examined, and no case is suspected.")
        return say("Not yet examined: nobody has looked for the case it belongs to.")
    parts = []
    for one in found:
        known = [each for each in one.suggested.reasons if step_moment(each.get("on", "")) <= on]
        parts.append(
            say(
                "{case} ({chance}: {reasons})",
                case=one.suggested.number,
                chance=chance_said(one.probability),
                reasons=joined([word(str(reason["what"])) for reason in known[:2]], "; "),
            )
        )
    return say("It is suspected to belong to {cases}; nobody has decided yet.", cases=join(parts))
