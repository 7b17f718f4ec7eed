"""Addresses of the portal: `which` is the place of a client among one's own."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.defence import acts, papers, views

urlpatterns = [
    path("defence/", views.clients, name="portal"),
    path("defence/<int:which>/", views.given, name="portal_client"),
    path("defence/<int:which>/withheld/", views.withheld, name="portal_withheld"),
    path("defence/<int:which>/papers/", views.issued, name="portal_papers"),
    path("defence/<int:which>/papers/<int:entry>/", papers.paper, name="portal_paper"),
    path("defence/<int:which>/papers/<int:entry>/filed/", acts.file, name="portal_filed"),
    path("defence/<int:which>/requests/", views.requests, name="portal_requests"),
    path("defence/<int:which>/receipts/", views.receipts, name="portal_receipts"),
    path("defence/<int:which>/ask/", acts.ask, name="portal_ask"),
    path("defence/<int:which>/given/<int:row>/", views.production, name="portal_production"),
    path("defence/<int:which>/given/<int:row>/package/", papers.package, name="portal_package"),
    path("defence/<int:which>/given/<int:row>/check/", papers.check, name="portal_check"),
    path("defence/<int:which>/given/<int:row>/note/", papers.note_file, name="portal_note"),
    path("defence/<int:which>/given/<int:row>/sign/", acts.sign, name="portal_sign"),
    path("defence/<int:which>/given/<int:row>/dispute/", acts.dispute_given, name="portal_dispute"),
    path("defence/<int:which>/given/<int:row>/cannot-open/", acts.cannot_open, name="portal_fault"),
    path(
        "defence/<int:which>/withheld/<int:entry>/dispute/",
        acts.dispute_withheld,
        name="portal_dispute_withheld",
    ),
]
