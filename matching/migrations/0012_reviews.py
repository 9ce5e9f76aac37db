"""Reviews of needs, and by what thresholds."""

import uuid

import django.core.validators
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
        ("matching", "0011_no_doubled_indexes"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0007_special_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="NeedReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("need_version", models.PositiveIntegerField(verbose_name="需求版本")),
                        (
                            "submitted_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="提交时间",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="应审结日")),
                        ("reminded_on", models.DateField(blank=True, null=True, verbose_name="提醒日")),
                        (
                            "necessity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="必要性",
                            ),
                        ),
                        (
                            "clarity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="清晰度",
                            ),
                        ),
                        (
                            "cooperation",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="合作期望",
                            ),
                        ),
                        (
                            "deidentification",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="去标识",
                            ),
                        ),
                        (
                            "comment_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="审核意见",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[("pass", "通过"), ("return", "退回修改"), ("reject", "不予通过")],
                                max_length=8,
                                verbose_name="结论",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="审结时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "需求审核",
                        "verbose_name_plural": "需求审核",
                        "ordering": ("due_on", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedReviewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("need_version", models.PositiveIntegerField(verbose_name="需求版本")),
                        (
                            "submitted_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="提交时间",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="应审结日")),
                        ("reminded_on", models.DateField(blank=True, null=True, verbose_name="提醒日")),
                        (
                            "necessity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="必要性",
                            ),
                        ),
                        (
                            "clarity",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="清晰度",
                            ),
                        ),
                        (
                            "cooperation",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="合作期望",
                            ),
                        ),
                        (
                            "deidentification",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="去标识",
                            ),
                        ),
                        (
                            "comment_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="审核意见",
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[("pass", "通过"), ("return", "退回修改"), ("reject", "不予通过")],
                                max_length=8,
                                verbose_name="结论",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="审结时间"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReviewPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="版本号")),
                        (
                            "pass_from",
                            models.PositiveSmallIntegerField(
                                help_text="四项各 0–5 分，满分 20", verbose_name="通过所需总分"
                            ),
                        ),
                        (
                            "return_from",
                            models.PositiveSmallIntegerField(
                                help_text="低于此分不予通过", verbose_name="退回修改所需总分"
                            ),
                        ),
                        ("does_zero_return", models.BooleanField(default=True, verbose_name="任何一项为 0 即退回")),
                        (
                            "comment_below",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="低于此分须写意见",
                            ),
                        ),
                        (
                            "working_days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="审核时限（工作日）",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("is_active", models.BooleanField(default=False, editable=False, verbose_name="启用")),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "审核标准",
                        "verbose_name_plural": "审核标准",
                        "ordering": ("-number",),
                    },
                ),
                migrations.CreateModel(
                    name="ReviewPolicyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField(verbose_name="版本号")),
                        (
                            "pass_from",
                            models.PositiveSmallIntegerField(
                                help_text="四项各 0–5 分，满分 20", verbose_name="通过所需总分"
                            ),
                        ),
                        (
                            "return_from",
                            models.PositiveSmallIntegerField(
                                help_text="低于此分不予通过", verbose_name="退回修改所需总分"
                            ),
                        ),
                        ("does_zero_return", models.BooleanField(default=True, verbose_name="任何一项为 0 即退回")),
                        (
                            "comment_below",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(5)],
                                verbose_name="低于此分须写意见",
                            ),
                        ),
                        (
                            "working_days",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="审核时限（工作日）",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("is_active", models.BooleanField(default=False, editable=False, verbose_name="启用")),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
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
                    model_name="need",
                    name="review_zone",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="面向全国或公开的需求必选，除本园区外还由该园区审核；其他需求选了就由该园区审核",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs_to_review",
                        to="zones.zone",
                        verbose_name="复核园区",
                    ),
                ),
                migrations.AddField(
                    model_name="need",
                    name="text_version",
                    field=models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="最近一次修改内容时的版本；状态变化不计",
                        verbose_name="文本版本",
                    ),
                ),
                migrations.AddField(
                    model_name="needevent",
                    name="review_zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="面向全国或公开的需求必选，除本园区外还由该园区审核；其他需求选了就由该园区审核",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="复核园区",
                    ),
                ),
                migrations.AddField(
                    model_name="needevent",
                    name="text_version",
                    field=models.PositiveIntegerField(
                        default=1,
                        editable=False,
                        help_text="最近一次修改内容时的版本；状态变化不计",
                        verbose_name="文本版本",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="need",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."review_zone_id", NEW."state", NEW."summary_zh", NEW."text_version", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                            hash="13f2a6b619149c8f4c009ef0e8bf504527fe23bc",
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
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."background_zh" IS DISTINCT FROM (NEW."background_zh") OR OLD."budget_max" IS DISTINCT FROM (NEW."budget_max") OR OLD."budget_min" IS DISTINCT FROM (NEW."budget_min") OR OLD."budget_source_zh" IS DISTINCT FROM (NEW."budget_source_zh") OR OLD."conditions_offered_zh" IS DISTINCT FROM (NEW."conditions_offered_zh") OR OLD."consent_recorded_on" IS DISTINCT FROM (NEW."consent_recorded_on") OR OLD."content_zh" IS DISTINCT FROM (NEW."content_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."discipline_codes" IS DISTINCT FROM (NEW."discipline_codes") OR OLD."duration_months" IS DISTINCT FROM (NEW."duration_months") OR OLD."equipment_codes" IS DISTINCT FROM (NEW."equipment_codes") OR OLD."exclusions_zh" IS DISTINCT FROM (NEW."exclusions_zh") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."ip_preference_zh" IS DISTINCT FROM (NEW."ip_preference_zh") OR OLD."is_classified" IS DISTINCT FROM (NEW."is_classified") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."keywords" IS DISTINCT FROM (NEW."keywords") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."payment_zh" IS DISTINCT FROM (NEW."payment_zh") OR OLD."problem_zh" IS DISTINCT FROM (NEW."problem_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."review_zone_id" IS DISTINCT FROM (NEW."review_zone_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."text_version" IS DISTINCT FROM (NEW."text_version") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."tried_zh" IS DISTINCT FROM (NEW."tried_zh") OR OLD."trl_have" IS DISTINCT FROM (NEW."trl_have") OR OLD."trl_need" IS DISTINCT FROM (NEW."trl_need") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."wanted_partners" IS DISTINCT FROM (NEW."wanted_partners") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."review_zone_id", NEW."state", NEW."summary_zh", NEW."text_version", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                            hash="65fd782328d17f33f44ad2540b0910ff582748e7",
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
                            func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "review_zone_id", "state", "summary_zh", "text_version", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."background_zh", OLD."budget_max", OLD."budget_min", OLD."budget_source_zh", OLD."conditions_offered_zh", OLD."consent_recorded_on", OLD."content_zh", OLD."created_at", OLD."deadline", OLD."discipline_codes", OLD."duration_months", OLD."equipment_codes", OLD."exclusions_zh", OLD."expires_on", OLD."external_id", OLD."id", OLD."industry_codes", OLD."ip_preference_zh", OLD."is_classified", OLD."is_sample", OLD."keywords", OLD."kind", OLD."modes", OLD."opened_at", OLD."organization_id", OLD."payment_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem_zh", OLD."public_id", OLD."review_zone_id", OLD."state", OLD."summary_zh", OLD."text_version", OLD."title_en", OLD."title_zh", OLD."tried_zh", OLD."trl_have", OLD."trl_need", OLD."version", OLD."visibility", OLD."wanted_partners", OLD."zone_id"); RETURN NULL;',
                            hash="c1ac7e94bbfca3e0bfb182a6192825f0b5e62c2e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7c473",
                            table="matching_need",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="needreview",
                    name="need",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="matching.need",
                        verbose_name="需求",
                    ),
                ),
                migrations.AddField(
                    model_name="needreview",
                    name="reviewer",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                migrations.AddField(
                    model_name="needreview",
                    name="submitted_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
                migrations.AddField(
                    model_name="needreview",
                    name="zone",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="zones.zone",
                        verbose_name="审核园区",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
                    name="need",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.need",
                        verbose_name="需求",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
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
                    model_name="needreviewevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.needreview",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
                    name="reviewer",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
                    name="submitted_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
                    name="zone",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="审核园区",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewpolicy",
                    name="created_by",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="创建人",
                    ),
                ),
                migrations.AddField(
                    model_name="needreviewevent",
                    name="policy",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.reviewpolicy",
                        verbose_name="审核标准",
                    ),
                ),
                migrations.AddField(
                    model_name="needreview",
                    name="policy",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="matching.reviewpolicy", verbose_name="审核标准"
                    ),
                ),
                migrations.AddField(
                    model_name="reviewpolicyevent",
                    name="created_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="创建人",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewpolicyevent",
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
                    model_name="reviewpolicyevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.reviewpolicy",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewpolicy",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_active", True)), fields=("is_active",), name="one_active_review_policy"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewpolicy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("pass_from__lte", 20), ("return_from__lte", models.F("pass_from"))),
                        name="review_thresholds_ordered",
                        violation_error_message="退回分不得高于通过分，通过分不得高于 20。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewpolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_reviewpolicyevent" ("comment_below", "created_at", "created_by_id", "does_zero_return", "id", "is_active", "note", "number", "pass_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_from", "working_days") VALUES (NEW."comment_below", NEW."created_at", NEW."created_by_id", NEW."does_zero_return", NEW."id", NEW."is_active", NEW."note", NEW."number", NEW."pass_from", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."return_from", NEW."working_days"); RETURN NULL;',
                            hash="19ff33f49b6b52556a26a361fe5ee3247a226550",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c1fef",
                            table="matching_reviewpolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewpolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_reviewpolicyevent" ("comment_below", "created_at", "created_by_id", "does_zero_return", "id", "is_active", "note", "number", "pass_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_from", "working_days") VALUES (NEW."comment_below", NEW."created_at", NEW."created_by_id", NEW."does_zero_return", NEW."id", NEW."is_active", NEW."note", NEW."number", NEW."pass_from", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."return_from", NEW."working_days"); RETURN NULL;',
                            hash="4782f0e4350855aa82a46ba30f5d45e4c6130f3f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_10473",
                            table="matching_reviewpolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewpolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_reviewpolicyevent" ("comment_below", "created_at", "created_by_id", "does_zero_return", "id", "is_active", "note", "number", "pass_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_from", "working_days") VALUES (OLD."comment_below", OLD."created_at", OLD."created_by_id", OLD."does_zero_return", OLD."id", OLD."is_active", OLD."note", OLD."number", OLD."pass_from", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."return_from", OLD."working_days"); RETURN NULL;',
                            hash="774aba69c199e5f36916fb6cd119d576f99766e5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9e5b6",
                            table="matching_reviewpolicy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needreviewevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="62079912f0c74d137e7b28601325d5bec3c54fe5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a892d",
                            table="matching_needreviewevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="needreview",
                    index=models.Index(
                        condition=models.Q(("decision", "")), fields=["zone", "due_on"], name="review_waiting"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="needreview",
                    constraint=models.UniqueConstraint(
                        fields=("need", "need_version", "zone"), name="one_review_per_version_and_zone"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="needreview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("clarity__isnull", True),
                                ("cooperation__isnull", True),
                                ("decided_at__isnull", True),
                                ("decision", ""),
                                ("deidentification__isnull", True),
                                ("necessity__isnull", True),
                                ("reviewer__isnull", True),
                            ),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("reviewer__isnull", False),
                                ("clarity__isnull", False),
                                ("cooperation__isnull", False),
                                ("deidentification__isnull", False),
                                ("necessity__isnull", False),
                                ("clarity__lte", 5),
                                ("cooperation__lte", 5),
                                ("deidentification__lte", 5),
                                ("necessity__lte", 5),
                            ),
                            _connector="OR",
                        ),
                        name="review_is_decided_whole",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="needreview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reviewer__isnull", True),
                            ("submitted_by__isnull", True),
                            models.Q(("reviewer", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reviewer_is_not_submitter",
                        violation_error_message="提交人不能审核自己提交的需求：请由同园区的另一位同事审核。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needreviewevent" ("clarity", "comment_zh", "cooperation", "decided_at", "decision", "deidentification", "due_on", "id", "necessity", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "public_id", "reminded_on", "reviewer_id", "submitted_at", "submitted_by_id", "zone_id") VALUES (NEW."clarity", NEW."comment_zh", NEW."cooperation", NEW."decided_at", NEW."decision", NEW."deidentification", NEW."due_on", NEW."id", NEW."necessity", NEW."need_id", NEW."need_version", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."public_id", NEW."reminded_on", NEW."reviewer_id", NEW."submitted_at", NEW."submitted_by_id", NEW."zone_id"); RETURN NULL;',
                            hash="f0c761df5c58c06bb65d123bb5db07b91359558e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4eae2",
                            table="matching_needreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_needreviewevent" ("clarity", "comment_zh", "cooperation", "decided_at", "decision", "deidentification", "due_on", "id", "necessity", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "public_id", "reminded_on", "reviewer_id", "submitted_at", "submitted_by_id", "zone_id") VALUES (NEW."clarity", NEW."comment_zh", NEW."cooperation", NEW."decided_at", NEW."decision", NEW."deidentification", NEW."due_on", NEW."id", NEW."necessity", NEW."need_id", NEW."need_version", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."public_id", NEW."reminded_on", NEW."reviewer_id", NEW."submitted_at", NEW."submitted_by_id", NEW."zone_id"); RETURN NULL;',
                            hash="6cb8e0441dcdaaef3f6c6b7702b53981ad729c32",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_88263",
                            table="matching_needreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="needreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_needreviewevent" ("clarity", "comment_zh", "cooperation", "decided_at", "decision", "deidentification", "due_on", "id", "necessity", "need_id", "need_version", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "public_id", "reminded_on", "reviewer_id", "submitted_at", "submitted_by_id", "zone_id") VALUES (OLD."clarity", OLD."comment_zh", OLD."cooperation", OLD."decided_at", OLD."decision", OLD."deidentification", OLD."due_on", OLD."id", OLD."necessity", OLD."need_id", OLD."need_version", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id", OLD."public_id", OLD."reminded_on", OLD."reviewer_id", OLD."submitted_at", OLD."submitted_by_id", OLD."zone_id"); RETURN NULL;',
                            hash="1e9193756b944ed00299bb1e295bb480dc1ab7b6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_75b2e",
                            table="matching_needreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewpolicyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6572f61641479fa253dcc5b44c0c5112a54a20a0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_76d3f",
                            table="matching_reviewpolicyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
