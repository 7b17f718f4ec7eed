"""Are the lock files what `pyproject.toml` asks for? Answered without a network.

Every requirement must be pinned in the file at a version that it allows,
every pin must carry a hash, the two files must agree on what they share, and
no line may name a registry's host: the registry is the installer's business.
It does not find out whether a newer version exists: `script/lock --upgrade`.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)([^\n]*)((?:\n    --hash=\S+(?: \\)?)*)",
    re.MULTILINE,
)


def group(groups: dict[str, list[str | dict[str, str]]], name: str) -> list[str]:
    """The requirements of a dependency group, with the groups it includes."""
    flat: list[str] = []
    for entry in groups[name]:
        flat += [entry] if isinstance(entry, str) else group(groups, entry["include-group"])
    return flat


def pins(text: str) -> dict[str, set[str]]:
    """The pinned versions by name; one name has several where platforms differ."""
    found: dict[str, set[str]] = {}
    for match in PIN.finditer(text):
        found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return found


def problems_of(name: str, text: str, wanted: list[str]) -> list[str]:
    """Everything that is wrong with one lock file, as sentences."""
    found = pins(text)
    problems = [
        f"requirements/{name}: {match[1]} has no hash; run script/lock."
        for match in PIN.finditer(text)
        if "--hash=sha256:" not in match[4]
    ]
    if "://" in text:
        problems.append(f"requirements/{name} names a host; run script/lock, which writes none.")
    for line in wanted:
        asked = Requirement(line)
        versions = found.get(canonicalize_name(asked.name))
        if versions is None:
            problems.append(f"requirements/{name} lacks {line}; run script/lock.")
        elif not any(asked.specifier.contains(version, prereleases=True) for version in versions):
            problems.append(
                f"requirements/{name} pins {asked.name} {', '.join(sorted(versions))}, "
                f"and pyproject.toml asks for {line}; run script/lock."
            )
    return problems


def main() -> int:
    """Print each problem on a line; 1 where there are any."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime: list[str] = project["project"]["dependencies"]
    run = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    dev = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
    problems = problems_of("run.lock", run, runtime)
    problems += problems_of("dev.lock", dev, runtime + group(project["dependency-groups"], "dev"))
    node = (ROOT / "requirements" / "node.lock").read_text("utf-8")
    problems += problems_of("node.lock", node, group(project["dependency-groups"], "node"))
    others = pins(dev)
    problems += [
        f"{name} is {', '.join(sorted(versions))} in run.lock and "
        f"{', '.join(sorted(others.get(name, {'missing'})))} in dev.lock; run script/lock."
        for name, versions in pins(run).items()
        if others.get(name) != versions
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
