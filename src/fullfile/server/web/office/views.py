"""What decides an answer here, since when, and who set it?"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.office import adopt_law, change_setting
from fullfile.server.store.adoptions import list_adopted
from fullfile.server.store.load import current_size
from fullfile.server.store.overview import SettingNow, list_settings
from fullfile.server.store.reading import read_entries
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.office.words import SETTINGS_IN_WORDS, SettingWords

__all__ = ["SettingForm", "law", "office_page", "setting"]


@page(Right.SEE_OFFICE)
def office_page(request: PageRequest) -> HttpResponse:
    """Settings in force, and the law in use."""
    set_now = {one.name: one for one in list_settings()}
    adopted = list_adopted(current_size())
    told = {
        one.index: one
        for one in read_entries(
            [*(one.entry for one in set_now.values()), *(a.entry for a in adopted)]
        )
    }
    rows = [
        {
            "name": name,
            "words": words,
            "value": _said(words, set_now.get(name)),
            "set_by": told[set_now[name].entry] if name in set_now else None,
        }
        for name, words in SETTINGS_IN_WORDS.items()
    ]
    law = [
        {"adopted": one, "by": told[one.entry].by, "recorded_ms": told[one.entry].recorded_ms}
        for one in sorted(adopted, key=lambda one: (one.kind != "pack", one.name))
    ]
    changes = can(request.person, Right.CHANGE_OFFICE)
    own = sum(row["set_by"] is not None for row in rows)
    return render(
        request,
        "office/office.html",
        {"rows": rows, "law": law, "may_change": changes, "own": own},
    )


class SettingForm(OfficeForm):
    """The value of one setting."""

    fields_of_codes: ClassVar[dict[str, str]] = {
        "setting_value": "value",
        "tag_pattern": "value",
        "kind_unknown": "value",
    }

    def __init__(
        self, *args: Any, words: SettingWords, value: str | list[str], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        label, help_text = words.title, words.decides
        if words.kind == "choice":
            field: forms.Field = forms.ChoiceField(
                label=label,
                help_text=help_text,
                choices=list(words.choices),
                widget=forms.RadioSelect,
            )
        elif words.kind == "line":
            field = forms.CharField(
                label=label, help_text=help_text, max_length=500, required=False
            )
        else:
            field = forms.CharField(
                label=label,
                help_text=help_text,
                widget=forms.Textarea(attrs={"rows": 8}),
                max_length=20_000,
                required=False,
            )
        field.initial = value if isinstance(value, str) else "\n".join(value)
        self.fields["value"] = field


@page(Right.CHANGE_OFFICE)
@confirmed
def setting(request: PageRequest, name: str) -> HttpResponse:
    """Set one, from now on."""
    words = SETTINGS_IN_WORDS.get(name)
    if words is None:
        raise NotFound(_("There is no such setting."))
    now = next((one for one in list_settings() if one.name == name), None)
    value = words.standard if now is None else now.value
    form = SettingForm(request.POST or None, words=words, value=value)
    if request.method == "POST" and form.is_valid():
        said: str = form.cleaned_data["value"]
        wanted: str | list[str] = said
        if words.kind == "lines":
            wanted = [line.strip() for line in said.splitlines() if line.strip()]
        done = act(
            request,
            form,
            lambda: change_setting(name, wanted, request.person.name, now_ms=now_ms()),
            say=_("It holds from now on."),
        )
        if done:
            return redirect("office")
    return render(request, "office/setting.html", {"form": form, "words": words})


@page(Right.CHANGE_OFFICE)
@confirmed
def law(request: PageRequest) -> HttpResponse:
    """Adopt the packs and calendars that came with this version, where they differ from those in use."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = current_size()
        done = act(request, form, lambda: _adopt(request.person.name))
        if done:
            if current_size() == before:
                request.session["said"] = _("Nothing was new: all of it is in use already.")
            return redirect("office")
    return render(request, "office/law.html", {"form": form})


def _adopt(by: str) -> int:
    """Adopt, and say up to where the record reaches then."""
    adopt_law(by, now_ms=now_ms())
    return current_size() - 1


def _said(words: SettingWords, now: SettingNow | None) -> str:
    value = words.standard if now is None else now.value
    if isinstance(value, list):
        return ", ".join(value)
    return str(dict(words.choices).get(value, value))
