"""The tables of what waits: jobs, files on their way in, the columns of each source."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.CharField(max_length=80)),
                ("by", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=160)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=80)),
                ("source", models.CharField(max_length=120)),
                ("table", models.CharField(max_length=40)),
                ("columns", models.JSONField(default=dict)),
                ("dates", models.CharField(blank=True, max_length=20)),
                ("header", models.IntegerField(default=1)),
                ("complete", models.BooleanField(default=False)),
                ("state", models.CharField(default="columns", max_length=10)),
                ("check_job", models.BigIntegerField(null=True)),
                ("commit_job", models.BigIntegerField(null=True)),
                ("first_entry", models.BigIntegerField(null=True)),
                ("last_entry", models.BigIntegerField(null=True)),
                ("outcome", models.JSONField(default=dict)),
                ("came_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "arrival",
            },
        ),
        migrations.CreateModel(
            name="Columns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=120)),
                ("table", models.CharField(max_length=40)),
                ("columns", models.JSONField(default=dict)),
                ("dates", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "db_table": "arrival_columns",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "table"), name="arrival_columns_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("slot", models.CharField(max_length=80, null=True, unique=True)),
                ("arguments", models.JSONField(default=dict)),
                ("account", models.CharField(blank=True, max_length=80)),
                ("by", models.CharField(max_length=200)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("run_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("worker", models.CharField(blank=True, max_length=120)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("result", models.JSONField(default=dict)),
                ("error", models.TextField(blank=True)),
            ],
            options={
                "db_table": "job",
                "indexes": [
                    models.Index(fields=["state", "run_at"], name="job_next"),
                    models.Index(fields=["account", "id"], name="job_account"),
                ],
            },
        ),
    ]
