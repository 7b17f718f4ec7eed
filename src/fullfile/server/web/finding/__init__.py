"""Finding: one field for everything, and what a scanned label means."""
