"""Addresses of the search and of scanned labels."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.finding import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/<str:token>/", views.found, name="found"),
    path("s/<str:code>/", views.label, name="scanned"),
]
