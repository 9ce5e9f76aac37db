"""An index of the days on which open needs expire, which the first page counts."""

from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0016_need_open_version"),
        ("zones", "0013_imports_of_every_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(
                        condition=models.Q(("state", "open")), fields=["expires_on"], name="need_open_expiry"
                    ),
                ),
            ],
        ),
    ]
