"""The board of one case: every line of its match with what a page groups and filters by, kept while it holds.

A case of a thousand items takes the reference half a second; the pages of one reader ask for it again and again.
So an answer is kept in the process under a digest of what it rests on: the entries that can matter for the
case, the law in force, what was erased. Until something of that changes, or until the clock passes a moment
at which something on record comes to have happened (at the latest midnight), the same answer holds.

What this does not do: it hides nothing. Who sees what is for the pages (`web.cases.veil`).
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from threading import Lock

from fullfile.core.errors import NotFound, Unavailable
from fullfile.core.facts.bearing import mentioned_cases
from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.ids import DAY_MS, key
from fullfile.core.matching import Line, State, World
from fullfile.core.matching.asides import views, without_views
from fullfile.core.matching.beside import answers_of, barred_counts, unanswered, unbooked
from fullfile.core.matching.lines import line_of
from fullfile.core.matching.unit import Unit, judge
from fullfile.core.said import say
from fullfile.engines.report.board import board_of_case
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.board_again import Rests, rests_of
from fullfile.server.queries.board_parts import (
    AgencyAnswer,
    CaseBoard,
    CaseItem,
    DayOfChange,
    Judged,
)
from fullfile.server.queries.match import result_of
from fullfile.server.queries.requests import RequestOfCase, requests_in
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.settings import database_address
from fullfile.server.store.board_marks import is_untouched
from fullfile.server.store.case_entries import entries_for_case
from fullfile.server.store.case_fingerprint import digest_of, law_digest
from fullfile.server.store.load import entries, find_cases, find_items
from fullfile.server.store.overview import name_cases

__all__ = [
    "AgencyAnswer",
    "CaseBoard",
    "CaseItem",
    "DayOfChange",
    "Judged",
    "board_of_one_case",
    "warm_board",
]

_MOST_CASES = 60
_MOST_LINES = 150_000
"""So much is kept in one process: about a kilobyte for each line."""
_FOREVER = 1 << 62


Lines = Mapping[ItemKey, tuple[tuple[str, Judged], ...]]
"""The lines of each item, each with the key of its defendant; empty for who there is none."""


@dataclass(slots=True)
class _Kept:
    board: CaseBoard
    size: int
    digest: bytes
    since_ms: int
    until_ms: int
    rests: Rests
    lines: Lines


_kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
_lock = Lock()
_making: dict[tuple[object, ...], Lock] = {}


def board_of_one_case(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
    read: list[tuple[World, Case]] | None = None,
) -> CaseBoard:
    """The board of a case.

    Args:
        number: the case number.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.
        read: takes the world, where it had to be read; whoever asks on need not read it again.

    Raises:
        NotFound: no case of that number was on record by then.
    """
    moment = clock_ms(now_ms)
    question = asked(on, as_of, moment)
    case_id = find_cases([number]).get(key(number))
    if case_id is None:
        raise NotFound(say("There is no case “{number}” on record.", number=number.strip()[:60]))
    place = (database_address(), case_id, str(on), str(as_of))
    with _lock:
        making = _making.setdefault(place, Lock())
    with making:  # two readers of one case do not work it out twice
        kept = _still_holds(place, question, case_id, moment)
        if kept is None:
            older = _of_the_day(place, moment) if on is None and as_of is None else None
            kept = _make(question, case_id, number, moment, read, now=on is None, older=older)
            _keep(place, kept)
    return _at(kept.board, question)


def _at(board: CaseBoard, question: Asked) -> CaseBoard:
    """The same lines, with the moments and the head of the record of this question."""
    result = replace(
        board.result,
        on=question.on_text,
        as_of=question.as_of_text,
        checkpoint=question.head,
        policy=question.policy_in_force,
    )
    return replace(board, result=result)


def _still_holds(
    place: tuple[object, ...], question: Asked, case_id: int, moment: int
) -> _Kept | None:
    with _lock:
        kept = _kept.get(place)
        if kept is not None:
            _kept.move_to_end(place)
    if kept is None or not kept.since_ms <= moment < kept.until_ms:
        return None
    if kept.size != question.size:
        if (
            not _is_untouched(case_id, kept.size, question.size)
            and digest_of(entries_for_case(case_id, question.size), question.size) != kept.digest
        ):
            return None
        kept.size = question.size
    return kept


def _of_the_day(place: tuple[object, ...], moment: int) -> _Kept | None:
    """The last board, where nothing but what was recorded since can have made it another."""
    with _lock:
        kept = _kept.get(place)
    return kept if kept is not None and kept.since_ms <= moment < kept.until_ms else None


def _is_untouched(case_id: int, since: int, size: int) -> bool:
    """Whether the marks say that nothing came since; the entries are asked where they cannot be read."""
    if size < since:
        return False
    try:
        return is_untouched(case_id, since, size)
    except Unavailable:
        return False


def warm_board(case_id: int, *, now_ms: int | None = None) -> None:
    """Work out the board of a case in this process ahead of whoever opens it; nothing where there is no such case.

    A board is kept by the process that worked it out: this helps where the same process answers people.
    """
    number = name_cases([case_id]).get(case_id)
    if number is not None:
        board_of_one_case(number, now_ms=now_ms)


def _keep(place: tuple[object, ...], kept: _Kept) -> None:
    with _lock:
        _kept[place] = kept
        _kept.move_to_end(place)
        lines = sum(len(one.board.judged) for one in _kept.values())
        while len(_kept) > 1 and (len(_kept) > _MOST_CASES or lines > _MOST_LINES):
            gone, dropped = _kept.popitem(last=False)
            lines -= len(dropped.board.judged)
            _making.pop(gone, None)


def _make(
    question: Asked,
    case_id: int,
    number: str,
    moment: int,
    read: list[tuple[World, Case]] | None,
    *,
    now: bool,
    older: _Kept | None = None,
) -> _Kept:
    indexes = entries_for_case(case_id, question.size)
    found = entries(indexes)
    world = world_of(question, found)
    case = world.cases.by_key.get(key(number))
    if case is None:
        raise NotFound(
            say(
                "No case {number} was on record by {as_of_text}.",
                number=number.strip(),
                as_of_text=question.as_of_text,
            )
        )
    if read is not None:
        read.append((world, case))
    until = _changes_next(world, case, moment) if now else _FOREVER
    # That an import began says nothing by itself: each row has its batch.
    telling = [one.index for one in found if one.type != "import.started"]
    rests = rests_of(world, case, telling, law_digest(indexes, question.size))
    same = rests.unchanged(older.rests) if older is not None else set()
    lines = dict(_lines(world, case, older.lines if older is not None else {}, same))
    return _Kept(
        _board(question, world, case, case_id, lines),
        question.size,
        digest_of(indexes, question.size),
        moment,
        until,
        rests,
        lines,
    )


def _lines(
    world: World, case: Case, older: Lines, same: set[ItemKey]
) -> Iterator[tuple[ItemKey, tuple[tuple[str, Judged], ...]]]:
    """The lines of each item that bears on a case: judged, or taken over where all they rest on is the same."""
    on = world.on(case)
    if case.start is not None and case.start > on:
        return
    defendants = world.cases.defendants(case, on)
    for item in world.bearing.items_of(case.key):
        if item in same and item in older:
            yield item, older[item]
            continue
        units = [judge(world, case, item, one) for one in defendants or (None,)]
        yield (
            item,
            tuple(
                (unit.defendant.key if unit.defendant else "", _judged(world, unit))
                for unit in units
                if unit is not None
            ),
        )


def _changes_next(world: World, case: Case, moment: int) -> int:
    """The next moment (UTC ms) at which the answer may change by itself.

    What is on record for later today has happened then; at midnight, here or at the court, every count of days
    is another.
    """
    found = []
    for zone in {world.facts.zone, case.zone}:
        on = world.moment(zone)
        day_end = on - on % DAY_MS + DAY_MS
        later = (
            at
            for rows in world.facts.every.values()
            for row in rows
            for at in _moments(row)
            if on < at < day_end
        )
        wall = datetime.fromtimestamp(min([*later, day_end]) / 1000, UTC).replace(tzinfo=zone)
        found.append(int(wall.timestamp() * 1000))
    return max(moment + 1, min(found))


def _moments(row: Row) -> Iterator[int]:
    """Every moment of a row: of its own date, and of each other date with a time."""
    for at in (row.first, row.last):
        if at is not None:
            yield at
    for name, value in row.data.items():
        if isinstance(value, str) and len(value) > 15 and value[4:5] == "-" and "T" in value:
            try:
                bounds = row.bounds(name)
            except ValueError:
                continue
            if bounds is not None:
                yield from (bounds.first, bounds.last)


def _board(question: Asked, world: World, case: Case, case_id: int, lines_of: Lines) -> CaseBoard:
    on = world.on(case)
    places: dict[ItemKey, int] = {}
    names = [one.name for one in world.cases.defendants(case, on)]
    judged: list[Judged] = []
    states: dict[tuple[ItemKey, str], tuple[State, ...]] = {}
    for item, found in lines_of.items():
        for defendant, one in found:
            states[item, defendant] = (one.line.state, *one.line.also)
            judged.append(_placed(one, places.setdefault(item, len(places)), names))
    requests = tuple(requests_in(world, case, states))
    for line in (*unbooked(world, case.key), *unanswered(world, case), *barred_counts(world, case)):
        who = names.index(line.defendant) + 1 if line.defendant in names else 0
        judged.append(Judged(line, -1, who))
    lines = [one.line for one in judged]
    pack = world.law.pack(case.jurisdiction)
    rows = world.facts.of_case("cases", case.key)
    live = [line for line in lines if not line.counted_apart]
    counted = result_of(question, lines, ended=False, all_lines=False)
    mentions = [
        row
        for row in world.facts.rows.get("mentions", ())
        if row.last is not None and row.last <= on and case.key in mentioned_cases(world.cases, row)
    ]
    open_mentions = sum(line.state is State.UNBOOKED for line in lines)
    answers = tuple(
        AgencyAnswer(one.asked.name, one.standing, one.why_not) for one in answers_of(world, case)
    )
    return CaseBoard(
        case_id=case_id,
        number=case.number,
        title=case.title,
        court=next((row.text("court") for row in rows if row.data.get("court")), ""),
        jurisdiction=case.jurisdiction,
        place=case.jurisdiction if pack is None else pack.name,
        has_rules=pack is not None,
        sealed=any(row.said("sealed") for row in rows),
        reports=tuple(
            f"{report['agency']} {report['number']}"
            for row in rows
            for report in row.data.get("report_numbers", ())
        ),
        zone=case.zone,
        day=on // DAY_MS,
        defendants=tuple(names),
        items=tuple(_items(world, case, places, requests)),
        judged=tuple(judged),
        in_place=board_of_case(live or lines),
        result=replace(counted, exceptions=[], others=None),
        agencies=answers,
        mentions=len(mentions),
        accounted=max(0, len(mentions) - open_mentions),
        days=tuple(_days(world, case, lines)),
        requests=requests,
        remedies=() if pack is None else pack.remedies,
        not_legal_advice="Nothing here is legal advice."
        if pack is None
        else " ".join(pack.not_legal_advice.split()),
        linked=len(case.matter),
    )


def _placed(one: Judged, place: int, names: list[str]) -> Judged:
    """A line with its item's and its defendant's place on this board."""
    name, who = one.line.defendant, 0
    if name is not None:
        if name not in names:
            names.append(name)
        who = names.index(name) + 1
    if (one.item, one.defendant) == (place, who):
        return one
    return replace(one, item=place, defendant=who)


def _judged(world: World, unit: Unit) -> Judged:
    line = line_of(world, unit)
    sealed = any(row.said("sealed") for row, _ in (*unit.withheld.good, *unit.withheld.bad))
    unviewed = without_views(line.why) if views(world, unit) else None
    return Judged(line, -1, 0, unviewed, sealed)


def _items(
    world: World, case: Case, places: dict[ItemKey, int], requests: Iterable[RequestOfCase]
) -> Iterator[CaseItem]:
    facts = world.facts
    numbers = find_items(list(places))
    own = set(case.reports)
    for other in case.matter:
        related = world.cases.by_key.get(other)
        own |= set(related.reports) if related is not None else set()
    asked_for = {
        (key(one.agency), key(one.tag))
        for request in requests
        if not request.replied
        for one in request.items
    }
    for item in places:
        rows = facts.of_item("items", item)
        first = rows[0] if rows else None
        named = first or next(iter(_any_row(facts, item)), None)
        report = first.text("report_number") if first else ""
        booked = first.text("booked_at") or first.text("collected_at") if first else ""
        yield CaseItem(
            item_id=numbers.get(item, 0),
            agency=named.text("agency") if named else item[0],
            tag=named.text("tag") if named else item[1],
            description=first.text("description") if first else "",
            report=f"{first.text('agency')} {report}" if first and report else "",
            own_report=bool(report) and (item[0], key(report)) in own,
            kind=first.text("kind") if first else "",
            category=first.text("category") if first else "",
            place=rows[-1].text("storage_location") if rows else "",
            month=booked[:7] if booked[:4].isdigit() and booked[4:5] == "-" else "",
            productions=tuple(
                sorted(
                    {
                        row.text("production")
                        for row in facts.of_item("disclosures", item)
                        if row.case == case.key and row.data.get("production")
                    }
                )
            ),
            sealed=any(row.said("sealed") for row in rows),
            asked=item in asked_for,
            viewed=any(row.case == case.key for row in facts.of_item("determinations", item)),
            changed=max((row.recorded for row in _any_row(facts, item)), default=0) // DAY_MS,
        )


_OF_ITEM = ("items", "custody", "filings", "disclosures", "withholdings", "determinations")


def _any_row(facts: Facts, item: ItemKey) -> Iterator[Row]:
    for table in _OF_ITEM:
        yield from facts.of_item(table, item)


_CHANGES = (
    ("docket", ""),
    ("filings", "filed"),
    ("disclosures", "disclosed"),
    ("withholdings", "withheld"),
    ("counts", "charged"),
    ("status", "a defendant's status"),
    ("answers", "answer"),
    ("requests", "request"),
    ("determinations", "determination"),
)


def _days(world: World, case: Case, lines: list[Line]) -> Iterator[DayOfChange]:
    """The days on which something changed or falls due, those to come too."""
    found: dict[int, Counter[str]] = {}

    def note(at: int | None, words: str, *, once: bool = False) -> None:
        if at is not None:
            counts = found.setdefault(at // DAY_MS, Counter())
            counts[words] = 1 if once else counts[words] + 1

    for table, words in _CHANGES:
        for row in world.facts.of_case(table, case.key):
            note(row.last, words or row.text("event").replace("_", " "))
    for item in world.bearing.items_of(case.key):
        for row in world.facts.of_item("items", item):
            note(row.first, "taken in")
        for row in world.facts.of_item("custody", item):
            note(row.first, row.text("event").replace("_", " "))
    if case.start is not None:
        note(case.start, "opened")
    for line in lines:
        if line.due is not None and line.tag is not None and not _in_time(line):
            note(_next_day(line.due), "a date to disclose passed", once=True)
        if line.ended is not None:
            note(_next_day(line.ended), "the day after the case ended", once=True)
    for day in sorted(found):
        yield DayOfChange(day, _some(found[day]))


_EPOCH = date(1970, 1, 1).toordinal()


def _next_day(text: str) -> int:
    return (date.fromisoformat(text[:10]).toordinal() - _EPOCH + 1) * DAY_MS


def _in_time(line: Line) -> bool:
    """Whether it was disclosed whole by its day, so that nothing changed when that day passed."""
    late = {State.LATE, State.OVERDUE, State.PARTIAL, State.PENDING, State.POST_CONVICTION}
    return line.disclosed_at is not None and not late & {line.state, *line.also}


def _some(counts: Counter[str]) -> str:
    """What happened on a day, in a few words: the docket's own words first."""
    said = [f"{words} ({many:,})" if many > 1 else words for words, many in counts.items()]
    return ", ".join(said[:3]) + (", …" if len(said) > 3 else "")
