"""What a property room looks for every day (filled in by the work on custody)."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0005_dues")]
    operations = []
