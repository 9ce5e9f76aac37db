"""Cooperations of several parties, with their milestones, amounts, associations and steps."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import zones.models.codes
from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0021_booked_places_are_followed"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Cooperation",
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
                                    ("project", "科研合作项目"),
                                    ("joint_centre", "联合研发中心"),
                                    ("consortium", "攻关联合体"),
                                    ("paired_project", "对口合作项目"),
                                    ("talent_exchange", "人才交流"),
                                    ("scenario_adoption", "示范场景落地"),
                                    ("financing", "科技金融融资"),
                                    ("enclave_landing", "飞地入驻"),
                                ],
                                max_length=20,
                                verbose_name="合作类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="合作主题")),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="合作内容",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("match", "平台匹配对接"),
                                    ("event", "交流对接活动"),
                                    ("call", "需求征集"),
                                    ("direct", "自行洽谈"),
                                ],
                                default="direct",
                                max_length=8,
                                verbose_name="合作来源",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待确认"),
                                    ("refused", "未获确认"),
                                    ("taken_back", "已撤回"),
                                    ("agreed", "已签约"),
                                    ("running", "实施中"),
                                    ("delayed", "已延期"),
                                    ("completed", "已完成"),
                                    ("terminated", "已终止"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("signed_on", models.DateField(help_text="“促成”按签约日统计", verbose_name="签约日")),
                        (
                            "completed_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="完成日"),
                        ),
                        (
                            "terminated_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="终止日"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("funding", "资金未落实"),
                                    ("technology", "技术路线不可行"),
                                    ("market", "市场变化"),
                                    ("partner", "一方退出或违约"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="终止原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
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
                            "evidence_zh",
                            models.CharField(
                                blank=True,
                                help_text="合同或文件名称与编号，例如“技术开发合同 2026-018 号”",
                                max_length=200,
                                verbose_name="凭证",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True,
                                choices=[("parties", "各方确认"), ("evidence", "凭证确认")],
                                editable=False,
                                max_length=8,
                                verbose_name="确认方式",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations",
                                to="matching.needcall",
                                verbose_name="来自需求征集",
                            ),
                        ),
                        (
                            "confirmer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "exchange",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations",
                                to="matching.exchange",
                                verbose_name="来自对接",
                            ),
                        ),
                        (
                            "proposer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提交人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作",
                        "verbose_name_plural": "合作",
                        "ordering": ("-signed_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CooperationAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contract_sum", "合同金额"),
                                    ("investment", "投资额"),
                                    ("paid_in", "到位资金"),
                                    ("grant", "财政资助"),
                                    ("financing", "融资额"),
                                ],
                                max_length=12,
                                verbose_name="金额类别",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额（元）")),
                        ("note_zh", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amounts",
                                to="matching.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作金额",
                        "verbose_name_plural": "合作金额",
                        "ordering": ("kind",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CooperationAmountEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contract_sum", "合同金额"),
                                    ("investment", "投资额"),
                                    ("paid_in", "到位资金"),
                                    ("grant", "财政资助"),
                                    ("financing", "融资额"),
                                ],
                                max_length=12,
                                verbose_name="金额类别",
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="金额（元）")),
                        ("note_zh", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperation",
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
                                to="matching.cooperationamount",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CooperationAssociation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.association",
                                verbose_name="计入的联盟或网络",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="association_links",
                                to="matching.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "计入的联盟或网络",
                        "verbose_name_plural": "计入的联盟或网络",
                        "ordering": ("association_id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CooperationAssociationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "association",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.association",
                                verbose_name="计入的联盟或网络",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperation",
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
                                to="matching.cooperationassociation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CooperationEvent",
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
                                    ("project", "科研合作项目"),
                                    ("joint_centre", "联合研发中心"),
                                    ("consortium", "攻关联合体"),
                                    ("paired_project", "对口合作项目"),
                                    ("talent_exchange", "人才交流"),
                                    ("scenario_adoption", "示范场景落地"),
                                    ("financing", "科技金融融资"),
                                    ("enclave_landing", "飞地入驻"),
                                ],
                                max_length=20,
                                verbose_name="合作类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="合作主题")),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="合作内容",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("match", "平台匹配对接"),
                                    ("event", "交流对接活动"),
                                    ("call", "需求征集"),
                                    ("direct", "自行洽谈"),
                                ],
                                default="direct",
                                max_length=8,
                                verbose_name="合作来源",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待确认"),
                                    ("refused", "未获确认"),
                                    ("taken_back", "已撤回"),
                                    ("agreed", "已签约"),
                                    ("running", "实施中"),
                                    ("delayed", "已延期"),
                                    ("completed", "已完成"),
                                    ("terminated", "已终止"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("signed_on", models.DateField(help_text="“促成”按签约日统计", verbose_name="签约日")),
                        (
                            "completed_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="完成日"),
                        ),
                        (
                            "terminated_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="终止日"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("funding", "资金未落实"),
                                    ("technology", "技术路线不可行"),
                                    ("market", "市场变化"),
                                    ("partner", "一方退出或违约"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="终止原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
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
                            "evidence_zh",
                            models.CharField(
                                blank=True,
                                help_text="合同或文件名称与编号，例如“技术开发合同 2026-018 号”",
                                max_length=200,
                                verbose_name="凭证",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True,
                                choices=[("parties", "各方确认"), ("evidence", "凭证确认")],
                                editable=False,
                                max_length=8,
                                verbose_name="确认方式",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.needcall",
                                verbose_name="来自需求征集",
                            ),
                        ),
                        (
                            "confirmer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "exchange",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.exchange",
                                verbose_name="来自对接",
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
                                to="matching.cooperation",
                            ),
                        ),
                        (
                            "proposer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提交人",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CooperationMilestone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(max_length=80, verbose_name="里程碑")),
                        ("due_on", models.DateField(verbose_name="应达到日")),
                        ("met_on", models.DateField(blank=True, null=True, verbose_name="达到日")),
                        ("note_zh", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("told_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="matching.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "里程碑",
                        "verbose_name_plural": "里程碑",
                        "ordering": ("position", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CooperationMilestoneEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(max_length=80, verbose_name="里程碑")),
                        ("due_on", models.DateField(verbose_name="应达到日")),
                        ("met_on", models.DateField(blank=True, null=True, verbose_name="达到日")),
                        ("note_zh", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("told_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperation",
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
                                to="matching.cooperationmilestone",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CooperationParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True,
                                help_text="平台上没有该单位时填写",
                                max_length=120,
                                verbose_name="平台外单位名称",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "牵头单位"),
                                    ("member", "参与单位"),
                                    ("investor", "出资单位"),
                                    ("operator", "运营单位"),
                                    ("host", "承载单位"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        ("is_proposing", models.BooleanField(default=False, editable=False, verbose_name="提交方")),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        ("published_on", models.DateField(editable=False, null=True, verbose_name="同意公开日")),
                        (
                            "publish_basis_zh",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="同意公开的依据"),
                        ),
                        (
                            "confirmer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="matching.cooperation",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperation_parties",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.region",
                                verbose_name="省级区域",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="签约时所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作方",
                        "verbose_name_plural": "合作方",
                        "ordering": ("position", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CooperationPartyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True,
                                help_text="平台上没有该单位时填写",
                                max_length=120,
                                verbose_name="平台外单位名称",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "牵头单位"),
                                    ("member", "参与单位"),
                                    ("investor", "出资单位"),
                                    ("operator", "运营单位"),
                                    ("host", "承载单位"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        ("is_proposing", models.BooleanField(default=False, editable=False, verbose_name="提交方")),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        ("published_on", models.DateField(editable=False, null=True, verbose_name="同意公开日")),
                        (
                            "publish_basis_zh",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="同意公开的依据"),
                        ),
                        (
                            "confirmer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="确认人",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperation",
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
                                verbose_name="单位",
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
                                to="matching.cooperationparty",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="省级区域",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="签约时所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CooperationStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "from_state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("proposed", "待确认"),
                                    ("refused", "未获确认"),
                                    ("taken_back", "已撤回"),
                                    ("agreed", "已签约"),
                                    ("running", "实施中"),
                                    ("delayed", "已延期"),
                                    ("completed", "已完成"),
                                    ("terminated", "已终止"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待确认"),
                                    ("refused", "未获确认"),
                                    ("taken_back", "已撤回"),
                                    ("agreed", "已签约"),
                                    ("running", "实施中"),
                                    ("delayed", "已延期"),
                                    ("completed", "已完成"),
                                    ("terminated", "已终止"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on_day", models.DateField(verbose_name="日期")),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("funding", "资金未落实"),
                                    ("technology", "技术路线不可行"),
                                    ("market", "市场变化"),
                                    ("partner", "一方退出或违约"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="原因",
                            ),
                        ),
                        ("words_zh", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="matching.cooperation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经手人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作进程",
                        "verbose_name_plural": "合作进程",
                        "ordering": ("id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(fields=["kind", "signed_on"], name="cooperation_kind_signed"),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("refused", "taken_back")), _negated=True),
                        fields=("exchange",),
                        name="one_cooperation_per_exchange",
                        violation_error_message="本次对接已提交合作：请在原有合作中继续。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exchange__isnull", False), ("source", "match")),
                            models.Q(models.Q(("source", "match"), _negated=True), ("exchange__isnull", True)),
                            _connector="OR",
                        ),
                        name="cooperation_of_a_match_has_its_exchange",
                        violation_error_message="“平台匹配对接”的合作请在对接页提交；其他合作请另选来源。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", "call"), _negated=True), ("call__isnull", False), _connector="OR"
                        ),
                        name="cooperation_of_a_call_names_it",
                        violation_error_message="请选择来自哪次需求征集。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("state__in", ("agreed", "running", "delayed", "completed", "terminated")),
                                models.Q(("confirmed_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("agreed", "running", "delayed", "completed", "terminated")),
                                    _negated=True,
                                ),
                                ("confirmed_at__isnull", True),
                                ("confirmed_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="confirmed_cooperation_says_by_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by", "evidence"), _negated=True),
                            models.Q(("evidence_zh", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="confirmed_by_evidence_has_it",
                        violation_error_message="请写明凭证的名称与编号。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("completed",)), models.Q(("completed_on__isnull", True), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state__in", ("completed",)), _negated=True), ("completed_on__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="cooperation_completed_on_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state__in", ("terminated",)),
                                    models.Q(("terminated_on__isnull", True), _negated=True),
                                ),
                                models.Q(
                                    models.Q(("state__in", ("terminated",)), _negated=True),
                                    ("terminated_on__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("state", "terminated"), models.Q(("end_reason", ""), _negated=True)),
                                models.Q(models.Q(("state", "terminated"), _negated=True), ("end_reason", "")),
                                _connector="OR",
                            ),
                        ),
                        name="cooperation_terminated_with_reason",
                        violation_error_message="请选择终止原因。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("completed_on__isnull", True),
                                ("completed_on__gte", models.F("signed_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("terminated_on__isnull", True),
                                ("terminated_on__gte", models.F("signed_on")),
                                _connector="OR",
                            ),
                        ),
                        name="cooperation_ends_after_it_is_signed",
                        violation_error_message="完成日、终止日不得早于签约日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (NEW."call_id", NEW."completed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."confirmer_id", NEW."created_at", NEW."dimension", NEW."end_reason", NEW."end_zh", NEW."evidence_zh", NEW."exchange_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposer_id", NEW."public_id", NEW."signed_on", NEW."source", NEW."state", NEW."summary_zh", NEW."terminated_on", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="04d41e661d9efb78fe27851e6d6f335d03702e96",
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
                            condition='WHEN (OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."completed_on" IS DISTINCT FROM (NEW."completed_on") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by" IS DISTINCT FROM (NEW."confirmed_by") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."end_zh" IS DISTINCT FROM (NEW."end_zh") OR OLD."evidence_zh" IS DISTINCT FROM (NEW."evidence_zh") OR OLD."exchange_id" IS DISTINCT FROM (NEW."exchange_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."proposer_id" IS DISTINCT FROM (NEW."proposer_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."terminated_on" IS DISTINCT FROM (NEW."terminated_on") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (NEW."call_id", NEW."completed_on", NEW."confirmed_at", NEW."confirmed_by", NEW."confirmer_id", NEW."created_at", NEW."dimension", NEW."end_reason", NEW."end_zh", NEW."evidence_zh", NEW."exchange_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposer_id", NEW."public_id", NEW."signed_on", NEW."source", NEW."state", NEW."summary_zh", NEW."terminated_on", NEW."title_zh", NEW."version"); RETURN NULL;',
                            hash="9880889f8450771346f922e366f2612986791b84",
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
                            func='INSERT INTO "matching_cooperationevent" ("call_id", "completed_on", "confirmed_at", "confirmed_by", "confirmer_id", "created_at", "dimension", "end_reason", "end_zh", "evidence_zh", "exchange_id", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposer_id", "public_id", "signed_on", "source", "state", "summary_zh", "terminated_on", "title_zh", "version") VALUES (OLD."call_id", OLD."completed_on", OLD."confirmed_at", OLD."confirmed_by", OLD."confirmer_id", OLD."created_at", OLD."dimension", OLD."end_reason", OLD."end_zh", OLD."evidence_zh", OLD."exchange_id", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposer_id", OLD."public_id", OLD."signed_on", OLD."source", OLD."state", OLD."summary_zh", OLD."terminated_on", OLD."title_zh", OLD."version"); RETURN NULL;',
                            hash="856e2fc33a56acb5125e8c8904c87f36d4ee0fc8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d24ad",
                            table="matching_cooperation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationamount",
                    constraint=models.UniqueConstraint(
                        fields=("cooperation", "kind"),
                        name="one_amount_of_a_kind",
                        violation_error_message="每类金额只填一个合计数。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="cooperation_amount_positive",
                        violation_error_message="金额须大于 0，单位为元。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationamountevent" ("amount", "cooperation_id", "id", "kind", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."cooperation_id", NEW."id", NEW."kind", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="508ddb4772f6a75b885f925f4d2d614c1686568f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0f41",
                            table="matching_cooperationamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_cooperationamountevent" ("amount", "cooperation_id", "id", "kind", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."amount", NEW."cooperation_id", NEW."id", NEW."kind", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="409a1b10aec4f1e31318621e7ab81758c740d155",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d1f83",
                            table="matching_cooperationamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationamountevent" ("amount", "cooperation_id", "id", "kind", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."amount", OLD."cooperation_id", OLD."id", OLD."kind", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="a2eab8fb9654bcae558c4dffbd6ebf3cc9334d71",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19c3b",
                            table="matching_cooperationamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationamountevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="718794cbe895aa1c1b67220e4d4dfe74399743e6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0b7a3",
                            table="matching_cooperationamountevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationassociation",
                    constraint=models.UniqueConstraint(
                        fields=("cooperation", "association"),
                        name="one_link_per_association",
                        violation_error_message="同一联盟或网络只填一次。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationassociation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationassociationevent" ("association_id", "cooperation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."association_id", NEW."cooperation_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="b5cf61e7fc37288746473f4c9a9638d41b9f324a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fe934",
                            table="matching_cooperationassociation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationassociation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_cooperationassociationevent" ("association_id", "cooperation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."association_id", NEW."cooperation_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="183640cdb4176c7ef5696ce59b0fc2df796e6111",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1df27",
                            table="matching_cooperationassociation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationassociation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationassociationevent" ("association_id", "cooperation_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."association_id", OLD."cooperation_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="0e0f707d6cf8774b096276af4416d5577d193b8e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fb4cb",
                            table="matching_cooperationassociation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationassociationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f1bdc9b91655d34a49c385760a42701f664577d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e9903",
                            table="matching_cooperationassociationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2fe9b22ee3ad768db9ed1c0a52fd4ff9bc347463",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_32211",
                            table="matching_cooperationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationmilestone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "id", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (NEW."cooperation_id", NEW."due_on", NEW."id", NEW."met_on", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."told_on"); RETURN NULL;',
                            hash="74ad850102770716ace28d84764c99162de04748",
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
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "id", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (NEW."cooperation_id", NEW."due_on", NEW."id", NEW."met_on", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."told_on"); RETURN NULL;',
                            hash="bc8606de889b2929ff4dad0a6a22bb6ece7eb15e",
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
                            func='INSERT INTO "matching_cooperationmilestoneevent" ("cooperation_id", "due_on", "id", "met_on", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "told_on") VALUES (OLD."cooperation_id", OLD."due_on", OLD."id", OLD."met_on", OLD."name_zh", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."told_on"); RETURN NULL;',
                            hash="67467a82d3ecedaf2eb1f145c36da2f70f1a3430",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_218cc",
                            table="matching_cooperationmilestone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationmilestoneevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c6231e0bde8db47e1f251131720e48a6d9b5b0a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_56a9c",
                            table="matching_cooperationmilestoneevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationparty",
                    constraint=models.UniqueConstraint(
                        fields=("cooperation", "organization"),
                        name="one_party_per_organization",
                        violation_error_message="同一单位只填一次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationparty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", False), ("name_zh", "")),
                            models.Q(("organization__isnull", True), models.Q(("name_zh", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="party_is_on_record_or_named",
                        violation_error_message="请选择单位；平台上没有该单位时，只填写其名称。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationpartyevent" ("confirmed_at", "confirmer_id", "cooperation_id", "id", "is_proposing", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "publish_basis_zh", "published_on", "region_id", "role", "zone_id") VALUES (NEW."confirmed_at", NEW."confirmer_id", NEW."cooperation_id", NEW."id", NEW."is_proposing", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."publish_basis_zh", NEW."published_on", NEW."region_id", NEW."role", NEW."zone_id"); RETURN NULL;',
                            hash="388c0b2e7b79c3e477c781bbf26345f26380f4a7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e5c2",
                            table="matching_cooperationparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_cooperationpartyevent" ("confirmed_at", "confirmer_id", "cooperation_id", "id", "is_proposing", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "publish_basis_zh", "published_on", "region_id", "role", "zone_id") VALUES (NEW."confirmed_at", NEW."confirmer_id", NEW."cooperation_id", NEW."id", NEW."is_proposing", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."publish_basis_zh", NEW."published_on", NEW."region_id", NEW."role", NEW."zone_id"); RETURN NULL;',
                            hash="93ff9d7d6bd053d7648e0a01bb81167d13587e73",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_efe36",
                            table="matching_cooperationparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationpartyevent" ("confirmed_at", "confirmer_id", "cooperation_id", "id", "is_proposing", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "publish_basis_zh", "published_on", "region_id", "role", "zone_id") VALUES (OLD."confirmed_at", OLD."confirmer_id", OLD."cooperation_id", OLD."id", OLD."is_proposing", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."publish_basis_zh", OLD."published_on", OLD."region_id", OLD."role", OLD."zone_id"); RETURN NULL;',
                            hash="296e9eb354cd67535b4aece964bdb237e730d73a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_67c91",
                            table="matching_cooperationparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationpartyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4172c0772238401284e1cdafb49a23b850e458a3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5c57f",
                            table="matching_cooperationpartyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="25b8f6c01a69dda5849ebbb1a1e834cfa22016eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_23ac9",
                            table="matching_cooperationstep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
