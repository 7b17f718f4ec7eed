"""The row of a case's pages, for every room that has one of them; the marks of its board.

    {% load case_pages %} … {% case_pages case_id "board" %} … {% mark "mark-done" %}

A page that is not there, or that the person may not see, is not named.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right

register = template.Library()

PAGES = (
    ("board", "case", _("Board"), Right.SEE_CASES),
    ("readiness", "case_readiness", _("Readiness"), Right.SEE_CASES),
    ("docket", "case_docket", _("Docket and duties"), Right.SEE_DOCKET),
    ("requests", "case_requests", _("Requests"), Right.SEE_REQUESTS),
    ("agencies", "case_agencies", _("Agencies"), Right.SEE_CASES),
    ("papers", "case_papers", _("Papers"), Right.SEE_PAPERS),
    ("linked", "case_linked", _("Linked cases"), Right.SEE_IMPACT),
    ("timeline", "case_timeline", _("Timeline"), Right.SEE_CASES),
    ("mentions", "case_mentions", _("Said to be taken"), Right.SEE_CASES),
    ("holds", "case_holds", _("Holds"), Right.SEE_CASES),
    ("people", "case_people", _("People"), Right.SEE_PEOPLE),
)
"""Name here, name of the address (with `case_id`), words, the right it needs."""


@register.inclusion_tag("cases/pages.html", takes_context=True)
def case_pages(context: Any, case_id: int, current: str, **counts: str) -> dict[str, Any]:
    """The row of pages; `requests="2 open"` and the like stand in brackets behind a name."""
    person = context.get("person")
    days = context.get("days")
    query = getattr(days, "query", "")
    found = []
    for name, address, words, right in PAGES:
        if not can(person, right):
            continue
        try:
            where = reverse(address, kwargs={"case_id": case_id})
        except NoReverseMatch:
            continue
        count = counts.get(name, "")
        found.append(
            {
                "address": f"{where}{query}",
                "words": words,
                "count": count,
                "current": name == current,
            }
        )
    return {"pages": found}


@register.simple_tag
def mark(name: str) -> SafeString:
    """One mark of the board's chain; a sentence for whoever hears the page stands beside it."""
    return format_html(
        '<svg class="ff-mark" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("fullfile/icons.svg"),
        name,
    )
