"""Addresses of the list of items and of one item."""

from __future__ import annotations

from django.urls import URLPattern, path

from fullfile.server.web.items import (
    chain,
    entries,
    files,
    judging,
    keeping,
    knowing,
    listing,
    one,
    telling,
)

_ITEM = "items/<int:item_id>/"

urlpatterns: list[URLPattern] = [
    path("items/", listing.items, name="items"),
    path(_ITEM, one.item, name="item"),
    path(f"{_ITEM}custody/", chain.custody, name="item_custody"),
    path(f"{_ITEM}knew/", knowing.knew, name="item_knew"),
    path(f"{_ITEM}determinations/", judging.determinations, name="item_determinations"),
    path(f"{_ITEM}determinations/<int:entry>/", judging.determination, name="item_determination"),
    path(f"{_ITEM}determine/<int:case_id>/", judging.determine, name="item_determine"),
    path(f"{_ITEM}aside/<int:case_id>/", judging.set_aside, name="item_set_aside"),
    path(
        f"{_ITEM}aside/<int:case_id>/<int:entry>/",
        judging.confirm_aside,
        name="item_confirm_aside",
    ),
    path(f"{_ITEM}files/", files.files, name="item_files"),
    path(f"{_ITEM}files/add/", files.add, name="item_add_file"),
    path(f"{_ITEM}files/<int:entry>/", files.download, name="item_file"),
    path(f"{_ITEM}holds/", keeping.holds, name="item_holds"),
    path(f"{_ITEM}holds/place/", keeping.place, name="item_place_hold"),
    path(f"{_ITEM}holds/<slug:token>/", keeping.lift, name="item_lift_hold"),
    path(f"{_ITEM}tell/", telling.tell, name="item_tell"),
    path(f"{_ITEM}record/", entries.entries, name="item_record"),
]
