"""The package of a production on the command line: zip or folder, right or wrong, without an office."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from fullfile.core.tlog import SigningKey
from tests.unit.core.verify.test_package import BODY, KEY, OTHER, planned, seal

if TYPE_CHECKING:
    from pathlib import Path


def zipped(key: SigningKey = KEY, *, folder: str = "production-5", body: bytes = BODY) -> bytes:
    plan = planned(seal(key))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, made in plan.made:
            archive.writestr(f"{folder}/{path}", made)
        for path, _, _ in plan.stored:
            archive.writestr(f"{folder}/{path}", body)
    return out.getvalue()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    place = tmp_path / "production-5.zip"
    place.write_bytes(zipped())
    return place


def test_a_zip_and_the_folder_unpacked_from_it(run, package, tmp_path):
    said = run("verify", str(package))
    assert said.status == 0, said.err
    assert said.out.startswith(
        "Right: the package is whole, as it was closed, and signed by this key with the record of 41,208 entries."
    )
    assert KEY.verifier.fingerprint in said.out
    assert "3 files, " in said.out
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    key = tmp_path / "office.vkey"
    key.write_text(KEY.verifier.vkey + "\n")
    given = run("verify", str(tmp_path / "production-5"), "--key", str(key))
    assert given.status == 0
    assert "signed by the key that you gave" in given.out


def test_a_changed_file_another_key_another_name(run, package, tmp_path):
    package.write_bytes(zipped(body=b"w" * len(BODY)))
    said = run("verify", str(package), "--format", "json")
    assert said.status == 1
    found = json.loads(said.out)
    assert (found["ok"], found["kind"]) == (False, "package")
    assert [one["code"] for one in found["findings"]] == ["changed"]
    package.write_bytes(zipped(OTHER))
    said = run("verify", str(package), "--key", KEY.verifier.vkey)
    assert said.status == 1
    assert "The package failed its check: 2 findings." in said.out
    package.write_bytes(zipped(folder="production-6"))
    assert (
        "The signature is of production-5, not of production-6." in run("verify", str(package)).out
    )
    rows = run("verify", str(package), "--format", "csv")
    assert rows.out.splitlines()[0] == "code,text,path,index"


def test_what_is_no_package_is_said_in_a_sentence(run, tmp_path):
    missing = run("verify", str(tmp_path / "nothing.zip"))
    assert missing.status == 2
    assert "There is no" in missing.err
    for name, body, words in (
        ("text.zip", b"no zip at all", "is no zip"),
        ("two.zip", _zip_of("a/x", "b/y"), "holds no one folder"),
        ("twice.zip", _zip_of("a/x", "a/x"), "twice"),
        ("empty.zip", _zip_of(), "holds no one folder"),
    ):
        place = tmp_path / name
        place.write_bytes(body)
        said = run("verify", str(place))
        assert said.status == 2
        assert words in said.err
    outside = tmp_path / "outside.zip"
    outside.write_bytes(_zip_of("a/../../../etc/passwd"))
    assert run("verify", str(outside)).status == 1  # read as a name, never as a place
    bad = run("verify", str(outside), "--key", "no key at all + +")
    assert bad.status == 2


def test_a_link_in_a_folder_leads_nowhere(run, package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "production-5" / "data" / "secret").symlink_to("/etc/hostname")
    said = run("verify", str(tmp_path / "production-5"))
    assert said.status == 1
    assert "data/secret: The file is not in manifest-sha256.txt." in said.out


def _zip_of(*names: str) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, b"x")
    return out.getvalue()
