"""Forms of the portal: shape only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm

__all__ = ["AskForm", "CheckForm", "DisputeForm", "FaultForm", "SignForm"]


def _words(label: Any, hint: Any = "") -> forms.CharField:  # lazy translations
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 5}), max_length=4_000
    )


class CheckForm(forms.Form):
    """Two small files of a package: what it names, and the signature over that."""

    use_required_attribute = False

    manifest = forms.FileField(
        label=_("manifest-sha256.txt of the package"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )
    note = forms.FileField(
        label=_("manifest-sha256.note of the package"),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class SignForm(OfficeForm):
    """The receipt of a production."""

    fields_of_codes: ClassVar[dict[str, str]] = {}


class DisputeForm(OfficeForm):
    """What is not as the list, or the announcement, says."""

    item = forms.ChoiceField(label=_("About which item?"), required=False)
    what = _words(_("What is wrong?"), _("The State reads this. It is answered, and both stand."))

    fields_of_codes: ClassVar[dict[str, str]] = {"what_missing": "what"}

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = list(items)
        if not items:
            del self.fields["item"]
            return
        choices: list[tuple[str, Any]] = [("", _("All of it"))]
        choices += [
            (str(place), f"{agency} {tag}") for place, (agency, tag) in enumerate(self.items)
        ]
        self.fields["item"].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def chosen(self) -> tuple[str, str] | None:
        """The item that it is about; None: all of it."""
        said = self.cleaned_data.get("item", "")
        return self.items[int(said)] if said else None


class FaultForm(OfficeForm):
    """What cannot be opened."""

    what = _words(_("What cannot be opened?"))

    fields_of_codes: ClassVar[dict[str, str]] = {"what_missing": "what"}


class AskForm(OfficeForm):
    """What is asked for."""

    asks_for = _words(
        _("What do you ask for?"),
        _(
            "In your own words. It is held against every item of the case, also against what comes later."
        ),
    )
    keywords = forms.CharField(
        label=_("Words to look for"),
        help_text=_("Separated by commas: they find items whose descriptions name them."),
        max_length=1_000,
        required=False,
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"asks_for": "asks_for"}
