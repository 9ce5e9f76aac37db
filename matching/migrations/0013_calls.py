"""Calls for needs."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0012_reviews"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0007_special_days"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="NeedCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                        (
                            "is_sample",
                            models.BooleanField(default=False, help_text="演示数据，不计入统计", verbose_name="样例"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="更新时间",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "purpose_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="征集说明"
                            ),
                        ),
                        (
                            "guidance_zh",
                            models.TextField(
                                blank=True,
                                help_text="填报时显示在表单上方",
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="填写要求",
                            ),
                        ),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("joint_development", "联合攻关"),
                                        ("commissioned_development", "委托研发"),
                                        ("technology_acquisition", "技术引进"),
                                        ("testing_sharing", "检测与仪器共享"),
                                        ("pilot_production", "中试"),
                                        ("talent", "人才需求"),
                                        ("finance", "科技金融"),
                                        ("demonstration_scenario", "示范场景"),
                                        ("consortium", "组建攻关联合体"),
                                        ("enclave_landing", "飞地落地"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                help_text="不选表示不限",
                                size=None,
                                verbose_name="需求类型",
                            ),
                        ),
                        (
                            "required_fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="必填项",
                            ),
                        ),
                        ("opens_on", models.DateField(verbose_name="开始日")),
                        ("closes_on", models.DateField(help_text="当日仍可提交", verbose_name="截止日")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草稿"), ("open", "征集中"), ("closed", "已结束")],
                                default="draft",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "需求征集",
                        "verbose_name_plural": "需求征集",
                        "ordering": ("-opens_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedCallEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                        (
                            "is_sample",
                            models.BooleanField(default=False, help_text="演示数据，不计入统计", verbose_name="样例"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "purpose_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="征集说明"
                            ),
                        ),
                        (
                            "guidance_zh",
                            models.TextField(
                                blank=True,
                                help_text="填报时显示在表单上方",
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="填写要求",
                            ),
                        ),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("joint_development", "联合攻关"),
                                        ("commissioned_development", "委托研发"),
                                        ("technology_acquisition", "技术引进"),
                                        ("testing_sharing", "检测与仪器共享"),
                                        ("pilot_production", "中试"),
                                        ("talent", "人才需求"),
                                        ("finance", "科技金融"),
                                        ("demonstration_scenario", "示范场景"),
                                        ("consortium", "组建攻关联合体"),
                                        ("enclave_landing", "飞地落地"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                help_text="不选表示不限",
                                size=None,
                                verbose_name="需求类型",
                            ),
                        ),
                        (
                            "required_fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="必填项",
                            ),
                        ),
                        ("opens_on", models.DateField(verbose_name="开始日")),
                        ("closes_on", models.DateField(help_text="当日仍可提交", verbose_name="截止日")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草稿"), ("open", "征集中"), ("closed", "已结束")],
                                default="draft",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="need",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="need",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="need",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="needcall",
                    name="association",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="zones.association",
                        verbose_name="联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="need",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="响应联盟或网络的征集时选择",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="matching.needcall",
                        verbose_name="所属征集",
                    ),
                ),
                migrations.AddField(
                    model_name="needevent",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="响应联盟或网络的征集时选择",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.needcall",
                        verbose_name="所属征集",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "call_id", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."call_id", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."review_zone_id", NEW."state", NEW."summary_zh", NEW."text_version", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                            hash="dd61d8e237f10d653988a4ad573cea7a5b86670f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d846d",
                            table="matching_need",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."background_zh" IS DISTINCT FROM (NEW."background_zh") OR OLD."budget_max" IS DISTINCT FROM (NEW."budget_max") OR OLD."budget_min" IS DISTINCT FROM (NEW."budget_min") OR OLD."budget_source_zh" IS DISTINCT FROM (NEW."budget_source_zh") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."conditions_offered_zh" IS DISTINCT FROM (NEW."conditions_offered_zh") OR OLD."consent_recorded_on" IS DISTINCT FROM (NEW."consent_recorded_on") OR OLD."content_zh" IS DISTINCT FROM (NEW."content_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."discipline_codes" IS DISTINCT FROM (NEW."discipline_codes") OR OLD."duration_months" IS DISTINCT FROM (NEW."duration_months") OR OLD."equipment_codes" IS DISTINCT FROM (NEW."equipment_codes") OR OLD."exclusions_zh" IS DISTINCT FROM (NEW."exclusions_zh") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."ip_preference_zh" IS DISTINCT FROM (NEW."ip_preference_zh") OR OLD."is_classified" IS DISTINCT FROM (NEW."is_classified") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."keywords" IS DISTINCT FROM (NEW."keywords") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."payment_zh" IS DISTINCT FROM (NEW."payment_zh") OR OLD."problem_zh" IS DISTINCT FROM (NEW."problem_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."review_zone_id" IS DISTINCT FROM (NEW."review_zone_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."text_version" IS DISTINCT FROM (NEW."text_version") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."tried_zh" IS DISTINCT FROM (NEW."tried_zh") OR OLD."trl_have" IS DISTINCT FROM (NEW."trl_have") OR OLD."trl_need" IS DISTINCT FROM (NEW."trl_need") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."wanted_partners" IS DISTINCT FROM (NEW."wanted_partners") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "call_id", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."call_id", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."review_zone_id", NEW."state", NEW."summary_zh", NEW."text_version", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                            hash="b513f7c2bbd164b6413ea19d17363187a70f5505",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d583",
                            table="matching_need",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "call_id", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."background_zh", OLD."budget_max", OLD."budget_min", OLD."budget_source_zh", OLD."call_id", OLD."conditions_offered_zh", OLD."consent_recorded_on", OLD."content_zh", OLD."created_at", OLD."deadline", OLD."discipline_codes", OLD."duration_months", OLD."equipment_codes", OLD."exclusions_zh", OLD."expires_on", OLD."external_id", OLD."id", OLD."industry_codes", OLD."ip_preference_zh", OLD."is_classified", OLD."is_sample", OLD."keywords", OLD."kind", OLD."modes", OLD."opened_at", OLD."organization_id", OLD."payment_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem_zh", OLD."public_id", OLD."review_zone_id", OLD."state", OLD."summary_zh", OLD."text_version", OLD."title_en", OLD."title_zh", OLD."tried_zh", OLD."trl_have", OLD."trl_need", OLD."version", OLD."visibility", OLD."wanted_partners", OLD."zone_id"); RETURN NULL;',
                            hash="26825c89392765f41d10bafdde08795731bd9059",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7c473",
                            table="matching_need",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="needcallevent",
                    name="association",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.association",
                        verbose_name="联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="needcallevent",
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
                    model_name="needcallevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.needcall",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="needcall",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="call_closes_after_it_opens",
                        violation_error_message="截止日不得早于开始日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needcall",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needcallevent" ("association_id", "closes_on", "created_at", "guidance_zh", "id", "is_sample", "kinds", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "required_fields", "state", "title_en", "title_zh", "version") VALUES (NEW."association_id", NEW."closes_on", NEW."created_at", NEW."guidance_zh", NEW."id", NEW."is_sample", NEW."kinds", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose_zh", NEW."required_fields", NEW."state", NEW."title_en", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="a4181a410c94db14f287717962d8edd2d9bfb036",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ad80f",
                            table="matching_needcall",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needcall",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."closes_on" IS DISTINCT FROM (NEW."closes_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."guidance_zh" IS DISTINCT FROM (NEW."guidance_zh") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kinds" IS DISTINCT FROM (NEW."kinds") OR OLD."opens_on" IS DISTINCT FROM (NEW."opens_on") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."purpose_zh" IS DISTINCT FROM (NEW."purpose_zh") OR OLD."required_fields" IS DISTINCT FROM (NEW."required_fields") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_needcallevent" ("association_id", "closes_on", "created_at", "guidance_zh", "id", "is_sample", "kinds", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "required_fields", "state", "title_en", "title_zh", "version") VALUES (NEW."association_id", NEW."closes_on", NEW."created_at", NEW."guidance_zh", NEW."id", NEW."is_sample", NEW."kinds", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose_zh", NEW."required_fields", NEW."state", NEW."title_en", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="77600e2e71b93255ed367002bd5dd0029b4f4b47",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_93cdf",
                            table="matching_needcall",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needcall",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needcallevent" ("association_id", "closes_on", "created_at", "guidance_zh", "id", "is_sample", "kinds", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "required_fields", "state", "title_en", "title_zh", "version") VALUES (OLD."association_id", OLD."closes_on", OLD."created_at", OLD."guidance_zh", OLD."id", OLD."is_sample", OLD."kinds", OLD."opens_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose_zh", OLD."required_fields", OLD."state", OLD."title_en", OLD."title_zh", OLD."version"); RETURN NULL;',
                            hash="67e19b31ceb8b68c41007be41be0c264d8825bbb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a3297",
                            table="matching_needcall",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needcallevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fe1689831d8e44f7bb9401168a74bde85ec06c28",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_38ef8",
                            table="matching_needcallevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
