"""Histories of counts, and contradictions, from rows of the record."""

import pytest

from fullfile.core.docket.contradictions import find_contradictions, unknown_events
from fullfile.core.docket.histories import is_same_offense, read_histories, related_cases
from fullfile.core.ids import DAY_MS, key, parse_when
from tests.support.dockets import CASE, WHO, Record, plain

ON = parse_when("2026-01-01").last


def histories(record, case=CASE, on=ON):
    facts, cases = record.read()
    return read_histories(facts, cases, key(case), on)


def only(record, on=ON):
    (one,) = histories(record, on=on)
    return one


def test_a_count_with_its_events_in_order():
    record = plain()
    late = record.docket("2024-07-12 dismissed_with_prejudice", count="1", detail="day 3")
    early = record.docket("2024-01-19 indictment")
    record.docket("2024-07-01 hearing", defendant="Otto Brandt")
    one, _other = histories(record)
    assert (one.defendant, one.count, one.offense) == (WHO, "1", "aggravated battery")
    assert (one.charged_on, one.offense_on, one.grade) == (
        "2024-01-19",
        "2023-03-01",
        "third_degree_felony",
    )
    assert [event.entry for event in one.events] == [early, late]
    assert one.events[1].detail == "day 3"
    assert one.events[1].case_number == CASE
    assert one.exists


def test_an_instant_of_the_offence_is_a_day_on_the_courts_clock():
    record = Record()
    record.case(opened_on="2024-01-19")
    record.defendant()
    record.count(offense_on="2023-03-02T05:30:00+00:00")
    assert only(record).offense_on == "2023-03-01"


def test_only_what_had_happened_is_seen():
    record = plain()
    record.docket("2024-07 dismissed_with_prejudice")
    assert only(record, parse_when("2024-07-30").last).events == ()
    assert len(only(record, parse_when("2024-07-31").last).events) == 1
    assert histories(record, on=parse_when("2024-01-18").last) == ()


def test_no_counts_on_record_gives_one_unnamed_or_those_that_the_docket_names():
    record = Record()
    record.case(opened_on="2024-01-19")
    record.defendant()
    assert histories(record) == ()
    record.docket("2024-07-12 acquitted")
    assert [(one.count, len(one.events)) for one in histories(record)] == [("", 1)]
    record.docket("2024-07-12 convicted", count="2", defendant=WHO)
    record.docket("2024-07-12 acquitted", count="3", defendant=WHO)
    assert [one.count for one in histories(record)] == ["2", "3"]


def test_an_ending_before_the_charge_is_not_about_a_count_that_it_does_not_name():
    record = plain()
    record.count("2", charged_on="2025-02-03")
    record.docket("2024-07-12 dismissed_with_prejudice", defendant=WHO)
    first, second = histories(record)
    assert [event.event for event in first.events] == ["dismissed_with_prejudice"]
    assert second.events == ()
    assert [one.count for one in second.elsewhere] == ["1"]


def test_what_names_no_count_is_shared_while_another_is_open():
    record = plain()
    record.count("2", offense="perjury")
    record.docket("2024-07-10 acquitted", count="1")
    record.docket("2024-07-12 dismissed_without_prejudice")
    first, second = histories(record)
    assert [event.shared for event in first.events] == [False, True]
    assert [event.shared for event in second.events] == [False]


def test_the_same_offence_elsewhere_and_what_it_came_from():
    record = plain()
    record.docket("2024-03-01 nolle_prosequi")
    for number, kind in (("B-2", "refiled_from"), ("C-3", "severed_from")):
        record.case(number, opened_on="2024-05-01", related_cases=[{"case": CASE, "kind": kind}])
        record.defendant(number=number)
        record.count(number=number, offense="Aggravated Battery ")
    record.case("D-4", opened_on="2024-05-01")
    record.defendant(number="D-4")
    record.count(number="D-4")
    facts, cases = record.read()
    assert related_cases(cases, key(CASE)) == {"b-2", "c-3"}
    (refiled,) = read_histories(facts, cases, "b-2", ON)
    assert [one.case_number for one in refiled.elsewhere] == [CASE]
    assert [(event.case_number, event.event) for event in refiled.carried] == [
        (CASE, "nolle_prosequi")
    ]
    (severed,) = read_histories(facts, cases, "c-3", ON)
    assert severed.carried == ()
    assert len(severed.elsewhere) == 1


def test_a_chain_of_refilings_is_followed_to_its_beginning():
    record = plain()
    record.docket("2024-03-01 nolle_prosequi")
    before = CASE
    for number in ("B-2", "C-3", "D-4"):
        record.case(
            number, opened_on="2024-05-01", related_cases=[{"case": before, "kind": "refiled_from"}]
        )
        record.defendant(number=number)
        record.count(number=number)
        before = number
    facts, cases = record.read()
    (last,) = read_histories(facts, cases, "d-4", ON)
    assert {one.case_number for one in last.elsewhere} == {CASE, "B-2", "C-3"}
    assert [event.case_number for event in last.carried] == [CASE]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"offense": "theft"}, {"offense": " THEFT "}, True),
        ({"offense": "theft"}, {"offense": "perjury"}, False),
        (
            {"offense": "theft", "statute": "30-16-1"},
            {"offense": "larceny", "statute": "30-16-1"},
            True,
        ),
        ({"offense": "theft", "statute": "30-16-1"}, {"offense": "theft"}, True),
        (
            {"offense": "theft", "statute": "30-16-1"},
            {"offense": "theft", "statute": "NMSA 30-16-1"},
            True,
        ),
        ({"offense": "", "statute": ""}, {"offense": "", "statute": ""}, False),
    ],
)
def test_the_same_offence(one, other, same):
    def made(said):
        record = Record()
        record.case(opened_on="2024")
        record.defendant()
        record.count(**said)
        return only(record)

    assert is_same_offense(made(one), made(other)) is same


def test_a_status_ends_when_its_opposite_begins():
    record = plain()
    for said, word in (("2024-02-01", "absent"), ("2024-05-01", "resident")):
        record.add("status", case_number=CASE, defendant=WHO, status=word, **{"from": said})
    spans = only(record).status
    assert [(span.status, span.until_first) for span in spans] == [
        ("absent", parse_when("2024-05-01").first),
        ("resident", None),
    ]
    assert spans[0].last - spans[0].first == DAY_MS - 1


def codes(record):
    return [one.code for found in histories(record) for one in find_contradictions(found)]


@pytest.mark.parametrize(
    ("docket", "expected"),
    [
        (["2024-03-06 convicted", "2024-04-15 sentenced"], []),
        (["2024-03-06 plea_guilty", "2024-03-07 convicted", "2024-04-15 sentenced"], []),
        (["2024-03-06 plea_no_contest", "2024-04-15 sentenced"], []),
        (["2024-04-15 sentenced"], ["sentenced_not_convicted"]),
        (["2024-03-06 sentenced", "2024-04-15 convicted"], ["sentenced_before_convicted"]),
        (["2024-03-06 acquitted", "2024-04-15 convicted"], ["two_verdicts"]),
        (["2024-03-06 convicted", "2024-03-06 acquitted"], ["two_verdicts"]),
        (["2024-03-06 convicted", "2024-04-15 convicted"], ["two_verdicts"]),
        (["2024-03-06 convicted", "2024-03-06 convicted"], []),
        (["2024-03-06 convicted", "2024-04-01 new_trial_granted", "2024-09-01 acquitted"], []),
        (["2024-03-06 acquitted", "2024-05-06 jury_sworn"], ["after_the_end"]),
        (["2024-03-06 acquitted", "2024-03-06 jury_sworn"], []),
        (["2024-03-06 dismissed_with_prejudice", "2024-05-06 stayed"], ["after_the_end"]),
        (["2024-03-06 dismissed_without_prejudice", "2024-05-06 dismissed_with_prejudice"], []),
        (["2024-03-06 convicted", "2024-05-06 appeal_filed", "2024-06-06 hearing"], []),
        (["2023-12-01 acquitted"], ["ended_before_charged"]),
        (["2023-12-01 hearing"], []),
    ],
)
def test_contradictions(docket, expected):
    record = plain()
    for line in docket:
        record.docket(line)
    assert codes(record) == expected


def test_an_ending_of_a_count_before_its_charge():
    record = plain()
    entry = record.docket("2023-12-01 acquitted", count="1")
    (found,) = find_contradictions(only(record))
    assert found.code == "ended_before_charged"
    assert entry in found.entries
    assert "December 1, 2023, before it was charged on January 19, 2024" in found.sentence


def test_a_dismissal_of_a_count_that_does_not_exist():
    record = plain()
    entry = record.docket("2024-07-12 dismissed_with_prejudice", count="9")
    first, ninth = histories(record)
    assert (first.exists, ninth.exists) == (True, False)
    assert [event.entry for event in first.unnamed] == [entry]
    (found,) = find_contradictions(ninth)
    assert found.code == "no_such_count"
    assert "no count 9 is on record" in found.sentence


def test_two_sources_of_one_verdict_are_two_accounts():
    record = plain()
    record.docket("2024-03-06 convicted", source="press")
    record.docket("2024-03-07 convicted", source="court")
    assert codes(record) == []


def test_a_co_defendants_trial_is_no_contradiction():
    record = plain()
    record.defendant("Otto Brandt")
    record.count(defendant="Otto Brandt")
    record.docket("2024-03-06 acquitted", defendant=WHO)
    record.docket("2024-05-06 jury_sworn")
    record.docket("2024-05-09 convicted", defendant="Otto Brandt")
    assert codes(record) == []


def test_words_that_no_pack_knows():
    record = plain()
    record.docket("2024-03-06 bound_over")
    record.docket("2024-03-07 hearing")
    one = only(record)
    assert [event.event for event in unknown_events(one, ())] == ["bound_over"]
    assert unknown_events(one, ["bound_over"]) == ()
