"""The doors of the API: tokens, scopes, failures, forms of content, one-time numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.errors import Refused
from fullfile.server.accounts.policy import Right
from tests.web.callers import Caller, caller

if TYPE_CHECKING:
    from tests.web.conftest import Office


def test_a_token_says_who_acts_and_is_kept_as_a_digest_only(office: Office) -> None:
    from fullfile.server.accounts.models import Token

    one = caller("k.ortiz")
    answer = one.get("/me")
    assert answer.status_code == 200
    assert answer.json()["name"] == "K. Ortiz"
    assert "filings:write" in answer.json()["rights"]
    token = Token.objects.get()
    assert one.token.startswith("ffk_")
    assert one.token not in (token.digest, token.label)
    assert token.last_used_at is not None


def test_without_a_token_there_is_a_problem_that_says_what_to_do(office: Office) -> None:
    answer = Caller("").get("/me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert "My account" in answer.json()["detail"]


def test_a_session_opens_nothing_here(office: Office) -> None:
    browser = office.as_("k.ortiz")
    assert browser.get("/api/v1/me").status_code == 401
    assert (
        browser.post("/api/v1/cases", data="{}", content_type="application/json").status_code == 401
    )


@pytest.mark.parametrize("how", ["wrong", "ended", "expired", "account ended", "locked"])
def test_a_token_that_does_not_hold_opens_nothing(office: Office, how: str) -> None:
    from fullfile.server.accounts.models import Account, DoorEvent, Token

    one = caller("k.ortiz")
    assert one.get("/me").status_code == 200
    then = datetime(2020, 1, 1, tzinfo=UTC)
    if how == "wrong":
        one = Caller(one.token[:-1] + ("a" if one.token[-1] != "a" else "b"))
    elif how == "ended":
        token_id = one.get("/me/tokens").json()["rows"][0]["token_id"]
        assert one.post(f"/me/tokens/{token_id}/end").json()["ended_at"] is not None
    elif how == "expired":
        Token.objects.update(expires_at=then)
    elif how == "account ended":
        Account.objects.filter(username="k.ortiz").update(is_active=False)
    else:
        Account.objects.filter(username="k.ortiz").update(locked_at=then)
    assert one.get("/me").status_code == 401
    assert DoorEvent.objects.filter(what="token", outcome="refused").count() == 1


def test_failures_of_one_address_are_bounded_and_a_good_token_still_passes(office: Office) -> None:
    from fullfile.server.accounts.models import DoorEvent
    from fullfile.server.web.api.doors import FAILURES

    good, bad = caller("k.ortiz"), Caller("ffk_nothing")
    found = [bad.get("/me").status_code for _ in range(FAILURES + 2)]
    assert found == [401] * FAILURES + [429, 429]
    assert bad.get("/me")["Retry-After"] == "900"
    assert DoorEvent.objects.filter(what="token").count() == FAILURES
    assert good.get("/me").status_code == 200


def test_a_token_has_only_its_scopes_and_no_more_than_its_person(office: Office) -> None:
    narrow = caller("k.ortiz", ["cases:read"])
    assert narrow.get("/cases").status_code == 200
    answer = narrow.post("/cases", {"number": "X", "jurisdiction": "us-nm"})
    assert answer.status_code == 403
    assert "scope cases:open" in answer.json()["detail"]
    with pytest.raises(Refused, match="no token of yours"):
        caller("r.lane", ["cases:open"])


def test_a_role_that_lost_a_right_loses_it_in_its_tokens(office: Office) -> None:
    from fullfile.server.accounts.models import Token

    one = caller("r.lane")
    Token.objects.update(scopes=[right.value for right in Right])
    assert one.get("/cases").status_code == 200
    answer = one.post("/cases", {"number": "X", "jurisdiction": "us-nm"})
    assert answer.status_code == 403
    assert "property custodian" in answer.json()["detail"]


def test_an_operation_without_a_right_cannot_be_added(office: Office) -> None:
    from ninja.errors import ConfigError

    from fullfile.server.web.api.desk import Desk
    from fullfile.server.web.api.office import api

    def open_to_all(request: Any) -> dict[str, str]:
        return {}

    with pytest.raises(ConfigError, match="names no right"):
        Desk("Test").get("/open")(open_to_all)
    with pytest.raises(ConfigError, match="with their right"):
        api.get("/open")(open_to_all)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": "text/html"}, 406),
        ({"Accept": "text/html, */*;q=0.1"}, 201),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Idempotency-Key": "short"}, 400),
    ],
)
def test_forms_of_content(office: Office, headers: dict[str, str], status: int) -> None:
    said = {"number": "D-202-CR-2026-00001", "jurisdiction": "us-nm"}
    answer = caller("k.ortiz").post("/cases", said, **headers)
    assert answer.status_code == status
    if status > 300:
        assert answer["Content-Type"] == "application/problem+json"


def test_too_large_wrong_method_and_no_address(office: Office) -> None:
    one = caller("k.ortiz")
    large = one.post("/cases", {"number": "x" * (2 * 1024 * 1024), "jurisdiction": "us-nm"})
    assert large.status_code == 413
    wrong = one.get("/cases/search")
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST")
    assert wrong.json()["reasons"][0]["code"] == "method"
    nothing = one.get("/nothing/of/this")
    assert (nothing.status_code, nothing.json()["status"]) == (404, 404)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"number": NaN, "jurisdiction": "us-nm"}',
        b'{"number": "\\u0000", "jurisdiction": "us-nm"}',
        b'{"number": "\\ud800", "jurisdiction": "us-nm"}',
        b"[" * 100_000,
        b'{"number": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_no_database_could_keep_is_not_read(office: Office, body: bytes) -> None:
    from django.test import Client

    answer = Client(HTTP_HOST="localhost").post(
        "/api/v1/cases",
        data=body,
        content_type="application/json",
        headers={
            "Authorization": f"Bearer {caller('k.ortiz').token}",
            "Idempotency-Key": "12345678",
        },
    )
    assert answer.status_code == 400
    assert answer.json()["reasons"]


def test_every_field_that_is_wrong_is_named(office: Office) -> None:
    answer = caller("k.ortiz").post("/cases", {"number": "", "jurisdction": "us-nm"})
    assert answer.status_code == 422
    where = {one["where"] for one in answer.json()["reasons"]}
    assert {"body.number", "body.jurisdiction", "body.jurisdction"} <= where


def test_the_same_request_twice_records_once(office: Office) -> None:
    from fullfile.server.store.overview import get_head

    one = caller("k.ortiz")
    said = {"number": "D-202-CR-2026-00001", "jurisdiction": "us-nm", "title": "State v. Doe"}
    first = one.post("/cases", said, key="number-of-mine-1")
    size = get_head().size
    second = one.post("/cases", said, key="number-of-mine-1")
    assert (first.status_code, first.json()["again"]) == (201, False)
    assert (second.status_code, second.json()["again"]) == (200, True)
    for name in ("first", "last", "recorded_at"):
        assert first.json()[name] == second.json()[name]
    assert get_head().size == size
    other = one.post("/cases", said | {"title": "State v. Roe"}, key="number-of-mine-1")
    assert (other.status_code, other.json()["reasons"][0]["code"]) == (409, "idempotency_key")
    # Somebody else's number of the same name is another one.
    theirs = caller("b.frey").post(
        "/cases", said | {"number": "D-202-CR-2026-00002"}, key="number-of-mine-1"
    )
    assert theirs.status_code == 201


def test_a_refusal_gives_every_reason_with_its_code(office: Office) -> None:
    answer = caller("k.ortiz").post(
        "/cases", {"number": "D-0101-CR-2024-00013", "jurisdiction": "us-xx"}
    )
    assert answer.status_code == 409
    assert answer.json()["title"] == "This was not recorded"
    assert all(one["code"] and one["text"] for one in answer.json()["reasons"])


def test_a_file_that_breaks_off_is_closed_and_said_to_be_unreadable(office: Office) -> None:
    """The temporary file of it would otherwise stay open until Python looks for waste: that is a warning here."""
    import gc

    from django.test import Client

    from fullfile.server.store.connections import item_id_of

    one = caller("r.lane")
    body = (
        b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nabc!\r\n--part--\r\n"
    )
    answer = Client(HTTP_HOST="localhost").post(
        f"/api/v1/items/{item_id_of('Sheriff', 'DOC-001')}/files",
        data=body,
        content_type="multipart/form-data; boundary=part",
        headers={"Authorization": f"Bearer {one.token}", "Idempotency-Key": "broken-off-1"},
    )
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    del answer
    gc.collect()
