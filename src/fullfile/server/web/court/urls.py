"""Addresses of the court's room."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.court import views

urlpatterns = [
    path("court/", views.court, name="court"),
    path("court/<int:case_id>/", views.bench, name="bench"),
]
