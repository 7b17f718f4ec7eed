"""The API of the auditor, the reports, the court and the property room: what the pages say, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web.callers import caller
from tests.web.test_api_work import body, book, codes
from tests.web.test_counting import open_one, scan, stand

if TYPE_CHECKING:
    from tests.web.conftest import Office

NUMBER = "D-0101-CR-2024-00013"


@pytest.fixture
def case(office: Office) -> int:
    from fullfile.server.store.connections import case_id_of

    found = case_id_of(NUMBER)
    assert found is not None
    return found


def test_the_auditor_sees_how_it_stands_and_records_the_review(office: Office) -> None:
    from fullfile.server.store.audited import last_review
    from fullfile.server.store.overview import get_head
    from fullfile.server.web.clock import today

    vale = caller("s.vale")
    before = body(vale.get("/audit"))
    assert (before["size"], before["review"], before["review_late"]) == (
        get_head().size,
        None,
        True,
    )
    said = {"first_on": today().isoformat(), "last_on": today().isoformat()}
    vague = vale.post("/audit/reviews", said | {"finding": "to be followed up"})
    assert (vague.status_code, codes(vague)) == (409, {"detail"})
    made = body(vale.post("/audit/reviews", said | {"finding": "nothing to follow up"}), 201)
    after = body(vale.get("/audit"))
    assert after["review"]["entry"] == made["first"] == last_review().index  # type: ignore[union-attr]
    assert after["review"]["by"] == "S. Vale"
    assert after["review_late"] is False
    assert vale.post("/audit/reviews", said | {"finding": "fine"}).status_code == 422
    assert vale.post("/audit/reviews", said | {"first_on": 0}).status_code == 422


def test_acts_are_filtered_searched_ordered_and_have_no_content(office: Office) -> None:
    made = book(caller("r.lane"))
    vale = caller("s.vale")
    newest = body(vale.get("/audit/acts", per_page=3))
    assert newest["rows"][0]["entry"] == max(made["entries"])
    assert newest["rows"][0]["tag"] == made["tag"]
    assert set(newest["rows"][0]) == {
        *("entry", "type", "by", "recorded_at", "case_number", "agency", "tag", "account"),
    }
    kind = newest["rows"][0]["type"]
    of_type = body(vale.get("/audit/acts", type=kind, order="oldest"))
    assert {one["type"] for one in of_type["rows"]} == {kind}
    of_lane = body(vale.post("/audit/acts/search", {"words": "lane"}))
    assert {one["by"] for one in of_lane["rows"]} == {"R. Lane"}
    assert 0 < of_lane["total"] < newest["total"]
    assert body(vale.get("/audit/acts", end="1999-01-01"))["total"] == 0
    assert body(vale.get("/audit/acts", start="1999-01-01"))["total"] == newest["total"]
    assert vale.get("/audit/acts", start="yesterday").status_code == 422


def test_the_door_tells_who_was_refused_and_of_counsel_only_coming_and_going(
    office: Office,
) -> None:
    assert caller("k.ortiz").get("/audit").status_code == 403
    noor = caller("e.noor")
    assert noor.get("/audit").status_code == 403
    body(noor.get("/defence/clients"))
    vale = caller("s.vale")
    refused = body(vale.get("/audit/door", outcome="refused"))
    assert {one["account"] for one in refused["rows"]} == {"k.ortiz"}
    assert refused["rows"][0]["about"] == "/api/v1/audit"
    looked = body(vale.post("/audit/door/search", {"words": "s.vale", "what": "read"}))
    assert looked["rows"][0]["about"].startswith("/api/v1/audit/door")
    ours = body(vale.post("/audit/door/search", {"words": "e.noor"}))
    assert {one["what"] for one in ours["rows"]} <= {"token_made"}


def test_a_seed_draws_the_same_items_again(office: Office) -> None:
    vale = caller("s.vale")
    first = body(vale.get("/audit/sample", number=3))
    assert len(first["rows"]) == 3
    book(caller("r.lane"))
    again = {name: first[name] for name in ("number", "seed", "size")}
    assert body(vale.get("/audit/sample", **again)) == first
    other = body(vale.get("/audit/sample", **(again | {"seed": "another"})))
    assert other["rows"] != first["rows"]


def test_overrides_leavings_and_accesses(office: Office) -> None:
    from fullfile.server.store.audited import list_overrides, list_unseconded

    vale = caller("s.vale")
    assert body(vale.get("/audit/overrides"))["total"] == len(list_overrides())
    assert body(vale.get("/audit/unseconded"))["total"] == len(list_unseconded(0))
    people = body(vale.get("/audit/accounts"))
    assert {"k.ortiz", "a.boone"} <= {one["account"] for one in people["rows"]}
    assert body(vale.get("/audit/accounts", mark="locked"))["rows"] == []


def test_reports_as_the_pages_have_them(office: Office, case: int) -> None:
    from fullfile.server.queries.boards import refresh_boards
    from fullfile.server.queries.responsible import exceptions_by_person

    ortiz, lane = caller("k.ortiz"), caller("r.lane")
    names = [one["name"] for one in body(ortiz.get("/reports"))["rows"]]
    assert names == ["orphans", "discrepancies", "people", "reasons"]
    assert [one["name"] for one in body(lane.get("/reports"))["rows"]] == names[:2]
    for name in ("people", "reasons"):
        assert lane.get(f"/reports/{name}").status_code == 404
    assert refresh_boards() > 0
    people = body(ortiz.get("/reports/people"))["rows"]
    assert [(one["name"] or "", one["cases"], one["exceptions"]) for one in people] == [
        (one.name, one.cases, one.exceptions) for one in exceptions_by_person().rows
    ]
    assert people[0]["cases"] > 0
    why = {
        "outcome": "dismissed_with_prejudice",
        "occurred_on": "2024-07-12",
        "reasons": ["told_late", "booked_not_filed"],
    }
    before = body(ortiz.get("/reports/reasons"))
    made = body(ortiz.post(f"/cases/{case}/outcomes", why), 201)
    after = body(ortiz.get("/reports/reasons"))
    assert after["checkpoint"]["size"] == made["last"] + 1
    assert made["first"] in {entry for one in after["rows"] for entry in one["entries"]}
    assert after["outcomes"] >= before["outcomes"]


def test_orphans_and_discrepancies_are_veiled_as_the_room_is(office: Office) -> None:
    lane, ortiz = caller("r.lane"), caller("k.ortiz")
    made = book(lane, report_number="", not_known=["report_number"])
    orphans = body(lane.get("/reports/orphans"))
    (mine,) = [one for one in orphans["rows"] if one["item_id"] == made["item_id"]]
    assert mine["description"] == "One envelope with three rounds"
    assert body(lane.get("/room/unexamined"))["rows"] == orphans["rows"]
    found = body(lane.post("/reports/orphans/search", {"words": made["tag"]}))
    assert [one["tag"] for one in found["rows"]] == [made["tag"]]
    shelved = book(lane, place="")
    assert shelved["tag"] in {one["tag"] for one in body(lane.get("/room/to-shelve"))["rows"]}
    assert ortiz.get("/room/to-shelve").status_code == 403
    client = office.as_("r.lane")
    where = open_one(client)
    stand(client, where)
    scan(client, where, "INV-005")  # of another shelf
    told = body(lane.get("/reports/discrepancies"))
    (odd,) = told["rows"]
    assert (odd["kind"], odd["tag"]) == ("wrong_place", "INV-005")
    assert odd["inventory"]["entry"] == int(where.rstrip("/").rpartition("/")[2])
    assert odd["place"] != "sealed"
    assert body(ortiz.get("/reports/discrepancies"))["rows"][0]["place"] == "sealed"


def test_who_reaches_no_item_reads_a_line_without_its_words(office: Office) -> None:
    made = book(caller("r.lane"), report_number="", not_known=["report_number"])
    found = body(caller("h.pike").post("/room/unexamined/search", {"words": made["tag"]}))
    (line,) = found["rows"]
    assert (line["tag"], line["description"]) == (made["tag"], "sealed")
    seen = body(caller("k.ortiz").post("/room/unexamined/search", {"words": made["tag"]}))
    assert seen["rows"][0]["description"] == "One envelope with three rounds"


def test_the_court_sees_hearings_papers_and_the_bench_sheet_of_any_day(
    office: Office, case: int
) -> None:
    from fullfile.server.web.clock import today

    pike, ortiz = caller("h.pike"), caller("k.ortiz")
    every = body(pike.get("/court/hearings", every=True))
    assert NUMBER in {one["number"] for one in every["rows"]}
    found = body(pike.post("/court/hearings/search", {"words": NUMBER}))
    assert [one["number"] for one in found["rows"]] == [NUMBER]
    soon = body(pike.get("/court/hearings"))
    assert soon["total"] <= every["total"]
    then = body(pike.get(f"/court/cases/{case}/bench", on="2024-07-10"))
    board = body(ortiz.get(f"/cases/{case}/board", on="2024-07-10"))
    assert then["states"] == board["states"]
    assert then["exceptions"][0]["state"] == board["exceptions"][0]["state"]
    assert then["checkpoint"] == board["checkpoint"]
    issued = body(ortiz.post(f"/cases/{case}/schedules", _schedule(ortiz, case)), 201)
    filed = {"paper": "schedule", "entry": issued["first"], "filed_on": today().isoformat()}
    made = body(ortiz.post(f"/cases/{case}/court-filings", filed), 201)
    (paper,) = body(pike.get("/court/filings"))["rows"]
    assert (paper["entry"], paper["case_id"]) == (made["first"], case)
    now = body(pike.get(f"/court/cases/{case}/bench"))
    assert [one["entry"] for one in now["filed"]] == [made["first"]]
    assert issued["first"] in {one["entry"] for one in now["papers"]}
    assert pike.get("/court/cases/99999/bench").status_code == 404


def _schedule(one: Any, case: int) -> dict[str, Any]:
    return {"defendant": body(one.get(f"/cases/{case}/board"))["defendants"][0]}


def test_each_print_of_a_label_is_counted_and_says_that_it_is_one_again(office: Office) -> None:
    lane = caller("r.lane")
    made = book(lane)
    path = f"/items/{made['item_id']}/label"
    looked = body(lane.get(path))
    assert (looked["printed"], looked["copy_number"]) == (0, 1)
    assert made["tag"] in looked["lines"]
    assert looked["address"].endswith(f"/s/{looked['code']}/")
    first = body(lane.post(f"{path}/prints", {}, key="a-label-once"), 201)
    assert first["result"]["copy_number"] == 1
    assert body(lane.post(f"{path}/prints", {}, key="a-label-once"))["again"] is True
    second = body(lane.post(f"{path}/prints", {"size": "2x1"}), 201)["result"]
    assert (second["copy_number"], second["size"]) == (2, "2x1")
    assert "reprint 2" in second["lines"]
    assert body(lane.get(path))["printed"] == 2
    assert lane.post(f"{path}/prints", {"size": "9x9"}).status_code == 422
    assert caller("k.ortiz").get(path).status_code == 403


def test_what_a_code_is_on_is_told_to_who_reaches_it(office: Office) -> None:
    lane = caller("r.lane")
    made = book(lane)
    code = body(lane.get(f"/items/{made['item_id']}/label"))["code"]
    told = body(lane.get(f"/labels/{code.lower()}"))
    assert (told["kind"], told["item_id"], told["tag"]) == ("item", made["item_id"], made["tag"])
    for stranger in ("t.hill", "e.noor", "a.boone"):
        assert caller(stranger).get(f"/labels/{code}").status_code == 404
    assert lane.get("/labels/nothing").status_code == 404


def test_a_shelf_is_named_once_and_has_a_label(office: Office) -> None:
    from fullfile.server.store.load import current_size

    lane = caller("r.lane")
    named = body(lane.post("/shelves", {"place": "Safe 9", "room": "Vault"}), 201)["result"]
    assert (named["place"], named["room"]) == ("Safe 9", "Vault")
    size = current_size()
    again = body(lane.post("/shelves", {"place": "safe 9"}))
    assert (again["first"], again["result"]["number"]) == (None, named["number"])
    assert current_size() == size
    assert named in body(lane.get("/shelves", per_page=200))["rows"]
    label = body(lane.get(f"/shelves/{named['number']}/label"))
    assert label["code"] == named["code"]
    assert "Safe 9" in label["lines"]
    assert body(lane.get(f"/labels/{named['code']}"))["shelf"] == named["number"]
    assert caller("t.hill").get(f"/shelves/{named['number']}/label").status_code == 404
    assert caller("k.ortiz").get(f"/labels/{named['code']}").status_code == 404
    thing = body(lane.get(f"/items/{book(lane)['item_id']}/label"))["code"]
    wrong = lane.post("/shelves", {"place": thing})
    assert (wrong.status_code, codes(wrong)) == (409, {"place"})


def test_a_whole_report_is_recorded_or_nothing_of_it(office: Office) -> None:
    from fullfile.server.store.load import current_size, entries

    lane = caller("r.lane")
    before = book(lane)
    here = {
        "description": "Blue jacket",
        "category": "clothing",
        "quantity": "1",
        "brought_by": "A. Roe",
        "giver_role": "witness",
        "collected_at": "2026-11-02",
        "place": "A-13",
    }
    lines = [
        {"description": "Blue jacket", "booking": here},
        {"description": "Three rounds", "booked_as": before["tag"]},
        {"description": "A ladder", "outcome": "left_in_place", "reason": "too long"},
        {"description": "A radio"},
    ]
    said = {"report_number": "24-009999", "document": "Report of Nov. 2", "lines": lines}
    size = current_size()
    bad = lane.post(
        "/mentions/report", said | {"lines": [*lines, {"description": "x", "booked_as": "no-such"}]}
    )
    assert (bad.status_code, codes(bad)) == (409, {"never_booked"})
    both = lane.post(
        "/mentions/report",
        said | {"lines": [lines[0] | {"outcome": "not_taken", "reason": "none"}]},
    )
    assert (both.status_code, codes(both)) == (409, {"outcome"})
    assert current_size() == size
    made = body(lane.post("/mentions/report", said), 201)
    (item,) = made["result"]["items"]
    rows = [one for one in entries(made["result"]["entries"]) if one.type == "mention.recorded"]
    assert [(one.data.get("outcome"), one.data.get("booked_as")) for one in rows] == [
        ("booked", item["tag"]),
        ("booked", before["tag"]),
        ("left_in_place", None),
        (None, None),
    ]
    open_ones = body(lane.get("/room/unbooked"))["rows"]
    assert "A radio" in {one["description"] for one in open_ones}
    booked = body(lane.get(f"/items/{item['item_id']}"))
    assert booked["description"] == "Blue jacket"
    money = {"description": "Cash", "booking": here | {"category": "money"}}
    alone = lane.post("/mentions/report", said | {"lines": [money]})
    assert alone.status_code == 409, "money is counted by two, here as anywhere"


def test_cases_are_looked_for_and_somebody_else_decides(office: Office) -> None:
    lane = caller("r.lane")
    near = body(lane.post("/items/nearby", {"report_number": "24-001122", "giver": ""}))
    assert near["number"]
    assert near["giver"] == []
    made = book(lane, report_number="", not_known=["report_number"])
    looked = body(lane.post(f"/items/{made['item_id']}/look", {}))["result"]
    assert looked["looked"] in ("done", "not_yet", "no_index")
    told = body(lane.get(f"/items/{made['item_id']}/booked"))
    assert told["entry"] in made["entries"]
    assert told["likely"] == looked["likely"] or looked["looked"] == "not_yet"
    assert "R. Lane" not in told["deciders"]
    assert caller("k.ortiz").post(f"/items/{made['item_id']}/look", {}).status_code == 403


def test_what_can_be_done_to_an_item_and_what_cannot_with_its_reason(office: Office) -> None:
    lane = caller("r.lane")
    made = book(lane)
    rows = {
        one["act"]: one["reasons"]
        for one in body(lane.get(f"/items/{made['item_id']}/acts"))["rows"]
    }
    assert rows["check-out"] == []
    assert rows["check-in"]
    assert all(why["text"] for why in rows["check-in"])


def test_who_does_not_hold_a_thing_does_not_act_on_it(office: Office) -> None:
    """As on the pages: who sees an item of another agency acts on it only while it is with them."""
    lane, hill = caller("r.lane"), caller("t.hill")
    works_for = body(hill.get("/me"))["works_for"]
    opened = {
        "number": "D-0101-CR-2026-00777",
        "jurisdiction": "us-nm",
        "report_numbers": ["Sheriff:26-777"],
        "agencies": ["Sheriff", works_for],
    }
    body(caller("k.ortiz").post("/cases", opened), 201)
    made = book(lane, report_number="26-777")
    path = f"/items/{made['item_id']}"
    assert body(hill.get(path))["tag"] == made["tag"]
    sealed = {"seal": "S-100", "seal_intact": True}
    refused = hill.post(f"{path}/move", {"place": "L-1"} | sealed)
    assert (refused.status_code, codes(refused)) == (403, {"not_permitted"})
    one = {"item_id": made["item_id"], **sealed}
    many = hill.post("/custody/moves", {"things": [one], "place": "L-1"})
    assert (many.status_code, codes(many)) == (409, {"not_with_you"})
    given = {"to": works_for, "reason": "comparison", "accepted_by": "T. Hill"} | sealed
    body(lane.post(f"{path}/transfer", given), 201)
    told = {"what": "compared with a pistol"} | sealed
    assert body(hill.post(f"{path}/examine", told), 201)


def test_a_hold_of_a_case_is_foreseen_then_lifted_by_its_name(office: Office, case: int) -> None:
    soto, ortiz = caller("j.soto"), caller("k.ortiz")
    name = "preservation letter of July 15, 2024"
    placed = {"hold": name, "reason": "asked by letter", "case_id": case}
    body(ortiz.post("/holds", placed), 201)
    path = f"/cases/{case}/holds"
    foreseen = body(soto.post(f"{path}/foresee", {"hold": name}))
    assert foreseen["refusals"] == []
    kept = {one["tag"] for one in (*foreseen["free"], *foreseen["still_held"])}
    assert "DOC-001" in kept
    assert soto.post(f"{path}/foresee", {"hold": "no such hold"}).status_code == 404
    assert soto.post(f"{path}/lift", {"hold": "no such", "reason": "x"}).status_code == 404
    assert ortiz.post(f"{path}/lift", {"hold": name, "reason": "x"}).status_code == 403
    done = body(soto.post(f"{path}/lift", {"hold": name, "reason": "it ended"}), 201)["result"]
    assert done["free"] == foreseen["free"]
    assert {one["tag"] for one in done["still_held"]} == {
        one["tag"] for one in foreseen["still_held"]
    }
    assert soto.post(f"{path}/lift", {"hold": name, "reason": "again"}).status_code == 404
    item = next(one["item_id"] for one in (*done["still_held"], *done["free"]))
    assert soto.post(f"/items/{item}/holds/foresee", {"hold": name}).status_code == 404


def test_wishes_to_leave_wait_for_who_asks_and_who_approves(office: Office) -> None:
    lane, soto = caller("r.lane"), caller("j.soto")
    made = book(lane)
    order = {"authority": "District Court", "words": "returned to A. Roe", "made_on": "2026-11-03"}
    wish = {"how": "released", "reason": "to its owner", "to": "A. Roe", "order": order}
    asked = body(lane.post(f"/items/{made['item_id']}/leaving", wish), 201)
    for one in (lane, soto):
        (row,) = body(one.get("/room/leaving"))["rows"]
        assert (row["entry"], row["tag"]) == (asked["first"], made["tag"])
    assert caller("k.ortiz").get("/room/leaving").status_code == 404


def test_inventories_under_way_are_those_that_nobody_closed(office: Office) -> None:
    lane = caller("r.lane")
    before = body(lane.get("/inventories"))["rows"]
    opened = body(lane.post("/inventories", {"where": ["vault 2"]}), 201)
    (now,) = body(lane.get("/inventories", under_way=True))["rows"]
    assert now["entry"] == opened["first"]
    assert len(body(lane.get("/inventories"))["rows"]) == len(before) + 1
    shelf = {"place": "vault 2", "not_scanned": now["expected"]}
    body(lane.post(f"/inventories/{opened['first']}/shelves/close", shelf), 201)
    body(lane.post(f"/inventories/{opened['first']}/close", {"second": "M. Quill"}), 201)
    assert body(lane.get("/inventories", under_way=True))["rows"] == []
