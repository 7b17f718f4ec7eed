"""The Django app that holds what waits."""

from __future__ import annotations

from django.apps import AppConfig


class WaitingConfig(AppConfig):
    """Jobs and files that wait, in tables of their own: not derived from the record."""

    name = "fullfile.server.waiting"
    label = "waiting"
    default_auto_field = "django.db.models.BigAutoField"
