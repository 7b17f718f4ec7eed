"""Productions: drafted from what is owed, closed under a number, served all or nothing, acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.disclosure.productions import Change, Stage
from fullfile.core.errors import NotFound
from fullfile.core.papers.owing import Place
from fullfile.server.actions.filings import file_item
from fullfile.server.actions.productions import (
    acknowledge_production,
    change_production,
    close_production,
    counsel_cannot_open,
    draft_production,
    record_receipt,
    serve_production,
)
from fullfile.server.actions.withholdings import withhold_item
from fullfile.server.queries.productions import (
    get_production,
    new_since,
    owed_to,
    production_of_entry,
    productions_of,
    receipts_outstanding,
)
from fullfile.server.store.load import current_size
from fullfile.server.store.rebuild import rebuild
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

FOR_ROE: dict[str, Any] = {"case_number": "D-1", "defendants": ["Ada Roe"]}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def tags(found: Any) -> list[str]:
    return [one.tag for one in found]


def served(county: Office, **more: Any) -> int:
    """A production of all that is owed to Roe, served."""
    draft = draft_production(**FOR_ROE, **county.later)
    close_production(draft, **county.later)
    serve_production(draft, way="portal", **more, **county.later)
    return draft


def withheld(county: Office, tag: str = "E-2") -> int:
    return withhold_item(
        case_number="D-1",
        agency="ACSO",
        tag=tag,
        ground="work_product",
        by="Pat Lorne",
        announced_at="2024-02-12",
        **county.later,
    )


def test_what_is_owed_is_what_was_not_served_or_withheld(county: Office) -> None:
    owed = owed_to("D-1", "ada roe", now_ms=county.now_ms)
    assert tags(owed.owed) == ["E-1", "E-2", "E-3", "E-4"]
    assert owed.counsel == "Mina Vale"
    assert {one.due_basis for one in owed.owed} <= {"law", "policy"}
    assert all(one.why for one in owed.owed)
    served(county)
    after = owed_to("D-1", "Ada Roe", now_ms=county.now_ms)
    assert not after.owed
    assert {one.place for one in after.items} == {Place.SERVED}
    with pytest.raises(NotFound):
        owed_to("D-1", "Nobody", now_ms=county.now_ms)


def test_a_production_goes_from_draft_to_receipt(county: Office) -> None:
    draft = draft_production(**FOR_ROE, **county.later)
    assert production_of_entry(draft).stage is Stage.DRAFT
    assert production_of_entry(draft).number is None
    assert close_production(draft, **county.later) == 1
    assert production_of_entry(draft).stage is Stage.CLOSED
    before = current_size()
    (entry,) = serve_production(draft, way="portal", **county.later)
    assert current_size() == before + 1 + 4
    here = production_of_entry(draft)
    assert here.stage is Stage.SERVED
    assert here.served["ada roe"].on == "Mina Vale"
    assert here.served["ada roe"].entry == entry
    row = county.entry(entry + 1)
    assert row.type == "disclosure.recorded"
    assert row.data["production"] == "1"
    assert (row.data["method"], row.data["extent"]) == ("download", "whole")
    line = county.line("D-1", "E-1")
    assert line.disclosed_at is not None
    assert line.acknowledged_at is None
    assert receipts_outstanding()[0] == 1
    (waiting,) = receipts_outstanding()[1]
    assert (waiting.number, waiting.defendant, waiting.production, waiting.items) == (
        "D-1",
        "Ada Roe",
        "1",
        4,
    )
    acknowledge_production(draft, defendant="Ada Roe", by="Mina Vale", **county.later)
    assert production_of_entry(draft).stage is Stage.ACKNOWLEDGED
    assert receipts_outstanding() == (0, [])
    line = county.line("D-1", "E-1")
    assert line.receipt == "claimed"
    assert "receipt claimed" in line.why.lower()
    assert line.corrected is None


def test_a_signed_receipt_is_told_from_a_claimed_one(county: Office) -> None:
    draft = served(county)
    record_receipt(draft, "Ada Roe", by="Mina Vale", at="", signed=True, items=None, **county.later)
    file_item(case_number="D-1", agency="ACSO", tag="E-1", filed_by="Pat Lorne", **county.later)
    line = county.line("D-1", "E-1")
    assert line.receipt == "signed"
    assert "receipt signed" in line.why.lower()
    assert "claimed" not in line.why
    assert list(
        refusal(
            acknowledge_production, production=draft, defendant="Ada Roe", by="X", **county.later
        )
    ) == ["signed_already"]


def test_a_claim_may_be_followed_by_a_signature_and_parts_add_up(county: Office) -> None:
    draft = served(county)
    who = {"production": draft, "defendant": "Ada Roe", "by": "Mina Vale"}
    acknowledge_production(**who, items=[("Alder Sheriff", "E-1")], **county.later)
    assert production_of_entry(draft).stage is Stage.SERVED
    assert county.line("D-1", "E-1").receipt == "claimed"
    assert county.line("D-1", "E-2").receipt is None
    found = refusal(acknowledge_production, **who, items=[("Alder Sheriff", "F-1")], **county.later)
    assert list(found) == ["not_in_it"]
    record_receipt(draft, "Ada Roe", by="Mina Vale", at="", signed=True, items=None, **county.later)
    assert county.line("D-1", "E-1").receipt == "signed"
    assert county.line("D-1", "E-2").receipt == "signed"


def test_a_draft_is_changed_with_reasons_and_a_closed_one_never(county: Office) -> None:
    draft = draft_production(**FOR_ROE, **county.later)
    of_e1 = {"production": draft, "agency": "ACSO", "tag": "E-1"}
    found = refusal(change_production, **of_e1, change=Change.REMOVE, **county.later)
    assert list(found) == ["reason_missing"]
    change_production(**of_e1, change=Change.REMOVE, reason="at the laboratory", **county.later)
    assert tags(production_of_entry(draft).lines) == ["E-2", "E-3", "E-4"]
    (out,) = production_of_entry(draft).left_out
    assert (out.tag, out.reason, out.by) == ("E-1", "at the laboratory", "Rita Quill")
    assert tags(get_production(draft).also_owed["ada roe"]) == []
    change_production(
        production=draft,
        agency="ACSO",
        tag="E-2",
        change=Change.FORM,
        extent="redacted",
        what="names of minors blacked out",
        **county.later,
    )
    assert list(
        refusal(
            change_production,
            production=draft,
            agency="ACSO",
            tag="E-3",
            change=Change.FORM,
            extent="part",
            **county.later,
        )
    ) == ["what_missing"]
    close_production(draft, **county.later)
    here = production_of_entry(draft)
    assert [(line.tag, line.extent) for line in here.lines] == [
        ("E-2", "redacted"),
        ("E-3", "whole"),
        ("E-4", "whole"),
    ]
    assert tags(here.left_out) == ["E-1"]
    for change in Change:
        found = refusal(change_production, **of_e1, change=change, reason="x", **county.later)
        assert "closed" in found
    assert list(refusal(close_production, production=draft, **county.later)) == ["closed"]
    serve_production(draft, way="media", **county.later)
    assert county.line("D-1", "E-2").state in {"unfiled", "partial"}
    assert "partial" in {*county.line("D-1", "E-2").also, county.line("D-1", "E-2").state}
    assert tags(new_since("D-1", "Ada Roe", now_ms=county.now_ms)) == []


def test_numbers_run_on_over_the_office_and_above_imported_ones(county: Office) -> None:
    served(county)
    county.importer.table(
        "disclosures",
        [
            {
                "case_number": "D-2",
                "defendant": "Ben Oak",
                "agency": "Alder Sheriff",
                "tag": "E-4",
                "disclosed_at": "2024-03-01",
                "production": "7",
                "extent": "part",
            }
        ],
    )
    draft = draft_production(case_number="D-2", defendants=["Ben Oak"], **county.later)
    assert tags(production_of_entry(draft).lines) == ["E-4"]
    assert close_production(draft, **county.later) == 8


def test_what_may_not_go_is_refused_by_name(county: Office) -> None:
    draft = draft_production(**FOR_ROE, **county.later)
    withheld(county)
    found = refusal(close_production, production=draft, **county.later)
    assert list(found) == ["withheld"]
    assert "E-2 is withheld from Ada Roe (work_product)" in found["withheld"]
    change_production(
        draft, change=Change.REMOVE, agency="ACSO", tag="E-2", reason="withheld", **county.later
    )
    close_production(draft, **county.later)
    (kept,) = production_of_entry(draft).withheld
    assert (kept["tag"], kept["ground"], kept["to"]) == ("E-2", "work_product", "ada roe")
    # Between closing and serving another one is withheld: nothing at all is served.
    withheld(county, "E-3")
    size = current_size()
    found = refusal(serve_production, production=draft, way="portal", **county.later)
    assert list(found) == ["withheld"]
    assert current_size() == size
    found = refusal(
        draft_production, **FOR_ROE, items=[("ACSO", "F-1"), ("ACSO", "E-2")], **county.later
    )
    assert list(found) == ["not_of_the_case", "withheld"]


def test_service_needs_a_closed_production_counsel_and_a_day_that_has_come(county: Office) -> None:
    draft = draft_production(**FOR_ROE, **county.later)
    found = refusal(
        serve_production,
        production=draft,
        way="pigeon",
        served_at="2030-01-01",
        **county.later,
    )
    assert set(found) == {"ahead", "not_closed", "way_unknown"}
    close_production(draft, **county.later)
    serve_production(draft, way="inspection", served_on={"Ada Roe": "Ada Roe"}, **county.later)
    assert production_of_entry(draft).served["ada roe"].on == "Ada Roe"
    found = refusal(serve_production, production=draft, way="portal", **county.later)
    assert "served_already" in found
    assert list(refusal(draft_production, **FOR_ROE, **county.later)) == ["nothing_owed"]
    assert set(refusal(draft_production, case_number="D-1", defendants=[], **county.later)) == {
        "defendant_missing"
    }


def test_one_production_for_two_gives_each_what_is_owed_to_them(county: Office) -> None:
    county.importer.table(
        "parties", [{"case_number": "D-1", "name": "Tom Poe", "role": "defendant"}]
    )
    draft = draft_production(
        case_number="D-1",
        defendants=["Ada Roe"],
        items=[("ACSO", "E-1")],
        **county.later,
    )
    close_production(draft, **county.later)
    serve_production(draft, way="portal", **county.later)
    both = draft_production(case_number="D-1", defendants=["Ada Roe", "Tom Poe"], **county.later)
    here = production_of_entry(both)
    assert tags(here.lines_to("ada roe")) == ["E-2", "E-3", "E-4"]
    assert sorted(tags(here.lines_to("tom poe"))) == ["E-1", "E-2", "E-3", "E-4"]
    close_production(both, **county.later)
    found = refusal(serve_production, production=both, way="portal", **county.later)
    assert list(found) == ["served_on_missing"]
    assert "Tom Poe has no counsel on record" in found["served_on_missing"]
    serve_production(both, way="portal", served_on={"Tom Poe": "Tom Poe"}, **county.later)
    assert set(production_of_entry(both).served) == {"ada roe", "tom poe"}
    assert not owed_to("D-1", "Tom Poe", now_ms=county.now_ms).owed


def test_counsel_cannot_open_and_the_service_stands(county: Office) -> None:
    draft = draft_production(**FOR_ROE, **county.later)
    who = {"production": draft, "defendant": "Ada Roe", "by": "Mina Vale"}
    assert list(refusal(counsel_cannot_open, **who, what="", **county.later)) == [
        "not_served",
        "what_missing",
    ]
    close_production(draft, **county.later)
    serve_production(draft, way="portal", **county.later)
    counsel_cannot_open(**who, what="the zip asks for a password", **county.later)
    here = production_of_entry(draft)
    assert here.stage is Stage.SERVED
    assert [one.what for one in here.faults] == ["the zip asks for a password"]


def test_productions_are_listed_and_come_again_after_a_rebuild(county: Office) -> None:
    first = served(county)
    county.importer.table(
        "items",
        [
            {
                "agency": "Alder Sheriff",
                "tag": "E-9",
                "description": "a late find",
                "report_number": "24-100",
                "booked_at": "2024-06-01",
            }
        ],
    )
    assert tags(new_since("D-1", "Ada Roe", now_ms=county.now_ms)) == ["E-9"]
    second = draft_production(**FOR_ROE, **county.later)
    assert [line.new for line in get_production(second).lines] == [True]
    before = productions_of("D-1", now_ms=county.now_ms)
    assert [one.entry for one in before] == [second, first]
    rebuild()
    assert productions_of("D-1", now_ms=county.now_ms) == before
    with pytest.raises(NotFound):
        production_of_entry(first + 1)
