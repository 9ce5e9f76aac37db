import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.functions.datetime
import django.db.models.manager
from django.db import migrations, models

import zones.models.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CandidateList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("scores", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("confidences", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("rank_values", django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                ("removed_by_reason", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "候选",
                "verbose_name_plural": "候选",
            },
        ),
        migrations.CreateModel(
            name="LexicalStatistics",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                (
                    "is_sample",
                    models.BooleanField(default=False, help_text="演示数据，不计入统计", verbose_name="样例"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="创建时间"
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="更新时间"
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
                    models.TextField(validators=[django.core.validators.MaxLengthValidator(200)], verbose_name="摘要"),
                ),
                (
                    "consent_recorded_on",
                    models.DateField(
                        blank=True, help_text="代企业填报时，企业同意发布的日期", null=True, verbose_name="单位授权日期"
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
                        blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="背景"
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
                ("duration_months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="周期（月）")),
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
                    models.BooleanField(default=False, help_text="涉密需求不得在本平台填报", verbose_name="涉密"),
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
                        blank=True, help_text="来源系统中的编号，本园区内唯一", max_length=80, verbose_name="外部编号"
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="开放时间")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
            ],
            options={
                "verbose_name": "需求",
                "verbose_name_plural": "需求",
                "ordering": ("-updated_at", "-id"),
                "abstract": False,
                "base_manager_name": "plain",
                "default_manager_name": "plain",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("need_version", models.PositiveIntegerField()),
                ("resource_version", models.PositiveIntegerField()),
                ("rank", models.PositiveSmallIntegerField(verbose_name="排名")),
                ("score", models.FloatField(verbose_name="得分")),
                ("confidence", models.FloatField(verbose_name="把握度")),
                ("contributions", models.JSONField(verbose_name="得分构成")),
                ("facts", models.JSONField(verbose_name="依据")),
                ("is_assigned", models.BooleanField(default=False, verbose_name="推荐")),
            ],
            options={
                "verbose_name": "匹配结果",
                "verbose_name_plural": "匹配结果",
                "ordering": ("need", "rank"),
                "abstract": False,
                "base_manager_name": "plain",
                "default_manager_name": "plain",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="MatchRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("full", "全量"), ("delta", "增量")], max_length=10, verbose_name="类型"),
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
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="创建时间"
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
            ],
            options={
                "verbose_name": "匹配任务",
                "verbose_name_plural": "匹配任务",
                "ordering": ("-id",),
                "abstract": False,
                "base_manager_name": "plain",
                "default_manager_name": "plain",
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
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="创建时间"
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
                    models.TextField(validators=[django.core.validators.MaxLengthValidator(200)], verbose_name="摘要"),
                ),
                (
                    "consent_recorded_on",
                    models.DateField(
                        blank=True, help_text="代企业填报时，企业同意发布的日期", null=True, verbose_name="单位授权日期"
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
                        blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="背景"
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
                ("duration_months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="周期（月）")),
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
                    models.BooleanField(default=False, help_text="涉密需求不得在本平台填报", verbose_name="涉密"),
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
                        blank=True, help_text="来源系统中的编号，本园区内唯一", max_length=80, verbose_name="外部编号"
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="开放时间")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NeedExclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "排除",
                "verbose_name_plural": "排除",
                "abstract": False,
                "base_manager_name": "plain",
                "default_manager_name": "plain",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="NeedExclusionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NeedMetric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "指标",
                "verbose_name_plural": "指标",
                "ordering": ("need", "position"),
                "abstract": False,
                "base_manager_name": "plain",
                "default_manager_name": "plain",
            },
            managers=[
                ("plain", django.db.models.manager.Manager()),
            ],
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
            ],
            options={
                "abstract": False,
            },
        ),
    ]
