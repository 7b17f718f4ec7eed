"""The people of the demonstration: one for every role, all invented, with no password at all.

They can sign in only where the process shows the demonstration (on loopback, in the demonstration's home).
"""

from __future__ import annotations

from fullfile.server.accounts.policy import Role
from fullfile.server.actions.granting import (
    Wish,
    approve_access,
    ask_access,
    invite_first_administrator,
)
from fullfile.server.store.grants import find_grant

__all__ = ["PEOPLE", "make_people"]

_BALDWIN = ("D-0101-CR-2024-00013", "Baldwin")
_ADMINISTRATOR = Wish("a.boone", "A. Boone", "Special Prosecutor", Role.ADMINISTRATOR)
PEOPLE = (
    Wish("j.soto", "J. Soto", "Special Prosecutor", Role.SUPERVISOR),
    Wish("r.lane", "R. Lane", "Sheriff", Role.CUSTODIAN),
    Wish("m.quill", "M. Quill", "Sheriff", Role.CUSTODIAN),
    Wish("d.marsh", "D. Marsh", "Sheriff", Role.INVESTIGATOR),
    Wish("t.hill", "T. Hill", "State laboratory", Role.LABORATORY),
    Wish("k.ortiz", "K. Ortiz", "Special Prosecutor", Role.PROSECUTOR),
    Wish("b.frey", "B. Frey", "Special Prosecutor", Role.PROSECUTOR),
    Wish("c.webb", "C. Webb", "Special Prosecutor", Role.CLERK),
    Wish("e.noor", "E. Noor", "Defence Baldwin", Role.DEFENCE, clients=(_BALDWIN,)),
    Wish("h.pike", "H. Pike", "District Court", Role.COURT),
    Wish("s.vale", "S. Vale", "County auditor", Role.AUDITOR),
)
"""Two custodians and two prosecutors: many acts need a second person."""


def make_people(*, actor: str, now_ms: int) -> None:
    """Make those who are not there yet."""
    if find_grant(_ADMINISTRATOR.account) is None:
        invite_first_administrator(
            _ADMINISTRATOR.account,
            _ADMINISTRATOR.name,
            works_for=_ADMINISTRATOR.works_for,
            actor=actor,
            now_ms=now_ms,
        )
    second = PEOPLE[0]
    for wish in PEOPLE:
        if find_grant(wish.account) is not None:
            continue
        asked = ask_access(
            wish,
            reason="A person of the demonstration.",
            actor=_ADMINISTRATOR.name,
            actor_account=_ADMINISTRATOR.account,
            now_ms=now_ms,
        )
        if not asked.granted:
            approve_access(
                asked.entry, actor=second.name, actor_account=second.account, now_ms=now_ms
            )
