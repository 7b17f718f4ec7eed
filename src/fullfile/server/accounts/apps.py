"""The Django app that holds the accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, in tables of their own: not derived from the record, since they hold secrets."""

    name = "fullfile.server.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what the sign-in library says of keys and passwords."""
        from fullfile.server.accounts import changes  # its models are there only now

        changes.listen()
