"""Who must still be told what: tasks "Tell {name}", from the record alone; a recorded telling ends each.

An agency tells the prosecutors of every case that its item bears on. Of a loss, the prosecutors tell the defence of each
defendant, to whom the item was disclosed or is due; of a find, to disclose it is the telling, and the board says so.
Where a case names nobody, the task stands all the same: nothing is told to nobody.

What this does not do: it asks no policy, and no case that has ended for the defence: there a board and `impact` say more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.core.knowledge.telling import ToldTo, tells
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Reach, Role
from fullfile.server.store.connections import agency_id, cases_of_items, numbers_of_cases
from fullfile.server.store.keys import find_cases
from fullfile.server.store.news import (
    MOST,
    OpenNews,
    ended_cases,
    list_news,
    names_of_items,
    parties_of_cases,
    prosecuted_by,
    told_since,
)

__all__ = [
    "Task",
    "Tasks",
    "cases_to_tell_of",
    "defence_to_tell_in",
    "tasks_for",
    "tasks_of_agencies",
    "tasks_of_item",
    "tasks_of_prosecution",
]


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody must be told something.

    Attributes:
        news: the entry of what happened; `what`, `first`: what, and when (ms, the office's clock).
        item_id, agency, tag: of which item.
        case_id, case_number: for which case.
        role: as what they must be told.
        to: whom; empty: the case names nobody.
        defendant: of the defence: of which defendant.
    """

    news: int
    what: str
    first: int
    item_id: int
    agency: str
    tag: str
    case_id: int
    case_number: str
    role: ToldTo
    to: str
    defendant: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks, the newest first; not `exact`: there is more news than is looked at, and so at least these."""

    rows: tuple[Task, ...]
    exact: bool


def tasks_for(person: Person) -> Tasks:
    """What one person must tell: of their agency's items, or in the cases that they answer for."""
    only = None if person.cases is None else set(find_cases(list(person.cases)).values())
    if person.reach is Reach.AGENCY:
        agency = agency_id(person.works_for) if person.works_for else None
        if agency is None:
            return Tasks((), exact=True)
        found = tasks_of_agencies([agency])
        rows = tuple(one for one in found.rows if only is None or one.case_id in only)
        return Tasks(rows, exact=found.exact)
    if person.role in (Role.PROSECUTOR, Role.SUPERVISOR):
        nobodys = person.role is Role.SUPERVISOR
        return tasks_of_prosecution(person.name, only=only, nobodys=nobodys)
    return Tasks((), exact=True)


def tasks_of_agencies(agencies: Sequence[int]) -> Tasks:
    """What agencies must tell prosecutors of their items, the newest first."""
    news = list_news(agencies=agencies)
    return Tasks(tuple(_tasks(news, (ToldTo.PROSECUTOR,))), exact=len(news) < MOST)


def tasks_of_prosecution(
    name: str, *, only: Collection[int] | None, nobodys: bool = False
) -> Tasks:
    """What a prosecutor must tell the defence, the newest first.

    Args:
        name: of the prosecutor: in the cases that name them; with `only`, in those cases whoever is named.
        only: the cases that a role is for; None: it lists none.
        nobodys: in the cases that name no prosecutor, too: a supervisor's.
    """
    every = list_news()
    news = [one for one in every if one.what != "found"]
    pairs = _cases(news)
    cases = {case for _, case in pairs}
    if only is not None:
        mine = cases & set(only)
    else:
        mine = prosecuted_by(key(name), cases)
        if nobodys:
            mine |= cases - prosecuted_by(None, cases)
    rows = tuple(_tasks(news, (ToldTo.DEFENCE,), among=mine))
    return Tasks(rows, exact=len(every) < MOST)


def cases_to_tell_of(agencies: Sequence[int]) -> dict[int, set[int]]:
    """By agency: the cases for which it must still tell somebody; all of them in a handful of questions."""
    news = list_news(agencies=agencies)
    whose = {one.entry: one.agency_id for one in news}
    found: dict[int, set[int]] = {}
    for one in _tasks(news, (ToldTo.PROSECUTOR,)):
        found.setdefault(whose[one.news], set()).add(one.case_id)
    return found


def defence_to_tell_in() -> dict[int, frozenset[str]]:
    """The cases in which the defence must still be told, each with the keys of its prosecutors; of all in a handful."""
    news = [one for one in list_news() if one.what != "found"]
    cases = {one.case_id for one in _tasks(news, (ToldTo.DEFENCE,))}
    parties = parties_of_cases(cases, ("prosecutor",))
    return {
        case: frozenset(key(str(one.data["name"])) for one in parties.get(case, ()))
        for case in cases
    }


def tasks_of_item(item_id: int) -> list[Task]:
    """What must be told of one item, to prosecutors and to the defence."""
    return _tasks(list_news(items=[item_id]), tuple(ToldTo))


def _tasks(
    news: Sequence[OpenNews], roles: Sequence[ToldTo], among: set[int] | None = None
) -> list[Task]:
    if not news:
        return []
    pairs = [(one, case) for one, case in _cases(news) if among is None or case in among]
    cases = {case for _, case in pairs}
    if not cases:
        return []
    numbers = numbers_of_cases(cases)
    names = names_of_items({one.item_id for one, _ in pairs})
    parties = parties_of_cases(cases, ("prosecutor", "defendant"))
    ended = ended_cases(cases) if ToldTo.DEFENCE in roles else set()
    told = told_since(news)
    found = []
    for one, case in pairs:
        for role in roles:
            if role is ToldTo.DEFENCE and (one.what == "found" or case in ended):
                continue
            for to, defendant, called in _people(parties.get(case, ()), role):
                rows = told.get(one.item_id, ())
                if _is_told(rows, one, numbers[case], role, called):
                    continue
                found.append(
                    Task(
                        one.entry,
                        one.what,
                        one.first,
                        one.item_id,
                        *names[one.item_id],
                        case,
                        numbers[case],
                        role,
                        to,
                        defendant,
                    )
                )
    return found


def _cases(news: Iterable[OpenNews]) -> list[tuple[OpenNews, int]]:
    """Each piece of news with every case that it concerns."""
    told = list(news)
    losses = {one.item_id for one in told if one.case_id is None}
    bears = cases_of_items(losses) if losses else {}
    found: list[tuple[OpenNews, int]] = []
    for one in told:
        if one.case_id is not None:
            found.append((one, one.case_id))
        else:
            found += [(one, case) for case in sorted(bears.get(one.item_id, ()))]
    return found


def _people(parties: Sequence[Entry], role: ToldTo) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Whom to tell on a side of a case: the name, of the defence the defendant, and how a row may call them."""
    if role is ToldTo.PROSECUTOR:
        names = [str(one.data["name"]) for one in parties if one.data.get("role") == "prosecutor"]
        for name in dict.fromkeys(names) or [""]:
            yield name, "", frozenset({key(name)} if name else ())
        return
    for one in parties:
        if one.data.get("role") != "defendant":
            continue
        who, counsel = str(one.data["name"]), str(one.data.get("counsel", ""))
        several = [name for name in re.split(r" and |, ", counsel) if name.strip()]
        called = {key(counsel), key(f"counsel of {who}"), *map(key, several)} - {""}
        yield counsel, who, frozenset(called)


def _is_told(
    rows: Iterable[Entry], news: OpenNews, case_number: str, role: ToldTo, called: frozenset[str]
) -> bool:
    for row in rows:
        names: Collection[str] = called
        # Where the case names nobody, whoever was told in that role for it was.
        if not called and row.data.get("role") == role.value and row.data.get("case_number"):
            names = {key(str(row.data.get("person", "")))}
        if names and tells(
            row,
            news=news.entry,
            what=news.what,
            first=news.first,
            case_number=case_number,
            names=names,
        ):
            return True
    return False
