"""What holds for every docket: other people's events change nothing, and no charge is open past its time."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.core.ids import key, parse_when
from fullfile.core.rules.law import Law
from fullfile.core.standing import history_of_case_file, judge, limitation_of, standing_of_case
from fullfile.engines.packs import load_calendars, load_packs
from tests.support.dockets import CASE, Record

PACKS = {pack.id: pack for pack in load_packs()}
CALENDARS = load_calendars().by_id
LAW = Law(PACKS, CALENDARS)
FIRST = date(2021, 1, 1)
DAYS = st.integers(0, 3_000).map(lambda number: FIRST + timedelta(days=number))
EVENTS = st.sampled_from(DOCKET_EVENTS)
DOCKETS = st.lists(st.tuples(DAYS, EVENTS), max_size=6)
GRADES = st.sampled_from(["fourth_degree_felony", "misdemeanor", "petty_misdemeanor", ""])
NAMES = st.sampled_from(["us-nm", "us-ca", "us-fed", "ca", "gb-ew"])


def lines(docket):
    return [f"{day.isoformat()} {event}" for day, event in docket]


@settings(max_examples=150)
@given(DOCKETS, DAYS, DAYS, GRADES, NAMES)
def test_never_open_past_the_limitation_date(docket, offense_on, on, grade, name):
    pack = PACKS[name]
    history = history_of_case_file(
        lines(docket), [], offense="theft", grade=grade, offense_on=offense_on
    )
    found = judge(history, pack, CALENDARS, on)
    last = limitation_of(pack, CALENDARS, grade=grade, offense="theft", offense_on=offense_on)
    assert found.answer in ("pending", "barred", "open", "conditional", "unclear")
    if found.until is not None:
        assert found.answer in ("open", "conditional")
        assert found.until >= on.isoformat()
    if found.answer == "open" and last.last_day is not None and found.until is not None:
        assert on <= last.last_day or found.six.limitation.entries
    if found.answer == "unclear":
        assert found.lacks
    assert len(found.six.named()) == 6
    assert found.sentence


@settings(max_examples=100)
@given(DOCKETS, DOCKETS, DAYS)
def test_another_defendants_events_change_no_answer(docket, others, on):
    def answers(with_others):
        record = Record()
        record.case(opened_on="2021-01-01")
        record.defendant("Mara Quist")
        record.defendant("Otto Brandt")
        for name in ("Mara Quist", "Otto Brandt"):
            record.count(defendant=name, charged_on="2021-01-01", offense_on="2020-06-01")
        rows = [(day, event, "Mara Quist") for day, event in docket]
        rows += [(day, event, "Otto Brandt") for day, event in others] if with_others else []
        for day, event, name in rows:
            record.docket(f"{day.isoformat()} {event}", defendant=name)
        facts, cases = record.read()
        moment = parse_when(on.isoformat()).last
        return [
            (one.answer, one.until, one.conditions, one.sentence, one.chain)
            for one in standing_of_case(facts, cases, LAW, key(CASE), moment, "Mara Quist")
        ]

    assert answers(with_others=True) == answers(with_others=False)


@settings(max_examples=100)
@given(DOCKETS, DAYS, NAMES)
def test_what_has_not_happened_changes_nothing(docket, on, name):
    history = history_of_case_file(
        lines(docket), [], offense="theft", grade="", offense_on="2020-06-01"
    )
    past = [(day, event) for day, event in docket if day <= on]
    known = history_of_case_file(
        lines(past), [], offense="theft", grade="", offense_on="2020-06-01"
    )
    now, then = (judge(one, PACKS[name], CALENDARS, on) for one in (history, known))
    if past:
        assert (now.answer, now.until) == (then.answer, then.until)
