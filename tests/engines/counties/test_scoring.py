"""Scoring against figures worked out by hand."""

from __future__ import annotations

import pytest

from fullfile.engines.counties.scoring import (
    Suggestion,
    Truth,
    average_precision,
    calibration_error,
    reliability,
    score,
)
from fullfile.engines.counties.summary import measures, missed_share, pooled, spreads


def orphan(case, kind="number_typo"):
    return Truth(kind, frozenset({case}))


NOBODYS = Truth("unrelated", frozenset())
TRUTH = {
    ("A", "1"): orphan("C1"),
    ("A", "2"): orphan("C2"),
    ("A", "3"): orphan("C3", "found_nearby"),
    ("A", "4"): orphan("C4", "found_nearby"),
    ("A", "5"): NOBODYS,
    ("A", "6"): Truth("tempting", frozenset()),
}
MATTERS = {"C3": frozenset({"C3", "C9"}), "C9": frozenset({"C3", "C9"})}


def suggested(tag, *cases):
    return [
        Suggestion("A", tag, case, rank, probability)
        for rank, (case, probability) in enumerate(cases, 1)
    ]


SUGGESTIONS = [
    *suggested("1", ("C1", 0.9), ("C7", 0.6)),  # right at once
    *suggested("2", ("C7", 0.55), ("C8", 0.5), ("C2", 0.4)),  # the third
    *suggested("3", ("C9", 0.3)),  # its matter only
    *suggested("5", ("C1", 0.7)),  # nobody's, and tempting all the same
    *suggested("77", ("C1", 1.0)),  # no item of the truth
]


@pytest.fixture
def figures():
    return score(TRUTH, SUGGESTIONS, MATTERS)


def test_recall_counts_orphans_without_a_suggestion_as_misses(figures):
    assert figures.recall["together"].orphans == 4
    assert figures.recall["together"].first == {1: 1 / 4, 5: 2 / 4, 20: 2 / 4}


def test_recall_by_kind(figures):
    assert figures.recall["number_typo"].first == {1: 1 / 2, 5: 1.0, 20: 1.0}
    assert figures.recall["found_nearby"].first == {1: 0.0, 5: 0.0, 20: 0.0}
    assert set(figures.recall) == {"number_typo", "found_nearby", "together"}


def test_a_case_of_the_matter_counts_in_its_own_column_only(figures):
    assert figures.recall["found_nearby"].matter == {1: 1 / 2, 5: 1 / 2, 20: 1 / 2}
    assert figures.recall["together"].matter == {1: 2 / 4, 5: 3 / 4, 20: 3 / 4}


def test_depth_goes_by_rank_and_not_by_order_in_the_file():
    many = suggested("1", *[(f"X{n}", 0.9 - n / 100) for n in range(5)], ("C1", 0.5))
    found = score(TRUTH, reversed(many), MATTERS).recall["together"]
    assert found.first == {1: 0.0, 5: 0.0, 20: 1 / 4}


def test_reading_at_the_threshold(figures):
    # At 0.5 or above: C1 and C7 for 1; C7 and C8 for 2; C1 for 5. Only orphan 1 is found by them.
    assert (figures.read, figures.found) == (5, 1)
    assert figures.read_per_find == 5.0
    assert figures.unrelated_shown == 1 / 2
    lower = score(TRUTH, SUGGESTIONS, MATTERS, threshold=0.4)
    assert (lower.read, lower.found, lower.read_per_find) == (6, 2, 3.0)
    none = score(TRUTH, SUGGESTIONS, MATTERS, threshold=0.95)
    assert (none.read, none.found, none.read_per_find) == (0, 0, None)


def test_what_is_left_out_is_counted(figures):
    assert figures.outside == 1
    assert figures.without == 2  # items 4 and 6


def test_average_precision_of_the_whole(figures):
    # By first probability: 0.9 orphan, 0.7 nobody's, 0.55 orphan, 0.3 orphan, 0 orphan and nobody's.
    by_hand = 1 / 4 * 1 / 1 + 1 / 4 * 2 / 3 + 1 / 4 * 3 / 4 + 1 / 4 * 4 / 6
    assert figures.average_precision == pytest.approx(by_hand)


def test_calibration_of_the_whole(figures):
    # 0.9 right, 0.55 wrong, 0.3 wrong (a matter is not the case), 0.7 wrong (nobody's): a bin each.
    by_hand = (0.1 + 0.55 + 0.3 + 0.7) / 4
    assert figures.calibration_error == pytest.approx(by_hand)
    # The two without a suggestion said 0, and 0 it was.
    assert figures.calibration_error_all == pytest.approx((0.1 + 0.55 + 0.3 + 0.7) / 6)


def test_average_precision_takes_ties_in_one_step():
    scored = [(0.9, True), (0.8, False), (0.7, True), (0.0, False), (0.0, True)]
    by_hand = 1 / 3 * 1 + 1 / 3 * 2 / 3 + 1 / 3 * 3 / 5
    assert average_precision(scored) == pytest.approx(by_hand)
    assert average_precision(scored[::-1]) == pytest.approx(by_hand)


def test_average_precision_at_its_ends():
    assert average_precision([]) == 0.0
    assert average_precision([(0.5, False)]) == 0.0
    assert average_precision([(0.9, True), (0.1, False)]) == 1.0
    # Whoever says the same of everything gets the share of orphans, in whatever order.
    assert average_precision([(0.5, False), (0.5, True), (0.5, False), (0.5, False)]) == 0.25


def test_bins_have_equal_width_and_one_belongs_to_the_last():
    bins = reliability([(0.0, False), (0.05, True), (0.1, False), (0.95, True), (1.0, True)])
    assert [one.count for one in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (bins[0].low, bins[0].high, bins[0].said, bins[0].right) == (0.0, 0.1, 0.025, 0.5)
    assert bins[9].said == pytest.approx(0.975)
    assert (bins[2].said, bins[2].right) == (None, None)


def test_calibration_error_weighs_bins_by_their_size():
    firsts = [(0.85, True), (0.85, True), (0.85, True), (0.25, True)]
    assert calibration_error(firsts) == pytest.approx(3 / 4 * 0.15 + 1 / 4 * 0.75)
    assert calibration_error([]) == 0.0


def test_no_suggestion_at_all():
    figures = score(TRUTH, [], MATTERS)
    assert figures.recall["together"].first == {1: 0.0, 5: 0.0, 20: 0.0}
    assert figures.average_precision == pytest.approx(4 / 6)  # all tied at 0
    assert (figures.calibration_error, figures.read_per_find, figures.without) == (0.0, None, 6)


def test_an_item_of_two_cases_is_found_in_either():
    truth = {("A", "1"): Truth("number_typo", frozenset({"C1", "C2"}))}
    assert score(truth, suggested("1", ("C2", 0.8)), {}).recall["together"].first[1] == 1.0


def test_a_truth_without_orphans():
    figures = score({("A", "5"): NOBODYS}, suggested("5", ("C1", 0.7)), {})
    assert figures.recall["together"].first == {}
    assert measures(figures).get("recall_5") is None
    assert figures.calibration_error == pytest.approx(0.7)


def test_misses_as_a_share_of_somebody_elses(figures):
    worse = score(TRUTH, suggested("1", ("C1", 0.9)), MATTERS)  # misses three of four
    assert missed_share(figures, worse) == pytest.approx((2 / 4) / (3 / 4))
    perfect = score(TRUTH, [Suggestion("A", str(n), f"C{n}", 1, 0.9) for n in (1, 2, 3, 4)], {})
    assert missed_share(figures, perfect) is None


def test_several_counties_together():
    found = spreads([{"recall_5": 0.2, "read": None}, {"recall_5": 0.9}, {"recall_5": 0.5}])
    assert found["recall_5"] == (0.5, 0.2, 0.9, 3)
    assert "read" not in found


def test_pooled_bins_count_every_suggestion_once():
    one = reliability([(0.9, True)])
    three = reliability([(0.96, False), (0.96, False), (0.96, True)])
    last = pooled([one, three])[9]
    assert (last.count, last.said, last.right) == (4, pytest.approx(0.945), 0.5)
    assert pooled([one, three])[0].said is None
