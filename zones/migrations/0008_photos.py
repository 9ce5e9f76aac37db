"""Photos of resources."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0007_special_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ResourcePhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("caption_zh", models.CharField(blank=True, max_length=120, verbose_name="说明")),
                        ("content", models.BinaryField()),
                        ("width", models.PositiveSmallIntegerField()),
                        ("height", models.PositiveSmallIntegerField()),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "照片",
                        "verbose_name_plural": "照片",
                        "ordering": ("resource", "position"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ResourcePhotoEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("caption_zh", models.CharField(blank=True, max_length=120, verbose_name="说明")),
                        ("width", models.PositiveSmallIntegerField()),
                        ("height", models.PositiveSmallIntegerField()),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.resourcephoto",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="resourcephoto",
                    constraint=models.UniqueConstraint(fields=("resource", "position"), name="one_photo_per_position"),
                ),
                migrations.AddConstraint(
                    model_name="resourcephoto",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("height__gte", 1), ("width__gte", 1)), name="photo_has_an_area"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcephoto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_resourcephotoevent" ("caption_zh", "created_at", "height", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "resource_id", "uploaded_by_id", "width") VALUES (NEW."caption_zh", NEW."created_at", NEW."height", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."resource_id", NEW."uploaded_by_id", NEW."width"); RETURN NULL;',
                            hash="b8e76f4787276762ba756efd9bd9a399d044d53b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6a5cd",
                            table="zones_resourcephoto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcephoto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."caption_zh" IS DISTINCT FROM (NEW."caption_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."height" IS DISTINCT FROM (NEW."height") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."width" IS DISTINCT FROM (NEW."width"))',
                            func='INSERT INTO "zones_resourcephotoevent" ("caption_zh", "created_at", "height", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "resource_id", "uploaded_by_id", "width") VALUES (NEW."caption_zh", NEW."created_at", NEW."height", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."resource_id", NEW."uploaded_by_id", NEW."width"); RETURN NULL;',
                            hash="c96c2598eb67c76f52494872844a78cd62c2299c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f8d6d",
                            table="zones_resourcephoto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcephoto",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_resourcephotoevent" ("caption_zh", "created_at", "height", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "resource_id", "uploaded_by_id", "width") VALUES (OLD."caption_zh", OLD."created_at", OLD."height", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."resource_id", OLD."uploaded_by_id", OLD."width"); RETURN NULL;',
                            hash="7c4cc70e6bd83f1138bc85661cf458ab6b951345",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4dd22",
                            table="zones_resourcephoto",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcephotoevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d4f5b5d8d77cc756dab81edec1c5b75f4b22cf85",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d7535",
                            table="zones_resourcephotoevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
