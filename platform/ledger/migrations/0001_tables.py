import uuid

import django.db.models.functions.datetime
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Follower",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True)),
                        ("epoch", models.UUIDField(default=uuid.uuid4)),
                        ("sequence", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "变更跟随",
                        "verbose_name_plural": "变更跟随",
                    },
                ),
                migrations.CreateModel(
                    name="WorkerLiveness",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True)),
                        ("host", models.CharField(max_length=120)),
                        (
                            "started_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("seen_at", models.DateTimeField()),
                        ("index_version", models.BigIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "工作进程",
                        "verbose_name_plural": "工作进程",
                    },
                ),
                migrations.CreateModel(
                    name="ChangeMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=40)),
                        ("object_id", models.BigIntegerField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "变更标记",
                        "verbose_name_plural": "变更标记",
                        "indexes": [models.Index(fields=["subject"], name="change_mark_subject")],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_public_id", models.UUIDField()),
                        ("object_version", models.PositiveIntegerField(default=1)),
                        ("dedupe_key", models.CharField(max_length=200, unique=True)),
                        ("payload", models.JSONField(default=dict)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "待发事件",
                        "verbose_name_plural": "待发事件",
                        "ordering": ("id",),
                        "indexes": [models.Index(fields=["kind", "id"], name="outbox_kind")],
                    },
                ),
                migrations.CreateModel(
                    name="Tick",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("task", models.CharField(max_length=60)),
                        ("due_slot", models.DateTimeField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "节拍",
                        "verbose_name_plural": "节拍",
                        "constraints": [models.UniqueConstraint(fields=("task", "due_slot"), name="one_tick_per_slot")],
                    },
                ),
            ]
        )
    ]
