"""Who held, handled, was told of, looked at or judged an item, and when.

`knew` answers for one item: what people and sources say (stated), what rows of
other tables show (derived), both with their entries, and the accounts that
contradict each other side by side. It decides between no two of them.
"""

from fullfile.core.knowledge.accounts import (
    LEVEL_VERBS,
    LEVEL_WORDS,
    LEVELS,
    Contradiction,
    Knew,
    Known,
    Named,
    Person,
    SignedPaper,
)
from fullfile.core.knowledge.knew import knew
from fullfile.core.knowledge.papers import SIGNED, signed_papers

__all__ = [
    "LEVELS",
    "LEVEL_VERBS",
    "LEVEL_WORDS",
    "SIGNED",
    "Contradiction",
    "Knew",
    "Known",
    "Named",
    "Person",
    "SignedPaper",
    "knew",
    "signed_papers",
]
