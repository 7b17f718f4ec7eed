"""Counts over a whole large record are kept for a while; those of a small one never, nor across databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullfile.server.queries import counted_lately
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.match import SMALL
from fullfile.server.settings import configure


def test_a_small_record_is_counted_each_time(tmp_path: Path) -> None:
    configure(tmp_path, "")
    counts = iter(range(9))
    assert [lately("a", SMALL, lambda: next(counts)) for _ in range(3)] == [0, 1, 2]


def test_a_large_one_is_counted_once_a_while_by_name_and_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr(counted_lately.time, "monotonic", lambda: now)
    configure(tmp_path / "one", "")
    counts = iter(range(99))
    large = SMALL + 1
    assert lately(("dues", 1), large, lambda: next(counts)) == 0
    assert lately(("dues", 1), large, lambda: next(counts)) == 0
    assert lately(("dues", 2), large, lambda: next(counts)) == 1
    configure(tmp_path / "two", "")
    assert lately(("dues", 1), large, lambda: next(counts)) == 2
    configure(tmp_path / "one", "")
    now += 31
    assert lately(("dues", 1), large, lambda: next(counts)) == 3
