"""What is owed to whom by when in a case: every rule of the pack that binds the court.

`duties_of_case` puts the rules to the docket, the statuses, the answers of the agencies and the
lines of the match, and says of each duty whether it is open, done, overdue, or not for the record
to say. How is told in `docs/explanation/duties.md`.
"""

from fullfile.core.duties.duty import KINDS, STATES, Change, Duty, OpenItem
from fullfile.core.duties.listing import duties_of_case

__all__ = ["KINDS", "STATES", "Change", "Duty", "OpenItem", "duties_of_case"]
