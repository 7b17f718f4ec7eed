"""Every sentence with parts that the source says: where it stands, its patterns, and the facts it is given.

What this does not do: it reads no catalogue.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Told", "told_in_source"]

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fullfile"


@dataclass(frozen=True)
class Told:
    """A call of `say`, `many` or `pattern`; `patterns` is empty where they are no literals.

    Attributes:
        where: file and line.
        by: the name that was called.
        patterns: the literals.
        facts: the names of what it is given; None where they are not written there.
    """

    where: str
    by: str
    patterns: tuple[str, ...]
    facts: frozenset[str] | None


def told_in_source() -> Iterator[Told]:
    """All of them, in the order of the files."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        if "fullfile.core.said import" not in text:
            continue
        tree = ast.parse(text)
        named = {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and _called(node.value) == "pattern"
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = _called(node)
            if name in ("say", "many", "pattern"):
                assert isinstance(node, ast.Call)
                first = node.args[0]
                if not (isinstance(first, ast.Name) and first.id in named):
                    yield _told(f"{path.relative_to(SOURCE)}:{node.lineno}", name, node)


def _called(node: ast.AST) -> str:
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def _told(where: str, name: str, node: ast.Call) -> Told:
    texts = node.args[: 2 if name == "many" else 1]
    literal = [
        one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]
    given = {one.arg for one in node.keywords}
    open_ended = name == "pattern" or None in given
    facts = frozenset(one for one in given if one is not None)
    return Told(
        where,
        name,
        tuple(literal) if len(literal) == len(texts) else (),
        None if open_ended else facts | ({"n"} if name == "many" else set()),
    )
