"""The Django app of the pages."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, template tags and translations; no tables."""

    name = "fullfile.server.web"
    label = "web"
