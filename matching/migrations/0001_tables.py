import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import ledger.migration_operations
import zones.models.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0002_tables"),
    ]

    operations = [
        ledger.migration_operations.Together(
            [
                migrations.CreateModel(
                    name="LexicalStatistics",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("encoding", models.PositiveSmallIntegerField()),
                        ("document_count", models.PositiveIntegerField()),
                        ("packed", models.BinaryField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "词频统计",
                        "verbose_name_plural": "词频统计",
                        "ordering": ("-id",),
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                        (
                            "kind",
                            models.CharField(
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
                                verbose_name="需求类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="标题")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文标题")),
                        (
                            "summary_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(200)], verbose_name="摘要"
                            ),
                        ),
                        (
                            "consent_recorded_on",
                            models.DateField(
                                blank=True,
                                help_text="代企业填报时，企业同意发布的日期",
                                null=True,
                                verbose_name="单位授权日期",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("submitted", "已提交"),
                                    ("in_review", "审核中"),
                                    ("returned", "退回修改"),
                                    ("rejected", "不予通过"),
                                    ("approved", "审核通过"),
                                    ("open", "对接中"),
                                    ("paused", "暂停"),
                                    ("expired", "已到期"),
                                    ("withdrawn", "已撤回"),
                                    ("fulfilled", "已满足"),
                                    ("closed_unmet", "未满足关闭"),
                                ],
                                default="draft",
                                max_length=14,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                    ("sealed", "密封（参与匹配，不公开列出）"),
                                ],
                                default="association",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "background_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="背景",
                            ),
                        ),
                        (
                            "problem_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="技术难题",
                            ),
                        ),
                        (
                            "content_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="需求内容",
                            ),
                        ),
                        (
                            "tried_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="已做尝试",
                            ),
                        ),
                        (
                            "conditions_offered_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="可提供条件",
                            ),
                        ),
                        (
                            "budget_min",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算下限（元）"
                            ),
                        ),
                        (
                            "budget_max",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算上限（元）"
                            ),
                        ),
                        ("budget_source_zh", models.CharField(blank=True, max_length=120, verbose_name="资金来源")),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="要求完成日")),
                        (
                            "duration_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="周期（月）"),
                        ),
                        (
                            "trl_have",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="现有就绪度",
                            ),
                        ),
                        (
                            "trl_need",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="目标就绪度",
                            ),
                        ),
                        (
                            "industry_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="产业分类",
                            ),
                        ),
                        (
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        (
                            "equipment_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="仪器设备分类",
                            ),
                        ),
                        (
                            "modes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="合作方式",
                            ),
                        ),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="关键词",
                            ),
                        ),
                        ("ip_preference_zh", models.CharField(blank=True, max_length=200, verbose_name="知识产权意向")),
                        ("payment_zh", models.CharField(blank=True, max_length=200, verbose_name="付款方式")),
                        ("exclusions_zh", models.CharField(blank=True, max_length=300, verbose_name="排除说明")),
                        (
                            "is_classified",
                            models.BooleanField(
                                default=False, help_text="涉密需求不得在本平台填报", verbose_name="涉密"
                            ),
                        ),
                        (
                            "wanted_partners",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="期望推荐数",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="来源系统中的编号，本园区内唯一",
                                max_length=80,
                                verbose_name="外部编号",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="开放时间"),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="zones.association",
                                verbose_name="联盟或网络",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="zones.organization",
                                verbose_name="需求单位",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="zones.zone",
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "需求",
                        "verbose_name_plural": "需求",
                        "ordering": ("-updated_at", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "indexes": [
                            models.Index(fields=["zone", "state"], name="need_zone_state"),
                            models.Index(fields=["state", "visibility"], name="need_state_visibility"),
                            models.Index(fields=["-updated_at", "-id"], name="need_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("zone", "external_id"),
                                name="one_need_per_external_id",
                                violation_error_message="本园区已有该外部编号的需求：请编辑原有记录，或更正编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_classified", False)),
                                name="need_is_not_classified",
                                violation_error_message="涉密需求不得在本平台填报，请走保密渠道。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "open"), _negated=True),
                                    models.Q(("expires_on__isnull", False), ("opened_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="open_need_has_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("visibility", "association"), _negated=True),
                                    ("association__isnull", False),
                                    _connector="OR",
                                ),
                                name="association_need_names_it",
                                violation_error_message="可见范围为“联盟或网络内”时，请选择联盟或网络。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("budget_min__isnull", True),
                                    ("budget_max__isnull", True),
                                    models.Q(("budget_min__gte", 0), ("budget_min__lte", models.F("budget_max"))),
                                    _connector="OR",
                                ),
                                name="need_budget_ordered",
                                violation_error_message="预算下限不得为负，且不得高于上限。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("trl_have__isnull", True), ("trl_have__range", (1, 9)), _connector="OR"),
                                    models.Q(("trl_need__isnull", True), ("trl_need__range", (1, 9)), _connector="OR"),
                                ),
                                name="need_trl_in_range",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
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
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), size=None
                            ),
                        ),
                        ("packed", models.BinaryField()),
                    ],
                    options={
                        "verbose_name": "检索文档",
                        "verbose_name_plural": "检索文档",
                    },
                ),
                migrations.CreateModel(
                    name="ScoringConfig",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(unique=True, verbose_name="版本号")),
                        ("parameters", models.JSONField(verbose_name="参数")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("is_active", models.BooleanField(default=False, verbose_name="启用")),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
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
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("is_active",),
                                name="one_active_scoring_config",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MatchRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("full", "全量"), ("delta", "增量")], max_length=10, verbose_name="类型"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "准备"),
                                    ("scoring", "计算中"),
                                    ("assigning", "分配中"),
                                    ("published", "已发布"),
                                    ("failed", "失败"),
                                    ("superseded", "已被取代"),
                                ],
                                default="preparing",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="计算基准日")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="触发原因")),
                        ("code_version", models.CharField(max_length=40)),
                        ("input_hash", models.CharField(blank=True, max_length=64)),
                        ("index_version", models.BigIntegerField(default=0)),
                        ("need_total", models.PositiveIntegerField(default=0, verbose_name="需求数")),
                        ("need_done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                        ("resource_total", models.PositiveIntegerField(default=0, verbose_name="资源数")),
                        ("quarantined", models.PositiveIntegerField(default=0, verbose_name="隔离数")),
                        ("counts", models.JSONField(default=dict, verbose_name="统计")),
                        ("removed_by_reason", models.JSONField(default=dict, verbose_name="过滤原因")),
                        ("durations", models.JSONField(default=dict, verbose_name="耗时（秒）")),
                        ("error", models.TextField(blank=True, verbose_name="错误")),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
                            ),
                        ),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                        (
                            "statistics",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="matching.lexicalstatistics",
                            ),
                        ),
                        (
                            "config",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="matching.scoringconfig",
                                verbose_name="评分配置",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "匹配任务",
                        "verbose_name_plural": "匹配任务",
                        "ordering": ("-id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="published_run_has_its_time",
                            )
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedExclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exclusions",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.organization",
                                verbose_name="排除单位",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.zone",
                                verbose_name="排除园区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "排除",
                        "verbose_name_plural": "排除",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("zone__isnull", True)),
                                    models.Q(("organization__isnull", True), ("zone__isnull", False)),
                                    _connector="OR",
                                ),
                                name="exclusion_names_one_thing",
                                violation_error_message="请选择一个单位或一个园区。",
                            )
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedMetric",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("key", models.SlugField(max_length=40, verbose_name="指标键")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="指标名称")),
                        (
                            "operator",
                            models.CharField(
                                choices=[
                                    (">=", "≥"),
                                    ("<=", "≤"),
                                    ("=", "="),
                                    ("between", "区间"),
                                    ("bool", "是/否"),
                                    ("includes", "包含"),
                                ],
                                max_length=10,
                                verbose_name="关系",
                            ),
                        ),
                        ("low", models.FloatField(blank=True, null=True, verbose_name="数值（下限）")),
                        ("high", models.FloatField(blank=True, null=True, verbose_name="上限")),
                        ("truth", models.BooleanField(blank=True, null=True, verbose_name="是/否")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="须包含")),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        (
                            "priority",
                            models.CharField(
                                choices=[("must", "硬指标"), ("nice", "期望指标")],
                                default="must",
                                max_length=4,
                                verbose_name="优先级",
                            ),
                        ),
                        ("condition_zh", models.CharField(blank=True, max_length=120, verbose_name="测试条件")),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="metrics",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指标",
                        "verbose_name_plural": "指标",
                        "ordering": ("need", "position"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(fields=("need", "key"), name="one_metric_per_key"),
                            models.CheckConstraint(
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
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NeedEvent",
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
                        (
                            "kind",
                            models.CharField(
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
                                verbose_name="需求类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="标题")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文标题")),
                        (
                            "summary_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(200)], verbose_name="摘要"
                            ),
                        ),
                        (
                            "consent_recorded_on",
                            models.DateField(
                                blank=True,
                                help_text="代企业填报时，企业同意发布的日期",
                                null=True,
                                verbose_name="单位授权日期",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("submitted", "已提交"),
                                    ("in_review", "审核中"),
                                    ("returned", "退回修改"),
                                    ("rejected", "不予通过"),
                                    ("approved", "审核通过"),
                                    ("open", "对接中"),
                                    ("paused", "暂停"),
                                    ("expired", "已到期"),
                                    ("withdrawn", "已撤回"),
                                    ("fulfilled", "已满足"),
                                    ("closed_unmet", "未满足关闭"),
                                ],
                                default="draft",
                                max_length=14,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                    ("sealed", "密封（参与匹配，不公开列出）"),
                                ],
                                default="association",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "background_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="背景",
                            ),
                        ),
                        (
                            "problem_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="技术难题",
                            ),
                        ),
                        (
                            "content_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="需求内容",
                            ),
                        ),
                        (
                            "tried_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="已做尝试",
                            ),
                        ),
                        (
                            "conditions_offered_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="可提供条件",
                            ),
                        ),
                        (
                            "budget_min",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算下限（元）"
                            ),
                        ),
                        (
                            "budget_max",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="预算上限（元）"
                            ),
                        ),
                        ("budget_source_zh", models.CharField(blank=True, max_length=120, verbose_name="资金来源")),
                        ("deadline", models.DateField(blank=True, null=True, verbose_name="要求完成日")),
                        (
                            "duration_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="周期（月）"),
                        ),
                        (
                            "trl_have",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="现有就绪度",
                            ),
                        ),
                        (
                            "trl_need",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="目标就绪度",
                            ),
                        ),
                        (
                            "industry_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="产业分类",
                            ),
                        ),
                        (
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        (
                            "equipment_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="仪器设备分类",
                            ),
                        ),
                        (
                            "modes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="合作方式",
                            ),
                        ),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="关键词",
                            ),
                        ),
                        ("ip_preference_zh", models.CharField(blank=True, max_length=200, verbose_name="知识产权意向")),
                        ("payment_zh", models.CharField(blank=True, max_length=200, verbose_name="付款方式")),
                        ("exclusions_zh", models.CharField(blank=True, max_length=300, verbose_name="排除说明")),
                        (
                            "is_classified",
                            models.BooleanField(
                                default=False, help_text="涉密需求不得在本平台填报", verbose_name="涉密"
                            ),
                        ),
                        (
                            "wanted_partners",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="期望推荐数",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="来源系统中的编号，本园区内唯一",
                                max_length=80,
                                verbose_name="外部编号",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="开放时间"),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
                        (
                            "association",
                            models.ForeignKey(
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
                        (
                            "author",
                            models.ForeignKey(
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
                        (
                            "organization",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="需求单位",
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
                                to="matching.need",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
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
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="创建时间",
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
                    name="CandidateList",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("need_version", models.PositiveIntegerField()),
                        (
                            "resource_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        (
                            "resource_versions",
                            django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                        ),
                        ("parts", models.BinaryField()),
                        (
                            "scores",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        (
                            "confidences",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        (
                            "rank_values",
                            django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None),
                        ),
                        ("removed_by_reason", models.JSONField(default=dict)),
                        ("facts", models.JSONField(default=list)),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="candidate_lists",
                                to="matching.need",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="candidate_lists",
                                to="matching.matchrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "候选",
                        "verbose_name_plural": "候选",
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "need"), name="one_candidate_list_per_need")
                        ],
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="live_results",
                                to="matching.matchrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "当前结果",
                        "verbose_name_plural": "当前结果",
                    },
                ),
                migrations.CreateModel(
                    name="Match",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("need_version", models.PositiveIntegerField()),
                        ("resource_version", models.PositiveIntegerField()),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="排名")),
                        ("score", models.FloatField(verbose_name="得分")),
                        ("confidence", models.FloatField(verbose_name="把握度")),
                        ("contributions", models.JSONField(verbose_name="得分构成")),
                        ("facts", models.JSONField(verbose_name="依据")),
                        ("is_assigned", models.BooleanField(default=False, verbose_name="推荐")),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="matches",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="matches",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="matches",
                                to="matching.matchrun",
                                verbose_name="匹配任务",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "匹配结果",
                        "verbose_name_plural": "匹配结果",
                        "ordering": ("need", "rank"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "indexes": [models.Index(fields=["resource", "run"], name="match_resource_run")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "need", "resource"), name="one_match_per_pair_and_run"
                            ),
                            models.UniqueConstraint(fields=("run", "need", "rank"), name="one_match_per_rank"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidence__gte", 0), ("confidence__lte", 1), ("score__gte", 0), ("score__lte", 1)
                                ),
                                name="match_score_in_range",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RunStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "排队"),
                                    ("leased", "处理中"),
                                    ("done", "完成"),
                                    ("failed", "失败"),
                                ],
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
                                choices=[("prepare", "准备"), ("score", "计算"), ("assign", "分配与发布")],
                                max_length=10,
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="matching.matchrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任务步骤",
                        "verbose_name_plural": "任务步骤",
                        "ordering": ("run", "stage", "ordinal"),
                        "indexes": [models.Index(fields=["state", "next_at"], name="run_step_due")],
                        "constraints": [
                            models.UniqueConstraint(fields=("run", "stage", "ordinal"), name="one_run_step_per_ordinal")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedExclusionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
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
                                to="matching.needexclusion",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NeedMetricEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("key", models.SlugField(db_index=False, max_length=40, verbose_name="指标键")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="指标名称")),
                        (
                            "operator",
                            models.CharField(
                                choices=[
                                    (">=", "≥"),
                                    ("<=", "≤"),
                                    ("=", "="),
                                    ("between", "区间"),
                                    ("bool", "是/否"),
                                    ("includes", "包含"),
                                ],
                                max_length=10,
                                verbose_name="关系",
                            ),
                        ),
                        ("low", models.FloatField(blank=True, null=True, verbose_name="数值（下限）")),
                        ("high", models.FloatField(blank=True, null=True, verbose_name="上限")),
                        ("truth", models.BooleanField(blank=True, null=True, verbose_name="是/否")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="须包含")),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        (
                            "priority",
                            models.CharField(
                                choices=[("must", "硬指标"), ("nice", "期望指标")],
                                default="must",
                                max_length=4,
                                verbose_name="优先级",
                            ),
                        ),
                        ("condition_zh", models.CharField(blank=True, max_length=120, verbose_name="测试条件")),
                        (
                            "need",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.need",
                                verbose_name="需求",
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
                                to="matching.needmetric",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                ledger.migration_operations.InstallTriggers(
                    triggers=[
                        (
                            "need",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "need",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "need",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needevent",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needexclusion",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needexclusion",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needexclusion",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needexclusionevent",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needmetric",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needmetric",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needmetric",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "needmetricevent",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "scoringconfig",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "scoringconfig",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "scoringconfig",
                            pgtrigger.compiler.Trigger(
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
                        (
                            "scoringconfigevent",
                            pgtrigger.compiler.Trigger(
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
                    ],
                ),
            ]
        )
    ]
