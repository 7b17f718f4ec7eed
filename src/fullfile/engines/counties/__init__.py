"""Made-up counties with known truth, and how well suggestions for their orphans do.

`write_county` makes a county: import tables as any office could send them, and
`truth.csv`, which says to which case each orphan belongs. `score` holds
suggestions against the truth; `search` makes the suggestions of a plain TF-IDF
search, to have something to compare with.

Nothing here is shared with the model that is measured: no names, no words, no
rules. Both could otherwise be right for the same wrong reason.
"""

from __future__ import annotations

from fullfile.engines.counties.county import County, write_county
from fullfile.engines.counties.noise import PRESETS, Noise

__all__ = ["PRESETS", "County", "Noise", "write_county"]
