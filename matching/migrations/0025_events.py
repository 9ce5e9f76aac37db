"""Events: who organizes them, who comes, who meets whom, and what came of it."""

import uuid

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import matching.models.event_guests
from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0024_negotiations"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Event",
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
                                    ("industry", "产业对接"),
                                    ("talent", "人才对接"),
                                    ("finance", "金融对接"),
                                    ("exchange", "交流活动"),
                                    ("forum", "论坛"),
                                    ("signing", "签约活动"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "summary_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="活动说明"
                            ),
                        ),
                        (
                            "place_zh",
                            models.CharField(help_text="线上活动请写“线上”", max_length=120, verbose_name="地点"),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                        ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                        (
                            "registration_opens_at",
                            models.DateTimeField(
                                blank=True, help_text="不填表示发布即可报名", null=True, verbose_name="报名开始时间"
                            ),
                        ),
                        ("registration_closes_at", models.DateTimeField(verbose_name="报名截止时间")),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="按人数计；不填表示不限",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20000),
                                ],
                                verbose_name="席位",
                            ),
                        ),
                        ("taken", models.PositiveIntegerField(default=0, editable=False, verbose_name="已占席位")),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("published", "已发布"),
                                    ("running", "进行中"),
                                    ("held", "已举办"),
                                    ("cancelled", "已取消"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="发布时间")),
                        ("held_at", models.DateTimeField(editable=False, null=True, verbose_name="登记举办时间")),
                        (
                            "cancelled_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="取消原因"),
                        ),
                        (
                            "result_zh",
                            models.TextField(
                                blank=True,
                                editable=False,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="活动成效",
                            ),
                        ),
                        (
                            "meetings_start_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="一对一洽谈开始时间"),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="每场分钟",
                            ),
                        ),
                        (
                            "slots",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="0 表示不安排一对一洽谈",
                                validators=[django.core.validators.MaxValueValidator(60)],
                                verbose_name="洽谈场次",
                            ),
                        ),
                        (
                            "tables",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(200)],
                                verbose_name="洽谈桌",
                            ),
                        ),
                        ("timetable_asked_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "timetable_built_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="洽谈安排生成时间"),
                        ),
                        (
                            "timetable_released_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="洽谈安排发布时间"),
                        ),
                        ("timetable", models.JSONField(default=dict, editable=False)),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                    ],
                    options={
                        "verbose_name": "活动",
                        "verbose_name_plural": "活动",
                        "ordering": ("-starts_at", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventEvent",
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
                                    ("industry", "产业对接"),
                                    ("talent", "人才对接"),
                                    ("finance", "金融对接"),
                                    ("exchange", "交流活动"),
                                    ("forum", "论坛"),
                                    ("signing", "签约活动"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "summary_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="活动说明"
                            ),
                        ),
                        (
                            "place_zh",
                            models.CharField(help_text="线上活动请写“线上”", max_length=120, verbose_name="地点"),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                        ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                        (
                            "registration_opens_at",
                            models.DateTimeField(
                                blank=True, help_text="不填表示发布即可报名", null=True, verbose_name="报名开始时间"
                            ),
                        ),
                        ("registration_closes_at", models.DateTimeField(verbose_name="报名截止时间")),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="按人数计；不填表示不限",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20000),
                                ],
                                verbose_name="席位",
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
                                ],
                                default="national",
                                max_length=12,
                                verbose_name="可见范围",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("published", "已发布"),
                                    ("running", "进行中"),
                                    ("held", "已举办"),
                                    ("cancelled", "已取消"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="发布时间")),
                        ("held_at", models.DateTimeField(editable=False, null=True, verbose_name="登记举办时间")),
                        (
                            "cancelled_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="取消原因"),
                        ),
                        (
                            "result_zh",
                            models.TextField(
                                blank=True,
                                editable=False,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="活动成效",
                            ),
                        ),
                        (
                            "meetings_start_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="一对一洽谈开始时间"),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="每场分钟",
                            ),
                        ),
                        (
                            "slots",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="0 表示不安排一对一洽谈",
                                validators=[django.core.validators.MaxValueValidator(60)],
                                verbose_name="洽谈场次",
                            ),
                        ),
                        (
                            "tables",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(200)],
                                verbose_name="洽谈桌",
                            ),
                        ),
                        ("timetable_asked_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "timetable_built_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="洽谈安排生成时间"),
                        ),
                        (
                            "timetable_released_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="洽谈安排发布时间"),
                        ),
                        ("timetable", models.JSONField(default=dict, editable=False)),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventInvitation",
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
                        ("matches", models.PositiveIntegerField(default=0, editable=False, verbose_name="相关匹配")),
                        ("is_anonymous", models.BooleanField(default=False, editable=False, verbose_name="匿名邀请")),
                        ("declined_at", models.DateTimeField(editable=False, null=True, verbose_name="谢绝时间")),
                    ],
                    options={
                        "verbose_name": "活动邀请",
                        "verbose_name_plural": "活动邀请",
                        "ordering": ("id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventInvitationEvent",
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
                        ("matches", models.PositiveIntegerField(default=0, editable=False, verbose_name="相关匹配")),
                        ("is_anonymous", models.BooleanField(default=False, editable=False, verbose_name="匿名邀请")),
                        ("declined_at", models.DateTimeField(editable=False, null=True, verbose_name="谢绝时间")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventMeeting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("slot", models.PositiveSmallIntegerField(verbose_name="场次")),
                        ("table", models.PositiveSmallIntegerField(verbose_name="洽谈桌")),
                        ("is_mutual", models.BooleanField(default=False, verbose_name="双方都有意愿")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="取消时间")),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "一对一洽谈",
                        "verbose_name_plural": "一对一洽谈",
                        "ordering": ("slot", "table", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventOrganizer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("co_host", "协办"), ("support", "支持")],
                                default="co_host",
                                help_text="协办的园区与联盟（网络）和主办方一样办理报名、签到与洽谈",
                                max_length=8,
                                verbose_name="角色",
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="其他单位名称")),
                    ],
                    options={
                        "verbose_name": "协办与支持",
                        "verbose_name_plural": "协办与支持",
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
                    name="EventOrganizerEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("co_host", "协办"), ("support", "支持")],
                                default="co_host",
                                help_text="协办的园区与联盟（网络）和主办方一样办理报名、签到与洽谈",
                                max_length=8,
                                verbose_name="角色",
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="其他单位名称")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventOutcome",
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
                            "result",
                            models.CharField(
                                choices=[
                                    ("interested", "有合作意向"),
                                    ("again", "约定再谈"),
                                    ("cooperation", "达成合作"),
                                    ("nothing", "未达成"),
                                ],
                                max_length=12,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("capacity", "暂无承接能力"),
                                    ("capability", "能力或指标不符"),
                                    ("price", "费用未谈拢"),
                                    ("time", "时间不合适"),
                                    ("terms", "知识产权或合同条款未谈拢"),
                                    ("solved", "已另行解决"),
                                    ("competitor", "存在竞争关系"),
                                    ("no_reply", "对方长期未回应"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="未达成原因",
                            ),
                        ),
                        ("words_zh", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "活动成果",
                        "verbose_name_plural": "活动成果",
                        "ordering": ("id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventOutcomeEvent",
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
                            "result",
                            models.CharField(
                                choices=[
                                    ("interested", "有合作意向"),
                                    ("again", "约定再谈"),
                                    ("cooperation", "达成合作"),
                                    ("nothing", "未达成"),
                                ],
                                max_length=12,
                                verbose_name="结果",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("capacity", "暂无承接能力"),
                                    ("capability", "能力或指标不符"),
                                    ("price", "费用未谈拢"),
                                    ("time", "时间不合适"),
                                    ("terms", "知识产权或合同条款未谈拢"),
                                    ("solved", "已另行解决"),
                                    ("competitor", "存在竞争关系"),
                                    ("no_reply", "对方长期未回应"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="未达成原因",
                            ),
                        ),
                        ("words_zh", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventRegistration",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "已报名"),
                                    ("waiting", "候补"),
                                    ("checked_in", "已签到"),
                                    ("cancelled", "已取消报名"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="人数",
                            ),
                        ),
                        (
                            "attendees_zh",
                            models.CharField(
                                blank=True, help_text="姓名；只有主办方可以看到", max_length=200, verbose_name="参会人"
                            ),
                        ),
                        (
                            "brings_zh",
                            models.CharField(
                                blank=True,
                                help_text="列入名单后，其他报名单位可以看到",
                                max_length=200,
                                verbose_name="希望洽谈的内容",
                            ),
                        ),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=False,
                                help_text="只有报名的单位可以看到名单；不列入则不能预约一对一洽谈",
                                verbose_name="列入参会名单",
                            ),
                        ),
                        (
                            "most_meetings",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="最多洽谈场数",
                            ),
                        ),
                        ("text_version", models.PositiveSmallIntegerField(editable=False, verbose_name="报名须知版本")),
                        ("asked_at", models.DateTimeField(editable=False, verbose_name="报名时间")),
                        ("checked_in_at", models.DateTimeField(editable=False, null=True, verbose_name="签到时间")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="取消时间")),
                        (
                            "code",
                            models.CharField(
                                default=matching.models.event_guests.new_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="签到码",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "活动报名",
                        "verbose_name_plural": "活动报名",
                        "ordering": ("asked_at", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventRegistrationEvent",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "已报名"),
                                    ("waiting", "候补"),
                                    ("checked_in", "已签到"),
                                    ("cancelled", "已取消报名"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(20),
                                ],
                                verbose_name="人数",
                            ),
                        ),
                        (
                            "attendees_zh",
                            models.CharField(
                                blank=True, help_text="姓名；只有主办方可以看到", max_length=200, verbose_name="参会人"
                            ),
                        ),
                        (
                            "brings_zh",
                            models.CharField(
                                blank=True,
                                help_text="列入名单后，其他报名单位可以看到",
                                max_length=200,
                                verbose_name="希望洽谈的内容",
                            ),
                        ),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=False,
                                help_text="只有报名的单位可以看到名单；不列入则不能预约一对一洽谈",
                                verbose_name="列入参会名单",
                            ),
                        ),
                        (
                            "most_meetings",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="最多洽谈场数",
                            ),
                        ),
                        ("text_version", models.PositiveSmallIntegerField(editable=False, verbose_name="报名须知版本")),
                        ("asked_at", models.DateTimeField(editable=False, verbose_name="报名时间")),
                        ("checked_in_at", models.DateTimeField(editable=False, null=True, verbose_name="签到时间")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="取消时间")),
                        (
                            "code",
                            models.CharField(
                                default=matching.models.event_guests.new_code,
                                editable=False,
                                max_length=8,
                                verbose_name="签到码",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EventWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "洽谈意愿",
                        "verbose_name_plural": "洽谈意愿",
                        "ordering": ("id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EventWishEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="event",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="zones.association",
                        verbose_name="主办联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="event",
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
                    model_name="event",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="matching.needcall",
                        verbose_name="配合的需求征集",
                    ),
                ),
                migrations.AddField(
                    model_name="event",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gatherings",
                        to="zones.zone",
                        verbose_name="主办高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="eventevent",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.association",
                        verbose_name="主办联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="eventevent",
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
                    model_name="eventevent",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.needcall",
                        verbose_name="配合的需求征集",
                    ),
                ),
                migrations.AddField(
                    model_name="eventevent",
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
                    model_name="eventevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.event",
                    ),
                ),
                migrations.AddField(
                    model_name="eventevent",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="主办高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitation",
                    name="event",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="matching.event"
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitation",
                    name="inviter",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="邀请人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitation",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_invitations",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitationevent",
                    name="event",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.event",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitationevent",
                    name="inviter",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="邀请人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitationevent",
                    name="organization",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="eventinvitationevent",
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
                    model_name="eventinvitationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.eventinvitation",
                    ),
                ),
                migrations.AddField(
                    model_name="eventmeeting",
                    name="event",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="matching.event"
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizer",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.association",
                        verbose_name="联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizer",
                    name="event",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="organizers", to="matching.event"
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizer",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.zone",
                        verbose_name="高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizerevent",
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
                    model_name="eventorganizerevent",
                    name="event",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.event",
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizerevent",
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
                    model_name="eventorganizerevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.eventorganizer",
                    ),
                ),
                migrations.AddField(
                    model_name="eventorganizerevent",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.zone",
                        verbose_name="高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcome",
                    name="cooperation",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_outcomes",
                        to="matching.cooperation",
                        verbose_name="形成的合作",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcome",
                    name="event",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="matching.event"
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcome",
                    name="meeting",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="matching.eventmeeting",
                        verbose_name="一对一洽谈",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcome",
                    name="recorder",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcomeevent",
                    name="cooperation",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.cooperation",
                        verbose_name="形成的合作",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcomeevent",
                    name="event",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.event",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcomeevent",
                    name="meeting",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.eventmeeting",
                        verbose_name="一对一洽谈",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcomeevent",
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
                    model_name="eventoutcomeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.eventoutcome",
                    ),
                ),
                migrations.AddField(
                    model_name="eventoutcomeevent",
                    name="recorder",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistration",
                    name="checker",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签到经手人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistration",
                    name="event",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="registrations", to="matching.event"
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistration",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_registrations",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistration",
                    name="registrant",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报名人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventmeeting",
                    name="first",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matching.eventregistration",
                        verbose_name="甲方",
                    ),
                ),
                migrations.AddField(
                    model_name="eventmeeting",
                    name="second",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matching.eventregistration",
                        verbose_name="乙方",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistrationevent",
                    name="checker",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签到经手人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistrationevent",
                    name="event",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.event",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistrationevent",
                    name="organization",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistrationevent",
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
                    model_name="eventregistrationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.eventregistration",
                    ),
                ),
                migrations.AddField(
                    model_name="eventregistrationevent",
                    name="registrant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报名人",
                    ),
                ),
                migrations.AddField(
                    model_name="eventwish",
                    name="asked",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wished_by",
                        to="matching.eventregistration",
                    ),
                ),
                migrations.AddField(
                    model_name="eventwish",
                    name="asker",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="matching.eventregistration",
                    ),
                ),
                migrations.AddField(
                    model_name="eventwishevent",
                    name="asked",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.eventregistration",
                    ),
                ),
                migrations.AddField(
                    model_name="eventwishevent",
                    name="asker",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.eventregistration",
                    ),
                ),
                migrations.AddField(
                    model_name="eventwishevent",
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
                    model_name="eventwishevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.eventwish",
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["state", "starts_at"], name="event_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="event_has_one_host",
                        violation_error_message="主办方请填高新区，或联盟（网络），只填一个；其余写入协办。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="event_ends_after_it_starts",
                        violation_error_message="结束时间须晚于开始时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("registration_closes_at__lte", models.F("ends_at")),
                            models.Q(
                                ("registration_opens_at__isnull", True),
                                ("registration_opens_at__lt", models.F("registration_closes_at")),
                                _connector="OR",
                            ),
                        ),
                        name="event_registration_ends_with_it",
                        violation_error_message="报名须先开始、后截止，并在活动结束前截止。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("taken__lte", models.F("capacity")), _connector="OR"
                        ),
                        name="event_never_oversold",
                        violation_error_message="席位不能少于已报名的人数：请先调整报名，或增加席位。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="event_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）的活动不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("state", "draft")),
                            ("state", "cancelled"),
                            models.Q(("published_at__isnull", False), ("state__in", ("published", "running", "held"))),
                            _connector="OR",
                        ),
                        name="event_is_published_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", False), ("state", "held")),
                            models.Q(models.Q(("state", "held"), _negated=True), ("held_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="event_is_held_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("cancelled_because_zh", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_because_zh", "")),
                            _connector="OR",
                        ),
                        name="event_cancelled_has_its_reason",
                        violation_error_message="请写明取消原因。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("slots", 0),
                            models.Q(("meetings_start_at__gte", models.F("starts_at")), ("tables__gt", 0)),
                            _connector="OR",
                        ),
                        name="event_meetings_have_time_and_tables",
                        violation_error_message="设了洽谈场次，请填写洽谈桌数，以及不早于活动开始的洽谈开始时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("timetable_released_at__isnull", True),
                            models.Q(("timetable_asked_at__isnull", True), ("timetable_built_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_releases_what_was_built",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."call_id", NEW."cancelled_because_zh", NEW."capacity", NEW."created_at", NEW."ends_at", NEW."held_at", NEW."id", NEW."is_sample", NEW."kind", NEW."meetings_start_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_zh", NEW."public_id", NEW."published_at", NEW."registration_closes_at", NEW."registration_opens_at", NEW."reminded_on", NEW."result_zh", NEW."slot_minutes", NEW."slots", NEW."starts_at", NEW."state", NEW."summary_zh", NEW."tables", NEW."timetable", NEW."timetable_asked_at", NEW."timetable_built_at", NEW."timetable_released_at", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                            hash="70f255a052887396fe27d2701546435630e8405b",
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
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."cancelled_because_zh" IS DISTINCT FROM (NEW."cancelled_because_zh") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."held_at" IS DISTINCT FROM (NEW."held_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."meetings_start_at" IS DISTINCT FROM (NEW."meetings_start_at") OR OLD."place_zh" IS DISTINCT FROM (NEW."place_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."registration_closes_at" IS DISTINCT FROM (NEW."registration_closes_at") OR OLD."registration_opens_at" IS DISTINCT FROM (NEW."registration_opens_at") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."result_zh" IS DISTINCT FROM (NEW."result_zh") OR OLD."slot_minutes" IS DISTINCT FROM (NEW."slot_minutes") OR OLD."slots" IS DISTINCT FROM (NEW."slots") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."tables" IS DISTINCT FROM (NEW."tables") OR OLD."timetable" IS DISTINCT FROM (NEW."timetable") OR OLD."timetable_asked_at" IS DISTINCT FROM (NEW."timetable_asked_at") OR OLD."timetable_built_at" IS DISTINCT FROM (NEW."timetable_built_at") OR OLD."timetable_released_at" IS DISTINCT FROM (NEW."timetable_released_at") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."call_id", NEW."cancelled_because_zh", NEW."capacity", NEW."created_at", NEW."ends_at", NEW."held_at", NEW."id", NEW."is_sample", NEW."kind", NEW."meetings_start_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_zh", NEW."public_id", NEW."published_at", NEW."registration_closes_at", NEW."registration_opens_at", NEW."reminded_on", NEW."result_zh", NEW."slot_minutes", NEW."slots", NEW."starts_at", NEW."state", NEW."summary_zh", NEW."tables", NEW."timetable", NEW."timetable_asked_at", NEW."timetable_built_at", NEW."timetable_released_at", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                            hash="e39f43becc411129e4376ae1fbfb4e968783715b",
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
                            func='INSERT INTO "matching_eventevent" ("association_id", "author_id", "call_id", "cancelled_because_zh", "capacity", "created_at", "ends_at", "held_at", "id", "is_sample", "kind", "meetings_start_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "published_at", "registration_closes_at", "registration_opens_at", "reminded_on", "result_zh", "slot_minutes", "slots", "starts_at", "state", "summary_zh", "tables", "timetable", "timetable_asked_at", "timetable_built_at", "timetable_released_at", "title_en", "title_zh", "version", "visibility", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."call_id", OLD."cancelled_because_zh", OLD."capacity", OLD."created_at", OLD."ends_at", OLD."held_at", OLD."id", OLD."is_sample", OLD."kind", OLD."meetings_start_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_zh", OLD."public_id", OLD."published_at", OLD."registration_closes_at", OLD."registration_opens_at", OLD."reminded_on", OLD."result_zh", OLD."slot_minutes", OLD."slots", OLD."starts_at", OLD."state", OLD."summary_zh", OLD."tables", OLD."timetable", OLD."timetable_asked_at", OLD."timetable_built_at", OLD."timetable_released_at", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."zone_id"); RETURN NULL;',
                            hash="2b2cb88613887f3d82516c365ef8cb2f4125c327",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7258e",
                            table="matching_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="648d310892baf34f62deb349b0f4ac541ee48713",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6a9bc",
                            table="matching_eventevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventinvitation",
                    constraint=models.UniqueConstraint(
                        fields=("event", "organization"),
                        name="one_invitation_per_organization",
                        violation_error_message="该单位已被邀请。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventinvitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventinvitationevent" ("created_at", "declined_at", "event_id", "id", "inviter_id", "is_anonymous", "is_sample", "matches", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (NEW."created_at", NEW."declined_at", NEW."event_id", NEW."id", NEW."inviter_id", NEW."is_anonymous", NEW."is_sample", NEW."matches", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."version"); RETURN NULL;',
                            hash="764f479c81350106a6e017f1b4695fac3f3bf52a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0ad56",
                            table="matching_eventinvitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventinvitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."declined_at" IS DISTINCT FROM (NEW."declined_at") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inviter_id" IS DISTINCT FROM (NEW."inviter_id") OR OLD."is_anonymous" IS DISTINCT FROM (NEW."is_anonymous") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."matches" IS DISTINCT FROM (NEW."matches") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_eventinvitationevent" ("created_at", "declined_at", "event_id", "id", "inviter_id", "is_anonymous", "is_sample", "matches", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (NEW."created_at", NEW."declined_at", NEW."event_id", NEW."id", NEW."inviter_id", NEW."is_anonymous", NEW."is_sample", NEW."matches", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."version"); RETURN NULL;',
                            hash="3b18a6c40175f0c26e35310ac04a9917e46be313",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87554",
                            table="matching_eventinvitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventinvitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventinvitationevent" ("created_at", "declined_at", "event_id", "id", "inviter_id", "is_anonymous", "is_sample", "matches", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "version") VALUES (OLD."created_at", OLD."declined_at", OLD."event_id", OLD."id", OLD."inviter_id", OLD."is_anonymous", OLD."is_sample", OLD."matches", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."version"); RETURN NULL;',
                            hash="4b9c87ba6bf7d9524cfb3bcda77928ec12036a7f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_73278",
                            table="matching_eventinvitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventinvitationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e5de731f72f383a9629e76cfe6a5745c226477a3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8a8bf",
                            table="matching_eventinvitationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventorganizer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("name_zh", ""), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("name_zh", ""), ("zone__isnull", True)),
                            models.Q(
                                ("association__isnull", True),
                                ("zone__isnull", True),
                                models.Q(("name_zh", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="event_organizer_is_one",
                        violation_error_message="每行只填高新区、联盟（网络）、其他单位名称中的一个。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventorganizer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventorganizerevent" ("association_id", "event_id", "id", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "zone_id") VALUES (NEW."association_id", NEW."event_id", NEW."id", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."role", NEW."zone_id"); RETURN NULL;',
                            hash="07aaf87cdf91f3e2fd819d81671cb7c758e09f29",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57141",
                            table="matching_eventorganizer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventorganizer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_eventorganizerevent" ("association_id", "event_id", "id", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "zone_id") VALUES (NEW."association_id", NEW."event_id", NEW."id", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."role", NEW."zone_id"); RETURN NULL;',
                            hash="476c2133af44a6e3c3c7735175e376928d226135",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_74b46",
                            table="matching_eventorganizer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventorganizer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventorganizerevent" ("association_id", "event_id", "id", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role", "zone_id") VALUES (OLD."association_id", OLD."event_id", OLD."id", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."role", OLD."zone_id"); RETURN NULL;',
                            hash="c284190a65467e7c568ba424cc6af130ff359631",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7efb1",
                            table="matching_eventorganizer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventorganizerevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dbd75dcc6af765091013615f73517459f6e2282d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3c7fa",
                            table="matching_eventorganizerevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventoutcome",
                    constraint=models.UniqueConstraint(
                        fields=("meeting",),
                        name="one_outcome_per_meeting",
                        violation_error_message="该场洽谈已登记成果：请修改原有记录。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventoutcome",
                    constraint=models.UniqueConstraint(
                        fields=("event", "cooperation"),
                        name="one_outcome_per_cooperation",
                        violation_error_message="该合作已登记为本活动的成果。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventoutcome",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cooperation__isnull", False), ("result", "cooperation")),
                            models.Q(models.Q(("result", "cooperation"), _negated=True), ("cooperation__isnull", True)),
                            _connector="OR",
                        ),
                        name="outcome_names_its_cooperation",
                        violation_error_message="“达成合作”请选择合作记录；其他结果请勿选择。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventoutcome",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "nothing"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("result", "nothing"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="nothing_came_of_it_for_a_reason",
                        violation_error_message="“未达成”请选择原因；其他结果请勿选择。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventoutcome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventoutcomeevent" ("cooperation_id", "created_at", "event_id", "id", "is_sample", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorder_id", "result", "version", "words_zh") VALUES (NEW."cooperation_id", NEW."created_at", NEW."event_id", NEW."id", NEW."is_sample", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorder_id", NEW."result", NEW."version", NEW."words_zh"); RETURN NULL;',
                            hash="2920b358c8a307001790d39f8cda11ecda23ccf1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f46fa",
                            table="matching_eventoutcome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventoutcome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."cooperation_id" IS DISTINCT FROM (NEW."cooperation_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recorder_id" IS DISTINCT FROM (NEW."recorder_id") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."words_zh" IS DISTINCT FROM (NEW."words_zh"))',
                            func='INSERT INTO "matching_eventoutcomeevent" ("cooperation_id", "created_at", "event_id", "id", "is_sample", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorder_id", "result", "version", "words_zh") VALUES (NEW."cooperation_id", NEW."created_at", NEW."event_id", NEW."id", NEW."is_sample", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorder_id", NEW."result", NEW."version", NEW."words_zh"); RETURN NULL;',
                            hash="154eb7099b675ef6a1e7c77f44ad3fa9b3b2c081",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1f7ff",
                            table="matching_eventoutcome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventoutcome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventoutcomeevent" ("cooperation_id", "created_at", "event_id", "id", "is_sample", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorder_id", "result", "version", "words_zh") VALUES (OLD."cooperation_id", OLD."created_at", OLD."event_id", OLD."id", OLD."is_sample", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."recorder_id", OLD."result", OLD."version", OLD."words_zh"); RETURN NULL;',
                            hash="b46715ebf1b8a6f48a493b56954ff23637986657",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_64e14",
                            table="matching_eventoutcome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventoutcomeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="81e2272fd0f17a4e0718896b649ee361222b8fe7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9ae10",
                            table="matching_eventoutcomeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventregistration",
                    constraint=models.UniqueConstraint(
                        fields=("event", "organization"),
                        name="one_registration_per_organization",
                        violation_error_message="该单位已报名。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventregistration",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_in_at__isnull", False), ("state", "checked_in")),
                            models.Q(models.Q(("state", "checked_in"), _negated=True), ("checked_in_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="guest_is_checked_in_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventregistration",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="registration_is_cancelled_at_a_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventregistrationevent" ("asked_at", "attendees_zh", "brings_zh", "cancelled_at", "checked_in_at", "checker_id", "code", "created_at", "event_id", "id", "is_listed", "is_sample", "most_meetings", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registrant_id", "seats", "state", "text_version", "version") VALUES (NEW."asked_at", NEW."attendees_zh", NEW."brings_zh", NEW."cancelled_at", NEW."checked_in_at", NEW."checker_id", NEW."code", NEW."created_at", NEW."event_id", NEW."id", NEW."is_listed", NEW."is_sample", NEW."most_meetings", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."registrant_id", NEW."seats", NEW."state", NEW."text_version", NEW."version"); RETURN NULL;',
                            hash="042d01166a3de93763a921a69bdfadb8e503a762",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c275b",
                            table="matching_eventregistration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."attendees_zh" IS DISTINCT FROM (NEW."attendees_zh") OR OLD."brings_zh" IS DISTINCT FROM (NEW."brings_zh") OR OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."checked_in_at" IS DISTINCT FROM (NEW."checked_in_at") OR OLD."checker_id" IS DISTINCT FROM (NEW."checker_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_listed" IS DISTINCT FROM (NEW."is_listed") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."most_meetings" IS DISTINCT FROM (NEW."most_meetings") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."registrant_id" IS DISTINCT FROM (NEW."registrant_id") OR OLD."seats" IS DISTINCT FROM (NEW."seats") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text_version" IS DISTINCT FROM (NEW."text_version") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_eventregistrationevent" ("asked_at", "attendees_zh", "brings_zh", "cancelled_at", "checked_in_at", "checker_id", "code", "created_at", "event_id", "id", "is_listed", "is_sample", "most_meetings", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registrant_id", "seats", "state", "text_version", "version") VALUES (NEW."asked_at", NEW."attendees_zh", NEW."brings_zh", NEW."cancelled_at", NEW."checked_in_at", NEW."checker_id", NEW."code", NEW."created_at", NEW."event_id", NEW."id", NEW."is_listed", NEW."is_sample", NEW."most_meetings", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."registrant_id", NEW."seats", NEW."state", NEW."text_version", NEW."version"); RETURN NULL;',
                            hash="922435fe7ba17dcbcf78584b0438a1ec52df71b8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c8fc9",
                            table="matching_eventregistration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventregistrationevent" ("asked_at", "attendees_zh", "brings_zh", "cancelled_at", "checked_in_at", "checker_id", "code", "created_at", "event_id", "id", "is_listed", "is_sample", "most_meetings", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registrant_id", "seats", "state", "text_version", "version") VALUES (OLD."asked_at", OLD."attendees_zh", OLD."brings_zh", OLD."cancelled_at", OLD."checked_in_at", OLD."checker_id", OLD."code", OLD."created_at", OLD."event_id", OLD."id", OLD."is_listed", OLD."is_sample", OLD."most_meetings", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."registrant_id", OLD."seats", OLD."state", OLD."text_version", OLD."version"); RETURN NULL;',
                            hash="be4459d09bc27dd33df5d5e989614b067e2f5754",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a0503",
                            table="matching_eventregistration",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventmeeting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("event", "slot", "table"),
                        name="one_meeting_at_a_table",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventmeeting",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("first", "second"),
                        name="one_meeting_per_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventmeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="meeting_in_order_of_guests"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventmeeting",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        expressions=(
                            ("slot", "="),
                            (
                                models.Func(
                                    models.Func(
                                        models.F("first"), models.F("first"), models.Value("[]"), function="int8range"
                                    ),
                                    models.Func(
                                        models.F("second"), models.F("second"), models.Value("[]"), function="int8range"
                                    ),
                                    function="int8multirange",
                                ),
                                "&&",
                            ),
                        ),
                        name="guest_is_at_one_table_at_a_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventregistrationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="01f007b05619322b02a6b997fe1c35055aea1582",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f6d8c",
                            table="matching_eventregistrationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="eventwish",
                    constraint=models.UniqueConstraint(fields=("asker", "asked"), name="one_wish_per_guest"),
                ),
                migrations.AddConstraint(
                    model_name="eventwish",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("asker", models.F("asked")), _negated=True), name="nobody_wishes_oneself"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventwish",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventwishevent" ("asked_id", "asker_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_id", NEW."asker_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="ae3470fd1c0016b5faa4c013aef79768ed3860a0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5fda2",
                            table="matching_eventwish",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventwish",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_eventwishevent" ("asked_id", "asker_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_id", NEW."asker_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="5de2e86c6c04f6528b66e86afe668f7b4f18d7f8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dcdba",
                            table="matching_eventwish",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventwish",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_eventwishevent" ("asked_id", "asker_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."asked_id", OLD."asker_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="1c8bdd554387ec2696b4caf7adcf9f80e845993c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a6cf1",
                            table="matching_eventwish",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventwishevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="dea4ac51afb1c10e0d2ec1796d50619a3d442f12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_912c9",
                            table="matching_eventwishevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
