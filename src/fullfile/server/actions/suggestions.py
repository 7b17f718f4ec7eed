"""Accept a suggestion, reject it with a reason, ask somebody about it, answer.

Never by whoever booked the item. Accepting discloses nothing and files nothing: the item bears on the case from then
on. Asking decides nothing, and the suggestion stays open.
"""

from __future__ import annotations

from typing import Any

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.link import decide_link, link_draft
from fullfile.server.actions.own_rows import now_text
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import entries

__all__ = ["accept_suggestion", "answer_question", "ask_about", "reject_suggestion"]


def accept_suggestion(
    *, agency: str, tag: str, case_number: str, by: str, reason: str = "", now_ms: int
) -> int:
    """The item belongs to the case. The index of the entry.

    Raises:
        NotFound: there is no such item or case.
        Refused: whoever decides booked it, or is not named.
    """
    return decide_link("accept", agency, tag, case_number, by=by, reason=reason, now_ms=now_ms)


def reject_suggestion(
    *, agency: str, tag: str, case_number: str, by: str, reason: str, now_ms: int
) -> int:
    """It does not: it is suggested no longer, and comes back only with new facts. The index of the entry.

    Raises:
        NotFound: there is no such item or case.
        Refused: no reason is given, or whoever decides booked it, or is not named.
    """
    return decide_link("reject", agency, tag, case_number, by=by, reason=reason, now_ms=now_ms)


def ask_about(
    *, agency: str, tag: str, case_number: str, whom: str, question: str, by: str, now_ms: int
) -> int:
    """Ask somebody before it is decided. The index of the entry that asks.

    Raises:
        NotFound: there is no such item or case.
        Refused: nobody is asked, nothing is asked, or whoever asks booked it.
    """
    with unit_of_work() as writer:
        reasons: list[Reason] = []
        if not whom.strip():
            reasons.append(Reason("whom_missing", say("Say whom you ask.")))
        elif key(whom) == key(by):
            reasons.append(Reason("whom_same", say("That is you: ask somebody who may know.")))
        try:
            decision = link_draft(
                "ask",
                agency,
                tag,
                case_number,
                by=by,
                reason=question,
                size=writer.size,
                now_ms=now_ms,
            )
        except Refused as refused:
            raise Refused([*reasons, *refused.reasons]) from refused
        if reasons:
            raise Refused(reasons)
        asked = {
            "case_number": decision.data["case_number"],
            "agency": agency,
            "tag": tag,
            "whom": whom.strip(),
            "question": question.strip(),
            "by": by,
            "at": now_text(now_ms),
        }
        return writer.append([Draft("question.asked", by, asked), decision], now_ms=now_ms)[0]


def answer_question(entry: int, *, answer: str, by: str, now_ms: int) -> int:
    """Answer a question; the suggestion stays open until somebody decides. The index of the entry.

    Raises:
        NotFound: there is no such entry.
        Refused: it asks nothing, nothing was answered, or somebody else was asked.
    """
    with unit_of_work() as writer:
        (found,) = entries([entry])
        if found.type != "question.asked":
            raise Refused(
                say("Entry {entry} asks nothing.", entry=entry), code="entry_of_another_kind"
            )
        reasons = []
        if not answer.strip():
            reasons.append(Reason("answer_missing", say("An answer says something: what is it?")))
        if key(by) != key(str(found.data["whom"])):
            reasons.append(
                Reason(
                    "not_asked",
                    say("{whom} was asked: they answer, or ask anew.", whom=found.data["whom"]),
                )
            )
        if reasons:
            raise Refused(reasons)
        data: dict[str, Any] = {
            "case_number": found.data["case_number"],
            "agency": found.data["agency"],
            "tag": found.data["tag"],
            "question": entry,
            "answer": answer.strip(),
            "by": by,
            "at": now_text(now_ms),
        }
        return writer.append([Draft("question.answered", by, data)], now_ms=now_ms)[0]
