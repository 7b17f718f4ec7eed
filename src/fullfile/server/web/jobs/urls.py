"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:job>/", views.job_page, name="job"),
]
