"""Who may do what as the record says: the newest grant of each account, unless it was ended since.

What this does not do: it knows no passwords and no sessions (`accounts`), and judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Grant", "find_grant", "list_grants", "list_waiting", "moments_of", "newest_review"]

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that somebody was given.

    Attributes:
        account, name, works_for, role: as granted.
        cases: the case numbers it is for; None: all that the role may see.
        clients: of counsel: (case number, defendant) of each client.
        ends_on: the last day on which it holds; None where none was said.
        approved_by: the second person.
        entry: the entry that granted it.
        ended: whether the access was ended since.
    """

    account: str
    name: str
    works_for: str
    role: str
    cases: tuple[str, ...] | None
    clients: tuple[tuple[str, str], ...]
    ends_on: date | None
    approved_by: str
    entry: int
    ended: bool

    def holds_on(self, day: date) -> bool:
        """Whether the grant holds on a day of the office's clock."""
        return not self.ended and (self.ends_on is None or day <= self.ends_on)


def find_grant(account: str) -> Grant | None:
    """The newest grant of an account, or None where it never had one."""
    found = list(list_grants([account]))
    return found[0] if found else None


def list_grants(accounts: Iterable[str] | None = None) -> list[Grant]:
    """The newest grant of each account, in the order of their names.

    Args:
        accounts: of which; None: all.
    """
    # `one_of` names the column; a list goes in as one parameter.
    which = "" if accounts is None else f"WHERE {one_of('account')} "
    values = [] if accounts is None else [listed(sorted(set(accounts)))]
    rows = select(
        "SELECT g.account, g.name, g.works_for, g.role, g.cases, g.clients, g.ends_day, g.approved_by, g.entry, "  # noqa: S608 - our own names
        "EXISTS (SELECT 1 FROM account_acts a WHERE a.account = g.account AND a.what = 'ended' "
        "AND a.entry > g.entry) "
        "FROM account_grants g WHERE g.entry IN "
        f"(SELECT max(entry) FROM account_grants {which}GROUP BY account) ORDER BY g.account",
        values,
    )
    return [_grant(row) for row in rows]


def list_waiting() -> list[int]:
    """The entries that ask for a role and were neither approved nor declined: the newest of each account."""
    rows = select(
        "SELECT max(a.entry) FROM account_acts a WHERE a.what = 'asked' GROUP BY a.account "
        "HAVING max(a.entry) > coalesce((SELECT max(g.entry) FROM account_grants g "
        "WHERE g.account = a.account), -1) AND max(a.entry) > coalesce((SELECT max(b.entry) "
        "FROM account_acts b WHERE b.account = a.account AND b.what IN ('declined', 'ended')), -1)",
        [],
    )
    return sorted(int(entry) for (entry,) in rows)


def newest_review() -> dict[str, tuple[int, int]]:
    """Of each account that was ever reviewed: the entry of its newest review, and when it was recorded."""
    rows = select(
        "SELECT a.account, a.entry, e.recorded_ms FROM account_acts a "
        'JOIN entry e ON e."index" = a.entry WHERE a.entry IN '
        "(SELECT max(entry) FROM account_acts WHERE what = 'reviewed' GROUP BY account)",
        [],
    )
    return {account: (entry, recorded_ms) for account, entry, recorded_ms in rows}


def moments_of(entries: Iterable[int]) -> dict[int, int]:
    """When each of some entries was recorded, UTC milliseconds."""
    column = one_of('"index"')
    wanted = listed(sorted(set(entries)))
    rows = select(
        f'SELECT "index", recorded_ms FROM entry WHERE {column}',  # noqa: S608 - our own names
        [wanted],
    )
    return {int(entry): int(recorded_ms) for entry, recorded_ms in rows}


def _grant(row: tuple[object, ...]) -> Grant:
    account, name, works_for, role, cases, clients, ends, approved, entry, ended = row
    only = json.loads(str(cases))
    return Grant(
        account=str(account),
        name=str(name),
        works_for=str(works_for),
        role=str(role),
        cases=None if only is None else tuple(only),
        clients=tuple((one["case_number"], one["defendant"]) for one in json.loads(str(clients))),
        ends_on=None if ends is None else _EPOCH + timedelta(days=int(str(ends))),
        approved_by=str(approved),
        entry=int(str(entry)),
        ended=bool(ended),
    )
