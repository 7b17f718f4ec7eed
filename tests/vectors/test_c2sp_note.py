"""The example of c2sp.org/signed-note, whole and with every bit changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullfile.core.errors import RecordDamaged, Refused
from fullfile.core.tlog import VerifierKey, open_note, parse_note

SOURCE = Path(__file__).parents[3] / "shared/vectors/c2sp"
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the shared vectors are not here")


@pytest.fixture
def note() -> bytes:
    return (SOURCE / "signed-note-example.txt").read_bytes()


@pytest.fixture
def key() -> VerifierKey:
    return VerifierKey.parse((SOURCE / "signed-note-example.vkey").read_text().strip())


def test_it_verifies(note, key):
    opened = open_note(note, [key])
    assert opened.text == "This is an example message.\n"
    assert opened.signed_by == (key,)
    assert parse_note(note).encode() == note
    assert key.key_id.hex() == "530d903a"


def test_every_changed_bit_is_noticed(note, key):
    for at in range(len(note) * 8):
        changed = bytearray(note)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(RecordDamaged):
            open_note(bytes(changed), [key])


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"\n", b"\r\n"), ("—".encode(), b"-"), (b"Uw2Q", b"Uw2R"), (b"QM=\n", b"QM=")],
)
def test_other_forms_are_refused(note, key, old, new):
    with pytest.raises(RecordDamaged):
        open_note(note.replace(old, new), [key])


def test_every_changed_bit_of_the_key_is_noticed(note, key):
    text = key.vkey.encode()
    for at in range(len(text) * 8):
        changed = bytearray(text)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises((Refused, RecordDamaged)):
            open_note(note, [VerifierKey.parse(changed.decode("latin-1"))])
