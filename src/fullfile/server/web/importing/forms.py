"""The forms of an import: the file, its columns, the commit. Shape only."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from fullfile.core.entries import TABLES
from fullfile.engines.importers import ROW_ID, Chosen
from fullfile.server.web.acting import OfficeForm

__all__ = ["TABLE_WORDS", "ColumnsForm", "CommitForm", "DropForm", "UploadForm"]

TABLE_WORDS = {
    "agencies": _("Agencies"),
    "cases": _("Cases"),
    "parties": _("Parties: defendants, witnesses, officers"),
    "status": _("What became of a defendant in a case"),
    "counts": _("Counts charged"),
    "items": _("Items: what is held"),
    "custody": _("Custody: what happened to items"),
    "docket": _("Docket"),
    "determinations": _("Determinations"),
    "knowledge": _("Who knew of what"),
    "mentions": _("What reports say was taken"),
    "requests": _("Requests of the defence"),
    "links": _("Decisions on suggestions"),
    "filings": _("Filings: what is on the prosecution's file"),
    "withholdings": _("Withholdings"),
    "disclosures": _("Disclosures: what a defendant was given"),
    "answers": _("Answers of agencies"),
    "holds": _("Holds"),
}
_DATES = (
    ("iso", _("2024-03-06 (year first)")),
    ("month", _("03/06/2024 (month first)")),
    ("day", _("06/03/2024 or 06.03.2024 (day first)")),
    ("words", _("6-Mar-2024, Mar 6, 2024 (the month as a word)")),
)
_KEPT = _("keep as it is")


class UploadForm(OfficeForm):
    """A file, the system it comes from, and what it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV, XLSX, Parquet or JSON lines, with the names of the columns on top."),
        required=False,
        max_length=300,
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Which system does it come from?"),
        help_text=_(
            "Always the same name for the same system: the next export of it is then compared with this one."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    table = forms.ChoiceField(
        label=_("What does it hold?"),
        required=False,
        choices=[("", _("Choose")), *((name, TABLE_WORDS[name]) for name in TABLES)],
    )
    fields_of_codes: ClassVar[dict[str, str]] = {
        "no_table": "file",
        "empty": "file",
        "encoding": "file",
    }
    asked = ("file", "source", "table")

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, in words that say what to do."""
        said = super().clean() or {}
        file: UploadedFile | None = said.get("file")
        if file is None and not self.errors.get("file"):
            self.add_error("file", forms.ValidationError(_("Choose a file."), code="required"))
        elif file is not None and not file.size:
            self.add_error(
                "file",
                forms.ValidationError(
                    _("The file is empty: export it again with its header row."), code="empty"
                ),
            )
        if not str(said.get("source", "")).strip():
            self.add_error(
                "source", forms.ValidationError(_("Name the system that it comes from."))
            )
        if not said.get("table"):
            self.add_error("table", forms.ValidationError(_("Say what it holds.")))
        return said


class ColumnsForm(OfficeForm):
    """Which of their columns is which of ours: one field for each of theirs, by its place."""

    dates = forms.ChoiceField(label=_("How are its dates written?"), choices=_DATES)
    complete = forms.BooleanField(
        label=_("The file holds every row that its system has"),
        help_text=_(
            "Rows that this system sent before and that are not in the file are then recorded as no longer sent. Nothing "
            "is removed."
        ),
        required=False,
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"dates": "dates"}

    def __init__(
        self, data: Any = None, *, chosen: list[Chosen], table: str, dates: str, **more: Any
    ) -> None:
        super().__init__(data, initial={"dates": dates} | more.pop("initial", {}), **more)
        wanted = TABLES[table]
        needed = {*wanted.required, *(one for group in wanted.one_of for one in group)}
        choices = [
            ("", _KEPT),
            *(
                (column.name, f"{column.name} *" if column.name in needed else column.name)
                for column in wanted.columns
            ),
            (ROW_ID, ROW_ID),
        ]
        self.theirs = [one.theirs for one in chosen]
        for place, one in enumerate(chosen):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=one.theirs,
                choices=choices,
                required=False,
                initial=one.ours,
                widget=forms.Select(attrs={"class": "usa-select"}),
            )

    def chosen(self) -> dict[str, str]:
        """Theirs to ours."""
        return {
            theirs: self.cleaned_data.get(f"c{place}", "")
            for place, theirs in enumerate(self.theirs)
        }


class CommitForm(OfficeForm):
    """Take it in; `leave_out`: so many rows with problems are left out, as the button said."""

    leave_out = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class DropForm(OfficeForm):
    """Give a file up."""
