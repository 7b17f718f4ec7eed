"""Addresses of inventories: the number is the entry that opened one."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.counting import lists, views

_ONE = "inventories/<int:entry>/"

urlpatterns = [
    path("inventories/", views.inventories, name="inventories"),
    path("inventories/new/", views.inventory_new, name="inventory_new"),
    path(_ONE, views.inventory, name="inventory"),
    path(f"{_ONE}scans/", views.inventory_scans, name="inventory_scans"),
    path(f"{_ONE}close/", views.inventory_close, name="inventory_close"),
    path(f"{_ONE}sample/", lists.inventory_sample, name="inventory_sample"),
    path(
        f"{_ONE}shelves/<int:shelf>/close/",
        views.inventory_close_shelf,
        name="inventory_close_shelf",
    ),
    path(f"{_ONE}lists/<str:kind>/", lists.inventory_list, name="inventory_list"),
    path(f"{_ONE}finds/<int:find>/settle/", lists.inventory_settle, name="inventory_settle"),
    path(f"{_ONE}finds/<int:find>/differs/", lists.inventory_differs, name="inventory_differs"),
    path(f"{_ONE}finds/<int:find>/undo/", lists.inventory_undo, name="inventory_undo"),
]
