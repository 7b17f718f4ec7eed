"""What is asked for a determination, a second reading, a setting aside, a hold and its lifting: shape only."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm

__all__ = ["AsideForm", "ConfirmForm", "DeterminationForm", "LiftForm", "PlaceForm", "ReadingForm"]

_FINDINGS = (
    ("exculpatory", _("exculpatory")),
    ("impeaching", _("impeaching")),
    ("mitigating", _("mitigating")),
    ("inculpatory", _("inculpatory")),
    ("no_evidentiary_value", _("of no evidentiary value")),
    ("privileged", _("privileged")),
    ("sensitive", _("sensitive")),
)
_LOOKED_AT = (
    ("object", _("the object")),
    ("picture", _("a picture")),
    ("report", _("a report")),
    ("description", _("a description only")),
)


def _reason(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give a reason.")},
    )


class DeterminationForm(OfficeForm):
    """What somebody thinks of an item for a case."""

    finding = forms.ChoiceField(
        label=_("What do you think of it?"),
        choices=_FINDINGS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    reason = _reason(_("Why?"), _("It will be read by a second person and may be read in court."))
    looked_at = forms.MultipleChoiceField(
        label=_("What did you look at?"),
        choices=_LOOKED_AT,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It is recorded as what you know of the item from today."),
        error_messages={"required": _("Say what you looked at.")},
    )

    fields_of_codes: ClassVar[dict[str, str]] = {
        "looked_at": "looked_at",
        "reason_missing": "reason",
        "finding_unknown": "finding",
    }


class ReadingForm(DeterminationForm):
    """The second reader's own answer, before the first one opens."""

    reason = _reason(_("Why?"), _("It stands beside the first answer, and may be read in court."))


class AsideForm(OfficeForm):
    """A wish to set an item aside for one case."""

    reason = _reason(
        _("Why is it set aside for this case?"),
        _("It stands on the schedule and in the certificate, and a second person confirms it."),
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}


class ConfirmForm(OfficeForm):
    """A second person's yes: nothing to fill in."""


class PlaceForm(OfficeForm):
    """A hold on one item."""

    hold = forms.CharField(
        label=_("Name of the hold"),
        help_text=_("By which it is lifted later: the letter's number, for example."),
        max_length=120,
    )
    reason = _reason(_("Why must it be kept?"))

    fields_of_codes: ClassVar[dict[str, str]] = {
        "name_reserved": "hold",
        "placed_already": "hold",
        "reason_missing": "reason",
    }


class LiftForm(OfficeForm):
    """Why a hold is lifted."""

    reason = _reason(_("Why is it lifted?"))
    order = forms.CharField(
        label=_("Order of the court that says so"), max_length=400, required=False
    )

    fields_of_codes: ClassVar[dict[str, str]] = {
        "reason_missing": "reason",
        "window_open": "order",
        "window_unknown": "order",
    }
