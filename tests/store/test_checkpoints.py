"""Laws 10 and 11: damage stops writing, reading goes on; the last checkpoint lies outside too."""

from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from fullfile.core.entries import Draft
from fullfile.core.errors import RecordDamaged, Refused, Unavailable
from fullfile.core.tlog import VerifierKey, open_checkpoint
from fullfile.server.actions.office import change_setting, open_office
from fullfile.server.settings import configure
from fullfile.server.store import checkpoints, load
from fullfile.server.store.check import check_record

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice


def agency(name: str) -> Draft:
    return Draft("agency.recorded", "Clerk", {"agency": name})


def past_the_triggers(office: OpenOffice, *statements: str) -> None:
    """Change the record as somebody with all rights on the database could."""
    if office.url:
        for table in ("entry", "entry_body"):
            office.run(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    else:
        for (name,) in office.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            office.run(f"DROP TRIGGER {name}")
    for statement in statements:
        office.run(statement)


def test_each_append_signs_a_checkpoint_and_puts_it_outside(office: OpenOffice) -> None:
    key = VerifierKey.parse(office.vkey)
    for name in "AB":
        office.append(agency(name))
        outside = (office.home / "checkpoint").read_bytes()
        head = open_checkpoint(outside, [key])
        assert head.size == office.size
        assert head.root == checkpoints.root_at(office.size)
        assert checkpoints.find_signed() == outside
    assert office.rows("SELECT count(*) FROM signed_checkpoint") == [(3,)]


def test_the_key_is_its_owners_only(office: OpenOffice) -> None:
    mode = (office.home / "keys" / "log.skey").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert (office.home / "keys" / "log.vkey").read_text("utf-8").strip() == office.vkey


def test_a_lost_key_is_said(office: OpenOffice) -> None:
    (office.home / "keys" / "log.skey").unlink()
    with pytest.raises(Unavailable, match=r"log\.skey"):
        office.append(agency("A"))


def test_the_same_head_is_signed_once(office: OpenOffice) -> None:
    head = load.find_head()
    assert head is not None
    note = checkpoints.find_signed()
    assert checkpoints.sign(head.frontier) == note
    smaller = load.find_head()
    office.append(agency("A"))
    assert smaller is not None
    with pytest.raises(RecordDamaged, match="not signed after"):
        checkpoints.sign(smaller.frontier)


def test_a_restored_old_database_is_noticed(office: OpenOffice, tmp_path: Path) -> None:
    if office.url:
        pytest.skip("a copy of the database file stands for a backup")
    office.append(agency("A"))
    connections.close_all()
    old = tmp_path / "old.sqlite3"
    shutil.copy(office.home / "fullfile.sqlite3", old)
    office.append(agency("B"))
    connections.close_all()
    for name in ("fullfile.sqlite3", "fullfile.sqlite3-wal", "fullfile.sqlite3-shm"):
        (office.home / name).unlink(missing_ok=True)
    shutil.copy(old, office.home / "fullfile.sqlite3")
    with pytest.raises(RecordDamaged, match="older database"):
        checkpoints.check_start()
    with pytest.raises(RecordDamaged, match="older database"):
        office.append(agency("C"))
    assert [each.code for each in check_record().findings] == ["shrunk"]
    assert load.entries([office.size - 1])[0].data["agency"] == "A"


def test_a_head_cut_short_is_noticed(office: OpenOffice) -> None:
    before = office.rows("SELECT size, recorded_ms, frontier FROM head")
    office.append(agency("A"))
    (size, recorded_ms, frontier) = before[0]
    past_the_triggers(
        office,
        f'DELETE FROM entry WHERE "index" >= {size}',
        f"DELETE FROM signed_checkpoint WHERE size > {size}",
        f"UPDATE head SET size = {size}, recorded_ms = {recorded_ms}, "
        f"frontier = {'decode(' if office.url else 'x'}'{bytes(frontier).hex()}'"
        + (", 'hex')" if office.url else ""),
    )
    with pytest.raises(RecordDamaged, match="older database"):
        office.append(agency("B"))


def test_another_head_than_the_signed_one_is_noticed(office: OpenOffice) -> None:
    office.append(agency("A"))
    office.run("DELETE FROM signed_checkpoint WHERE size = (SELECT size FROM head)")
    with pytest.raises(RecordDamaged, match="not the one that was signed"):
        office.append(agency("B"))


def test_a_crash_between_commit_and_file_is_made_good(office: OpenOffice) -> None:
    outside = office.home / "checkpoint"
    before = outside.read_bytes()
    office.append(agency("A"))
    latest = outside.read_bytes()
    outside.write_bytes(before)
    checkpoints.check_start()
    assert outside.read_bytes() == latest
    outside.write_bytes(before)
    office.append(agency("B"))
    assert outside.read_bytes() == checkpoints.find_signed()


def test_a_crash_is_made_good_from_leaves_too(office: OpenOffice) -> None:
    outside = office.home / "checkpoint"
    before = outside.read_bytes()
    size = office.size
    office.append(agency("A"))
    outside.write_bytes(before)
    office.run(f"DELETE FROM signed_checkpoint WHERE size = {size}")
    checkpoints.check_start()
    assert outside.read_bytes() == checkpoints.find_signed()


def test_a_rewritten_past_is_noticed_behind_a_new_head(office: OpenOffice) -> None:
    outside = office.home / "checkpoint"
    size = office.size
    before = outside.read_bytes()
    office.append(agency("A"))
    outside.write_bytes(before)
    past_the_triggers(
        office,
        f"DELETE FROM signed_checkpoint WHERE size = {size}",
        f'UPDATE entry SET leaf_hash = (SELECT leaf_hash FROM entry WHERE "index" = {size}) '
        'WHERE "index" = 1',
    )
    with pytest.raises(RecordDamaged, match="rewritten"):
        checkpoints.check_start()


def test_a_file_that_is_gone_is_noticed(office: OpenOffice) -> None:
    (office.home / "checkpoint").unlink()
    with pytest.raises(RecordDamaged, match="is gone"):
        office.append(agency("A"))
    assert "checkpoint_missing" in [each.code for each in check_record().findings]


def test_an_older_note_never_replaces_a_newer_one(office: OpenOffice) -> None:
    older = checkpoints.find_signed()
    office.append(agency("A"))
    assert older is not None
    checkpoints.publish(older)
    assert (office.home / "checkpoint").read_bytes() == checkpoints.find_signed()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ('UPDATE entry_body SET salt = body WHERE "index" = 3', "salt"),
        ('DELETE FROM entry_body WHERE "index" = 3', "body_missing"),
        (
            (
                'UPDATE entry_body SET body = (SELECT body FROM entry_body WHERE "index" = 1) '
                'WHERE "index" = 3'
            ),
            "digest",
        ),
        (
            'UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE "index" = 1) WHERE "index" = 3',
            "digest",
        ),
        ("UPDATE head SET frontier = (SELECT leaf FROM entry LIMIT 1)", None),
    ],
)
def test_damage_stops_writing_and_reading_goes_on(
    office: OpenOffice, statement: str, code: str | None
) -> None:
    first, second = office.append(agency("A"), agency("B"))
    past_the_triggers(office, statement.replace('"index" = 3', f'"index" = {first}'))
    if code is None:
        with pytest.raises(RecordDamaged):
            check_record()
    else:
        found = check_record()
        assert code in [each.code for each in found.findings]
        with pytest.raises(RecordDamaged, match="nothing is written"):
            office.append(agency("C"))
    with pytest.raises(RecordDamaged):
        change_setting("target_days", "10", "Clerk", now_ms=office.now_ms)
    assert load.entries([second])[0].data["agency"] == "B"


def test_a_sound_record_is_found_sound(office: OpenOffice) -> None:
    office.append(*(agency(f"A{number}") for number in range(300)))
    told: list[tuple[int, int]] = []
    found = check_record(progress=lambda done, of: told.append((done, of)))
    assert found.ok
    assert found.size == office.size
    assert told[-1] == (office.size, office.size)
    assert check_record(vkey=office.vkey).ok


def test_an_office_is_opened_once(office: OpenOffice) -> None:
    with pytest.raises(Refused, match="holds an office already"):
        office.open()
    other = office.home.with_name("other")
    if office.url:
        configure(other, office.url)
        with pytest.raises(Refused, match="database holds"):
            open_office(other, "B", "us-nm", "UTC", by="Clerk", now_ms=office.now_ms)
        assert not (other / "keys").exists()
        configure(office.home, office.url)
    assert office.append(agency("A"))


@pytest.mark.parametrize(
    ("name", "zone", "origin", "words"),
    [
        ("", "UTC", None, "needs a name"),
        ("B", "Mars/Base", None, "no time zone"),
        ("B", "UTC", "with space", "no key name"),
    ],
)
def test_an_office_with_an_unusable_value_is_not_opened(
    unopened: OpenOffice, name: str, zone: str, origin: str | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        open_office(unopened.home, name, "us-nm", zone, origin, by="Clerk", now_ms=1)
    assert not unopened.home.exists()


def test_a_home_that_cannot_be_made(unopened: OpenOffice) -> None:
    unopened.home.write_text("a file", "utf-8")
    with pytest.raises(Unavailable, match="No record can be begun"):
        unopened.open()


def test_an_opening_that_fails_leaves_nothing_in_the_way(unopened: OpenOffice) -> None:
    with pytest.raises(Refused, match="name of whoever"):
        open_office(unopened.home, "B", "us-nm", "UTC", by="", now_ms=unopened.now_ms)
    unopened.open()
    assert check_record().ok


def test_an_origin_is_made_of_the_name(unopened: OpenOffice) -> None:
    vkey = open_office(
        unopened.home, "The D.A.'s Office", "us-nm", "UTC", by="Clerk", now_ms=unopened.now_ms
    )
    assert vkey.startswith("the-d-a-s-office/log-")
    assert load.office().origin == vkey.split("+", maxsplit=1)[0]


def test_settings_are_entries(office: OpenOffice) -> None:
    sizes = [office.size]
    for name, value in (
        ("target_days", "10"),
        ("threshold", "0.7"),
        ("source_rank", ["rms", "cms"]),
        ("target_days", "20"),
    ):
        office.now_ms += 86_400_000
        change_setting(name, value, "Clerk", now_ms=office.now_ms)
        sizes.append(office.size)
    policies = [load.policy(size) for size in sizes]
    assert policies[0].target_steps == ()
    assert [days for _, days in policies[4].target_steps] == [10, 20]
    day = policies[4].target_steps[1][0]
    assert (policies[4].target_on(day - 1), policies[4].target_on(day)) == (10, 20)
    assert [policy.threshold for policy in policies] == ["0.5", "0.5", "0.7", "0.7", "0.7"]
    assert policies[4].source_rank == ("rms", "cms")
    assert load.entries([sizes[1] - 1])[0].by == "Clerk"


@pytest.mark.parametrize(
    ("name", "value"),
    [("colour", "red"), ("target_days", "soon"), ("threshold", "1.5"), ("target_days", "-1")],
)
def test_a_setting_that_does_not_fit_is_refused(office: OpenOffice, name: str, value: str) -> None:
    size = office.size
    with pytest.raises(Refused, match=r"setting|whole number|probability"):
        change_setting(name, value, "Clerk", now_ms=office.now_ms)
    assert office.size == size
