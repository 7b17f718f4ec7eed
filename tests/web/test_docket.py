"""The pages of a case beside its board: docket, standing, links, requests, agencies, people, holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

CASE = "D-0101-CR-2024-00013"


@pytest.fixture
def case(office: Office) -> str:
    """The address of the case against Baldwin."""
    from fullfile.server.store.connections import case_id_of

    return f"/cases/{case_id_of(CASE)}/"


def sent(client: Client, address: str, **fields: str) -> str:
    """Fill in a form and send it; the page that comes, with the receipt where it was recorded."""
    page = client.get(address).content.decode()
    hidden = dict(re.findall(r'name="(once|seen|hold)" value="([^"]*)"', page))
    return client.post(address, hidden | fields, follow=True).content.decode()


def test_the_ruling_and_what_follows_stand_on_the_docket(office: Office, case: str) -> None:
    page = office.as_("k.ortiz").get(f"{case}docket/").content.decode()
    assert "dismissed with prejudice" in page
    assert "Barred" in page
    assert "involuntary manslaughter" in page
    assert "Jeopardy attached with the swearing of the jury" in page
    assert "not legal advice" in page.lower()


def test_before_the_ruling_it_is_pending_and_nothing_can_be_changed(
    office: Office, case: str
) -> None:
    page = office.as_("k.ortiz").get(f"{case}docket/?on=2024-07-10").content.decode()
    assert "Pending" in page
    assert "You are looking at July 10, 2024" in page
    assert "Add an event" not in page


def test_a_barred_count_is_refused_with_its_ruling(office: Office, case: str) -> None:
    client = office.as_("k.ortiz")
    page = sent(
        client,
        f"{case}docket/count/",
        defendant="Baldwin",
        count="9",
        offense="involuntary manslaughter",
    )
    assert "There is a problem" in page
    assert "July 12, 2024" in page


def test_an_event_is_recorded_once_with_its_receipt(office: Office, case: str) -> None:
    client = office.as_("c.webb")
    page = sent(
        client,
        f"{case}docket/event/",
        event="hearing",
        occurred_on="2026-11-02",
        detail="status hearing",
    )
    assert "Recorded as entry" in page
    assert "status hearing" in page


def test_the_court_records_orders_only(office: Office, case: str) -> None:
    client = office.as_("h.pike")
    page = client.get(f"{case}docket/event/").content.decode()
    assert 'value="order"' in page
    assert 'value="plea_guilty"' not in page
    assert client.get(f"{case}docket/count/").status_code == 403


def test_what_the_ruling_touches(office: Office, case: str) -> None:
    client = office.as_("j.soto")
    page = client.get(f"{case}linked/").content.decode()
    assert "Gutierrez-Reed" in page
    assert "clears nothing in another" in page
    assert client.get(f"{case}linked/letter/").status_code == 200


def test_a_request_is_recorded_and_replied_to(office: Office, case: str) -> None:
    client = office.as_("k.ortiz")
    page = sent(
        client,
        f"{case}requests/new/",
        defendant="Baldwin",
        asks_for="every photograph of the scene",
        keywords="photograph",
        requested_at="2024-02-20",
    )
    assert "Recorded as entry" in page
    found = re.search(r'href="([^"]+requests/\d+/)">[^<]*every photograph', page)
    assert found
    assert "INV-005" in client.get(found[1]).content.decode()
    assert "Recorded as entry" in sent(client, found[1], reply="They were disclosed on February 9.")


def test_an_agency_answers_for_itself_only(office: Office, case: str) -> None:
    assert office.as_("k.ortiz").get(f"{case}agencies/answer/").status_code == 403
    client = office.as_("r.lane")
    page = client.get(f"{case}agencies/answer/").content.decode()
    assert "would not stand" in page
    assert "Recorded as entry" in sent(
        client,
        f"{case}agencies/answer/",
        answer="all_handed_over",
        by="R. Lane",
        answered_at="2026-11-02",
    )


def test_people_and_who_has_access(office: Office, case: str) -> None:
    page = office.as_("k.ortiz").get(f"{case}people/").content.decode()
    assert "Who has access to this case" in page
    assert "E. Noor" in page
    assert "A. Boone" not in page


def test_a_hold_is_placed_and_lifted_by_another_role(office: Office, case: str) -> None:
    client = office.as_("k.ortiz")
    page = sent(
        client,
        f"{case}holds/place/",
        hold="letter of November 2",
        reason="a civil suit is announced",
    )
    assert "Recorded as entry" in page
    assert client.get(f"{case}holds/lift/?n=1").status_code == 403
    chief = office.as_("j.soto")
    from fullfile.server.queries.holds import holds_of_case

    standing = holds_of_case(CASE)
    assert all(len(set(one.items)) == len(one.items) for one in standing)  # four letters, one thing
    names = [one.name for one in standing]
    place = 1 + names.index("letter of November 2")
    page = sent(chief, f"{case}holds/lift/?n={place}", reason="the suit was withdrawn")
    assert "Recorded as entr" in page


@pytest.mark.parametrize(
    "page", ["docket", "linked", "requests", "agencies", "people", "mentions", "holds"]
)
def test_the_defence_and_the_administrator_see_none_of_it(
    office: Office, case: str, page: str
) -> None:
    for account in ("e.noor", "a.boone"):
        assert office.as_(account).get(f"{case}{page}/").status_code == 403
