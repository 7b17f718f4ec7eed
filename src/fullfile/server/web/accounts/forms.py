"""Forms of accounts: shape only; the actions judge."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.server.accounts.policy import Role
from fullfile.server.accounts.tokens import LONGEST_DAYS
from fullfile.server.accounts.words import RIGHT_WORDS
from fullfile.server.actions.granting import Wish
from fullfile.server.web.acting import OfficeForm
from fullfile.server.web.said_below import role_name

__all__ = ["InviteForm", "ReasonForm", "ReviewForm", "TokenForm", "WishForm"]

_LONG = 1_000


def _reason(label: Any = None, *, required: bool = True) -> forms.CharField:  # a lazy translation
    return forms.CharField(
        label=label or _("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=_LONG,
        required=required,
    )


class WishForm(OfficeForm):
    """The role that somebody shall have."""

    account = forms.CharField(
        label=_("The name to sign in with"),
        help_text=_("Letters, digits or signs, without spaces. It is never given to anybody else."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("The person's name"),
        help_text=_("As it shall stand beside their acts."),
        max_length=200,
    )
    works_for = forms.CharField(
        label=_("Agency, firm or court"),
        help_text=_("As it is on record: a custodian sees the items of this agency."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail address for notices"),
        help_text=_("A notice says only that something waits, never what."),
        required=False,
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=lambda: [(role.value, role_name(role)) for role in Role]
    )
    cases = forms.CharField(
        label=_("Only for these cases"),
        help_text=_("One case number a line. Empty: all that the role may see."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )
    clients = forms.CharField(
        label=_("Clients, of defence counsel"),
        help_text=_("One a line: case number, comma, the defendant's name as recorded."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
    )
    ends_on = forms.DateField(
        label=_("The last day"),
        help_text=_("Empty: until it is ended, or was not used for 90 days."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    reason = _reason(_("Why does this person need it?"))

    fields_of_codes: ClassVar[dict[str, str]] = {
        "own_role": "reason",
        **{name: name for name in ("account", "name", "role", "cases", "clients", "ends_on")},
    }

    def __init__(self, *args: Any, fixed: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fixed = fixed
        if fixed:  # the name of an account does not change
            del self.fields["account"]

    def clean_clients(self) -> list[tuple[str, str]]:
        """Each line: a case and a defendant."""
        found = []
        for line in self.cleaned_data["clients"].splitlines():
            if not line.strip():
                continue
            number, comma, name = line.partition(",")
            if not comma or not number.strip() or not name.strip():
                raise forms.ValidationError(
                    _now("“%(line)s” is not a case number, a comma and a name.")
                    % {"line": line.strip()[:80]}
                )
            found.append((number.strip(), name.strip()))
        return found

    def clean_cases(self) -> list[str] | None:
        """Each line: a case number; none: all."""
        found = [line.strip() for line in self.cleaned_data["cases"].splitlines() if line.strip()]
        return found or None

    def wish(self) -> Wish:
        """What was asked for."""
        said = self.cleaned_data
        return Wish(
            account=self.fixed or said["account"],
            name=said["name"],
            works_for=said["works_for"],
            role=said["role"],
            cases=said["cases"],
            clients=said["clients"],
            ends_on=said["ends_on"],
            email=said["email"],
        )


class ReasonForm(OfficeForm):
    """Why something is done."""

    reason = _reason()


class InviteForm(OfficeForm):
    """A new link to set a password."""

    reason = _reason(_("Why is a link needed?"))


class ReviewForm(OfficeForm):
    """Is the access still needed?"""

    finding = forms.ChoiceField(
        label=_("Does this person still need this access?"),
        choices=[("kept", _("Yes, it is kept")), ("to be ended", _("No, it is to be ended"))],
        widget=forms.RadioSelect,
    )
    reason = _reason(_("From what do you know?"), required=False)


class TokenForm(OfficeForm):
    """A key for the API."""

    label = forms.CharField(label=_("What is it for?"), max_length=120)
    days = forms.IntegerField(
        label=_("For how many days?"), min_value=1, max_value=LONGEST_DAYS, initial=90
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, scopes: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        words = {right.value: said for right, said in RIGHT_WORDS.items()}
        choices = [(one, words[one]) for one in scopes if one in words]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]  # a field of choices
