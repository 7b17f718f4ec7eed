"""The counter: booking, acts in two taps, labels, scan then act; and what each role sees of it."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.web.conftest import Office

TODAY = {"when": "today"}
ROUNDS = {
    "description": ".45-calibre rounds, manila envelope",
    "category": "ammunition",
    "quantity": "nearly two dozen",
    "brought_by": "SUB",
    "giver_role": "giver",
    "report_number": "SFSO-24-001122",
    "place": "C-14",
    **TODAY,
}


@pytest.fixture(autouse=True)
def _nobody_looks_on() -> Iterator[None]:
    """What is still looked for in the background ends with its office."""
    yield
    for one in threading.enumerate():
        if one.name == "look-for-cases":
            one.join(60)


def hidden(client: Client, path: str) -> dict[str, str]:
    """The one-time number and the size seen, of the form on a page."""
    text = client.get(path).content.decode()
    found = dict(re.findall(r'name="(once|seen)" value="([^"]*)"', text))
    assert set(found) == {"once", "seen"}, text[:500]
    return found


def item_id(tag: str, agency: str = "Sheriff") -> int:
    from fullfile.server.store.connections import item_id_of

    found = item_id_of(agency, tag)
    assert found is not None
    return found


def book(client: Client, **more: str) -> str:
    """Book the rounds; the address of the page after it."""
    answer = client.post("/items/new/", {**hidden(client, "/items/new/"), **ROUNDS, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def act(client: Client, path: str, **said: str) -> tuple[int, str]:
    """Send the form of an act; the status, and the page that follows."""
    answer = client.post(path, {**hidden(client, path), "by": "R. Lane", **said})
    text = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, text.content.decode()


# Booking.


def test_the_rounds_are_booked_with_a_label_and_a_receipt(office: Office) -> None:
    client = office.as_("r.lane")
    where = book(client, do="print")
    assert where.endswith("/booked/?copy=1")
    page = client.get(where).content.decode()
    assert re.search(r"Booked as Sheriff \d\d-000001", page)
    assert "It bears on no case yet." in page
    assert "It goes to C-14." in page
    assert re.search(r"Recorded as entries [\d,]+ to [\d,]+ at ", page)
    assert '<svg class="ff-label ff-label--4x2"' in page
    assert "SUB" not in page[page.index('<svg class="ff-label') :]  # no names on a label


def test_a_booking_asks_the_database_few_questions(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = office.as_("r.lane")
    form = {**hidden(client, "/items/new/"), **ROUNDS, "do": "print"}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/items/new/", form)
    assert answer.status_code == 302
    assert len(asked) <= 60, [one["sql"][:120] for one in asked]


def test_suggestions_are_looked_for_after_booking_and_somebody_else_decides(office: Office) -> None:
    client = office.as_("r.lane")
    where = book(client, do="print")
    number = re.search(r"/items/(\d+)/", where)
    assert number
    answer = client.post(f"/items/{number[1]}/booked/suggestions/")
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r"\d cases? (is|are) suggested|No case is suggested|Still looking", page)
    if "suggested." in page and "No case" not in page:
        assert "can decide" in page
        assert "R. Lane can decide" not in page


def test_without_an_index_it_is_said_so(office: Office) -> None:
    (office.home / "linkage" / "index.duckdb").unlink(missing_ok=True)
    client = office.as_("r.lane")
    number = re.search(r"/items/(\d+)/", book(client, do="print"))
    assert number
    answer = client.post(f"/items/{number[1]}/booked/suggestions/", headers={"hx-request": "true"})
    assert "the index is not there yet" in answer.content.decode()


def test_what_is_unknown_is_a_choice_never_a_blank(office: Office) -> None:
    client = office.as_("r.lane")
    answer = client.post(
        "/items/new/", {**hidden(client, "/items/new/"), "description": "a jacket", "place": "C-2"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Say who brought it or where it was found, or choose “not known”.",
        "Say when it was got, or choose “not known”.",
        "Say the report number, or choose “not known”.",
        "Say how many, or choose “not counted”.",
    ):
        assert words in page
    assert 'value="a jacket"' in page  # what was typed stays
    assert 'value="C-2"' in page


def test_what_is_chosen_as_not_known_is_booked(office: Office) -> None:
    client = office.as_("r.lane")
    chosen = {
        "description": "a jacket",
        "uncounted": "on",
        "giver_unknown": "on",
        "when": "unknown",
        "no_report": "on",
        "do": "another",
    }
    answer = client.post("/items/new/", {**hidden(client, "/items/new/"), **chosen})
    page = client.get(answer["Location"]).content.decode()
    assert "Booked as Sheriff" in page
    assert page.count("checked") >= 3  # the next thing of the report begins with the same choices


def test_another_from_this_report_begins_with_what_is_the_same(office: Office) -> None:
    client = office.as_("r.lane")
    where = book(client, do="another")
    assert "/items/new/?after=" in where
    assert "SUB" not in where
    page = client.get(where).content.decode()
    assert 'value="SFSO-24-001122"' in page
    assert 'value="SUB"' in page
    assert "manila" not in page.split("Booked as")[1].split("<form")[1]


def test_money_is_counted_by_two(office: Office) -> None:
    client = office.as_("r.lane")
    more = {**ROUNDS, "category": "money", "counted_by_one": "R. Lane"}
    answer = client.post("/items/new/", {**hidden(client, "/items/new/"), **more})
    assert answer.status_code == 422
    assert "Money is counted by two named persons" in answer.content.decode()
    more["counted_by_two"] = "M. Quill"
    answer = client.post("/items/new/", {**hidden(client, "/items/new/"), **more})
    assert answer.status_code == 302


def test_a_firearm_says_who_unloaded_it(office: Office) -> None:
    client = office.as_("r.lane")
    more = {**ROUNDS, "category": "firearm"}
    answer = client.post("/items/new/", {**hidden(client, "/items/new/"), **more})
    assert "Say who unloaded it" in answer.content.decode()


def test_sent_twice_is_booked_once(office: Office) -> None:
    client = office.as_("r.lane")
    form = {**hidden(client, "/items/new/"), **ROUNDS}
    first = client.post("/items/new/", form)
    second = client.post("/items/new/", form)
    assert first["Location"].split("?")[0] == second["Location"]
    assert "Nothing was recorded twice." in client.get(second["Location"]).content.decode()


def test_near_misses_of_a_number_are_said_and_nothing_is_typed_away(office: Office) -> None:
    client = office.as_("r.lane")
    for words, typed in (
        ("It is a number of", "SFSO-INV-2021-001"),
        ("you typed SFSO-INV-2012-001", "SFSO-INV-2012-001"),
        ("No open case lists this number. You can book it all the same.", "SFSO-99-99"),
    ):
        page = client.post("/items/new/suggestions/", {"report_number": typed}).content.decode()
        assert words in page
        form = {**ROUNDS, "report_number": typed, "do": "look"}
        whole = client.post("/items/new/", form).content.decode()  # without a script
        assert words in whole
        assert 'value="nearly two dozen"' in whole


def test_a_name_finds_only_cases_in_reach(office: Office) -> None:
    page = office.as_("r.lane").post("/items/new/suggestions/", {"brought_by": "SUB"})
    assert "witness in" in page.content.decode()
    page = office.as_("t.hill").post("/items/new/suggestions/", {"brought_by": "SUB"})
    assert "witness in" not in page.content.decode()


@pytest.mark.parametrize(
    "account", ["k.ortiz", "j.soto", "c.webb", "e.noor", "h.pike", "s.vale", "a.boone"]
)
def test_booking_is_not_everybodys(office: Office, account: str) -> None:
    assert office.as_(account).get("/items/new/").status_code == 403


# Acts.


def test_out_in_and_onto_a_shelf_in_two_taps_each(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    status, page = act(client, f"/items/{here}/do/check-out/", to="R. Lane", reason="court")
    assert status == 302
    assert "Checked out. Recorded as entry" in page
    page = client.get(f"/items/{here}/do/check-out/").content.decode()
    assert "is signed out to R. Lane" in page  # a sentence instead of a button
    assert f"/items/{here}/do/check-in/" in page
    status, page = act(client, f"/items/{here}/do/check-in/", place="C-14", giver="R. Lane")
    assert status == 302
    status, page = act(client, f"/items/{here}/do/move/", place="D-2")
    assert status == 302
    assert "Moved. Recorded as entry" in page


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    status, page = act(client, f"/items/{here}/do/check-out/", to="D. Marsh", reason="")
    assert status == 422
    assert "There is a problem" in page
    assert "Say what it is taken out for." in page
    assert 'value="D. Marsh"' in page


def test_a_sealed_item_moves_hands_only_with_its_seal_read_off(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    status, _page = act(client, f"/items/{here}/do/seal/", new="B-20931", reason="packed anew")
    assert status == 302
    status, page = act(client, f"/items/{here}/do/transfer/", to="State laboratory", reason="test")
    assert status == 422
    assert "changes hands only with its seal read off" in page
    said = {"to": "State laboratory", "reason": "test", "seal": "B-20931", "seal_intact": "yes"}
    status, page = act(client, f"/items/{here}/do/transfer/", **said)
    assert status == 302
    # Now the laboratory has it, and acts on it; before, it was none of its business.
    lab = office.as_("t.hill")
    status, page = act(lab, f"/items/{here}/do/examine/", by="T. Hill", reason="compared")
    assert status == 302
    assert "Examination recorded." in page


def test_the_second_of_two_is_told_what_changed(office: Office) -> None:
    first, second, here = office.as_("r.lane"), office.as_("m.quill"), item_id("DOC-001")
    path = f"/items/{here}/do/check-out/"
    stale = hidden(second, path)
    assert act(first, path, to="R. Lane", reason="court")[0] == 302
    answer = second.post(path, {**stale, "by": "M. Quill", "to": "M. Quill", "reason": "court"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "changed while you had this page open: R. Lane checked it out to R. Lane" in page
    assert "Show what changed" in page


def test_missing_and_found(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    page = client.get(f"/items/{here}/do/found/").content.decode()
    assert "is not missing" in page
    status, _page = act(
        client, f"/items/{here}/do/missing/", reason="not on its shelf, room searched"
    )
    assert status == 302
    status, _page = act(client, f"/items/{here}/do/found/", reason="behind safe 2", place="C-14")
    assert status == 302


def test_release_is_only_asked_and_holds_are_named_with_their_way_out(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    page = client.get(f"/items/{here}/do/release/").content.decode()
    assert "stays where it is until another person approves" in page
    assert "What stands in the way" in page
    status, page = act(client, f"/items/{here}/do/release/", to="its owner", reason="closed")
    assert status == 422
    assert "stands on DOC-001" in page
    order = {
        "authority": "District Court",
        "order": "order to return DOC-001",
        "order_on": "2026-01-09",
    }
    status, page = act(
        client, f"/items/{here}/do/release/", to="its owner", reason="ordered", **order
    )
    assert status == 302
    assert "Another person approves or refuses." in page


def test_an_investigator_may_not_ask_that_it_leaves(office: Office) -> None:
    assert office.as_("d.marsh").get(f"/items/{item_id('DOC-001')}/do/destroy/").status_code == 403


def test_another_agencys_item_is_not_acted_on(office: Office) -> None:
    answer = office.as_("t.hill").get(f"/items/{item_id('DOC-001')}/do/check-out/")
    assert answer.status_code in (403, 404)


def test_a_mention_is_recorded_from_the_item(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    page = client.get(f"/items/{here}/do/mention/").content.decode()
    assert 'value="SFSO-DOC-2024-001"' in page
    said = {"report_number": "SFSO-DOC-2024-001", "description": "two casings", "quantity": "2"}
    status, page = act(client, f"/items/{here}/do/mention/", **said)
    assert status == 302
    assert "stays Unbooked" in page


def test_what_cannot_be_done_says_why(office: Office) -> None:
    page = office.as_("r.lane").get(f"/items/{item_id('DOC-001')}/do/more/").content.decode()
    assert "What cannot be done now, and why" in page
    assert "is not out: by the record it is" in page


def test_a_scanned_shelf_is_its_name_and_an_items_label_is_refused(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of, shelf_number

    client, here = office.as_("r.lane"), item_id("DOC-001")
    client.post("/shelves/", {**hidden(client, "/shelves/"), "place": "C-14", "room": "Room 1"})
    code = code_of(Kind.SHELF, shelf_number("Sheriff", "C-14"))
    status, page = act(client, f"/items/{here}/do/move/", place=code_of(Kind.ITEM, here))
    assert "That is the label of an item" in page
    status, page = act(client, f"/items/{here}/do/move/", place=f"http://localhost/s/{code}/")
    assert status == 302
    assert "C-14" in page


# Labels.


def test_a_label_is_counted_and_a_further_one_says_reprint(office: Office) -> None:
    client, here = office.as_("r.lane"), item_id("DOC-001")
    path = f"/items/{here}/label/"
    page = client.get(path).content.decode()
    assert "It has no label yet." in page
    assert "ff-label-page--preview" in page
    for copy in (1, 2):
        answer = client.post(path, {**hidden(client, path), "size": "4x2"})
        assert answer["Location"] == f"{path}?size=4x2&copy={copy}"
    page = client.get(f"{path}?size=4x2&copy=2").content.decode()
    assert ">reprint 2</text>" in page
    assert "DOC-001" in page
    assert ">Report SFSO-DOC-2024-001</text>" in page
    label = page[
        page.index('<svg class="ff-label') : page.index("</svg>", page.index("ff-label--"))
    ]
    for secret in ("SUB", "Baldwin", "D-0101-CR-2024-00013"):
        assert secret not in label
    # An address of a copy that was never printed shows the preview only.
    assert "ff-label-page--preview" in client.get(f"{path}?copy=7").content.decode()


def test_the_qr_code_and_the_bar_code_say_the_items_code(office: Office) -> None:
    from fullfile.core.custody.code128 import bars
    from fullfile.core.custody.labels import Kind, code_of

    here = item_id("DOC-001")
    code = code_of(Kind.ITEM, here)
    page = office.as_("r.lane").get(f"/items/{here}/label/?size=2x1").content.decode()
    assert f">{code}</text>" in page
    assert page.count('<rect x="') == len(bars(code)[0])


def test_shelves_have_labels_of_their_agency_only(office: Office) -> None:
    from fullfile.core.custody.labels import shelf_number

    client = office.as_("r.lane")
    said = {**hidden(client, "/shelves/"), "place": "C-14", "room": "Room 1"}
    answer = client.post("/shelves/", said)
    number = shelf_number("Sheriff", "C-14")
    assert answer["Location"] == f"/shelves/{number}/label/"
    page = client.get(answer["Location"]).content.decode()
    assert ">C-14</text>" in page
    assert office.as_("t.hill").get(f"/shelves/{number}/label/").status_code == 404
    assert client.get("/shelves/12345/label/").status_code == 404
    # A shelf that is known is not named again.
    again = client.post("/shelves/", {**hidden(client, "/shelves/"), "place": "c-14"})
    assert "Recorded" not in client.get(again["Location"]).content.decode()


# Scan, then act.


def scanned(client: Client, **said: str) -> str:
    """Send something to the scan page, and look at it."""
    answer = client.post("/scan/", said)
    assert answer.status_code == 302, answer.content.decode()
    return client.get("/scan/").content.decode()


def test_a_list_grows_and_one_act_moves_all_that_can(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of

    client = office.as_("r.lane")
    out = item_id("INV-001")
    act(client, f"/items/{out}/do/check-out/", to="D. Marsh", reason="court")
    page = scanned(client, code="DOC-001")
    assert "Sheriff DOC-001 is on the list." in page
    page = scanned(client, code=code_of(Kind.ITEM, out))
    assert "2 things are on the list." in page
    assert "cannot:" in page
    assert "is signed out to D. Marsh" in page
    page = scanned(client, code="DOC-001")
    assert "is on the list already" in page
    page = scanned(client, code="nothing-like-it")
    assert "No item of yours has the label or tag" in page
    assert "Move 1" in page
    form = hidden(client, "/scan/") | {"thing": str(item_id("DOC-001"))}
    page = scanned(client, **form, do="act", place="C-14", reason="tidied")
    assert "1 moved." in page
    assert "Recorded as entry" in page
    assert "1 thing is on the list." in page  # what could not stays
    # The same form again records nothing twice.
    assert "Nothing was recorded twice." in scanned(
        client, **form, do="act", place="C-14", reason="tidied"
    )


def test_a_scanned_shelf_says_where_they_go(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of, shelf_number

    client = office.as_("r.lane")
    client.post("/shelves/", {**hidden(client, "/shelves/"), "place": "C-14"})
    scanned(client, code="DOC-001")
    page = scanned(client, code=code_of(Kind.SHELF, shelf_number("Sheriff", "C-14")))
    assert "They go to C-14." in page
    assert 'value="C-14"' in page
    assert "The list is empty." in scanned(client, do="clear")


def test_without_a_shelf_or_somebody_nothing_is_recorded(office: Office) -> None:
    client = office.as_("r.lane")
    scanned(client, code="DOC-001")
    answer = client.post("/scan/", {**hidden(client, "/scan/"), "do": "act"})
    assert answer.status_code == 422
    assert "Say which shelf they go to." in answer.content.decode()
    scanned(client, do="transfer")
    answer = client.post("/scan/", {**hidden(client, "/scan/"), "do": "act"})
    assert "Say to whom they go." in answer.content.decode()
    page = scanned(client, **hidden(client, "/scan/"), do="act", to="D. Marsh")
    assert "1 transferred." in page


def test_another_agencys_thing_does_not_come_on_the_list(office: Office) -> None:
    from fullfile.core.custody.labels import Kind, code_of

    page = scanned(office.as_("t.hill"), code=code_of(Kind.ITEM, item_id("DOC-001")))
    assert "There is no such item, or you may not see it." in page
    assert "manila" not in page


# From a report.


def line(number: int, **said: str) -> dict[str, str]:
    """The fields of one line."""
    return {f"form-{number}-{name}": value for name, value in said.items()}


def report(client: Client, *lines: dict[str, str], **head: str) -> tuple[int, str]:
    """Record lines of a report; the status, and the page that follows."""
    form = {
        **hidden(client, "/items/new/report/"),
        "form-TOTAL_FORMS": "6",
        "form-INITIAL_FORMS": "0",
        "report_number": "SFSO-24-7",
        **head,
    }
    for one in lines:
        form |= one
    answer = client.post("/items/new/report/", form)
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, page.content.decode()


def test_each_line_of_a_report_is_booked_or_accounted_for_by_two(office: Office) -> None:
    client = office.as_("r.lane")
    status, page = report(
        client,
        line(0, description="a red jacket", quantity="1", outcome="now", detail="C-2"),
        line(1, description="two casings", quantity="2"),
        line(2, description="a wallet", quantity="1", outcome="returned_on_spot", detail="his own"),
    )
    assert status == 302, page
    assert re.search(r"Booked as \d\d-000001\. Recorded as entries", page)
    assert "two casings" in page
    assert "nobody has said" in page
    assert "a wallet" in page
    assert "R. Lane says" in page
    assert "a red jacket" not in page
    path = re.findall(r'href="(/items/mentions/\d+/)">a wallet', page)[0]
    # Nobody confirms their own word.
    answer = client.post(path, hidden(client, path))
    assert answer.status_code == 422
    other = office.as_("m.quill")
    assert other.post(path, hidden(other, path)).status_code == 302
    assert "a wallet" not in other.get("/items/mentions/").content.decode()


def test_a_line_is_closed_by_its_tag(office: Office) -> None:
    client = office.as_("r.lane")
    _status, page = report(client, line(0, description="a revolver", quantity="1"))
    path = re.findall(r'href="(/items/mentions/\d+/)">a revolver', page)[0]
    answer = client.post(path, {**hidden(client, path), "outcome": "booked", "tag": "INV-99"})
    assert answer.status_code in (404, 422)
    said = {"outcome": "booked", "tag": "INV-001", "reason": "it is that one"}
    assert client.post(path, {**hidden(client, path), **said}).status_code == 302
    assert "a revolver" not in client.get("/items/mentions/").content.decode()


def test_lines_that_cannot_be_are_refused_and_nothing_is_recorded(office: Office) -> None:
    client = office.as_("r.lane")
    status, page = report(
        client,
        line(0, description="banknotes", quantity="12", category="money", outcome="now"),
        line(1, description="a wallet", outcome="left_in_place"),
    )
    assert status == 422
    assert "money and firearms are booked one by one" in page
    status, page = report(client, line(1, description="a wallet", outcome="left_in_place"))
    assert status == 422
    assert "say why it was not booked" in page
    assert 'value="a wallet"' in page
    status, page = report(client)
    assert "Say at least one thing that the report names." in page


def test_more_lines_keep_what_was_typed(office: Office) -> None:
    client = office.as_("r.lane")
    status, page = report(client, line(0, description="a red jacket"), do="more")
    assert status == 200
    assert 'value="a red jacket"' in page
    assert 'name="form-TOTAL_FORMS" value="7"' in page
