"""The public leaf of an entry, and the salted digest that ties a body to it.

A leaf is the RFC 8785 JSON of {digest, id, recorded_at, v} and nothing more: it is published and
cannot be taken back, so it holds no personal text. The digest is SHA-256(salt || body) with the
body's canonical bytes and a salt of 32 random bytes that lies beside the body. Erasing body and
salt leaves the leaf, and every proof, whole.

Rules: the id is 1 to 200 characters without control characters; `recorded_at` is RFC 3339 with an
offset and at least hundredths of a second (CJIS AU-8); `v` is a whole number from 1 on. What the
id and `v` mean is said where entries are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from fullfile.core.tlog.canonical import MAX_INTEGER, canonical_bytes, parse_canonical
from fullfile.core.tlog.failures import Malformed, NotCanonical

__all__ = [
    "SALT_SIZE",
    "Leaf",
    "digest",
    "is_leaf",
    "leaf_bytes",
    "leaf_problem",
    "leaves_of",
    "parse_leaf",
]

SALT_SIZE: Final = 32

_DIGEST: Final = r"sha256:[0-9a-f]{64}"
_INSTANT: Final = (
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)\.[0-9]{2,9}"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
# Text of this form needs no escape, so the formatted leaf is its RFC 8785 form.
_PLAIN_LEAF: Final = re.compile(
    rf'\{{"digest":"{_DIGEST}","id":"[ !#-\[\]-~]{{1,200}}",'
    rf'"recorded_at":"{_INSTANT}","v":[1-9][0-9]{{0,14}}\}}'.encode()
)
_is_plain_leaf = _PLAIN_LEAF.fullmatch
_are_plain_ids = re.compile(r"[ !#-\[\]-~]*").fullmatch
_DIGEST_FORM: Final = re.compile(_DIGEST)
_INSTANT_FORM: Final = re.compile(_INSTANT)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MEMBERS: Final = {"digest", "id", "recorded_at", "v"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a leaf says."""

    id: str
    recorded_at: str
    digest: str
    v: int = 1


def digest(salt: bytes, body: bytes) -> str:
    """Return the digest of a body: `sha256:` and the hex of SHA-256(salt || body)."""
    return "sha256:" + sha256(salt + body).hexdigest()


def leaf_bytes(id: str, recorded_at: str, digest: str, v: int = 1) -> bytes:  # noqa: A002 - the member's name
    """Return the bytes of a leaf.

    Raises:
        Malformed: A member is not in its form.
    """
    text = f'{{"digest":"{digest}","id":"{id}","recorded_at":"{recorded_at}","v":{v}}}'
    if text.isascii():
        data = text.encode()
        if type(v) is int and _is_plain_leaf(data):
            return data
    leaf = Leaf(id, recorded_at, digest, v)
    _check(leaf)
    return canonical_bytes({"digest": digest, "id": id, "recorded_at": recorded_at, "v": v})


def leaves_of(
    ids: Sequence[str], recorded_at: str, salts: Sequence[bytes], bodies: Sequence[bytes]
) -> list[bytes]:
    """Return the leaves of many bodies that were recorded at one moment.

    The same as `digest` and `leaf_bytes` of each; their forms are looked at together.

    Raises:
        Malformed: A member is not in its form.
    """
    if not (
        _are_plain_ids("".join(ids))
        and all(1 <= len(id) <= 200 for id in ids)  # noqa: A001 - the member's name
        and _INSTANT_FORM.fullmatch(recorded_at)
    ):
        return [
            leaf_bytes(id, recorded_at, digest(salt, body))
            for id, salt, body in zip(ids, salts, bodies, strict=True)  # noqa: A001 - as above
        ]
    end = f'","recorded_at":"{recorded_at}","v":1}}'
    return [
        f'{{"digest":"sha256:{sha256(salt + body).hexdigest()}","id":"{id}{end}'.encode()
        for id, salt, body in zip(ids, salts, bodies, strict=True)  # noqa: A001 - as above
    ]


def is_leaf(data: bytes) -> bool:
    """Tell whether bytes are a leaf: the fast question of a bulk check."""
    return leaf_problem(data) is None


def leaf_problem(data: bytes) -> str | None:
    """Say why bytes are no leaf, or None if they are one."""
    if _is_plain_leaf(data):
        return None
    try:
        parse_leaf(data)
    except Malformed as error:
        return str(error)
    return None


def parse_leaf(data: bytes) -> Leaf:
    """Read a leaf.

    Raises:
        Malformed: The bytes are not the canonical JSON of a leaf.
    """
    try:
        value = parse_canonical(data)
    except NotCanonical as error:
        raise Malformed(f"The leaf is not canonical JSON: {error}") from None
    if not isinstance(value, dict) or set(value) != _MEMBERS:
        raise Malformed("A leaf has the members digest, id, recorded_at and v, and no other.")
    leaf = Leaf(value["id"], value["recorded_at"], value["digest"], value["v"])  # type: ignore[arg-type]
    _check(leaf)
    return leaf


def _check(leaf: Leaf) -> None:
    if not isinstance(leaf.id, str) or not 1 <= len(leaf.id) <= 200 or _CONTROL.search(leaf.id):
        raise Malformed("The id of a leaf is 1 to 200 characters without control characters.")
    if not isinstance(leaf.recorded_at, str) or not _INSTANT_FORM.fullmatch(leaf.recorded_at):
        raise Malformed(
            "recorded_at of a leaf is a time like 2024-03-06T09:30:00.00-07:00, "
            f"not {leaf.recorded_at!r}."
        )
    if not isinstance(leaf.digest, str) or not _DIGEST_FORM.fullmatch(leaf.digest):
        raise Malformed(f"The digest of a leaf is sha256: and 64 hex digits, not {leaf.digest!r}.")
    if type(leaf.v) is not int or not 1 <= leaf.v <= MAX_INTEGER:
        raise Malformed(f"v of a leaf is a whole number from 1 on, not {leaf.v!r}.")
