"""Conversions, exchanges of people and trials."""

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
        ("matching", "0029_agreements"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0020_mechanisms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Conversion",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="转化金额（元）"
                            ),
                        ),
                        ("converted_on", models.DateField(verbose_name="转化日")),
                    ],
                    options={
                        "verbose_name": "成果转化",
                        "verbose_name_plural": "成果转化",
                        "ordering": ("-converted_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ConversionEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="转化金额（元）"
                            ),
                        ),
                        ("converted_on", models.DateField(verbose_name="转化日")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TalentExchange",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("expert", "专家"),
                                    ("manager", "管理干部"),
                                    ("engineer", "工程技术人员"),
                                    ("skilled", "技能人才"),
                                    ("student", "学生"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="人员类别",
                            ),
                        ),
                        (
                            "person_times",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="人次"
                            ),
                        ),
                        ("started_on", models.DateField(verbose_name="开始日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="最后一天；仍在进行的留空", null=True, verbose_name="结束日"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人才交流",
                        "verbose_name_plural": "人才交流",
                        "ordering": ("-started_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TalentExchangeEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("expert", "专家"),
                                    ("manager", "管理干部"),
                                    ("engineer", "工程技术人员"),
                                    ("skilled", "技能人才"),
                                    ("student", "学生"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="人员类别",
                            ),
                        ),
                        (
                            "person_times",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="人次"
                            ),
                        ),
                        ("started_on", models.DateField(verbose_name="开始日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="最后一天；仍在进行的留空", null=True, verbose_name="结束日"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Trial",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外试验单位")),
                        (
                            "track_code",
                            models.CharField(help_text="未来产业六大领域的代码", max_length=20, verbose_name="赛道"),
                        ),
                        ("started_on", models.DateField(verbose_name="开始日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="最后一天；仍在进行的留空", null=True, verbose_name="结束日"
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("passed", "达到预期"),
                                    ("partly", "部分达到预期"),
                                    ("failed", "未达到预期"),
                                    ("stopped", "中止"),
                                ],
                                max_length=8,
                                verbose_name="结果",
                            ),
                        ),
                        ("result_zh", models.CharField(blank=True, max_length=300, verbose_name="结果说明")),
                    ],
                    options={
                        "verbose_name": "试验",
                        "verbose_name_plural": "试验",
                        "ordering": ("-started_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TrialEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("zone", "本园区"),
                                    ("association", "联盟或网络内"),
                                    ("national", "全国园区"),
                                    ("public", "公开"),
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
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
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外试验单位")),
                        (
                            "track_code",
                            models.CharField(help_text="未来产业六大领域的代码", max_length=20, verbose_name="赛道"),
                        ),
                        ("started_on", models.DateField(verbose_name="开始日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="最后一天；仍在进行的留空", null=True, verbose_name="结束日"
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("passed", "达到预期"),
                                    ("partly", "部分达到预期"),
                                    ("failed", "未达到预期"),
                                    ("stopped", "中止"),
                                ],
                                max_length=8,
                                verbose_name="结果",
                            ),
                        ),
                        ("result_zh", models.CharField(blank=True, max_length=300, verbose_name="结果说明")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="author",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="contract",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="matching.techcontract",
                        verbose_name="技术合同",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="from_zone",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="成果所在高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="landing_region",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="不在高新区内落地的填写",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.region",
                        verbose_name="落地省份",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="landing_zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="落地高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="resource",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="平台上登记的科技成果",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversions",
                        to="zones.resource",
                        verbose_name="科技成果",
                    ),
                ),
                migrations.AddField(
                    model_name="conversion",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="author",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="contract",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.techcontract",
                        verbose_name="技术合同",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="from_zone",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="成果所在高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="landing_region",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="不在高新区内落地的填写",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.region",
                        verbose_name="落地省份",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="landing_zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="落地高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
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
                    model_name="conversionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.conversion",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="resource",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="平台上登记的科技成果",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.resource",
                        verbose_name="科技成果",
                    ),
                ),
                migrations.AddField(
                    model_name="conversionevent",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="author",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="cooperation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talent_exchanges",
                        to="matching.cooperation",
                        verbose_name="所属合作",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="from_region",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.region",
                        verbose_name="派出省份",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="from_zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="派出高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="to_region",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.region",
                        verbose_name="接收省份",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="to_zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="接收高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchange",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="author",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="cooperation",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.cooperation",
                        verbose_name="所属合作",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="from_region",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.region",
                        verbose_name="派出省份",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="from_zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="派出高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
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
                    model_name="talentexchangeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.talentexchange",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="to_region",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.region",
                        verbose_name="接收省份",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="to_zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="接收高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="talentexchangeevent",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="trial",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="trial",
                    name="author",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="trial",
                    name="organization",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trials",
                        to="zones.organization",
                        verbose_name="试验单位",
                    ),
                ),
                migrations.AddField(
                    model_name="trial",
                    name="testbed",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trials",
                        to="zones.resource",
                        verbose_name="试验场",
                    ),
                ),
                migrations.AddField(
                    model_name="trial",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.association",
                        verbose_name="登记的联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
                    name="author",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
                    name="organization",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.organization",
                        verbose_name="试验单位",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
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
                    model_name="trialevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.trial",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
                    name="testbed",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.resource",
                        verbose_name="试验场",
                    ),
                ),
                migrations.AddField(
                    model_name="trialevent",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="登记的高新区",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="conversion_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="conversion_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="conversion_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("landing_region__isnull", True), ("landing_zone__isnull", False)),
                            models.Q(("landing_region__isnull", False), ("landing_zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="conversion_lands_in_a_zone_or_region",
                        violation_error_message="落地请填写高新区；不在高新区内的，只填写省份。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="conversion_amount_in_range",
                        violation_error_message="转化金额不得为负。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_conversionevent" ("amount", "association_id", "author_id", "contract_id", "converted_on", "created_at", "dimension", "from_zone_id", "id", "is_sample", "landing_region_id", "landing_zone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."amount", NEW."association_id", NEW."author_id", NEW."contract_id", NEW."converted_on", NEW."created_at", NEW."dimension", NEW."from_zone_id", NEW."id", NEW."is_sample", NEW."landing_region_id", NEW."landing_zone_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."resource_id", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="78b3ac8317ab65cbe892c2e9e20440c47c8a43ed",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9ab5",
                            table="matching_conversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount") OR OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."converted_on" IS DISTINCT FROM (NEW."converted_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."from_zone_id" IS DISTINCT FROM (NEW."from_zone_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."landing_region_id" IS DISTINCT FROM (NEW."landing_region_id") OR OLD."landing_zone_id" IS DISTINCT FROM (NEW."landing_zone_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_conversionevent" ("amount", "association_id", "author_id", "contract_id", "converted_on", "created_at", "dimension", "from_zone_id", "id", "is_sample", "landing_region_id", "landing_zone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."amount", NEW."association_id", NEW."author_id", NEW."contract_id", NEW."converted_on", NEW."created_at", NEW."dimension", NEW."from_zone_id", NEW."id", NEW."is_sample", NEW."landing_region_id", NEW."landing_zone_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."resource_id", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="57a671fffb735508a5c04803098a182d3e729f57",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_946df",
                            table="matching_conversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_conversionevent" ("amount", "association_id", "author_id", "contract_id", "converted_on", "created_at", "dimension", "from_zone_id", "id", "is_sample", "landing_region_id", "landing_zone_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."amount", OLD."association_id", OLD."author_id", OLD."contract_id", OLD."converted_on", OLD."created_at", OLD."dimension", OLD."from_zone_id", OLD."id", OLD."is_sample", OLD."landing_region_id", OLD."landing_zone_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."resource_id", OLD."source_url", OLD."source_zh", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="7873195d6f61cba5ec262595203ac86e58ac1f21",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_decec",
                            table="matching_conversion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="conversionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2cc9c6249f2921c5b604cb21e8420ef75ed1cb11",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b518c",
                            table="matching_conversionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="talentexchange_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="talentexchange_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="talentexchange_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_region__isnull", True), ("from_zone__isnull", False)),
                            models.Q(("from_region__isnull", False), ("from_zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="talent_comes_from_a_zone_or_region",
                        violation_error_message="派出地请填写高新区；不在高新区内的，只填写省份。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_region__isnull", True), ("to_zone__isnull", False)),
                            models.Q(("to_region__isnull", False), ("to_zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="talent_goes_to_a_zone_or_region",
                        violation_error_message="接收地请填写高新区；不在高新区内的，只填写省份。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="talent_exchange_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talentexchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("person_times__gt", 0)),
                        name="talent_exchange_counts_somebody",
                        violation_error_message="人次须大于 0。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talentexchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_talentexchangeevent" ("association_id", "author_id", "cooperation_id", "created_at", "dimension", "ended_on", "from_region_id", "from_zone_id", "id", "is_sample", "person_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "source_url", "source_zh", "started_on", "title_en", "title_zh", "to_region_id", "to_zone_id", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."cooperation_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."from_region_id", NEW."from_zone_id", NEW."id", NEW."is_sample", NEW."person_times", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."source_url", NEW."source_zh", NEW."started_on", NEW."title_en", NEW."title_zh", NEW."to_region_id", NEW."to_zone_id", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="c204c48a88343784843e6def6d3bce2b7cf4b41c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4f284",
                            table="matching_talentexchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talentexchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."cooperation_id" IS DISTINCT FROM (NEW."cooperation_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."from_region_id" IS DISTINCT FROM (NEW."from_region_id") OR OLD."from_zone_id" IS DISTINCT FROM (NEW."from_zone_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."person_times" IS DISTINCT FROM (NEW."person_times") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."to_region_id" IS DISTINCT FROM (NEW."to_region_id") OR OLD."to_zone_id" IS DISTINCT FROM (NEW."to_zone_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_talentexchangeevent" ("association_id", "author_id", "cooperation_id", "created_at", "dimension", "ended_on", "from_region_id", "from_zone_id", "id", "is_sample", "person_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "source_url", "source_zh", "started_on", "title_en", "title_zh", "to_region_id", "to_zone_id", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."cooperation_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."from_region_id", NEW."from_zone_id", NEW."id", NEW."is_sample", NEW."person_times", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."source_url", NEW."source_zh", NEW."started_on", NEW."title_en", NEW."title_zh", NEW."to_region_id", NEW."to_zone_id", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="3cc32ea9c4a38e5449bb1cd9b1dec67c9f5f12f0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9b5f3",
                            table="matching_talentexchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talentexchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_talentexchangeevent" ("association_id", "author_id", "cooperation_id", "created_at", "dimension", "ended_on", "from_region_id", "from_zone_id", "id", "is_sample", "person_times", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "source_url", "source_zh", "started_on", "title_en", "title_zh", "to_region_id", "to_zone_id", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."cooperation_id", OLD."created_at", OLD."dimension", OLD."ended_on", OLD."from_region_id", OLD."from_zone_id", OLD."id", OLD."is_sample", OLD."person_times", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."source_url", OLD."source_zh", OLD."started_on", OLD."title_en", OLD."title_zh", OLD."to_region_id", OLD."to_zone_id", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="24bc20d990ba9def2c7594312cdcb00885b498df",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5e4c3",
                            table="matching_talentexchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talentexchangeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3f25acaad98fcfa156c279bf49f3aaa191c98938",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f2c28",
                            table="matching_talentexchangeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="trial_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="trial_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="trial_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", True), models.Q(("name_zh", ""), _negated=True)),
                            models.Q(("name_zh", ""), ("organization__isnull", False)),
                            _connector="OR",
                        ),
                        name="trial_is_of_one",
                        violation_error_message="每行只填一项：平台上的记录，或平台外的名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="trial_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="trial",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("result", "")),
                            models.Q(models.Q(("result", ""), _negated=True), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="trial_result_once_over",
                        violation_error_message="结束的试验请同时填写结束日与结果。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trial",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_trialevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "is_sample", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "result_zh", "source_url", "source_zh", "started_on", "testbed_id", "title_en", "title_zh", "track_code", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."id", NEW."is_sample", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."result", NEW."result_zh", NEW."source_url", NEW."source_zh", NEW."started_on", NEW."testbed_id", NEW."title_en", NEW."title_zh", NEW."track_code", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="65d1be47aec6287122f6a41452253ebdfb7014a3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a42a",
                            table="matching_trial",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trial",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."result_zh" IS DISTINCT FROM (NEW."result_zh") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."testbed_id" IS DISTINCT FROM (NEW."testbed_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."track_code" IS DISTINCT FROM (NEW."track_code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_trialevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "is_sample", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "result_zh", "source_url", "source_zh", "started_on", "testbed_id", "title_en", "title_zh", "track_code", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."id", NEW."is_sample", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."result", NEW."result_zh", NEW."source_url", NEW."source_zh", NEW."started_on", NEW."testbed_id", NEW."title_en", NEW."title_zh", NEW."track_code", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="e0377d0dd396cbb97d7ad3fd32149a47347ec1f4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08f68",
                            table="matching_trial",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trial",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_trialevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "is_sample", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "result", "result_zh", "source_url", "source_zh", "started_on", "testbed_id", "title_en", "title_zh", "track_code", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."created_at", OLD."dimension", OLD."ended_on", OLD."id", OLD."is_sample", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."result", OLD."result_zh", OLD."source_url", OLD."source_zh", OLD."started_on", OLD."testbed_id", OLD."title_en", OLD."title_zh", OLD."track_code", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="d13dc99ad0e44b9eae09b3ae747dfe94d2857e2b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1f156",
                            table="matching_trial",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trialevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59dbed143983d6e54a588188567494bd3852d454",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2d383",
                            table="matching_trialevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
