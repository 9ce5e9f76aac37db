import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0016_imports_of_needs"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="OrganizationAliasEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120, verbose_name="别名")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_organizationaliasevent" ("id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="7584c5c3519ee96141ab4fd78f99904e5d04b282",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7ec9f",
                            table="zones_organizationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_organizationaliasevent" ("id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="13a635893748d7f11a29edf23be8b4a1bb189ed9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5653d",
                            table="zones_organizationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_organizationaliasevent" ("id", "name", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="933968c976ffaee08811928481d6f88a480f0074",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9f837",
                            table="zones_organizationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="organizationaliasevent",
                    name="organization",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationaliasevent",
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
                    model_name="organizationaliasevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="zones.organizationalias",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationaliasevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9ab16da47d709f9e831ccf67732ee8af926340a2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6dc05",
                            table="zones_organizationaliasevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
