"""The two passes over a chunk: what it mentions, and the rows it gives."""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fullfile.core.entries import ENTRY_TYPES, TABLE_OF_TYPE, Draft
from fullfile.core.ids import key
from fullfile.server.store import row_keys
from fullfile.server.store.board_marks import mark_chunk
from fullfile.server.store.keys import Keys
from fullfile.server.store.news_rows import settle_news
from fullfile.server.store.open_suggestions import SUGGESTING, settle_suggestions
from fullfile.server.store.projectors import (
    accounts,
    asking,
    handing,
    knowledge,
    office,
    parties,
    room,
    suggesting,
)
from fullfile.server.store.projectors.agencies import AGENCY
from fullfile.server.store.projectors.cases import CASE
from fullfile.server.store.projectors.custody import CUSTODY
from fullfile.server.store.projectors.items import ITEM, load_statuses
from fullfile.server.store.projectors.scene import Scene
from fullfile.server.store.projectors.shape import Projector
from fullfile.server.store.room import settle_room
from fullfile.server.store.shelf_names import forget_shelves, keep_shelves, name_again
from fullfile.server.store.tables import close, execute, insert, listed, one_of, select

__all__ = ["PROJECTORS", "Projection", "Recorded"]

_BY = "acts_by"

PROJECTORS: dict[str, Projector] = {
    **dict.fromkeys(ENTRY_TYPES, office.NOTHING),
    "agency.recorded": AGENCY,
    "case.recorded": CASE,
    "party.recorded": parties.PARTY,
    "status.recorded": parties.STATUS,
    "count.recorded": parties.COUNT,
    "item.recorded": ITEM,
    "custody.recorded": CUSTODY,
    "filing.recorded": handing.FILING,
    "disclosure.recorded": handing.DISCLOSURE,
    "withholding.recorded": handing.WITHHOLDING,
    "determination.recorded": handing.DETERMINATION,
    "knowledge.recorded": knowledge.KNOWLEDGE,
    "mention.recorded": knowledge.MENTION,
    "link.recorded": knowledge.LINK,
    "answer.recorded": asking.ANSWER,
    "request.recorded": asking.REQUEST,
    "hold.recorded": asking.HOLD,
    "docket.recorded": asking.DOCKET,
    "setting.changed": office.SETTING,
    "import.started": office.RUN,
    "pack.adopted": office.ADOPTION,
    "calendar.adopted": office.ADOPTION,
    "model.adopted": office.ADOPTION,
    "row.absent": office.ABSENCE,
    "link.ran": suggesting.RAN,
    "suggestion.made": suggesting.SUGGESTED,
    "body.erased": office.ERASURE,
    "schedule.issued": office.act("schedule.issued"),
    "certificate.signed": office.act("certificate.signed"),
    "outcome.explained": office.act("outcome.explained"),
    **{name: office.act(name) for name in office.OF_THE_DEFENCE},
    "determination.read": office.act("determination.read"),
    "item.file_added": office.act("item.file_added"),
    "certificate.first_signed": office.act("certificate.first_signed"),
    "court.paper_filed": office.act("court.paper_filed"),
    "court.filing_withdrawn": office.act("court.filing_withdrawn"),
    "question.asked": office.act("question.asked"),
    "question.answered": office.act("question.answered"),
    "label.printed": office.act("label.printed"),
    **room.PROJECTORS,
    "account.granted": accounts.GRANTED,
    "account.asked": accounts.account_act("asked"),
    "account.declined": accounts.account_act("declined"),
    "account.ended": accounts.account_act("ended"),
    "account.reviewed": accounts.account_act("reviewed"),
    "account.changed": accounts.account_act(),
}
"""The projector of every type of entry."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A draft that has its place in the record.

    Attributes:
        index, recorded_ms: its place and its moment.
        draft: what it says; of an erased body, what was kept.
        erased_key: of an erased body: the hash of its row's key.
    """

    index: int
    recorded_ms: int
    draft: Draft
    erased_key: bytes | None = None


class Projection:
    """Writes the rows of entries, chunk by chunk, within one transaction."""

    def __init__(self, office_zone: ZoneInfo) -> None:
        self.keys = Keys()
        self._office = office_zone
        self._batches: dict[int, int] = {}
        self._shelves: set[int] = set()

    def project(self, chunk: Sequence[Recorded]) -> None:
        """Write the rows of a chunk, close what it corrects, remember its row keys."""
        if not chunk:
            return
        scene = self._scene(chunk)
        for each in chunk:
            self._set(scene, each)
            PROJECTORS[each.draft.type].rows(scene)
            _sign(scene, each)
        for table, rows in scene.rows.items():
            insert(table, rows)
        self._close(chunk)
        for table, pairs in scene.closes.items():
            close(table, pairs)
        self._remember(chunk)
        keep_shelves(scene.shelves, self._shelves)
        corrected = [one.draft.corrects for one in chunk if one.draft.corrects is not None]
        settle_room(scene.rows, corrected, self.keys.is_new_item)
        settle_news(
            scene.rows,
            {each.index: each.recorded_ms for each in chunk},
            [
                (each.index, each.draft.corrects)
                for each in chunk
                if each.draft.corrects is not None and each.draft.type == "custody.recorded"
            ],
        )
        settle_suggestions(
            self.keys.item(each.draft.data["agency"], each.draft.data["tag"])
            for each in chunk
            if each.draft.type in SUGGESTING
        )
        mark_chunk(
            ((each.draft.type, each.draft.data) for each in chunk),
            len(chunk),
            self.keys,
            chunk[-1].index + 1,
        )

    def project_again(self, one: Recorded) -> None:
        """Write the rows of an entry anew, from what was kept of it."""
        closed = _closed_by(one)
        nameless = forget_shelves(one.index)
        scene = self._scene([one])
        self._set(scene, one)
        PROJECTORS[one.draft.type].rows(scene)
        _sign(scene, one)
        for table in PROJECTORS[one.draft.type].tables:
            execute(f"DELETE FROM {table} WHERE entry = %s", [one.index])
            insert(table, scene.rows.get(table, []))
            execute(f"UPDATE {table} SET to_index = %s WHERE entry = %s", [closed, one.index])
        execute(f"DELETE FROM {_BY} WHERE entry = %s", [one.index])
        insert(_BY, scene.rows.get(_BY, []))
        name_again(nameless)
        settle_room(scene.rows, [one.index], self.keys.is_new_item)

    def _scene(self, chunk: Sequence[Recorded]) -> Scene:
        """First pass: what the chunk mentions, and what is known of it."""
        keys = self.keys
        keys.forget()
        zoned: set[str] = set()
        listed_items: list[tuple[str, str]] = []
        runs: set[int] = set()
        source = None
        for each in chunk:
            draft = each.draft
            data = draft.data
            if draft.source != source:
                source = draft.source
                keys.want_source(source)
            PROJECTORS[draft.type].want(keys, data)
            if number := data.get("case_number"):
                zoned.add(number)
            if draft.type == "item.recorded" and data.get("status"):
                listed_items.append((data["agency"], data["tag"]))
            if draft.run is not None and draft.run not in self._batches:
                runs.add(draft.run)
        keys.resolve()
        scene = Scene(keys, self._office)
        first = chunk[0].index
        if zoned:
            scene.load_zones({keys.case(number) for number in zoned}, first)
        numbers = {keys.item(*each) for each in listed_items}
        if known := sorted(each for each in numbers if not keys.is_new_item(each)):
            scene.statuses = load_statuses(known, first)
        if runs:
            found = select(
                f"SELECT entry, batch FROM runs WHERE {one_of('entry')}", [listed(sorted(runs))]
            )
            self._batches.update(dict(found))
        return scene

    def _set(self, scene: Scene, each: Recorded) -> None:
        draft = each.draft
        scene.index, scene.recorded_ms, scene.data = each.index, each.recorded_ms, draft.data
        scene.more = draft.more
        scene.source_id = self.keys.source(draft.source)
        if draft.type == "import.started":
            said = draft.data.get("batch")
            batch = each.index if said is None else int(said)
            self._batches[each.index] = batch
        elif draft.run is None:
            batch = -1
        else:
            batch = self._batches.get(draft.run, draft.run)
        scene.fact = (each.index, None, scene.source_id, batch)

    def _close(self, chunk: Sequence[Recorded]) -> None:
        """A correction closes the rows of the entry it corrects; the first one counts."""
        corrections: dict[str, list[tuple[int, int]]] = {}
        for each in chunk:
            if each.draft.corrects is not None:
                for table in PROJECTORS[each.draft.type].tables:
                    corrections.setdefault(table, []).append((each.index, each.draft.corrects))
        for table, pairs in corrections.items():
            close(table, pairs)

    def _remember(self, chunk: Sequence[Recorded]) -> None:
        rows: list[tuple[bytes, int, bytes]] = []
        for each in chunk:
            if each.erased_key is not None:
                rows.append((each.erased_key, each.index, row_keys.ERASED))
            elif (ahead := each.draft.prepared) is not None:
                rows.append((ahead.key, each.index, ahead.digest))
            elif each.draft.type in TABLE_OF_TYPE:
                found = row_keys.key_of(each.draft)
                rows.append((found, each.index, row_keys.digest_of(each.draft)))
        row_keys.put(rows)


def _sign(scene: Scene, each: Recorded) -> None:
    """Who did it; of what an import brought, the run says so."""
    if each.draft.run is None:
        scene.put(_BY, each.draft.type, each.draft.by, key(each.draft.by))


def _closed_by(one: Recorded) -> int | None:
    for table in PROJECTORS[one.draft.type].tables:
        for (closed,) in select(f"SELECT to_index FROM {table} WHERE entry = %s", [one.index]):
            return None if closed is None else int(closed)
    return None
