"""Settings for Django, made from a home and a database address.

SQLite is durable at every commit (WAL, `synchronous` FULL), takes the writer's
lock at the start of a transaction (`transaction_mode` IMMEDIATE), and lets
triggers see what `INSERT OR REPLACE` deletes (`recursive_triggers`; law 1 of
the record). PostgreSQL needs none of this: its writers lock the head row.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.db import connections

from fullfile.core.errors import Refused

__all__ = ["configure", "database_address", "database_settings", "get_home"]

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


def configure(home: Path, database_url: str | None = None) -> None:
    """Point Django at an office.

    Args:
        home: the office's home; it need not exist yet.
        database_url: `postgresql://…`; None reads `DATABASE_URL`, and without it the
            database is embedded in the home.

    Raises:
        Refused: the address is not one of PostgreSQL.
    """
    url = os.environ.get("DATABASE_URL", "") if database_url is None else database_url
    databases = {"default": database_settings(home, url)}
    if settings.configured:
        _switch(home, databases)
        settings.FULLFILE_DATABASE = url or str(home / DATABASE_FILE)
        return
    settings.configure(
        DATABASES=databases,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        FULLFILE_DATABASE=url or str(home / DATABASE_FILE),
        FULLFILE_HOME=home,
        INSTALLED_APPS=["fullfile.server.store"],
        LOGGING_CONFIG=None,
        TIME_ZONE="UTC",
        USE_TZ=True,
    )
    django.setup()


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
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _switch(home: Path, databases: dict[str, Options]) -> None:
    """Serve another office: the alias `default` is closed and means the new one."""
    connections.close_all()
    settings.FULLFILE_HOME = home
    settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)
    with contextlib.suppress(AttributeError):  # no connection was opened yet
        del connections["default"]
