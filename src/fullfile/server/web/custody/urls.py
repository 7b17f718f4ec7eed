"""Addresses of the counter."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.custody import booking, labels, report, scanning, views

urlpatterns = [
    path("items/new/", booking.book, name="book"),
    path("items/new/report/", report.book_report, name="book_report"),
    path("items/mentions/", report.open_mentions, name="open_mentions"),
    path("items/mentions/<int:entry>/", report.mention_answer, name="mention_answer"),
    path("items/new/suggestions/", booking.book_nearby, name="book_nearby"),
    path("items/<int:item_id>/booked/", booking.booked, name="booked"),
    path("items/<int:item_id>/booked/suggestions/", booking.booked_look, name="booked_look"),
    path("items/<int:item_id>/do/more/", views.item_more, name="item_more"),
    path("items/<int:item_id>/do/<str:act>/", views.item_do, name="item_do"),
    path("items/<int:item_id>/label/", labels.item_label, name="item_label"),
    path("scan/", scanning.scan, name="scan"),
    path("shelves/", labels.shelves, name="shelves"),
    path("shelves/<int:number>/label/", labels.shelf_label, name="shelf_label"),
]
