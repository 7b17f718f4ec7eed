"""What the record shows of the ruling: the gap two days before it, the standing after it, what it touches; on any day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk
    from tests.browser.served import Served


def find_case(desk: Desk) -> str:
    """The address of the case against Baldwin, by the list of cases."""
    desk.go("/cases/")
    desk.main.get_by_role("link", name="D-0101-CR-2024-00013").first.click()
    desk.page.wait_for_url(re.compile(r"/cases/\d+/$"))
    return desk.path


def test_the_gap_the_standing_and_what_it_touches(sit: Sit, read_only: Served) -> None:
    desk = sit("k.ortiz", read_only)
    case = find_case(desk)

    # Two days before: which item, that it is not on the file, and that he has not got it.
    desk.go(f"{case}?on=2024-07-10")
    desk.sees("Not full.", "DOC-001", "unfiled")
    expect(desk.page.get_by_text("You are looking at")).to_be_visible()
    expect(desk.page.get_by_text("Nothing can be changed here")).to_be_visible()
    for words in ("Put", "Serve", "Open a count"):
        expect(desk.main.get_by_role("link", name=re.compile(f"^{words} "))).to_have_count(0)

    # Before the ruling it is being tried; after it he cannot be charged again.
    desk.go(f"{case}docket/?on=2024-07-10")
    desk.sees("Pending")
    desk.go(f"{case}docket/")
    desk.sees("Barred", "involuntary manslaughter", "not legal advice")
    desk.go(f"{case}linked/")
    desk.sees("Gutierrez-Reed", "clears nothing in another")
    desk.go(f"{case}timeline/")
    desk.sees("Held", "On file")


def test_who_knew_what_and_the_proof_of_an_entry(sit: Sit, read_only: Served) -> None:
    desk = sit("k.ortiz", read_only)
    case = find_case(desk)
    desk.go(f"{case}?on=2024-07-10")
    desk.main.get_by_role("link", name=re.compile("DOC-001")).first.click()
    desk.page.wait_for_url(re.compile(r"/items/\d+/"))
    desk.go(f"{desk.path}knew/")
    desk.sees("PROS-1", "TECH")
    desk.go("/record/")
    desk.go("/record/entries/31/")
    desk.sees("In the record", "yes")


def test_the_courts_bench_sheet_and_the_auditors_room(sit: Sit, read_only: Served) -> None:
    judge = sit("h.pike", read_only)
    judge.go("/court/")
    judge.sees("No hearing by", "is on record")  # the example lies in the past
    judge.follow("All cases")
    judge.follow("State of New Mexico v. Baldwin")
    judge.page.wait_for_url(re.compile(r"/court/\d+/"))
    sheet = judge.path
    judge.go(f"{sheet}?on=2024-07-10")
    judge.sees(
        "Not full.", "Exceptions", "DOC-001", "Each defendant", "stays out until it is filed"
    )
    auditor = sit("s.vale", read_only)
    auditor.go("/audit/")
    auditor.sees("Record", "entries")
    auditor.go("/review/")
    auditor.sees_not("in 100")
