"""Notes, keys, checkpoints and proof files: strict forms, known and unknown keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    EMPTY_ROOT,
    Checkpoint,
    Malformed,
    MemoryHashes,
    Note,
    ProofFailed,
    Signature,
    SigningKey,
    VerifierKey,
    build_proof,
    ed25519,
    leaf_hashes,
    open_checkpoint,
    open_note,
    parse_checkpoint,
    parse_note,
    parse_proof,
    root_hash,
    sign_checkpoint,
    sign_note,
    verify_proof,
)

NAME = "records.da.example/log1"
KEY = SigningKey.from_seed(NAME, b"\x01" * 32)
OTHER = SigningKey.from_seed(NAME, b"\x02" * 32)
COURT = SigningKey.from_seed("court.example/witness", b"\x03" * 32)
LEAVES = leaf_hashes(b"%d" % at for at in range(300))
MEMORY = MemoryHashes(LEAVES)


def note(text: str, *lines: str) -> bytes:
    return (text + "\n" + "".join(lines)).encode()


def test_keys_as_text():
    assert VerifierKey.parse(KEY.verifier.vkey) == KEY.verifier
    assert SigningKey.parse(KEY.skey) == KEY
    assert KEY.skey.startswith(f"PRIVATE+KEY+{NAME}+{KEY.verifier.key_id.hex()}+")
    assert "\x01" * 32 not in repr(KEY)
    assert KEY.skey.rpartition("+")[2] not in repr(KEY)
    assert KEY.verifier.fingerprint.startswith("sha256:")
    assert KEY.verifier.fingerprint != OTHER.verifier.fingerprint


VKEY = KEY.verifier.vkey


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        VKEY + "\n",
        " " + VKEY,
        VKEY[:-1],
        VKEY[:-4],
        VKEY.replace("records", "record"),
        VKEY.replace(KEY.verifier.key_id.hex(), KEY.verifier.key_id.hex().upper() + "0"),
        VKEY.replace(KEY.verifier.key_id.hex(), "00000000"),
        "a b+00000000+AQ==",
        "a+00000000+",
        "a+00000000+/w==",
        "+00000000+AQ==",
        "é\xa0+00000000+AQ==",
        VerifierKey("a", 1, b"\0" * 32).vkey,
        VerifierKey("a", 1, b"\1" + b"\0" * 31).vkey,
        VerifierKey("a", 1, b"\xff" * 32).vkey,
        VerifierKey("a", 1, b"\x05" * 31).vkey,
    ],
)
def test_texts_that_are_no_vkey(text):
    with pytest.raises(Refused):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text", ["", VKEY, KEY.skey[:-4], KEY.skey + "A", KEY.skey.replace("records", "record")]
)
def test_texts_that_are_no_skey(text):
    with pytest.raises(Refused) as caught:
        SigningKey.parse(text)
    assert KEY.skey.rpartition("+")[2] not in str(caught.value)


def test_seeds_and_names():
    with pytest.raises(Refused, match="32 bytes"):
        SigningKey.from_seed(NAME, b"short")
    for name in ("", "a b", "a+b", "a\u2003b", "a\nb", "a\x01b"):
        with pytest.raises(Refused, match="key name"):
            SigningKey.from_seed(name, b"\x01" * 32)


def test_low_order_keys_are_found():
    p = 2**255 - 19
    for y in (0, 1, p - 1):
        assert "low order" in (ed25519.strange_key(y.to_bytes(32, "little")) or "")
    assert "canonical" in (ed25519.strange_key(p.to_bytes(32, "little")) or "")
    assert "canonical" in (ed25519.strange_key((1 + 2**255).to_bytes(32, "little")) or "")
    assert ed25519.strange_key(KEY.verifier.public) is None
    assert not ed25519.verify(KEY.verifier.public, b"", b"\0" * 63)


texts = st.text(st.characters(codec="utf-8", min_codepoint=0x20) | st.just("\n")).map(
    lambda text: text + "\n"
)


@given(texts)
def test_any_text_can_be_signed(text):
    data = sign_note(text, [KEY, COURT]).encode()
    opened = open_note(data, [KEY.verifier])
    assert opened.text == text
    assert opened.signed_by == (KEY.verifier,)
    assert [each.name for each in opened.unknown] == [COURT.name]


@pytest.mark.parametrize("text", ["", "no line feed", "tab\t\n", "\r\n", "nul\0\n"])
def test_texts_that_cannot_be_signed(text):
    with pytest.raises(Malformed):
        sign_note(text, [KEY])


def test_text_may_hold_blank_lines_and_signature_lines():
    text = "one\n\n" + KEY.sign("one\n").line() + "\n\nend\n"
    assert open_note(sign_note(text, [KEY]).encode(), [KEY.verifier]).text == text


def test_unknown_keys_are_passed_over_even_with_the_same_name_or_id():
    text = "text\n"
    same_id = Signature("elsewhere.example", KEY.verifier.key_id, b"x" * 64)
    data = note(text, OTHER.sign(text).line(), same_id.line(), KEY.sign(text).line())
    opened = open_note(data, [KEY.verifier])
    assert opened.signed_by == (KEY.verifier,)
    assert len(opened.unknown) == 2
    with pytest.raises(ProofFailed, match="No known key"):
        open_note(data, [COURT.verifier])
    with pytest.raises(ProofFailed, match="No known key"):
        open_note(data, [])


def test_a_bad_signature_of_a_known_key_refuses_the_note():
    text = "text\n"
    bad = Signature(COURT.name, COURT.verifier.key_id, b"x" * 64)
    data = note(text, KEY.sign(text).line(), bad.line())
    assert open_note(data, [KEY.verifier]).signed_by == (KEY.verifier,)
    with pytest.raises(ProofFailed, match="not valid"):
        open_note(data, [KEY.verifier, COURT.verifier])


def test_number_of_signatures():
    text = "text\n"
    many = [SigningKey.from_seed(f"w{at}.example", bytes([at]) * 32) for at in range(101)]
    for count in (16, 100):
        opened = open_note(sign_note(text, many[:count]).encode(), [many[count - 1].verifier])
        assert len(opened.unknown) == count - 1
    with pytest.raises(Malformed, match="101 signature lines"):
        sign_note(text, many)
    twice = note(text, KEY.sign(text).line() * 2)
    assert open_note(twice, [KEY.verifier]).signed_by == (KEY.verifier,)


LINE = KEY.sign("text\n").line()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        note("text\n", LINE[:-1]),
        note("text\n", LINE, "\n"),
        note("text\n", LINE.replace("— ", "- ")),
        note("text\n", LINE.replace("— ", "—")),
        note("text\n", LINE.replace(" " + NAME + " ", " ")),
        note("text\n", LINE.replace(NAME, "a+b")),
        note("text\n", LINE.replace(NAME, "a\u00a0b")),
        note("text\n", LINE.replace("\n", " \n")),
        note("text\n", LINE.replace("=", "")),
        note("text\n", "— a AAAA\n"),
        note("text\n", "— a AAAAAA==\n"),
        note("text\n", "— a AAAAA\u00e9==\n"),
        note("te\rxt\n", LINE),
        b"\xff" + note("text\n", LINE),
        note("x" * 1_000_000 + "\n", LINE),
    ],
)
def test_bytes_that_are_no_note(data):
    with pytest.raises(Malformed):
        parse_note(data)


def test_checkpoint():
    checkpoint = Checkpoint(NAME, 300, root_hash(300, MEMORY))
    data = sign_checkpoint(checkpoint, [KEY, OTHER])
    assert parse_checkpoint(data) == checkpoint
    assert open_checkpoint(data, [KEY.verifier]) == checkpoint
    assert open_checkpoint(data, [OTHER.verifier]) == checkpoint
    empty = sign_checkpoint(Checkpoint(NAME, 0, EMPTY_ROOT), [KEY])
    assert b"\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" in empty
    with pytest.raises(Refused, match="of that name"):
        sign_checkpoint(checkpoint, [COURT])
    with pytest.raises(Refused, match="of that name"):
        sign_checkpoint(checkpoint, [])
    foreign = sign_note(checkpoint.text, [COURT]).encode()
    with pytest.raises(ProofFailed, match="another log"):
        open_checkpoint(foreign, [COURT.verifier])


ROOT = "A" * 43 + "="


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{NAME}\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"{NAME}\n01\n{ROOT}\n",
        f"{NAME}\n+1\n{ROOT}\n",
        f"{NAME}\n-1\n{ROOT}\n",
        f"{NAME}\n1 \n{ROOT}\n",
        f"{NAME}\n١\n{ROOT}\n",
        f"{NAME}\n9223372036854775808\n{ROOT}\n",
        f"{NAME}\n1\n{ROOT[:-1]}\n",
        f"{NAME}\n1\n{'A' * 42}B=\n",
        f"{NAME}\n1\nAAAA\n",
        f"{NAME}\n1\n{ROOT}\nextension\n",
        f"{NAME}\n1\n{ROOT}\n\n",
        f"{NAME}\n1\n",
    ],
)
def test_texts_that_are_no_checkpoint(text):
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


def test_the_empty_log_has_one_root():
    with pytest.raises(ProofFailed):
        Checkpoint.parse(f"{NAME}\n0\n{ROOT}\n")


HEAD = Checkpoint(NAME, 300, root_hash(300, MEMORY))
SIGNED = sign_checkpoint(HEAD, [KEY]) + COURT.sign(HEAD.text).line().encode()


@given(st.integers(0, 299), st.none() | st.binary())
def test_proof_file(index, extra):
    proof = build_proof(index, MEMORY, SIGNED, extra=extra)
    data = proof.encode()
    assert parse_proof(data) == proof
    assert data.startswith(b"c2sp.org/tlog-proof@v1\n")
    assert data.endswith(b"\n\n" + SIGNED)
    assert verify_proof(proof, LEAVES[index], [KEY.verifier]).size == 300
    with pytest.raises(ProofFailed):
        verify_proof(proof, LEAVES[index - 1], [KEY.verifier])
    with pytest.raises(ProofFailed):
        verify_proof(proof, LEAVES[index], [OTHER.verifier])


def test_proof_file_of_one_entry():
    signed = sign_checkpoint(Checkpoint(NAME, 1, LEAVES[0]), [KEY])
    proof = build_proof(0, MEMORY, signed)
    assert proof.encode() == b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + signed
    assert verify_proof(parse_proof(proof.encode()), LEAVES[0], [KEY.verifier]).size == 1


GOOD = build_proof(7, MEMORY, SIGNED, extra=b"leaf").encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SIGNED,
        GOOD.replace(b"@v1", b"@v2"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"index 7", b"index 07"),
        GOOD.replace(b"index 7\n", b""),
        GOOD.replace(b"index 7", b"Index 7"),
        GOOD.replace(b"extra ", b"extra  "),
        GOOD.replace(b"extra ", b"other "),
        GOOD.replace(b"index 7\n", b"index 7\nAAAA\n"),
        GOOD.replace(b"index 7\n", b"index 7\n\xc3\xa9\n"),
        GOOD.replace(b"index 7\n", b"index 7\n" + (ROOT.encode() + b"\n") * 60),
        GOOD.partition(b"\n\n")[0] + b"\n\n",
        GOOD.partition(b"\n\n")[0],
    ],
)
def test_bytes_that_are_no_proof(data):
    with pytest.raises(Malformed):
        parse_proof(data)


def test_note_encode_is_what_was_read():
    read = parse_note(SIGNED)
    assert isinstance(read, Note)
    assert read.encode() == SIGNED
