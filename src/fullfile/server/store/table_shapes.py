"""What the tables of the store have in common: an index of 64 bits, and what every read table carries."""

# Fields are tables' columns, never read as attributes here; their types are the databases'.
# mypy: disable-error-code="var-annotated"

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["BIG", "FLAG", "INT", "TEXT", "Fact", "Index", "Part", "big_or_none"]

BIG = models.BigIntegerField
INT = models.IntegerField
TEXT = models.TextField
FLAG = models.BooleanField


class Index(models.BigIntegerField):  # type: ignore[type-arg]  # not generic while running
    """A primary key of 64 bits. SQLite keeps it as the row's own number, without an index beside it."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def big_or_none() -> models.BigIntegerField[int | None, int | None]:
    return models.BigIntegerField(null=True)


class Fact(models.Model):
    """What every read table has."""

    entry = Index(primary_key=True)
    to_index = big_or_none()
    source_id = INT()
    batch = BIG(default=-1)
    """Index of the first run of the import command, or -1: tells one import from another."""

    class Meta:
        abstract = True


class Part(models.Model):
    """A read table with several rows for one entry."""

    pk = models.CompositePrimaryKey("entry", "part")
    entry = BIG()
    part = INT()
    to_index = big_or_none()

    class Meta:
        abstract = True
