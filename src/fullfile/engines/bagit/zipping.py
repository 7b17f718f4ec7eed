"""A package as a zip, chunk by chunk: stored without compression, every date the same, so that its bytes are too.

Nothing is held in memory but a chunk. Files come from whoever has them, checked on the way. What this does not do: it
opens no file of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator

from fullfile.core.bag.plan import Plan

__all__ = ["zip_chunks"]

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LARGE = 2**31 - 1


class _Pipe(io.RawIOBase):
    """Takes what the zip writes, and gives it on."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: object) -> int:
        body = bytes(data)  # type: ignore[call-overload]  # whatever a zip writes
        self._held.append(body)
        return len(body)

    def take(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def zip_chunks(plan: Plan, open_file: Callable[[str], Iterable[bytes]]) -> Iterator[bytes]:
    """The bytes of a package.

    Args:
        plan: what is in it.
        open_file: gives the bytes of a file by its digest, checked.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for path, body in plan.made:
            yield from _write(archive, pipe, f"{plan.name}/{path}", len(body), [body])
        for path, sha256, size in plan.stored:
            yield from _write(archive, pipe, f"{plan.name}/{path}", size, open_file(sha256))
    yield pipe.take()


def _write(
    archive: zipfile.ZipFile, pipe: _Pipe, path: str, size: int, chunks: Iterable[bytes]
) -> Iterator[bytes]:
    info = zipfile.ZipInfo(path, _FIRST_DAY)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    with archive.open(info, "w", force_zip64=size >= _LARGE) as member:
        for chunk in chunks:
            member.write(chunk)
            yield pipe.take()
