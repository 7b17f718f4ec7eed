"""Reads what is needed to judge a county: its truth, its matters, and the suggestions made for it.

Any directory with the import tables and a `truth.csv` (agency, tag, case_number,
kind; no case number: it belongs to none) can be judged, not only a made-up one.
Names and numbers compare after trimming and case folding, as everywhere.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fullfile.core.errors import Refused
from fullfile.engines.counties.scoring import Key, Suggestion, Truth

__all__ = ["folded", "read_matters", "read_suggestions", "read_truth", "rows_of"]

_OF_THE_MATTER = {"co_defendant", "same_incident", "refiled_from", "superseded", "consolidated"}
_TOO_MANY = 20
"""A report number that more cases list joins none (contract, section 1)."""


def folded(text: str) -> str:
    """A name or number as it is compared."""
    return text.strip().casefold()


def rows_of(directory: Path, table: str) -> Iterator[dict[str, str]]:
    """The rows of a table; none where the directory has no such file."""
    path = directory / f"{table}.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: value or "" for name, value in row.items() if name}


def read_truth(directory: Path) -> dict[Key, Truth]:
    """To which cases the items belong. Several rows of one item: each of these cases is right.

    Raises:
        Refused: there is no truth, or a column of it is missing.
    """
    path = directory / "truth.csv"
    if not path.is_file():
        raise Refused(
            f"{path} is not there: put the import tables and a truth.csv with the columns agency, tag, "
            "case_number, kind into the folder (no case number: the item belongs to no case)."
        )
    found: dict[Key, Truth] = {}
    for number, row in enumerate(rows_of(directory, "truth"), 2):
        if "agency" not in row or "tag" not in row or "case_number" not in row:
            raise Refused(
                f"{path}, row {number}: expected the columns agency, tag, case_number and kind, found "
                f"{', '.join(row)}."
            )
        key, case = (folded(row["agency"]), folded(row["tag"])), folded(row["case_number"])
        kind = row.get("kind") or ("orphan" if case else "unrelated")
        before = found.get(key, Truth(kind, frozenset()))
        found[key] = Truth(before.kind, before.cases | ({case} if case else set()))
    return found


def read_matters(directory: Path) -> dict[str, frozenset[str]]:
    """By case number, the cases of its matter, itself among them: one step, as the contract says."""
    listing: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for row in rows_of(directory, "cases"):
        number = folded(row["case_number"])
        near.setdefault(number, {number})
        for part in _parts(row.get("report_numbers", "")):
            listing.setdefault(part, set()).add(number)
        for part in _parts(row.get("related_cases", "")):
            other, _, kind = part.partition("|")
            if kind.strip() in _OF_THE_MATTER:
                near[number].add(other.strip())
                near.setdefault(other.strip(), {other.strip()}).add(number)
    for cases in listing.values():
        if len(cases) <= _TOO_MANY:
            for number in cases:
                near[number] |= cases
    return {number: frozenset(cases) for number, cases in near.items()}


def read_suggestions(path: Path) -> Iterator[Suggestion]:
    """What `fullfile link` wrote as JSON (contract, section 6), or as CSV where that is the file's ending.

    CSV is read line by line, so that the answer for a million items fits.
    """
    if path.suffix == ".csv":
        yield from map(_suggestion, rows_of(path.parent, path.stem))
    else:
        yield from map(_suggestion, json.loads(path.read_text("utf-8"))["suggestions"])


def _suggestion(one: Mapping[str, Any]) -> Suggestion:  # text in CSV, numbers in JSON
    return Suggestion(
        folded(one["agency"]),
        folded(one["tag"]),
        folded(one["case_number"]),
        int(one["rank"]),
        float(one["probability"]),
    )


def _parts(cell: str) -> list[str]:
    return [folded(part) for part in cell.split(";") if part.strip()]
