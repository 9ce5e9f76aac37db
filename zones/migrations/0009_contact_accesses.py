"""Contacts are seen masked; whoever is shown one whole is written down."""

import uuid

import django.contrib.postgres.functions
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
        ("zones", "0008_photos"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ContactAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("contact", models.UUIDField(verbose_name="联系方式编号")),
                        ("title", models.CharField(max_length=60, verbose_name="岗位")),
                        ("reason", models.CharField(max_length=200, verbose_name="查看理由")),
                        (
                            "seen_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="查看时间",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联系方式查看记录",
                        "verbose_name_plural": "联系方式查看记录",
                        "ordering": ("-id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contactpoint",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contactpoint",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contactpoint",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="contactpoint",
                    name="public_id",
                    field=models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        unique=True,
                    ),
                ),
                migrations.AddField(
                    model_name="contactpointevent",
                    name="public_id",
                    field=models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "title") VALUES (NEW."email", NEW."id", NEW."organization_id", NEW."person_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."public_id", NEW."title"); RETURN NULL;',
                            hash="c254cbccb6f160e01611cd428db65eafddb881b7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2e25c",
                            table="zones_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "title") VALUES (NEW."email", NEW."id", NEW."organization_id", NEW."person_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."public_id", NEW."title"); RETURN NULL;',
                            hash="0092259155f769ea531f13d9f0e3032f27d8245f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3ae27",
                            table="zones_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpoint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "title") VALUES (OLD."email", OLD."id", OLD."organization_id", OLD."person_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."public_id", OLD."title"); RETURN NULL;',
                            hash="bbd17cb04aad38c316d030e28da38091a2e4ddf3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_640d5",
                            table="zones_contactpoint",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="contactaccess",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_accesses",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="contactaccess",
                    name="user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="查看人",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactaccess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="de3645dd9f09cbb253ff45629f5dd09598f51366",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e851d",
                            table="zones_contactaccess",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
