"""Exported logs of the sizes that break implementations: good ones pass, any changed bit fails."""

from __future__ import annotations

import random

import pytest

from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    Bundle,
    Checkpoint,
    Frontier,
    SigningKey,
    Tile,
    TileBuilder,
    build_bundles,
    digest,
    leaf_bytes,
    leaf_hashes,
    sign_checkpoint,
)
from fullfile.core.verify import LogReport, verify_log

NAME = "records.da.example/log1"
KEY = SigningKey.from_seed(NAME, b"\x01" * 32)
OTHER = SigningKey.from_seed(NAME, b"\x02" * 32)
WITNESS = SigningKey.from_seed("court.example/witness", b"\x03" * 32)
SIZES = [0, 1, 2, 255, 256, 257, 300, 512, 65_536, 70_000]

DIGEST = digest(b"\x04" * 32, b"{}")
AT = "2024-03-06T09:30:00.00-07:00"
ENTRIES = [leaf_bytes(f"{at:026d}", AT, DIGEST) for at in range(70_000)]
HASHES = leaf_hashes(ENTRIES)


class Files(dict[str, bytes]):
    """An export in memory that cannot be listed."""

    def read(self, path: str) -> bytes | None:
        return self.get(path)


class Directory(Files):
    """An export in memory that can."""

    def paths(self) -> list[str]:
        return list(self)


def head(size: int, key: SigningKey = KEY) -> bytes:
    return sign_checkpoint(
        Checkpoint(NAME, size, Frontier().append_leaves(HASHES[:size]).root()), [key]
    )


def export(size: int, entries: list[bytes] | None = None) -> Directory:
    """Write a log as the exporter does; with other entries, a log that is whole but other."""
    chosen = ENTRIES[:size] if entries is None else entries
    hashes = HASHES[:size] if entries is None else leaf_hashes(entries)
    builder = TileBuilder()
    files = Directory({tile.path: data for tile, data in builder.add(hashes)})
    files.update({tile.path: data for tile, data in builder.partial()})
    files.update({bundle.path: data for bundle, data in build_bundles(chosen)})
    root = Frontier().append_leaves(hashes).root()
    files["checkpoint"] = sign_checkpoint(Checkpoint(NAME, len(hashes), root), [KEY])
    files["log.vkey"] = (KEY.verifier.vkey + "\n").encode()
    return files


@pytest.fixture(scope="module")
def exports() -> dict[int, Directory]:
    return {size: export(size) for size in SIZES}


def codes(report: LogReport) -> set[str]:
    return {finding.code for finding in report.findings}


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("size", SIZES)
def test_a_good_export(exports, size):
    files = exports[size]
    report = verify_log(files)
    assert report.findings == ()
    assert report.ok
    assert (report.origin, report.size, report.key_given) == (NAME, size, False)
    assert report.root == Frontier().append_leaves(HASHES[:size]).root()
    assert report.fingerprint == KEY.verifier.fingerprint
    assert report.notes == ()
    given = verify_log(files, KEY.verifier.vkey)
    assert given.ok
    assert given.key_given
    assert given.to_json()["ok"] is True


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("vkey", [None, KEY.verifier.vkey])
def test_every_bit_of_a_small_export(exports, size, vkey):
    for path, data in exports[size].items():
        for bit in range(len(data) * 8):
            files = Directory(exports[size])
            files[path] = flipped(data, bit)
            assert not verify_log(files, vkey).ok, (path, bit)


@pytest.mark.parametrize(
    ("size", "samples"), [(255, 60), (256, 60), (257, 60), (300, 60), (512, 60)]
)
def test_any_bit_of_an_export(exports, size, samples):
    chance = random.Random(size)
    for path, data in exports[size].items():
        for _ in range(samples):
            files = Directory(exports[size])
            bit = chance.randrange(len(data) * 8)
            files[path] = flipped(data, bit)
            assert not verify_log(files).ok, (path, bit)


@pytest.mark.parametrize("size", [65_536, 70_000])
def test_any_bit_of_a_large_export(exports, size):
    """All changes at once: each changed file must be named by a finding of its own."""
    chance = random.Random(size)
    whole = exports[size]
    places = [path for path in whole if path.startswith("tile/entries/")]
    files = Directory(whole)
    for path in places:
        files[path] = flipped(whole[path], chance.randrange(len(whole[path]) * 8))
    assert {finding.path for finding in verify_log(files).findings} == set(places)

    files = Directory(whole)
    tiles = [path for path in whole if path.startswith("tile/0/")]
    for path in tiles:
        files[path] = flipped(whole[path], chance.randrange(len(whole[path]) * 8))
    found = {
        finding.path for finding in verify_log(files).findings if finding.code == "tile_mismatch"
    }
    # A partial tile has no tile above it; the root tells.
    assert found == {path for path in tiles if ".p/" not in path}

    upper = [path for path in whole if not path.startswith(("tile/0/", "tile/entries/"))]
    for path in upper:
        files = Directory(whole)
        files[path] = flipped(whole[path], chance.randrange(len(whole[path]) * 8))
        assert not verify_log(files).ok, path


@pytest.mark.parametrize("size", [1, 257, 300, 512])
def test_every_missing_file_is_named(exports, size):
    for path in exports[size]:
        files = Directory(exports[size])
        del files[path]
        report = verify_log(files)
        assert not report.ok
        assert any(path in finding.text for finding in report.findings)


@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"\0", lambda _: b""]
)
def test_every_file_of_another_length(exports, change):
    for path, data in exports[300].items():
        files = Directory(exports[300])
        files[path] = change(data)
        assert not verify_log(files).ok, path


def test_all_findings_are_reported(exports):
    files = Directory(exports[300])
    files["tile/entries/000"] = flipped(files["tile/entries/000"], 8 * 4)
    files["tile/entries/001.p/44"] = flipped(files["tile/entries/001.p/44"], 8 * 20)
    files["tile/0/000"] = flipped(files["tile/0/000"], 8 * 32 * 9)
    files["checkpoint"] = flipped(files["checkpoint"], 8)
    del files["tile/1/000.p/1"]
    report = verify_log(files)
    assert {finding.index for finding in report.findings if finding.code == "entry_mismatch"} == {
        0,
        9,
        256,
    }
    assert {"checkpoint", "tile_missing", "entry_mismatch", "leaf_form"} <= codes(report)
    rows = report.to_json()["findings"]
    assert isinstance(rows, list)
    assert len(rows) == len(report.findings)


def test_without_a_tile_its_entries_are_checked_against_the_one_above(exports):
    files = Directory(exports[300])
    del files["tile/0/000"]
    assert codes(verify_log(files)) == {"tile_missing"}
    other = list(ENTRIES[:300])
    other[5] = leaf_bytes("other", AT, DIGEST)
    files["tile/entries/000"] = export(300, other)["tile/entries/000"]
    assert codes(verify_log(files)) == {"tile_missing", "entry_mismatch"}


def test_entries_that_are_no_leaves():
    entries = [*ENTRIES[:3], b"not a leaf", ENTRIES[3].replace(b":", b": ")]
    report = verify_log(export(5, entries))
    assert codes(report) == {"leaf_form"}
    assert [finding.index for finding in report.findings] == [3, 4]


def test_keys(exports):
    files = Directory(exports[2])
    assert codes(verify_log(files, OTHER.verifier.vkey)) == {"other_key", "checkpoint"}
    files["log.vkey"] = (OTHER.verifier.vkey + "\n").encode()
    assert codes(verify_log(files)) == {"checkpoint"}
    assert codes(verify_log(files, KEY.verifier.vkey)) == {"other_key"}
    files["log.vkey"] = b"\xffno key\n"
    assert codes(verify_log(files)) == {"bad_key"}
    files["log.vkey"] = KEY.verifier.vkey.encode()
    assert codes(verify_log(files)) == {"bad_key"}
    del files["log.vkey"]
    report = verify_log(files)
    assert codes(report) == {"no_key"}
    assert (report.vkey, report.fingerprint, report.size) == (None, None, 2)
    assert verify_log(files, KEY.verifier.vkey + "\n").ok
    with pytest.raises(Refused):
        verify_log(files, "no key")


def test_nothing_there():
    report = verify_log(Files())
    assert codes(report) == {"no_key", "no_checkpoint"}
    assert (report.origin, report.size, report.root) == (None, None, None)
    assert codes(verify_log(Files({"checkpoint": b"text"}), KEY.verifier.vkey)) == {"checkpoint"}


def test_an_enormous_size_ends():
    huge = sign_checkpoint(Checkpoint(NAME, 2**62 + 77, b"\1" * 32), [KEY])
    report = verify_log(Directory({"checkpoint": huge}), KEY.verifier.vkey)
    assert "many_missing" in codes(report)
    assert len(report.findings) < 2000


@pytest.mark.parametrize("old", [0, 1, 255, 256, 257, 299, 300])
def test_extension(exports, old):
    report = verify_log(exports[300], since=head(old))
    assert report.ok, report.findings
    assert report.since_size == old


def test_extension_of_a_large_log(exports):
    assert verify_log(exports[70_000], KEY.verifier.vkey, head(65_535)).ok
    other = sign_checkpoint(Checkpoint(NAME, 65_536, b"\1" * 32), [KEY])
    assert codes(verify_log(exports[70_000], since=other)) == {"not_extension"}


def test_what_is_no_extension(exports):
    files = exports[300]
    wrong = sign_checkpoint(Checkpoint(NAME, 200, b"\1" * 32), [KEY])
    assert codes(verify_log(files, since=wrong)) == {"not_extension"}
    same_size = sign_checkpoint(Checkpoint(NAME, 300, b"\1" * 32), [KEY])
    assert codes(verify_log(files, since=same_size)) == {"not_extension"}
    assert codes(verify_log(files, since=head(301))) == {"shrunk"}
    assert codes(verify_log(files, since=head(200, OTHER))) == {"since"}
    assert codes(verify_log(files, since=b"nothing")) == {"since"}
    without_key = Directory(files)
    del without_key["log.vkey"]
    assert codes(verify_log(without_key, since=head(200))) == {"no_key", "since"}
    for bit in range(0, len(head(200)) * 8, 7):
        assert not verify_log(exports[300], since=flipped(head(200), bit)).ok


def test_a_rewritten_log_is_noticed():
    entries = list(ENTRIES[:300])
    entries[100] = leaf_bytes("other", AT, DIGEST)
    rewritten = export(300, entries)
    assert verify_log(rewritten).ok
    assert codes(verify_log(rewritten, since=head(200))) == {"not_extension"}
    assert verify_log(rewritten, since=head(100)).ok


def test_full_files_stand_for_partial_ones(exports):
    files = Files(exports[300])
    later = exports[512]
    del files["tile/0/001.p/44"], files["tile/entries/001.p/44"]
    files["tile/0/001"], files["tile/entries/001"] = later["tile/0/001"], later["tile/entries/001"]
    assert verify_log(files).ok
    listed = verify_log(Directory(files))
    assert listed.ok
    assert "2 files go beyond size 300" in listed.notes[0]


def test_files_left_over_from_smaller_sizes(exports):
    grown = Directory(exports[300] | exports[257] | exports[255] | exports[512])
    report = verify_log(grown)
    assert report.ok, report.findings
    assert report.size == 512
    left_over = set(grown) - set(exports[512])
    assert left_over
    for path in left_over:
        for bit in (0, len(grown[path]) * 4, len(grown[path]) * 8 - 1):
            files = Directory(grown)
            files[path] = flipped(grown[path], bit)
            assert codes(verify_log(files)) == {"left_over_mismatch"}, (path, bit)


def test_foreign_files_are_named(exports):
    files = Directory(exports[2])
    files["README.txt"] = b"about this log"
    report = verify_log(files)
    assert report.ok
    assert report.notes == ("1 files are no part of a log and were not looked at.",)


def test_other_signatures_are_named(exports):
    files = Directory(exports[2])
    text = files["checkpoint"].decode().partition("\n\n")[0] + "\n"
    files["checkpoint"] += WITNESS.sign(text).line().encode()
    report = verify_log(files)
    assert report.ok
    assert "court.example/witness" in report.notes[0]


def test_paths_of_tiles_are_those_of_the_format(exports):
    assert set(exports[257]) == {
        "checkpoint",
        "log.vkey",
        Tile(0, 0).path,
        Tile(0, 1, 1).path,
        Tile(1, 0, 1).path,
        Bundle(0).path,
        Bundle(1, 1).path,
    }
