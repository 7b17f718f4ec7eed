"""Somebody who acts: their account and what the record grants them today.

    person = person_of("r.lane", today)
    check_may(person, Right.BOOK)

What this does not do: it does not authenticate anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from fullfile.core.errors import NotPermitted
from fullfile.server.accounts.policy import (
    OFFICE_SIDE,
    Field,
    Reach,
    Right,
    Role,
    Shown,
    reach_of,
    rights_of,
    shown,
)
from fullfile.server.store.grants import Grant, find_grant

__all__ = ["ROLE_WORDS", "Person", "can", "check_may", "find_person", "person_of_grant"]

ROLE_WORDS = {
    Role.CUSTODIAN: "property custodian",
    Role.INVESTIGATOR: "investigator",
    Role.LABORATORY: "laboratory",
    Role.PROSECUTOR: "prosecutor",
    Role.SUPERVISOR: "supervisor",
    Role.CLERK: "records clerk",
    Role.DEFENCE: "defence counsel",
    Role.COURT: "court",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the role that holds today.

    Attributes:
        account: the name they sign in with.
        name: as it stands beside their acts.
        works_for: agency, firm or court.
        role: their role.
        cases: the case numbers it is for; None: all that the role may see.
        clients: of counsel: (case number, defendant).
        scopes: of a token: only these rights; None where a person is there.
    """

    account: str
    name: str
    works_for: str
    role: Role
    cases: tuple[str, ...] | None
    clients: tuple[tuple[str, str], ...]
    scopes: frozenset[Right] | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do here."""
        mine = rights_of(self.role)
        return mine if self.scopes is None else mine & (self.scopes | {Right.ANYONE})

    @property
    def office_side(self) -> bool:
        """Whether they are on the State's side of the office."""
        return self.role in OFFICE_SIDE

    @property
    def reach(self) -> Reach:
        """For which cases and items they have their rights."""
        return reach_of(self.role)

    def sees(self, field: Field, *, own: bool = False) -> Shown:
        """How much of a field they see."""
        return shown(self.role, field, own=own)


def find_person(account: str, today: date) -> Person | None:
    """The person of an account, or None where no grant holds today."""
    grant = find_grant(account)
    return None if grant is None or not grant.holds_on(today) else person_of_grant(grant)


def person_of_grant(grant: Grant, scopes: frozenset[Right] | None = None) -> Person:
    """A grant as the person it was given to."""
    return Person(
        account=grant.account,
        name=grant.name,
        works_for=grant.works_for,
        role=Role(grant.role),
        cases=grant.cases,
        clients=grant.clients,
        scopes=scopes,
    )


def can(person: Person | None, right: Right) -> bool:
    """Whether somebody may; for templates and lists."""
    if person is None:
        return right is Right.ANYONE
    return right in person.rights


def check_may(person: Person | None, right: Right) -> None:
    """Refuse who may not.

    Raises:
        NotPermitted: with what it would take.
    """
    if can(person, right):
        return
    who = ", ".join(_(ROLE_WORDS[role]) for role in Role if right in rights_of(role))
    if person is None:
        raise NotPermitted(_("Sign in first."))
    if person.scopes is not None and right in rights_of(person.role):
        raise NotPermitted(
            _("This token does not have the scope %(scope)s.") % {"scope": right.value}
        )
    raise NotPermitted(
        _(
            "You are signed in as %(role)s, and this is for: %(who)s. "
            "An administrator can change a role; a supervisor approves it."
        )
        % {"role": _(ROLE_WORDS[person.role]), "who": who or _("nobody")}
    )
