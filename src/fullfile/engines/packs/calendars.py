"""Calendars from files: `calendar.toml` says what it is, `<year>.toml` which days are closed.

A year that cannot be read is left out and reported: sums that need it then say
that the calendar has no table for it, and no date is guessed.
"""

from __future__ import annotations

import re
from pathlib import Path

from fullfile.core.errors import Refused
from fullfile.core.rules import (
    CHECKS,
    DEFAULT_WEEKEND,
    Calendar,
    CalendarYear,
    Holiday,
    parse_weekend,
)
from fullfile.engines.packs.tables import PackProblem, Source, Table, canonical_digest, read_source

__all__ = ["read_calendar", "read_weekend"]

_YEAR = re.compile(r"(\d{4})\.toml\Z")


def read_calendar(folder: Path, *, origin: str, problems: list[PackProblem]) -> Calendar | None:
    """Read the calendar in a folder; None, with problems noted, when it has no readable head."""
    head_path = folder / "calendar.toml"
    head = read_source(head_path, shown_as=_shown(head_path), problems=problems)
    if head is None:
        return None
    top = Table(head, head.data, ())
    name_of = top.text("id", example="us-nm-courts")
    name = top.text("name", example="Courts of New Mexico")
    version = top.text("version", example="2026.1")
    weekend = read_weekend(top)
    note = top.text_or_empty("note")
    top.done()
    if name_of and name_of != folder.name:
        top.problem("id", f"is “{name_of}”, and the folder is “{folder.name}”: they must agree.")
    problems.extend(head.problems)
    if head.problems:
        return None
    years: list[CalendarYear] = []
    said: dict[str, object] = {head_path.name: head.data}
    for path in sorted(folder.glob("*.toml")):
        if path == head_path:
            continue
        source = read_source(path, shown_as=_shown(path), problems=problems)
        if source is None:
            continue
        table = _year(source, path)
        problems.extend(source.problems)
        if not source.problems:
            years.append(table)
            said[path.name] = source.data
    return Calendar(
        name_of,
        name=name,
        version=version,
        years=tuple(years),
        weekend=weekend,
        digest=canonical_digest(said),
        origin=origin,
        note=note,
    )


def read_weekend(table: Table) -> tuple[str, ...]:
    """The key `weekend`: Saturday and Sunday where it is left out."""
    if not table.has("weekend"):
        table.texts("weekend")
        return DEFAULT_WEEKEND
    try:
        return parse_weekend(table.texts("weekend"))
    except Refused as refused:
        table.problem("weekend", str(refused))
        return DEFAULT_WEEKEND


def _year(source: Source, path: Path) -> CalendarYear:
    top = Table(source, source.data, ())
    named = _YEAR.match(path.name)
    year = top.number("year") or 0
    if not named or year != int(named[1]):
        top.problem("year", f"expected the year of the file's name ({path.stem}), as year = 2024.")
    holidays: list[Holiday] = []
    for table in top.tables("holidays"):
        on = table.day_needed("on")
        holiday = Holiday(
            on=on,
            name=table.text("name", example="Memorial Day"),
            source=table.text("source", example="NMSA 1978, 12-5-2(D)"),
            check=table.word("check", CHECKS),
            confirmed_by=table.text_or_empty("confirmed_by"),
            forward_only=table.flag("forward_only", default=False),
            note=table.text_or_empty("note"),
        )
        table.done()
        if on.year not in (1, year):
            table.problem("on", f"{on} is not in {year}: move it to the file of its year.")
        if any(on == other.on for other in holidays):
            table.problem("on", f"{on} stands here twice: leave one and name both in it.")
        holidays.append(holiday)
    top.done()
    return CalendarYear(year, tuple(holidays))


def _shown(path: Path) -> str:
    """A path as people find it: from the folder `packs` on."""
    parts = path.parts
    at = max((index for index, part in enumerate(parts) if part == "packs"), default=0)
    return "/".join(parts[at:])
