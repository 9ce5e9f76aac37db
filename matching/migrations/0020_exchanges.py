"""Exchanges of the two sides of a pair, with their steps, consents, disclosures and the places they hold."""

import uuid

import django.contrib.postgres.fields
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
        ("matching", "0019_saved_searches"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0018_registrations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        ("text_version", models.PositiveSmallIntegerField(verbose_name="同意书版本")),
                        ("contact", models.UUIDField(verbose_name="联系方式编号")),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("person_name", "联系人"), ("phone", "电话"), ("email", "邮箱")],
                                    max_length=12,
                                ),
                                size=None,
                                verbose_name="可见内容",
                            ),
                        ),
                        ("purpose_zh", models.CharField(max_length=200, verbose_name="用途")),
                        ("valid_until", models.DateField(verbose_name="有效至")),
                        ("basis_zh", models.CharField(blank=True, max_length=200, verbose_name="代为同意的依据")),
                        (
                            "given_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="同意时间",
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="撤回时间")),
                        (
                            "giver",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="同意人",
                            ),
                        ),
                        (
                            "withdrawer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="撤回人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "同意书",
                        "verbose_name_plural": "同意书",
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
                    name="Exchange",
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
                                    ("interest_sent", "待答复"),
                                    ("consent_pending", "待双方同意"),
                                    ("disclosed", "已互换联系方式"),
                                    ("negotiating", "洽谈中"),
                                    ("agreed", "已达成合作"),
                                    ("declined", "已谢绝"),
                                    ("recalled", "已撤回意向"),
                                    ("expired", "逾期未答复"),
                                    ("superseded", "需求或资源已关闭"),
                                    ("failed", "未达成合作"),
                                ],
                                default="interest_sent",
                                editable=False,
                                max_length=16,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "asked_by_side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="发起方",
                            ),
                        ),
                        (
                            "cooperation_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(500)], verbose_name="希望怎样合作"
                            ),
                        ),
                        (
                            "unclear_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="还需对方说明什么",
                            ),
                        ),
                        (
                            "offer_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="我方能带来什么",
                            ),
                        ),
                        ("need_version", models.PositiveIntegerField(editable=False)),
                        ("resource_version", models.PositiveIntegerField(editable=False)),
                        ("told", models.JSONField(default=dict, editable=False, verbose_name="发起时双方所见")),
                        (
                            "sent_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="发起时间",
                            ),
                        ),
                        ("remind_on", models.DateField(editable=False, verbose_name="提醒日")),
                        ("answer_due_on", models.DateField(editable=False, verbose_name="应答复日")),
                        ("expires_on", models.DateField(editable=False, verbose_name="失效日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        ("escalated_on", models.DateField(editable=False, null=True, verbose_name="已上报日")),
                        ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="答复时间")),
                        (
                            "answer_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="答复",
                            ),
                        ),
                        (
                            "exit_side",
                            models.CharField(
                                blank=True,
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="结束方",
                            ),
                        ),
                        (
                            "exit_reason",
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
                                verbose_name="结束原因",
                            ),
                        ),
                        ("exit_zh", models.CharField(blank=True, max_length=300, verbose_name="结束说明")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="结束时间")),
                        (
                            "answerer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                        (
                            "ender",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="结束人",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exchanges",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exchanges",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对接",
                        "verbose_name_plural": "对接",
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
                    name="Disclosure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                max_length=8,
                                verbose_name="查看方",
                            ),
                        ),
                        ("contact", models.UUIDField(verbose_name="联系方式编号")),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("person_name", "联系人"), ("phone", "电话"), ("email", "邮箱")],
                                    max_length=12,
                                ),
                                size=None,
                                verbose_name="所见内容",
                            ),
                        ),
                        (
                            "seen_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="查看时间",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="matching.consent",
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
                                verbose_name="查看人",
                            ),
                        ),
                        (
                            "exchange",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures",
                                to="matching.exchange",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联系方式披露记录",
                        "verbose_name_plural": "联系方式披露记录",
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
                    name="ConsentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        ("text_version", models.PositiveSmallIntegerField(verbose_name="同意书版本")),
                        ("contact", models.UUIDField(verbose_name="联系方式编号")),
                        (
                            "fields",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("person_name", "联系人"), ("phone", "电话"), ("email", "邮箱")],
                                    max_length=12,
                                ),
                                size=None,
                                verbose_name="可见内容",
                            ),
                        ),
                        ("purpose_zh", models.CharField(max_length=200, verbose_name="用途")),
                        ("valid_until", models.DateField(verbose_name="有效至")),
                        ("basis_zh", models.CharField(blank=True, max_length=200, verbose_name="代为同意的依据")),
                        (
                            "given_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="同意时间",
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="撤回时间")),
                        (
                            "giver",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="同意人",
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
                                to="matching.consent",
                            ),
                        ),
                        (
                            "withdrawer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="撤回人",
                            ),
                        ),
                        (
                            "exchange",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.exchange",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="consent",
                    name="exchange",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="matching.exchange"
                    ),
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slot", models.PositiveIntegerField()),
                        (
                            "held_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("released_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="zones.resource",
                            ),
                        ),
                        (
                            "exchange",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="booking",
                                to="matching.exchange",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "承接名额",
                        "verbose_name_plural": "承接名额",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ExchangeEvent",
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
                                    ("interest_sent", "待答复"),
                                    ("consent_pending", "待双方同意"),
                                    ("disclosed", "已互换联系方式"),
                                    ("negotiating", "洽谈中"),
                                    ("agreed", "已达成合作"),
                                    ("declined", "已谢绝"),
                                    ("recalled", "已撤回意向"),
                                    ("expired", "逾期未答复"),
                                    ("superseded", "需求或资源已关闭"),
                                    ("failed", "未达成合作"),
                                ],
                                default="interest_sent",
                                editable=False,
                                max_length=16,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "asked_by_side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="发起方",
                            ),
                        ),
                        (
                            "cooperation_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(500)], verbose_name="希望怎样合作"
                            ),
                        ),
                        (
                            "unclear_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="还需对方说明什么",
                            ),
                        ),
                        (
                            "offer_zh",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="我方能带来什么",
                            ),
                        ),
                        ("need_version", models.PositiveIntegerField(editable=False)),
                        ("resource_version", models.PositiveIntegerField(editable=False)),
                        ("told", models.JSONField(default=dict, editable=False, verbose_name="发起时双方所见")),
                        (
                            "sent_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="发起时间",
                            ),
                        ),
                        ("remind_on", models.DateField(editable=False, verbose_name="提醒日")),
                        ("answer_due_on", models.DateField(editable=False, verbose_name="应答复日")),
                        ("expires_on", models.DateField(editable=False, verbose_name="失效日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        ("escalated_on", models.DateField(editable=False, null=True, verbose_name="已上报日")),
                        ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="答复时间")),
                        (
                            "answer_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="答复",
                            ),
                        ),
                        (
                            "exit_side",
                            models.CharField(
                                blank=True,
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="结束方",
                            ),
                        ),
                        (
                            "exit_reason",
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
                                verbose_name="结束原因",
                            ),
                        ),
                        ("exit_zh", models.CharField(blank=True, max_length=300, verbose_name="结束说明")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="结束时间")),
                        (
                            "answerer",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                        (
                            "ender",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="结束人",
                            ),
                        ),
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
                                to="matching.exchange",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExchangeStep",
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
                                    ("interest_sent", "待答复"),
                                    ("consent_pending", "待双方同意"),
                                    ("disclosed", "已互换联系方式"),
                                    ("negotiating", "洽谈中"),
                                    ("agreed", "已达成合作"),
                                    ("declined", "已谢绝"),
                                    ("recalled", "已撤回意向"),
                                    ("expired", "逾期未答复"),
                                    ("superseded", "需求或资源已关闭"),
                                    ("failed", "未达成合作"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("interest_sent", "待答复"),
                                    ("consent_pending", "待双方同意"),
                                    ("disclosed", "已互换联系方式"),
                                    ("negotiating", "洽谈中"),
                                    ("agreed", "已达成合作"),
                                    ("declined", "已谢绝"),
                                    ("recalled", "已撤回意向"),
                                    ("expired", "逾期未答复"),
                                    ("superseded", "需求或资源已关闭"),
                                    ("failed", "未达成合作"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                blank=True,
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                max_length=8,
                                verbose_name="哪一方",
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
                                verbose_name="原因",
                            ),
                        ),
                        ("words_zh", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="时间",
                            ),
                        ),
                        (
                            "exchange",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="matching.exchange",
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
                        "verbose_name": "对接进程",
                        "verbose_name_plural": "对接进程",
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
                    model_name="exchange",
                    index=models.Index(
                        condition=models.Q(("state", "interest_sent")), fields=["expires_on"], name="exchange_waiting"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exchange",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("need", "resource"),
                        name="one_live_exchange_per_pair",
                        violation_error_message="双方已在对接中：请在原有对接中继续。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("exit_side", ""),
                                (
                                    "state__in",
                                    ("interest_sent", "consent_pending", "disclosed", "negotiating", "agreed"),
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ("interest_sent", "consent_pending", "disclosed", "negotiating", "agreed"),
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exchange_ends_by_its_state",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("declined", "failed")),
                                models.Q(("exit_reason", ""), _negated=True),
                                models.Q(("exit_side", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("declined", "failed")), _negated=True), ("exit_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="exchange_exit_has_its_reason",
                        violation_error_message="请选择原因。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("consent_pending", "disclosed", "negotiating", "agreed")), _negated=True
                            ),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="accepted_exchange_was_answered",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exchange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answer_due_on__lte", models.F("expires_on")),
                            ("remind_on__lte", models.F("answer_due_on")),
                        ),
                        name="exchange_terms_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (NEW."answer_due_on", NEW."answer_zh", NEW."answered_at", NEW."answerer_id", NEW."asked_by_side", NEW."asker_id", NEW."cooperation_zh", NEW."created_at", NEW."ended_at", NEW."ender_id", NEW."escalated_on", NEW."exit_reason", NEW."exit_side", NEW."exit_zh", NEW."expires_on", NEW."id", NEW."is_sample", NEW."need_id", NEW."need_version", NEW."offer_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."remind_on", NEW."reminded_on", NEW."resource_id", NEW."resource_version", NEW."sent_at", NEW."state", NEW."told", NEW."unclear_zh", NEW."version"); RETURN NULL;',
                            hash="b7601942258328dc5d284a5e89bc4b17c3d440ac",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57dba",
                            table="matching_exchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answer_due_on" IS DISTINCT FROM (NEW."answer_due_on") OR OLD."answer_zh" IS DISTINCT FROM (NEW."answer_zh") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answerer_id" IS DISTINCT FROM (NEW."answerer_id") OR OLD."asked_by_side" IS DISTINCT FROM (NEW."asked_by_side") OR OLD."asker_id" IS DISTINCT FROM (NEW."asker_id") OR OLD."cooperation_zh" IS DISTINCT FROM (NEW."cooperation_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ender_id" IS DISTINCT FROM (NEW."ender_id") OR OLD."escalated_on" IS DISTINCT FROM (NEW."escalated_on") OR OLD."exit_reason" IS DISTINCT FROM (NEW."exit_reason") OR OLD."exit_side" IS DISTINCT FROM (NEW."exit_side") OR OLD."exit_zh" IS DISTINCT FROM (NEW."exit_zh") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."need_id" IS DISTINCT FROM (NEW."need_id") OR OLD."need_version" IS DISTINCT FROM (NEW."need_version") OR OLD."offer_zh" IS DISTINCT FROM (NEW."offer_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."remind_on" IS DISTINCT FROM (NEW."remind_on") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."resource_version" IS DISTINCT FROM (NEW."resource_version") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."told" IS DISTINCT FROM (NEW."told") OR OLD."unclear_zh" IS DISTINCT FROM (NEW."unclear_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (NEW."answer_due_on", NEW."answer_zh", NEW."answered_at", NEW."answerer_id", NEW."asked_by_side", NEW."asker_id", NEW."cooperation_zh", NEW."created_at", NEW."ended_at", NEW."ender_id", NEW."escalated_on", NEW."exit_reason", NEW."exit_side", NEW."exit_zh", NEW."expires_on", NEW."id", NEW."is_sample", NEW."need_id", NEW."need_version", NEW."offer_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."remind_on", NEW."reminded_on", NEW."resource_id", NEW."resource_version", NEW."sent_at", NEW."state", NEW."told", NEW."unclear_zh", NEW."version"); RETURN NULL;',
                            hash="084d4e8515286e9de21c24896a93a2d38a6252ba",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae970",
                            table="matching_exchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (OLD."answer_due_on", OLD."answer_zh", OLD."answered_at", OLD."answerer_id", OLD."asked_by_side", OLD."asker_id", OLD."cooperation_zh", OLD."created_at", OLD."ended_at", OLD."ender_id", OLD."escalated_on", OLD."exit_reason", OLD."exit_side", OLD."exit_zh", OLD."expires_on", OLD."id", OLD."is_sample", OLD."need_id", OLD."need_version", OLD."offer_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."remind_on", OLD."reminded_on", OLD."resource_id", OLD."resource_version", OLD."sent_at", OLD."state", OLD."told", OLD."unclear_zh", OLD."version"); RETURN NULL;',
                            hash="537a69389b84c7decec4ab80d73d2fb57950c7b3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_90599",
                            table="matching_exchange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="disclosure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ef2ff3fc6f10ca6a3eefa37e9640c518317339fa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0c0d4",
                            table="matching_disclosure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="54ea09e823688fc9615573a6cb570def6d05d239",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_39db9",
                            table="matching_consentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("exchange", "side"),
                        name="one_consent_per_side",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("fields", []), _negated=True), name="consent_opens_something"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_consentevent" ("basis_zh", "contact", "exchange_id", "fields", "given_at", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "side", "text_version", "valid_until", "withdrawer_id", "withdrawn_at") VALUES (NEW."basis_zh", NEW."contact", NEW."exchange_id", NEW."fields", NEW."given_at", NEW."giver_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose_zh", NEW."side", NEW."text_version", NEW."valid_until", NEW."withdrawer_id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="f46fe5a6401cc5f7636ab5f84fa03b61330fabd3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6811f",
                            table="matching_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_consentevent" ("basis_zh", "contact", "exchange_id", "fields", "given_at", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "side", "text_version", "valid_until", "withdrawer_id", "withdrawn_at") VALUES (NEW."basis_zh", NEW."contact", NEW."exchange_id", NEW."fields", NEW."given_at", NEW."giver_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose_zh", NEW."side", NEW."text_version", NEW."valid_until", NEW."withdrawer_id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="823ae3598765b6b3f99fb8145016545045eedeb2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1db9",
                            table="matching_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_consentevent" ("basis_zh", "contact", "exchange_id", "fields", "given_at", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose_zh", "side", "text_version", "valid_until", "withdrawer_id", "withdrawn_at") VALUES (OLD."basis_zh", OLD."contact", OLD."exchange_id", OLD."fields", OLD."given_at", OLD."giver_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."purpose_zh", OLD."side", OLD."text_version", OLD."valid_until", OLD."withdrawer_id", OLD."withdrawn_at"); RETURN NULL;',
                            hash="1bc44b5595fcfd7517227997a0436bbd1f0ea43a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_24785",
                            table="matching_consent",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="booking",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("resource", "slot"),
                        name="one_booking_per_place",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchangeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2fa0c69a05f783ba4e4dc4a3d1cff9309b092750",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_18a10",
                            table="matching_exchangeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchangestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0713642019bea00eeddd51b9d824228346e08e3c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_55cdf",
                            table="matching_exchangestep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
