"""What `schedule` and `certify` have in common: how a paper is written out."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fullfile.cli.console import emit
from fullfile.core.errors import Refused, Unavailable

if TYPE_CHECKING:
    from fullfile.engines.report.papers import Document, Making
    from fullfile.server.queries.papers import Certified, Scheduled
    from fullfile.server.store.office import Office

__all__ = ["PaperFormat", "check_output", "making_of", "show_document"]

_WIDEST = 100


class PaperFormat(StrEnum):
    """How a paper is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"


def check_output(form: str, output: Path | None) -> None:
    """See that the paper can be written before anything is signed.

    Raises:
        Refused: a PDF would go to a screen.
        Unavailable: the file cannot be there.
    """
    if form == "pdf" and output is None and sys.stdout.isatty():
        raise Refused("A PDF is no text for a screen: name a file with --output FILE.pdf.")
    if output is None:
        return
    if output.is_dir():
        raise Unavailable(f"{output} is a folder: name a file with --output.")
    if not output.parent.is_dir() or not os.access(output.parent, os.W_OK):
        raise Unavailable(
            f"{output} cannot be written (no such folder, or not yours): name another file with --output."
        )


def making_of(found: Scheduled | Certified, office: Office) -> Making:
    """What is known of the making of a paper."""
    from fullfile.engines.report.papers import Making

    return Making(office=office.name, zone=office.zone, checkpoint=found.checkpoint, act=found.act)


def show_document(document: Document, form: str, output: Path | None, office: str) -> None:
    """Write a document for people: as text, as a page or as PDF."""
    if form == "html":
        from fullfile.engines.report.paper_html import render_paper

        emit(render_paper(document), output)
    elif form == "pdf":
        from fullfile.engines.pdf import render_pdf

        _emit_bytes(render_pdf(document, office), output)
    else:
        from fullfile.engines.report.paper_text import render_text

        width = min(shutil.get_terminal_size().columns, _WIDEST)
        emit(render_text(document, max(width, 40)), output)


def _emit_bytes(content: bytes, output: Path | None) -> None:
    """Write bytes. A file appears whole or not at all."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        made = Path(name)
        mask = os.umask(0)
        os.umask(mask)
        made.chmod(0o666 & ~mask)
        made.replace(output)
    except OSError as error:
        raise Unavailable(
            f"{output} cannot be written ({(error.strerror or 'unknown reason').lower()}): name another "
            "file with --output, or make room."
        ) from error
