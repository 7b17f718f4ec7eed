"""The files of a production package on a disk: a zip, or the folder that was unpacked from it. Nothing is unpacked here.

This module and what it imports know no Django, no database and no office, as `cli.verify`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fullfile.core.errors import NotFound, Refused, Unavailable

__all__ = ["Folder", "Zipped", "open_package"]

_CHUNK = 1024 * 1024
_MOST_FILES = 200_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A package that was unpacked."""

    root: Path

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.root.resolve().name

    def paths(self) -> Iterator[str]:
        """Every file, with slashes. What is no file of its own (a link) is one that does not belong."""
        for place in sorted(self.root.rglob("*")):
            if place.is_symlink() or place.is_file():
                yield place.relative_to(self.root).as_posix()

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file; of a link none, so that its digest is not the manifest's.

        Raises:
            Unavailable: it cannot be read.
        """
        place = self.root / path
        if place.is_symlink():
            return
        try:
            with place.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise Unavailable(f"{place} cannot be read: {error.strerror}.") from error


@dataclass(frozen=True, slots=True)
class Zipped:
    """A package as it was given out."""

    archive: zipfile.ZipFile
    name: str
    files: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def paths(self) -> Iterator[str]:
        """Every file within the one folder of the zip."""
        yield from sorted(self.files)

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, no more than the zip says there are.

        Raises:
            Unavailable: it cannot be read.
        """
        info = self.files[path]
        left = info.file_size
        try:
            with self.archive.open(info) as file:
                while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                    left -= len(chunk)
                    yield chunk
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise Unavailable(f"{path} cannot be read from the zip: {error}.") from error


def open_package(path: Path) -> Folder | Zipped:
    """A package by its place.

    Raises:
        NotFound: there is nothing of that name.
        Refused: it is no package.
        Unavailable: it cannot be read.
    """
    if path.is_dir():
        return Folder(path)
    if not path.exists():
        raise NotFound(
            f"There is no {path}: name the zip of a production, or the folder unpacked from it."
        )
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Refused(f"{path} is no zip, so it is no package of a production.") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {error.strerror}.") from error
    infos = [one for one in archive.infolist() if not one.is_dir()]
    folders = {one.filename.partition("/")[0] for one in infos}
    if len(folders) != 1 or len(infos) > _MOST_FILES:
        raise Refused(f"{path} holds no one folder, so it is no package of a production.")
    (name,) = folders
    found: dict[str, zipfile.ZipInfo] = {}
    for one in infos:
        inside = one.filename.partition("/")[2]
        if not inside or inside in found:
            raise Refused(
                f"{path} holds {one.filename} twice, or a file without a name: it is no package."
            )
        found[inside] = one
    return Zipped(archive, name, found)
