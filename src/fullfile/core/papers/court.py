"""What was filed with the court: which paper, on which day, by whom; and what of it was withdrawn. Pure.

A court sees no file of an item, no account of who knew what and no reason of a determination before it was filed, or
ordered by it; then exactly that, as it stood when it was filed. A schedule or a certificate it may read anyway: there
the filing is told. Not to be confused with the prosecution's own file (`core.filing`).

What this does not do: it asks no policy, and opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import DAY_MS, Bounds, key
from fullfile.core.said import say

__all__ = [
    "COURT_TYPES",
    "FILED",
    "Filing",
    "FilingAsked",
    "Kind",
    "decide_filing",
    "decide_withdrawal",
    "read_filings",
]

FILED, WITHDRAWN = "court.paper_filed", "court.filing_withdrawn"
COURT_TYPES = (FILED, WITHDRAWN)


class Kind(StrEnum):
    """What was filed."""

    SCHEDULE = "schedule"
    CERTIFICATE = "certificate"
    FILE = "file"
    KNEW = "knowledge"
    VIEWS = "determinations"


_OF_AN_ITEM = frozenset({Kind.FILE, Kind.KNEW, Kind.VIEWS})


@dataclass(frozen=True, slots=True)
class Filing:
    """A paper that was filed.

    Attributes:
        entry, recorded_ms: the entry that says so, and when it was recorded.
        case_number: the case.
        kind: what was filed.
        of: the entries that were filed; none of an account of who knew what.
        agency, tag: of the item, where it is about one.
        defendant, defendant_key: whose paper it is, where it is one defendant's.
        filed_on: on which day.
        ordered: because the court ordered it; `order`, `order_on`: how it is called.
        under_seal: the other side is not told.
        side: state or defence.
        detail, by: what else was said; who filed it.
        withdrawn: the entry that withdraws it; None: it stands. `withdrawn_why`: the reason.
    """

    entry: int
    recorded_ms: int
    case_number: str
    kind: Kind
    of: tuple[int, ...]
    agency: str
    tag: str
    defendant: str
    defendant_key: str
    filed_on: str
    ordered: bool
    order: str
    order_on: str
    under_seal: bool
    side: str
    detail: str
    by: str
    withdrawn: int | None = None
    withdrawn_why: str = ""


@dataclass(frozen=True, slots=True)
class FilingAsked:
    """What somebody says was filed.

    Attributes:
        case_number, kind, of, agency, tag, defendant, defendant_key: as in `Filing`.
        filed_on: as it was said; `bounds`: its moments on the court's clock; None where it is no date.
        today: the end of today on that clock (ms).
        earliest: the day on which the paper was made (ms); None: that is not known.
        order, order_on: where the court ordered it.
        ordered, under_seal, side, detail, by: as in `Filing`.
        bears: whether the item bears on the case; True where it is about none.
        waiting: determinations that wait for a second reader, and so are no paper yet.
    """

    case_number: str
    kind: Kind
    of: tuple[int, ...]
    filed_on: str
    bounds: Bounds | None
    today: int
    by: str
    agency: str = ""
    tag: str = ""
    defendant: str = ""
    defendant_key: str = ""
    earliest: int | None = None
    ordered: bool = False
    order: str = ""
    order_on: str = ""
    under_seal: bool = False
    side: str = "state"
    detail: str = ""
    bears: bool = True
    waiting: int = 0


def read_filings(entries: Iterable[Entry]) -> list[Filing]:
    """What was filed, in the order of the record, from entries of the two types. What was erased is left out."""
    told = sorted(entries, key=lambda one: one.index)
    withdrawn = {
        int(one.data["filing"]): (one.index, str(one.data.get("reason", "")))
        for one in told
        if one.type == WITHDRAWN and "filing" in one.data
    }
    found = []
    for one in told:
        if one.type != FILED or one.more.get("erased"):
            continue
        data = one.data
        ended, why = withdrawn.get(one.index, (None, ""))
        found.append(
            Filing(
                one.index,
                one.recorded_ms,
                str(data["case_number"]),
                Kind(data["paper"]),
                tuple(int(each) for each in data.get("of", ())),
                str(data.get("agency", "")),
                str(data.get("tag", "")),
                str(data.get("defendant", "")),
                str(data.get("defendant_key", "")),
                str(data["filed_on"]),
                data.get("way") == "ordered",
                str(data.get("order", "")),
                str(data.get("order_on", "")),
                bool(data.get("under_seal")),
                str(data.get("side", "state")),
                str(data.get("detail", "")),
                str(data.get("by", one.by)),
                ended,
                why,
            )
        )
    return found


def decide_filing(asked: FilingAsked, before: Sequence[Filing], *, actor: str, size: int) -> Draft:
    """Somebody says that a paper was filed with the court.

    Args:
        asked: what they say.
        before: what was filed in the case so far.
        actor: who records it.
        size: of the record that it is taken from.

    Raises:
        Refused: with every reason: no day, one that is not yet, or before the paper was made; nothing that could be
            filed; the same paper stands as filed; an order that is not named.
    """
    wrong = [*_wrong_day(asked), *_wrong_paper(asked)]
    same = next(
        (
            one
            for one in before
            if asked.of and one.of == asked.of and one.kind is asked.kind and one.withdrawn is None
        ),
        None,
    )
    if same is not None:
        wrong.append(
            Reason(
                "filed_already",
                say(
                    "It stands as filed with the court on {filed_on} (entry {entry:,}): withdraw that first, "
                    "with the reason, if it is wrong.",
                    filed_on=same.filed_on,
                    entry=same.entry,
                ),
            )
        )
    if asked.ordered and not asked.order.strip():
        wrong.append(Reason("order_missing", say("Say which order: its date and what it says.")))
    if not asked.by.strip():
        wrong.append(Reason("by", say("Say who filed it.")))
    if wrong:
        raise Refused(wrong)
    data: dict[str, Any] = {
        "case_number": asked.case_number,
        "paper": asked.kind.value,
        "of": list(asked.of),
        "agency": asked.agency,
        "tag": asked.tag,
        "defendant": asked.defendant,
        "defendant_key": asked.defendant_key,
        "filed_on": asked.filed_on.strip(),
        "way": "ordered" if asked.ordered else "filed",
        "order": asked.order.strip() if asked.ordered else "",
        "order_on": asked.order_on.strip() if asked.ordered else "",
        "under_seal": asked.under_seal,
        "side": asked.side,
        "detail": asked.detail.strip(),
        "by": asked.by.strip(),
    }
    if asked.kind is Kind.KNEW:
        data["size"] = size
    return Draft(FILED, actor, {name: value for name, value in data.items() if value != ""})


def decide_withdrawal(filing: Filing, *, reason: str, by: str, actor: str) -> Draft:
    """It was not filed after all, or was given back.

    Raises:
        Refused: it was withdrawn before, or no reason is given.
    """
    wrong = []
    if filing.withdrawn is not None:
        wrong.append(
            Reason(
                "withdrawn",
                say(
                    "It was withdrawn before (entry {withdrawn:,}): record the filing anew if it was filed "
                    "again.",
                    withdrawn=filing.withdrawn,
                ),
            )
        )
    if not reason.strip():
        wrong.append(Reason("reason_missing", say("Say why: it stays beside the filing.")))
    if wrong:
        raise Refused(wrong)
    data = {
        "case_number": filing.case_number,
        "filing": filing.entry,
        "reason": reason.strip(),
        "by": by.strip(),
    }
    return Draft(WITHDRAWN, actor, data)


def _wrong_day(asked: FilingAsked) -> list[Reason]:
    if asked.bounds is None:
        return [Reason("filed_on", say("Say on which day it was filed, as 2024-07-10."))]
    if asked.bounds.last - asked.bounds.first >= DAY_MS:
        return [
            Reason("filed_on", say("A filing has a day: say which, as the court's stamp shows it."))
        ]
    if asked.bounds.first > asked.today:
        return [Reason("filed_on", say("That day is still to come: record it once it was filed."))]
    if asked.earliest is not None and asked.bounds.last < asked.earliest:
        return [
            Reason(
                "filed_on", say("The paper was made later than that day: it cannot be this one.")
            )
        ]
    return []


def _wrong_paper(asked: FilingAsked) -> list[Reason]:
    wrong = []
    if asked.kind in _OF_AN_ITEM and not (key(asked.agency) and key(asked.tag)):
        wrong.append(Reason("item_missing", say("Say of which item.")))
    elif not asked.bears:
        wrong.append(
            Reason(
                "bears_not",
                say(
                    "Nothing on record says that {agency} {tag} bears on {case_number}: put it on the file "
                    "of the case first, or choose the case it belongs to.",
                    agency=asked.agency,
                    tag=asked.tag,
                    case_number=asked.case_number,
                ),
            )
        )
    if asked.kind is Kind.VIEWS and not asked.of:
        words = (
            "Its determinations wait for a second reader: their reasons open, and can be filed, once a second person "
            "has answered."
            if asked.waiting
            else "No determination of it is on record for this case, so there is no reason to file."
        )
        wrong.append(Reason("nothing_to_file", words))
    elif asked.kind not in (Kind.VIEWS, Kind.KNEW) and not asked.of:
        wrong.append(Reason("nothing_to_file", say("Say which paper was filed.")))
    return wrong
