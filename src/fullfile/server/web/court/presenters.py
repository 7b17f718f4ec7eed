"""What the court's pages say about a case.

What this does not do: it judges nothing; the sentences are those of the match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fullfile.core.entries import Entry
from fullfile.core.matching import State
from fullfile.core.matching.tally import Verdict
from fullfile.core.papers.court import Filing, Kind
from fullfile.engines.report.board import is_served
from fullfile.engines.report.view import verdict
from fullfile.server.queries.board import CaseBoard, Judged
from fullfile.server.store.boards import Board
from fullfile.server.web.in_words import in_words
from fullfile.server.web.papers.filed_words import Told, told_of
from fullfile.server.web.phrases import in_language
from fullfile.server.web.said_below import plain_word

__all__ = ["BenchSheet", "Hearing", "bench_of", "filed_of_kinds", "hearing_of"]

_EPOCH = date(1970, 1, 1).toordinal()
_MOST = 12
_ORDER = {state: place for place, state in enumerate(State)}
_MARKS = {"text": _("read"), "part": _("read in part"), "unread": _("not read")}
_KEPT = {State.WITHHELD, State.WITHHELD_WITHOUT_ORDER}
WORDS: Mapping[Verdict, Any] = {  # lazy translations
    Verdict.CANNOT_SAY: _("Cannot say"),
    Verdict.NOT_FULL: _("Not full"),
    Verdict.IN_TIME: _("In time"),
    Verdict.MARKED: _("Full, with a mark on the record"),
    Verdict.FULL: _("Full"),
    Verdict.ENDED: _("Ended"),
    Verdict.EMPTY: _("Nothing to match yet"),
}


@dataclass(frozen=True, slots=True)
class Hearing:
    """A case as a row: verdict in words, exceptions, the next day in court."""

    case_id: int
    number: str
    title: str
    sealed: bool
    verdict: Any  # a lazy translation
    exceptions: int
    lasting: int
    overdue: int
    day: date | None
    event: str


def hearing_of(board: Board) -> Hearing:
    """A row of the list."""
    return Hearing(
        board.case_id,
        board.number,
        board.title or board.number,
        board.sealed,
        WORDS[board.verdict or Verdict.CANNOT_SAY],
        board.exceptions,
        board.lasting,
        board.overdue,
        None if board.hearing_day is None else date.fromordinal(_EPOCH + board.hearing_day),
        plain_word(board.hearing_event),
    )


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An exception: its item or agency, for whom, its state, the sentence."""

    name: str
    defendant: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class OfDefendant:
    """One defendant in numbers: items, disclosed whole, not, past their date, late."""

    name: str
    items: int
    served: int
    open: int
    overdue: int
    late: int


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """One page for the bench.

    Attributes:
        head, detail: the verdict.
        ended: the case has ended; what stands here is how it stood that day.
        exceptions: the first of them, in the contract's order.
        more: how many others there are.
        states: states and how many lines are in each.
        defendants: each in numbers.
        withheld, under_seal: lines withheld; of them, with a sealed ground or item.
        sealed_items: items that a court sealed.
        views: items of which somebody's view is on record; the views stay out.
        requests, open_requests: made, and without a reply.
        silent: agencies without a standing answer.
        papers: schedules and certificates that were issued.
        remedies: what the rule lets a court do, with how far the rule was read.
    """

    head: str
    detail: str
    ended: bool
    exceptions: tuple[Exceptional, ...]
    more: int
    states: tuple[tuple[str, int], ...]
    defendants: tuple[OfDefendant, ...]
    withheld: int
    under_seal: int
    sealed_items: int
    views: int
    requests: int
    open_requests: int
    silent: tuple[str, ...]
    papers: tuple[Entry, ...]
    remedies: tuple[tuple[str, str, Any], ...]
    not_legal_advice: str


def bench_of(board: CaseBoard, papers: Sequence[Entry]) -> BenchSheet:
    """The bench sheet of a case."""
    lines = board.live or board.judged
    wrong = sorted(
        (one for one in lines if one.line.is_exception),
        key=lambda one: (_ORDER[one.line.state], one.line.held_since or "9999", one.item),
    )
    said = verdict(
        replace(
            board.result,
            exceptions=[one.line for one in wrong if not one.line.counted_apart],
            others=[
                one.line
                for one in board.judged
                if not one.line.is_exception or one.line.counted_apart
            ],
        )
    )
    states = Counter(one.line.state for one in lines)
    kept = [one for one in lines if one.line.state in _KEPT]
    return BenchSheet(
        head=in_language(said.head),
        detail=in_language(said.detail),
        ended=bool(board.judged) and not board.live,
        exceptions=tuple(_told(board, one) for one in wrong[:_MOST]),
        more=max(0, len(wrong) - _MOST),
        states=tuple(
            (state.value, states[state]) for state in sorted(states, key=_ORDER.__getitem__)
        ),
        defendants=tuple(_of(board, lines, who) for who in range(1, len(board.defendants) + 1)),
        withheld=len(kept),
        under_seal=sum(one.ground_sealed or _sealed(board, one) for one in kept),
        sealed_items=sum(item.sealed for item in board.items),
        views=sum(item.viewed for item in board.items),
        requests=len(board.requests),
        open_requests=sum(not one.replied for one in board.requests),
        silent=tuple(one.agency for one in board.agencies if not one.standing),
        papers=tuple(papers),
        remedies=tuple(
            (one.says, one.cite, _MARKS.get(one.check, one.check)) for one in board.remedies
        ),
        not_legal_advice=board.not_legal_advice,
    )


def filed_of_kinds(filings: Sequence[Filing], case_id: int) -> dict[str, list[Told]]:
    """What stands as filed of who knew what and of determinations: it no longer stays out."""
    told = [told_of(one, case_id, {}) for one in filings if one.withdrawn is None]
    return {
        "filed_knew": [one for one in told if one.filing.kind is Kind.KNEW],
        "filed_views": [one for one in told if one.filing.kind is Kind.VIEWS],
    }


def _told(board: CaseBoard, one: Judged) -> Exceptional:
    item = board.items[one.item] if one.item >= 0 else None
    return Exceptional(
        name=f"{item.agency} {item.tag}" if item else one.line.agency or "",
        defendant=one.line.defendant or "",
        state=one.line.state.value,
        why=in_words(one.unviewed or one.line.why),
    )


def _of(board: CaseBoard, lines: Sequence[Judged], who: int) -> OfDefendant:
    theirs = [one.line for one in lines if one.defendant == who and one.item >= 0]
    served = sum(is_served(line) for line in theirs)
    return OfDefendant(
        board.defendants[who - 1],
        len(theirs),
        served,
        len(theirs) - served,
        sum(State.OVERDUE in (line.state, *line.also) for line in theirs),
        sum(State.LATE in (line.state, *line.also) for line in theirs),
    )


def _sealed(board: CaseBoard, one: Judged) -> bool:
    return one.item >= 0 and board.items[one.item].sealed
