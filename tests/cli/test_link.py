"""`link`: suggestions stand at once, with their reasons; persons decide, never the booker."""

from __future__ import annotations

import json

import pytest

R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"


@pytest.fixture
def linked(run, office):
    assert run("import", "examples/state-v-baldwin", "--source", "press", home=office).status == 0
    second = ("import", "examples/state-v-baldwin/second-accounts", "--source", "second-accounts")
    assert run(*second, home=office).status == 0
    run("settings", "set", "source_rank", "press", "second-accounts", home=office)
    return office, run("link", "--format", "json", "--by", "clerk", home=office)


def orphans(run, home, day):
    said = json.loads(run("match", "--on", day, "--format", "json", home=home).out)
    return {one["tag"]: one for one in said["exceptions"] if one["state"] == "orphan"}


def test_both_cases_are_suspected_on_the_day_of_booking(run, linked):
    home, said = linked
    assert said.status == 0
    found = json.loads(said.out)
    rounds = [one for one in found["suggestions"] if one["tag"] == "DOC-001"]
    assert {one["case_number"] for one in rounds} == {R, R2}
    assert "by hand" in found["model"]["trained_on"]
    line = orphans(run, home, "2024-03-06")["DOC-001"]
    assert {one["case_number"] for one in line["suspected_cases"]} == {R, R2}
    assert all(one["probability"] > 0.5 for one in line["suspected_cases"])
    assert "SUB, who handed it in, is a witness of the case" in line["why"]
    # The defence asked in July: that reason did not exist in March.
    assert "request of the defence" not in line["why"]


def test_a_second_run_records_nothing_new_but_itself(run, linked):
    home, _ = linked
    before = json.loads(run("match", "--format", "json", home=home).out)["checkpoint"]["size"]
    assert run("link", "--by", "clerk", home=home).status == 0
    after = json.loads(run("match", "--format", "json", home=home).out)["checkpoint"]["size"]
    assert after == before + 1


def test_an_item_that_was_examined_in_vain_is_counted_and_no_exception(run, office, tmp_path):
    items = tmp_path / "items.csv"
    items.write_text("agency,tag,description,booked_at\nAlder Sheriff,F-1,an umbrella,2024-05-01\n")
    assert run("import", "items", items, "--source", "room", home=office).status == 0
    assert "F-1" in orphans(run, office, "2024-05-02")
    assert run("link", "--by", "clerk", home=office).status == 0
    assert orphans(run, office, "2024-05-02") == {}
    said = json.loads(run("match", "--on", "2024-05-02", "--format", "json", home=office).out)
    assert said["states"] == {"orphan": 1}
    # What came to it since was not examined.
    custody = tmp_path / "custody.csv"
    custody.write_text("agency,tag,event,occurred_at\nAlder Sheriff,F-1,moved,2024-05-02\n")
    assert run("import", "custody", custody, "--source", "room", home=office).status == 0
    assert "F-1" in orphans(run, office, "2024-05-02")


def test_explain(run, linked):
    home, _ = linked
    said = run("link", "explain", "Sheriff", "DOC-001", R2, home=home)
    assert said.status == 0
    assert "SUB, who handed it in, is a witness of the case" in said.words
    found = json.loads(
        run("link", "explain", "Sheriff", "DOC-001", R2, "--format", "json", home=home).out
    )
    assert found["case_number"] == R2
    assert found["reasons"][0]["weight"] == "7.000"
    assert run("link", "explain", "Sheriff", "INV-001", R2, home=home).status == 2


def test_never_by_whoever_booked_it(run, linked):
    home, _ = linked
    refused = run("link", "accept", "Sheriff", "DOC-001", R, "--by", "TECH", home=home)
    assert refused.status == 2
    assert "TECH booked the item" in refused.err
    no_reason = run("link", "reject", "Sheriff", "DOC-001", R, "--by", "LT", home=home)
    assert no_reason.status == 2
    assert "needs a reason" in no_reason.err


def test_an_accepted_suggestion_makes_the_item_bear_on_the_case(run, linked):
    home, _ = linked
    report = ("Sheriff", "SFSO-DOC-2024-001/1")
    assert report[1] in orphans(run, home, "2026-12-01")
    assert run("link", "accept", *report, R2, "--by", "LT", home=home).status == 0
    assert report[1] not in orphans(run, home, "2026-12-01")
    said = json.loads(
        run("match", "--case", R2, "--on", "2026-12-01", "--format", "json", home=home).out
    )
    (line,) = [one for one in said["exceptions"] if one["tag"] == report[1]]
    assert (line["state"], line["also"]) == ("unfiled", ["post_conviction"])


def test_a_rejected_suggestion_is_closed(run, linked):
    home, _ = linked
    report = ("Sheriff", "SFSO-DOC-2024-001/1")
    assert report[1] in orphans(run, home, "2026-12-01")
    for case in (R, R2):
        rejected = run(
            "link", "reject", *report, case, "--by", "LT", "--reason", "a receipt", home=home
        )
        assert rejected.status == 0
    line = orphans(run, home, "2026-12-01")
    assert report[1] not in line
