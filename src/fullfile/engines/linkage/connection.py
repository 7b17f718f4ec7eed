"""A DuckDB connection, as the rooms of linkage hand it on."""

from __future__ import annotations

from typing import Any

__all__ = ["Connection"]

Connection = Any
"""`duckdb.DuckDBPyConnection`: the library ships no types that a checker can follow here."""
