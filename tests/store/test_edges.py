"""What goes wrong around the record, and the corners that everyday use does not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, RecordDamaged, Refused, Unavailable
from fullfile.server.actions.office import erase
from fullfile.server.settings import database_settings
from fullfile.server.store import checkpoints, keys, load, rebuild, row_keys
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.check import check_record
from fullfile.server.store.reading import read_entries
from tests.store.histories import History
from tests.store.test_checkpoints import past_the_triggers
from tests.store.test_rebuild import tables

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice


def agency(name: str = "Police") -> Draft:
    return Draft("agency.recorded", "Clerk", {"agency": name})


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "nonsense"])
def test_an_address_that_is_no_database(url: str, tmp_path: object) -> None:
    with pytest.raises(Refused, match="postgresql://"):
        database_settings(tmp_path, url)  # type: ignore[arg-type]


def test_an_address_is_read_with_its_options(tmp_path: object) -> None:
    found = database_settings(tmp_path, "postgresql://a%40b:p%3Aq@db:5433/full?sslmode=require")  # type: ignore[arg-type]
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("a@b", "p:q", "db")
    assert (found["PORT"], found["NAME"]) == ("5433", "full")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_keys_are_let_go_and_found_again(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_HELD", 2)
    drafts = History(11).drafts_from(office.size, 80)
    with unit_of_work() as writer:
        for start in range(0, 80, 9):
            writer.append(drafts[start : start + 9], now_ms=office.now_ms)
    before = tables(office)
    monkeypatch.setattr(keys, "_HELD", 50_000)
    rebuild.rebuild()
    assert tables(office) == before


def test_row_keys_of_odd_values_do_not_meet() -> None:
    one = row_keys.row_key("t", "s", ["a\x1fb", "c"])
    two = row_keys.row_key("t", "s", ["a", "b\x1fc"])
    assert len({one, two, row_keys.row_key("t", "s", ["a", "b", "c"])}) == 3
    yes = Draft("filing.recorded", "C", {"case_number": "1", "set_aside": True})
    no = Draft("filing.recorded", "C", {"case_number": "1", "set_aside": False})
    nothing = Draft("filing.recorded", "C", {"case_number": " 1"})
    assert row_keys.key_of(yes) != row_keys.key_of(no) == row_keys.key_of(nothing)
    assert row_keys.digest_of(yes) != row_keys.digest_of(no) != row_keys.digest_of(nothing)


def test_many_row_keys_are_found(office: OpenOffice) -> None:
    hashes = [number.to_bytes(16, "big") for number in range(12_000)]
    with unit_of_work():
        row_keys.put((each, number, each) for number, each in enumerate(hashes))
        row_keys.put([(hashes[5], 99, hashes[6])])
    found = row_keys.find([*hashes, b"x" * 16])
    assert len(found) == len(hashes)
    assert found[hashes[5]] == (99, hashes[6])
    row_keys.put([])
    assert office.rows("SELECT count(*) FROM row_key") == [(len(hashes),)]


def test_an_entry_that_is_not_there(office: OpenOffice) -> None:
    with pytest.raises(NotFound, match="no entry 99"):
        read_entries([0, 99])
    assert read_entries([]) == []


def test_a_body_that_is_gone_without_an_erasure(office: OpenOffice) -> None:
    (index,) = office.append(agency())
    past_the_triggers(office, f'DELETE FROM entry_body WHERE "index" = {index}')
    with pytest.raises(RecordDamaged, match="no erasure names it"):
        read_entries([index])
    with pytest.raises(RecordDamaged, match="no erasure names it"):
        rebuild.rebuild()


def test_a_rebuild_that_cannot_be_done_changes_nothing(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.append(*History(5).drafts_from(office.size, 30))
    before = tables(office)

    def full(_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(rebuild, "find_office_zone", lambda: full(None))
    with pytest.raises(Unavailable, match="as before"):
        rebuild.rebuild()
    assert tables(office) == before


def test_the_checkpoint_outside_cannot_be_replaced(office: OpenOffice) -> None:
    lock = office.home / "keys" / "lock"
    lock.unlink()
    lock.mkdir()
    size = office.size
    with pytest.raises(Unavailable, match="entries were recorded"):
        office.append(agency())
    lock.rmdir()
    assert office.size == size + 1
    checkpoints.check_start()
    assert (office.home / "checkpoint").read_bytes() == checkpoints.find_signed()


def test_a_home_has_one_key(office: OpenOffice) -> None:
    with pytest.raises(Refused, match="signing key already"):
        checkpoints.make_key("other/log")


def test_a_key_that_cannot_be_written(unopened: OpenOffice) -> None:
    unopened.home.mkdir()
    (unopened.home / "keys").write_text("a file", "utf-8")
    with pytest.raises(Unavailable, match="signing key cannot be written"):
        checkpoints.make_key("other/log")


def test_a_head_that_miscounts(office: OpenOffice) -> None:
    office.run("UPDATE head SET size = size + 1")
    with pytest.raises(RecordDamaged, match="head counts"):
        office.append(agency())
    assert "shrunk" not in [each.code for each in check_record().findings]


def test_another_head_of_the_same_size_is_not_signed(office: OpenOffice) -> None:
    from fullfile.core.tlog import Frontier, leaf_hash

    made_up = Frontier().append_leaves([leaf_hash(bytes([n])) for n in range(office.size)])
    with pytest.raises(RecordDamaged, match="was signed before"):
        checkpoints.sign(made_up)


def test_nothing_is_checked_where_nothing_was_begun(unopened: OpenOffice) -> None:
    from fullfile.server.actions.office import migrate

    unopened.home.mkdir()
    migrate()
    checkpoints.check_start()
    assert load.find_office() is None
    assert (load.current_size(), load.size_as_of(10**15)) == (0, 0)
    with pytest.raises(NotFound, match="fullfile init"):
        load.office()
    with pytest.raises(NotFound, match="fullfile init"):
        check_record()


def test_a_root_of_more_than_there_is(office: OpenOffice) -> None:
    with pytest.raises(RecordDamaged, match="should have 99"):
        checkpoints.root_at(99)


def test_a_defendant_without_a_key_keeps_one_when_erased(office: OpenOffice) -> None:
    data = {"case_number": "1", "name": "Ada Quill", "role": "defendant"}
    (index,) = office.append(Draft("party.recorded", "Clerk", data))
    before = office.rows("SELECT defendant_id FROM parties")
    erase(index, "Order", "Clerk", now_ms=office.now_ms + 1_000)
    assert office.rows("SELECT defendant_id FROM parties") == before
    whole = tables(office)
    rebuild.rebuild()
    assert tables(office) == whole


def test_rows_that_came_no_more_are_kept_apart(office: OpenOffice) -> None:
    (index,) = office.append(agency())
    office.append(Draft("row.absent", "Clerk", {"table": "agencies", "entry": index}, "rms"))
    assert office.rows('SELECT "table", row_entry FROM absences') == [("agencies", index)]
