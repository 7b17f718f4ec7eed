"""Reading, shaping and preparing rows in a process of its own, so that recording has a core to itself.

`stream_rows` gives the chunks of `engines.importers.shape_rows`; for a large file
it starts a process that runs `serve`, sends it what to read, and takes chunks from
its output as they are asked for. A pipe holds little, so the reader is never more
than a chunk ahead and memory stays flat. If the reader dies, that is an error like
any other; if the caller dies, the reader's next write ends it.

That process also works out, for each row as it stands, its canonical JSON and the
hashes of its key and of all it says (`Prepared`). They hold as long as nothing of
the row is resolved to another spelling; the resolver drops them then.

The reading process opens no database; what passes through the pipe is what this
program wrote itself.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fullfile.core.entries import Draft, Prepared, prepared_parts
from fullfile.core.errors import FullfileError, Unavailable
from fullfile.core.said import say
from fullfile.engines.importers import (
    Export,
    Feed,
    Mapping,
    Notice,
    RowProblem,
    ShapedChunk,
    ShapedRow,
    open_export,
    plan_feeds,
    shape_rows,
)
from fullfile.server.store import row_keys

if sys.platform == "linux":
    import fcntl

__all__ = ["LARGE", "ReadChunk", "Source", "serve", "stream_rows"]

LARGE = 8 << 20
"""Bytes of a file from which on it is read in a process of its own."""

_PROGRAM = "from fullfile.server.actions.imports.reading import serve; serve()"
_LENGTH = 8
_END = b"\0" * _LENGTH
_PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: one table of one file.

    Attributes:
        path: the file.
        place: which of the file's tables, as `open_export` lists them.
        table: the import table it holds, where there is no mapping.
        mapping: the mapping of the source system.
        now_ms: the moment of the import, UTC.
        source: the name of the system, which is part of a row's key.
    """

    path: Path
    place: int
    table: str | None
    mapping: Mapping | None
    now_ms: int
    source: str


@dataclass(slots=True)
class ReadChunk:
    """Shaped rows, and what was worked out of each ahead, if it was.

    Attributes:
        shaped: the chunk.
        prepared: for each of its rows, in order; empty where nothing was.
    """

    shaped: ShapedChunk
    prepared: list[Prepared]


def stream_rows(
    source: Source, export: Export, feeds: list[Feed], *, apart: bool | None = None
) -> Iterator[ReadChunk]:
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
        for chunk in shape_rows(export, feeds):
            yield ReadChunk(chunk, [])
        return
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  ourselves
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            _widen(process.stdout)
            pickle.dump(source, process.stdin, protocol=5)
            process.stdin.close()
            while (read := _read(process.stdout)) is not None:
                yield read
        except (EOFError, BrokenPipeError) as error:
            raise Unavailable(
                say(
                    "{name}: the process that reads it ended before its time; try again.",
                    name=export.name,
                )
            ) from error
        finally:
            process.kill()


def _widen(stream: IO[bytes]) -> None:
    """Let a chunk pass in a few strokes: each time the pipe is full or empty the two processes take turns."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # the system allows less; only slower
            fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _read(stream: IO[bytes]) -> ReadChunk | None:
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


def _prepare(row: ShapedRow, kinds: list[str], source: str) -> tuple[bytes, bytes, str, str]:
    _, feed, data, more = row
    draft = Draft(kinds[feed], "", data, source=source, more=more)
    return row_keys.key_of(draft), row_keys.digest_of(draft), *prepared_parts(data, more)


def _packed(
    chunk: ShapedChunk, prepared: list[tuple[bytes, bytes, str, str]]
) -> tuple[Any, ...]:  # plain values, which travel fastest
    return (
        chunk.rows,
        prepared,
        [(feed, (one.row, one.column, one.code, one.text)) for feed, one in chunk.problems],
        [(feed, (one.row, one.column, one.code, one.text)) for feed, one in chunk.notices],
        [((one.row, one.column, one.code, one.text), cells) for one, cells in chunk.bad],
        chunk.read,
        chunk.left_out,
        chunk.last,
    )


def _unpacked(found: tuple[Any, ...]) -> ReadChunk:  # as above
    rows, prepared, problems, notices, bad, read, left_out, last = found
    shaped = ShapedChunk(
        rows,
        [(feed, RowProblem(*one)) for feed, one in problems],
        [(feed, Notice(*one)) for feed, one in notices],
        [(RowProblem(*one), cells) for one, cells in bad],
        read,
        left_out,
        last,
    )
    return ReadChunk(shaped, [Prepared(*one) for one in prepared])


def _write(stream: IO[bytes], value: object) -> None:
    content = pickle.dumps(value, protocol=5)
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def serve() -> None:
    """Be the reading process: take what to read from the input, give chunks to the output."""
    source: Source = pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
    gc.disable()  # rows make no circles
    out = sys.stdout.buffer
    try:
        layout = source.mapping.layout if source.mapping else None
        export = open_export(source.path, layout)[source.place]
        feeds = plan_feeds(export, source.table, source.mapping, now_ms=source.now_ms)
        kinds = [feed.table.entry_type for feed in feeds]
        for chunk in shape_rows(export, feeds):
            prepared = [_prepare(row, kinds, source.source) for row in chunk.rows]
            _write(out, _packed(chunk, prepared))
        out.write(_END)
        out.flush()
    except FullfileError as error:
        _write(out, error)
    except BrokenPipeError:
        os._exit(1)  # the caller is gone; there is nobody to tell
