"""The log as tiles, and proofs of single entries: checked by `core.verify` without the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, RecordDamaged, Refused, Unavailable
from fullfile.core.tlog import parse_proof
from fullfile.core.verify import verify_file, verify_log
from fullfile.server.actions.office import migrate, open_office
from fullfile.server.settings import configure
from fullfile.server.store.export_log import export_log
from fullfile.server.store.prove import prove
from tests.store.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice


def agencies(many: int) -> list[Draft]:
    return [Draft("agency.recorded", "Clerk", {"agency": f"A{number}"}) for number in range(many)]


def test_an_export_is_checked_by_anybody(office: OpenOffice, tmp_path: Path) -> None:
    place = tmp_path / "log"
    told: list[tuple[int, int]] = []
    assert export_log(place, progress=lambda done, of: told.append((done, of))) == office.size
    assert told == [(office.size, office.size)]
    first = (place / "checkpoint").read_bytes()
    office.append(*agencies(700))
    export_log(place)
    found = verify_log(Folder(place), office.vkey, since=first)
    assert found.findings == ()
    assert found.size == office.size
    assert (place / "log.vkey").read_text("utf-8").strip() == office.vkey
    assert b"A699" not in b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())


def test_a_second_export_leaves_full_tiles_alone(office: OpenOffice, tmp_path: Path) -> None:
    place = tmp_path / "log"
    office.append(*agencies(300))
    export_log(place)
    full = place / "tile" / "0" / "000"
    full.touch()
    stamp = full.stat().st_mtime_ns
    office.append(*agencies(1))
    export_log(place)
    assert full.stat().st_mtime_ns == stamp


def test_another_logs_directory_is_refused(office: OpenOffice, tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "log.vkey").write_text("another+key", "utf-8")
    with pytest.raises(Refused, match="another log"):
        export_log(tmp_path / "log")


def test_a_directory_that_cannot_be_written(office: OpenOffice, tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file", "utf-8")
    with pytest.raises(Unavailable, match="cannot be written"):
        export_log(tmp_path / "log")


def test_a_damaged_record_is_not_published(office: OpenOffice, tmp_path: Path) -> None:
    if office.url:
        office.run("ALTER TABLE entry DISABLE TRIGGER ALL")
    else:
        office.run("DROP TRIGGER entry_no_update")
    office.run(
        'UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE "index" = 1) WHERE "index" = 0'
    )
    with pytest.raises(RecordDamaged):
        export_log(tmp_path / "log")
    assert not (tmp_path / "log" / "checkpoint").exists()


@pytest.mark.parametrize("index", [0, 5, 255, 256, 699])
def test_a_proof_is_checked_by_anybody(office: OpenOffice, index: int) -> None:
    office.append(*agencies(700 - office.size))
    proof = prove(index)
    assert verify_file(proof, office.vkey).ok
    assert parse_proof(proof).index == index


def test_no_proof_of_what_is_not_there(office: OpenOffice) -> None:
    with pytest.raises(NotFound, match="no entry"):
        prove(office.size)


def test_no_export_without_a_record(unopened: OpenOffice, tmp_path: Path) -> None:
    unopened.home.mkdir()
    migrate()
    with pytest.raises(NotFound, match="fullfile init"):
        export_log(tmp_path / "log")


def test_two_offices_one_after_the_other(office: OpenOffice, tmp_path: Path) -> None:
    """One process may serve another office: the alias then means the new one."""
    office.append(*agencies(10))
    size = office.size
    other = tmp_path / "other"
    configure(other, "")
    vkey = open_office(other, "Other", "us-nm", "UTC", by="Clerk", now_ms=office.now_ms)
    assert office.size < size
    configure(office.home, office.url)
    assert office.size == size
    assert vkey != office.vkey
