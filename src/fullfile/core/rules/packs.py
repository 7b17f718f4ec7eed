"""The shape of a pack: the disclosure law of one jurisdiction, as values.

A pack is data that a lawyer wrote and another can check. Every legal statement
carries a citation and a check mark: `text` (the words were read), `part` (some of
them), `unread` (general knowledge only). Nothing in a pack is legal advice, and
`not_legal_advice` says so in words that every page prints.

Dates come from rules; what else a pack says (jeopardy, rulings, limitation, windows,
preservation, remedies, papers) lies in `provisions`.

Reading the files is the loader's part (`fullfile.engines.packs`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fullfile.core.errors import NotFound, Refused
from fullfile.core.rules.counting import Method, Period
from fullfile.core.rules.provisions import (
    Dismissals,
    Jeopardy,
    Limitation,
    Paper,
    Preservation,
    Provision,
    Remedy,
    Ruling,
    Variant,
    Window,
)

__all__ = [
    "ANNOUNCE",
    "CONTINUING",
    "DUTIES",
    "ORDERS",
    "SIDES",
    "TRIGGER_CHOICES",
    "Authority",
    "CourtLevel",
    "Covered",
    "Ground",
    "Named",
    "Pack",
    "Rule",
    "Trigger",
    "find_rule",
    "is_in_force",
]

ORDERS = ("needed", "not_needed", "while_pending")
ANNOUNCE = ("none", "writing", "certificate", "sealed")
SIDES = ("prosecution", "defendant", "both", "police", "court", "anyone")
DUTIES = ("first_disclosure", "continuing", "other", "window")
TRIGGER_CHOICES = ("first", "latest")
CONTINUING = ("undated", "number", "immediately")


@dataclass(frozen=True, slots=True)
class Named:
    """An id with the name that people read: a grade of offence, a docket event."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CourtLevel:
    """A kind of court: the word for it, and what the pack does not hold about it."""

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """A source of law that the pack rests on."""

    cite: str
    says: str
    check: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """One kind of material that a duty covers, with the rule's own subdivision."""

    part: str
    what: str
    check: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A docket event that starts a clock.

    Attributes:
        event: the docket event's word.
        date_from: `occurred_on`, or `due_on` where the event sets the day that counts
            (`trial_set`: the day of the trial, not the day on which it was set).
    """

    event: str
    date_from: str = "occurred_on"


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty or time limit.

    Attributes:
        id: `<pack>:<cite>`, for example `us-nm:5-501(A)`.
        cite: the citation as a lawyer writes it.
        title: what it is about, in a few words.
        duty: `first_disclosure` (the dated duty of the prosecution to the defendant),
            `continuing` (for what comes later), `window` (a time in which somebody may act:
            a motion, an appeal), or `other`.
        owes: who must act.
        to: to whom.
        court_levels: the courts it binds.
        triggers: the docket events that start the clock; none where the law names a fact
            that no docket shows.
        trigger_words: the trigger in words.
        period: number and unit; None where the law gives none.
        period_words: the law's own words where it gives no number ("promptly").
        method: how to count.
        direction: `after` or `before`.
        roll: `none`, `forward`, `with_direction`.
        roll_stated: False where the rule does not say which way a closed last day moves.
        covers: the material, by subdivision.
        continuing: for a continuing duty: `undated`, `number` or `immediately`.
        paper: the certificate, list or notice it asks for.
        says: the rule in plain words.
        check: the check mark.
        version: the version that was read.
        to_confirm: what must still be compared with the official text.
        effective_from: first day on which it is taken to be in force.
        effective_to: last such day; None: no end known.
        item_kinds: a first disclosure only of items of these kinds (words of the items table);
            none: of every item that no other rule of the court names.
        variants: other periods for a defendant of some status.
        trigger_choice: `first`: the first trigger counts, a later one only for what is new with
            it; `latest`: each later trigger starts the clock again.
        suspendable: the clock stands still between `suspended` and `resumed` on the docket.
    """

    id: str
    cite: str
    title: str
    duty: str
    owes: str
    to: str
    court_levels: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    trigger_words: str
    method: Method
    direction: str
    roll: str
    check: str
    period: Period | None = None
    period_words: str = ""
    roll_stated: bool = True
    covers: tuple[Covered, ...] = ()
    continuing: str | None = None
    paper: str = ""
    says: str = ""
    version: str = ""
    to_confirm: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    item_kinds: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    trigger_choice: str = "first"
    suspendable: bool = False

    @property
    def trigger_events(self) -> tuple[str, ...]:
        """The words of the docket events that start the clock."""
        return tuple(trigger.event for trigger in self.triggers)


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which material may be held back.

    Attributes:
        id: the word used in the withholdings table.
        name: the name that people read.
        cite: where the law gives it.
        order: `needed`, `not_needed`, `while_pending` (enough while a ruling is awaited).
        announce: how the hold-back is made visible: `none`, `writing`, `certificate`, `sealed`.
        check: the check mark.
        says: the ground in plain words.
    """

    id: str
    name: str
    cite: str
    order: str
    announce: str
    check: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """The disclosure law of one jurisdiction, in one version.

    Attributes (those that do not speak for themselves):
        jeopardy: when it attaches; None: the pack does not say.
        dismissals: a bar after so many dismissals; None: there is none.
        other_sovereign: whether another sovereign may charge the same; None: not said.
        reviewed_on: when somebody last compared the pack with the law; None: never.
        state_name: what the prosecution is called in sentences ("the State", "the Crown").
    """

    id: str
    name: str
    language: str
    time_zones: tuple[str, ...]
    version: str
    effective_from: date
    effective_to: date | None
    weekend: tuple[str, ...]
    calendar: str
    not_legal_advice: str
    court_levels: tuple[CourtLevel, ...]
    default_court_level: str
    rules: tuple[Rule, ...]
    grounds: tuple[Ground, ...] = ()
    authorities: tuple[Authority, ...] = ()
    docket_events: tuple[Named, ...] = ()
    grades: tuple[Named, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    limitation: tuple[Limitation, ...] = ()
    windows: tuple[Window, ...] = ()
    preservation: tuple[Preservation, ...] = ()
    jeopardy: Jeopardy | None = None
    dismissals: Dismissals | None = None
    other_sovereign: Provision | None = None
    papers: tuple[Paper, ...] = ()
    reviewed_on: date | None = None
    state_name: str = "the State"
    origin: str = "shipped"
    digest: str = ""

    def ground(self, ground_id: str) -> Ground | None:
        """The ground with this id, trimmed and case folded; None when the pack has none."""
        wanted = ground_id.strip().casefold()
        return next((ground for ground in self.grounds if ground.id.casefold() == wanted), None)

    def court_level(self, level: str | None) -> CourtLevel | None:
        """The court level with this word; the pack's default for an empty word."""
        wanted = (level or "").strip().casefold() or self.default_court_level
        return next((found for found in self.court_levels if found.id.casefold() == wanted), None)


def is_in_force(rule: Rule, on: date) -> bool:
    """Whether a rule is taken to be in force on a day."""
    started = rule.effective_from is None or rule.effective_from <= on
    return started and (rule.effective_to is None or on <= rule.effective_to)


def find_rule(packs: Iterable[Pack], name: str, *, on: date | None = None) -> tuple[Pack, Rule]:
    """The rule with an id or a plain citation, however it is spaced.

    `us-nm:5-501(A)`, `us-nm: 5-501 (a)`, `5-501(A)` and `Rule 5-501(A) NMRA` find the same
    rule. Where a rule stands in several versions, the one in force on `on` is found, else
    the latest.

    Raises:
        NotFound: no pack has such a rule; the message names the nearest.
        Refused: two packs have it, so the pack must be named.
    """
    known = [(pack, rule) for pack in packs for rule in pack.rules]
    wanted = _plain(name)
    hits = [
        (pack, rule)
        for pack, rule in known
        if wanted in (_plain(rule.id), _plain(rule.id.partition(":")[2]), _plain(rule.cite))
    ]
    if not hits:
        near = difflib.get_close_matches(wanted, [_plain(rule.id) for _, rule in known], 3, 0.5)
        ids = [rule.id for _, rule in known if _plain(rule.id) in near]
        hint = f"the nearest are {', '.join(dict.fromkeys(ids))}" if ids else "see `fullfile packs`"
        raise NotFound(f"No pack has a rule “{name.strip()[:60]}”: {hint}.")
    if len({pack.id for pack, _ in hits}) > 1:
        ids = [rule.id for _, rule in hits]
        raise Refused(
            f"“{name.strip()[:60]}” is a rule of several packs: name one of {', '.join(ids)}."
        )
    if on is not None:
        hits = [hit for hit in hits if is_in_force(hit[1], on)] or _nearest(hits, on)
    return max(hits, key=lambda hit: hit[1].effective_from or date.min)


def _nearest(hits: list[tuple[Pack, Rule]], on: date) -> list[tuple[Pack, Rule]]:
    """Of versions of which none is in force on a day: the first after it, else all."""
    later = [hit for hit in hits if (hit[1].effective_from or date.min) > on]
    return [min(later, key=lambda hit: hit[1].effective_from or date.min)] if later else hits


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
