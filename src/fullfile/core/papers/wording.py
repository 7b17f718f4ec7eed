"""What a paper says: the statements of the pack's paper, filled in; and ours where a pack has none.

A pack's statement carries citation and check mark; both are printed with it, and one whose law was
not read in full is named as not yet compared with the official text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fullfile.core.papers.heading import Heading
from fullfile.core.rules.packs import Pack
from fullfile.core.rules.provisions import Paper

__all__ = ["Said", "fill", "filled", "find_paper", "plain_certificate"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a paper, with what asks for it and how far that was read; both empty for ours."""

    text: str
    cite: str = ""
    check: str = ""


def find_paper(pack: Pack | None, kind: str, layout: str | None, day: date) -> Paper | None:
    """The paper of a pack that is in force on a day; None where it has none.

    Args:
        pack: the pack of the case.
        kind: the kind of paper; the forms mg6c, mg6d, mg6e are found by their layout, whatever their
            kind, and this kind first.
        layout: the layout; None: whatever it is.
        day: the day of signing.
    """
    found: list[Paper] = []
    for paper in pack.papers if pack is not None else ():
        started = paper.effective_from is None or paper.effective_from <= day
        if not started or (paper.effective_to is not None and day > paper.effective_to):
            continue
        if layout is not None and layout.startswith("mg6"):
            if paper.layout == layout:
                found.append(paper)
        elif paper.kind == kind and layout in (None, paper.layout):
            found.append(paper)
    return min(found, key=lambda one: one.kind != kind, default=None)


def fill(paper: Paper | None, heading: Heading, agency: str = "") -> tuple[Said, ...]:
    """The statements of a paper with the names of a case in them."""
    if paper is None:
        return ()
    return tuple(
        Said(filled(one.text, heading, agency), one.cite, one.check) for one in paper.statements
    )


def filled(text: str, heading: Heading, agency: str = "") -> str:
    """A statement with the names of a case in the places of its placeholders, and nowhere else."""
    names = {
        "state": heading.state_name,
        "defendant": heading.defendant,
        "case": heading.number,
        "court": heading.court or "the court",
        "agency": agency,
    }
    found = ""
    rest = text
    while rest:  # one pass: a name that looks like a placeholder is left as it is
        before, brace, after = rest.partition("{")
        found += before
        if not brace:
            break
        word, closing, behind = after.partition("}")
        if closing and word in names:
            found += names[word]
            rest = behind
        else:
            found += brace
            rest = after
    return found[:1].upper() + found[1:]


def plain_certificate(heading: Heading, *, supplemental: bool) -> tuple[Said, ...]:
    """The certificate's statements where the pack has no such paper: ours, and said so."""
    more = " It is a supplement to the certificate named below." if supplemental else ""
    texts = (
        (
            "{state} has disclosed to {defendant} every item on record that bears on {case}, except what is "
            f"stated below, one by one, with the reason.{more}"
        ),
        (
            "What each agency of the case answered when it was asked whether it holds anything more, or that no "
            "answer of it stands, is stated below."
        ),
        "The duty to disclose goes on: what is found later is disclosed with a supplement to this certificate.",
    )
    return tuple(Said(filled(text, heading)) for text in texts)
