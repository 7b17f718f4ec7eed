"""The room of papers: productions, withholdings, schedules, certificates; what each role gets, and every refusal."""

from __future__ import annotations

import io
import re
import time
import zipfile
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.entries import Draft

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

BALDWIN = "D-0101-CR-2024-00013"
DOE = "D-9-1"


def words_of(answer: Any) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))).strip()


def papers_at(number: str = BALDWIN) -> str:
    """The address of a case's papers."""
    from fullfile.server.store.connections import case_id_of

    return f"/cases/{case_id_of(number)}/papers/"


def record_item(tag: str) -> None:
    """An item of the sheriff, on the file of Doe's case."""
    from fullfile.server.store.append import unit_of_work

    named = {"agency": "Sheriff", "tag": tag}
    item = {**named, "description": f"Bag {tag}", "booked_at": "2026-01-10"}
    filing = {**named, "case_number": DOE, "filed_at": "2026-01-20", "filed_by": "K. Ortiz"}
    with unit_of_work() as writer:
        writer.append(
            [
                Draft("item.recorded", "R. Lane", item),
                Draft("filing.recorded", "K. Ortiz", filing),
            ],
            now_ms=time.time_ns() // 1_000_000,
        )


def open_case(*defendants: str) -> str:
    """A case in which two items of the sheriff are on the file and owed to everybody; the address of its papers."""
    from fullfile.server.actions.docket import NewDefendant
    from fullfile.server.actions.docket import open_case as act

    act(
        DOE,
        jurisdiction="us-nm",
        by="K. Ortiz",
        now_ms=time.time_ns() // 1_000_000,
        title="State v. Doe",
        opened_on="2026-01-05",
        defendants=[NewDefendant(name=name) for name in defendants or ("Doe",)],
    )
    for tag in ("P-1", "P-2"):
        record_item(tag)
    return papers_at(DOE)


def hidden(answer: Any) -> dict[str, str]:
    """The one-time number of a form, and the size seen; the last form of the page that has them."""
    page = answer.content.decode()
    found = {}
    for name in ("once", "seen"):
        values = re.findall(rf'name="{name}" value="([^"]+)"', page)
        assert values, f"no form with {name} on this page"
        found[name] = values[-1]
    return found


def send(client: Client, address: str, **said: Any) -> Any:
    """Open a page with a form, fill it in, send it."""
    return client.post(address, {**hidden(client.get(address)), **said})


def read_production(entry: int) -> Any:
    from fullfile.server.queries.productions import production_of_entry

    return production_of_entry(entry)


def draft(client: Client) -> tuple[str, int]:
    """A production of all that is owed to Doe: its address, the entry that drafted it."""
    answer = send(client, f"{open_case()}productions/new/", defendants=["1"])
    assert answer.status_code == 302, words_of(answer)
    return answer["Location"], int(answer["Location"].rstrip("/").rpartition("/")[2])


def closed(client: Client) -> tuple[str, int]:
    address, entry = draft(client)
    answer = send(client, f"{address}close/")
    assert answer.status_code == 302, words_of(answer)
    return address, entry


def state_fields(answer: Any) -> list[str]:
    return re.findall(r'<textarea name="(state_[0-9a-f]+)"', answer.content.decode())


# The list


def test_the_list_says_what_went_out_and_what_waits(office: Office) -> None:
    answer = office.as_("k.ortiz").get(papers_at())
    words = words_of(answer)
    assert answer.status_code == 200
    assert "1 production went out." in words
    assert (
        "1 item was disclosed without a production number." in words
    )  # of which two accounts stand
    assert "Served by another system" in words
    assert "Production 1" in words
    assert "Nothing is withheld on record" in words
    assert "No certificate was signed" in words
    assert "Draft a production" in words
    assert "Withhold an item" in words


def test_on_another_day_nothing_can_be_done(office: Office) -> None:
    client = office.as_("k.ortiz")
    draft(client)
    words = words_of(client.get(f"{papers_at(DOE)}?on=2026-02-10"))
    assert "You are looking at" in words
    assert "Nothing can be changed here" in words
    assert "Draft a production" not in words
    assert "Withhold an item" not in words
    assert "Draft for Doe" not in words


@pytest.mark.parametrize("account", ["r.lane", "t.hill", "e.noor", "s.vale", "a.boone"])
def test_who_has_no_right_to_papers_is_refused(office: Office, account: str) -> None:
    assert office.as_(account).get(papers_at()).status_code == 403


def test_the_court_reads_what_was_given_out_and_no_draft(office: Office) -> None:
    address, entry = draft(office.as_("c.webb"))
    court = office.as_("h.pike")
    words = words_of(court.get(papers_at(DOE)))
    assert "Draft for Doe" not in words
    assert "Draft a production" not in words
    assert court.get(address).status_code == 404
    assert court.get(f"{papers_at(DOE)}certificates/1/").status_code == 404
    assert court.get(f"{papers_at(DOE)}schedules/1/").status_code == 404
    assert court.get(f"{papers_at(DOE)}productions/new/").status_code == 403
    assert court.get(f"/productions/{entry}/").status_code in (302, 404)


# Productions


def test_a_production_from_draft_to_receipt(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, entry = draft(clerk)
    page = clerk.get(address)
    words = words_of(page)
    many = len(read_production(entry).lines)
    assert many
    assert f"Draft, {many} item" in words
    assert "Number and close" in words
    assert "Recorded as entry" in words

    answer = send(clerk, f"{address}close/")
    assert answer.status_code == 302
    assert answer["Location"] == address
    production = read_production(entry)
    words = words_of(clerk.get(address))
    assert production.number is not None
    assert f"Production {production.number} for Doe" in words
    assert "Closed" in words
    assert "Serve on counsel" in words
    assert "Leave out" not in words

    shown = clerk.get(f"{address}serve/")
    assert f"Serve {many} on Doe" in words_of(shown)
    assert "cannot be taken back" in words_of(shown)
    answer = send(clerk, f"{address}serve/", way="portal", on_1="DC-1")
    assert answer.status_code == 302, words_of(answer)
    words = words_of(clerk.get(address))
    assert "served on DC-1" in words
    assert "by the portal" in words
    assert "no receipt" in words

    answer = send(
        clerk, f"{address}receipt/", defendant=next(iter(production.defendants)), by="DC-1"
    )
    assert answer.status_code == 302, words_of(answer)
    words = words_of(clerk.get(address))
    assert "receipt claimed: DC-1" in words
    assert "signed by" not in words
    assert f"Production {production.number} for Doe" in words_of(
        office.as_("h.pike").get(papers_at(DOE))
    )


def test_twice_sent_is_recorded_once(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, entry = closed(clerk)
    said = {**hidden(clerk.get(f"{address}serve/")), "way": "media", "on_1": "DC-1"}
    assert clerk.post(f"{address}serve/", said).status_code == 302
    served = read_production(entry).served
    assert clerk.post(f"{address}serve/", said).status_code == 302
    assert "Nothing was recorded twice" in words_of(clerk.get(address))
    assert read_production(entry).served == served


def test_a_draft_is_not_served_and_nothing_is_drafted_for_nobody(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, entry = draft(clerk)
    page = clerk.get(f"{address}serve/")
    assert "A draft is not served: number and close it first." in words_of(page)
    with pytest.raises(AssertionError, match="no form"):
        hidden(page)
    answer = send(clerk, f"{papers_at(DOE)}productions/new/")
    assert answer.status_code == 422
    assert "Choose at least one." in words_of(answer)
    assert not read_production(entry).served


def test_an_item_goes_in_another_form_or_is_left_out_with_a_reason(office: Office) -> None:
    from fullfile.server.store.connections import item_id_of

    clerk = office.as_("c.webb")
    address, entry = draft(clerk)
    line = read_production(entry).lines[0]
    item = f"{address}items/{item_id_of(line.agency, line.tag)}/"
    answer = send(clerk, item, extent="redacted")
    assert answer.status_code == 422
    assert "say what of it does" in words_of(answer)
    answer = send(clerk, item, extent="redacted", what="without the address")
    assert answer.status_code == 302, words_of(answer)
    assert "redacted: without the address" in words_of(clerk.get(address))

    assert send(clerk, f"{item}out/", reason="").status_code == 422
    answer = send(clerk, f"{item}out/", reason="Its own order is awaited")
    assert answer.status_code == 302, words_of(answer)
    words = words_of(clerk.get(address))
    assert "C. Webb: “Its own order is awaited”. It stays owed." in words
    assert line.item not in {one.item for one in read_production(entry).lines}

    assert send(clerk, item, extent="whole").status_code == 302
    assert line.item in {one.item for one in read_production(entry).lines}


def test_who_closes_a_draft_that_changed_meanwhile_is_told(office: Office) -> None:
    from fullfile.server.store.connections import item_id_of

    clerk, prosecutor = office.as_("c.webb"), office.as_("k.ortiz")
    address, entry = draft(clerk)
    seen = hidden(clerk.get(f"{address}close/"))
    line = read_production(entry).lines[0]
    out = f"{address}items/{item_id_of(line.agency, line.tag)}/out/"
    assert send(prosecutor, out, reason="It waits for a ruling").status_code == 302
    answer = clerk.post(f"{address}close/", seen)
    assert answer.status_code == 422
    assert "K. Ortiz recorded something about Draft" in words_of(answer)
    assert "Nothing of yours was saved" in words_of(answer)
    assert read_production(entry).closed is None


def test_counsel_cannot_open_it_and_the_service_stands(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, entry = closed(clerk)
    who = next(iter(read_production(entry).defendants))
    send(clerk, f"{address}serve/", way="portal", on_1="DC-1")
    answer = send(clerk, f"{address}not-opened/", defendant=who, by="DC-1", what="The recording")
    assert answer.status_code == 302, words_of(answer)
    words = words_of(clerk.get(address))
    assert "Serving again would not help" in words
    assert "The recording" in words
    assert send(clerk, f"{address}not-opened/", defendant=who, by="DC-1").status_code == 422


def test_a_package_is_a_zip_and_only_of_what_is_closed(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, _entry = draft(clerk)
    assert clerk.get(f"{address}package/1/").status_code == 409
    send(clerk, f"{address}close/")
    answer = clerk.get(f"{address}package/1/")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        assert any(name.endswith("manifest-sha256.txt") for name in package.namelist())
    assert clerk.get(f"{address}package/9/").status_code == 404
    assert office.as_("j.soto").get(f"{address}package/1/").status_code == 403
    printed = words_of(clerk.get(f"{address}print/1/"))
    assert "Signing does not say that it is complete." in printed
    assert "List" in printed


def test_a_label_of_a_production_leads_to_its_page(office: Office) -> None:
    clerk = office.as_("c.webb")
    address, entry = draft(clerk)
    assert clerk.get(f"/productions/{entry}/")["Location"] == address
    assert clerk.get("/productions/1/").status_code == 404
    assert clerk.get(address.replace(str(entry), "1")).status_code == 404


# Withholdings


def ground_ids() -> list[str]:
    from fullfile.server.queries.case_papers import grounds_of
    from fullfile.server.store.overview import get_head

    return [one.id for one in grounds_of("us-nm", get_head().size)]


def test_an_item_is_withheld_announced_and_released(office: Office) -> None:
    from fullfile.server.queries.case_papers import grounds_of
    from fullfile.server.store.overview import get_head

    client = office.as_("k.ortiz")
    new = f"{open_case()}withholdings/new/"
    grounds = grounds_of("us-nm", get_head().size)
    strict = next(one for one in grounds if one.order == "needed")
    answer = send(client, new, item="P-1", ground=strict.id, defendant="1")
    assert answer.status_code == 422
    assert "asks for an order of the court" in words_of(answer)
    answer = send(
        client,
        new,
        item="P-1",
        ground=strict.id,
        defendant="1",
        order="Order of the court",
        order_on="2026-02-12",
        announced_at="2026-02-12",
        withheld_at="2026-02-12",
    )
    assert answer.status_code == 302, words_of(answer)
    address = answer["Location"]
    assert strict.cite in words_of(client.get(address))

    answer = send(client, f"{address}announce/", words="One report, under an order")
    assert answer.status_code == 302, words_of(answer)
    assert "“One report, under an order”" in words_of(client.get(papers_at(DOE)))
    assert "“One report, under an order”" in words_of(client.get(address))

    answer = send(client, f"{address}end/", until="2026-03-01")
    assert answer.status_code == 302, words_of(answer)
    assert "Mar 1, 2026" in words_of(client.get(papers_at(DOE)))


def test_an_unknown_item_is_named_with_the_nearest(office: Office) -> None:
    client = office.as_("k.ortiz")
    answer = send(client, f"{open_case()}withholdings/new/", item="P-l", ground=ground_ids()[0])
    assert answer.status_code == 422
    words = words_of(answer)
    assert "No item of this case has the tag “P-l”" in words
    assert "P-1" in words
    assert office.as_("c.webb").get(f"{papers_at(DOE)}withholdings/new/").status_code == 403
    assert client.get(f"{papers_at(DOE)}withholdings/1/").status_code == 404


# Schedules


def test_a_schedule_is_issued_and_stays(office: Office) -> None:
    client = office.as_("k.ortiz")
    address = f"{papers_at()}schedules/1/"
    words = words_of(client.get(address))
    assert "It was not issued yet." in words
    assert "Issue " in words
    answer = send(client, address, layout="schedule")
    assert answer.status_code == 302, words_of(answer)
    listed = client.get(papers_at())
    assert "Schedule 1 for Baldwin" in words_of(listed)
    assert "Recorded as entry" in words_of(listed)
    paper = re.search(r'href="([^"]+/papers/signed/\d+/)"', listed.content.decode())
    assert paper
    page = client.get(paper[1])
    assert "Schedule" in words_of(page)
    assert "default-src 'none'" in page["Content-Security-Policy"]
    pdf = client.get(f"{paper[1]}?format=pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert "issued 1 time" in words_of(client.get(address))
    assert "Copy for the court" in words_of(office.as_("h.pike").get(paper[1]))
    assert client.get(f"{papers_at()}schedules/7/").status_code == 404
    assert client.get(f"{papers_at()}signed/1/").status_code == 404


# Certificates


def test_a_certificate_is_refused_naming_each_line_then_signed_by_two(office: Office) -> None:
    from fullfile.server.queries.papers import ask_certificate

    address = f"{papers_at()}certificates/1/"
    client = office.as_("k.ortiz")
    open_ones = ask_certificate(BALDWIN, "Baldwin").certificate.refusals
    page = client.get(address)
    words = words_of(page)
    assert "It cannot be signed." in words
    assert f"{len(open_ones)} things are neither" in words
    fields = state_fields(page)
    assert len(fields) == len(open_ones) >= 3

    answer = client.post(address, {**hidden(page), "read": "on", "inquiries": "on"})
    assert answer.status_code == 422
    refused = words_of(answer)
    for one in open_ones:
        assert f"Neither put right nor stated: {one.sentence}" in refused
    assert "No certificate was signed" in words_of(client.get(papers_at()))

    stated = dict.fromkeys(fields, "It is stated in open court")
    answer = client.post(address, {**hidden(page), **stated})
    assert answer.status_code == 422
    assert "Read the list, and say so." in words_of(answer)
    assert "It is stated in open court" in words_of(answer)
    answer = client.post(address, {**hidden(page), **stated, "read": "on", "inquiries": "on"})
    assert answer.status_code == 302, words_of(answer)
    words = words_of(client.get(address))
    assert "K. Ortiz signed first" in words
    assert "someone else signs second" in words
    with pytest.raises(AssertionError, match="no form"):
        hidden(client.get(f"{address}second/"))
    assert "One signature" in words_of(client.get(papers_at()))

    other = office.as_("j.soto")
    words = words_of(other.get(f"{address}second/"))
    assert "“It is stated in open court”" in words
    assert "cannot be taken back" in words
    assert send(other, f"{address}second/").status_code == 422
    answer = send(other, f"{address}second/", read="on")
    assert answer.status_code == 302, words_of(answer)
    listed = other.get(papers_at())
    assert "Certificate 1 for Baldwin" in words_of(listed)
    assert "K. Ortiz, J. Soto" in words_of(listed)
    paper = re.search(r'href="([^"]+/papers/signed/\d+/)"', listed.content.decode())
    assert paper
    assert "It is stated in open court" in words_of(other.get(paper[1]))
    assert other.get(f"{paper[1]}?format=pdf").content.startswith(b"%PDF")
    assert "supplemental" in words_of(client.get(address))


def test_a_line_that_changes_stops_both_signatures(office: Office) -> None:
    client, other = office.as_("k.ortiz"), office.as_("j.soto")
    address = f"{open_case()}certificates/1/"
    promises = {"read": "on", "inquiries": "on"}
    page = client.get(address)
    fields = state_fields(page)
    record_item("P-3")
    answer = client.post(address, {**hidden(page), **dict.fromkeys(fields, "Stated"), **promises})
    assert answer.status_code == 422
    assert "The record has grown since you opened this: 1 new exception" in words_of(answer)
    assert len(state_fields(answer)) == len(fields) + 1
    stated = dict.fromkeys(state_fields(answer), "Stated")
    answer = client.post(address, {**hidden(answer), **stated, **promises})
    assert answer.status_code == 302, words_of(answer)

    page = other.get(f"{address}second/")
    record_item("P-4")
    answer = other.post(f"{address}second/", {**hidden(page), "read": "on"})
    assert answer.status_code == 422
    words = words_of(answer)
    assert "The record has changed since" in words
    assert "Sheriff P-4: new" in words
    assert "No certificate was signed" in words_of(other.get(papers_at(DOE)))


def test_a_line_that_stands_otherwise_is_read_again(office: Office) -> None:
    """Stated for what it was, it is not signed for what it is now."""
    client = office.as_("k.ortiz")
    address = f"{open_case()}certificates/1/"
    page = client.get(address)
    stated = dict.fromkeys(state_fields(page), "Stated")
    clerk = office.as_("c.webb")
    made = send(clerk, f"{papers_at(DOE)}productions/new/", defendants=["1"])["Location"]
    send(clerk, f"{made}close/")
    assert send(clerk, f"{made}serve/", way="media", on_1="DC-7").status_code == 302
    answer = client.post(address, {**hidden(page), **stated, "read": "on", "inquiries": "on"})
    assert answer.status_code == 422
    assert "The record has grown since you opened this" in words_of(answer)
    again = dict.fromkeys(state_fields(answer), "Served after it was due")
    answer = client.post(address, {**hidden(answer), **again, "read": "on", "inquiries": "on"})
    assert answer.status_code == 302, words_of(answer)


def test_a_clerk_reads_what_stands_in_the_way_and_cannot_sign(office: Office) -> None:
    clerk = office.as_("c.webb")
    address = f"{papers_at()}certificates/1/"
    page = clerk.get(address)
    assert "It cannot be signed." in words_of(page)
    assert "A prosecutor or supervisor can sign this." in words_of(page)
    assert state_fields(page) == []
    clerk.post(address, {"once": "x", "seen": "1", "read": "on", "inquiries": "on"})
    assert "No certificate was signed" in words_of(clerk.get(papers_at()))
    assert clerk.get(f"{address}second/").status_code == 403


def test_who_must_show_again_who_they_are_keeps_what_they_typed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fullfile.server.web.papers import certifying

    client = office.as_("k.ortiz")
    address = f"{papers_at()}certificates/1/"
    page = client.get(address)
    name = state_fields(page)[0]
    monkeypatch.setattr(certifying, "is_confirmed", lambda _request: False)
    answer = client.post(address, {**hidden(page), name: "A long reason"})
    assert answer.status_code == 302
    words = words_of(client.get(address))
    assert "What you typed is still here" in words
    assert "A long reason" in words
    assert "A long reason" not in words_of(client.get(address))


def test_serve_these_on_the_board_begins_a_draft_of_just_these(office: Office) -> None:
    prosecutor = office.as_("k.ortiz")
    board = open_case("Doe", "Roe").removesuffix("papers/")
    record_item("P-3")
    links = re.findall(
        r'href="([^"]+/productions/new/\?[^"]+)"', unescape(prosecutor.get(board).content.decode())
    )
    assert links
    page = prosecutor.get(links[0])
    assert "3 items were chosen on the board." in words_of(page)
    ids = re.findall(r'name="items" value="(\d+)"', page.content.decode())
    assert len(ids) == 3
    said = {**hidden(page), "items": ids[:2], "defendants": ["2"]}
    answer = prosecutor.post(links[0], said)
    assert answer.status_code == 302, words_of(answer)
    production = read_production(int(answer["Location"].rstrip("/").rpartition("/")[2]))
    assert list(production.defendants.values()) == ["Roe"]
    assert len(production.lines) == 2
