"""Scenarios as they are written: rows of import tables, a day, and the lines that must come out.

A file of `scenarios/` is a topic: what the contract says, the rows that all of
its scenarios begin with (`rows`), and the scenarios. A scenario has rows of its
own (`rows`; `without` leaves out tables of the topic; `empty = true` leaves out
all), further imports (`[[scenario.import]]` with `source`, `at`, `rows`), settings,
`by_hand = true` where an import would refuse the rows, which only older records hold,
and one look (`on`, `as_of`, `expect`, `says`) or several (`[[scenario.look]]`).

`expect` is a table of the lines. All lines must be there, but for `unanswered`,
which are compared only where the table has one (or `unanswered = true`). An empty
cell is "nothing". `says` names words that the line's sentence must contain.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["FIRST", "FOLDER", "Import", "Look", "Scenario", "Topic", "read_table", "read_topics"]

FOLDER = Path(__file__).parent / "scenarios"
FIRST = "2026-06-01T12:00:00Z"
"""When the first import is recorded, unless a scenario says otherwise."""
SOURCE = "office"

Rows = Mapping[str, str]
"""Import tables by name, as the text of a CSV file."""


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one source: when it is recorded, and its tables."""

    source: str
    at: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Look:
    """One question to the record, and the lines that must come out."""

    on: str
    as_of: str
    expect: tuple[Mapping[str, str], ...]
    says: Mapping[str, tuple[str, ...]]
    silent: Mapping[str, tuple[str, ...]]
    unanswered: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A history and what must be said of it."""

    topic: str
    title: str
    story: str
    zone: str
    imports: tuple[Import, ...]
    own: Rows
    without: tuple[str, ...]
    settings: tuple[Mapping[str, str], ...]
    rank: tuple[str, ...]
    by_hand: bool
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A file of scenarios."""

    name: str
    title: str
    contract: str
    given: str
    rows: Rows
    scenarios: tuple[Scenario, ...] = field(default=())


def read_table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text, trimmed."""
    reader = csv.DictReader(io.StringIO(text.strip()), strict=True, skipinitialspace=True)
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise ValueError(f"a row does not fit its header: {row}")
        rows.append({name.strip(): value.strip() for name, value in row.items()})
    return rows


def read_topics() -> list[Topic]:
    """Every topic, in the order of the files."""
    return [_topic(path) for path in sorted(FOLDER.glob("*.toml"))]


def _topic(path: Path) -> Topic:
    written = tomllib.loads(path.read_text("utf-8"))
    rows = written.pop("rows", {})
    scenarios = written.pop("scenario")
    head = {
        name: " ".join(written.pop(name, "").split()) for name in ("title", "contract", "given")
    }
    _nothing_left(written, path.name)
    found = tuple(_scenario(path.stem, rows, one) for one in scenarios)
    return Topic(path.stem, head["title"], head["contract"], head["given"], rows, found)


def _scenario(topic: str, given: Rows, written: dict[str, Any]) -> Scenario:
    title = written.pop("title")
    without = tuple(given) if written.pop("empty", False) else tuple(written.pop("without", ()))
    own = written.pop("rows", {})
    first = {name: text for name, text in given.items() if name not in without}
    for name, text in own.items():
        first[name] = _joined(first[name], text) if name in first else text
    imports = [Import(written.pop("source", SOURCE), written.pop("at", FIRST), first)]
    for one in written.pop("import", ()):
        imports.append(
            Import(one.pop("source", SOURCE), one.pop("at", imports[-1].at), one.pop("rows"))
        )
        _nothing_left(one, title)
    looks = written.pop("look", None) or [
        {name: written.pop(name) for name in _LOOK if name in written}
    ]
    found = Scenario(
        topic=topic,
        title=title,
        story=" ".join(written.pop("story", "").split()),
        zone=written.pop("zone", "America/Denver"),
        imports=tuple(imports),
        own=own,
        without=without,
        settings=tuple(written.pop("settings", ())),
        rank=tuple(written.pop("rank", ())),
        by_hand=written.pop("by_hand", False),
        looks=tuple(_look(look, title) for look in looks),
    )
    _nothing_left(written, title)
    return found


_LOOK = ("on", "as_of", "expect", "says", "silent", "unanswered")


def _look(written: dict[str, Any], title: str) -> Look:
    expect = tuple(read_table(written.pop("expect")))
    about = any(row.get("state") == "unanswered" for row in expect)
    found = Look(
        on=written.pop("on"),
        as_of=written.pop("as_of", ""),
        expect=expect,
        says=_words(written.pop("says", {})),
        silent=_words(written.pop("silent", {})),
        unanswered=written.pop("unanswered", about),
    )
    _nothing_left(written, title)
    return found


def _words(written: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
    return {
        name: (words,) if isinstance(words, str) else tuple(words)
        for name, words in written.items()
    }


def _joined(given: str, own: str) -> str:
    """Two CSV texts of one table as one: the columns of both."""
    rows = [*read_table(given), *read_table(own)]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _nothing_left(written: Mapping[str, Any], where: str) -> None:
    if written:
        raise ValueError(f"{where}: unknown {', '.join(written)}")


def scenarios_of(topics: list[Topic]) -> Iterator[Scenario]:
    """Every scenario of some topics."""
    for topic in topics:
        yield from topic.scenarios
