"""A cooperation may say of which event it comes."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("matching", "0025_events")]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperation",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperation",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="cooperation",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="cooperation",
                    name="event",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooperations",
                        to="matching.event",
                        verbose_name="来自活动",
                    ),
                ),
                migrations.AddField(
                    model_name="cooperationevent",
                    name="event",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.event",
                        verbose_name="来自活动",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("event__isnull", True), ("source", "event"), _connector="OR"),
                        name="cooperation_names_an_event_it_comes_of",
                        violation_error_message="只有来源为“交流对接活动”的合作才填写活动。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "event_id", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (NEW."call_id", NEW."completed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."confirmer_id", NEW."created_at", NEW."dimension", NEW."end_reason", NEW."end_zh", NEW."event_id", NEW."evidence_zh", NEW."exchange_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposer_id", NEW."public_id", NEW."signed_on", NEW."source", NEW."state", NEW."summary_zh", NEW."terminated_on", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="5f28075a21deb6d2ddda3e1ca6569c38e5f16158",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_00dca",
                            table="matching_cooperation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."completed_on" IS DISTINCT FROM (NEW."completed_on") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by" IS DISTINCT FROM (NEW."confirmed_by") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."end_zh" IS DISTINCT FROM (NEW."end_zh") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."evidence_zh" IS DISTINCT FROM (NEW."evidence_zh") OR OLD."exchange_id" IS DISTINCT FROM (NEW."exchange_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."proposer_id" IS DISTINCT FROM (NEW."proposer_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."terminated_on" IS DISTINCT FROM (NEW."terminated_on") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "event_id", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (NEW."call_id", NEW."completed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."confirmer_id", NEW."created_at", NEW."dimension", NEW."end_reason", NEW."end_zh", NEW."event_id", NEW."evidence_zh", NEW."exchange_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposer_id", NEW."public_id", NEW."signed_on", NEW."source", NEW."state", NEW."summary_zh", NEW."terminated_on", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="b304c6397114be5442103d462cd0b780640ae3a3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_03aa7",
                            table="matching_cooperation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "event_id", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (OLD."call_id", OLD."completed_on", OLD."confirmed_at", OLD."confirmed_by", OLD."confirmer_id", OLD."created_at", OLD."dimension", OLD."end_reason", OLD."end_zh", OLD."event_id", OLD."evidence_zh", OLD."exchange_id", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposer_id", OLD."public_id", OLD."signed_on", OLD."source", OLD."state", OLD."summary_zh", OLD."terminated_on", OLD."title_zh", OLD."version"); RETURN NULL;',
                            hash="7f34bdfb2a5c770c2eae21cfa227defd878883e5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d24ad",
                            table="matching_cooperation",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
