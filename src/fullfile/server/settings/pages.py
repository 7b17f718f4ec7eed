"""Further settings of the process that serves the pages: apps, middleware, sessions, sign-in, headers.

The rules of sessions and sign-in are those of the CJIS Security Policy and of OWASP ASVS that
docs/explanation/sign-in.md lists with their clauses. None of them can be switched off by a setting; what may
differ from office to office is read from the environment and named in docs/how-to/serve.md.

What this does not do: it opens no office; `configure` puts these beside the database's settings.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

__all__ = ["ABSOLUTE_SECONDS", "IDLE_SECONDS", "LOCK_SECONDS", "WEB", "pages_settings"]

WEB = Path(__file__).parents[1] / "web"
LOCK_SECONDS = 30 * 60
"""Idle so long: locked, what was shown is hidden (CJIS AC-11)."""
IDLE_SECONDS = 60 * 60
"""Idle so long: the session ends (CJIS SC-10)."""
ABSOLUTE_SECONDS = 12 * 60 * 60
"""At the latest then one signs in again (CJIS IA-11)."""

APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "ninja",
    "fullfile.server.store",
    "fullfile.server.accounts",
    "fullfile.server.waiting",
    "fullfile.server.web",
]

MIDDLEWARE = [
    "fullfile.server.web.doors.errors.LastResort",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fullfile.server.web.doors.headers.NoTraces",
    "fullfile.server.web.doors.busy.Patient",
    "fullfile.server.web.doors.busy.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fullfile.server.web.doors.session.SessionRules",
    "fullfile.server.web.doors.permission.OnePolicy",
]

Options = dict[str, Any]  # Django's settings are dictionaries of anything


def pages_settings(home: Path) -> Options:
    """The settings of the pages, beside those of the database.

    `FULLFILE_HOSTS`: the names the pages answer to, separated by commas (loopback is always among them).
    `FULLFILE_TLS=off`: no TLS in front; the server then answers on loopback only (`fullfile serve` sees to it).
    `FULLFILE_OIDC_*`: the agency's own sign-in (docs/how-to/serve.md).
    """
    from fullfile.server.settings.home_key import derived_key

    tls = os.environ.get("FULLFILE_TLS", "on") != "off"
    hosts = [
        name.strip() for name in os.environ.get("FULLFILE_HOSTS", "").split(",") if name.strip()
    ]
    static = WEB / "static"
    options: Options = {
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "ROOT_URLCONF": "fullfile.server.web.urls",
        "SECRET_KEY": derived_key(home, "fullfile sessions and forms").hex(),
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]", *hosts],
        "CSRF_TRUSTED_ORIGINS": [f"https://{name}" for name in hosts],
        "AUTH_USER_MODEL": "accounts.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [WEB / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "fullfile.server.web.layout.layout",
                    ],
                    "builtins": ["fullfile.server.web.templatetags.fullfile"],
                },
            }
        ],
        "CACHES": {
            # Shared by all processes: a one-time code that was used is used everywhere.
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "pages_cache",
            }
        },
        "LANGUAGE_CODE": "en-us",
        "LANGUAGES": [("en", "English"), ("es", "Español")],
        "LOCALE_PATHS": [WEB / "locale"],
        "USE_I18N": True,
        "STATIC_URL": "/static/",
        "STATIC_ROOT": static,
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2_000,
        "FILE_UPLOAD_HANDLERS": ["fullfile.server.web.doors.uploads.OnDisk"],
        "SITE_ID": None,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "FULLFILE_PAGES": True,
    }
    options.update(_sessions(tls=tls))
    options.update(_sign_in())
    options.update(_policy_of_content())
    return options


def _sessions(*, tls: bool) -> Options:
    prefix = "__Host-" if tls else ""
    return {
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_COOKIE_NAME": f"{prefix}fullfile",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": tls,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_AGE": ABSOLUTE_SECONDS,
        "CSRF_COOKIE_NAME": f"{prefix}fullfile-form",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": tls,
        "CSRF_FAILURE_VIEW": "fullfile.server.web.doors.errors.form_too_old",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        # Nobody else learns an address. Not "no-referrer": with it browsers send every form with `Origin: null`,
        # which the check against forged forms refuses.
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_SECONDS": 31_536_000 if tls else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": tls,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if tls else None,
        "X_FRAME_OPTIONS": "DENY",
        "USERSESSIONS_TRACK_ACTIVITY": False,
    }


def _sign_in() -> Options:
    return {
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "ACCOUNT_ADAPTER": "fullfile.server.accounts.adapters.SignIn",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/notice/",
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": "username",
        "ACCOUNT_RATE_LIMITS": {"login_failed": False},  # ours counts on the account (CJIS AC-7)
        "MFA_ADAPTER": "fullfile.server.accounts.adapters.SecondStep",
        "MFA_FORMS": {
            "authenticate": "fullfile.server.accounts.steps.Code",
            "reauthenticate": "fullfile.server.accounts.steps.CodeAgain",
            "authenticate_webauthn": "fullfile.server.accounts.steps.Passkey",
            "reauthenticate_webauthn": "fullfile.server.accounts.steps.PasskeyAgain",
            "activate_totp": "fullfile.server.accounts.steps.AddApp",
            "add_webauthn": "fullfile.server.accounts.steps.AddPasskey",
            "edit_webauthn": "fullfile.server.accounts.steps.RenamePasskey",
        },
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_PASSKEY_SIGNUP_ENABLED": False,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_TOTP_ISSUER": "Fullfile",
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_RECOVERY_CODE_DIGITS": 10,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        "SOCIALACCOUNT_ADAPTER": "fullfile.server.accounts.adapters.AgencySignIn",
        "SOCIALACCOUNT_ONLY": False,
        "SOCIALACCOUNT_AUTO_SIGNUP": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": _agency_sign_in()}},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
    }


def _agency_sign_in() -> list[Options]:
    """The OpenID Connect provider of the agency, where the environment names one."""
    issuer = os.environ.get("FULLFILE_OIDC_ISSUER", "")
    if not issuer:
        return []
    return [
        {
            "provider_id": "agency",
            "name": os.environ.get("FULLFILE_OIDC_NAME", "your agency"),
            "client_id": os.environ.get("FULLFILE_OIDC_CLIENT_ID", ""),
            "secret": os.environ.get("FULLFILE_OIDC_CLIENT_SECRET", ""),
            "settings": {
                "server_url": issuer,
                "token_auth_method": "client_secret_basic",
                "oauth_pkce_enabled": True,
                "scope": ["openid", "profile", "email"],
            },
        }
    ]


def _policy_of_content() -> Options:
    own = "'self'"
    return {
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [own],
                "script-src": [own],
                "style-src": [own],
                "img-src": [own, "data:", "blob:"],
                "font-src": [own],
                "connect-src": [own],
                "object-src": ["'none'"],
                "base-uri": ["'none'"],
                "form-action": [own],
                "frame-ancestors": ["'none'"],
            }
        }
    }
