"""The auditor's lists: acts, the door, what left without a second name, overrides, accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.queries.accounts import list_accounts
from fullfile.server.queries.audit import DoorFilter, door_events
from fullfile.server.store.audited import (
    ACT_ORDERS,
    ActFilter,
    Unseconded,
    count_acts,
    list_acts,
    list_overrides,
    list_unseconded,
    types_of_acts,
)
from fullfile.server.web.audit.forms import PeriodForm
from fullfile.server.web.clock import day_start, now, now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.entry_words import type_words, types_called
from fullfile.server.web.listing import export, listing_of, posted_words
from fullfile.server.web.said_below import plain_word, role_name
from fullfile.server.web.whole_list import Column, day_column, whole_list

__all__ = ["YEAR_MS", "accounts", "acts", "door", "overrides", "releases"]

YEAR_MS = 365 * 24 * 60 * 60 * 1000
_ALL = 100_000
"""So many rows an export has at most; narrower days give the rest."""
_DOOR_WORDS = (
    "sign_in",
    "sign_in_by_agency",
    "second_step",
    "sign_out",
    "session",
    "page",
    "read",
    "token_made",
    "token_ended",
)
_OUTCOMES = ("done", "refused", "locked", "ended", "failed")


def _period(request: HttpRequest) -> tuple[datetime | None, datetime | None]:
    """The days that were asked for, as moments; the last day is in it."""
    form = PeriodForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    start, end = said.get("start"), said.get("end")
    return (
        day_start(start) if start else None,
        day_start(end + timedelta(days=1)) if end else None,
    )


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


@page(Right.AUDIT)
def acts(request: PageRequest) -> HttpResponse:
    """Who did what: every act of a person here, without its content."""
    if request.method == "POST":
        return posted_words(request)
    note(request, "read", "done")
    listing = listing_of(request, filters=("type", "start", "end"), orders=tuple(ACT_ORDERS))
    start, end = _period(request)
    wanted = ActFilter(
        type=listing.filters.get("type", ""),
        search=listing.words,
        types=tuple(types_called(listing.words)),
        start_ms=_ms(start),
        end_ms=_ms(end),
    )
    order = listing.order.lstrip("-")
    header = ("entry", "type", "by", "recorded_at", "case_number", "agency", "tag", "account")
    if request.GET.get("format"):
        rows = list_acts(wanted, order=order, limit=_ALL)
        answer = export(request, "acts", header, [_act_row(one) for one in rows])
        if answer is not None:
            return answer
    total = count_acts(wanted)
    rows = list_acts(wanted, order=order, offset=listing.offset)
    return render(
        request,
        "audit/acts.html",
        {
            "rows": [(one, type_words(one.type)) for one in rows],
            "pager": listing.pages(total),
            "total": total,
            "listing": listing,
            "types": sorted(
                ((one, type_words(one)) for one in types_of_acts()), key=lambda one: one[1]
            ),
        },
    )


def _act_row(one: Any) -> tuple[object, ...]:  # an ActRow
    at = datetime.fromtimestamp(one.recorded_ms / 1000, tz=now().tzinfo)
    return (
        one.entry,
        one.type,
        one.by,
        at.isoformat(timespec="milliseconds"),
        one.case_number,
        one.agency,
        one.tag,
        one.account,
    )


@page(Right.AUDIT)
def door(request: PageRequest) -> HttpResponse:
    """What happened at the door; of defence counsel only coming and going."""
    if request.method == "POST":
        return posted_words(request)
    note(request, "read", "done")
    listing = listing_of(
        request, filters=("what", "outcome", "start", "end"), orders=("newest", "oldest")
    )
    start, end = _period(request)
    wanted = DoorFilter(
        what=listing.filters.get("what", ""),
        outcome=listing.filters.get("outcome", ""),
        search=listing.words,
        start=start,
        end=end,
    )
    oldest = listing.order == "oldest"
    header = ("at", "account", "what", "outcome", "address", "session", "about")
    if request.GET.get("format"):
        rows, _total = door_events(wanted, oldest_first=oldest, limit=_ALL)
        told = [
            (
                one.at.isoformat(timespec="milliseconds"),
                one.account,
                one.what,
                one.outcome,
                one.address,
                one.session,
                one.about,
            )
            for one in rows
        ]
        answer = export(request, "door", header, told)
        if answer is not None:
            return answer
    rows, total = door_events(wanted, oldest_first=oldest, offset=listing.offset)
    return render(
        request,
        "audit/door.html",
        {
            "rows": rows,
            "pager": listing.pages(total),
            "total": total,
            "listing": listing,
            "whats": _DOOR_WORDS,
            "outcomes": _OUTCOMES,
        },
    )


@page(Right.AUDIT)
def releases(request: PageRequest) -> HttpResponse:
    """What left for good in a year, and no second name is on record for it."""
    note(request, "read", "done")
    if request.method == "POST":
        return posted_words(request)
    found = list_unseconded(now_ms() - YEAR_MS)
    listed = whole_list(request, found, _releases(), file="without-a-second-name")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "audit/releases.html",
        {
            "list": listed.tools,
            "rows": listed.rows,
            "total": len(found),
            "here": sum(not one.imported for one in found),
        },
    )


def _releases() -> list[Column]:
    def came(one: Unseconded) -> str:
        return _("an import") if one.imported else _("a person here")

    return [
        Column(
            "item",
            _("Item"),
            lambda one: f"{one.agency} {one.tag}",
        ),
        Column(
            "event",
            _("What became of it"),
            lambda one: one.event,
            choice=lambda one: plain_word(one.event),
        ),
        Column("by", _("By"), lambda one: one.by),
        Column("recorded_ms", _("Recorded"), lambda one: one.recorded_ms),
        Column("imported", _("Came by"), lambda one: one.imported, choice=came),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
        Column(
            "agency", _("Agency"), lambda one: one.agency, choice=lambda one: one.agency, head=False
        ),
        Column("tag", "", lambda one: one.tag),
    ]


@page(Right.AUDIT)
def overrides(request: PageRequest) -> HttpResponse:
    """Counts that were opened although a ruling barred them."""
    note(request, "read", "done")
    if request.method == "POST":
        return posted_words(request)
    found = list_overrides()
    columns = [
        Column("case_number", _("Case"), lambda one: one.case_number),
        Column("by", _("By"), lambda one: one.by, choice=lambda one: one.by),
        Column("recorded_ms", _("Recorded"), lambda one: one.recorded_ms),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
    ]
    listed = whole_list(request, found, columns, file="overrides")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "audit/overrides.html",
        {
            "list": listed.tools,
            "rows": listed.rows,
            "total": len(found),
        },
    )


@page(Right.AUDIT)
def accounts(request: PageRequest) -> HttpResponse:
    """Who has access, who said so, and when somebody last looked whether it is still needed."""
    note(request, "read", "done")
    if request.method == "POST":
        return posted_words(request)
    every = [one for one in list_accounts(today=today(), now=now()) if one.in_force]
    state = request.GET.get("state", "")
    rows = [
        {
            "account": one,
            "grant": one.grant,
            "role": role_name(Role(one.grant.role)),
            "marks": one.marks,
        }
        for one in every
        if one.grant and (not state or state in one.marks)
    ]
    listed = whole_list(request, rows, _accounts(), file="accounts")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "audit/accounts.html",
        {
            "list": listed.tools,
            "rows": listed.rows,
            "due": sum("review" in one.marks for one in every),
            "total": len(every),
            "unapproved": sum(not one.grant.approved_by for one in every if one.grant),
            "words": {"state": state or _("all")},
        },
    )


def _accounts() -> list[Column]:
    return [
        Column(
            "name",
            _("Name"),
            lambda one: one["grant"].name,
            said=lambda one: one["account"].username,
        ),
        Column(
            "role",
            _("Role"),
            lambda one: one["grant"].role,
            by=lambda one: one["role"],
            choice=lambda one: one["role"],
            said=lambda one: one["grant"].works_for,
        ),
        day_column("last_used_at", _("Last used"), lambda one: one["account"].last_used_at),
        day_column("ends_on", _("Ends"), lambda one: one["grant"].ends_on),
        Column("approved_by", _("Approved by"), lambda one: one["grant"].approved_by),
        day_column("reviewed_at", _("Last looked at"), lambda one: one["account"].reviewed_at),
        Column("entry", _("Entry"), lambda one: one["grant"].entry, number=True),
        Column("account", "", lambda one: one["account"].username),
        Column("works_for", "", lambda one: one["grant"].works_for),
        Column("state", "", lambda one: "; ".join(one["marks"])),
    ]
