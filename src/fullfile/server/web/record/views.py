"""The record: how far it has grown, its entries, the proof of each, its files as the log's standard has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.core.entries import ENTRY_TYPES
from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog import open_checkpoint
from fullfile.core.tlog.base64text import to_base64
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.log import LogFilter, ask_entry, ask_log
from fullfile.server.store import checkpoints
from fullfile.server.store.last_check import find_check
from fullfile.server.store.overview import get_head
from fullfile.server.store.prove import prove
from fullfile.server.store.subtrees import read_tile
from fullfile.server.web.contents import Reads, content_of, tells_kind
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.entry_words import type_words
from fullfile.server.web.listing import PAGE, export, listing_of
from fullfile.server.web.record.presenters import (
    EntryShown,
    hundredths,
    instants_of,
    says_of,
    the_sentence,
)

__all__ = ["checkpoint", "entry", "key", "proof", "record", "tile"]

EXPORTED = 10_000


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def record(request: PageRequest) -> HttpResponse:
    """How large is the record, is it right, and what came last?"""
    told = tells_kind(request.person)
    names = ("type", "since", "until") if told else ("since", "until")
    listing = listing_of(request, filters=names)
    wanted = LogFilter(
        type=listing.filters.get("type", ""),
        since=_day(listing.filters.get("since", "")),
        until=_day(listing.filters.get("until", "")),
    )
    whole = request.GET.get("format") in {"csv", "json"}
    found = ask_log(
        wanted, limit=EXPORTED if whole else PAGE, offset=0 if whole else listing.offset
    )
    rows = [EntryShown.of(one, told=told) for one in found.entries]
    cells = ([one.index, one.recorded, one.type, one.by] for one in rows)
    if whole and (answer := export(request, "record", _HEADER, cells)):
        return answer
    return render(
        request,
        "record/record.html",
        {
            **_head(),
            "listing": listing,
            "pager": listing.pages(found.total),
            "found": found,
            "rows": rows,
            "told": told,
            "types": sorted(
                ((name, type_words(name)) for name in ENTRY_TYPES), key=lambda one: one[1]
            )
            if told
            else [],
            "check": find_check(),
        },
    )


_HEADER = ("entry", "recorded_at", "type", "by")


def _head() -> dict[str, Any]:
    head = get_head()
    note = checkpoints.find_signed()
    signed = open_checkpoint(note, [checkpoints.verifier()]) if note is not None else None
    return {
        "size": head.size,
        "last": hundredths(head.recorded_ms) if head.size else "",
        "signed_size": signed.size if signed else 0,
        "root": to_base64(signed.root) if signed else "",
        "origin": signed.origin if signed else "",
        "vkey": checkpoints.verifier().vkey,
        "fingerprint": checkpoints.verifier().fingerprint,
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def entry(request: PageRequest, index: int) -> HttpResponse:
    """Is this entry in the record, unchanged, since when?"""
    person = request.person
    found = ask_entry(index)
    told = tells_kind(person)
    content = content_of(person, found.entry)
    try:
        prove(index)
        proven = True
    except RecordDamaged:
        proven = False
    shown = content.reads in (Reads.YES, Reads.ERASED)
    return render(
        request,
        "record/entry.html",
        {
            **_head(),
            "found": found,
            "row": EntryShown.of(found.entry, told=told),
            "instants": instants_of(found.entry) if shown else None,
            "says": says_of(found.entry.type) if told else "",
            "content": content,
            "columns": content.columns if shown else (),
            "sentence": the_sentence(found, proven=proven),
            "good": proven and found.unchanged is not False,
            "proven": proven,
            "told": told,
            "before": index - 1 if index else None,
            "after": index + 1 if index + 1 < found.size else None,
        },
    )


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def proof(_request: PageRequest, index: int) -> HttpResponse:
    """The proof of an entry: a tlog-proof that `fullfile log verify` reads without this office."""
    answer = HttpResponse(prove(index), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return answer


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def checkpoint(_request: PageRequest) -> HttpResponse:
    """The last signed checkpoint (C2SP tlog-checkpoint)."""
    note = checkpoints.find_signed() or b""
    answer = HttpResponse(note, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="checkpoint"'
    return answer


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def key(_request: PageRequest) -> HttpResponse:
    """The key that checkpoints are checked with."""
    vkey = checkpoints.verifier().vkey + "\n"
    answer = HttpResponse(vkey, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="log.vkey"'
    return answer


@page(Right.CHECK_RECORD, methods=("GET", "HEAD"))
def tile(_request: PageRequest, path: str) -> HttpResponse:
    """A tile or an entry bundle of the log (C2SP tlog-tiles): leaves and hashes, no content."""
    data = read_tile(f"tile/{path}")
    return HttpResponse(data, content_type="application/octet-stream")
