"""A view is read a second time: the reader answers for themselves before they see the first answer. Pure.

Both answers stand. What somebody looked at is knowledge of that level. What this does not do: it changes no line, and
takes the part of neither.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.disclosure.decide import added
from fullfile.core.entries import Draft
from fullfile.core.entries.rows import FINDINGS
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["LOOKED_AT", "decide_read_row", "decide_reading", "looked_reasons"]

LOOKED_AT = {
    "object": ("object", "saw"),
    "picture": ("picture", "saw"),
    "report": ("exists", "received_report"),
    "description": ("exists", "told"),
}
"""What somebody looked at: the level of knowledge that it gives them, and how."""


def decide_reading(
    row: Row, *, finding: str, reason: str, looked_at: Sequence[str], by: str, at: str, actor: str
) -> Draft:
    """A second person answers for themselves what a view says, before they have seen it.

    Args:
        row: the view that counts.
        finding: what the second reader finds: a word of the table's list.
        reason: why.
        looked_at: words of `LOOKED_AT`.
        by: the second reader.
        at: when.
        actor: who records it.

    Raises:
        Refused: the reader made the view, was before, or what a reading needs was not said.
    """
    reasons = looked_reasons(looked_at)
    if not by.strip():
        reasons.append(
            Reason("reader_missing", say("A second reader has a name: say who read it."))
        )
    elif key(by) == key(row.text("by")):
        reasons.append(
            Reason(
                "reader_same",
                say("You made the first determination, so someone else reads second."),
            )
        )
    if finding not in FINDINGS:
        reasons.append(
            Reason(
                "finding_unknown",
                say(
                    "“{finding}” is no finding: {findings}.",
                    finding=finding[:40],
                    findings=", ".join(FINDINGS),
                ),
            )
        )
    if not reason.strip():
        reasons.append(
            Reason(
                "reason_missing",
                say("Give a reason. It stands beside the first one, and may be read in court."),
            )
        )
    before = row.data.get("second_reading", {}).get("by") or row.text("verified_by")
    if before and key(before) != key(row.text("by")):
        reasons.append(
            Reason(
                "read_already", say("{before} has read it a second time already.", before=before)
            )
        )
    if reasons:
        raise Refused(reasons)
    data = {
        "case_number": row.text("case_number"),
        "agency": row.text("agency"),
        "tag": row.text("tag"),
        "determination": row.entry,
        "finding": finding,
        "reason": reason.strip(),
        "agrees": finding == row.text("finding"),
        "looked_at": list(looked_at),
        "by": by.strip(),
        "at": at,
    }
    return Draft("determination.read", actor, data)


def decide_read_row(row: Row, reading: Draft, entry: int, actor: str) -> Draft:
    """The view again: verified by a reader who agrees, or with the other finding beside it.

    Args:
        row: the view that was read.
        reading: what `decide_reading` gave.
        entry: the index that the reading gets.
        actor: who records it.
    """
    said = reading.data
    if said["agrees"]:
        return added(row, actor, {"verified_by": said["by"], "verified_at": said["at"]})
    other = {"entry": entry, "by": said["by"], "finding": said["finding"]}
    return added(row, actor, {"second_reading": other})


def looked_reasons(looked_at: Sequence[str]) -> list[Reason]:
    """What is wrong with what somebody says they looked at."""
    strange = [one for one in looked_at if one not in LOOKED_AT]
    if not looked_at or strange:
        return [
            Reason(
                "looked_at",
                say("Say what you looked at: some of {looked_at}.", looked_at=", ".join(LOOKED_AT)),
            )
        ]
    return []
