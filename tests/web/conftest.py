"""An office with the worked example in it, one person per role, and browsers without a browser.

The office is made once for a worker and copied for every test that writes; nothing is simulated: the same
actions, database and pages as in an office.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from fullfile.server.settings import configure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client


@dataclass
class Office:
    """An office that serves pages."""

    home: Path

    def as_(self, account: str) -> Client:
        """A browser in which somebody of the demonstration is signed in."""
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        client.post("/notice/", {"next": "/"})
        answer = client.post("/demonstration/", {"account": account})
        assert answer.status_code == 302, answer.content.decode()[:500]
        return client

    def nobody(self) -> Client:
        """A browser in which nobody is signed in."""
        from django.test import Client

        return Client(HTTP_HOST="localhost")


@pytest.fixture(scope="session")
def example_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that `fullfile demo` makes, with its people."""
    from fullfile.cli.demo import find_example, load_demonstration

    home = tmp_path_factory.mktemp("example") / "home"
    load_demonstration(home, find_example())
    connections.close_all()
    return home


@pytest.fixture
def office(example_home: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of the demonstration's office; nobody's language of an earlier test is spoken in it."""
    from django.conf import settings
    from django.utils import translation

    translation.deactivate()
    home = tmp_path / "home"
    shutil.copytree(example_home, home)
    configure(home, "")
    settings.FULLFILE_DEMONSTRATION = True
    yield Office(home)
    settings.FULLFILE_DEMONSTRATION = False
    connections.close_all()
