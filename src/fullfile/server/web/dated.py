"""Dates in the language of the page: the names of months, and a date that a lower floor put in words.

    dated(date_words("2024-07-10"))      "July 10, 2024", or "10 de julio de 2024"

A partial date stays as partial as it was said. What this does not do: it reads no date and knows no zone.
"""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

__all__ = ["MONTHS", "SHORT_MONTHS", "WEEKDAYS", "dated"]

MONTHS: Final = (
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
)
SHORT_MONTHS: Final = (
    pgettext_lazy("month, short", "Jan"),
    pgettext_lazy("month, short", "Feb"),
    pgettext_lazy("month, short", "Mar"),
    pgettext_lazy("month, short", "Apr"),
    pgettext_lazy("month, short", "May"),
    pgettext_lazy("month, short", "Jun"),
    pgettext_lazy("month, short", "Jul"),
    pgettext_lazy("month, short", "Aug"),
    pgettext_lazy("month, short", "Sep"),
    pgettext_lazy("month, short", "Oct"),
    pgettext_lazy("month, short", "Nov"),
    pgettext_lazy("month, short", "Dec"),
)
WEEKDAYS: Final = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)

_LONG = "January February March April May June July August September October November December"
_MONTH_OF = {
    name: number
    for long in (_LONG.split(), [name[:3] for name in _LONG.split()])
    for number, name in enumerate(long)
}
_WORDS: Final = re.compile(
    rf"\b(?P<month>{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))}) "
    r"(?:(?P<day>\d{1,2}), )?(?P<year>\d{4})\b"
)
_RANGE: Final = re.compile(r"^(?P<first>.+\d) to (?P<last>.+\d)$")
_BEFORE: Final = re.compile(r"^before (?P<day>.+)$", re.IGNORECASE)


def dated(words: str) -> str:
    """A date that was put in English words, in the language of the page; what is no such date stays as it is.

    Args:
        words: "July 10, 2024", "Jul 2024", "before July 12, 2024", "June 2024 to July 2024", "not on record" …
    """
    if (get_language() or "en").startswith("en"):
        return words
    if words == "not on record":
        return _("not on record")
    if found := _BEFORE.match(words):
        return _("before %(day)s") % {"day": dated(found["day"])}
    if found := _RANGE.match(words):
        return _("%(first)s to %(last)s") % {
            "first": dated(found["first"]),
            "last": dated(found["last"]),
        }
    return _WORDS.sub(_one, words)


def _one(found: re.Match[str]) -> str:
    number = _MONTH_OF[found["month"]]
    long = len(found["month"]) > 3 or number == 4  # "May" is short and long
    month = str((MONTHS if long else SHORT_MONTHS)[number])
    if not found["day"]:
        return pgettext("month and year", "%(month)s %(year)s") % {
            "month": month,
            "year": found["year"],
        }
    return _("%(month)s %(day)d, %(year)d") % {
        "month": month,
        "day": int(found["day"]),
        "year": int(found["year"]),
    }
