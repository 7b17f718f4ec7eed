"""Suggestions that nobody has decided, kept as rows."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0011_second_readings")]
    operations = [
        migrations.CreateModel(
            name="OpenSuggestion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "item_id",
                        "case_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("item_id", models.BigIntegerField()),
                ("case_id", models.IntegerField(db_index=True)),
                ("entry", models.BigIntegerField(db_index=True)),
                ("first", models.BigIntegerField()),
                ("millionths", models.IntegerField()),
                ("reason", models.TextField()),
                ("again", models.BooleanField()),
            ],
            options={
                "db_table": "open_suggestions",
                "indexes": [
                    models.Index(
                        fields=["-millionths", "item_id", "case_id"],
                        name="open_suggestions_likeliest",
                    )
                ],
            },
        ),
    ]
