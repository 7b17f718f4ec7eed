"""The papers of a case: everything that was served, is withheld, was issued or signed, and the receipts that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.disclosure.productions import Production, Stage
from fullfile.core.ids import key
from fullfile.core.matching import State
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.case_papers import CasePapers, WithheldRow, papers_of_case
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.papers import lists
from fullfile.server.web.papers.filed import told_filings
from fullfile.server.web.papers.frame import CasePage, case_page
from fullfile.server.web.papers.words import (
    ground_words,
    paper_tag,
    paper_words,
    production_name,
    service_words,
    stage_tag,
)
from fullfile.server.web.whole_list import whole_list

__all__ = ["papers"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is withheld, as the list shows it."""

    row: WithheldRow
    item: str
    item_address: str
    address: str
    state: str
    ground: str
    whom: str


@page(Right.SEE_PAPERS)
def papers(request: PageRequest, case_id: int) -> HttpResponse:
    """What went to whom, what is held back on what ground, and what was signed?"""
    if request.method == "POST":
        return posted_words(request)
    here = case_page(request, case_id, any_day=True)
    found = papers_of_case(
        case_id,
        here.board.jurisdiction,
        on=here.days.on,
        as_of=here.days.as_of,
        now_ms=now_ms(),
    )
    inside = here.person.office_side
    productions = [one for one in found.productions if inside or one.served]
    made = {str(one.number) for one in productions}
    withheld = [_withheld(here, row) for row in found.withheld]
    issued = [one for one in found.issued if inside or one.type in (CERTIFICATE, SCHEDULE)]
    parts = {
        "productions": whole_list(
            request,
            [_production(here, one) for one in productions],
            lists.productions(),
            file="productions",
        ),
        "elsewhere": whole_list(
            request,
            [one for one in found.given if one.production not in made],
            lists.elsewhere(),
            file="served-elsewhere",
            name="elsewhere",
        ),
        "withheld": whole_list(
            request, withheld, lists.withheld(), file="withheld", name="withheld"
        ),
        "issued": whole_list(
            request,
            [_issued(here, one) for one in issued],
            lists.issued(),
            file="schedules-and-certificates",
            name="issued",
        ),
    }
    parts["filings"] = whole_list(
        request,
        told_filings(here, here.board.result.checkpoint.size),
        lists.filed(),
        file="filed-with-the-court",
        name="filed",
    )
    for listed in parts.values():
        if listed.answer is not None:
            return listed.answer
    return render(
        request,
        "papers/papers.html",
        here.context
        | parts
        | {
            "verdict": _verdict(found, productions, withheld),
            "waiting": [one for one in found.given if one.unreceipted],
            "defendants": list(enumerate(here.board.defendants, 1)) if inside else [],
            "may_produce": here.acts and can(here.person, Right.PRODUCE),
            "may_withhold": here.acts and can(here.person, Right.WITHHOLD),
            "may_file": here.acts and can(here.person, Right.FILE_WITH_COURT),
            "filed": parts["filings"].rows,
        },
    )


def _production(here: CasePage, one: Production) -> dict[str, Any]:
    ends = [f"{name}: {words}" for name, words in _served_words(one)]
    return {
        "words": production_name(one),
        "tag": stage_tag(one),
        "address": reverse(
            "case_production", kwargs={"case_id": here.board.case_id, "entry": one.entry}
        ),
        "items": len(one.lines),
        "served": ends,
        "left_out": len(one.left_out),
    }


def _served_words(one: Production) -> Iterator[tuple[str, str]]:
    for who, name in one.defendants.items():
        yield name, service_words(one, who)


def _withheld(here: CasePage, row: WithheldRow) -> Withheld:
    item_id = here.item_id(row.agency, row.tag)
    tells = not row.sealed or here.veil.tells_names
    ground = row.ground.replace("_", " ")
    if row.law is not None:
        ground = ground_words(row.law)
    return Withheld(
        row,
        f"{row.agency} {row.tag}",
        reverse("item", kwargs={"item_id": item_id}) if item_id is not None else "",
        reverse("withholding", kwargs={"case_id": here.board.case_id, "entry": row.entry}),
        state_of(here, row),
        ground if tells else _("sealed"),
        row.defendant or _("all defendants"),
    )


def state_of(here: CasePage, row: WithheldRow) -> str:
    """The state in which the match shows what a row withholds; empty: it withholds nothing any more."""
    wanted = (key(row.agency), key(row.tag))
    for one in here.board.judged:
        item = here.board.items[one.item] if one.item >= 0 else None
        if item is None or (key(item.agency), key(item.tag)) != wanted:
            continue
        if row.defendant and key(one.line.defendant or "") != key(row.defendant):
            continue
        for state in (State.WITHHELD_WITHOUT_ORDER, State.WITHHELD):
            if state in (one.line.state, *one.line.also):
                return state.value
    return ""


def _issued(here: CasePage, one: Any) -> dict[str, Any]:
    waits = one.type not in (CERTIFICATE, SCHEDULE)
    which = here.which(one.defendant)
    address = reverse("signed_paper", kwargs={"case_id": here.board.case_id, "entry": one.entry})
    if waits:
        address = (
            reverse("certificate", kwargs={"case_id": here.board.case_id, "which": which})
            if which and one.standing
            else ""
        )
    return {
        "paper": one,
        "words": paper_words(one),
        "tag": paper_tag(one),
        "address": address,
        "pdf": "" if waits else f"{address}?format=pdf",
    }


def _verdict(
    found: CasePapers, productions: list[Production], withheld: list[Withheld]
) -> list[str]:
    """The first sentences: served, waiting, withheld, signed."""
    served = {one.production for one in found.given if one.production}
    loose = sum(one.items for one in found.given if not one.production)
    said = []
    if served:
        said.append(
            ngettext("%(n)d production went out.", "%(n)d productions went out.", len(served))
            % {"n": len(served)}
        )
    if loose:
        said.append(
            ngettext(
                "%(n)d item was disclosed without a production number.",
                "%(n)d items were disclosed without a production number.",
                loose,
            )
            % {"n": loose}
        )
    if not found.given:
        said.append(_("Nothing was served in this case yet."))
    drafts = sum(one.stage in (Stage.DRAFT, Stage.CLOSED) for one in productions)
    if drafts:
        said.append(
            ngettext(
                "%(n)d production is still to be served.",
                "%(n)d productions are still to be served.",
                drafts,
            )
            % {"n": drafts}
        )
    open_ones = sum(bool(one.unreceipted) for one in found.given)
    if open_ones:
        said.append(
            ngettext("%(n)d receipt is outstanding.", "%(n)d receipts are outstanding.", open_ones)
            % {"n": open_ones}
        )
    standing = sum(bool(one.state) for one in withheld)
    if standing:
        said.append(
            ngettext("%(n)d thing is withheld.", "%(n)d things are withheld.", standing)
            % {"n": standing}
        )
    signed = sum(one.type == CERTIFICATE for one in found.issued)
    said.append(
        ngettext("%(n)d certificate was signed.", "%(n)d certificates were signed.", signed)
        % {"n": signed}
        if signed
        else _("No certificate was signed.")
    )
    return said
