"""Addresses of imports: the number is that of the file that was handed in."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.importing import found, views

_ONE = "imports/<int:arrival>/"

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/upload/", views.upload, name="import_new"),
    path(f"{_ONE}upload/", views.upload, name="import_upload"),
    path(f"{_ONE}columns/", views.columns, name="import_columns"),
    path(f"{_ONE}check/", found.check, name="import_check"),
    path(f"{_ONE}check/rows/", found.rows, name="import_rows"),
    path(f"{_ONE}check/changes/", found.changes, name="import_changes"),
    path(f"{_ONE}check/refused/", found.refused, name="import_refused"),
    path(f"{_ONE}commit/", found.commit, name="import_commit"),
    path(f"{_ONE}drop/", views.drop_file, name="import_drop"),
]
