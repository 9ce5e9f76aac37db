"""Where the database stands: a restored copy sends nothing by itself."""

import django.db.models.manager
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_event_topic")]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="SendingPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=80)),
                        ("held_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "发送位置",
                        "verbose_name_plural": "发送位置",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_sending_place")
                        ],
                    },
                    managers=[("plain", django.db.models.manager.Manager())],
                ),
            ],
        ),
    ]
