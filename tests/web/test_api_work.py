"""What programs do with the API, from the first look to the receipt: each thing once that goes well, and once that does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.callers import Caller, caller

if TYPE_CHECKING:
    from tests.web.conftest import Office

NUMBER = "D-0101-CR-2024-00013"


@pytest.fixture
def case(office: Office) -> int:
    from fullfile.server.store.connections import case_id_of

    found = case_id_of(NUMBER)
    assert found is not None
    return found


@pytest.fixture
def item(office: Office) -> int:
    from fullfile.server.store.connections import item_id_of

    found = item_id_of("Sheriff", "DOC-001")
    assert found is not None
    return found


def body(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def codes(answer: Any) -> set[str]:
    return {one["code"] for one in answer.json()["reasons"]}


def book(one: Caller, **said: Any) -> dict[str, Any]:
    thing = {
        "description": "One envelope with three rounds",
        "quantity": "3 rounds",
        "brought_by": "A. Roe",
        "giver_role": "witness",
        "found_where": "front counter",
        "collected_at": "2026-11-01",
        "report_number": "24-001122",
        "place": "A-12",
        "seal": "S-100",
    }
    answer = one.post("/items", {"things": [thing | said]})
    made: dict[str, Any] = body(answer, 201)["result"]["items"][0]
    return made


@pytest.mark.parametrize("on", ["", "2024-07-10"])
def test_the_board_is_the_match(office: Office, case: int, on: str) -> None:
    from datetime import date

    from fullfile.engines.report.data import match_as_json
    from fullfile.engines.report.view import match_view
    from fullfile.server.queries.match import match_case

    day = date.fromisoformat(on) if on else None
    told = match_as_json(match_view(match_case(NUMBER, on=day, all_lines=True), all_lines=True))
    found = body(caller("k.ortiz").get(f"/cases/{case}/board", on=on, all_lines=True))
    for name in ("lines", "states", "all_states", "ended", "policy"):
        assert found[name] == told[name], name
    for name in ("exceptions", "lines_detail"):
        shown = [{field: line[field] for field in told[name][0]} for line in found[name]]
        assert shown == json.loads(json.dumps(told[name])), name


def test_what_is_no_day_is_said(office: Office, case: int) -> None:
    answer = caller("k.ortiz").get(f"/cases/{case}/board", on="2024-13-40")
    assert answer.status_code == 422
    assert "on is no day" in answer.json()["detail"]
    unknown = caller("k.ortiz").get(f"/cases/{case}/board", off="1")
    assert (unknown.status_code, "no parameter “off”" in unknown.json()["detail"]) == (422, True)


def test_lists_come_in_pages_and_numbers_not_names_stand_in_addresses(
    office: Office, case: int
) -> None:
    one = caller("k.ortiz")
    whole = body(one.get(f"/cases/{case}/docket", per_page=200))
    first = body(one.get(f"/cases/{case}/docket", per_page=2))
    second = body(one.get(f"/cases/{case}/docket", per_page=2, page=2))
    assert first["rows"] + second["rows"] == whole["rows"][:4]
    assert (first["next_page"], whole["next_page"]) == (2, None)
    assert first["total"] == len(whole["rows"])
    found = body(one.post("/cases/look-up", {"number": NUMBER.lower()}))
    assert found == {"case_id": case, "number": NUMBER}
    assert body(one.get("/cases"))["rows"][0]["number"]
    assert one.post("/cases/look-up", {"number": "D-9"}).status_code == 404


def test_questions_of_a_case_and_an_item_as_the_commands_answer_them(
    office: Office, case: int, item: int
) -> None:
    one = caller("k.ortiz")
    for path in ("duties", "standing", "impact"):
        assert body(one.get(f"/cases/{case}/{path}", on="2024-07-12"))["case_number"] == NUMBER
    assert body(one.get(f"/cases/{case}/schedule"))["defendant"]
    assert body(one.get(f"/cases/{case}/certificate"))["refused"] in (True, False)
    assert body(one.get(f"/cases/{case}/holds"))["holds"]
    whole = body(one.get(f"/items/{item}"))
    assert whole["tag"] == "DOC-001"
    assert whole["cases"][0]["case_number"] == NUMBER
    assert body(one.get(f"/items/{item}/custody"))["steps"]
    assert body(one.get(f"/items/{item}/knew"))["persons"]
    assert body(one.get(f"/items/{item}/holds"))["tag"] == "DOC-001"
    assert body(one.get(f"/items/{item}/entries"))["total"] > 0


def test_book_handle_and_be_told_what_changed(office: Office) -> None:
    lane, quill = caller("r.lane"), caller("m.quill")
    made = book(lane)
    path = f"/items/{made['item_id']}"
    seen = body(lane.get(f"{path}/custody"))["seen"]
    out = {"to": "State laboratory", "purpose": "comparison", "seal": "S-100", "seal_intact": True}
    assert body(quill.post(f"{path}/check-out", out | {"seen": seen}), 201)["first"] > seen
    late = lane.post(f"{path}/move", {"place": "B-1", "seen": seen})
    assert (late.status_code, codes(late)) == (409, {"stale"})
    assert "M. Quill" in late.json()["detail"]
    back = {"place": "A-12", "seal": "S-100", "seal_intact": True}
    assert body(quill.post(f"{path}/check-in", back), 201)
    chain = body(lane.get(f"{path}/custody"))
    assert [step["event"] for step in chain["steps"]][:2] == ["checked_in", "checked_out"]
    assert chain["now"]["place"] == "A-12"


def test_a_shelf_is_for_the_room_that_has_it(office: Office) -> None:
    made = book(caller("r.lane"))
    seen = {
        who: body(caller(who).get(f"/items/{made['item_id']}"))["place"]
        for who in ("r.lane", "k.ortiz", "s.vale")
    }
    assert seen == {"r.lane": "A-12", "k.ortiz": "sealed", "s.vale": "A-12"}
    chain = body(caller("k.ortiz").get(f"/items/{made['item_id']}/custody"))
    assert "A-12" not in json.dumps(chain)
    assert "S-100" not in json.dumps(chain)
    assert caller("t.hill").get(f"/items/{made['item_id']}").status_code == 404


def test_what_leaves_needs_another_person(office: Office) -> None:
    lane = caller("r.lane")
    made = book(lane)
    path = f"/items/{made['item_id']}/leaving"
    wish = {"how": "released", "reason": "the owner asks for it", "to": "A. Roe"}
    answer = lane.post(path, wish)
    assert answer.status_code in (201, 409)
    assert lane.post(f"{path}/1/approve", {}).status_code == 403
    assert caller("j.soto").post(f"{path}/1/approve", {}).status_code == 404


def test_views_are_for_whoever_may_read_them_and_open_after_the_second(
    office: Office, case: int, item: int
) -> None:
    ortiz, frey, lane = caller("k.ortiz"), caller("b.frey"), caller("r.lane")
    said = {"item_id": item, "finding": "exculpatory", "reason": "a word of its own"}
    entry = body(ortiz.post(f"/cases/{case}/determinations", said), 201)["first"]
    path = f"/cases/{case}/determinations"
    assert "a word of its own" in json.dumps(body(ortiz.get(path, per_page=200)))
    assert "a word of its own" not in json.dumps(body(frey.get(path, per_page=200)))
    own = ortiz.post(
        f"{path}/{entry}/readings",
        {"finding": "exculpatory", "reason": "again", "looked_at": ["report"]},
    )
    assert own.status_code == 409
    second = {"finding": "exculpatory", "reason": "as I see it", "looked_at": ["report"]}
    body(frey.post(f"{path}/{entry}/readings", second), 201)
    assert "a word of its own" in json.dumps(body(frey.get(path, per_page=200)))
    assert lane.get(path).status_code == 403
    board = json.dumps(body(lane.get(f"/cases/{case}/board", all_lines=True)))
    assert "a word of its own" not in board
    assert "thinks it" not in board


def test_suggestions_are_not_for_a_custodian(office: Office) -> None:
    assert caller("r.lane").get("/suggestions").status_code == 403
    every = body(caller("k.ortiz").get("/suggestions"))
    assert every["rows"]
    tag = every["rows"][0]["tag"]
    found = body(caller("k.ortiz").post("/suggestions/search", {"words": tag}))
    assert found["rows"] == [one for one in every["rows"] if tag in one["tag"]]
    nothing = body(caller("k.ortiz").post("/suggestions/search", {"words": "qxzvwk"}))
    assert nothing["rows"] == []


def test_a_production_from_what_is_owed_to_the_receipt(office: Office) -> None:
    ortiz = caller("k.ortiz")
    number = "D-202-CR-2026-00001"
    case = body(
        ortiz.post(
            "/cases",
            {
                "number": number,
                "jurisdiction": "us-nm",
                "title": "State v. Doe",
                "opened_on": "2026-10-01",
                "agencies": ["Sheriff"],
                "defendants": [{"name": "Doe", "counsel": "E. Noor"}],
            },
        ),
        201,
    )["result"]["case_id"]
    made = book(caller("r.lane"), report_number="26-000001")
    filing = {"item_id": made["item_id"], "exhibit_number": "1"}
    body(ortiz.post(f"/cases/{case}/filings", filing), 201)
    owed = body(ortiz.get(f"/cases/{case}/owed"))
    assert [one["tag"] for one in owed["items"] if one["place"] == "owed"] == [made["tag"]]
    drafted = body(ortiz.post(f"/cases/{case}/productions", {"defendants": ["Doe"]}), 201)
    path = f"/cases/{case}/productions/{drafted['result']['production']}"
    early = ortiz.post(f"{path}/serve", {"way": "media"})
    assert early.status_code == 409
    assert body(ortiz.post(f"{path}/close"), 201)["result"]["number"] >= 1
    body(ortiz.post(f"{path}/serve", {"way": "media"}), 201)
    whole = body(ortiz.get(path))
    assert (whole["stage"], whole["served"][0]["defendant"]) == ("served", "Doe")
    waiting = body(ortiz.get("/productions/waiting"))["rows"]
    assert number in json.dumps(waiting)
    body(ortiz.post(f"{path}/receipt", {"defendant": "Doe", "by": "E. Noor"}), 201)
    line = body(ortiz.get(f"/cases/{case}/board", all_lines=True))
    receipts = {one["receipt"] for one in line["exceptions"] + line["lines_detail"] if one["tag"]}
    assert receipts == {"claimed"}
    other = ortiz.get(f"/cases/{case + 1}/productions/{drafted['result']['production']}")
    assert other.status_code == 404


def test_a_certificate_is_refused_with_everything_that_is_wrong(office: Office, case: int) -> None:
    answer = caller("k.ortiz").post(f"/cases/{case}/certificates", {"defendant": "Baldwin"})
    assert answer.status_code == 409
    assert len(answer.json()["reasons"]) >= 1


def test_counsel_sees_own_clients_and_the_office_sees_nothing_of_it(
    office: Office, case: int
) -> None:
    from fullfile.server.accounts.models import DoorEvent
    from fullfile.server.store.reading_log import read_all

    noor = caller("e.noor")
    assert body(noor.get("/defence/clients"))["rows"][0]["defendant"] == "Baldwin"
    before = DoorEvent.objects.count()
    portal = body(noor.get("/defence/clients/1"))
    assert portal["defendant"] == "Baldwin"
    assert len(list(read_all())) == 1
    assert DoorEvent.objects.count() == before
    assert noor.get("/defence/clients/2").status_code == 404
    assert noor.get(f"/cases/{case}/board").status_code == 403
    asked = noor.post("/defence/clients/1/requests", {"asks_for": "all notes on the rounds"})
    assert body(asked, 201)["first"]
    assert caller("k.ortiz").get("/defence/clients").status_code == 403


def test_an_import_is_tried_then_made_whole_or_not_at_all(office: Office) -> None:
    from fullfile.server.store.overview import get_head

    webb = caller("c.webb")
    good = {
        "agency": "Sheriff",
        "tag": "P-900",
        "description": "One glove",
        "booked_at": "2026-10-01",
    }
    bad = good | {"tag": "P-901", "booked_at": "someday"}
    size = get_head().size
    path = "/imports/items?source=property-room"
    tried = body(webb.post(f"{path}&dry_run=true", {"rows": [good, bad]}))["report"]
    assert (tried["new"], tried["rejected"], tried["problem_count"]) == (1, 1, 1)
    assert (tried["problems"][0]["row"], tried["problems"][0]["column"]) == (2, "booked_at")
    refused = webb.post(path, {"rows": [good, bad]})
    assert refused.status_code == 409
    assert "row 2" in refused.json()["reasons"][0]["text"]
    assert get_head().size == size
    made = body(webb.post(path, {"rows": [good]}, key="import-number-1"), 201)
    assert made["report"]["new"] == 1
    again = body(webb.post(path, {"rows": [good]}, key="import-number-1"))
    assert (again["again"], again["first"]) == (True, made["first"])
    same = body(webb.post(path, {"rows": [good]}))
    assert (same["report"]["unchanged"], same["first"]) == (1, None)
    assert webb.post("/imports/nothing?source=x", {"rows": [good]}).status_code == 404
    assert webb.post(path, {"rows": [{"tag": ["a"]}]}).status_code == 422


def test_a_sheet_is_posted_as_csv(office: Office) -> None:
    from django.test import Client

    sheet = "agency,tag,description,booked_at\nSheriff,P-902,One hat,2026-10-01\n"
    answer = Client(HTTP_HOST="localhost").post(
        "/api/v1/imports/items?source=property-room",
        data=sheet,
        content_type="text/csv",
        headers={
            "Authorization": f"Bearer {caller('c.webb').token}",
            "Idempotency-Key": "sheet-01",
        },
    )
    assert body(answer, 201)["report"]["new"] == 1


def test_a_file_comes_back_as_it_was(office: Office, item: int) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    bytes_ = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    headers = {"Authorization": f"Bearer {caller('r.lane').token}", "Idempotency-Key": "file-0001"}
    client = Client(HTTP_HOST="localhost")
    path = f"/api/v1/items/{item}/files"
    for status in (201, 200):
        file = SimpleUploadedFile("report.pdf", bytes_, "application/pdf")
        made = body(client.post(path, {"file": file, "use": "report"}, headers=headers), status)
    listed = body(client.get(path, headers=headers))["rows"]
    assert [one["name"] for one in listed] == ["report.pdf"]
    content = client.get(f"{path}/{made['first']}/content", headers=headers)
    assert b"".join(content.streaming_content) == bytes_
    assert "attachment" in content["Content-Disposition"]
    assert caller("s.vale").get(f"/items/{item}/files").status_code == 403
    wrong = client.post(path, data="{}", content_type="application/json", headers=headers)
    assert wrong.status_code == 415


def test_the_record_and_its_proofs_are_for_everybody_its_words_are_not(
    office: Office, case: int
) -> None:
    ortiz, boone, noor = caller("k.ortiz"), caller("a.boone"), caller("e.noor")
    head = body(boone.get("/record"))
    assert head["checkpoint"].startswith(head["origin"])
    rows = body(boone.get("/record/entries", after=head["size"] - 3))["rows"]
    assert [one["index"] for one in rows] == [head["size"] - 2, head["size"] - 1]
    entry = body(ortiz.get(f"/cases/{case}/docket", per_page=1))["rows"][0]["entry"]
    assert body(ortiz.get(f"/record/entries/{entry}"))["content"]
    assert body(boone.get(f"/record/entries/{entry}"))["content"] == {}
    assert body(noor.get(f"/record/entries/{entry}"))["type"] is None
    proof = body(noor.get(f"/record/entries/{entry}/proof"))
    assert proof["proof"]
    assert boone.get(f"/record/entries/{head['size']}").status_code == 404


def test_a_search_never_hints_at_what_is_out_of_reach(office: Office) -> None:
    found = body(caller("k.ortiz").post("/search", {"words": "DOC-001"}))
    assert [one["name"] for one in found["rows"] if one["how"] == "exact"] == ["DOC-001"]
    hill = caller("t.hill")
    made = book(caller("r.lane"))
    assert body(hill.post("/search", {"words": made["tag"]}))["rows"] == []


def test_accounts_are_asked_for_by_one_and_approved_by_another(office: Office) -> None:
    boone, soto = caller("a.boone"), caller("j.soto")
    said = {
        "account": "n.rowe",
        "name": "N. Rowe",
        "works_for": "Sheriff",
        "role": "custodian",
        "reason": "starts on Monday",
    }
    asked = body(boone.post("/accounts/wishes", said), 201)["result"]
    assert asked["granted"] is False
    assert boone.post(f"/accounts/wishes/{asked['entry']}/approve").status_code == 409
    body(soto.post(f"/accounts/wishes/{asked['entry']}/approve"), 201)
    listed = body(boone.get("/accounts", per_page=200))["rows"]
    made = next(one for one in listed if one["account"] == "n.rowe")
    assert made["role"] == "custodian"
    ended = boone.post(f"/accounts/{made['account_id']}/end", {"reason": "did not come"})
    body(ended, 201)
    assert caller("k.ortiz").get("/accounts").status_code == 403


def test_an_inventory_is_counted_shelf_by_shelf(office: Office) -> None:
    lane = caller("r.lane")
    made = book(lane)
    opened = body(lane.post("/inventories", {"where": ["A-12"]}), 201)["result"]
    path = f"/inventories/{opened['entry']}"
    scan = {"code": made["tag"], "place": "A-12", "once": "scan-1"}
    done = body(lane.post(f"{path}/scans", {"scans": [scan]}), 201)["result"]["scans"]
    assert done[0]["tag"] == made["tag"]
    closed = body(lane.post(f"{path}/shelves/close", {"place": "A-12"}), 201)["result"]
    assert made["tag"] not in closed["missed"]
    state = body(lane.get(path))
    assert state["found"] >= 1
    assert caller("t.hill").get(path).status_code == 403
    body(lane.post(f"{path}/close", {"second": "M. Quill"}), 201)
    assert body(lane.get("/room"))["counts"]


def test_a_sealed_case_keeps_its_numbers_and_loses_its_words(office: Office) -> None:
    webb, lane, ortiz = caller("c.webb"), caller("r.lane"), caller("k.ortiz")
    rows = [
        {
            "case_number": "D-202-CR-2026-00077",
            "jurisdiction": "us-nm",
            "title": "State v. Poe",
            "agencies": "Sheriff",
            "sealed": "yes",
        }
    ]
    body(webb.post("/imports/cases?source=cms", {"rows": rows}), 201)
    party = {"case_number": "D-202-CR-2026-00077", "name": "Poe", "role": "defendant"}
    body(webb.post("/imports/parties?source=cms", {"rows": [party]}), 201)
    made = book(lane, description="a very telling thing", report_number="26-000077")
    case = body(ortiz.post("/cases/look-up", {"number": "D-202-CR-2026-00077"}))["case_id"]
    body(ortiz.post(f"/cases/{case}/filings", {"item_id": made["item_id"]}), 201)
    open_ = body(ortiz.get(f"/cases/{case}/board", all_lines=True))
    shut = body(lane.get(f"/cases/{case}/board", all_lines=True))
    assert open_["states"] == shut["states"]
    assert open_["lines"] == shut["lines"] > 0
    assert "Poe" in json.dumps(open_)
    for path in ("board?all_lines=true", "parties", "docket", ""):
        told = lane.get(f"/cases/{case}/{path}".rstrip("/"))
        assert "Poe" not in told.content.decode(), path
        assert "telling" not in told.content.decode(), path
