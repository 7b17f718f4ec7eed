"""The words of the record, by the full text search of the database (FTS5, tsvector).

Not written with each entry: a bulk import would pay for words that nobody looks for yet. Whoever searches first
takes in what came since (`catch_up`), a job takes in large imports. What was erased by order leaves the index in
the same transaction as the body; `rebuild` begins it anew.

What this does not do: it permits nothing, and ranks nothing; the newest comes first.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.errors import Busy
from fullfile.core.ids import key
from fullfile.server.store.append import lock_writers
from fullfile.server.store.busy import in_passing
from fullfile.server.store.keys import find_cases, find_items
from fullfile.server.store.reading import iter_entries
from fullfile.server.store.tables import execute, execute_many, is_postgresql, select

__all__ = [
    "Doc",
    "begin_anew",
    "catch_up",
    "catch_up_in_passing",
    "find_any",
    "find_words",
    "forget",
    "lag",
    "without_signs",
]

_SLICE = 5_000
_WORD = re.compile(r"\w+", re.UNICODE)


class Doc(IntEnum):
    """What kind of thing some words are about."""

    ITEM = 1
    CASE = 2
    PARTY = 3
    MENTION = 4
    REQUEST = 5


_WORDS = {
    "item.recorded": (
        Doc.ITEM,
        (
            "tag",
            "report_number",
            "description",
            "serial_number",
            "maker",
            "model",
            "notes",
            "collected_from",
            "collected_where",
            "persons",
        ),
    ),
    "case.recorded": (
        Doc.CASE,
        ("case_number", "report_numbers", "title", "summary", "incident_location"),
    ),
    "party.recorded": (Doc.PARTY, ("name", "also_called")),
    "mention.recorded": (Doc.MENTION, ("description", "report_number", "document")),
    "request.recorded": (Doc.REQUEST, ("asks_for", "keywords")),
}


_NUMBERS = ("tag", "report_number", "case_number", "serial_number")
"""Numbers are found with and without their dashes."""


def without_signs(number: Any) -> str:
    """A number as it is typed by whoever leaves the dashes out: letters and digits alone."""
    return "".join(sign for sign in str(number or "").casefold() if sign.isalnum())


def lag(size: int) -> int:
    """How many entries the index is behind a size of the record."""
    return max(0, size - _taken_in())


def catch_up(size: int, *, most: int | None = None) -> int:
    """Take in the words of entries up to a size. How many are left.

    Args:
        size: of the record.
        most: at most so many entries now; None: all.
    """
    done = _taken_in()
    end = size if most is None else min(size, done + most)
    for start in range(done, end, _SLICE):
        stop = min(end, start + _SLICE)
        with in_passing():
            lock_writers()  # no body is erased while its words are taken in
            # Whoever comes second finds the first one's work done, and does it not again.
            if (
                execute(
                    "UPDATE search_state SET size = %s WHERE id = 1 AND size = %s", [stop, start]
                )
                != 1
            ):
                return lag(size)
            _take_in(list(iter_entries(start, stop)))
    return size - end


def catch_up_in_passing(size: int, *, most: int | None = None) -> int:
    """As `catch_up`, for somebody who waits: where somebody else is writing, the words are taken in later."""
    try:
        return catch_up(size, most=most)
    except Busy:
        return lag(size)


def find_words(words: str, kinds: Iterable[Doc], limit: int) -> list[tuple[int, int, int]]:
    """Kind, thing (a case's or item's number) and entry of what has all the words, the newest first.

    The last word may be the beginning of one.

    Args:
        words: as typed.
        kinds: what is looked for.
        limit: at most so many.
    """
    found = _tokens(words)
    if not found:
        return []
    last = len(found) - 1
    if is_postgresql():
        query = " & ".join(
            f"{word}:*" if place == last else word for place, word in enumerate(found)
        )
    else:
        query = " ".join(
            f'"{word}"*' if place == last else f'"{word}"' for place, word in enumerate(found)
        )
    return _matching(query, kinds, limit)


def find_any(tokens: Sequence[str], kinds: Iterable[Doc], limit: int) -> list[tuple[int, int, int]]:
    """The same for what has any of some whole words."""
    found = [word for token in tokens for word in _tokens(token)]
    if not found:
        return []
    query = " | ".join(found) if is_postgresql() else " OR ".join(f'"{word}"' for word in found)
    return _matching(query, kinds, limit)


def _matching(query: str, kinds: Iterable[Doc], limit: int) -> list[tuple[int, int, int]]:
    marks = ", ".join(str(int(kind)) for kind in kinds)
    if is_postgresql():
        statement = (
            f"SELECT kind, thing, entry FROM search_doc WHERE kind IN ({marks}) "
            "AND words @@ to_tsquery('simple', %s) ORDER BY entry DESC LIMIT %s"
        )
    else:
        statement = (
            "SELECT d.kind, d.thing, d.entry FROM search_words w JOIN search_doc d ON d.entry = w.rowid "
            f"WHERE w.words MATCH %s AND d.kind IN ({marks}) ORDER BY w.rowid DESC LIMIT %s"
        )
    rows = select(statement, [query, limit])
    return [(int(kind), int(thing), int(entry)) for kind, thing, entry in rows]


def forget(entry: int) -> None:
    """The words of an entry leave the index: its body is erased."""
    execute("DELETE FROM search_doc WHERE entry = %s", [entry])
    if not is_postgresql():
        execute("DELETE FROM search_words WHERE rowid = %s", [entry])


def begin_anew() -> None:
    """An empty index: what is looked for next takes everything in again."""
    execute("DELETE FROM search_doc")
    if not is_postgresql():
        execute("DELETE FROM search_words")
    execute("UPDATE search_state SET size = 0 WHERE id = 1")


def _taken_in() -> int:
    rows = select("SELECT size FROM search_state WHERE id = 1", [])
    return int(rows[0][0]) if rows else 0


def _take_in(entries: Sequence[Entry]) -> None:
    told: list[tuple[Entry, Doc, str]] = []
    for entry in entries:
        says = _WORDS.get(entry.type)
        # A protected person is found by nobody's guess of a name.
        if says is not None and not entry.more.get("erased") and not entry.data.get("protected"):
            kind, columns = says
            texts = [_text(entry.data.get(column)) for column in columns]
            bare = [without_signs(entry.data.get(name)) for name in _NUMBERS]
            told.append((entry, kind, " ".join([*texts, *filter(None, bare)])))
    items = find_items(
        [(e.data["agency"], e.data["tag"]) for e, kind, _ in told if kind is Doc.ITEM]
    )
    cases = find_cases(
        [str(e.data["case_number"]) for e, _, _ in told if e.data.get("case_number")]
    )
    docs = []
    for entry, kind, text in told:
        data = entry.data
        thing = (
            items.get((key(data["agency"]), key(data["tag"])))
            if kind is Doc.ITEM
            else cases.get(key(str(data.get("case_number", ""))), 0)
        )
        tokens = _tokens(text)
        if thing is not None and tokens:
            docs.append((entry.index, int(kind), thing, " ".join(tokens)))
    if is_postgresql():
        execute_many(
            "INSERT INTO search_doc (entry, kind, thing, words) VALUES (%s, %s, %s, to_tsvector('simple', %s)) "
            "ON CONFLICT (entry) DO NOTHING",
            docs,
        )
        return
    execute_many(
        "INSERT OR IGNORE INTO search_doc (entry, kind, thing) VALUES (%s, %s, %s)",
        [doc[:3] for doc in docs],
    )
    execute_many(
        "INSERT INTO search_words (rowid, words) VALUES (%s, %s)",
        [(doc[0], doc[3]) for doc in docs],
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return " ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_text(one) for one in value.values())
    return "" if value is None else str(value)


def _tokens(text: str) -> list[str]:
    """Words without capitals and accents, alike in both databases; at most some thousand."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _WORD.findall(bare[:60_000])[:2_000]
