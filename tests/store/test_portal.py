"""The defence's side: what counsel sees and does, and the sealed log of what they open."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.errors import NotFound, NotPermitted, RecordDamaged
from fullfile.server.actions.defence import (
    answer_dispute,
    ask_for_more,
    dispute,
    sign_receipt,
)
from fullfile.server.actions.filings import file_item
from fullfile.server.actions.office import change_setting
from fullfile.server.actions.papers import issue_schedule
from fullfile.server.actions.productions import (
    close_production,
    counsel_cannot_open,
    draft_production,
    serve_production,
)
from fullfile.server.actions.reading import open_by_order
from fullfile.server.actions.requests import reply_to_request
from fullfile.server.actions.views import record_determination
from fullfile.server.actions.withholdings import announce_in_words, withhold_item
from fullfile.server.queries.portal import portal_of
from fullfile.server.store.load import current_size
from fullfile.server.store.reading_log import is_whole, log_reading
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

VALE = {("D-1", "Ada Roe")}
ROE: dict[str, Any] = {"case_number": "D-1", "defendant": "Ada Roe", "counsel_of": VALE}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def served(county: Office, *tags: str) -> int:
    draft = draft_production(
        case_number="D-1",
        defendants=["Ada Roe"],
        items=[("ACSO", tag) for tag in tags],
        **county.later,
    )
    close_production(draft, **county.later)
    serve_production(draft, way="portal", **county.later)
    return draft


def withheld(county: Office, tag: str, **more: Any) -> int:
    return withhold_item(
        case_number="D-1",
        agency="ACSO",
        tag=tag,
        ground="work_product",
        by="Pat Lorne",
        **more,
        **county.later,
    )


def everything(found: Any) -> str:
    return json.dumps(dataclasses.asdict(found), default=str)


def test_counsel_sees_what_was_given_and_nothing_else(county: Office) -> None:
    empty = portal_of("D-1", "Ada Roe", now_ms=county.now_ms)
    assert (empty.given, empty.withheld, empty.papers, empty.on_file) == ((), (), (), ())
    record_determination(
        case_number="D-1",
        agency="ACSO",
        tag="E-2",
        finding="exculpatory",
        reason="a secret thought",
        by="Pat Lorne",
        **county.later,
    )
    draft = served(county, "E-1")
    draft_production(case_number="D-1", defendants=["Ada Roe"], **county.later)
    found = portal_of("D-1", "Ada Roe", now_ms=county.now_ms)
    (given,) = found.given
    assert (given.entry, given.name, given.way, given.served_on) == (
        draft,
        "1",
        "portal",
        "Mina Vale",
    )
    assert [(one.tag, one.description, one.extent) for one in given.items] == [
        ("E-1", "six live rounds", "whole")
    ]
    assert given.to_sign
    told = everything(found)
    for word in ("secret", "exculpatory", "jacket", "E-2", "E-3", "24-100", "Lee Marsh"):
        assert word not in told
    assert not portal_of("D-2", "Ben Oak", now_ms=county.now_ms).given


def test_of_a_withholding_only_the_announced_words_go_out(county: Office) -> None:
    first = withheld(county, "E-1", announced_at="2024-02-12")
    withheld(county, "E-2", announced_at="2024-02-12", sealed=True)
    found = portal_of("D-1", "Ada Roe", now_ms=county.now_ms)
    assert [(one.entry, one.announced_at, one.words) for one in found.withheld] == [
        (first, "2024-02-12", "")
    ]
    told = everything(found)
    for word in ("E-1", "live rounds", "work_product", "Pat Lorne", "5-501", "E-2"):
        assert word not in told
    announce_in_words(first, words="A telephone download, Rule 5-501(F)", **county.later)
    (shown,) = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).withheld
    assert shown.words == "A telephone download, Rule 5-501(F)"
    assert list(refusal(announce_in_words, entry=first, words=" ", **county.later)) == [
        "words_missing"
    ]


def test_an_announcement_in_words_announces(county: Office) -> None:
    entry = withheld(county, "E-1", announced_at="2024-02-12")
    later = announce_in_words(entry, words="first", **county.later)
    announce_in_words(entry, words="second", **county.later)
    assert county.entry(later).type == "withholding.announced"
    (shown,) = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).withheld
    assert shown.words == "second"
    assert shown.announced_at == "2024-02-12"


def test_only_counsel_of_this_defendant_signs(county: Office) -> None:
    draft = served(county, "E-1")
    with pytest.raises(NotPermitted):
        sign_receipt(
            draft,
            defendant="Ada Roe",
            by="Olga Hart",
            counsel_of={("D-2", "Ben Oak")},
            **county.later,
        )
    size = current_size()
    sign_receipt(draft, defendant="ada roe", by="Mina Vale", counsel_of=VALE, **county.later)
    assert current_size() == size + 2
    (given,) = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).given
    assert not given.to_sign
    assert [one.receipt for one in given.items] == ["signed"]
    assert county.line("D-1", "E-1").receipt == "signed"


def test_a_dispute_stands_whatever_is_answered(county: Office) -> None:
    draft = served(county, "E-1")
    kept = withheld(county, "E-2", announced_at="2024-02-12")
    about = {**ROE, "by": "Mina Vale", "what": "five rounds, not six"}
    with pytest.raises(NotPermitted):
        dispute(**{**about, "counsel_of": set()}, production=draft, **county.later)
    first = dispute(**about, production=draft, item=("Alder Sheriff", "E-1"), **county.later)
    dispute(**about, withholding=kept, **county.later)
    with pytest.raises(NotFound):
        dispute(**about, withholding=draft, **county.later)
    assert list(refusal(dispute, **about, **county.later)) == ["about_missing"]
    assert list(
        refusal(dispute, **about, production=draft, item=("ACSO", "E-3"), **county.later)
    ) == ["not_in_it"]
    answer_dispute(first, answer="we counted again: six", by="Pat Lorne", **county.later)
    assert list(
        refusal(answer_dispute, entry=draft, answer="x", by="Pat Lorne", **county.later)
    ) == ["entry_of_another_kind"]
    found = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).disputes
    assert (found[0].entry, found[0].tag, len(found[0].answers)) == (first, "E-1", 1)
    assert found[1].withholding == kept


def test_counsel_asks_for_more_and_reads_the_reply(county: Office) -> None:
    with pytest.raises(NotPermitted):
        ask_for_more(**{**ROE, "counsel_of": set()}, asks_for="all of it", **county.later)
    entry = ask_for_more(**ROE, asks_for="all ballistic evidence", **county.later)
    (asked,) = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).requests
    assert (asked.asks_for, asked.replied) == ("all ballistic evidence", False)
    reply_to_request(entry, reply="see production 2", **county.later)
    (asked,) = portal_of("D-1", "Ada Roe", now_ms=county.now_ms).requests
    assert (asked.replied, asked.reply) == (True, "see production 2")


def test_schedules_for_the_defence_are_shown_and_faults_are_told(county: Office) -> None:
    issue_schedule("D-1", "Ada Roe", by="Pat Lorne", copy="defence", now_ms=county.now_ms)
    issue_schedule("D-1", "Ada Roe", by="Pat Lorne", copy="office", now_ms=county.now_ms)
    draft = served(county, "E-1")
    counsel_cannot_open(draft, defendant="Ada Roe", by="Mina Vale", what="no sound", **county.later)
    found = portal_of("D-1", "Ada Roe", now_ms=county.now_ms)
    assert [one.number for one in found.papers] == [1]
    assert [one.what for one in found.given[0].faults] == ["no sound"]


def test_an_open_file_is_off_unless_set(county: Office) -> None:
    file_item(case_number="D-1", agency="ACSO", tag="E-1", filed_by="Pat Lorne", **county.later)
    file_item(case_number="D-1", agency="ACSO", tag="E-2", filed_by="Pat Lorne", **county.later)
    withheld(county, "E-2", announced_at="2024-02-12")
    assert not portal_of("D-1", "Ada Roe", now_ms=county.now_ms).open_file
    change_setting("open_file", "yes", "Clerk", now_ms=county.now_ms)
    found = portal_of("D-1", "Ada Roe", now_ms=county.now_ms)
    assert [tag for _, tag, _ in found.on_file] == ["E-1"]
    assert list(refusal(change_setting, name="open_file", value="maybe", by="C", now_ms=1)) == [
        "setting_value"
    ]


def test_the_reading_log_is_opened_by_order_only_and_every_row_is_chained(county: Office) -> None:
    size = current_size()
    for number in range(3):
        log_reading(
            who="mina.vale", kind="production", ref=str(number), sent=10, now_ms=county.now_ms
        )
    assert current_size() == size
    assert is_whole()
    assert list(refusal(open_by_order, order=" ", by="", now_ms=county.now_ms)) == [
        "order_missing",
        "name_missing",
    ]
    found = open_by_order("D-1, order of May 2", "the clerk of the court", now_ms=county.now_ms)
    assert [(one.number, one.who, one.kind, one.ref) for one in found] == [
        (number, "mina.vale", "production", str(number)) for number in range(3)
    ]
    opened = county.entry(current_size() - 1)
    assert (opened.type, opened.data["rows"]) == ("reading_log.opened", 3)
    with pytest.raises(ValueError, match="one of"):
        log_reading(who="mina.vale", kind="thought", ref="", sent=0, now_ms=1)
    county.office.run("DELETE FROM defence_reading WHERE number = 1")
    assert not is_whole()
    with pytest.raises(RecordDamaged, match="not whole at row 1"):
        open_by_order("D-1, order of May 2", "the clerk of the court", now_ms=county.now_ms)
