"""What an impact is made of: flat values, each with the entries it rests on.

Every legal statement carries its citation and check mark as the pack has them.
Dates are texts: as they were said, or ISO 8601 where they were computed.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Appeal",
    "Complaint",
    "Hold",
    "Impact",
    "ItemTouched",
    "Keeping",
    "LinkedCase",
    "Notice",
    "PersonTouched",
    "Request",
    "Ruling",
    "Suit",
    "SuitEvent",
    "Task",
    "Touched",
    "Way",
    "WayBack",
]

Entries = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a case is linked: `bears_on`, `same_matter`, `related`, `shared_item`, `person`."""

    kind: str
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that an item or a ruling touches, and every way in which it is linked."""

    key: str
    case_number: str
    title: str
    jurisdiction: str
    ways: tuple[Way, ...]

    @property
    def entries(self) -> Entries:
        """What the links rest on."""
        return tuple(sorted({entry for way in self.ways for entry in way.entries}))

    @property
    def bears(self) -> bool:
        """Whether the item itself bears on the case, alone or through its matter."""
        return any(way.kind in ("bears_on", "same_matter") for way in self.ways)


@dataclass(frozen=True, slots=True)
class Touched:
    """One defendant of a linked case.

    Attributes:
        standing: `pending`, `convicted`, `sentenced` or `ended`.
        event, since: the docket's word and date that made it so; empty while nothing has.
        sentence: as the docket says it, or empty.
        counsel: on record for the defendant, in words, or empty.
        disclosed: the date on which this defendant got the item; None where no row says so.
        disclosed_words: the same in a sentence; empty where no item was asked about.
        words: how it stands, in a sentence.
    """

    key: str
    case_number: str
    defendant: str
    standing: str
    event: str
    since: str
    sentence: str
    counsel: str
    disclosed: str | None
    disclosed_words: str
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class WayBack:
    """A way back to court after a conviction.

    Attributes:
        material: it turns on evidence, so that a find or a loss touches it.
        last_day: None where the law gives no limit, or something is lacking.
        passed: whether the last day is over; None without one.
        working: the sum in words.
        lacks: what is not on record.
    """

    case_number: str
    defendant: str
    id: str
    ground: str
    material: bool
    last_day: str | None
    passed: bool | None
    working: str
    rule: str | None
    cite: str
    check: str
    says: str
    lacks: tuple[str, ...]
    entries: Entries


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal on a docket: `open`, `withdrawn` or `decided`."""

    case_number: str
    defendant: str | None
    filed_on: str
    by: str
    state: str
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class SuitEvent:
    """One step of a civil suit."""

    on: str
    event: str
    detail: str
    entry: int


@dataclass(frozen=True, slots=True)
class Suit:
    """A civil suit by its number: `open`, `closed`, `reinstated` or `moved`, with its course."""

    number: str
    case_number: str
    state: str
    course: tuple[SuitEvent, ...]
    words: str

    @property
    def entries(self) -> Entries:
        """The docket rows."""
        return tuple(step.entry for step in self.course)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint against counsel, as the docket has it."""

    case_number: str
    on: str
    by: str
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Hold:
    """A duty to keep that stands now."""

    name: str
    words: str
    since: str
    by: str
    case_number: str | None
    ends: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Keeping:
    """A preservation duty of the pack that the item may fall under."""

    case_number: str
    id: str
    material: str
    until: str
    last_day: str | None
    why: str
    cite: str
    check: str
    says: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class PersonTouched:
    """Somebody whom it may touch and who is no defendant of a linked case. No accusation."""

    person: str
    because: tuple[str, ...]
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Request:
    """What a defendant asked for and the item answers, by words that both have."""

    case_number: str
    defendant: str
    requested_at: str
    asks_for: str
    matches: tuple[str, ...]
    replied_at: str
    reply: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling of one case, and the linked cases for which it decides nothing."""

    case_number: str
    event: str
    on: str
    by: str
    detail: str
    says_nothing_for: tuple[str, ...]
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Notice:
    """Who must be told of what, since when it is known, and whether a row shows that they were.

    Attributes:
        told: the date that a row shows; None where none does.
    """

    to: str
    role: str
    case_number: str
    about: str
    known_since: str
    told: str | None
    words: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class ItemTouched:
    """An item of a case whose lines are not in order, for one case and defendant."""

    agency: str
    tag: str
    description: str
    case_number: str
    defendant: str | None
    states: tuple[str, ...]
    entries: Entries


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, as a plain imperative.

    Attributes:
        who: who is to do it.
        about: whom it is about.
        due: ISO date; None where nothing gives one.
        basis: `law`, `policy` or empty.
        overdue: the date had passed by the moment asked for.
        rule, cite, check: of a date by law.
        why: in a sentence.
    """

    text: str
    who: str
    about: str
    case_number: str
    due: str | None
    basis: str
    overdue: bool
    rule: str | None
    cite: str | None
    check: str | None
    why: str
    entries: Entries


@dataclass(frozen=True, slots=True)
class Impact:
    """What an item or a case touches, by a moment.

    Attributes:
        agency, tag, description: of the item; None where a case was asked about.
        case_number: of the case; None where an item was.
        notes: what there is none of on record, and what could not be followed, in sentences.
        entries: the rows of the item or case itself.
    """

    agency: str | None
    tag: str | None
    description: str
    case_number: str | None
    title: str
    cases: tuple[LinkedCase, ...]
    defendants: tuple[Touched, ...]
    windows: tuple[WayBack, ...]
    appeals: tuple[Appeal, ...]
    suits: tuple[Suit, ...]
    complaints: tuple[Complaint, ...]
    holds: tuple[Hold, ...]
    preservation: tuple[Keeping, ...]
    people: tuple[PersonTouched, ...]
    requests: tuple[Request, ...]
    rulings: tuple[Ruling, ...]
    notices: tuple[Notice, ...]
    items: tuple[ItemTouched, ...]
    tasks: tuple[Task, ...]
    notes: tuple[str, ...]
    entries: Entries
