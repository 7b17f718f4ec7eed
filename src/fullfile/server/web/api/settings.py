"""The settings that decide answers: what holds, and setting one from now on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from fullfile.server.accounts.policy import Right
from fullfile.server.actions.office import SETTINGS, change_setting
from fullfile.server.store.overview import list_settings
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.office.words import SETTINGS_IN_WORDS

__all__ = ["desk"]

desk = Desk("Accounts and office")


class SettingShown(Shown):
    """A setting in force; `entry`: what set it; null: the standard holds."""

    name: str
    title: str
    decides: str
    value: str | list[str]
    entry: int | None


class Settings(Shown):
    """All settings. They are policy of the office, not law."""

    rows: list[SettingShown]


class Setting(Said):
    """A setting and its value: text, or a list of lines, best first."""

    name: Annotated[Literal[tuple(SETTINGS)], Field()]  # type: ignore[valid-type]  # the names of the action
    value: Annotated[str, Field(max_length=4_000)] | Annotated[list[Need], Field(max_length=200)]


@desk.reads("/settings", Right.SEE_OFFICE, Settings)
def get_settings(request: Asking) -> dict[str, Any]:  # noqa: ARG001
    """What each setting decides, and what holds."""
    set_now = {one.name: one for one in list_settings()}
    rows = []
    for name, words in SETTINGS_IN_WORDS.items():
        now = set_now.get(name)
        rows.append(
            {
                "name": name,
                "title": str(words.title),
                "decides": str(words.decides),
                "value": words.standard if now is None else now.value,
                "entry": None if now is None else now.entry,
            }
        )
    return {"rows": rows}


@desk.acts("/settings", Right.CHANGE_OFFICE)
def set_setting(request: Asking, said: Setting) -> Answer:
    """Set one, from now on; answers about earlier days keep what held then."""
    name = request.person.name
    return recorded(request, lambda: change_setting(said.name, said.value, name, now_ms=now_ms()))
