"""Somebody else writes for long: a person is told within the time that a page waits, and nothing was changed."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection

from fullfile.core.entries import Draft
from fullfile.core.errors import Busy, Unavailable
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.busy import in_passing, is_busy, leave_out, patience, somebody_waits
from fullfile.server.store.search_index import catch_up, catch_up_in_passing, lag
from fullfile.server.store.tables import execute, select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.conftest import OpenOffice

ROW = Draft("agency.recorded", "Clerk", {"agency": "Sheriff", "kind": "sheriff"})


@contextmanager
def somebody_writes(office: OpenOffice) -> Iterator[None]:
    """A second connection holds what a writer of the record needs."""
    if office.url:
        import psycopg

        with psycopg.connect(office.url) as other:
            other.execute("SELECT * FROM head WHERE id = 1 FOR UPDATE")
            yield
            other.rollback()
        return
    other = sqlite3.connect(office.home / "fullfile.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_an_act_is_refused_in_time_and_then_goes_through(office: OpenOffice) -> None:
    before = office.size
    with somebody_writes(office), somebody_waits(300):
        began = time.monotonic()
        with pytest.raises(Busy, match="try again in a minute"), unit_of_work() as writer:
            writer.append([ROW], now_ms=office.now_ms + 1_000)
        assert 0.1 < time.monotonic() - began < 3
        assert office.size == before  # reading goes on
    assert issubclass(Busy, Unavailable)
    office.append(ROW)
    assert office.size == before + 1


def test_what_is_kept_up_in_passing_waits_hardly_and_once(office: OpenOffice) -> None:
    office.append(ROW)
    with somebody_writes(office), somebody_waits(5_000):
        began = time.monotonic()
        assert catch_up_in_passing(office.size) == lag(office.size) > 0
        with pytest.raises(Busy):
            catch_up(office.size)
        assert time.monotonic() - began < 2
    assert catch_up_in_passing(office.size) == 0


def test_patience_ends_with_its_block(office: OpenOffice) -> None:
    assert office.size

    def wait() -> str:
        setting = "SHOW lock_timeout" if office.url else "PRAGMA busy_timeout"
        return str(select(setting)[0][0])

    before = wait()
    with patience(1_234):
        assert wait() != before
        with patience(77):
            assert "77" in wait()
        assert "1234" in wait() or "1.234" in wait()
    assert wait() == before


def test_other_faults_of_the_database_stay_what_they_are(office: OpenOffice) -> None:
    assert office.size
    with pytest.raises(DatabaseError) as raised:
        execute("SELECT * FROM no_such_table")
    assert not is_busy(raised.value)
    assert not is_busy(None)
    assert not is_busy(ValueError("database is locked"))
    with pytest.raises(DatabaseError):
        leave_out(lambda: execute("UPDATE no_such_table SET x = 1"))
    connection.close()
    with pytest.raises(DatabaseError), in_passing():
        execute("UPDATE no_such_table SET x = 1")
    assert leave_out(lambda: execute("UPDATE search_state SET size = size"))
