"""Milestones name the evidence by which they were reached, and whether it was told that they are late."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0027_outcomes"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperationmilestone",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperationmilestone",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperationmilestone",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="cooperationmilestone",
                    name="evidence_zh",
                    field=models.CharField(
                        blank=True,
                        help_text="验收意见、报告或文件的名称与编号",
                        max_length=200,
                        verbose_name="达到的凭证",
                    ),
                ),
                migrations.AddField(
                    model_name="cooperationmilestone",
                    name="late_told_on",
                    field=models.DateField(editable=False, null=True, verbose_name="已告知逾期日"),
                ),
                migrations.AddField(
                    model_name="cooperationmilestoneevent",
                    name="evidence_zh",
                    field=models.CharField(
                        blank=True,
                        help_text="验收意见、报告或文件的名称与编号",
                        max_length=200,
                        verbose_name="达到的凭证",
                    ),
                ),
                migrations.AddField(
                    model_name="cooperationmilestoneevent",
                    name="late_told_on",
                    field=models.DateField(editable=False, null=True, verbose_name="已告知逾期日"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "evidence_zh", "id", "late_told_on", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (NEW."cooperation_id", NEW."due_on", NEW."evidence_zh", NEW."id", NEW."late_told_on", NEW."met_on", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."told_on"); RETURN NULL;',
                            hash="247746b6a950fd4b7c394305697c6c4084608732",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_adb65",
                            table="matching_cooperationmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "evidence_zh", "id", "late_told_on", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (NEW."cooperation_id", NEW."due_on", NEW."evidence_zh", NEW."id", NEW."late_told_on", NEW."met_on", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."told_on"); RETURN NULL;',
                            hash="34549da847ff742c5ec03b0bc1679e532fa8d97b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b8679",
                            table="matching_cooperationmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "evidence_zh", "id", "late_told_on", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (OLD."cooperation_id", OLD."due_on", OLD."evidence_zh", OLD."id", OLD."late_told_on", OLD."met_on", OLD."name_zh", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."told_on"); RETURN NULL;',
                            hash="287e55fd18a23b2fe1e96187e9593fd815b07a86",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_218cc",
                            table="matching_cooperationmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationmilestone",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("evidence_zh", ""), ("met_on__isnull", False), _connector="OR"),
                        name="milestone_evidence_once_met",
                        violation_error_message="填写凭证时，请一并填写达到日。",
                    ),
                ),
            ]
        )
    ]
