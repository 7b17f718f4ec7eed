"""Papers in the record: numbers run on, signing computes again, an older size gives the older paper."""

from __future__ import annotations

import pytest

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Refused
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.tlog import VerifierKey, open_checkpoint
from fullfile.server.actions.papers import issue_schedule, sign_certificate
from fullfile.server.queries import papers as queries
from fullfile.server.queries.papers import ask_certificate, ask_schedule, find_signed_paper
from fullfile.server.store.load import current_size
from fullfile.server.store.reading import read_entries
from fullfile.server.store.rebuild import rebuild

CASE, WHO = "D-1", "Ada Roe"
DAY = 86_400_000


def draft(table, **data):
    return Draft(f"{table}.recorded", "Clerk", data)


def item(tag, **more):
    return draft(
        "item",
        agency="Sheriff",
        tag=tag,
        description=f"thing {tag}",
        kind="object",
        report_number="24-100",
        booked_at="2024-01-20",
        **more,
    )


def filed(tag):
    return draft("filing", case_number=CASE, agency="Sheriff", tag=tag, filed_at="2024-01-25")


def disclosed(tag):
    return draft(
        "disclosure",
        case_number=CASE,
        defendant=WHO,
        defendant_key="ada roe",
        agency="Sheriff",
        tag=tag,
        disclosed_at="2024-02-01",
        extent="whole",
        acknowledged_at="2024-02-03",
    )


@pytest.fixture
def case(office):
    """A case with two items that are full, and an agency that has not answered."""
    office.append(
        draft("agency", agency="Sheriff", kind="police"),
        draft(
            "case",
            case_number=CASE,
            jurisdiction="us-nm",
            court_level="district",
            opened_on="2024-01-19",
            report_numbers=[{"agency": "Sheriff", "number": "24-100"}],
        ),
        draft("party", case_number=CASE, name=WHO, role="defendant", defendant_key="ada roe"),
        draft("docket", case_number=CASE, event="arraignment", occurred_on="2024-01-31"),
        *(one for tag in ("E-1", "E-2") for one in (item(tag), filed(tag), disclosed(tag))),
    )
    return office


def numbers(found):
    return {line.tag: line.number for line in found.schedule.lines}


def sign(office, reasons=None, **more):
    office.now_ms += 1_000
    given = {"by": "Ines Calloway", "second": "Rolf Adelsberg"} | more
    return sign_certificate(CASE, WHO, reasons=reasons, now_ms=office.now_ms, **given)


def issue(office, **more):
    office.now_ms += 1_000
    return issue_schedule(CASE, WHO, by="Ines Calloway", now_ms=office.now_ms, **more)


ANSWER = draft(
    "answer",
    case_number=CASE,
    agency="Sheriff",
    answer="all_handed_over",
    by="Lt. Vance",
    answered_at="2026-09-01",
)


def test_issued_twice_the_numbers_run_on(case):
    first = issue(case)
    assert numbers(first) == {"E-1": 1, "E-2": 2}
    case.append(item("A-0"))
    second = issue(case)
    assert numbers(second) == {"E-1": 1, "E-2": 2, "A-0": 3}
    assert [line.tag for line in second.schedule.new] == ["A-0"]
    (entry,) = read_entries([second.act.entry])
    assert entry.data["numbers"] == [{"agency": "Sheriff", "first": 3, "tags": ["A-0"]}]
    assert (entry.data["number"], entry.data["last_number"], entry.data["lines"]) == (2, 3, 3)
    assert (entry.data["signed_by"], entry.data["copy"]) == ("Ines Calloway", "defence")


def test_an_older_size_gives_the_older_paper(case):
    issue(case)
    then, moment = current_size(), case.now_ms
    before = ask_schedule(CASE, WHO, now_ms=case.now_ms)
    case.now_ms += DAY
    case.append(item("A-0"))
    issue(case)
    from datetime import UTC, datetime

    as_of = datetime.fromtimestamp(moment / 1000, UTC)
    again = ask_schedule(CASE, WHO, on=as_of, as_of=as_of, now_ms=case.now_ms)
    assert again.question.size == then
    assert again.schedule.lines == before.schedule.lines
    assert len(again.schedule.earlier) == 1


def test_what_was_issued_is_printed_again_as_it_was(case):
    first = issue(case)
    case.append(item("A-0"))
    issue(case)
    again = find_signed_paper(
        CASE, WHO, type_=SCHEDULE, which=1, layout="schedule", now_ms=case.now_ms + DAY
    )
    assert again.schedule == first.schedule
    assert again.checkpoint == first.checkpoint
    with pytest.raises(NotFound, match="number 3 was signed for Ada Roe in D-1; 2 were"):
        find_signed_paper(CASE, WHO, type_=SCHEDULE, which=3, now_ms=case.now_ms)


def test_a_refused_certificate_is_not_signed_and_names_every_reason(case):
    case.append(item("A-0"))
    size = current_size()
    with pytest.raises(Refused) as caught:
        sign(case)
    assert [one.code for one in caught.value.reasons] == ["unfiled", "unanswered"]
    assert "--except “Sheriff:A-0=" in caught.value.reasons[0].text
    assert current_size() == size


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"second": "ines calloway "}, "cannot sign twice"),
        ({"second": " "}, "Two named persons"),
        ({"by": ""}, "Two named persons"),
    ],
)
def test_two_named_persons_sign(case, names, says):
    case.append(ANSWER)
    with pytest.raises(Refused, match=says):
        sign(case, **names)


def test_what_is_signed_carries_the_signed_checkpoint_of_its_size(case):
    case.append(ANSWER)
    size = current_size()
    signed = sign(case)
    assert signed.act.entry == size
    head = signed.checkpoint
    assert head.size == size
    key = VerifierKey.parse(case.vkey)
    note = open_checkpoint(head.note.encode(), [key])
    assert note.size == size
    (entry,) = read_entries([size])
    assert entry.type == CERTIFICATE
    assert (entry.data["signed_by"], entry.data["second_by"]) == ("Ines Calloway", "Rolf Adelsberg")
    assert (entry.data["signed_role"], entry.data["second_role"]) == ("prosecutor", "second reader")
    assert entry.data["kinds"] == ["2 objects"]
    assert "supplements" not in entry.data


def test_signing_computes_again_and_does_not_trust_what_was_looked_at(case):
    """What was seen as full may not be any more when the pen comes down."""
    case.append(ANSWER)
    assert ask_certificate(CASE, WHO, now_ms=case.now_ms).certificate.refusals == ()
    case.append(item("A-0"))
    with pytest.raises(Refused, match="A-0"):
        sign(case)


def test_a_second_certificate_is_a_supplement(case):
    first = sign(case, {"unanswered:Sheriff": "asked twice"})
    case.append(ANSWER, item("A-0"))
    found = ask_certificate(CASE, WHO, now_ms=case.now_ms).certificate
    # What it was found to hold since the answer takes the answer's standing away.
    reasons = {one.key: "stated" for one in found.refusals}
    second = sign(case, reasons)
    (entry,) = read_entries([second.act.entry])
    assert entry.data["supplements"] == first.act.entry
    assert entry.data["number"] == 2
    assert second.certificate.first.entry == first.act.entry
    again = find_signed_paper(CASE, WHO, type_=CERTIFICATE, which=1, now_ms=case.now_ms + DAY)
    assert again.certificate == first.certificate
    assert [one.reason for one in again.certificate.exceptions] == ["asked twice"]


def test_a_signed_day_stays_that_day(case):
    from datetime import date

    case.append(ANSWER)
    reasons = {"unanswered:Sheriff": "answered later"}
    signed = sign(case, reasons, on=date(2024, 3, 1))
    again = find_signed_paper(CASE, WHO, type_=CERTIFICATE, which=1, now_ms=case.now_ms + DAY)
    assert again.certificate == signed.certificate
    assert signed.certificate.on.startswith("2024-03-01T23:59:59")


def test_orphans_of_the_agency_are_counted_by_the_reference_and_by_the_engine(case, monkeypatch):
    case.append(
        ANSWER,
        draft("agency", agency="Lab", kind="laboratory"),
        *(
            draft("item", agency=agency, tag=tag, booked_at="2024-02-01", description="found")
            for agency, tag in (("Sheriff", "X-1"), ("Sheriff", "X-2"), ("Lab", "L-1"))
        ),
    )

    def stated():
        found = ask_certificate(CASE, WHO, now_ms=case.now_ms).certificate
        return [(one.key, one.sentence) for one in found.refusals]

    small = stated()
    assert [name for name, _ in small] == ["unexamined:Sheriff"]
    assert "2 items" in small[0][1]
    monkeypatch.setattr(queries, "SMALL", 0)
    assert stated() == small


def test_a_suspected_orphan_is_stated_by_name(case):
    case.append(
        ANSWER,
        draft("item", agency="Sheriff", tag="X-1", booked_at="2024-02-01", description="found"),
    )
    run = {"model": "m", "version": "1", "digest": "d", "trained_on": "nothing"}
    (ran,) = case.append(
        Draft("link.ran", "Clerk", {**run, "size": case.size, "looked_at": 1, "suggested": 1})
    )
    suggestion = {
        "case_number": CASE,
        "steps": [{"on": "2024-02-01", "probability": "0.97"}],
        "reasons": [{"what": "the giver is a witness"}],
    }
    made = {"run": ran, "agency": "Sheriff", "tag": "X-1", "suggestions": [suggestion]}
    case.append(Draft("suggestion.made", "Clerk", made))
    (one,) = ask_certificate(CASE, WHO, now_ms=case.now_ms).certificate.refusals
    assert (one.code, one.key) == ("suspected", "Sheriff:X-1")
    assert "(97 in 100: " in one.sentence
    signed = sign(case, {"Sheriff:X-1": "being looked into"})
    assert [each.code for each in signed.certificate.exceptions] == ["suspected"]


def test_rebuilt_tables_find_the_papers_again(case):
    issue(case)
    sign(case, {"unanswered:Sheriff": "asked twice"})
    rows = case.rows("SELECT entry, type, case_id FROM acts ORDER BY entry")
    assert [row[1] for row in rows] == [SCHEDULE, CERTIFICATE]
    rebuild()
    assert case.rows("SELECT entry, type, case_id FROM acts ORDER BY entry") == rows


def test_nobody_issues_nothing(case):
    with pytest.raises(Refused, match="somebody"):
        issue_schedule(CASE, WHO, by=" ", now_ms=case.now_ms)
    with pytest.raises(NotFound, match="no case"):
        issue_schedule("D-99", WHO, by="Ines Calloway", now_ms=case.now_ms)
