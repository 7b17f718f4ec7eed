"""Of what somebody must be told."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0014_counts")]
    operations = [
        migrations.CreateModel(
            name="News",
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
                ("item_id", models.BigIntegerField(db_index=True)),
                ("agency_id", models.IntegerField()),
                ("what", models.TextField()),
                ("case_id", models.IntegerField(null=True)),
                ("first", models.BigIntegerField()),
            ],
            options={
                "db_table": "news",
                "indexes": [models.Index(fields=["agency_id", "-entry"], name="news_of_agency")],
            },
        ),
    ]
