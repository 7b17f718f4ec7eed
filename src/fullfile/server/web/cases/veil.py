"""What of a board a person sees: nothing vanishes, and what they may not read says "sealed".

A line keeps its number, its state and its dates, so that counts stay whole. What goes by policy
(`accounts.policy`): the words of what a court sealed, the ground of what is withheld, what somebody thinks
of an item, the shelf it lies on.

What this does not do: it decides nothing; the policy does.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.core.matching import Line, State
from fullfile.engines.report.dates import date_words
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.queries.board import CaseBoard, CaseItem, Judged
from fullfile.server.web.dated import dated
from fullfile.server.web.said_below import state_gloss, state_name

__all__ = ["Veil"]

_WITHHELD = {State.WITHHELD, State.WITHHELD_WITHOUT_ORDER}


class Veil:
    """A board as one person may read it."""

    def __init__(self, board: CaseBoard, person: Person) -> None:
        self._board, self._person = board, person
        self._sealed = person.sees(Field.SEALED) is Shown.YES
        self._withheld = person.sees(Field.WITHHELD)
        self._views = person.sees(Field.DETERMINATIONS) is Shown.YES
        self._personal = not board.sealed or self._sealed
        self._mine = key(person.works_for) if person.works_for else ""

    @property
    def tells_views(self) -> bool:
        """Whether the person may read which items have a view on record."""
        return self._person.sees(Field.DETERMINATIONS) in (Shown.YES, Shown.THAT)

    @property
    def tells_names(self) -> bool:
        """Whether names and words of the case may be read: it is not sealed from this person."""
        return self._personal

    @property
    def title(self) -> str:
        """What the case is called."""
        if not self._personal:
            return _("Sealed case")
        return self._board.title or self._board.number

    def defendant(self, place: int) -> str:
        """A defendant by their place, from 1."""
        if self._personal:
            return self._board.defendants[place - 1]
        return _("Defendant %(number)d (sealed)") % {"number": place}

    def words_of(self, item: CaseItem) -> str:
        """What an item is."""
        if not self._personal or (item.sealed and not self._sealed):
            return _("sealed")
        return item.description

    def is_sealed(self, item: CaseItem) -> bool:
        """Whether its words are kept from this person."""
        return not self._personal or (item.sealed and not self._sealed)

    def shelf_of(self, item: CaseItem) -> str:
        """Where it lies, as far as the person may know."""
        shown = self._person.sees(Field.SHELF, own=key(item.agency) == self._mine)
        if shown is Shown.YES and not self.is_sealed(item):
            return item.place or _("not on record")
        return _("in the property room") if shown is not Shown.NO else ""

    def line(self, one: Judged) -> Line:
        """A line: as it is, or with its words taken off."""
        line = one.line
        item = self._board.items[one.item] if one.item >= 0 else None
        name = self.defendant(one.defendant) if one.defendant else line.defendant
        if not self._personal or (item is not None and item.sealed and not self._sealed):
            return replace(
                line,
                description=_("sealed"),
                defendant=name,
                why=_dates(line, name, _("Sealed.")),
                corrected=None,
            )
        if _WITHHELD & {line.state, *line.also} and not self._tells_ground(one):
            why = _dates(line, name, _("The ground is not shown to this account."))
            return replace(line, why=why, corrected=None)
        if one.unviewed is not None and not self._views:
            return replace(line, why=one.unviewed)
        return line

    def _tells_ground(self, one: Judged) -> bool:
        if one.ground_sealed and not self._sealed:
            return False
        return self._withheld in (Shown.YES, Shown.ROUGHLY)


def _dates(line: Line, name: str | None, first: str) -> str:
    """State and dates of a line, and nothing else."""
    said = [first, f"{state_name(line.state)}: {state_gloss(line.state)}."]
    facts = (
        (_("Held since"), line.held_since),
        (_("On the file since"), line.filed_at),
        (_("Disclosed to %(name)s") % {"name": name or "-"}, line.disclosed_at),
        (_("Due"), line.due),
    )
    said += [f"{label} {dated(date_words(when))}." for label, when in facts if when]
    return " ".join(said)
