"""The five families of errors, and the reasons they carry.

Each error is one sentence a person can act on: what was expected, what was
found, and what to do. The command line maps a family to an exit status, the
web office to an HTTP status; nothing else decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fullfile.core.said import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Busy",
    "FullfileError",
    "NotFound",
    "NotPermitted",
    "Reason",
    "RecordDamaged",
    "Refused",
    "Unavailable",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a refusal: a stable code, and a sentence with the way out."""

    code: str
    text: str


class FullfileError(Exception):
    """The root of all errors that are meant for a person."""

    @property
    def words(self) -> str:
        """What it says, with its parts where it has them (`core.said`); `str` of it is plain text."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class Refused(FullfileError):
    """The request breaks a rule that the user can mend. Carries every reason."""

    def __init__(self, reasons: Sequence[Reason] | str, *, code: str = "refused") -> None:
        self.reasons: tuple[Reason, ...] = (
            (Reason(code, reasons),) if isinstance(reasons, str) else tuple(reasons)
        )
        super().__init__(joined([reason.text for reason in self.reasons]))


class NotPermitted(FullfileError):
    """This person may not do this."""


class NotFound(FullfileError):
    """There is no such thing, or there was not as of the time asked for."""


class RecordDamaged(FullfileError):
    """A proof failed. Writing stops, reading goes on, a person decides."""


class Unavailable(FullfileError):
    """Disk, database, network or a file is out of reach: nothing was changed."""


class Busy(Unavailable):
    """Somebody else is writing, and for longer than anybody waits: nothing was changed, and in a minute it can be."""
