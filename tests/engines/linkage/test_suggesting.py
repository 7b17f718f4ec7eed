"""A small record through the import, and which cases are suggested for what: persons, numbers, plates, streets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections

from fullfile.engines.linkage.booking import find_index, suggest_one, write_index
from fullfile.engines.linkage.prepare import TOGETHER
from fullfile.engines.linkage.suggesting import Found, Linkage
from fullfile.server.settings import configure
from tests.engines.linkage.making import Record, a_model, case, item, party
from tests.store.conftest import OpenOffice
from tests.store.importing import Importer

FILLER = 60
STREETS = ("Alder", "Birch", "Cedar", "Dogwood", "Elmwood", "Foxglove", "Ginkgo", "Hawthorn")


def small_world():
    """Six things that each share one thing with one case, one that shares nothing, and cases about something else."""
    cases = [
        case("CR-1", report_numbers="Mesa PD:24-000217", title="Theft of a lantern"),
        case("CR-2", summary="The van with plate ABC-1234 was seen"),
        case("CR-3", incident_location="1420 Juniper St"),
        case("CR-4"),
        case("CR-5", related_cases="CR-1|co_defendant"),
    ]
    parties = [
        party("CR-1", "Ada Quill", "defendant", date_of_birth="1980-01-02"),
        party("CR-2", "Margaret Thistle", "victim"),
        party("CR-4", "Bo Roe", "defendant"),
        party("CR-1", "J. Marrow", "officer", agency="Mesa PD"),
    ]
    for n in range(FILLER):
        number = f"CR-9{n:02}"
        cases.append(
            case(
                number,
                opened_on="2021-05-01",
                incident_on="2021-04-20",
                incident_location=f"{n + 3}00 {STREETS[n % len(STREETS)]} Road",
                report_numbers=f"Mesa PD:21-77{n:04}",
            )
        )
        parties.append(party(number, f"Filler{chr(97 + n % 26)}{chr(97 + n // 26)} Plum", "victim"))
    items = [
        item("P-1", "A folded note", collected_from="Ada Quill"),
        item("P-2", "A folded sheet", persons="Peggy Thistle|owner"),
        item("N-1", "A tin box", report_number="24-000271"),
        item("M-1", "Photo of a van, plate ABC1234"),
        item("S-1", "A glove", collected_where="1420 Juniper Street"),
        item("R-1", "Dashcam footage of a traffic stop"),
        item("Z-1", "zzyx", booked_at="2001-01-01"),
        item("L-1", "A lantern", report_number="24-000217"),
    ]
    requests = [
        {
            "case_number": "CR-4",
            "defendant": "Bo Roe",
            "requested_at": "2024-04-01",
            "asks_for": "dashcam footage of the traffic stop",
        }
    ]
    return {"cases": cases, "parties": parties, "items": items, "requests": requests}


TRUTH = {
    "P-1": "CR-1",
    "P-2": "CR-2",
    "N-1": "CR-1",
    "M-1": "CR-2",
    "S-1": "CR-3",
    "R-1": "CR-4",
}


@pytest.fixture
def world(record):
    record.add(**small_world())
    return record


@dataclass
class Run:
    """A run over the whole small world, and the index that it left."""

    linkage: Linkage
    found: Found
    database: str
    size: int
    scratch: Path
    numbers: dict[str, int]

    def number_of(self, tag: str) -> int:
        return self.numbers[tag]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Made once: it is only read."""
    place = tmp_path_factory.mktemp("ran")
    configure(place / "home", "")
    opened = OpenOffice(place / "home", "")
    opened.open()
    record = Record(Importer(opened, place), place)
    record.add(**small_world())
    numbers = {tag: record.number_of(tag) for tag in (*TRUTH, "Z-1")}
    database, size = record.database, record.size
    connections.close_all()
    work = place / "work"
    work.mkdir()
    with Linkage(database, size, a_model(), scratch=work) as linkage:
        found = linkage.suggest(top=5)
        write_index(place / "index", linkage, found)
        yield Run(linkage, found, database, size, place, numbers)


def cases_of(found, tag):
    return [one.case_number for one in found.suggestions.get(("Mesa PD", tag), [])]


def test_each_thing_is_suggested_for_the_case_it_shares_something_with(ran):
    found = ran.found
    assert {tag: cases_of(found, tag)[0] for tag in TRUTH} == TRUTH
    assert found.looked_at == 7
    assert ("Mesa PD", "L-1") not in found.suggestions, "its number is listed: it is no orphan"
    assert cases_of(found, "Z-1") == []
    assert found.about["Mesa PD", "M-1"] == "Photo of a van, plate ABC1234"

    for (agency, tag), listed in found.suggestions.items():
        assert len(listed) <= 5
        bits = [one.bits for one in listed]
        assert bits == sorted(bits, reverse=True), tag
        for one in listed:
            assert (one.agency, one.tag) == (agency, tag)
            told = sum(reason.weight for reason in one.reasons)
            assert told + found.base == pytest.approx(one.bits + found.base, abs=0.06)
            assert 0 < found.probability(one.bits) < 1
            # The last step is what stands, and the days only go on.
            days = [day for day, _ in one.steps]
            assert one.steps[-1][1] == pytest.approx(one.bits)
            assert days == sorted(days)
            assert len(set(days)) == len(days)


def test_what_has_hardly_a_chance_is_listed_without_its_reasons(ran):
    weak = 0
    for listed in ran.found.suggestions.values():
        for place, one in enumerate(listed):
            telling = [reason for reason in one.reasons if reason.group != "rest"]
            hopeless = place > 0 and ran.found.probability(one.bits) < 0.01
            assert bool(telling) != hopeless
            weak += hopeless
    assert weak, "the small world has cases that share only a street or a word"


def test_at_most_so_many_cases_for_an_item(ran):
    one = ran.linkage.suggest(top=1)
    assert {len(listed) for listed in one.suggestions.values()} == {1}
    assert {key: listed[0].case_number for key, listed in one.suggestions.items()} == {
        key: listed[0].case_number for key, listed in ran.found.suggestions.items()
    }


def test_the_same_record_gives_the_same_suggestions(ran):
    place = ran.scratch / "again"
    place.mkdir()
    with Linkage(ran.database, ran.size, a_model(), scratch=place) as linkage:
        again = linkage.suggest(top=5)
    assert again.suggestions == ran.found.suggestions
    assert (again.share, again.base) == (ran.found.share, ran.found.base)


def test_a_fact_of_a_later_day_lifts_the_chance_from_that_day_on(record):
    tables = small_world()
    asked = tables.pop("requests")
    record.add(**tables, requests=[{**asked[0], "requested_at": "2025-02-03"}])
    with record.linkage() as linkage:
        found = linkage.suggest(top=5)
    (best, *_) = found.suggestions["Mesa PD", "R-1"]
    days = [day for day, _ in best.steps]
    bits = [value for _, value in best.steps]
    assert best.case_number == "CR-4"
    assert len(days) == 2
    assert days[0] == 19_792, "the case was opened on 2024-03-10"
    assert days[1] == 20_122, "the request came on 2025-02-03"
    assert bits[1] > bits[0] + 1


def found_alone(world, tag, name, **how):
    index = find_index(world.scratch / "index", world.size)
    assert index is not None
    place = world.scratch / name
    place.mkdir()
    return suggest_one(
        index,
        world.database,
        world.size,
        a_model(),
        world.number_of(tag),
        scratch=place,
        **how,
    )


@pytest.mark.parametrize("tag", [*TRUTH, "Z-1"])
def test_one_item_gets_what_the_run_over_everything_gives(ran, tag):
    every = ran.found
    alone = found_alone(ran, tag, tag, top=5)
    assert alone.base == pytest.approx(every.base)
    assert cases_of(alone, tag) == cases_of(every, tag)
    for one, other in zip(
        alone.suggestions.get(("Mesa PD", tag), []),
        every.suggestions.get(("Mesa PD", tag), []),
        strict=True,
    ):
        assert alone.probability(one.bits) == pytest.approx(every.probability(other.bits), abs=0.05)
        assert [reason.what for reason in one.reasons][:2] == [
            reason.what for reason in other.reasons
        ][:2]


def test_what_came_after_the_index_counts(world):
    with world.linkage() as linkage:
        write_index(world.scratch / "index", linkage, linkage.suggest(top=5))
    world.add(
        cases=[case("CR-6", summary="A stolen bicycle, serial WTU998877K")],
        parties=[party("CR-3", "Orla Fennimore", "victim")],
        items=[
            item("B-1", "A bicycle, serial WTU998877K"),
            item("B-2", "A scarf", collected_from="Orla Fennimore"),
            item("B-3", "A hat", collected_from="Ada Quill"),
            item("B-4", "A coat", notes="long " * 2_000),
        ],
    )
    with world.linkage("again") as linkage:
        every = linkage.suggest(top=5)
    for tag, number in (("B-1", "CR-6"), ("B-2", "CR-3"), ("B-3", "CR-1"), ("P-2", "CR-2")):
        alone = found_alone(world, tag, tag, top=5)
        assert cases_of(alone, tag)[0] == cases_of(every, tag)[0] == number
        (one, *_), (other, *_) = (each.suggestions["Mesa PD", tag] for each in (alone, every))
        assert alone.probability(one.bits) == pytest.approx(every.probability(other.bits), abs=0.1)
        assert alone.skipped == []
    (said,) = found_alone(world, "B-4", "B-4").skipped
    assert said == "one thing has a text of 6,000 characters or more: the first 6,000 are read"


def test_what_was_tied_to_a_case_after_the_index_speaks_for_it(world):
    world.add(
        items=[
            item("T-1", "A harp with mother of pearl"),
            item("T-2", "Strings of a harp, mother of pearl"),
        ]
    )
    with world.linkage() as linkage:
        write_index(world.scratch / "index", linkage, linkage.suggest(top=5))
    world.add(
        links=[
            {
                "agency": "Mesa PD",
                "tag": "T-1",
                "case_number": "CR-5",
                "decision": "accept",
                "by": "Bo Roe",
                "decided_at": "2024-05-01",
            }
        ]
    )
    alone = found_alone(world, "T-2", "alone", top=5)
    assert cases_of(alone, "T-2")[0] == "CR-5"


def test_things_under_one_number_speak_for_each_other_unless_it_is_a_catch_all(world):
    world.add(
        items=[
            item("G-1", "A folded note", report_number="24-555555", collected_from="Ada Quill"),
            item("G-2", "vvq", report_number="24-555555", booked_at="2024-03-07"),
            item("H-1", "A folded note", report_number="24-888888", collected_from="Ada Quill"),
            *(
                item(f"H-{n}", "vvq", report_number="24-888888", booked_at="2024-03-07")
                for n in range(2, TOGETHER + 2)
            ),
        ]
    )
    with world.linkage() as linkage:
        every = linkage.suggest(top=5)
        write_index(world.scratch / "index", linkage, every)
    alone = {tag: found_alone(world, tag, tag, top=5) for tag in ("G-2", "H-2")}
    for tag, shared in (("G-2", True), ("H-2", False)):
        for found in (every, alone[tag]):
            reasons = [
                reason.what
                for one in found.suggestions.get(("Mesa PD", tag), [])
                if one.case_number == "CR-1"
                for reason in one.reasons
            ]
            told = "another item under its number points to the case" in reasons
            assert told is shared, (tag, reasons)


def test_an_index_that_does_not_fit_is_not_used(world):
    place = world.scratch / "index"
    assert find_index(place, world.size) is None
    with world.linkage() as linkage:
        write_index(place, linkage, Found(share=0.5))
        write_index(place, linkage, Found(share=0.4))
    assert find_index(place, world.size).share == 0.4
    assert find_index(place, world.size - 1) is None
    assert find_index(place, world.size + 10_000_000) is None
    assert (place / "index.duckdb").stat().st_mode & 0o077 == 0
    (place / "index.duckdb").write_bytes(b"not a database")
    assert find_index(place, world.size) is None
