"""What a row is to the record: new, unchanged, a correction, or a key that stands twice.

Keys are those of contract section 4, as `store.row_keys` reads them. A row that
the record knows as it is yields nothing; one it knows with other values yields
a correction. One key twice in a file with different values refuses both rows:
nobody but the source can say which is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fullfile.core.entries import Draft, Table
from fullfile.core.ids import key
from fullfile.engines.importers import ROW_ID, RowProblem
from fullfile.server.actions.imports.resolving import Row
from fullfile.server.store import importing, row_keys

__all__ = ["Ledger", "Verdict"]


@dataclass(slots=True)
class Verdict:
    """What became of the rows of a chunk.

    Attributes:
        drafts: of new and corrected rows; their run is set when they are recorded.
        problems: of rows whose key stands twice.
        new, corrected, unchanged, repeated: how many.
    """

    drafts: list[Draft] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    repeated: int = 0


class Ledger:
    """The keys of one file's rows for one table.

    Args:
        table: the import table.
        source: the name of the system.
        by: who imports.
    """

    def __init__(self, table: Table, source: str, by: str) -> None:
        self._table = table
        self._source = source
        self._by = by
        self.unchanged: set[int] = set()
        """The entries of rows that came again as they are."""

    def judge(self, rows: Sequence[Row], run: int) -> Verdict:
        """What the rows of a chunk are to the record.

        Args:
            rows: resolved rows.
            run: the index that the run has, or will have when its first row is recorded.
        """
        verdict = Verdict()
        drafts = [
            Draft(
                self._table.entry_type,
                self._by,
                data,
                source=self._source,
                run=run,
                row=number,
                more=more,
                prepared=prepared,
            )
            for number, data, more, prepared in rows
        ]
        hashes = [row_keys.key_of(draft) for draft in drafts]
        known = row_keys.find(hashes)
        here: dict[bytes, tuple[bytes, int]] = {}
        conflicts: dict[bytes, list[int]] = {}
        for draft, found in zip(drafts, hashes, strict=True):
            digest = row_keys.digest_of(draft)
            number = draft.row or 0
            earlier = here.get(found)
            if earlier is not None:
                if earlier[0] == digest:
                    verdict.repeated += 1
                else:
                    conflicts.setdefault(found, [earlier[1]]).append(number)
                continue
            here[found] = (digest, number)
            entry, recorded = known.get(found, (None, b""))
            if entry is None:
                verdict.new += 1
                verdict.drafts.append(draft)
            elif entry >= run:
                # An earlier chunk of this file recorded it.
                if recorded == digest:
                    verdict.repeated += 1
                else:
                    ((_, row, _),) = importing.read_rows([entry]).values()
                    conflicts[found] = [row or 0, number]
            elif recorded in (digest, row_keys.ERASED):
                verdict.repeated += entry in self.unchanged
                verdict.unchanged += entry not in self.unchanged
                self.unchanged.add(entry)
            elif entry in self.unchanged:
                conflicts[found] = [number]
            else:
                verdict.corrected += 1
                verdict.drafts.append(_correcting(draft, entry))
        if conflicts:
            self._refuse(conflicts, dict(zip(hashes, drafts, strict=True)), verdict)
        return verdict

    def _refuse(
        self, conflicts: dict[bytes, list[int]], drafts: dict[bytes, Draft], verdict: Verdict
    ) -> None:
        for found, numbers in conflicts.items():
            named = self._named(drafts[found])
            places = " and ".join(str(number) for number in numbers)
            for number in numbers:
                text = (
                    f"the key {named} stands in rows {places} with different values; leave one out."
                    if len(numbers) > 1
                    else f"the key {named} stands above too, with different values; leave one out."
                )
                verdict.problems.append(RowProblem(number, "", "key_twice", text))

    def _named(self, draft: Draft) -> str:
        if row_id := draft.more.get(ROW_ID):
            return f"row_id {row_id}"
        said = (
            f"{name} {draft.data[name]}"
            for name in self._table.key_columns
            if draft.data.get(name) not in (None, "", False)
        )
        return ", ".join(said)[:200] or key(self._table.name)


def _correcting(draft: Draft, entry: int) -> Draft:
    return Draft(
        draft.type,
        draft.by,
        draft.data,
        source=draft.source,
        run=draft.run,
        row=draft.row,
        corrects=entry,
        more=draft.more,
        prepared=draft.prepared,
    )
