"""The page of the manual is made from the scenarios, and is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.spec.reading import read_topics, scenarios_of
from tests.spec.render import scenarios_page

ROOT = Path(__file__).parents[2]


def test_the_page_is_current():
    done = subprocess.run(
        [sys.executable, "script/spec_docs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_page_has_every_scenario():
    page = scenarios_page()
    missing = [one.title for one in scenarios_of(read_topics()) if f"### {one.title}\n" not in page]
    assert missing == []
