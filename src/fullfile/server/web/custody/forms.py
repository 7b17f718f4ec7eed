"""The forms of acts on one item: filled with me, now, here; what is not needed is folded away.

Each says which fields stand open (`first`) and which are folded (`folded`), and where the reasons of a
refusal belong.

What this does not do: it judges nothing but shape; the acts do.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.core.custody.hand import Hand
from fullfile.server.web.acting import OfficeForm
from fullfile.server.web.custody.scanned import shelf_in

__all__ = [
    "ActForm",
    "CheckInForm",
    "CheckOutForm",
    "DestroyForm",
    "ExamineForm",
    "FoundForm",
    "MentionForm",
    "MissingForm",
    "MoveForm",
    "ReleaseForm",
    "SealForm",
    "TransferForm",
]

_INTACT = (("", _("not looked at")), ("yes", _("unbroken")), ("no", _("damaged")))
_LONG = forms.Textarea(attrs={"rows": 3})
SHELF_CODES = {"place_missing": "place", "there_already": "place"}


def _scan(**more: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={"data-scan-wanted": "", "autocomplete": "off", "autocapitalize": "none"} | more
    )


class ActForm(OfficeForm):
    """What every act says beside its own: who did it, when."""

    by = forms.CharField(label=_("Done by"), max_length=200)
    occurred_at = forms.CharField(
        label=_("When it was done"),
        help_text=_("Leave it empty for now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    asked: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[tuple[str, ...]] = ()
    folded: ClassVar[tuple[str, ...]] = ("by", "occurred_at")
    fields_of_codes: ClassVar[dict[str, str]] = {
        "anonymous": "by",
        "date_future": "occurred_at",
        "date_before": "occurred_at",
        "date_unreadable": "occurred_at",
        "recipient_missing": "to",
        "has_it": "to",
        "purpose_missing": "reason",
        "reason_missing": "reason",
        "examination_missing": "reason",
        "seal_missing": "seal",
        "seal_differs": "seal",
        "due_before_out": "due_back",
        **SHELF_CODES,
    }

    def __init__(self, data: Any = None, *, hand: Hand, me: str, **more: Any) -> None:
        super().__init__(data, initial={"by": me} | more.pop("initial", {}), **more)
        self.hand = hand
        # Nothing is on it by the record: read off only where there is something to read.
        self._aside = () if hand.seal else ("seal", "seal_intact")
        if "seal" in self.fields and not hand.seal:
            self.fields["seal"].help_text = _("No seal is on record. Is one on it all the same?")

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [self[name] for name in self.first if name not in self._aside]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        aside = [name for name in self.first if name in self._aside]
        return [self[name] for name in (*aside, *self.folded)]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field has something wrong, so that it must be seen."""
        return any(one.name in self.errors for one in self.folded_fields)

    def clean_place(self) -> str:
        """A scanned shelf by its name."""
        said = self.cleaned_data.get("place", "")
        return shelf_in(said, self.hand.agency) if said else ""


class SealedForm(ActForm):
    """An act that reads the seal off."""

    seal = forms.CharField(
        label=_("Seal number, as you read it off the package"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seal_intact = forms.ChoiceField(
        label=_("The seal is"), choices=_INTACT, required=False, widget=forms.RadioSelect
    )

    def clean_seal_intact(self) -> bool | None:
        """None where nobody said it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["seal_intact"])


class CheckOutForm(SealedForm):
    """Sign an item out."""

    to = forms.CharField(label=_("Who takes it?"), max_length=200)
    reason = forms.CharField(
        label=_("What for?"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"list": "purposes"}),
    )
    due_back = forms.CharField(
        label=_("Back by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    accepted_by = forms.CharField(
        label=_("Taken over by, if somebody else signs for it"), required=False, max_length=200
    )
    asked = ("reason",)
    first = ("to", "reason", "due_back", "seal", "seal_intact")
    folded = ("accepted_by", "by", "occurred_at")


class CheckInForm(SealedForm):
    """Take an item back."""

    place = forms.CharField(
        label=_("Which shelf does it go to?"),
        help_text=_("Scan the shelf, or type its name. Empty: still to be shelved."),
        required=False,
        max_length=200,
        widget=_scan(),
    )
    giver = forms.CharField(label=_("Who brings it back?"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("What there is to say"), required=False, max_length=2_000, widget=_LONG
    )
    accepted_by = forms.CharField(
        label=_("Taken back by, if not by you"), required=False, max_length=200
    )
    first = ("place", "giver", "seal", "seal_intact")
    folded = ("reason", "accepted_by", "by", "occurred_at")


class TransferForm(SealedForm):
    """Hand an item over."""

    to = forms.CharField(label=_("Who has it from now on?"), max_length=200, required=False)
    reason = forms.CharField(label=_("Why?"), required=False, max_length=2_000, widget=_LONG)
    place = forms.CharField(label=_("Where is it then?"), required=False, max_length=200)
    accepted_by = forms.CharField(
        label=_("Taken over by, if somebody signs for it here"), required=False, max_length=200
    )
    asked = ("to",)
    first = ("to", "reason", "seal", "seal_intact")
    folded = ("place", "accepted_by", "by", "occurred_at")


class MoveForm(SealedForm):
    """Put an item on a shelf."""

    place = forms.CharField(
        label=_("Which shelf does it go to?"),
        help_text=_("Scan the shelf, or type its name."),
        required=False,
        max_length=200,
        widget=_scan(),
    )
    reason = forms.CharField(
        label=_("What there is to say"), required=False, max_length=2_000, widget=_LONG
    )
    asked = ("place",)
    first = ("place",)
    folded = ("seal", "seal_intact", "reason", "by", "occurred_at")


class SealForm(ActForm):
    """Take a seal off, put one on."""

    old = forms.CharField(
        label=_("Old seal, as you read it off"),
        help_text=_("Empty: it had none."),
        required=False,
        max_length=100,
    )
    seal_intact = forms.ChoiceField(
        label=_("The old seal was"), choices=_INTACT, required=False, widget=forms.RadioSelect
    )
    new = forms.CharField(
        label=_("New seal"), help_text=_("Empty: it stays open."), required=False, max_length=100
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=2_000, widget=_LONG)
    asked = ("reason",)
    first = ("old", "seal_intact", "new", "reason")
    fields_of_codes: ClassVar[dict[str, str]] = ActForm.fields_of_codes | {
        "seal_missing": "new",
        "seal_same": "new",
        "old_seal_missing": "old",
    }

    def clean_seal_intact(self) -> bool | None:
        """None where nobody said it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["seal_intact"])


class OrderForm(ActForm):
    """An act that an order of a court may allow."""

    authority = forms.CharField(label=_("Court of the order"), required=False, max_length=200)
    order = forms.CharField(label=_("The order, or its number"), required=False, max_length=500)
    order_on = forms.CharField(
        label=_("Date of the order"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    fields_of_codes: ClassVar[dict[str, str]] = ActForm.fields_of_codes | {
        "order_incomplete": "order",
        "order_names_another": "order",
    }


class ExamineForm(OrderForm, SealedForm):
    """Say what somebody examined, and what the test used up."""

    reason = forms.CharField(
        label=_("What was done and looked for?"), required=False, max_length=4_000, widget=_LONG
    )
    consumed = forms.CharField(
        label=_("How much was used up"),
        help_text=_("Empty: nothing."),
        required=False,
        max_length=100,
    )
    all_consumed = forms.BooleanField(label=_("All of it was used up"), required=False)
    approved_by = forms.CharField(
        label=_("Who approved that something was used up"), required=False, max_length=200
    )
    asked = ("reason",)
    first = ("reason", "seal", "seal_intact")
    folded = (
        *("consumed", "all_consumed", "approved_by", "authority", "order", "order_on"),
        *("by", "occurred_at"),
    )
    fields_of_codes: ClassVar[dict[str, str]] = OrderForm.fields_of_codes | {
        "quantity": "consumed",
        "approval_missing": "approved_by",
        "approval_same": "approved_by",
        "approval_booker": "approved_by",
    }


class MissingForm(ActForm):
    """It was looked for and not found."""

    reason = forms.CharField(
        label=_("Where and how was it looked for?"), required=False, max_length=2_000, widget=_LONG
    )
    asked = ("reason",)
    first = ("reason",)


class FoundForm(SealedForm):
    """What was missing is there again."""

    reason = forms.CharField(
        label=_("Where and how was it found?"), required=False, max_length=2_000, widget=_LONG
    )
    place = forms.CharField(
        label=_("Which shelf does it go to?"),
        help_text=_("Scan the shelf, or type its name."),
        required=False,
        max_length=200,
        widget=_scan(),
    )
    asked = ("reason",)
    first = ("reason", "place", "seal", "seal_intact")


class ReleaseForm(OrderForm):
    """Ask that an item is given back."""

    to = forms.CharField(label=_("To whom does it go?"), required=False, max_length=200)
    reason = forms.CharField(label=_("Why?"), required=False, max_length=2_000, widget=_LONG)
    asked = ("to", "reason")
    first = ("to", "reason")
    folded = ("authority", "order", "order_on")


class DestroyForm(OrderForm):
    """Ask that an item is destroyed."""

    reason = forms.CharField(label=_("Why?"), required=False, max_length=2_000, widget=_LONG)
    asked = ("reason",)
    first = ("reason",)
    folded = ("authority", "order", "order_on")


class MentionForm(ActForm):
    """A report names a thing that was taken."""

    report_number = forms.CharField(label=_("Number of the report"), max_length=100)
    description = forms.CharField(
        label=_("What does the report say was taken?"), max_length=2_000, widget=_LONG
    )
    quantity = forms.CharField(label=_("How many?"), required=False, max_length=100)
    document = forms.CharField(label=_("Which document says so?"), required=False, max_length=300)
    first = ("report_number", "description", "quantity", "document")
    folded = ("by", "occurred_at")
