"""Who can do what, until when, and who said so: asked for by one, approved by another, ended at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

NEW = {
    "account": "p.doe",
    "name": "P. Doe",
    "works_for": "Special Prosecutor",
    "role": "clerk",
    "reason": "joins the records room",
}


def hidden(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    page = client.get(path).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(once|seen)" value="([^"]*)"', page))


def send(client: Client, path: str, **values: Any) -> str:
    """Fill a form in, send it, and read the page that answers."""
    answer = client.post(path, hidden(client, path) | values, follow=True)
    return " ".join(answer.content.decode().split())


def account_id(name: str) -> int:
    from fullfile.server.accounts.models import Account

    return Account.objects.get(username=name).pk


def test_a_role_is_asked_for_by_one_and_approved_by_another(office: Office) -> None:
    administrator, supervisor = office.as_("a.boone"), office.as_("j.soto")
    page = send(administrator, "/accounts/new/", **NEW)
    assert "holds once a second person approves it" in page
    assert "Recorded as entry" in page
    assert "P. Doe" in page

    from fullfile.server.accounts.models import Account
    from fullfile.server.store.grants import find_grant, list_waiting

    assert find_grant("p.doe") is None
    assert not Account.objects.get(username="p.doe").is_active
    (entry,) = list_waiting()

    path = f"/accounts/waiting/{entry}/"
    own = send(administrator, path)
    assert "Whoever approves is neither who asked nor who is granted" in own
    assert find_grant("p.doe") is None

    done = send(supervisor, path)
    assert "P. Doe is records clerk from now on" in done
    grant = find_grant("p.doe")
    assert grant is not None
    assert (grant.role, grant.approved_by) == ("clerk", "J. Soto")
    assert list_waiting() == []


def test_nobody_asks_for_a_role_for_themselves(office: Office) -> None:
    administrator = office.as_("a.boone")
    path = f"/accounts/{account_id('a.boone')}/change/"
    page = send(administrator, path, name="A. Boone", role="supervisor", reason="I want to")
    assert "There is a problem" in page
    assert "Nobody asks for a role for themselves" in page


def test_a_role_that_waits_is_declined_with_a_reason(office: Office) -> None:
    administrator, supervisor = office.as_("a.boone"), office.as_("j.soto")
    send(administrator, "/accounts/new/", **NEW)
    from fullfile.server.store.grants import find_grant, list_waiting

    (entry,) = list_waiting()
    path = f"/accounts/waiting/{entry}/decline/"
    assert "There is a problem" in send(supervisor, path, reason="")
    assert "No role waits" in send(supervisor, path, reason="works elsewhere")
    assert find_grant("p.doe") is None
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"account": "p doe"}, "without spaces"),
        ({"name": ""}, "This field is required"),
        ({"role": "defence"}, "needs at least one client"),
        ({"role": "clerk", "cases": "X-1"}, "No case on record has the number X-1"),
        ({"ends_on": "2020-01-01"}, "is over"),
        ({"role": "defence", "clients": "no comma"}, "is not a case number, a comma and a name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Office, changed: dict[str, str], says: str
) -> None:
    page = send(office.as_("a.boone"), "/accounts/new/", **(NEW | changed))
    assert says in page
    assert "joins the records room" in page


def test_an_access_ends_at_once(office: Office) -> None:
    administrator, clerk = office.as_("a.boone"), office.as_("c.webb")
    assert clerk.get("/me/").status_code == 200
    path = f"/accounts/{account_id('c.webb')}/end/"
    assert "This field is required" in send(administrator, path, reason="  ")
    page = send(administrator, path, reason="left the office")
    assert "Ended" in page
    assert "left the office" in page
    assert clerk.get("/me/").status_code == 302
    own = send(administrator, f"/accounts/{account_id('a.boone')}/end/", reason="me too")
    assert "Another administrator ends your own access" in own
    assert "this is the last one" in own


def test_a_link_is_shown_once(office: Office) -> None:
    administrator = office.as_("a.boone")
    path = f"/accounts/{account_id('c.webb')}/invite/"
    form = hidden(administrator, path) | {"reason": "new here"}
    first = administrator.post(path, form).content.decode()
    (secret,) = re.findall(r"/welcome/([\w-]+)/", first)
    again = administrator.post(path, form, follow=True).content.decode()
    assert secret not in again
    assert "Nothing was recorded twice" in again
    nobody = office.nobody()
    assert "At least 12 characters" in nobody.get(f"/welcome/{secret}/").content.decode()
    weak = nobody.post(f"/welcome/{secret}/", {"password": "password1234"})
    assert "too common" in weak.content.decode()
    done = nobody.post(f"/welcome/{secret}/", {"password": "four walnut lanterns sing"})
    assert done.status_code == 302
    assert nobody.get(f"/welcome/{secret}/").status_code == 410


def test_reviewed_and_unlocked(office: Office) -> None:
    from datetime import UTC, datetime

    from fullfile.server.accounts.models import Account

    administrator = office.as_("a.boone")
    number = account_id("c.webb")
    assert "not locked" in send(administrator, f"/accounts/{number}/unlock/", reason="asked")
    Account.objects.filter(pk=number).update(locked_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert "Locked" in administrator.get("/accounts/?state=locked").content.decode()
    page = send(administrator, f"/accounts/{number}/unlock/", reason="knows who it was")
    assert "Unlocked" in page
    assert Account.objects.get(pk=number).locked_at is None
    page = send(administrator, f"/accounts/{number}/review/", finding="kept", reason="works here")
    assert "Looked at: kept" in page


def test_the_list_searches_filters_sorts_and_exports(office: Office) -> None:
    administrator = office.as_("a.boone")
    page = administrator.get("/accounts/").content.decode()
    assert "12 people have access" in page
    assert "nobody: the first" in page
    found = administrator.post("/accounts/", {"q": "sheriff"}, follow=True)
    assert "sheriff" not in found.request["QUERY_STRING"]
    text = found.content.decode()
    assert "R. Lane" in text
    assert "K. Ortiz" not in text
    only = administrator.get("/accounts/?role=prosecutor&order=-name").content.decode()
    assert only.index("K. Ortiz") < only.index("B. Frey")
    rows = administrator.get("/accounts/?format=json").json()
    assert len(rows) == 12
    assert {row["account"] for row in rows} >= {"a.boone", "e.noor"}
    assert (
        "No account is like this" in administrator.get("/accounts/?state=unused").content.decode()
    )


@pytest.mark.parametrize(
    "who", ["k.ortiz", "r.lane", "c.webb", "e.noor", "h.pike", "s.vale", "t.hill", "d.marsh"]
)
def test_only_administrators_manage_and_only_approvers_approve(office: Office, who: str) -> None:
    client = office.as_(who)
    for path in (
        "/accounts/",
        "/accounts/new/",
        "/accounts/1/",
        "/accounts/1/end/",
        "/accounts/waiting/",
    ):
        assert client.get(path).status_code == 403, path


def test_an_administrator_sees_no_case_and_no_item(office: Office) -> None:
    administrator = office.as_("a.boone")
    for path in ("/cases/", "/cases/1/", "/items/", "/items/1/", "/defence/", "/court/", "/audit/"):
        assert administrator.get(path).status_code in {403, 404}, path
    page = administrator.get(f"/accounts/{account_id('a.boone')}/").content.decode()
    assert "Another administrator changes or ends your access" in page


def test_a_token_is_shown_once_and_ends(office: Office) -> None:
    from fullfile.server.accounts.models import Token

    clerk = office.as_("c.webb")
    form = hidden(clerk, "/me/tokens/") | {
        "label": "nightly import",
        "days": "30",
        "scopes": ["imports:write"],
    }
    page = clerk.post("/me/tokens/", form).content.decode()
    (key,) = re.findall(r"ffk_[\w-]+", page)
    again = clerk.post("/me/tokens/", form).content.decode()
    assert key not in again
    assert Token.objects.count() == 1
    assert key not in str(list(Token.objects.values()))
    refused = clerk.post(
        "/me/tokens/",
        hidden(clerk, "/me/tokens/") | {"label": "x", "days": "30", "scopes": ["audit"]},
    )
    assert "There is a problem" in refused.content.decode()
    (token,) = Token.objects.all()
    other = office.as_("k.ortiz")
    assert other.post(f"/me/tokens/{token.pk}/end/").status_code == 404
    ended = clerk.post(f"/me/tokens/{token.pk}/end/", follow=True).content.decode()
    assert "has ended" in ended


def test_ones_own_page_says_rights_in_words_and_keeps_the_hour_of_mails(office: Office) -> None:
    from fullfile.server.accounts.models import Account

    clerk = office.as_("c.webb")
    page = clerk.get("/me/").content.decode()
    assert "put items on the file" in page
    assert "filings:write" not in page
    assert clerk.post("/me/", {"knock_hour": "99"}).status_code == 200
    clerk.post("/me/", {"letters": "on", "knock_hour": "6"})
    account = Account.objects.get(username="c.webb")
    assert (account.letters, account.knocks, account.knock_hour) == (True, False, 6)
