"""Base64 of RFC 4648 section 4, read strictly: one text for one value.

Python's decoder skips foreign characters and ignores the unused bits of the last group, so that
several texts give the same bytes. Where a changed character must be noticed, that is a hole.
"""

from __future__ import annotations

import binascii

from fullfile.core.tlog.failures import Malformed

__all__ = ["from_base64", "to_base64"]


def to_base64(data: bytes) -> str:
    """Return the base64 text of bytes."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(text: str, what: str) -> bytes:
    """Read base64; `what` names the thing in the error.

    Raises:
        Malformed: The text is not the one base64 form of any bytes.
    """
    try:
        data = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except ValueError:
        raise Malformed(f"{what} is not base64: {text[:80]!r}.") from None
    if to_base64(data) != text:
        raise Malformed(f"{what} is not base64 in its one proper form: {text[:80]!r}.")
    return data
