"""The habits of a county and of its agencies: what differs from one place to another.

The ranges are wide on purpose. A model sees a dozen counties and must do well in
one that it has not seen; a habit that were the same in all would be learned as law.
"""

from __future__ import annotations

from dataclasses import dataclass

from training.chance import Chance

__all__ = ["Habits", "Style", "draw_habits", "draw_style"]


@dataclass(frozen=True, slots=True)
class Habits:
    """What a county is like. Shares lie between 0 and 1."""

    police: int
    first_year: int
    years: int
    # People
    people_per_case: float
    surnames: int
    surname_steepness: float
    givens: int
    given_steepness: float
    repeaters: float  # how steeply incidents gather on few persons
    household: float
    streets: int
    street_steepness: float
    # Cases
    more_incidents: float  # incidents of a case beyond its first
    caseless: float  # incidents without a case, per case
    second_agency: float
    lists_second_number: float
    co_defendants: float
    separate_trials: float
    refiled: float
    born_known: float
    phone_known: float
    address_known: float
    victims: float
    witnesses: float
    officers_listed: float
    summary_sentences: float
    summary_details: float
    requests: float
    mentions: float
    # Items
    caseless_items: float  # of all items, those that no case lists
    orphans: float  # of those, the ones that belong to a case
    item_steepness: float
    filed: float
    filed_by_hand: float  # items that somebody put on a case's list although the number is another
    late_days: float  # median of how long after the event a thing is handed in
    cites: float  # notes of a late thing that name the number it belongs to
    tells: float  # notes of a late thing that tell what it is about
    custody: float
    # How the unrelated divide: found, kept for safety, of an incident without case, look-alike
    unrelated: tuple[float, float, float, float]
    orphan_weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How one agency writes."""

    shouts: bool
    typing_errors: float
    details: float  # maker, model, colour in a description
    serials: float
    serial_in_text: float
    names_people: float
    names_giver: float
    names_place: float
    names_collector: float
    category: float
    sentences: float
    identifiers: float  # telephones, plates, addresses in notes
    name_forms: tuple[float, ...]
    officer_form: int
    address_form: int
    phone_form: int
    clock: bool
    books_late: float
    no_collection_date: float
    dialect: int
    own_words: float  # how true the agency is to its own word for a thing


ORPHAN_KINDS = 10


def draw_habits(chance: Chance) -> Habits:
    """One county's habits."""
    c = chance
    unrelated = [c.spread(0.1, 1) for _ in range(4)]
    return Habits(
        police=c.whole(2, 6),
        first_year=c.whole(2011, 2018),
        years=c.whole(2, 6),
        people_per_case=c.spread(1.5, 6),
        surnames=int(c.spread(70, 1100)),
        surname_steepness=c.between(0.2, 1.0),
        givens=c.whole(40, 110),
        given_steepness=c.between(0.1, 0.8),
        repeaters=c.between(0.1, 0.7),
        household=c.between(1.2, 3.2),
        streets=int(c.spread(25, 220)),
        street_steepness=c.between(0.2, 0.9),
        more_incidents=c.between(0.02, 0.35),
        caseless=c.spread(0.6, 3),
        second_agency=c.between(0.05, 0.45),
        lists_second_number=c.between(0.1, 0.8),
        co_defendants=c.between(0.05, 0.5),
        separate_trials=c.between(0.2, 0.8),
        refiled=c.between(0.0, 0.08),
        born_known=c.between(0.1, 0.95),
        phone_known=c.between(0.0, 0.7),
        address_known=c.between(0.05, 0.85),
        victims=c.between(0.4, 1.3),
        witnesses=c.between(0.3, 3.0),
        officers_listed=c.between(0.3, 1.0),
        summary_sentences=c.between(0.1, 4.0),
        summary_details=c.between(0.1, 0.8),
        requests=c.between(0.02, 0.35),
        mentions=c.spread(0.05, 1.0),
        caseless_items=c.between(0.12, 0.45),
        orphans=c.spread(0.02, 0.40),
        item_steepness=c.between(0.4, 1.2),
        filed=c.between(0.55, 0.98),
        filed_by_hand=c.between(0.0, 0.06),
        late_days=c.spread(5, 250),
        cites=c.between(0.0, 0.12),
        tells=c.between(0.1, 0.7),
        custody=c.spread(0.05, 1.0),
        unrelated=(unrelated[0], unrelated[1], unrelated[2] * 2, unrelated[3]),
        # The first is the slipped number, which is four kinds in one.
        orphan_weights=tuple(
            c.spread(0.15, 1) * (2 if way == 0 else 1) for way in range(ORPHAN_KINDS)
        ),
    )


def draw_style(chance: Chance) -> Style:
    """One agency's way of writing."""
    c = chance
    return Style(
        shouts=c.happens(0.3),
        typing_errors=c.spread(0.004, 0.12),
        details=c.between(0.1, 0.95),
        serials=c.between(0.2, 0.95),
        serial_in_text=c.between(0.05, 0.6),
        names_people=c.between(0.1, 0.85),
        names_giver=c.between(0.1, 0.8),
        names_place=c.between(0.05, 0.9),
        names_collector=c.between(0.4, 1.0),
        category=c.between(0.0, 1.0),
        sentences=c.spread(0.2, 3.5),
        identifiers=c.between(0.02, 0.4),
        name_forms=tuple(c.spread(0.02, 1) for _ in range(8)),
        officer_form=c.whole(0, 4),
        address_form=c.whole(0, 3),
        phone_form=c.whole(0, 3),
        clock=c.happens(0.4),
        books_late=c.between(0.02, 0.4),
        no_collection_date=c.between(0.0, 0.5),
        dialect=c.whole(0, 5),
        own_words=c.between(0.4, 0.95),
    )
