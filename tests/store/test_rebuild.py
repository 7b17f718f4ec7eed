"""Derived means derivable: every read table, key table and row key comes again from the record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fullfile.server.actions.office import erase
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.keys import KEY_TABLES
from fullfile.server.store.rebuild import rebuild
from fullfile.server.store.tables import READ_TABLES, columns_of
from tests.store.conftest import OpenOffice
from tests.store.histories import History

Tables = dict[str, list[tuple[Any, ...]]]


def tables(office: OpenOffice) -> Tables:
    return {table: rows_of(office, table) for table in (*READ_TABLES, *KEY_TABLES)}


def rows_of(office: OpenOffice, table: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in columns_of(table))
    found = office.rows(f"SELECT {names} FROM {table}")
    return (
        sorted(
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in (tuple("" if value is None else value for value in row) for row in found)
        )
        if table == "row_key"
        else sorted(
            (tuple(-(2**62) if value is None else value for value in row) for row in found),
            key=repr,
        )
    )


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), sizes=st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_every_table_comes_again_row_by_row(
    office: OpenOffice, seed: int, sizes: list[int]
) -> None:
    history = History(seed)
    for many in sizes:
        office.append(*history.drafts_from(office.size, many))
    kept = [index for placed in history.placed.values() for index in placed]
    for index in history.dice.sample(kept, min(3, len(kept))):
        office.now_ms += 1_000
        erase(index, "Order 7", "Clerk", now_ms=office.now_ms)
    office.append(*history.drafts_from(office.size, 5))
    before = tables(office)
    assert rebuild() == office.size
    after = tables(office)
    for table in before:
        assert after[table] == before[table], table


def test_chunks_do_not_show(office: OpenOffice) -> None:
    history = History(7)
    drafts = history.drafts_from(office.size, 60)
    with unit_of_work() as writer:
        for draft in drafts:
            writer.append([draft], now_ms=office.now_ms)
    one_by_one = tables(office)
    rebuild()
    assert tables(office) == one_by_one
    assert one_by_one["items"]


def test_progress_is_told(office: OpenOffice) -> None:
    told: list[tuple[int, int]] = []
    rebuild(progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (office.size, office.size)


@pytest.mark.parametrize("table", ["items", "case_key"])
def test_a_spoiled_table_is_mended(office: OpenOffice, table: str) -> None:
    office.append(*History(3).drafts_from(office.size, 40))
    before = tables(office)
    office.run(f"DELETE FROM {table}")
    rebuild()
    assert tables(office) == before
