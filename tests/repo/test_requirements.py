"""The lock files, and the licences of what a closed office would install."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from importlib import metadata

import pytest

from tests.repo.files import ROOT

# Parts under the GNU Lesser licence, each with the reason why it may be here.
LESSER = {
    "psycopg": "a library that is used unchanged and can be replaced by the user",
    "psycopg-binary": "psycopg's own compiled part, under the same terms",
}


def locks():
    spec = importlib.util.spec_from_file_location("locks", ROOT / "script" / "locks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_files_are_current():
    done = subprocess.run(
        [sys.executable, "script/locks.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


HASH = "    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        (f"rich==15.0 \\\n{HASH}\n", ["rich>=15"], None),
        (f"rich==14.0 \\\n{HASH}\n", ["rich>=15"], "pins rich 14.0"),
        (f"rich==15.0 \\\n{HASH}\n", ["rich>=15", "typer"], "lacks typer"),
        ("rich==15.0\n", ["rich>=15"], "has no hash"),
        (f"# from https://example.org/simple\nrich==15.0 \\\n{HASH}\n", ["rich"], "names a host"),
    ],
)
def test_a_lock_file_that_is_wrong_is_told_so(text, wanted, said):
    problems = locks().problems_of("x.lock", text, wanted)
    if said is None:
        assert problems == []
    else:
        assert len(problems) == 1
        assert said in problems[0]


def licence_of(name: str) -> str | None:
    """What a package says of its licence; None where this platform does not install it."""
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    said = [found.get("License-Expression") or "", (found.get("License") or "").split("\n")[0]]
    said += [line for line in found.get_all("Classifier") or () if line.startswith("License ::")]
    return " / ".join(filter(None, said))


def runtime() -> list[str]:
    lock = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE)


def test_every_runtime_part_names_its_licence():
    assert [name for name in runtime() if licence_of(name) == ""] == []


def test_no_runtime_part_is_under_a_licence_that_binds_the_office():
    general = re.compile(r"\bA?GPL|Affero|GNU General Public", re.IGNORECASE)
    assert [name for name in runtime() if general.search(licence_of(name) or "")] == []


def test_each_part_under_the_lesser_licence_has_its_reason():
    lesser = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
    found = {name for name in runtime() if lesser.search(licence_of(name) or "")}
    assert found == set(LESSER)
