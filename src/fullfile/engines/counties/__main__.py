"""Makes a county, or searches one, in a process of its own: `python -m fullfile.engines.counties WHAT JSON`.

Whoever measures the memory of a child must stay small, because a child begins
with the memory of its parent; so the heavy work is done here.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from fullfile.engines.counties.county import write_county
from fullfile.engines.counties.search import search
from fullfile.engines.counties.truth import read_truth

__all__ = ["main"]


def main() -> int:
    """`make` takes directory, seed, noise, cases, items; `search` takes directory, top, output."""
    what, given = sys.argv[1], json.loads(sys.argv[2])
    directory = Path(given.pop("directory"))
    if what == "make":
        sys.stdout.write(json.dumps(asdict(write_county(directory, **given))))
        return 0
    found = search(directory, read_truth(directory), top=given["top"])
    suggestions = [one._asdict() for one in found]
    Path(given["output"]).write_text(json.dumps({"suggestions": suggestions}), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
