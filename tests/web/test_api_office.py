"""The API of the office: law, jobs, invitations, what needs somebody today, imports of foreign sheets."""

from __future__ import annotations

import ast
import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.callers import Caller, caller
from tests.web.test_api_work import body, book, codes

if TYPE_CHECKING:
    from tests.web.conftest import Office

_FOREIGN = """Evidence #,Department,Item Description,Date Received,Weight
E-1,Doe County Sheriff,Blue cup,03/06/2024,12 g
E-2,Doe County Sheriff,Red cup,13/31/2024,9 g
E-3,Doe County Sheriff,,03/07/2024,1 g
E-4,Doe County Sheriff,Green cup,03/25/2024,
"""
_CHOSEN = {
    "Evidence #": "tag",
    "Department": "agency",
    "Item Description": "description",
    "Date Received": "booked_at",
}


def post_sheet(one: Caller, path: str, sheet: str, key: str, **asked: str) -> Any:
    from urllib.parse import urlencode

    from django.test import Client

    return Client(HTTP_HOST="localhost").post(
        f"/api/v1{path}?{urlencode(asked)}",
        data=sheet,
        content_type="text/csv",
        headers={"Authorization": f"Bearer {one.token}", "Idempotency-Key": key},
    )


def account_of(who: str) -> int:
    rows = body(caller("a.boone").get("/accounts", per_page=200))["rows"]
    return next(one["account_id"] for one in rows if one["account"] == who)


def test_the_law_in_use_and_nothing_new_to_adopt(office: Office) -> None:
    from fullfile.server.store.load import current_size

    boone, soto = caller("a.boone"), caller("j.soto")
    law = body(soto.get("/law"))["rows"]
    assert {one["kind"] for one in law} == {"pack", "calendar"}
    assert all(one["by"] and one["digest"] for one in law)
    size = current_size()
    made = body(boone.post("/law/adopt"))
    assert (made["first"], made["result"]["adopted"]) == (None, [])
    assert current_size() == size
    assert soto.post("/law/adopt").status_code == 403
    assert caller("k.ortiz").get("/law").status_code == 403


def test_a_pack_of_the_home_is_adopted(office: Office) -> None:
    import shutil

    from fullfile.engines.packs import shipped_folder
    from fullfile.server.store.adoptions import list_adopted
    from fullfile.server.store.load import current_size

    shipped = shipped_folder() / "calendars" / "ca"
    mine = office.home / "packs" / "calendars" / "our-court"
    shutil.copytree(shipped, mine)
    about = mine / "calendar.toml"
    about.write_text(about.read_text("utf-8").replace('id = "ca"', 'id = "our-court"'), "utf-8")
    made = body(caller("a.boone").post("/law/adopt"), 201)
    assert [one["name"] for one in made["result"]["adopted"]] == ["our-court"]
    now = {one.name: one.entry for one in list_adopted(current_size())}
    assert now["our-court"] == made["first"]


def test_a_link_is_told_once_and_the_invited_choose_on_the_page(office: Office) -> None:
    from fullfile.server.actions.invitations import find_invitation
    from fullfile.server.web.clock import now_ms

    boone = caller("a.boone")
    path = f"/accounts/{account_of('m.quill')}/invite"
    said = {"reason": "lost the password; known by voice"}
    made = body(boone.post(path, said, key="invite-quill-1"), 201)
    link = made["result"]["link"]
    secret = link.rstrip("/").rpartition("/")[2]
    assert find_invitation(secret, now_ms=now_ms()).username == "m.quill"  # type: ignore[union-attr]
    assert secret not in json.dumps(body(boone.get("/record/entries", after=made["first"] - 1)))
    again = body(boone.post(path, said, key="invite-quill-1"))
    assert (again["again"], again["result"]) == (True, None)
    later = body(boone.post(path, said), 201)["result"]["link"]
    assert later != link
    assert find_invitation(secret, now_ms=now_ms()) is None, "earlier links end"
    assert caller("k.ortiz").post(path, said).status_code == 403
    assert boone.post("/accounts/99999/invite", said).status_code == 404


def test_a_second_step_is_taken_away_by_somebody_else(office: Office) -> None:
    from fullfile.server.store.reading import read_entries

    boone = caller("a.boone")
    said = {"reason": "the telephone was stolen; known by voice"}
    path = f"/accounts/{account_of('m.quill')}/second-step/remove"
    made = body(boone.post(path, said), 201)
    (entry,) = read_entries([made["first"]])
    assert (entry.data["account"], entry.by) == ("m.quill", "A. Boone")
    mine = f"/accounts/{account_of('a.boone')}/second-step/remove"
    own = boone.post(mine, said)
    assert own.status_code == 409, "nobody takes their own away"
    assert boone.post(path, {"reason": ""}).status_code == 422


def test_jobs_are_seen_by_who_asked_and_stopped_by_them(office: Office) -> None:
    from fullfile.server.jobs import work_off
    from fullfile.server.waiting.asking import ask_job, read_job

    webb, boone, soto = caller("c.webb"), caller("a.boone"), caller("j.soto")
    job = ask_job("tidy", {}, account="c.webb", by="C. Webb")
    (mine,) = body(webb.get("/jobs"))["rows"]
    assert (mine["job"], mine["state"], mine["total"]) == (job, "waiting", None)
    assert body(boone.get(f"/jobs/{job}"))["by"] == "C. Webb"
    assert caller("k.ortiz").get(f"/jobs/{job}").status_code == 404
    assert soto.post(f"/jobs/{job}/stop").status_code == 403, "it is not the supervisor's"
    assert body(webb.post(f"/jobs/{job}/stop"))["state"] == "stopped"
    assert codes(webb.post(f"/jobs/{job}/stop")) == {"job_ended"}
    done = ask_job("tidy", {}, account="c.webb", by="C. Webb")
    work_off()
    assert body(webb.get(f"/jobs/{done}"))["state"] == read_job(done).state == "done"
    assert [one["job"] for one in body(webb.get("/jobs", state="stopped"))["rows"]] == [job]
    assert caller("e.noor").get("/jobs").status_code == 403


@pytest.mark.parametrize(
    "who", ["r.lane", "k.ortiz", "j.soto", "c.webb", "h.pike", "s.vale", "a.boone"]
)
def test_what_needs_me_today_is_the_start_page_as_data(office: Office, who: str) -> None:
    from django.utils.html import escape

    if who == "r.lane":
        book(caller("r.lane"), place="")
    told = body(caller(who).get("/today"))
    page = " ".join(office.as_(who).get("/").content.decode().split())
    for row in told["rows"]:
        assert escape(row["words"]) in page, row
        assert row["list"]
        assert row["count"] is None or f"{row['count']:,}" in row["words"]
    if who == "r.lane":
        (shelve,) = [one for one in told["rows"] if one["head"] == "To shelve"]
        assert shelve["count"] == body(caller(who).get("/room"))["counts"]["to_shelve"] > 0


def test_counsel_is_sent_to_their_clients(office: Office) -> None:
    answer = caller("e.noor").get("/today")
    assert (answer.status_code, "/defence/clients" in answer.json()["detail"]) == (404, True)


def test_what_is_due_is_told_to_who_reaches_the_case(office: Office) -> None:
    from fullfile.server.queries.boards import refresh_boards

    ortiz, hill = caller("k.ortiz"), caller("t.hill")
    made = book(caller("r.lane"), report_number="26-778")
    opened = {
        "number": "D-0101-CR-2026-00778",
        "jurisdiction": "us-nm",
        "opened_on": "2026-01-05",
        "report_numbers": ["Sheriff:26-778"],
        "agencies": ["Sheriff"],
        "defendants": [{"name": "Poe"}],
        "counts": [
            {"defendant": "Poe", "count": "1", "offense": "theft", "charged_on": "2026-01-05"}
        ],
    }
    case = body(ortiz.post("/cases", opened), 201)["result"]["case_id"]
    refresh_boards()
    assert made["item_id"]
    owed = [
        one
        for path in ("/waiting/overdue", "/waiting/due")
        for one in body(ortiz.get(path))["rows"]
        if one["case_id"] == case
    ]
    assert {one["defendant"] for one in owed} == {"Poe"}
    for path in ("/waiting/overdue", "/waiting/due", "/waiting/silent"):
        told = body(hill.get(path))
        assert "Poe" not in json.dumps(told)
        assert case not in {one["case_id"] for one in told["rows"]}
    pages = {
        who: "".join(
            office.as_(who).get(f"/lists/{name}/?format=csv").content.decode()
            for name in ("overdue", "due")
        )
        for who in ("k.ortiz", "t.hill")
    }
    assert opened["number"] in pages["k.ortiz"]
    assert opened["number"] not in pages["t.hill"], "the pages tell no more"
    hearing = {"event": "trial_set", "occurred_on": "2026-11-20", "due_on": _soon()}
    body(ortiz.post(f"/cases/{case}/docket", hearing), 201)
    refresh_boards()
    silent = body(ortiz.get("/waiting/silent"))["rows"]
    assert "Sheriff" in {one["agency"] for one in silent if one["case_id"] == case}
    mine = body(caller("r.lane").get("/waiting/answers"))["rows"]
    assert case in {one["case_id"] for one in mine}
    assert ortiz.get("/waiting/answers").status_code == 403


def _soon() -> str:
    from datetime import timedelta

    from fullfile.server.web.clock import today

    return (today() + timedelta(days=5)).isoformat()


def test_a_foreign_sheet_by_its_columns_in_the_steps_of_the_page(office: Office) -> None:
    from fullfile.server.store.load import current_size

    webb = caller("c.webb")
    size = current_size()
    guessed = body(post_sheet(webb, "/imports/items/columns", _FOREIGN, "guess-01"))
    assert {one["theirs"]: one["ours"] for one in guessed["columns"]} == {
        **_CHOSEN,
        "Weight": None,
    }
    assert guessed["dates"] == "month"
    how = {"source": "Evidence room", "columns": json.dumps(_CHOSEN), "dates": "month"}
    tried = body(post_sheet(webb, "/imports/items", _FOREIGN, "try-0001", **how, dry_run="true"))
    assert (tried["report"]["new"], tried["report"]["rejected"]) == (2, 2)
    whole = post_sheet(webb, "/imports/items", _FOREIGN, "whole-01", **how)
    assert whole.status_code == 409
    few = post_sheet(
        webb, "/imports/items", _FOREIGN, "few-0001", **how, skip_bad="true", leave_out="1"
    )
    assert few.status_code == 409, "two rows have problems, and one was agreed to be left out"
    assert current_size() == size, "nothing is recorded yet"
    done = body(
        post_sheet(
            webb, "/imports/items", _FOREIGN, "done-001", **how, skip_bad="true", leave_out="2"
        ),
        201,
    )
    report = done["report"]
    assert (report["recorded"], report["new"], report["rejected"]) == (True, 2, 2)
    rows = list(csv.DictReader(io.StringIO(report["rejected_csv"])))
    assert [one["Evidence #"] for one in rows] == ["E-2", "E-3"]
    mended = _FOREIGN.replace("13/31/2024", "03/31/2024").replace(
        "Blue cup", "Blue cup with a chip"
    )
    next_ = body(
        post_sheet(webb, "/imports/items", mended, "next-001", **how, skip_bad="true"), 201
    )
    (changed,) = next_["report"]["corrections"]
    assert changed["row"] == 2
    assert changed["fields"] == [
        {"column": "description", "old": "Blue cup", "new": "Blue cup with a chip"}
    ]
    runs = body(webb.get("/imports"))["rows"]
    assert (runs[0]["source"], runs[0]["table"], runs[0]["left_out"]) == (
        "Evidence room",
        "items",
        1,
    )
    assert (
        post_sheet(
            webb, "/imports/items", _FOREIGN, "bad-0001", source="x", columns="[]"
        ).status_code
        == 422
    )
    wrong = json.dumps({"Evidence #": "no_such"})
    assert (
        post_sheet(
            webb, "/imports/items", _FOREIGN, "bad-0002", source="x", columns=wrong
        ).status_code
        == 422
    )
    lacks = json.dumps({"Evidence #": "tag"})
    missing = post_sheet(webb, "/imports/items", _FOREIGN, "bad-0003", source="x", columns=lacks)
    assert codes(missing) == {"column_missing"}


PAGES_ONLY = {
    "accept_invitation": "who is invited chooses their own password, in a browser, before they have any token",
    "find_invitation": "likewise",
    "act_of": "makes up an act to ask what would hinder it; /items/{item_id}/acts answers through the same page's code",
    "state_of": "asks what hinders a leaving before a form is filled; /items/{item_id}/holds, and the refusal, say it",
    "now_text": "words for the same",
    "decide_link": "accept_suggestion and reject_suggestion say the same through it",
    "scan_item": "scan_items takes one scan, or many",
    "receive": "a file waits in the office between the steps of the page; POST /imports/{table} is all steps in one",
    "ask_columns": "likewise: POST /imports/{table}/columns",
    "choose_columns": "likewise: `columns` and `dates`",
    "ask_check": "likewise: `dry_run`",
    "ask_commit": "likewise: without `dry_run`",
    "drop": "likewise: nothing waits, so nothing is given up",
    "settled": "likewise",
}
"""Functions of actions that pages call and the API does not, each with the reason."""


def _actions_called(files: list[Path]) -> set[str]:
    """The functions of `server.actions` that modules import."""
    from importlib import import_module

    found = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            inside = isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "fullfile.server.actions"
            )
            if inside and isinstance(node, ast.ImportFrom):
                module = import_module(str(node.module))
                for one in node.names:
                    named = getattr(module, one.name)
                    assert not hasattr(named, "__path__"), f"{file.name} imports a whole module"
                    if callable(named) and not isinstance(named, type):
                        found.add(one.name)
    return found


def test_whatever_pages_do_the_api_does_or_says_why_not(office: Office) -> None:
    import fullfile.server.web

    home = Path(str(fullfile.server.web.__file__)).parent
    api = sorted((home / "api").glob("*.py"))
    pages = [one for one in sorted(home.rglob("*.py")) if one not in api]
    by_pages, by_api = _actions_called(pages), _actions_called(api)
    assert len(by_pages) > 70
    assert by_pages - by_api - set(PAGES_ONLY) == set(), "the API lacks these, without a reason"
    assert set(PAGES_ONLY) <= by_pages - by_api, "an exception that is none any more"
