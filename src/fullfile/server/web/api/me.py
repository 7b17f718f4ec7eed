"""Who acts here, with which rights; one's own tokens.

Tokens are made on the page `/me/tokens/`, where somebody has just proven who they are; a token makes no token.
"""

from __future__ import annotations

from typing import Any

from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import Token
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.tokens import end_token, list_tokens
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.shapes import Id, Shown
from fullfile.server.web.clock import now_ms, office

__all__ = ["desk"]

desk = Desk("Me")


class Me(Shown):
    """Who acts."""

    account: str
    name: str
    works_for: str
    role: str
    rights: list[str]
    cases: list[str] | None
    office: str
    zone: str


class TokenShown(Shown):
    """A token; the key itself was shown once, when it was made."""

    token_id: int
    label: str
    scopes: list[str]
    created_at: str
    expires_at: str
    ended_at: str | None
    last_used_at: str | None


class Tokens(Shown):
    """One's own tokens."""

    rows: list[TokenShown]


@desk.reads("/me", Right.SELF, Me)
def who_am_i(request: Asking) -> dict[str, Any]:
    """Who acts with this token, and what they may do with it."""
    person = request.person
    here = office()
    return {
        "account": person.account,
        "name": person.name,
        "works_for": person.works_for,
        "role": person.role.value,
        "rights": sorted(right.value for right in person.rights if right is not Right.ANYONE),
        "cases": None if person.cases is None else list(person.cases),
        "office": here.name,
        "zone": here.zone.key,
    }


@desk.reads("/me/tokens", Right.SELF, Tokens)
def list_my_tokens(request: Asking) -> dict[str, Any]:
    """One's own tokens, also those that ended."""
    return {"rows": [_shown(one) for one in list_tokens(request.person.account)]}


@desk.reads("/me/tokens/{int:token_id}/end", Right.SELF, TokenShown, posted=True)
def end_my_token(request: Asking, token_id: Id) -> dict[str, Any]:
    """End one of one's own tokens now, this one too."""
    token = end_token(request.person.account, token_id, now_ms=now_ms())
    note(request, "token_ended", "done", account=request.person.account)
    return _shown(token)


def _shown(token: Token) -> dict[str, Any]:
    return {
        "token_id": token.pk,
        "label": token.label,
        "scopes": list(token.scopes),
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "ended_at": None if token.ended_at is None else token.ended_at.isoformat(),
        "last_used_at": None if token.last_used_at is None else token.last_used_at.isoformat(),
    }
