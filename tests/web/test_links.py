"""No link leads nowhere: what a page offers somebody is there for them, for every role."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.web.test_every_address import WHO

if TYPE_CHECKING:
    from fullfile.server.accounts.policy import Role
    from tests.web.conftest import Office

_LINK = re.compile(r'href="(/[^"#]*)')
_APART = {"account_logout", "locked", "stay", "language"}
_OWN_STEPS = (
    "/me/"  # a library asks again who it is; a demonstration has no password to say it with
)
_EACH = 2
"""So many pages of one route are opened, and of one act."""


@pytest.mark.parametrize("role", list(WHO), ids=lambda role: role.value)
def test_every_link_opens_for_whoever_sees_it(office: Office, role: Role) -> None:
    from django.urls import resolve

    client = office.as_(WHO[role])
    ahead, met, opened, wrong = [("/", "")], {"/"}, Counter[str](), []
    while ahead:
        path, before = ahead.pop(0)
        found = resolve(urlsplit(path).path)
        route = f"{found.url_name} {found.kwargs.get('act', '')}{found.kwargs.get('name', '')}"
        opened[route] += 1
        if opened[route] > _EACH or found.url_name in _APART or path.startswith(_OWN_STEPS):
            continue
        answer = client.get(path)
        if answer.status_code >= 400 and not _is_refused_with_reasons(answer):
            wrong.append(f"{answer.status_code} {path}, which {before} leads to")
        if 300 <= answer.status_code < 400:
            ahead.append((answer["Location"], path))
            continue
        if "text/html" not in answer.get("Content-Type", "") or answer.streaming:
            continue
        links = {html.unescape(one) for one in _LINK.findall(answer.content.decode())}
        new = sorted(one for one in links - met if not one.startswith("/static/"))
        met.update(new)
        ahead += [(one, path) for one in new]
    assert wrong == []
    assert len(opened) > 10, opened


def _is_refused_with_reasons(answer: object) -> bool:
    """A sentence of the office why it is not possible now is an answer; a closed or absent door is none."""
    return getattr(answer, "status_code", 0) == 409
