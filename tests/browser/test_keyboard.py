"""Without a mouse: the skip link, the scan field, the list of keys, the letters of the review, a whole booking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk
    from tests.browser.served import Served


def focused(desk: Desk) -> str:
    """The id, name or words of what has the focus."""
    return str(
        desk.page.evaluate(
            "(e => e.id || e.name || e.textContent.trim().slice(0, 60))(document.activeElement)"
        )
    )


def tab_to(desk: Desk, wanted: str, most: int = 80) -> None:
    """Press Tab until something has the focus; every stop can be seen."""
    for _ in range(most):
        desk.page.keyboard.press("Tab")
        if focused(desk) == wanted:
            return
    raise AssertionError(f"{most} times Tab, and {wanted} never had the focus")


def test_the_first_key_skips_to_the_page_and_a_slash_to_the_scan_field(
    sit: Sit, read_only: Served
) -> None:
    desk = sit("r.lane", read_only)
    desk.go("/items/")
    desk.page.keyboard.press("Tab")
    assert focused(desk) == "Skip to the page"
    expect(desk.page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("document.activeElement.closest('main') !== null")
    desk.page.keyboard.press("/")
    assert focused(desk) == "scan"
    desk.page.keyboard.type("INV-001")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("/search/|/items/"))
    desk.sees("INV-001")
    desk.page.locator("body").press("?")
    expect(desk.page.locator("[data-keys]")).to_have_attribute("open", "")


def test_a_booking_by_keys_alone(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office)
    desk.go("/items/new/")
    keys = desk.page.keyboard
    for field, words in (
        ("id_description", "a set of keys"),
        ("id_quantity", "3"),
        ("id_brought_by", "R. Roe"),
    ):
        tab_to(desk, field)
        keys.type(words)
    tab_to(desk, "id_when_0")
    keys.press("Space")
    tab_to(desk, "id_report_number")
    keys.type("SFSO-24-000777")
    tab_to(desk, "do")
    keys.press("Enter")
    desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
    desk.sees("Recorded as entr")


@pytest.mark.slow
def test_the_letters_of_the_review(sit: Sit, office: Served) -> None:
    desk = sit("d.marsh", office)
    desk.go("/review/")
    desk.main.locator("tbody a[href^='/review/']").first.click()
    desk.page.wait_for_url(re.compile(r"/review/\d+/\d+/"))
    before = desk.entries()
    desk.page.locator("body").press("r")
    assert focused(desk) == "id_reject"
    desk.page.keyboard.type("another envelope, of another office")
    tab_to(desk, "decision")
    desk.page.keyboard.press("Enter")
    desk.sees("Recorded as entry")
    assert desk.entries() == before + 1
