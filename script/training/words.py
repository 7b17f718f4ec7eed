"""Tables of words: written as running text, read as lists."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str, between: str | None = None) -> list[str]:
    """The words of a text, or what stands between separators."""
    return [word.strip() for word in text.split(between) if word.strip()]
