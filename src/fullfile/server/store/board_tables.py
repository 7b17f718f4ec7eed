"""Tables beside the record: the board of every case, what makes it stale, and what the defence opened.

A board is worked out from the record at a size and a day, and may be thrown away at any time. What the
defence opened is no part of the record: only a court opens it.
"""

# Fields are tables' columns, never read as attributes here; their types are the databases'.
# mypy: disable-error-code="var-annotated"
# ruff: noqa: DJ008, RUF012 - no row is ever shown by itself; Django's own way to declare constraints

from __future__ import annotations

from django.db import models

__all__ = ["BoardMark", "CaseBoard", "CaseDue", "ReadingRow"]

BIG = models.BigIntegerField
INT = models.IntegerField
TEXT = models.TextField


class CaseBoard(models.Model):
    """One case, counted: the state of its lines at `size` on `day`."""

    case_id = INT(primary_key=True)
    size = BIG()
    """The size of the record it was computed from; -1: never yet."""
    day = INT()
    """The day it speaks of, on the office's clock: days since 1970."""
    stale_size = BIG()
    """The size of the record at which something came that may change it; above `size`: stale."""
    verdict = TEXT()
    verdict_order = models.SmallIntegerField()
    worst = TEXT()
    worst_order = models.SmallIntegerField()
    lines = INT()
    exceptions = INT()
    lasting = INT()
    items = INT()
    exception_items = INT()
    pending = INT()
    overdue = INT()
    unacknowledged = INT()
    ended = INT()
    defendants = INT()
    first_due_day = INT(null=True)
    """The first day by which something is owed that was not served, past or to come."""
    next_due_day = INT(null=True)
    """The first such day that has not passed."""
    hearing_day = INT(null=True)
    hearing_event = TEXT()
    sealed = models.BooleanField()
    title_entry = BIG()
    title = TEXT()
    title_norm = TEXT()
    states = TEXT()
    """JSON: how many lines are in each state."""
    also = TEXT()

    class Meta:
        db_table = "case_board"
        indexes = [
            models.Index(fields=["worst_order", "-exceptions", "case_id"], name="case_board_worst"),
            models.Index(fields=["hearing_day", "case_id"], name="case_board_hearing"),
            models.Index(fields=["first_due_day", "case_id"], name="case_board_due"),
            models.Index(
                fields=["verdict", "worst_order", "-exceptions", "case_id"],
                name="case_board_by_verdict",
            ),
            models.Index(fields=["size", "stale_size", "day", "items"], name="board_fresh"),
        ]


class CaseDue(models.Model):
    """How many lines of a case are owed to a defendant by a day."""

    pk = models.CompositePrimaryKey("case_id", "defendant_id", "due_day", "overdue", "basis")
    case_id = INT()
    defendant_id = INT()
    due_day = INT()
    overdue = models.BooleanField()
    basis = TEXT()
    lines = INT()

    class Meta:
        db_table = "case_due"
        # What is overdue is summed over all cases for every start page: from the index alone, case by case.
        indexes = [
            models.Index(
                fields=["overdue", "case_id", "due_day", "lines"], name="case_due_by_case"
            ),
            models.Index(fields=["overdue", "due_day", "case_id"], name="case_due_by_day"),
        ]


class BoardMark(models.Model):
    """Something was recorded that may change boards: what it named, and the size after it."""

    pk = models.CompositePrimaryKey("kind", "ref")
    kind = TEXT()
    """case, item, report, or all."""
    ref = BIG()
    size = BIG()

    class Meta:
        db_table = "board_mark"


class ReadingRow(models.Model):
    """One thing that the defence opened; chained, so that no row goes unnoticed. See `reading_log`."""

    number = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "defence_reading"
