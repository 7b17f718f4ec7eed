"""All checks that need no test run, one after the other; changes nothing.

Each check is a command of a tool that is pinned in the lock file. All of them
run even when one fails, so that one round shows everything there is to mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def commands(scratch: str) -> dict[str, list[str | Path]]:
    """The checks by name, in the order from quick to slow."""
    python = sys.executable
    return {
        "format": [BIN / "ruff", "format", "--check", "--quiet", "--no-cache", "."],
        "lint": [BIN / "ruff", "check", "--quiet", "--no-cache", "."],
        "lock files": [python, "script/locks.py"],
        "changelog": [python, "script/changelog.py"],
        "contracts": [BIN / "lint-imports", "--no-cache"],
        "generated pages": [python, "script/pages.py", "--check"],
        "types": [BIN / "mypy"],
        "types of scripts": [BIN / "mypy", *sorted(ROOT.glob("script/*.py"))],
        "documentation": [
            *(python, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"),
            *("-d", f"{scratch}/doctrees", "docs", f"{scratch}/html"),
        ],
    }


def main() -> int:
    """Run each check, print what failed, and end with a table; 1 where any failed."""
    wanted = sys.argv[1:]
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="fullfile-check-") as scratch:
        checks = commands(scratch)
        if unknown := [name for name in wanted if name not in checks]:
            print(f"script/check: no check is named {unknown[0]}; there are: {', '.join(checks)}.")
            return 2
        for name, command in checks.items():
            if wanted and name not in wanted:
                continue
            started = time.monotonic()
            done = subprocess.run(
                command,
                cwd=ROOT,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, "NO_COLOR": "1"},
            )
            took = time.monotonic() - started
            print(f"{'FAILED' if done.returncode else 'ok':7}{name:18}{took:6.1f} s", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout)
    if failed:
        print(f"script/check: {len(failed)} failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
