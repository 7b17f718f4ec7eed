"""Addresses of accounts and of one's own tokens."""

from __future__ import annotations

from django.urls import path

from fullfile.server.web.accounts import acts, tokens, views, wishes

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/rights/", views.rights, name="account_rights"),
    path("accounts/new/", wishes.new, name="account_new"),
    path("accounts/waiting/", wishes.waiting, name="account_waiting"),
    path("accounts/waiting/<int:entry>/", wishes.wish, name="account_wish"),
    path("accounts/waiting/<int:entry>/decline/", wishes.decline, name="account_decline"),
    path("accounts/<int:account_id>/", views.account, name="account"),
    path("accounts/<int:account_id>/change/", wishes.change, name="account_change"),
    path("accounts/<int:account_id>/end/", acts.end, name="account_end"),
    path("accounts/<int:account_id>/unlock/", acts.unlocked, name="account_unlock"),
    path("accounts/<int:account_id>/invite/", acts.invited, name="account_invite"),
    path("accounts/<int:account_id>/second-step/", acts.second_step, name="account_second_step"),
    path("accounts/<int:account_id>/review/", acts.review, name="account_review"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<int:token_id>/end/", tokens.end, name="token_end"),
]
