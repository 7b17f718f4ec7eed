"""The open office of the store's tests."""

from __future__ import annotations

from tests.store.conftest import office, unopened, url

__all__ = ["office", "unopened", "url"]
