"""An exported log in a directory, as `core.verify` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Folder:
    place: Path

    def read(self, path: str) -> bytes | None:
        found = self.place / path
        return found.read_bytes() if found.is_file() else None

    def paths(self) -> Iterator[str]:
        for found in self.place.rglob("*"):
            if found.is_file():
                yield found.relative_to(self.place).as_posix()
