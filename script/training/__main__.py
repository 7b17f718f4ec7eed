"""`PYTHONPATH=script python -m training COUNTY_DIR --seed N [--cases N --items N]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.county import CASES, ITEMS, make_county
from training.tables import write_county

__all__ = ["main"]


def main() -> int:
    """Make one county and say what is in it."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("folder", type=Path, help="where its tables are written")
    parser.add_argument("--seed", type=int, required=True, help="the county: its habits and all")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--items", type=int, default=ITEMS)
    asked = parser.parse_args()
    counts = write_county(make_county(asked.seed, asked.cases, asked.items), asked.folder)
    print(", ".join(f"{count:,} {table}" for table, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
