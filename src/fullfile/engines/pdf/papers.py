"""A document as PDF. The words go to the template as JSON, never as markup.

Same document, same bytes: the paper carries no time of making, and only the fonts that come with
Typst are used (Latin, Greek, Cyrillic, Hebrew). Where a name needs other letters, the fonts of the machine
are asked as well, so that no letter is lost; the bytes then depend on those fonts.

What this does not do: it signs no PDF and adds no word of its own.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from importlib.resources import files

import typst

from fullfile.core.errors import Unavailable
from fullfile.engines.report.papers import Document

__all__ = ["render_pdf"]

_SERIF = "Libertinus Serif"
_FURTHER = ("Noto Serif", "Noto Sans", "DejaVu Serif", "DejaVu Sans")
_LETTERS = (
    "Letters beyond Latin, Greek, Cyrillic and Hebrew were drawn with the fonts of the machine that made this "
    "PDF; where it has none, a box or a gap stands in their place. The HTML page and the record hold every letter."
)
_LONGEST = 14
"""A word longer than this may break in a narrow column."""
_LONG = re.compile(rf"[^\s\u200b]{{{_LONGEST + 1},}}")
_EMBEDDED = re.compile(
    "[\u0009-\u052f\u0590-\u05ff\u1e00-\u1fff\u200b-\u2044\u20ac\u2116\u2122\u2190-\u22ff]*"
)
"""Text that the embedded fonts can show, near enough."""


def render_pdf(document: Document, office: str) -> bytes:
    """The bytes of the PDF.

    Args:
        document: the paper.
        office: who made it.

    Raises:
        Unavailable: Typst cannot lay it out, which a paper of ours never asks for.
    """
    given = asdict(document)
    given["office"] = office
    given["running"] = f"{document.case_number} · {document.title}"
    for section in (*given["sections"], *given["annexes"]):
        if section["table"] is not None:
            for row in section["table"]["rows"]:
                row["cells"] = [_breakable(words) for words in row["cells"]]
                row["under"] = [_breakable(words) for words in row["under"]]
    for one in given["record"]:
        one["value"] = _breakable(one["value"])
    words = json.dumps(given, ensure_ascii=False)
    embedded = _EMBEDDED.fullmatch(words) is not None
    given["letters"] = "" if embedded else _LETTERS
    given["fonts"] = [_SERIF] if embedded else [_SERIF, *_FURTHER]
    template = files("fullfile.engines.pdf").joinpath("paper.typ").read_bytes()
    try:
        found = typst.compile(
            template,
            format="pdf",
            ignore_system_fonts=embedded,
            sys_inputs={"paper": json.dumps(given, ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise Unavailable(
            f"The paper cannot be laid out as PDF ({str(error).splitlines()[0]}): use --format html."
        ) from error
    assert isinstance(found, bytes)
    return found


def _breakable(text: str) -> str:
    """A text whose long words may break: a tag or a digest is wider than its column."""

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        return "\u200b".join(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST))

    return _LONG.sub(parted, text)
