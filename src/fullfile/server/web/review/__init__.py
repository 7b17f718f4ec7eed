"""Review: what waits for a second mind. Suggestions, second readings, approvals."""
