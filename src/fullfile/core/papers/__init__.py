"""Papers: the schedule of everything, and the certificate, computed from the match. Pure."""

from fullfile.core.papers.acts import CERTIFICATE, SCHEDULE, Act, Checkpoint, acts_of, as_runs
from fullfile.core.papers.certificate import (
    Answer,
    Certificate,
    Orphans,
    Refusal,
    certificate_of,
)
from fullfile.core.papers.heading import Heading, find_defendant
from fullfile.core.papers.listed import Listed
from fullfile.core.papers.schedule import LAYOUTS, Group, Schedule, grouped, schedule_of
from fullfile.core.papers.veil import COPIES
from fullfile.core.papers.wording import Said

__all__ = [
    "CERTIFICATE",
    "COPIES",
    "LAYOUTS",
    "SCHEDULE",
    "Act",
    "Answer",
    "Certificate",
    "Checkpoint",
    "Group",
    "Heading",
    "Listed",
    "Orphans",
    "Refusal",
    "Said",
    "Schedule",
    "acts_of",
    "as_runs",
    "certificate_of",
    "find_defendant",
    "grouped",
    "schedule_of",
]
