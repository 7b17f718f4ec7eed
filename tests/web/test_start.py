"""The start page of every role: rows that need somebody, each with its list; nothing that a role must not count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.test_every_address import WHO

if TYPE_CHECKING:
    from tests.web.conftest import Office


@pytest.mark.parametrize("account", sorted(set(WHO.values()) - {"e.noor"}))
def test_every_row_opens_a_list_that_its_reader_may_see(office: Office, account: str) -> None:
    client = office.as_(account)
    page = client.get("/").content.decode()
    assert "What needs me today?" in page
    links = re.findall(r'class="ff-row__link" href="([^"]+)"', page)
    assert links or "Nothing needs you today." in page
    for link in links:
        assert client.get(link).status_code == 200, link


def test_counsel_starts_with_their_clients(office: Office) -> None:
    client = office.as_("e.noor")
    page = client.get("/", follow=True).content.decode()
    assert "Baldwin" in page
    assert "To sign" in page
    counts = re.findall(r'class="ff-number"><a href="([^"]+)"', page)
    assert len(counts) == 3
    for link in counts:
        assert client.get(link).status_code == 200, link


def test_a_prosecutor_is_told_what_is_not_full(office: Office) -> None:
    page = office.as_("k.ortiz").get("/").content.decode()
    assert "1 case is not full" in page
    assert "State of New Mexico v. Gutierrez-Reed" in page
    assert "suggestions of a case for an item" in page


def test_an_administrator_is_told_of_no_case_and_no_item(office: Office) -> None:
    page = office.as_("a.boone").get("/").content.decode()
    for word in ("Baldwin", "Gutierrez-Reed", "DOC-001", "suggestion"):
        assert word not in page


def test_a_list_is_exported_whole(office: Office) -> None:
    client = office.as_("k.ortiz")
    answer = client.get("/lists/receipts/?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "production,case,defendant,items,served"
    assert len(lines) == 2


def test_a_list_refuses_who_may_not_and_knows_no_other_name(office: Office) -> None:
    assert office.as_("k.ortiz").get("/lists/out/").status_code == 403
    assert office.as_("r.lane").get("/lists/nothing/").status_code == 404


def test_a_list_of_rooms_keeps_the_words_of_what_is_out_of_reach(office: Office) -> None:
    """The court has the items of its cases; one that bears on none is a line with its number, and no more."""
    from tests.web.callers import caller
    from tests.web.test_api_work import book

    made = book(
        caller("r.lane"),
        description="a very telling jacket",
        report_number="",
        not_known=["report_number"],
    )
    for path in ("/lists/unexamined/", "/lists/unexamined/?format=csv"):
        shut = office.as_("h.pike").get(path).content.decode()
        assert made["tag"] in shut
        assert "telling jacket" not in shut
        assert "telling jacket" in office.as_("k.ortiz").get(path).content.decode()
    assert (
        f"/items/{made['item_id']}/"
        not in office.as_("h.pike").get("/lists/unexamined/").content.decode()
    )
