"""Addresses of the record, its entries, its proofs, and the files of its log."""

from __future__ import annotations

from django.urls import URLPattern, path

from fullfile.server.web.record import verify, views

urlpatterns: list[URLPattern] = [
    path("record/", views.record, name="record"),
    path("record/verify/", verify.verify, name="record_verify"),
    path("record/entries/<int:index>/", views.entry, name="record_entry"),
    path("record/entries/<int:index>/proof/", views.proof, name="record_proof"),
    path("record/log/checkpoint", views.checkpoint, name="record_checkpoint"),
    path("record/log/log.vkey", views.key, name="record_key"),
    path("record/log/tile/<path:path>", views.tile, name="record_tile"),
]
