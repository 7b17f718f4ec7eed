"""Bad news of an item, and whether a row shows that somebody was told of it. Pure.

A loss, or a find after everything was said to be handed over, makes a task: tell each who answers for a case that the
item bears on. Only a recorded telling ends it: a row of knowledge of that person, made after the news. A row of
another system counts where its words speak of a loss (for a find, any row does).

What this does not do: it finds no news (`server.store.news`), and decides nobody's duty.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.dates import day_words
from fullfile.core.ids import Bounds, key, parse_when

__all__ = [
    "TOLD_OF",
    "WAYS",
    "TellingAsked",
    "ToldTo",
    "decide_telling",
    "news_words",
    "speaks_of_loss",
    "tells",
]

TOLD_OF = "told_of"
"""The column, kept beside the table's own: the entry of the news that somebody was told of."""
WAYS = {"person": "in person", "telephone": "by telephone", "writing": "in writing"}

_OF_LOSS = re.compile(
    r"\b(lost|loss|missing|destr\w+|delet\w+|gone|not found|short|releas\w+|consum\w+|used up)\b",
    re.IGNORECASE,
)
_WORDS = {
    "not_found": "it was recorded as not found on {day}",
    "short": "it was counted short on {day}",
    "lost": "it was recorded as lost on {day}",
    "released": "it was released on {day} while a hold stood",
    "consumed": "it was used up on {day} while a hold stood",
    "destroyed": "it was destroyed on {day} while a hold stood",
    "found": "it was found to bear on the case after everything was said to be handed over; held since {day}",
}


class ToldTo(StrEnum):
    """As what somebody must be told."""

    PROSECUTOR = "prosecutor"
    DEFENCE = "defence counsel"


def news_words(what: str, first: int) -> str:
    """What happened, to stand after "that".

    >>> news_words("not_found", 0)
    'it was recorded as not found on January 1, 1970'
    """
    return _WORDS[what].format(day=day_words(first))


def speaks_of_loss(words: str) -> bool:
    """Whether words speak of a loss.

    >>> speaks_of_loss("told that two of the rounds are missing"), speaks_of_loss("told of the rounds")
    (True, False)
    """
    return bool(_OF_LOSS.search(words))


def tells(
    row: Entry, *, news: int, what: str, first: int, case_number: str, names: Collection[str]
) -> bool:
    """Whether a row of knowledge shows that somebody was told of a piece of news.

    Args:
        row: the row.
        news: the entry of the news.
        what: what happened.
        first: when (ms).
        case_number: the case for which they must be told.
        names: how they are called (keys).
    """
    data = row.data
    if row.index <= news or data.get("denied") or row.more.get("erased"):
        return False
    case = str(data.get("case_number", ""))
    if key(str(data.get("person", ""))) not in names or (case and key(case) != key(case_number)):
        return False
    if TOLD_OF in row.more:
        return str(row.more[TOLD_OF]) == str(news)
    try:
        known = parse_when(str(data.get("known_from", "")))
    except ValueError:
        return False
    if known.last < first:
        return False
    return what == "found" or speaks_of_loss(str(data.get("how", "")))


@dataclass(frozen=True, slots=True)
class TellingAsked:
    """What somebody says they told.

    Attributes:
        agency, tag, case_number: of which item, for which case.
        news: the entry; `what`, `first`: what happened and when (ms).
        to: whom; `role`: as what.
        at: when, as it was said; `moment`: its moments; None where it is no date.
        now: the present moment on the office's clock (ms).
        way: how, a word of `WAYS`.
        words: what was said besides.
        by: who told.
    """

    agency: str
    tag: str
    case_number: str
    news: int
    what: str
    first: int
    to: str
    role: ToldTo
    at: str
    moment: Bounds | None
    now: int
    way: str
    words: str
    by: str


def decide_telling(asked: TellingAsked) -> dict[str, Any]:
    """The row of knowledge that a telling is.

    Raises:
        Refused: with every reason: nobody is named, no day, one before it happened or still to come, no way.
    """
    wrong = []
    if not key(asked.to):
        wrong.append(
            Reason("to", "The case names nobody on that side: say whom you told, by their name.")
        )
    if key(asked.to) == key(asked.by):
        wrong.append(Reason("to", "Nobody tells themselves: name whom you told."))
    if asked.moment is None:
        wrong.append(Reason("at", "Say when, as 2026-07-03 or 2026-07-03T09:30."))
    elif asked.moment.first > asked.now:
        wrong.append(Reason("at", "That is still to come: record it once they were told."))
    elif asked.moment.last < asked.first:
        wrong.append(
            Reason(
                "at",
                f"{news_words(asked.what, asked.first).capitalize()}: nobody was told of it before.",
            )
        )
    if asked.way not in WAYS:
        wrong.append(Reason("way", f"Say how they were told: {', '.join(WAYS)}."))
    if wrong:
        raise Refused(wrong)
    how = f"told by {asked.by} {WAYS[asked.way]} that {news_words(asked.what, asked.first)}"
    if asked.words.strip():
        how += f": {asked.words.strip()}"
    return {
        "agency": asked.agency,
        "tag": asked.tag,
        "person": asked.to.strip(),
        "level": "exists",
        "known_from": asked.at,
        "how": how,
        "role": asked.role.value,
        "case_number": asked.case_number,
        "source": asked.by,
    }
