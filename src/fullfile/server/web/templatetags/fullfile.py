"""What every template may use: tags of states, icons, dates with their zone, fields and problems of forms.

What this does not do: it decides nothing; words come from `engines.report` and the presenters.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fullfile.core.matching import State
from fullfile.core.said import Said
from fullfile.engines.report.words import STATUS
from fullfile.server.queries.asked import root_of
from fullfile.server.store.overview import get_head
from fullfile.server.web.clock import office, zone
from fullfile.server.web.dated import MONTHS, SHORT_MONTHS, WEEKDAYS
from fullfile.server.web.in_words import in_words as sentence_in_words
from fullfile.server.web.phrases import changes_words
from fullfile.server.web.said_below import plain_word, state_name

register = template.Library()

ICON_OF_STATE = {
    State.MISSING: "report",
    State.DESTROYED_UNDER_HOLD: "delete",
    State.GONE: "remove_circle",
    State.SET_ASIDE: "folder_open",
    State.UNFILED: "link_off",
    State.WITHHELD_WITHOUT_ORDER: "lock_open",
    State.WITHHELD: "lock",
    State.POST_CONVICTION: "flag",
    State.OVERDUE: "alarm",
    State.PARTIAL: "file_present",
    State.LATE: "history",
    State.PENDING: "schedule",
    State.UNACKNOWLEDGED: "mail_outline",
    State.FULL: "check",
    State.ORPHAN: "help",
    State.UNBOOKED: "comment",
    State.UNANSWERED: "hearing",
    State.NO_DEFENDANT: "people",
    State.BARRED_COUNT: "do_not_disturb",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite; a word always stands beside it."""
    return format_html(
        '<svg class="usa-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("fullfile/icons.svg"),
        name,
    )


@register.simple_tag
def state_tag(state: str, number: str = "", *, also: bool = False) -> SafeString:
    """The tag of a state of the match: icon and word, the family's border and ground.

    Args:
        state: the contract's word.
        number: what stands behind the word, as "126 days".
        also: whether the state stands under `also`.
    """
    found = State(state)
    status = STATUS[found]
    return _tag(status.family, ICON_OF_STATE[found], state_name(found), number, also=also)


@register.simple_tag
def word_tag(word: str, name: str, family: str = "hand", number: str = "") -> SafeString:
    """A tag of another word: an item's, an answer's, a production's."""
    return _tag(family, name, word, number, also=False)


def _tag(family: str, name: str, word: str, number: str, *, also: bool) -> SafeString:
    return format_html(
        "{}{}{}",
        format_html('<span class="ff-also">{} ', _("also")) if also else "",
        format_html(
            '<span class="ff-tag ff-tag--{}">{} {}{}</span>',
            "in-hand" if family == "hand" else family,
            icon(name),
            word,
            format_html(' <span class="ff-tag__count">{}</span>', number) if number else "",
        ),
        SafeString("</span>") if also else "",
    )


@register.filter
def day(value: Any) -> str:
    """A day in words, in the language of the page: "March 6, 2024"; what was said roughly stays as it was said."""
    return _day(value, MONTHS)


@register.filter
def has_parts(value: str) -> bool:
    """Whether it is a sentence of ours, and not words of the law or of a person."""
    return isinstance(value, Said)


@register.filter
def short_day(value: Any) -> str:
    """A day for a table: "Mar 6, 2024"."""
    return _day(value, SHORT_MONTHS)


@register.filter
def moment(value: Any) -> str:
    """A moment with its zone: "March 6, 2024, 10:02 a.m. MST"; a day without a time shows none."""
    if isinstance(value, int):
        value = datetime.fromtimestamp(value / 1000, UTC)
    if isinstance(value, str):
        if len(value) == 10:
            return _day(value, MONTHS)
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if not isinstance(value, datetime):
        return _day(value, MONTHS)
    here = value.astimezone(zone())
    return f"{_day(here.date(), MONTHS)}, {_clock(here)}"


@register.filter
def in_words(value: str) -> str:
    """A word of a closed list as people read it: "dismissed with prejudice"."""
    return plain_word(value)


@register.filter
def said(value: str) -> str:
    """A sentence of a lower floor in the language of the page; what is quoted stays as it is."""
    return sentence_in_words(value)


@register.filter
def in_changes(value: str) -> str:
    """What changed on a day, as a board lists it."""
    return changes_words(value) if value else value


@register.filter
def weekday(value: date) -> str:
    """The name of a day of the week."""
    return str(WEEKDAYS[value.weekday()])


@register.simple_tag
def printed_at() -> str:
    """When the page was made."""
    now = datetime.now(UTC).astimezone(zone())
    return f"{_day(now.date(), MONTHS)}, {_clock(now)}"


@register.simple_tag
def record_state() -> str:
    """The size of the record and the start of its root, for a page that is printed."""
    size = get_head().size
    root = base64.b64encode(root_of(size)).decode()[:8] if size else "-"
    return _("record of %(size)s entries, root %(root)s…") % {"size": f"{size:,}", "root": root}


@register.inclusion_tag("parts/problems.html")
def problems(form: BaseForm) -> dict[str, Any]:
    """All that is wrong with a form, on top of it, each linked to its field."""
    found = [
        (form[name].id_for_label if name != "__all__" else "", text)
        for name, texts in form.errors.items()
        for text in texts
    ]
    return {"found": found}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A field with its label above, its hint, and what is wrong with it."""
    widget = bound.field.widget
    kind = type(widget).__name__
    css = {
        "Select": "usa-select",
        "Textarea": "usa-textarea",
        "CheckboxInput": "usa-checkbox__input",
        "ClearableFileInput": "usa-file-input",
        "FileInput": "usa-file-input",
    }.get(kind, "usa-input")
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {css}".strip()}
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label}-hint")
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{attrs['class']} usa-input--error"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    many = kind in {"RadioSelect", "CheckboxSelectMultiple"}
    return {
        "field": bound,
        "kind": kind,
        "many": many,
        "control": "" if many else bound.as_widget(attrs=attrs),
        "options": list(bound) if many else [],
    }


@register.simple_tag
def amount(number: int) -> str:
    """A number with its thousands set apart."""
    return f"{number:,}"


def _day(value: Any, names: Sequence[Any]) -> str:
    if value is None:
        return _("not on record")
    if isinstance(value, str):
        try:
            value = (
                date.fromisoformat(value[:10]) if len(value) >= 10 and value[4] == "-" else value
            )
        except ValueError:
            return str(value)
        if isinstance(value, str):
            return _month(value, names)
    if isinstance(value, datetime):
        value = value.astimezone(zone()).date()
    if not isinstance(value, date):
        return str(value)
    name = names[value.month - 1]
    pattern = (
        _("%(day)d %(month)s %(year)d")
        if office().jurisdiction.startswith("gb-")
        else _("%(month)s %(day)d, %(year)d")
    )
    return pattern % {"day": value.day, "month": name, "year": value.year}


def _month(value: str, names: Sequence[Any]) -> str:
    """A month without a day, as "2024-02", in words; anything else as it was said."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value)
    if found is None:
        return value
    words = {"month": names[int(found[2]) - 1], "year": found[1]}
    return pgettext("month and year", "%(month)s %(year)s") % words


def _clock(here: datetime) -> str:
    hour = here.hour % 12 or 12
    half = _("a.m.") if here.hour < 12 else _("p.m.")
    return f"{hour}:{here:%M} {half} {here:%Z}"
