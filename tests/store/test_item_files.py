"""Files of items: kept as they came, refused with a sentence; packages that anybody can check."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.disclosure.productions import Change
from fullfile.core.errors import NotFound, RecordDamaged, Refused
from fullfile.server.actions.files import add_file
from fullfile.server.actions.office import change_setting
from fullfile.server.actions.productions import (
    change_production,
    close_production,
    draft_production,
)
from fullfile.server.actions.withholdings import announce_in_words, withhold_item
from fullfile.server.queries.files import file_of_entry, files_of
from fullfile.server.queries.packages import package_of
from fullfile.server.queries.productions import production_of_entry
from fullfile.server.store import files as store
from fullfile.server.store.load import current_size
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def add(county: Office, tag: str = "E-1", body: bytes = PHOTO, **more: Any) -> int:
    said = {"name": "scene.jpg", "use": "photo", **more}
    return add_file(
        agency="ACSO",
        tag=tag,
        chunks=[body[at : at + 1000] for at in range(0, len(body), 1000)],
        **said,
        **county.later,
    )


def kept(county: Office) -> list[Path]:
    return [path for path in (county.office.home / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_digest_as_it_came(county: Office) -> None:
    entry = add(county)
    (found,) = files_of("ACSO", "E-1")
    assert found == file_of_entry(entry)
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert (found.sha256, found.size, found.kind, found.media_type, found.there) == (
        digest,
        len(PHOTO),
        "image",
        "image/jpeg",
        True,
    )
    (path,) = kept(county)
    assert path.relative_to(county.office.home).as_posix() == (
        f"files/sha256/{digest[:2]}/{digest[2:4]}/{digest}"
    )
    assert path.stat().st_mode & 0o222 == 0
    assert b"".join(store.open_file(digest)) == PHOTO
    assert list(store.list_files()) == [digest]
    # The same bytes on another item lie there once.
    add(county, "E-2", name="..\\other/again.jpg")
    assert kept(county) == [path]
    assert files_of("ACSO", "E-2")[0].name == "again.jpg"


def test_what_is_refused_leaves_nothing_behind(county: Office) -> None:
    size = current_size()
    for said, code in (
        ({"body": b""}, "file_empty"),
        ({"body": b"MZ" + PHOTO}, "file_kind"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"use": "toy"}, "use_unknown"),
        ({"body": bomb(), "name": "archive.zip"}, "file_bomb"),
        ({"body": bomb()[:-40] + b"PK\x05\x06" + b"\xff" * 18, "name": "x.zip"}, "file_bomb"),
    ):
        assert list(refusal(add, county=county, **said)) == [code], said
    with pytest.raises(NotFound):
        add(county, tag="E-77")
    change_setting("file_limit", "1", "Clerk", now_ms=county.now_ms)
    assert list(refusal(add, county=county, body=b"x" * (2**20 + 1))) == ["file_too_large"]
    change_setting("file_kinds", "document,image", "Clerk", now_ms=county.now_ms)
    assert list(refusal(add, county=county, name="talk.mp3", body=b"ID3")) == ["file_kind"]
    assert kept(county) == []
    assert current_size() == size + 2
    add(county)
    assert list(refusal(add, county=county)) == ["file_there"]
    with pytest.raises(Refused, match="some of image"):
        change_setting("file_kinds", "toys", "Clerk", now_ms=county.now_ms)


def bomb() -> bytes:
    """A zip of a megabyte whose one member says that it becomes a terabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(10_000_000))
    body = bytearray(out.getvalue())
    at = body.rfind(b"PK\x01\x02")
    body[at + 24 : at + 28] = (2**31).to_bytes(4, "little")
    return bytes(body)


def test_an_honest_archive_is_kept(county: Office) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", "hello")
    entry = add(county, body=out.getvalue(), name="phone.zip", use="data")
    assert file_of_entry(entry).kind == "archive"


def test_a_damaged_file_never_arrives_whole(county: Office) -> None:
    add(county, body=PHOTO * 300)
    (path,) = kept(county)
    path.chmod(0o644)
    body = bytearray(path.read_bytes())
    body[5] ^= 1
    path.write_bytes(bytes(body))
    arrived: list[bytes] = []
    with pytest.raises(RecordDamaged, match="is not what was stored"):
        arrived.extend(store.open_file(path.name))
    assert sum(map(len, arrived)) < len(body)
    path.unlink()
    with pytest.raises(NotFound, match="from a backup"):
        list(store.open_file(path.name))
    assert not files_of("ACSO", "E-1")[0].there
    with pytest.raises(NotFound):
        list(store.open_file("../../database"))


def packed(county: Office) -> tuple[int, bytes]:
    """A closed production of four items, one of them redacted, and its package."""
    add(county, "E-1")
    add(county, "E-1", PHOTO + b"2", name="scene.jpg")
    add(county, "E-2", b"%PDF the whole", name="report.pdf", use="report")
    add(county, "E-2", b"%PDF blacked out", name="report redacted.pdf", use="redacted")
    kept_back = withhold_item(
        case_number="D-1",
        agency="ACSO",
        tag="E-3",
        ground="work_product",
        by="Pat Lorne",
        announced_at="2024-02-12",
        **county.later,
    )
    announce_in_words(kept_back, words="notes of counsel", **county.later)
    draft = draft_production(case_number="D-1", defendants=["Ada Roe"], **county.later)
    change_production(
        draft,
        change=Change.FORM,
        agency="ACSO",
        tag="E-2",
        extent="redacted",
        what="names blacked out",
        **county.later,
    )
    close_production(draft, **county.later)
    return draft, b"".join(package_of(draft, "ada roe").chunks())


def test_a_package_is_a_bag_that_anybody_can_check(county: Office) -> None:
    draft, body = packed(county)
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert archive.testzip() is None
    files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in files[manifest].decode().splitlines():
            digest, path = line.split("  ", 1)
            assert hashlib.sha256(files[path]).hexdigest() == digest
    payload = {path: found for path, found in files.items() if path.startswith("data/")}
    named = {line.split("  ", 1)[1] for line in files["manifest-sha256.txt"].decode().splitlines()}
    assert named == set(payload)
    oxum = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}"
    assert oxum in files["bag-info.txt"].decode()
    told = json.loads(files["data/production.json"])
    assert (told["production"], told["defendant"], told["withheld"]) == (
        1,
        "Ada Roe",
        [{"announced_at": "2024-02-12", "words": "notes of counsel"}],
    )
    rows = list(csv.DictReader(io.StringIO(files["data/list.csv"].decode("utf-8-sig"))))
    assert [(row["tag"], row["name"]) for row in rows] == [
        ("E-1", "scene.jpg"),
        ("E-1", "scene.jpg"),
        ("E-2", "report redacted.pdf"),
        ("E-4", ""),
    ]
    assert len({row["path"].casefold() for row in rows if row["path"]}) == 3
    everything = b"".join(files.values())
    assert b"the whole" not in everything
    assert b"work_product" not in everything
    assert b"E-3" not in everything
    here = production_of_entry(draft)
    assert (
        here.package["manifests"]["ada roe"]
        == hashlib.sha256(files["manifest-sha256.txt"]).hexdigest()
    )
    assert here.package["files"] == 3


def test_a_package_is_the_same_each_time(county: Office) -> None:
    draft, body = packed(county)
    # What is recorded after the closing changes nothing in it.
    add(county, "E-1", b"another", name="later.jpg")
    assert b"".join(package_of(draft, "ada roe").chunks()) == body
    with pytest.raises(NotFound):
        package_of(draft, "nobody")
    open_draft = draft_production(case_number="D-2", defendants=["Ben Oak"], **county.later)
    with pytest.raises(Refused, match="is not closed"):
        package_of(open_draft, "ben oak")


def test_a_package_whose_file_is_gone_is_not_given_out(county: Office) -> None:
    draft, _ = packed(county)
    digest = hashlib.sha256(PHOTO).hexdigest()
    (path,) = [one for one in kept(county) if one.name == digest]
    path.unlink()
    package = package_of(draft, "ada roe")
    assert package.lacking == (digest,)
    with pytest.raises(NotFound, match="from a backup"):
        package.chunks()
