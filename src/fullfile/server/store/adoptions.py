"""The law that the office adopted: packs and calendars as entries, and read back from them (law 14).

An adoption keeps the files themselves, so the record needs nothing else: `as_of` uses the law
that had been adopted by then, whatever the program ships later. Where what is shipped or lies in the
home has the same digest it is read from there, which is quicker.

What this does not do: it reads no law; `engines.packs` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fullfile.core.entries import Draft
from fullfile.core.rules import Calendar, Pack
from fullfile.engines.packs import load_calendars, load_packs, shipped_folder
from fullfile.server.settings import get_home
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import select

__all__ = ["Adopted", "adopted_law", "drafts_of_known", "list_adopted"]

_CALENDARS = "calendars"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A pack or calendar that the office adopted.

    Attributes:
        entry: the index of the adoption.
        kind: `pack` or `calendar`.
        name, version, digest: which one.
    """

    entry: int
    kind: str
    name: str
    version: str
    digest: str


def drafts_of_known(home: Path, by: str) -> list[Draft]:
    """Drafts that adopt every pack and calendar that can be read now."""
    drafts = []
    for pack in load_packs(home):
        content = _files(_folder(home, pack.origin, pack.id))
        drafts.append(_draft("pack", by, pack.id, pack.version, pack.digest, content))
    for calendar in load_calendars(home).by_id.values():
        content = _files(_folder(home, calendar.origin, f"{_CALENDARS}/{calendar.id}"))
        drafts.append(
            _draft("calendar", by, calendar.id, calendar.version, calendar.digest, content)
        )
    return drafts


def list_adopted(size: int) -> list[Adopted]:
    """The newest adoption of each pack and calendar, as of a size."""
    rows = select(
        "SELECT entry, kind, name, version, digest FROM adoptions "
        "WHERE entry < %s AND kind IN ('pack', 'calendar') ORDER BY entry",
        [size],
    )
    newest = {(row[1], row[2]): Adopted(*row) for row in rows}
    return list(newest.values())


def adopted_law(size: int) -> tuple[Mapping[str, Pack], Mapping[str, Calendar]]:
    """The packs and calendars in force as of a size, by id."""
    return _read_law(get_home(), tuple(list_adopted(size)))


@lru_cache(maxsize=8)
def _read_law(
    home: Path, adopted_then: tuple[Adopted, ...]
) -> tuple[Mapping[str, Pack], Mapping[str, Calendar]]:
    """Read once what was adopted: an adoption names its digest, so the answer never changes."""
    packs: dict[str, Pack] = {}
    calendars: dict[str, Calendar] = {}
    known_packs = {pack.digest: pack for pack in load_packs(home)}
    known_calendars = {each.digest: each for each in load_calendars(home).by_id.values()}
    for adopted in adopted_then:
        name = adopted.name.casefold()
        if adopted.kind == "pack":
            packs[name] = known_packs.get(adopted.digest) or _read_pack(adopted)
        else:
            calendars[name] = known_calendars.get(adopted.digest) or _read_calendar(adopted)
    return packs, calendars


def _draft(
    kind: str, by: str, name: str, version: str, digest: str, content: Mapping[str, str]
) -> Draft:
    data = {kind: name, "version": version, "digest": digest, "content": content}
    return Draft(f"{kind}.adopted", by, data)


def _folder(home: Path, origin: str, name: str) -> Path:
    return (shipped_folder() if origin == "shipped" else home / "packs") / name


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.toml"))
    }


def _read_pack(adopted: Adopted) -> Pack:
    with tempfile.TemporaryDirectory() as place:
        _lay_out(adopted, Path(place) / adopted.name)
        return load_packs(shipped=Path(place)).get(adopted.name)


def _read_calendar(adopted: Adopted) -> Calendar:
    with tempfile.TemporaryDirectory() as place:
        _lay_out(adopted, Path(place) / _CALENDARS / adopted.name)
        return load_calendars(shipped=Path(place)).by_id[adopted.name.casefold()]


def _lay_out(adopted: Adopted, folder: Path) -> None:
    for name, text in _content(adopted):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _content(adopted: Adopted) -> Iterator[tuple[str, str]]:
    (entry,) = read_entries([adopted.entry])
    for name, text in entry.data["content"].items():
        parts = Path(name)
        if not parts.is_absolute() and ".." not in parts.parts:
            yield name, text
