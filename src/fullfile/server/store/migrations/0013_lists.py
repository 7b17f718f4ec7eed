"""Lists of items by kind and by agency, and what a room is asked, without a walk over every item."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_open_suggestions")]
    operations = [
        migrations.AddIndex(
            model_name="itemkey",
            index=models.Index(fields=["agency_id", "item_id"], name="item_key_newest"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["kind", "item_id"],
                name="items_kind",
                condition=models.Q(to_index__isnull=True),
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["agency_id", "entry"],
                name="items_newest",
                condition=models.Q(to_index__isnull=True),
            ),
        ),
        migrations.AddIndex(
            model_name="roomitem",
            index=models.Index(
                fields=["agency_id", "what", "due_day", "since", "item_id"], name="room_agency"
            ),
        ),
    ]
