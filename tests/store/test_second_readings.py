"""Second readings: answered before the first answer opens; suggestions that wait, and questions about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.entries import Draft
from fullfile.server.actions.suggestions import (
    accept_suggestion,
    answer_question,
    ask_about,
    reject_suggestion,
)
from fullfile.server.actions.views import (
    record_determination,
    record_second_reading,
    verify_determination,
)
from fullfile.server.queries.readings import readings_of, readings_waiting
from fullfile.server.queries.suggestions import (
    Reach,
    around,
    count_open,
    list_open,
    open_of_item,
    questions_to,
    suggestion_beside,
    suggestions_open,
)
from fullfile.server.store.load import current_size
from fullfile.server.store.rebuild import rebuild
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

E1: dict[str, Any] = {"case_number": "D-1", "agency": "ACSO", "tag": "E-1"}
ANSWER = {
    "finding": "no_evidentiary_value",
    "reason": "I compared them",
    "looked_at": ["object"],
    "by": "Sam Reed",
}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def made(county: Office, **more: Any) -> int:
    return record_determination(
        **E1,
        finding="no_evidentiary_value",
        reason="not a match",
        by="Pat Lorne",
        **more,
        **county.later,
    )


def test_the_second_reader_answers_before_the_first_answer_opens(county: Office) -> None:
    entry = made(county)
    assert readings_waiting("Pat Lorne") == (0, [])
    many, (waiting,) = readings_waiting("Sam Reed")
    assert many == 1
    assert (waiting.entry, waiting.tag, waiting.case_number) == (entry, "E-1", "D-1")
    (closed,) = readings_of("ACSO", "E-1", "D-1", reader="Sam Reed")
    assert (closed.opened, closed.by, closed.finding, closed.reason) == (False, "", "", "")
    assert closed.stage == "first_reading"
    (own,) = readings_of("ACSO", "E-1", "D-1", reader="pat lorne")
    assert own.finding == "no_evidentiary_value"
    before = county.line("D-1", "E-1").state
    reading = record_second_reading(entry, **ANSWER, **county.later)
    assert county.entry(reading).data["agrees"] is True
    (view,) = readings_of("ACSO", "E-1", "D-1", reader="anybody")
    assert (view.stage, view.finding, view.by) == ("agreed", "no_evidentiary_value", "Pat Lorne")
    assert view.second is not None
    assert (view.second.by, view.second.reason) == ("Sam Reed", "I compared them")
    assert readings_waiting("Sam Reed")[0] == 0
    assert county.line("D-1", "E-1").state == before
    assert "read a second time by Sam Reed" in county.line("D-1", "E-1").why


def test_both_answers_stand_where_they_differ(county: Office) -> None:
    entry = made(county)
    record_second_reading(
        entry, **{**ANSWER, "finding": "exculpatory", "reason": "it is the same"}, **county.later
    )
    (view,) = readings_of("ACSO", "E-1", "D-1", reader="Lt. Vega")
    assert view.stage == "disagreed"
    assert view.second is not None
    assert (view.finding, view.second.finding) == ("no_evidentiary_value", "exculpatory")
    assert readings_waiting("Anybody Else")[0] == 0
    assert "read a second time by Sam Reed, who thinks it exculpatory: both stand" in (
        county.line("D-1", "E-1").why
    )
    assert list(
        refusal(record_second_reading, entry=view.entry, **{**ANSWER, "by": "X"}, **county.later)
    ) == ["read_already"]


def test_what_was_looked_at_is_knowledge_of_that_level(county: Office) -> None:
    entry = made(county, looked_at=["picture"])
    known = county.entry(entry + 1)
    assert (known.type, known.data["level"], known.data["person"]) == (
        "knowledge.recorded",
        "picture",
        "Pat Lorne",
    )
    record_second_reading(
        entry, **{**ANSWER, "looked_at": ["object", "report", "description"]}, **county.later
    )
    levels = [
        (county.entry(index).data["level"], county.entry(index).data["person"])
        for index in range(entry + 2, current_size())
        if county.entry(index).type == "knowledge.recorded"
    ]
    assert levels == [("object", "Sam Reed"), ("exists", "Sam Reed")]


def test_what_a_reading_lacks_is_said(county: Office) -> None:
    entry = made(county)
    found = refusal(
        record_second_reading,
        entry=entry,
        finding="fine",
        reason=" ",
        looked_at=["a dream"],
        by="Pat Lorne",
        **county.later,
    )
    assert set(found) == {"looked_at", "reader_same", "finding_unknown", "reason_missing"}
    assert "someone else reads second" in found["reader_same"]
    assert list(
        refusal(
            record_determination,
            **E1,
            finding="exculpatory",
            reason="x",
            by="P",
            looked_at=["a dream"],
            **county.later,
        )
    ) == ["looked_at"]


def test_a_verified_view_waits_no_more_and_tables_come_again(county: Office) -> None:
    entry = made(county)
    record_determination(
        **{**E1, "tag": "E-2"}, finding="sensitive", reason="x", by="Pat Lorne", **county.later
    )
    verify_determination(entry, verified_by="Sam Reed", **county.later)
    assert readings_waiting("Sam Reed")[0] == 1
    rebuild()
    assert readings_waiting("Sam Reed")[0] == 1
    (view,) = readings_of("ACSO", "E-1", "D-1", reader="X")
    assert view.stage == "agreed"


# Suggestions.


def suggested(county: Office, tag: str, **chances: str) -> None:
    """Suggestions for an item: case and probability."""
    cases = {"one": "D-1", "two": "D-2"}
    before = county.office.rows(
        "SELECT max(entry) FROM suggestions s JOIN item_key i ON i.item_id = s.item_id "
        "WHERE i.tag = %s AND s.to_index IS NULL",
        [tag],
    )[0][0]
    (run,) = county.office.append(Draft("link.ran", "Clerk", {"size": current_size()}))
    county.office.append(
        Draft(
            "suggestion.made",
            "Clerk",
            {
                "run": run,
                "agency": "Alder Sheriff",
                "tag": tag,
                "suggestions": [
                    {
                        "case_number": cases[name],
                        "steps": [{"on": "2024-03-01", "probability": chance}],
                        "reasons": [
                            {
                                "what": f"giver of {tag} is a witness",
                                "weight": "9.3",
                                "group": "giver",
                                "item_side": "SUB",
                                "case_side": "SUB",
                                "on": "2024-03-01",
                            }
                        ],
                    }
                    for name, chance in chances.items()
                ],
            },
            corrects=before,
        )
    )


def test_suggestions_that_nobody_decided_are_listed_likeliest_first(county: Office) -> None:
    suggested(county, "F-1", one="0.97", two="0.6")
    suggested(county, "E-4", one="0.3")
    found = suggestions_open()
    assert [(one.tag, one.case_number, one.millionths) for one in found.rows] == [
        ("F-1", "D-1", 970_000),
        ("F-1", "D-2", 600_000),
    ]
    assert found.total == 2
    assert found.rows[0].reason == "giver of F-1 is a witness"
    assert suggestions_open(every=True).total == 3
    assert suggestions_open(search="d-2").total == 1
    assert suggestions_open(only=[found.rows[0].case_id]).total == 1
    first, second = found.rows
    assert count_open() == 2
    assert count_open(Reach("nobody", lambda items: set())) == 0
    assert [one.probability for one in list_open(Reach("all", set), limit=1)] == [0.97]
    assert [one.case_id for one in open_of_item(first.item_id)] == [first.case_id, second.case_id]
    assert suggestion_beside(first.item_id, first.case_id) == second
    assert suggestion_beside(second.item_id, second.case_id) is None
    assert suggestion_beside(second.item_id, second.case_id, after=False) == first
    place, many, before, after = around(second.item_id, second.case_id)
    assert (place, many, after) == (2, 2, None)
    assert before is not None
    assert before.case_id == first.case_id
    assert around(second.item_id, 99)[0] == 0
    decided = {"agency": "Alder Sheriff", "tag": "F-1", "now_ms": county.now_ms}
    accept_suggestion(**decided, case_number="D-1", by="Rita Quill")
    assert [one.case_number for one in suggestions_open().rows] == ["D-2"]
    assert suggestion_beside(first.item_id, first.case_id, place=first.millionths) == second
    reject_suggestion(**decided, case_number="D-2", by="Rita Quill", reason="another bicycle")
    assert suggestions_open().total == 0
    kept = county.office.rows("SELECT * FROM open_suggestions")
    rebuild()
    assert county.office.rows("SELECT * FROM open_suggestions") == kept


def test_a_new_run_takes_the_place_of_the_old(county: Office) -> None:
    suggested(county, "F-1", one="0.97", two="0.6")
    suggested(county, "F-1", two="0.8")
    assert [(one.case_number, one.millionths) for one in suggestions_open().rows] == [
        ("D-2", 800_000)
    ]
    suggested(county, "F-1")
    assert suggestions_open(every=True).total == 0


def test_whoever_booked_it_decides_and_asks_nothing(county: Office) -> None:
    suggested(county, "F-1", one="0.97")
    what = {"agency": "Alder Sheriff", "tag": "F-1", "case_number": "D-1", "now_ms": county.now_ms}
    mine = {**what, "by": "Lee Marsh"}
    assert list(refusal(accept_suggestion, **mine)) == ["booked_it"]
    assert list(refusal(reject_suggestion, **mine, reason="x")) == ["booked_it"]
    assert list(refusal(ask_about, **mine, whom="Sam Reed", question="whose?")) == ["booked_it"]
    assert list(refusal(reject_suggestion, **what, by="Rita Quill", reason="")) == [
        "reason_missing"
    ]


def test_a_question_is_put_to_a_person_and_decides_nothing(county: Office) -> None:
    suggested(county, "F-1", one="0.97")
    what = {"agency": "Alder Sheriff", "tag": "F-1", "case_number": "D-1", "now_ms": county.now_ms}
    assert set(refusal(ask_about, **what, by="Rita Quill", whom="", question="")) == {
        "whom_missing",
        "reason_missing",
    }
    entry = ask_about(**what, by="Rita Quill", whom="Sam Reed", question="whose is it?")
    many, (question,) = questions_to("sam reed")
    assert (many, question.entry, question.question) == (1, entry, "whose is it?")
    now = {"now_ms": county.now_ms}
    assert list(refusal(answer_question, entry=entry, answer="", by="Rita Quill", **now)) == [
        "answer_missing",
        "not_asked",
    ]
    answer_question(entry, answer="the neighbour's", by="Sam Reed", **now)
    assert questions_to("Sam Reed") == (0, [])
    assert count_open() == 1
