"""Who knew what: stated as it is, derived by rule, denied beside both; nothing is decided."""

from zoneinfo import ZoneInfo

import pytest

from fullfile.core.entries import Entry
from fullfile.core.knowledge import LEVELS, SignedPaper, knew, signed_papers
from tests.support.worlds import knew_of, world_of

CASE = """
case_number,jurisdiction,court_level,opened_on,report_numbers
D-1,us-nm,district,2024-01-19,Sheriff:24-100
"""
PARTIES = """
case_number,name,role
D-1,Ada Roe,defendant
D-1,P. Quill,prosecutor
"""
ITEM = """
agency,tag,description,kind,report_number,booked_at,booked_by,collected_at,collected_by,collected_from,persons
Sheriff,E-1,a crowbar,object,24-100,2024-01-12,B. Oak,2024-01-10,C. Elm,G. Ivy,G. Ivy|giver;S. Fern|owner
"""


def accounts(answer, person, level=None):
    """The accounts of a person as (kind, how, date)."""
    found = next(one for one in answer.persons if one.name == person)
    return [
        (one.kind, one.how, one.known_from) for one in found.accounts if level in (None, one.level)
    ]


def levels(answer, person):
    found = next(one for one in answer.persons if one.name == person)
    return {one.level for one in found.accounts}


@pytest.fixture(scope="module")
def booked():
    return knew_of(
        world_of("2024-06-01", {"cases": CASE, "parties": PARTIES, "items": ITEM}), "Sheriff", "E-1"
    )


def test_whoever_booked_collected_or_gave_it_had_it_in_hand(booked):
    assert accounts(booked, "B. Oak", "object") == [("derived", "booked", "2024-01-12")]
    assert accounts(booked, "C. Elm", "object") == [("derived", "collected", "2024-01-10")]
    assert accounts(booked, "G. Ivy", "object") == [("derived", "gave", "2024-01-10")]


def test_only_the_booker_knows_the_number_it_was_booked_under(booked):
    assert levels(booked, "B. Oak") == {"exists", "object", "where_filed"}
    assert levels(booked, "C. Elm") == {"exists", "object"}


def test_a_derived_account_says_by_which_row(booked):
    oak = next(one for one in booked.persons if one.name == "B. Oak").accounts[0]
    assert oak.because.startswith("booked it under 24-100 on January 12, 2024, entry ")
    assert oak.entries == booked.entries


def test_being_named_as_something_else_shows_no_knowledge(booked):
    assert "S. Fern" not in {one.name for one in booked.persons}
    assert [(one.person, one.role) for one in booked.named] == [("S. Fern", "owner")]


@pytest.mark.parametrize(
    ("table", "rows", "person", "expected"),
    [
        pytest.param(
            "custody",
            "agency,tag,event,occurred_at,by,from,to\nSheriff,E-1,transferred,2024-02-01,B. Oak,B. Oak,L. Ash",
            "L. Ash",
            {("exists", "received"), ("object", "received")},
            id="received it",
        ),
        pytest.param(
            "custody",
            "agency,tag,event,occurred_at,by\nSheriff,E-1,examined,2024-02,L. Ash",
            "L. Ash",
            {("exists", "examined"), ("object", "examined")},
            id="examined it",
        ),
        pytest.param(
            "custody",
            "agency,tag,event,occurred_at,by\nSheriff,E-1,not_found,2024-02-01,L. Ash",
            "L. Ash",
            {("exists", "not_found")},
            id="looked and did not find it",
        ),
        pytest.param(
            "filings",
            "case_number,agency,tag,filed_at,filed_by\nD-1,Sheriff,E-1,2024-02-01,P. Quill",
            "P. Quill",
            {("exists", "filed"), ("where_filed", "filed")},
            id="filed it",
        ),
        pytest.param(
            "disclosures",
            "case_number,defendant,agency,tag,disclosed_at,served_on,disclosed_by\n"
            "D-1,Ada Roe,Sheriff,E-1,2024-02-01,D. Counsel,P. Quill",
            "D. Counsel",
            {("exists", "served")},
            id="was served",
        ),
        pytest.param(
            "disclosures",
            "case_number,defendant,agency,tag,disclosed_at,acknowledged_at,acknowledged_by\n"
            "D-1,Ada Roe,Sheriff,E-1,2024-02-01,2024-02-03,D. Counsel",
            "D. Counsel",
            {("exists", "acknowledged")},
            id="signed for it",
        ),
        pytest.param(
            "determinations",
            "case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at\n"
            "D-1,Sheriff,E-1,inculpatory,P. Quill,2024-02-01,fits,R. Reader,2024-02-02",
            "R. Reader",
            {("exists", "verified")},
            id="verified a view of it",
        ),
        pytest.param(
            "withholdings",
            "case_number,agency,tag,ground,withheld_at,by\nD-1,Sheriff,E-1,work_product,2024-02-01,P. Quill",
            "P. Quill",
            {("exists", "withheld"), ("not_disclosed", "withheld")},
            id="withheld it",
        ),
        pytest.param(
            "mentions",
            "agency,report_number,description,mentioned_at,by,booked_as\n"
            "Sheriff,24-100,a crowbar,2024-01-11,W. Writer,E-1",
            "W. Writer",
            {("exists", "mentioned")},
            id="mentioned it",
        ),
        pytest.param(
            "links",
            "agency,tag,case_number,decision,by,decided_at\nSheriff,E-1,D-1,reject,P. Quill,2024-02-01",
            "P. Quill",
            {("exists", "rejected")},
            id="decided on its suggestion",
        ),
    ],
)
def test_what_a_row_shows(table, rows, person, expected):
    world = world_of("2024-06-01", {"cases": CASE, "parties": PARTIES, "items": ITEM, table: rows})
    answer = knew_of(world, "Sheriff", "E-1")
    found = next(one for one in answer.persons if one.name == person)
    assert {(one.level, one.how) for one in found.accounts} == expected
    assert {one.basis for one in found.accounts} == {"derived"}


REPORT = (
    ITEM
    + """Sheriff,R-7,report on the crowbar,document,24-100,2024-01-14,,,,,W. Writer|author
"""
)
SENT = """
agency,tag,event,occurred_at,by,to
Sheriff,R-7,transferred,2024-01-20,W. Writer,P. Quill
"""


def test_a_report_that_can_only_be_about_it_makes_it_known():
    answer = knew_of(
        world_of("2024-06-01", {"cases": CASE, "items": REPORT, "custody": SENT}), "Sheriff", "E-1"
    )
    assert accounts(answer, "W. Writer") == [("derived", "wrote_report", "2024-01-14")]
    assert accounts(answer, "P. Quill") == [("derived", "received_report", "2024-01-20")]


def test_a_report_under_a_number_with_other_things_shows_nothing():
    others = REPORT + "Sheriff,E-2,a lamp,object,24-100,2024-01-12,,,,,\n"
    answer = knew_of(world_of("2024-06-01", {"items": others, "custody": SENT}), "Sheriff", "E-1")
    assert "P. Quill" not in {one.name for one in answer.persons}


def test_handling_a_box_shows_nothing_of_what_lies_in_it():
    items = """
    agency,tag,description,booked_at,parent_tag
    Sheriff,BOX,a box,2024-01-10,
    Sheriff,E-1,a crowbar,2024-01-10,BOX
    """.replace("    ", "")
    moved = "agency,tag,event,occurred_at,by\nSheriff,BOX,moved,2024-02-01,M. Porter"
    answer = knew_of(world_of("2024-06-01", {"items": items, "custody": moved}), "Sheriff", "E-1")
    assert answer.persons == ()


def test_a_box_filed_with_its_contents_shows_that_the_contents_were_filed():
    items = "agency,tag,description,booked_at,parent_tag\nSheriff,BOX,a box,2024-01-10,\nSheriff,E-1,a crowbar,2024-01-10,BOX"
    filed = "case_number,agency,tag,filed_at,filed_by,with_contents\nD-1,Sheriff,BOX,2024-02-01,P. Quill,yes"
    world = world_of("2024-06-01", {"cases": CASE, "items": items, "filings": filed})
    [quill] = knew_of(world, "Sheriff", "E-1").persons
    assert quill.accounts[0].rule == "filed it in D-1 with the contents of BOX on February 1, 2024"


KNOWN = """
agency,tag,person,level,known_from,how,role,source,denied
Sheriff,E-1,P. Quill,object,2024-03,saw,prosecutor,N. Note,
Sheriff,E-1,P. Quill,object,2024-05-01,,prosecutor,P. Quill,yes
Sheriff,E-1,D. Counsel,exists,before 2024-02,told,counsel,N. Note,
Sheriff,E-1,D. Counsel,exists,2024-04-10,told,counsel,O. Other,
Sheriff,E-1,B. Oak,exists,2024-04-01,told,technician,B. Oak,
Sheriff,E-1,L. Ash,not_disclosed,2024-04-01,,,L. Ash,yes
"""


@pytest.fixture(scope="module")
def apart():
    tables = {"cases": CASE, "parties": PARTIES, "items": ITEM, "knowledge": KNOWN}
    return knew_of(world_of("2024-06-01", tables), "Sheriff", "E-1")


def test_contradictions_stand_side_by_side_and_none_is_preferred(apart):
    found = {(one.person, one.level): one for one in apart.contradictions}
    assert {(name, level, one.kind) for (name, level), one in found.items()} == {
        ("P. Quill", "object", "denied"),
        ("D. Counsel", "exists", "two_dates"),
        ("B. Oak", "exists", "shown_earlier"),
    }
    quill = found["P. Quill", "object"]
    assert [one.kind for one in quill.accounts] == ["stated", "denied"]
    assert not quill.both_possible
    assert "P. Quill says not, on May 1, 2024" in quill.sentence
    assert "a source says yes, in March 2024, saw (N. Note)" in quill.sentence
    counsel = found["D. Counsel", "exists"].sentence
    assert "before February 2024 (N. Note) and on April 10, 2024 (O. Other)" in counsel
    assert "B. Oak booked it under 24-100" in found["B. Oak", "exists"].sentence


def test_a_denial_alone_is_no_contradiction_and_is_no_knowledge(apart):
    ash = next(one for one in apart.persons if one.name == "L. Ash")
    assert ash.first_known("not_disclosed") is None
    assert [one.kind for one in ash.accounts] == ["denied"]


def test_a_denial_of_a_time_before_the_other_account_leaves_both_possible():
    rows = (
        "agency,tag,person,level,known_from,source,denied\n"
        "Sheriff,E-1,P. Quill,object,before 2024-07-12,P. Quill,yes\n"
        "Sheriff,E-1,P. Quill,object,2024-07-12,court,"
    )
    [found] = knew_of(world_of("2024-08-01", {"knowledge": rows}), "Sheriff", "E-1").contradictions
    assert found.both_possible
    assert found.sentence.endswith("As dated, both can be true.")


def test_whoever_held_it_and_denies_that_they_knew_of_it_is_shown_both_ways():
    rows = "agency,tag,person,level,known_from,source,denied\nSheriff,E-1,B. Oak,exists,2024-02,B. Oak,yes"
    [found] = knew_of(
        world_of("2024-06-01", {"items": ITEM, "knowledge": rows}), "Sheriff", "E-1"
    ).contradictions
    assert [one.kind for one in found.accounts] == ["derived", "denied"]


def test_partial_dates_count_when_their_last_moment_is_past():
    tables = {"items": ITEM, "knowledge": KNOWN}
    early = knew_of(world_of("2024-03-15", tables), "Sheriff", "E-1")
    assert "P. Quill" not in {one.name for one in early.persons}
    assert early.later == 5
    late = knew_of(world_of("2024-03-31", tables), "Sheriff", "E-1")
    assert accounts(late, "P. Quill") == [("stated", "saw", "2024-03")]


def test_custody_counts_from_its_first_moment():
    moved = "agency,tag,event,occurred_at,by\nSheriff,E-1,moved,2024-03,M. Porter"
    answer = knew_of(world_of("2024-03-02", {"items": ITEM, "custody": moved}), "Sheriff", "E-1")
    assert levels(answer, "M. Porter") == {"exists", "object"}


def test_an_item_that_nobody_booked_still_answers():
    answer = knew_of(world_of("2024-06-01", {"knowledge": KNOWN}), "Sheriff", "E-1")
    assert not answer.booked
    assert (answer.agency, answer.tag) == ("Sheriff", "E-1")
    assert len(answer.persons) == 4


def test_the_timeline_is_in_order_and_has_every_account(apart):
    moments = [one.first for one in apart.timeline]
    assert moments == sorted(moments)
    assert len(apart.timeline) == sum(len(one.accounts) for one in apart.persons)
    assert {one.level for one in apart.timeline} <= set(LEVELS)


def test_a_list_and_a_custody_event_that_say_the_same_are_one_account_with_both_entries():
    again = "agency,tag,event,occurred_at,by\nSheriff,E-1,booked,2024-01-12,b. oak"
    answer = knew_of(world_of("2024-06-01", {"items": ITEM, "custody": again}), "Sheriff", "E-1")
    [held] = next(one for one in answer.persons if one.name == "B. Oak").at("object")
    assert len(held.entries) == 2


def test_two_sources_that_date_one_hand_over_differently_are_told():
    other = ITEM.replace("2024-01-10", "2023-12")
    answer = knew_of(world_of("2024-06-01", {"items": ITEM}, {"items": other}), "Sheriff", "E-1")
    assert {(one.person, one.kind) for one in answer.contradictions} == {
        ("G. Ivy", "two_dates"),
        ("C. Elm", "two_dates"),
    }


def test_names_compare_by_key_and_roles_come_from_the_parties(booked):
    rows = (
        "agency,tag,person,level,known_from,source\nSheriff,E-1, p. QUILL ,exists,2024-02,N. Note"
    )
    world = world_of("2024-06-01", {"cases": CASE, "parties": PARTIES, "knowledge": rows})
    [quill] = knew_of(world, "Sheriff", "E-1").persons
    assert (quill.title, quill.roles) == ("prosecutor", ("prosecutor in D-1",))
    assert booked.persons


def test_whoever_signs_a_certificate_has_read_what_bore_on_the_case_that_day():
    world = world_of("2024-06-01", {"cases": CASE, "items": ITEM})
    day = world.on() - 86_400_000

    def asked(signed):
        paper = SignedPaper(
            "P. Quill",
            "prosecutor",
            "the certificate",
            "d-1",
            "D-1",
            "2024-05-31",
            signed,
            signed,
            9,
        )
        found = knew(
            world.facts,
            world.things,
            world.cases,
            world.bearing,
            ("sheriff", "e-1"),
            world.on(),
            [paper],
        )
        return [
            one.rule
            for person in found.persons
            if person.name == "P. Quill"
            for one in person.accounts
        ]

    assert asked(day) == ["signed the certificate in D-1, on whose list it stood, on May 31, 2024"]
    assert asked(0) == []


@pytest.mark.parametrize(
    ("report", "mention", "because"),
    [
        ("R-7,about E-1 and nothing else,document,24-900,", "", "which names it"),
        ("R-7,a report,document,24-900,", "R-7", "whose mention was booked as it"),
        ("R-7,a label,document,24-900,E-1", "", "which names it"),
        ("R-7,about 1 thing,document,24-900,", "", None),
    ],
    ids=["names its tag", "was mentioned", "lies in it", "names nothing"],
)
def test_reports_that_can_only_be_about_it(report, mention, because):
    items = f"""
agency,tag,description,kind,report_number,parent_tag,booked_at,booked_by
Sheriff,E-1,a crowbar,object,24-100,,2024-01-12,B. Oak
Sheriff,{report},2024-01-14,W. Writer
"""
    tables = {
        "items": items,
        "disclosures": "case_number,defendant,agency,tag,disclosed_at,served_on,acknowledged_at,acknowledged_by\n"
        "D-1,Ada Roe,Sheriff,R-7,2024-02-01,D. Counsel,2024-02-02,K. Clerk",
        "cases": CASE,
        "parties": PARTIES,
        "mentions": "agency,report_number,description,mentioned_at,by,document,booked_as\n"
        f"Sheriff,24-100,a crowbar,2024-01-11,W. Writer,{mention or 'other'},E-1",
    }
    answer = knew_of(world_of("2024-06-01", tables), "Sheriff", "E-1")
    rules = {one.how: one.rule for person in answer.persons for one in person.accounts}
    if because is None:
        assert "received_report" not in rules
    else:
        assert f"R-7, {because}," in rules["received_report"]
        assert accounts(answer, "D. Counsel") == [("derived", "received_report", "2024-02-01")]
        assert accounts(answer, "K. Clerk") == [("derived", "received_report", "2024-02-02")]
        assert ("derived", "booked_report", "2024-01-14") in accounts(answer, "W. Writer")


def test_a_denial_that_it_exists_stands_beside_having_seen_it():
    rows = (
        "agency,tag,person,level,known_from,source,denied\n"
        "Sheriff,E-1,P. Quill,exists,2024-05,P. Quill,yes\n"
        "Sheriff,E-1,P. Quill,picture,2024-03,N. Note,"
    )
    [found] = knew_of(world_of("2024-08-01", {"knowledge": rows}), "Sheriff", "E-1").contradictions
    assert [(one.level, one.kind) for one in found.accounts] == [
        ("picture", "stated"),
        ("exists", "denied"),
    ]


def test_an_item_that_only_a_mention_names():
    rows = "agency,report_number,description,mentioned_at,by,booked_agency,booked_as\nSheriff,24-100,a crowbar,2024-01-11,W. Writer,Lab,E-1"
    answer = knew_of(world_of("2024-06-01", {"mentions": rows}), "lab", "e-1")
    assert (answer.agency, answer.tag) == ("Lab", "E-1")
    nobody = knew_of(world_of("2024-06-01", {"mentions": rows}), "lab", "e-2")
    assert (nobody.tag, nobody.persons) == ("e-2", ())


def test_the_papers_that_were_signed_name_both_signers():
    data = {
        "case_number": "D-1",
        "defendant": "Ada Roe",
        "signed_by": "P. Quill",
        "signed_role": "prosecutor",
        "second_by": "R. Reader",
    }
    entries = [Entry(7, 1_717_200_000_000, "certificate.signed", "P. Quill", data)]
    entries.append(Entry(8, 1_717_200_000_000, "setting.changed", "P. Quill", {}))
    found = list(signed_papers(entries, ZoneInfo("America/Denver")))
    assert [(one.person, one.role, one.signed_on) for one in found] == [
        ("P. Quill", "prosecutor", "2024-05-31"),
        ("R. Reader", "", "2024-05-31"),
    ]
    assert {one.paper for one in found} == {"the certificate for Ada Roe"}
