"""Before a certificate is signed: what is neither put right nor stated, each with the act that would change it.

One person signs, then another signs the same content. Whoever signs shows again who they are; what they typed waits
for them meanwhile. The record is asked again at both signatures, and a line that changed stops them.

What this does not do: it decides nothing of what a certificate covers; `core.papers.certificate` does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE, Certificate
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.certificates import sign_first, sign_second
from fullfile.server.queries.case_papers import Issued, issued_in_case
from fullfile.server.queries.certificates import (
    find_first_signature,
    signatures_needed,
)
from fullfile.server.queries.papers import ask_certificate
from fullfile.server.web.acting import act, tell
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.again import confirmed, is_confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.papers.frame import CasePage, case_page, of_the_office
from fullfile.server.web.papers.signed import waits_for_second
from fullfile.server.web.papers.signing_forms import CertificateForm, SecondForm, field_of
from fullfile.server.web.papers.standing import standing_of
from fullfile.server.web.papers.words import paper_tag, paper_words

__all__ = ["certificate", "second"]

_TYPED = "certificate_typed"


@page(Right.SEE_PAPERS)
def certificate(request: PageRequest, case_id: int, which: int) -> HttpResponse:
    """Is what somebody would sign true today?"""
    of_the_office(request.person)
    here = case_page(request, case_id)
    name = here.defendant(which)
    may_sign = can(request.person, Right.SIGN_CERTIFICATE)
    if request.method == "POST" and may_sign and not is_confirmed(request):
        return _confirm_first(request)
    found = ask_certificate(here.number, name, now_ms=now_ms()).certificate
    kept = _typed(request)
    form = CertificateForm(
        request.POST or None,
        refusals=found.refusals,
        lines=len(found.lines),
        initial=kept,
    )
    if request.method == "POST" and may_sign and form.is_valid():
        done = act(
            request,
            form,
            lambda: sign_first(
                here.number,
                name,
                by=request.person.name,
                reasons=form.reasons,
                seen_size=form.cleaned_data["seen"],
                now_ms=now_ms(),
            ),
            say=_("Signed by you. A second person reads it and signs.")
            if signatures_needed() == 2
            else _("Signed. What comes later needs a supplemental certificate."),
        )
        if done:
            return redirect("certificate", case_id=case_id, which=which)
    if form.is_bound and form.errors:
        # The record may have grown since: the page shows what stands in the way now.
        fresh = ask_certificate(here.number, name, now_ms=now_ms()).certificate
        if fresh.refusals != found.refusals:
            found, form = fresh, _again(form, fresh)
    issued = issued_in_case(case_id)
    waiting = waits_for_second(name, issued)
    return render(
        request,
        "papers/certificate.html",
        here.context
        | _told(here, which, found, form, may_sign=may_sign)
        | {
            "form": form,
            "which": which,
            "defendant": name,
            "may_sign": may_sign,
            "waiting": waiting,
            "mine": waiting is not None and key(waiting.by) == key(request.person.name),
            "signed": [
                _signed(here, one)
                for one in issued
                if one.type == CERTIFICATE and key(one.defendant) == key(name)
            ],
            "two": signatures_needed() == 2,
            "kept": bool(kept),
        },
        status=422 if form.is_bound else 200,
    )


@page(Right.SIGN_CERTIFICATE)
@confirmed
def second(request: PageRequest, case_id: int, which: int) -> HttpResponse:
    """Read what another person signed, and sign the same; or see every line that changed since."""
    here = case_page(request, case_id)
    name = here.defendant(which)
    found = ask_certificate(here.number, name, now_ms=now_ms())
    waiting = find_first_signature(here.number, name, found=found, now_ms=now_ms())
    if waiting is None:
        tell(request, _("Nobody's first signature waits for a second one."))
        return redirect("certificate", case_id=case_id, which=which)
    lines = len(found.certificate.lines)
    form = SecondForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: sign_second(
                here.number,
                name,
                by=request.person.name,
                seen_size=form.cleaned_data["seen"],
                now_ms=now_ms(),
            ),
            say=_("Signed by two. What comes later needs a supplemental certificate."),
        )
        if done:
            return redirect("certificate", case_id=case_id, which=which)
    return render(
        request,
        "papers/certificate_second.html",
        here.context
        | {
            "form": form,
            "which": which,
            "defendant": name,
            "waiting": waiting,
            "lines": lines,
            "mine": key(waiting.by) == key(request.person.name),
            "stated": [
                standing_of(
                    here, which, replace(one, reason=waiting.reasons.get(one.key, "")), None
                )
                for one in found.certificate.refusals
            ],
        },
        status=422 if form.is_bound else 200,
    )


def _told(
    here: CasePage, which: int, found: Certificate, form: CertificateForm, *, may_sign: bool
) -> dict[str, Any]:
    rows = [
        standing_of(
            here,
            which,
            one,
            form[field_of(one.key)] if may_sign and field_of(one.key) in form.fields else None,
        )
        for one in found.refusals
    ]
    return {
        "certificate": found,
        "rows": rows,
        "many": len(rows),
        "lines": len(found.lines),
        "heading": found.paper.title if found.paper else _("Certificate of disclosure"),
    }


def _signed(here: CasePage, one: Issued) -> dict[str, Any]:
    address = reverse("signed_paper", kwargs={"case_id": here.board.case_id, "entry": one.entry})
    return {
        "paper": one,
        "words": paper_words(one),
        "tag": paper_tag(one),
        "address": address,
        "pdf": f"{address}?format=pdf",
    }


def _again(form: CertificateForm, fresh: Certificate) -> CertificateForm:
    """The form for what stands in the way now: what was typed stays, and every reason that was given."""
    new = CertificateForm(form.data, refusals=fresh.refusals, lines=len(fresh.lines))
    new.take_errors(form)
    return new


def _confirm_first(request: PageRequest) -> HttpResponse:
    """Ask who it is; what was typed waits in the session."""
    request.session[_TYPED] = {
        "path": request.path,
        "said": {
            name: value
            for name, value in request.POST.items()
            if name.startswith("state_") and value
        },
    }
    return _come_back(request)


@confirmed
def _come_back(request: PageRequest) -> HttpResponse:
    """Where somebody confirmed in the meantime: the page again."""
    return redirect(request.path)


def _typed(request: PageRequest) -> dict[str, str]:
    """What was typed here before somebody showed who they are."""
    kept = request.session.get(_TYPED, {})
    if request.method != "GET" or kept.get("path") != request.path:
        return {}
    del request.session[_TYPED]
    return {"kept": "1"} | {str(name): str(value) for name, value in kept["said"].items()}
