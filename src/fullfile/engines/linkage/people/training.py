"""A model trained on the office's own records: Splink's estimates, held within reach of the priors.

1. How likely two records are one person at all: counted from records of one name and one date of birth.
2. How often levels agree between different persons (u): all pairs of a random sample.
3. How often they agree between records of one person (m): expectation maximisation over pairs of one name, then of
   one date of birth, then of one telephone; each says how often the rest agrees.
4. No number leaves the neighbourhood of its prior. An office with odd records gets a cautious model, not an odd one.

Samples are drawn by seed and by a digest of the surname, so that records of one person stay together,
and the same records give the same model.
"""

from __future__ import annotations

import random
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from fullfile.engines.linkage.people.columns import rows, values
from fullfile.engines.linkage.people.databases import Database, open_database
from fullfile.engines.linkage.people.levels import COMPARISONS
from fullfile.engines.linkage.people.model import PeopleModel, load_priors
from fullfile.engines.linkage.people.scoring import splink_settings
from fullfile.engines.linkage.people.table import parse_table

__all__ = ["ENOUGH", "train", "train_parsed"]

ENOUGH = 2_000
"""With fewer records the priors stand."""
_STRANGERS = 1_500
"""Records of which all pairs are looked at for u."""
_SAMPLE = 100_000
"""Records among which pairs are sought for m."""
_CROWD = 30
"""Records of one blocking value that take part in training; more are a name or a date put in for want of one."""
_FEWEST = 300
"""With fewer pairs than these a blocking value teaches nothing."""
_REACH = {"m": 3.0, "u": 10.0}
"""So many times more or less than its prior a number may become."""
_BLOCKS = (("surname", "given"), ("born",), ("phone",))

Levels = Mapping[str, Mapping[str, tuple[float, float]]]


def train(records: pa.Table, *, scratch: Path, seed: int = 20) -> PeopleModel:
    """Learn how often levels occur between the same and between different persons.

    Always on DuckDB, on a sample of bounded size: a model is trained once and applied on either engine.

    Args:
        records: as for `resolve`.
        scratch: a directory for what does not fit into memory.
        seed: of the samples; the same records and seed give the same model.
    """
    return train_parsed(parse_table(records)[0], scratch=scratch, seed=seed)


def train_parsed(persons: pa.Table, *, scratch: Path, seed: int = 20) -> PeopleModel:
    """As `train`, of records that are parsed already."""
    priors = load_priors(persons.num_rows)
    if persons.num_rows < ENOUGH:
        return priors
    persons = persons.sort_by("record")
    rate = _match_rate(persons, priors)
    sample = persons.take(_drawn(persons))
    start = PeopleModel(priors.name, priors.version, priors.trained_on, rate, priors.levels)
    with open_database("duckdb", scratch) as database:
        found = _estimate(database, sample, start, seed)
    return PeopleModel(
        name=priors.name,
        version=priors.version,
        trained_on=f"{persons.num_rows:,} person records of this office, {sample.num_rows:,} of them drawn",
        match_rate=rate,
        levels=_within_reach(found, priors.levels),
    )


def _match_rate(persons: pa.Table, priors: PeopleModel) -> float:
    """The probability that two records at random are one person, from those of one name and date of birth."""
    total = persons.num_rows
    dated = persons.filter(pc.is_valid(persons["born"]))
    share = dated.num_rows / total
    if share < 0.05:
        return priors.match_rate
    named = dated.filter(pc.is_valid(dated["given"]))
    groups = named.group_by(["surname", "given", "born"]).aggregate([("record", "count")])
    same = sum(n * (n - 1) / 2 for n in values(groups, "record_count") if n <= _CROWD)
    agreeing = (
        priors.levels["surname"]["same"][0]
        * priors.levels["given"]["same"][0]
        * priors.levels["born"]["same"][0]
    )
    matches = same / (share * share * agreeing)
    matches = min(max(matches, 0.05 * total), 5.0 * total)
    rate = matches / (total * (total - 1) / 2)
    return float(f"{min(rate, 0.02):.6g}")


def _drawn(persons: pa.Table) -> pa.Int64Array:
    """Which records take part: all, or those whose surname's digest falls below a limit; crowds cut."""
    share = _SAMPLE / persons.num_rows
    limit = 1 << 32 if share >= 1 else int(share * (1 << 32))
    crowds: Counter[tuple[int, str]] = Counter()
    chosen = []
    for row, (surname, given, born, phone) in enumerate(
        rows(persons, "surname", "given", "born", "phone")
    ):
        if surname is None or zlib.crc32(surname.encode()) >= limit:
            continue
        keys = [(0, f"{surname}|{given}"), (1, born), (2, phone)]
        keys = [key for key in keys if key[1]]
        if any(crowds[key] >= _CROWD for key in keys):
            continue
        crowds.update(keys)
        chosen.append(row)
    return pa.array(chosen, pa.int64())


def _estimate(database: Database, sample: pa.Table, start: PeopleModel, seed: int) -> Levels:
    """Splink's m and u over the sample."""
    from splink import Linker

    chance = random.Random(seed)  # noqa: S311  (a sample, no secret)
    drawn = sorted(chance.sample(range(sample.num_rows), min(_STRANGERS, sample.num_rows)))
    settings = splink_settings(start, training=True)
    database.load("strangers", sample.take(pa.array(drawn, pa.int64())))
    strangers = Linker(
        database.api.register("strangers"), settings, log_level=None, validate_settings=False
    )
    # More pairs than there are: Splink then draws none of its own, and the result hangs on our seed alone.
    strangers.training.estimate_u_using_random_sampling(
        max_pairs=_STRANGERS**2, min_count_per_level=None, num_chunks=1
    )
    found = _levels_of(strangers, start.levels)
    # Some of the strangers are one person after all, and in a small office they are most of what agrees.
    rate = start.match_rate
    known = _within_reach(
        {
            comparison: {
                level: (m, (u - rate * m) / (1 - rate))
                for level, (_, u) in levels.items()
                for m in (start.levels[comparison][level][0],)
            }
            for comparison, levels in found.items()
        },
        start.levels,
    )
    model = PeopleModel(start.name, start.version, start.trained_on, start.match_rate, known)
    database.load("sample", sample)
    linker = Linker(
        database.api.register("sample"),
        splink_settings(model, training=True),
        log_level=None,
        validate_settings=False,
    )
    for columns in _BLOCKS:
        if _pairs_of(sample, columns) < _FEWEST:
            continue
        rule = " and ".join(f"l.{column} = r.{column}" for column in ("kind", *columns))
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    return {
        comparison: {level: (m, known[comparison][level][1]) for level, (m, _) in levels.items()}
        for comparison, levels in _levels_of(linker, known).items()
    }


def _pairs_of(sample: pa.Table, columns: tuple[str, ...]) -> float:
    known = sample
    for column in columns:
        known = known.filter(pc.is_valid(known[column]))
    groups = known.group_by(["kind", *columns]).aggregate([("record", "count")])
    return float(sum(n * (n - 1) / 2 for n in values(groups, "record_count")))


# `Any`: Splink's linker; it ships few types.
def _levels_of(linker: Any, otherwise: Levels) -> Levels:
    """What Splink has learnt, and for what it has not seen what stood before."""
    learnt: dict[str, dict[str, tuple[float, float]]] = {
        comparison: dict(levels) for comparison, levels in otherwise.items()
    }
    for comparison in linker.misc.save_model_to_json()["comparisons"]:
        levels = learnt[comparison["output_column_name"]]
        for told in comparison["comparison_levels"]:
            name = told["label_for_charts"]
            if name in levels:
                m, u = levels[name]
                levels[name] = (told.get("m_probability", m), told.get("u_probability", u))
    return learnt


def _within_reach(found: Levels, priors: Levels) -> dict[str, dict[str, tuple[float, float]]]:
    """Each number near its prior, each comparison summing to one, neutral levels as they were."""
    held: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in COMPARISONS:
        prior = priors[comparison.name]
        neutral = {level.name for level in comparison.levels if level.neutral}
        sides = []
        for at, reach in enumerate(_REACH.values()):
            near = {
                name: min(max(found[comparison.name][name][at], own[at] / reach), own[at] * reach)
                for name, own in prior.items()
                if name not in neutral
            }
            left = 1.0 - sum(prior[name][at] for name in neutral)
            total = sum(near.values())
            # Six digits: two cores add in any order, and the model shall be the same to the last.
            sides.append(
                {name: float(f"{value * left / total:.6g}") for name, value in near.items()}
            )
        held[comparison.name] = {
            name: own if name in neutral else (sides[0][name], sides[1][name])
            for name, own in prior.items()
        }
    return held
