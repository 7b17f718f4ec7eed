"""What every start page counts over all cases, from an index alone."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0013_lists")]
    operations = [
        migrations.AddIndex(
            model_name="casedue",
            index=models.Index(
                fields=["overdue", "case_id", "due_day", "lines"], name="case_due_by_case"
            ),
        ),
        migrations.AddIndex(
            model_name="caseboard",
            index=models.Index(fields=["size", "stale_size", "day", "items"], name="board_fresh"),
        ),
    ]
