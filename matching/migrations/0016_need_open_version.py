"""An index of the versions of open needs, which every look reads."""

from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0015_leak_statements"),
        ("zones", "0011_merges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["id"],
                        include=("version",),
                        name="need_open_version",
                    ),
                ),
            ],
        ),
    ]
