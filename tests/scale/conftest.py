"""The measurements of `script/bench` are importable as `benchmarks`."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPTS = str(Path(__file__).resolve().parents[2] / "script")
if SCRIPTS not in sys.path:
    sys.path.append(SCRIPTS)
