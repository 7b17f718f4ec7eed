"""Which cases are one matter, as numbered groups: such cases are no rivals, and what bears on one bears on the others.

As in the contract, section 1: cases that share a report number (unless more than 20 list it), and those related as
co-defendant, same incident, refiled, superseded or consolidated. A group goes further than the one step of a
matter; that serves to tell rivals, and what a suggestion says of a case is decided by persons.
"""

from __future__ import annotations

from fullfile.engines.linkage.connection import Connection

__all__ = ["matters_of"]


def matters_of(connection: Connection) -> dict[int, int]:
    """By case the least number of those it is linked with, however far; cases without a link are left out."""
    parent: dict[int, int] = {}

    def root(case: int) -> int:
        while parent.setdefault(case, case) != case:
            parent[case] = parent[parent[case]]
            case = parent[case]
        return case

    for left, right in connection.execute(
        "SELECT case_id, other_id FROM relation WHERE kind NOT IN ('severed_from', 'other')"
    ).fetchall():
        one, other = sorted((root(left), root(right)))
        parent[other] = one
    return {case: root(case) for case in parent}
