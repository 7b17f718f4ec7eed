"""Record that somebody was told of a loss or a late find: a row of knowledge, which ends the task.

What this does not do: it tells nobody, and finds no news (`queries.telling`).
"""

from __future__ import annotations

from fullfile.core.entries import Draft
from fullfile.core.errors import Refused
from fullfile.core.ids import key, wall_ms
from fullfile.core.knowledge.telling import TOLD_OF, TellingAsked, ToldTo, decide_telling
from fullfile.core.said import say
from fullfile.server.actions.own_rows import check, moment_of, now_text
from fullfile.server.queries.items import ask_item
from fullfile.server.queries.telling import Task, tasks_of_item
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import office

__all__ = ["record_telling"]


def record_telling(
    *,
    agency: str,
    tag: str,
    news: int,
    case_number: str,
    role: ToldTo,
    to: str,
    name: str = "",
    at: str = "",
    way: str = "person",
    words: str = "",
    by: str,
    actor: str,
    now_ms: int,
) -> int:
    """Record that somebody was told. The index of the entry.

    Args:
        agency: of the item.
        tag: likewise.
        news: the entry of what happened.
        case_number: for which case.
        role: as what they were told.
        to: who had to be told, as the task has it; empty: the case names nobody.
        name: who was told, where the case names nobody.
        at: when; empty: now.
        way: person, telephone or writing.
        words: what was said besides.
        by: who told.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such item.
        Refused: nobody has to be told that any more, or with every reason of `decide_telling`.
    """
    with unit_of_work() as writer:
        item = ask_item(agency, tag).item_id
        task = _task(tasks_of_item(item), news, case_number, role, to)
        said = at.strip() or now_text(now_ms)
        try:
            moment = moment_of(said)
        except Refused:
            moment = None
        asked = TellingAsked(
            agency=task.agency,
            tag=task.tag,
            case_number=task.case_number,
            news=task.news,
            what=task.what,
            first=task.first,
            to=task.to or name or (f"counsel of {task.defendant}" if task.defendant else ""),
            role=role,
            at=said,
            moment=moment,
            now=wall_ms(now_ms, office().zone),
            way=way,
            words=words,
            by=by.strip(),
        )
        row = check("knowledge", decide_telling(asked), now_ms=now_ms)
        draft = Draft("knowledge.recorded", actor, row, more={TOLD_OF: str(task.news)})
        return writer.append([draft], now_ms=now_ms)[0]


def _task(tasks: list[Task], news: int, case_number: str, role: ToldTo, to: str) -> Task:
    for one in tasks:
        same = one.news == news and key(one.case_number) == key(case_number) and one.role is role
        if same and key(to) in (key(one.to), key(one.defendant)):
            return one
    raise Refused(
        say(
            "Nobody has to be told that any more: it was recorded that they were, or what happened "
            "is no longer so. Look at the item again."
        ),
        code="stale",
    )
