"""Reading and shaping in a process of its own, so that recording has a core to itself.

`stream_rows` gives the chunks of `feeds.shape_rows`; for a large file it starts
this module as a program (`python -m fullfile.engines.importers.worker`), sends it
what to read, and takes chunks from its output as they are asked for. A pipe
holds little, so the reader is never more than a chunk ahead and memory stays
flat. If the reader dies, that is an error like any other; if the caller dies,
the reader's next write ends it.

Nothing here knows the record; what passes through the pipe is text that this
program wrote itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fullfile.core.errors import FullfileError, Unavailable
from fullfile.engines.importers.exports import Export, open_export
from fullfile.engines.importers.feeds import Feed, ShapedChunk, plan_feeds, shape_rows
from fullfile.engines.importers.mapping import Mapping
from fullfile.engines.importers.problems import Notice, RowProblem

__all__ = ["LARGE", "Source", "stream_rows"]

LARGE = 8 << 20
"""Bytes of a file from which on it is read in a process of its own."""

_LENGTH = 8
_END = b"\0" * _LENGTH


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: one table of one file.

    Attributes:
        path: the file.
        place: which of the file's tables, as `open_export` lists them.
        table: the import table it holds, where there is no mapping.
        mapping: the mapping of the source system.
        now_ms: the moment of the import, UTC.
    """

    path: Path
    place: int
    table: str | None
    mapping: Mapping | None
    now_ms: int


def stream_rows(
    source: Source, export: Export, feeds: list[Feed], *, apart: bool | None = None
) -> Iterator[ShapedChunk]:
    """The shaped rows of an export, read here or in a process of its own.

    Args:
        source: what is read, in words that another process understands.
        export: the same, opened here.
        feeds: its plan, made here.
        apart: whether to use another process; None decides by size and cores.

    Raises:
        Refused: the file cannot be read to its end.
        Unavailable: the reading process ended before its time.
    """
    if apart is None:
        apart = export.size >= LARGE and (os.cpu_count() or 1) > 1
    if not apart:
        yield from shape_rows(export, feeds)
        return
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  ourselves
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(source, process.stdin, protocol=5)
            process.stdin.close()
            while (chunk := _read(process.stdout)) is not None:
                yield chunk
        except (EOFError, BrokenPipeError) as error:
            raise Unavailable(
                f"{export.name}: the process that reads it ended before its time; try again."
            ) from error
        finally:
            process.kill()


def _read(stream: IO[bytes]) -> ShapedChunk | None:
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    size = int.from_bytes(length, "big")
    if not size:
        return None
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    found = pickle.loads(content)  # noqa: S301  written by our own process, see above
    if isinstance(found, FullfileError):
        raise found
    return _unpacked(found)


def _packed(chunk: ShapedChunk) -> tuple[Any, ...]:  # plain values, which travel fastest
    return (
        chunk.rows,
        [(feed, (one.row, one.column, one.code, one.text)) for feed, one in chunk.problems],
        [(feed, (one.row, one.column, one.code, one.text)) for feed, one in chunk.notices],
        [((one.row, one.column, one.code, one.text), cells) for one, cells in chunk.bad],
        chunk.read,
        chunk.left_out,
        chunk.last,
    )


def _unpacked(found: tuple[Any, ...]) -> ShapedChunk:  # as above
    rows, problems, notices, bad, read, left_out, last = found
    return ShapedChunk(
        rows,
        [(feed, RowProblem(*one)) for feed, one in problems],
        [(feed, Notice(*one)) for feed, one in notices],
        [(RowProblem(*one), cells) for one, cells in bad],
        read,
        left_out,
        last,
    )


def _write(stream: IO[bytes], value: object) -> None:
    content = pickle.dumps(value, protocol=5)
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def _main() -> None:
    source: Source = pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
    gc.disable()  # rows make no circles
    out = sys.stdout.buffer
    try:
        layout = source.mapping.layout if source.mapping else None
        export = open_export(source.path, layout)[source.place]
        feeds = plan_feeds(export, source.table, source.mapping, now_ms=source.now_ms)
        for chunk in shape_rows(export, feeds):
            _write(out, _packed(chunk))
        out.write(_END)
        out.flush()
    except FullfileError as error:
        _write(out, error)
    except BrokenPipeError:
        os._exit(1)  # the caller is gone; there is nobody to tell


if __name__ == "__main__":
    _main()
