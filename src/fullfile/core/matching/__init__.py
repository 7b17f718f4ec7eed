"""The three-way match: the state of one line (item, case, defendant), and why.

The rules are written down in `docs/explanation/the-match.md`. `read_world` puts
the record together; `lines_of_case`, `lines_of_item` and `lines_of_office`
give the lines. This is the reference that the engines' expressions must equal.
"""

from fullfile.core.matching.line import EXCEPTIONS, Line, Policy, State
from fullfile.core.matching.lines import lines_of_case, lines_of_item, lines_of_office
from fullfile.core.matching.world import Moment, World, read_world

__all__ = [
    "EXCEPTIONS",
    "Line",
    "Moment",
    "Policy",
    "State",
    "World",
    "lines_of_case",
    "lines_of_item",
    "lines_of_office",
    "read_world",
]
