"""Addresses of the auditor's room."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.audit import lists, views

urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/acts/", lists.acts, name="audit_acts"),
    path("audit/door/", lists.door, name="audit_door"),
    path("audit/releases/", lists.releases, name="audit_releases"),
    path("audit/overrides/", lists.overrides, name="audit_overrides"),
    path("audit/accounts/", lists.accounts, name="audit_accounts"),
    path("audit/sample/", views.sample, name="audit_sample"),
    path("audit/review/", views.review, name="audit_review"),
    path("audit/report/", views.report, name="audit_report"),
]
