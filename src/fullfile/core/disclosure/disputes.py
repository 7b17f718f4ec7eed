"""What the defence disputes, and what the State answers: a production, an item of one, or a withholding. Pure.

A dispute is never ended by an answer: both stand, for whoever rules on it. What this does not do: it changes
no line of the match, and takes no side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fullfile.core.disclosure.productions import Production
from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = [
    "DISPUTE_TYPES",
    "Answer",
    "Dispute",
    "decide_dispute",
    "decide_dispute_answer",
    "read_disputes",
]

DISPUTED, ANSWERED = "disclosure.disputed", "dispute.answered"
DISPUTE_TYPES = (DISPUTED, ANSWERED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the State answered."""

    entry: int
    answer: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """One dispute with its answers.

    Attributes:
        entry: the entry of the dispute.
        defendant: the key of the defendant.
        production: the entry of the production; None: it is about a withholding.
        withholding: the entry of the row of the withholding.
        agency, tag: of the item, where it is about one.
        what, by, at: in counsel's words; which counsel; when.
        answers: in order.
    """

    entry: int
    defendant: str
    production: int | None
    withholding: int | None
    agency: str
    tag: str
    what: str
    by: str
    at: str
    answers: tuple[Answer, ...]


def read_disputes(entries: Iterable[Entry]) -> list[Dispute]:
    """The disputes of a case, in order, from its entries of the two types."""
    told = sorted(entries, key=lambda one: one.index)
    answers: dict[int, list[Answer]] = {}
    for entry in told:
        if entry.type == ANSWERED:
            data = entry.data
            answers.setdefault(int(data["dispute"]), []).append(
                Answer(entry.index, str(data["answer"]), str(data["by"]), str(data["at"]))
            )
    return [
        Dispute(
            entry.index,
            str(entry.data["defendant_key"]),
            entry.data.get("production"),
            entry.data.get("withholding"),
            str(entry.data.get("agency", "")),
            str(entry.data.get("tag", "")),
            str(entry.data["what"]),
            str(entry.data["by"]),
            str(entry.data["at"]),
            tuple(answers.get(entry.index, ())),
        )
        for entry in told
        if entry.type == DISPUTED
    ]


def decide_dispute(
    case_number: str,
    defendant: tuple[str, str],
    actor: str,
    *,
    what: str,
    by: str,
    at: str,
    production: Production | None = None,
    item: tuple[str, str] | None = None,
    withholding: int | None = None,
) -> Draft:
    """Counsel disputes something that was served, or withheld with an announcement.

    Args:
        case_number: the case.
        defendant: key and name of the defendant.
        actor: who records it.
        what: what is wrong, in counsel's words.
        by: which counsel.
        at: when.
        production: the production it is about.
        item: the item of that production it is about (agency, tag).
        withholding: the entry of the announced withholding it is about.

    Raises:
        Refused: it says nothing, is about nothing or about two things, or about what was not served on them.
    """
    who, name = defendant
    reasons = []
    if not what.strip():
        reasons.append(Reason("what_missing", say("Say what is wrong, in your own words.")))
    if (production is None) == (withholding is None):
        reasons.append(
            Reason("about_missing", say("Say what it is about: a production, or a withholding."))
        )
    if production is not None:
        if who not in production.served:
            reasons.append(
                Reason(
                    "not_served",
                    say("{name} was not served on {name_2}.", name=production.name, name_2=name),
                )
            )
        elif item is not None and (key(item[0]), key(item[1])) not in {
            line.item for line in production.lines_to(who)
        }:
            reasons.append(
                Reason(
                    "not_in_it",
                    say(
                        "{item} {item_2} is not in it: dispute the production, or ask for the item.",
                        item=item[0],
                        item_2=item[1],
                    ),
                )
            )
    if reasons:
        raise Refused(reasons)
    data: dict[str, Any] = {
        "case_number": case_number,
        "defendant": name,
        "defendant_key": who,
        "what": what.strip(),
        "by": by,
        "at": at,
    }
    if production is not None:
        data["production"] = production.entry
    if withholding is not None:
        data["withholding"] = withholding
    if item is not None:
        data["agency"], data["tag"] = item
    return Draft(DISPUTED, actor, data)


def decide_dispute_answer(dispute: Entry, actor: str, *, answer: str, by: str, at: str) -> Draft:
    """The State answers a dispute.

    Raises:
        Refused: the entry is no dispute, or nothing was answered.
    """
    reasons = []
    if dispute.type != DISPUTED:
        raise Refused(
            say("Entry {index} is no dispute.", index=dispute.index), code="entry_of_another_kind"
        )
    if not answer.strip():
        reasons.append(Reason("answer_missing", say("An answer says something: what is it?")))
    if not by.strip():
        reasons.append(Reason("name_missing", say("Say who answers.")))
    if reasons:
        raise Refused(reasons)
    data: Mapping[str, Any] = {
        "case_number": dispute.data["case_number"],
        "dispute": dispute.index,
        "answer": answer.strip(),
        "by": by.strip(),
        "at": at,
    }
    return Draft(ANSWERED, actor, data)
