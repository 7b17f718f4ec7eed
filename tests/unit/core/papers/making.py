"""Worlds for the tests of papers: a few rows of each table, and packs with made-up papers."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.core.matching import Policy, read_world
from fullfile.core.papers import (
    CERTIFICATE,
    SCHEDULE,
    Orphans,
    acts_of,
    as_runs,
    certificate_of,
    find_defendant,
    schedule_of,
)
from fullfile.core.rules.law import Law
from fullfile.core.rules.provisions import Paper, Statement
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import

CASE = "D-1"
WHO = "Ada Roe"

ROWS = {
    "agencies": "agency,kind\nSheriff,police",
    "cases": """case_number,jurisdiction,court,court_level,title,opened_on,report_numbers
D-1,us-nm,District Court of Example County,district,State v. Roe,2024-01-19,Sheriff:24-100""",
    "parties": """case_number,name,role
D-1,Ada Roe,defendant""",
    "docket": """case_number,event,occurred_on,defendant
D-1,arraignment,2024-01-31,Ada Roe""",
    "items": """agency,tag,description,kind,report_number,booked_at
Sheriff,E-1,a knife,object,24-100,2024-01-20
Sheriff,E-2,a report,document,24-100,2024-01-21""",
    "filings": """case_number,agency,tag,filed_at,exhibit_number
D-1,Sheriff,E-1,2024-01-25,1
D-1,Sheriff,E-2,2024-01-25,""",
    "disclosures": """case_number,defendant,agency,tag,disclosed_at,production,extent,acknowledged_at
D-1,Ada Roe,Sheriff,E-1,2024-02-01,1,whole,2024-02-03
D-1,Ada Roe,Sheriff,E-2,2024-02-01,1,whole,2024-02-03""",
    "answers": """case_number,agency,answer,by,answered_at
D-1,Sheriff,all_handed_over,Lt. Vance,2024-02-05""",
}


def paper(layout, kind="schedule", **more):
    """A made-up paper."""
    given = {
        "id": layout,
        "kind": kind,
        "title": f"Paper {layout}",
        "cite": "Rule 1",
        "check": "part",
        "layout": layout,
        "required": True,
        "goes_to_defence": layout not in ("mg6d", "mg6e"),
        "statements": (),
        "signers": ("officer", "reader"),
    }
    return Paper(**(given | more))


def statement(text, cite="Rule 2", check="unread"):
    return Statement(text, cite, check)


def law_with(*papers):
    """New Mexico's pack with these papers and no other."""
    pack = law().packs["us-nm"]
    return Law({"us-nm": replace(pack, papers=papers)}, law().calendars)


FORMS = (paper("mg6c"), paper("mg6d"), paper("mg6e", "certificate"))


def world_of(on="2024-03-01", the_law=None, imports=(), **rows):
    """The rows above, some tables replaced; a value that begins with a line break adds rows."""
    given = dict(ROWS)
    for table, text in rows.items():
        given[table] = given.get(table, "") + text if text.startswith("\n") else text
    return read_world(
        entries_of([Import("office", FIRST, given), *imports]),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(on),
        law=the_law or law_with(),
        policy=Policy(),
    )


def parts_of(world, name=WHO):
    case = world.cases.by_key[key(CASE)]
    return world, case, find_defendant(world, case, name)


def scheduled(world, issued=(), name=WHO, **more):
    return schedule_of(*parts_of(world, name), issued, **more)


def certified(world, reasons=None, issued=(), orphans=None, name=WHO, **more):
    return certificate_of(
        *parts_of(world, name), issued, orphans or Orphans(), reasons or {}, **more
    )


def issued_act(schedule, entry=900, before=()):
    """What a schedule leaves in the record, read back with those before it."""
    data = {
        "case_number": CASE,
        "defendant": WHO,
        "defendant_key": schedule.heading.defendant_key,
        "paper": "schedule",
        "layout": schedule.layout,
        "series": schedule.series,
        "number": schedule.number,
        "on": schedule.on,
        "signed_by": "Ines Calloway",
        "numbers": as_runs((one.number, one.agency, one.tag) for one in schedule.lines if one.new),
    }
    found = Entry(entry, 1_700_000_000_000, SCHEDULE, "Ines Calloway", data)
    (act,) = acts_of([found], key(CASE), schedule.heading.defendant_key)
    return (*before, act)


def signed_act(certificate, entry=950, before=()):
    """What a signed certificate leaves in the record, read back with those before it."""
    data = {
        "case_number": CASE,
        "defendant": WHO,
        "defendant_key": certificate.heading.defendant_key,
        "paper": "certificate",
        "layout": "certificate",
        "series": "schedule",
        "number": certificate.number,
        "on": certificate.on,
        "signed_by": "Ines Calloway",
        "second_by": "Rolf Adelsberg",
        "exceptions": [{"key": one.key, "reason": one.reason} for one in certificate.exceptions],
        "last_number": max((one.number for one in certificate.lines), default=0),
        "numbers": as_runs(
            (one.number, one.agency, one.tag) for one in certificate.lines if one.new
        ),
    }
    found = Entry(entry, 1_700_000_000_000, CERTIFICATE, "Ines Calloway", data)
    (act,) = acts_of([found], key(CASE), certificate.heading.defendant_key)
    return (*before, act)


def by_tag(schedule):
    return {line.tag: line for line in schedule.lines}


def codes(certificate):
    return [(one.code, one.key) for one in certificate.refusals]
