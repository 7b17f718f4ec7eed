"""The files of the repository, as git lists them, and how to read them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is tracked, or new and not ignored; outside a checkout, the package's."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name.decode() for name in done.stdout.split(b"\0") if name)
    return tuple(path for path in sorted(set(paths)) if path.is_file())


def text_of(path: Path) -> str | None:
    """The text of a file, or None where it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def name_of(path: Path) -> str:
    """A file's name within the repository."""
    return path.relative_to(ROOT).as_posix()


def sources(*folders: str) -> tuple[Path, ...]:
    """The Python files below some folders."""
    return tuple(
        path
        for path in tracked()
        if path.suffix == ".py" and name_of(path).startswith(tuple(f"{at}/" for at in folders))
    )
