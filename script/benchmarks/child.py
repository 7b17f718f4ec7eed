"""The other side of `children.call`: calls one function, writes what it hands back as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

__all__ = ["main"]


def main() -> int:
    """Arguments: `module:function`, its arguments as JSON, the file for the answer."""
    function, arguments, answer = sys.argv[1:]
    module, name = function.split(":")
    found = getattr(import_module(f"benchmarks.{module}"), name)(**json.loads(arguments))
    Path(answer).write_text(json.dumps(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
