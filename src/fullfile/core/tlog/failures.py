"""What can be wrong with a piece of the log, as errors that tell expected and found.

`Malformed` and `ProofFailed` belong to the family `RecordDamaged`: a person decides what
happens next. `NotCanonical` and a bad key text are things the user can mend, so they are
`Refused`. Nothing here decides whether writing stops; the caller does.
"""

from __future__ import annotations

from fullfile.core.errors import RecordDamaged, Refused

__all__ = ["Malformed", "NotCanonical", "ProofFailed"]


class NotCanonical(Refused):
    """A value has no RFC 8785 form that we write, or bytes are not in that form."""

    def __init__(self, text: str) -> None:
        super().__init__(text, code="not_canonical")


class Malformed(RecordDamaged):
    """Bytes are not in the form that the format asks for (note, checkpoint, tile, leaf ...)."""


class ProofFailed(RecordDamaged):
    """A hash, a signature or a size is not what the proof asks for."""

    def __init__(self, what: str, *, expected: object = None, found: object = None) -> None:
        self.expected = expected
        self.found = found
        if expected is None and found is None:
            super().__init__(what)
        else:
            super().__init__(f"{what}: expected {_shown(expected)}, found {_shown(found)}.")


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
