"""The documentation is whole: pages reachable, generated ones current, words explained."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.files import ROOT, name_of, tracked

DOCS = ROOT / "docs"


def pages():
    return [path for path in tracked() if path.suffix == ".md" and DOCS in path.parents]


def test_the_generated_pages_are_current():
    done = subprocess.run(
        [sys.executable, "script/pages.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_every_page_is_reachable_from_the_index():
    reached: set[Path] = set()
    edge = [DOCS / "index.md"]
    while edge:
        page = edge.pop()
        if page not in reached:
            reached.add(page)
            edge.extend(below(page))
    assert [name_of(path) for path in pages() if path not in reached] == []


def below(page: Path) -> list[Path]:
    """The pages that a page's own lists of contents lead to."""
    trees = re.findall(r"```\{toctree\}(.*?)```", page.read_text("utf-8"), re.DOTALL)
    patterns = [line for tree in trees for line in tree.split() if not line.startswith(":")]
    return [path for pattern in patterns for path in page.parent.glob(f"{pattern}.md")]


def test_every_local_link_leads_somewhere():
    broken = []
    for path in [path for path in tracked() if path.suffix == ".md"]:
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            plain = target.partition("#")[0]
            if plain and ":" not in plain and not (path.parent / plain).exists():
                broken.append(f"{name_of(path)}: {target}")
    assert broken == []


@pytest.mark.parametrize(
    "noun",
    [
        *("agency", "item", "report number", "case", "matter", "party", "held", "filed"),
        *("disclosed", "bears on", "set aside", "determination", "mention", "answer", "hold"),
        *("pack", "entry", "line", "state", "leaf", "checkpoint", "witness", "custody", "docket"),
        *("production", "withholding", "acknowledgement", "suggestion", "trigger", "period"),
    ],
)
def test_the_glossary_explains_each_noun(noun):
    glossary = (ROOT / "GLOSSARY.md").read_text("utf-8")
    terms = re.findall(r"^- \*\*(.+?)\*\*:", glossary, re.MULTILINE)
    words = {word.strip().lower() for term in terms for word in re.split(r",| and ", term)}
    assert noun in words


def test_every_state_has_its_line():
    from fullfile.core.matching.line import State

    page = (DOCS / "reference" / "states.md").read_text("utf-8")
    assert [state.value for state in State if f"`{state.value}`" not in page] == []


def test_every_command_has_its_place():
    from typer.main import get_command

    from fullfile.cli.main import app

    page = (DOCS / "reference" / "commands.md").read_text("utf-8")

    def walk(group, path):
        for name, command in group.commands.items():
            if not command.hidden:
                yield f"{path} {name}"
                if hasattr(command, "commands"):
                    yield from walk(command, f"{path} {name}")

    missing = [
        command for command in walk(get_command(app), "fullfile") if f"## `{command}`" not in page
    ]
    assert missing == []
