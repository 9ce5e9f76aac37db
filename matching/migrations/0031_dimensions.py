"""Agreements and events are tagged with one of the five dimensions."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0030_transfers"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="agreement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="agreement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="agreement",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="event",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="event",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="event",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="dimension",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("innovation", "创新协同"),
                            ("opening", "开放协同"),
                            ("institution", "制度协同"),
                            ("factor", "要素协同"),
                            ("safeguard", "保障协同"),
                        ],
                        max_length=12,
                        verbose_name="协同维度",
                    ),
                ),
                migrations.AddField(
                    model_name="agreementevent",
                    name="dimension",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("innovation", "创新协同"),
                            ("opening", "开放协同"),
                            ("institution", "制度协同"),
                            ("factor", "要素协同"),
                            ("safeguard", "保障协同"),
                        ],
                        max_length=12,
                        verbose_name="协同维度",
                    ),
                ),
                migrations.AddField(
                    model_name="event",
                    name="dimension",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("innovation", "创新协同"),
                            ("opening", "开放协同"),
                            ("institution", "制度协同"),
                            ("factor", "要素协同"),
                            ("safeguard", "保障协同"),
                        ],
                        max_length=12,
                        verbose_name="协同维度",
                    ),
                ),
                migrations.AddField(
                    model_name="eventevent",
                    name="dimension",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("innovation", "创新协同"),
                            ("opening", "开放协同"),
                            ("institution", "制度协同"),
                            ("factor", "要素协同"),
                            ("safeguard", "保障协同"),
                        ],
                        max_length=12,
                        verbose_name="协同维度",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "dimension", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."document_sha256", NEW."end_reason", NEW."end_zh", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."renews_id", NEW."scopes", NEW."signed_on", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="2e631249d9f2a51bef58ae183eb8a3a005b80edb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9136e",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."document_sha256" IS DISTINCT FROM (NEW."document_sha256") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."end_zh" IS DISTINCT FROM (NEW."end_zh") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."renews_id" IS DISTINCT FROM (NEW."renews_id") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "dimension", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."document_sha256", NEW."end_reason", NEW."end_zh", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."renews_id", NEW."scopes", NEW."signed_on", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="49bced650e569ac3b4169e3e3261b3adfbc5bac3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9842",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "dimension", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."created_at", OLD."dimension", OLD."document_sha256", OLD."end_reason", OLD."end_zh", OLD."ended_on", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."renews_id", OLD."scopes", OLD."signed_on", OLD."state", OLD."summary_zh", OLD."title_en", OLD."title_zh", OLD."valid_from", OLD."valid_to", OLD."version", OLD."zone_id"); RETURN NULL;',
                            hash="d4d47045240fbaaecc2990f39db8e4690915de04",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b8bba",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "dimension", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."call_id", NEW."cancelled_because_zh", NEW."capacity", NEW."created_at", NEW."dimension", NEW."ends_at", NEW."held_at", NEW."id", NEW."is_sample", NEW."kind", NEW."meetings_start_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_zh", NEW."public_id", NEW."published_at", NEW."registration_closes_at", NEW."registration_opens_at", NEW."reminded_on", NEW."result_zh", NEW."slot_minutes", NEW."slots", NEW."starts_at", NEW."state", NEW."summary_zh", NEW."tables", NEW."timetable", NEW."timetable_asked_at", NEW."timetable_built_at", NEW."timetable_released_at", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                            hash="6e10b724b8bac8a0bb998ba2c86e98156b1e2897",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0fd8f",
                            table="matching_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."cancelled_because_zh" IS DISTINCT FROM (NEW."cancelled_because_zh") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."meetings_start_at" IS DISTINCT FROM (NEW."meetings_start_at") OR OLD."place_zh" IS DISTINCT FROM (NEW."place_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."registration_closes_at" IS DISTINCT FROM (NEW."registration_closes_at") OR OLD."registration_opens_at" IS DISTINCT FROM (NEW."registration_opens_at") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."result_zh" IS DISTINCT FROM (NEW."result_zh") OR OLD."slot_minutes" IS DISTINCT FROM (NEW."slot_minutes") OR OLD."slots" IS DISTINCT FROM (NEW."slots") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."tables" IS DISTINCT FROM (NEW."tables") OR OLD."timetable" IS DISTINCT FROM (NEW."timetable") OR OLD."timetable_asked_at" IS DISTINCT FROM (NEW."timetable_asked_at") OR OLD."timetable_built_at" IS DISTINCT FROM (NEW."timetable_built_at") OR OLD."timetable_released_at" IS DISTINCT FROM (NEW."timetable_released_at") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "dimension", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."call_id", NEW."cancelled_because_zh", NEW."capacity", NEW."created_at", NEW."dimension", NEW."ends_at", NEW."held_at", NEW."id", NEW."is_sample", NEW."kind", NEW."meetings_start_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_zh", NEW."public_id", NEW."published_at", NEW."registration_closes_at", NEW."registration_opens_at", NEW."reminded_on", NEW."result_zh", NEW."slot_minutes", NEW."slots", NEW."starts_at", NEW."state", NEW."summary_zh", NEW."tables", NEW."timetable", NEW."timetable_asked_at", NEW."timetable_built_at", NEW."timetable_released_at", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                            hash="bbbfa866d725fc2d5f6b4f6a6ddfeea89de7431c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_698b2",
                            table="matching_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "dimension", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."call_id", OLD."cancelled_because_zh", OLD."capacity", OLD."created_at", OLD."dimension", OLD."ends_at", OLD."held_at", OLD."id", OLD."is_sample", OLD."kind", OLD."meetings_start_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_zh", OLD."public_id", OLD."published_at", OLD."registration_closes_at", OLD."registration_opens_at", OLD."reminded_on", OLD."result_zh", OLD."slot_minutes", OLD."slots", OLD."starts_at", OLD."state", OLD."summary_zh", OLD."tables", OLD."timetable", OLD."timetable_asked_at", OLD."timetable_built_at", OLD."timetable_released_at", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."zone_id"); RETURN NULL;',
                            hash="f23331f373d919a1372f5ef404359723b1ed44ac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7258e",
                            table="matching_event",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
