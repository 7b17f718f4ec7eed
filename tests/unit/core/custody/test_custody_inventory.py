"""The draw of an inventory is arithmetic that anybody can repeat."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.custody.inventory import HOWS, Held, check_settling, digest_of, draw, draw_order
from fullfile.core.errors import Refused

ROOM = [Held("Alder Sheriff", f"E-{number}", f"C-{number % 9}") for number in range(200)]


def test_the_order_is_sha_256_of_seed_agency_and_tag() -> None:
    by_hand = hashlib.sha256(b"7f3a\nalder sheriff\ne-1").hexdigest()
    assert draw_order(" 7f3a", "Alder Sheriff ", "E-1") == by_hand


def test_a_known_draw() -> None:
    drawn = [one.tag for one in draw(ROOM, "7f3a", 2, ())]
    first = sorted(ROOM, key=lambda one: draw_order("7f3a", one.agency, one.tag))[:4]
    assert sorted(drawn) == sorted(one.tag for one in first)
    # The manual says so: a change of the draw breaks it.
    assert drawn == ["E-54", "E-92", "E-12", "E-142"]


@given(st.text(max_size=12), st.integers(1, 100), st.permutations(range(30)))
def test_the_order_in_which_things_are_given_does_not_matter(
    seed: str, percent: int, order: list[int]
) -> None:
    few = ROOM[:30]
    drawn = draw(few, seed, percent, ())
    assert drawn == draw([few[place] for place in order], seed, percent, ())
    assert len(drawn) == -(-30 * percent // 100)


@given(st.text(max_size=12), st.integers(1, 99))
def test_a_larger_sample_holds_the_smaller_one(seed: str, percent: int) -> None:
    assert set(draw(ROOM, seed, percent, ())) <= set(draw(ROOM, seed, percent + 1, ()))


def test_classes_are_taken_whole() -> None:
    room = [*ROOM, Held("Alder Sheriff", "M-1", "safe", "money"), Held("A", "D-1", "safe", "drugs")]
    assert {"M-1", "D-1"} <= {one.tag for one in draw(room, "x", 1, ("money", "drugs"))}
    assert len(draw(room, "x", 100, ())) == 202


def test_the_digest_is_of_the_list_in_any_order() -> None:
    assert digest_of(ROOM) == digest_of(reversed(ROOM))
    assert digest_of(ROOM) != digest_of(ROOM[1:])


@pytest.mark.parametrize("kind", sorted(HOWS))
def test_each_kind_is_settled_in_its_own_ways(kind: str) -> None:
    for how in HOWS[kind]:
        if how != "booked":
            check_settling(kind, how, "because", None)
    with pytest.raises(Refused) as refused:
        check_settling(kind, "resolved", "", None)
    assert {reason.code for reason in refused.value.reasons} == {"how_unknown", "reason_missing"}
