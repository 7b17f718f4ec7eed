"""The tables of what waits: jobs, files that were handed in, and which columns a source has."""

# Fields are tables' columns; their types are the databases'.
# mypy: disable-error-code="var-annotated"

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["Arrival", "Columns", "Job"]


class Job(models.Model):
    """Long work that somebody, or the clock, asked for."""

    kind = models.CharField(max_length=40)
    slot = models.CharField(max_length=80, null=True, unique=True)
    """Of what the clock asks for: the hour it is for, so that two workers ask once."""
    arguments = models.JSONField(default=dict)
    account = models.CharField(max_length=80, blank=True)
    """Who asked, as they sign in; empty: the clock."""
    by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")
    """waiting, running, done, failed, stopped."""
    asked_at = models.DateTimeField()
    run_at = models.DateTimeField()
    """Not before this moment: a second try waits."""
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    """Machine, process and a word of chance."""
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    """What went wrong, in sentences for a person."""

    class Meta:
        db_table = "job"
        indexes: ClassVar = [
            models.Index(fields=["state", "run_at"], name="job_next"),
            models.Index(fields=["account", "id"], name="job_account"),
        ]


class Arrival(models.Model):
    """A file that was handed in, on its way into the record: nothing of it is recorded before it is committed."""

    account = models.CharField(max_length=80)
    by = models.CharField(max_length=200)
    name = models.CharField(max_length=160)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=80)
    source = models.CharField(max_length=120)
    table = models.CharField(max_length=40)
    columns = models.JSONField(default=dict)
    """Theirs to ours, as it was chosen; empty: not chosen yet."""
    dates = models.CharField(max_length=20, blank=True)
    header = models.IntegerField(default=1)
    complete = models.BooleanField(default=False)
    """Whether it holds all rows of its source."""
    state = models.CharField(max_length=10, default="columns")
    """columns, check, commit, done, dropped."""
    check_job = models.BigIntegerField(null=True)
    commit_job = models.BigIntegerField(null=True)
    first_entry = models.BigIntegerField(null=True)
    last_entry = models.BigIntegerField(null=True)
    outcome = models.JSONField(default=dict)
    came_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "arrival"


class Columns(models.Model):
    """Which columns an export of a source has, as somebody said last: the next export of it needs no saying."""

    source = models.CharField(max_length=120)
    table = models.CharField(max_length=40)
    columns = models.JSONField(default=dict)
    dates = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "arrival_columns"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "table"], name="arrival_columns_once")
        ]
