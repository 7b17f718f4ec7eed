"""Who did what here, for whoever audits it: every entry that came from no import, by type and person."""

from __future__ import annotations

from django.db import migrations, models

from fullfile.server.store.table_shapes import Index


class Migration(migrations.Migration):
    dependencies = [("store", "0009_search")]

    operations = [
        migrations.CreateModel(
            name="ActBy",
            fields=[
                ("entry", Index(primary_key=True, serialize=False)),
                ("to_index", models.BigIntegerField(null=True)),
                ("source_id", models.IntegerField()),
                ("batch", models.BigIntegerField(default=-1)),
                ("type", models.TextField(db_index=True)),
                ("by", models.TextField()),
                ("by_norm", models.TextField(db_index=True)),
            ],
            options={"db_table": "acts_by"},
        ),
    ]
