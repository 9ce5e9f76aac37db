"""The working-day calendar."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0006_resource_exclusions"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="SpecialDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="日期")),
                        (
                            "is_working",
                            models.BooleanField(
                                default=False, help_text="勾选为调休上班，不勾选为放假", verbose_name="上班"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                        ("source", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "工作日历",
                        "verbose_name_plural": "工作日历",
                        "ordering": ("-day",),
                    },
                ),
                migrations.CreateModel(
                    name="SpecialDayEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("day", models.DateField(verbose_name="日期")),
                        (
                            "is_working",
                            models.BooleanField(
                                default=False, help_text="勾选为调休上班，不勾选为放假", verbose_name="上班"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="英文名称")),
                        ("source", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialday",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_specialdayevent" ("day", "id", "is_working", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."day", NEW."id", NEW."is_working", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="06c3119e01eb0551d1a268647dc500776d0492c6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7ba24",
                            table="zones_specialday",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialday",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_specialdayevent" ("day", "id", "is_working", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."day", NEW."id", NEW."is_working", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;',
                            hash="21bc45d1e0808de55b9186b1a187bb13b01fb3d2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2ec45",
                            table="zones_specialday",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialday",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_specialdayevent" ("day", "id", "is_working", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."day", OLD."id", OLD."is_working", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;',
                            hash="b11c6a1c26c6a3c2792531296e487e066f4cfd05",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_981f2",
                            table="zones_specialday",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="specialdayevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="specialdayevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="zones.specialday",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="specialdayevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="33621ac4bf2150ddd562abe6ee2eac8178e56f23",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ebcfe",
                            table="zones_specialdayevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
