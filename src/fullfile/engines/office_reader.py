"""The other side of `office_database`: reads an SQLite office in a process of its own, and hands on Arrow batches.

A process that has an SQLite file open with one library must not open and close it with another: closing gives up
every lock that the process holds on the file, also the first library's (SQLite, "How To Corrupt", 2.2). The driver that
reads whole columns has an SQLite of its own; so it lives here, and Python's stays alone where Django is.

Standard input: one statement as JSON a line. Standard output, for each: `+` and an Arrow stream, or `-`, the length
in ten digits, and what went wrong.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pyarrow as pa

__all__ = ["main"]


def main() -> None:
    """Read until nobody asks any more; all of it from one consistent state."""
    from adbc_driver_sqlite import dbapi

    answers = sys.stdout.buffer
    sink = cast("io.IOBase", answers)  # the library's types know no buffered writer
    address = f"file:{quote(str(Path(sys.argv[1]).resolve()))}?mode=ro"
    with closing(dbapi.connect(address)) as connection:
        for line in sys.stdin:
            try:
                with closing(connection.cursor()) as cursor:
                    cursor.execute(json.loads(line))
                    batches = cursor.fetch_record_batch()
                    answers.write(b"+")
                    with pa.ipc.new_stream(sink, batches.schema) as stream:
                        for batch in batches:
                            stream.write_batch(batch)
            except (dbapi.Error, pa.ArrowException) as error:
                said = str(error).encode()
                answers.write(b"-%010d" % len(said) + said)
            answers.flush()
        connection.rollback()


if __name__ == "__main__":
    main()
