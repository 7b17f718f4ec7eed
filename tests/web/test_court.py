"""The court: what the record would show, on any day; no views, no suggestions; what is under seal is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.web.test_defence import CASE, read

if TYPE_CHECKING:
    from tests.web.conftest import Office


def case_id() -> int:
    from fullfile.server.store.connections import case_id_of

    found = case_id_of(CASE)
    assert found is not None
    return found


def test_hearings_of_fourteen_days_with_their_verdicts(office: Office) -> None:
    from fullfile.server.actions.docket import record_event
    from fullfile.server.web.clock import now_ms, today

    judge = office.as_("h.pike")
    assert "No hearing by" in read(judge, "/court/")
    every = read(judge, "/court/?all=yes")
    assert "Baldwin" in every
    found = judge.post("/court/", {"q": "gutierrez"}, follow=True).content.decode()
    assert "Gutierrez-Reed" in found
    assert "v. Baldwin" not in found
    soon = (today() + timedelta(days=5)).isoformat()
    record_event(CASE, "trial_set", today().isoformat(), due_on=soon, by="H. Pike", now_ms=now_ms())
    page = read(judge, "/court/")
    assert "1 case is in court by" in page
    assert "v. Baldwin" in page
    rows = judge.get("/court/?all=yes&format=json").json()
    assert {row["case_number"] for row in rows} >= {CASE}


def test_the_bench_sheet_on_the_day_before_the_ruling(office: Office) -> None:
    judge = office.as_("h.pike")
    page = read(judge, f"/court/{case_id()}/?on=2024-07-10")
    assert "You are looking at July 10, 2024" in page
    assert "Not full" in page
    assert "DOC-001" in page
    assert "Record what the court did" not in page
    assert "5-501" in page or "5-505" in page
    now = read(judge, f"/court/{case_id()}/")
    assert "Record what the court did" in now


def test_views_of_the_states_people_stay_out(office: Office) -> None:
    from fullfile.server.actions.views import record_determination
    from fullfile.server.web.clock import now_ms

    record_determination(
        case_number=CASE,
        agency="Sheriff",
        tag="INV-001",
        finding="exculpatory",
        reason="the firing pin was changed",
        by="K. Ortiz",
        actor="K. Ortiz",
        now_ms=now_ms(),
    )
    page = read(office.as_("h.pike"), f"/court/{case_id()}/")
    assert "firing pin" not in page
    assert "they stay out until filed or ordered" in page


def test_a_court_of_some_cases_sees_those_alone(office: Office) -> None:
    from fullfile.server.actions.granting import Wish, approve_access, ask_access
    from fullfile.server.web.clock import now_ms

    other = "D-0101-CR-2023-00040"
    moment = {"actor": "A. Boone", "actor_account": "a.boone", "now_ms": now_ms()}
    asked = ask_access(
        Wish("q.roe", "Q. Roe", "Court", "court", cases=(other,)), reason="sits", **moment
    )
    approve_access(asked.entry, actor="J. Soto", actor_account="j.soto", now_ms=now_ms())
    judge = office.as_("q.roe")
    every = read(judge, "/court/?all=yes")
    assert "Gutierrez-Reed" in every
    assert "v. Baldwin" not in every
    assert judge.get(f"/court/{case_id()}/").status_code == 404


@pytest.mark.parametrize("who", ["k.ortiz", "e.noor", "s.vale", "a.boone", "r.lane", "j.soto"])
def test_the_room_is_the_courts(office: Office, who: str) -> None:
    client = office.as_(who)
    assert client.get("/court/").status_code == 403
    assert client.get("/court/1/").status_code == 403
