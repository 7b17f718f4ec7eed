"""The way in, as docs/explanation/sign-in.md says: notice, lock after five, second step, idle and absolute limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

PASSWORD = "four walnut lanterns sing"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def live(office: Office) -> Office:
    """An office as offices are: passwords and second steps, no demonstration."""
    from django.conf import settings

    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.serving import prepare_pages

    prepare_pages()
    settings.FULLFILE_DEMONSTRATION = False
    account = Account.objects.get(username="k.ortiz")
    account.set_password(PASSWORD)
    account.save()
    return office


def clock_ms() -> int:
    """The present moment, as the pages read it."""
    from fullfile.server.web.clock import now_ms

    return now_ms()


def code(step: int = 0) -> str:
    """The code of now, or of some steps on."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(SECRET, clock_ms() // 1000 // 30 + step)))


def with_second_step() -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    from fullfile.server.accounts.models import Account

    TOTP.activate(Account.objects.get(username="k.ortiz"), SECRET)


def after_notice(office: Office) -> Client:
    client = office.nobody()
    client.post("/notice/", {})
    return client


def first_step(client: Client, password: str = PASSWORD) -> str:
    answer = client.post("/sign-in/", {"login": "k.ortiz", "password": password}, follow=True)
    return " ".join(answer.content.decode().split())


def signed_in(office: Office) -> Client:
    with_second_step()
    client = after_notice(office)
    first_step(client)
    answer = client.post("/sign-in/second-step/", {"code": code()}, follow=True)
    assert client.get("/me/").status_code == 200, answer.content.decode()[:400]
    return client


def test_nothing_opens_before_the_notice_is_accepted(live: Office) -> None:
    client = live.nobody()
    for path in ("/", "/cases/", "/sign-in/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/notice/")
    page = client.get("/notice/").content.decode()
    for words in ("system of Worked example", "watched, recorded", "may be punished", "you agree"):
        assert words in page
    client.post("/notice/", {})
    assert "Password" in client.get("/sign-in/").content.decode()


def test_five_bad_tries_lock_the_account_until_an_administrator_unlocks_it(live: Office) -> None:
    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.accounts import unlock

    client = after_notice(live)
    for _ in range(5):
        page = first_step(client, "wrong")
        assert "k.ortiz" not in page.replace('value="k.ortiz"', "")
    assert Account.objects.get(username="k.ortiz").locked_at is not None
    assert "Locked after 5 tries" in first_step(client)
    other = after_notice(live)
    assert "Locked after 5 tries" in first_step(
        other
    )  # the count is the account's, not the address's
    unlock("k.ortiz", reason="it was her", actor="A. Boone", now_ms=clock_ms())
    assert "Locked after" not in first_step(after_notice(live))


def test_four_bad_tries_and_a_good_one_begin_anew(live: Office) -> None:
    from fullfile.server.accounts.models import Account

    client = after_notice(live)
    for _ in range(4):
        first_step(client, "wrong")
    first_step(client)
    assert Account.objects.get(username="k.ortiz").failures == []


def test_tries_of_more_than_a_quarter_of_an_hour_ago_do_not_count(live: Office) -> None:
    from fullfile.server.accounts.models import Account

    old = clock_ms() / 1000 - 16 * 60
    Account.objects.filter(username="k.ortiz").update(failures=[old] * 4)
    first_step(after_notice(live), "wrong")
    assert Account.objects.get(username="k.ortiz").locked_at is None


def test_an_unknown_name_is_answered_like_a_wrong_password(live: Office) -> None:
    client = after_notice(live)
    wrong = first_step(client, "wrong")
    answer = client.post("/sign-in/", {"login": "nobody.here", "password": "wrong"})
    unknown = " ".join(answer.content.decode().split())
    for page in (wrong, unknown):
        assert "There is a problem" in page
    said = "not correct" if "not correct" in wrong else "not right"
    assert said in wrong
    assert said in unknown


def test_everybody_needs_a_second_step(live: Office) -> None:
    client = after_notice(live)
    first_step(client)
    for path in ("/", "/cases/", "/items/", "/me/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == "/me/second-step/"


def test_without_the_code_nobody_is_in(live: Office) -> None:
    with_second_step()
    client = after_notice(live)
    first_step(client)
    assert client.get("/cases/").status_code == 302
    assert "/notice/" in client.get("/cases/")["Location"]
    answer = client.post("/sign-in/second-step/", {"code": "000000"})
    assert answer.status_code == 200
    assert client.get("/me/").status_code == 302


def test_wrong_codes_count_to_the_lock(live: Office) -> None:
    from fullfile.server.accounts.models import Account, DoorEvent

    with_second_step()
    client = after_notice(live)
    first_step(client)
    for _ in range(5):
        page = client.post("/sign-in/second-step/", {"code": "000000"}).content.decode()
    assert "Locked after 5 tries" in page
    assert Account.objects.get(username="k.ortiz").locked_at is not None
    right = client.post("/sign-in/second-step/", {"code": code()})
    assert "Locked after 5 tries" in right.content.decode()
    assert client.get("/me/").status_code == 302
    assert DoorEvent.objects.filter(account="k.ortiz", what="second_step").count() >= 5


def test_a_code_is_taken_once(live: Office) -> None:
    with_second_step()
    used = code()
    first = after_notice(live)
    first_step(first)
    first.post("/sign-in/second-step/", {"code": used})
    assert first.get("/me/").status_code == 200
    second = after_notice(live)
    first_step(second)
    second.post("/sign-in/second-step/", {"code": used})
    assert second.get("/me/").status_code == 302


def _age(client: Client, **changes: int) -> None:
    """Move a session's times back."""
    session = client.session
    for name, seconds in changes.items():
        session[name] = clock_ms() // 1000 - seconds
    session.save()


def test_thirty_idle_minutes_lock_the_session_and_it_opens_again(live: Office) -> None:
    client = signed_in(live)
    _age(client, seen=29 * 60)
    assert client.get("/me/").status_code == 200
    _age(client, seen=31 * 60)
    answer = client.get("/me/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/locked/")
    page = client.get("/locked/").content.decode()
    assert "what you typed is still there" in page
    assert "What I may do" not in page
    done = client.post("/sign-in/again/?next=/me/", {"password": PASSWORD}, follow=True)
    assert done.status_code == 200
    assert client.get("/me/").status_code == 200


def test_an_hour_idle_ends_the_session(live: Office) -> None:
    client = signed_in(live)
    _age(client, seen=61 * 60)
    answer = client.get("/me/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/notice/")


def test_after_twelve_hours_one_signs_in_again(live: Office) -> None:
    client = signed_in(live)
    _age(client, since=12 * 60 * 60 + 1, seen=10)
    assert client.get("/me/")["Location"].startswith("/notice/")


def test_bad_tries_at_the_lock_of_a_session_end_it(live: Office) -> None:
    client = signed_in(live)
    _age(client, seen=31 * 60)
    client.get("/me/")
    for _ in range(5):
        client.post("/sign-in/again/", {"password": "wrong"})
    assert client.get("/locked/")["Location"].startswith("/notice/")


def test_a_role_change_asks_again_who_one_is(live: Office) -> None:
    """Signing in is not enough for what binds: five minutes, password or passkey."""
    client = signed_in(live)
    answer = client.get("/me/tokens/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again/")
    client.post("/sign-in/again/?next=/me/tokens/", {"password": PASSWORD})
    assert client.get("/me/tokens/").status_code == 200


def test_signing_out_ends_the_session(live: Office) -> None:
    client = signed_in(live)
    key = client.session.session_key
    client.post("/sign-out/")
    assert client.get("/me/").status_code == 302
    from django.contrib.sessions.models import Session

    assert not Session.objects.filter(session_key=key).exists()


def test_the_demonstrations_way_in_is_not_there(live: Office) -> None:
    client = after_notice(live)
    assert client.get("/demonstration/").status_code == 404
    assert client.post("/demonstration/", {"account": "a.boone"}).status_code == 404


def test_a_locked_account_has_no_token_that_holds(live: Office) -> None:
    from datetime import UTC, date, datetime

    from fullfile.server.accounts.models import Account
    from fullfile.server.accounts.tokens import make_token, person_of_token

    now_ms = clock_ms()
    moment = {"now_ms": now_ms, "today": date(2026, 11, 29)}
    _token, key = make_token("k.ortiz", label="x", scopes=["cases:read"], days=9, **moment)
    assert person_of_token(key, **moment) is not None
    Account.objects.filter(username="k.ortiz").update(locked_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert person_of_token(key, **moment) is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "at least 12"),
        ("password1234", "too common"),
        ("k.ortizk.ort", "too similar"),
    ],
)
def test_a_password_that_does_not_hold_is_refused_with_the_reason(
    live: Office, password: str, says: str
) -> None:
    from fullfile.server.actions.invitations import invite

    made = invite("k.ortiz", reason="new", actor="A. Boone", now_ms=clock_ms())
    answer = live.nobody().post(f"/welcome/{made.secret}/", {"password": password})
    assert says in answer.content.decode()


def security_asked() -> int:
    """How many mails of security wait for K. Ortiz, to be sent at once; and begin anew."""
    from fullfile.server.accounts.models import Knock

    found = Knock.objects.filter(account__username="k.ortiz", kind="security", at_once=True)
    many = found.count()
    found.delete()
    return many


def test_a_change_of_password_or_key_and_a_lock_are_told_at_once(live: Office) -> None:
    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.accounts import remove_second_step
    from fullfile.server.actions.invitations import accept_invitation, invite

    Account.objects.filter(username="k.ortiz").update(email="k.ortiz@office.example")
    client = signed_in(live)
    assert security_asked() == 0  # signing in changes nothing
    again = {"password": PASSWORD, "next": "/me/keys/codes/new/"}
    client.post("/sign-in/again/", again)
    client.post("/me/keys/codes/new/", {})
    assert security_asked() == 1
    new = "five walnut lanterns sing"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/me/password/", sent)
    assert Account.objects.get(username="k.ortiz").check_password(new)
    assert security_asked() == 1

    moment = {"actor": "A. Boone", "now_ms": clock_ms()}
    remove_second_step("k.ortiz", reason="lost, she came by", actor_account="a.boone", **moment)
    assert security_asked() == 1
    link = invite("k.ortiz", reason="forgotten", **moment)
    accept_invitation(link.secret, PASSWORD, now_ms=clock_ms())
    assert security_asked() == 1

    other = after_notice(live)
    for _ in range(4):
        first_step(other, "wrong")
    assert security_asked() == 0
    first_step(other, "wrong")
    assert security_asked() == 1
    first_step(other, "wrong")
    assert security_asked() == 0  # locked already
