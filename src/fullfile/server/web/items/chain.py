"""The chain of custody of an item: every step, newest first; a correction above the row it corrects, which is struck.

Printed it is the chain-of-custody sheet, with lines to sign on.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.facts.dates import date_words
from fullfile.core.ids import wall_ms
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.queries.chain import Chain, Step, ask_chain_of
from fullfile.server.web.clock import now_ms, zone
from fullfile.server.web.dated import dated
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.frame import frame
from fullfile.server.web.items.where import seal_words, where_is
from fullfile.server.web.items.words import event_words
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import item_in_reach
from fullfile.server.web.templatetags.fullfile import moment
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["custody"]


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as the page shows it; an empty cell was not said."""

    entry: int
    what: str
    happened: str
    moment: int
    recorded_ms: int
    late: bool
    giver: str
    receiver: str
    place: str
    why: str
    seal: str
    signed: str
    note: str
    struck_by: int | None
    corrects: int | None
    source: str


@page(Right.SEE_ITEMS)
def custody(request: PageRequest, item_id: int) -> HttpResponse:
    """Through whose hands did it go?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    item = item_in_reach(person, item_id)
    days = days_of(request)
    chain = ask_chain_of(item_id, on=days.on, as_of=days.as_of, now_ms=now_ms())
    around = frame(person, item, "item_custody", days=days)
    hides = around["sealed"] or person.sees(Field.CUSTODY, own=item.own) is not Shown.YES
    steps = [_step(one, person, own=item.own, hides=hides) for one in chain.steps]
    # It is the sheet of the item where it is printed: all of it on one page.
    listed = whole_list(request, steps, _columns(), file=f"custody-{item_id}", per_page=None)
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "items/custody.html",
        around
        | {
            "list": listed.tools,
            "steps": listed.rows,
            "where": where_is(person, chain.now, own=item.own),
            "seal": seal_words(person, chain.now, own=item.own),
            "verdict": _verdict(chain, person, own=item.own),
            "zone": chain.zone,
        },
    )


def _verdict(chain: Chain, person: Person, *, own: bool) -> str:
    if not chain.steps:
        return _("No step of custody is on record.")
    where = where_is(person, chain.now, own=own)
    struck = sum(one.struck_by is not None for one in chain.steps)
    steps = len(chain.steps) - struck
    words = ngettext("%(n)s step is on record.", "%(n)s steps are on record.", steps) % {
        "n": f"{steps:,}"
    }
    words += f" {where.word}: {where.words}" + ("" if where.words.endswith(".") else ".")
    if struck:
        told = ngettext(
            "%(n)s struck row stands below what corrects it.",
            "%(n)s struck rows stand below what corrects them.",
            struck,
        )
        words += " " + told % {"n": f"{struck:,}"}
    return words


def _columns() -> list[Column]:
    return [
        Column(
            "what",
            _("What"),
            lambda one: one.what,
            choice=lambda one: one.what,
            said=lambda one: one.note,
        ),
        Column(
            "happened",
            _("When"),
            lambda one: one.happened,
            by=lambda one: one.moment,
            said=lambda one: moment(one.happened),
        ),
        Column("from", _("From"), lambda one: one.giver, choice=lambda one: one.giver),
        Column("to", _("To"), lambda one: one.receiver, choice=lambda one: one.receiver),
        Column("place", _("Place"), lambda one: one.place),
        Column("why", _("Why"), lambda one: one.why, sorts=False),
        Column("seal", _("Seal"), lambda one: one.seal),
        Column("signed", _("Signed for by"), lambda one: one.signed),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
        Column("recorded_ms", "", lambda one: one.recorded_ms),
        Column("source", "", lambda one: one.source),
        Column("struck_by", "", lambda one: "" if one.struck_by is None else one.struck_by),
    ]


def _step(step: Step, person: Person, *, own: bool, hides: bool) -> StepShown:
    shelf = person.sees(Field.SHELF, own=own)
    place = step.place
    if place and shelf is not Shown.YES:
        place = _("in the property room") if shelf is Shown.ROUGHLY else ""
    seal = step.seal if shelf is Shown.YES else _("recorded") if step.seal else ""
    if step.seal_intact is False:
        seal = ", ".join((seal or _("seal"), _("damaged")))
    elif step.seal_intact and seal:
        seal = ", ".join((seal, _("intact")))
    notes = [
        _("as part of %(tag)s") % {"tag": step.inside} if step.inside else "",
        _("how many: %(n)s") % {"n": step.quantity} if step.quantity and not hides else "",
        _("due back %(day)s") % {"day": dated(date_words(step.due_back, 0))}
        if step.due_back
        else "",
        _("under %(order)s") % {"order": step.order} if step.order and not hides else "",
        _("erased by order of %(order)s") % {"order": step.erased} if step.erased else "",
    ]
    kept = (lambda _words: _("sealed")) if hides else (lambda words: words)
    names = [name for name in (step.by, *step.signed) if name]
    return StepShown(
        entry=step.entry,
        what=event_words(step.event),
        happened=_when(step),
        moment=step.moment,
        recorded_ms=step.recorded_ms,
        late=_is_apart(step),
        giver=kept(step.giver) if step.giver else "",
        receiver=kept(step.receiver) if step.receiver else "",
        place="" if hides else place,
        why=kept(step.reason) if step.reason else "",
        seal=seal,
        signed=", ".join(dict.fromkeys(names)) if not hides else _("sealed"),
        note=" · ".join(filter(None, notes)),
        struck_by=step.struck_by,
        corrects=step.corrects,
        source=step.source,
    )


def _when(step: Step) -> str:
    said = step.occurred_at
    if len(said) > 10 and said[:4].isdigit() and "T" in said.upper() and "/" not in said:
        return said
    return dated(date_words(said, step.moment)) if said else _("not on record")


def _is_apart(step: Step) -> bool:
    """Whether it was recorded on another day than it happened: then both times are said."""
    day = 86_400_000
    return wall_ms(step.recorded_ms, zone()) // day != step.moment // day
