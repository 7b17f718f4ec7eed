"""What is known of who knew: one account, one person, one contradiction, the whole answer.

The five levels are those of the knowledge table (contract, section 4). An account
is *stated* where a row of that table says it, and *derived* where a row of another
table shows it; the two are never mixed. Nothing is judged here.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.facts.dates import join, when_words
from fullfile.core.facts.rows import ItemKey
from fullfile.core.said import say

__all__ = [
    "LEVELS",
    "LEVEL_VERBS",
    "LEVEL_WORDS",
    "Contradiction",
    "Knew",
    "Known",
    "Named",
    "Person",
    "SignedPaper",
]

LEVELS = ("exists", "picture", "object", "where_filed", "not_disclosed")
"""From least to most, as the knowledge table has them."""
LEVEL_WORDS = {
    "exists": say("that it exists"),
    "picture": say("saw a picture"),
    "object": say("saw the object"),
    "where_filed": say("where it was filed"),
    "not_disclosed": say("that the defence had not got it"),
}
"""The head of a column."""
LEVEL_VERBS = {
    "exists": say("knew that it exists"),
    "picture": say("saw a picture of it"),
    "object": say("saw or held the thing itself"),
    "where_filed": say("knew where it was filed"),
    "not_disclosed": say("knew that the defence had not got it"),
}
"""The same in a sentence, after a name."""


@dataclass(frozen=True, slots=True)
class Known:
    """One account of what one person knew.

    Attributes:
        person: the name as recorded; `person_key` is its key.
        level: one of `LEVELS`.
        known_from: the date as it was said; a partial one stays partial.
        first, last: its moments, on the clock of the row (ms).
        basis: `stated` or `derived`.
        denied: the person says that they did not.
        how: the way, as said; of a derived account a word (`booked`, `received_report`).
        role: of the person, as the row says it; empty where it says none.
        source: who says so; of a derived account the source of the row.
        case_number: the case that the row names, or empty.
        rule: of a derived account, the row in words; empty for a stated one.
        entries: what it rests on.
    """

    person: str
    person_key: str
    level: str
    known_from: str
    first: int
    last: int
    basis: str
    denied: bool
    how: str
    role: str
    source: str
    case_number: str
    rule: str
    entries: tuple[int, ...]

    @property
    def stated(self) -> bool:
        """Whether a row of the knowledge table says it."""
        return self.basis == "stated"

    @property
    def kind(self) -> str:
        """`stated`, `derived` or `denied`."""
        return "denied" if self.denied else self.basis

    @property
    def because(self) -> str:
        """The rule of a derived account with the entries that show it: "booked it on …, entry 12"."""
        entries = join([str(entry) for entry in self.entries])
        if len(self.entries) == 1:
            return say("{rule}, entry {entries}", rule=self.rule, entries=entries)
        return say("{rule}, entries {entries}", rule=self.rule, entries=entries)

    @property
    def when(self) -> str:
        """The date with its preposition, as precise as it was said."""
        return when_words(self.known_from, self.first)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom the property record names with the item; that alone shows no knowledge.

    Attributes:
        person: the name as recorded.
        role: what the record calls them ("owner", "interviewed").
        roles: what they are in cases.
        entries: the rows that name them.
    """

    person: str
    role: str
    roles: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person, with every account of what they knew, earliest first.

    Attributes:
        title: what they are, in a word or two; empty where the record does not say.
        roles: the same in full: as the accounts say, then as a party of which cases.
    """

    name: str
    key: str
    title: str
    roles: tuple[str, ...]
    accounts: tuple[Known, ...]

    def at(self, level: str) -> tuple[Known, ...]:
        """The accounts of one level."""
        return tuple(one for one in self.accounts if one.level == level)

    def first_known(self, level: str) -> Known | None:
        """The earliest account that says or shows that they knew; a stated one before a derived one."""
        found = [one for one in self.at(level) if not one.denied]
        return min(found, key=lambda one: (not one.stated, one.first), default=None)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Accounts of one person and one level that do not say the same.

    Attributes:
        kind: `denied` (a source or a row says that they knew, the person that they did not),
            `two_dates` (two sources, two dates), `shown_earlier` (a row shows it before the
            day that is stated).
        accounts: all of them, earliest first.
        both_possible: as dated, each can be true.
        sentence: the accounts in words; it decides nothing.
    """

    person: str
    level: str
    kind: str
    accounts: tuple[Known, ...]
    both_possible: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A certificate or schedule that somebody signed for a case: who signs a list has read it.

    Papers come from their own entries; whoever reads those hands them to `knew`.

    Attributes:
        person: the signer.
        role: as what they signed, in words.
        paper: what it is, in words ("the certificate of disclosure").
        case: key of the case.
        case_number: as recorded.
        signed_on: the date as said; `first` and `last` are its moments (ms).
        entry: the entry.
        items: the items that it lists; None: all that bore on the case that day.
    """

    person: str
    role: str
    paper: str
    case: str
    case_number: str
    signed_on: str
    first: int
    last: int
    entry: int
    items: frozenset[ItemKey] | None = None


@dataclass(frozen=True, slots=True)
class Knew:
    """Who knew what of an item, by a moment.

    Attributes:
        agency, tag: the item, as recorded.
        description: of the property list; empty where nobody booked it.
        booked: whether a property list has it by then.
        held_since: the date as said, or empty.
        persons: in the order in which they first knew or denied it.
        contradictions: by person and level.
        named: whom the property record names without showing that they knew.
        timeline: every account as a history, earliest first.
        later: how many accounts are dated after the moment asked for.
    """

    agency: str
    tag: str
    description: str
    booked: bool
    held_since: str
    persons: tuple[Person, ...]
    contradictions: tuple[Contradiction, ...]
    named: tuple[Named, ...]
    timeline: tuple[Known, ...]
    later: int
    entries: tuple[int, ...]
