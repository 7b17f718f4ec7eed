"""Papers as documents: what is printed, in every form alike, and nothing that could run."""

from __future__ import annotations

from datetime import UTC

import pytest

from fullfile.core.papers import Act, Checkpoint
from fullfile.engines.report.paper_certificate import certificate_document
from fullfile.engines.report.paper_html import render_paper
from fullfile.engines.report.paper_schedule import schedule_document
from fullfile.engines.report.paper_text import (
    LINE_FIELDS,
    certificate_as_json,
    render_text,
    schedule_as_csv,
    schedule_as_json,
)
from fullfile.engines.report.papers import Making, present_tags
from tests.unit.core.papers.making import (
    FORMS,
    certified,
    issued_act,
    law_with,
    paper,
    scheduled,
    signed_act,
    statement,
    world_of,
)

HEAD = Checkpoint(
    57, "cm9vdA==", "records.county.example/log1", "note\n57\ncm9vdA==\n\n— key sig\n"
)
DRAFT = Making(office="County Office", checkpoint=HEAD, zone=UTC)


def signed(acts):
    return Making(office="County Office", checkpoint=HEAD, zone=UTC, act=acts[-1])


def words(document):
    """Everything that is printed."""
    return render_text(document, 100_000)


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        (["A-1", "A-2"], "A-1, A-2"),
        (["A-8", "A-9", "A-10", "A-12"], "A-8 to A-10, A-12"),
        (["A-08", "A-09", "A-10"], "A-08 to A-10"),
        (["A-099", "A-100", "A-0101"], "A-099, A-100, A-0101"),
        (["1x", "2x", "3x", "4y"], "1x to 3x, 4y"),
        (["none", "²", "³"], "none, ², ³"),
        ([], ""),
    ],
)
def test_tags_that_count_up_are_drawn_together_and_no_other(tags, said):
    assert present_tags(tags) == said


def test_a_paper_has_caption_parties_record_and_a_place_to_sign():
    document = schedule_document(scheduled(world_of()), DRAFT)
    assert (document.court, document.case_number, document.sides) == (
        "District Court of Example County",
        "D-1",
        ("State v. Roe",),
    )
    assert [(one.role, one.name) for one in document.signatures] == [("prosecutor", "")]
    assert "entries 0 to 56 (57 entries)" in words(document)
    assert "not legal advice" in document.footer
    assert document.page == "us-letter"


def test_a_case_without_title_or_court_says_who_stands_against_whom():
    rows = "case_number,jurisdiction,opened_on,report_numbers\nD-1,us-nm,2024-01-19,Sheriff:24-100"
    document = schedule_document(scheduled(world_of(cases=rows)), DRAFT)
    assert document.sides == ("The State", "v.", "Ada Roe")
    assert document.court == "Court not on record"


@pytest.mark.parametrize(
    ("jurisdiction", "page"), [("gb-ew", "a4"), ("ca", "a4"), ("us-ny", "us-letter")]
)
def test_the_size_of_the_page_is_the_countrys(jurisdiction, page):
    rows = f"case_number,jurisdiction,opened_on,report_numbers\nD-1,{jurisdiction},2024-01-19,Sheriff:24-100"
    assert schedule_document(scheduled(world_of(cases=rows)), DRAFT).page == page


def test_a_paper_that_the_pack_does_not_have_says_so():
    assert "has no schedule of its own" in words(schedule_document(scheduled(world_of()), DRAFT))
    rows = "case_number,jurisdiction,opened_on,report_numbers\nD-1,us-zz,2024-01-19,Sheriff:24-100"
    assert "No pack that the office has adopted has a schedule" in words(
        schedule_document(scheduled(world_of(cases=rows)), DRAFT)
    )


def test_law_that_was_not_read_in_full_is_named():
    said = (
        statement("All of it.", "Rule 5", "text"),
        statement("Most of it.", "Rule 6", "part"),
        statement("The rest.", "Rule 7", "unread"),
        statement("And this.", "", "unread"),
    )
    own = paper("certificate", "certificate", check="unread", statements=said)
    document = certificate_document(certified(world_of(the_law=law_with(own))), DRAFT)
    notes = document.sections[-1]
    assert notes.heading == "On the wording"
    assert notes.words == (
        "Paragraph 2: Rule 6, read in part, not yet compared with the official text.",
        "Paragraph 3: Rule 7, not yet compared with the official text.",
        "Paragraph 4: no law is cited for it; the wording is plain.",
        "That this paper is asked for: Rule 1, not yet compared with the official text.",
    )


def test_practice_is_called_practice():
    own = paper("schedule", required=False, says="Practice: a list helps.")
    document = schedule_document(scheduled(world_of(the_law=law_with(own))), DRAFT)
    assert document.banners[0] == "Practice: a list helps."


def test_a_certificate_is_a_draft_on_every_page_until_it_is_signed():
    found = certified(world_of())
    assert certificate_document(found, DRAFT).draft == "DRAFT"
    document = certificate_document(found, signed(signed_act(found)))
    assert document.draft == ""
    assert [one.name for one in document.signatures] == ["Ines Calloway", "Rolf Adelsberg"]
    assert "entry 950, November 14, 2023, 22:13 UTC" in words(document)


def test_a_refused_certificate_names_what_keeps_it_from_being_signed():
    found = certified(world_of(answers="case_number,agency,answer,by,answered_at"))
    document = certificate_document(found, DRAFT)
    assert "It cannot be signed: 1 thing is neither right nor stated." in document.banners
    assert "State it with a reason as unanswered:Sheriff, or get the answer" in words(document)


def test_a_supplement_names_the_first():
    acts = signed_act(certified(world_of()))
    document = certificate_document(certified(world_of(), None, acts), DRAFT)
    assert document.title == "Supplemental Certificate of Disclosure, no. 2"
    assert "signed as entry 950" in words(document)


def test_what_is_new_since_the_last_schedule_is_marked():
    acts = issued_act(scheduled(world_of()))
    again = scheduled(world_of(items="\nSheriff,E-3,a coat,object,24-100,2024-01-22"), acts)
    document = schedule_document(again, DRAFT)
    assert "1 is new since schedule no. 1 (entry 900) and marked so" in words(document)
    rows = document.sections[0].table.rows
    assert [row.under[:1] == ("New since the last schedule.",) for row in rows] == [
        False,
        False,
        True,
    ]
    issued = schedule_document(again, signed(acts))
    assert "provisional" not in words(issued)
    assert issued.signatures[0].name == "Ines Calloway"


def test_alike_items_take_one_row_that_names_numbers_and_tags():
    tags = [f"P-{number:03d}" for number in range(1, 501)]
    world = world_of(
        items="".join(
            f"\nSheriff,{tag},Photograph {tag[2:]},data,24-100,2024-01-20" for tag in tags
        ),
        filings="".join(f"\nD-1,Sheriff,{tag},2024-01-25," for tag in tags),
        disclosures="".join(
            f"\nD-1,Ada Roe,Sheriff,{tag},2024-02-01,1,whole,2024-02-03" for tag in tags
        ),
    )
    schedule = scheduled(world)
    rows = schedule_document(schedule, DRAFT).sections[0].table.rows
    (row,) = (one for one in rows if "500 items alike" in one.cells[2])
    assert row.cells[0] == "1–500"
    assert row.under == ("Tags: P-001 to P-500.",)
    lines = schedule_as_json(schedule, "", HEAD, None)["lines"]
    assert len(lines) == 502
    assert len({line["group"] for line in lines}) == 3


def test_the_courts_copy_says_how_much_is_sealed():
    rows = (
        "agency,tag,description,kind,report_number,booked_at,sealed\n"
        "Sheriff,E-1,a knife,object,24-100,2024-01-20,\nSheriff,E-9,the ledger,document,24-100,2024-01-22,yes"
    )
    world = world_of(items=rows, disclosures="case_number,defendant,agency,tag,disclosed_at")
    court = words(schedule_document(scheduled(world, copy="court"), DRAFT))
    assert "1 line carries words that are sealed by order and left out here" in court
    assert "ledger" not in court
    defence = scheduled(world)
    assert "ledger" not in words(schedule_document(defence, DRAFT))
    assert schedule_as_json(defence, "", HEAD, None)["sealed"] is None
    assert "ledger" not in schedule_as_csv(defence)
    assert "the ledger" in words(schedule_document(scheduled(world, copy="office"), DRAFT))


def test_a_sealed_case_says_so():
    rows = "case_number,jurisdiction,opened_on,report_numbers,sealed\nD-1,us-nm,2024-01-19,Sheriff:24-100,yes"
    assert "sealed by order" in schedule_document(scheduled(world_of(cases=rows)), DRAFT).banners[0]


@pytest.mark.parametrize("layout", ["mg6c", "mg6d", "mg6e"])
def test_the_forms_say_so_where_nothing_is_listed(layout):
    world = world_of(
        the_law=law_with(*FORMS),
        items="agency,tag,description,kind,report_number,booked_at",
        filings="case_number,agency,tag,filed_at,exhibit_number",
        disclosures="case_number,defendant,agency,tag,disclosed_at",
    )
    document = schedule_document(scheduled(world, layout=layout), DRAFT)
    table = document.sections[0].table
    assert table.rows == ()
    assert table.empty


def test_the_prosecutors_decision_is_left_for_a_person():
    world = world_of(the_law=law_with(*FORMS))
    table = schedule_document(scheduled(world, layout="mg6c"), DRAFT).sections[0].table
    assert [column.name for column in table.columns][-1] == "Prosecutor's decision"
    assert all(row.cells[-1] == "" for row in table.rows)


def test_every_row_has_a_cell_for_every_column():
    acts = issued_act(scheduled(world_of(the_law=law_with(*FORMS)), layout="mg6c"))
    moved = world_of(
        the_law=law_with(*FORMS),
        determinations="case_number,agency,tag,finding,by,made_at,reason\n"
        "D-1,Sheriff,E-2,sensitive,DC Prynne,2024-02-02,names a source",
    )
    for layout in ("schedule", "mg6c", "mg6d", "mg6e"):
        document = schedule_document(scheduled(moved, acts, layout=layout), DRAFT)
        for section in document.sections:
            if section.table is not None:
                many = len(section.table.columns)
                assert all(len(row.cells) == many for row in section.table.rows), layout
    found = certificate_document(certified(moved), DRAFT)
    for section in (*found.sections, *found.annexes):
        if section.table is not None:
            assert all(len(row.cells) == len(section.table.columns) for row in section.table.rows)


def test_a_page_escapes_what_exports_say():
    rows = 'agency,tag,description,kind,report_number,booked_at\nSheriff,E-1,"<script>alert(1)</script> & ""x""",object,24-100,2024-01-20'
    world = world_of(items=rows, disclosures="case_number,defendant,agency,tag,disclosed_at")
    page = render_paper(schedule_document(scheduled(world), DRAFT))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<h1>") == 1


def test_text_keeps_to_its_width_and_csv_to_its_fields():
    schedule = scheduled(world_of())
    text = render_text(schedule_document(schedule, DRAFT), 60)
    assert max(len(line) for line in text.splitlines()) <= 60
    assert schedule_as_csv(schedule).splitlines()[0] == ",".join(LINE_FIELDS)
    assert tuple(schedule_as_json(schedule, "", HEAD, None)["lines"][0]) == LINE_FIELDS


def test_the_json_of_a_certificate_is_one_object():
    found = certified(world_of())
    said = certificate_as_json(found, "2024-03-01", HEAD, None)
    assert (said["refused"], said["signed"], said["supplements"]) == (False, None, None)
    assert said["checkpoint"]["note"] == HEAD.note
    act = signed_act(found)[-1]
    assert isinstance(act, Act)
    assert certificate_as_json(found, "", HEAD, act)["second_by"] == "Rolf Adelsberg"


def under(document, tag):
    """What stands below the line of an item."""
    rows = next(section.table.rows for section in document.sections if section.table is not None)
    return " ".join(next(row.under for row in rows if tag in row.cells[1]))


FATES = """
Sheriff,E-3,a letter,document,24-100,2024-01-22
Sheriff,E-4,a ring,object,24-100,2024-01-22
Sheriff,E-5,a coat,object,24-100,2024-01-22"""


def fates():
    """Withheld as the pack asks, set aside, judged and full, in part, without a receipt."""
    return world_of(
        items=FATES,
        filings="""case_number,agency,tag,filed_at,filed_by,set_aside,reason,confirmed_by,confirmed_at
D-1,Sheriff,E-1,2024-01-25,,,,,
D-1,Sheriff,E-2,2024-01-25,,,,,
D-1,Sheriff,E-3,2024-01-25,,,,,
D-1,Sheriff,E-5,2024-01-25,,,,,
D-1,Sheriff,E-4,2024-02-01,Ines Calloway,yes,returned to its owner,Rolf Adelsberg,2024-02-02""",
        withholdings="""case_number,agency,tag,ground,withheld_at,by,announced_at,order,until
D-1,Sheriff,E-3,privilege,2024-02-01,Rolf Adelsberg,2024-02-01,order of 1 February,2025-01-01""",
        disclosures="""case_number,defendant,agency,tag,disclosed_at,production,extent,acknowledged_at,what
D-1,Ada Roe,Sheriff,E-1,2024-02-01,1,whole,2024-02-03,
D-1,Ada Roe,Sheriff,E-2,2024-02-01,1,whole,,pages 1 to 4
D-1,Ada Roe,Sheriff,E-5,2024-02-01,1,redacted,,""",
        determinations="""case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at
D-1,Sheriff,E-1,no_evidentiary_value,Rolf Adelsberg,2024-02,not a match,Ines Calloway,2024-02-20
D-1,Sheriff,E-2,inculpatory,Rolf Adelsberg,2024-02-02,the same hand,Rolf Adelsberg,2024-02-03""",
    )


def test_each_fate_is_told_below_its_line():
    document = schedule_document(scheduled(fates()), DRAFT)
    ground = law_with().packs["us-nm"].ground("privilege")
    assert under(document, "E-3") == (
        f"Withheld February 1, 2024 on the ground “{ground.name}” ({ground.cite}) by Rolf Adelsberg; "
        "order: order of 1 February; announced February 1, 2024; until January 1, 2025."
    )
    assert "Set aside for this case by Ines Calloway on February 1, 2024" in under(document, "E-4")
    assert "View of Rolf Adelsberg, February 2024: of no evidentiary value" in under(
        document, "E-1"
    )
    assert "read a second time by Ines Calloway" in under(document, "E-1")
    assert "no second person has read it" in under(document, "E-2"), (
        "the same person does not count"
    )
    assert "What was disclosed: pages 1 to 4." in under(document, "E-2")
    rows = {row.cells[1]: row.cells for row in document.sections[0].table.rows}
    assert rows["Sheriff E-2"][6] == "none on record"
    assert "redacted only" in rows["Sheriff E-5"][5]
    assert "What the states mean." in words(document)


def test_what_left_a_list_keeps_its_number_on_it():
    more = world_of(items="\nSheriff,E-9,a coat,object,24-100,2024-01-22")
    acts = issued_act(scheduled(more))
    document = schedule_document(scheduled(world_of(), acts), DRAFT)
    row = document.sections[0].table.rows[-1]
    assert (row.mark, row.cells[0], row.cells[4]) == ("withdrawn", "3", "No longer listed")


def test_the_forms_tell_what_is_lost_edited_or_no_longer_theirs():
    world = world_of(
        the_law=law_with(*FORMS),
        items=FATES,
        custody="agency,tag,event,occurred_at\nSheriff,E-4,not_found,2024-02-10",
        disclosures="\nD-1,Ada Roe,Sheriff,E-3,2024-02-01,1,redacted,2024-02-03",
        withholdings="case_number,agency,tag,ground,withheld_at,by\n"
        "D-1,Sheriff,E-5,informer,2024-02-01,Rolf Adelsberg",
    )
    document = schedule_document(scheduled(world, layout="mg6c"), DRAFT)
    rows = {row.cells[1].split(":")[0]: row for row in document.sections[0].table.rows}
    assert "did not find it" in rows["Sheriff E-4"].under[0]
    assert rows["Sheriff E-3"].cells[1].endswith("Listed as edited.")
    (kept,) = schedule_document(scheduled(world, layout="mg6d"), DRAFT).sections[0].table.rows
    assert kept.cells[2].startswith("withheld: ")
    plain = world_of(the_law=law_with(*FORMS))
    judged = world_of(
        the_law=law_with(*FORMS),
        determinations="case_number,agency,tag,finding,by,made_at,reason\n"
        "D-1,Sheriff,E-2,sensitive,DC Prynne,2024-02-02,names a source",
    )
    for layout, before, after in (("mg6c", plain, judged), ("mg6d", world, plain)):
        acts = issued_act(scheduled(before, layout=layout))
        document = schedule_document(scheduled(after, acts, layout=layout), DRAFT)
        assert [row.mark for row in document.sections[0].table.rows] == ["withdrawn"]


def test_many_alike_things_take_one_row_on_a_form_and_in_the_annex():
    tags = [f"P-{number}" for number in range(1, 9)]
    rows = {
        "items": "".join(f"\nSheriff,{tag},a photograph,data,24-100,2024-01-20" for tag in tags),
        "filings": "".join(f"\nD-1,Sheriff,{tag},2024-01-25," for tag in tags),
        "disclosures": "".join(
            f"\nD-1,Ada Roe,Sheriff,{tag},2024-02-01,1,whole,2024-02-03" for tag in tags
        ),
    }
    form = schedule_document(
        scheduled(world_of(the_law=law_with(*FORMS), **rows), layout="mg6c"), DRAFT
    )
    assert "Sheriff P-1 to P-8: 8 items alike: a photograph" in words(form)
    annex = certificate_document(certified(world_of(**rows)), DRAFT).annexes[0].table
    assert any(row.under == ("Tags: P-1 to P-8.",) for row in annex.rows)


def test_nothing_sealed_is_said_to_the_court_too():
    document = schedule_document(scheduled(world_of(), copy="court"), DRAFT)
    assert "Nothing on this schedule is sealed by order." in document.banners


def test_a_description_too_long_for_a_column_stands_below_its_line():
    rows = f'\nSheriff,E-9,"{"a very long tale " * 30}",object,24-100,2024-01-22'
    document = schedule_document(scheduled(world_of(items=rows)), DRAFT)
    assert under(document, "E-9").count("a very long tale") == 30


def test_a_suspected_orphan_is_called_suspected():
    from fullfile.core.matching.line import Line, State
    from fullfile.core.papers import Orphans

    line = Line(
        state=State.ORPHAN,
        agency="Sheriff",
        tag="X-1",
        suspected_cases=(("D-1", "0.9"),),
        why="It is suspected to belong to D-1.",
    )
    found = certified(world_of(), {"Sheriff:X-1": "being looked into"}, orphans=Orphans((line,)))
    (row,) = certificate_document(found, DRAFT).sections[1].table.rows
    assert row.cells[1:3] == ("Sheriff X-1", "Suspected")


def test_what_a_bad_withholding_lacks_is_printed():
    world = world_of(
        items="\nSheriff,E-3,a letter,document,24-100,2024-01-22",
        filings="\nD-1,Sheriff,E-3,2024-01-25,",
        withholdings="case_number,agency,tag,ground,withheld_at,by\n"
        "D-1,Sheriff,E-3,no_such_ground,2024-02-01,Rolf Adelsberg",
    )
    said = under(schedule_document(scheduled(world), DRAFT), "E-3")
    assert "on the ground “no_such_ground” by Rolf Adelsberg" in said
    assert "no ground that the pack us-nm knows" in said
