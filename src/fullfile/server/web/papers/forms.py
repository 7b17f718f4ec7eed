"""What is asked for a production, its service and receipt, a withholding, a schedule: shape only.

What this does not do: it judges nothing; the actions do, with every reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm
from fullfile.server.web.papers.words import EXTENT_WORDS, LAYOUT_WORDS, WAY_WORDS

__all__ = [
    "AnnounceForm",
    "CloseForm",
    "DraftForm",
    "EndForm",
    "FaultForm",
    "IssueForm",
    "ItemForm",
    "OutForm",
    "ReceiptForm",
    "ServeForm",
    "WithholdForm",
]

Choices = Sequence[tuple[str, Any]]
_DAY = _("Empty: now. A day like 2024-01-25 where it was earlier.")


def _when(label: Any, help_text: Any = _DAY) -> forms.CharField:
    return forms.CharField(label=label, max_length=60, required=False, help_text=help_text)


def _long(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4_000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DraftForm(OfficeForm):
    """For whom a production is drafted; of which items, where some were chosen on the board."""

    defendants = forms.MultipleChoiceField(
        label=_("For which defendants?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    items = forms.MultipleChoiceField(
        label=_("Which items?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("All are ticked. Take the tick off whatever does not go."),
    )

    asked: ClassVar[tuple[str, ...]] = ("items",)
    fields_of_codes: ClassVar[dict[str, str]] = {
        "defendant_missing": "defendants",
        "nothing_owed": "defendants",
    }

    def __init__(
        self, data: Any = None, *, defendants: Choices, items: Choices, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["defendants"].choices = defendants  # type: ignore[attr-defined]
        if items:
            self.fields["items"].choices = items  # type: ignore[attr-defined]
            self.fields["items"].required = True
            self.fields["items"].error_messages["required"] = _("Tick at least one.")
            self.fields["items"].initial = [value for value, _words in items]
        else:
            del self.fields["items"]


class ItemForm(OfficeForm):
    """In which form an item goes, and to whom of a production for several."""

    extent = forms.ChoiceField(
        label=_("How does it go?"),
        choices=list(EXTENT_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    what = forms.CharField(
        label=_("What of it goes?"),
        max_length=300,
        required=False,
        help_text=_(
            "Only where that is less than the whole. It will show as Partial unless the rest is withheld on a ground."
        ),
    )
    to = forms.MultipleChoiceField(
        label=_("To whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    fields_of_codes: ClassVar[dict[str, str]] = {
        "what_missing": "what",
        "extent_unknown": "extent",
        "not_for_them": "to",
    }

    def __init__(self, data: Any = None, *, defendants: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        if len(defendants) > 1:
            self.fields["to"].choices = defendants  # type: ignore[attr-defined]
        else:
            del self.fields["to"]


class OutForm(OfficeForm):
    """Why an item is left out of a production."""

    reason = _long(
        _("Why is it left out?"),
        _("It stays owed, and the list that goes with the production says so."),
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}


class CloseForm(OfficeForm):
    """A production is numbered and closed: nothing to fill in."""


class ServeForm(OfficeForm):
    """How, when and on whom a production is served: on counsel of each defendant."""

    way = forms.ChoiceField(
        label=_("How is it served?"),
        choices=list(WAY_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    served_at = _when(_("When"))

    fields_of_codes: ClassVar[dict[str, str]] = {"way_unknown": "way", "ahead": "served_at"}

    def __init__(
        self, data: Any = None, *, people: Iterable[tuple[int, str, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.places: dict[str, str] = {}
        for which, name, counsel in people:
            field = f"on_{which}"
            self.places[field] = name
            self.fields[field] = forms.CharField(
                label=_now("On whom, for %(name)s?") % {"name": name},
                initial=counsel,
                max_length=200,
                help_text=_now("Counsel as recorded.")
                if counsel
                else _now("No counsel is on record: say on whom."),
                error_messages={
                    "required": _now("Say on whom it is served for %(name)s.") % {"name": name}
                },
            )

    @property
    def served_on(self) -> dict[str, str]:
        """By defendant, on whom."""
        return {name: self.cleaned_data[field] for field, name in self.places.items()}

    @property
    def people(self) -> list[forms.BoundField]:
        """The fields of the defendants, for the template."""
        return [self[field] for field in self.places]


class ReceiptForm(OfficeForm):
    """A receipt that the State has: it is claimed; counsel's own is signed in the portal."""

    defendant = forms.ChoiceField(label=_("For which defendant?"), widget=forms.RadioSelect)
    by = forms.CharField(label=_("Who received it?"), max_length=200)
    at = _when(_("When"))

    fields_of_codes: ClassVar[dict[str, str]] = {"name_missing": "by", "ahead": "at"}

    def __init__(self, data: Any = None, *, defendants: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["defendant"].choices = defendants  # type: ignore[attr-defined]
        if len(defendants) == 1:
            self.fields["defendant"].initial = defendants[0][0]


class FaultForm(ReceiptForm):
    """What counsel cannot open; the service stands."""

    by = forms.CharField(label=_("Who told you?"), max_length=200)
    at = None  # type: ignore[assignment]  # it is recorded as told now
    what = _long(_("What cannot be opened?"))

    fields_of_codes: ClassVar[dict[str, str]] = {"name_missing": "by", "what_missing": "what"}


class WithholdForm(OfficeForm):
    """An item held back, from whom, on what ground of the pack."""

    item = forms.CharField(
        label=_("Which item?"),
        max_length=400,
        help_text=_(
            "Scan its label, or type its tag, with the agency before it where two share a tag."
        ),
        widget=forms.TextInput(attrs={"data-scan-wanted": "", "autocomplete": "off"}),
    )
    defendant = forms.ChoiceField(label=_("From whom?"), required=False)
    ground = forms.ChoiceField(
        label=_("On what ground?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    withheld_at = _when(_("Since when"))
    order = forms.CharField(label=_("Order of the court"), max_length=400, required=False)
    order_on = _when(_("Day of the order"), _("A day like 2024-02-12."))
    announced_at = _when(
        _("When was it announced?"),
        _("Empty: not yet. The words in which it is announced are recorded on its own page."),
    )
    sealed = forms.BooleanField(
        label=_(
            "It was put before the court under seal: its ground is shown to nobody who may not see it"
        ),
        required=False,
    )
    until = _when(_("Until when"), _("Empty: no end is known. It can be ended later."))

    asked: ClassVar[tuple[str, ...]] = ("defendant",)
    fields_of_codes: ClassVar[dict[str, str]] = {
        "ground_unknown": "ground",
        "pack_unknown": "ground",
        "order_missing": "order",
        "order_incomplete": "order_on",
        "announcement_missing": "announced_at",
        "until": "until",
    }

    def __init__(
        self, data: Any = None, *, defendants: Choices, grounds: Choices, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["defendant"].choices = [("", _now("all defendants")), *defendants]  # type: ignore[attr-defined]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]


class AnnounceForm(OfficeForm):
    """The very words in which the defence is told."""

    words = _long(
        _("Announced as"),
        _(
            "The very words that counsel reads in the portal and with every production. Nothing else of it is shown."
        ),
    )
    announced_at = _when(_("When was it announced?"))

    fields_of_codes: ClassVar[dict[str, str]] = {
        "words_missing": "words",
        "announced_already": "announced_at",
    }


class EndForm(OfficeForm):
    """When a withholding ends."""

    until = _when(_("From when is it held back no longer?"))
    fields_of_codes: ClassVar[dict[str, str]] = {"until": "until"}


class IssueForm(OfficeForm):
    """A schedule is issued, in a layout that the pack knows."""

    layout = forms.ChoiceField(label=_("Which list?"))

    def __init__(self, data: Any = None, *, layouts: Sequence[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["layout"].choices = [(one, LAYOUT_WORDS[one]) for one in layouts]  # type: ignore[attr-defined]
        if len(layouts) == 1:
            self.fields["layout"].widget = forms.HiddenInput()
