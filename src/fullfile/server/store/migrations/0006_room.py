"""What a property room looks for every day: shelves, what asks for a custodian, leavings, inventories."""

from __future__ import annotations

from django.db import migrations, models

from fullfile.server.store.table_shapes import Index

_FACT: tuple[tuple[str, models.Field], ...] = (  # type: ignore[type-arg]
    ("entry", Index(primary_key=True, serialize=False)),
    ("to_index", models.BigIntegerField(null=True)),
    ("source_id", models.IntegerField()),
    ("batch", models.BigIntegerField(default=-1)),
)


def _text(model: str, name: str) -> migrations.AddField:
    return migrations.AddField(
        model_name=model,
        name=name,
        field=models.TextField(default=""),
        preserve_default=False,
    )


def _number(model: str, name: str, kind: type[models.IntegerField]) -> migrations.AddField:  # type: ignore[type-arg]
    return migrations.AddField(model_name=model, name=name, field=kind(null=True))


class Migration(migrations.Migration):
    dependencies = [("store", "0005_dues")]
    operations = [
        _number("item", "place", models.BigIntegerField),
        _number("item", "place_ord", models.BigIntegerField),
        _text("item", "words"),
        _text("item", "care"),
        _number("custody", "place", models.BigIntegerField),
        _number("custody", "due_day", models.IntegerField),
        _text("mention", "words"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["agency_id", "entry"], name="items_own", condition=models.Q(batch=-1)
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(
                fields=["entry"],
                name="mentions_open",
                condition=models.Q(closed=False, to_index__isnull=True),
            ),
        ),
        migrations.CreateModel(
            name="RoomItem",
            fields=[
                ("item_id", Index(primary_key=True, serialize=False)),
                ("agency_id", models.IntegerField()),
                ("what", models.TextField()),
                ("entry", models.BigIntegerField()),
                ("since", models.BigIntegerField()),
                ("due_day", models.IntegerField(null=True)),
                ("place", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "room_items",
                "indexes": [
                    models.Index(fields=["what", "due_day", "since", "item_id"], name="room_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                *_FACT,
                ("item_id", models.BigIntegerField(db_index=True)),
                ("agency_id", models.IntegerField()),
                ("how", models.TextField()),
                ("by_norm", models.TextField()),
            ],
            options={
                "db_table": "leavings",
                "indexes": [
                    models.Index(
                        fields=["entry"],
                        name="leavings_open",
                        condition=models.Q(to_index__isnull=True),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShelfName",
            fields=[
                ("place", Index(primary_key=True, serialize=False)),
                ("agency_id", models.IntegerField(db_index=True)),
                ("entry", models.BigIntegerField(db_index=True)),
            ],
            options={"db_table": "shelf_names"},
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                *_FACT,
                ("agency_id", models.IntegerField(db_index=True)),
                ("place", models.BigIntegerField(db_index=True)),
            ],
            options={"db_table": "shelves"},
        ),
        migrations.CreateModel(
            name="Inventory",
            fields=[
                *_FACT,
                ("agency_id", models.IntegerField(db_index=True)),
                ("number", models.IntegerField()),
                ("expected", models.IntegerField()),
            ],
            options={"db_table": "inventories"},
        ),
        migrations.CreateModel(
            name="InventoryItem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entry",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entry", models.BigIntegerField()),
                ("part", models.IntegerField()),
                ("to_index", models.BigIntegerField(null=True)),
                ("inventory", models.BigIntegerField()),
                ("item_id", models.BigIntegerField(db_index=True)),
                ("place", models.BigIntegerField()),
            ],
            options={
                "db_table": "inventory_items",
                "indexes": [
                    models.Index(fields=["inventory", "place"], name="inventory_items_place"),
                    models.Index(fields=["inventory", "item_id"], name="inventory_items_item"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InventoryFind",
            fields=[
                *_FACT,
                ("inventory", models.BigIntegerField()),
                ("item_id", models.BigIntegerField(db_index=True, null=True)),
                ("place", models.BigIntegerField()),
                ("outcome", models.TextField()),
                ("once", models.TextField()),
                ("code", models.TextField()),
            ],
            options={
                "db_table": "inventory_finds",
                "indexes": [
                    models.Index(
                        fields=["inventory", "outcome", "entry"], name="inventory_finds_kind"
                    ),
                    models.Index(fields=["inventory", "item_id"], name="inventory_finds_item"),
                    models.Index(
                        fields=["inventory", "once"],
                        name="inventory_finds_once",
                        condition=~models.Q(once=""),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InventoryShelf",
            fields=[
                *_FACT,
                ("inventory", models.BigIntegerField(db_index=True)),
                ("place", models.BigIntegerField()),
            ],
            options={"db_table": "inventory_shelves"},
        ),
    ]
