"""Who may do what, and acts that came with a one-time number."""

from __future__ import annotations

from django.db import migrations, models

from fullfile.server.store.table_shapes import Index

_FACT: tuple[tuple[str, models.Field], ...] = (  # type: ignore[type-arg]  # not generic while running
    ("entry", Index(primary_key=True, serialize=False)),
    ("to_index", models.BigIntegerField(null=True)),
    ("source_id", models.IntegerField()),
    ("batch", models.BigIntegerField(default=-1)),
)


class Migration(migrations.Migration):
    dependencies = [("store", "0007_boards")]

    operations = [
        migrations.CreateModel(
            name="AccountGrant",
            fields=[
                *_FACT,
                ("account", models.TextField(db_index=True)),
                ("name", models.TextField()),
                ("works_for", models.TextField()),
                ("role", models.TextField()),
                ("cases", models.TextField()),
                ("clients", models.TextField()),
                ("ends_day", models.IntegerField(null=True)),
                ("approved_by", models.TextField()),
            ],
            options={"db_table": "account_grants"},
        ),
        migrations.CreateModel(
            name="AccountAct",
            fields=[
                *_FACT,
                ("account", models.TextField(db_index=True)),
                ("what", models.TextField()),
            ],
            options={"db_table": "account_acts"},
        ),
        migrations.CreateModel(
            name="Once",
            fields=[
                ("key_hash", models.BinaryField(primary_key=True, serialize=False)),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
            ],
            options={"db_table": "once"},
        ),
    ]
