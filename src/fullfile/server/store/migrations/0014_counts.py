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
            model_name="casedue",
            index=models.Index(fields=["overdue", "due_day", "case_id"], name="case_due_by_day"),
        ),
        migrations.AlterField(model_name="casedue", name="due_day", field=models.IntegerField()),
        migrations.RemoveIndex(model_name="caseboard", name="case_board_verdict"),
        migrations.AddIndex(
            model_name="caseboard",
            index=models.Index(
                fields=["verdict", "worst_order", "-exceptions", "case_id"],
                name="case_board_by_verdict",
            ),
        ),
        migrations.AddIndex(
            model_name="caseboard",
            index=models.Index(fields=["size", "stale_size", "day", "items"], name="board_fresh"),
        ),
    ]
