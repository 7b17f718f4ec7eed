"""A package checked by itself: whole and signed, or everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from fullfile.core.bag.plan import Packed, PackedFile, PackedItem, Plan, Seal, plan_of
from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    PACKAGE,
    Checkpoint,
    Malformed,
    ProofFailed,
    SigningKey,
    Statement,
    open_checkpoint,
    open_statement,
    parse_statement,
    sign_checkpoint,
    sign_statement,
)
from fullfile.core.verify import verify_package

BODY = b"what the deputy saw"
KEY = SigningKey.from_seed("office.example/log", bytes(range(32)))
OTHER = SigningKey.from_seed("office.example/log", bytes(range(1, 33)))
HEAD = Checkpoint("office.example/log", 41_208, hashlib.sha256(b"root").digest())


def seal(key: SigningKey = KEY) -> Seal:
    return Seal(
        lambda name, manifest: sign_statement(Statement(PACKAGE, name, manifest, HEAD), key),
        key.verifier.vkey,
    )


def planned(sealed: Seal | None = None, name: str = "production-5") -> Plan:
    file = PackedFile(hashlib.sha256(BODY).hexdigest(), "report.txt", len(BODY))
    item = PackedItem("Sheriff", "E-1", "a report", "document", "whole", "", (file,))
    return plan_of(Packed(name, {"production": 5}, (("External-Identifier", "5"),), [item]), sealed)


@dataclass
class Files:
    bodies: dict[str, bytes]
    name: str = "production-5"

    def paths(self) -> list[str]:
        return list(self.bodies)

    def chunks(self, path: str) -> Iterator[bytes]:
        body = self.bodies[path]
        yield body[:5]
        yield body[5:]


def files(plan: Plan | None = None) -> Files:
    plan = plan or planned(seal())
    found = dict(plan.made)
    found.update({path: BODY for path, _, _ in plan.stored})
    return Files(found)


def codes(bad: Files, vkey: str | None = None) -> set[str]:
    found = verify_package(bad, vkey)
    assert not found.ok
    return {one.code for one in found.findings}


def test_right_with_the_key_in_the_package_and_with_one_from_elsewhere() -> None:
    found = verify_package(files())
    assert found.ok, found.findings
    assert (found.kind, found.size, found.origin) == ("package", 41_208, "office.example/log")
    assert not found.key_given
    assert found.fingerprint == KEY.verifier.fingerprint
    given = verify_package(files(), KEY.verifier.vkey)
    assert given.ok
    assert given.key_given
    assert given.notes == ("3 files, 645 bytes.",) or given.notes[0].startswith("3 files, ")


def test_the_same_package_is_the_same_bytes() -> None:
    assert planned(seal()) == planned(seal())


DATA = "data/items/0001_Sheriff_E-1/report.txt"


def _change(bodies: dict[str, bytes]) -> None:
    bodies[DATA] = b"what the deputy did not see"


def _take_out(bodies: dict[str, bytes]) -> None:
    del bodies[DATA]


def _put_in(bodies: dict[str, bytes]) -> None:
    bodies["data/more.txt"] = b"more"


def _list_anew(bodies: dict[str, bytes]) -> None:
    """A file is changed and every digest made good again, up to the tag manifest: only the signature tells."""
    bodies[DATA] = b"w" * len(BODY)
    old, new = hashlib.sha256(BODY).hexdigest(), hashlib.sha256(bodies[DATA]).hexdigest()
    before = hashlib.sha256(bodies["manifest-sha256.txt"]).hexdigest()
    bodies["manifest-sha256.txt"] = bodies["manifest-sha256.txt"].replace(
        old.encode(), new.encode()
    )
    after = hashlib.sha256(bodies["manifest-sha256.txt"]).hexdigest()
    bodies["tagmanifest-sha256.txt"] = bodies["tagmanifest-sha256.txt"].replace(
        before.encode(), after.encode()
    )


def _no_note(bodies: dict[str, bytes]) -> None:
    del bodies["manifest-sha256.note"]


def _no_note_and_no_word_of_it(bodies: dict[str, bytes]) -> None:
    bodies.update(planned().made)
    del bodies["manifest-sha256.note"]
    del bodies["log.vkey"]


def _other_note(bodies: dict[str, bytes]) -> None:
    bodies["manifest-sha256.note"] = bodies["manifest-sha256.note"].replace(
        b"production-5", b"production-6"
    )


def _a_checkpoint_for_a_note(bodies: dict[str, bytes]) -> None:
    bodies["manifest-sha256.note"] = sign_checkpoint(HEAD, [KEY])


def _no_manifest(bodies: dict[str, bytes]) -> None:
    del bodies["manifest-sha256.txt"]


def _nonsense(bodies: dict[str, bytes]) -> None:
    bodies["manifest-sha256.txt"] += b"nonsense\n"


def _no_bag(bodies: dict[str, bytes]) -> None:
    bodies["bagit.txt"] = b"BagIt-Version: 0.97\n"


def _no_oxum(bodies: dict[str, bytes]) -> None:
    bodies["bag-info.txt"] = b""


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (_change, {"changed", "oxum"}),
        (_take_out, {"missing", "oxum"}),
        (_put_in, {"extra", "oxum"}),
        (_list_anew, {"other_manifest"}),
        (_no_note, {"missing", "no_signature"}),
        (_no_note_and_no_word_of_it, {"no_key", "no_signature"}),
        (_other_note, {"changed", "other_name", "signature"}),
        (_a_checkpoint_for_a_note, {"changed", "signature"}),
        (_no_manifest, {"missing", "other_manifest"}),
        (_nonsense, {"changed", "manifest_line", "other_manifest"}),
        (_no_bag, {"changed", "no_bag"}),
        (_no_oxum, {"changed", "oxum"}),
    ],
)
def test_everything_that_is_wrong_is_reported(
    harm: Callable[[dict[str, bytes]], None], expected: set[str]
) -> None:
    bad = files()
    harm(bad.bodies)
    assert codes(bad) == expected


def test_another_key_another_name_and_no_key() -> None:
    forged = files(planned(seal(OTHER)))
    assert verify_package(forged).ok  # whole, and signed by the key in it: to be compared
    assert codes(forged, KEY.verifier.vkey) == {"other_key", "signature"}
    assert codes(Files(files().bodies, name="production-7")) == {"other_name"}
    assert verify_package(Files(files().bodies, name="")).ok
    with pytest.raises(Refused):
        verify_package(files(), "no key")


def test_a_statement_is_no_checkpoint_and_a_checkpoint_no_statement() -> None:
    note = sign_statement(Statement(PACKAGE, "production-5", "0" * 64, HEAD), KEY)
    assert open_statement(note, KEY.verifier).checkpoint == HEAD
    with pytest.raises(Malformed):
        open_checkpoint(note, [KEY.verifier])
    with pytest.raises(Malformed):
        open_statement(sign_checkpoint(HEAD, [KEY]), KEY.verifier)
    with pytest.raises(ProofFailed):
        open_statement(note, OTHER.verifier)
    for text in ("", "a\nb\n", "fullfile.other\nx\nsha256:" + "0" * 64 + "\n" + HEAD.text):
        with pytest.raises(Malformed):
            Statement.parse(text)
    for wrong in (
        Statement(PACKAGE, "a b", "0" * 64, HEAD),
        Statement(PACKAGE, "a", "0" * 63, HEAD),
    ):
        with pytest.raises(Malformed):
            sign_statement(wrong, KEY)
    named = SigningKey.from_seed("another.example/log", bytes(32))
    with pytest.raises(Refused):
        sign_statement(Statement(PACKAGE, "a", "0" * 64, HEAD), named)
    lying = Statement(PACKAGE, "a", "0" * 64, Checkpoint("another.example/log", 1, HEAD.root))
    from fullfile.core.tlog import sign_note

    with pytest.raises(ProofFailed):
        open_statement(sign_note(lying.text, [KEY]).encode(), KEY.verifier)
    assert parse_statement(note).name == "production-5"
