"""How entries become rows of the read tables, in the same transaction (journey, step 6).

One projector for each type of entry. A chunk is read twice: first each entry
says what it mentions, so that numbers are found or made in bulk; then each
gives its rows. Both passes go in the order of the record, so the result does not
depend on how it was cut into chunks, and `rebuild` gives the same.

What this does not do: it judges nothing. A row is what the entry said.
"""

from fullfile.server.store.projectors.project import PROJECTORS, Projection, Recorded

__all__ = ["PROJECTORS", "Projection", "Recorded"]
