"""Addresses of the list of items and of one item."""

from __future__ import annotations

from django.urls import URLPattern, path

from fullfile.server.web.items import chain, entries, knowing, listing, one

_ITEM = "items/<int:item_id>/"

urlpatterns: list[URLPattern] = [
    path("items/", listing.items, name="items"),
    path(_ITEM, one.item, name="item"),
    path(f"{_ITEM}custody/", chain.custody, name="item_custody"),
    path(f"{_ITEM}knew/", knowing.knew, name="item_knew"),
    path(f"{_ITEM}record/", entries.entries, name="item_record"),
]
