import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0014_resource_words"),
    ]

    operations = [
        Together(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="achievementdetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="achievementdetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="achievementdetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="capability",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="capability",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="capability",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="enclavespacedetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="enclavespacedetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="enclavespacedetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="equipmentdetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="equipmentdetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="equipmentdetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="expertteamdetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="expertteamdetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="expertteamdetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="financeproductdetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="financeproductdetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="financeproductdetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="laboratorydetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="laboratorydetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="laboratorydetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pilotlinedetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pilotlinedetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pilotlinedetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resource",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resource",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resource",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourceexclusion",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourceexclusion",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourceexclusion",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourcepart",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourcepart",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="resourcepart",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicedetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicedetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicedetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sharinggrant",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sharinggrant",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="sharinggrant",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="testbeddetail",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="testbeddetail",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="testbeddetail",
                    name="delete_delete",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="achievementdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."conversion_zh", new_values."ip_status_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b286e28fda469cd4dcb0f0342f3fe07e8be75f64",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_20455",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_achievementdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="achievementdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."conversion_zh", new_values."ip_status_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6c9c5ebe69f2579fef2bd76df184971e1460bb83",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3021c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_achievementdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="achievementdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT old_values."conversion_zh", old_values."ip_status_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="30c26c1fdc91f80c74a1beba44bd0f7292db090e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_60fb8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_achievementdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="capability",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") SELECT new_values."choices", new_values."high", new_values."id", new_values."is_known", new_values."key", new_values."low", new_values."name_zh", new_values."note_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."resource_id", new_values."truth", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8856f6c8359955885740b3d21eb16e49eab17b00",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2dbbd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_capability",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="capability",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") SELECT new_values."choices", new_values."high", new_values."id", new_values."is_known", new_values."key", new_values."low", new_values."name_zh", new_values."note_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."resource_id", new_values."truth", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3b52e2602351b7bd53c05b61330f249b985ff4d1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2433",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_capability",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="capability",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") SELECT old_values."choices", old_values."high", old_values."id", old_values."is_known", old_values."key", old_values."low", old_values."name_zh", old_values."note_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."resource_id", old_values."truth", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d6ccf0ab48398aed9d070d94925c80a112304a2c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_74306",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_capability",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavespacedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") SELECT new_values."area_m2", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id", new_values."sharing_terms_zh" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="adea5ae515d8db259be167beee837ad9fe1ce8f6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3236",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_enclavespacedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavespacedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") SELECT new_values."area_m2", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id", new_values."sharing_terms_zh" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="266fc124c279131212a955e244c742d0e2227f3f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1978",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_enclavespacedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavespacedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") SELECT old_values."area_m2", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id", old_values."sharing_terms_zh" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="267e1063657984958611ac3e187810d28782699e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_23502",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_enclavespacedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="equipmentdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT new_values."commissioned_on", new_values."counts_as", new_values."laboratory_id", new_values."manufacturer", new_values."model", new_values."original_value", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e232895cef8b6bf039a9590ea3fcf370de31e18",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7ea2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_equipmentdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="equipmentdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT new_values."commissioned_on", new_values."counts_as", new_values."laboratory_id", new_values."manufacturer", new_values."model", new_values."original_value", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="95f92721af3561dc38bfc4c9c97a93ec7485e697",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_540ca",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_equipmentdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="equipmentdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT old_values."commissioned_on", old_values."counts_as", old_values."laboratory_id", old_values."manufacturer", old_values."model", old_values."original_value", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."quantity", old_values."resource_id", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="86ea72635b45ca5de98fe2694002e83d62250286",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_44aed",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_equipmentdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expertteamdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."focus_zh", new_values."headcount", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="15a74c39f7c1e79204346cf6009503a0687e4c50",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_941be",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_expertteamdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expertteamdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."focus_zh", new_values."headcount", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6ec84cd639a5eb1b1d0cd2d9e8e36ad0344e2ebf",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9718c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_expertteamdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expertteamdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT old_values."focus_zh", old_values."headcount", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ea88e4f864b421dabb032817beba02666e580634",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_578a4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_expertteamdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="financeproductdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."amount_max", new_values."amount_min", new_values."instrument_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9a26d3d769c202e1dfedcda7cb67b860dfc401a9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2231e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_financeproductdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="financeproductdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."amount_max", new_values."amount_min", new_values."instrument_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="22f06d4cb01ad1f344080daed37edbbbaf4ddbfc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_89f64",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_financeproductdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="financeproductdetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT old_values."amount_max", old_values."amount_min", old_values."instrument_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="bfd41f2b23a624ef0508c76f1449d46c281640da",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c670d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_financeproductdetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="laboratorydetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."is_public", new_values."level_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b09182549a7baa1c33af18af9db4cdfa6eb7981",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f9f07",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_laboratorydetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="laboratorydetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT new_values."is_public", new_values."level_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ac469996e2a6f16977fa3fbc8f58d02fe351b50b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_873c9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_laboratorydetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="laboratorydetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") SELECT old_values."is_public", old_values."level_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="aa92e14e77f938f92c6167568f2a46673ba67bcd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ac68",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_laboratorydetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotlinedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="548937b338e4021e5aa247d0dc510f6ce5b2373a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ed3e2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_pilotlinedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotlinedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8d31fd36df171d4f1c402df00eec3d95f1031c70",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91db3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_pilotlinedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pilotlinedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") SELECT _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."quantity", old_values."resource_id", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a655d1d408151e5b182ff174d8f397ac57b62265",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_420aa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_pilotlinedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "merged_into_id", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_note", "price_to", "price_unit", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") SELECT new_values."accepted_count", new_values."capacity", new_values."capacity_note", new_values."conditions", new_values."confirmed_on", new_values."created_at", new_values."decided_count", new_values."description_en", new_values."description_zh", new_values."discipline_codes", new_values."equipment_codes", new_values."external_id", new_values."id", new_values."industry_codes", new_values."is_sample", new_values."keywords", new_values."kind", new_values."latitude", new_values."lead_time_days", new_values."longitude", new_values."merged_into_id", new_values."modes", new_values."name_en", new_values."name_zh", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."price_from", new_values."price_note", new_values."price_to", new_values."price_unit", new_values."public_id", new_values."qualification", new_values."share_mode", new_values."source_note", new_values."status", new_values."trl", new_values."version", new_values."visibility", new_values."zone_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ea20a945bbced77c0e1c9f15690af9f2671054b9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d4cb3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "merged_into_id", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_note", "price_to", "price_unit", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") SELECT new_values."accepted_count", new_values."capacity", new_values."capacity_note", new_values."conditions", new_values."confirmed_on", new_values."created_at", new_values."decided_count", new_values."description_en", new_values."description_zh", new_values."discipline_codes", new_values."equipment_codes", new_values."external_id", new_values."id", new_values."industry_codes", new_values."is_sample", new_values."keywords", new_values."kind", new_values."latitude", new_values."lead_time_days", new_values."longitude", new_values."merged_into_id", new_values."modes", new_values."name_en", new_values."name_zh", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."price_from", new_values."price_note", new_values."price_to", new_values."price_unit", new_values."public_id", new_values."qualification", new_values."share_mode", new_values."source_note", new_values."status", new_values."trl", new_values."version", new_values."visibility", new_values."zone_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_count" IS DISTINCT FROM (new_values."accepted_count") OR old_values."capacity" IS DISTINCT FROM (new_values."capacity") OR old_values."capacity_note" IS DISTINCT FROM (new_values."capacity_note") OR old_values."conditions" IS DISTINCT FROM (new_values."conditions") OR old_values."confirmed_on" IS DISTINCT FROM (new_values."confirmed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."decided_count" IS DISTINCT FROM (new_values."decided_count") OR old_values."description_en" IS DISTINCT FROM (new_values."description_en") OR old_values."description_zh" IS DISTINCT FROM (new_values."description_zh") OR old_values."discipline_codes" IS DISTINCT FROM (new_values."discipline_codes") OR old_values."equipment_codes" IS DISTINCT FROM (new_values."equipment_codes") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."industry_codes" IS DISTINCT FROM (new_values."industry_codes") OR old_values."is_sample" IS DISTINCT FROM (new_values."is_sample") OR old_values."keywords" IS DISTINCT FROM (new_values."keywords") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."latitude" IS DISTINCT FROM (new_values."latitude") OR old_values."lead_time_days" IS DISTINCT FROM (new_values."lead_time_days") OR old_values."longitude" IS DISTINCT FROM (new_values."longitude") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."modes" IS DISTINCT FROM (new_values."modes") OR old_values."name_en" IS DISTINCT FROM (new_values."name_en") OR old_values."name_zh" IS DISTINCT FROM (new_values."name_zh") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."price_from" IS DISTINCT FROM (new_values."price_from") OR old_values."price_note" IS DISTINCT FROM (new_values."price_note") OR old_values."price_to" IS DISTINCT FROM (new_values."price_to") OR old_values."price_unit" IS DISTINCT FROM (new_values."price_unit") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."qualification" IS DISTINCT FROM (new_values."qualification") OR old_values."share_mode" IS DISTINCT FROM (new_values."share_mode") OR old_values."source_note" IS DISTINCT FROM (new_values."source_note") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."trl" IS DISTINCT FROM (new_values."trl") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."visibility" IS DISTINCT FROM (new_values."visibility") OR old_values."zone_id" IS DISTINCT FROM (new_values."zone_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ce5ed554d961b868f04a9953fc89fcbf2cfcd88c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2ab6c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "merged_into_id", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_note", "price_to", "price_unit", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") SELECT old_values."accepted_count", old_values."capacity", old_values."capacity_note", old_values."conditions", old_values."confirmed_on", old_values."created_at", old_values."decided_count", old_values."description_en", old_values."description_zh", old_values."discipline_codes", old_values."equipment_codes", old_values."external_id", old_values."id", old_values."industry_codes", old_values."is_sample", old_values."keywords", old_values."kind", old_values."latitude", old_values."lead_time_days", old_values."longitude", old_values."merged_into_id", old_values."modes", old_values."name_en", old_values."name_zh", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."price_from", old_values."price_note", old_values."price_to", old_values."price_unit", old_values."public_id", old_values."qualification", old_values."share_mode", old_values."source_note", old_values."status", old_values."trl", old_values."version", old_values."visibility", old_values."zone_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8a9c49897cad3cd3dbe964afc3239f5d1eb0a191",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_12499",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_resource",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourceexclusion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceexclusionevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "zone_id") SELECT new_values."id", new_values."organization_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resource_id", new_values."zone_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6300c732aad2812a245aab63f9e4433e5166945e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e32cf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_resourceexclusion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourceexclusion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceexclusionevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "zone_id") SELECT new_values."id", new_values."organization_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resource_id", new_values."zone_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="593110e21a369c19f613e416a6a902178b8dff01",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2383b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_resourceexclusion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourceexclusion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourceexclusionevent" ("id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "zone_id") SELECT old_values."id", old_values."organization_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resource_id", old_values."zone_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="10d38f0c3aef505b58d49fae2db07dececeaa862",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e0d47",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_resourceexclusion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcepart",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") SELECT new_values."counts_as", new_values."equipment_code", new_values."id", new_values."manufacturer", new_values."model", new_values."name_zh", new_values."original_value", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d2e1cee5195342a06935863d9f6e5abb3ecec673",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_086c9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_resourcepart",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcepart",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") SELECT new_values."counts_as", new_values."equipment_code", new_values."id", new_values."manufacturer", new_values."model", new_values."name_zh", new_values."original_value", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."quantity", new_values."resource_id", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b224241390d7fd210303cc8e1fda400c616bfe3d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9658c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_resourcepart",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resourcepart",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") SELECT old_values."counts_as", old_values."equipment_code", old_values."id", old_values."manufacturer", old_values."model", old_values."name_zh", old_values."original_value", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."quantity", old_values."resource_id", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d82ea2c3064197e98c626707c3cd7fa95e307fc3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b4dd3",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_resourcepart",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") SELECT _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id", new_values."standards_zh" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="808608539e5a6f2a2a69ef28f131509940292a3e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b0dab",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_servicedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") SELECT _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id", new_values."standards_zh" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8da873cf7bc31b42a18b203446a1a7adcde5775c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e1219",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_servicedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicedetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") SELECT _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id", old_values."standards_zh" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c2cd0848ed1570c766f09db6b0925d2ec5314e36",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d5845",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_servicedetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharinggrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") SELECT new_values."association_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."resource_id", new_values."scope", new_values."valid_from", new_values."valid_to", new_values."zone_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bf7710032b2be217c374d7067931330d92f0a1e9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f625c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_sharinggrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharinggrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") SELECT new_values."association_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."resource_id", new_values."scope", new_values."valid_from", new_values."valid_to", new_values."zone_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0db021b235e25b15c066c666b15e825b6c198444",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e5d6e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_sharinggrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharinggrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") SELECT old_values."association_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."resource_id", old_values."scope", old_values."valid_from", old_values."valid_to", old_values."zone_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d315825f4c9875de154c23fff2d8878eef8ee9f4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2c10d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_sharinggrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testbeddetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") SELECT _pgh_attached_context.value, NOW(), \'insert\', new_values."resource_id", new_values."resource_id", new_values."track_zh" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3e711a82256a222d08ea189ece590fb1aa9c4878",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b6a9f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="zones_testbeddetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testbeddetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") SELECT _pgh_attached_context.value, NOW(), \'update\', new_values."resource_id", new_values."resource_id", new_values."track_zh" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."resource_id") = (new_values."resource_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ab37813bf80b02b1e8674271f8f6c615eb3fe5a7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_74fe8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="zones_testbeddetail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testbeddetail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") SELECT _pgh_attached_context.value, NOW(), \'delete\', old_values."resource_id", old_values."resource_id", old_values."track_zh" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="50d8d5bbe7cc029fd1a328df40e967815065cfa9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_af571",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="zones_testbeddetail",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
