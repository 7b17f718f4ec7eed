"""An inventory on a telephone: every kind of discrepancy once, and a form that is sent twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk
    from tests.browser.served import Served


def tally(desk: Desk, word: str) -> int:
    """The number that stands beside a word of the inventory."""
    text = desk.page.locator(".ff-tally li", has_text=word).first.locator("strong").inner_text()
    return int(text.replace(",", ""))


def scan(desk: Desk, code: str, answer: str) -> None:
    """A scanner types and presses Enter; the page answers in its own place."""
    field = desk.page.get_by_label("Scan a shelf, then what stands on it")
    field.fill(code)
    field.press("Enter")
    expect(desk.page.locator("#counting-now .ff-scanned")).to_contain_text(answer)


@pytest.mark.slow
def test_four_kinds_on_a_telephone_once_each(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office, width=390)
    desk.go("/inventories/new/")
    desk.write("Where?", "vault 2")
    desk.press("Begin the inventory")
    desk.page.wait_for_url(re.compile(r"/inventories/\d+/$"))
    where = desk.path
    desk.sees("are still to be found")
    to_find = tally(desk, "To find")

    # Nothing scrolls sideways, and what a thumb hits is large enough.
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = desk.page.get_by_role("button", name="Scanned").bounding_box()
    assert box
    assert box["height"] >= 44

    desk.write("Its name; empty for what stands on no shelf", "vault 2")
    desk.press("I stand there")
    desk.sees("Shelf vault 2")
    scan(desk, "INV-001", "FOUND HERE")
    before = desk.entries()
    scan(desk, "INV-001", "ALREADY SCANNED")
    assert desk.entries() == before
    scan(desk, "INV-005", "WRONG PLACE")
    scan(desk, "no-such-label", "UNRECORDED")
    assert tally(desk, "To find") == to_find - 1

    # A torn seal, in two taps from its scan.
    scan(desk, "INV-001", "ALREADY SCANNED")
    desk.go(f"{where}lists/found/")
    desk.go(where)
    scan(desk, "INV-001", "ALREADY SCANNED")
    differs = desk.main.get_by_role("link", name="Seal or count differs")
    differs.first.click()
    desk.main.get_by_text(re.compile("^(no|broken|torn|not intact)", re.IGNORECASE)).first.click()
    desk.write("package", "the seal is torn at the corner")
    desk.press("Record it")
    desk.page.wait_for_url(re.compile(where))
    assert tally(desk, "Altered") == 1
    assert tally(desk, "Wrong place") == 1
    assert tally(desk, "Unrecorded") == 1

    # A form that was sent is sent again: by a reload, and by going back.
    sent = desk.entries()
    desk.page.reload()
    assert desk.entries() == sent
    desk.page.go_back()
    desk.press("Record it")
    desk.sees("already recorded")
    assert desk.entries() == sent


@pytest.mark.slow
def test_scans_without_a_network_are_kept_and_sent_once(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office, width=390)
    desk.go("/inventories/new/")
    desk.write("Where?", "vault 2")
    desk.press("Begin the inventory")
    desk.page.wait_for_url(re.compile(r"/inventories/\d+/$"))
    desk.write("Its name; empty for what stands on no shelf", "vault 2")
    desk.press("I stand there")
    desk.sees("Shelf vault 2")
    desk.context.set_offline(True)
    field = desk.page.get_by_label("Scan a shelf, then what stands on it")
    for code in ("INV-001", "INV-001", "no-such-label"):
        field.fill(code)
        field.press("Enter")
    expect(desk.page.locator("[data-waiting]")).to_contain_text("3 not sent yet")
    desk.faults.clear()  # the lost network is what the test is about
    desk.context.set_offline(False)
    expect(desk.page.locator("[data-waiting]")).to_be_hidden()
    assert tally(desk, "Found") == 1
    assert tally(desk, "Unrecorded") == 1
    sent = desk.entries()
    desk.page.reload()
    assert tally(desk, "Found") == 1
    assert tally(desk, "Unrecorded") == 1
    assert desk.entries() == sent
