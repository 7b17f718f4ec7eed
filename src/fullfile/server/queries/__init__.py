"""Questions that people ask, answered from the record: nothing here writes.

A question carries two moments: `on` (how things stood then) and `as_of` (using
only what the record knew by then).
"""
