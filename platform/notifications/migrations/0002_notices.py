"""What is told to whom, what leaves the site because of it, and what everybody wants."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_external_identities"),
        ("notifications", "0001_endpoints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("inbox", "站内收件箱"),
                                    ("mail", "邮件"),
                                    ("wecom", "企业微信群机器人"),
                                    ("dingtalk", "钉钉群机器人"),
                                    ("feishu", "飞书群机器人"),
                                    ("webhook", "Webhook"),
                                ],
                                max_length=10,
                                verbose_name="渠道",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("notice", "单条"), ("daily", "每日汇总"), ("weekly", "每周汇总")],
                                max_length=10,
                                verbose_name="类型",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "待发送"),
                                    ("leased", "发送中"),
                                    ("sent", "已发出"),
                                    ("unknown", "结果不明"),
                                    ("dead", "未能发出"),
                                    ("cancelled", "已取消"),
                                ],
                                default="pending",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("fence", models.PositiveIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="下次发送"
                            ),
                        ),
                        ("rung_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                        ("dedupe_key", models.CharField(max_length=300, unique=True)),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="生成时间",
                            ),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                        (
                            "endpoint",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="notifications.endpoint",
                                verbose_name="机器人或 Webhook",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息发送",
                        "verbose_name_plural": "消息发送",
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
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=60, verbose_name="事项")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("reviews", "需求审核"),
                                    ("needs", "我的需求"),
                                    ("matches", "匹配结果"),
                                    ("exchanges", "对接进展"),
                                    ("requests", "服务申请"),
                                    ("resources", "资源维护"),
                                    ("calls", "需求征集"),
                                    ("searches", "保存的检索"),
                                    ("watches", "关注的记录"),
                                    ("accounts", "账号与注册"),
                                ],
                                max_length=12,
                                verbose_name="主题",
                            ),
                        ),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_public_id", models.UUIDField()),
                        ("facts", models.JSONField(default=dict)),
                        ("is_in_inbox", models.BooleanField(default=True)),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("off", "不发送"),
                                    ("immediate", "即时"),
                                    ("daily", "每日汇总"),
                                    ("weekly", "每周汇总"),
                                ],
                                max_length=10,
                                verbose_name="何时发出",
                            ),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                        ("dedupe_key", models.CharField(max_length=300, unique=True)),
                        ("happened_at", models.DateTimeField(verbose_name="发生时间")),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="notices",
                                to="notifications.delivery",
                            ),
                        ),
                        (
                            "endpoint",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="notifications.endpoint",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知",
                        "verbose_name_plural": "通知",
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
                    name="NoticeSettings",
                    fields=[
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="notice_settings",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("takes_mail", models.BooleanField(default=True, verbose_name="接收邮件")),
                        (
                            "digest_hour",
                            models.PositiveSmallIntegerField(
                                default=9,
                                validators=[django.core.validators.MaxValueValidator(23)],
                                verbose_name="汇总时间（时）",
                            ),
                        ),
                        (
                            "digest_weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "星期一"),
                                    (1, "星期二"),
                                    (2, "星期三"),
                                    (3, "星期四"),
                                    (4, "星期五"),
                                    (5, "星期六"),
                                    (6, "星期日"),
                                ],
                                default=0,
                                verbose_name="每周汇总日",
                            ),
                        ),
                        (
                            "quiet_from",
                            models.PositiveSmallIntegerField(
                                default=22,
                                validators=[django.core.validators.MaxValueValidator(23)],
                                verbose_name="免打扰自（时）",
                            ),
                        ),
                        (
                            "quiet_to",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[django.core.validators.MaxValueValidator(23)],
                                verbose_name="免打扰至（时）",
                            ),
                        ),
                        ("is_working_days_only", models.BooleanField(default=True, verbose_name="汇总只在工作日发送")),
                        (
                            "most_mails_a_day",
                            models.PositiveSmallIntegerField(
                                default=20,
                                help_text="超出的并入每日汇总",
                                validators=[django.core.validators.MaxValueValidator(200)],
                                verbose_name="每天最多即时邮件数",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "通知设置",
                        "verbose_name_plural": "通知设置",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("digest_hour__lte", 23),
                                    ("digest_weekday__lte", 6),
                                    ("quiet_from__lte", 23),
                                    ("quiet_to__lte", 23),
                                ),
                                name="notice_hours_in_day",
                            )
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Subscription",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("reviews", "需求审核"),
                                    ("needs", "我的需求"),
                                    ("matches", "匹配结果"),
                                    ("exchanges", "对接进展"),
                                    ("requests", "服务申请"),
                                    ("resources", "资源维护"),
                                    ("calls", "需求征集"),
                                    ("searches", "保存的检索"),
                                    ("watches", "关注的记录"),
                                    ("accounts", "账号与注册"),
                                ],
                                max_length=12,
                                verbose_name="主题",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("inbox", "站内收件箱"),
                                    ("mail", "邮件"),
                                    ("wecom", "企业微信群机器人"),
                                    ("dingtalk", "钉钉群机器人"),
                                    ("feishu", "飞书群机器人"),
                                    ("webhook", "Webhook"),
                                ],
                                max_length=10,
                                verbose_name="渠道",
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("off", "不发送"),
                                    ("immediate", "即时"),
                                    ("daily", "每日汇总"),
                                    ("weekly", "每周汇总"),
                                ],
                                max_length=10,
                                verbose_name="频率",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "endpoint",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subscriptions",
                                to="notifications.endpoint",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subscriptions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "订阅",
                        "verbose_name_plural": "订阅",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ToldPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("need_id", models.BigIntegerField()),
                        ("resource_id", models.BigIntegerField()),
                        ("side", models.CharField(max_length=8)),
                    ],
                    options={
                        "verbose_name": "已告知的匹配",
                        "verbose_name_plural": "已告知的匹配",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(fields=("need_id", "resource_id", "side"), name="one_told_pair")
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_public_id", models.UUIDField()),
                        ("is_muted", models.BooleanField(default=False)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="watches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "关注",
                        "verbose_name_plural": "关注",
                        "ordering": ("-id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=models.Q(("state__in", ["pending", "leased"])),
                        fields=["channel", "next_at"],
                        name="delivery_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(fields=["user", "channel", "created_at"], name="delivery_of_user"),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("endpoint__isnull", True), ("user__isnull", False)),
                            models.Q(("endpoint__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_has_one_recipient",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state", "leased")),
                            models.Q(models.Q(("state", "leased"), _negated=True), ("lease_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_state_tells_its_lease",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="delivery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("state__in", ["pending", "leased"])),
                            models.Q(
                                models.Q(("state__in", ["pending", "leased"]), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_state_tells_its_end",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["user", "-id"], name="notice_inbox"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("is_in_inbox", True), ("read_at__isnull", True)),
                        fields=["user"],
                        name="notice_unread",
                    ),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(
                        condition=models.Q(("delivery__isnull", True), ("rhythm__in", ["daily", "weekly"])),
                        fields=["rhythm", "user"],
                        name="notice_waits_for_digest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("endpoint__isnull", True), ("user__isnull", False)),
                            models.Q(("endpoint__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="notice_has_one_recipient",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="subscription",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("endpoint__isnull", True), ("user__isnull", False)),
                            models.Q(("endpoint__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="subscription_has_one_recipient",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="subscription",
                    constraint=models.UniqueConstraint(
                        fields=("user", "topic", "channel"), name="one_subscription_of_account"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="subscription",
                    constraint=models.UniqueConstraint(
                        fields=("endpoint", "topic", "channel"), name="one_subscription_of_endpoint"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="watch",
                    constraint=models.UniqueConstraint(
                        fields=("user", "object_public_id"), name="one_watch_of_a_record"
                    ),
                ),
            ]
        ),
    ]
