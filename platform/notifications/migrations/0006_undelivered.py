"""What did not arrive is counted on the first page of everybody who works here."""

from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_sending_place"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Together(
            operations=[
                migrations.AlterModelOptions(
                    name="delivery",
                    options={
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "ordering": ("-id",),
                        "verbose_name": "消息",
                        "verbose_name_plural": "发送记录",
                    },
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state__in", ["unknown", "dead"])),
                        fields=["created_at"],
                        name="delivery_undelivered",
                    ),
                ),
            ],
        ),
    ]
