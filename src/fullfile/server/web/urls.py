"""Every address of the office. Each room brings its own; one test walks them all as every role."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from fullfile.server.web.health import health, metrics
from fullfile.server.web.start.views import start

handler404 = "fullfile.server.web.doors.errors.not_found"

ROOMS = (
    "own",
    "cases",
    "docket",
    "papers",
    "items",
    "custody",
    "review",
    "counting",
    "importing",
    "finding",
    "defence",
    "court",
    "audit",
    "record",
    "accounts",
    "office",
    "api",
)
"""The rooms of the site, each with `urls`."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start, name="start"),
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    *(
        path("", include(import_module(f"fullfile.server.web.{room}.urls").urlpatterns))
        for room in ROOMS
        if find_spec(f"fullfile.server.web.{room}") and find_spec(f"fullfile.server.web.{room}.urls")
    ),
]
