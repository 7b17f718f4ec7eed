"""The store as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables of the record; label `store`."""

    name = "fullfile.server.store"
    label = "store"
