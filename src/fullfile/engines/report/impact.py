"""What an item or a case touches: the parts that text, page and CSV share, and the JSON.

The answer is laid out once as sections of rows (head, tag, sentences, ground), so that no
form says more or less than another. Dates by law and by the office's target are told apart
on every row; a pack's statement shows its citation and how far it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from fullfile.core.facts.dates import join
from fullfile.core.impact import Impact, Task, WayBack
from fullfile.core.impact.reasons import WENT_AHEAD, Outcome, reason_words
from fullfile.core.matching.result import Head
from fullfile.core.said import capital, joined, many, say, word
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.dates import date_words, short_date
from fullfile.engines.report.knew import short_when

__all__ = [
    "CSV_FIELDS",
    "ImpactView",
    "Part",
    "Section",
    "impact_as_csv",
    "impact_as_json",
    "sections",
    "subject",
    "summary",
]

CSV_FIELDS = (
    "part",
    "case_number",
    "subject",
    "state",
    "due",
    "basis",
    "cite",
    "check",
    "words",
    "entries",
)
_MARKS = {"text": say("read"), "part": say("read in part"), "unread": say("not read")}


@dataclass(frozen=True, slots=True)
class ImpactView:
    """An answer with what stands above it.

    Attributes:
        impact: the answer.
        on, as_of: the moments, ISO 8601.
        checkpoint: the head of the record.
        outcomes: why outcomes of the linked cases came about.
        office, made_at, version: for the top and the foot of a page.
        command: the words after `fullfile` that give the same answer.
    """

    impact: Impact
    on: str
    as_of: str
    checkpoint: Head
    outcomes: tuple[Outcome, ...] = ()
    office: str = ""
    made_at: str = ""
    version: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One row: what it is about, a short state, sentences, and what it rests on.

    Attributes:
        family: how the tag is drawn: `stops`, `behind`, `hand`, `apart` or `full`.
    """

    head: str
    tag: str = ""
    family: str = "hand"
    words: tuple[str, ...] = ()
    ground: str = ""
    entries: tuple[int, ...] = ()
    case_number: str = ""
    due: str = ""
    basis: str = ""
    cite: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what is said below it, and its rows."""

    id: str
    title: str
    rows: tuple[Part, ...] = field(default=())
    note: str = ""


def subject(impact: Impact) -> str:
    """What was asked about, as people call it."""
    if impact.case_number is not None:
        return impact.title or impact.case_number
    return f"{impact.agency} {impact.tag}"


def summary(impact: Impact) -> str:
    """The answer in a sentence or two."""
    if not impact.cases:
        return say("It touches no case on record by then.")
    people = Counter(one.standing for one in impact.defendants)
    standing = [
        say("{n} {standing}", n=number, standing=word(which)) for which, number in people.items()
    ]
    said: str = say(
        "It touches {cases} and {people}",
        cases=many("{n:,} case", "{n:,} cases", len(impact.cases)),
        people=many("{n:,} defendant", "{n:,} defendants", len(impact.defendants)),
    )
    if standing:
        said = say("{said} ({standing})", said=said, standing=join(standing))
    touches = say("{said}.", said=said)
    if not impact.tasks:
        return joined((touches, say("Nothing is left to do, as far as the record shows.")))
    late = sum(task.overdue for task in impact.tasks)
    left: str = many("{n:,} thing is to be done", "{n:,} things are to be done", len(impact.tasks))
    if late:
        left = joined((left, many("{n} past its date", "{n} past their date", late)), ", ")
    return joined((touches, say("{said}.", said=left)))


def sections(view: ImpactView) -> tuple[Section, ...]:
    """The whole answer, in the order in which people ask."""
    impact = view.impact
    found = (
        Section("tasks", say("To be done"), tuple(_tasks(impact))),
        Section("cases", say("Linked cases"), tuple(_cases(impact))),
        Section("defendants", say("Defendants"), tuple(_defendants(impact))),
        Section("windows", say("Ways back to court after a conviction"), tuple(_windows(impact))),
        Section("rulings", say("Rulings, and what they leave open"), tuple(_rulings(impact))),
        Section("appeals", say("Appeals"), tuple(_appeals(impact))),
        Section("suits", say("Civil suits"), tuple(_suits(impact))),
        Section("complaints", say("Complaints against counsel"), tuple(_complaints(impact))),
        Section("holds", say("Holds that stand"), tuple(_holds(impact))),
        Section("keeping", say("Duties to keep"), tuple(_keeping(impact))),
        Section(
            "people",
            say("People whom it may touch"),
            tuple(_people(impact)),
            say(
                "Whom the record connects with it, and who is no defendant of these cases. It accuses "
                "nobody."
            ),
        ),
        Section("requests", say("Requests that it answers"), tuple(_requests(impact))),
        Section("notices", say("Who must be told"), tuple(_notices(impact))),
        Section("items", say("Items that are not in order"), tuple(_items(impact))),
        Section("reasons", say("Why it came about"), tuple(_outcomes(view.outcomes))),
    )
    return tuple(section for section in found if section.rows)


def _ground(cite: str, check: str) -> str:
    mark = _MARKS.get(check, check)
    return say("{said}.", said=joined((cite, mark), ", ")) if cite else ""


def _tasks(impact: Impact) -> Iterator[Part]:
    for task in impact.tasks:
        yield Part(
            head=task.text,
            tag=_due_words(task),
            family="behind" if task.overdue else "hand",
            words=(say("Who: {who}.", who=task.who), task.why),
            ground=_ground(task.cite or "", task.check or ""),
            entries=task.entries,
            case_number=task.case_number,
            due=task.due or "",
            basis=task.basis,
            cite=task.cite or "",
            check=task.check or "",
        )


def _due_words(task: Task) -> str:
    if task.due is None:
        return say("no date")
    basis = say("by law") if task.basis == "law" else say("by the office's target")
    day = short_date(task.due)
    if task.overdue:
        return say("was due {day} {basis}", day=day, basis=basis)
    return say("due {day} {basis}", day=day, basis=basis)


def _cases(impact: Impact) -> Iterator[Part]:
    for linked in impact.cases:
        title = f"  {linked.title}" if linked.title else ""
        yield Part(
            head=f"{linked.case_number}{title}",
            words=tuple(say("{said}.", said=capital(way.words)) for way in linked.ways),
            entries=linked.entries,
            case_number=linked.case_number,
        )


def _defendants(impact: Impact) -> Iterator[Part]:
    for one in impact.defendants:
        counsel = (
            say("Counsel: {counsel}.", counsel=one.counsel)
            if one.counsel
            else say("Counsel: none on record.")
        )
        families = {"pending": "hand", "ended": "full", "convicted": "apart", "sentenced": "apart"}
        yield Part(
            head=f"{one.defendant}, {one.case_number}",
            tag=word(one.standing),
            family=families[one.standing],
            words=tuple(part for part in (one.words, one.disclosed_words, counsel) if part),
            entries=one.entries,
            case_number=one.case_number,
        )


def _windows(impact: Impact) -> Iterator[Part]:
    for window in impact.windows:
        words = [window.says] if window.says else []
        if window.working:
            words.append(window.working)
        if window.lacks:
            words.append(say("Not on record: {lacks}.", lacks=joined(window.lacks, "; ")))
        if not window.material:
            words.append(say("It does not turn on evidence."))
        tag, family = _window_tag(window)
        yield Part(
            head=f"{window.defendant}, {window.case_number}: {window.ground}",
            tag=tag,
            family=family,
            words=tuple(_plain(part) for part in words),
            ground=_ground(window.cite, window.check),
            entries=tuple(dict.fromkeys(window.entries)),
            case_number=window.case_number,
            due=window.last_day or "",
            basis="law" if window.last_day else "",
            cite=window.cite,
            check=window.check,
        )


def _plain(words: str) -> str:
    """Words of a pack on one line; a sentence of ours is one already."""
    one_line = " ".join(words.split())
    return words if words == one_line else one_line


def _window_tag(window: WayBack) -> tuple[str, str]:
    if window.last_day is None:
        return (
            (say("no day: something is lacking"), "apart")
            if window.lacks
            else (say("no last day known"), "apart")
        )
    day = short_date(window.last_day)
    return (
        (say("passed {day}", day=day), "full")
        if window.passed
        else (say("open to {day}", day=day), "behind")
    )


def _rulings(impact: Impact) -> Iterator[Part]:
    for ruling in impact.rulings:
        yield Part(
            head=say(
                "{case}: {event}",
                case=ruling.case_number,
                event=word(ruling.event.replace("_", " ")),
            ),
            tag=short_when(ruling.on),
            words=(ruling.words, *((say("Made by {by}.", by=ruling.by),) if ruling.by else ())),
            entries=ruling.entries,
            case_number=ruling.case_number,
        )


def _appeals(impact: Impact) -> Iterator[Part]:
    for appeal in impact.appeals:
        yield Part(
            head=appeal.case_number,
            tag=word(appeal.state),
            family="behind" if appeal.state == "open" else "full",
            words=(appeal.words,),
            entries=appeal.entries,
            case_number=appeal.case_number,
        )


def _suits(impact: Impact) -> Iterator[Part]:
    for suit in impact.suits:
        steps = tuple(
            say(
                "{day}: {event} ({detail}).",
                day=short_when(step.on),
                event=word(step.event),
                detail=step.detail,
            )
            if step.detail
            else say("{day}: {event}.", day=short_when(step.on), event=word(step.event))
            for step in suit.course
        )
        yield Part(
            head=suit.number or say("a civil suit without a number on record"),
            tag=word(suit.state),
            family="full" if suit.state == "closed" else "behind",
            words=(
                *steps,
                *(
                    (say("That it was closed lifts no hold."),)
                    if "lifts no hold" in suit.words
                    else ()
                ),
            ),
            entries=suit.entries,
            case_number=suit.case_number,
        )


def _complaints(impact: Impact) -> Iterator[Part]:
    for one in impact.complaints:
        yield Part(
            head=one.case_number,
            tag=short_when(one.on),
            words=(one.words,),
            entries=one.entries,
            case_number=one.case_number,
        )


def _holds(impact: Impact) -> Iterator[Part]:
    for hold in impact.holds:
        yield Part(
            head=say("{name}: {words}", name=hold.name, words=hold.words),
            tag=say("since {short_date}", short_date=short_date(hold.since)),
            family="apart",
            words=(say("Ends: {ends}.", ends=hold.ends),),
            entries=hold.entries,
            case_number=hold.case_number or "",
        )


def _keeping(impact: Impact) -> Iterator[Part]:
    for duty in impact.preservation:
        last = (
            say("Last day: {date_words}.", date_words=date_words(duty.last_day))
            if duty.last_day
            else ""
        )
        yield Part(
            head=say("Keep {material}", material=duty.material),
            tag=say("to be judged"),
            family="apart",
            words=tuple(
                _plain(part)
                for part in (
                    say("Until: {until}.", until=duty.until),
                    last,
                    say("Named because {why}.", why=duty.why),
                    duty.says,
                )
                if part
            ),
            ground=_ground(duty.cite, duty.check),
            entries=duty.entries,
            case_number=duty.case_number,
            due=duty.last_day or "",
            cite=duty.cite,
            check=duty.check,
        )


def _people(impact: Impact) -> Iterator[Part]:
    for one in impact.people:
        words = say("{said}.", said=capital(joined(one.because, "; ")))
        yield Part(head=one.person, words=(words,), entries=one.entries)


def _requests(impact: Impact) -> Iterator[Part]:
    for one in impact.requests:
        reply = say(
            "Replied {short_when}: {reply}.",
            short_when=short_when(one.replied_at),
            reply=one.reply or say("words not on record"),
        )
        yield Part(
            head=f"{one.defendant}: “{one.asks_for}”",
            tag=say("replied") if one.replied_at else say("no reply on record"),
            family="hand" if one.replied_at else "behind",
            words=(
                say(
                    "Asked {short_when} in {case_number}.",
                    short_when=short_when(one.requested_at),
                    case_number=one.case_number,
                ),
                say("It answers the request: {matches}.", matches=join(list(one.matches))),
                *((reply,) if one.replied_at else ()),
            ),
            entries=one.entries,
            case_number=one.case_number,
        )


def _notices(impact: Impact) -> Iterator[Part]:
    for one in impact.notices:
        what = say("the loss") if one.about == "loss" else say("the find")
        tag = say("not shown as told")
        if one.told:
            day = short_when(one.told)
            tag = (
                say("knew {day}", day=day)
                if one.role == "prosecutor"
                else say("told {day}", day=day)
            )
        yield Part(
            head=say(
                "{to}, {case_number}: {what}, known since {short_when}",
                to=one.to,
                case_number=one.case_number,
                what=what,
                short_when=short_when(one.known_since),
            ),
            tag=tag,
            family="full" if one.told else "behind",
            words=(one.words,),
            entries=one.entries,
            case_number=one.case_number,
        )


def _items(impact: Impact) -> Iterator[Part]:
    for one in impact.items:
        who = say(" for {defendant}", defendant=one.defendant) if one.defendant else ""
        yield Part(
            head=f"{one.agency} {one.tag}" + who + f", {one.case_number}",
            tag=join([word(state.replace("_", " ")) for state in one.states]),
            family="stops",
            words=(one.description,) if one.description else (),
            entries=one.entries,
            case_number=one.case_number,
        )


def _outcomes(outcomes: tuple[Outcome, ...]) -> Iterator[Part]:
    for one in outcomes:
        who = say(" for {defendant}", defendant=one.defendant) if one.defendant else ""
        what = (
            say("went ahead") if one.outcome == WENT_AHEAD else word(one.outcome.replace("_", " "))
        )
        detail = (one.detail,) if one.detail else ()
        yield Part(
            head=one.case_number + who + say(": {what}", what=what),
            tag=short_when(one.occurred_on),
            words=(
                say(
                    "{what} (says {by}).",
                    what=join([word(reason_words(reason)) for reason in one.reasons]),
                    by=one.by,
                ),
                *detail,
            ),
            entries=(one.entry,),
            case_number=one.case_number,
        )


def impact_as_json(view: ImpactView) -> dict[str, object]:
    """The whole answer: one object, lists of flat objects."""
    impact = view.impact
    found: dict[str, object] = {
        "agency": impact.agency,
        "tag": impact.tag,
        "description": impact.description or None,
        "case_number": impact.case_number,
        "on": view.on,
        "as_of": view.as_of,
        "checkpoint": {"size": view.checkpoint.size, "root": view.checkpoint.root},
        "entries": list(impact.entries),
        "cases": [
            {
                "case_number": one.case_number,
                "title": one.title,
                "bears": one.bears,
                "how": [way.kind for way in one.ways],
                "entries": list(one.entries),
            }
            for one in impact.cases
        ],
        "links": [
            {"case_number": one.case_number, **_flat(way)}
            for one in impact.cases
            for way in one.ways
        ],
        "suits": [
            {
                "number": one.number or None,
                "case_number": one.case_number,
                "state": one.state,
                "words": one.words,
                "entries": list(one.entries),
            }
            for one in impact.suits
        ],
        "suit_events": [
            {
                "number": one.number or None,
                "on": step.on,
                "event": step.event,
                "detail": step.detail,
                "entries": [step.entry],
            }
            for one in impact.suits
            for step in one.course
        ],
        "outcomes": [
            {
                "case_number": one.case_number,
                "defendant": one.defendant or None,
                "outcome": one.outcome,
                "occurred_on": one.occurred_on,
                "reasons": list(one.reasons),
                "by": one.by,
                "detail": one.detail or None,
                "entries": [one.entry],
            }
            for one in view.outcomes
        ],
        "notes": list(impact.notes),
    }
    for name in _FLAT:
        found[name] = [_flat(one) for one in getattr(impact, name)]
    return found


_FLAT = (
    "defendants",
    "windows",
    "appeals",
    "complaints",
    "holds",
    "preservation",
    "people",
    "requests",
    "rulings",
    "notices",
    "items",
    "tasks",
)


def _flat(one: object) -> dict[str, object]:
    """A value as a flat object: what was not said is null, and keys of our own stay inside."""
    found: dict[str, object] = {}
    for name, value in asdict(one).items():  # type: ignore[call-overload]  # each is a dataclass
        if name == "key":
            continue
        found[name] = list(value) if isinstance(value, tuple) else None if value == "" else value
    return found


def impact_as_csv(view: ImpactView) -> str:
    """Every row of every section, with the section's word in front."""
    rows = []
    for section in sections(view):
        for part in section.rows:
            words = " ".join(part.words)
            entries = ";".join(str(entry) for entry in part.entries)
            rows.append(
                [
                    section.id,
                    part.case_number,
                    part.head,
                    part.tag,
                    part.due,
                    part.basis,
                    part.cite,
                    part.check,
                    words,
                    entries,
                ]
            )
    rows += [["note", "", "", "", "", "", "", "", note, ""] for note in view.impact.notes]
    return render_csv(CSV_FIELDS, rows)
