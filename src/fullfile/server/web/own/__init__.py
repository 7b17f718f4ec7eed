"""One's own account and the way in: notice, lock, second step, invitation, language, demonstration."""
