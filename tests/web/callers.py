"""Programs that call the API: with a token of somebody of the demonstration, or without."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

number = iter(range(10**9))


@dataclass
class Caller:
    """A program with a token."""

    token: str
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **asked: Any) -> Any:
        from django.test import Client

        return Client(HTTP_HOST="localhost").get(f"/api/v1{path}", asked, headers=self._headers())

    def post(self, path: str, said: Any = None, *, key: str | None = None, **headers: str) -> Any:
        from django.test import Client

        once = key if key is not None else f"test-number-{next(number)}"
        body = {} if said is None else {"data": json.dumps(said)}
        return Client(HTTP_HOST="localhost").post(
            f"/api/v1{path}",
            content_type="application/json",
            headers=self._headers() | {"Idempotency-Key": once} | headers,
            **body,
        )

    def post_form(self, path: str, said: Any = None) -> Any:
        from django.test import Client

        headers = self._headers() | {"Idempotency-Key": f"test-number-{next(number)}"}
        return Client(HTTP_HOST="localhost").post(f"/api/v1{path}", said or {}, headers=headers)

    def _headers(self) -> dict[str, str]:
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return given | self.headers


def caller(account: str, scopes: Collection[str] | None = None) -> Caller:
    """A program of somebody, with all their rights unless scopes are said."""
    from fullfile.server.accounts.policy import Role
    from fullfile.server.accounts.tokens import make_token, scopes_of
    from fullfile.server.store.grants import find_grant
    from fullfile.server.web.clock import now_ms, today

    grant = find_grant(account)
    assert grant is not None
    wanted = scopes_of(Role(grant.role)) if scopes is None else scopes
    _, key = make_token(
        account, label="a test", scopes=wanted, days=30, now_ms=now_ms(), today=today()
    )
    return Caller(key)
