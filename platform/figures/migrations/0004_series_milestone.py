"""Which milestone a series reports; what is said to who puts down the same figure at the same time."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0003_reports"),
        ("ledger", "0006_event_marks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="series",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="series",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="series",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="series",
                    name="milestone",
                    field=models.CharField(
                        blank=True,
                        help_text="对应指标分口径时必填：signed 促成、completed 完成",
                        max_length=20,
                        verbose_name="对应口径",
                    ),
                ),
                migrations.AddField(
                    model_name="seriesevent",
                    name="milestone",
                    field=models.CharField(
                        blank=True,
                        help_text="对应指标分口径时必填：signed 促成、completed 完成",
                        max_length=20,
                        verbose_name="对应口径",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "milestone", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."code", NEW."created_at", NEW."figure", NEW."id", NEW."is_sample", NEW."milestone", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."scope", NEW."source_url", NEW."source_zh", NEW."unit", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="a71b2a3e31f25e6181f2f3425996ed3a2f110ba6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0762d",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."figure" IS DISTINCT FROM (NEW."figure") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."milestone" IS DISTINCT FROM (NEW."milestone") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "milestone", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."code", NEW."created_at", NEW."figure", NEW."id", NEW."is_sample", NEW."milestone", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."scope", NEW."source_url", NEW."source_zh", NEW."unit", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="0bc088a9e5600eddef7d238e6fce591edcae7273",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91303",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "milestone", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."code", OLD."created_at", OLD."figure", OLD."id", OLD."is_sample", OLD."milestone", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."scope", OLD."source_url", OLD."source_zh", OLD."unit", OLD."version", OLD."zone_id"); RETURN NULL;',
                            hash="3ae491c57b3723f48c30d2dd4e057a31984b9c34",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7af02",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AlterConstraint(
                    model_name="lockedfigure",
                    name="one_figure_version",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "dropped"), _negated=True),
                        fields=("figure", "scope", "period", "milestone", "samples", "number"),
                        name="one_figure_version",
                        violation_error_message="该指标刚由他人拟稿：请刷新后核对。",
                    ),
                ),
            ]
        )
    ]
