import csv
import io
import json

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.data import (
    FIELDS,
    line_as_json,
    match_as_csv,
    match_as_json,
    render_json,
)
from fullfile.engines.report.view import match_view
from tests.engines.report import samples


def test_the_json_has_the_fields_of_the_contract_and_no_others():
    found = match_as_json(match_view(samples.worked_example()))
    assert list(found) == [
        "on", "as_of", "checkpoint", "policy", "lines", "states", "all_states", "ended", "exceptions",
    ]  # fmt: skip
    assert found["checkpoint"] == {"size": 97, "root": samples.ROOT}
    assert found["policy"] == {"target_days": 14, "threshold": 0.5}
    assert found["lines"] == 12
    assert found["states"] == {"unfiled": 2, "orphan": 1, "unanswered": 1, "full": 8}
    assert found["all_states"] == {"overdue": 1, "post_conviction": 1}
    assert found["ended"] == 9


def test_a_line_of_the_json():
    assert line_as_json(samples.ROUNDS) == {
        "state": "unfiled",
        "also": ["overdue"],
        "agency": "Sheriff",
        "tag": "DOC-001",
        "case_number": samples.R,
        "defendant": "Baldwin",
        "held_since": "2024-03-06",
        "booked_at": "2024-03-06",
        "filed_at": None,
        "disclosed_at": None,
        "acknowledged_at": None,
        "receipt": None,
        "due": "2024-03-20",
        "due_basis": "policy",
        "days_since_held": 126,
        "days_late": 112,
        "rule": "us-nm:5-505(A)",
        "check": "part",
        "lacks": [],
        "ended": None,
        "corrected": None,
        "why": samples.ROUNDS.why,
        "suspected_cases": [],
        "entries": [31, 58, 77],
    }


def test_suspected_cases_carry_their_probability():
    found = line_as_json(samples.REPORT)["suspected_cases"]
    assert found == [
        {"case_number": samples.R, "probability": 0.97},
        {"case_number": samples.R2, "probability": 0.61},
    ]


def test_the_other_lines_come_only_when_asked_for():
    assert "lines_detail" not in match_as_json(match_view(samples.worked_example()))
    found = match_as_json(match_view(samples.worked_example(), all_lines=True))
    assert [line["state"] for line in found["lines_detail"]] == ["full"] * 8
    assert list(found["lines_detail"][0]) == list(FIELDS)


def test_json_keeps_letters_and_is_json():
    text = render_json({"name": "Peña"})
    assert "Peña" in text
    assert json.loads(text) == {"name": "Peña"}


def test_csv_has_the_same_fields_and_says_the_same():
    rows = list(csv.DictReader(io.StringIO(match_as_csv(match_view(samples.worked_example())))))
    assert list(rows[0]) == list(FIELDS)
    assert [row["state"] for row in rows] == ["unfiled", "unfiled", "unanswered", "orphan"]
    assert rows[0]["entries"] == "31;58;77"
    assert rows[0]["also"] == "overdue"
    assert rows[0]["filed_at"] == ""
    assert rows[3]["suspected_cases"] == f"{samples.R}|0.97;{samples.R2}|0.61"


def test_csv_escapes_what_a_spreadsheet_would_run():
    line = Line(state=State.ORPHAN, agency="=HYPERLINK(1)", tag="-1", why="@x", days_late=-3)
    (row,) = csv.DictReader(io.StringIO(match_as_csv(match_view(samples.made([line])))))
    assert (row["agency"], row["tag"], row["why"]) == ("'=HYPERLINK(1)", "'-1", "'@x")
    assert row["days_late"] == "-3"
