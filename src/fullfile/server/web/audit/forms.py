"""Forms of the auditor: shape only."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm

__all__ = ["PeriodForm", "ReviewForm", "SampleForm"]


class PeriodForm(forms.Form):
    """From which day to which."""

    start = forms.DateField(required=False)
    end = forms.DateField(required=False)


class SampleForm(forms.Form):
    """How many, by which seed, of which size of the record."""

    number = forms.IntegerField(min_value=1, max_value=5_000, initial=20)
    seed = forms.CharField(max_length=64, required=False)
    size = forms.IntegerField(min_value=1, required=False)


class ReviewForm(OfficeForm):
    """The weekly review."""

    first_on = forms.DateField(
        label=_("The first day that you looked through"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    last_on = forms.DateField(
        label=_("The last day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[
            ("nothing to follow up", _("Nothing to follow up")),
            ("to be followed up", _("Something is to be followed up")),
        ],
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(
        label=_("What?"),
        help_text=_("Name entries by their number, and no evidence."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        required=False,
    )

    fields_of_codes: ClassVar[dict[str, str]] = {
        "last_on": "last_on",
        "finding": "finding",
        "detail": "detail",
    }
