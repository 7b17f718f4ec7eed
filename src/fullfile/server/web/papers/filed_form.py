"""What is asked when a paper was filed with the court, and when it was not after all: shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm

__all__ = ["CounselFilingForm", "CourtFilingForm", "WithdrawForm"]


class _Filing(OfficeForm):
    filed_on = forms.CharField(
        label=_("On which day was it filed?"),
        max_length=60,
        help_text=_("As the court's stamp shows it, as in 2024-07-12."),
        error_messages={"required": _("Say on which day it was filed.")},
    )
    detail = forms.CharField(
        label=_("What else there is to say"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"filed_on": "filed_on"}


class CounselFilingForm(_Filing):
    """Of counsel: the paper is known; what they file under seal is not recorded here, where the State would read it."""


class CourtFilingForm(_Filing):
    """Which paper, on which day, and whether the court ordered it."""

    paper = forms.ChoiceField(
        label=_("What was filed with the court?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    way = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            ("filed", _("The office filed it")),
            ("ordered", _("The court ordered that it be put before it")),
        ],
        widget=forms.RadioSelect,
        initial="filed",
    )
    order = forms.CharField(
        label=_("Which order?"),
        required=False,
        max_length=400,
        help_text=_("Only where the court ordered it: how the order is called, and what it says."),
    )
    order_on = forms.CharField(label=_("Of which day is the order?"), required=False, max_length=60)
    under_seal = forms.BooleanField(
        label=_("It was filed under seal"),
        required=False,
        help_text=_("The defence is not told here that it was filed."),
    )

    field_order = ("paper", "filed_on", "way", "order", "order_on", "under_seal", "detail")
    fields_of_codes: ClassVar[dict[str, str]] = {
        "filed_on": "filed_on",
        "filed_already": "paper",
        "nothing_to_file": "paper",
        "item_missing": "paper",
        "bears_not": "paper",
        "order_missing": "order",
        "order_on": "order_on",
    }

    def __init__(self, data: Any = None, *, papers: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]


class WithdrawForm(OfficeForm):
    """Why it does not stand as filed."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: it stays beside the filing.")},
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}
