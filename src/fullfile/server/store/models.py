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

from typing import TYPE_CHECKING

from django.db import models

from fullfile.server.store import board_tables  # noqa: F401 - the tables beside the record

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

BIG = models.BigIntegerField
INT = models.IntegerField
TEXT = models.TextField
FLAG = models.BooleanField


class Index(models.BigIntegerField):  # type: ignore[type-arg]  # not generic while running
    """A primary key of 64 bits. SQLite keeps it as the row's own number, without an index beside it."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def _big() -> models.BigIntegerField[int | None, int | None]:
    return models.BigIntegerField(null=True)


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


class Fact(models.Model):
    """What every read table has."""

    entry = Index(primary_key=True)
    to_index = _big()
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
    to_index = _big()

    class Meta:
        abstract = True


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
    opened_first = _big()
    opened_last = _big()
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
    until_last = _big()
    ord = BIG()

    class Meta:
        db_table = "party_status"


class Count(Fact):
    case_id = INT(db_index=True)
    defendant_id = INT()
    count_norm = TEXT()
    offense_norm = TEXT()
    charged_first = _big()
    charged_last = _big()
    overridden = FLAG()

    class Meta:
        db_table = "counts"


class Item(Fact):
    item_id = BIG(db_index=True)
    agency_id = INT()
    report_id = INT(null=True, db_index=True)
    held_first = BIG()
    """The earlier of collected_at and booked_at."""
    booked_first = _big()
    parent_id = _big()
    quantity = _big()
    booker_norm = TEXT()
    kind = TEXT()
    place = _big()
    """The shelf that the list names (`core.custody.labels.shelf_number`)."""
    place_ord = _big()
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
    quantity = _big()
    ordered = FLAG()
    """A court order is named."""
    by_norm = TEXT()
    place = _big()
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
    confirmed_last = _big()
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
    ack_last = _big()

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
    announced_last = _big()
    sealed = FLAG()
    ordered = FLAG()
    order_last = _big()
    until_last = _big()

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
    quantity = _big()
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
    lifted_last = _big()
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


class Act(Fact):
    """An act of the office about a case or an item: a paper signed, an outcome explained."""

    type = TEXT(db_index=True)
    case_id = INT(null=True, db_index=True)
    item_id = BIG(null=True, db_index=True)

    class Meta:
        db_table = "acts"


class RoomItem(models.Model):
    """An item that is not simply on its shelf as the record stands: one row, none where all is well.

    Made anew, in the same transaction, from the custody events and lists of the items that a chunk
    touches; see `room`. What lies in a container is not here for what its container went through.
    """

    item_id = Index(primary_key=True)
    agency_id = INT()
    what = TEXT()
    """unshelved, out, elsewhere (handed on), absent, or gone (for good; it may come back)."""
    entry = BIG()
    """The entry that makes it so."""
    since = BIG()
    due_day = INT(null=True)
    place = _big()
    """The last shelf that it was on."""

    class Meta:
        db_table = "room_items"
        indexes = [models.Index(fields=["what", "due_day", "since", "item_id"], name="room_what")]


class Leaving(Fact):
    """Somebody asks that an item may leave; closed by the entry that approves or refuses it."""

    item_id = BIG(db_index=True)
    agency_id = INT()
    how = TEXT()
    by_norm = TEXT()

    class Meta:
        db_table = "leavings"
        indexes = [
            models.Index(
                fields=["entry"],
                name="leavings_open",
                condition=models.Q(to_index__isnull=True),
            )
        ]


class ShelfName(models.Model):
    """A shelf by its number, and the first entry that is still there and names it."""

    place = Index(primary_key=True)
    agency_id = INT(db_index=True)
    entry = BIG(db_index=True)

    class Meta:
        db_table = "shelf_names"


class Shelf(Fact):
    """A shelf that an agency named."""

    agency_id = INT(db_index=True)
    place = BIG(db_index=True)

    class Meta:
        db_table = "shelves"


class Inventory(Fact):
    """An inventory; closed by the entry that ends it."""

    agency_id = INT(db_index=True)
    number = INT()
    expected = INT()

    class Meta:
        db_table = "inventories"


class InventoryItem(Part):
    """An item that an inventory is to find, and the shelf it is to be on."""

    inventory = BIG()
    item_id = BIG(db_index=True)
    place = BIG()

    class Meta:
        db_table = "inventory_items"
        indexes = [
            models.Index(fields=["inventory", "place"], name="inventory_items_place"),
            models.Index(fields=["inventory", "item_id"], name="inventory_items_item"),
        ]


class InventoryFind(Fact):
    """What a scan or the closing of a shelf found; a discrepancy is closed by the entry that settles it."""

    inventory = BIG()
    item_id = BIG(null=True, db_index=True)
    place = BIG()
    outcome = TEXT()
    """found, wrong_place, unrecorded, altered or not_found."""
    once = TEXT()
    """The client's one-time number of the scan; empty where it gave none."""
    code = TEXT()
    """What was scanned, folded, where no item on record has it; else empty."""

    class Meta:
        db_table = "inventory_finds"
        indexes = [
            models.Index(fields=["inventory", "outcome", "entry"], name="inventory_finds_kind"),
            models.Index(fields=["inventory", "item_id"], name="inventory_finds_item"),
            models.Index(
                fields=["inventory", "once"],
                name="inventory_finds_once",
                condition=~models.Q(once=""),
            ),
        ]


class InventoryShelf(Fact):
    """A shelf that was closed in an inventory."""

    inventory = BIG(db_index=True)
    place = BIG()

    class Meta:
        db_table = "inventory_shelves"


class LinkRun(Fact):
    """A run of `link`: which record it read, and which item (null: every one)."""

    size = BIG()
    item_id = BIG(null=True, db_index=True)

    class Meta:
        db_table = "link_runs"


class Suggestion(Part):
    """One step of a suggestion: from the day of its latest fact (`first`) on, this probability."""

    item_id = BIG(db_index=True)
    case_id = INT(db_index=True)
    first = BIG()
    millionths = INT()

    class Meta:
        db_table = "suggestions"


class OpenSuggestion(models.Model):
    """What stands suggested for an item and nobody has decided since; see `open_suggestions`."""

    pk = models.CompositePrimaryKey("item_id", "case_id")
    item_id = BIG()
    case_id = INT(db_index=True)
    entry = BIG(db_index=True)
    first = BIG()
    """The day of the latest fact that it rests on."""
    millionths = INT()
    reason = TEXT()
    """The first of its reasons."""
    again = FLAG()
    """It was rejected once, and facts came since."""

    class Meta:
        db_table = "open_suggestions"
        indexes = [
            models.Index(
                fields=["-millionths", "item_id", "case_id"], name="open_suggestions_likeliest"
            )
        ]


class AccountGrant(Fact):
    """What somebody may do: the newest grant of an account counts, until it is ended."""

    account = TEXT(db_index=True)
    name = TEXT()
    works_for = TEXT()
    role = TEXT()
    cases = TEXT()
    """JSON: the case numbers that it is for; null: all that the role may see."""
    clients = TEXT()
    """JSON: [case number, defendant] of each client of counsel."""
    ends_day = INT(null=True)
    """Days since 1970, on the office's clock; the last day on which it holds."""
    approved_by = TEXT()

    class Meta:
        db_table = "account_grants"


class AccountAct(Fact):
    """An access ended, reviewed, unlocked: what administrators did."""

    account = TEXT(db_index=True)
    what = TEXT()

    class Meta:
        db_table = "account_acts"


class ActBy(Fact):
    """What somebody did here: an entry that came from no import, by type and person."""

    type = TEXT(db_index=True)
    by = TEXT()
    by_norm = TEXT(db_index=True)

    class Meta:
        db_table = "acts_by"


class Once(models.Model):
    """A one-time number of a form or of a request to the API, and the entries that came with it.

    No read table: it is not derived from the record, and tells only what was sent twice.
    """

    key_hash = models.BinaryField(primary_key=True)
    first = BIG()
    last = BIG()

    class Meta:
        db_table = "once"
