"""What the defence asked for, matched to items by category and words.

A request names no tags. "All ballistic evidence" means whatever the State has of that
kind, under whatever number: so the words of a request are held against the words of
every item, and each hit says which words met. A word meets its plural and nothing else:
nearer guesses are for a person.

What this does not do: that nothing was hit does not say that there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fullfile.core.facts.known import Known, name_of
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key

__all__ = [
    "Described",
    "Hit",
    "ItemWords",
    "Met",
    "describe",
    "is_replied",
    "items_for",
    "stem",
    "words_of",
]

_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset(
    """a about access against all also an and any anything are as at be been being by case concerning copies copy
    defence defendant defense did disclosed discovery do does every everything evidence evidentiary for from had has
    have held her his if in including inspect inspection into is it item its kind material matter may not obtain of
    on or other our out over part possession produce production prosecution provide receive regarding related
    relating relevant request see seen so some state such taken that the their them there these they thing
    this those to was were what whatever when where whether which who whose with without""".split()  # noqa: SIM905 - a list of words is read as words
)
"""Words that say nothing about a thing: a request for all of it would hit everything by them."""
_COLUMNS = ("description", "category", "notes", "kind")
_TAG = "tag"
"""A tag is met only as a whole: its digits are a number, not words."""
_TEXT_COLUMNS = ("category", "keywords", "asks_for")


@dataclass(frozen=True, slots=True)
class Described:
    """An item, and its words by the column in which they stand."""

    item: ItemKey
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A word of a request that stands in an item's words.

    Attributes:
        word: as the request has it.
        asked_in: `category`, `keywords` or `asks_for`.
        found: as the item has it.
        found_in: `description`, `category`, `notes`, `kind` or `tag`.
    """

    word: str
    asked_in: str
    found: str
    found_in: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that a request stands against, and the words that say so."""

    item: ItemKey
    met: tuple[Met, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the request that met, each once."""
        return tuple(dict.fromkeys(one.word for one in self.met))


def is_replied(row: Row, on: int) -> bool:
    """Whether a request has been replied to by a moment: with a date, and with words."""
    replied = row.bounds("replied_at")
    return replied is not None and replied.last <= on and bool(row.text("reply").strip())


class ItemWords:
    """The words of items turned round, read once for every request that is held against them.

    Args:
        items: the items that bear on a case, with their words.
    """

    def __init__(self, items: Iterable[Described]) -> None:
        self._items: list[ItemKey] = []
        self._tags: list[tuple[int, str, str]] = []
        self._by_stem: dict[str, list[_Standing]] = {}
        for place, item in enumerate(items):
            self._items.append(item.item)
            self._read(place, item)

    def _read(self, place: int, item: Described) -> None:
        seen: set[tuple[str, str]] = set()
        for column, text in item.texts:
            if column == _TAG:
                if key(text):
                    self._tags.append((place, text, key(text)))
                continue
            for word in words_of(text.replace("_", " ")):
                one = (stem(word), column)
                if one not in seen:
                    self._by_stem.setdefault(one[0], []).append(
                        _Standing(place, len(seen), word, column)
                    )
                    seen.add(one)

    def hits(self, request: Row) -> list[Hit]:
        """The items that a request asks for, those that more words meet first."""
        words: dict[int, list[tuple[int, Met]]] = {}
        for root, (word, asked_in) in _wanted(request).items():
            for one in self._by_stem.get(root, ()):
                met = Met(word, asked_in, one.word, one.column)
                words.setdefault(one.place, []).append((one.turn, met))
        found = {
            place: [met for _, met in sorted(mets, key=lambda one: one[0])]
            for place, mets in words.items()
        }
        for place, met in self._named(request):
            found.setdefault(place, []).append(met)
        hits = [Hit(self._items[place], tuple(mets)) for place, mets in found.items()]
        return sorted(hits, key=lambda hit: (-len(hit.words), hit.item))

    def _named(self, request: Row) -> Iterator[tuple[int, Met]]:
        """The items whose own tag the request names."""
        said = [(column, key(text)) for column, text in _said(request)]
        for place, tag, norm in self._tags:
            for column, text in said:
                # The plain search goes first: a pattern for each tag and request costs a minute in a large case.
                if norm in text and _stands_alone(norm, text):
                    yield place, Met(norm, column, tag, _TAG)
                    break


class _Standing(NamedTuple):
    """Where a stem stands: at which item, as the how manieth of its words, as which word of which column."""

    place: int
    turn: int
    word: str
    column: str


def _stands_alone(norm: str, text: str) -> bool:
    """Whether a tag stands in a text as a whole."""
    return re.search(rf"(?<![\w/-]){re.escape(norm)}(?![\w/-])", text) is not None


def items_for(request: Row, items: Iterable[Described]) -> list[Hit]:
    """The items that a request asks for, those that more words meet first.

    Args:
        request: a row of `requests`.
        items: the items that bear on its case, with their words; for several requests: `ItemWords`.
    """
    return ItemWords(items).hits(request)


def describe(known: Known, item: ItemKey) -> Described:
    """The words of an item on every list that has it."""
    texts = dict.fromkeys(
        (column, row.text(column))
        for row in known.facts.of_item("items", item)
        for column in _COLUMNS
        if row.data.get(column)
    )
    return Described(item, (*texts, (_TAG, name_of(known.facts, item)[1])))


def words_of(text: str) -> Iterator[str]:
    """The words of a text that say something about a thing."""
    for found in _WORD.findall(text):
        word = key(found)
        if word not in _IDLE and (_is_measure(word) if word.isdigit() else len(word) > 2):
            yield word


def _is_measure(digits: str) -> bool:
    """Whether a number says something about a thing (a calibre): no count, no year."""
    return len(digits) > 1 and not (len(digits) == 4 and digits.startswith(("19", "20")))


def stem(word: str) -> str:
    """A word without its plural ending.

    >>> stem("rounds"), stem("cartridges"), stem("bodies"), stem("boxes"), stem("glass")
    ('round', 'cartridge', 'body', 'box', 'glass')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _wanted(request: Row) -> dict[str, tuple[str, str]]:
    """The stems of a request's words: each with the word and the column it stands in."""
    found: dict[str, tuple[str, str]] = {}
    for column, text in _said(request):
        for word in words_of(text):
            found.setdefault(stem(word), (word, column))
    return found


def _said(request: Row) -> Iterator[tuple[str, str]]:
    for column in _TEXT_COLUMNS:
        said = request.data.get(column) or ""
        for text in (said,) if isinstance(said, str) else said:
            yield column, text
