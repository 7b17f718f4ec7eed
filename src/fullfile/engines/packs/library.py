"""All packs, all calendars: what is shipped, and what the office has put beside or in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from fullfile.core.errors import NotFound, Refused
from fullfile.core.rules import Calendar, Pack
from fullfile.engines.packs.calendars import read_calendar
from fullfile.engines.packs.reading import read_pack
from fullfile.engines.packs.tables import PackProblem

__all__ = ["Calendars", "Packs", "load_calendars", "load_packs", "shipped_folder"]

_CALENDARS = "calendars"


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs that could be read, by id, and the problems of those that could not."""

    by_id: Mapping[str, Pack]
    problems: tuple[PackProblem, ...]

    def __iter__(self) -> Iterator[Pack]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, pack_id: str) -> Pack | None:
        """The pack with this id, trimmed and case folded; None when there is none."""
        return self.by_id.get(pack_id.strip().casefold())

    def get(self, pack_id: str) -> Pack:
        """The pack with this id.

        Raises:
            Refused: it is there and has a mistake; the message names the first.
            NotFound: there is none; the message names those there are.
        """
        found = self.find(pack_id)
        if found is None:
            wanted = f"packs/{pack_id.strip().casefold()}/"
            own = [one for one in self.problems if one.file.casefold().startswith(wanted)]
            if own:
                raise Refused(
                    f"The pack “{pack_id.strip()[:60]}” has a mistake and is not used: {own[0]}",
                    code="pack_broken",
                )
            known = ", ".join(self.by_id) or "none"
            raise NotFound(f"There is no pack “{pack_id.strip()[:60]}”: those known are {known}.")
        return found


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars that could be read, by id, and the problems found."""

    by_id: Mapping[str, Calendar]
    problems: tuple[PackProblem, ...]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_HasId)


def shipped_folder() -> Path:
    """The folder of the packs that come with the program."""
    return Path(__file__).resolve().parents[2] / "packs"


def load_packs(home: Path | None = None, *, shipped: Path | None = None) -> Packs:
    """Read every pack: the shipped ones, and those of a home.

    Args:
        home: the office's home; its packs lie in `HOME/packs/`.
        shipped: another folder in place of the shipped one (for tests).
    """
    problems: list[PackProblem] = []

    def read(folder: Path, origin: str) -> Pack | None:
        return read_pack(folder, origin=origin, problems=problems)

    found = _both(shipped or shipped_folder(), home and home / "packs", read, problems)
    return Packs(found, tuple(problems))


def load_calendars(home: Path | None = None, *, shipped: Path | None = None) -> Calendars:
    """Read every calendar: the shipped ones, and those of a home.

    Args:
        home: the office's home; its calendars lie in `HOME/packs/calendars/`.
        shipped: another folder of packs in place of the shipped one (for tests).
    """
    problems: list[PackProblem] = []

    def read(folder: Path, origin: str) -> Calendar | None:
        return read_calendar(folder, origin=origin, problems=problems)

    own = None if home is None else home / "packs" / _CALENDARS
    found = _both((shipped or shipped_folder()) / _CALENDARS, own, read, problems)
    return Calendars(found, tuple(problems))


def _both(
    shipped: Path,
    own: Path | None,
    read: Callable[[Path, str], _T | None],
    problems: list[PackProblem],
) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for base, origin in ((shipped, "shipped"), (own, "office")):
        for folder in _folders(base, problems):
            read_ = read(folder, origin)
            if read_ is not None:
                found[read_.id.casefold()] = read_
            elif found.pop(folder.name.casefold(), None) is not None:
                text = (
                    "is broken, and stands in place of the shipped one, which is not used either: "
                    "mend it, or take the folder away."
                )
                problems.append(PackProblem(f"packs/{folder.name}", None, None, text))
    return dict(sorted(found.items()))


def _folders(base: Path | None, problems: list[PackProblem]) -> list[Path]:
    if base is None:
        return []
    try:
        return sorted(
            path
            for path in base.iterdir()
            if path.is_dir() and path.name != _CALENDARS and not path.name.startswith((".", "_"))
        )
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = error.strerror or "not readable"
        problems.append(PackProblem(str(base), None, None, f"cannot be read ({reason})."))
        return []
