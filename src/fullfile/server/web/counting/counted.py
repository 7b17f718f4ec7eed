"""Scans as they come, one or many, from a page or from a client that had no network: each recorded once.

A shelf's label says where the next ones stand. Whatever comes of a scan is a result that can be read at arm's
length; one that is refused stops no other.

What this does not do: it judges no scan (`actions.scanning`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.labels import Kind
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.server.actions.scanning import Scanned, scan_item
from fullfile.server.queries.hands import ask_hand
from fullfile.server.queries.inventories import InventoryState
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.scanned import code_in, named_by
from fullfile.server.web.in_words import in_words

__all__ = ["Result", "scan_all"]

KINDS = {
    "found": (lazy("FOUND HERE"), ""),
    "wrong_place": (lazy("WRONG PLACE"), "wrong"),
    "unrecorded": (lazy("UNRECORDED"), "unknown"),
    "altered": (lazy("ALTERED"), "wrong"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What the last scan came to.

    Attributes:
        kind: found, wrong_place, unrecorded, altered, shelf, already or refused.
        look: how it is drawn: "" , wrong or unknown.
        title: the thing, or the shelf.
        word: in large letters.
        words: why, in a sentence.
        entry: of the scan; None where nothing was recorded.
        seal: the seal that the record has, to be compared; empty: none, or it is not shown.
    """

    kind: str
    look: str
    title: str
    word: str
    words: str
    entry: int | None = None
    seal: str = ""

    def as_data(self) -> dict[str, Any]:
        """For the session."""
        return asdict(self)


def scan_all(
    state: InventoryState, scans: Iterable[Mapping[str, str]], place: str | None, actor: str
) -> tuple[list[Result], str | None]:
    """Take in scans in their order; what each came to, and the shelf that one stands at afterwards.

    Args:
        state: the inventory.
        scans: each with `code`, and `once`, the client's own number of it.
        place: the shelf; None: none was scanned yet; empty: what is on no shelf.
        actor: who scans.
    """
    results = []
    for one in scans:
        said = " ".join(str(one.get("code", "")).split())[:200]
        try:
            result, place = _take(state, said, str(one.get("once", ""))[:64], place, actor)
        except (Refused, NotFound) as error:
            title = said or _("Nothing")
            result = Result("refused", "unknown", title, _("NOT TAKEN"), in_words(error.words))
        results.append(result)
    return results, place


def _take(
    state: InventoryState, said: str, once: str, place: str | None, actor: str
) -> tuple[Result, str | None]:
    """One scan: a shelf, or what stands on the one at hand.

    Raises:
        Refused: no shelf was scanned yet, the shelf is another agency's, the label was misread.
        NotFound: nothing on record has the label.
    """
    named = named_by(said)
    if named is not None and named.kind is Kind.SHELF:
        if key(named.agency) != key(state.agency):
            raise Refused(_("%(shelf)s is another agency's shelf.") % {"shelf": named.place})
        return _shelf(named.place), named.place
    if place is None:
        raise Refused(_("Scan the shelf first, then what stands on it."))
    found = scan_item(
        inventory=state.entry,
        code=code_in(said) or said,
        place=place,
        once=once,
        actor=actor,
        now_ms=now_ms(),
    )
    return _result(state, said, found), place


def _shelf(place: str) -> Result:
    return Result("shelf", "", place, _("SHELF"), _("Now scan what stands on it."))


def _result(state: InventoryState, said: str, found: Scanned) -> Result:
    first = found.outcomes[0]
    word, look = KINDS[first.kind]
    title = f"{found.agency} {found.tag}" if found.tag else said
    words = "; ".join(in_words(one.why) for one in found.outcomes if one.why)
    if found.already:
        return Result("already", look, title, _("ALREADY SCANNED"), words, found.entry)
    seal = ""
    if found.tag and first.kind == "found" and not state.blind:
        seal = ask_hand(found.agency, found.tag, now_ms=now_ms()).hand.seal
    return Result(first.kind, look, title, str(word), words or found.description, found.entry, seal)
