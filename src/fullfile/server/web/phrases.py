"""Short sentences of the reports in the language of the page: counts, and how far away a day is.

    in_language("3 exceptions, and all can be put right.")

The reports of `engines` say their sentences in English; those that hold only numbers and days are looked up in
the catalogue with these taken out: "%(n1)s exceptions, and all can be put right." A sentence that is not listed
here stays as it is. What this does not do: it makes no sentence of its own.
"""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import get_language, gettext

from fullfile.core.said import Said
from fullfile.server.web.dated import dated
from fullfile.server.web.in_words import in_words
from fullfile.server.web.said_below import plain_word

__all__ = ["PHRASES", "changes_words", "in_language", "owed_words"]


def _(words: str) -> str:
    """Name words for the catalogue, and leave them as they are (Django's own asks for settings first)."""
    return words


PHRASES: Final = frozenset(
    (
        # The verdict of a case: `engines.report.view`.
        _("Not full."),
        _("Full, with a mark on the record."),
        _("In time."),
        _("Full."),
        _("Nothing to match."),
        _("Ended."),
        _("Ended %(day)s."),
        _("%(n1)s exception, and it can be put right."),
        _("%(n1)s exceptions, and all can be put right."),
        _("%(n1)s exceptions: %(n2)s can be put right, %(n3)s stays on the record."),
        _("%(n1)s exceptions: %(n2)s can be put right, %(n3)s stay on the record."),
        _("%(n1)s line is late, and that stays."),
        _("%(n1)s lines are late, and that stays."),
        _("%(n1)s line is destroyed under a hold, and that stays."),
        _("%(n1)s lines are destroyed under a hold, and that stays."),
        _("%(n1)s line is gone, and that stays."),
        _("%(n1)s lines are gone, and that stays."),
        _("%(n1)s lines are late or gone, and that stays."),
        _("%(n1)s lines are late or destroyed under a hold, and that stays."),
        _("%(n1)s lines are destroyed under a hold or gone, and that stays."),
        _("%(n1)s lines are late or destroyed under a hold or gone, and that stays."),
        _("%(n1)s line is still to be disclosed by %(day)s."),
        _("%(n1)s lines are still to be disclosed by %(day)s."),
        _("%(n1)s line is still to be disclosed, and none is past its date."),
        _("%(n1)s lines are still to be disclosed, and none is past its date."),
        _("No item was on record for this by that day."),
        _("Its %(n1)s line stands as it did that day."),
        _("Its %(n1)s lines stand as they did that day."),
        _("Its %(n1)s line stands as it did when it ended."),
        _("Its %(n1)s lines stand as they did when it ended."),
        _("Nothing is missing."),
        _("Nothing is missing; %(n1)s line has no receipt yet."),
        _("Nothing is missing; %(n1)s lines have no receipt yet."),
        _("%(n1)s more line is counted apart: the case has ended."),
        _("%(n1)s more lines are counted apart: the case has ended."),
        # The board: `engines.report.board` and the number in a tag.
        _("Held"),
        _("On file"),
        _("Disclosed"),
        _("%(n1)s late"),
        _("%(n1)s without receipt"),
        _("%(n1)s item bears on this case"),
        _("%(n1)s items bear on this case"),
        _("%(n1)s day"),
        _("%(n1)s days"),
        _("%(n1)s day, ended"),
        _("%(n1)s days, ended"),
        _("%(n1)s other"),
        _("%(n1)s others"),
        _("ended"),
        # How likely a suggestion is: `engines.report.words`.
        _("%(n1)s in %(n2)s"),
        _("more than %(n1)s in %(n2)s"),
        _("less than %(n1)s in %(n2)s"),
        # The links of a line: `engines.report.chain`.
        _("missing"),
        _("destroyed under a hold"),
        _("gone"),
        _("yes"),
        _("no"),
        _("set aside"),
        _("withheld"),
        _("bears on no case"),
        _("since %(day)s"),
        _("no defendant on record"),
        _("in part, %(day)s"),
        _("withheld, not approved"),
        _("%(day)s, due %(day2)s"),
        _("%(day)s, no date given"),
        _("%(day)s, no receipt"),
        _("no, due %(day)s"),
        _("no, no date given"),
        _("no, came in after the conviction"),
        _("not yet, due %(day)s"),
        _("not yet, no date given"),
        # What changed on a day: `server.queries.board`.
        _("filed"),
        _("disclosed"),
        _("charged"),
        _("a defendant's status"),
        _("answer"),
        _("request"),
        _("determination"),
        _("taken in"),
        _("opened"),
        _("a date to disclose passed"),
        _("the day after the case ended"),
        # Duties: `engines.report.duties`.
        _("What is owed next"),
        _("Where the law gives no day"),
        _("Not begun: what starts it is not on record"),
        _("Past and done"),
        _("What the police owe the prosecution"),
        _("today"),
        _("in %(n1)s day"),
        _("in %(n1)s days"),
        _("%(n1)s day ago"),
        _("%(n1)s days ago"),
        _("by law"),
        _("by the office's target"),
        _("by order of the court"),
        _("the clock stands still"),
        _("%(n1)s day since it began"),
        _("%(n1)s days since it began"),
        _("the office's target: %(day)s"),
        _("no day is given"),
        _("%(day)s at %(n1)s:%(n2)s"),
        _("the prosecution"),
        _("the defendant"),
        _("both sides"),
        _("the police"),
        _("the court"),
        _("anyone"),
    )
)

_TAKEN: Final = re.compile(r"(?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})|(?P<number>\d[\d,]*)")
_NEXT: Final = re.compile(r"(?<=\.) (?=[A-Z0-9])")
_OWED: Final = re.compile(r"^(?P<owes>.+?) to (?P<to>.+?)(?:, in the case of (?P<of>.+))?$")
_BETWEEN: Final = re.compile(r"^Between the prosecution and (?P<who>.+)$")


def in_language(words: str) -> str:
    """Sentences of a report, those that are listed in the language of the page, the others as they are."""
    if isinstance(words, Said):
        return in_words(words)
    if not words or (get_language() or "en").startswith("en"):
        return words
    return " ".join(_sentence(one) for one in _NEXT.split(words))


def changes_words(words: str) -> str:
    """What happened on a day, as the board lists it: "testimony (2), ruling, …"."""
    if (get_language() or "en").startswith("en"):
        return words
    said = []
    for one in words.split(", "):
        word, bracket, many = one.partition(" (")
        said.append((in_language(word) if word in PHRASES else plain_word(word)) + bracket + many)
    return ", ".join(said)


def owed_words(whose: str) -> str:
    """Who owes a duty to whom: "The prosecution to Baldwin"; names stay."""
    if isinstance(whose, Said):
        return in_words(whose)
    if (get_language() or "en").startswith("en"):
        return whose
    if found := _BETWEEN.match(whose):
        return gettext("Between the prosecution and %(who)s") % {"who": found["who"]}
    found = _OWED.match(whose)
    if found is None:
        return whose
    owes, to = _side(found["owes"]), _side(found["to"])
    said = gettext("%(owes)s to %(to)s") % {"owes": owes[:1].upper() + owes[1:], "to": to}
    if found["of"]:
        said = gettext("%(duty)s, in the case of %(who)s") % {"duty": said, "who": found["of"]}
    return said


def _side(words: str) -> str:
    small = words[:1].lower() + words[1:]
    return gettext(small) if small in PHRASES else words


def _sentence(words: str) -> str:
    taken: dict[str, str] = {}

    def out(found: re.Match[str]) -> str:
        if found["day"]:
            days = sum(name.startswith("day") for name in taken)
            name = f"day{days + 1}" if days else "day"
            taken[name] = dated(found["day"])
            return f"%({name})s"
        name = f"n{sum(one.startswith('n') for one in taken) + 1}"
        taken[name] = found["number"].rstrip(",")
        return f"%({name})s" + ("," if found["number"].endswith(",") else "")

    english = _TAKEN.sub(out, words)
    if english not in PHRASES:
        return dated(words)
    said = gettext(english)
    return said % taken if taken else said
