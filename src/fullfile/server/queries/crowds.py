"""Report numbers that so many cases list that they join none (contract, section 1: matter)."""

from __future__ import annotations

from fullfile.server.store.tables import select

__all__ = ["list_crowds"]


def list_crowds(limit: int) -> list[tuple[str, str, int]]:
    """Agency, report number and number of cases, where more than `limit` cases list it now."""
    rows = select(
        "SELECT a.name, r.number, count(DISTINCT c.case_id) AS cases "
        "FROM case_reports c JOIN report_key r ON r.report_id = c.report_id "
        "JOIN agency_key a ON a.agency_id = r.agency_id WHERE c.to_index IS NULL "
        "GROUP BY a.name, r.number HAVING count(DISTINCT c.case_id) > %s ORDER BY cases DESC, r.number",
        [limit],
    )
    return [(str(agency), str(number), int(cases)) for agency, number, cases in rows]
