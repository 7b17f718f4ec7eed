"""The forms of inventories: setting one up, saying what differs, settling, closing.

What this does not do: it judges nothing but shape; the acts do.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.core.custody.inventory import CARE, HOWS
from fullfile.server.web.acting import OfficeForm

__all__ = ["CloseForm", "DiffersForm", "SetUpForm", "SettleForm", "ShelfCloseForm", "UndoForm"]


class SetUpForm(OfficeForm):
    """Where, what, from which seed."""

    where = forms.CharField(
        label=_("Where?"),
        help_text=_(
            "Shelves or rooms, one a line: “C-14”, or “Room 1” for all in it. Empty: everywhere."
        ),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    what = forms.ChoiceField(
        label=_("What?"),
        choices=(
            ("all", _("everything there")),
            ("sample", _("a random sample, and all of what is ticked below")),
        ),
        initial="all",
        widget=forms.RadioSelect,
    )
    percent = forms.IntegerField(
        label=_("Of a sample: how many in a hundred"), initial=10, min_value=1, max_value=100
    )
    care = forms.MultipleChoiceField(
        label=_("Of a sample: all of these beside"),
        choices=((CARE[0], _("money")), (CARE[1], _("drugs")), (CARE[2], _("firearms"))),
        initial=list(CARE),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seed = forms.CharField(
        label=_("Seed"),
        help_text=_(
            "Empty: one is drawn now and printed. The same seed draws the same items again, for whoever checks."
        ),
        required=False,
        max_length=64,
    )
    blind = forms.BooleanField(label=_("Do not show the counters what to expect"), required=False)
    fields_of_codes: ClassVar[dict[str, str]] = {
        "shelf_unknown": "where",
        "nothing_there": "where",
        "what_unknown": "what",
        "percent": "percent",
        "care_unknown": "care",
    }

    @property
    def places(self) -> list[str]:
        """The shelves and rooms, a name each."""
        return [line.strip() for line in self.cleaned_data["where"].splitlines() if line.strip()]


class DiffersForm(OfficeForm):
    """What of a thing is not as the record says."""

    seal = forms.CharField(
        label=_("Seal number, as you read it off"), required=False, max_length=100
    )
    seal_intact = forms.ChoiceField(
        label=_("The seal is"),
        choices=(("", _("not looked at")), ("yes", _("unbroken")), ("no", _("damaged"))),
        required=False,
        widget=forms.RadioSelect,
    )
    quantity = forms.CharField(label=_("How many are there?"), required=False, max_length=100)
    package = forms.CharField(
        label=_("What is wrong with the package?"), required=False, max_length=1_000
    )

    def clean_seal_intact(self) -> bool | None:
        """None where nobody said it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["seal_intact"])

    def clean(self) -> dict[str, Any]:
        """Something of the four is said."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        names = ("seal", "quantity", "package")
        if not any(said.get(name) for name in names) and said.get("seal_intact") is None:
            self.add_error(None, _("Say what differs: seal, number or package."))
        return said


class SettleForm(OfficeForm):
    """What became of a discrepancy."""

    how = forms.ChoiceField(label=_("What was done?"), required=False, widget=forms.RadioSelect)
    tag = forms.CharField(
        label=_("Its tag now, where it was booked"), required=False, max_length=100
    )
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked = ("reason",)
    fields_of_codes: ClassVar[dict[str, str]] = {
        "how_unknown": "how",
        "still_missing": "how",
        "not_booked": "tag",
        "reason_missing": "reason",
    }

    def __init__(self, data: Any = None, *, kind: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["how"].choices = list(HOWS[kind].items())  # type: ignore[attr-defined]
        if kind != "unrecorded":
            del self.fields["tag"]


class ShelfCloseForm(OfficeForm):
    """A shelf is closed, as it was shown."""

    not_scanned = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class UndoForm(OfficeForm):
    """A scan was a mistake."""

    reason = forms.CharField(label=_("What was wrong?"), required=False, max_length=500)
    asked = ("reason",)
    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}


class CloseForm(OfficeForm):
    """An inventory ends, in two names."""

    second = forms.CharField(
        label=_("Who counted with you?"),
        help_text=_("Two persons sign an inventory (the office's policy)."),
        required=False,
        max_length=200,
    )
    asked = ("second",)
    fields_of_codes: ClassVar[dict[str, str]] = {"second_missing": "second"}
