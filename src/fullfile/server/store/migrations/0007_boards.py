"""The board of every case, and what the defence reads (filled in by the work on productions)."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0006_room")]
    operations = []
