"""Every address of the office. Each room brings its own; one test walks them all as every role."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from fullfile.server.web.health import health, metrics
from fullfile.server.web.start.lists import work_list
from fullfile.server.web.start.views import start

handler404 = "fullfile.server.web.doors.errors.not_found"
handler500 = "fullfile.server.web.doors.errors.failed"

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
    "jobs",
    "reports",
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
    path("lists/<slug:name>/", work_list, name="work_list"),
    path("health", health, name="health"),
    path("metrics", metrics, name="metrics"),
    *(
        path("", include(import_module(f"fullfile.server.web.{room}.urls").urlpatterns))
        for room in ROOMS
    ),
]
