"""Packs and calendars from files: those shipped, and those of an office.

An office's own lie in `HOME/packs/<id>/` and `HOME/packs/calendars/<id>/`. One with the
id of a shipped one takes its place; if it is broken, neither is used and the
problem says so, for nobody may be given a law that the office had corrected.
A broken pack never stops the others.
"""

from fullfile.engines.packs.cases import (
    PROVISION_CASE_FILES,
    CaseResult,
    WorkedCase,
    check_cases,
    read_cases,
)
from fullfile.engines.packs.library import (
    Calendars,
    Packs,
    load_calendars,
    load_packs,
    shipped_folder,
)
from fullfile.engines.packs.reading import rule_file_name
from fullfile.engines.packs.tables import PackProblem, canonical_digest

__all__ = [
    "PROVISION_CASE_FILES",
    "Calendars",
    "CaseResult",
    "PackProblem",
    "Packs",
    "WorkedCase",
    "canonical_digest",
    "check_cases",
    "load_calendars",
    "load_packs",
    "read_cases",
    "rule_file_name",
    "shipped_folder",
]
