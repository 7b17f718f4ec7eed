"""Whether the lines that came out are those that a scenario expects; in words where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fullfile.core.matching import Line, State
from tests.spec.reading import Look

__all__ = ["COLUMNS", "cell", "compare"]

_YES_NO = {True: "yes", False: "no"}
COLUMNS = {
    "case": "case_number",
    "counted_apart": "counted_apart",
    "exception": "is_exception",
    "changed": "changed_since_end",
}
"""Columns of an expected table that are not called as the field of a line."""


def cell(line: Line, column: str) -> str:
    """A field of a line as it stands in a table; empty for nothing."""
    value = getattr(line, COLUMNS.get(column, column))
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    return str(value)


def compare(look: Look, lines: Iterable[Line]) -> list[str]:
    """What differs between the lines of a look and those that came out; empty where nothing does."""
    left = [line for line in lines if look.unanswered or line.state is not State.UNANSWERED]
    differences = []
    for row in look.expect:
        found = next((line for line in left if _fits(row, line)), None)
        if found is None:
            differences.append(f"expected {dict(row)}, and there is no such line")
            continue
        left.remove(found)
        for names in _names(row):
            differences += [
                f"{names} does not say “{words}”, but “{found.why}”"
                for words in look.says.get(names, ())
                if words not in found.why
            ]
            differences += [
                f"{names} says “{words}”: “{found.why}”"
                for words in look.silent.get(names, ())
                if words in found.why
            ]
    columns = list(look.expect[0]) if look.expect else ["agency", "tag", "case", "state"]
    differences += [f"not expected: {_shown(line, columns)}" for line in left]
    known = {name for row in look.expect for name in _names(row)}
    differences += [
        f"words for “{name}”, which is not expected"
        for name in (*look.says, *look.silent)
        if name not in known
    ]
    return differences


def _fits(row: Mapping[str, str], line: Line) -> bool:
    return all(cell(line, column) == value for column, value in row.items())


def _names(row: Mapping[str, str]) -> Iterable[str]:
    """By what `says` may name a line: its tag, tag and case, tag and defendant, else its state."""
    tag = row.get("tag", "")
    for name in (row.get("case", ""), row.get("defendant", ""), row.get("agency", "")):
        if name:
            yield f"{tag or row['state']} {name}"
    yield tag or row["state"]


def _shown(line: Line, columns: Sequence[str]) -> dict[str, str]:
    return {column: cell(line, column) for column in columns} | {"why": line.why}
