"""The board of every case, what makes it stale, and what the defence opened."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _keyed(*fields: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(
        *fields, blank=True, editable=False, primary_key=True, serialize=False
    )


def mark_all(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An office that has a record already has no board yet."""
    schema_editor.execute("INSERT INTO board_mark (kind, ref, size) VALUES ('all', 0, 0)")


class Migration(migrations.Migration):
    dependencies = [("store", "0006_room")]
    operations = [
        migrations.CreateModel(
            name="BoardMark",
            fields=[
                ("pk", _keyed("kind", "ref")),
                ("kind", models.TextField()),
                ("ref", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
            ],
            options={"db_table": "board_mark"},
        ),
        migrations.CreateModel(
            name="CaseDue",
            fields=[
                ("pk", _keyed("case_id", "defendant_id", "due_day", "overdue", "basis")),
                ("case_id", models.IntegerField()),
                ("defendant_id", models.IntegerField()),
                ("due_day", models.IntegerField(db_index=True)),
                ("overdue", models.BooleanField()),
                ("basis", models.TextField()),
                ("lines", models.IntegerField()),
            ],
            options={"db_table": "case_due"},
        ),
        migrations.CreateModel(
            name="ReadingRow",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("body", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "defence_reading"},
        ),
        migrations.CreateModel(
            name="CaseBoard",
            fields=[
                ("case_id", models.IntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("day", models.IntegerField()),
                ("stale_size", models.BigIntegerField()),
                ("verdict", models.TextField()),
                ("verdict_order", models.SmallIntegerField()),
                ("worst", models.TextField()),
                ("worst_order", models.SmallIntegerField()),
                ("lines", models.IntegerField()),
                ("exceptions", models.IntegerField()),
                ("lasting", models.IntegerField()),
                ("items", models.IntegerField()),
                ("exception_items", models.IntegerField()),
                ("pending", models.IntegerField()),
                ("overdue", models.IntegerField()),
                ("unacknowledged", models.IntegerField()),
                ("ended", models.IntegerField()),
                ("defendants", models.IntegerField()),
                ("first_due_day", models.IntegerField(null=True)),
                ("next_due_day", models.IntegerField(null=True)),
                ("hearing_day", models.IntegerField(null=True)),
                ("hearing_event", models.TextField()),
                ("sealed", models.BooleanField()),
                ("title_entry", models.BigIntegerField()),
                ("title", models.TextField()),
                ("title_norm", models.TextField()),
                ("states", models.TextField()),
                ("also", models.TextField()),
            ],
            options={
                "db_table": "case_board",
                "indexes": [
                    models.Index(
                        fields=["worst_order", "-exceptions", "case_id"], name="case_board_worst"
                    ),
                    models.Index(fields=["hearing_day", "case_id"], name="case_board_hearing"),
                    models.Index(fields=["first_due_day", "case_id"], name="case_board_due"),
                    models.Index(fields=["verdict", "case_id"], name="case_board_verdict"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(
                fields=["case_id", "defendant_id", "production_norm", "first"],
                condition=models.Q(ack_last__isnull=True, to_index__isnull=True),
                name="disclosures_no_receipt",
            ),
        ),
        migrations.RunPython(mark_all, migrations.RunPython.noop),
    ]
