"""The plan of a production package: a bag (BagIt 1.0, RFC 8493) inside a zip, byte for byte the same each time. Pure.

    bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt
    manifest-sha256.note, log.vkey      the office's signature over the manifest, and the key to check it with
    data/production.json     what it is, for whom, what is in it, what is withheld (as announced)
    data/list.csv            one row for each item, and each file of it
    data/items/0001_AGENCY_TAG/NAME

Anybody can check it with any BagIt program: every payload file stands in the manifest (RFC 8493, 2.1.3), every tag file
in the tag manifest (2.2.1), the size in Payload-Oxum (2.2.2). Names inside the bag are ours: made of letters, digits,
dot, hyphen and underscore, so that no name of a file can reach outside the bag (5.1.2) or is refused by some system; the
name that the file had stands in the list. Nothing depends on the clock: dates come from the record.

What this does not do: it reads no file; sizes and digests come from the record.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["KEY_PATH", "NOTE_PATH", "Packed", "PackedFile", "PackedItem", "Plan", "Seal", "plan_of"]

NOTE_PATH = "manifest-sha256.note"
KEY_PATH = "log.vkey"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LIST = (
    "number",
    "agency",
    "tag",
    "description",
    "kind",
    "extent",
    "what",
    "path",
    "name",
    "bytes",
    "sha256",
)
_NO_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of an item: its digest (hex SHA-256), the name that it had, its size."""

    sha256: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class PackedItem:
    """An item of a package, with its files; without one it is to be inspected or described."""

    agency: str
    tag: str
    description: str
    kind: str
    extent: str
    what: str
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package is.

    Attributes:
        name: the folder of the bag: "production-5".
        about: what `production.json` says of it.
        bag_info: what `bag-info.txt` says: names and values, in order.
        items: what is in it.
    """

    name: str
    about: Mapping[str, Any]
    bag_info: Sequence[tuple[str, str]]
    items: Sequence[PackedItem]


@dataclass(frozen=True, slots=True)
class Seal:
    """How a package is signed: from its name and the digest of its manifest to a note; the key, as text."""

    sign: Callable[[str, str], bytes]
    vkey: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A package, file by file in the order in which it is written.

    Attributes:
        name: the folder of the bag.
        made: paths and bytes of the files that are made: tag files, the lists.
        stored: paths, digests and sizes of the files that come from the store.
        manifest: the SHA-256 of `manifest-sha256.txt`, hex: names the whole payload.
        bytes: of the payload.
    """

    name: str
    made: tuple[tuple[str, bytes], ...]
    stored: tuple[tuple[str, str, int], ...]
    manifest: str
    bytes: int


def plan_of(packed: Packed, seal: Seal | None = None) -> Plan:
    """The plan of a package.

    Args:
        packed: what it is.
        seal: how it is signed; None: it is not, since it is not given out.
    """
    stored: list[tuple[str, str, int]] = []
    rows: list[list[str]] = []
    for number, item in enumerate(packed.items, 1):
        folder = f"data/items/{number:04d}_{_safe(item.agency)}_{_safe(item.tag)}"
        told = [
            str(number), item.agency, item.tag, item.description, item.kind, item.extent, item.what
        ]  # fmt: skip
        taken: set[str] = set()
        for file in item.files:
            path = f"{folder}/{_once(_safe(file.name), taken)}"
            stored.append((path, file.sha256, file.size))
            rows.append([*told, path, file.name, str(file.size), file.sha256])
        if not item.files:
            rows.append([*told, "", "", "", ""])
    payload = {"data/list.csv": _csv(rows), "data/production.json": _json(packed.about)}
    digests = {path: _sha256(body) for path, body in payload.items()}
    digests.update({path: sha256 for path, sha256, _ in stored})
    total = sum(len(body) for body in payload.values()) + sum(size for _, _, size in stored)
    manifest = _manifest(digests)
    info = [*packed.bag_info, ("Payload-Oxum", f"{total}.{len(digests)}")]
    tags = {
        "bag-info.txt": "".join(f"{name}: {_line(value)}\n" for name, value in info).encode(),
        "bagit.txt": _BAGIT,
        "manifest-sha256.txt": manifest,
    }
    if seal is not None:
        tags[NOTE_PATH] = seal.sign(packed.name, _sha256(manifest))
        tags[KEY_PATH] = f"{seal.vkey}\n".encode()
    tags["tagmanifest-sha256.txt"] = _manifest({path: _sha256(body) for path, body in tags.items()})
    made = [*sorted(tags.items()), *sorted(payload.items())]
    return Plan(packed.name, tuple(made), tuple(stored), _sha256(manifest), total)


def _manifest(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The list, safe to open in a spreadsheet: a cell that looks like a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_LIST)
    for row in rows:
        writer.writerow(["'" + cell if cell.startswith(_NO_FORMULA) else cell for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def _json(about: Mapping[str, Any]) -> bytes:
    return (json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _safe(name: str) -> str:
    """A name that every system takes, and that leads nowhere else."""
    found = _UNSAFE.sub("_", name).strip("._") or "file"
    if len(found) <= 100:
        return found
    stem, dot, ending = found.rpartition(".")
    return f"{stem[: 99 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else found[:100]


def _once(name: str, taken: set[str]) -> str:
    """A name that no other file of the item has, also where capitals do not count."""
    stem, dot, ending = name.rpartition(".")
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem}_{number}.{ending}" if dot else f"{name}_{number}"
    taken.add(found.casefold())
    return found


def _line(value: str) -> str:
    return " ".join(value.split())


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
