"""Addresses of the way in and of one's own account. The sign-in library's views keep the names it looks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as agency
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path

from fullfile.server.web.own import views

urlpatterns = [
    path("notice/", views.notice, name="notice"),
    path("welcome/<str:secret>/", views.welcome, name="welcome"),
    path("demonstration/", views.demonstration, name="demonstration"),
    path("locked/", views.locked, name="locked"),
    path("stay/", views.stay, name="stay"),
    path("language/", views.language, name="language"),
    path("me/", views.me, name="me"),
    path("me/second-step/", views.second_step, name="second_step"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/ended/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/password/first/", views.no_password, name="account_set_password"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/again/second-step/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "sign-in/again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("me/keys/", second_step.index, name="mfa_index"),
    path("me/keys/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/keys/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/keys/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/keys/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/keys/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("me/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("sign-in/agency/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path("sign-in/agency/<str:provider_id>/back/", openid.callback, name="openid_connect_callback"),
    path("sign-in/agency-cancelled/", agency.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/agency-failed/", agency.login_error, name="socialaccount_login_error"),
    path("sign-in/agency-new/", agency.signup, name="socialaccount_signup"),
    path("me/agency/", agency.connections, name="socialaccount_connections"),
]
