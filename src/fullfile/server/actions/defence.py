"""What counsel does in the portal: sign a receipt, dispute, ask for more; and what the State answers.

Whose counsel somebody is, the caller's policy says (`counsel_of`); whoever is not counsel of this defendant is turned
away, whatever the page showed. Each act is an entry that the State reads, for it is said to the State. What counsel opens is none
(`store.reading_log`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fullfile.core.disclosure.disputes import decide_dispute, decide_dispute_answer
from fullfile.core.errors import NotFound, NotPermitted
from fullfile.core.ids import key
from fullfile.core.papers import find_defendant
from fullfile.core.said import say
from fullfile.server.actions.own_rows import now_text
from fullfile.server.actions.productions import Pairs, record_receipt
from fullfile.server.actions.requests import record_request
from fullfile.server.queries.portal import announced_of
from fullfile.server.queries.productions import production_of_entry
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import entries

__all__ = ["answer_dispute", "ask_for_more", "check_counsel", "dispute", "sign_receipt"]

Clients = Collection[tuple[str, str]]
"""Of a counsel: (case number, defendant) of each client, as the caller's policy says."""


def check_counsel(case_number: str, defendant: str, counsel_of: Clients) -> None:
    """Turn away whoever is not counsel of this defendant in this case.

    Raises:
        NotPermitted: they are not. Whether there is such a case is not said.
    """
    if (key(case_number), key(defendant)) not in {
        (key(number), key(who)) for number, who in counsel_of
    }:
        raise NotPermitted(
            say(
                "Only counsel of this defendant may do this. If you act for them, ask the office to put "
                "you down as counsel in this case."
            )
        )


def sign_receipt(
    production: int,
    *,
    defendant: str,
    by: str,
    counsel_of: Clients,
    items: Pairs | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Counsel signs the receipt of a production, now. Signing does not say that it is complete. The index of the entry.

    Args:
        production: the entry that drafted it.
        defendant: the client: the name as recorded, or the party id, as `counsel_of` has it.
        by: which counsel.
        counsel_of: whose counsel they are.
        items: those received, as (agency, tag); None: all.
        actor: who signs.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such production.
        NotPermitted: they are not counsel of this defendant.
        Refused: it was not served on them, or is signed for already.
    """
    here = production_of_entry(production)
    check_counsel(here.case_number, defendant, counsel_of)
    return record_receipt(
        production, defendant, by=by, at="", signed=True, items=items, actor=actor, now_ms=now_ms
    )


def dispute(
    *,
    case_number: str,
    defendant: str,
    what: str,
    by: str,
    counsel_of: Clients,
    production: int | None = None,
    item: tuple[str, str] | None = None,
    withholding: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Counsel disputes a production, an item of it, or an announced withholding. The index of the entry.

    Args:
        case_number: the case.
        defendant: the client.
        what: what is wrong, in counsel's words.
        by: which counsel.
        counsel_of: whose counsel they are.
        production: the entry that drafted the production.
        item: an item of it, as (agency, tag).
        withholding: the entry of the withholding, as the portal shows it.
        actor: who disputes.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case, production or announced withholding.
        NotPermitted: they are not counsel of this defendant.
        Refused: it says nothing, or is about what was not served on them.
    """
    check_counsel(case_number, defendant, counsel_of)
    with unit_of_work() as writer:
        question, world, case = world_of_case(case_number, now_ms=now_ms)
        who = find_defendant(world, case, defendant)
        here = None if production is None else production_of_entry(production)
        if here is not None and key(here.case_number) != case.key:
            raise NotFound(say("There is no such production in {number}.", number=case.number))
        if withholding is not None and withholding not in {
            one.entry for one in announced_of(world, case, who, question.size)
        }:
            raise NotFound(
                say("No withholding of that number was announced to {name}.", name=who.name)
            )
        draft = decide_dispute(
            case.number,
            (who.key, who.name),
            actor,
            what=what,
            by=by,
            at=now_text(now_ms),
            production=here,
            item=item,
            withholding=withholding,
        )
        return writer.append([draft], now_ms=now_ms)[0]


def answer_dispute(entry: int, *, answer: str, by: str, actor: str, now_ms: int) -> int:
    """The State answers a dispute; the dispute stands. The index of the entry.

    Raises:
        NotFound: there is no such entry.
        Refused: it is no dispute, or nothing was answered.
    """
    with unit_of_work() as writer:
        (found,) = entries([entry])
        draft = decide_dispute_answer(found, actor, answer=answer, by=by, at=now_text(now_ms))
        return writer.append([draft], now_ms=now_ms)[0]


def ask_for_more(
    *,
    case_number: str,
    defendant: str,
    asks_for: str,
    category: str = "",
    keywords: Sequence[str] = (),
    counsel_of: Clients,
    actor: str,
    now_ms: int,
) -> int:
    """Counsel asks for something, now: a request like any other. The index of the entry.

    Raises:
        NotFound: no such case.
        NotPermitted: they are not counsel of this defendant.
        Refused: it says nothing.
    """
    check_counsel(case_number, defendant, counsel_of)
    return record_request(
        case_number=case_number,
        defendant=defendant,
        asks_for=asks_for,
        category=category,
        keywords=keywords,
        actor=actor,
        now_ms=now_ms,
    )
