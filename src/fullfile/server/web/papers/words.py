"""The words and tags of papers: how far a production has got, what a paper is, what a ground asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.core.disclosure.productions import Production, Stage
from fullfile.core.papers import CERTIFICATE
from fullfile.core.rules.packs import Ground
from fullfile.server.queries.case_papers import Issued
from fullfile.server.web.templatetags.fullfile import short_day

__all__ = [
    "EXTENT_WORDS",
    "LAYOUT_WORDS",
    "WAY_WORDS",
    "Tag",
    "ground_words",
    "paper_tag",
    "paper_words",
    "production_name",
    "service_words",
    "stage_tag",
]

EXTENT_WORDS: dict[str, Any] = {  # lazy translations, here and below
    "whole": gettext_lazy("whole"),
    "part": gettext_lazy("in part"),
    "redacted": gettext_lazy("redacted"),
    "described": gettext_lazy("described"),
    "offered": gettext_lazy("offered to look at"),
}
WAY_WORDS: dict[str, Any] = {
    "portal": gettext_lazy("by the portal"),
    "media": gettext_lazy("on media"),
    "inspection": gettext_lazy("by inspection"),
}
LAYOUT_WORDS: dict[str, Any] = {
    "schedule": gettext_lazy("Schedule of everything"),
    "mg6c": gettext_lazy("MG6C: what is not sensitive and not used"),
    "mg6d": gettext_lazy("MG6D: what is sensitive"),
    "mg6e": gettext_lazy("MG6E: the disclosure officer's report"),
}
_ASKS: dict[str, Any] = {
    "needed": gettext_lazy("an order of the court"),
    "while_pending": gettext_lazy("an order, or that a ruling is awaited"),
    "writing": gettext_lazy("that it is announced in writing"),
    "certificate": gettext_lazy("that it is announced in the certificate"),
    "sealed": gettext_lazy("that it is put before the court under seal"),
}
_CHECKS: dict[str, Any] = {
    "text": gettext_lazy("read"),
    "part": gettext_lazy("read in part"),
    "unread": gettext_lazy("not read"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: word, icon, family."""

    word: Any
    icon: str
    family: str = "hand"


_STAGES = {
    Stage.DRAFT: Tag(gettext_lazy("Draft"), "edit"),
    Stage.CLOSED: Tag(gettext_lazy("Closed"), "lock"),
    Stage.SERVED: Tag(gettext_lazy("Served"), "send"),
    Stage.ACKNOWLEDGED: Tag(gettext_lazy("Acknowledged"), "verified"),
}


def stage_tag(production: Production) -> Tag:
    """How far a production has got."""
    return _STAGES[production.stage]


def production_name(production: Production) -> str:
    """What a production is called: its number, or that it has none yet."""
    names = ", ".join(production.defendants.values())
    if production.number is None:
        return _("Draft for %(names)s") % {"names": names}
    return _("Production %(number)d for %(names)s") % {
        "number": production.number,
        "names": names,
    }


def service_words(production: Production, who: str) -> str:
    """How far a production has got for one defendant, in a sentence."""
    served = production.served.get(who)
    if served is None:
        return _("not served")
    words = _("served on %(on)s on %(day)s %(way)s") % {
        "on": served.on,
        "day": short_day(served.at),
        "way": WAY_WORDS.get(served.way, served.way),
    }
    receipts = production.receipts.get(who, ())
    if not receipts:
        return f"{words}; " + _("no receipt")
    last = receipts[-1]
    said = {"by": last.by, "day": short_day(last.at)}
    kind = (
        _("receipt signed by %(by)s on %(day)s")
        if last.signed
        else _("receipt claimed: %(by)s, %(day)s")
    ) % said
    return f"{words}; {kind}"


def paper_tag(paper: Issued) -> Tag:
    """Whether a paper is signed, and still the last of its kind."""
    if paper.type == CERTIFICATE:
        if paper.standing:
            return Tag(_("Signed"), "verified")
        return Tag(_("Superseded"), "history")
    if paper.type.startswith("certificate"):
        if paper.standing:
            return Tag(_("One signature"), "edit")
        return Tag(_("Superseded"), "history")
    return Tag(_("Issued"), "verified") if paper.standing else Tag(_("Superseded"), "history")


def paper_words(paper: Issued) -> str:
    """What a paper is: "Certificate 2 for Baldwin"."""
    said = {"number": paper.number, "who": paper.defendant}
    if paper.type == CERTIFICATE:
        return _("Certificate %(number)d for %(who)s") % said
    if paper.type.startswith("certificate"):
        return _("Certificate %(number)d for %(who)s, signed by one person") % said
    if paper.layout.startswith("mg6"):
        return _("%(form)s number %(number)d for %(who)s") % {**said, "form": paper.layout.upper()}
    return _("Schedule %(number)d for %(who)s") % said


def ground_words(ground: Ground) -> str:
    """A ground with its rule, how far that was read, and what it asks for."""
    asks = [str(_ASKS[one]) for one in (ground.order, ground.announce) if one in _ASKS]
    words = f"{ground.name} ({ground.cite}, {_CHECKS.get(ground.check, ground.check)})"
    if asks:
        return _("%(ground)s. It asks for %(what)s.") % {
            "ground": words,
            "what": _(" and ").join(asks),
        }
    return f"{words}."
