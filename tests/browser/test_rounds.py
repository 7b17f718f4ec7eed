"""The worked example as it should have gone: the rounds come over the counter, and the case is found for them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk
    from tests.browser.served import Served


def book_the_rounds(desk: Desk) -> str:
    """Book them under a number that no case lists; the address of the item."""
    desk.go("/items/new/")
    desk.write("What is it?", ".45-calibre rounds in a manila envelope")
    desk.main.get_by_label("Kind").select_option("ammunition")
    desk.write("How many?", "nearly two dozen")
    desk.write("Who brought it?", "SUB")
    desk.main.get_by_label("as", exact=True).select_option("giver")
    desk.main.get_by_text("today", exact=True).click()
    desk.write("Report number", "SFSO-DOC-2024-001")
    desk.write("Where does it go?", "vault 2")
    desk.press("Book and print label")
    desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
    found = re.search(r"/items/\d+/", desk.page.url)
    assert found
    return found[0]


def wait_for_suggestions(desk: Desk) -> None:
    """The page waits a moment for them; a machine that does much else takes longer, and then one looks again."""
    expect(desk.page.locator("#suggested")).to_contain_text(
        re.compile("suggested|looking|nothing yet", re.IGNORECASE)
    )
    for _ in range(30):
        if desk.main.get_by_text("case is suggested").count():
            return
        time.sleep(1)
        desk.page.reload()


def test_booked_at_the_counter_suggested_accepted_and_on_the_board(
    sit: Sit, office_without_rounds: Served
) -> None:
    office = office_without_rounds
    # The custodian books, and hears of the case at once; somebody else decides.
    counter = sit("r.lane", office)
    before = counter.entries()
    item = book_the_rounds(counter)
    assert counter.entries() > before
    expect(counter.main.get_by_role("heading", level=1)).to_contain_text("Booked as Sheriff")
    counter.sees("It goes to vault 2.", "It may belong to")
    expect(counter.main.get_by_role("img", name=re.compile("^Label "))).to_be_visible()
    wait_for_suggestions(counter)
    counter.sees(
        "case is suggested", "can decide", "SUB, who handed it in, is a witness of the case"
    )
    counter.sees_not("R. Lane can decide")

    # Not for the asking of whoever booked it.
    counter.go("/review/")
    expect(counter.page.get_by_role("heading", level=1)).to_contain_text("may not")

    # The prosecutor sees what speaks for it, and says that it belongs.
    desk = sit("k.ortiz", office)
    desk.go("/review/")
    desk.main.get_by_role("link", name=re.compile(r"rounds|\d\d-\d{6}")).first.click()
    desk.sees("Does this item belong to this case?", "SUB")
    desk.press("Belongs to this case")
    expect(desk.page).not_to_have_url(re.compile(r"/review/\d+/\d+/$"))
    desk.go(item)
    desk.sees("Gutierrez-Reed", "Not full in 1 case")

    # The board of the case says where it is not full.
    desk.go("/cases/")
    desk.main.get_by_role("link", name="D-0101-CR-2023-00040").first.click()
    desk.page.wait_for_url(re.compile(r"/cases/\d+/"))
    desk.sees("Held", "On file", "unfiled", "rounds in a manila envelope")
