"""Compiling the match for an engine takes seconds: of the tests of words every third runs each time, all at night.

`tests/spec` and `tests/property` ask the engines for every state.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark two of each three as slow."""
    words = [one for one in items if one.path.name == "test_states.py" and "[duckdb" in one.name]
    for place, one in enumerate(words):
        if place % 3:
            one.add_marker(pytest.mark.slow)
