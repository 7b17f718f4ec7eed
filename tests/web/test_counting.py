"""Inventories: set up, scanned shelf by shelf, closed in two names; nothing twice, nothing lost; who sees what."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.web.test_custody import hidden, item_id

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

SHELF = "vault 2"


def open_one(client: Client, **more: str) -> str:
    """Set an inventory up; its address."""
    said = {"where": SHELF, "what": "all", "percent": "10", **more}
    answer = client.post("/inventories/new/", {**hidden(client, "/inventories/new/"), **said})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def scan(client: Client, where: str, code: str, **more: str) -> str:
    """Scan without a script; the page after it."""
    answer = client.post(where, {"do": "scan", "code": code, **more})
    assert answer.status_code == 302
    return client.get(where).content.decode()


def stand(client: Client, where: str, place: str = SHELF) -> None:
    """Stand at a shelf that has no label."""
    assert client.post(where, {"do": "shelf", "place": place}).status_code == 302


def tally(page: str, word: str) -> int:
    """A number of the page."""
    found = re.search(rf">{word} <strong>([\d,]+)</strong>", page)
    assert found, page
    return int(found[1].replace(",", ""))


def ledger() -> int:
    from fullfile.server.store.overview import get_head

    return get_head().size


def test_an_inventory_is_set_up_and_begins_with_everything_to_find(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    page = client.get(where).content.decode()
    assert "are still to be found." in page
    assert tally(page, "To find") > 2
    assert tally(page, "Found") == 0
    assert "Scan the first shelf" in page
    assert where in client.get("/inventories/").content.decode()


def test_a_place_that_is_not_on_record_is_refused_beside_its_field(office: Office) -> None:
    client = office.as_("r.lane")
    said = {**hidden(client, "/inventories/new/"), "where": "Z-99", "what": "all", "percent": "10"}
    answer = client.post("/inventories/new/", said)
    assert answer.status_code == 422
    assert "has no shelf or room “Z-99” on record" in answer.content.decode()


def test_found_twice_wrong_place_and_unknown(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    page = scan(client, where, "INV-001")
    assert "Scan the shelf first" in page
    stand(client, where)
    page = scan(client, where, "INV-001")
    assert "FOUND HERE" in page
    assert tally(page, "Found") == 1
    before = ledger()
    page = scan(client, where, "INV-001")
    assert "ALREADY SCANNED" in page
    assert ledger() == before
    page = scan(client, where, "INV-005")  # of the digital store
    assert "WRONG PLACE" in page
    assert "the record says digital store" in page
    page = scan(client, where, "no-such-label")
    assert "UNRECORDED" in page
    assert "no item on record has this label" in page
    assert (tally(page, "Wrong place"), tally(page, "Unrecorded")) == (1, 1)


def test_the_record_moves_only_when_somebody_says_so(office: Office) -> None:
    from fullfile.server.queries.hands import ask_hand

    client = office.as_("r.lane")
    where = open_one(client)
    stand(client, where)
    page = scan(client, where, "INV-005")
    assert ask_hand("Sheriff", "INV-005", now_ms=2_000_000_000_000).hand.place == "digital store"
    settle = re.search(r'href="([^"]*/settle/)\?how=moved_record"', page)
    assert settle
    path = settle[1]
    answer = client.post(path, {**hidden(client, path), "how": "moved_record", "reason": ""})
    assert "A discrepancy is settled with a reason: say why." in answer.content.decode()
    said = {"how": "moved_record", "reason": "it belongs here"}
    assert client.post(path, {**hidden(client, path), **said}).status_code == 302
    assert ask_hand("Sheriff", "INV-005", now_ms=2_000_000_000_000).hand.place == SHELF
    page = client.get(f"{where}lists/wrong_place/").content.decode()
    assert "it belongs here" in page
    assert "There is none." in client.get(f"{where}lists/wrong_place/?open=yes").content.decode()


def test_a_short_count_is_altered(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    stand(client, where)
    page = scan(client, where, "INV-001")
    path = re.findall(r'href="([^"]*/differs/)"', page)[0]
    answer = client.post(path, hidden(client, path))
    assert "Say what differs" in answer.content.decode()
    said = {"seal_intact": "no", "package": "torn at the corner"}
    assert client.post(path, {**hidden(client, path), **said}).status_code == 302
    page = client.get(f"{where}lists/altered/").content.decode()
    assert "the package: torn at the corner" in page


def test_undo_is_a_correction_and_it_is_to_be_found_again(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    stand(client, where)
    page = scan(client, where, "INV-001")
    to_find = tally(page, "To find")
    path = re.findall(r'href="([^"]*/undo/)"', page)[0]
    answer = client.post(path, {**hidden(client, path), "reason": ""})
    assert "Say what was wrong with the scan." in answer.content.decode()
    assert client.post(path, {**hidden(client, path), "reason": "wrong bag"}).status_code == 302
    page = client.get(where).content.decode()
    assert tally(page, "To find") == to_find + 1
    assert tally(page, "Found") == 0
    assert client.get(path).status_code == 404  # it does not stand any more
    assert "FOUND HERE" in scan(client, where, "INV-001")
    from fullfile.server.queries.chain import ask_chain

    steps = ask_chain("Sheriff", "INV-001").steps
    assert [one.struck_by is not None for one in steps if one.event == "inventoried"].count(
        True
    ) == 1


def test_a_shelf_is_closed_only_as_it_was_shown_and_the_rest_is_missing_at_once(
    office: Office,
) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    stand(client, where)
    page = scan(client, where, "INV-001")
    path = re.findall(r'href="([^"]*/shelves/\d+/close/)"', page)[0]
    page = client.get(path).content.decode()
    assert "not scanned. Look again, or close?" in page
    assert "INV-002" in page
    left = re.search(r'name="not_scanned" value="(\d+)"', page)
    assert left
    stale = {**hidden(client, path), "not_scanned": left[1]}
    scan(client, where, "INV-002")
    answer = client.post(path, stale)
    assert "are not scanned now, and you were shown" in answer.content.decode()
    said = {**hidden(client, path), "not_scanned": str(int(left[1]) - 1)}
    assert client.post(path, said).status_code == 302
    page = client.get(where).content.decode()
    assert tally(page, "Not found") == int(left[1]) - 1
    from fullfile.server.queries.hands import ask_hand

    assert ask_hand("Sheriff", "INV-003", now_ms=2_000_000_000_000).hand.absent is not None
    # Found later on another shelf: it is missing no longer, and its discrepancy is settled by that.
    stand(client, where, "records")
    assert "WRONG PLACE" in scan(client, where, "INV-003")
    assert ask_hand("Sheriff", "INV-003", now_ms=2_000_000_000_000).hand.absent is None


def test_two_persons_sign_and_what_is_open_is_said(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client)
    path = f"{where}close/"
    answer = client.post(path, {**hidden(client, path), "second": "R. Lane"})
    page = answer.content.decode()
    assert "Two persons sign an inventory: name the other one." in page
    assert "Not everything is scanned on vault 2" in page
    stand(client, where)
    shelf = re.findall(r'href="([^"]*/shelves/\d+/close/)"', client.get(where).content.decode())[0]
    left = re.search(r'name="not_scanned" value="(\d+)"', client.get(shelf).content.decode())
    assert left
    client.post(shelf, {**hidden(client, shelf), "not_scanned": left[1]})
    assert client.post(path, {**hidden(client, path), "second": "M. Quill"}).status_code == 302
    page = client.get(where).content.decode()
    assert "Closed: 0 of" in page
    assert "M. Quill" in page
    assert "data-counting" not in page  # nothing is scanned into it any more


def test_what_was_kept_without_network_is_recorded_once_however_often_it_is_sent(
    office: Office,
) -> None:
    from fullfile.core.custody.labels import Kind, code_of, shelf_number

    client = office.as_("r.lane")
    where = open_one(client)
    scans = [
        {"code": code_of(Kind.SHELF, shelf_number("Sheriff", SHELF)), "once": "a"},
        {"code": code_of(Kind.ITEM, item_id("INV-001")), "once": "b"},
        {"code": "E00C1SX", "once": "c"},  # misread: it stops no other
        {"code": "INV-002", "once": "d"},
    ]
    sent = {"scans": json.dumps(scans), "place": "", "has_place": "no"}
    page = client.post(f"{where}scans/", sent).content.decode()
    assert tally(page, "Found") == 2
    assert 'data-kind="found"' in page
    assert f'data-place="{SHELF}"' in page
    before = ledger()
    page = client.post(f"{where}scans/", sent).content.decode()
    assert ledger() == before
    assert tally(page, "Found") == 2
    assert client.post(f"{where}scans/", {"scans": "no list"}).status_code == 409


def test_the_sample_is_printed_with_its_seed_and_drawn_again(office: Office) -> None:
    client = office.as_("r.lane")
    where = open_one(client, where="", what="sample", percent="20", care="firearm", seed="7f3a")
    page = client.get(f"{where}sample/").content.decode()
    assert "7f3a" in page
    assert "Drawn again from the record just now: the same list." in page
    assert "INV-001" in page  # the revolver: all firearms beside
    rows = client.get(f"{where}lists/to-find/?format=csv").content.decode()
    assert rows.startswith("tag,description,shelf,found")


def test_blind_counters_are_not_shown_what_to_expect(office: Office) -> None:
    where = open_one(office.as_("j.soto"), agency="Sheriff", blind="on")
    client = office.as_("r.lane")
    page = client.get(where).content.decode()
    assert "What to expect is not shown" in page
    assert "To find <strong>" not in page
    assert client.get(f"{where}lists/to-find/").status_code == 404
    assert client.get(f"{where}sample/").status_code == 404
    stand(client, where)
    page = client.get(where).content.decode()
    assert "of 4 found" not in page
    # Whoever set it up sees it, and does not count.
    supervisor = office.as_("j.soto")
    page = supervisor.get(where).content.decode()
    assert "are still to be found." in page
    assert "data-counting" not in page
    assert supervisor.post(where, {"do": "scan", "code": "INV-001"}).status_code == 403


@pytest.mark.parametrize(
    ("account", "status"),
    [("r.lane", 200), ("j.soto", 200), ("s.vale", 200), ("t.hill", 403), ("k.ortiz", 403)]
    + [(one, 403) for one in ("d.marsh", "c.webb", "e.noor", "h.pike", "a.boone")],
)
def test_who_sees_inventories(office: Office, account: str, status: int) -> None:
    where = open_one(office.as_("r.lane"))
    assert office.as_(account).get(where).status_code == status
