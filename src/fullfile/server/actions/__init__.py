"""One function per intention of a user; the only place that opens a transaction (journey, step 2)."""
