"""Counts over a whole large record are kept for a while; those of a small one never, nor across databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullfile.server.queries import counted_lately
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.match import SMALL
from fullfile.server.settings import configure

LARGE = SMALL + 1


class Clock:
    """A clock that a test moves."""

    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


class Slow:
    """Counts how often it was asked, which takes a while."""

    def __init__(self, clock: Clock, seconds: float = 0.5) -> None:
        self.clock, self.seconds, self.made = clock, seconds, 0

    def __call__(self) -> int:
        self.clock.now += self.seconds
        self.made += 1
        return self.made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(counted_lately, "time", one)
    return one


def test_a_small_record_is_counted_each_time(tmp_path: Path) -> None:
    configure(tmp_path, "")
    counts = iter(range(9))
    assert [lately("a", SMALL, lambda: next(counts)) for _ in range(3)] == [0, 1, 2]


def test_a_large_one_is_counted_once_a_while_by_name_and_database(
    tmp_path: Path, clock: Clock
) -> None:
    configure(tmp_path / "one", "")
    count = Slow(clock)
    assert lately(("dues", 1), LARGE, count) == 1
    assert lately(("dues", 1), LARGE, count) == 1
    assert lately(("dues", 2), LARGE, count) == 2
    configure(tmp_path / "two", "")
    assert lately(("dues", 1), LARGE, count) == 3
    configure(tmp_path / "one", "")
    clock.now += 181
    assert lately(("dues", 1), LARGE, count) == 4


def test_nobody_waits_for_a_number_that_was_good_a_moment_ago(tmp_path: Path, clock: Clock) -> None:
    configure(tmp_path, "")
    count = Slow(clock)
    assert lately("a", LARGE, count) == 1
    clock.now += 31
    assert lately("a", LARGE, count) == 1
    _wait_for_what_is_counted_beside()
    assert count.made == 2
    assert lately("a", LARGE, count) == 2


def test_what_is_quickly_counted_is_counted_each_time(tmp_path: Path, clock: Clock) -> None:
    configure(tmp_path, "")
    count = Slow(clock, seconds=0.001)
    assert [lately("a", LARGE, count) for _ in range(3)] == [1, 2, 3]


def test_a_count_that_fails_beside_is_made_by_the_next_page(tmp_path: Path, clock: Clock) -> None:
    configure(tmp_path, "")
    count = Slow(clock)
    lately("a", LARGE, count)
    clock.now += 31

    def fail() -> int:
        raise RuntimeError("the database is away")

    assert lately("a", LARGE, fail) == 1
    _wait_for_what_is_counted_beside()
    with pytest.raises(RuntimeError, match="away"):
        lately("a", LARGE, fail)


def _wait_for_what_is_counted_beside() -> None:
    counted_lately._beside.submit(
        lambda: None
    ).result()  # one thread: what was asked before is done
