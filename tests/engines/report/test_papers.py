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
