"""An open office on each database, its home new for every test."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from fullfile.server.settings import configure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from fullfile.core.entries import Draft
    from tests.support import postgres

TEMPLATE, OPENED = "store_template", "store_opened"
_numbers = itertools.count(1)
_with_template: set[int] = set()
NOW = 1_790_000_000_000


@dataclass
class OpenOffice:
    """An office that was opened, and a clock that goes on by a second for every append."""

    home: Path
    url: str
    now_ms: int = NOW
    vkey: str = ""
    seen: list[range] = field(default_factory=list)

    def open(self) -> None:
        from fullfile.server.actions.office import open_office

        self.vkey = open_office(
            self.home,
            "County Office",
            "us-nm",
            "America/Denver",
            "records.county.example/log1",
            by="Clerk",
            now_ms=self.now_ms,
        )

    def append(self, *drafts: Draft) -> range:
        from fullfile.server.store.append import unit_of_work

        self.now_ms += 1_000
        with unit_of_work() as writer:
            made = writer.append(drafts, now_ms=self.now_ms)
        self.seen.append(made)
        return made

    @property
    def size(self) -> int:
        from fullfile.server.store.load import current_size

        return current_size()

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        from fullfile.server.store.tables import select

        return select(statement, parameters)

    def run(self, statement: str) -> None:
        """A statement past the one door, as somebody with the database's password would."""
        from fullfile.server.store.tables import execute

        execute(statement)


@pytest.fixture(scope="session")
def postgres_with_tables(
    postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory
) -> postgres.Server:
    """The server, with a database to copy from that has the tables already."""
    from fullfile.server.actions.office import migrate

    # Folders that borrow these fixtures register them once more: one database serves all of them.
    if postgres_server.port not in _with_template:
        configure(tmp_path_factory.mktemp("template"), postgres_server.make(TEMPLATE))
        migrate()
        connections.close_all()
        _with_template.add(postgres_server.port)
    return postgres_server


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The database of the test: empty for the one in the home."""
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres_with_tables")
    name = f"store_{next(_numbers)}"
    yield server.make(name, TEMPLATE)
    connections.close_all()
    server.drop(name)


@pytest.fixture
def unopened(home: Path, url: str) -> Iterator[OpenOffice]:
    """A home in which no office was opened yet."""
    configure(home, url)
    yield OpenOffice(home, url)
    connections.close_all()


@dataclass(frozen=True)
class Template:
    """An office that was opened, to be copied: opening one takes longer than most tests."""

    home: Path
    vkey: str


_opened: dict[int, Template] = {}
"""By the port of its database server; 0: in its home."""


def opened_office(place: Path, server: postgres.Server | None) -> Template:
    """The office to copy on a server, or in its home; made once for a worker."""
    port = 0 if server is None else server.port
    if port not in _opened:
        url = "" if server is None else server.make(OPENED, TEMPLATE)
        configure(place / "home", url)
        first = OpenOffice(place / "home", url)
        first.open()
        connections.close_all()
        _opened[port] = Template(first.home, first.vkey)
    return _opened[port]


@pytest.fixture(params=["sqlite", "postgres"])
def office(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenOffice]:
    """An office that was opened."""
    server = (
        request.getfixturevalue("postgres_with_tables") if request.param == "postgres" else None
    )
    template = opened_office(tmp_path_factory.mktemp("opened"), server)
    shutil.copytree(template.home, home)
    name = f"store_{next(_numbers)}"
    url = server.make(name, OPENED) if server else ""
    configure(home, url)
    yield OpenOffice(home, url, vkey=template.vkey)
    connections.close_all()
    if server:
        server.drop(name)
