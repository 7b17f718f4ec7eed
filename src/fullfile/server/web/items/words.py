"""Words of the room of an item: kinds, what an item asks of a custodian, the contract's words as people say them."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["event_words", "finding_words", "kind_words", "level_words", "what_words"]


def kind_words(kind: str) -> str:
    """A kind of the items table: "test result"."""
    return {
        "object": _("object"),
        "document": _("document"),
        "statement": _("statement"),
        "recording": _("recording"),
        "data": _("data"),
        "test_result": _("test result"),
        "expert_report": _("expert report"),
        "criminal_record": _("criminal record"),
        "grand_jury": _("grand jury"),
    }.get(kind, kind.replace("_", " "))


def what_words(what: str) -> str:
    """What an item asks of a custodian."""
    return {
        "unshelved": _("no shelf on record"),
        "out": _("checked out"),
        "elsewhere": _("handed on"),
        "absent": _("not found"),
    }.get(what, what)


def finding_words(finding: str) -> str:
    """One of the seven findings."""
    return {
        "exculpatory": _("exculpatory"),
        "impeaching": _("impeaching"),
        "mitigating": _("mitigating"),
        "inculpatory": _("inculpatory"),
        "no_evidentiary_value": _("of no evidentiary value"),
        "privileged": _("privileged"),
        "sensitive": _("sensitive"),
    }.get(finding, finding.replace("_", " "))


def level_words(level: str) -> str:
    """What somebody looked at, as one of the five levels of knowledge."""
    return {
        "object": _("the object"),
        "picture": _("a picture"),
        "exists": _("a report or a description"),
    }.get(level, level.replace("_", " "))


def event_words(event: str) -> str:
    """A custody event: "checked out"."""
    return {
        "listed": _("on the property list"),
        "collected": _("collected"),
        "booked": _("booked"),
        "transferred": _("handed on"),
        "moved": _("moved"),
        "checked_out": _("checked out"),
        "checked_in": _("checked in"),
        "sealed": _("sealed"),
        "unsealed": _("unsealed"),
        "examined": _("examined"),
        "inventoried": _("counted at an inventory"),
        "not_found": _("not found"),
        "found": _("found"),
        "released": _("released"),
        "consumed": _("used up"),
        "destroyed": _("destroyed"),
    }.get(event, event.replace("_", " "))
