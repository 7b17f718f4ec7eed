"""Are the fragments in `changelog.d/` well-formed?

A fragment is one change, told for the clerk or lawyer who will read it:
`changelog.d/<short-name>.<kind>.md`, the kinds as in `pyproject.toml`
(towncrier), one paragraph, a whole sentence.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "changelog.d"


def problems_of(path: Path, kinds: list[str]) -> list[str]:
    """What is wrong with one fragment, as sentences."""
    where = path.relative_to(ROOT)
    name = re.fullmatch(r"\+?[a-z0-9-]+\.([a-z]+)\.md", path.name)
    if name is None or name[1] not in kinds:
        return [f"{where}: name it <short-name>.<kind>.md, the kind one of {', '.join(kinds)}."]
    text = path.read_text("utf-8").strip()
    if not text:
        return [f"{where}: it says nothing; write what changed for the reader, or remove it."]
    if not text.endswith((".", ")")) or "\n\n" in text or text.startswith("#"):
        return [f"{where}: write one paragraph of whole sentences, without a heading."]
    return []


def main() -> int:
    """Print each problem on a line; 1 where there are any."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    kinds = [kind["directory"] for kind in project["tool"]["towncrier"]["type"]]
    problems = [
        problem
        for path in sorted(FOLDER.iterdir())
        if path.name not in {"README.md", "template.md"}
        for problem in problems_of(path, kinds)
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
