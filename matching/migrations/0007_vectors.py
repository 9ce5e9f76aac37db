"""Vectors of resources and needs, the work of making them, and what runs are fixed to."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0006_dismissals"),
        ("zones", "0006_resource_exclusions"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="MeaningStatistics",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("model", models.CharField(max_length=200)),
                        ("packed", models.BinaryField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "向量统计",
                        "verbose_name_plural": "向量统计",
                        "ordering": ("-id",),
                    },
                ),
                migrations.AddField(
                    model_name="matchrun",
                    name="meaning_error",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddField(
                    model_name="matchrun",
                    name="meaning_model",
                    field=models.CharField(
                        blank=True, help_text="空：只按词语比较", max_length=200, verbose_name="语义模型"
                    ),
                ),
                migrations.AddField(
                    model_name="matchrun",
                    name="need_by_meaning",
                    field=models.PositiveIntegerField(default=0, verbose_name="按语义比较的需求数"),
                ),
                migrations.AddField(
                    model_name="matchrun",
                    name="vector_version",
                    field=models.BigIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="needdocument",
                    name="text_hash",
                    field=models.BinaryField(default=b""),
                ),
                migrations.AddField(
                    model_name="resourcedocument",
                    name="text_hash",
                    field=models.BinaryField(default=b""),
                ),
                migrations.CreateModel(
                    name="EmbeddingStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "排队"),
                                    ("leased", "处理中"),
                                    ("done", "完成"),
                                    ("failed", "失败"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("fence", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("next_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("rung_at", models.DateTimeField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        ("kind", models.CharField(choices=[("resource", "资源"), ("need", "需求")], max_length=10)),
                        ("model", models.CharField(max_length=200)),
                        (
                            "object_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "向量计算步骤",
                        "verbose_name_plural": "向量计算步骤",
                        "indexes": [models.Index(fields=["state", "next_at"], name="embedding_step_due")],
                    },
                ),
                migrations.AddField(
                    model_name="matchrun",
                    name="meaning_statistics",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="matching.meaningstatistics",
                    ),
                ),
                migrations.CreateModel(
                    name="NeedVector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=200)),
                        ("dimensions", models.PositiveSmallIntegerField()),
                        ("text_hash", models.BinaryField()),
                        ("sequence", models.BigIntegerField()),
                        ("packed", models.BinaryField()),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="vectors", to="matching.need"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "需求向量",
                        "verbose_name_plural": "需求向量",
                        "indexes": [models.Index(fields=["model", "sequence"], name="need_vector_batch")],
                        "constraints": [models.UniqueConstraint(fields=("need", "model"), name="one_vector_per_need")],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceVector",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=200)),
                        ("dimensions", models.PositiveSmallIntegerField()),
                        ("text_hash", models.BinaryField()),
                        ("sequence", models.BigIntegerField()),
                        ("packed", models.BinaryField()),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="vectors", to="zones.resource"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资源向量",
                        "verbose_name_plural": "资源向量",
                        "indexes": [models.Index(fields=["model", "sequence"], name="resource_vector_batch")],
                        "constraints": [
                            models.UniqueConstraint(fields=("resource", "model"), name="one_vector_per_resource")
                        ],
                    },
                ),
            ]
        )
    ]
