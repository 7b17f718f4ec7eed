"""Records for the linkage tests: on both databases where rows are read, in the home's own elsewhere."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from fullfile.server.settings import configure
from tests.engines.linkage.making import Record
from tests.store.conftest import (
    OpenOffice,
    office,
    opened_office,
    postgres_with_tables,
    unopened,
    url,
)
from tests.store.importing import Importer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["both", "office", "postgres_with_tables", "record", "unopened", "url"]


@pytest.fixture
def record(
    home: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Record]:
    """An empty office in a database of its home."""
    template = opened_office(tmp_path_factory.mktemp("opened"), None)
    shutil.copytree(template.home, home)
    configure(home, "")
    opened = OpenOffice(home, "", vkey=template.vkey)
    yield Record(Importer(opened, tmp_path), tmp_path)
    connections.close_all()


@pytest.fixture
def both(office: OpenOffice, tmp_path: Path) -> Record:
    """An empty office, once on each database."""
    return Record(Importer(office, tmp_path), tmp_path)
