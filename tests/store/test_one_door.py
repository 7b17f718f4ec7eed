"""Laws 1 to 5, 8, 9 and 12 of the record: one door, dense indexes, canonical bytes, two times."""

from __future__ import annotations

import ast
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connections, transaction

from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.core.ids import instant_text
from fullfile.core.tlog import Frontier, digest, leaf_hash, parse_leaf
from fullfile.server.settings import configure
from fullfile.server.store import load
from fullfile.server.store.append import CHUNK, unit_of_work
from fullfile.server.store.check import check_record
from fullfile.server.store.clock import LIMIT_MS
from tests.store.histories import History

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

GOLDEN = Path(__file__).with_name("golden_bodies.jsonl")


def agency(name: str = "Police", **more: object) -> Draft:
    return Draft("agency.recorded", "Clerk", {"agency": name, **more}, source="rms")


def test_the_first_entry_opens_the_office(office: OpenOffice) -> None:
    (first,) = load.entries([0])
    assert first.type == "office.opened"
    assert first.by == "Clerk"
    assert first.data["vkey"] == office.vkey
    told = load.office()
    assert (told.name, told.time_zone) == ("County Office", "America/Denver")
    assert told.origin == "records.county.example/log1"


def test_entries_come_back_as_they_were_recorded(office: OpenOffice) -> None:
    draft = Draft(
        "item.recorded",
        "Clerk",
        {"agency": "Police", "tag": "T-1", "description": "a knife", "booked_at": "2024-03-06"},
        source="rms",
        row=2,
        more={"colour": "blau"},
    )
    (index,) = office.append(draft)
    assert load.entries([index]) == [
        Entry(
            index,
            office.now_ms,
            draft.type,
            "Clerk",
            draft.data,
            source="rms",
            row=2,
            more={"colour": "blau"},
        )
    ]


def test_leaf_body_and_salt_belong_together(office: OpenOffice) -> None:
    office.append(agency())
    rows = office.rows(
        'SELECT e."index", e.recorded_ms, e.leaf, e.leaf_hash, b.salt, b.body FROM entry e '
        'JOIN entry_body b ON b."index" = e."index" ORDER BY e."index"'
    )
    frontier = Frontier()
    for _, recorded_ms, leaf_row, hash_row, salt, body in rows:
        leaf = parse_leaf(bytes(leaf_row))
        assert leaf.recorded_at == instant_text(recorded_ms)
        assert leaf.digest == digest(bytes(salt), bytes(body))
        assert json.loads(bytes(body))["recorded_at"] == leaf.recorded_at
        assert bytes(hash_row) == leaf_hash(bytes(leaf_row))
        assert leaf.id[14] == "4"
        assert leaf.id[19] in "89ab"
        frontier = frontier.append_leaves([bytes(hash_row)])
    ((size, stored),) = office.rows("SELECT size, frontier FROM head")
    assert (size, bytes(stored)) == (len(rows), frontier.encode())
    assert len({bytes(row[4]) for row in rows}) == len(rows)


def test_bodies_are_canonical_bytes(office: OpenOffice) -> None:
    """The same entry gives the same bytes on every machine and database (law 4)."""
    # However many packs are adopted at the beginning, the history starts at the same index.
    office.append(*[agency(f"Agency {number}") for number in range(60 - office.size)])
    office.now_ms = 1_790_000_500_000
    first = office.size
    assert first == 60
    office.append(*History(4).drafts_from(first, 40))
    rows = office.rows('SELECT body FROM entry_body WHERE "index" >= %s ORDER BY "index"', [first])
    found = b"".join(bytes(body) + b"\n" for (body,) in rows)
    if os.environ.get("FULLFILE_WRITE_GOLDEN"):
        GOLDEN.write_bytes(found)
    assert found == GOLDEN.read_bytes()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft("agency.recorded", "", {"agency": "Police"}), "anonymous"),
        (Draft("agency.imagined", "Clerk", {}), "entry_type_unknown"),
        (agency(note="x" * 1_100_000), "body_too_large"),
        (agency(note=0.5), "not_canonical"),
        (Draft("agency.recorded", "Clerk", {"agency": "A"}, corrects=99), "corrects_nothing"),
        (
            Draft(
                "custody.recorded",
                "Clerk",
                {"agency": "A", "tag": "1", "event": "booked", "occurred_at": "some day"},
            ),
            "date_unreadable",
        ),
        (
            Draft("case.recorded", "Clerk", {"case_number": "1", "time_zone": "Mars/Base"}),
            "time_zone",
        ),
    ],
)
def test_a_draft_that_may_not_stand_records_nothing(
    office: OpenOffice, draft: Draft, code: str
) -> None:
    before = office.size
    with pytest.raises(Refused) as refused:
        office.append(agency(), draft)
    assert refused.value.reasons[0].code == code
    assert office.size == before
    assert office.rows("SELECT * FROM agencies") == []
    assert office.append(agency()) == range(before, before + 1)
    assert check_record().ok


def test_a_bulk_of_chunks_is_all_or_nothing(office: OpenOffice) -> None:
    before = office.size
    many = [agency(f"Agency {number}") for number in range(CHUNK + 50)]

    def write_and_fail() -> None:
        with unit_of_work() as writer:
            writer.append(many, now_ms=office.now_ms)
            assert writer.size == before + len(many)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert office.size == before
    assert office.rows("SELECT count(*) FROM agency_key") == [(0,)]
    assert office.append(*many) == range(before, before + len(many))
    assert office.rows("SELECT max(agency_id), count(*) FROM agency_key") == [(len(many),) * 2]
    assert check_record().ok


def test_no_draft_is_no_entry(office: OpenOffice) -> None:
    before = office.rows("SELECT count(*) FROM signed_checkpoint")
    made = office.append()
    assert (len(made), made.start) == (0, office.size)
    assert office.rows("SELECT count(*) FROM signed_checkpoint") == before


def test_a_writer_without_a_record(unopened: OpenOffice) -> None:
    from fullfile.server.actions.office import migrate

    unopened.home.mkdir()
    migrate()
    with pytest.raises(NotFound, match="fullfile init"), unit_of_work():
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET recorded_ms = 0",
        "DELETE FROM entry",
        'DELETE FROM entry WHERE "index" = 0',
        "UPDATE entry_body SET body = salt",
        "DELETE FROM entry_body",
        'INSERT INTO entry SELECT 99, recorded_ms, leaf, leaf_hash FROM entry WHERE "index" = 0',
        'INSERT INTO entry SELECT -1, recorded_ms, leaf, leaf_hash FROM entry WHERE "index" = 0',
    ],
)
def test_the_database_refuses_to_rewrite(office: OpenOffice, statement: str) -> None:
    office.append(agency())
    with pytest.raises(DatabaseError):
        office.run(statement)
    assert check_record().ok


def test_a_gap_in_one_statement_is_refused(office: OpenOffice) -> None:
    size = office.size
    with pytest.raises(DatabaseError):
        office.run(
            f'INSERT INTO entry SELECT {size} + "index" * 2, recorded_ms, leaf, leaf_hash '
            'FROM entry WHERE "index" < 2'
        )
    assert check_record().ok


def test_replacing_and_truncating_are_refused(office: OpenOffice) -> None:
    statements = (
        [
            "INSERT OR REPLACE INTO entry SELECT * FROM entry",
            "INSERT OR REPLACE INTO entry_body SELECT * FROM entry_body",
            'REPLACE INTO entry_body SELECT "index", body, salt FROM entry_body',
        ]
        if not office.url
        else [
            "TRUNCATE entry",
            "TRUNCATE entry_body",
            "INSERT INTO entry_body SELECT * FROM entry_body ON CONFLICT (\"index\") DO UPDATE SET salt = ''",
        ]
    )
    for statement in statements:
        with pytest.raises(DatabaseError):
            office.run(statement)
    assert check_record().ok


def test_nothing_hangs_on_the_record_by_a_foreign_key(office: OpenOffice) -> None:
    if office.url:
        keys = office.rows(
            "SELECT count(*) FROM information_schema.table_constraints "
            "WHERE constraint_type = 'FOREIGN KEY'"
        )
    else:
        keys = office.rows(
            "SELECT count(*) FROM sqlite_master m, pragma_foreign_key_list(m.name) WHERE m.type = 'table'"
        )
    assert keys == [(0,)]


# The clock.


def test_the_clock_never_goes_back(office: OpenOffice) -> None:
    (first,) = office.append(agency("A"))
    office.now_ms -= 60_000
    (second,) = office.append(agency("B"))
    assert second == first + 2
    last, step, after = load.entries([first, first + 1, second])
    assert step.type == "clock.stepped_back"
    assert step.data["last"] == instant_text(last.recorded_ms)
    assert step.data["clock"] == instant_text(last.recorded_ms - 59_000)
    assert after.recorded_ms == step.recorded_ms == last.recorded_ms


def test_a_hair_of_a_step_is_no_news(office: OpenOffice) -> None:
    (first,) = office.append(agency("A"))
    office.now_ms -= 1_500
    assert office.append(agency("B")) == range(first + 1, first + 2)


def test_a_clock_far_back_stops_appending(office: OpenOffice) -> None:
    office.append(agency("A"))
    size = office.size
    office.now_ms -= LIMIT_MS + 2_000
    with pytest.raises(Refused, match="clock"):
        office.append(agency("B"))
    assert office.size == size


def test_as_of_is_a_size(office: OpenOffice) -> None:
    sizes = [office.size]
    moments = [office.now_ms]
    for name in "ABC":
        office.append(agency(name), agency(f"{name}2"))
        sizes.append(office.size)
        moments.append(office.now_ms)
    assert load.size_as_of(0) == 0
    for size, moment in zip(sizes, moments, strict=True):
        assert load.size_as_of(moment) == size
        assert load.size_as_of(moment + 500) == size
    assert load.size_as_of(moments[-1] + 10**9) == office.size


def test_what_is_read_under_the_lock_is_read_once_until_something_is_recorded(
    office: OpenOffice,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            load.agencies()
            load.find_agencies(["Police"])
            load.current_size()
            load.office()
        return len(seen)

    with unit_of_work() as writer:
        assert load.agencies() == {}
        asked()
        assert asked() == 0
        load.agencies()["police"] = "written by a caller"
        assert load.agencies() == {}
        before = writer.size
        writer.append([agency("Police")], now_ms=office.now_ms)
        assert load.current_size() == writer.size == before + 1
        assert load.agencies() == {"police": "Police"}
        assert "police" in load.find_agencies(["Police"])
    outside = asked()
    assert outside > 0
    assert asked() == outside


def test_what_was_undone_is_not_remembered(office: OpenOffice) -> None:
    def undone() -> None:
        with unit_of_work() as writer:
            writer.append([agency("Police")], now_ms=office.now_ms)
            assert load.agencies() == {"police": "Police"}
            raise Refused("another reason", code="undone")

    with pytest.raises(Refused, match="another reason"):
        undone()
    assert load.agencies() == {}
    with unit_of_work():
        assert load.agencies() == {}


def test_a_correction_closes_the_row_it_corrects(office: OpenOffice) -> None:
    (old,) = office.append(agency("Police", side="state"))
    (new,) = office.append(
        Draft("agency.recorded", "Clerk", {"agency": "Police", "side": "other"}, corrects=old)
    )
    (later,) = office.append(
        Draft("agency.recorded", "Clerk", {"agency": "Police", "side": "court"}, corrects=old)
    )
    query = (
        "SELECT entry FROM agencies WHERE entry < %s AND (to_index IS NULL OR to_index >= %s) "
        "ORDER BY entry"
    )
    assert office.rows(query, [new, new]) == [(old,)]
    assert office.rows(query, [new + 1, new + 1]) == [(new,)]
    assert office.rows(query, [later + 1] * 2) == [(new,), (later,)]


# Several writers, and none.


def test_two_writers_take_turns(office: OpenOffice) -> None:
    start = threading.Barrier(2)

    def write(name: str) -> list[int]:
        try:
            start.wait()
            made = []
            for number in range(8):
                with unit_of_work() as writer:
                    made.extend(
                        writer.append([agency(f"{name}{number}")], now_ms=office.now_ms + 10_000)
                    )
            return made
        finally:
            connections.close_all()

    first = office.size
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(write, "AB")
    assert sorted(one + two) == list(range(first, first + 16))
    assert check_record().ok
    assert load.current_size() == first + 16


KILLED = """
import os, signal, sys
from pathlib import Path
from fullfile.server.settings import configure
configure(Path(sys.argv[1]), sys.argv[2])
from fullfile.core.entries import Draft
from fullfile.server.store.append import unit_of_work
with unit_of_work() as writer:
    drafts = [Draft("agency.recorded", "Clerk", {"agency": f"A{n}"}) for n in range(6000)]
    writer.append(drafts, now_ms=int(sys.argv[3]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_mid_append_leaves_the_record_as_it_was(office: OpenOffice) -> None:
    size, signed = office.size, load.find_head()
    connections.close_all()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(office.home), office.url, str(office.now_ms + 9_000)],
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    configure(office.home, office.url)
    assert load.find_head() == signed
    assert office.rows("SELECT count(*) FROM agencies") == [(0,)]
    assert office.append(agency()) == range(size, size + 1)
    assert check_record().ok


def test_a_full_disk_records_nothing(office: OpenOffice) -> None:
    if office.url:
        pytest.skip(
            "the limit is SQLite's; PostgreSQL's errors of this kind are told in the same way"
        )
    before = office.size
    office.rows("PRAGMA max_page_count = 150")
    with pytest.raises(Unavailable, match="nothing was recorded"):
        office.append(*(agency(f"Agency {number} {'x' * 500}") for number in range(3_000)))
    office.rows("PRAGMA max_page_count = 1073741823")
    assert office.size == before
    assert office.append(agency()) == range(before, before + 1)
    assert check_record().ok


def test_a_server_that_is_gone_is_said(office: OpenOffice) -> None:
    if not office.url:
        pytest.skip("only PostgreSQL is a server")
    connections.close_all()
    configure(office.home, office.url.rsplit("/", 1)[0] + "/no_such_database")
    with pytest.raises(Unavailable, match="cannot be written"):
        office.append(agency())
    configure(office.home, office.url)
    assert office.append(agency())


def test_a_bulk_is_counted_anew(office: OpenOffice) -> None:
    many = [agency(f"Agency {number}") for number in range(20_000)]
    office.append(*many)
    if office.url:
        ((pages,),) = office.rows("SELECT reltuples FROM pg_class WHERE relname = 'agencies'")
        assert pages == len(many)
    assert office.rows("SELECT count(*) FROM agencies") == [(len(many),)]


def test_only_append_writes_entries() -> None:
    """The functions that write the record's tables are called from the door and nowhere else."""
    writing = {"insert_entries", "write_head", "delete_body", "mark_damaged", "drop_empty_head"}
    root = Path(__file__).resolve().parents[2] / "src" / "fullfile"
    callers = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in writing:
                callers.add(path.name)
    assert callers == {"append.py"}


def test_the_two_engines_keep_what_was_said_in_a_durable_transaction(office: OpenOffice) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), unit_of_work():
        pass
    if not office.url:
        assert office.rows("PRAGMA synchronous") == [(2,)]
        assert office.rows("PRAGMA journal_mode") == [("wal",)]
        assert office.rows("PRAGMA recursive_triggers") == [(1,)]
