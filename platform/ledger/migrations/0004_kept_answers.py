"""Answers that are given again to the same request."""

import django.db.models.functions.datetime
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_paces"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="KeptAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("user_id", models.BigIntegerField()),
                        ("key_hash", models.CharField(max_length=64, unique=True)),
                        ("asked_hash", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("headers", models.JSONField(default=dict)),
                        ("body", models.TextField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "已给出的答复",
                        "verbose_name_plural": "已给出的答复",
                        "indexes": [models.Index(fields=["created_at"], name="kept_answer_age")],
                    },
                ),
            ],
        ),
    ]
