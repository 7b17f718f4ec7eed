"""Several accounts of one fact become the one that counts; the others are kept to be named.

Section 1.3 of `docs/explanation/the-match.md` and "Accounts" of the contract,
section 2: both accounts stand, and the sentence names the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Account", "Fact", "earliest", "earliest_fact", "latest_of_sources"]


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One source's date of a fact: a moment (ms), the entry, the source, the words."""

    moment: int
    entry: int
    source: str
    said: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The account that counts, and the other dates that sources gave."""

    moment: int
    entry: int
    said: str
    others: tuple[Account, ...] = ()


def _of_best_rank(accounts: Iterable[Account], rank: Sequence[str]) -> list[Account]:
    found = sorted(accounts)
    if not rank or not found:
        return found
    places = {name: place for place, name in enumerate(rank)}
    best = min(places.get(account.source, len(rank)) for account in found)
    return [account for account in found if places.get(account.source, len(rank)) == best]


def _fact(chosen: Account, accounts: Iterable[Account]) -> Fact:
    others = {
        account.said: account
        for account in accounts
        if account.source != chosen.source and account.said != chosen.said
    }
    return Fact(chosen.moment, chosen.entry, chosen.said, tuple(sorted(others.values())))


def _alone(account: Account) -> Fact:
    """The only account of a fact: nearly every fact has one."""
    return Fact(account.moment, account.entry, account.said)


def earliest(accounts: Iterable[Account], rank: Sequence[str]) -> Fact | None:
    """Held and trigger: of the best rank, the earliest."""
    found = list(accounts)
    if len(found) == 1:
        return _alone(found[0])
    chosen = _of_best_rank(found, rank)
    return _fact(chosen[0], found) if chosen else None


def latest_of_sources(accounts: Iterable[Account], rank: Sequence[str]) -> Fact | None:
    """Filed, disclosed and receipt: each source's earliest; of the best rank, the latest of them."""
    found = list(accounts)
    if len(found) == 1:
        return _alone(found[0])
    by_source: dict[str, Account] = {}
    for account in _of_best_rank(found, rank):
        by_source.setdefault(account.source, account)
    if not by_source:
        return None
    return _fact(max(by_source.values()), found)


def earliest_fact(facts: Iterable[Fact | None]) -> Fact | None:
    """Of several facts, the one that happened first."""
    return min(
        (fact for fact in facts if fact is not None),
        key=lambda f: (f.moment, f.entry),
        default=None,
    )
