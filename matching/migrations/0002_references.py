import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matching", "0001_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0002_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResourceDocument",
            fields=[
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="zones.resource",
                    ),
                ),
                ("resource_version", models.PositiveIntegerField()),
                ("encoding", models.PositiveSmallIntegerField()),
                ("sequence", models.BigIntegerField(db_index=True)),
                ("is_searchable", models.BooleanField()),
                ("tokens", models.TextField()),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("packed", models.BinaryField()),
            ],
            options={
                "verbose_name": "检索文档",
                "verbose_name_plural": "检索文档",
            },
        ),
        migrations.AddField(
            model_name="need",
            name="association",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="zones.association",
                verbose_name="联盟或网络",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填报人",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="zones.organization",
                verbose_name="需求单位",
            ),
        ),
        migrations.AddField(
            model_name="need",
            name="zone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="zones.zone",
                verbose_name="所在高新区",
            ),
        ),
        migrations.AddField(
            model_name="candidatelist",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="candidate_lists", to="matching.need"
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matches",
                to="matching.need",
                verbose_name="需求",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="resource",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matches",
                to="zones.resource",
                verbose_name="资源",
            ),
        ),
        migrations.AddField(
            model_name="matchrun",
            name="statistics",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="matching.lexicalstatistics",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matches",
                to="matching.matchrun",
                verbose_name="匹配任务",
            ),
        ),
        migrations.AddField(
            model_name="candidatelist",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="candidate_lists", to="matching.matchrun"
            ),
        ),
        migrations.AddField(
            model_name="needevent",
            name="association",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="zones.association",
                verbose_name="联盟或网络",
            ),
        ),
        migrations.AddField(
            model_name="needevent",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="填报人",
            ),
        ),
        migrations.AddField(
            model_name="needevent",
            name="organization",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="zones.organization",
                verbose_name="需求单位",
            ),
        ),
        migrations.AddField(
            model_name="needevent",
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
            model_name="needevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="matching.need",
            ),
        ),
        migrations.AddField(
            model_name="needevent",
            name="zone",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="zones.zone",
                verbose_name="所在高新区",
            ),
        ),
        migrations.AddField(
            model_name="needexclusion",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="exclusions",
                to="matching.need",
                verbose_name="需求",
            ),
        ),
        migrations.AddField(
            model_name="needexclusion",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="zones.organization",
                verbose_name="排除单位",
            ),
        ),
        migrations.AddField(
            model_name="needexclusion",
            name="zone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="zones.zone",
                verbose_name="排除园区",
            ),
        ),
        migrations.AddField(
            model_name="needexclusionevent",
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
            model_name="needexclusionevent",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="zones.organization",
                verbose_name="排除单位",
            ),
        ),
        migrations.AddField(
            model_name="needexclusionevent",
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
            model_name="needexclusionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="matching.needexclusion",
            ),
        ),
        migrations.AddField(
            model_name="needexclusionevent",
            name="zone",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="zones.zone",
                verbose_name="排除园区",
            ),
        ),
        migrations.AddField(
            model_name="needmetric",
            name="need",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="metrics",
                to="matching.need",
                verbose_name="需求",
            ),
        ),
        migrations.AddField(
            model_name="needmetricevent",
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
            model_name="needmetricevent",
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
            model_name="needmetricevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="matching.needmetric",
            ),
        ),
        migrations.CreateModel(
            name="RunStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "排队"), ("leased", "处理中"), ("done", "完成"), ("failed", "失败")],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("fence", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("next_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("rung_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.TextField(blank=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[("prepare", "准备"), ("score", "计算"), ("assign", "分配与发布")], max_length=10
                    ),
                ),
                ("ordinal", models.PositiveIntegerField(default=0)),
                (
                    "need_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("result", models.JSONField(default=dict)),
                ("seconds", models.FloatField(default=0)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="matching.matchrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务步骤",
                "verbose_name_plural": "任务步骤",
                "ordering": ("run", "stage", "ordinal"),
            },
        ),
        migrations.CreateModel(
            name="ScoringConfig",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="版本号")),
                ("parameters", models.JSONField(verbose_name="参数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("is_active", models.BooleanField(default=False, verbose_name="启用")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="创建时间"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="创建人",
                    ),
                ),
            ],
            options={
                "verbose_name": "评分配置",
                "verbose_name_plural": "评分配置",
                "ordering": ("-number",),
            },
        ),
        migrations.AddField(
            model_name="matchrun",
            name="config",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="matching.scoringconfig",
                verbose_name="评分配置",
            ),
        ),
        migrations.CreateModel(
            name="ScoringConfigEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="版本号")),
                ("parameters", models.JSONField(verbose_name="参数")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("is_active", models.BooleanField(default=False, verbose_name="启用")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="创建时间"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="创建人",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.scoringconfig",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LiveResult",
            fields=[
                (
                    "need",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="live_result",
                        serialize=False,
                        to="matching.need",
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="live_results", to="matching.matchrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "当前结果",
                "verbose_name_plural": "当前结果",
            },
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["zone", "state"], name="need_zone_state"),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["state", "visibility"], name="need_state_visibility"),
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["-updated_at", "-id"], name="need_latest"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("zone", "external_id"),
                name="one_need_per_external_id",
                violation_error_message="本园区已有该外部编号的需求：请编辑原有记录，或更正编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_classified", False)),
                name="need_is_not_classified",
                violation_error_message="涉密需求不得在本平台填报，请走保密渠道。",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "open"), _negated=True),
                    models.Q(("expires_on__isnull", False), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="open_need_has_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "association"), _negated=True),
                    ("association__isnull", False),
                    _connector="OR",
                ),
                name="association_need_names_it",
                violation_error_message="可见范围为“联盟或网络内”时，请选择联盟或网络。",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("budget_min__isnull", True),
                    ("budget_max__isnull", True),
                    models.Q(("budget_min__gte", 0), ("budget_min__lte", models.F("budget_max"))),
                    _connector="OR",
                ),
                name="need_budget_ordered",
                violation_error_message="预算下限不得为负，且不得高于上限。",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("trl_have__isnull", True), ("trl_have__range", (1, 9)), _connector="OR"),
                    models.Q(("trl_need__isnull", True), ("trl_need__range", (1, 9)), _connector="OR"),
                ),
                name="need_trl_in_range",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="need",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "state", "summary_zh", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                    hash="6474e039a6cac25b61059ed2925283489fc254a1",
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
                    condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."background_zh" IS DISTINCT FROM (NEW."background_zh") OR OLD."budget_max" IS DISTINCT FROM (NEW."budget_max") OR OLD."budget_min" IS DISTINCT FROM (NEW."budget_min") OR OLD."budget_source_zh" IS DISTINCT FROM (NEW."budget_source_zh") OR OLD."conditions_offered_zh" IS DISTINCT FROM (NEW."conditions_offered_zh") OR OLD."consent_recorded_on" IS DISTINCT FROM (NEW."consent_recorded_on") OR OLD."content_zh" IS DISTINCT FROM (NEW."content_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deadline" IS DISTINCT FROM (NEW."deadline") OR OLD."discipline_codes" IS DISTINCT FROM (NEW."discipline_codes") OR OLD."duration_months" IS DISTINCT FROM (NEW."duration_months") OR OLD."equipment_codes" IS DISTINCT FROM (NEW."equipment_codes") OR OLD."exclusions_zh" IS DISTINCT FROM (NEW."exclusions_zh") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."ip_preference_zh" IS DISTINCT FROM (NEW."ip_preference_zh") OR OLD."is_classified" IS DISTINCT FROM (NEW."is_classified") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."keywords" IS DISTINCT FROM (NEW."keywords") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."payment_zh" IS DISTINCT FROM (NEW."payment_zh") OR OLD."problem_zh" IS DISTINCT FROM (NEW."problem_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."tried_zh" IS DISTINCT FROM (NEW."tried_zh") OR OLD."trl_have" IS DISTINCT FROM (NEW."trl_have") OR OLD."trl_need" IS DISTINCT FROM (NEW."trl_need") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."wanted_partners" IS DISTINCT FROM (NEW."wanted_partners") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                    func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "state", "summary_zh", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."background_zh", NEW."budget_max", NEW."budget_min", NEW."budget_source_zh", NEW."conditions_offered_zh", NEW."consent_recorded_on", NEW."content_zh", NEW."created_at", NEW."deadline", NEW."discipline_codes", NEW."duration_months", NEW."equipment_codes", NEW."exclusions_zh", NEW."expires_on", NEW."external_id", NEW."id", NEW."industry_codes", NEW."ip_preference_zh", NEW."is_classified", NEW."is_sample", NEW."keywords", NEW."kind", NEW."modes", NEW."opened_at", NEW."organization_id", NEW."payment_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem_zh", NEW."public_id", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."tried_zh", NEW."trl_have", NEW."trl_need", NEW."version", NEW."visibility", NEW."wanted_partners", NEW."zone_id"); RETURN NULL;',
                    hash="28f816d2793f86235f12311cf25e034bd3fd3820",
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
                    func='INSERT INTO "matching_needevent" ("association_id", "author_id", "background_zh", "budget_max", "budget_min", "budget_source_zh", "conditions_offered_zh", "consent_recorded_on", "content_zh", "created_at", "deadline", "discipline_codes", "duration_months", "equipment_codes", "exclusions_zh", "expires_on", "external_id", "id", "industry_codes", "ip_preference_zh", "is_classified", "is_sample", "keywords", "kind", "modes", "opened_at", "organization_id", "payment_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_zh", "public_id", "state", "summary_zh", "title_en", "title_zh", "tried_zh", "trl_have", "trl_need", "version", "visibility", "wanted_partners", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."background_zh", OLD."budget_max", OLD."budget_min", OLD."budget_source_zh", OLD."conditions_offered_zh", OLD."consent_recorded_on", OLD."content_zh", OLD."created_at", OLD."deadline", OLD."discipline_codes", OLD."duration_months", OLD."equipment_codes", OLD."exclusions_zh", OLD."expires_on", OLD."external_id", OLD."id", OLD."industry_codes", OLD."ip_preference_zh", OLD."is_classified", OLD."is_sample", OLD."keywords", OLD."kind", OLD."modes", OLD."opened_at", OLD."organization_id", OLD."payment_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem_zh", OLD."public_id", OLD."state", OLD."summary_zh", OLD."title_en", OLD."title_zh", OLD."tried_zh", OLD."trl_have", OLD."trl_need", OLD."version", OLD."visibility", OLD."wanted_partners", OLD."zone_id"); RETURN NULL;',
                    hash="4a9411f2d379e5fdc1a210d06879f2a901d33f26",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7c473",
                    table="matching_need",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["resource", "run"], name="match_resource_run"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("run", "need", "resource"), name="one_match_per_pair_and_run"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("run", "need", "rank"), name="one_match_per_rank"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__gte", 0), ("confidence__lte", 1), ("score__gte", 0), ("score__lte", 1)
                ),
                name="match_score_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelist",
            constraint=models.UniqueConstraint(fields=("run", "need"), name="one_candidate_list_per_need"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="bb89c7b2bd799ff9e2a3063ff6d258e9c4505f91",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_985b7",
                    table="matching_needevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="needexclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organization__isnull", False), ("zone__isnull", True)),
                    models.Q(("organization__isnull", True), ("zone__isnull", False)),
                    _connector="OR",
                ),
                name="exclusion_names_one_thing",
                violation_error_message="请选择一个单位或一个园区。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needexclusion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_needexclusionevent" ("id", "need_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zone_id") VALUES (NEW."id", NEW."need_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."zone_id"); RETURN NULL;',
                    hash="cecd16da68ceb5634d5d51a55a6160d80857c3d9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_107b1",
                    table="matching_needexclusion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needexclusion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "matching_needexclusionevent" ("id", "need_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zone_id") VALUES (NEW."id", NEW."need_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."zone_id"); RETURN NULL;',
                    hash="8369bfaf4e02e903d7cf7d9a3c4abea432205c91",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ad1dc",
                    table="matching_needexclusion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needexclusion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_needexclusionevent" ("id", "need_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "zone_id") VALUES (OLD."id", OLD."need_id", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."zone_id"); RETURN NULL;',
                    hash="f56a2fef1c623c889519819db71dfd2b0191c00c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8f5f6",
                    table="matching_needexclusion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needexclusionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2330c58d5f170a8933036ec67a4b594612c1a99c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6e486",
                    table="matching_needexclusionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="needmetric",
            constraint=models.UniqueConstraint(fields=("need", "key"), name="one_metric_per_key"),
        ),
        migrations.AddConstraint(
            model_name="needmetric",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("low__isnull", False), ("operator", ">=")),
                    models.Q(("high__isnull", False), ("operator", "<=")),
                    models.Q(("high__isnull", False), ("low__isnull", False), ("operator", "=")),
                    models.Q(
                        ("high__isnull", False),
                        ("low__isnull", False),
                        ("low__lte", models.F("high")),
                        ("operator", "between"),
                    ),
                    models.Q(("operator", "bool"), ("truth__isnull", False)),
                    models.Q(("operator", "includes"), models.Q(("choices", []), _negated=True)),
                    _connector="OR",
                ),
                name="metric_has_the_value_of_its_operator",
                violation_error_message="请按关系填写数值：≥ 填下限，≤ 填上限，区间填两者，是/否与包含填对应值。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needmetric",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_needmetricevent" ("choices", "condition_zh", "high", "id", "key", "low", "name_zh", "need_id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "truth", "unit") VALUES (NEW."choices", NEW."condition_zh", NEW."high", NEW."id", NEW."key", NEW."low", NEW."name_zh", NEW."need_id", NEW."operator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."priority", NEW."truth", NEW."unit"); RETURN NULL;',
                    hash="02e17b8849c4a142c6c8a3f857941a23bdcf02fb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3759a",
                    table="matching_needmetric",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needmetric",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "matching_needmetricevent" ("choices", "condition_zh", "high", "id", "key", "low", "name_zh", "need_id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "truth", "unit") VALUES (NEW."choices", NEW."condition_zh", NEW."high", NEW."id", NEW."key", NEW."low", NEW."name_zh", NEW."need_id", NEW."operator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."priority", NEW."truth", NEW."unit"); RETURN NULL;',
                    hash="434fc421f45b46db24f1d8951dde96fc505dcf03",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6b9c6",
                    table="matching_needmetric",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needmetric",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_needmetricevent" ("choices", "condition_zh", "high", "id", "key", "low", "name_zh", "need_id", "operator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "truth", "unit") VALUES (OLD."choices", OLD."condition_zh", OLD."high", OLD."id", OLD."key", OLD."low", OLD."name_zh", OLD."need_id", OLD."operator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."priority", OLD."truth", OLD."unit"); RETURN NULL;',
                    hash="fe50e65a2890df14b52b353bb284c3fae0b7f722",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cf50f",
                    table="matching_needmetric",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="needmetricevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="878766c3880323f1c66428828ee00e1baec71912",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ba8b7",
                    table="matching_needmetricevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="runstep",
            index=models.Index(fields=["state", "next_at"], name="run_step_due"),
        ),
        migrations.AddConstraint(
            model_name="runstep",
            constraint=models.UniqueConstraint(fields=("run", "stage", "ordinal"), name="one_run_step_per_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="scoringconfig",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)), fields=("is_active",), name="one_active_scoring_config"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scoringconfig",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_scoringconfigevent" ("created_at", "created_by_id", "id", "is_active", "note", "number", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."note", NEW."number", NEW."parameters", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="abff97958489a74e8a7306e5297338b0cf121ff2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4b8f2",
                    table="matching_scoringconfig",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scoringconfig",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "matching_scoringconfigevent" ("created_at", "created_by_id", "id", "is_active", "note", "number", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."created_at", NEW."created_by_id", NEW."id", NEW."is_active", NEW."note", NEW."number", NEW."parameters", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="d4be93102870ce452153e0518d82f2135bbbabb4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3aabc",
                    table="matching_scoringconfig",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scoringconfig",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "matching_scoringconfigevent" ("created_at", "created_by_id", "id", "is_active", "note", "number", "parameters", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."id", OLD."is_active", OLD."note", OLD."number", OLD."parameters", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="d79f434a2efacee052b61db81e47a5b5bb979677",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9ff60",
                    table="matching_scoringconfig",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="matchrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="published_run_has_its_time",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scoringconfigevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8956a2b6d9c4c7125224ddc3dce8fa0b1eba6570",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c8cb4",
                    table="matching_scoringconfigevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
