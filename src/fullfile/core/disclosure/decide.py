"""Decisions about views, withholdings, requests, answers and mentions: pure, refused with every reason.

Each function takes a row whose columns were checked, or the row that counts now, and gives
the entry to be recorded. What adds to a row (a second reader, an announcement, an end, a
reply, an outcome) is a correction: a new entry that names the old one.

What this does not do: it changes the state of no line. What counts is worked out by the match.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from fullfile.core.disclosure.views import wanting_of
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.cases import Case
from fullfile.core.facts.dates import join
from fullfile.core.facts.rows import Row
from fullfile.core.ids import Bounds, key, parse_when
from fullfile.core.rules.law import Law
from fullfile.core.rules.packs import Ground
from fullfile.core.said import say

__all__ = [
    "CLOSING",
    "added",
    "decide_announce",
    "decide_answer",
    "decide_close",
    "decide_confirm_close",
    "decide_determination",
    "decide_end",
    "decide_mention",
    "decide_reply",
    "decide_request",
    "decide_verify",
    "decide_withhold",
    "decide_words",
]

Data = Mapping[str, Any]
"""The data of an entry: JSON without floats."""

CLOSING = ("returned_on_spot", "left_in_place", "not_taken")
"""Outcomes that close a mention once a second person has confirmed them."""


def added(row: Row, actor: str, said: Mapping[str, Any]) -> Draft:
    """The row again with something added: an entry that corrects it."""
    kind = {
        "determinations": "determination.recorded",
        "withholdings": "withholding.recorded",
        "requests": "request.recorded",
        "mentions": "mention.recorded",
        "filings": "filing.recorded",
    }[row.table]
    return Draft(kind, actor, {**row.data, **said}, corrects=row.entry)


def _bounds(text: str, zone: tzinfo) -> Bounds:
    try:
        return parse_when(text).on_clock(zone)
    except ValueError as error:
        raise Refused(str(error), code="unreadable") from error


# Views.


def decide_determination(data: Data, actor: str) -> Draft:
    """A named person's view of an item in a case, with a reason.

    Raises:
        Refused: it comes with its own author as second reader, or half a second reader.
    """
    reasons = []
    if data.get("verified_by") and key(str(data["verified_by"])) == key(str(data["by"])):
        reasons.append(_same(str(data["by"])))
    if data.get("verified_at") and not data.get("verified_by"):
        reasons.append(
            Reason("reader_missing", say("Say who read it a second time (verified_by)."))
        )
    if reasons:
        raise Refused(reasons)
    return Draft("determination.recorded", actor, dict(data))


def decide_verify(row: Row, verified_by: str, verified_at: str, actor: str) -> Draft:
    """A second person has read a determination.

    Raises:
        Refused: the reader is its author, is not named, or it gives no reason to be read.
    """
    reasons = []
    if not verified_by:
        reasons.append(
            Reason("reader_missing", say("A second reader has a name: say who read it."))
        )
    elif key(verified_by) == key(row.text("by")):
        reasons.append(_same(row.text("by")))
    if not row.text("reason").strip():
        reasons.append(
            Reason(
                "reason_missing",
                say(
                    "Entry {entry} gives no reason that a second person could check: record the view again, "
                    "with one.",
                    entry=row.entry,
                ),
            )
        )
    if not wanting_of(row):
        reasons.append(
            Reason(
                "verified_already",
                say(
                    "{verified_by} has read it a second time already.",
                    verified_by=row.text("verified_by"),
                ),
            )
        )
    if reasons:
        raise Refused(reasons)
    return added(row, actor, {"verified_by": verified_by, "verified_at": verified_at})


def _same(name: str) -> Reason:
    return Reason(
        "reader_same",
        say("{name} cannot check their own view: a second person reads it.", name=name),
    )


# Withholdings.


def decide_withhold(data: Data, case: Case, law: Law, actor: str) -> Draft:
    """Hold an item back from a defendant (or all), as the pack asks.

    Raises:
        Refused: with all that is wanting: the ground, the name, the order, the announcement.
    """
    reasons = _wanting(data, case, law)
    begins, ends = _bounds(str(data["withheld_at"]), case.zone), data.get("until")
    if ends and _bounds(str(ends), case.zone).last < begins.first:
        reasons.append(Reason("until", say("It would end before it began: mend `until`.")))
    if reasons:
        raise Refused(reasons)
    return Draft("withholding.recorded", actor, dict(data))


def _wanting(data: Data, case: Case, law: Law) -> list[Reason]:
    pack = law.pack(case.jurisdiction)
    reasons = []
    if not data.get("by"):
        reasons.append(Reason("name_missing", say("Say who withholds it (by).")))
    if pack is None:
        text = say(
            "No pack for {jurisdiction} says on what grounds an item may be withheld: adopt one.",
            jurisdiction=case.jurisdiction,
        )
        return [Reason("pack_unknown", text), *reasons]
    ground = pack.ground(data["ground"])
    if ground is None:
        known = [one.id for one in pack.grounds]
        near = difflib.get_close_matches(key(data["ground"]), known, n=3, cutoff=0.4) or known
        text = say(
            "“{ground}” is no ground that the pack {id} knows: the nearest are {near}.",
            ground=data["ground"],
            id=pack.id,
            near=join(near),
        )
        return [Reason("ground_unknown", text), *reasons]
    if ground.order == "needed" and not data.get("order"):
        text = say(
            "{cite} asks for an order of the court: name it (order, order_on).", cite=ground.cite
        )
        reasons.append(Reason("order_missing", text))
    if data.get("order") and not data.get("order_on"):
        reasons.append(
            Reason("order_incomplete", say("Say on which day the order was made (order_on)."))
        )
    unannounced = _unannounced(ground, data)
    if unannounced:
        reasons.append(Reason("announcement_missing", unannounced))
    return reasons


def _unannounced(ground: Ground, data: Data) -> str:
    if ground.announce == "none" or data.get("announced_at"):
        return ""
    if ground.announce == "sealed":
        if data.get("sealed"):
            return ""
        return say(
            "{cite} asks that it is announced under seal: say `sealed`, or when it was announced.",
            cite=ground.cite,
        )
    if ground.announce == "certificate":
        return say(
            "{cite} asks that it is announced in the certificate: say when that was done (announced_at).",
            cite=ground.cite,
        )
    return say(
        "{cite} asks that it is announced in writing: say when that was done (announced_at).",
        cite=ground.cite,
    )


def decide_announce(row: Row, announced_at: str, actor: str, *, sealed: bool) -> Draft:
    """A withholding was announced.

    Raises:
        Refused: it was announced before.
    """
    if row.data.get("announced_at") and not sealed:
        said = row.text("announced_at")
        raise Refused(
            say(
                "It was announced already ({said}): record a correction in its own system if that is "
                "wrong.",
                said=said,
            ),
            code="announced_already",
        )
    said_now: dict[str, Any] = {"announced_at": announced_at}
    if sealed:
        said_now["sealed"] = True
    return added(row, actor, said_now)


def decide_words(row: Row, words: str, announced_at: str, actor: str) -> Draft:
    """The very words in which the defence is told of a withholding.

    Raises:
        Refused: there are none, or it is put before the court under seal.
    """
    reasons = []
    if not words.strip():
        reasons.append(
            Reason("words_missing", say("Say in which words the defence is told of it."))
        )
    if row.data.get("sealed"):
        reasons.append(
            Reason(
                "sealed",
                say(
                    "It is before the court under seal: what the defence is told of it is for the court to "
                    "say."
                ),
            )
        )
    if reasons:
        raise Refused(reasons)
    data = {
        "case_number": row.text("case_number"),
        "agency": row.text("agency"),
        "tag": row.text("tag"),
        "withholding": row.entry,
        "announced_at": announced_at,
        "words": words.strip(),
    }
    return Draft("withholding.announced", actor, data)


def decide_end(row: Row, until: str, actor: str) -> Draft:
    """A withholding ends; from then on the item is due.

    Raises:
        Refused: it has ended before, or would end before it began.
    """
    reasons = []
    end = _bounds(until, row.zone)
    if row.first is not None and end.last < row.first:
        reasons.append(Reason("until", say("It would end before it began: mend the date.")))
    before = row.data.get("until")
    if before and _bounds(before, row.zone).last < end.last:
        text = say(
            "It ends already on {before}, which is earlier: withhold it anew, on a ground of its own.",
            before=before,
        )
        reasons.append(Reason("ended_already", text))
    if reasons:
        raise Refused(reasons)
    return added(row, actor, {"until": until})


# Requests, answers.


def decide_request(data: Data, actor: str) -> Draft:
    """What a defendant asked for; a reply comes later."""
    if data.get("replied_at") or data.get("reply"):
        raise Refused(say("Record the request first, then the reply to it."), code="reply_early")
    return Draft("request.recorded", actor, dict(data))


def decide_reply(row: Row, reply: str, replied_at: str, actor: str) -> Draft:
    """The State replied to a request.

    Raises:
        Refused: nothing was said, or it was replied to before it was made, or already.
    """
    reasons = []
    if not reply:
        reasons.append(Reason("reply_missing", say("A reply says something: what was it?")))
    if row.first is not None and _bounds(replied_at, row.zone).last < row.first:
        reasons.append(Reason("reply_early", say("It would be replied to before it was made.")))
    if row.data.get("replied_at"):
        text = say(
            "It was replied to on {replied_at} (entry {entry}).",
            replied_at=row.text("replied_at"),
            entry=row.entry,
        )
        reasons.append(Reason("replied_already", text))
    if reasons:
        raise Refused(reasons)
    return added(row, actor, {"replied_at": replied_at, "reply": reply})


def decide_answer(data: Data, actor: str, *, of_the_state: bool) -> Draft:
    """An agency's word for a case.

    Raises:
        Refused: the agency is not of the State's side, whose word is asked for.
    """
    if not of_the_state:
        raise Refused(
            say(
                "{agency} is not of the State's side: its word for a case is not asked for.",
                agency=data["agency"],
            ),
            code="not_of_the_state",
        )
    return Draft("answer.recorded", actor, dict(data))


# Mentions.


def decide_mention(data: Data, actor: str) -> Draft:
    """A report says that an item was taken.

    Raises:
        Refused: it comes with an outcome that is not whole.
    """
    reasons = []
    if data.get("outcome") in CLOSING:
        reasons += _outcome(
            str(data["outcome"]),
            str(data.get("outcome_by", "")),
            str(data.get("outcome_reason", "")),
        )
        second = str(data.get("outcome_confirmed_by", ""))
        if second and key(second) == key(str(data.get("outcome_by", ""))):
            reasons.append(_alone(second))
    if reasons:
        raise Refused(reasons)
    return Draft("mention.recorded", actor, dict(data))


def decide_close(
    row: Row,
    outcome: str,
    by: str,
    reason: str,
    booked: tuple[str, str] | None,
    actor: str,
    *,
    confirmed_by: str = "",
) -> Draft:
    """Say what became of a thing that a report names and nobody booked.

    Args:
        row: the mention.
        outcome: `booked`, or a word of `CLOSING`.
        by: who says so.
        reason: why.
        booked: agency and tag, where it was booked.
        actor: who records it.
        confirmed_by: the second person, where they have confirmed it at once.

    Raises:
        Refused: with every reason.
    """
    reasons = _outcome(outcome, by, reason)
    if outcome not in ("booked", *CLOSING):
        text = say(
            "“{outcome}” is no outcome: booked, {closing}.",
            outcome=outcome,
            closing=", ".join(CLOSING),
        )
        reasons.append(Reason("outcome_unknown", text))
    if outcome == "booked" and booked is None:
        reasons.append(Reason("tag_missing", say("Say as what it was booked (agency and tag).")))
    if outcome != "booked" and booked is not None:
        reasons.append(
            Reason("tag_idle", say("Only a thing that was booked has a tag: leave it out."))
        )
    if confirmed_by and key(confirmed_by) == key(by):
        reasons.append(_alone(by))
    if reasons:
        raise Refused(reasons)
    said: dict[str, Any] = {"outcome": outcome, "outcome_by": by, "outcome_reason": reason}
    if confirmed_by:
        said["outcome_confirmed_by"] = confirmed_by
    if booked is not None:
        said["booked_agency"], said["booked_as"] = booked
    kept = {name: value for name, value in row.data.items() if name != "outcome_confirmed_by"}
    return Draft("mention.recorded", actor, {**kept, **said}, corrects=row.entry)


def decide_confirm_close(row: Row, confirmed_by: str, actor: str) -> Draft:
    """A second person confirms what became of a thing.

    Raises:
        Refused: there is nothing to confirm, or the second person is the first.
    """
    reasons = []
    if not row.data.get("outcome") or not row.data.get("outcome_by"):
        reasons.append(
            Reason("outcome_missing", say("Nobody has said yet what became of it: close it first."))
        )
    if not confirmed_by:
        reasons.append(
            Reason("confirmer_missing", say("A second named person confirms it: say who."))
        )
    elif key(confirmed_by) == key(row.text("outcome_by")):
        reasons.append(_alone(confirmed_by))
    if reasons:
        raise Refused(reasons)
    return added(row, actor, {"outcome_confirmed_by": confirmed_by})


def _outcome(outcome: str, by: str, reason: str) -> list[Reason]:
    reasons = []
    if not by:
        reasons.append(Reason("name_missing", say("Say who says what became of it (outcome_by).")))
    if outcome != "booked" and not reason:
        reasons.append(Reason("reason_missing", say("Say why it was not booked (outcome_reason).")))
    return reasons


def _alone(name: str) -> Reason:
    return Reason(
        "second_same", say("{name} cannot confirm their own word: a second person does.", name=name)
    )
