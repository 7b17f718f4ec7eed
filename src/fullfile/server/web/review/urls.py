"""Addresses of what waits for a decision."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.review import approvals, readings, views

urlpatterns = [
    path("review/", views.suggestions, name="review"),
    path("review/readings/", readings.waiting, name="readings"),
    path("review/approvals/", approvals.waiting, name="approvals"),
    path("review/approvals/<int:entry>/", approvals.one, name="approval"),
    path("review/<int:item_id>/<int:case_id>/", views.suggestion, name="suggestion"),
]
