"""What kind of file a file is, by its first bytes and then by its name; and which kinds an office takes.

A program is told by its first bytes, whatever it is called. The name decides among the rest, because evidence comes in
hundreds of formats of cameras, telephones and laboratories, and none of them is turned away for being unknown.

What this does not do: it looks for no malware and opens no file. Evidence is kept as it came.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.errors import Refused

__all__ = ["FILE_KINDS", "STANDARD_KINDS", "fitting_kinds", "kind_of", "media_type_of"]

_BY_NAME: dict[str, dict[str, str]] = {
    "image": {
        "bmp": "image/bmp",
        "dng": "image/x-adobe-dng",
        "gif": "image/gif",
        "heic": "image/heic",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "nef": "image/x-nikon-nef",
        "png": "image/png",
        "svg": "image/svg+xml",
        "tif": "image/tiff",
        "tiff": "image/tiff",
        "webp": "image/webp",
    },
    "audio": {
        "aac": "audio/aac",
        "amr": "audio/amr",
        "flac": "audio/flac",
        "m4a": "audio/mp4",
        "mp3": "audio/mpeg",
        "ogg": "audio/ogg",
        "wav": "audio/wav",
        "wma": "audio/x-ms-wma",
    },
    "video": {
        "3gp": "video/3gpp",
        "avi": "video/x-msvideo",
        "mkv": "video/x-matroska",
        "mov": "video/quicktime",
        "mp4": "video/mp4",
        "mpg": "video/mpeg",
        "ts": "video/mp2t",
        "webm": "video/webm",
        "wmv": "video/x-ms-wmv",
    },
    "document": {
        "doc": "application/msword",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "eml": "message/rfc822",
        "htm": "text/html",
        "html": "text/html",
        "msg": "application/vnd.ms-outlook",
        "odt": "application/vnd.oasis.opendocument.text",
        "pdf": "application/pdf",
        "ppt": "application/vnd.ms-powerpoint",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "rtf": "application/rtf",
        "txt": "text/plain",
    },
    "data": {
        "csv": "text/csv",
        "db": "application/octet-stream",
        "json": "application/json",
        "kml": "application/vnd.google-earth.kml+xml",
        "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "sqlite": "application/vnd.sqlite3",
        "tsv": "text/tab-separated-values",
        "xls": "application/vnd.ms-excel",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml": "application/xml",
    },
    "archive": {
        "7z": "application/x-7z-compressed",
        "gz": "application/gzip",
        "rar": "application/vnd.rar",
        "tar": "application/x-tar",
        "ufdr": "application/zip",
        "zip": "application/zip",
    },
    "disk_image": {
        "aff4": "application/octet-stream",
        "dd": "application/octet-stream",
        "e01": "application/octet-stream",
        "img": "application/octet-stream",
        "iso": "application/x-iso9660-image",
        "raw": "application/octet-stream",
    },
    "program": dict.fromkeys(
        [
            "apk",
            "app",
            "bat",
            "bin",
            "cmd",
            "com",
            "cpl",
            "dll",
            "dmg",
            "elf",
            "exe",
            "jar",
            "js",
            "jse",
            "lnk",
            "msi",
            "pif",
            "ps1",
            "reg",
            "scr",
            "sh",
            "vb",
            "vbe",
            "vbs",
            "wsf",
        ],
        "application/octet-stream",
    ),
}
FILE_KINDS = (*_BY_NAME, "other")
"""Every kind; `program` is what a machine would run, `other` what nobody here knows."""
STANDARD_KINDS = tuple(kind for kind in FILE_KINDS if kind != "program")
"""What an office takes unless it has set otherwise."""

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)


def kind_of(name: str, head: bytes) -> str:
    r"""The kind of a file.

    Args:
        name: what it is called.
        head: its first bytes, eight at least where it has them.

    >>> kind_of("holiday.jpg", b"MZ..."), kind_of("scene.JPG", b"\xff\xd8"), kind_of("dump", b"..")
    ('program', 'image', 'other')
    """
    if head.startswith(_PROGRAMS):
        return "program"
    ending = _ending(name)
    return next((kind for kind, names in _BY_NAME.items() if ending in names), "other")


def media_type_of(name: str, kind: str) -> str:
    """The media type to give a file out under; nothing that a browser would run."""
    return _BY_NAME.get(kind, {}).get(_ending(name), "application/octet-stream")


def fitting_kinds(said: Sequence[str]) -> list[str]:
    """The setting `file_kinds`, checked.

    Raises:
        Refused: there is no such kind, or none is left.
    """
    wanted = [one.strip() for part in said for one in part.split(",") if one.strip()]
    strange = [one for one in wanted if one not in FILE_KINDS]
    if strange or not wanted:
        raise Refused(
            f"file_kinds are some of {', '.join(FILE_KINDS)}"
            + (f"; {', '.join(strange)} is none." if strange else "."),
            code="setting_value",
        )
    return sorted(set(wanted), key=FILE_KINDS.index)


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold() if "." in name else ""
