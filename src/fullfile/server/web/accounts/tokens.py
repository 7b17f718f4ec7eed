"""One's own keys for the API: made for a purpose and a time, shown once, ended at will."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import Refused
from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.tokens import end_token, list_tokens, make_token, scopes_of
from fullfile.server.accounts.words import RIGHT_WORDS
from fullfile.server.web.accounts.forms import TokenForm
from fullfile.server.web.clock import now, now_ms, today
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.whole_list import Column, day_column, whole_list

__all__ = ["end", "tokens"]


@page(Right.SELF)
@confirmed
def tokens(request: PageRequest) -> HttpResponse:
    """My tokens, and a new one."""
    person = request.person
    if request.method == "POST" and "q" in request.POST:
        return posted_words(request)
    form = TokenForm(request.POST or None, scopes=scopes_of(person.role))
    key = ""
    if request.method == "POST" and form.is_valid() and _first_time(request, form):
        said = form.cleaned_data
        try:
            _token, key = make_token(
                person.account,
                label=said["label"],
                scopes=said["scopes"],
                days=said["days"],
                now_ms=now_ms(),
                today=today(),
            )
        except Refused as error:
            form.refuse(error)
        else:
            note(request, "token_made", "done")
            form = TokenForm(scopes=scopes_of(person.role))
    words = {right.value: said for right, said in RIGHT_WORDS.items()}
    rows = [
        {
            "token": one,
            "scopes": [words.get(scope, scope) for scope in one.scopes],
            "holds": one.ended_at is None and one.expires_at > now(),
        }
        for one in list_tokens(person.account)
    ]
    listed = whole_list(request, rows, _columns(), file="tokens")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "accounts/tokens.html",
        {"form": form, "list": listed.tools, "rows": listed.rows, "key": key},
    )


def _columns() -> list[Column]:
    return [
        Column("for", _("For"), lambda one: one["token"].label),
        Column("may", _("May"), lambda one: "; ".join(map(str, one["scopes"])), sorts=False),
        day_column(
            "until", _("Until"), lambda one: one["token"].ended_at or one["token"].expires_at
        ),
        day_column("last_used", _("Last used"), lambda one: one["token"].last_used_at),
        Column(
            "holds",
            _("State"),
            lambda one: one["holds"],
            choice=lambda one: _("in use") if one["holds"] else _("ended"),
            head=False,
        ),
    ]


def _first_time(request: PageRequest, form: TokenForm) -> bool:
    """Whether this form was not sent before: a reload makes no second token."""
    made = request.session.get("tokens_made", [])
    once = form.cleaned_data["once"]
    if once in made:
        form.add_error(None, _("This token was made already; it was shown once."))
        return False
    request.session["tokens_made"] = [*made[-9:], once]
    return True


@page(Right.SELF, methods=("POST",))
def end(request: PageRequest, token_id: int) -> HttpResponse:
    """End one of my tokens now."""
    one = end_token(request.person.account, token_id, now_ms=now_ms())
    note(request, "token_ended", "done")
    request.session["said"] = _("“%(label)s” has ended.") % {"label": one.label}
    return redirect("tokens")
