"""The columns of the lists of this room: what each is searched, sorted, filtered and exported by.

What a sealed case keeps from somebody is told by `tells`, so that no search finds it and no export holds it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.said import joined
from fullfile.engines.report.duties import rule_words, sentences, whose
from fullfile.server.web.said_below import plain_word
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["agencies", "duties", "events", "linked", "mentions"]


def events(*, tells: bool) -> list[Column]:
    """The docket."""
    return [
        day_column("day", _("Day"), lambda one: one.occurred_on),
        Column(
            "event",
            _("Event"),
            lambda one: one.event,
            by=lambda one: plain_word(one.event),
            choice=lambda one: plain_word(one.event),
        ),
        Column(
            "defendant",
            _("Whom it concerns"),
            lambda one: one.defendant if tells else "",
            choice=lambda one: one.defendant if tells else "",
        ),
        Column("count", "", lambda one: one.count),
        Column("detail", _("In words"), lambda one: one.detail if tells else "", sorts=False),
        Column("by", "", lambda one: one.by if tells else ""),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
    ]


def duties() -> list[Column]:
    """What is owed: rows are (heading, the duty, the duty as the page says it)."""
    return [
        Column("whose", _("Whose"), lambda row: whose(row[1]), choice=lambda row: whose(row[1])),
        Column("state", _("State"), lambda row: row[0], choice=lambda row: row[0], head=False),
        Column("due", _("When"), lambda row: row[1].due or "", said=lambda row: row[2]["when"]),
        Column("rule", _("Rule"), lambda row: rule_words(row[1])),
        Column("says", _("What else"), lambda row: joined(sentences(row[1])), sorts=False),
    ]


def linked() -> list[Column]:
    """What else a case touches: rows are (its part, the row)."""
    return [
        Column(
            "about",
            _("Part"),
            lambda row: row[0].title,
            choice=lambda row: row[0].title,
            head=False,
        ),
        Column("what", _("What"), lambda row: row[1].head),
        Column("state", "", lambda row: row[1].tag),
        Column("words", _("Why"), lambda row: joined(row[1].words), sorts=False),
        day_column("due", _("Last day"), lambda row: row[1].due),
        Column("rule", "", lambda row: row[1].cite),
        Column("ground", _("Rests on"), lambda row: row[1].ground),
        Column("entries", "", lambda row: " ".join(map(str, row[1].entries))),
    ]


def mentions() -> list[Column]:
    """What reports say was taken: rows are (the mention, what became of it in words)."""

    def became(row: Any) -> str:
        one, outcome = row
        if one.accounted:
            return str(outcome or _("booked"))
        return _("Waits for a second person.") if outcome else _("Unbooked")

    return [
        Column("description", _("What it says"), lambda row: row[0].description),
        Column("quantity", "", lambda row: row[0].quantity),
        Column("agency", _("Agency"), lambda row: row[0].agency, choice=lambda row: row[0].agency),
        Column("report_number", _("Report"), lambda row: row[0].report_number),
        day_column("mentioned_at", _("Day"), lambda row: row[0].mentioned_at),
        Column("outcome", _("What became of it"), became, choice=became),
        Column("booked_as", "", lambda row: row[0].booked_as),
    ]


def agencies() -> list[Column]:
    """Who has answered."""

    def stands(one: Any) -> str:
        if not one["answers"]:
            return _("No answer")
        return _("It stands") if one["standing"] else _("Re-opened")

    return [
        Column("agency", _("Agency"), lambda one: one["agency"]),
        Column("answer", _("Its answers"), stands, choice=stands),
        Column(
            "answers",
            "",
            lambda one: "; ".join(f"{a['words']}, {a['by']}, {a['at']}" for a in one["answers"]),
        ),
        Column("says", "", lambda one: one["says"]),
        Column("items", _("On record with it"), lambda one: one["held"], number=True),
    ]
