"""Signed notes: c2sp.org/signed-note@v1.0.0, as text, keys and signatures.

A note is text, a blank line, and lines `— name base64(key id || signature)`. Rules kept here:
UTF-8 without control characters but LF; split at the last blank line, since the text may hold
blank lines; the signed text includes its last LF; signatures of unknown keys (name and id) are
passed over; a bad signature of a known key refuses the note; a note without a valid
signature of a known key is refused. Up to 100 signature lines are read (the format asks for at
least 16), and 1 MB.

Signature types stand in one table, `SIGNATURE_TYPES`; a second type is a second row. Keys
are texts: `vkey` (public) as the format says, `skey` (private) as golang.org/x/mod's sumdb/note
writes it. Where a private key is kept is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from fullfile.core.errors import Refused
from fullfile.core.tlog import ed25519
from fullfile.core.tlog.base64text import from_base64, to_base64
from fullfile.core.tlog.failures import Malformed, ProofFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "ED25519",
    "SIGNATURE_TYPES",
    "Note",
    "Opened",
    "Signature",
    "SignatureType",
    "SigningKey",
    "VerifierKey",
    "key_id",
    "open_note",
    "parse_note",
    "sign_note",
]

ED25519: Final = 0x01
MAX_SIGNATURES: Final = 100
MAX_NOTE: Final = 1_000_000

_DASH: Final = "— "
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_HEX_ID: Final = re.compile(r"[0-9a-f]{8}")


class SignatureType(NamedTuple):
    """One kind of signature: how its keys look, and how it signs and checks."""

    name: str
    strange_key: Callable[[bytes], str | None]
    public_key: Callable[[bytes], bytes]
    sign: Callable[[bytes, bytes], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]


SIGNATURE_TYPES: Final[Mapping[int, SignatureType]] = {
    ED25519: SignatureType(
        "Ed25519", ed25519.strange_key, ed25519.public_key, ed25519.sign, ed25519.verify
    ),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Return the line, with its LF."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines. The signatures are claims until `open_note` checked them."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Return the bytes of the note."""
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that name the key in a signature line."""
        return key_id(self.name, self.kind, self.public)

    @property
    def vkey(self) -> str:
        """The key as text: `name+hex(id)+base64(type || key)`."""
        material = to_base64(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{material}"

    @property
    def fingerprint(self) -> str:
        """`sha256:` and the hex of SHA-256 over the vkey text; `sha256sum` gives the same."""
        return "sha256:" + sha256(self.vkey.encode()).hexdigest()

    def verify(self, text: bytes, signature: bytes) -> bool:
        """Tell whether this key signed the text."""
        return SIGNATURE_TYPES[self.kind].verify(self.public, text, signature)

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a vkey; raises Refused for any other text."""
        name, id_text, material = _split_key(text, "vkey", parts=3)
        kind, public = _key_material(material, "vkey")
        if strange := SIGNATURE_TYPES[kind].strange_key(public):
            raise Refused(f"The vkey of {name} cannot be used: {strange}.", code="bad_key")
        key = cls(name, kind, public)
        _check_id(id_text, key.key_id, "vkey", name)
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its name. It shows itself without its secret."""

    name: str
    kind: int
    secret: bytes

    def __repr__(self) -> str:
        return f"SigningKey({self.verifier.vkey})"

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = SIGNATURE_TYPES[self.kind].public_key(self.secret)
        return VerifierKey(self.name, self.kind, public)

    @property
    def skey(self) -> str:
        """The key as text: `PRIVATE+KEY+name+hex(id)+base64(type || secret)`."""
        material = to_base64(bytes([self.kind]) + self.secret)
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{material}"

    def sign(self, text: str) -> Signature:
        """Sign a text that ends in LF."""
        value = SIGNATURE_TYPES[self.kind].sign(self.secret, text.encode())
        return Signature(self.name, self.verifier.key_id, value)

    @classmethod
    def from_seed(cls, name: str, seed: bytes, kind: int = ED25519) -> SigningKey:
        """Make a key from 32 random bytes, which the caller provides."""
        if not _is_name(name):
            raise Refused(
                f"{name!r} is no key name: it must not be empty or hold a space or a plus.",
                code="bad_key",
            )
        if len(seed) != 32:
            raise Refused(f"A seed has 32 bytes, not {len(seed)}.", code="bad_key")
        return cls(name, kind, seed)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read an skey; raises Refused for any other text, and never shows it."""
        if not text.startswith("PRIVATE+KEY+"):
            raise Refused("The text is no skey: it begins with PRIVATE+KEY+.", code="bad_key")
        name, id_text, material = _split_key(text.removeprefix("PRIVATE+KEY+"), "skey", parts=3)
        kind, secret = _key_material(material, "skey")
        key = cls.from_seed(name, secret, kind)
        _check_id(id_text, key.verifier.key_id, "skey", name)
        return key


@dataclass(frozen=True, slots=True)
class Opened:
    """A note whose signatures were checked."""

    text: str
    signed_by: tuple[VerifierKey, ...]
    unknown: tuple[Signature, ...]


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Return SHA-256(name || LF || type || public key)[:4]."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def sign_note(text: str, keys: Iterable[SigningKey]) -> Note:
    """Sign a text with each key, in order."""
    note = Note(text, tuple(key.sign(text) for key in keys))
    parse_note(note.encode())
    return note


def parse_note(data: bytes) -> Note:
    """Read the form of a note. Nothing is verified.

    Raises:
        Malformed: The bytes are no signed note.
    """
    if len(data) > MAX_NOTE:
        raise Malformed(f"A note of {len(data)} bytes is longer than the {MAX_NOTE} we read.")
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise Malformed("The note is not UTF-8.") from None
    if control := _CONTROL.search(whole):
        raise Malformed(f"The note holds the control character U+{ord(control[0]):04X}.")
    before, blank, after = whole.rpartition("\n\n")
    if not blank:
        raise Malformed("The note has no blank line between text and signatures.")
    if not after.endswith("\n"):
        raise Malformed("The note does not end with a signature line and a line feed.")
    lines = after[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed(f"The note has {len(lines)} signature lines; {MAX_SIGNATURES} are read.")
    return Note(before + "\n", tuple(_parse_line(line) for line in lines))


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> Opened:
    """Read a note and check the signatures of the keys that are known.

    Raises:
        Malformed: The bytes are no signed note.
        ProofFailed: A known key's signature is bad, or no known key signed.
    """
    note = parse_note(data)
    text = note.text.encode()
    known = {(key.name, key.key_id): key for key in keys}
    signed_by: list[VerifierKey] = []
    unknown: list[Signature] = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            unknown.append(signature)
        elif not key.verify(text, signature.value):
            raise ProofFailed(f"The signature by {key.name} ({key.key_id.hex()}) is not valid.")
        elif key not in signed_by:
            signed_by.append(key)
    if not signed_by:
        raise ProofFailed(
            "No known key signed the note",
            expected=", ".join(f"{key.name} ({key.key_id.hex()})" for key in keys) or "a key",
            found=", ".join(f"{each.name} ({each.key_id.hex()})" for each in unknown),
        )
    return Opened(note.text, tuple(signed_by), tuple(unknown))


def _parse_line(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise Malformed(f"A signature line begins with an em dash and a space: {line[:80]!r}.")
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not space or not _is_name(name):
        raise Malformed(f"A signature line names its key and gives base64: {line[:80]!r}.")
    value = from_base64(encoded, f"The signature by {name}")
    if len(value) < 5:
        raise Malformed(f"The signature by {name} is shorter than a key id and a signature.")
    return Signature(name, value[:4], value[4:])


def _is_name(name: str) -> bool:
    return (
        bool(name)
        and "+" not in name
        and not any(each.isspace() for each in name)
        and not _CONTROL.search(name)
    )


def _split_key(text: str, what: str, *, parts: int) -> list[str]:
    # The name has no plus; the base64 may have some.
    split = text.split("+", parts - 1)
    if len(split) != parts or not _is_name(split[0]) or not _HEX_ID.fullmatch(split[1]):
        raise Refused(
            f"The text is no {what}: a {what} is name+8 hex digits+base64, on one line.",
            code="bad_key",
        )
    return split


def _key_material(text: str, what: str) -> tuple[int, bytes]:
    try:
        material = from_base64(text, f"The last part of the {what}")
    except Malformed:
        raise Refused(f"The last part of the {what} is not base64.", code="bad_key") from None
    if not material or material[0] not in SIGNATURE_TYPES:
        names = ", ".join(each.name for each in SIGNATURE_TYPES.values())
        raise Refused(f"The {what} is of a type that is not known: use {names}.", code="bad_key")
    return material[0], material[1:]


def _check_id(text: str, found: bytes, what: str, name: str) -> None:
    if text != found.hex():
        raise Refused(
            f"The {what} of {name} is damaged: its id is {text}, its key has {found.hex()}.",
            code="bad_key",
        )
