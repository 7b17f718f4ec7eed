"""Filed with the court: recorded by whom may, told on the case's papers, and opened for the court, exactly that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.callers import caller
from tests.web.test_court import case_id
from tests.web.test_custody import hidden, item_id
from tests.web.test_defence import CASE, read

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

DAY = "2024-07-11"


def new_address() -> str:
    return f"/cases/{case_id()}/papers/with-the-court/new/"


def file_it(client: Client, item: int | None = None, **said: str) -> Any:
    address = f"{new_address()}?item={item}" if item is not None else new_address()
    return client.post(
        address, {**hidden(client, address), "way": "filed", "filed_on": DAY, **said}
    )


def filing_address(client: Client, words: str) -> str:
    page = read(client, f"/cases/{case_id()}/papers/")
    found = re.search(
        r'<a href="(/cases/\d+/papers/with-the-court/\d+/)">[^<]*' + re.escape(words), page
    )
    assert found, page
    return found[1]


def view(reason: str, by: str = "K. Ortiz", tag: str = "INV-001") -> int:
    from fullfile.server.actions.views import record_determination
    from fullfile.server.web.clock import now_ms

    return record_determination(
        case_number=CASE,
        agency="Sheriff",
        tag=tag,
        finding="exculpatory",
        reason=reason,
        by=by,
        actor=by,
        now_ms=now_ms(),
    )


def read_second(entry: int, reason: str) -> None:
    from fullfile.server.actions.views import record_second_reading
    from fullfile.server.web.clock import now_ms

    record_second_reading(
        entry,
        finding="exculpatory",
        reason=reason,
        looked_at=["object"],
        by="J. Soto",
        actor="J. Soto",
        now_ms=now_ms(),
    )


def test_reasons_of_determinations_open_once_filed_and_only_those(office: Office) -> None:
    clerk, judge = office.as_("c.webb"), office.as_("h.pike")
    item = item_id("INV-001")
    refused = file_it(clerk, item, paper="determinations:")
    assert refused.status_code == 422
    assert "no reason to file" in refused.content.decode()
    first = view("the firing pin was changed")
    refused = file_it(clerk, item, paper="determinations:")
    assert "wait for a second reader" in refused.content.decode()
    read_second(first, "I saw it too")
    assert "firing pin" not in read(judge, f"/court/{case_id()}/")
    done = file_it(clerk, item, paper="determinations:", detail="with the motion")
    assert done.status_code == 302, done.content.decode()
    address = filing_address(judge, "The reasons of the determinations of Sheriff INV-001")
    later = view("the hammer was worn", by="B. Frey")
    read_second(later, "worn indeed")
    page = read(judge, address)
    assert "the firing pin was changed" in page
    assert "I saw it too" in page
    assert "hammer" not in page  # thought later, and not filed
    assert "Filed with the court on July 11, 2024." in page
    assert address in read(judge, f"/court/{case_id()}/")
    assert address in read(judge, "/court/")
    assert "1 paper was filed with the court in the last 14 days" in read(judge, "/")


def test_who_knew_what_opens_as_the_record_had_it_then(office: Office) -> None:
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.web.clock import now_ms

    prosecutor, judge = office.as_("k.ortiz"), office.as_("h.pike")
    item = item_id("DOC-001", "Sheriff")
    assert judge.get(f"/items/{item}/knew/").status_code == 403
    assert f"?item={item}&amp;paper=knowledge:" in read(prosecutor, f"/items/{item}/knew/")
    done = file_it(prosecutor, item, paper="knowledge:", way="ordered", order="")
    assert "Say which order" in done.content.decode()
    done = file_it(
        prosecutor, item, paper="knowledge:", way="ordered", order="Order to produce", order_on=DAY
    )
    assert done.status_code == 302, done.content.decode()
    address = filing_address(judge, "The account of who knew what of Sheriff DOC-001")
    page = read(judge, address)
    assert "Put before the court on July 11, 2024, as it ordered." in page
    assert "Order to produce" in page
    assert "Every account" in page
    assert "Accounts that contradict each other, side by side" in page
    before = page.count("<tr>")
    data = {
        "agency": "Sheriff",
        "tag": "DOC-001",
        "person": "R. Later",
        "level": "exists",
        "known_from": "2024-05-01",
        "case_number": CASE,
    }
    with unit_of_work() as writer:
        writer.append([Draft("knowledge.recorded", "K. Ortiz", data)], now_ms=now_ms())
    assert "R. Later" in read(prosecutor, f"/items/{item}/knew/")
    again = read(judge, address)
    assert "R. Later" not in again
    assert again.count("<tr>") == before


def test_a_file_opens_once_filed_and_no_longer_once_withdrawn(office: Office) -> None:
    custodian, clerk, judge = office.as_("r.lane"), office.as_("c.webb"), office.as_("h.pike")
    item = item_id("INV-001")
    for name, content in (("left.txt", b"the left side"), ("right.txt", b"the right side")):
        where = f"/items/{item}/files/add/"
        sent = custodian.post(
            where,
            {**hidden(custodian, where), "use": "photo", "file": SimpleUploadedFile(name, content)},
        )
        assert sent.status_code == 302
    page = read(clerk, f"{new_address()}?item={item}")
    choices = dict(re.findall(r'value="(file:\d+)"[^>]*>\s*<label[^>]*>\s*([^<]+)', page))
    assert [words.split()[2] for words in choices.values()] == ["left.txt", "right.txt"], page
    left = next(value for value, words in choices.items() if "left.txt" in words)
    assert file_it(clerk, item, paper=left).status_code == 302
    again = file_it(clerk, item, paper=left, detail="again")
    assert "It stands as filed with the court on 2024-07-11" in again.content.decode()
    address = filing_address(judge, "A file of Sheriff INV-001")
    page = read(judge, address)
    assert "left.txt" in page
    assert "right.txt" not in page
    answer = judge.get(f"{address}file/")
    assert b"".join(answer.streaming_content) == b"the left side"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="left.txt"'
    entry = left.partition(":")[2]
    assert judge.get(f"/items/{item}/files/{entry}/").status_code == 403
    empty = clerk.post(
        f"{address}withdraw/", {**hidden(clerk, f"{address}withdraw/"), "reason": ""}
    )
    assert empty.status_code == 422
    done = clerk.post(
        f"{address}withdraw/",
        {**hidden(clerk, f"{address}withdraw/"), "reason": "the clerk of court gave it back"},
    )
    assert done.status_code == 302
    page = read(judge, address)
    assert "the clerk of court gave it back" in page
    assert "left.txt" not in page
    assert judge.get(f"{address}file/").status_code == 404
    assert "no longer stands" in read(clerk, f"/cases/{case_id()}/papers/")


def test_refused_with_every_reason(office: Office) -> None:
    clerk = office.as_("c.webb")
    item = item_id("INV-001")
    page = file_it(clerk, item, paper="knowledge:", filed_on="soon").content.decode()
    assert "Say on which day it was filed" in page
    page = file_it(clerk, item, paper="knowledge:", filed_on="2024-07").content.decode()
    assert "A filing has a day" in page
    page = file_it(
        clerk, item, paper="knowledge:", filed_on="2199-01-01", way="ordered"
    ).content.decode()
    assert "still to come" in page
    assert "Say which order" in page
    found = clerk.post(new_address(), {"do": "look", "tag": "no such tag"}, follow=True)
    assert "No item of this case has that tag" in found.content.decode()
    found = clerk.post(new_address(), {"do": "look", "tag": "inv-001"})
    assert found["Location"].endswith(f"?item={item}")
    from fullfile.core.errors import Refused
    from fullfile.core.papers.court import Kind
    from fullfile.server.actions.court_filings import file_with_court
    from fullfile.server.web.clock import now_ms

    with pytest.raises(Refused, match="bears on"):
        file_with_court(
            case=CASE,
            kind=Kind.KNEW,
            agency="Sheriff",
            tag=_elsewhere(),
            filed_on=DAY,
            by="C. Webb",
            actor="C. Webb",
            now_ms=now_ms(),
        )


def _elsewhere() -> str:
    """An item that bears on no case: booked now, under a report number of its own."""
    from fullfile.server.actions.booking import book_item
    from fullfile.server.web.clock import now_ms

    return book_item(
        agency="Sheriff",
        description="A key",
        booked_by="R. Lane",
        found_where="the yard",
        not_known=["collected_at"],
        uncounted=True,
        report_number="26-000778",
        actor="R. Lane",
        now_ms=now_ms(),
    ).tag


@pytest.mark.parametrize("account", ["r.lane", "d.marsh", "t.hill", "e.noor", "h.pike", "s.vale"])
def test_who_may_not(office: Office, account: str) -> None:
    assert office.as_(account).get(new_address()).status_code == 403


def test_counsel_sees_what_is_public_and_records_what_they_filed(office: Office) -> None:
    from fullfile.server.actions.papers import issue_schedule
    from fullfile.server.web.clock import now_ms

    counsel, clerk, judge = office.as_("e.noor"), office.as_("c.webb"), office.as_("h.pike")
    issued = issue_schedule(CASE, "Baldwin", by="K. Ortiz", copy="defence", now_ms=now_ms())
    assert issued.act is not None
    entry = issued.act.entry
    which = _client()
    early = file_it(clerk, paper=f"schedule:{entry}", filed_on="2024-01-01")
    assert "made later than that day" in early.content.decode()
    today = _today()
    sealed = file_it(clerk, item_id("INV-001"), paper="knowledge:", under_seal="on")
    assert sealed.status_code == 302
    page = read(counsel, f"/defence/{which}/papers/")
    assert "Filed with the court, about items" not in page
    assert file_it(clerk, item_id("INV-001"), paper="knowledge:", detail="2").status_code == 302
    page = read(counsel, f"/defence/{which}/papers/")
    assert "An account of who knew what of an item" in page
    assert "INV-001" not in page
    where = f"/defence/{which}/papers/{entry}/filed/"
    done = counsel.post(where, {**hidden(counsel, where), "filed_on": today})
    assert done.status_code == 302, done.content.decode()
    assert "by E. Noor" in read(counsel, f"/defence/{which}/papers/")
    address = filing_address(judge, "Schedule")
    page = read(judge, address)
    assert "E. Noor" in page
    assert f"/cases/{case_id()}/papers/signed/{entry}/" in page
    assert clerk.get(f"{address}withdraw/").status_code == 404  # counsel's own


def _client() -> int:
    from fullfile.server.store.grants import find_grant

    grant = find_grant("e.noor")
    assert grant is not None
    return [number for number, _name in grant.clients].index(CASE) + 1


def _today() -> str:
    from fullfile.server.web.clock import today

    return today().isoformat()


def test_the_same_by_the_api(office: Office) -> None:
    assert office.home.exists()
    clerk, judge = caller("c.webb"), caller("h.pike")
    here = f"/cases/{case_id()}/court-filings"
    first = view("the firing pin was changed")
    read_second(first, "I saw it too")
    said = {"paper": "determinations", "item_id": item_id("INV-001"), "filed_on": DAY}
    done = clerk.post(here, said)
    assert done.status_code == 201, done.content
    entry = done.json()["first"]
    assert judge.post(here, said).status_code == 403
    (row,) = judge.get(here).json()["rows"]
    assert (row["entry"], row["paper"], row["withdrawn"]) == (entry, "determinations", None)
    opened = judge.get(f"{here}/{entry}").json()
    assert [one["entry"] for one in opened["determinations"]] == row["of"]
    assert opened["determinations"][0]["reason"] == "the firing pin was changed"
    assert judge.get(f"{here}/{entry}/content").status_code == 404
    gone = clerk.post(f"{here}/{entry}/withdrawal", {"reason": "given back"})
    assert gone.status_code == 201
    assert clerk.post(f"{here}/{entry}/withdrawal", {"reason": "again"}).status_code == 409
    assert judge.get(f"{here}/{entry}").json()["determinations"] == []
    known = clerk.post(
        here, {"paper": "knowledge", "item_id": item_id("DOC-001"), "filed_on": DAY}
    ).json()["first"]
    assert judge.get(f"{here}/{known}").json()["accounts"]


def test_rebuilt_it_is_the_same(office: Office) -> None:
    from fullfile.server.queries.court_filings import filings_of_case
    from fullfile.server.store.rebuild import rebuild

    clerk = office.as_("c.webb")
    assert file_it(clerk, item_id("INV-001"), paper="knowledge:").status_code == 302
    before = filings_of_case(case_id())
    assert len(before) == 1
    rebuild()
    assert filings_of_case(case_id()) == before
