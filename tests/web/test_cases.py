"""The room of cases: list, board, lines, file, readiness, timeline; what each role sees; what is kept and for how long."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.entries import Draft

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.conftest import Office

BALDWIN = "D-0101-CR-2024-00013"
OTHER = "D-0101-CR-2023-00040"
MOTION = "?on=2024-07-10"


@pytest.fixture(autouse=True)
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers tell what their templates were given, as with Django's own runner of tests."""
    from django.template.base import Template
    from django.test.utils import instrumented_test_render

    monkeypatch.setattr(Template, "_render", instrumented_test_render)


def case_at(number: str) -> str:
    """The address of a case's board."""
    from fullfile.server.store.connections import case_id_of

    return f"/cases/{case_id_of(number)}/"


def words_of(answer: Any) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def append(*drafts: Draft) -> range:
    """Record something, as an importer or another person would."""
    from fullfile.server.store.append import unit_of_work

    with unit_of_work() as writer:
        return writer.append(drafts, now_ms=time.time_ns() // 1_000_000)


def item(tag: str, **more: Any) -> Draft:
    """An item of the sheriff."""
    said = {"agency": "Sheriff", "tag": tag, "description": f"Bag {tag}", "booked_at": "2026-01-10"}
    return Draft("item.recorded", "R. Lane", said | more)


def filing(tag: str, number: str = "D-9-1", **more: Any) -> Draft:
    """An item of the sheriff on the file of a case."""
    said = {"case_number": number, "agency": "Sheriff", "tag": tag, "filed_at": "2026-01-20"}
    return Draft("filing.recorded", "K. Ortiz", said | {"filed_by": "K. Ortiz"} | more)


def open_case(*defendants: str, **more: Any) -> str:
    """A case that somebody opened, and its address."""
    from fullfile.server.actions.docket import NewDefendant
    from fullfile.server.actions.docket import open_case as act

    act(
        "D-9-1",
        jurisdiction="us-nm",
        by="K. Ortiz",
        now_ms=time.time_ns() // 1_000_000,
        title="State v. Doe and others",
        opened_on="2026-01-05",
        report_numbers=["Sheriff:24-088731"],
        defendants=[NewDefendant(name=name) for name in defendants],
        **more,
    )
    return case_at("D-9-1")


# The list


def test_the_list_says_which_cases_are_not_full(office: Office) -> None:
    client = office.as_("k.ortiz")
    words = words_of(client.get("/cases/"))
    assert "1 case is not full." in words
    assert BALDWIN in words
    assert "State of New Mexico v. Gutierrez-Reed" in words
    assert "First Judicial District" in words
    assert words.index(OTHER) < words.index(BALDWIN)  # the worst first


def test_the_list_is_searched_by_posting_and_the_words_stay_out_of_the_address(
    office: Office,
) -> None:
    client = office.as_("k.ortiz")
    answer = client.post("/cases/", {"q": "Baldwin"})
    assert answer.status_code == 302
    assert "Baldwin" not in answer["Location"]
    words = words_of(client.get(answer["Location"]))
    assert BALDWIN in words
    assert OTHER not in words


def test_the_list_filters_and_exports(office: Office) -> None:
    client = office.as_("k.ortiz")
    assert BALDWIN not in words_of(client.get("/cases/?verdict=not_full"))
    assert OTHER in words_of(client.get("/cases/?state=unfiled"))
    rows = json.loads(client.get("/cases/?format=json").content)
    assert [(row["case_number"], row["exceptions"]) for row in rows] == [(OTHER, 1), (BALDWIN, 0)]
    assert BALDWIN in client.get("/cases/?format=csv").content.decode()


@pytest.mark.parametrize(
    ("account", "sees"), [("r.lane", 2), ("t.hill", 0), ("s.vale", 2), ("h.pike", 2)]
)
def test_everybody_lists_the_cases_they_reach(office: Office, account: str, sees: int) -> None:
    answer = office.as_(account).get("/cases/")
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == sees


def test_the_defence_has_another_door(office: Office) -> None:
    client = office.as_("e.noor")
    assert client.get("/cases/").status_code == 403
    assert client.get(case_at(BALDWIN)).status_code == 403


def test_the_title_of_a_sealed_case_is_neither_shown_nor_found(office: Office) -> None:
    append(
        Draft(
            "case.recorded",
            "K. Ortiz",
            {
                "case_number": "D-7-7",
                "jurisdiction": "us-nm",
                "title": "In re Quiet",
                "sealed": True,
            },
        )
    )
    auditor, prosecutor = office.as_("s.vale"), office.as_("k.ortiz")
    listed = words_of(auditor.get("/cases/"))
    assert "D-7-7" in listed
    assert "Quiet" not in listed
    assert "In re Quiet" in words_of(prosecutor.get("/cases/"))
    found = auditor.get(auditor.post("/cases/", {"q": "quiet"})["Location"])
    assert "D-7-7" not in words_of(found)
    assert "Quiet" not in words_of(auditor.get(case_at("D-7-7")))
    assert "Quiet" in words_of(prosecutor.get(case_at("D-7-7")))


# The board


@pytest.mark.parametrize("number", [BALDWIN, OTHER])
@pytest.mark.parametrize("on", [None, date(2024, 7, 10), date(2024, 2, 1)])
def test_the_counts_are_those_of_the_match(office: Office, number: str, on: date | None) -> None:
    from fullfile.engines.report.data import match_as_json
    from fullfile.engines.report.view import match_view
    from fullfile.server.queries.match import match_case

    client = office.as_("k.ortiz")
    query = f"?format=json&on={on}" if on else "?format=json"
    found = json.loads(client.get(case_at(number) + query).content)
    match = match_as_json(match_view(match_case(number, on=on, all_lines=True), all_lines=True))
    for name in ("lines", "states", "all_states", "ended", "exceptions", "lines_detail", "policy"):
        assert found[name] == json.loads(json.dumps(match[name])), name


def test_on_the_day_before_the_motion_it_stops_at_the_file(office: Office) -> None:
    answer = office.as_("k.ortiz").get(case_at(BALDWIN) + MOTION)
    words = words_of(answer)
    assert "You are looking at July 10, 2024" in words
    assert "Not full. 2 exceptions, and all can be put right. 1 of 9 items has one." in words
    assert "1 item is held and not on the file." in words
    assert "Unfiled 126 days" in words
    assert "also Overdue 112 days by the office&#x27;s target" in words
    assert "On file: no. Unfiled 126 days." in words  # for whoever hears the page
    assert "‹ Jul 9, 2024: trial started" in words
    # Nothing can be changed on another day.
    assert "on the file</a>" not in answer.content.decode()
    assert "/file/" not in answer.content.decode()


def check_sums_and_lists(client: Client, address: str) -> int:
    """Every row of what is in place adds up, and every number opens exactly so many rows. How many were opened."""
    front = client.get(address).context["front"]
    opened = 0
    for row in front.rows:
        parts = sum(int(part.words.split()[0].replace(",", "")) for part in row.parts)
        whole = int(row.in_place.words.replace(",", "")) + parts
        assert whole == int(row.of.replace(",", "")), row.label
        for link in (row.in_place, *row.parts, *row.notes):
            if link.address:
                answer = client.get(link.address)
                many = answer.context["shown" if "shown" in answer.context else "total"]
                assert many == int(link.words.split()[0].replace(",", "")), (row.label, link)
                opened += 1
    for state in front.states:
        for link in (state.first, state.also):
            if link.address:
                assert client.get(link.address).context["total"] == int(link.words)
                opened += 1
    for fact in front.facts:
        answer = client.get(fact.address)
        many = answer.context["shown" if "shown" in answer.context else "total"]
        assert many == int(fact.words.split()[0])
        opened += 1
    return opened


@pytest.mark.parametrize(("number", "days"), [(BALDWIN, ""), (BALDWIN, MOTION), (OTHER, "")])
def test_sums_stand_on_the_page_and_numbers_open_their_lists(
    office: Office, number: str, days: str
) -> None:
    assert check_sums_and_lists(office.as_("k.ortiz"), case_at(number) + days) > 3


def test_many_defendants_and_states_add_up_too(office: Office) -> None:
    address = open_case("Doe", "Roe", "Poe")
    drafts = [item(f"T-{n}", report_number="24-088731", kind="object") for n in range(12)]
    drafts += [filing(f"T-{n}") for n in range(3, 12)]
    for n in range(5, 12):
        for who in ("Doe", "Roe", "Poe"):
            if who == "Roe" and n < 9:
                continue
            said = {
                "case_number": "D-9-1",
                "defendant": who,
                "defendant_key": who.casefold(),
                "agency": "Sheriff",
                "tag": f"T-{n}",
                "disclosed_at": "2026-01-22" if n < 11 else "2026-11-20",
                "extent": "redacted" if n == 10 else "whole",
            }
            drafts.append(Draft("disclosure.recorded", "K. Ortiz", said))
    drafts.append(
        Draft(
            "custody.recorded",
            "R. Lane",
            {"agency": "Sheriff", "tag": "T-8", "event": "not_found", "occurred_at": "2026-11-12"},
        )
    )
    append(*drafts)
    client = office.as_("k.ortiz")
    assert check_sums_and_lists(client, address) > 15
    words = words_of(client.get(address))
    assert "1 item is missing." in words
    assert "3 items are held and not on the file." in words
    assert "All booked under Sheriff 24-088731." in words
    assert "Put 3 on the file" in words
    assert "Stays on the record" in words


def test_who_may_not_act_reads_who_may(office: Office) -> None:
    words = words_of(office.as_("r.lane").get(case_at(OTHER)))
    assert "Put 1 on the file" not in words
    assert "prosecutor, supervisor or records clerk can do this: put 1 on the file." in words


def test_what_somebody_thinks_is_not_told_to_a_court(office: Office) -> None:
    address = case_at(BALDWIN) + MOTION
    assert "thinks it of no evidentiary value" in words_of(office.as_("k.ortiz").get(address))
    for account in ("h.pike", "s.vale", "r.lane"):
        client = office.as_(account)
        for page in (address, address.replace("?", "readiness/?"), address + "&format=json"):
            answer = client.get(page)
            assert answer.status_code == 200
            assert "thinks it" not in answer.content.decode(), (account, page)
            assert "not a match" not in answer.content.decode(), (account, page)


def test_a_sealed_item_keeps_its_line_and_its_dates(office: Office) -> None:
    address = open_case("Doe")
    append(
        item("T-1", description="Diary", sealed=True, report_number="24-088731"),
        item("T-2", description="Lamp", report_number="24-088731"),
    )
    seen = words_of(office.as_("k.ortiz").get(address))
    assert "Diary" in seen
    for account in ("s.vale", "r.lane"):
        client = office.as_(account)
        words = words_of(client.get(address))
        assert "Diary" not in words
        assert "Sheriff T-1" in words
        assert "sealed" in words
        assert "2 items are held and not on the file." in words
        lines = client.get(f"{address}lines/?show=unfiled")
        assert lines.context["total"] == 2
        assert "Held since January 10, 2026." in words_of(lines)
        for form in ("csv", "json"):
            assert "Diary" not in client.get(f"{address}?format={form}").content.decode()


def test_the_ground_of_what_is_withheld_goes_to_whom_policy_says(office: Office) -> None:
    address = open_case("Doe")
    append(
        item("T-1", report_number="24-088731"),
        filing("T-1"),
        Draft(
            "withholding.recorded",
            "K. Ortiz",
            {
                "case_number": "D-9-1",
                "agency": "Sheriff",
                "tag": "T-1",
                "ground": "because of informant F",
                "withheld_at": "2026-01-21",
                "by": "K. Ortiz",
            },
        ),
    )
    page = f"{address}lines/"
    assert "informant F" in words_of(office.as_("k.ortiz").get(page))
    assert "informant F" in words_of(office.as_("s.vale").get(page))  # ground, no content
    told = words_of(office.as_("r.lane").get(page))
    assert "informant F" not in told
    assert "The ground is not shown to this account." in told


def test_a_case_out_of_reach_does_not_exist(office: Office) -> None:
    client = office.as_("t.hill")  # the laboratory holds nothing of this case
    for part in ("", "lines/", "readiness/", "timeline/"):
        assert client.get(case_at(BALDWIN) + part).status_code == 404
    assert office.as_("k.ortiz").get("/cases/999999/").status_code == 404


def test_an_empty_case_says_how_items_appear_and_one_without_rules_says_so(office: Office) -> None:
    client = office.as_("k.ortiz")
    words = words_of(client.get(open_case()))
    assert "No item bears on this case yet." in words
    assert "booked under Sheriff 24-088731" in words
    append(Draft("case.recorded", "K. Ortiz", {"case_number": "X-1", "jurisdiction": "us-zz"}))
    told = words_of(client.get(case_at("X-1")))
    assert "No rules for us-zz are installed." in told
    assert "It lists no report number." in told


def test_a_day_that_is_none_is_said_and_today_is_shown(office: Office) -> None:
    words = words_of(office.as_("k.ortiz").get(case_at(BALDWIN) + "?on=yesterday"))
    assert "is no day like 2024-07-10: the page speaks of today." in words
    assert "You are looking at" not in words


def test_a_damaged_record_cannot_say_and_takes_nothing(office: Office) -> None:
    from fullfile.server.store.append import stop_writing

    address = open_case("Doe")
    append(item("T-1", report_number="24-088731"))
    stop_writing("The root does not match.")
    words = words_of(office.as_("k.ortiz").get(address))
    assert "Cannot say." in words
    assert "Put 1 on the file" not in words
    assert "Sheriff T-1" in words  # everything can still be read


def test_five_defendants_and_more_share_a_column_where_all_is_in_place(office: Office) -> None:
    names = ("Doe", "Roe", "Poe", "Soe", "Voe", "Woe")
    address = open_case(*names)
    drafts = [item("T-1", report_number="24-088731"), filing("T-1")]
    drafts += [
        Draft(
            "disclosure.recorded",
            "K. Ortiz",
            {
                "case_number": "D-9-1",
                "defendant": name,
                "defendant_key": name.casefold(),
                "agency": "Sheriff",
                "tag": "T-1",
                "disclosed_at": "2026-01-22",
                "extent": "whole",
            },
        )
        for name in names
        if name != "Roe"
    ]
    append(*drafts)
    client = office.as_("k.ortiz")
    answer = client.get(address)
    assert [one.heading for one in answer.context["columns"]] == ["Roe", "5 others: all in place"]
    only = client.get(f"{address}?defendant=3")
    assert [one.heading for one in only.context["columns"]] == ["Poe"]


def test_what_a_report_says_and_nobody_booked_is_a_row_without_an_item(office: Office) -> None:
    address = open_case("Doe")
    said = {
        "agency": "Sheriff",
        "report_number": "24-088731",
        "description": "two casings",
        "mentioned_at": "2026-01-09",
    }
    append(
        item("T-1", report_number="24-088731"),
        filing("T-1"),
        Draft("mention.recorded", "R. Lane", said),
    )
    client = office.as_("k.ortiz")
    answer = client.get(address)
    words = words_of(answer)
    assert "1 thing that a report speaks of is not booked." in words
    assert "Said to be taken, and accounted for" in words
    assert [row.words for row in answer.context["rows"]] == ["two casings", "Bag T-1"]
    assert answer.context["pager"]["total"] == 1
    check_sums_and_lists(client, address)


def test_filters_hold_no_names_and_can_be_taken_away(office: Office) -> None:
    client = office.as_("k.ortiz")
    answer = client.get(case_at(BALDWIN) + "?show=unfiled&how=any&defendant=1&kind=object")
    assert answer.context["shown"] == 1
    assert [words for words, _ in answer.context["removals"]] == [
        "Unfiled, first or beside another",
        "Baldwin",
        "object",
    ]
    for _, address in answer.context["removals"]:
        assert "Baldwin" not in address
        assert client.get(address).status_code == 200
    none = client.get(case_at(BALDWIN) + "?show=partial")
    assert "No item is like that." in words_of(none)


def test_two_hundred_and_more_items_stand_in_groups_of_fifty_rows(office: Office) -> None:
    address = open_case("Doe")
    drafts = [item(f"T-{n:03}", report_number="24-088731") for n in range(205)]
    drafts += [item("S-1", report_number="25-011204"), item("S-2", report_number="25-011204")]
    drafts += [filing(f"T-{n:03}") for n in range(205)]
    drafts += [
        Draft(
            "link.recorded",
            "K. Ortiz",
            {
                "agency": "Sheriff",
                "tag": tag,
                "case_number": "D-9-1",
                "decision": "accept",
                "by": "K. Ortiz",
                "decided_at": "2026-02-01",
            },
        )
        for tag in ("S-1", "S-2")
    ]
    append(*drafts)
    client = office.as_("k.ortiz")
    answer = client.get(address)
    groups = answer.context["groups"]
    # What lies under a number that is not the case's own comes first.
    assert [(one.name, one.many) for one in groups] == [
        ("Sheriff 25-011204", 2),
        ("Sheriff 24-088731", 205),
    ]
    assert "Not a number of this case." in words_of(answer)
    assert "2 of 2" in words_of(answer)
    assert "which is not a number of this case" in words_of(answer)
    opened = client.get(groups[1].address.partition("#")[0])
    assert len(opened.context["rows"]) == 50
    assert opened.context["pager"]["total"] == 205
    last = client.get(opened.context["pager"]["pages"][-1]["address"])
    assert len(last.context["rows"]) == 5
    flat = client.get(f"{address}?by=none")
    assert len(flat.context["rows"]) == 50


# What is kept


def test_what_is_recorded_is_on_the_board_the_next_time(office: Office) -> None:
    from fullfile.server.queries.board import board_of_one_case

    address = open_case("Doe")
    append(item("T-1", report_number="24-088731"))
    first = board_of_one_case("D-9-1")
    assert board_of_one_case("D-9-1").memo is first.memo  # kept
    append(item("Z-1"))  # of no case
    second = board_of_one_case("D-9-1")
    assert second.memo is first.memo
    assert second.result.checkpoint.size > first.result.checkpoint.size
    append(filing("T-1"))
    third = board_of_one_case("D-9-1")
    assert third.memo is not first.memo
    assert [one.line.filed_at for one in third.judged if one.item >= 0] == ["2026-01-20"]
    assert "nothing missing" in words_of(office.as_("k.ortiz").get(address))


def test_settings_law_and_midnight_make_a_board_anew(office: Office) -> None:
    from fullfile.server.queries.board import board_of_one_case

    open_case("Doe")
    append(item("T-1", report_number="24-088731"))
    now = time.time_ns() // 1_000_000
    first = board_of_one_case("D-9-1", now_ms=now)
    day = 86_400_000
    tomorrow = board_of_one_case("D-9-1", now_ms=now + day)
    days = [one.judged[0].line.days_since_held for one in (first, tomorrow)]
    assert days[1] == (days[0] or 0) + 1
    append(Draft("setting.changed", "A. Boone", {"name": "target_days", "value": "3"}))
    assert board_of_one_case("D-9-1", now_ms=now + day).memo is not tomorrow.memo


def test_what_happens_later_today_is_not_yet_and_then_is(office: Office) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from fullfile.server.queries.board import board_of_one_case

    open_case("Doe")
    zone = ZoneInfo("America/Denver")
    noon = datetime(2026, 12, 14, 12, 0, tzinfo=zone)
    append(
        item("T-1", report_number="24-088731"),
        filing("T-1", filed_at="2026-12-14T15:00:00-07:00"),
    )
    ms = int(noon.timestamp() * 1000)
    before = board_of_one_case("D-9-1", now_ms=ms)
    assert before.judged[0].line.state == "unfiled"
    after = board_of_one_case("D-9-1", now_ms=ms + 4 * 3_600_000)
    assert after.judged[0].line.state != "unfiled"


def test_an_erased_body_is_not_kept(office: Office) -> None:
    from fullfile.server.queries.board import board_of_one_case
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.erasure import erase

    open_case("Doe")
    made = append(item("T-1", description="Diary", report_number="24-088731"))
    assert board_of_one_case("D-9-1").items[0].description == "Diary"
    with unit_of_work() as writer:
        erase(writer, made[0], "Order 7", "A. Boone", now_ms=time.time_ns() // 1_000_000)
    assert board_of_one_case("D-9-1").items[0].description == ""


# On the file


def the_form(client: Client, address: str) -> dict[str, Any]:
    """The fields of a form as the page fills them in."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "with_contents"}


def test_items_go_on_the_file_together_and_once(office: Office) -> None:
    address = open_case("Doe")
    append(*(item(f"T-{n}", report_number="24-088731") for n in range(3)))
    client = office.as_("k.ortiz")
    page = f"{address}file/"
    said = the_form(client, page)
    assert len(said["items"]) == 3  # all ticked
    said["items"] = said["items"][:2]
    answer = client.post(page, said)
    assert answer.status_code == 302
    board = client.get(address)
    assert "2 on the file. Recorded as entries" in words_of(board)
    assert "1 item is held and not on the file." in words_of(board)
    again = client.post(page, said)
    assert "Nothing was recorded twice." in words_of(client.get(again["Location"]))
    assert client.get(f"{address}lines/?show=unfiled").context["total"] == 1


def test_the_second_is_told_what_the_first_put_on_the_file(office: Office) -> None:
    address = open_case("Doe")
    append(*(item(f"T-{n}", report_number="24-088731") for n in range(2)))
    first, second = office.as_("k.ortiz"), office.as_("b.frey")
    page = f"{address}file/"
    theirs, mine = the_form(first, page), the_form(second, page)
    theirs["items"] = theirs["items"][:1]
    assert first.post(page, theirs).status_code == 302
    answer = second.post(page, mine)
    assert answer.status_code == 200
    words = words_of(answer)
    assert "There is a problem" in words
    assert "K. Ortiz put Sheriff T-0 on the file" in words
    assert "Nothing of yours was saved" in words
    assert first.get(f"{address}lines/?show=unfiled").context["total"] == 1


def test_nothing_ticked_and_nobody_without_the_right(office: Office) -> None:
    address = open_case("Doe")
    append(item("T-1", report_number="24-088731"))
    client = office.as_("k.ortiz")
    said = the_form(client, f"{address}file/") | {"items": []}
    answer = client.post(f"{address}file/", said)
    assert "No item is chosen: tick at least one." in words_of(answer)
    assert office.as_("r.lane").get(f"{address}file/").status_code == 403
    bad = client.post(f"{address}file/", the_form(client, f"{address}file/") | {"filed_at": "soon"})
    assert "There is a problem" in words_of(bad)
    assert "soon" in bad.content.decode()  # what was typed stays


# A new case


def test_a_case_is_opened_with_what_is_known(office: Office) -> None:
    client = office.as_("k.ortiz")
    said = the_form(client, "/cases/new/")
    said |= {
        "number": "D-5-5",
        "jurisdiction": "us-nm",
        "defendants": "Doe\nRoe\n",
        "report_numbers": "Sheriff: 24-0001",
        "opened_on": "2026-01",
    }
    answer = client.post("/cases/new/", said)
    assert answer.status_code == 302
    words = words_of(client.get(answer["Location"]))
    assert "The case is open. Recorded as entries" in words
    assert "2 defendants" in words
    same = client.post(
        "/cases/new/",
        the_form(client, "/cases/new/") | {k: said[k] for k in ("number", "jurisdiction")},
    )
    assert same.status_code == 200
    assert "There is a problem" in words_of(same)


def test_a_case_without_a_number_says_so_beside_the_field(office: Office) -> None:
    client = office.as_("k.ortiz")
    said = the_form(client, "/cases/new/") | {"report_numbers": "24-0001", "title": "State v. Poe"}
    answer = client.post("/cases/new/", said)
    assert answer.status_code == 200
    assert "does not say whose number it is" in words_of(answer)
    assert "State v. Poe" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"number", "jurisdiction", "report_numbers"}
    assert office.as_("r.lane").get("/cases/new/").status_code == 403


# Readiness and the case over time


def test_what_a_motion_would_find(office: Office) -> None:
    address = case_at(BALDWIN) + "readiness/" + MOTION
    words = words_of(office.as_("k.ortiz").get(address))
    assert "What would the record have shown if a motion had been heard on July 10, 2024?" in words
    assert "126 days" in words
    assert "112 days by the office&#x27;s target" in words
    assert "to see all ballistic evidence" in words
    assert "Sheriff: has not said whether it holds anything for this case." in words
    assert "Rule 5-505(B) NMRA (read in part)" in words
    assert "LT" in words or "TECH" in words or "DET" in words
    # The defence of another case is not the defence of this one.
    assert "DC-2" not in words


def test_a_court_reads_readiness_without_who_knew(office: Office) -> None:
    words = words_of(office.as_("h.pike").get(case_at(BALDWIN) + "readiness/" + MOTION))
    assert "Since when each side knew" not in words
    assert "What the rule lets a court do" in words


def test_every_corner_of_the_picture_is_the_match_of_that_day(office: Office) -> None:
    from fullfile.core.matching import State
    from fullfile.server.queries.history import history_of
    from fullfile.server.queries.match import match_case

    for number in (BALDWIN, OTHER):
        board, history = history_of(number)
        assert len(history.days) == history.of > 10
        beside = {State.UNBOOKED, State.UNANSWERED, State.BARRED_COUNT}
        for day in history.days[:-1]:
            match = match_case(number, on=date.fromisoformat(day.on))
            of_items = {one: many for one, many in match.states.items() if one not in beside}
            assert dict(day.states) == of_items, day.on
            assert day.filed == of_items.get(State.UNFILED, 0)  # one defendant each
        assert board.defendants


def test_the_timeline_says_its_conclusion_and_has_its_table(office: Office) -> None:
    client = office.as_("k.ortiz")
    words = words_of(client.get(case_at(BALDWIN) + "timeline/"))
    assert "“On file” was still up when the case ended on July 12, 2024." in words
    assert "Jul 10, 2024" in words
    assert "waiver of arraignment" in words
    up = words_of(client.get(case_at(BALDWIN) + "timeline/" + MOTION))
    assert "The line “On file” rose on March 31, 2024 and had not come down by then." in up
    assert "Docket and duties by date" not in words_of(
        office.as_("s.vale").get(case_at(BALDWIN) + "timeline/")
    )


def test_no_page_asks_too_much_and_none_needs_a_script(office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from fullfile.server.queries import board

    client = office.as_("k.ortiz")
    here = case_at(BALDWIN)
    for address in (
        "/cases/",
        here,
        f"{here}lines/",
        f"{here}readiness/",
        f"{here}timeline/",
        f"{here}file/",
        "/cases/new/",
    ):
        board._kept.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert len(asked) <= 60, (address, len(asked))
        text = answer.content.decode()
        assert "style=" not in text
        assert not re.search(r"<script(?![^>]*src=)", text)
        assert not re.search(r"\son\w+=", text)
