"""Why a case is suggested for an item, as a sum that a person can follow.

A suggestion is a sum of weights in bits. The view puts them in an order that can be read (what speaks
for it, what speaks against it, the small ones together) and says after each step how likely it is by
then, because people know chances and need not know bits. The totals are decimal sums of the weights as
recorded, so that text, page, picture and data show one arithmetic.

What this does not do: it weighs nothing and decides nothing. Its input is plain data.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any  # plain data, as read from JSON

from fullfile.engines.report.dates import date_words
from fullfile.engines.report.words import chance_words

__all__ = [
    "EVEN",
    "FACTS",
    "SMALL",
    "Asked",
    "Decision",
    "Explanation",
    "Model",
    "OnDay",
    "Other",
    "Reason",
    "Turn",
    "chance_at",
    "explanation_of",
    "model_of",
    "reasons_of",
    "said_chance",
    "strength_words",
]

FACTS = {
    "people": "people",
    "number": "report number",
    "place": "place",
    "time": "time",
    "officer": "officer",
    "text": "words",
    "mark": "serial number or mark",
    "class": "kind of thing",
    "asked": "open request",
    "mentioned": "mention in a report",
    "agency": "agency",
    "wording": "wording",
    "linked": "linked cases",
    "rivals": "other cases",
}
"""What each group of reasons is about, in a word or two."""

EVEN = Decimal(0)
"""The total at which it is as likely as not."""

SMALL = Decimal("0.3")
"""Bits below which a reason moves the chance too little to be read by itself."""

_FEWEST = 2
"""One small reason alone keeps its own line: to hide it would save nothing."""

_DECIDED = {"accept": "accepted it", "reject": "rejected it", "ask": "asked about it"}
_STATUS = {"accept": "Accepted", "reject": "Rejected", "ask": "Asked"}


@dataclass(frozen=True, slots=True)
class Model:
    """Which model weighed the evidence."""

    name: str
    version: str
    digest: str
    trained_on: str

    @property
    def sentence(self) -> str:
        """Its name and what it learned from."""
        learned = f", trained on {self.trained_on}" if self.trained_on else ""
        return f"Weighed by the model {self.name} {self.version}{learned}."


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that item and case share, or do not.

    Attributes:
        what: the reason in words.
        weight: bits; below zero it speaks against.
        group: what it is about, a key of `FACTS`.
        item_side, case_side: what either side has.
        on: the day from which it counts; None where it always did.
    """

    what: str
    weight: Decimal
    group: str
    item_side: str
    case_side: str
    on: str | None

    @property
    def about(self) -> str:
        """What it is about, in words."""
        return FACTS.get(self.group, self.group)

    @property
    def strength(self) -> str:
        """How strongly it speaks, and for which side."""
        return strength_words(self.weight)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the sum: a reason, or the small ones together.

    Attributes:
        words: what it says.
        weight: what it adds.
        before, after: the totals on either side of it.
        reasons: what it stands for; several only for the small ones.
    """

    words: str
    weight: Decimal
    before: Decimal
    after: Decimal
    reasons: tuple[Reason, ...]

    @property
    def sign(self) -> str:
        """`+` for, `-` against, `=` where it comes to nothing."""
        return "+" if self.weight > 0 else "-" if self.weight < 0 else "="

    @property
    def chance(self) -> str:
        """How likely it is by then."""
        return said_chance(chance_at(self.after))

    @property
    def strength(self) -> str:
        """How strongly it speaks, and for which side."""
        return strength_words(self.weight)

    @property
    def grouped(self) -> bool:
        """Whether it stands for several small reasons."""
        return len(self.reasons) > 1


@dataclass(frozen=True, slots=True)
class OnDay:
    """How likely it was with the facts up to a day; None: from the first."""

    on: str | None
    chance: str

    @property
    def words(self) -> str:
        """The chance and its day."""
        return f"{self.chance} from {date_words(self.on) if self.on else 'the beginning'}"


@dataclass(frozen=True, slots=True)
class Other:
    """Another case that is suggested for the item."""

    case_number: str
    chance: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about the suggestion."""

    decision: str
    by: str
    decided_at: str
    reason: str

    @property
    def sentence(self) -> str:
        """Who decided what, when and why."""
        did = _DECIDED.get(self.decision, self.decision)
        why = f': "{self.reason}"' if self.reason else ""
        return f"{self.by} {did} on {date_words(self.decided_at)}{why}."


@dataclass(frozen=True, slots=True)
class Asked:
    """How a suggestion stands, and what a person can do about it.

    Attributes:
        status: `Open`, `Accepted`, `Rejected`, `Asked` or `Back`.
        open: whether somebody is still to decide.
        sentence: what can be done, who cannot do it, and what holds until then.
        commands: the command lines of the three acts; empty where it is decided.
    """

    status: str
    open: bool
    sentence: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one case is suggested for one item.

    Attributes:
        agency, tag, description, report_number, booked_on: the item.
        case_number, title: the case.
        probability: as recorded.
        rank, of: its place among the cases suggested for the item, and how many there are.
        base: bits before any evidence.
        turns: the sum, line by line.
        total: where the sum ends.
        adds_up: whether the sum ends at the recorded probability, to rounding.
        steps: how likely it was over the days.
        others: the other cases suggested.
        decisions: what was decided, in order.
        new_since: reasons that came after a rejection.
        model, share, entries: what it rests on.
        office, made_at, version: for the top and the foot of a page.
    """

    agency: str
    tag: str
    description: str
    report_number: str
    booked_on: str | None
    case_number: str
    title: str
    probability: Decimal
    rank: int
    of: int
    base: Decimal
    turns: tuple[Turn, ...]
    total: Decimal
    adds_up: bool
    steps: tuple[OnDay, ...]
    others: tuple[Other, ...]
    decisions: tuple[Decision, ...]
    new_since: tuple[str, ...]
    model: Model
    share: Decimal | None
    entries: tuple[int, ...]
    office: str = ""
    made_at: str = ""
    version: str = ""

    @property
    def item(self) -> str:
        """The item as people call it."""
        return f"{self.agency} {self.tag}"

    @property
    def chance(self) -> str:
        """The recorded probability as people say it."""
        return said_chance(float(self.probability))

    @property
    def heading(self) -> str:
        """The answer in a line."""
        return f"{self.item} and {self.case_number}: {self.chance}"

    @property
    def thing(self) -> str:
        """What the item is, and how it was booked."""
        parts = [self.description] if self.description else []
        if self.booked_on:
            parts.append(f"booked {date_words(self.booked_on)}")
        if self.report_number:
            parts.append(f"under {self.report_number}")
        head, *rest = parts or [""]
        return f"{head}, {' '.join(rest)}" if rest else head

    @property
    def place(self) -> str:
        """Its place among the suggestions for the item."""
        if self.of <= 1:
            return "The only case suggested for this item."
        return f"Number {self.rank} of {self.of} cases suggested for this item."

    @property
    def base_chance(self) -> str:
        """How likely it is before any evidence."""
        return said_chance(chance_at(self.base))

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest total on the way; an even chance lies between them."""
        totals = [self.base, EVEN, *(turn.after for turn in self.turns)]
        return min(totals), max(totals)

    @property
    def asked(self) -> Asked:
        """How it stands, and what a person can do."""
        return _asked(self)

    @property
    def meaning(self) -> tuple[str, ...]:
        """What the number means and where it comes from, in sentences."""
        said = [
            f"{self.chance} means: of all suggestions with this chance, so many should turn out right.",
            self.model.sentence,
        ]
        if self.share is not None:
            said.append(
                f"This run found that about {said_chance(float(self.share))} of the items it looked at "
                "belong to a case."
            )
        return tuple(said)

    @property
    def mismatch(self) -> str:
        """What is said where the lines do not add up to the recorded probability."""
        if self.adds_up:
            return ""
        return (
            f"The lines add up to {said_chance(chance_at(self.total))}, the record says {self.chance}: "
            "run fullfile link again."
        )


def chance_at(bits: Decimal) -> float:
    """The probability at a total of bits.

    >>> chance_at(Decimal(0)), chance_at(Decimal(2))
    (0.5, 0.8)
    """
    # Past sixty doublings nobody can tell the difference, and the power would overflow.
    return float(1.0 / (1.0 + 2.0 ** -max(-60.0, min(60.0, float(bits)))))


def said_chance(probability: float) -> str:
    """A probability as people say it, always of a hundred; what is rarer is one of so many.

    >>> said_chance(0.973), said_chance(0.0042), said_chance(0.9999)
    ('97 in 100', '1 in 240', 'more than 99 in 100')
    """
    if round(probability * 100) >= 1:
        return chance_words(str(probability))
    if probability < 1e-6:
        return "less than 1 in 1,000,000"
    many = round(1 / probability)
    digits = len(str(many)) - 2
    return f"1 in {round(many, -digits):,}"


def strength_words(weight: Decimal) -> str:
    """How strongly a weight speaks, and for which side.

    >>> strength_words(Decimal("5.1")), strength_words(Decimal("-0.8"))
    ('very strongly for', 'a little against')
    """
    size = abs(weight)
    if not size:
        return "neither for nor against"
    how = (
        "very strongly"
        if size >= 4
        else "strongly"
        if size >= 2
        else "somewhat"
        if size >= 1
        else "a little"
    )
    return f"{how} {'for' if weight > 0 else 'against'}"


def explanation_of(data: Mapping[str, Any]) -> Explanation:
    """The view of one suggestion.

    Args:
        data: the answer of the query. `office`, `made_at` and `version` may stand in it for a page.
    """
    base = Decimal(str(data["base"]))
    reasons = reasons_of(data["reasons"])
    turns = _turns(base, reasons)
    total = turns[-1].after if turns else base
    share = data.get("share")
    return Explanation(
        agency=data["agency"],
        tag=data["tag"],
        description=data.get("description") or "",
        report_number=data.get("report_number") or "",
        booked_on=data.get("booked_on"),
        case_number=data["case_number"],
        title=data.get("title") or "",
        probability=Decimal(str(data["probability"])),
        rank=int(data["rank"]),
        of=int(data["of"]),
        base=base,
        turns=turns,
        total=total,
        adds_up=_adds_up(total, str(data["probability"]), len(reasons)),
        steps=tuple(
            OnDay(step["on"], said_chance(float(step["probability"]))) for step in data["steps"]
        ),
        others=tuple(
            Other(one["case_number"], said_chance(float(one["probability"])))
            for one in data.get("others", ())
        ),
        decisions=tuple(
            Decision(one["decision"], one["by"], one["decided_at"], one.get("reason") or "")
            for one in data.get("decisions", ())
        ),
        new_since=tuple(data.get("new_since", ())),
        model=model_of(data["model"]),
        share=None if share is None else Decimal(str(share)),
        entries=tuple(data["entries"]),
        office=data.get("office", ""),
        made_at=data.get("made_at", ""),
        version=data.get("version", ""),
    )


def reasons_of(found: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons from plain data, in their order."""
    return tuple(
        Reason(
            what=one["what"],
            weight=Decimal(str(one["weight"])),
            group=one.get("group") or "",
            item_side=one.get("item_side") or "",
            case_side=one.get("case_side") or "",
            on=one.get("on") or None,
        )
        for one in found
    )


def model_of(found: Mapping[str, Any]) -> Model:
    """A model from plain data."""
    return Model(
        str(found["name"]), str(found["version"]), found["digest"], found.get("trained_on") or ""
    )


def _turns(base: Decimal, reasons: Sequence[Reason]) -> tuple[Turn, ...]:
    """What speaks for it, then what speaks against it, the strongest first; the small ones last."""
    small = [one for one in reasons if abs(one.weight) < SMALL]
    alone = len(small) < _FEWEST
    large = [one for one in reasons if alone or abs(one.weight) >= SMALL]
    lines: list[tuple[str, tuple[Reason, ...]]] = [
        (one.what, (one,)) for one in sorted(large, key=lambda one: -one.weight) if one.weight >= 0
    ]
    lines += [
        (one.what, (one,)) for one in sorted(large, key=lambda one: one.weight) if one.weight < 0
    ]
    if not alone:
        small.sort(key=lambda one: -abs(one.weight))
        lines.append((f"{len(small)} smaller reasons", tuple(small)))
    turns = []
    total = base
    for words, group in lines:
        weight = sum((one.weight for one in group), EVEN)
        turns.append(Turn(words, weight, total, total + weight, group))
        total += weight
    return tuple(turns)


def _adds_up(total: Decimal, probability: str, reasons: int) -> bool:
    """Whether a total of rounded weights can be that rounded probability."""
    places = len(probability.partition(".")[2])
    half = 0.5 * 10.0**-places
    # Each weight, and the base, is recorded to a thousandth of a bit.
    slack = Decimal("0.0005") * (reasons + 1) + Decimal("0.001")
    least, most = float(probability) - half, float(probability) + half
    return chance_at(total + slack) >= least and chance_at(total - slack) <= most


def _asked(view: Explanation) -> Asked:
    last = view.decisions[-1].decision if view.decisions else ""
    if last == "accept":
        return Asked(
            "Accepted",
            open=False,
            sentence="The item bears on the case since then, and is held for it like anything else of the case.",
            commands=(),
        )
    if last == "reject" and not view.new_since:
        return Asked(
            "Rejected",
            open=False,
            sentence="It is no longer suggested for this case, and comes back only with new facts.",
            commands=(),
        )
    status = "Back" if last == "reject" else _STATUS.get(last, "Open")
    start = ["fullfile", "link"]
    end = [view.agency, view.tag, view.case_number]
    return Asked(
        status,
        open=True,
        sentence=(
            "A person decides, and never whoever booked the item: accept it (the item then bears on the "
            "case), reject it with a reason (it comes back only with new facts), or ask somebody (it stays "
            "open). Until it is decided the item cannot be released or destroyed."
        ),
        commands=(
            shlex.join([*start, "accept", *end]) + " --by NAME",
            shlex.join([*start, "reject", *end]) + " --by NAME --reason WHY",
            shlex.join([*start, "ask", *end]) + " --by NAME --reason WHY",
        ),
    )
