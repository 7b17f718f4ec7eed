"""Makes and refreshes `.venv`: what `script/setup` does once it has a Python.

Every package is pinned with its hash in `requirements/dev.lock`; Fullfile
itself is installed so that it runs from this checkout. A stamp in `.venv`
holds a digest of all that decides the outcome, so that a second run is a
matter of a second. What the pages load is built after that (`assets.py`). Standard library only: it runs before anything is there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import assets

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.lock"
STAMP = VENV / "setup.stamp"
DECIDES = (LOCK, ROOT / "requirements" / "run.lock", ROOT / "pyproject.toml", Path(__file__))


def digest(python: str) -> str:
    """What decides the environment: lock files, metadata, this file, Python."""
    whole = hashlib.sha256(python.encode())
    for path in DECIDES:
        whole.update(path.read_bytes())
    whole.update(str(VENV).encode())  # a moved checkout has wrong paths in its scripts
    return whole.hexdigest()


def venv_python() -> str | None:
    """The version of the Python in `.venv`, or None where there is none that fits."""
    try:
        done = subprocess.run(
            [VENV / "bin" / "python", "-c", "import sys; print(*sys.version_info[:3])"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = tuple(int(part) for part in done.stdout.split())
    return ".".join(map(str, version)) if version >= (3, 11) else None


def say(text: str) -> None:
    """One line of progress, on stderr."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def follow(command: list[str | Path], total: int) -> None:
    """Run pip, and show which package of how many it has come to."""
    on_terminal = sys.stderr.isatty()
    collected = 0
    shown = time.monotonic()
    tail: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            tail = [*tail[-24:], line.rstrip()]
            found = re.match(r"(Collecting|Requirement already satisfied:) ([^\s=<>;\[]+)", line)
            if found:
                collected += 1
                note = f"{min(collected, total)} of {total} packages: {found[2]}"
            elif line.startswith("Installing collected"):
                note = "unpacking (about a minute the first time)"
            else:
                continue
            if on_terminal:
                print(f"\r\033[Ksetup: {note}", end="", file=sys.stderr, flush=True)
            elif time.monotonic() - shown > 5 or note.startswith("unpacking"):
                shown = time.monotonic()
                say(note)
    if on_terminal:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if pip.returncode:
        print("\n".join(tail), file=sys.stderr)
        sys.exit(
            "setup: pip could not install the packages; its last words stand above. Without a "
            "network, or behind a proxy, tell pip where the registry is (pip config), then run "
            "script/setup again."
        )


def install() -> None:
    """Fill `.venv` from the lock file, then put this checkout into it."""
    pip: list[str | Path] = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    total = len(re.findall(r"^[A-Za-z0-9]", LOCK.read_text("utf-8"), re.MULTILINE))
    follow(
        [
            *pip,
            "install",
            "--progress-bar",
            "off",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            LOCK,
        ],
        total,
    )
    say("installing fullfile from this checkout")
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT],
        check=True,
        env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
    )


def main() -> None:
    """Bring `.venv` up to date, unless it is."""
    with LOCK.open("rb") as turnstile:  # two scripts started at once: one installs, one waits
        fcntl.flock(turnstile, fcntl.LOCK_EX)
        python = venv_python()
        if python and STAMP.is_file() and STAMP.read_text("utf-8") == digest(python):
            return
        if python is None:
            if VENV.exists():
                shutil.rmtree(VENV)
            say(f"making .venv with {sys.executable} (Python {sys.version.split()[0]})")
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
            python = venv_python()
            if python is None:
                sys.exit(
                    "setup: the new .venv does not start; remove it and run script/setup again."
                )
        os.environ["PIP_ROOT_USER_ACTION"] = "ignore"
        started = time.monotonic()
        install()
        STAMP.write_text(digest(python), "utf-8")
        say(f"ready after {time.monotonic() - started:.0f} s: .venv/bin/fullfile")


def pages() -> None:
    """Bring up to date what the pages load; without it everything but their look works."""
    try:
        assets.refresh()
    except assets.CannotBuild as problem:
        say(str(problem))
        if os.environ.get("CI"):
            sys.exit(2)
        say("going on without: the pages of the office will have no style and no scripts.")
    python = ROOT / ".venv" / "bin" / "python"
    subprocess.run([python, ROOT / "script" / "messages.py", "compile"], check=True)


if __name__ == "__main__":
    main()
    pages()
