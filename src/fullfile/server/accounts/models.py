"""The tables of sign-in: accounts, invitations, tokens, what happened at the door.

None of it is derived from the record, since it holds secrets and what is only of use to sign-in;
what an account may do is (`store.grants`). Nothing is ever deleted: an account that ended keeps its name, so that
the name is not given to somebody else (CJIS IA-4).
"""

# Fields are tables' columns; their types are the databases'.
# mypy: disable-error-code="var-annotated"
# ruff: noqa: DJ008 - no row is ever shown by itself

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

__all__ = ["Account", "DoorEvent", "Invitation", "Knock", "KnockMark", "Token", "Webhook"]


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by the name that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of a name, whatever its capitals."""
        return self.get(username__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do is a grant on the record."""

    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    """False from the moment that the access ended; set by the action that records it."""
    language = models.CharField(max_length=5, blank=True)
    letters = models.BooleanField(default=True)
    """Whether single letters act on the review page."""
    failures = models.JSONField(default=list)
    """Seconds since 1970 of the bad tries of the last quarter of an hour."""
    locked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    knocks = models.BooleanField(default=True)
    """Whether mails may say that something waits; mails of security are sent all the same."""
    knock_hour = models.IntegerField(default=8)
    """The hour of the office's clock from which the one mail of a day is sent."""
    knocked_on = models.DateField(null=True)
    looked_on = models.DateField(null=True)
    """The day for which it was last worked out what waits for them."""

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return str(self.username)

    # Django's auth asks these; permission is policy's affair, and Django's admin is not installed.
    is_staff = False
    is_superuser = False


class Invitation(models.Model):
    """A one-time link with which a person sets their password. Only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_invitation"


class Token(models.Model):
    """A key for the API, with fewer rights than its person or the same. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    label = models.CharField(max_length=120)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_token"


class Webhook(models.Model):
    """An address that is told, signed, that something was recorded."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    address = models.URLField(max_length=500)
    secret = models.TextField()
    """Encrypted with the home's key."""
    events = models.JSONField(default=list)
    told_size = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_webhook"


class Knock(models.Model):
    """Something waits for somebody: kept until a mail says so. It holds no case, item, defendant or count."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    by_day = models.DateField(null=True)
    at_once = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "account_knock"


class KnockMark(models.Model):
    """Up to which size the record was looked through for what counsel and others are told of at once: one row."""

    size = models.BigIntegerField()

    class Meta:
        db_table = "account_knock_mark"


class DoorEvent(models.Model):
    """What happened at the door and within: who, what, when, from where, on what, with what outcome (CJIS AU-2, AU-3)."""

    at = models.DateTimeField(db_index=True)
    account = models.CharField(max_length=80, db_index=True)
    """The name, also of one that does not exist; "-" where nobody signed in."""
    what = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20)
    address = models.CharField(max_length=64)
    session = models.CharField(max_length=16)
    """The first characters of the digest of the session's key."""
    about = models.CharField(max_length=200)
    """The object: an address with opaque ids, never a name."""

    class Meta:
        db_table = "door_event"
