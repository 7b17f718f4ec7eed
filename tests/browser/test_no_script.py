"""JavaScript off: everything can be read, and the work of a day can be done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.test_rounds import book_the_rounds
from tests.browser.test_ruling import find_case

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.served import Served


def test_booking_moving_counting_and_searching(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office, script=False)
    item = book_the_rounds(desk)
    desk.sees("Recorded as entr", "It may belong to")
    desk.go(item)
    desk.sees("rounds in a manila envelope")
    desk.page.get_by_label("Scan a label, or type a tag, case or name").fill("INV-001")
    desk.page.get_by_role("button", name="Find").click()
    desk.sees("INV-001")
    desk.go("/inventories/new/")
    desk.write("Where?", "vault 2")
    desk.press("Begin the inventory")
    desk.page.wait_for_url(re.compile(r"/inventories/\d+/$"))
    desk.write("Its name; empty for what stands on no shelf", "vault 2")
    desk.press("I stand there")
    desk.write("Scan a shelf, then what stands on it", "INV-001")
    desk.press("Scanned")
    desk.sees("FOUND HERE")


def test_reading_a_case_on_any_day_and_deciding(sit: Sit, office: Served) -> None:
    desk = sit("k.ortiz", office, script=False)
    case = find_case(desk)
    for part in ("", "docket/", "timeline/", "linked/", "papers/", "people/", "readiness/"):
        desk.go(f"{case}{part}")
        desk.sees("Baldwin")
    desk.go(f"{case}?on=2024-07-10")
    desk.sees("DOC-001")
