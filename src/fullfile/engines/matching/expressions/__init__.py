"""The three-way match as relational expressions (docs/explanation/the-match.md).

One room per section: `accounts` (1.3), `cases` (2), `bearing` (3), `ends` (4),
`due` (5), `custody` and `holds` (6), `delivered` and `kept_back` (7), `lines`
(8), `beside` (9). Each expression means the same on SQLite, PostgreSQL and DuckDB.
"""

from __future__ import annotations

import ibis

from fullfile.engines.matching.expressions.beside import (
    barred_counts,
    orphans,
    unanswered,
    unbooked,
)
from fullfile.engines.matching.expressions.lines import (
    CODES,
    KINDS,
    LINE,
    ORDER,
    item_lines,
    lines_without_defendant,
)
from fullfile.engines.matching.tables import Expr
from fullfile.engines.matching.work import Work

__all__ = ["CODES", "KINDS", "LINE", "ORDER", "match_lines"]


def match_lines(work: Work) -> Expr:
    """Every line of the match, in no order: the columns of `LINE`."""
    parts = [item_lines(work), lines_without_defendant(work), unanswered(work), orphans(work)]
    parts += [part for part in (unbooked(work), barred_counts(work)) if part is not None]
    return ibis.union(*[work.step("lines", part) for part in parts])
