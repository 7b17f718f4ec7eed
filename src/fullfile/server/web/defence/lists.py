"""The columns of the lists of the portal: what each is searched, sorted, filtered and exported by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from fullfile.server.queries.portal import GivenItem
from fullfile.server.web.papers.words import EXTENT_WORDS
from fullfile.server.web.whole_list import Column, day_column

__all__ = [
    "clients",
    "given",
    "items",
    "on_file",
    "papers",
    "receipts",
    "requests",
    "withheld",
]


def clients() -> list[Column]:
    """Clients: rows are (their place, the case, the name)."""
    return [
        Column("client", _("Client"), lambda row: row[2]),
        Column("case_number", _("Case"), lambda row: row[1]),
        Column("given", _("Given"), _nothing, sorts=False, exports=False),
        Column("withheld", _("Withheld, as announced"), _nothing, sorts=False, exports=False),
        Column("requests", _("My requests"), _nothing, sorts=False, exports=False),
        Column("to_sign", _("To sign"), _nothing, sorts=False, exports=False),
    ]


def given(says: Callable[[GivenItem], str]) -> list[Column]:
    """Productions: found by what lies in them, word for word within one item."""
    return [
        Column(
            "production",
            _("Production"),
            lambda one: one["given"].name,
            finds=False,
            each=lambda one: [says(item) for item in one["given"].items],
        ),
        Column("served_at", _("Served"), lambda one: one["given"].served_at, finds=False),
        Column("items", _("Items"), lambda one: one["given"].many, finds=False),
    ]


def on_file() -> list[Column]:
    """What is on the file and was not served: rows are (agency, tag, description)."""
    return [
        Column("item", _("Item"), lambda row: f"{row[0]} {row[1]}"),
        Column("description", _("What it is"), lambda row: row[2]),
    ]


def items() -> list[Column]:
    """What lies in a production."""

    def receipt(one: Any) -> str:
        if one.receipt is None:
            return _("none")
        return _("signed") if one.receipt == "signed" else _("claimed by the State")

    return [
        Column("item", _("Item"), lambda one: f"{one.agency} {one.tag}"),
        Column("description", _("What it is"), lambda one: one.description),
        Column(
            "extent",
            _("How much of it"),
            lambda one: one.extent,
            choice=lambda one: EXTENT_WORDS.get(one.extent, one.extent),
            said=lambda one: one.what,
        ),
        Column("receipt", _("Receipt"), lambda one: one.receipt or "", choice=receipt),
    ]


def withheld() -> list[Column]:
    """What was announced as kept back."""
    return [
        day_column("announced_at", _("Announced"), lambda row: row["one"].announced_at),
        Column("words", _("In these words"), lambda row: row["one"].words),
        Column(
            "disputed",
            _("Disputed"),
            lambda row: row["disputed"],
            choice=lambda row: _("disputed") if row["disputed"] else _("not disputed"),
            head=False,
        ),
    ]


def papers() -> list[Column]:
    """Schedules and certificates: rows are (the paper, the days on which it was filed)."""

    def kind(row: Any) -> str:
        return _("Certificate") if row[0].type == "certificate.signed" else _("Schedule")

    return [
        Column("paper", _("Paper"), lambda row: f"{kind(row)} {row[0].number}"),
        Column("kind", _("Kind"), kind, choice=kind, head=False),
        day_column("on", _("It speaks of"), lambda row: row[0].on),
        Column("signed_by", _("Signed by"), lambda row: row[0].signed_by),
        Column("entry", _("Entry"), lambda row: row[0].entry, number=True),
        day_column("filed", _("With the court"), lambda row: max(row[1], default="")),
    ]


def requests() -> list[Column]:
    """What was asked for."""
    return [
        day_column("requested_at", _("Asked"), lambda one: one.requested_at),
        Column("asks_for", _("For"), lambda one: one.asks_for),
        Column(
            "replied",
            _("Reply"),
            lambda one: one.replied,
            choice=lambda one: _("Replied") if one.replied else _("none yet"),
            said=lambda one: one.reply,
        ),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
        Column("replied_at", "", lambda one: one.replied_at),
        Column("reply", "", lambda one: one.reply),
    ]


def receipts() -> list[Column]:
    """Receipts of each production."""
    return [
        Column("production", _("Production"), lambda one: one["given"].name),
        day_column("served_at", _("Served"), lambda one: one["given"].served_at),
        Column("signed", _("Items signed for"), lambda one: one["signed"], number=True),
        Column(
            "claimed", _("Receipt claimed by the State"), lambda one: one["claimed"], number=True
        ),
        Column("open", _("No receipt"), lambda one: one["open"], number=True),
    ]


def _nothing(_row: Any) -> str:
    return ""
