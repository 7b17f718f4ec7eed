"""Addresses of the office's set-up."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.office import views

urlpatterns = [
    path("office/", views.office_page, name="office"),
    path("office/settings/<str:name>/", views.setting, name="office_setting"),
    path("office/law/", views.law, name="office_law"),
]
