"""A case from its opening to its certificate: filed, served, signed for in the portal, refused, answered, signed by two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.desk import Desk
    from tests.browser.served import Served

NUMBER, REPORT = "D-0101-CR-2026-00007", "26-000777"
BALDWIN = "D-0101-CR-2024-00013"


def open_case(clerk: Desk) -> str:
    """The clerk opens it; its address."""
    clerk.go("/cases/new/")
    clerk.write("Case number", NUMBER)
    clerk.main.get_by_label("Jurisdiction").select_option("us-nm")
    clerk.write("What is it called?", "State v. Roe")
    clerk.write("Kind of court", "district")
    clerk.write("Opened on", "2026-11-02")
    clerk.write("Defendants", "Roe")
    clerk.write("Report numbers of what it is about", f"Sheriff: {REPORT}")
    clerk.press("Open the case")
    clerk.page.wait_for_url(re.compile(r"/cases/\d+/$"))
    return clerk.path


def book(counter: Desk) -> None:
    """The custodian books what was filmed, under the report of the case."""
    counter.go("/items/new/")
    counter.write("What is it?", "A film of the yard")
    counter.main.get_by_label("Kind").select_option("recording")
    counter.write("How many?", "1")
    counter.write("Where was it found?", "the yard")
    counter.main.get_by_text("today", exact=True).click()
    counter.write("Report number", REPORT)
    counter.press("Book and print label")
    counter.page.wait_for_url(re.compile(r"/booked/"))
    counter.sees("It is on the list of")


def give_access(chief: Desk, second: Desk) -> None:
    """Counsel gets a second client: the administrator asks, a supervisor approves."""
    chief.go("/accounts/")
    chief.follow("E. Noor")
    chief.follow("Ask for a change")
    chief.write("Clients, of defence counsel", f"{BALDWIN}, Baldwin\n{NUMBER}, Roe")
    chief.write("Why does this person need it?", "counsel of Roe from today")
    chief.press("Ask for this role")
    chief.sees("Recorded as entry")
    second.go("/accounts/waiting/")
    second.main.get_by_role("link", name=re.compile("E. Noor")).first.click()
    second.press("Approve the role of E. Noor")
    second.sees("Recorded as entry")


def serve(clerk: Desk, case: str) -> str:
    """Draft, close, serve through the portal; the address of the production."""
    clerk.go(f"{case}papers/")
    clerk.follow("Draft a production")
    clerk.main.get_by_text("Roe", exact=True).last.click()
    clerk.press("Make the draft")
    clerk.sees("Drafted. Nothing is served yet.", "A film of the yard")
    production = clerk.path
    clerk.follow("Number and close")
    clerk.press("Number and close 1 item")
    clerk.follow("Serve on counsel")
    clerk.sees("this cannot be taken back")
    clerk.write("On whom, for Roe?", "E. Noor")
    clerk.main.get_by_text(re.compile("portal")).last.click()
    clerk.press("Serve 1 on Roe")
    clerk.sees("served on E. Noor", "no receipt")
    return production


def sign_for_it(counsel: Desk) -> None:
    """Counsel finds it among the clients, and signs."""
    counsel.go("/defence/")
    counsel.sees("2 clients in this office", "1 receipt is to be signed")
    counsel.follow("Roe")
    counsel.sees("A film of the yard")
    counsel.follow("Sign the receipt")
    counsel.sees("Signing does not say that it is complete")
    counsel.main.get_by_role(
        "button", name=re.compile("^Sign for production .* as E. Noor$")
    ).click()
    counsel.sees("Recorded as entry")


def test_a_case_from_its_opening_to_its_certificate(sit: Sit, office: Served) -> None:
    clerk, counter = sit("c.webb", office), sit("r.lane", office)
    case = open_case(clerk)
    book(counter)

    # On the file: one page, one entry, and the board follows.
    clerk.go(f"{case}file/")
    clerk.sees("A film of the yard")
    clerk.press("Put the ticked ones on the file")
    clerk.sees("Recorded as entry")

    prosecutor = sit("k.ortiz", office)
    certificate = f"{case}papers/certificates/1/"
    prosecutor.go(certificate)
    prosecutor.sees("It cannot be signed.", "A film of the yard")

    second = sit("j.soto", office)
    give_access(sit("a.boone", office), second)
    production = serve(clerk, case)
    counsel = sit("e.noor", office)
    sign_for_it(counsel)
    clerk.go(production)
    clerk.sees("signed by E. Noor")

    # One agency has not answered: the certificate says so, and nothing is signed.
    before = prosecutor.entries()
    prosecutor.go(certificate)
    prosecutor.sees("It cannot be signed.", "Sheriff")
    prosecutor.main.get_by_text(re.compile("^I have read the list")).click()
    prosecutor.main.get_by_text("I made reasonable inquiries").click()
    prosecutor.main.get_by_role("button", name=re.compile("^Sign as K. Ortiz")).click()
    prosecutor.sees("There is a problem", "Neither put right nor stated")
    assert prosecutor.entries() == before

    counter.go(f"{case}agencies/answer/")
    counter.main.get_by_text(re.compile("everything", re.IGNORECASE)).first.click()
    counter.main.get_by_role("button").last.click()
    counter.sees("Recorded as entry")

    # Now it is signed by one, and not by the same person twice; then by a second.
    prosecutor.go(certificate)
    prosecutor.sees("It can be signed.")
    prosecutor.main.get_by_text(re.compile("^I have read the list")).click()
    prosecutor.main.get_by_text("I made reasonable inquiries").click()
    prosecutor.main.get_by_role("button", name=re.compile("^Sign as K. Ortiz")).click()
    prosecutor.sees("K. Ortiz signed first", "someone else signs second")
    second.go(certificate)
    second.follow("Read it and sign second")
    second.main.get_by_text(re.compile("^I have read the list")).click()
    second.main.get_by_role("button", name=re.compile("^Sign ")).last.click()
    second.sees("Recorded as entry")
    second.go(f"{case}papers/")
    second.sees("K. Ortiz", "J. Soto")
    expect(second.main.get_by_text("Signed", exact=True).first).to_be_visible()

    # What counsel opened is nowhere on the State's side.
    for desk, path in ((clerk, production), (prosecutor, case), (second, f"{case}people/")):
        desk.go(path)
        desk.sees_not("opened it on", "downloaded by")
