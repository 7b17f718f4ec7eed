"""Single files, and the office's own rows."""

from __future__ import annotations

import pytest

from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    EMPTY_ROOT,
    Checkpoint,
    Frontier,
    MemoryHashes,
    SigningKey,
    build_proof,
    digest,
    leaf_bytes,
    leaf_hashes,
    sign_checkpoint,
)
from fullfile.core.verify import LogReport, verify_bodies, verify_file, verify_record

NAME = "records.da.example/log1"
KEY = SigningKey.from_seed(NAME, b"\x01" * 32)
OTHER = SigningKey.from_seed(NAME, b"\x02" * 32)
VKEY = KEY.verifier.vkey
AT = "2024-03-06T09:30:00.00-07:00"


def row(at: int) -> tuple[bytes, bytes | None, bytes | None]:
    salt, body = at.to_bytes(32, "big"), b'{"n":"%d"}' % at
    return leaf_bytes(f"entry {at}", AT, digest(salt, body)), body, salt


ROWS = [row(at) for at in range(300)]
HASHES = leaf_hashes(each[0] for each in ROWS)
MEMORY = MemoryHashes(HASHES)
EDGE = Frontier().append_leaves(HASHES)


def head(size: int, key: SigningKey = KEY) -> bytes:
    return sign_checkpoint(
        Checkpoint(NAME, size, Frontier().append_leaves(HASHES[:size]).root()), [key]
    )


def codes(report: LogReport) -> list[str]:
    return [finding.code for finding in report.findings]


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_a_checkpoint_by_itself():
    report = verify_file(head(300), VKEY)
    assert report.ok
    assert (report.kind, report.size, report.key_given) == ("checkpoint", 300, True)
    beside = verify_file(head(300), beside=(VKEY + "\n").encode())
    assert beside.ok
    assert not beside.key_given
    assert codes(verify_file(head(300))) == ["no_key"]
    assert codes(verify_file(head(300, OTHER), VKEY)) == ["checkpoint"]
    assert codes(verify_file(b"anything", VKEY)) == ["checkpoint"]
    with pytest.raises(Refused):
        verify_file(head(300), "key")
    for bit in range(len(head(300)) * 8):
        assert not verify_file(flipped(head(300), bit), VKEY).ok


def test_a_proof_by_itself():
    data = build_proof(7, MEMORY, head(300), extra=ROWS[7][0]).encode()
    report = verify_file(data, VKEY)
    assert report.ok, report.findings
    assert (report.kind, report.entry, report.size) == ("proof", 7, 300)
    assert verify_file(data, VKEY, leaf=ROWS[7][0]).ok
    assert codes(verify_file(data, VKEY, leaf=ROWS[8][0])) == ["other_leaf", "inclusion"]
    assert codes(verify_file(data)) == ["no_key"]
    for bit in range(len(data) * 8):
        assert not verify_file(flipped(data, bit), VKEY).ok, bit


def test_a_proof_without_its_leaf():
    data = build_proof(7, MEMORY, head(300)).encode()
    assert codes(verify_file(data, VKEY)) == ["no_leaf"]
    assert verify_file(data, VKEY, leaf=ROWS[7][0]).ok
    assert codes(verify_file(data, VKEY, leaf=b"no leaf")) == ["leaf_form", "inclusion"]
    assert codes(verify_file(b"c2sp.org/tlog-proof@v1\n", VKEY)) == ["proof_form"]


def test_good_rows():
    batches = list(verify_bodies(ROWS, batch=128))
    assert [batch.first for batch in batches] == [0, 128, 256]
    assert [each for batch in batches for each in batch.hashes] == HASHES
    assert not [finding for batch in batches for finding in batch.findings]
    later = list(verify_bodies(ROWS[100:], first=100))
    assert (later[0].first, later[0].findings) == (100, [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda leaf, body, salt: (leaf, body + b" ", salt), "digest"),
        (lambda leaf, body, salt: (leaf, body, salt[::-1]), "digest"),
        (lambda leaf, body, salt: (leaf, salt[-1:] + body, salt[:-1]), "salt"),
        (lambda leaf, body, _: (leaf, body, None), "salt"),
        (lambda leaf, _, salt: (leaf, None, salt), "body_missing"),
        (lambda leaf, *_: (leaf, None, None), "body_missing"),
        (lambda leaf, body, salt: (leaf + b" ", body, salt), "leaf_form"),
    ],
)
def test_changed_rows(change, code):
    rows = list(ROWS)
    rows[200] = change(*rows[200])
    (finding,) = (each for batch in verify_bodies(rows) for each in batch.findings)
    assert (finding.code, finding.index) == (code, 200)
    report = verify_record(rows, key=VKEY, checkpoints={"the database": head(300)})
    assert code in codes(report)


def test_any_bit_of_a_row():
    for part in range(3):
        for bit in range(len(ROWS[1][part] or b"") * 8):
            rows = list(ROWS[:2])
            changed = list(rows[1])
            changed[part] = flipped(changed[part] or b"", bit)
            rows[1] = tuple(changed)
            report = verify_record(rows, key=KEY.verifier, checkpoints={"db": head(2)})
            assert not report.ok, (part, bit)


def test_erased_rows():
    rows = list(ROWS)
    rows[5] = (rows[5][0], None, None)
    assert verify_record(rows, key=VKEY, checkpoints={"db": head(300)}, erased={5}).ok
    left = verify_record(ROWS, key=VKEY, checkpoints={}, erased={5})
    assert codes(left) == ["not_erased"]


def test_a_good_record():
    report = verify_record(
        iter(ROWS),
        key=KEY.verifier,
        checkpoints={"start": head(0), "early": head(100), "twin": head(100), "last": head(300)},
        frontier=EDGE,
    )
    assert report.ok, report.findings
    assert (report.kind, report.size, report.root) == ("record", 300, EDGE.root())
    ahead = verify_record(ROWS, key=VKEY, checkpoints={"last": head(299)})
    assert (ahead.ok, ahead.size) == (True, 300)
    empty = verify_record([], key=VKEY, checkpoints={"start": head(0)}, frontier=Frontier())
    assert (empty.ok, empty.size, empty.root) == (True, 0, EMPTY_ROOT)


def test_a_restored_old_copy_is_noticed():
    report = verify_record(ROWS[:200], key=VKEY, checkpoints={"outside": head(300)})
    assert codes(report) == ["shrunk"]
    assert "300" in report.findings[0].text
    assert "outside" in report.findings[0].text


def test_a_rewritten_record_is_noticed():
    rows = [*ROWS[:150], row(999), *ROWS[151:]]
    report = verify_record(
        rows, key=VKEY, checkpoints={"early": head(100), "last": head(300)}, frontier=EDGE
    )
    assert codes(report) == ["root", "frontier"]
    assert report.findings[0].path == "last"


def test_a_foreign_checkpoint_is_noticed():
    report = verify_record(ROWS, key=VKEY, checkpoints={"outside": head(300, OTHER)})
    assert codes(report) == ["checkpoint"]
    garbage = verify_record(ROWS, key=VKEY, checkpoints={"outside": b""})
    assert codes(garbage) == ["checkpoint"]
