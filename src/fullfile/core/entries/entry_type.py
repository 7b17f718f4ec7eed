"""What an entry type is: a name, a version, and what its data hold."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EntryType"]


@dataclass(frozen=True, slots=True)
class EntryType:
    """One type of entry.

    Attributes:
        name: `custody.recorded`.
        version: of the shape of its data.
        says: what it records, in one sentence.
        fields: the names of its data, each with what it holds.
    """

    name: str
    version: int
    says: str
    fields: tuple[tuple[str, str], ...]
