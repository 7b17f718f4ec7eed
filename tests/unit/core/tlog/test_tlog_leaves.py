"""Leaves in bulk are those that are made one by one, and no form is let through that one alone is not."""

from __future__ import annotations

import pytest

from fullfile.core.tlog import Malformed, digest, leaf_bytes, leaves_of, parse_leaf

MOMENT = "2026-03-06T09:30:00.00Z"
SALTS = [bytes([place]) * 32 for place in range(3)]
BODIES = [b"{}", "{“a”}".encode(), b""]


@pytest.mark.parametrize(
    "odd", ["7d444840-9dc0-41d1-b245-5ffdce74fad2", 'a "word"', "é", "x" * 200]
)
def test_many_are_as_each_alone(odd: str) -> None:
    ids = ["one", odd, "three"]
    made = leaves_of(ids, MOMENT, SALTS, BODIES)
    assert made == [
        leaf_bytes(name, MOMENT, digest(salt, body))
        for name, salt, body in zip(ids, SALTS, BODIES, strict=True)
    ]
    assert [parse_leaf(leaf).id for leaf in made] == ids


@pytest.mark.parametrize("wrong", ["", "x" * 201, "a\nb", "a\x7fb"])
def test_an_id_not_in_its_form_is_refused_among_many(wrong: str) -> None:
    with pytest.raises(Malformed, match="id of a leaf"):
        leaves_of(["one", wrong, "three"], MOMENT, SALTS, BODIES)


def test_a_moment_without_hundredths_is_refused() -> None:
    with pytest.raises(Malformed, match="recorded_at"):
        leaves_of(["a", "b", "c"], "2026-03-06T09:30:00Z", SALTS, BODIES)


def test_none_make_none() -> None:
    assert leaves_of([], MOMENT, [], []) == []
