"""Codes get a version, crosswalks a history: both are changed by people now."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import InstallTriggers, Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0003_imports"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="CrosswalkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("industry", "产业分类"),
                                    ("discipline", "学科分类"),
                                    ("equipment", "仪器设备分类"),
                                    ("sector", "国民经济行业分类"),
                                    ("contract_type", "技术合同类型"),
                                    ("mode", "合作方式"),
                                    ("trl", "技术就绪度"),
                                ],
                                max_length=20,
                                verbose_name="分类",
                            ),
                        ),
                        ("source", models.CharField(max_length=20, verbose_name="代码")),
                        ("target", models.CharField(max_length=20, verbose_name="对应代码")),
                        ("weight", models.FloatField(default=0.5, verbose_name="相似度")),
                        ("origin", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="code",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="code",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="code",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="code",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                migrations.AddField(
                    model_name="codeevent",
                    name="version",
                    field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                migrations.AlterConstraint(
                    model_name="code",
                    name="one_code_per_scheme",
                    constraint=models.UniqueConstraint(
                        fields=("scheme", "code"),
                        name="one_code_per_scheme",
                        violation_error_message="该分类下已有此代码：请换一个，或修改已有的代码。",
                    ),
                ),
                migrations.AddField(
                    model_name="crosswalkevent",
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
                    model_name="crosswalkevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="zones.crosswalk",
                    ),
                ),
                InstallTriggers(
                    [
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "version") VALUES (NEW."code", NEW."confidence", NEW."extra", NEW."family", NEW."id", NEW."is_active", NEW."level", NEW."name_en", NEW."name_zh", NEW."parent_code", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme", NEW."version"); RETURN NULL;',
                                    hash="b713d4dc63903ef8fd533c22e2a4db2767225b85",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_91113",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "version") VALUES (NEW."code", NEW."confidence", NEW."extra", NEW."family", NEW."id", NEW."is_active", NEW."level", NEW."name_en", NEW."name_zh", NEW."parent_code", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme", NEW."version"); RETURN NULL;',
                                    hash="95f2408a440ced32279f1132bd43fa9d22428dcf",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c107e",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "version") VALUES (OLD."code", OLD."confidence", OLD."extra", OLD."family", OLD."id", OLD."is_active", OLD."level", OLD."name_en", OLD."name_zh", OLD."parent_code", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme", OLD."version"); RETURN NULL;',
                                    hash="7c95fbd1807367f18d26b10058054d61bc1166e0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f8d5c",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "crosswalk",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_crosswalkevent" ("id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "source", "target", "weight") VALUES (NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme", NEW."source", NEW."target", NEW."weight"); RETURN NULL;',
                                    hash="1e10e0a9e639e14f7061339b939869827fc26424",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a38eb",
                                    table="zones_crosswalk",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "crosswalk",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_crosswalkevent" ("id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "source", "target", "weight") VALUES (NEW."id", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme", NEW."source", NEW."target", NEW."weight"); RETURN NULL;',
                                    hash="6c00ccf4c236f6ea9eb788a1a222b08032781ab0",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_cf73d",
                                    table="zones_crosswalk",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "crosswalk",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_crosswalkevent" ("id", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "source", "target", "weight") VALUES (OLD."id", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme", OLD."source", OLD."target", OLD."weight"); RETURN NULL;',
                                    hash="a0b4bf581fca35b9589fcb5e4c9267bf305d800a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2e152",
                                    table="zones_crosswalk",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "crosswalkevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a8c217cf22f42ad3775a42319a744d5fd0457ed3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ffc9f",
                                    table="zones_crosswalkevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                    ]
                ),
            ]
        )
    ]
