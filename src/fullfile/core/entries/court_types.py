"""The entry types of what was put before a court: filed by a side, or because the court ordered it.

Put on the file is the prosecution's own list (`filing.recorded`); filed with the court is this.
"""

from __future__ import annotations

from fullfile.core.entries.entry_type import EntryType

__all__ = ["COURT_TYPES"]

COURT_TYPES = (
    EntryType(
        "court.paper_filed",
        1,
        "A paper was filed with the court, or put before it because it ordered so; from then on the court may open it.",
        (
            ("case_number", "the case"),
            ("paper", "schedule, certificate, file, knowledge or determinations"),
            (
                "of",
                "the indexes of the entries that were filed: the paper, the file, or each determination; of an account of who knew what none",
            ),
            ("agency", "of the item, where it is about one"),
            ("tag", "likewise"),
            ("defendant", "the name, as recorded, where the paper is of one defendant"),
            ("defendant_key", "the defendant's key in the case, likewise"),
            ("filed_on", "the day on which it was filed"),
            ("way", "filed or ordered"),
            ("order", "the order, in words, where the court ordered it; likewise `order_on`"),
            ("under_seal", "true: filed under seal, so that the other side is not told"),
            ("side", "state or defence: who filed it"),
            ("size", "the size of the record that an account of who knew what was taken from"),
            ("detail", "what else there is to say"),
            ("by", "who filed it"),
        ),
    ),
    EntryType(
        "court.filing_withdrawn",
        1,
        "It was not filed with the court after all, or the court gave it back; the court no longer opens it here.",
        (
            ("case_number", "the case"),
            ("filing", "the index of the entry that says it was filed"),
            ("reason", "why"),
            ("by", "who says so"),
        ),
    ),
)
