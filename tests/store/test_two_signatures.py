"""A certificate signed by one person and then by another: the same content, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.errors import Refused
from fullfile.core.papers import CERTIFICATE
from fullfile.server.actions.answers import record_answer
from fullfile.server.actions.certificates import sign_first, sign_second
from fullfile.server.actions.filings import file_item
from fullfile.server.actions.office import change_setting
from fullfile.server.actions.productions import (
    close_production,
    draft_production,
    serve_production,
)
from fullfile.server.queries.certificates import find_first_signature, signatures_needed
from fullfile.server.queries.papers import ask_certificate, find_signed_paper
from fullfile.server.store.load import current_size
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

ROE: dict[str, Any] = {"number": "D-1", "defendant": "Ada Roe"}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    """A case in which everything was filed and served, too late."""
    county = Office(office, tmp_path).county()
    for tag in ("E-1", "E-2", "E-3", "E-4"):
        file_item(case_number="D-1", agency="ACSO", tag=tag, filed_by="Pat Lorne", **county.later)
    draft = draft_production(case_number="D-1", defendants=["Ada Roe"], **county.later)
    close_production(draft, **county.later)
    serve_production(draft, way="portal", **county.later)
    record_answer(
        case_number="D-1",
        agency="ACSO",
        answer="all_handed_over",
        by="Lee Marsh",
        **county.later,
    )
    return county


def reasons(county: Office) -> dict[str, str]:
    found = ask_certificate("D-1", "Ada Roe", now_ms=county.now_ms)
    return {one.key: "found late" for one in found.certificate.refusals}


def new_item(county: Office) -> None:
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


def test_two_persons_sign_the_same(county: Office) -> None:
    assert list(refusal(sign_second, **ROE, by="Sam Reed", now_ms=county.now_ms)) == [
        "not_signed_first"
    ]
    assert "late" in refusal(sign_first, **ROE, by="Pat Lorne", now_ms=county.now_ms)
    entry = sign_first(**ROE, by="Pat Lorne", reasons=reasons(county), now_ms=county.now_ms)
    assert county.entry(entry).type == "certificate.first_signed"
    first = find_first_signature("D-1", "Ada Roe", now_ms=county.now_ms)
    assert first is not None
    assert (first.entry, first.by, first.changed) == (entry, "Pat Lorne", ())
    assert list(refusal(sign_second, **ROE, by="pat lorne", now_ms=county.now_ms)) == ["signers"]
    signed = county.entry(sign_second(**ROE, by="Sam Reed", now_ms=county.now_ms))
    assert signed.type == CERTIFICATE
    assert (signed.data["signed_by"], signed.data["second_by"]) == ("Pat Lorne", "Sam Reed")
    assert signed.data["first_signed"] == entry
    assert find_first_signature("D-1", "Ada Roe", now_ms=county.now_ms) is None
    paper = find_signed_paper("D-1", "Ada Roe", type_=CERTIFICATE, which=1, now_ms=county.now_ms)
    assert paper.act is not None
    assert paper.act.text("second_by") == "Sam Reed"


def test_a_line_that_changed_in_between_stops_the_second(county: Office) -> None:
    sign_first(**ROE, by="Pat Lorne", reasons=reasons(county), now_ms=county.now_ms)
    new_item(county)
    size = current_size()
    found = refusal(sign_second, **ROE, by="Sam Reed", now_ms=county.now_ms)
    assert found["grown"].startswith("The record has grown since you opened this: ")
    assert found["grown"].endswith("Read it again.")
    assert "Alder Sheriff E-9: new, unfiled." in found["line_changed"]
    assert current_size() == size
    # Signed first anew, with the new line stated, it can be signed second.
    sign_first(**ROE, by="Pat Lorne", reasons=reasons(county), now_ms=county.now_ms)
    sign_second(**ROE, by="Sam Reed", now_ms=county.now_ms)


def test_what_the_first_signer_read_is_what_they_sign(county: Office) -> None:
    seen = current_size()
    stated = reasons(county)
    new_item(county)
    found = refusal(
        sign_first, **ROE, by="Pat Lorne", reasons=stated, seen_size=seen, now_ms=county.now_ms
    )
    assert set(found) == {"grown", "line_changed"}
    # What changes nothing in this case stops nobody.
    seen = current_size()
    change_setting("open_file", "yes", "Clerk", now_ms=county.now_ms)
    sign_first(**ROE, by="Pat Lorne", reasons=reasons(county), seen_size=seen, now_ms=county.now_ms)


def test_an_office_may_ask_for_one_signature(county: Office) -> None:
    assert signatures_needed() == 2
    with pytest.raises(Refused, match="1 or 2"):
        change_setting("certificate_signatures", "3", "Clerk", now_ms=county.now_ms)
    change_setting("certificate_signatures", "1", "Clerk", now_ms=county.now_ms)
    assert signatures_needed() == 1
    entry = county.entry(
        sign_first(**ROE, by="Pat Lorne", reasons=reasons(county), now_ms=county.now_ms)
    )
    assert entry.type == CERTIFICATE
    assert "second_by" not in entry.data
