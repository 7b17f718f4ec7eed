"""Addresses of the list of cases and of a case's own pages."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.cases import acts, views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/new/", acts.case_new, name="case_new"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/lines/", views.case_lines, name="case_lines"),
    path("cases/<int:case_id>/readiness/", views.case_readiness, name="case_readiness"),
    path("cases/<int:case_id>/timeline/", views.case_timeline, name="case_timeline"),
    path("cases/<int:case_id>/file/", acts.case_file, name="case_file"),
]
