"""What somebody says about a suggestion."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from fullfile.server.web.acting import OfficeForm

__all__ = ["DecisionForm"]


class DecisionForm(OfficeForm):
    """Belongs, does not belong (and why not), or whom to ask what."""

    decision = forms.ChoiceField(
        choices=[
            ("accept", _("Belongs")),
            ("reject", _("Does not belong")),
            ("ask", _("Ask someone")),
        ],
        widget=forms.HiddenInput,
    )
    whom = forms.CharField(label=_("Whom do you ask?"), required=False, max_length=120)
    reason = forms.CharField(
        label=_("Why not? Or: what do you ask?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    def clean(self) -> dict[str, Any]:
        """A refusal says why, a question what and whom."""
        said: dict[str, Any] = super().clean() or {}
        decision, reason = said.get("decision"), (said.get("reason") or "").strip()
        if decision == "reject" and not reason:
            self.add_error("reason", _("Say why it does not belong to this case."))
        if decision == "ask" and not reason:
            self.add_error("reason", _("Say what you want to know."))
        if decision == "ask" and not (said.get("whom") or "").strip():
            self.add_error("whom", _("Say whom you ask."))
        return said

    @property
    def words(self) -> str:
        """The reason as it is recorded; of a question, with its addressee."""
        reason = str(self.cleaned_data["reason"]).strip()
        if self.cleaned_data["decision"] == "ask":
            return f"{self.cleaned_data['whom'].strip()}: {reason}"
        return reason
