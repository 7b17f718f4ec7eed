"""Which case an item belongs to: evidence that an item and a case share, weighed by its rarity.

`model` reads a model that can be read (JSON, never code); `evidence` weighs what the record
says. What is found is recorded as suggestions, which persons decide on.
"""

from fullfile.engines.linkage.evidence import Candidate, CaseSide, ItemSide, Reason, suggest
from fullfile.engines.linkage.model import Model, load_model

__all__ = [
    "Candidate",
    "CaseSide",
    "ItemSide",
    "Model",
    "Reason",
    "load_model",
    "suggest",
]
