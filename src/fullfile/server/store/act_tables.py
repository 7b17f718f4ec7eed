"""Tables of the office's own acts, derived from the record like the others.

What a property room asks for, what `link` suggested, who may do what, who did what. One of them is not derived:
what was sent twice (`Once`).
"""

# Fields are tables' columns, never read as attributes here; their types are the databases'.
# mypy: disable-error-code="var-annotated"
# ruff: noqa: DJ008, RUF012 - no row is ever shown by itself; Django's own way to declare constraints

from __future__ import annotations

from django.db import models

from fullfile.server.store.table_shapes import BIG, FLAG, INT, TEXT, Fact, Index, Part, big_or_none

__all__ = [
    "AccountAct",
    "AccountGrant",
    "Act",
    "ActBy",
    "Inventory",
    "InventoryFind",
    "InventoryItem",
    "InventoryShelf",
    "Leaving",
    "LinkRun",
    "News",
    "Once",
    "OpenSuggestion",
    "RoomItem",
    "Shelf",
    "ShelfName",
    "Suggestion",
]


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
    place = big_or_none()
    """The last shelf that it was on."""

    class Meta:
        db_table = "room_items"
        indexes = [
            models.Index(fields=["what", "due_day", "since", "item_id"], name="room_what"),
            models.Index(
                fields=["agency_id", "what", "due_day", "since", "item_id"], name="room_agency"
            ),
        ]


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


class News(Part):
    """Bad news of an item, or a find after its agency had answered or a certificate was signed: somebody must be told.

    Made for what became known here, not for the history that an import brings; see `news_rows`.
    """

    item_id = BIG(db_index=True)
    agency_id = INT()
    what = TEXT()
    """not_found, short, lost; released, consumed, destroyed (while a hold stood); found."""
    case_id = INT(null=True)
    """Of a find: the case that it bears on."""
    first = BIG()

    class Meta:
        db_table = "news"
        indexes = [models.Index(fields=["agency_id", "-entry"], name="news_of_agency")]


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
