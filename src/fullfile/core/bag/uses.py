"""What a file of an item is, and which files go with an item in which form. Pure.

What goes in part, redacted or described must never bring the original along: only a file that was added as such a copy goes.
"""

from __future__ import annotations

__all__ = ["USES", "goes_with"]

_COPIES = {"part": "extract", "redacted": "redacted", "described": "description"}
USES = (
    "photo",
    "recording",
    "report",
    "statement",
    "data",
    "other",
    *_COPIES.values(),
)
"""What a file of an item is: of the thing itself, or an extract, a redacted copy or a description made of it."""


def goes_with(use: str, extent: str) -> bool:
    """Whether a file goes when its item does.

    Args:
        use: what the file is, a word of `USES`.
        extent: in which form the item goes.

    >>> goes_with("photo", "whole"), goes_with("photo", "redacted"), goes_with("redacted", "redacted")
    (True, False, True)
    """
    if extent == "whole":
        return use not in _COPIES.values()
    return _COPIES.get(extent) == use
