"""Requests for service, their thread, records and ratings."""

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
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0018_registrations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ServiceRequest",
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
                                    ("own_use", "自主使用"),
                                    ("commissioned", "委托服务"),
                                    ("trial", "试用验证"),
                                    ("visit", "实地考察"),
                                    ("consultation", "咨询洽谈"),
                                ],
                                max_length=16,
                                verbose_name="申请类型",
                            ),
                        ),
                        ("wished_from", models.DateField(verbose_name="希望开始日")),
                        ("wished_to", models.DateField(verbose_name="希望结束日")),
                        ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="样品数或数量")),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="机时（小时）"
                            ),
                        ),
                        (
                            "purpose",
                            models.TextField(
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="用途与要求",
                            ),
                        ),
                        ("is_classified", models.BooleanField(default=False, verbose_name="涉密")),
                        (
                            "price_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="价格（元，起）",
                            ),
                        ),
                        (
                            "price_to",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="价格（元，止）",
                            ),
                        ),
                        (
                            "price_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hour", "每小时"),
                                    ("day", "每天"),
                                    ("month", "每月"),
                                    ("year", "每年"),
                                    ("piece", "每件（样、片、台、项）"),
                                    ("batch", "每批（次、炉、轮）"),
                                    ("person", "每人"),
                                    ("project", "每个项目（整体）"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="计价单位",
                            ),
                        ),
                        (
                            "estimate_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="估算费用（元，起）",
                            ),
                        ),
                        (
                            "estimate_to",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="估算费用（元，止）",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "待答复"),
                                    ("questioned", "待补充说明"),
                                    ("accepted", "已接受"),
                                    ("recorded", "待确认服务记录"),
                                    ("disputed", "服务记录有异议"),
                                    ("confirmed", "已完成"),
                                    ("declined", "未接受"),
                                    ("withdrawn", "已撤回"),
                                    ("expired", "逾期关闭"),
                                    ("cancelled", "已取消"),
                                ],
                                default="sent",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("agreed_from", models.DateField(blank=True, null=True, verbose_name="约定开始日")),
                        ("agreed_to", models.DateField(blank=True, null=True, verbose_name="约定结束日")),
                        (
                            "agreed_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="约定机时（小时）"
                            ),
                        ),
                        (
                            "agreed_fee",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="约定费用（元）"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_time", "时间安排不开"),
                                    ("not_suitable", "能力或条件不符"),
                                    ("not_shared", "不对申请方开放"),
                                    ("price", "费用未谈妥"),
                                    ("out_of_order", "设备故障或停用"),
                                    ("no_longer_needed", "不再需要"),
                                    ("other", "其他原因"),
                                ],
                                max_length=20,
                                verbose_name="原因",
                            ),
                        ),
                        (
                            "ended_side",
                            models.CharField(
                                blank=True,
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="由谁结束",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                        ("remind_on", models.DateField(blank=True, null=True, verbose_name="提醒日")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="应办结日")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="逾期关闭日")),
                        ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="已提醒次数")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="zones.organization",
                                verbose_name="申请单位",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="zones.zone",
                                verbose_name="申请单位所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "服务申请",
                        "verbose_name_plural": "服务申请",
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
                    name="ServiceEntry",
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
                                choices=[
                                    ("sent", "提交申请"),
                                    ("question", "请补充说明"),
                                    ("reply", "补充说明"),
                                    ("accepted", "接受申请"),
                                    ("declined", "不接受申请"),
                                    ("withdrawn", "撤回申请"),
                                    ("expired", "逾期关闭"),
                                    ("cancelled", "取消服务"),
                                    ("recorded", "登记服务记录"),
                                    ("disputed", "对服务记录提出异议"),
                                    ("confirmed", "确认服务记录"),
                                    ("message", "留言"),
                                ],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="哪一方",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="内容",
                            ),
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
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "往来记录",
                        "verbose_name_plural": "往来记录",
                        "ordering": ("request", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceRating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="哪一方",
                            ),
                        ),
                        (
                            "stars",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="评分",
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(
                                blank=True,
                                max_length=500,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="评语",
                            ),
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
                            "rated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评价人",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "服务评价",
                        "verbose_name_plural": "服务评价",
                        "ordering": ("request", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceRecord",
                    fields=[
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="record",
                                serialize=False,
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                        ("started_on", models.DateField(verbose_name="实际开始日")),
                        ("ended_on", models.DateField(verbose_name="实际结束日")),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="实际机时（小时）"
                            ),
                        ),
                        (
                            "quantity",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="实际样品数或数量"),
                        ),
                        ("fee", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="实际费用（元）")),
                        (
                            "result",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="服务结果",
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "服务记录",
                        "verbose_name_plural": "服务记录",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceRatingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "side",
                            models.CharField(
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="哪一方",
                            ),
                        ),
                        (
                            "stars",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="评分",
                            ),
                        ),
                        (
                            "comment",
                            models.TextField(
                                blank=True,
                                max_length=500,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="评语",
                            ),
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
                                to="zones.servicerating",
                            ),
                        ),
                        (
                            "rated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评价人",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ServiceEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sent", "提交申请"),
                                    ("question", "请补充说明"),
                                    ("reply", "补充说明"),
                                    ("accepted", "接受申请"),
                                    ("declined", "不接受申请"),
                                    ("withdrawn", "撤回申请"),
                                    ("expired", "逾期关闭"),
                                    ("cancelled", "取消服务"),
                                    ("recorded", "登记服务记录"),
                                    ("disputed", "对服务记录提出异议"),
                                    ("confirmed", "确认服务记录"),
                                    ("message", "留言"),
                                ],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="哪一方",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="内容",
                            ),
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
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填写人",
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
                                to="zones.serviceentry",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRequestEvent",
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
                                    ("own_use", "自主使用"),
                                    ("commissioned", "委托服务"),
                                    ("trial", "试用验证"),
                                    ("visit", "实地考察"),
                                    ("consultation", "咨询洽谈"),
                                ],
                                max_length=16,
                                verbose_name="申请类型",
                            ),
                        ),
                        ("wished_from", models.DateField(verbose_name="希望开始日")),
                        ("wished_to", models.DateField(verbose_name="希望结束日")),
                        ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="样品数或数量")),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="机时（小时）"
                            ),
                        ),
                        (
                            "purpose",
                            models.TextField(
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="用途与要求",
                            ),
                        ),
                        ("is_classified", models.BooleanField(default=False, verbose_name="涉密")),
                        (
                            "price_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="价格（元，起）",
                            ),
                        ),
                        (
                            "price_to",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="价格（元，止）",
                            ),
                        ),
                        (
                            "price_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hour", "每小时"),
                                    ("day", "每天"),
                                    ("month", "每月"),
                                    ("year", "每年"),
                                    ("piece", "每件（样、片、台、项）"),
                                    ("batch", "每批（次、炉、轮）"),
                                    ("person", "每人"),
                                    ("project", "每个项目（整体）"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="计价单位",
                            ),
                        ),
                        (
                            "estimate_from",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="估算费用（元，起）",
                            ),
                        ),
                        (
                            "estimate_to",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                editable=False,
                                max_digits=16,
                                null=True,
                                verbose_name="估算费用（元，止）",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "待答复"),
                                    ("questioned", "待补充说明"),
                                    ("accepted", "已接受"),
                                    ("recorded", "待确认服务记录"),
                                    ("disputed", "服务记录有异议"),
                                    ("confirmed", "已完成"),
                                    ("declined", "未接受"),
                                    ("withdrawn", "已撤回"),
                                    ("expired", "逾期关闭"),
                                    ("cancelled", "已取消"),
                                ],
                                default="sent",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("agreed_from", models.DateField(blank=True, null=True, verbose_name="约定开始日")),
                        ("agreed_to", models.DateField(blank=True, null=True, verbose_name="约定结束日")),
                        (
                            "agreed_hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="约定机时（小时）"
                            ),
                        ),
                        (
                            "agreed_fee",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="约定费用（元）"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_time", "时间安排不开"),
                                    ("not_suitable", "能力或条件不符"),
                                    ("not_shared", "不对申请方开放"),
                                    ("price", "费用未谈妥"),
                                    ("out_of_order", "设备故障或停用"),
                                    ("no_longer_needed", "不再需要"),
                                    ("other", "其他原因"),
                                ],
                                max_length=20,
                                verbose_name="原因",
                            ),
                        ),
                        (
                            "ended_side",
                            models.CharField(
                                blank=True,
                                choices=[("requester", "申请方"), ("provider", "提供方"), ("system", "系统")],
                                max_length=10,
                                verbose_name="由谁结束",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                        ("remind_on", models.DateField(blank=True, null=True, verbose_name="提醒日")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="应办结日")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="逾期关闭日")),
                        ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="已提醒次数")),
                        (
                            "organization",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="申请单位",
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
                                to="zones.servicerequest",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.resource",
                                verbose_name="资源",
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
                                verbose_name="申请单位所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRecordEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("started_on", models.DateField(verbose_name="实际开始日")),
                        ("ended_on", models.DateField(verbose_name="实际结束日")),
                        (
                            "hours",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="实际机时（小时）"
                            ),
                        ),
                        (
                            "quantity",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="实际样品数或数量"),
                        ),
                        ("fee", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="实际费用（元）")),
                        (
                            "result",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="服务结果",
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
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
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.servicerequest",
                                verbose_name="服务申请",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.servicerecord",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddIndex(
                    model_name="servicerequest",
                    index=models.Index(fields=["resource", "state"], name="request_resource_state"),
                ),
                migrations.AddIndex(
                    model_name="servicerequest",
                    index=models.Index(fields=["organization", "state"], name="request_organization_state"),
                ),
                migrations.AddIndex(
                    model_name="servicerequest",
                    index=models.Index(
                        condition=models.Q(("due_on__isnull", False)), fields=["due_on"], name="request_due"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("is_classified", False)),
                        name="request_is_not_classified",
                        violation_error_message="涉密事项不得在本平台申请，请走保密渠道。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("wished_from__lte", models.F("wished_to"))),
                        name="request_dates_ordered",
                        violation_error_message="希望结束日不得早于开始日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__isnull", True), ("hours__gte", 0), _connector="OR"),
                            models.Q(("estimate_from__isnull", True), ("estimate_from__gte", 0), _connector="OR"),
                            models.Q(("estimate_to__isnull", True), ("estimate_to__gte", 0), _connector="OR"),
                            models.Q(("agreed_hours__isnull", True), ("agreed_hours__gte", 0), _connector="OR"),
                            models.Q(("agreed_fee__isnull", True), ("agreed_fee__gte", 0), _connector="OR"),
                        ),
                        name="request_amounts_not_negative",
                        violation_error_message="机时与费用不得为负。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_fee__isnull", True), ("agreed_from__isnull", True), ("agreed_to__isnull", True)
                            ),
                            models.Q(("agreed_fee__isnull", False), ("agreed_from__lte", models.F("agreed_to"))),
                            _connector="OR",
                        ),
                        name="request_agreement_is_whole",
                        violation_error_message="请填写约定的起止日期与费用；结束日不得早于开始日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_from__isnull", False), ("state", "cancelled")),
                            models.Q(
                                ("agreed_from__isnull", False),
                                ("state__in", ("accepted", "recorded", "disputed", "confirmed")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("accepted", "recorded", "disputed", "confirmed", "cancelled")),
                                    _negated=True,
                                ),
                                ("agreed_from__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="request_state_tells_its_agreement",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state__in", ("confirmed", "declined", "withdrawn", "expired", "cancelled")),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", True),
                                ("ended_side", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ("confirmed", "declined", "withdrawn", "expired", "cancelled")),
                                models.Q(("ended_side", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="request_state_tells_its_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("declined", "cancelled")), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state__in", ("declined", "cancelled")), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="request_refusal_has_its_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on__isnull", False),
                                ("expires_on__isnull", False),
                                ("remind_on__isnull", False),
                                ("state__in", ("sent", "questioned", "recorded")),
                            ),
                            models.Q(
                                ("due_on__isnull", False),
                                ("expires_on__isnull", True),
                                ("remind_on__isnull", False),
                                ("state__in", ("accepted", "disputed")),
                            ),
                            models.Q(
                                ("due_on__isnull", True),
                                ("expires_on__isnull", True),
                                ("remind_on__isnull", True),
                                ("state__in", ("confirmed", "declined", "withdrawn", "expired", "cancelled")),
                            ),
                            _connector="OR",
                        ),
                        name="request_waits_for_a_term",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_servicerequestevent" ("agreed_fee", "agreed_from", "agreed_hours", "agreed_to", "created_at", "due_on", "ended_at", "ended_side", "estimate_from", "estimate_to", "expires_on", "hours", "id", "is_classified", "is_sample", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_to", "price_unit", "public_id", "purpose", "quantity", "reason", "remind_on", "reminders", "requested_by_id", "resource_id", "state", "version", "wished_from", "wished_to", "zone_id") VALUES (NEW."agreed_fee", NEW."agreed_from", NEW."agreed_hours", NEW."agreed_to", NEW."created_at", NEW."due_on", NEW."ended_at", NEW."ended_side", NEW."estimate_from", NEW."estimate_to", NEW."expires_on", NEW."hours", NEW."id", NEW."is_classified", NEW."is_sample", NEW."kind", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_from", NEW."price_to", NEW."price_unit", NEW."public_id", NEW."purpose", NEW."quantity", NEW."reason", NEW."remind_on", NEW."reminders", NEW."requested_by_id", NEW."resource_id", NEW."state", NEW."version", NEW."wished_from", NEW."wished_to", NEW."zone_id"); RETURN NULL;',
                            hash="53271a0f68d0fd3ab22952b7da3678e47d59418d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0483e",
                            table="zones_servicerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."agreed_fee" IS DISTINCT FROM (NEW."agreed_fee") OR OLD."agreed_from" IS DISTINCT FROM (NEW."agreed_from") OR OLD."agreed_hours" IS DISTINCT FROM (NEW."agreed_hours") OR OLD."agreed_to" IS DISTINCT FROM (NEW."agreed_to") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_side" IS DISTINCT FROM (NEW."ended_side") OR OLD."estimate_from" IS DISTINCT FROM (NEW."estimate_from") OR OLD."estimate_to" IS DISTINCT FROM (NEW."estimate_to") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."hours" IS DISTINCT FROM (NEW."hours") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_classified" IS DISTINCT FROM (NEW."is_classified") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."price_from" IS DISTINCT FROM (NEW."price_from") OR OLD."price_to" IS DISTINCT FROM (NEW."price_to") OR OLD."price_unit" IS DISTINCT FROM (NEW."price_unit") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."remind_on" IS DISTINCT FROM (NEW."remind_on") OR OLD."reminders" IS DISTINCT FROM (NEW."reminders") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wished_from" IS DISTINCT FROM (NEW."wished_from") OR OLD."wished_to" IS DISTINCT FROM (NEW."wished_to") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_servicerequestevent" ("agreed_fee", "agreed_from", "agreed_hours", "agreed_to", "created_at", "due_on", "ended_at", "ended_side", "estimate_from", "estimate_to", "expires_on", "hours", "id", "is_classified", "is_sample", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_to", "price_unit", "public_id", "purpose", "quantity", "reason", "remind_on", "reminders", "requested_by_id", "resource_id", "state", "version", "wished_from", "wished_to", "zone_id") VALUES (NEW."agreed_fee", NEW."agreed_from", NEW."agreed_hours", NEW."agreed_to", NEW."created_at", NEW."due_on", NEW."ended_at", NEW."ended_side", NEW."estimate_from", NEW."estimate_to", NEW."expires_on", NEW."hours", NEW."id", NEW."is_classified", NEW."is_sample", NEW."kind", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_from", NEW."price_to", NEW."price_unit", NEW."public_id", NEW."purpose", NEW."quantity", NEW."reason", NEW."remind_on", NEW."reminders", NEW."requested_by_id", NEW."resource_id", NEW."state", NEW."version", NEW."wished_from", NEW."wished_to", NEW."zone_id"); RETURN NULL;',
                            hash="a1569857cf42d5e0585f8bd1b283bc5517d8335a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_626d0",
                            table="zones_servicerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_servicerequestevent" ("agreed_fee", "agreed_from", "agreed_hours", "agreed_to", "created_at", "due_on", "ended_at", "ended_side", "estimate_from", "estimate_to", "expires_on", "hours", "id", "is_classified", "is_sample", "kind", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_from", "price_to", "price_unit", "public_id", "purpose", "quantity", "reason", "remind_on", "reminders", "requested_by_id", "resource_id", "state", "version", "wished_from", "wished_to", "zone_id") VALUES (OLD."agreed_fee", OLD."agreed_from", OLD."agreed_hours", OLD."agreed_to", OLD."created_at", OLD."due_on", OLD."ended_at", OLD."ended_side", OLD."estimate_from", OLD."estimate_to", OLD."expires_on", OLD."hours", OLD."id", OLD."is_classified", OLD."is_sample", OLD."kind", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_from", OLD."price_to", OLD."price_unit", OLD."public_id", OLD."purpose", OLD."quantity", OLD."reason", OLD."remind_on", OLD."reminders", OLD."requested_by_id", OLD."resource_id", OLD."state", OLD."version", OLD."wished_from", OLD."wished_to", OLD."zone_id"); RETURN NULL;',
                            hash="c7fca142f9b33f942d113b1552b7dca5eb09de29",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b8c27",
                            table="zones_servicerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceratingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="16ca7c4eb9940d449a6ef567b2ea66dc2a61765d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1aceb",
                            table="zones_serviceratingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerating",
                    constraint=models.UniqueConstraint(
                        fields=("request", "side"),
                        name="one_rating_per_side",
                        violation_error_message="本方已经评价过：每方评价一次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stars__range", (1, 5))), name="rating_in_range"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("side__in", ("requester", "provider"))), name="rating_is_of_a_side"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_serviceratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "request_id", "side", "stars") VALUES (NEW."comment", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rated_by_id", NEW."request_id", NEW."side", NEW."stars"); RETURN NULL;',
                            hash="da01902c3e645a984f5aa31fa12be4c1039b0961",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6020e",
                            table="zones_servicerating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_serviceratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "request_id", "side", "stars") VALUES (NEW."comment", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rated_by_id", NEW."request_id", NEW."side", NEW."stars"); RETURN NULL;',
                            hash="080d4dab80ce42f5c893679db2ed06956c3f6e0a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_97d42",
                            table="zones_servicerating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_serviceratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "request_id", "side", "stars") VALUES (OLD."comment", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rated_by_id", OLD."request_id", OLD."side", OLD."stars"); RETURN NULL;',
                            hash="5f5d0d8892bb92b28e1555a552197700ec7f13f3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0421a",
                            table="zones_servicerating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceentryevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="948bb30ebb62f99299d5c72d6fab85369f5acc35",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ebd30",
                            table="zones_serviceentryevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "message"), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_says_something",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_serviceentryevent" ("author_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "side", "text") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."request_id", NEW."side", NEW."text"); RETURN NULL;',
                            hash="17d4cca66387dc44f5b8c4aa7c867ed43fbe2187",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6146d",
                            table="zones_serviceentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_serviceentryevent" ("author_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "side", "text") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."request_id", NEW."side", NEW."text"); RETURN NULL;',
                            hash="ffb113068688327638063a2143bb6dfd1039db17",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_76e76",
                            table="zones_serviceentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_serviceentryevent" ("author_id", "created_at", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "request_id", "side", "text") VALUES (OLD."author_id", OLD."created_at", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."request_id", OLD."side", OLD."text"); RETURN NULL;',
                            hash="a471943fc3a7d325447b126055f46a4506a118ac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7510c",
                            table="zones_serviceentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerequestevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dd3836712efad374a2a1371a5126a2b27999e68a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_32f54",
                            table="zones_servicerequestevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerecordevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d7e6f94108e59e4fda99ffd8eadf25ad2d62b3f9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c59cd",
                            table="zones_servicerecordevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("started_on__lte", models.F("ended_on"))),
                        name="record_dates_ordered",
                        violation_error_message="实际结束日不得早于开始日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicerecord",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__isnull", True), ("hours__gte", 0), _connector="OR"),
                            models.Q(("fee__isnull", True), ("fee__gte", 0), _connector="OR"),
                        ),
                        name="record_amounts_not_negative",
                        violation_error_message="机时与费用不得为负。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_servicerecordevent" ("confirmed_at", "ended_on", "fee", "hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "recorded_at", "recorded_by_id", "request_id", "result", "started_on") VALUES (NEW."confirmed_at", NEW."ended_on", NEW."fee", NEW."hours", _pgh_attach_context(), NOW(), \'insert\', NEW."request_id", NEW."quantity", NEW."recorded_at", NEW."recorded_by_id", NEW."request_id", NEW."result", NEW."started_on"); RETURN NULL;',
                            hash="dff624301891e86dd452adfa7b23ffab5cb33052",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_aa991",
                            table="zones_servicerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_servicerecordevent" ("confirmed_at", "ended_on", "fee", "hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "recorded_at", "recorded_by_id", "request_id", "result", "started_on") VALUES (NEW."confirmed_at", NEW."ended_on", NEW."fee", NEW."hours", _pgh_attach_context(), NOW(), \'update\', NEW."request_id", NEW."quantity", NEW."recorded_at", NEW."recorded_by_id", NEW."request_id", NEW."result", NEW."started_on"); RETURN NULL;',
                            hash="31fcb0c2472266b3c7b090b9e8d5ea930a51ce30",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6b824",
                            table="zones_servicerecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicerecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_servicerecordevent" ("confirmed_at", "ended_on", "fee", "hours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "recorded_at", "recorded_by_id", "request_id", "result", "started_on") VALUES (OLD."confirmed_at", OLD."ended_on", OLD."fee", OLD."hours", _pgh_attach_context(), NOW(), \'delete\', OLD."request_id", OLD."quantity", OLD."recorded_at", OLD."recorded_by_id", OLD."request_id", OLD."result", OLD."started_on"); RETURN NULL;',
                            hash="00c47fca4d59cbbe349c637a2efaf2c403cf8cca",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5d476",
                            table="zones_servicerecord",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
