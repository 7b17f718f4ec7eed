"""Can this be charged (again)? The answer for one count, as a chain of facts and rules.

`judge` answers for one history, `standing_of_case` for the counts of a case on record. What the six
facts are, and how the answer is made, is told in `docs/explanation/standing.md`.
"""

from fullfile.core.standing.answer import ANSWERS, SIX, Finding, IfEnded, Link, Six, Standing
from fullfile.core.standing.clock import LimitationDate, limitation_of
from fullfile.core.standing.files import history_of_case_file
from fullfile.core.standing.judge import judge
from fullfile.core.standing.of_case import standing_of_case

__all__ = [
    "ANSWERS",
    "SIX",
    "Finding",
    "IfEnded",
    "LimitationDate",
    "Link",
    "Six",
    "Standing",
    "history_of_case_file",
    "judge",
    "limitation_of",
    "standing_of_case",
]
