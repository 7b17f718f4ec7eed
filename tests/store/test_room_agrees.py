"""What SQL works out for the lists of a room is what the pure reading of each item says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fullfile.server.queries.hands import hands_of_items
from fullfile.server.store.overview import name_items
from tests.store.histories import History

if TYPE_CHECKING:
    from fullfile.core.custody.hand import Hand
    from tests.store.conftest import OpenOffice


def asks(hand: Hand) -> str:
    """What an item asks, by the pure reading."""
    if hand.loss is not None:
        return "gone"
    if hand.absent is not None:
        return "absent"
    if hand.out is not None:
        return "out"
    if hand.holder:
        return "elsewhere"
    return "unshelved" if hand.listed and not hand.place else ""


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), sizes=st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_each_item_of_a_random_history(office: OpenOffice, seed: int, sizes: list[int]) -> None:
    history = History(seed)
    for many in sizes:
        office.append(*history.drafts_from(office.size, many))
    told = {
        int(item): str(what) for item, what in office.rows("SELECT item_id, what FROM room_items")
    }
    numbers = [item for (item,) in office.rows("SELECT item_id FROM item_key")]
    ids = {norm: item for item, norm in name_items(numbers).items()}
    # Far ahead: what a history dates into the future has happened by then.
    hands = hands_of_items(ids, now_ms=office.now_ms + 10**13)
    for item, handled in hands.items():
        if not handled.hand.inside:
            assert told.get(item, "") == asks(handled.hand), handled.hand
