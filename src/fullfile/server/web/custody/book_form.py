"""The form of booking: what came in, from whom, where it goes. What is not known is a choice, never a blank.

What this does not do: it asks for no case, and judges nothing but shape (`core.custody.booking` does).
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.custody.booking import Booking
from fullfile.server.web.acting import OfficeForm
from fullfile.server.web.custody.scanned import shelf_in

__all__ = ["CATEGORIES", "ROLES", "BookForm", "kind_of"]

CATEGORIES = (
    ("", _("Choose")),
    ("ammunition", _("Ammunition")),
    ("biological", _("Biological")),
    ("clothing", _("Clothing")),
    ("document", _("Document")),
    ("drugs", _("Drugs")),
    ("firearm", _("Firearm")),
    ("jewellery", _("Jewellery")),
    ("money", _("Money")),
    ("phone or computer", _("Phone or computer")),
    ("photographs", _("Photographs")),
    ("recording", _("Recording")),
    ("test result", _("Test result")),
    ("tool", _("Tool")),
    ("vehicle part", _("Vehicle part")),
    ("weapon", _("Weapon, no firearm")),
    ("other", _("Something else")),
)
_KINDS = {
    "document": "document",
    "photographs": "data",
    "recording": "recording",
    "test result": "test_result",
}
ROLES = (
    ("giver", _("who handed it in")),
    ("finder", _("who found it")),
    ("owner", _("its owner")),
    ("witness", _("a witness")),
    ("suspect", _("a suspect")),
    ("victim", _("a victim")),
    ("officer", _("an officer")),
)


def kind_of(category: str) -> str:
    """The items table's kind of a category."""
    return _KINDS.get(category, "object")


class BookForm(OfficeForm):
    """One thing that came in."""

    description = forms.CharField(label=_("What is it?"), max_length=2_000, required=False)
    category = forms.ChoiceField(label=_("Kind"), choices=CATEGORIES, required=False)
    quantity = forms.CharField(label=_("How many?"), required=False, max_length=100)
    uncounted = forms.BooleanField(label=_("not counted"), required=False)
    brought_by = forms.CharField(
        label=_("Who brought it?"),
        help_text=_("Or leave it empty, and say where it was found."),
        required=False,
        max_length=200,
    )
    giver_role = forms.ChoiceField(label=_("as"), choices=ROLES, required=False)
    found_where = forms.CharField(label=_("Where was it found?"), required=False, max_length=500)
    giver_unknown = forms.BooleanField(label=_("neither is known"), required=False)
    when = forms.ChoiceField(
        label=_("When did you get it?"),
        choices=(
            ("today", _("today")),
            ("day", _("on the day below")),
            ("unknown", _("not known")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    hour = forms.TimeField(
        label=_("Time, if known"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    report_number = forms.CharField(label=_("Report number"), required=False, max_length=100)
    no_report = forms.BooleanField(label=_("none known"), required=False)
    place = forms.CharField(
        label=_("Where does it go?"),
        help_text=_("Scan a shelf, or type its name. Empty: still to be shelved."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"data-scan-wanted": "", "autocomplete": "off"}),
    )
    seal = forms.CharField(
        label=_("Seal number"), help_text=_("Empty: it has none."), required=False, max_length=100
    )
    counted_by_one = forms.CharField(label=_("Counted by"), required=False, max_length=200)
    counted_by_two = forms.CharField(label=_("and by"), required=False, max_length=200)
    unloaded_by = forms.CharField(label=_("Unloaded by"), required=False, max_length=200)
    unloaded_unknown = forms.BooleanField(
        label=_("not known: it goes to the shelf as loaded"), required=False
    )
    serial_number = forms.CharField(label=_("Serial number"), required=False, max_length=200)
    collected_by = forms.CharField(
        label=_("Who took it, if not you"), required=False, max_length=200
    )
    tag = forms.CharField(
        label=_("Tag, if it has one already"),
        help_text=_("Empty: the office gives the next one."),
        required=False,
        max_length=100,
    )
    box = forms.CharField(
        label=_("Tag of the box or bag that it lies in"), required=False, max_length=100
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    asked: ClassVar[tuple[str, ...]] = (
        *("description", "category", "quantity", "brought_by", "giver_role", "found_where"),
        *("day", "report_number", "place", "counted_by_one", "counted_by_two", "unloaded_by"),
        *("uncounted", "giver_unknown", "no_report"),
    )
    folded: ClassVar[tuple[str, ...]] = ("serial_number", "collected_by", "tag", "box", "notes")
    fields_of_codes: ClassVar[dict[str, str]] = {
        "description_missing": "description",
        "giver_unsaid": "brought_by",
        "giver_both": "brought_by",
        "collected_at_unsaid": "when",
        "collected_at_both": "when",
        "date_future": "day",
        "report_number_unsaid": "report_number",
        "report_number_both": "report_number",
        "quantity_unsaid": "quantity",
        "quantity_both": "quantity",
        "money_open": "counted_by_one",
        "money_counted_by": "counted_by_one",
        "unloaded_by_unsaid": "unloaded_by",
        "tag_taken": "tag",
        "tag_twice": "tag",
    }

    def __init__(self, data: Any = None, *, agency: str, today: date, **more: Any) -> None:
        super().__init__(data, **more)
        self.agency, self.today = agency, today

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether a folded field has something wrong or something in it, so that it must be seen."""
        return any(name in self.errors or self[name].value() for name in self.folded)

    def clean_place(self) -> str:
        """A scanned shelf by its name."""
        said = self.cleaned_data["place"]
        return shelf_in(said, self.agency) if said else ""

    def clean(self) -> dict[str, Any]:
        """A day belongs to “on the day below”, and the other way round."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("when") == "day" and not said.get("day") and "day" not in self.errors:
            self.add_error("day", _now("Say the day, or choose “not known”."))
        if said.get("when") in ("today", "unknown") and said.get("day"):
            self.add_error("when", _now("A day is said below: choose it, or empty it."))
        return said

    @property
    def booking(self) -> Booking:
        """The thing, as it is said."""
        said = self.cleaned_data
        unknown = {
            name
            for name, chosen in (
                ("giver", said["giver_unknown"]),
                ("collected_at", said["when"] == "unknown"),
                ("report_number", said["no_report"]),
                ("unloaded_by", said["unloaded_unknown"]),
            )
            if chosen
        }
        return Booking(
            description=said["description"],
            kind=kind_of(said["category"]),
            category="" if said["category"] == "other" else said["category"],
            quantity=said["quantity"],
            uncounted=said["uncounted"],
            brought_by=said["brought_by"],
            giver_role=said["giver_role"] if said["brought_by"] else "",
            found_where=said["found_where"],
            collected_at=self._collected(),
            collected_by=said["collected_by"],
            report_number=said["report_number"],
            not_known=frozenset(unknown),
            place=said["place"],
            seal=said["seal"],
            tag=said["tag"],
            counted_by=(said["counted_by_one"], said["counted_by_two"]),
            unloaded_by=said["unloaded_by"],
            serial_number=said["serial_number"],
            notes=said["notes"],
            box=said["box"],
        )

    def _collected(self) -> str:
        said = self.cleaned_data
        day = self.today if said["when"] == "today" else said["day"]
        if day is None:
            return ""
        return f"{day}T{said['hour']:%H:%M}" if said["hour"] else str(day)
