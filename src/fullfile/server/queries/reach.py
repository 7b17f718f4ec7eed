"""Moved: `store.connections` has it."""

from fullfile.server.store.connections import *  # noqa: F403
