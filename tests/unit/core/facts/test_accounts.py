"""Several accounts of one fact become one date."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.facts.accounts import (
    Account,
    Fact,
    earliest,
    earliest_fact,
    latest_of_sources,
)

ROOM = Account(10, 1, "room", "January 10")
LAB = Account(5, 2, "lab", "January 5")


def test_no_account_is_no_fact():
    assert earliest([], ()) is None
    assert latest_of_sources([], ("room",)) is None
    assert earliest_fact([None]) is None


def test_without_a_rank_the_earlier_is_held_and_the_later_is_handed_over():
    assert earliest([ROOM, LAB], ()) == Fact(5, 2, "January 5", (ROOM,))
    assert latest_of_sources([ROOM, LAB], ()) == Fact(10, 1, "January 10", (LAB,))


def test_the_best_rank_counts_and_the_other_is_named():
    assert earliest([ROOM, LAB], ("room", "lab")) == Fact(10, 1, "January 10", (LAB,))
    assert latest_of_sources([ROOM, LAB], ("lab",)) == Fact(5, 2, "January 5", (ROOM,))


def test_sources_without_a_rank_come_last_together():
    third = Account(1, 3, "clerk", "January 1")
    assert earliest([LAB, third], ("room",)) == Fact(1, 3, "January 1", (LAB,))
    assert earliest([ROOM, LAB, third], ("room",)).moment == 10


def test_a_source_that_says_it_twice_counts_with_its_first():
    again = Account(20, 4, "room", "January 20")
    assert latest_of_sources([again, ROOM, LAB], ()) == Fact(10, 1, "January 10", (LAB,))


def test_the_same_words_of_another_source_are_no_other_account():
    same = Account(10, 9, "lab", "January 10")
    assert earliest([ROOM, same], ()).others == ()


def test_of_several_facts_the_one_that_happened_first():
    one, two = Fact(5, 3, "a"), Fact(5, 2, "b")
    assert earliest_fact([one, None, two]) == two


accounts = st.lists(
    st.builds(
        Account,
        st.integers(0, 9),
        st.integers(0, 99),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=6,
)


@given(accounts, st.permutations(["a", "b"]))
def test_the_order_in_which_accounts_come_does_not_matter(found, rank):
    turned = list(reversed(found))
    for choose in (earliest, latest_of_sources):
        one, two = choose(found, rank), choose(turned, rank)
        assert (one and one.moment) == (two and two.moment)


@given(accounts)
def test_what_counts_is_one_of_the_accounts(found):
    fact = latest_of_sources(found, ())
    assert (fact is None) == (not found)
    assert fact is None or fact.moment in {one.moment for one in found}
