"""An entry in words: when, of which kind, by whom, and whether it is as it was recorded.

Hundredths of a second stand on pages of the record only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from fullfile.core.entries import ENTRY_TYPES, TABLE_OF_TYPE, TABLES, Entry
from fullfile.core.facts.dates import date_words as as_said
from fullfile.engines.report.dates import date_words
from fullfile.server.queries.log import OneEntry
from fullfile.server.web.clock import zone
from fullfile.server.web.dated import dated
from fullfile.server.web.entry_words import type_words

__all__ = ["EntryShown", "hundredths", "instants_of", "says_of", "the_sentence"]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry of a list: its number, when it was recorded, its kind, who recorded it, what it corrects."""

    index: int
    recorded: str
    type: str
    words: str
    by: str
    source: str
    corrects: int | None

    @classmethod
    def of(cls, entry: Entry, *, told: bool) -> EntryShown:
        """An entry; `told`: whether the reader may know of which kind it is, and who recorded it."""
        return cls(
            entry.index,
            hundredths(entry.recorded_ms),
            entry.type if told else "",
            type_words(entry.type) if told else _("an entry"),
            entry.by if told else "",
            entry.source if told else "",
            entry.corrects if told else None,
        )


def hundredths(ms: int) -> str:
    """A moment of the record: "Mar 20, 2024, 09:14:07.52 MDT"."""
    here = datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone())
    return f"{here:%b} {here.day}, {here.year}, {here:%H:%M:%S}.{here.microsecond // 10_000:02d} {here:%Z}"


def instants_of(entry: Entry) -> str:
    """When what the entry tells happened, as it was said; empty where it says no time."""
    table = TABLE_OF_TYPE.get(entry.type)
    column = TABLES[table].occurred if table else ""
    said = str(entry.data.get(column or "", ""))
    if not said and table == "items":
        said = str(entry.data.get("collected_at", ""))
    return _said(said)


def _said(text: str) -> str:
    """A date as it was said: a partial one stays partial, a time keeps its zone."""
    if not text:
        return ""
    if len(text) > 10 and text[:4].isdigit() and "/" not in text:
        return dated(date_words(text))
    return dated(as_said(text, 0))


def says_of(name: str) -> str:
    """What an entry of a type records; nothing for the rows of tables, whose columns say it."""
    known = ENTRY_TYPES.get(name)
    return known.says if known is not None and name not in TABLE_OF_TYPE else ""


def the_sentence(found: OneEntry, *, proven: bool) -> str:
    """Whether it is in the record as it was recorded, in one sentence."""
    when = dated(
        date_words(
            datetime.fromtimestamp(found.entry.recorded_ms / 1000, UTC)
            .astimezone(zone())
            .date()
            .isoformat()
        )
    )
    if not proven:
        return _(
            "The proof of this entry fails: the stored hashes do not lead to the signed root. Tell whoever looks after the record."
        )
    if found.unchanged is False:
        return _(
            "This entry is not as it was recorded: its content does not fit its leaf. Tell whoever looks after the record."
        )
    if found.unchanged is None:
        return _(
            "The content of this entry was erased by order of a court. The entry and its proof remain, since %(when)s."
        ) % {"when": when}
    return _("This entry has not changed since %(when)s.") % {"when": when}
