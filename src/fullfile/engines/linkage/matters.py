"""Which cases are linked with each other, as numbered groups: linked cases are no rivals."""

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

    for left, right in connection.execute("SELECT case_id, other_id FROM relation").fetchall():
        one, other = sorted((root(left), root(right)))
        parent[other] = one
    return {case: root(case) for case in parent}
