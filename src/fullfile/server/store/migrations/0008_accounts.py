"""Who may do what, and acts that came with a one-time number."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0007_boards")]
    operations = []
