"""What waits for whom is worked out once a day; what was recorded since is looked through once."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_knocks")]

    operations = [
        migrations.AddField("account", "looked_on", models.DateField(null=True)),
        migrations.CreateModel(
            name="KnockMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.BigIntegerField()),
            ],
            options={"db_table": "account_knock_mark"},
        ),
    ]
