"""The tables of the office's database.

Three kinds: the record (entries, bodies, the head: written by `append` only), keys (a number for every
agency, case, item, report, defendant and source, so that engines join integers), and the read tables (derived
from the record in the same transaction, rebuilt by `rebuild`).

A row of a read table carries `entry` (its from_index) and `to_index` (the index of the entry that corrected or
erased it, or null): as of size n it is seen when `entry < n and (to_index is null or to_index >= n)`.

Moments are wall-clock milliseconds (`core.ids`); `_first` and `_last` bound a partial date. `ord` orders the
events of one thing: seconds since 1900 of the first moment, times 2**30, plus the entry's index. Quantities
are thousandths. There are no foreign keys: names and numbers stand as they were.
"""

# Fields are tables' columns, never read as attributes here; their types are the databases'.
# mypy: disable-error-code="var-annotated"
# ruff: noqa: DJ008, RUF012 - no row is ever shown by itself; Django's own way to declare constraints

from __future__ import annotations

from django.db import models

from fullfile.server.store import act_tables, board_tables  # noqa: F401 - further tables of the same app
from fullfile.server.store.table_shapes import BIG, FLAG, INT, TEXT, Fact, Index, Part, big_or_none


class EntryRow(models.Model):
    """A leaf of the log. Written by `store.append` only; triggers refuse all else."""

    index = Index(primary_key=True)
    recorded_ms = BIG()
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField()

    class Meta:
        db_table = "entry"


class EntryBody(models.Model):
    """The body and the salt of an entry. Gone where a court ordered it erased."""

    index = Index(primary_key=True)
    salt = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        db_table = "entry_body"


class Head(models.Model):
    """The head of the tree: one row, locked by every writer."""

    id = models.SmallIntegerField(primary_key=True)
    size = BIG()
    recorded_ms = BIG()
    frontier = models.BinaryField()
    damaged = TEXT(default="")

    class Meta:
        db_table = "head"


class SignedCheckpoint(models.Model):
    """A checkpoint as it was signed."""

    size = Index(primary_key=True)
    note = TEXT()

    class Meta:
        db_table = "signed_checkpoint"


# Keys.


class AgencyKey(models.Model):
    agency_id = INT(primary_key=True)
    norm = TEXT(unique=True)
    name = TEXT()

    class Meta:
        db_table = "agency_key"


class CaseKey(models.Model):
    case_id = INT(primary_key=True)
    norm = TEXT(unique=True)
    number = TEXT()

    class Meta:
        db_table = "case_key"


class ItemKey(models.Model):
    item_id = Index(primary_key=True)
    agency_id = INT()
    norm = TEXT()
    tag = TEXT()

    class Meta:
        db_table = "item_key"
        constraints = [models.UniqueConstraint(fields=["agency_id", "norm"], name="item_key_once")]
        indexes = [models.Index(fields=["agency_id", "item_id"], name="item_key_newest")]


class ReportKey(models.Model):
    report_id = INT(primary_key=True)
    agency_id = INT()
    norm = TEXT()
    number = TEXT()

    class Meta:
        db_table = "report_key"
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "norm"], name="report_key_once")
        ]


class DefendantKey(models.Model):
    defendant_id = INT(primary_key=True)
    case_id = INT()
    norm = TEXT()
    name = TEXT()

    class Meta:
        db_table = "defendant_key"
        constraints = [
            models.UniqueConstraint(fields=["case_id", "norm"], name="defendant_key_once")
        ]


class SourceKey(models.Model):
    source_id = INT(primary_key=True)
    name = TEXT(unique=True)

    class Meta:
        db_table = "source_key"


class RowKey(models.Model):
    """The newest entry of each (table, source, key): what makes the same file twice change nothing."""

    key_hash = models.BinaryField(primary_key=True)
    entry = BIG()
    row_digest = models.BinaryField()

    class Meta:
        db_table = "row_key"


# Read tables.


class Agency(Fact):
    agency_id = INT(db_index=True)
    side = TEXT()
    """state, court, defence or other: said, else by kind; empty where neither was said."""

    class Meta:
        db_table = "agencies"


class AgencyName(Part):
    """What an agency is called: part 0 is its name, the others are `also_called`."""

    agency_id = INT()
    name_norm = TEXT()

    class Meta:
        db_table = "agency_names"


class Case(Fact):
    case_id = INT(db_index=True)
    jurisdiction = TEXT()
    court_level = TEXT()
    opened_first = big_or_none()
    opened_last = big_or_none()
    time_zone = TEXT()

    class Meta:
        db_table = "cases"


class CaseReport(Part):
    case_id = INT(db_index=True)
    report_id = INT(db_index=True)

    class Meta:
        db_table = "case_reports"


class CaseRelation(Part):
    case_id = INT(db_index=True)
    other_id = INT(db_index=True)
    kind = TEXT()

    class Meta:
        db_table = "case_relations"


class CaseAgency(Part):
    case_id = INT(db_index=True)
    agency_id = INT()

    class Meta:
        db_table = "case_agencies"


class Party(Fact):
    case_id = INT(db_index=True)
    role = TEXT()
    name_norm = TEXT()
    defendant_id = INT(null=True)
    agency_id = INT(null=True)
    custody = TEXT()
    """in_custody or at_liberty, where the column `in_custody` says yes or no; else empty."""
    recorded = BIG()

    class Meta:
        db_table = "parties"


class PartyStatus(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT()
    status = TEXT()
    from_first = BIG()
    from_last = BIG()
    until_last = big_or_none()
    ord = BIG()

    class Meta:
        db_table = "party_status"


class Count(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT()
    count_norm = TEXT()
    offense_norm = TEXT()
    charged_first = big_or_none()
    charged_last = big_or_none()
    overridden = FLAG()

    class Meta:
        db_table = "counts"


class Item(Fact):
    item_id = BIG(db_index=True)
    agency_id = INT()
    report_id = INT(null=True, db_index=True)
    held_first = BIG()
    """The earlier of collected_at and booked_at."""
    booked_first = big_or_none()
    parent_id = big_or_none()
    quantity = big_or_none()
    booker_norm = TEXT()
    kind = TEXT()
    place = big_or_none()
    """The shelf that the list names (`core.custody.labels.shelf_number`)."""
    place_ord = big_or_none()
    """When it said so: the recording, as `ord`."""
    words = TEXT()
    """Tag and the first words of the description, folded: what a list is searched by."""
    care = TEXT()
    """money, drugs or firearm; else empty."""

    class Meta:
        db_table = "items"
        indexes = [
            models.Index(
                fields=["parent_id"],
                name="items_parent",
                condition=models.Q(parent_id__isnull=False),
            ),
            models.Index(
                fields=["agency_id", "entry"], name="items_own", condition=models.Q(batch=-1)
            ),
            models.Index(
                fields=["kind", "item_id"],
                name="items_kind",
                condition=models.Q(to_index__isnull=True),
            ),
            models.Index(
                fields=["agency_id", "entry"],
                name="items_newest",
                condition=models.Q(to_index__isnull=True),
            ),
        ]


class ItemStatus(models.Model):
    """A status of the property list: never closed, since a later status is a later fact.

    Written for every entry of an item whose status is not held, and for held
    where an entry of the same source had another status before.
    """

    entry = Index(primary_key=True)
    source_id = INT()
    item_id = BIG(db_index=True)
    status = TEXT()
    since = BIG()
    """When it was recorded, on the office's clock."""
    ord = BIG()
    was_lost = FLAG()
    """Held, where the status of the same source before was lost."""

    class Meta:
        db_table = "item_status"


class Custody(Fact):
    item_id = BIG(db_index=True)
    event = TEXT()
    first = BIG()
    last = BIG()
    ord = BIG()
    quantity = big_or_none()
    ordered = FLAG()
    """A court order is named."""
    by_norm = TEXT()
    place = big_or_none()
    """The shelf that the event names (`core.custody.labels.shelf_number`)."""
    due_day = INT(null=True)
    """Days since 1970: the last day by which what was signed out is due back, where it is said."""

    class Meta:
        db_table = "custody"


class CustodyName(Part):
    """Who a custody event says had the item before (`from`) or after (`to`), where it says so."""

    item_id = BIG(db_index=True)
    first = BIG()
    name_norm = TEXT()

    class Meta:
        db_table = "custody_names"


class Filing(Fact):
    case_id = INT(db_index=True)
    item_id = BIG(db_index=True)
    filed_first = BIG()
    filed_last = BIG()
    """`filed_at`, or the recording where it was not said."""
    withdrawn = FLAG()
    set_aside = FLAG()
    with_contents = FLAG()
    by_norm = TEXT()
    reasoned = FLAG()
    confirmed_norm = TEXT()
    confirmed_last = big_or_none()
    """`confirmed_at`, or the recording where `confirmed_by` is said and no date; else null."""

    class Meta:
        db_table = "filings"


class Disclosure(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT()
    item_id = BIG(db_index=True)
    first = BIG()
    last = BIG()
    whole = FLAG()
    with_contents = FLAG()
    production_norm = TEXT()
    ack_last = big_or_none()

    class Meta:
        db_table = "disclosures"
        indexes = [
            models.Index(
                fields=["case_id", "defendant_id", "production_norm", "first"],
                name="disclosures_no_receipt",
                condition=models.Q(ack_last__isnull=True, to_index__isnull=True),
            )
        ]


class Withholding(Fact):
    case_id = INT(db_index=True)
    item_id = BIG(db_index=True)
    defendant_id = INT(null=True)
    ground = TEXT()
    first = BIG()
    last = BIG()
    named = FLAG()
    announced_last = big_or_none()
    sealed = FLAG()
    ordered = FLAG()
    order_last = big_or_none()
    until_last = big_or_none()

    class Meta:
        db_table = "withholdings"


class Determination(Fact):
    case_id = INT(db_index=True)
    item_id = BIG(db_index=True)
    finding = TEXT()
    first = BIG()
    last = BIG()
    by_norm = TEXT()
    waiting = FLAG()
    """It has an author, and nobody else has read it, agreeing or not."""

    class Meta:
        db_table = "determinations"
        indexes = [
            models.Index(
                fields=["first", "entry"],
                name="determinations_waiting",
                condition=models.Q(waiting=True, to_index__isnull=True),
            )
        ]


class Knowledge(Fact):
    item_id = BIG(db_index=True)
    case_id = INT(null=True, db_index=True)
    first = BIG()
    last = BIG()

    class Meta:
        db_table = "knowledge"


class Mention(Fact):
    agency_id = INT()
    report_id = INT(db_index=True)
    case_id = INT(null=True, db_index=True)
    item_id = BIG(null=True, db_index=True)
    """The item that it says was booked (`booked_agency`, `booked_as`)."""
    first = BIG()
    last = BIG()
    quantity = big_or_none()
    closed = FLAG()
    """Returned, left or not taken: said by a named person and confirmed by another."""
    words = TEXT()
    """Report number and the first words of the description, folded: what a list is searched by."""

    class Meta:
        db_table = "mentions"
        indexes = [
            models.Index(
                fields=["entry"],
                name="mentions_open",
                condition=models.Q(closed=False, to_index__isnull=True),
            )
        ]


class Answer(Fact):
    case_id = INT(db_index=True)
    agency_id = INT()
    answer = TEXT()
    first = BIG()
    last = BIG()
    ord = BIG()

    class Meta:
        db_table = "answers"


class Request(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT()
    first = BIG()
    last = BIG()

    class Meta:
        db_table = "requests"


class Link(Fact):
    item_id = BIG(db_index=True)
    case_id = INT(db_index=True)
    decision = TEXT()
    first = BIG()
    last = BIG()

    class Meta:
        db_table = "links"


class Hold(Fact):
    hold_norm = TEXT(db_index=True)
    case_id = INT(null=True, db_index=True)
    report_id = INT(null=True, db_index=True)
    item_id = BIG(null=True, db_index=True)
    placed_first = BIG()
    placed_last = BIG()
    lifted_last = big_or_none()
    """Null unless lifted by a named person."""

    class Meta:
        db_table = "holds"


class Docket(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT(null=True)
    count_norm = TEXT()
    event = TEXT()
    first = BIG()
    last = BIG()
    ord = BIG()
    due_day = INT(null=True)
    """Days since 1970 of the date that the court set."""
    about_disclosure = FLAG()
    """`relates_to` is empty, or names disclosure or discovery."""
    about_protection = FLAG()
    """`relates_to` or `detail` names protection or withholding."""
    period = TEXT()
    """The one period that an order on disclosure without a date names ("14 days"); else empty."""

    class Meta:
        db_table = "docket"


class Setting(Fact):
    name = TEXT(db_index=True)
    value = TEXT()
    """JSON."""
    recorded_day = INT()
    """Days since 1970 on the office's clock."""

    class Meta:
        db_table = "settings"


class Run(Fact):
    table = TEXT()
    file = TEXT()
    sha256 = TEXT()
    rows = BIG()

    class Meta:
        db_table = "runs"


class Adoption(Fact):
    """A pack or calendar that the office adopted."""

    kind = TEXT()
    name = TEXT()
    version = TEXT()
    digest = TEXT()

    class Meta:
        db_table = "adoptions"


class Absence(Fact):
    table = TEXT()
    row_entry = BIG()

    class Meta:
        db_table = "absences"


class Erasure(Fact):
    erased_entry = BIG()
    table = TEXT()

    class Meta:
        db_table = "erasures"
