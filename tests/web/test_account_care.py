"""What happens to accounts by themselves, and mails that say only that something waits."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from fullfile.server.actions.account_care import Cared
    from tests.web.conftest import Office

NOW = datetime(2027, 6, 1, 15, tzinfo=UTC)


def expire(now: datetime = NOW) -> Cared:
    from fullfile.server.actions.account_care import expire_accounts

    return expire_accounts(now_ms=int(now.timestamp() * 1000), today=now.date(), now=now)


def test_what_is_over_or_unused_ends_by_an_entry(office: Office) -> None:
    from django.conf import settings

    from fullfile.server.accounts.models import Account
    from fullfile.server.store.grants import find_grant
    from fullfile.server.store.reading import read_entries

    assert expire().ended == ()  # the demonstration keeps its people
    settings.FULLFILE_DEMONSTRATION = False
    Account.objects.filter(username="c.webb").update(last_used_at=NOW - timedelta(days=89))
    done = expire()
    ended = dict(done.ended)
    assert "k.ortiz" in ended
    assert "c.webb" not in ended
    assert done.kept == (("a.boone", "the last administrator"),)
    (entry,) = read_entries([ended["k.ortiz"]])
    assert entry.by == "Fullfile, every night"
    assert "Not used for 90 days" in entry.data["reason"]
    grant = find_grant("k.ortiz")
    assert grant is not None
    assert grant.ended
    assert not Account.objects.get(username="k.ortiz").is_active
    assert expire().ended == ()


def test_an_account_past_its_last_day_ends_and_an_orphan_is_closed(office: Office) -> None:
    from fullfile.server.accounts.models import Account
    from fullfile.server.actions.granting import Wish, approve_access, ask_access

    now_ms = int((NOW - timedelta(days=30)).timestamp() * 1000)
    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms}
    wish = Wish("p.doe", "P. Doe", "", "clerk", ends_on=date(2027, 5, 30))
    approve_access(
        ask_access(wish, reason="for a while", **moment).entry,
        actor="J. Soto",
        actor_account="j.soto",
        now_ms=now_ms,
    )
    Account.objects.create(username="left.over", is_active=True)
    done = expire()
    assert [name for name, _entry in done.ended] == ["p.doe"]
    assert done.closed == ("left.over",)
    assert not Account.objects.get(username="left.over").is_active


def _send(hour: int, day: int = 1) -> int:
    from fullfile.server.accounts.knocks import Letterhead, send_knocks

    now = datetime(2027, 6, day, hour, tzinfo=UTC)
    head = Letterhead("Worked example", "https://office.example/", "Records, 555-0100")
    return send_knocks(head, now=now, here=now)


def ask_knock(account: str, kind: str, **how: Any) -> int:
    """Ask for one mail, now."""
    from fullfile.server.accounts.knocks import Waits, ask_knocks

    return ask_knocks([Waits(account, kind, **how)], now=NOW)


def test_a_mail_knocks_and_says_nothing(office: Office) -> None:
    from django.core import mail
    from django.test.utils import override_settings

    from fullfile.server.accounts.models import Account

    Account.objects.filter(username="e.noor").update(email="noor@firm.example")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        assert ask_knock("e.noor", "receipt", by_day=date(2027, 6, 9))
        assert not ask_knock("e.noor", "receipt")
        assert ask_knock("e.noor", "question")
        assert _send(7) == 0
        assert _send(9) == 1
        (letter,) = mail.outbox
        assert letter.subject == "You have something to sign in Fullfile"
        assert letter.to == ["noor@firm.example"]
        body = letter.body
        assert body.startswith("E., this is Worked example.")
        assert "You have a receipt to sign. The day is June 9, 2027." in body
        assert re.findall(r"https?://\S+", body) == ["https://office.example/"]
        for word in ("Baldwin", "D-0101", "Sheriff", "INV-", "production", "1 "):
            assert word not in body
        assert letter.attachments == []

        ask_knock("e.noor", "reading")
        assert _send(20) == 0  # one a day
        ask_knock("e.noor", "served", at_once=True)
        assert _send(20) == 1
        assert _send(9, day=2) == 0  # nothing waits any more


def test_who_wants_no_mail_gets_those_of_security_alone(office: Office) -> None:
    from django.core import mail
    from django.test.utils import override_settings

    from fullfile.server.accounts.models import Account

    Account.objects.filter(username="k.ortiz").update(
        email="k@office.example", knocks=False, language="es"
    )
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        ask_knock("k.ortiz", "reading")
        assert _send(9) == 0
        ask_knock("k.ortiz", "security", at_once=True)
        assert _send(9) == 1
    with pytest.raises(ValueError, match="A knock is one of"):
        ask_knock("k.ortiz", "gossip")


def test_a_mail_that_fails_is_tried_again_later(office: Office) -> None:
    from django.test.utils import override_settings

    from fullfile.server.accounts.models import Account, Knock

    Account.objects.filter(username="k.ortiz").update(email="k@office.example")
    ask_knock("k.ortiz", "reading")
    with override_settings(EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_TIMEOUT=1):
        assert _send(9) == 0
    assert Knock.objects.get().failed_at is not None
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert _send(9) == 0
        assert _send(10) == 1
