"""What is asked before a case is opened, and before items go on its file: shape only.

What this does not do: it judges nothing; the actions do, with every reason.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.actions.docket import NewDefendant
from fullfile.server.web.acting import OfficeForm

__all__ = ["FileForm", "OpenCaseForm"]


class OpenCaseForm(OfficeForm):
    """A case as somebody opens it. What is not known is left out, and is unknown, never none."""

    number = forms.CharField(label=_("Case number"), max_length=200)
    jurisdiction = forms.ChoiceField(
        label=_("Jurisdiction"),
        help_text=_(
            "Its disclosure law decides the dates. Without a pack the office's target is used."
        ),
    )
    title = forms.CharField(label=_("What is it called?"), max_length=400, required=False)
    court = forms.CharField(label=_("Court"), max_length=200, required=False)
    court_level = forms.CharField(
        label=_("Kind of court"),
        max_length=60,
        required=False,
        help_text=_("A word of the pack, for example district."),
    )
    opened_on = forms.CharField(
        label=_("Opened on"),
        max_length=40,
        required=False,
        help_text=_("A day like 2024-01-19. A month or a year alone is taken as it is said."),
    )
    defendants = forms.CharField(
        label=_("Defendants"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
        help_text=_(
            "One in each line. Nobody yet? Leave it empty: nobody can be served until one is named."
        ),
    )
    report_numbers = forms.CharField(
        label=_("Report numbers of what it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
        help_text=_("One in each line, with the agency first: Sheriff: 24-001122"),
    )
    agencies = forms.CharField(
        label=_("Other agencies that may hold something"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=10_000,
        required=False,
        help_text=_("One in each line. Each is asked what it holds."),
    )

    fields_of_codes = {  # noqa: RUF012 - as OfficeForm declares it
        "case_exists": "number",
        "case_known": "number",
    }

    def __init__(self, data: Any = None, *, packs: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["jurisdiction"].choices = [("", _("Choose one")), *packs]  # type: ignore[attr-defined]

    def clean_report_numbers(self) -> list[str]:
        """Each as `AGENCY:NUMBER`."""
        found = []
        for line in _lines(self.cleaned_data["report_numbers"]):
            agency, colon, number = line.partition(":")
            if not colon or not agency.strip() or not number.strip():
                raise forms.ValidationError(
                    _(
                        "“%(line)s” does not say whose number it is: write the agency, a colon, the number."
                    ),
                    params={"line": line[:80]},
                )
            found.append(f"{agency.strip()}:{number.strip()}")
        return found

    @property
    def named_defendants(self) -> list[NewDefendant]:
        """The defendants."""
        return [NewDefendant(name=one) for one in _lines(self.cleaned_data["defendants"])]

    @property
    def asked_agencies(self) -> list[str]:
        """The agencies."""
        return _lines(self.cleaned_data["agencies"])


class FileForm(OfficeForm):
    """Which items go on the file, and who puts them there."""

    items = forms.MultipleChoiceField(
        label=_("Items"), widget=forms.CheckboxSelectMultiple, required=False
    )
    filed_at = forms.CharField(
        label=_("When"),
        max_length=40,
        required=False,
        help_text=_("Empty: now. A day like 2024-01-25 where they were put there earlier."),
    )
    with_contents = forms.BooleanField(
        label=_("What lies inside of them goes with them"), required=False
    )

    fields_of_codes = {"changed_since": "items", "items_missing": "items"}  # noqa: RUF012

    def __init__(self, data: Any = None, *, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, initial={"items": [value for value, _words in choices]}, **more)
        self.fields["items"].choices = choices  # type: ignore[attr-defined]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
