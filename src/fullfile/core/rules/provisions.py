"""What a pack says besides dates: jeopardy, rulings, limitation, windows, keeping, remedies, papers.

Each statement carries id, citation and check mark. What a question must compute
with stands in closed words (docket events, status words, periods); what only a
person can judge stands in `says` and `conditions`, in words, and is shown as such.

Reading the files is the loader's part (`fullfile.engines.packs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fullfile.core.rules.counting import Method, Period

__all__ = [
    "ANSWERS",
    "LAYOUTS",
    "PAPERS",
    "STAGES",
    "Dismissals",
    "Jeopardy",
    "Limitation",
    "Paper",
    "Preservation",
    "Provision",
    "Remedy",
    "Ruling",
    "Statement",
    "Tolling",
    "Variant",
    "Window",
]

ANSWERS = ("barred", "open", "conditional", "unclear")
STAGES = ("any", "before_jeopardy", "after_jeopardy")
PAPERS = (
    "certificate",
    "supplemental_certificate",
    "schedule",
    "police_certificate",
    "acknowledgement",
)
LAYOUTS = ("certificate", "schedule", "mg6c", "mg6d", "mg6e")


@dataclass(frozen=True, slots=True)
class Provision:
    """A statement of law that no sum needs.

    Attributes:
        id: a short stable id, unique in the pack.
        cite: the citation.
        says: the law in our own plain words, one or two sentences.
        check: `text`, `part` or `unread`.
    """

    id: str
    cite: str
    says: str
    check: str


@dataclass(frozen=True, slots=True)
class Variant:
    """Another period of a rule for a defendant of some status (in custody: fewer days).

    Attributes:
        status: the word of the status table.
        period: the period in place of the rule's.
        cite: where the law says so.
        check: its mark.
    """

    status: str
    period: Period
    cite: str
    check: str


@dataclass(frozen=True, slots=True)
class Jeopardy:
    """When jeopardy attaches, by docket events.

    Attributes:
        jury, bench, plea: the events at which it attaches in a jury trial, in a trial without
            one, and on a plea; none where the law names no such moment.
        verdict_based: the bar turns on a verdict (or a plea with sentence), not on swearing.
    """

    jury: tuple[str, ...]
    bench: tuple[str, ...]
    plea: tuple[str, ...]
    verdict_based: bool
    cite: str
    says: str
    check: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an event on the docket does to the same charge against the same defendant.

    Attributes:
        event: the docket event.
        stage: whether it applies before or after jeopardy has attached, or in any case.
        answer: `barred`, `open`, `conditional` or `unclear`.
        conditions: facts that the answer depends on, each a sentence a person can check.
        appeal: id of the rule that gives the prosecution's time to appeal: until it has run (or
            the appeal has ended) the bar is conditional on it. Empty: no appeal of the prosecution.
        limitation: an open charge stays open only until the limitation date.
        until: id of a rule that ends the openness (a stay that may be recommenced within a year).
    """

    id: str
    event: str
    stage: str
    answer: str
    cite: str
    says: str
    check: str
    conditions: tuple[str, ...] = ()
    appeal: str = ""
    limitation: bool = True
    until: str = ""


@dataclass(frozen=True, slots=True)
class Tolling:
    """A time that the limitation clock does not count.

    Attributes:
        status: words of the status table during which the clock stands (`absent`); those times
            are added where they are on record, and named as a condition where they are not.
        from_event, to_event: docket events between which it stands; empty: none.
        cap: counted from the offence, the latest date that this tolling can give.
        conditions: what else must be true, in words.
    """

    id: str
    cite: str
    says: str
    check: str
    status: tuple[str, ...] = ()
    from_event: str = ""
    to_event: str = ""
    cap: Period | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limitation:
    """How long after the offence a charge may be brought.

    Attributes:
        grades: words of `[[grades]]` that it is for; none: every grade that no other names.
        offenses: words; it is only for an offence whose name or statute holds one of them.
        period: None: no limitation.
        runs_from: `offense` or `discovery`.
        method: how the period is counted; anniversary_years unless said.
        charge_events: the events that stop the clock (the charging papers).
        effective_from, effective_to: by the day of the offence.
    """

    id: str
    cite: str
    says: str
    check: str
    grades: tuple[str, ...]
    offenses: tuple[str, ...]
    period: Period | None
    runs_from: str
    method: Method
    charge_events: tuple[str, ...]
    tolling: tuple[Tolling, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A way back to court after a conviction.

    Attributes:
        ground: what it is for ("newly discovered evidence").
        rule: id of the rule that counts its last day; empty: no time limit, or none known (`says`).
        material: True where it turns on evidence, so that a late find or a loss touches it.
    """

    id: str
    ground: str
    cite: str
    says: str
    check: str
    rule: str = ""
    material: bool = True


@dataclass(frozen=True, slots=True)
class Preservation:
    """A duty to keep.

    Attributes:
        material: what must be kept, in words ("biological evidence").
        item_kinds, categories: what an item must be for it to apply; none: every item.
        starts: docket events from which it runs; none: from the seizure.
        until: how long, in words.
        rule: id of a rule that counts the last day; empty: none.
    """

    id: str
    cite: str
    says: str
    check: str
    material: str
    until: str
    item_kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a court can do about a breach.

    Attributes:
        id: word for it (`continuance`, `exclusion`, `dismissal_with_prejudice`).
        weighs: what the court must weigh first, each in words.
    """

    id: str
    cite: str
    says: str
    check: str
    weighs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dismissals:
    """A bar after so many dismissals (California's two-dismissal rule).

    Attributes:
        events: the dismissals that count.
        limits: (grade, number of dismissals that bar); the grade `*` is for all others.
        exceptions: in words.
    """

    cite: str
    says: str
    check: str
    events: tuple[str, ...]
    limits: tuple[tuple[str, int], ...]
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a paper must say.

    Attributes:
        text: the sentence as it is printed; `{state}`, `{defendant}`, `{case}`, `{court}` and
            `{agency}` are filled in.
        cite, check: what asks for it; empty and `unread` where it is custom.
    """

    text: str
    cite: str
    check: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that the jurisdiction asks for, or that its practice knows.

    Attributes:
        kind: one of `PAPERS`.
        title: as it stands on the paper.
        layout: one of `LAYOUTS`.
        required: the law asks for it; False: practice.
        goes_to_defence: False for what only the prosecutor or the court sees.
        statements: what it must say, in order.
        signers: two roles, in words ("prosecutor", "second reader").
        effective_from, effective_to: by the day of signing.
    """

    id: str
    kind: str
    title: str
    cite: str
    check: str
    layout: str
    required: bool
    goes_to_defence: bool
    statements: tuple[Statement, ...]
    signers: tuple[str, ...]
    says: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
