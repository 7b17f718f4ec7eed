"""The rows of a case that may start a clock: its docket, and the requests of the defence.

A request of the defence stands in a table of its own. Where the law starts a clock on it, it counts
like an event of the docket: `discovery_request`, for the defendant who asked, on the day of the request.
Carries out section 5.1 of `docs/explanation/the-match.md`; which of the rows start which clock is for
`core.matching` and `core.duties` to say.
"""

from __future__ import annotations

from dataclasses import replace

from fullfile.core.entries.rows import DISCOVERY_REQUEST
from fullfile.core.facts.rows import Facts, Row

__all__ = ["docket_and_requests"]


def docket_and_requests(facts: Facts, case: str) -> list[Row]:
    """The docket of a case, and each request in it as the event that it is.

    Args:
        facts: the rows that count.
        case: the key of the case.
    """
    return [
        *facts.of_case("docket", case),
        *(_as_event(row) for row in facts.of_case("requests", case)),
    ]


def _as_event(row: Row) -> Row:
    """A request with the columns by which events of the docket are read."""
    said = {"event": DISCOVERY_REQUEST, "occurred_on": row.text("requested_at")}
    return replace(row, data={**row.data, **said})
