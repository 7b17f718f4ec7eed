"""Suggestions: who sees them, who decides, what a decision does; wishes to let an item go."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

BALDWIN = "D-0101-CR-2024-00013"


def now() -> int:
    return time.time_ns() // 1_000_000


def hidden(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    found = {}
    for name in ("once", "seen"):
        match = re.search(rf'name="{name}" value="([^"]+)"', page)
        assert match, name
        found[name] = match[1]
    return found


@pytest.fixture
def waiting(office: Office) -> tuple[int, int]:
    """A suggestion of the worked example that waits: the rounds, and the case against Baldwin."""
    from fullfile.server.store.connections import case_id_of, item_id_of

    item, case = item_id_of("Sheriff", "DOC-001"), case_id_of(BALDWIN)
    assert item is not None
    assert case is not None
    return item, case


def open_pairs() -> set[tuple[int, int]]:
    from fullfile.server.queries.suggestions import list_open

    return {(one.item_id, one.case_id) for one in list_open()}


def test_the_list_names_item_case_and_chance(office: Office, waiting: tuple[int, int]) -> None:
    page = office.as_("k.ortiz").get("/review/").content.decode()
    assert "Sheriff DOC-001" in page
    assert "State of New Mexico v. Baldwin" in page
    assert " in 100" in page


def test_a_suggestion_tells_of_its_own_item(office: Office, waiting: tuple[int, int]) -> None:
    """The cases' other items come with the entries that its lines rest on; none of them is described."""
    from fullfile.server.store.connections import item_id_of

    report = item_id_of("Sheriff", "SFSO-DOC-2024-001/1")
    page = office.as_("k.ortiz").get(f"/review/{report}/{waiting[1]}/").text
    assert "Report of TECH on ammunition" in page
    assert "rounds in a manila envelope, booked" not in page


def test_it_is_accepted_once_and_bears_on_the_case(
    office: Office, waiting: tuple[int, int]
) -> None:
    address = "/review/{}/{}/".format(*waiting)
    client = office.as_("k.ortiz")
    sent = hidden(client, address) | {"decision": "accept"}
    assert client.post(address, sent).status_code == 302
    assert "Recorded as entry" in client.get("/review/").content.decode()
    assert waiting not in open_pairs()
    again = client.post(address, sent)
    assert again.status_code == 302
    assert "Nothing was recorded twice" in client.get("/review/").content.decode()


def test_whoever_booked_it_does_not_decide(office: Office, waiting: tuple[int, int]) -> None:
    from fullfile.core.errors import Refused
    from fullfile.server.actions.link import decide_link

    with pytest.raises(Refused, match="booked the item"):
        decide_link("accept", "Sheriff", "DOC-001", BALDWIN, by="TECH", reason="", now_ms=now())


def test_a_rejection_without_a_reason_stays_on_the_page(
    office: Office, waiting: tuple[int, int]
) -> None:
    address = "/review/{}/{}/".format(*waiting)
    client = office.as_("j.soto")
    answer = client.post(address, hidden(client, address) | {"decision": "reject", "reason": " "})
    assert answer.status_code == 422
    assert "Say why it does not belong" in answer.content.decode()


@pytest.mark.parametrize("account", ["h.pike", "e.noor", "a.boone", "s.vale", "r.lane"])
def test_it_is_hidden_from_who_must_not_see_it(
    office: Office, waiting: tuple[int, int], account: str
) -> None:
    client = office.as_(account)
    assert client.get("/review/").status_code == 403
    assert client.get("/review/{}/{}/".format(*waiting)).status_code == 403


def test_the_list_follows_the_record(office: Office, waiting: tuple[int, int]) -> None:
    from fullfile.server.actions.link import decide_link

    assert waiting in open_pairs()
    decide_link(
        "reject",
        "Sheriff",
        "DOC-001",
        BALDWIN,
        by="J. Soto",
        reason="another film",
        now_ms=now(),
    )
    assert waiting not in open_pairs()
