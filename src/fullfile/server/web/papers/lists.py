"""The columns of the lists of papers: what each is searched, sorted, filtered and exported by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fullfile.server.web.said_below import state_name
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["elsewhere", "filed", "issued", "productions", "withheld"]


def productions() -> list[Column]:
    """What was made here; rows are as the page says them."""
    return [
        Column("production", _("Production"), lambda one: one["words"]),
        Column(
            "state",
            _("How far"),
            lambda one: str(one["tag"].word),
            choice=lambda one: str(one["tag"].word),
        ),
        Column("items", _("Items"), lambda one: one["items"], number=True),
        Column("service", _("Service and receipt"), lambda one: "; ".join(one["served"])),
        Column("left_out", _("Left out"), lambda one: one["left_out"], number=True),
    ]


def elsewhere() -> list[Column]:
    """What another system served, as its exports say."""

    def receipt(one: Any) -> str:
        if not one.unreceipted:
            return _("on record for all")
        if one.unreceipted == one.items:
            return _("none on record")
        return _("none for %(open)s of %(items)s") % {"open": one.unreceipted, "items": one.items}

    return [
        Column("production", _("Production"), lambda one: one.production),
        Column("defendant", _("To"), lambda one: one.defendant, choice=lambda one: one.defendant),
        day_column("since", _("First disclosed"), lambda one: one.since),
        Column("items", _("Items"), lambda one: one.items, number=True),
        Column("receipt", _("Receipt"), receipt, choice=receipt),
    ]


def withheld() -> list[Column]:
    """What is kept back, from whom and on what ground."""

    def state(one: Any) -> str:
        return state_name(one.state) if one.state else _("Ended")

    return [
        Column("item", _("Item"), lambda one: one.item),
        Column("from", _("From"), lambda one: one.whom, choice=lambda one: one.whom),
        Column("state", _("Shows as"), state, choice=state),
        Column("ground", _("Ground"), lambda one: one.ground, choice=lambda one: one.ground),
        Column("order", _("Order"), lambda one: one.row.order),
        day_column("since", _("Since, until"), lambda one: one.row.since),
        Column("until", "", lambda one: one.row.until),
        Column("announced_as", _("Announced as"), lambda one: one.row.announced_as, sorts=False),
    ]


def issued() -> list[Column]:
    """Schedules and certificates."""
    return [
        Column("paper", _("Paper"), lambda one: one["words"]),
        Column(
            "state",
            _("State"),
            lambda one: str(one["tag"].word),
            choice=lambda one: str(one["tag"].word),
        ),
        Column(
            "signed_by",
            _("Signed by"),
            lambda one: ", ".join(filter(None, [one["paper"].by, one["paper"].second_by])),
        ),
        Column("recorded_ms", _("When"), lambda one: one["paper"].recorded_ms),
        Column("entry", _("Recorded as"), lambda one: one["paper"].entry, number=True),
        Column("pdf", _("Print"), lambda one: one["pdf"], sorts=False),
    ]


def filed() -> list[Column]:
    """What was filed with the court."""

    def how(one: Any) -> str:
        return _("by order") if one.filing.ordered else _("filed")

    def side(one: Any) -> str:
        return _("defence") if one.filing.side == "defence" else _("the State")

    return [
        Column("paper", _("Paper"), lambda one: one.words),
        day_column("filed_on", _("Filed on"), lambda one: one.filing.filed_on),
        Column("by", _("By"), lambda one: one.filing.by),
        Column("how", _("How"), how, choice=how),
        Column("entry", _("Recorded as"), lambda one: one.filing.entry, number=True),
        Column("side", _("Side"), side, choice=side, head=False),
    ]
