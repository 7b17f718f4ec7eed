"""The model: priors that can be read, training that stays near them."""

from __future__ import annotations

import pytest

from fullfile.engines.linkage.people import PeopleModel, load_priors, train
from fullfile.engines.linkage.people.levels import COMPARISONS
from fullfile.engines.linkage.people.training import ENOUGH
from tests.engines.linkage.made_people import made_people, person_table


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    records, _ = made_people(2_000, 1_600)
    return train(records, scratch=tmp_path_factory.mktemp("training"))


def test_priors_and_comparisons_name_the_same_levels():
    for comparison in COMPARISONS:
        levels = load_priors().levels[comparison.name]
        assert list(levels) == [*(level.name for level in comparison.levels), "differs"]
        assert sum(m for m, _ in levels.values()) == pytest.approx(1)
        assert sum(u for _, u in levels.values()) == pytest.approx(1)


def test_the_more_records_the_less_likely_two_are_one():
    assert load_priors(10).match_rate == load_priors().match_rate
    assert load_priors(100_000).match_rate < load_priors(1_000).match_rate


def test_few_records_teach_nothing(tmp_path):
    few = person_table(*({"name": f"Mara Voss{at}"} for at in range(30)))

    assert train(few, scratch=tmp_path) == load_priors(30)


def test_a_trained_model_stays_near_the_priors(trained):
    priors = load_priors()

    assert trained != load_priors(3_600)
    assert "3,600 person records" in trained.trained_on
    for comparison, levels in trained.levels.items():
        assert sum(m for m, _ in levels.values()) == pytest.approx(1)
        assert sum(u for _, u in levels.values()) == pytest.approx(1)
        for level, (m, u) in levels.items():
            prior_m, prior_u = priors.levels[comparison][level]
            assert prior_m / 6 < m < prior_m * 6, (comparison, level)
            assert prior_u / 20 < u < prior_u * 20, (comparison, level)


def test_neutral_levels_weigh_nothing(trained):
    for comparison in COMPARISONS:
        for level in comparison.levels:
            if level.neutral:
                assert trained.weight(comparison.name, level.name) == 0


def test_records_all_alike_teach_nothing_absurd(tmp_path):
    records = person_table(
        *({"name": "Mara Voss", "phone": f"555-{at:07}"} for at in range(ENOUGH + 1))
    )
    model = train(records, scratch=tmp_path)

    assert model.weight("surname", "same") > 0
    assert model.weight("phone", "same") > 0
    assert model.weight("surname", "differs") < 0


def test_a_model_is_read_back_from_its_text(trained):
    assert PeopleModel.from_json(trained.to_json()) == trained
