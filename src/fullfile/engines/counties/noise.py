"""How rough a made-up county is: rates of everything that is missing, misspelled or crowded.

Every rate is a share from 0 to 1 unless its line says otherwise. The presets
differ widely on purpose: a model that does well on one of them has shown little.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["PRESETS", "Noise"]


@dataclass(frozen=True, slots=True)
class Noise:
    """The rates of one county.

    Attributes:
        orphans: of all items, those that belong to a case while no table says so.
        unrelated: of all items, those that belong to no case.
        tempting: of the unrelated, those that resemble some case by chance.
        known_strays: of the items of cases, those booked under a foreign number and filed all the same.
        present: how much of what could be written down is written down, for names, places, telephones.
        birth_dates: of the parties, those with a date of birth.
        phones: of the parties, those with a telephone.
        addresses: of the parties, those with an address.
        typos: of the words and names, those that are mistyped.
        nicknames: of the names, those written as the person is called.
        initials: of the names, those with an initial for the given name.
        capitals: of the agencies, those that write in capitals.
        short: of the descriptions, those in the short words of a hurried sheet.
        other_words: of the later descriptions of a thing, those in the words of a story.
        notes: sentences in the notes of an item, on average.
        filler: of these sentences, those that say nothing.
        serials: of the serial numbers and plates, those that are written down.
        no_number: of the orphans and of the unrelated, those with no report number at all.
        requests: of the cases, those where the defence asked for something.
        mentions: of the items of cases, those that a report names.
        custody: custody rows of an item, on average.
        linked: of the cases, those that have a sister case of the same incident.
        again: of the places for a person, those taken by somebody known from another case.
        surnames: how many surnames there are.
        surname_skew: how much the common ones are more common (0: all alike).
        officers: officers for each hundred cases.
        streets: how many streets there are.
        towns: how many towns there are.
    """

    orphans: float = 0.04
    unrelated: float = 0.06
    tempting: float = 0.4
    known_strays: float = 0.05
    present: float = 0.7
    birth_dates: float = 0.55
    phones: float = 0.4
    addresses: float = 0.5
    typos: float = 0.05
    nicknames: float = 0.1
    initials: float = 0.12
    capitals: float = 0.4
    short: float = 0.3
    other_words: float = 0.4
    notes: float = 1.1
    filler: float = 0.25
    serials: float = 0.7
    no_number: float = 0.15
    requests: float = 0.6
    mentions: float = 0.12
    custody: float = 1.2
    linked: float = 0.12
    again: float = 0.08
    surnames: int = 1400
    surname_skew: float = 0.7
    officers: float = 4.0
    streets: int = 220
    towns: int = 6


_USUAL = Noise()

PRESETS: dict[str, Noise] = {
    "usual": _USUAL,
    "clean": replace(
        _USUAL,
        present=0.92,
        birth_dates=0.9,
        phones=0.75,
        addresses=0.85,
        typos=0.005,
        nicknames=0.03,
        initials=0.03,
        short=0.1,
        other_words=0.2,
        serials=0.95,
        no_number=0.05,
    ),
    "noisy": replace(
        _USUAL,
        present=0.6,
        birth_dates=0.4,
        typos=0.18,
        nicknames=0.22,
        initials=0.22,
        capitals=0.6,
        short=0.5,
        other_words=0.6,
        serials=0.5,
        no_number=0.25,
    ),
    "sparse": replace(
        _USUAL,
        present=0.32,
        birth_dates=0.04,
        phones=0.04,
        addresses=0.08,
        notes=0.5,
        serials=0.35,
        requests=0.35,
        mentions=0.04,
        custody=0.6,
        no_number=0.3,
    ),
    "crowded": replace(
        _USUAL, surnames=45, surname_skew=0.9, officers=0.7, streets=18, towns=3, tempting=0.7
    ),
    "wordy": replace(_USUAL, notes=4.0, filler=0.55, short=0.08, mentions=0.3, custody=2.5),
    "terse": replace(_USUAL, notes=0.1, filler=0.1, short=0.95, mentions=0.04, custody=0.7),
    "many_orphans": replace(_USUAL, orphans=0.16, unrelated=0.02),
    "few_orphans": replace(_USUAL, orphans=0.005, unrelated=0.25, tempting=0.5),
    "tempting": replace(_USUAL, unrelated=0.15, tempting=0.9, surnames=300, streets=80),
    "families": replace(_USUAL, linked=0.35, again=0.25, surnames=500),
}
"""The named counties. `usual` is the one to compare figures on."""
