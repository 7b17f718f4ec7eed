"""What every test may ask for: a home of its own, and a PostgreSQL database.

Nothing here stands in for a real part: the databases are real, the server is
started by the first test of a worker that asks for it and stopped at the end.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = itertools.count(1)
_WITH_PAGES = ("tests/web/", "tests/browser/", "tests/store/test_jobs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Django takes up its applications once: where a run has tests of pages, they come with the first test."""
    names = [item.nodeid for item in items]
    if any(name.startswith(_WITH_PAGES) for name in names):
        from fullfile.server.settings import configure

        os.environ["FULLFILE_TLS"] = "off"  # no proxy stands in front of a test
        configure(Path(tempfile.mkdtemp(prefix="fullfile-pages-")), "", pages=True)


@pytest.fixture(autouse=True)
def _no_office_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test never touches the home or the database of whoever runs it."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("FULLFILE_HOME", raising=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a new office may be made: a directory that is not there yet."""
    place = tmp_path / "home"
    monkeypatch.setenv("FULLFILE_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this worker's own."""
    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty database that only this test knows."""
    name = f"test_{next(_numbers)}"
    yield postgres_server.make(name)
    postgres_server.drop(name)


@pytest.fixture(scope="module")
def postgres_module_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of an empty database that the tests of one module share."""
    name = f"module_{next(_numbers)}"
    yield postgres_server.make(name)
    postgres_server.drop(name)
