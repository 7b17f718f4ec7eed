"""A double click, a second Enter, the back button and an old page: nothing is recorded twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_rounds import book_the_rounds

if TYPE_CHECKING:
    from tests.browser.conftest import Sit
    from tests.browser.served import Served

_FILL = {
    "What is it?": "a set of keys",
    "How many?": "3",
    "Who brought it?": "R. Roe",
    "Report number": "SFSO-24-000777",
}


@pytest.mark.slow
def test_a_double_click_books_once_and_the_back_button_says_so(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office)
    desk.go("/items/new/")
    for label, words in _FILL.items():
        desk.write(label, words)
    desk.main.get_by_text("today", exact=True).click()
    before = desk.entries()
    desk.main.get_by_role("button", name="Book and print label").dblclick()
    desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
    after = desk.entries()
    assert after > before
    desk.page.go_back()
    desk.page.wait_for_url(re.compile("/items/new/"))
    # The browser has filled in again what was typed, and the number that was sent comes back with it.
    expect(desk.main.get_by_label("What is it?").first).to_have_value("a set of keys")
    desk.press("Book and print label")
    desk.sees("already recorded", "Nothing was recorded twice")
    assert desk.entries() == after


def test_the_same_form_from_two_tabs_is_taken_once(sit: Sit, office: Served) -> None:
    desk = sit("r.lane", office, script=False)
    desk.go("/items/new/")
    for label, words in _FILL.items():
        desk.write(label, words)
    desk.main.get_by_text("today", exact=True).click()
    fields = desk.page.eval_on_selector("form.ff-book", "form => [...new FormData(form)]")
    desk.press("Book and print label")
    desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
    after = desk.entries()
    answer = desk.page.request.post(
        f"{office.url}/items/new/",
        form={str(name): str(value) for name, value in fields} | {"do": "print"},
        headers={"Origin": office.url},
    )
    assert "already recorded" in answer.text()
    assert desk.entries() == after


@pytest.mark.slow
def test_the_second_of_two_people_is_told_what_changed(sit: Sit, office: Served) -> None:
    """Both have the page of one item open; what the second sends rests on what was there before."""
    first, second = sit("r.lane", office), sit("m.quill", office)
    item = book_the_rounds(first)
    for desk in (first, second):
        desk.go(f"{item}do/check_out/")
        desk.sees("rounds in a manila envelope")
    for desk in (first, second):
        fields = desk.main.locator("form input[type=text]:visible, form textarea:visible")
        for place in range(fields.count()):
            if not fields.nth(place).input_value():
                fields.nth(place).fill("court")
    first.main.locator("form.ff-form button").first.click()
    first.sees("Recorded as entr")
    second.main.locator("form.ff-form button").first.click()
    second.sees("R. Lane")
    # Not by the size of the record: what the booking suggests may be recorded meanwhile.
    second.go(f"{item}custody/")
    assert second.main.locator("tbody th").filter(has_text="checked out").count() == 1


@pytest.mark.slow
def test_without_scripts_what_is_filled_in_again_after_the_back_button_is_asked_about(
    sit: Sit, office: Served
) -> None:
    desk = sit("r.lane", office, script=False)
    for _time in ("first", "again"):
        desk.go("/items/new/")  # fetched anew: another one-time number
        for label, words in _FILL.items():
            desk.write(label, words)
        desk.main.get_by_text("today", exact=True).click()
        desk.press("Book and print label")
        if _time == "first":
            desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
            after = desk.entries()
    desk.sees("This was already recorded at", "Nothing was recorded twice", "Is it another one?")
    assert desk.entries() == after
    desk.page.go_back()
    desk.go("/items/new/")
    for label, words in _FILL.items():
        desk.write(label, words)
    desk.main.get_by_text("today", exact=True).click()
    desk.press("Book and print label")
    desk.press("It is another one: record it too")
    desk.page.wait_for_url(re.compile(r"/items/\d+/booked/"))
    assert desk.entries() > after
