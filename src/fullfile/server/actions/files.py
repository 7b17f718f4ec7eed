"""Add a file to an item: received whole, judged by its first bytes and what it declares, kept under its digest, recorded.

The evidence is never altered: what was received is what is kept. The file has its place before the entry is committed, so an
entry never names a file that is not there; a file that no entry names is harmless.
"""

from __future__ import annotations

from collections.abc import Iterable

from fullfile.core.bag.bombs import declared_of, is_bomb
from fullfile.core.bag.kinds import kind_of, media_type_of
from fullfile.core.bag.uses import USES
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.matching.words import item_name
from fullfile.core.said import say
from fullfile.server.queries.files import FILE_ADDED, files_allowed, files_of
from fullfile.server.queries.items import ask_item, world_of_items
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.files import Received, discard, place, read_part, read_tail, receive

__all__ = ["add_file"]

_TAIL = 65_557 + 128
_DIRECTORY = 64 * 2**20
_ZIP = b"PK"


def add_file(
    *,
    agency: str,
    tag: str,
    name: str,
    use: str,
    chunks: Iterable[bytes],
    actor: str,
    now_ms: int,
) -> int:
    """Add a file to an item. The index of the entry.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        name: what the file is called, without a folder.
        use: what it is of the item: a word of `core.bag.uses.USES`.
        chunks: its bytes.
        actor: who adds it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such item.
        Refused: it is too large, empty, of a kind that the office does not take, a bomb, or there already.
        Unavailable: the disk is full or out of reach.
    """
    item = ask_item(agency, tag, now_ms=now_ms)
    called = name.replace("\\", "/").rpartition("/")[2].strip()
    before = _wanting(called, use)
    if before:
        raise Refused(before)
    named = item_name(world_of_items(item), item.item)
    kinds, limit = files_allowed()
    received = receive(chunks, limit=limit, now_ms=now_ms)
    try:
        kind = kind_of(called, received.head)
        wrong = _judged(received, called, kind, kinds)
        if wrong:
            raise Refused(wrong)
        with unit_of_work() as writer:
            same = [one for one in files_of(*named) if one.sha256 == received.sha256]
            if same:
                raise Refused(
                    say(
                        "{called} is a file of {named} {named_2} already (entry {entry}, “{name}”).",
                        called=called,
                        named=named[0],
                        named_2=named[1],
                        entry=same[0].entry,
                        name=same[0].name,
                    ),
                    code="file_there",
                )
            data = {
                "agency": named[0],
                "tag": named[1],
                "name": called,
                "sha256": received.sha256,
                "bytes": received.size,
                "kind": kind,
                "media_type": media_type_of(called, kind),
                "use": use,
            }
            index = writer.append([Draft(FILE_ADDED, actor, data)], now_ms=now_ms)[0]
            place(received)
            return index
    finally:
        discard(received)


def _wanting(name: str, use: str) -> list[Reason]:
    reasons = []
    if not name or len(name) > 255 or not name.isprintable():
        reasons.append(Reason("name", say("A file has a name of 1 to 255 letters: give it one.")))
    if use not in USES:
        reasons.append(
            Reason(
                "use_unknown",
                say("Say what the file is of the item: one of {uses}.", uses=", ".join(USES)),
            )
        )
    return reasons


def _judged(received: Received, name: str, kind: str, kinds: tuple[str, ...]) -> list[Reason]:
    reasons = []
    if kind not in kinds:
        way = (
            say("Pack it into an archive, or have an administrator allow it (file_kinds).")
            if kind == "program"
            else say("An administrator can allow it (file_kinds).")
        )
        reasons.append(
            Reason(
                "file_kind",
                say(
                    "{name} is of a kind that this office does not take ({kind}). {way}",
                    name=name,
                    kind=kind.replace("_", " "),
                    way=way,
                ),
            )
        )
    if received.head.startswith(_ZIP):
        bomb = _bomb(received)
        if bomb:
            reasons.append(
                Reason(
                    "file_bomb",
                    say(
                        "{name} is refused: {bomb}. Unpack it and add its files.",
                        name=name,
                        bomb=bomb,
                    ),
                )
            )
    return reasons


def _bomb(received: Received) -> str:
    """Why a zip is refused, by what it declares; it is not unpacked."""
    try:
        tail = read_tail(received, _TAIL)
        where = declared_of(tail)
        if where is None:
            return ""
        assert isinstance(where, tuple)
        offset, size = where
        if size > _DIRECTORY or offset + size > received.size:
            return say("its directory is larger than any archive's")
        declared = declared_of(tail, read_part(received, offset, size))
        assert declared is not None
        assert not isinstance(declared, tuple)
        return is_bomb(declared, received.size)
    except ValueError as error:
        return str(error)
