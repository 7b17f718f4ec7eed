"""What an import says of itself: figures for each file and table, problems, warnings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from fullfile.engines.importers import Profile

__all__ = ["SHOWN", "FileReport", "ImportReport", "Remark", "Remarks"]

SHOWN = 1_000
"""How many warnings are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem, which refuses its row, or a warning, which does not.

    Attributes:
        file: the file, with the sheet where it has several.
        table: the import table.
        row: the row, as a person counts; None for the file as a whole.
        column: the column, or empty.
        code: a stable word for programs.
        text: one sentence.
    """

    file: str
    table: str
    row: int | None
    column: str
    code: str
    text: str

    def __str__(self) -> str:
        """The remark as one sentence with its place."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the rows of one file for one import table.

    Attributes:
        file: the file's name, with the sheet where it has several.
        table: the import table.
        sha256: `sha256:` and the digest of the file.
        run: the entry `import.started`; None where the file changed nothing.
        rows: rows that hold something.
        new: rows that were recorded for the first time.
        unchanged: rows that the record knew as they are.
        corrected: rows that the record knew with other values.
        repeated: rows that stand twice in the file, word for word.
        rejected: rows that were refused.
        left_out: rows that the mapping leaves out.
        absent: rows sent before and not any more (`complete`).
    """

    file: str
    table: str
    sha256: str
    run: int | None
    rows: int
    new: int
    unchanged: int
    corrected: int
    repeated: int
    rejected: int
    left_out: int
    absent: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import command did, or would do.

    Attributes:
        recorded: whether anything was written to the record.
        dry_run: whether it was only tried.
        source: the name of the system.
        batch: the entry of the command's first run; None where nothing was recorded.
        files: figures for each file and table.
        problems: of refused rows.
        warnings: the first of each kind, `SHOWN` in all.
        warning_counts: how often each kind of warning was given.
        notes: what a person should know about how files were read.
        rejected_files: the files that hold the rejected rows.
        profiles: on a dry run, what each file holds, column by column.
    """

    recorded: bool
    dry_run: bool
    source: str
    batch: int | None
    files: tuple[FileReport, ...]
    problems: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    warning_counts: dict[str, int]
    notes: tuple[str, ...]
    rejected_files: tuple[str, ...]
    profiles: tuple[Profile, ...] = ()

    @property
    def rejected(self) -> int:
        """How many rows were refused."""
        return sum(one.rejected for one in self.files)

    def total(self, figure: str) -> int:
        """The sum of one figure (`new`, `corrected`, …) over all files."""
        return sum(getattr(one, figure) for one in self.files)


@dataclass(slots=True)
class Remarks:
    """Warnings as they come: listed up to a limit, counted to the end."""

    listed: list[Remark] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, remark: Remark, count: int = 1) -> None:
        """Note a warning that stands for `count` rows."""
        self.counts[remark.code] += count
        if len(self.listed) < SHOWN:
            self.listed.append(remark)
