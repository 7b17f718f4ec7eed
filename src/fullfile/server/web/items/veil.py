"""A line of an item as one person may read it: state, number and dates stay; words go where the policy says so.

What this does not do: it decides nothing; `accounts.policy` does.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.core.matching import Line, State
from fullfile.core.matching.asides import without_views
from fullfile.engines.report.dates import date_words
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.queries.item_page import CaseOfItem, ItemPage
from fullfile.server.web.dated import dated
from fullfile.server.web.in_words import in_words
from fullfile.server.web.said_below import state_gloss, state_name

__all__ = ["Veil"]

_WITHHELD = {State.WITHHELD, State.WITHHELD_WITHOUT_ORDER}


class Veil:
    """What of an item's cases a person reads."""

    def __init__(self, person: Person, page: ItemPage, *, own: bool) -> None:
        self._page = page
        self._unread = [one for one in page.unread_by if key(one) != key(person.name)]
        self._sealed = person.sees(Field.SEALED, own=own) is Shown.YES
        self._withheld = person.sees(Field.WITHHELD, own=own)
        self._views = person.sees(Field.DETERMINATIONS) is Shown.YES
        self.words_sealed = page.sealed and not self._sealed

    def hides(self, case: CaseOfItem) -> bool:
        """Whether a case's names and words are kept from the person."""
        return case.sealed and not self._sealed

    def title(self, case: CaseOfItem) -> str:
        """What the case is called."""
        return _("Sealed case") if self.hides(case) else case.title or case.number

    def defendant(self, case: CaseOfItem, place: int) -> str:
        """A defendant by the place of their line, from 0."""
        name = case.lines[place].defendant
        if name is None:
            return _("no defendant on record")
        return (
            _("Defendant %(number)d (sealed)") % {"number": place + 1} if self.hides(case) else name
        )

    def sentence(self, case: CaseOfItem, place: int) -> str:
        """The sentence of a line."""
        line = case.lines[place]
        if self.hides(case) or self.words_sealed:
            return _dates(line, _("Sealed."))
        if _WITHHELD & {line.state, *line.also}:
            tells = self._withheld in (Shown.YES, Shown.ROUGHLY)
            if not tells or (case.ground_sealed and not self._sealed):
                return _dates(line, _("The ground is not shown to this account."))
        return self.words(line.why)

    def words(self, why: str) -> str:
        """A sentence; a view that no second person has read opens to nobody but its author."""
        if not self._views:
            return in_words(without_views(why))
        kept = without_views(why, self._unread)
        said = in_words(kept)
        if kept != why:
            said += " " + _("A first reading of it waits for a second person, and opens then.")
        return said

    def because(self, case: CaseOfItem) -> str:
        """Why the item bears on the case."""
        return _("sealed") if self.hides(case) else in_words(case.because)


def _dates(line: Line, first: str) -> str:
    said = [first, f"{state_name(line.state)}: {state_gloss(line.state)}."]
    facts = (
        (_("Held since"), line.held_since),
        (_("On the file since"), line.filed_at),
        (_("Disclosed"), line.disclosed_at),
        (_("Due"), line.due),
    )
    said += [f"{label} {dated(date_words(when))}." for label, when in facts if when]
    return " ".join(said)
