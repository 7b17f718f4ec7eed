"""Canonical JSON (RFC 8785, JCS): the one byte form of a value that is hashed or signed.

What we write is a part of JSON: text, whole numbers, true, false, null, lists and objects.
Floats are refused, so are whole numbers beyond 2**53 - 1 (JSON readers round them), lone
surrogates (no UTF-8 form) and keys that are not text. Text is not normalised (RFC 8785 does
not either); names become NFC at import.

The fast path is `json`'s C encoder: for ASCII keys its sorting by code points is RFC 8785's
sorting by UTF-16 units (section 3.2.3), and its escapes are those of section 3.2.2.2. Keys
beyond ASCII go through `rfc8785`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from types import NoneType
from typing import Final, TypeAlias

import rfc8785

from fullfile.core.tlog.failures import NotCanonical

__all__ = ["MAX_INTEGER", "Json", "canonical_bytes", "parse_canonical"]

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

MAX_INTEGER: Final = 2**53 - 1
_PLAIN: Final = frozenset({str, bool, NoneType})
_TEXT: Final = frozenset({str})
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical_bytes(value: object) -> bytes:
    """Return the RFC 8785 bytes of a value.

    Raises:
        NotCanonical: The value holds something that we do not write.
    """
    try:
        if _is_plain(value):
            return _ENCODER.encode(value).encode()
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # _is_plain has looked at it
    except (UnicodeEncodeError, rfc8785.CanonicalizationError):
        raise NotCanonical(
            "A text holds half a surrogate pair, which has no UTF-8 form: repair it at its source."
        ) from None
    except RecursionError:
        raise NotCanonical(
            "The value is nested too deeply, or in a circle: flatten it before it is recorded."
        ) from None


def parse_canonical(data: bytes) -> Json:
    """Read canonical JSON and refuse every other form of the same value.

    Duplicate keys, spaces, other escapes, floats or another order of keys all give other
    bytes when written again; that is how they are noticed.

    Raises:
        NotCanonical: The bytes are not what `canonical_bytes` would write.
    """
    try:
        value: Json = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"The bytes are not JSON in UTF-8: {error}.") from None
    if canonical_bytes(value) != data:
        _refuse_duplicates(data)
        raise NotCanonical(
            "The JSON is not in its RFC 8785 form (order of keys, spaces, escapes or numbers differ)."
        )
    return value


def _is_plain(value: object) -> bool:
    """Refuse what we do not write; tell whether the fast path may write the rest."""
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind is int:
        _check_integer(value)  # type: ignore[arg-type]
        return True
    plain = True
    inner: Iterable[object]
    if isinstance(value, dict):
        if not _TEXT.issuperset(map(type, value)):
            for key in value:
                if not isinstance(key, str):
                    raise NotCanonical(f"The key {key!r} is not text: JSON keys are text.")
            plain = False
        elif not "".join(value).isascii():
            plain = False
        inner = value.values()
    elif isinstance(value, (list, tuple)):
        inner = value
    else:
        return _is_plain_scalar(value)
    if not _PLAIN.issuperset(map(type, inner)):
        for item in inner:
            if type(item) not in _PLAIN and not _is_plain(item):
                plain = False
    return plain


def _is_plain_scalar(value: object) -> bool:
    if isinstance(value, float):
        raise NotCanonical(f"{value!r} is a float: write a whole number, or a decimal as text.")
    if isinstance(value, str):
        return False
    if isinstance(value, int):
        _check_integer(value)
        return False
    raise NotCanonical(f"{type(value).__name__} has no JSON form: turn it into text first.")


def _check_integer(value: int) -> None:
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise NotCanonical(f"{value} is beyond 2**53 - 1: write it as text.")


def _refuse_duplicates(data: bytes) -> None:
    def as_object(pairs: list[tuple[str, Json]]) -> Json:
        value = dict(pairs)
        if len(value) != len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise NotCanonical(f"The key {twice!r} stands twice in one object.")
        return value

    json.loads(data.decode(), object_pairs_hook=as_object)
