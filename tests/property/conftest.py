"""The open office of the store's tests."""

from __future__ import annotations

from tests.store.conftest import office, postgres_with_tables, unopened, url

__all__ = ["office", "postgres_with_tables", "unopened", "url"]
