"""Cases, counts and events recorded by hand: a barred count is refused, an override opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Refused
from fullfile.core.facts.cases import read_cases
from fullfile.core.facts.rows import read_facts
from fullfile.core.ids import wall_ms
from fullfile.core.matching import State
from fullfile.core.rules.law import Law
from fullfile.core.standing import standing_of_case
from fullfile.server.actions.docket import (
    NewCount,
    NewDefendant,
    add_count,
    open_case,
    record_event,
)
from fullfile.server.queries.match import match_case
from fullfile.server.queries.standing import standing_of
from fullfile.server.store import load

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

OLD, NEW = "D-0202-CR-2024-00101", "D-0202-CR-2025-00007"
OFFENSE = "aggravated battery"


@pytest.fixture
def tried(office: OpenOffice) -> OpenOffice:
    """A case whose one count was dismissed with prejudice, recorded by hand."""
    open_case(
        OLD,
        jurisdiction="us-nm",
        court_level="district",
        opened_on="2024-01-19",
        report_numbers=["Sheriff:24-0101"],
        defendants=[NewDefendant(name="Ada Vance"), NewDefendant(name="Bo Lund")],
        counts=[
            NewCount(
                defendant="Ada Vance",
                count="1",
                offense=OFFENSE,
                grade="third_degree_felony",
                charged_on="2024-01-19",
                offense_on="2023-11-02",
            )
        ],
        by="Clerk",
        now_ms=tick(office),
    )
    for event, day in (
        ("indictment", "2024-01-19"),
        ("jury_sworn", "2024-07-10"),
        ("dismissed_with_prejudice", "2024-07-12"),
    ):
        record_event(
            OLD, event, day, defendant="Ada Vance", count="1", by="Clerk", now_ms=tick(office)
        )
    return office


def tick(office: OpenOffice) -> int:
    office.now_ms += 1_000
    return office.now_ms


def again(office: OpenOffice, *, override: str = "", **more: object) -> range:
    told = {
        "report_numbers": ["sheriff:24-0101 "],
        "defendants": [NewDefendant(name="Ada Vance")],
        "counts": [
            NewCount(
                defendant="ada vance",
                count="1",
                offense=OFFENSE.upper(),
                charged_on="2025-02-03",
                override=override,
            )
        ],
        **more,
    }
    return open_case(
        NEW,
        jurisdiction="us-nm",
        opened_on="2025-02-03",
        by="Clerk",
        now_ms=tick(office),
        **told,  # type: ignore[arg-type]  # the keywords of open_case
    )


def test_a_new_case_with_the_same_count_is_refused(tried: OpenOffice) -> None:
    before = tried.size
    with pytest.raises(Refused, match="name the ruling in `override`") as refused:
        again(tried)
    (reason,) = refused.value.reasons
    assert reason.code == "barred"
    assert "was dismissed with prejudice on July 12, 2024" in reason.text
    assert OLD in reason.text
    assert tried.size == before


def test_related_cases_count_as_well_as_report_numbers(tried: OpenOffice) -> None:
    for kind in ("refiled_from", "severed_from"):
        with pytest.raises(Refused, match="name the ruling"):
            again(tried, report_numbers=[], related_cases=[f"{OLD}|{kind}"])


def test_with_the_ruling_named_it_is_recorded_and_no_line_says_barred(tried: OpenOffice) -> None:
    made = again(tried, override="dismissal of July 12, 2024; leave of the court of appeals")
    assert len(made) == 3
    found = match_case(NEW, now_ms=tried.now_ms)
    assert State.BARRED_COUNT not in {line.state for line in found.exceptions}
    (one,) = standing_of(NEW, now_ms=tried.now_ms).results
    assert one.answer == "barred"
    assert "leave of the court of appeals" in one.sentence
    assert one.override.startswith("dismissal of July 12")


def test_an_imported_one_is_recorded_and_is_a_line(tried: OpenOffice) -> None:
    rows = {"case_number": NEW, "defendant": "Ada Vance", "defendant_key": "ada vance"}
    tried.append(
        Draft(
            "case.recorded",
            "import",
            {
                "case_number": NEW,
                "jurisdiction": "us-nm",
                "opened_on": "2025-02-03",
                "report_numbers": [{"agency": "Sheriff", "number": "24-0101"}],
            },
            source="press",
        ),
        Draft(
            "party.recorded",
            "import",
            {
                "case_number": NEW,
                "name": "Ada Vance",
                "role": "defendant",
                "defendant_key": "ada vance",
            },
            source="press",
        ),
        Draft(
            "count.recorded",
            "import",
            {**rows, "count": "1", "offense": OFFENSE, "charged_on": "2025-02-03"},
            source="press",
        ),
    )
    lines = [
        line
        for line in match_case(NEW, now_ms=tried.now_ms).exceptions
        if line.state is State.BARRED_COUNT
    ]
    assert [line.defendant for line in lines] == ["Ada Vance"]
    (one,) = standing_of(NEW, now_ms=tried.now_ms).results
    assert one.answer == "barred"
    assert set(one.barred_by) <= set(one.entries)


def test_another_defendant_or_offence_is_free(tried: OpenOffice) -> None:
    assert add_count(OLD, "Bo Lund", "1", OFFENSE, by="Clerk", now_ms=tick(tried)) == tried.size - 1
    made = add_count(OLD, "Ada Vance", "2", "perjury", by="Clerk", now_ms=tick(tried))
    assert made == tried.size - 1
    states = {line.state for line in match_case(OLD, now_ms=tried.now_ms).exceptions}
    assert State.BARRED_COUNT not in states
    answers = [one.answer for one in standing_of(OLD, now_ms=tried.now_ms).results]
    assert answers == ["barred", "pending", "pending"]


def test_the_same_offence_under_another_number_of_the_case(tried: OpenOffice) -> None:
    with pytest.raises(Refused, match="count 1 of the same case"):
        add_count(
            OLD,
            "Ada Vance",
            "3",
            OFFENSE,
            charged_on="2024-09-02",
            by="Clerk",
            now_ms=tick(tried),
        )
    made = add_count(
        OLD,
        "Ada Vance",
        "3",
        OFFENSE,
        charged_on="2024-09-02",
        override="the dismissal of 2024-07-12",
        by="Clerk",
        now_ms=tick(tried),
    )
    assert made == tried.size - 1


def test_every_reason_is_said_at_once(tried: OpenOffice) -> None:
    with pytest.raises(Refused) as refused:
        add_count(OLD, "Ada Vance", "1", OFFENSE, by=" ", now_ms=tick(tried))
    assert [reason.code for reason in refused.value.reasons] == ["anonymous", "count_exists"]
    with pytest.raises(Refused) as refused:
        open_case(
            OLD,
            jurisdiction="us-nm",
            opened_on="2025-02-03",
            counts=[NewCount(defendant="Ada Vance", count="1", offense=OFFENSE)],
            by="Clerk",
            now_ms=tick(tried),
        )
    assert "case_exists" in [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"event": "dismised"}, "event_unknown"),
        ({"count": "9"}, "count_unknown"),
        ({"occurred_on": "2199-01-01"}, "ahead"),
        ({"event": "jury_sworn", "occurred_on": "2024-07-10", "count": "1"}, "recorded_already"),
        ({"event": "indictment", "occurred_on": "2025-01-08"}, "barred"),
        ({"event": "refiled", "occurred_on": "2025-01-08"}, "barred"),
        ({"occurred_on": "some day"}, "unreadable"),
        ({"defendant": "Ida Vance"}, "not_a_party"),
    ],
)
def test_events_that_are_refused(tried: OpenOffice, changed: dict[str, str], code: str) -> None:
    said = {
        "event": "ruling",
        "occurred_on": "2024-08-01",
        "defendant": "Ada Vance",
        "count": "",
        **changed,
    }
    before = tried.size
    with pytest.raises(Refused) as refused:
        record_event(OLD, by="Clerk", now_ms=tick(tried), **said)  # type: ignore[arg-type]
    assert code in [reason.code for reason in refused.value.reasons]
    assert tried.size == before


def test_a_charge_in_spite_of_a_ruling_names_it(tried: OpenOffice) -> None:
    record_event(
        OLD,
        "refiled",
        "2025-01-08",
        defendant="Ada Vance",
        override="the dismissal of July 12, 2024",
        by="Clerk",
        now_ms=tick(tried),
    )
    (one,) = standing_of(OLD, "Ada Vance", "1", now_ms=tried.now_ms).results
    assert one.answer == "barred"


def test_an_event_that_contradicts_the_docket_is_kept_and_said(tried: OpenOffice) -> None:
    record_event(
        OLD,
        "acquitted",
        "2024-07-20",
        defendant="Ada Vance",
        count="1",
        by="Clerk",
        now_ms=tick(tried),
    )
    record_event(
        OLD,
        "convicted",
        "2024-07-30",
        defendant="Ada Vance",
        count="1",
        by="Clerk",
        now_ms=tick(tried),
    )
    (one,) = standing_of(OLD, "Ada Vance", now_ms=tried.now_ms).results
    assert one.answer == "unclear"
    assert "two verdicts" in one.sentence


def test_no_case(office: OpenOffice) -> None:
    with pytest.raises(NotFound, match="open it first"):
        record_event("X-1", "ruling", "2024-01-01", by="Clerk", now_ms=tick(office))
    with pytest.raises(NotFound, match="There is no case"):
        standing_of("X-1", now_ms=office.now_ms)


def test_the_docket_is_all_that_standing_needs(tried: OpenOffice) -> None:
    """The answer from the dockets alone is the answer from the whole record."""
    again(tried, override="named")
    facts = read_facts(load.iter_entries(0, tried.size), load.office().zone)
    cases = read_cases(facts)
    law = Law(*load.adopted_law(tried.size))
    for number in (OLD, NEW):
        part = standing_of(number, now_ms=tried.now_ms)
        zone = load.office().zone
        whole = standing_of_case(facts, cases, law, number.casefold(), wall_ms(tried.now_ms, zone))
        assert part.results == whole
