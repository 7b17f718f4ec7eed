"""Every address of the office, as every role and as nobody, from the router itself: a new one without a right fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.server.accounts.policy import Right, Role, rights_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import Office

WHO = {
    Role.CUSTODIAN: "r.lane",
    Role.INVESTIGATOR: "d.marsh",
    Role.LABORATORY: "t.hill",
    Role.PROSECUTOR: "k.ortiz",
    Role.SUPERVISOR: "j.soto",
    Role.CLERK: "c.webb",
    Role.DEFENCE: "e.noor",
    Role.COURT: "h.pike",
    Role.AUDITOR: "s.vale",
    Role.ADMINISTRATOR: "a.boone",
}
# Asked for by hand in their own tests: they end the session, or lock it, for whoever asks.
_APART = {"account_logout", "locked"}


def addresses() -> list[tuple[str, str, Any]]:
    """Every address of the router: its pattern, its name, its view."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: list[Any], before: str) -> Iterator[tuple[str, str, Any]]:
        for one in patterns:
            here = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield here, one.name or "", one.callback
            else:
                yield from walk(one.url_patterns, here)

    return list(walk(get_resolver().url_patterns, "/"))


def sample(pattern: str, ids: dict[str, str]) -> str:
    """An address of a pattern: things of the worked example where their kind is known."""
    import re

    def value(match: re.Match[str]) -> str:
        kind, name = match["kind"] or "str", match["name"]
        return ids.get(name, "1" if kind == "int" else "nothing")

    return re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", value, pattern)


@pytest.fixture
def ids(office: Office) -> dict[str, str]:
    """Numbers in addresses of the worked example's case and item."""
    from fullfile.server.store.connections import case_id_of, item_id_of

    return {
        "case_id": str(case_id_of("D-0101-CR-2024-00013")),
        "item_id": str(item_id_of("Sheriff", "DOC-001")),
        "provider_id": "agency",
    }


def test_every_address_names_a_right(office: Office) -> None:
    from fullfile.server.web.doors.permission import right_of

    without = [
        pattern
        for pattern, name, view in addresses()
        if right_of(view, name) is None and not getattr(view, "asks_itself", False)
    ]
    assert addresses()
    assert without == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_what_it_may_and_is_refused_the_rest(
    office: Office, ids: dict[str, str], role: Role
) -> None:
    from fullfile.server.web.doors.permission import right_of

    client = office.as_(WHO[role])
    wrong = []
    for pattern, name, view in addresses():
        if name in _APART or getattr(view, "asks_itself", False):
            continue
        right = right_of(view, name)
        answer = client.get(sample(pattern, ids))
        allowed = right in rights_of(role)
        if answer.status_code >= 500:
            wrong.append(f"{pattern}: {answer.status_code}")
        elif not allowed and answer.status_code != 403:
            wrong.append(f"{pattern}: {answer.status_code}, and {role} lacks {right}")
        elif allowed and answer.status_code == 403 and right not in (Right.SELF, Right.ANYONE):
            # The library's own pages ask for a fresh proof, which people of the demonstration cannot give.
            wrong.append(f"{pattern}: refused, and {role} has {right}")
    assert wrong == []


def test_nobody_sees_anything_but_the_way_in(office: Office, ids: dict[str, str]) -> None:
    from fullfile.server.web.doors.permission import right_of

    client = office.nobody()
    wrong = []
    for pattern, name, view in addresses():
        right = right_of(view, name)
        answer = client.get(sample(pattern, ids))
        if getattr(view, "asks_itself", False):
            # 429: too many tries without a good token, which is an answer too.
            if answer.status_code not in (401, 403, 404, 405, 429):
                wrong.append(f"{pattern}: {answer.status_code}")
        elif answer.status_code >= 500 or (
            right is not Right.ANYONE
            and not (answer.status_code == 302 and answer["Location"].startswith("/notice/"))
        ):
            wrong.append(f"{pattern}: {answer.status_code}")
    assert wrong == []


def test_a_post_without_the_right_is_refused_too(office: Office, ids: dict[str, str]) -> None:
    from fullfile.server.web.doors.permission import right_of

    client = office.as_(WHO[Role.ADMINISTRATOR])
    for pattern, name, view in addresses():
        right = right_of(view, name)
        if getattr(view, "asks_itself", False) or right in rights_of(Role.ADMINISTRATOR):
            continue
        assert client.post(sample(pattern, ids)).status_code == 403, pattern
