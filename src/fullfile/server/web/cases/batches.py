"""The exceptions of a case, those alike together: same state, same defendant, same due date, same report number.

Each batch has its sentence and one act: the one that would change the facts. Whoever may not act reads who
may. An exception goes away when an entry changes the facts, and in no other way; what no act can mend stands
apart, so that the list of what is to be done can reach nothing.

What this does not do: it performs no act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fullfile.core.matching import Line, State
from fullfile.engines.report.dates import date_words
from fullfile.engines.report.words import STATUS, STAYS, tag_words
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import CaseBoard, CaseItem, Judged
from fullfile.server.web.cases.chosen import Chosen, opaque
from fullfile.server.web.cases.links import find_address, who_may
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.dated import dated
from fullfile.server.web.in_words import in_words
from fullfile.server.web.phrases import in_language
from fullfile.server.web.said_below import state_gloss

__all__ = ["Batch", "Single", "batches_of"]

_OF_ITEM = frozenset({State.MISSING, State.DESTROYED_UNDER_HOLD, State.UNFILED, State.NO_DEFENDANT})
"""States that are the item's, whoever the defendant is: counted by items."""
_MOST_TOLD = 5
_ORDER = {state: place for place, state in enumerate(State)}
_MARKS = {"part": gettext_lazy("read in part"), "unread": gettext_lazy("not read")}


@dataclass(frozen=True, slots=True)
class Single:
    """One line of a batch."""

    name: str
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Exceptions that are alike.

    Attributes:
        state: of all of them.
        number: what stands in the tag: "7 items", or the days of a single one.
        says: the sentence.
        items: the items, so many as are told here.
        more: how many more there are.
        listed: the list of all of them.
        act, act_address: what would change the facts; empty where it may not be done here.
        who: who can do it, where this person cannot.
    """

    state: str
    number: str
    says: str
    items: tuple[Single, ...]
    more: int
    listed: str
    act: str
    act_address: str
    who: str


Key = tuple[State, int, str, str]


def batches_of(
    board: CaseBoard,
    chosen: Chosen,
    lines_path: str,
    veil: Veil,
    person: Person,
    *,
    staying: bool,
    acts: bool,
    ended: bool = False,
    most: int = 50,
) -> tuple[list[Batch], int]:
    """The first exceptions in batches, in the contract's order, then the oldest first; and how many batches there are.

    Args:
        board: the case.
        chosen: the days of the page.
        lines_path: where the list of lines is.
        veil: what the person may read.
        person: who reads.
        staying: those that no act can mend, or those that one can.
        acts: whether the page has acts at all (not on another day).
        ended: those of defendants whose case has ended, instead of the others.
        most: so many batches are told.
    """
    ordered = board.remember(
        f"batches {staying} {ended}", lambda: _ordered(board, staying=staying, ended=ended)
    )
    listed = replace(chosen, path=lines_path)
    told = [
        _batch(board, key, theirs, listed, veil, person, acts=acts, ended=ended)
        for key, theirs in ordered[:most]
    ]
    return told, len(ordered)


def _ordered(board: CaseBoard, *, staying: bool, ended: bool) -> list[tuple[Key, list[Judged]]]:
    found: dict[Key, list[Judged]] = {}
    for one in board.judged:
        line = one.line
        if not line.is_exception or line.counted_apart != ended:
            continue
        if (line.state in STAYS) is staying:
            found.setdefault(_key(board, one), []).append(one)
    return sorted(
        found.items(),
        key=lambda each: (
            _ORDER[each[0][0]],
            min(one.line.held_since or one.line.due or "9999" for one in each[1]),
            each[0][1:],
        ),
    )


def _key(board: CaseBoard, one: Judged) -> Key:
    line = one.line
    if one.item < 0:
        return (line.state, one.defendant, line.why, "")
    report = board.items[one.item].report
    if line.state in _OF_ITEM:
        return (line.state, 0, "", report)
    return (line.state, one.defendant, line.due or "none", report)


def _batch(
    board: CaseBoard,
    key: Key,
    theirs: Sequence[Judged],
    listed: Chosen,
    veil: Veil,
    person: Person,
    *,
    acts: bool,
    ended: bool,
) -> Batch:
    state, who, due, report = key
    once = list({one.item: one for one in theirs if one.item >= 0}.values()) or list(theirs)
    many = len(once)
    told = tuple(_single(board, one, veil) for one in once[:_MOST_TOLD])
    filters: dict[str, object] = {"show": state.value, "defendant": who, "ended": 1 if ended else 0}
    if once[0].item >= 0:
        filters["report"] = opaque(board, "report", report)
        if state not in _OF_ITEM:
            filters["due"] = due
    act, address, may = _act(board, state, who, once, veil) if acts else ("", "", None)
    allowed = may is None or can(person, may)
    return Batch(
        state=state.value,
        number=_items(many) if many > 1 else _days_of(veil.line(once[0])),
        says=_together(board, state, who, once, veil) if many > 1 else told[0].why,
        items=told if many > 1 or once[0].item >= 0 else (),
        more=many - len(told),
        listed=listed.only(**filters),
        act=act if allowed and address else "",
        act_address=address if allowed else "",
        who=""
        if allowed or may is None
        else _("%(who)s can do this: %(act)s.")
        % {"who": _capital(who_may(may)), "act": act[:1].lower() + act[1:]},
    )


def _items(many: int) -> str:
    return ngettext("%(many)s item", "%(many)s items", many) % {"many": f"{many:,}"}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _days_of(line: Line) -> str:
    """The number in the tag of a single line: its words behind the state's own."""
    return in_language(tag_words(line).removeprefix(STATUS[line.state].word).strip(" ,"))


def _single(board: CaseBoard, one: Judged, veil: Veil) -> Single:
    line = veil.line(one)
    if one.item < 0:
        return Single(line.agency or "", "", in_words(line.why))
    item = board.items[one.item]
    words = veil.words_of(item)
    return Single(
        f"{item.agency} {item.tag}" + (f" · {words}" if words else ""),
        find_address("item", item_id=item.item_id),
        in_words(line.why),
    )


def _together(
    board: CaseBoard, state: State, who: int, theirs: Sequence[Judged], veil: Veil
) -> str:
    """What is alike in all of them: where they were booked, since when, until when they were due."""
    items = [board.items[one.item] for one in theirs]
    line = theirs[0].line
    said = [_booked(items)]
    held = sorted(one.line.held_since for one in theirs if one.line.held_since)
    if held:
        first, last = dated(date_words(held[0])), dated(date_words(held[-1]))
        said.append(
            _("Held since %(first)s.") % {"first": first}
            if first == last
            else _("Held since %(first)s to %(last)s.") % {"first": first, "last": last}
        )
    if state not in _OF_ITEM:
        name = veil.defendant(who) if who else _("anybody")
        if line.due:
            mark = _MARKS.get(line.check or "")
            rule = f" ({line.rule}{f', {mark}' if mark else ''})" if line.rule else ""
            basis = _("by law") + rule if line.due_basis == "law" else _("by the office's target")
            said.append(
                _("Due to %(name)s on %(day)s, %(basis)s.")
                % {"name": name, "day": dated(date_words(line.due)), "basis": basis}
            )
        else:
            said.append(_("Owed to %(name)s; no day is given.") % {"name": name})
    said.append(f"{_capital(state_gloss(state))}.")
    return " ".join(said)


def _booked(items: Iterable[CaseItem]) -> str:
    first = next(iter(items))
    if not first.report:
        return _("Booked under no report number on record.")
    if first.own_report:
        return _("All booked under %(report)s.") % {"report": first.report}
    return _("All booked under %(report)s, which is not a number of this case.") % {
        "report": first.report
    }


def _act(
    board: CaseBoard, state: State, who: int, theirs: Sequence[Judged], veil: Veil
) -> tuple[str, str, Right | None]:
    """The one act that would change the facts: its words with the number, its address, the right it needs."""
    many = len(theirs)
    here = {"case_id": board.case_id}
    if state is State.UNFILED:
        report = opaque(board, "report", board.items[theirs[0].item].report)
        address = f"{reverse('case_file', kwargs=here)}?report={report}"
        return _("Put %(many)s on the file") % {"many": f"{many:,}"}, address, Right.PUT_ON_FILE
    if state in (State.OVERDUE, State.PARTIAL, State.POST_CONVICTION):
        address = find_address("production_new", **here)
        words = _("Serve %(many)s on %(name)s") % {
            "many": f"{many:,}",
            "name": veil.defendant(who) if who else "",
        }
        # The draft begins with just these: the same filters as the list of the batch.
        chosen = {
            "defendant": who,
            "show": state.value,
            "due": theirs[0].line.due or "none",
            "report": opaque(board, "report", board.items[theirs[0].item].report),
        }
        return words, f"{address}?{urlencode(chosen)}" if address else "", Right.PRODUCE
    if state is State.WITHHELD_WITHOUT_ORDER:
        return _("Put the withholding right"), find_address("case_papers", **here), Right.WITHHOLD
    if state is State.UNBOOKED:
        return _("Book it"), find_address("book"), Right.BOOK
    if state is State.UNANSWERED:
        return _("Record the answer"), find_address("case_agencies", **here), Right.ANSWER
    if state is State.NO_DEFENDANT:
        return _("Name a defendant"), find_address("case_people", **here), Right.RECORD_DOCKET
    if state is State.BARRED_COUNT:
        return _("See the count"), find_address("case_docket", **here), Right.SEE_DOCKET
    if state is State.MISSING and many == 1:
        item = board.items[theirs[0].item]
        return _("Open item"), find_address("item", item_id=item.item_id), Right.SEE_ITEMS
    return "", "", None
