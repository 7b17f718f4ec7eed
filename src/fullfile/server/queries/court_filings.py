"""What was filed with the court in a case, and what the court then opens: exactly that, as it stood when it was filed.

What this does not do: it hides nothing; the pages ask the policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fullfile.core.errors import NotFound
from fullfile.core.knowledge import Knew
from fullfile.core.papers.court import COURT_TYPES, FILED, Filing, Kind, read_filings
from fullfile.core.said import say
from fullfile.server.queries.files import ItemFile, file_of_entry
from fullfile.server.queries.knew import ask_knew
from fullfile.server.queries.readings import View, views_of_entries
from fullfile.server.store.acts import acts_of_case, acts_of_cases, newest_acts
from fullfile.server.store.load import current_size

__all__ = ["Opened", "filing_of", "filings_of_case", "newest_filings", "open_filing"]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a filing opens.

    Attributes:
        filing: what was filed.
        file: of a file.
        knew: of an account of who knew what, as the record had it when it was filed.
        views: of determinations, as they stood then.
    """

    filing: Filing
    file: ItemFile | None = None
    knew: Knew | None = None
    views: tuple[View, ...] = ()


def filings_of_case(case_id: int, size: int | None = None) -> list[Filing]:
    """What was filed in a case, in the order of the record, as of a size; None: now."""
    known = current_size() if size is None else size
    return read_filings(acts_of_case(case_id, COURT_TYPES, known))


def newest_filings(
    case_ids: Sequence[int] | None, *, since_entry: int = 0, limit: int = 20
) -> tuple[list[tuple[int, Filing]], int]:
    """What was filed last, in some cases or in all: each with the case's number in addresses, the newest first.

    Args:
        case_ids: of which cases; None: of all.
        since_entry: only what was recorded from this entry on.
        limit: at most so many.

    Returns:
        The filings that stand, and how many were recorded at all.
    """
    size = current_size()
    found, total = newest_acts(FILED, case_ids, since=since_entry, limit=limit)
    told = acts_of_cases(sorted({case for case, _entry in found}), COURT_TYPES, size)
    filings = {one.entry: one for one in read_filings(told)}
    rows = [(case, filings[entry]) for case, entry in found if entry in filings]
    return [(case, one) for case, one in rows if one.withdrawn is None], total


def filing_of(case_id: int, entry: int) -> Filing:
    """A filing of a case by its entry.

    Raises:
        NotFound: nothing was filed there under that entry.
    """
    for one in filings_of_case(case_id):
        if one.entry == entry:
            return one
    raise NotFound(say("Entry {entry:,} files nothing with the court in this case.", entry=entry))


def open_filing(filing: Filing) -> Opened:
    """What a filing opens; of one that was withdrawn nothing."""
    if filing.withdrawn is not None:
        return Opened(filing)
    if filing.kind is Kind.FILE:
        return Opened(filing, file=file_of_entry(filing.of[0]))
    if filing.kind is Kind.KNEW:
        then = datetime.fromtimestamp(filing.recorded_ms / 1000, UTC)
        found = ask_knew(filing.agency, filing.tag, on=then, as_of=then)
        return Opened(filing, knew=found.knew)
    if filing.kind is Kind.VIEWS:
        views = views_of_entries(
            filing.agency, filing.tag, filing.case_number, filing.of, filing.entry
        )
        return Opened(filing, views=tuple(views))
    return Opened(filing)
