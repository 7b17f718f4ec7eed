"""The rooms of items: what each role reads of a list, of one item and its pages, and what it may record there."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

ROUNDS = "/items/1/"
REVOLVER = "/items/3/"
TRIAL = "?on=2024-07-10"


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def form_of(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    page = read(client, address)
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("once", "seen")}
    return {name: match[1] for name, match in found.items() if match is not None}


def sealed(tag: str) -> None:
    """Record that a court sealed an item."""
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.connections import item_id_of
    from fullfile.server.store.reading import read_entries
    from fullfile.server.store.tables import select

    item = item_id_of("Sheriff", tag)
    ((entry,),) = select(
        "SELECT min(entry) FROM items WHERE item_id = %s AND to_index IS NULL", [item]
    )
    (told,) = read_entries([entry])
    with unit_of_work() as writer:
        writer.append(
            [
                Draft(
                    told.type,
                    "the court's clerk",
                    {**told.data, "sealed": True},
                    source=told.source,
                    corrects=told.index,
                )
            ],
            now_ms=told.recorded_ms + 1_000,
        )


# The list.


def test_the_list_is_searched_by_tag_number_words_and_shelf(office: Office) -> None:
    client = office.as_("r.lane")
    assert "10 items." in read(client, "/items/")
    for words, many in (("inv-0", "8 items."), ("manila", "1 item."), ("vault 2", "4 items.")):
        sent = client.post("/items/", {"q": words})
        assert sent.status_code == 302
        assert words not in sent["Location"]
        page = read(client, sent["Location"])
        assert many in page, words
        assert f"“{words}”" in page
    sent = client.post("/items/", {"q": "SFSO-INV-2021-001"})
    assert "8 items." in read(client, sent["Location"])


def test_a_shelf_finds_nothing_for_whoever_may_not_know_it(office: Office) -> None:
    client = office.as_("k.ortiz")
    page = read(client, client.post("/items/", {"q": "vault 2"})["Location"])
    assert "No item matches." in page
    assert "vault 2" not in read(client, "/items/")
    assert "In the property room." in read(client, "/items/")


def test_filters_and_what_an_empty_list_says(office: Office) -> None:
    client = office.as_("r.lane")
    assert "1 item." in read(client, "/items/?bears=no")
    assert "SFSO-DOC-2024-001/1" in read(client, "/items/?bears=no")
    assert "9 items." in read(client, "/items/?bears=yes")
    assert "5 items." in read(client, "/items/?kind=object")
    assert "Nothing matches." in read(client, "/items/?what=out")
    assert "10 items." in read(client, "/items/?what=nonsense&agency=x&order=y&page=-1")


def test_each_agency_lists_its_own_and_a_court_what_bears_on_a_case(office: Office) -> None:
    assert "No item" in read(office.as_("t.hill"), "/items/")
    assert "DOC-001" not in read(office.as_("t.hill"), "/items/")
    court = read(office.as_("h.pike"), "/items/")
    assert "9 items." in court
    assert "SFSO-DOC-2024-001/1" not in court
    assert "vault 2" not in court
    for account in ("e.noor", "a.boone"):
        assert office.as_(account).get("/items/").status_code == 403


def test_the_list_is_exported_whole(office: Office) -> None:
    client = office.as_("r.lane")
    rows = json.loads(read(client, "/items/?format=json"))
    assert len(rows) == 10
    rounds = next(one for one in rows if one["tag"] == "DOC-001")
    assert rounds["held_since"] == "Mar 6, 2024"
    assert rounds["cases"] == "D-0101-CR-2023-00040; D-0101-CR-2024-00013"  # one matter
    assert read(client, "/items/?format=csv").splitlines()[0].startswith("agency,tag,description")


def test_a_page_of_the_list_asks_few_questions(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = office.as_("r.lane")
    for address in ("/items/", ROUNDS, f"{ROUNDS}custody/", f"{ROUNDS}holds/", f"{ROUNDS}record/"):
        with CaptureQueriesContext(connection) as asked:
            read(client, address)
        assert len(asked) <= 60, address
    client = office.as_("k.ortiz")
    for address in (ROUNDS, f"{ROUNDS}knew/", f"{ROUNDS}determinations/", "/record/entries/98/"):
        with CaptureQueriesContext(connection) as asked:
            read(client, address)
        assert len(asked) <= 60, address


# One item.


def test_the_item_on_the_day_of_the_trial(office: Office) -> None:
    page = read(office.as_("k.ortiz"), ROUNDS + TRIAL)
    assert "Not full in 2 cases." in page
    assert "Held 126 days, on no file." in page
    assert "3 holds stand" in page
    assert "Held all along, on no file, disclosed to nobody" in page
    assert "not on file: 126 days" in page
    assert "not disclosed: 126 days" in page
    assert "came after the conviction" in page
    assert "“nearly two dozen” and “a handful”" in page
    assert "It bears on this case because a determination names the case for it" in page
    assert "You are looking at July 10, 2024" in page


def test_no_act_stands_on_another_day(office: Office) -> None:
    client = office.as_("r.lane")
    assert "Check out" in read(client, REVOLVER)
    for days in (TRIAL, "?as_of=2026-12-31"):
        page = read(client, REVOLVER + days)
        assert "Check out" not in page
        assert "Back to today" in page


def test_a_day_that_is_none_is_said(office: Office) -> None:
    page = read(office.as_("k.ortiz"), f"{ROUNDS}?on=yesterday")
    assert "“yesterday” is no day" in page
    assert "Back to today" not in page


def test_before_the_record_knew_it_there_is_no_item(office: Office) -> None:
    page = read(office.as_("k.ortiz"), f"{ROUNDS}?as_of=2020-01-01", 404)
    assert "DOC-001" in page


def test_who_reads_shelves_grounds_views_and_suggestions(office: Office) -> None:
    custodian = read(office.as_("r.lane"), REVOLVER)
    assert "vault 2" in custodian
    prosecutor = read(office.as_("k.ortiz"), REVOLVER)
    assert "vault 2" not in prosecutor
    assert "In the property room." in prosecutor
    court = read(office.as_("h.pike"), REVOLVER)
    assert "vault 2" not in court
    assert "vault 2" in read(office.as_("s.vale"), REVOLVER)
    assert "It may belong to" in read(office.as_("k.ortiz"), ROUNDS)
    for account in ("r.lane", "h.pike", "s.vale"):
        page = read(office.as_(account), ROUNDS)
        assert "It may belong to" not in page
        assert "not a match" not in page
        assert "thinks it" not in page
    assert "1 determination is on record" in read(office.as_("h.pike"), ROUNDS)


def test_who_is_out_of_reach_gets_nothing(office: Office) -> None:
    for address in (ROUNDS, f"{ROUNDS}custody/", f"{ROUNDS}holds/", f"{ROUNDS}record/"):
        page = read(office.as_("t.hill"), address, 404)
        assert "DOC-001" not in page
        assert office.as_("a.boone").get(address).status_code == 403
    assert read(office.as_("k.ortiz"), "/items/999/", 404)


def test_sealed_stands_where_names_and_words_did(office: Office) -> None:
    sealed("INV-001")
    for account in ("r.lane", "s.vale"):
        client = office.as_(account)
        page = read(client, REVOLVER)
        assert "sealed" in page
        assert "Revolver" not in page
        assert "film set" not in page
        assert "Full" in page
        assert "Held since" in page
        assert "Revolver" not in read(client, "/items/")
        assert "10 items." in read(client, "/items/") or account == "s.vale"
        assert "film set" not in read(client, f"{REVOLVER}custody/")
    assert "Revolver" in read(office.as_("k.ortiz"), REVOLVER)


def test_the_acts_are_those_of_the_role(office: Office) -> None:
    custodian = read(office.as_("r.lane"), REVOLVER)
    for words in ("Check out", "Transfer", "Ask to release"):
        assert words in custodian
    prosecutor = read(office.as_("k.ortiz"), REVOLVER)
    assert "Check out" not in prosecutor
    assert "Set aside for this case" in prosecutor
    assert "Set aside for this case" not in custodian


# Custody, who knew, record.


def test_the_chain_says_both_times_and_is_exported(office: Office) -> None:
    client = office.as_("k.ortiz")
    page = read(client, f"{ROUNDS}custody/")
    assert "5 steps are on record." in page
    steps = page[page.index("<tbody>") :]
    assert steps.index("examined") < steps.index("booked")
    assert "recorded November" in page or "recorded " in page
    assert "Released by (name, signature)" in page
    rows = json.loads(read(client, f"{ROUNDS}custody/?format=json"))
    assert [one["what"] for one in rows][:2] == ["examined", "unsealed"]
    assert read(client, f"{ROUNDS}custody/?on=2024-03-05").count("<tr>") < page.count("<tr>")


def test_a_correction_stands_above_the_struck_row(office: Office) -> None:
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.reading import read_entries

    (told,) = read_entries([66])
    data = {**told.data, "reason": "handed in at the counter"}
    with unit_of_work() as writer:
        writer.append(
            [Draft(told.type, "R. Lane", data, source=told.source, corrects=66)],
            now_ms=told.recorded_ms + 1_000,
        )
    page = read(office.as_("k.ortiz"), f"{ROUNDS}custody/")
    assert "1 struck row stands" in page
    assert page.index("handed in at the counter") < page.index("handed in by a member")
    assert "corrects entry 66" in page
    assert "ff-struck" in page


def test_who_knew_with_the_days_between(office: Office) -> None:
    client = office.as_("k.ortiz")
    page = read(client, f"{ROUNDS}knew/")
    assert "10 persons on record knew of it or denied it." in page
    assert "Up to 127 days the State knew and the defence in State of New Mexico v. Baldwin" in page
    assert "denies: Mar 2024" in page
    assert "Prosecution" in page
    assert 'id="k-exists"' in page
    early = read(client, f"{ROUNDS}knew/?on=2024-03-10")
    assert "Up to" not in early
    rows = json.loads(read(client, f"{ROUNDS}knew/?format=json"))
    assert any(one["denied"] for one in rows)
    assert office.as_("r.lane").get(f"{ROUNDS}knew/").status_code == 403
    assert office.as_("h.pike").get(f"{ROUNDS}knew/").status_code == 403
    assert "10 persons" in read(office.as_("s.vale"), f"{ROUNDS}knew/")


def test_every_entry_about_an_item_has_its_proof(office: Office) -> None:
    client = office.as_("r.lane")
    page = read(client, f"{REVOLVER}record/")
    rows = json.loads(read(client, f"{REVOLVER}record/?format=json"))
    assert f"{len(rows)} entries of the record are about this item." in page
    assert "/record/entries/57/proof/" in page
    assert client.get("/record/entries/57/proof/").status_code == 200


# Determinations.


def test_the_second_reader_answers_before_the_first_opens(office: Office) -> None:
    client = office.as_("k.ortiz")
    for address in (ROUNDS, f"{ROUNDS}determinations/", f"{ROUNDS}determinations/98/"):
        page = read(client, address)
        assert "not a match" not in page, address
    assert "not a match" not in read(client, "/record/entries/98/")
    address = f"{ROUNDS}determinations/98/"
    empty = client.post(address, form_of(client, address))
    assert empty.status_code == 422
    assert "Give a reason." in empty.content.decode()
    said = {
        **form_of(client, address),
        "finding": "exculpatory",
        "reason": "The primers look like those of the live rounds.",
        "looked_at": ["object", "report"],
    }
    sent = client.post(address, said)
    assert sent.status_code == 302
    page = read(client, sent["Location"])
    assert "Both answers stand side by side now. Recorded as entr" in page
    assert "not a match" in page
    assert "The primers look like" in page
    assert "Disagreed" in page
    again = client.post(address, said)
    assert "not a match" not in again.content.decode()
    assert "K. Ortiz" in read(client, f"{ROUNDS}knew/")


def test_a_first_reading_counts_for_nothing_yet(office: Office) -> None:
    client = office.as_("k.ortiz")
    address = f"{REVOLVER}determine/1/"
    page = read(client, address)
    assert "never takes an item off the list" in page
    said = {
        **form_of(client, address),
        "finding": "no_evidentiary_value",
        "reason": "It was unloaded.",
        "looked_at": ["picture"],
    }
    assert client.post(address, said).status_code == 302
    mine = read(client, f"{REVOLVER}determinations/")
    assert "It was unloaded." in mine
    assert "Read it second" not in mine
    other = office.as_("b.frey")
    theirs = read(other, f"{REVOLVER}determinations/")
    assert "It was unloaded." not in theirs
    assert "Read it second" in theirs
    assert "It was unloaded." not in read(other, REVOLVER)
    assert office.as_("r.lane").get(f"{REVOLVER}determinations/").status_code == 403
    assert office.as_("c.webb").get(address).status_code == 403


def test_ones_own_view_is_read_second_by_somebody_else(office: Office) -> None:
    from fullfile.server.queries.readings import readings_of

    client = office.as_("k.ortiz")
    address = f"{REVOLVER}determine/1/"
    said = {"finding": "mitigating", "reason": "Worn.", "looked_at": ["object"]}
    client.post(address, form_of(client, address) | said)
    (view,) = readings_of("Sheriff", "INV-001", "D-0101-CR-2024-00013", reader="K. Ortiz")
    page = read(client, f"{REVOLVER}determinations/{view.entry}/")
    assert "You made the first determination, so someone else reads second." in page
    assert '<form class="usa-form' not in page


# Setting aside.


def test_setting_aside_takes_two(office: Office) -> None:
    client = office.as_("k.ortiz")
    address = f"{ROUNDS}aside/1/"
    refused = client.post(address, form_of(client, address))
    assert refused.status_code == 422
    assert "Give a reason." in refused.content.decode()
    said = {**form_of(client, address), "reason": "A duplicate of item 7."}
    assert client.post(address, said).status_code == 302
    page = read(client, ROUNDS)
    assert "K. Ortiz wants this set aside" in page
    assert "Unfiled" in page
    own = page.split("Confirm, or leave it")[0].rsplit('href="', 1)[1].split('"')[0]
    form = form_of(client, own)
    same = client.post(own, form)
    assert same.status_code == 422
    assert "There is a problem" in same.content.decode()
    second = office.as_("j.soto")
    assert second.post(own, form_of(second, own)).status_code == 302
    page = read(second, ROUNDS)
    assert "Set aside for this case by K. Ortiz and J. Soto" in page
    assert second.get(own).status_code in (200, 404)


# Holds.


def test_holds_are_placed_by_some_and_lifted_by_others(office: Office) -> None:
    prosecutor = office.as_("k.ortiz")
    assert "9 holds stand" in read(prosecutor, f"{REVOLVER}holds/")
    address = f"{REVOLVER}holds/place/"
    said = {**form_of(prosecutor, address), "hold": "letter-7", "reason": "Asked by letter 7."}
    assert prosecutor.post(address, said).status_code == 302
    page = read(prosecutor, f"{REVOLVER}holds/")
    assert "10 holds stand" in page
    assert "Recorded as entry" not in read(prosecutor, f"{REVOLVER}holds/")
    assert ">Lift<" not in page
    twice = prosecutor.post(
        address, form_of(prosecutor, address) | {"hold": "letter-7", "reason": "x"}
    )
    assert twice.status_code == 422
    assert "stands there already" in twice.content.decode()

    supervisor = office.as_("j.soto")
    page = read(supervisor, f"{REVOLVER}holds/")
    assert "letter-7" not in page.split("<main")[0]
    lift = _lift_address(page, "Asked by letter 7.")
    assert "letter-7" not in lift
    shown = read(supervisor, lift)
    assert "Lift the hold:" in shown
    assert "These would still be held" in shown
    assert supervisor.post(lift, form_of(supervisor, lift)).status_code == 422
    done = supervisor.post(
        lift, form_of(supervisor, lift) | {"reason": "The letter was withdrawn."}
    )
    assert done.status_code == 302
    assert "9 holds stand" in read(supervisor, f"{REVOLVER}holds/")
    assert supervisor.get(lift).status_code == 404
    assert prosecutor.get(lift).status_code == 403


def _lift_address(page: str, words: str) -> str:
    row = page.split(words)[1].split("</tr>", maxsplit=1)[0]
    return row.split('<td class="ff-no-print"><a href="')[1].split('"')[0]


def test_what_a_lifting_would_do_is_said_before(office: Office) -> None:
    from datetime import UTC, datetime

    from fullfile.core.ids import utc_ms
    from fullfile.server.queries.lifting import foresee_lift

    name = "window:D-0101-CR-2023-00040"
    then = foresee_lift(name, by="J. Soto", now_ms=utc_ms(datetime(2025, 1, 1, tzinfo=UTC)))
    assert any("is not lifted yet" in one for one in then.refusals)
    assert then.still_held  # with an order of the court it would be lifted, and these stay held
    assert foresee_lift(name, by="J. Soto").refusals == ()
    assert foresee_lift("no such hold", by="J. Soto").refusals
    supervisor = office.as_("j.soto")
    shown = read(supervisor, _lift_address(read(supervisor, f"{REVOLVER}holds/"), "ways back"))
    assert "These would still be held" in shown


# Files.


def test_a_file_is_kept_as_it_came_and_given_out_checked(office: Office) -> None:
    client = office.as_("r.lane")
    assert "No file of it was added yet." in read(client, f"{REVOLVER}files/")
    address = f"{REVOLVER}files/add/"
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    sent = client.post(
        address,
        form_of(client, address)
        | {"use": "photo", "file": SimpleUploadedFile("left side.png", picture)},
    )
    assert sent.status_code == 302, sent.content.decode()
    page = read(client, f"{REVOLVER}files/")
    assert "Recorded as entry" in page
    assert hashlib.sha256(picture).hexdigest() in page
    link = page.split('<th scope="row"><a href="')[1].split('"')[0]
    answer = client.get(link)
    assert b"".join(answer.streaming_content) == picture  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="left side.png"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "left side.png" in read(office.as_("k.ortiz"), f"{REVOLVER}files/")
    assert office.as_("k.ortiz").get(link).status_code == 200
    for account in ("h.pike", "s.vale", "e.noor", "a.boone"):
        assert office.as_(account).get(link).status_code == 403
    assert office.as_("t.hill").get(link).status_code == 404
    assert client.get(link.replace("/items/3/", "/items/4/")).status_code == 404
    copy = {"use": "photo", "file": SimpleUploadedFile("copy.png", picture)}
    again = client.post(address, form_of(client, address) | copy)
    assert again.status_code == 409
    assert "This was already recorded" in again.content.decode()
    copy = {"use": "photo", "file": SimpleUploadedFile("copy.png", picture)}
    again = client.post(address, form_of(client, address) | copy | {"it_is_another": "yes"})
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_what_is_no_evidence_is_refused_with_a_sentence(office: Office) -> None:
    client = office.as_("r.lane")
    address = f"{REVOLVER}files/add/"
    nothing = client.post(address, form_of(client, address))
    assert nothing.status_code == 422
    assert "Choose a file." in nothing.content.decode()
    program = SimpleUploadedFile("run.exe", b"MZ" + b"\0" * 400)
    refused = client.post(address, form_of(client, address) | {"use": "other", "file": program})
    assert refused.status_code == 422
    assert "does not take (program)" in refused.content.decode()


def test_days_are_read_as_days() -> None:
    from django.test import RequestFactory

    from fullfile.server.web.days import days_of

    days = days_of(RequestFactory().get("/items/1/?on=2024-07-10"))
    assert days.on == date(2024, 7, 10)
    assert days.another
    assert days.query == "?on=2024-07-10"
    assert not days_of(RequestFactory().get("/items/1/")).another


@pytest.mark.parametrize("page", ["", "custody/", "knew/", "determinations/", "holds/", "record/"])
def test_no_page_has_an_inline_script_or_style(office: Office, page: str) -> None:
    words = read(office.as_("k.ortiz"), f"{ROUNDS}{page}")
    assert " style=" not in words
    assert "<script>" not in words
    assert "onclick" not in words
