"""What is owed to whom by when: the answer as JSON and CSV, and the words that text and page share.

In JSON and CSV every date carries its working. A date says by what it is one: by law, by the office's
target, by an order of the court; a rule says in words how far it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from fullfile.core.duties import Duty
from fullfile.core.matching.result import Head
from fullfile.core.said import capital, joined, many, say, word
from fullfile.engines.report.csv import render_csv
from fullfile.engines.report.dates import date_words

__all__ = [
    "DUTY_FIELDS",
    "MARKS",
    "PARTS",
    "STATE_WORDS",
    "DutiesView",
    "basis_words",
    "duties_as_csv",
    "duties_as_json",
    "parts_of",
    "rule_words",
    "sentences",
    "verdict_words",
    "when_parts",
    "when_words",
    "whose",
]

MARKS = {"text": say("read"), "part": say("read in part"), "unread": say("not read")}
STATE_WORDS = {
    "overdue": "OVERDUE",
    "open": "Open",
    "undated": say("No date"),
    "suspended": "Suspended",
    "waiting": say("Not begun"),
    "passed": "Passed",
    "done": "Done",
    "ended": "Ended",
}
"""The states as a person reads them. What is overdue stands out without colour."""
PARTS = (
    ("next", say("What is owed next")),
    ("undated", say("Where the law gives no day")),
    ("waiting", say("Not begun: what starts it is not on record")),
    ("past", say("Past and done")),
    ("police", say("What the police owe the prosecution")),
)
"""The parts of the answer, in their order."""
_PART_OF = {
    "overdue": "next",
    "open": "next",
    "suspended": "next",
    "undated": "undated",
    "waiting": "waiting",
    "passed": "past",
    "done": "past",
    "ended": "past",
}
DUTY_FIELDS = tuple(field.name for field in fields(Duty))
_TARGET = say("by the office's target")
_SIDES = {
    "prosecution": say("the prosecution"),
    "defendant": say("the defendant"),
    "both": say("both sides"),
    "police": say("the police"),
    "court": say("the court"),
    "anyone": "anyone",
}


@dataclass(frozen=True, slots=True)
class DutiesView:
    """An answer with what stands above and below it.

    Attributes:
        case_number, title, court: the case.
        duties: in their order.
        lacks: what is not on record of the case as a whole.
        on, as_of: the moments, ISO 8601.
        checkpoint: the head of the record.
        target_days: the office's target in force.
        not_legal_advice: in the words of the pack.
        office, made_at, version: for the top and the foot of a page.
        asked: the options that were given, so that the page can be made again.
        working: whether each date is shown with its sum.
    """

    case_number: str
    title: str
    court: str
    duties: tuple[Duty, ...]
    lacks: tuple[str, ...]
    on: str
    as_of: str
    checkpoint: Head
    target_days: int
    not_legal_advice: str
    office: str = ""
    made_at: str = ""
    version: str = ""
    asked: str = ""
    working: bool = False

    @property
    def overdue(self) -> tuple[Duty, ...]:
        """The duties that are overdue."""
        return tuple(duty for duty in self.duties if duty.state == "overdue")


def verdict_words(view: DutiesView) -> str:
    """The answer in a sentence: how many are overdue, else which day comes next."""
    if not view.duties:
        return say("No duty can be named.")
    number = len(view.overdue)
    if number:
        return many("{n:,} duty is overdue.", "{n:,} duties are overdue.", number)
    coming = [duty for duty in view.duties if duty.state == "open" and duty.due is not None]
    if not coming:
        return say("Nothing is overdue.")
    soonest = min(coming, key=lambda duty: duty.due or "")
    return say(
        "Nothing is overdue; the next day is {date_words}.",
        date_words=date_words((soonest.due or "")[:10]),
    )


def parts_of(view: DutiesView) -> list[tuple[str, str, list[Duty]]]:
    """The duties in parts: (name, heading, duties), without those that are empty."""
    found: dict[str, list[Duty]] = {name: [] for name, _ in PARTS}
    for duty in view.duties:
        part = "police" if duty.kind == "police" else _PART_OF[duty.state]
        found[part].append(duty)
    return [(name, heading, found[name]) for name, heading in PARTS if found[name]]


def basis_words(duty: Duty) -> str:
    """By what a date is one."""
    return {
        "law": say("by law"),
        "policy": _TARGET,
        "order": say("by order of the court"),
    }.get(duty.due_basis or "", "")


def when_parts(duty: Duty) -> tuple[str, ...]:
    """The date, how far away it is, and by what it is one; or what stands in its place."""
    if duty.due is not None and duty.days_left is not None:
        day: str = date_words(duty.due[:10])
        if len(duty.due) > 10:
            day = say("{day} at {hour}", day=day, hour=duty.due[11:16])
        return day, _away(duty.days_left), basis_words(duty)
    if duty.state == "suspended":
        return (say("the clock stands still"),)
    parts = []
    if duty.elapsed_days is not None:
        parts.append(say("{days} since it began", days=_days(duty.elapsed_days)))
    if duty.target is not None:
        parts.append(say("the office's target: {date_words}", date_words=date_words(duty.target)))
    return tuple(parts) or ((say("no day is given"),) if duty.state == "undated" else ())


def when_words(duty: Duty) -> str:
    """The date in a line: `February 14, 2024, 147 days ago, by law`."""
    return joined(when_parts(duty), ", ")


def _away(left: int) -> str:
    if left == 0:
        return say("today")
    return say("in {days}", days=_days(left)) if left > 0 else say("{days} ago", days=_days(-left))


def _days(number: int) -> str:
    return many("{n:,} day", "{n:,} days", number)


def whose(duty: Duty) -> str:
    """Who owes it to whom, by name where it is somebody's."""
    owes = duty.agency or _SIDES.get(duty.owes, duty.owes)
    to = _SIDES.get(duty.to, duty.to)
    if duty.defendant is not None:
        if duty.owes == "defendant":
            owes = duty.defendant
        elif duty.to == "defendant":
            to = duty.defendant
        elif duty.owes == duty.to:
            return say("Between the prosecution and {defendant}", defendant=duty.defendant)
        else:
            return _capital(
                say(
                    "{owes} to {to}, in the case of {defendant}",
                    owes=owes,
                    to=to,
                    defendant=duty.defendant,
                )
            )
    return _capital(say("{owes} to {to}", owes=owes, to=to))


def _capital(words: str) -> str:
    return capital(words)


def rule_words(duty: Duty) -> str:
    """The rule, and how far it was read."""
    mark = MARKS.get(duty.check or "", "")
    return joined((duty.cite, mark), ", ")


def sentences(duty: Duty, *, working: bool = False) -> list[str]:
    """What is said of a duty beside its date."""
    found: list[str] = []
    if duty.trigger is not None and duty.trigger_event is not None:
        found.append(
            say(
                "It runs from {event}, {date_words}.",
                event=word(duty.trigger_event.replace("_", " ")),
                date_words=date_words(duty.trigger),
            )
        )
    if duty.open_items:
        named = joined(
            [
                say(
                    "{agency} {tag} ({state})",
                    agency=one.agency,
                    tag=one.tag,
                    state=joined(
                        (word(one.state.replace("_", " ")), _own_date(one.due, one.due_basis)), ", "
                    ),
                )
                for one in duty.open_items
            ],
            "; ",
        )
        more = duty.open_lines - len(duty.open_items)
        found.append(
            many(
                "{n:,} line is not met: {named}.",
                "{n:,} lines are not met: {named}.",
                duty.open_lines,
                named=joined((named, say("and {n} more", n=more) if more > 0 else ""), "; "),
            )
        )
    if duty.note:
        found.append(duty.note)
    found += [
        say(
            "{day}: {what}; {moved}.",
            day=date_words(one.on),
            what=one.words,
            moved=_moved(one.old, one.new),
        )
        for one in duty.changes
    ]
    if duty.lacks:
        found.append(say("Not on record: {lacks}.", lacks=joined(duty.lacks, "; ")))
    if working and duty.working:
        found.append(duty.working)
        if duty.skipped:
            skipped = "; ".join(f"{date_words(day)} ({why})" for day, why in duty.skipped)
            found.append(say("Days left out: {skipped}.", skipped=skipped))
    if working and duty.entries:
        listed = ", ".join(str(entry) for entry in duty.entries)
        found.append(many("Entry {listed}.", "Entries {listed}.", len(duty.entries), listed=listed))
    return found


def _own_date(due: str | None, basis: str | None) -> str:
    if due is None:
        return ""
    return joined((date_words(due), say("by law") if basis == "law" else _TARGET))


def _moved(old: str | None, new: str | None) -> str:
    if old == new:
        return say("the date stays") if old is not None else say("there is no date")
    if new is None:
        return say(
            "the date, {date_words}, no longer runs", date_words=date_words((old or "")[:10])
        )
    if old is None:
        return say("the date is {date_words}", date_words=date_words(new[:10]))
    return say(
        "the date moved from {date_words} to {date_words_2}",
        date_words=date_words(old[:10]),
        date_words_2=date_words(new[:10]),
    )


def duties_as_json(view: DutiesView) -> dict[str, object]:
    """The whole answer: one object, with a list of flat objects."""
    return {
        "case_number": view.case_number,
        "on": view.on,
        "as_of": view.as_of,
        "checkpoint": {"size": view.checkpoint.size, "root": view.checkpoint.root},
        "policy": {"target_days": view.target_days},
        "overdue": len(view.overdue),
        "lacks": list(view.lacks),
        "duties": [_as_json(duty) for duty in view.duties],
        "not_legal_advice": view.not_legal_advice,
    }


def _as_json(duty: Duty) -> dict[str, object]:
    made = asdict(duty)
    made["skipped"] = [{"on": day, "because": why} for day, why in duty.skipped]
    for name in ("working", "note"):
        made[name] = made[name] or None
    return made


def duties_as_csv(view: DutiesView) -> str:
    """One row for each duty; lists are joined by `;`."""
    return render_csv(("case_number", *DUTY_FIELDS), (_cells(view, duty) for duty in view.duties))


def _cells(view: DutiesView, duty: Duty) -> list[object]:
    joined: dict[str, Sequence[str]] = {
        "skipped": [f"{day} {why}" for day, why in duty.skipped],
        "changes": [f"{one.on} {one.words}: {_moved(one.old, one.new)}" for one in duty.changes],
        "open_items": [f"{one.agency} {one.tag}" for one in duty.open_items],
        "lacks": duty.lacks,
        "entries": [str(entry) for entry in duty.entries],
    }
    return [
        view.case_number,
        *(
            ";".join(joined[name]) if name in joined else getattr(duty, name)
            for name in DUTY_FIELDS
        ),
    ]
