"""The page of one item, in words: verdict, facts, acts, cases with their lines.

What this does not do: no state is worded again here; sentences come with the lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.ids import days_between
from fullfile.core.matching import Line, State
from fullfile.engines.report.words import STAYS, chance_words, tag_days
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.queries.item_page import Account, ItemPage, Wish
from fullfile.server.web.items.frame import address_of
from fullfile.server.web.items.veil import Veil
from fullfile.server.web.items.where import seal_words, where_is
from fullfile.server.web.phrases import in_language
from fullfile.server.web.reach import ItemRef, reaches_case

__all__ = [
    "Act",
    "CaseShown",
    "Fact",
    "LineShown",
    "Tag",
    "Verdict",
    "acts",
    "cases",
    "facts",
    "verdict",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first words of the page, what else it says, and how it is drawn."""

    head: str
    rest: tuple[str, ...]
    family: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name, what counts, and what other sources say."""

    name: str
    words: str
    others: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """An act that the person may do: its words and address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A state of a line: the contract's word, the number behind it, whether it stands under `also`."""

    state: str
    number: str
    also: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: for whom, its tags, its sentence, the entries it rests on."""

    defendant: str
    tags: tuple[Tag, ...]
    sentence: str
    ended: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WishShown:
    """A wish to set the item aside, or that two did, and where the second person confirms it."""

    words: str
    confirm: str


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case: what it is called, where it is, why the item bears on it, its lines."""

    title: str
    number: str
    address: str
    because: str
    exhibit: str
    lines: tuple[LineShown, ...]
    wishes: tuple[WishShown, ...]
    set_aside: str
    determine: str


_DEFENCE = (State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE)


def verdict(page: ItemPage) -> Verdict:
    """Where it stands, in two or three sentences."""
    rest = [_held_words(page), _leaving_words(page)]
    if not page.cases:
        if page.orphan is not None and page.orphan.is_exception:
            return Verdict(_("It bears on no case."), tuple(filter(None, rest)), "not-full")
        return Verdict(_("It bears on no case."), tuple(filter(None, rest)), "unknown")
    counted = [case for case in page.cases if not all(line.counted_apart for line in case.lines)]
    bad = [case for case in counted if any(line.is_exception for line in case.lines)]
    many = len(page.cases)
    if not counted:
        head = ngettext(
            "Its case has ended; the line keeps the state of that day.",
            "Its cases have ended; the lines keep the state of that day.",
            many,
        )
        return Verdict(head, tuple(filter(None, rest)), "ended")
    if bad:
        mendable = any(
            line.is_exception and line.state not in STAYS for case in bad for line in case.lines
        )
        if mendable:
            head = ngettext("Not full in %(n)s case.", "Not full in %(n)s cases.", len(bad))
            return Verdict(head % {"n": len(bad)}, tuple(filter(None, rest)), "not-full")
        head = _("Full, with a mark on the record.")
        return Verdict(head, tuple(filter(None, rest)), "marked")
    waits = any(line.state is State.PENDING for case in counted for line in case.lines)
    if waits:
        return Verdict(_("In time."), tuple(filter(None, rest)), "in-time")
    head = ngettext("Full in its case.", "Full in its %(n)s cases.", len(counted))
    return Verdict(head % {"n": len(counted)}, tuple(filter(None, rest)), "full")


def _held_words(page: ItemPage) -> str:
    hand = page.hand
    if page.held_since is None:
        return _("Nothing on record says since when it is held.")
    if hand.loss is not None or hand.absent is not None:
        return ""
    count = max(0, days_between(page.held_since, page.moment))
    words = ngettext("Held %(n)s day", "Held %(n)s days", count) % {"n": f"{count:,}"}
    if page.cases and all(State.UNFILED in (line.state, *line.also) for line in page.lines):
        return _("%(held)s, on no file.") % {"held": words}
    return f"{words}."


def _leaving_words(page: ItemPage) -> str:
    if page.hand.loss is not None:
        return ""
    many = len(page.holds) + len(page.inside)
    if many:
        return ngettext(
            "It cannot be released or destroyed: %(n)s hold stands.",
            "It cannot be released or destroyed: %(n)s holds stand.",
            many,
        ) % {"n": many}
    if page.state.is_open_orphan:
        return _("It cannot be released or destroyed: nobody has settled which case it belongs to.")
    return _("No hold stands on it.")


def facts(page: ItemPage, person: Person, item: ItemRef, *, sealed: bool) -> list[Fact]:
    """Where it is, its seal, where it came from, how many, and what else the list says."""
    where = where_is(person, page.hand, own=item.own)
    found = [
        Fact(_("Where it is"), where.words),
        Fact(_("Seal"), seal_words(person, page.hand, own=item.own)),
    ]
    if sealed:
        return found
    found.append(_of_accounts(_("Came from"), page.came_from))
    found.append(_of_accounts(_("How many"), page.how_many, _("not counted")))
    found.append(_of_accounts(_("Taken in"), page.taken))
    found.append(Fact(_("Report number"), page.report_number or _("none on record")))
    if page.serial:
        found.append(Fact(_("Serial number"), page.serial))
    if page.contents:
        found.append(Fact(_("In it"), ", ".join(tag for _agency, tag in page.contents)))
    if page.containers:
        found.append(Fact(_("Lies in"), ", ".join(tag for _agency, tag in page.containers)))
    return found


def _of_accounts(name: str, accounts: tuple[Account, ...], none: str = "") -> Fact:
    if not accounts:
        return Fact(name, none or _("not on record"))
    first, *others = accounts
    told = {one.words: one for one in others if one.words != first.words}
    return Fact(name, first.words, (first, *told.values()) if told else ())


def acts(page: ItemPage, person: Person, item: ItemRef) -> tuple[list[Act], list[Act]]:
    """The two acts that come first, and the others; none that cannot be done now."""

    def act(words: str, name: str) -> Act:
        return Act(words, address_of("item_do", item_id=item.item_id, act=name))

    hand = page.hand
    first: list[Act] = []
    more: list[Act] = []
    if can(person, Right.HANDLE) and item.own and hand.loss is None and hand.listed:
        if hand.absent is not None:
            first.append(act(_("It was found"), "found"))
        elif hand.out is not None or hand.holder:
            first.append(act(_("Check in"), "check-in"))
        else:
            first += [act(_("Check out"), "check-out"), act(_("Transfer"), "transfer")]
        more += [
            act(_("Record a seal"), "seal"),
            act(_("Move"), "move"),
            act(_("Examine"), "examine"),
        ]
        if hand.absent is None:
            more.append(act(_("Report as not found"), "missing"))
    if can(person, Right.MENTION):
        more.append(act(_("Record a mention"), "mention"))
    if can(person, Right.ADD_FILE):
        more.append(Act(_("Add a file"), address_of("item_add_file", item_id=item.item_id)))
    if can(person, Right.ASK_TO_LEAVE) and item.own and hand.loss is None:
        more += [act(_("Ask to release"), "release"), act(_("Ask to destroy"), "destroy")]
    if can(person, Right.HANDLE) and item.own:
        more.append(Act(_("Print label"), address_of("item_label", item_id=item.item_id)))
    return [one for one in first if one.address], [one for one in more if one.address]


def cases(page: ItemPage, person: Person, veil: Veil, item: ItemRef) -> list[CaseShown]:
    """Every case that the item bears on; of one out of reach number, state and dates."""
    found = []
    for case in page.cases:
        reached = reaches_case(person, case.case_id, case.number)
        here = {"item_id": item.item_id, "case_id": case.case_id}
        may_aside = reached and can(person, Right.SET_ASIDE)
        aside = address_of("item_set_aside", **here) if may_aside else ""
        confirmed = any(wish.confirmed_by for wish in case.wishes)
        found.append(
            CaseShown(
                title=veil.title(case) if reached else _("A case that you may not see"),
                number=case.number,
                address=address_of("case", case_id=case.case_id) if reached else "",
                because=veil.because(case) if reached else "",
                exhibit=case.exhibit if reached and not veil.hides(case) else "",
                lines=tuple(
                    _line(line, veil.defendant(case, place), veil.sentence(case, place))
                    if reached
                    else _line(line, _("sealed"), _("Sealed."))
                    for place, line in enumerate(case.lines)
                ),
                wishes=tuple(
                    _wish(wish, person, here, hidden=veil.hides(case) or not reached)
                    for wish in case.wishes
                ),
                set_aside="" if confirmed or case.wishes else aside,
                determine=address_of("item_determine", **here)
                if reached and can(person, Right.DETERMINE)
                else "",
            )
        )
    return found


def _line(line: Line, defendant: str, sentence: str) -> LineShown:
    tags = [Tag(line.state.value, _number(line, line.state), also=False)]
    tags += [Tag(state.value, _number(line, state), also=True) for state in line.also]
    return LineShown(defendant, tuple(tags), sentence, line.ended or "", line.entries)


def _number(line: Line, state: State) -> str:
    if state in (State.LATE, State.OVERDUE):
        days = line.days_late
    else:
        days = tag_days(line) if state is line.state else None
    if state is State.UNFILED:
        days = line.days_since_held
    if days is None or days < 0:
        return ""
    # By law or by the office's target: the sentence says it.
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"}


def _wish(wish: Wish, person: Person, here: dict[str, int], *, hidden: bool) -> WishShown:
    if hidden:
        return WishShown(_("Somebody wishes to set it aside for this case: sealed."), "")
    if wish.confirmed_by:
        words = _("Set aside for this case by %(first)s and %(second)s: “%(reason)s”.") % {
            "first": wish.by,
            "second": wish.confirmed_by,
            "reason": wish.reason,
        }
        return WishShown(words, "")
    words = _(
        "%(who)s wants this set aside: “%(reason)s”. It changes nothing until a second person confirms it."
    ) % {"who": wish.by or _("Somebody"), "reason": wish.reason}
    may = can(person, Right.SET_ASIDE)
    return WishShown(
        words, address_of("item_confirm_aside", **here, entry=wish.entry) if may else ""
    )


def suggestions(page: ItemPage, person: Person, item: ItemRef) -> list[tuple[str, str, str]]:
    """The cases that open suggestions name, in words, with where to decide; none for who may not see them."""
    if person.sees(Field.SUGGESTIONS, own=item.own) is not Shown.YES:
        return []
    return [
        (
            one.number,
            in_language(chance_words(one.probability)),
            address_of("suggestion", item_id=item.item_id, case_id=one.case_id),
        )
        for one in page.suggested
    ]


def views_words(person: Person, many: int) -> str:
    """That there are determinations, for whoever may know only that."""
    if not many or person.sees(Field.DETERMINATIONS) is not Shown.THAT:
        return ""
    return ngettext(
        "%(n)s determination is on record; its reason is not shown to this account.",
        "%(n)s determinations are on record; their reasons are not shown to this account.",
        many,
    ) % {"n": many}
