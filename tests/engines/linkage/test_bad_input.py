"""Whatever is imported, an answer comes in bounded time, and what was left out is named (acceptance of `link`)."""

from __future__ import annotations

import time
from contextlib import contextmanager

import duckdb
import pyarrow as pa
import pytest

from fullfile.engines.linkage.evidence import READ
from fullfile.engines.linkage.leaving import left_out
from fullfile.engines.linkage.material import LONGEST
from fullfile.engines.linkage.suggesting import ORPHANS
from tests.engines.linkage.making import case, item, party

SECONDS = 30


@contextmanager
def in_time():
    """What the engines do in it takes no longer than anybody waits."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < SECONDS


def suggested(record, **how):
    with in_time(), record.linkage() as linkage:
        return linkage.suggest(top=5, **how)


def firsts(found):
    return {tag: listed[0].case_number for (_, tag), listed in found.suggestions.items()}


def test_no_cases_no_items_nothing(record):
    assert suggested(record).suggestions == {}
    record.add(items=[item("A-1", "A brass lantern")])
    with in_time(), record.linkage("items") as linkage:
        found = linkage.suggest()
        assert (found.looked_at, found.suggestions, linkage.strays()) == (1, {}, 0)
    assert 0 < found.probability(0.0) < 1


def test_cases_without_items(record):
    record.add(cases=[case("CR-1")], parties=[party("CR-1", "Ada Quill")])
    found = suggested(record)
    assert (found.looked_at, found.suggestions) == (0, {})


def test_no_names_at_all(record):
    record.add(
        cases=[case(f"CR-{n}", incident_location=f"{n}00 Juniper St") for n in range(1, 40)],
        items=[
            item(f"A-{n}", "A glove", collected_where=f"{n}00 Juniper St") for n in range(1, 40)
        ],
    )
    found = suggested(record)
    assert found.looked_at == 39
    assert firsts(found)["A-7"] == "CR-7"


def test_one_officer_on_every_item(record):
    many = 3_000
    record.add(
        cases=[case("CR-1"), case("CR-2")],
        parties=[party(f"CR-{n}", "J. Marrow", "officer", agency="Mesa PD") for n in (1, 2)],
        items=[item(f"A-{n}", f"Thing {n}", collected_by="Ofc. J. Marrow") for n in range(many)],
    )
    found = suggested(record)
    assert found.looked_at == many
    assert len(found.suggestions) <= many


def test_a_description_of_sixty_thousand_characters(record):
    words = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n}" for n in range(7_000))
    long = (words * 2)[:60_000]
    record.add(
        cases=[case(f"CR-{n}", summary=long) for n in range(3)],
        items=[
            *(item(f"A-{n}", long, serial_number="WTU998877K" if n else "") for n in range(10)),
            item("B-1", "A lantern"),
        ],
    )
    found = suggested(record)
    assert found.looked_at == 11
    assert (
        f"10 things have a text of {LONGEST:,} characters or more: the first {LONGEST:,} are read"
        in (found.skipped)
    )


def test_a_report_number_of_five_thousand_characters(record):
    long = "24-" + "0123456789" * 500
    record.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-000217")],
        items=[
            item("A-1", report_number=long),
            item("A-2", report_number="?"),
            item("A-3", report_number="24-000271"),
        ],
    )
    found = suggested(record)
    assert firsts(found)["A-3"] == "CR-1"


def test_one_person_ten_thousand_times(record):
    """Five thousand things and as many parties, all one name: no pairs are made of them."""
    many = 5_000
    rows = [case(f"CR-{n}", incident_on="", opened_on="2024-03-10") for n in range(many)]
    record.add(
        cases=rows,
        parties=[party(row["case_number"], "John Smith", "victim") for row in rows],
        items=[item(f"A-{n}", f"Thing {n}", collected_from="John Smith") for n in range(many)],
    )
    found = suggested(record)
    assert found.looked_at == many
    told = [one for one in found.skipped if "mith" in one]
    assert any("5,000 cases" in one for one in told), found.skipped
    assert any("points to none of them" in one for one in told), found.skipped
    assert all(
        reason.group != "people"
        for listed in found.suggestions.values()
        for one in listed
        for reason in one.reasons
        if reason.weight > 1
    )


def test_names_in_other_scripts(record):
    names = {
        "A-1": ("Анна Квилль", "АННА КВИЛЛЬ"),
        "A-2": ("آنا كويل", "آنا كويل"),
        "A-3": ("王小明", "王小明"),
        "A-4": ("Zoë Núñez", "ZOE NUN\u0303EZ"),
        "A-5": ("Jose\u0301 A\u0301lvarez", "José Álvarez"),
    }
    record.add(
        cases=[case(f"CR-{tag}") for tag in names]
        + [case(f"CR-9{n}", opened_on="2021-05-01", incident_on="2021-04-20") for n in range(40)],
        parties=[party(f"CR-{tag}", theirs, "victim") for tag, (_, theirs) in names.items()],
        items=[item(tag, "A glove", collected_from=own) for tag, (own, _) in names.items()],
    )
    found = suggested(record)
    assert firsts(found) == {tag: f"CR-{tag}" for tag in names}


def test_absurd_dates(record):
    record.add(
        cases=[
            case("CR-1", opened_on="9999-12-31", incident_on="0001-01-01", title="lantern"),
            case("CR-2", opened_on="", incident_on="", title="lantern"),
        ],
        items=[
            item("A-1", "A lantern", booked_at="9999-12-31", collected_at="0001-01-01"),
            item("A-2", "A lantern", booked_at="before 0001-01-02"),
            item("A-3", "A lantern", booked_at="1850/2150"),
        ],
    )
    found = suggested(record)
    assert found.looked_at == 3
    for listed in found.suggestions.values():
        for one in listed:
            assert 0 <= found.probability(one.bits) <= 1


def test_quotes_and_backslashes_everywhere(record):
    odd = "'\"\\ %s {} ; DROP TABLE item -- \t $1 ?x ' || '"
    record.add(
        cases=[case(f"CR-1 {odd}", title=odd, summary=odd, incident_location=odd)],
        parties=[party(f"CR-1 {odd}", f'O\'Neil "Bo" \\ {odd}', "victim", address=odd, phone=odd)],
        items=[
            item(
                f"A-1 {odd}",
                odd,
                report_number=odd,
                category=odd,
                serial_number=odd,
                collected_from=f'O\'Neil "Bo" \\ {odd}',
                collected_where=odd,
                notes=odd,
            )
        ],
    )
    found = suggested(record)
    assert found.looked_at == 1
    assert len(found.suggestions) == 1


def test_a_word_that_is_everywhere_points_to_none_and_is_named(record):
    many = READ + 100
    record.add(
        cases=[case(f"CR-{n}", title="Black lantern", incident_on="") for n in range(many)],
        items=[item(f"A-{n}", "A black lantern") for n in range(20)],
    )
    found = suggested(record)
    assert f"the word “black” is in {many:,} cases: it points to none of them" in found.skipped
    assert f"the word “lantern” is in {many:,} cases: it points to none of them" in found.skipped
    assert found.suggestions == {}


def test_all_items_and_not_only_orphans_can_be_looked_at(record):
    record.add(
        cases=[case("CR-1", report_numbers="Mesa PD:24-000217", title="lantern")],
        items=[item("A-1", "A lantern", report_number="24-000217"), item("A-2", "A lantern")],
    )
    assert suggested(record, which="TRUE").looked_at == 2
    with record.linkage("orphans") as linkage:
        assert linkage.suggest(which=ORPHANS).looked_at == 1


@pytest.fixture
def crowded():
    """Made tables: more keys that are everywhere than anybody wants to read."""
    connection = duckdb.connect()
    rarity = pa.table(
        {
            "key": pa.array(range(14), pa.int64()),
            "family": pa.array([1] * 12 + [8, 6], pa.int8()),
            "cases": pa.array([READ + n for n in range(12)] + [9_000, 8_000], pa.int32()),
        }
    )
    texts = [f"word{chr(97 + n)}" for n in range(12)] + ["juniper 2826", "no:jane|marrow"]
    keys = pa.table(
        {
            "key": pa.array([*range(14), 3], pa.int64()),
            "item_id": pa.array([1] * 14 + [2], pa.int64()),
            "text": [*texts, "wordd"],
        }
    )
    connection.register("key_rarity", rarity)
    connection.register("item_key", keys)
    for statement in (
        "CREATE TABLE person_pair (record BIGINT, other BIGINT, bits DOUBLE)",
        "CREATE TABLE known_person (record BIGINT, case_id INTEGER)",
        "CREATE TABLE record (record BIGINT, name VARCHAR, officer BOOLEAN, agency VARCHAR, born VARCHAR, phone VARCHAR, address VARCHAR)",
        "CREATE TABLE person (side VARCHAR, ref BIGINT, name VARCHAR, officer BOOLEAN, agency VARCHAR, born VARCHAR, phone VARCHAR, address VARCHAR)",
        "CREATE TABLE chosen (words VARCHAR, place VARCHAR, marks VARCHAR, named DOUBLE)",
    ):
        connection.execute(statement)
    yield connection
    connection.close()


def test_the_most_common_keys_are_named_and_the_others_counted(crowded):
    told = left_out(crowded)
    assert told[0] == (
        "one street or place in the same weeks are shared by 9,000 cases: it points to none of them"
    )
    assert told[1] == "the officer “Jane Marrow” is in 8,000 cases: it points to none of them"
    assert told[2].startswith(f"the word “wordl” is in {READ + 11:,} cases")
    assert told[10] == "3 more words, names and numbers are in as many cases"
    assert len(told) == 11


def test_persons_and_lists_that_are_everywhere_are_named(crowded):
    for statement in (
        "INSERT INTO record SELECT n, 'Bo Roe', FALSE, '', '', '', '' FROM range(2) r(n)",
        "INSERT INTO person SELECT 'case', n, 'Bo Roe', FALSE, '', '', '', '' FROM range(301) r(n)",
        "INSERT INTO person_pair VALUES (0, 1, 9.0)",
        "INSERT INTO chosen VALUES ('', '', '', 200)",
    ):
        crowded.execute(statement)
    assert left_out(crowded)[11:] == [
        "Bo Roe may be a party of 301 cases: the name points to none of them",
        "one thing names 200 persons or more: the first 200 count",
    ]
    crowded.execute("INSERT INTO known_person SELECT 0, n FROM range(7) r(n)")
    assert left_out(crowded)[11] == "Bo Roe may be a party of 301 cases: the 7 that fit best count"
