"""Settings for Django, made from a home and a database address.

SQLite is durable at every commit (WAL, `synchronous` FULL), takes the writer's
lock at the start of a transaction (`transaction_mode` IMMEDIATE), and lets
triggers see what `INSERT OR REPLACE` deletes (`recursive_triggers`; law 1 of
the record). PostgreSQL needs none of this: its writers lock the head row.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.db import connections

from fullfile.core.errors import Refused
from fullfile.server.settings.pages import pages_settings

__all__ = [
    "configure",
    "database_address",
    "database_settings",
    "get_home",
    "on_a_copy",
    "serves_pages",
]

DATABASE_FILE = "fullfile.sqlite3"
CACHE_KIB = 200_000
"""About 200 MB, so that the indexes of a bulk import stay in memory."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    f"PRAGMA cache_size=-{CACHE_KIB}",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA recursive_triggers=ON",
)
_SCHEMES = ("postgresql", "postgres")

Options = dict[str, Any]  # Django's settings are dictionaries of anything


_pages = False


def configure(home: Path, database_url: str | None = None, *, pages: bool = False) -> None:
    """Point Django at an office.

    Args:
        home: the office's home; it need not exist yet.
        database_url: `postgresql://…`; None reads `DATABASE_URL`, and without it the
            database is embedded in the home.
        pages: whether the process serves pages, too; must be said at the first call, since
            Django takes up its applications once.

    Raises:
        Refused: the address is not one of PostgreSQL.
    """
    global _pages  # noqa: PLW0603 - Django's settings are the process's own, too
    _pages = _pages or pages
    url = os.environ.get("DATABASE_URL", "") if database_url is None else database_url
    databases = {"default": database_settings(home, url)}
    if settings.configured:
        _switch(home, databases)
        settings.FULLFILE_DATABASE = url or str(home / DATABASE_FILE)
        return
    options: Options = {
        "DATABASES": databases,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "FULLFILE_DATABASE": url or str(home / DATABASE_FILE),
        "FULLFILE_HOME": home,
        "FULLFILE_PAGES": False,
        "INSTALLED_APPS": ["fullfile.server.store"],
        "LOGGING_CONFIG": None,
        "TIME_ZONE": "UTC",
        "USE_TZ": True,
    }
    if _pages:
        options |= pages_settings(home)
    settings.configure(**options)
    django.setup()


def serves_pages() -> bool:
    """Whether this process has the accounts and the pages, or the record alone."""
    return bool(settings.FULLFILE_PAGES)


def get_home() -> Path:
    """The home of the office that this process serves."""
    return Path(settings.FULLFILE_HOME)


def database_address() -> str:
    """Where an engine finds the office's database: the path of a file, or `postgresql://…`."""
    return str(settings.FULLFILE_DATABASE)


def database_settings(home: Path, url: str) -> Options:
    """Django's settings of the office's database.

    Raises:
        Refused: the address is not one of PostgreSQL.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / DATABASE_FILE),
            "OPTIONS": {
                "init_command": ";".join(_PRAGMAS),
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
        raise Refused(
            "DATABASE_URL must look like postgresql://user:password@host:port/database; "
            "leave it out to keep the database in the home.",
            code="database_url",
        )
    return {
        # To connect anew for every page takes longer than most pages ask the database.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


@contextlib.contextmanager
def on_a_copy(copy: Path) -> Iterator[None]:
    """Within it this thread asks a copy of the embedded database; what is written there is lost.

    Args:
        copy: the file.
    """
    before = settings.DATABASES
    beside = database_settings(copy.parent, "") | {"NAME": str(copy)}
    pragmas = str(beside["OPTIONS"]["init_command"]).replace("synchronous=FULL", "synchronous=OFF")
    beside["OPTIONS"] = beside["OPTIONS"] | {"init_command": pragmas}
    _switch(get_home(), {"default": beside})
    try:
        yield
    finally:
        _switch(get_home(), before)


def _switch(home: Path, databases: dict[str, Options]) -> None:
    """Serve another office: the alias `default` is closed and means the new one."""
    connections.close_all()
    settings.FULLFILE_HOME = home
    settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)
    with contextlib.suppress(AttributeError):  # no connection was opened yet
        del connections["default"]
