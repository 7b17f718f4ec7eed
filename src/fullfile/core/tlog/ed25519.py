"""Ed25519 (RFC 8032) with one stated rule for the edge cases, and the table of signature types.

The rule: canonical encodings only. A signature is valid when

1. S is below the order of the group (RFC 8032 section 5.1.7);
2. the encodings of the public key A and of R are canonical: y below 2**255 - 19, and no sign bit
   where x is 0;
3. A is not of low order (such a key "signs" nearly everything);
4. the equation without cofactor holds, as `cryptography` (OpenSSL) checks it.

So one signature has one byte form, and every verifier that is at least as lenient agrees on what
we sign. R may be of low order: that is harmless where A is not. Tested against the CCTV vectors.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["public_key", "sign", "strange_key", "verify"]

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
# The y coordinates of the eight points of low order: 1, -1, 0 and +-y8 for the four of order 8.
_Y8: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_LOW_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})


def public_key(seed: bytes) -> bytes:
    """Return the public key of a private seed of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the signature of a message, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def strange_key(public: bytes) -> str | None:
    """Say why a public key is not used, or None if it is an ordinary one."""
    if len(public) != 32:
        return f"an Ed25519 key has 32 bytes, not {len(public)}"
    if not _is_canonical(public):
        return "the key is not in its canonical encoding"
    if _y(public) in _LOW_ORDER_Y:
        return "the key is of low order and would accept nearly any signature"
    return None


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature is valid by the rule of this module."""
    if len(signature) != 64 or strange_key(public) is not None:
        return False
    if int.from_bytes(signature[32:], "little") >= _ORDER or not _is_canonical(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _y(point: bytes) -> int:
    return int.from_bytes(point, "little") & ((1 << 255) - 1)


def _is_canonical(point: bytes) -> bool:
    y = _y(point)
    x_is_zero = y in (1, _P - 1)
    return y < _P and not (x_is_zero and point[31] & 0x80)
