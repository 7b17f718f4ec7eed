"""Words of what was filed with the court, the same on the page of a case, of the court and of counsel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.papers.court import Filing, Kind

__all__ = ["Told", "kind_words", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """A filing as a list shows it."""

    filing: Filing
    words: str
    address: str


def told_of(one: Filing, case_id: int, names: Mapping[int, str]) -> Told:
    """A filing in words.

    Args:
        one: the filing.
        case_id: of which case.
        names: what schedules and certificates are called, by their entries.
    """
    address = reverse("court_filing", kwargs={"case_id": case_id, "entry": one.entry})
    named = names.get(one.of[0], "") if one.of else ""
    return Told(one, named or kind_words(one), address)


def kind_words(one: Filing) -> str:
    """What was filed: "The account of who knew what of Sheriff 24-001"."""
    item = f"{one.agency} {one.tag}".strip()
    if one.kind is Kind.FILE:
        return _("A file of %(item)s") % {"item": item}
    if one.kind is Kind.KNEW:
        return _("The account of who knew what of %(item)s") % {"item": item}
    if one.kind is Kind.VIEWS:
        return _("The reasons of the determinations of %(item)s") % {"item": item}
    if one.kind is Kind.CERTIFICATE:
        return _("A certificate for %(who)s") % {"who": one.defendant}
    return _("A schedule for %(who)s") % {"who": one.defendant}
