"""What stands on top of a case: the verdict, what is in place and what is not, the counts by state.

Every number is a link to exactly so many rows, and the sums stand on the page. The words of the verdict are
those of `engines.report.view`, its kind that of `core.matching.tally`, as in the list of cases.

What this does not do: it judges no line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from fullfile.core.matching import State
from fullfile.core.matching import tally as kinds
from fullfile.core.matching.line import EXCEPTIONS
from fullfile.core.matching.result import MatchResult
from fullfile.engines.report.board import Part, Row
from fullfile.engines.report.view import Verdict, match_view, verdict
from fullfile.engines.report.words import STATUS
from fullfile.server.queries.board import CaseBoard
from fullfile.server.web.cases.chosen import Chosen, lines_by_item
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.phrases import in_language
from fullfile.server.web.said_below import state_gloss, state_name

__all__ = [
    "FAMILIES",
    "BarPart",
    "Front",
    "InPlace",
    "Linked",
    "StateRow",
    "front_of",
    "result_with_lines",
]

FAMILIES = {
    kinds.Verdict.CANNOT_SAY: "unknown",
    kinds.Verdict.NOT_FULL: "not-full",
    kinds.Verdict.IN_TIME: "in-time",
    kinds.Verdict.MARKED: "marked",
    kinds.Verdict.FULL: "full",
    kinds.Verdict.ENDED: "ended",
    kinds.Verdict.EMPTY: "unknown",
}
"""How a verdict is drawn."""
_PATTERNS = {
    "diagonal": "url(#ff-diagonal)",
    "upright": "url(#ff-upright)",
    "dots": "url(#ff-dots)",
}
_WIDEST = 96.0


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, and the list they open; no address: no list."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar, in percent; `fill` empty: drawn empty, not done yet."""

    x: str
    width: str
    fill: str


@dataclass(frozen=True, slots=True)
class InPlace:
    """One row of what is in place."""

    label: str
    in_place: Linked | None
    of: str
    parts: tuple[Linked, ...]
    total: str
    notes: tuple[Linked, ...]
    bar: tuple[BarPart, ...]


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state, how many lines are in it, and how many have it beside another."""

    state: str
    gloss: str
    first: Linked
    also: Linked


@dataclass(frozen=True, slots=True)
class Front:
    """The top of a case's board.

    Attributes:
        family: how the verdict is drawn.
        head, detail: the verdict.
        facts: what is wrong, in sentences that open their lists.
        rows: what is in place.
        title: how many items bear on the case.
        sums: how items become lines.
        states: counts by state.
        ended, ended_words: the lines counted apart.
        exceptions, items: how many.
    """

    family: str
    head: str
    detail: str
    facts: tuple[Linked, ...]
    title: str
    rows: tuple[InPlace, ...]
    sums: str
    states: tuple[StateRow, ...]
    ended: Linked | None
    ended_words: str = ""
    exceptions: int = 0
    items: int = 0


def front_of(
    board: CaseBoard, chosen: Chosen, lines_path: str, veil: Veil, *, damaged: bool
) -> Front:
    """The top of the page.

    Args:
        board: the case.
        chosen: the page's own address and days.
        lines_path: where the list of lines is.
        veil: what the person may read.
        damaged: the record failed its check.
    """
    listed = replace(chosen, path=lines_path)
    kind, said = _verdict(board, damaged=damaged)
    found = board.in_place
    rows: tuple[InPlace, ...] = ()
    if found is not None:
        scale = found.scale
        rows = (
            *_beside(board, listed, scale),
            *(_row(board, one, scale, chosen, veil) for one in found.rows if one.place),
        )
    result = board.result
    return Front(
        family=FAMILIES[kind],
        head=in_language(said.head),
        detail=in_language(said.detail),
        facts=tuple(_facts(board, chosen, listed, veil)),
        title=in_language(found.title) if found is not None else "",
        rows=rows,
        sums=_sums(found.sums) if found is not None else "",
        states=tuple(_states(result, listed)),
        ended=Linked(
            ngettext("%(many)s line", "%(many)s lines", result.ended)
            % {"many": f"{result.ended:,}"},
            listed.only(ended=1),
        )
        if result.ended
        else None,
        ended_words=in_language(match_view(result).ended_words),
        exceptions=sum(many for state, many in result.states.items() if state in EXCEPTIONS),
        items=len(board.items),
    )


def result_with_lines(board: CaseBoard) -> MatchResult:
    """The counts with every line of the board, unsorted: what a verdict is made from."""

    def make() -> MatchResult:
        lines = [one.line for one in board.judged]
        wrong = [one for one in lines if one.is_exception and not one.counted_apart]
        rest = [one for one in lines if not one.is_exception or one.counted_apart]
        return replace(board.result, exceptions=wrong, others=rest)

    return board.remember("result", make)


def _verdict(board: CaseBoard, *, damaged: bool) -> tuple[kinds.Verdict, Verdict]:
    result = result_with_lines(board)
    silent = sum(not one.standing for one in board.agencies)
    tally = kinds.Tally(states=Counter(result.states), ended=result.ended)
    kind = kinds.verdict_of(tally, unsettled=silent, damaged=damaged)
    if kind is kinds.Verdict.CANNOT_SAY:
        return kind, Verdict(
            _("Cannot say."), _("The record failed its check, so no line can be relied on.")
        )
    said = verdict(result)
    if kind is kinds.Verdict.IN_TIME and not result.states.get(State.PENDING):
        words = ngettext(
            "%(n)s agency has not said yet what it holds; no answer is due.",
            "%(n)s agencies have not said yet what they hold; no answer is due.",
            silent,
        ) % {"n": f"{silent:,}"}
        return kind, Verdict(_("In time."), f"{in_language(said.detail)} {words}")
    if kind is kinds.Verdict.NOT_FULL:
        wrong = _wrong_items(board)
        if wrong:
            words = ngettext(
                "%(n)s of %(all)s items has one.", "%(n)s of %(all)s items have one.", wrong
            ) % {"n": f"{wrong:,}", "all": f"{len(_live_items(board)):,}"}
            return kind, replace(said, detail=f"{in_language(said.detail)} {words}")
    return kind, said


def _live_items(board: CaseBoard) -> list[int]:
    def make() -> list[int]:
        return [at for at, lines in enumerate(lines_by_item(board, ended=False)) if lines]

    return board.remember("live items", make)


def _wrong_items(board: CaseBoard) -> int:
    def make() -> int:
        by_item = lines_by_item(board, ended=False)
        return sum(any(one.line.is_exception for one in lines) for lines in by_item)

    return board.remember("wrong items", make)


_FACTS: dict[State, Any] = {  # lazy translations
    State.MISSING: ngettext_lazy("%(n)s item is missing.", "%(n)s items are missing.", "many"),
    State.DESTROYED_UNDER_HOLD: ngettext_lazy(
        "%(n)s item was destroyed while a hold stood.",
        "%(n)s items were destroyed while a hold stood.",
        "many",
    ),
    State.UNFILED: ngettext_lazy(
        "%(n)s item is held and not on the file.",
        "%(n)s items are held and not on the file.",
        "many",
    ),
    State.NO_DEFENDANT: ngettext_lazy(
        "%(n)s item waits for a defendant to be named.",
        "%(n)s items wait for a defendant to be named.",
        "many",
    ),
    State.UNBOOKED: ngettext_lazy(
        "%(n)s thing that a report speaks of is not booked.",
        "%(n)s things that reports speak of are not booked.",
        "many",
    ),
    State.UNANSWERED: ngettext_lazy(
        "%(n)s agency has not answered.", "%(n)s agencies have not answered.", "many"
    ),
    State.BARRED_COUNT: ngettext_lazy(
        "%(n)s count was opened although barred.",
        "%(n)s counts were opened although barred.",
        "many",
    ),
}
_FACTS_OF: dict[State, Any] = {
    State.GONE: ngettext_lazy(
        "%(n)s item is gone, and %(who)s had not got it.",
        "%(n)s items are gone, and %(who)s had not got them.",
        "many",
    ),
    State.WITHHELD_WITHOUT_ORDER: ngettext_lazy(
        "%(n)s item is withheld from %(who)s without what the rule asks for.",
        "%(n)s items are withheld from %(who)s without what the rule asks for.",
        "many",
    ),
    State.POST_CONVICTION: ngettext_lazy(
        "%(n)s item came in after the conviction of %(who)s, who has not got it.",
        "%(n)s items came in after the conviction of %(who)s, who has not got them.",
        "many",
    ),
    State.OVERDUE: ngettext_lazy(
        "%(n)s item is overdue to %(who)s.", "%(n)s items are overdue to %(who)s.", "many"
    ),
    State.PARTIAL: ngettext_lazy(
        "%(n)s item went to %(who)s in part only.",
        "%(n)s items went to %(who)s in part only.",
        "many",
    ),
    State.LATE: ngettext_lazy(
        "%(n)s item went to %(who)s late.", "%(n)s items went to %(who)s late.", "many"
    ),
}


def _facts(board: CaseBoard, chosen: Chosen, listed: Chosen, veil: Veil) -> list[Linked]:
    """What is wrong, the worst first, each with the list of it: items, and for whom where that differs."""
    items, beside = board.remember("facts", lambda: _count_facts(board))
    found = []
    for state in State:
        for (which, who), many in sorted(items.items(), key=lambda one: one[0][1]):
            if which is state:
                found.append(_fact(state, many, who, chosen, veil))
        if beside[state]:
            found.append(Linked(_fact_words(state, beside[state]), listed.only(show=state.value)))
    return found


def _count_facts(board: CaseBoard) -> tuple[dict[tuple[State, int], int], Counter[State]]:
    """Items by what is wrong and for whom, and what is wrong beside them."""
    items: dict[tuple[State, int], set[int]] = {}
    beside: Counter[State] = Counter()
    for one in board.live:
        line = one.line
        if not line.is_exception:
            continue
        if one.item < 0:
            beside[line.state] += 1
        else:
            who = one.defendant if line.state in _FACTS_OF else 0
            items.setdefault((line.state, who), set()).add(one.item)
    return {key: len(theirs) for key, theirs in items.items()}, beside


def _fact(state: State, many: int, who: int, chosen: Chosen, veil: Veil) -> Linked:
    name = veil.defendant(who) if who else ""
    return Linked(_fact_words(state, many, name), chosen.only(show=state.value, defendant=who))


def _fact_words(state: State, many: int, name: str = "") -> str:
    said = _FACTS_OF.get(state) if name else _FACTS.get(state)
    if said is None:
        return f"{many:,} {state_gloss(state)}."
    return str(said % {"many": many, "n": f"{many:,}", "who": name})


def _row(board: CaseBoard, row: Row, scale: int, chosen: Chosen, veil: Veil) -> InPlace:
    who = board.defendants.index(row.defendant) + 1 if row.defendant in board.defendants else 0
    label = in_language(row.label)
    if who:
        label = _("Disclosed to %(name)s") % {"name": veil.defendant(who)}

    def opens(**filters: object) -> str:
        return chosen.only(place=row.place, defendant=who, **filters)

    return InPlace(
        label=label,
        in_place=Linked(f"{row.in_place or 0:,}", opens(ok=1)),
        of=f"{row.total or 0:,}",
        parts=tuple(Linked(_part_words(one), opens(show=one.state.value)) for one in row.parts),
        total=f"{row.missing:,}" if len(row.parts) > 1 else "",
        notes=tuple(_notes(row, chosen, who)),
        bar=_bar(row.parts, scale),
    )


def _part_words(part: Part) -> str:
    return f"{part.count:,} {state_name(part.state).lower()}"


_SUMS = re.compile(
    r"^(?P<lines>[\d,]+) lines? in the match \((?P<items>[\d,]+) items?, "
    r"(?:(?P<people>[\d,]+) defendants?|no defendant on record)"
    r"(?:, (?P<beside>[\d,]+) beside the items)?\), (?P<wrong>[\d,]+) of them (?:an exception|exceptions)\.$"
)


def _sums(words: str) -> str:
    """How items become lines; the numbers of the report's sentence in the language of the page."""
    found = _SUMS.match(words)
    if found is None or (get_language() or "en").startswith("en"):
        return words
    beside = (
        _(", beside the items %(beside)s") % {"beside": found["beside"]} if found["beside"] else ""
    )
    return _(
        "Lines in the match: %(lines)s (items %(items)s, defendants %(people)s%(beside)s), exceptions %(wrong)s."
    ) % {
        "lines": found["lines"],
        "items": found["items"],
        "people": found["people"] or "0",
        "beside": beside,
        "wrong": found["wrong"],
    }


def _notes(row: Row, chosen: Chosen, who: int) -> list[Linked]:
    states = {"late": State.LATE, "without": State.UNACKNOWLEDGED}
    return [
        Linked(
            in_language(words),
            chosen.only(show=states[words.split()[1]].value, how="any", defendant=who),
        )
        for words in row.notes
    ]


def _beside(board: CaseBoard, listed: Chosen, scale: int) -> list[InPlace]:
    """Agencies and mentions come first where they are not whole."""
    found = []
    silent = sum(not one.standing for one in board.agencies)
    asked = board.result.states.get(State.UNANSWERED, 0)
    if silent and asked:
        whole = len(board.agencies)
        parts = (Part(State.UNANSWERED, asked),)
        rest = [] if silent == asked else [Linked(_("%d not due yet") % (silent - asked))]
        found.append(
            InPlace(
                _("Agencies that answered"),
                Linked(f"{whole - silent:,}"),
                f"{whole:,}",
                (Linked(_part_words(parts[0]), listed.only(show="unanswered")), *rest),
                f"{silent:,}" if rest else "",
                (),
                _bar(parts, scale),
            )
        )
    unbooked = board.result.states.get(State.UNBOOKED, 0)
    if unbooked:
        parts = (Part(State.UNBOOKED, unbooked),)
        found.append(
            InPlace(
                _("Said to be taken, and accounted for"),
                Linked(f"{board.accounted:,}"),
                f"{board.mentions:,}",
                (Linked(_part_words(parts[0]), listed.only(show="unbooked")),),
                "",
                (),
                _bar(parts, scale),
            )
        )
    return found


def _bar(parts: tuple[Part, ...], scale: int) -> tuple[BarPart, ...]:
    """What is not in place, to the scale of the longest row; a part is never too thin to be seen."""
    found, x = [], 0.0
    for one in parts:
        width = max(1.5, one.count / max(scale, 1) * _WIDEST)
        found.append(BarPart(f"{x:.2f}%", f"{width:.2f}%", _PATTERNS.get(one.pattern, "")))
        x += width
    return tuple(found)


def _states(result: MatchResult, listed: Chosen) -> list[StateRow]:
    here: Callable[[State, str, int], Linked] = lambda state, how, many: (  # noqa: E731 - a short form for a table
        Linked(f"{many:,}", listed.only(show=state.value, how=how) if many else "")
    )
    return [
        StateRow(
            state.value,
            state_gloss(state),
            here(state, "", result.states.get(state, 0)),
            here(state, "also", result.all_states.get(state, 0)),
        )
        for state, status in STATUS.items()
        if result.states.get(state) or result.all_states.get(state)
    ]
