"""Which views wait for a second reader."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0010_acts_by")]
    operations = [
        migrations.AddField(
            model_name="determination",
            name="by_norm",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="determination",
            name="waiting",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(
                fields=["first", "entry"],
                condition=models.Q(waiting=True, to_index__isnull=True),
                name="determinations_waiting",
            ),
        ),
    ]
