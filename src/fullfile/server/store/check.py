"""The office's own `log verify`: the whole record against itself and the checkpoints kept.

Bodies against digests, leaves, the tree against the stored head, and every checkpoint at
hand: the last signed one and the one outside the database. Damage found stops writing
(law 10); reading goes on, and a person decides.

The work is `core.verify`'s. What this does not do: it checks no read table; `rebuild` makes those again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from fullfile.core.errors import NotFound, RecordDamaged
from fullfile.core.verify import Finding, LogReport, Row, verify_record
from fullfile.server.settings import get_home
from fullfile.server.store import checkpoints
from fullfile.server.store.append import stop_writing
from fullfile.server.store.last_check import LastCheck, keep_check
from fullfile.server.store.reading import find_erasures, find_head, stream_stored

__all__ = ["check_record"]

Progress = Callable[[int, int], None]


def check_record(*, vkey: str | None = None, progress: Progress | None = None) -> LogReport:
    """Check the whole record. What is found stops writing.

    Args:
        vkey: the key to check signatures with; None takes the office's own.
        progress: told how many entries are done, of how many.

    Raises:
        NotFound: no record was begun.
    """
    try:
        head = find_head()
    except RecordDamaged as damage:
        stop_writing(str(damage))
        raise
    if head is None:
        raise NotFound("This home has no record yet: begin one with `fullfile init`.")
    notes: dict[str, bytes] = {}
    missing: list[Finding] = []
    outside = get_home() / checkpoints.OUTSIDE
    for place, note in (
        ("the database", checkpoints.find_signed()),
        (str(outside), checkpoints.find_outside()),
    ):
        if note is not None:
            notes[place] = note
        elif head.size:
            text = f"There is no checkpoint in {place}: the last one must lie there."
            missing.append(Finding("checkpoint_missing", text, place))
    found = verify_record(
        _rows(head.size, progress),
        key=vkey or checkpoints.verifier(),
        checkpoints=notes,
        frontier=head.frontier,
        erased=frozenset(find_erasures()),
    )
    # A body may have been erased while the check was running.
    erased = find_erasures()
    findings = [
        each
        for each in found.findings
        if each.code not in ("body_missing", "not_erased") or each.index not in erased
    ]
    still_there = [
        each for each in found.findings if each.code == "not_erased" and each.index in erased
    ]
    found = replace(found, findings=(*missing, *findings, *still_there))
    if found.findings and vkey is None:
        stop_writing(found.findings[0].text)
    if vkey is None:
        keep_check(LastCheck(_now_ms(), head.size, tuple(each.text for each in found.findings)))
    return found


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _rows(size: int, progress: Progress | None) -> Iterator[Row]:
    for stored in stream_stored(0, size):
        for each in stored:
            yield each.leaf, each.body, each.salt
        if progress is not None:
            progress(stored[-1].index + 1, size)
