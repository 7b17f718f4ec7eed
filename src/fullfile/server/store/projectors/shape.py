"""The shape of a projector: what an entry mentions, and the rows that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene, defendant_key, names_defendant

__all__ = ["Projector", "want_case_row", "want_defendant", "want_item"]


@dataclass(frozen=True, slots=True)
class Projector:
    """How the entries of one type become rows.

    Attributes:
        tables: the read tables it writes; a correction closes the rows of the old entry in them.
        want: says what the data mention, in an order that never changes.
        rows: puts the rows of the entry at hand.
    """

    tables: tuple[str, ...]
    want: Callable[[Keys, Data], None]
    rows: Callable[[Scene], None]


def want_item(keys: Keys, data: Data) -> None:
    """The item of a row."""
    if data.get("tag") and data.get("agency"):
        keys.want_item(data["agency"], data["tag"])


def want_defendant(keys: Keys, data: Data, name: str = "defendant") -> None:
    """The defendant of a row."""
    if names_defendant(data):
        keys.want_defendant(data["case_number"], defendant_key(data), data.get(name, ""))


def want_case_row(keys: Keys, data: Data) -> None:
    """The case, the item and the defendant of a row, as far as it names them."""
    if number := data.get("case_number"):
        keys.want_case(number)
        want_defendant(keys, data)
    want_item(keys, data)
