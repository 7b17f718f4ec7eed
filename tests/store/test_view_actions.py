"""Views, what is set aside or held back, requests, answers, mentions: by named persons, with second readers.

Families B, C, E, G and H of the failures that were really found, and points 2 and 4 of the worked example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.core.disclosure.views import counts_as_made
from fullfile.core.errors import NotFound
from fullfile.server.actions.answers import record_answer
from fullfile.server.actions.filings import confirm_set_aside, file_item, set_aside_item
from fullfile.server.actions.mentions import close_mention, confirm_mention, record_mention
from fullfile.server.actions.requests import record_request, reply_to_request
from fullfile.server.actions.views import record_determination, verify_determination
from fullfile.server.actions.withholdings import (
    announce_withholding,
    end_withholding,
    withhold_item,
)
from fullfile.server.queries.match import match_case, match_office
from fullfile.server.queries.requests import reopened_answers, requests_of
from fullfile.server.queries.worlds import world_of_case
from tests.store.acting import Office, R, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

E1 = {"case_number": "D-1", "agency": "ACSO", "tag": "E-1"}
VIEW = {**E1, "finding": "no_evidentiary_value", "reason": "not a match", "by": "Pat Lorne"}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def states(county: Office, tag: str = "E-1", on: str = "") -> set[str]:
    line = county.line("D-1", tag, on)
    return {line.state.value, *(state.value for state in line.also)}


def beside(county: Office, state: str) -> list[str]:
    found = match_office(now_ms=county.now_ms)
    return [line.why for line in found.exceptions if line.state == state]


# Views.


def test_family_e_a_view_of_one_person_does_not_count_and_changes_no_line(county: Office) -> None:
    before = states(county)
    made = record_determination(**VIEW, **county.later)
    entry = county.entry(made)
    assert (entry.type, entry.source, entry.by) == ("determination.recorded", "", "Rita Quill")
    assert entry.data["agency"] == "Alder Sheriff"
    _, world, _ = world_of_case("D-1", now_ms=county.now_ms)
    assert not counts_as_made(world.facts.by_entry[made])
    assert states(county) == before
    found = refusal(verify_determination, entry=made, verified_by="pat lorne", **county.later)
    assert list(found) == ["reader_same"]
    verified = verify_determination(made, verified_by="Sam Reed", **county.later)
    assert county.entry(verified).corrects == made
    _, world, _ = world_of_case("D-1", now_ms=county.now_ms)
    assert counts_as_made(world.facts.by_entry[verified])
    assert states(county) == before
    assert (
        "read a second time by Sam Reed. A view changes no line." in county.line("D-1", "E-1").why
    )


def test_a_view_is_verified_once_and_as_it_counts_now(county: Office) -> None:
    made = record_determination(**VIEW, **county.later)
    verified = verify_determination(made, verified_by="Sam Reed", **county.later)
    assert list(refusal(verify_determination, entry=made, verified_by="A B", **county.later)) == [
        "corrected"
    ]
    assert list(
        refusal(verify_determination, entry=verified, verified_by="A B", **county.later)
    ) == ["verified_already"]
    assert list(
        refusal(verify_determination, entry=made - 1, verified_by="A B", **county.later)
    ) == ["entry_of_another_kind"]
    with pytest.raises(NotFound):
        verify_determination(99_999, verified_by="A B", **county.later)


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"reason": " "}, "required", "reason is empty"),
        ({"by": ""}, "required", "by is empty"),
        ({"finding": "harmless"}, "not_in_list", "harmless"),
        ({"made_at": "soon"}, "unreadable", "“soon” is no date"),
    ],
)
def test_what_a_view_lacks_is_said(
    county: Office, said: dict[str, str], code: str, words: str
) -> None:
    found = refusal(record_determination, **{**VIEW, **said}, **county.later)
    assert words in " ".join(found.values())
    assert list(found) == [code]


def test_a_case_or_item_nobody_knows_is_refused_with_the_nearest(county: Office) -> None:
    with pytest.raises(NotFound, match="nearest numbers are D-1"):
        record_determination(**{**VIEW, "case_number": "D-11"}, **county.later)
    with pytest.raises(NotFound, match="nearest are"):
        record_determination(**{**VIEW, "tag": "E-9"}, **county.later)


# Set aside.


def test_an_item_is_set_aside_by_two_who_did_not_book_it(county: Office) -> None:
    assert list(
        refusal(set_aside_item, **E1, reason="not ours", by="Lee Marsh", **county.later)
    ) == ["booker"]
    wish = set_aside_item(**E1, reason="not ours", by="Pat Lorne", **county.later)
    assert "set_aside" not in states(county)
    again = refusal(set_aside_item, **E1, reason="still", by="Sam Reed", **county.later)
    assert list(again) == ["wished_already"]
    for name, code in (
        ("", "confirmer_missing"),
        ("PAT LORNE", "second_same"),
        ("lee marsh", "booker"),
    ):
        found = refusal(confirm_set_aside, entry=wish, confirmed_by=name, **county.later)
        assert list(found) == [code]
    confirmed = confirm_set_aside(wish, confirmed_by="Sam Reed", **county.later)
    assert county.entry(confirmed).corrects == wish
    assert county.line("D-1", "E-1").state == "set_aside"
    assert list(
        refusal(confirm_set_aside, entry=confirmed, confirmed_by="A B", **county.later)
    ) == ["confirmed_already"]


@pytest.mark.parametrize("later", ["view", "request", "filing"])
def test_a_later_fact_reopens_what_was_set_aside(county: Office, later: str) -> None:
    wish = set_aside_item(**E1, reason="not ours", by="Pat Lorne", **county.later)
    confirm_set_aside(wish, confirmed_by="Sam Reed", **county.later)
    if later == "view":
        record_determination(**VIEW, **county.later)
    elif later == "request":
        record_request(case_number="D-1", defendant="Ada Roe", asks_for="rounds", **county.later)
    else:
        file_item(**E1, filed_by="Pat Lorne", **county.later)
    line = county.line("D-1", "E-1")
    assert line.state != "set_aside"
    assert "recorded later re-opened it" in line.why


def test_family_c_what_is_booked_and_not_filed_shows_until_it_is_filed(county: Office) -> None:
    assert "unfiled" in states(county)
    entry = county.entry(file_item(**E1, filed_by="Pat Lorne", **county.later))
    assert (entry.type, entry.data["case_number"]) == ("filing.recorded", "D-1")
    assert "unfiled" not in states(county)


# Withholding.


def test_a_withholding_is_refused_with_all_that_is_wanting(county: Office) -> None:
    found = refusal(withhold_item, **E1, ground="protective_order", by="", **county.later)
    assert set(found) == {"name_missing", "order_missing"}
    assert "order of the court" in found["order_missing"]
    found = refusal(withhold_item, **E1, ground="informer", by="Pat Lorne", **county.later)
    assert list(found) == ["announcement_missing"]
    assert "in the certificate" in found["announcement_missing"]
    found = refusal(withhold_item, **E1, ground="privilege", by="Pat Lorne", **county.later)
    assert "in writing" in found["announcement_missing"]
    found = refusal(withhold_item, **E1, ground="informant", by="Pat Lorne", **county.later)
    assert "the nearest are informer" in found["ground_unknown"]
    found = refusal(
        withhold_item, **E1, ground="informer", by="Pat Lorne", defendant="Ada Row", **county.later
    )
    assert "nearest to that are “Ada Roe”" in found["not_a_party"]


def test_a_withholding_as_the_pack_asks_and_its_end(county: Office) -> None:
    file_item(**E1, filed_by="Pat Lorne", filed_at="2024-01-25", **county.later)
    made = withhold_item(
        **E1,
        ground="protective_order",
        by="Pat Lorne",
        withheld_at="2024-01-26",
        defendant="ada roe",
        order="order 3",
        order_on="2024-01-26",
        **county.later,
    )
    assert county.entry(made).data["defendant_key"] == "ada roe"
    assert states(county) == {"withheld"}
    ended = end_withholding(made, until="2024-06-01", **county.later)
    assert county.entry(ended).data["defendant_key"] == "ada roe"
    assert "withheld" not in states(county)
    assert list(refusal(end_withholding, entry=ended, until="2024-07-01", **county.later)) == [
        "ended_already"
    ]
    assert list(refusal(end_withholding, entry=ended, until="2023-07-01", **county.later)) == [
        "until"
    ]
    assert list(refusal(end_withholding, entry=ended, until="never", **county.later)) == [
        "unreadable"
    ]


def test_an_announcement_mends_what_an_export_lacked(county: Office) -> None:
    file_item(**E1, filed_by="Pat Lorne", filed_at="2024-01-25", **county.later)
    row = {**E1, "ground": "informer", "withheld_at": "2024-01-26", "by": "Pat Lorne"}
    assert county.importer.table("withholdings", [row]).recorded
    assert "withheld_without_order" in states(county)
    (entry,) = county.importer.entries("withholding.recorded")
    made = announce_withholding(entry.index, announced_at="2024-01-27", **county.later)
    assert county.entry(made).data["announced_at"] == "2024-01-27"
    assert "withheld_without_order" not in states(county)
    assert list(refusal(announce_withholding, entry=made, **county.later)) == ["announced_already"]


# Requests.


def test_a_request_stands_against_items_by_words_until_it_is_replied_to(county: Office) -> None:
    made = record_request(
        case_number="d-1",
        defendant="ADA ROE",
        asks_for="all live round and every jackets",
        requested_at="2024-02-01",
        **county.later,
    )
    (asked,) = requests_of("D-1", now_ms=county.now_ms)
    assert (asked.entry, asked.defendant, asked.replied) == (made, "Ada Roe", False)
    hits = {item.tag: [(one.word, one.found) for one in item.met] for item in asked.items}
    assert hits == {"E-1": [("live", "live"), ("round", "rounds")], "E-2": [("jackets", "jacket")]}
    assert [item.state for item in asked.items] == ["unfiled", "unfiled"]
    assert set(
        refusal(reply_to_request, entry=made, reply=" ", replied_at="2023", **county.later)
    ) == {
        "reply_missing",
        "reply_early",
    }
    replied = reply_to_request(made, reply="handed over on Monday", **county.later)
    (asked,) = requests_of("D-1", now_ms=county.now_ms)
    assert (asked.entry, asked.replied, asked.reply) == (replied, True, "handed over on Monday")
    assert list(refusal(reply_to_request, entry=replied, reply="again", **county.later)) == [
        "replied_already"
    ]


def test_a_request_of_nobody_is_refused_with_the_nearest_names(county: Office) -> None:
    found = refusal(
        record_request, case_number="D-1", defendant="Ada Rowe", asks_for="all", **county.later
    )
    assert "nearest to that are “Ada Roe”" in found["not_a_party"]


# Answers.


def test_family_h_no_answer_is_not_nothing_held(county: Office) -> None:
    (why,) = [why for why in beside(county, "unanswered") if "24-100" in why]
    assert "No answer is not “nothing held”." in why
    assert (
        list(
            refusal(
                record_answer,
                case_number="D-1",
                agency="ACSO",
                answer="none",
                by="Lee Marsh",
                **county.later,
            )
        )
        != []
    )
    found = refusal(
        record_answer,
        case_number="D-1",
        agency="Alder Court",
        answer="nothing_held",
        by="Lee Marsh",
        **county.later,
    )
    assert list(found) == ["not_of_the_state"]
    found = refusal(
        record_answer,
        case_number="D-1",
        agency="Alder Sherif",
        answer="nothing_held",
        by="Lee Marsh",
        **county.later,
    )
    assert found == {"agency_unknown": found["agency_unknown"]}
    assert "the nearest are Alder Sheriff" in found["agency_unknown"]


def test_family_g_a_later_find_reopens_the_answer_and_names_who_must_be_told(
    county: Office,
) -> None:
    record_answer(
        case_number="D-1",
        agency="ACSO",
        answer="all_handed_over",
        by="Lee Marsh",
        answered_at="2024-03-01",
        **county.later,
    )
    found = match_case("D-1", now_ms=county.now_ms)
    reopened_first = reopened_answers("D-1", now_ms=county.now_ms)
    assert reopened_first == []
    assert not [line for line in found.exceptions if line.state == "unanswered"]
    report = county.importer.table(
        "items",
        [
            {
                "agency": "ACSO",
                "tag": "E-9",
                "description": "a second phone",
                "report_number": "24-100",
                "booked_at": "2024-05-02",
            }
        ],
    )
    assert report.recorded
    (one,) = reopened_answers("D-1", now_ms=county.now_ms)
    assert one.agency == "Alder Sheriff"
    assert [(item.tag, item.words) for item in one.items] == [
        ("E-9", "it was taken in after the answer")
    ]
    assert [(who.person, who.role, who.defendant, who.told) for who in one.tell] == [
        ("Pat Lorne", "prosecutor", "", ()),
        ("Mina Vale", "defence_counsel", "Ada Roe", ()),
    ]
    found = match_case("D-1", now_ms=county.now_ms)
    (line,) = [line for line in found.exceptions if line.state == "unanswered"]
    assert "that no longer stands, because E-9 was taken in" in line.why
    county.importer.table(
        "knowledge",
        [
            {
                "agency": "ACSO",
                "tag": "E-9",
                "person": "pat lorne",
                "level": "exists",
                "known_from": "2024-05-03",
                "how": "told",
                "case_number": "D-1",
            }
        ],
    )
    (told,) = county.importer.entries("knowledge.recorded")
    (one,) = reopened_answers("D-1", now_ms=county.now_ms)
    assert [who.told for who in one.tell] == [(told.index,), ()]


# Mentions.


def test_family_b_what_a_report_names_and_nobody_booked_is_closed_by_two(county: Office) -> None:
    made = record_mention(
        agency="ACSO",
        report_number="24-100",
        description="a red phone",
        mentioned_at="2024-02-01",
        **county.later,
    )
    assert [why for why in beside(county, "unbooked") if "a red phone" in why]
    found = refusal(close_mention, entry=made, outcome="not_taken", by="", **county.later)
    assert set(found) == {"name_missing", "reason_missing"}
    closed = close_mention(
        made, outcome="not_taken", by="Lee Marsh", reason="left with its owner", **county.later
    )
    assert "which no second person has confirmed" in beside(county, "unbooked")[0]
    for name, code in (("lee marsh", "second_same"), (" ", "confirmer_missing")):
        assert list(refusal(confirm_mention, entry=closed, confirmed_by=name, **county.later)) == [
            code
        ]
    confirmed = confirm_mention(closed, confirmed_by="Sam Reed", **county.later)
    assert county.entry(confirmed).data["outcome_confirmed_by"] == "Sam Reed"
    assert beside(county, "unbooked") == []


def test_a_mention_is_closed_as_booked_only_by_what_a_list_has(county: Office) -> None:
    made = record_mention(
        agency="ACSO",
        report_number="24-100",
        description="live rounds",
        case_number="D-1",
        **county.later,
    )
    plain = {"entry": made, "outcome": "booked", "by": "Lee Marsh"}
    assert list(refusal(close_mention, **plain, **county.later)) == ["tag_missing"]
    with pytest.raises(NotFound):
        close_mention(**plain, booked_as="E-77", **county.later)
    closed = close_mention(**plain, booked_as="e-1", **county.later)
    assert county.entry(closed).data["booked_as"] == "E-1"
    assert county.entry(closed).data["booked_agency"] == "Alder Sheriff"
    assert beside(county, "unbooked") == []
    assert list(
        refusal(close_mention, **{**plain, "entry": closed, "outcome": "eaten"}, **county.later)
    ) == ["reason_missing", "outcome_unknown"]


def test_nothing_to_confirm_is_said(county: Office) -> None:
    made = record_mention(
        agency="ACSO", report_number="24-100", description="a phone", **county.later
    )
    assert list(refusal(confirm_mention, entry=made, confirmed_by="A B", **county.later)) == [
        "outcome_missing"
    ]


# The worked example.


def test_point_2_a_view_closes_nothing_and_the_booker_sets_nothing_aside(
    office: OpenOffice, tmp_path: Path
) -> None:
    example = Office(office, tmp_path).worked_example()
    rounds = {"case_number": R, "agency": "Sheriff", "tag": "DOC-001"}
    line = example.line(R, "DOC-001", "2024-07-10")
    assert (line.state, line.also) == ("unfiled", ("overdue",))
    assert "no second person has read it. A view changes no line." in line.why
    found = refusal(set_aside_item, **rounds, reason="not a match", by="TECH", **example.later)
    assert list(found) == ["booker"]
    wish = set_aside_item(**rounds, reason="not a match", by="PROS-1", **example.later)
    found = refusal(confirm_set_aside, entry=wish, confirmed_by="TECH", **example.later)
    assert list(found) == ["booker"]
    line = example.line(R, "DOC-001", "2024-07-10")
    assert (line.state, line.also) == ("unfiled", ("overdue",))


def test_point_4_the_open_request_stands_against_the_rounds(
    office: OpenOffice, tmp_path: Path
) -> None:
    from datetime import date

    example = Office(office, tmp_path).worked_example()
    (asked,) = requests_of(R, on=date(2024, 7, 10), now_ms=example.now_ms)
    assert (asked.asks_for, asked.replied) == ("to see all ballistic evidence", False)
    (rounds,) = [item for item in asked.items if item.tag == "DOC-001"]
    assert rounds.description == ".45-calibre rounds in a manila envelope"
    assert {(one.word, one.found_in) for one in rounds.met} == {
        ("calibre", "description"),
        ("rounds", "description"),
        ("ammunition", "category"),
    }
    assert (rounds.state, rounds.also) == ("unfiled", ("overdue",))
