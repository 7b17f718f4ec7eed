"""Offices that are really served: homes made by the program, and a server of their own on a free port.

Everything runs in processes of its own, as it does for whoever types `fullfile demo`: the browser's library keeps
an event loop in this process, in which Django would not ask its database. So nothing here asks Django anything.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ROOT", "Served", "make_home", "serving", "without_the_rounds"]

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "state-v-baldwin"
ROUNDS = "DOC-001"
_WAIT = 120  # seconds, on a machine that does much else
_MAKE = """
import sys
from pathlib import Path
from fullfile.cli.demo import load_demonstration
load_demonstration(Path(sys.argv[1]), Path(sys.argv[2]))
"""
_SERVE = """
import sys
from pathlib import Path
from fullfile.server.settings.configuration import configure
configure(Path(sys.argv[1]), "", pages=True)
from fullfile.cli.serve import serve_demonstration
serve_demonstration(Path(sys.argv[1]))
"""


@dataclass
class Served:
    """An office with its doors open."""

    home: Path
    url: str
    said: str
    """What the program printed until it was ready."""
    log: Path
    """Where all that it prints goes."""


def without_the_rounds(folder: Path) -> Path:
    """The worked example's tables as they would be had nobody booked the rounds."""
    shutil.copytree(EXAMPLE, folder)
    for table in folder.rglob("*.csv"):
        with table.open(newline="", encoding="utf-8") as given:
            rows = list(csv.DictReader(given))
        kept = [row for row in rows if row.get("tag") != ROUNDS]
        if len(kept) == len(rows):
            continue
        if not kept:
            table.unlink()
            continue
        with table.open("w", newline="", encoding="utf-8") as written:
            writer = csv.DictWriter(written, list(kept[0]))
            writer.writeheader()
            writer.writerows(kept)
    return folder


def make_home(home: Path, tables: Path = EXAMPLE) -> Path:
    """The home that `fullfile demo` makes of some tables, with one person for every role."""
    subprocess.run(
        [sys.executable, "-c", _MAKE, str(home), str(tables)],
        check=True,
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.DEVNULL,
    )
    return home


@contextmanager
def serving(home: Path, *, demonstration: bool = True) -> Iterator[Served]:
    """A server for a home, until the end of the block: the demonstration's, or `fullfile serve`."""
    command = (
        [sys.executable, "-c", _SERVE, str(home)]
        if demonstration
        else [sys.executable, "-m", "fullfile", "--home", str(home), "serve", "--port", "0"]
    )
    log = home.parent / f"{home.name}.said"
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(), stdout=said, stderr=subprocess.STDOUT
        )
    try:
        text = _until_ready(process, log)
        address = re.search(r"open at (http://\S+?)/", text)
        assert address, text
        _until_open(address[1])
        yield Served(home, address[1], text, log)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end:
        text = log.read_text(encoding="utf-8", errors="replace")
        if "Ctrl-C" in text:
            return text
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: {text}")
        time.sleep(0.05)
    raise RuntimeError(
        f"the server was not ready after {_WAIT} seconds: {log.read_text(encoding='utf-8')}"
    )


def _until_open(url: str) -> None:
    """Wait until it answers: it says that it is ready before it has read all of its pages."""
    end = time.monotonic() + _WAIT
    while True:
        try:
            with urlopen(f"{url}/health", timeout=_WAIT) as answer:
                assert answer.status == 200
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _environment() -> dict[str, str]:
    """Ours, without an office of whoever runs the tests, and with answers as soon as they are printed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "FULLFILE_HOME", "FULLFILE_PORT")
    }
    return {**kept, "FULLFILE_TLS": "off", "PYTHONUNBUFFERED": "1"}
