"""The API of what the pages show besides: a case over time, readiness, packages, settings."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.web.callers import caller

if TYPE_CHECKING:
    from tests.web.conftest import Office

BALDWIN = "D-0101-CR-2024-00013"


@pytest.fixture
def case(office: Office) -> int:
    """The number in addresses of the case against Baldwin."""
    from fullfile.server.store.connections import case_id_of

    found = case_id_of(BALDWIN)
    assert found is not None
    return found


def test_the_days_of_a_case_are_those_of_its_match(office: Office, case: int) -> None:
    one = caller("k.ortiz")
    said = one.get(f"/cases/{case}/timeline").json()
    assert said["of"] == len(said["days"]) > 10
    assert len(said["defendants"]) == len(said["days"][0]["owed"]) == 1
    day = next(row for row in said["days"] if row["filed"])
    board = one.get(f"/cases/{case}/board", on=day["on"]).json()
    unfiled = {line["tag"] for line in board["exceptions"] if line["state"] == "unfiled"}
    assert len(unfiled) == day["filed"]


def test_what_the_record_would_show_two_days_before_the_ruling(office: Office, case: int) -> None:
    said = caller("k.ortiz").get(f"/cases/{case}/readiness", on="2024-07-10").json()
    assert {"Sheriff DOC-001"} <= {line["item"] for line in said["exceptions"]}
    assert said["defendants"][0]["not_served"] > 0
    assert any(one["state"] for one in said["knew"])
    assert said["remedies"]
    assert "not legal advice" in said["not_legal_advice"].casefold()
    # A court reads no view of what somebody knew.
    assert caller("h.pike").get(f"/cases/{case}/readiness").json()["knew"] is None


def test_a_package_is_handed_to_the_office_and_to_counsel(office: Office) -> None:
    from fullfile.server.store.connections import case_id_of
    from fullfile.server.store.reading_log import read_all
    from tests.web.test_defence import NEW, served

    entry = served()
    place = f"/cases/{case_id_of(NEW)}/productions/{entry}"
    prosecutor, counsel = caller("k.ortiz"), caller("l.poe")
    answer = prosecutor.get(f"{place}/packages/1")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    whole = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        assert any(name.endswith("manifest-sha256.txt") for name in package.namelist())
    assert prosecutor.get(f"{place}/packages/2").status_code == 404
    assert caller("j.soto").get(f"{place}/packages/1").status_code == 403
    own = f"/defence/clients/1/productions/{entry}/package"
    assert b"".join(counsel.get(own).streaming_content) == whole
    assert "package" in {one.kind for one in read_all()}
    assert prosecutor.get(own).status_code == 403
    assert counsel.get(f"/defence/clients/1/productions/{entry + 1}/package").status_code == 404


def test_a_setting_is_set_from_now_on(office: Office) -> None:
    one = caller("a.boone")
    before = {row["name"]: row for row in one.get("/settings").json()["rows"]}
    assert before["target_days"]["entry"] is None
    done = one.post("/settings", {"name": "target_days", "value": "10"})
    assert done.status_code == 201, done.content
    after = {row["name"]: row for row in one.get("/settings").json()["rows"]}
    assert after["target_days"]["value"] == "10"
    assert after["target_days"]["entry"] == done.json()["first"]
    assert one.post("/settings", {"name": "target_days", "value": "soon"}).status_code == 409
    assert one.post("/settings", {"name": "nothing", "value": "1"}).status_code == 422
    refused = caller("k.ortiz").post("/settings", {"name": "target_days", "value": "9"})
    assert refused.status_code == 403
