"""Wrong codes of the second step count to the lock, as wrong passwords do (CJIS AC-7, IA-5(1)(d)).

The sign-in library asks these forms instead of its own. A locked account is refused before its code is looked at,
also in a sign-in whose first step was right before the lock.

The names of their fields are in our words. What this does not do: it does not look at codes and keys; the library
does, and accepts each code once.
"""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fullfile.server.accounts.adapters import count_failure, locked_words
from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import Account

__all__ = ["AddApp", "AddPasskey", "Code", "CodeAgain", "Passkey", "PasskeyAgain", "RenamePasskey"]


def _check_open(user: Account) -> None:
    if Account.objects.filter(pk=user.pk, locked_at__isnull=False).exists():
        note(context.request, "second_step", "locked", account=user.username)
        raise ValidationError(locked_words())


def _count(user: Account) -> None:
    account = Account.objects.get(pk=user.pk)
    locked = count_failure(account)
    note(context.request, "second_step", "refused", account=account.username)
    if locked:
        raise ValidationError(locked_words())


class _Counted(forms.Form):
    """The code of an app, or a recovery code."""

    user: Account

    def clean_code(self) -> str:
        """Locked is refused; wrong is counted."""
        _check_open(self.user)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the library's form beside this one
        except ValidationError:
            _count(self.user)
            raise
        return code


class _CountedPasskey(forms.Form):
    """A passkey: it cannot be guessed, but a locked account stays locked."""

    user: Account | None

    def clean_credential(self) -> Any:  # what the browser sent
        """Locked is refused; wrong is counted."""
        if self.user is not None:
            _check_open(self.user)
        try:
            return super().clean_credential()  # type: ignore[misc]  # the library's form beside this one
        except ValidationError:
            if self.user is not None:
                _count(self.user)
            raise


class Code(_Counted, AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """At sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))


class CodeAgain(_Counted, ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """Confirm that it is you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))


class Passkey(_CountedPasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """At sign-in."""


class PasskeyAgain(_CountedPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Confirm that it is you."""


class AddApp(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """An app, proven by its first code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("The 6 digits that the app shows"))


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A passkey, by a name that its owner knows it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            name=_("What do you call it?"),
            passwordless=_("It alone is enough to sign in, without name and password"),
        )
        self.fields["name"].help_text = _("As “my telephone” or “the key on my ring”.")
        self.fields["passwordless"].help_text = _(
            "It then asks for your finger, your face or its PIN each time."
        )


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("What do you call it?"))


def _plain(form: forms.Form, **labels: Any) -> None:
    """Our words above fields, none inside them."""
    for name, words in labels.items():
        form.fields[name].label = words
        form.fields[name].widget.attrs.pop("placeholder", None)
