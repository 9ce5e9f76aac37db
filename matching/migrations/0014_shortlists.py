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
        ("matching", "0013_calls"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0006_resource_exclusions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Push",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("need_version", models.PositiveIntegerField()),
                        (
                            "pushed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pushes",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "pushed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pushes",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "推送",
                        "verbose_name_plural": "推送",
                        "ordering": ("-id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PushEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("need_version", models.PositiveIntegerField()),
                        (
                            "pushed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.need",
                                verbose_name="需求",
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
                                to="matching.push",
                            ),
                        ),
                        (
                            "pushed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Shortlisting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("is_by_hand", models.BooleanField(default=False, verbose_name="人工添加")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "added_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("need_version", models.PositiveIntegerField()),
                        ("resource_version", models.PositiveIntegerField()),
                        ("facts", models.JSONField(verbose_name="依据")),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "config",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="matching.scoringconfig",
                                verbose_name="评分配置",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shortlistings",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shortlistings",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "入围资源",
                        "verbose_name_plural": "入围资源",
                        "ordering": ("id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ShortlistingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("is_by_hand", models.BooleanField(default=False, verbose_name="人工添加")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "added_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("need_version", models.PositiveIntegerField()),
                        ("resource_version", models.PositiveIntegerField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "config",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.scoringconfig",
                                verbose_name="评分配置",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.need",
                                verbose_name="需求",
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
                                to="matching.shortlisting",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="push",
                    constraint=models.UniqueConstraint(
                        fields=("need", "resource", "need_version"), name="one_push_per_pair_and_need_version"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="push",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_pushevent" ("id", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "pushed_at", "pushed_by_id", "resource_id") VALUES (NEW."id", NEW."need_id", NEW."need_version", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."pushed_at", NEW."pushed_by_id", NEW."resource_id"); RETURN NULL;',
                            hash="fded12d7f7634efdc0db2c9926cd02a75c75cda9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6442f",
                            table="matching_push",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="push",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_pushevent" ("id", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "pushed_at", "pushed_by_id", "resource_id") VALUES (NEW."id", NEW."need_id", NEW."need_version", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."pushed_at", NEW."pushed_by_id", NEW."resource_id"); RETURN NULL;',
                            hash="d20b3350b2f033e55a71e22a4ee07e70490a9be3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c476f",
                            table="matching_push",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="push",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_pushevent" ("id", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "pushed_at", "pushed_by_id", "resource_id") VALUES (OLD."id", OLD."need_id", OLD."need_version", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."pushed_at", OLD."pushed_by_id", OLD."resource_id"); RETURN NULL;',
                            hash="26dbd9569b485f26d854a67fbdcdb3075f5be5fd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_82630",
                            table="matching_push",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pushevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="77fc6ffd475889f83ffe3f9eeb3320ca83f5757c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b4b73",
                            table="matching_pushevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="shortlisting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("need", "resource"),
                        name="one_shortlisting_per_pair",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shortlisting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_shortlistingevent" ("added_at", "added_by_id", "config_id", "ended_at", "ended_by_id", "id", "is_by_hand", "need_id", "need_version", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "resource_version") VALUES (NEW."added_at", NEW."added_by_id", NEW."config_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_by_hand", NEW."need_id", NEW."need_version", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."resource_id", NEW."resource_version"); RETURN NULL;',
                            hash="61ec6184138e8eb85150b92bebd7eca937821eb1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8adf6",
                            table="matching_shortlisting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shortlisting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."added_at" IS DISTINCT FROM (NEW."added_at") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."config_id" IS DISTINCT FROM (NEW."config_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_by_hand" IS DISTINCT FROM (NEW."is_by_hand") OR OLD."need_id" IS DISTINCT FROM (NEW."need_id") OR OLD."need_version" IS DISTINCT FROM (NEW."need_version") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."resource_version" IS DISTINCT FROM (NEW."resource_version"))',
                            func='INSERT INTO "matching_shortlistingevent" ("added_at", "added_by_id", "config_id", "ended_at", "ended_by_id", "id", "is_by_hand", "need_id", "need_version", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "resource_version") VALUES (NEW."added_at", NEW."added_by_id", NEW."config_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."is_by_hand", NEW."need_id", NEW."need_version", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."resource_id", NEW."resource_version"); RETURN NULL;',
                            hash="4b609164122fdc3317addb7e60d8a84b0f54d032",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_14aef",
                            table="matching_shortlisting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shortlisting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_shortlistingevent" ("added_at", "added_by_id", "config_id", "ended_at", "ended_by_id", "id", "is_by_hand", "need_id", "need_version", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "resource_version") VALUES (OLD."added_at", OLD."added_by_id", OLD."config_id", OLD."ended_at", OLD."ended_by_id", OLD."id", OLD."is_by_hand", OLD."need_id", OLD."need_version", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."resource_id", OLD."resource_version"); RETURN NULL;',
                            hash="4b549f9a6dc2d716e3bc40586eb4a3083ea48c49",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cccef",
                            table="matching_shortlisting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="shortlistingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bdd2e14033b23092a7909a1e4870e90f75a4610e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4a544",
                            table="matching_shortlistingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
