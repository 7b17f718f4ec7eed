"""Where an item is, in a tag and a sentence, as far as somebody may know it.

A shelf is for whoever holds the thing; the prosecution reads "in the property room" (`Field.SHELF`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fullfile.core.custody.hand import Hand
from fullfile.core.facts.dates import date_words
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.web.dated import dated

__all__ = ["Where", "seal_words", "where_is"]


@dataclass(frozen=True, slots=True)
class Where:
    """The word, icon and family of the item's tag, and a sentence that says more."""

    word: str
    icon: str
    family: str
    words: str


def where_is(person: Person, hand: Hand, *, own: bool) -> Where:
    """Where it is.

    Args:
        person: who asks.
        hand: what custody says.
        own: whether the person's agency holds or booked it.
    """
    if hand.loss is not None:
        return _left(hand)
    if hand.absent is not None:
        event = hand.absent
        words = {
            "lost": _("The property list says that it is lost."),
            "short": _("Fewer were counted than the list has, %(day)s."),
        }.get(event.event, _("It was looked for and not found, %(day)s."))
        said = "" if event.by_status else event.row.text("occurred_at")
        return Where(
            _("Lost"), "report", "gone", words % {"day": dated(date_words(said, event.moment))}
        )
    if hand.out is not None:
        return _out(hand)
    if not hand.listed:
        return Where(_("Not booked"), "help", "stops", _("No property list on record has it."))
    if hand.holder:
        return Where(
            _("Handed on"),
            "logout",
            "hand",
            _("Handed on to %(who)s.") % {"who": hand.holder},
        )
    return Where(_("Held"), "home", "hand", _shelf(person, hand, own=own))


def _shelf(person: Person, hand: Hand, *, own: bool) -> str:
    sees = person.sees(Field.SHELF, own=own)
    if sees is Shown.YES:
        return hand.place or _("No shelf is on record.")
    if sees is Shown.ROUGHLY:
        return _("In the property room.")
    return _("Held by %(agency)s.") % {"agency": hand.agency}


def _out(hand: Hand) -> Where:
    event = hand.out
    assert event is not None
    lab = event.by_status and event.row.text("status") == "at_lab"
    said = "" if event.by_status else event.row.text("occurred_at")
    day = dated(date_words(said, event.moment))
    if lab:
        return Where(
            _("At lab"),
            "science",
            "hand",
            _("At the laboratory, as recorded %(day)s.") % {"day": day},
        )
    words = _("Checked out to %(who)s on %(day)s.") % {
        "who": hand.holder or _("somebody unnamed"),
        "day": day,
    }
    if hand.due_back:
        words += " " + _("Due back %(day)s.") % {"day": dated(date_words(hand.due_back, 0))}
    return Where(_("Checked out"), "logout", "hand", words)


def _left(hand: Hand) -> Where:
    assert hand.loss is not None
    event = hand.loss.event
    said = "" if event.by_status else event.row.text("occurred_at")
    word, icon = {
        "released": (_("Released"), "person"),
        "consumed": (_("Used up"), "delete"),
    }.get(event.event, (_("Destroyed"), "delete"))
    words = _("%(word)s on %(day)s.") % {"word": word, "day": dated(date_words(said, event.moment))}
    if event.event == "released" and event.row.text("to"):
        words = _("Released to %(who)s on %(day)s.") % {
            "who": event.row.text("to"),
            "day": dated(date_words(said, event.moment)),
        }
    return Where(word, icon, "hand", words)


def seal_words(person: Person, hand: Hand, *, own: bool) -> str:
    """The seal on it: its number for whoever sees shelves, else that there is one."""
    if not hand.seal:
        return _("No seal is on record.")
    sees = person.sees(Field.SHELF, own=own)
    number = hand.seal if sees is Shown.YES else _("sealed in its package")
    if hand.damaged is not None:
        return _("%(number)s; found damaged (entry %(entry)s)") % {
            "number": number,
            "entry": f"{hand.damaged:,}",
        }
    return str(number)
