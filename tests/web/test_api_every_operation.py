"""Every operation of the API, from its own list, as every role and as nobody: a new one without a right fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.server.accounts.policy import Right, Role, rights_of
from tests.web.callers import Caller, caller

if TYPE_CHECKING:
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


@pytest.fixture
def ids(office: Office) -> dict[str, str]:
    """Numbers in addresses of the worked example's case and item."""
    from fullfile.server.store.connections import case_id_of, item_id_of

    return {
        "case_id": str(case_id_of("D-0101-CR-2024-00013")),
        "item_id": str(item_id_of("Sheriff", "DOC-001")),
        "which": "1",
        "table": "items",
    }


def address(path: str, ids: dict[str, str]) -> str:
    """An address of an operation, of things of the worked example where their kind is known."""
    return re.sub(r"{(?:\w+:)?(\w+)}", lambda match: ids.get(match[1], "1"), path)


def ask(one: Caller, method: str, path: str) -> Any:
    """Ask an operation, with a body of the form that it reads and nothing in it."""
    if method == "GET":
        return one.get(path)
    if path.endswith("/files"):
        return one.post_form(path)
    return one.post(path, {})


def test_there_are_operations_and_each_is_in_the_document_with_its_right(office: Office) -> None:
    from fullfile.server.web.api.desk import OPERATIONS, right_of_operation
    from fullfile.server.web.api.office import document

    said = {
        (method.upper(), path.removeprefix("/api/v1")): operation["x-right"]
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
    }
    listed = {(one.method, re.sub(r"{\w+:", "{", one.path)): one.right.value for one in OPERATIONS}
    assert len(listed) == len(OPERATIONS) > 100
    assert said == listed
    assert all(one.right is not Right.ANYONE for one in OPERATIONS)
    assert right_of_operation("GET", "/cases") is Right.SEE_CASES


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_what_it_may_and_is_refused_the_rest(
    office: Office, ids: dict[str, str], role: Role
) -> None:
    from fullfile.server.web.api.desk import OPERATIONS

    one = caller(WHO[role])
    wrong = []
    for operation in OPERATIONS:
        if operation.path.endswith("/end") and "tokens" in operation.path:
            continue  # tested by hand: it would end the token that asks
        path = address(operation.path, ids)
        answer = ask(one, operation.method, path)
        allowed = operation.right in rights_of(role)
        says = f"{operation.method} {path}: {answer.status_code} {answer.content.decode()[:300]}"
        if answer.status_code >= 500 or answer.status_code in (401, 405, 406, 413, 415):
            wrong.append(says)
        elif not allowed and answer.status_code != 403:
            wrong.append(f"{says}, and {role} lacks {operation.right}")
        elif allowed and answer.status_code == 403:
            wrong.append(f"{says}: refused, and {role} has {operation.right}")
        elif answer.status_code >= 300 and answer["Content-Type"] != "application/problem+json":
            wrong.append(f"{says}: no problem")
    assert wrong == []


def test_nobody_and_a_token_without_scopes_get_nothing(office: Office, ids: dict[str, str]) -> None:
    from fullfile.server.accounts.models import Token
    from fullfile.server.web.api.desk import OPERATIONS

    nobody, narrow = Caller(""), caller("j.soto")
    Token.objects.update(scopes=[])
    for operation in OPERATIONS:
        path = address(operation.path, ids)
        assert ask(nobody, operation.method, path).status_code in (401, 429), path
        if operation.right is not Right.SELF:
            assert ask(narrow, operation.method, path).status_code == 403, path
