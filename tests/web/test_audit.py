"""The auditor: every act and no evidence; what lacks a second name; a sample that is drawn again; the weekly review."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from tests.web.test_counting import open_one, scan, stand

if TYPE_CHECKING:
    from tests.web.conftest import Office

PATHS = (
    "/audit/",
    "/audit/acts/",
    "/audit/door/",
    "/audit/releases/",
    "/audit/overrides/",
    "/audit/accounts/",
    "/audit/sample/",
    "/audit/review/",
    "/audit/report/",
)


def text_of(office: Office, path: str, who: str = "s.vale") -> str:
    answer = office.as_(who).get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("who", ["k.ortiz", "a.boone", "e.noor", "h.pike", "j.soto", "r.lane"])
def test_the_room_is_the_auditors(office: Office, who: str) -> None:
    client = office.as_(who)
    assert {client.get(path).status_code for path in PATHS} == {403}


def test_the_overview_says_what_to_look_at(office: Office) -> None:
    page = text_of(office, "/audit/")
    assert "No check has found anything wrong" in page
    assert "Nobody has looked through the acts yet" in page
    assert re.search(r"\d+ acts", page)


def test_the_last_check_of_the_whole_record_is_told_with_its_result(office: Office) -> None:
    from fullfile.server.store.check import check_record
    from fullfile.server.store.last_check import LastCheck, keep_check
    from fullfile.server.store.overview import get_head

    for path in ("/audit/", "/audit/report/"):
        assert "has not been checked in this home yet" in text_of(office, path)
    assert check_record().ok
    for path in ("/audit/", "/audit/report/"):
        page = text_of(office, path)
        assert f"All {get_head().size:,} were checked on " in page
        assert "and all were right." in page
    keep_check(LastCheck(1_790_000_000_000, 7, ("Entry 3 is not what was signed.",)))
    for path in ("/audit/", "/audit/report/"):
        page = text_of(office, path)
        assert "found something wrong. Entry 3 is not what was signed." in page


def test_open_discrepancies_are_counted_and_lead_to_their_list(office: Office) -> None:
    assert "Nothing that an inventory found is open." in text_of(office, "/audit/")
    custodian = office.as_("r.lane")
    where = open_one(custodian)
    stand(custodian, where)
    scan(custodian, where, "INV-001")  # found
    scan(custodian, where, "INV-005")  # of another shelf
    scan(custodian, where, "no-such-label")
    page = text_of(office, "/audit/")
    assert "2 things that inventories found are not settled" in page
    assert 'href="/reports/discrepancies/"' in page
    listed = text_of(office, "/reports/discrepancies/")
    assert "2 discrepancies of inventories are not settled." in listed
    assert "nobody has settled</dt><dd>2</dd>" in text_of(office, "/audit/report/")


def test_damage_is_said_first(office: Office) -> None:
    from fullfile.server.store.append import stop_writing

    stop_writing("Entry 3 is not what was signed.")
    page = text_of(office, "/audit/")
    assert "Cannot say." in page
    assert "Entry 3 is not what was signed." in page


def test_acts_are_searched_filtered_sorted_and_exported(office: Office) -> None:
    client = office.as_("s.vale")
    page = client.get("/audit/acts/").content.decode()
    assert "role given</td>" in page
    assert "account.granted</td>" not in page
    only = client.get("/audit/acts/?type=setting.changed").content.decode()
    assert "role given</td>" not in only
    found = client.post("/audit/acts/", {"q": "boone"}, follow=True).content.decode()
    assert "A. Boone" in found
    assert "J. Soto</td>" not in found
    past = client.get("/audit/acts/?end=2020-01-01").content.decode()
    assert "No act is like this" in past
    answer = client.get("/audit/acts/?format=csv&order=oldest")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    entries = [int(row["entry"]) for row in rows]
    assert entries == sorted(entries)
    assert {row["type"] for row in rows} >= {"account.granted", "account.asked"}


def test_no_content_of_evidence_is_among_the_acts(office: Office) -> None:
    from fullfile.server.actions.views import record_determination
    from fullfile.server.web.clock import now_ms

    record_determination(
        case_number="D-0101-CR-2024-00013",
        agency="Sheriff",
        tag="INV-006",
        finding="exculpatory",
        reason="a very particular reason",
        by="K. Ortiz",
        actor="K. Ortiz",
        now_ms=now_ms(),
    )
    page = text_of(office, "/audit/acts/")
    assert "determination.recorded" in page
    assert "a very particular reason" not in page
    assert "exculpatory" not in page


def test_the_door_shows_who_came_and_what_was_refused(office: Office) -> None:
    office.as_("r.lane").get("/audit/")
    client = office.as_("s.vale")
    page = client.get("/audit/door/?outcome=refused").content.decode()
    assert "r.lane" in page
    assert "/audit/" in page
    rows = client.get("/audit/door/?format=json").json()
    assert all(all(str(value) for value in row.values()) for row in rows)
    assert any(row["account"] == "s.vale" and row["what"] == "read" for row in rows)


def test_the_same_seed_draws_the_same_items(office: Office) -> None:
    client = office.as_("s.vale")
    assert "usa-alert--success" not in client.get("/audit/sample/").text  # nothing was recorded
    answer = client.get("/audit/sample/?number=5")
    assert answer.status_code == 302
    first = client.get(answer["Location"] + "&format=json").json()
    assert len(first) == 5
    assert len({(row["agency"], row["tag"]) for row in first}) == 5
    assert client.get(answer["Location"] + "&format=json").json() == first
    other = client.get("/audit/sample/?number=5&seed=another&size=9999999&format=json").json()
    assert other != first
    few = client.get("/audit/sample/?number=5000&seed=x&size=40&format=json").json()
    assert len(few) < 5000
    assert "greater than or equal to 1" in client.get("/audit/sample/?number=0").content.decode()


def test_a_sample_of_an_earlier_size_is_the_same_when_the_record_has_grown(office: Office) -> None:
    from fullfile.server.actions.office import change_setting
    from fullfile.server.store.audited import draw_sample
    from fullfile.server.store.load import current_size
    from fullfile.server.web.clock import now_ms

    size = current_size()
    before = draw_sample("7f3a", 6, size)
    change_setting("target_days", "10", "A. Boone", now_ms=now_ms())
    assert draw_sample("7f3a", 6, size) == before


def test_the_weekly_review_is_an_entry(office: Office) -> None:
    from tests.web.test_accounts import send

    client = office.as_("s.vale")
    days = {"first_on": "2026-01-01", "last_on": "2026-01-07"}
    refused = send(client, "/audit/review/", **days, finding="to be followed up")
    assert "Say what is to be followed up" in refused
    ahead = send(
        client,
        "/audit/review/",
        first_on="2026-01-01",
        last_on="2099-01-01",
        finding="nothing to follow up",
    )
    assert "cannot have been looked through" in ahead
    done = send(client, "/audit/review/", **days, finding="nothing to follow up")
    assert "Recorded as entry" in done
    assert "S. Vale looked through the acts up to January 7, 2026" in done


def test_what_left_without_a_second_name(office: Office) -> None:
    page = text_of(office, "/audit/releases/")
    assert "second name" in page
    assert "No count was opened in spite of a ruling" in text_of(office, "/audit/overrides/")
    report = text_of(office, "/audit/report/")
    assert "Size of the record" in report
    assert "S. Vale" in report
