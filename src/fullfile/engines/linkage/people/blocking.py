"""Which pairs are looked at: those that share a blocking key, within a budget that is told when it is spent.

Pairs are counted before any is made. A key of too many pairs is left out, and where the rest of a rule is still too
much, its most crowded keys are, so that the rare and telling ones stay. The same keys come from `blocking_keys`, one
record at a time, so that an index and the bulk run find the same.
"""

# ruff: noqa: S608 - names in queries are our own; values are numbers of ours

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from fullfile.engines.linkage.people.columns import rows, values
from fullfile.engines.linkage.people.databases import Database
from fullfile.engines.linkage.people.person import RULES
from fullfile.engines.linkage.people.results import CASE_SIDE, Budget

__all__ = ["Blocked", "block"]


@dataclass(frozen=True, slots=True)
class Blocked:
    """What blocking found: how many pairs, which keys were left out, and that in sentences."""

    pairs: int
    crowded: dict[str, int]
    skipped: tuple[str, ...]


def block(database: Database, budget: Budget) -> Blocked:
    """Make the table `blocked` (join_key_l, join_key_r) out of `keys` (record, key) and `sides` (record, side).

    Two records make a pair when they share a key and one of them at least is on a case.

    Args:
        database: holds the two tables.
        budget: how many pairs may be looked at.
    """
    database.make(
        "sided",
        f"""
        select k.key, k.record, (s.side & {CASE_SIDE}) <> 0 as on_case
        from keys k inner join sides s on k.record = s.record
        """,
    )
    database.make(
        "crowds",
        """
        select key, substr(key, 1, 1) as rule,
            cast((n * (n - 1) - (n - cases) * (n - cases - 1)) / 2 as bigint) as pairs
        from (
            select key, count(*) as n, sum(case when on_case then 1 else 0 end) as cases
            from sided group by key having count(*) > 1
        ) counted
        where cases > 0
        """,
    )
    limits = _limits(database, budget)
    below = " or ".join(
        f"(rule = '{rule}' and pairs <= {limit})" for rule, limit in sorted(limits.items())
    )
    below = below or "1 = 0"
    left_out = database.fetch(f"select key, pairs from crowds where not ({below}) order by key")
    crowded: dict[str, int] = {key: pairs for key, pairs in rows(left_out, "key", "pairs")}  # noqa: C416  (typed)
    database.make(
        "kept",
        f"""
        select s.key, s.record, s.on_case
        from sided s inner join (select key from crowds where {below}) c on s.key = c.key
        """,
    )
    database.make(
        "blocked",
        """
        select '0' as match_key, join_key_l, join_key_r
        from (
            select distinct a.record as join_key_l, b.record as join_key_r
            from kept a inner join kept b on a.key = b.key and a.record < b.record
            where a.on_case or b.on_case
        ) found
        """,
    )
    for name in ("sided", "crowds", "kept"):
        database.drop(name)
    (pairs,) = values(database.fetch("select count(*) as n from blocked"), "n")
    return Blocked(pairs, crowded, _told(crowded))


def _limits(database: Database, budget: Budget) -> dict[str, int]:
    """For each rule the most pairs that a key may have."""
    steps = database.fetch(
        f"""
        select rule, pairs, count(*) as n from crowds
        where pairs <= {budget.key} group by rule, pairs order by rule, pairs
        """
    )
    limits: dict[str, int] = {}
    spent: dict[str, int] = defaultdict(int)
    for rule, pairs, keys in rows(steps, "rule", "pairs", "n"):
        if spent[rule] > budget.rule:
            continue
        spent[rule] += pairs * keys
        if spent[rule] <= budget.rule:
            limits[rule] = pairs
    return limits


def _told(crowded: dict[str, int]) -> tuple[str, ...]:
    """One sentence for each rule with keys left out, the worst named."""
    by_rule: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, pairs in crowded.items():
        by_rule[key[0]].append((pairs, key))
    sentences = []
    for rule, own in sorted(by_rule.items()):
        pairs, key = max(own)
        kind = "officers" if key[1] == "o" else "civilians"
        value = key.split(":", 1)[1].replace("|", ", ")
        sentences.append(
            f"Not compared by {RULES[rule]}: {len(own):,} crowded "
            f"{'value' if len(own) == 1 else 'values'} with {sum(one for one, _ in own):,} pairs, "
            f"the most crowded {value[:60]!r} ({kind}, {pairs:,} pairs)."
        )
    return tuple(sentences)
