"""A closed production on its way: served on counsel, its receipt, what counsel cannot open, its package, its first page.

Served, acknowledged and opened are three things. The third is on no page of the office.
What this does not do: it changes nothing in a production.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.disclosure.productions import Production
from fullfile.core.errors import NotFound
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.productions import (
    acknowledge_production,
    counsel_cannot_open,
    serve_production,
)
from fullfile.server.queries.packages import package_of
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.handing_out import hand_out
from fullfile.server.web.papers.forms import FaultForm, ReceiptForm, ServeForm
from fullfile.server.web.papers.frame import case_page
from fullfile.server.web.papers.producing import of_case, view_of_case
from fullfile.server.web.papers.words import EXTENT_WORDS, production_name, service_words

__all__ = ["not_opened", "package", "printed", "receipt", "serve"]


@page(Right.SERVE)
def serve(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """Serve it on counsel: who, how, and that it cannot be taken back."""
    here = case_page(request, case_id)
    view = view_of_case(here, entry)
    production = view.production
    people = [
        (place, name, view.counsel.get(who, ""))
        for place, (who, name) in enumerate(production.defendants.items(), 1)
        if who not in production.served and production.lines_to(who)
    ]
    form = ServeForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: _serve(production, form, said["way"], said["served_at"], request.person.name),
            say=_("Served. Each item is disclosed to each of them from that moment."),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    open_ones = [who for who in production.defendants if who not in production.served]
    items = {line.item for who in open_ones for line in production.lines_to(who)}
    return render(
        request,
        "papers/production_serve.html",
        here.context
        | {
            "form": form,
            "production": production,
            "name": production_name(production),
            "many": len(items),
            "names": ", ".join(name for _place, name, _on in people),
            "problems_now": view.problems,
            "closed": production.closed is not None,
            "people": people,
            "entry": entry,
        },
        status=422 if form.is_bound else 200,
    )


def _serve(
    production: Production, form: ServeForm, way: str, served_at: str, actor: str
) -> list[int]:
    return serve_production(
        production.entry,
        way=way,
        served_on=form.served_on,
        defendants=list(form.served_on),
        served_at=served_at,
        seen_size=form.cleaned_data["seen"],
        actor=actor,
        now_ms=now_ms(),
    )


@page(Right.SERVE)
def receipt(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """Record that a receipt is there: claimed, until counsel signs one."""
    here = case_page(request, case_id)
    production = of_case(here, entry)
    form = ReceiptForm(request.POST or None, defendants=_served(production))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: acknowledge_production(
                entry,
                defendant=said["defendant"],
                by=said["by"],
                at=said["at"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("A receipt is on record as claimed. Counsel can still sign one in the portal."),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/production_receipt.html",
        here.context
        | {
            "form": form,
            "entry": entry,
            "name": production_name(production),
            "served": production.served,
        },
        status=422 if form.is_bound else 200,
    )


@page(Right.SERVE)
def not_opened(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """Counsel cannot open it: the access is mended; the service stands."""
    here = case_page(request, case_id)
    production = of_case(here, entry)
    form = FaultForm(request.POST or None, defendants=_served(production))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: counsel_cannot_open(
                entry,
                defendant=said["defendant"],
                by=said["by"],
                what=said["what"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_(
                "It is on record that it could not be opened. The service stands: mend the access."
            ),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/production_not_opened.html",
        here.context
        | {
            "form": form,
            "entry": entry,
            "name": production_name(production),
            "served": [service_words(production, who) for who in production.served],
        },
        status=422 if form.is_bound else 200,
    )


def _served(production: Production) -> list[tuple[str, str]]:
    """Those on whom it was served: by key, for a name may be somebody else's too."""
    return [(who, production.defendants[who]) for who in production.served]


@page(Right.PRODUCE, methods=("GET", "HEAD"))
def package(request: PageRequest, case_id: int, entry: int, which: int) -> HttpResponse:
    """The package of a defendant, as it was closed: a BagIt bag, its files checked on the way out."""
    here = case_page(request, case_id)
    return hand_out(package_of(entry, _who(of_case(here, entry), which)))


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def printed(request: PageRequest, case_id: int, entry: int, which: int) -> HttpResponse:
    """First page, list and receipt form of a production for one defendant, made to be printed."""
    here = case_page(request, case_id)
    view = view_of_case(here, entry)
    production = view.production
    who = _who(production, which)
    lines = [
        (line, next(iter(line.standing.values()), None), EXTENT_WORDS.get(line.extent, line.extent))
        for line in view.lines
        if who in line.to
    ]
    return render(
        request,
        "papers/production_print.html",
        here.context
        | {
            "production": production,
            "entry": entry,
            "name": production_name(production),
            "defendant": production.defendants[who],
            "served": production.served.get(who),
            "words": service_words(production, who),
            "lines": lines,
            "many": len(lines),
            "withheld": [
                one
                for one in production.withheld
                if one["to"] == who and one.get("announced_at") and not one.get("sealed")
            ],
            "left_out": production.left_out,
            "manifest": production.package.get("manifests", {}).get(who, ""),
        },
    )


def _who(production: Production, which: int) -> str:
    """The key of a defendant of a production by their place in it, from 1."""
    keys = list(production.defendants)
    if not 1 <= which <= len(keys):
        raise NotFound(
            _("%(name)s is for %(many)s defendants.") % {"name": production.name, "many": len(keys)}
        )
    return keys[which - 1]
