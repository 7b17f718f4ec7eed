"""The answer of `standing` as values: one count of one defendant, with the chain that a reader checks.

Six facts are held apart and stand in every answer: jeopardy, prejudice (what the ruling says of its
effect), limitation, the prosecution's appeal, another sovereign, earlier dismissals. None of them
is an answer by itself, and what is not on record is said to be unknown, never taken for none.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.docket.contradictions import Contradiction

__all__ = ["ANSWERS", "SIX", "Finding", "IfEnded", "Link", "Six", "Standing"]

ANSWERS = ("pending", "barred", "open", "conditional", "unclear")
SIX = (
    "jeopardy",
    "prejudice",
    "limitation",
    "appeal_window",
    "other_sovereign",
    "earlier_dismissals",
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: a fact, or a rule applied to facts.

    Attributes:
        fact: in words.
        on: the date as it was said, ISO 8601; None where the fact has none.
        rule: `<pack>:<cite>` or a rule's id; None for a bare fact.
        check: the rule's mark.
        entry: the entry it rests on first; None where nothing on record says it.
        entries: all entries it rests on.
        provision: the id in the pack (of a ruling, a limitation, a window; `jeopardy`, `dismissals`).
        name: which of the six facts it is; empty for others.
        working: how a date was counted.
    """

    fact: str
    on: str | None = None
    rule: str | None = None
    check: str | None = None
    entry: int | None = None
    entries: tuple[int, ...] = ()
    provision: str | None = None
    name: str = ""
    working: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One of the six facts.

    Attributes:
        state: in words; “Unknown” where the record or the pack does not say.
        known: False where it is unknown.
        on: its date (a last day, the day of an event), ISO 8601.
        rule, check, provision: what it rests on in the pack.
        entries: what it rests on in the record.
        working: how a date was counted.
    """

    state: str
    known: bool = True
    on: str | None = None
    rule: str | None = None
    check: str | None = None
    provision: str | None = None
    entries: tuple[int, ...] = ()
    working: str = ""

    def link(self, name: str) -> Link:
        """The fact as a link of the chain."""
        return Link(
            self.state,
            self.on,
            self.rule,
            self.check,
            self.entries[0] if self.entries else None,
            self.entries,
            self.provision,
            name,
            self.working,
        )


@dataclass(frozen=True, slots=True)
class Six:
    """The six facts, each by itself."""

    jeopardy: Finding
    prejudice: Finding
    limitation: Finding
    appeal_window: Finding
    other_sovereign: Finding
    earlier_dismissals: Finding

    def named(self) -> tuple[tuple[str, Finding], ...]:
        """Name and fact, in a fixed order."""
        return tuple((name, getattr(self, name)) for name in SIX)


@dataclass(frozen=True, slots=True)
class IfEnded:
    """What would follow if a pending count ended now in some way."""

    event: str
    answer: str
    says: str
    rule: str
    check: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a count can be charged (again), and why.

    Attributes:
        case_number, defendant, count, offense: what was asked about.
        answer: `pending`, `barred`, `open`, `conditional` or `unclear`.
        until: for `open`: the last day, ISO 8601.
        conditions: what the answer depends on, each a sentence.
        sentence: the answer as a paragraph.
        chain: facts and rules, in order; the six facts are always among them.
        six: the six facts.
        if_ended: for `pending`: what would follow from each ending at the present stage.
        lacks: what is not on record or not known.
        contradictions: what on the docket cannot be right together.
        override: the ruling that the count was opened in spite of, as it was named.
        jurisdiction, pack_version, not_legal_advice: whose law it is.
        entries: everything it rests on.
        barred_by: the entries of the ruling that bars; empty where none does.
        windows: ways back to court after a conviction, each with its last day, in words.
    """

    case_number: str
    defendant: str
    count: str
    offense: str
    answer: str
    until: str | None
    conditions: tuple[str, ...]
    sentence: str
    chain: tuple[Link, ...]
    six: Six
    if_ended: tuple[IfEnded, ...] = ()
    lacks: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    override: str = ""
    jurisdiction: str = ""
    pack_version: str = ""
    not_legal_advice: str = ""
    entries: tuple[int, ...] = ()
    barred_by: tuple[int, ...] = ()
    windows: tuple[str, ...] = ()
