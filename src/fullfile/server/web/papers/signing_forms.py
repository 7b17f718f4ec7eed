"""What is asked of whoever signs a certificate: what is stated, thing by thing, and that they have read it. Shape only.

What this does not do: it decides nothing; the record is asked again as it is signed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import Reason, Refused
from fullfile.core.papers import Refusal
from fullfile.core.papers.signing import Changed, grown
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import OfficeForm
from fullfile.server.web.in_words import in_words

__all__ = ["CertificateForm", "SecondForm", "field_of"]

_AS_TYPED = re.compile(r" \(--except “(?P<key>.*?)=…”\)")
"""How a refusal says what is to be typed, for whoever types commands."""


def _tick(label: Any, error: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": error})


def field_of(refusal_key: str) -> str:
    """The field in which one thing is stated: a name that says nothing in an address or a log."""
    return f"state_{hashlib.sha256(refusal_key.encode()).hexdigest()[:12]}"


class _Read(OfficeForm):
    """What whoever signs says of their reading; a record that has grown is read again."""

    def refuse(self, error: Refused) -> None:
        """Every reason; where the record has grown, the page shows it as it is now, and that is what is signed next."""
        super().refuse(error)
        if any(reason.code == "grown" for reason in error.reasons):
            self.seen_now()

    def seen_now(self) -> None:
        """The page shows the record as it is now; so that is what the next signature is for."""
        self.data = {**dict(self.data.items()), "seen": get_head().size}


class CertificateForm(_Read):
    """What is stated in a certificate, one field for each thing that stands in the way, and the two promises."""

    read = _tick(_("I have read the list"), _("Read the list, and say so."))
    inquiries = _tick(
        _("I made reasonable inquiries"), _("Say that you made reasonable inquiries.")
    )

    def __init__(
        self, data: Any = None, *, refusals: Sequence[Refusal], lines: int, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.refusals = tuple(refusals)
        for one in refusals:
            self.fields[field_of(one.key)] = forms.CharField(
                label=_now("say why") if one.code == "late" else _now("or state it"),
                required=False,
                max_length=4_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[field_of(one.key)].asked = True  # type: ignore[attr-defined]
        self.fields["read"].label = _now("I have read the list of %(many)d items") % {"many": lines}

    @property
    def reasons(self) -> dict[str, str]:
        """What is stated, by the key of each thing."""
        return {one.key: self.cleaned_data[field_of(one.key)] for one in self.refusals}

    def take_errors(self, other: CertificateForm) -> None:
        """Show what was wrong with the form whose place this one takes, and judge nothing again."""
        self._errors = other.errors
        self.cleaned_data = {}

    def clean(self) -> dict[str, Any]:
        """Everything that is neither put right nor stated, at once; the action asks the record again."""
        said = super().clean() or {}
        new = [
            Changed(one.key, "", one.code, exception=True)
            for one in self.refusals
            if field_of(one.key) not in self.data
        ]
        if new and len(new) < len(self.refusals):
            self.add_error(None, forms.ValidationError(in_words(grown(new)), code="grown"))
            self.seen_now()
        for one in self.refusals:
            if not said.get(field_of(one.key), "").strip():
                text = _now("Neither put right nor stated: %(what)s") % {
                    "what": in_words(one.sentence)
                }
                self.add_error(field_of(one.key), forms.ValidationError(text, code=one.code))
        return said

    def refuse(self, error: Refused) -> None:
        """Each reason at the field of the thing that it is about."""
        there, rest = [], []
        for reason in error.reasons:
            found = _AS_TYPED.search(reason.text)
            name = field_of(found["key"]) if found else ""
            said = in_words(reason.text)
            if found and name in self.fields:
                there.append((name, _AS_TYPED.sub(" " + _now("here"), said)))
            elif found:
                rest.append(Reason(reason.code, _AS_TYPED.sub("", said)))
            else:
                rest.append(reason)
        for name, text in there:
            self.add_error(name, text)
        if rest:
            super().refuse(Refused(rest))


class SecondForm(_Read):
    """A second person signs the same content."""

    read = _tick(_("I have read the list"), _("Read the list, and say so."))

    def __init__(self, data: Any = None, *, lines: int, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["read"].label = _now("I have read the list of %(many)d items") % {"many": lines}
