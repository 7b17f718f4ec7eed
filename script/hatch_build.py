"""Builds what the pages load before a wheel or a source archive is made.

A wheel without it would have an office without style, and nobody would find
out before it is installed. An installation from a checkout (`pip install -e`)
leaves it to `script/setup`. In a source archive the built files are there, and
current, so that Node is not needed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import assets
import messages


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter is the builder's
    """Calls script/assets.py and script/messages.py, which do nothing where all is current."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop the build with a sentence where the pages' files cannot be built."""
        del build_data
        if version == "editable":
            return
        try:
            assets.refresh()
        except assets.CannotBuild as problem:
            sys.exit(f"assets: {problem}")
        messages.compile_catalogue()
