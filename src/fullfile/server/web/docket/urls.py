"""Addresses of a case's docket, links, requests, agencies, people, mentions and holds."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.docket import agencies, docket, holds, linked, mentions, people, requests

_CASE = "cases/<int:case_id>/"

urlpatterns = [
    path(f"{_CASE}docket/", docket.docket, name="case_docket"),
    path(f"{_CASE}docket/event/", docket.event, name="case_event"),
    path(f"{_CASE}docket/count/", docket.count, name="case_count"),
    path(f"{_CASE}linked/", linked.linked, name="case_linked"),
    path(f"{_CASE}linked/letter/", linked.letter, name="case_letter"),
    path(f"{_CASE}requests/", requests.requests, name="case_requests"),
    path(f"{_CASE}requests/new/", requests.new, name="case_request_new"),
    path(f"{_CASE}requests/<int:entry>/", requests.one, name="case_request"),
    path(f"{_CASE}agencies/", agencies.agencies, name="case_agencies"),
    path(f"{_CASE}agencies/answer/", agencies.answer, name="case_answer"),
    path(f"{_CASE}people/", people.people, name="case_people"),
    path(f"{_CASE}mentions/", mentions.mentions, name="case_mentions"),
    path(f"{_CASE}mentions/<int:entry>/", mentions.one, name="case_mention"),
    path(f"{_CASE}holds/", holds.holds, name="case_holds"),
    path(f"{_CASE}holds/place/", holds.place, name="case_hold_place"),
    path(f"{_CASE}holds/lift/", holds.lift, name="case_hold_lift"),
]
