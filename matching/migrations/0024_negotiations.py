"""Negotiation: messages, files, meetings and next steps of exchanges."""

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
        ("matching", "0023_contracts"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="NegotiationFile",
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
                                editable=False,
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="文件名")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("docx", "Word"),
                                    ("xlsx", "Excel"),
                                    ("png", "PNG"),
                                    ("jpg", "JPEG"),
                                ],
                                editable=False,
                                max_length=4,
                                verbose_name="格式",
                            ),
                        ),
                        ("size", models.PositiveIntegerField(editable=False, verbose_name="字节数")),
                        ("content", models.BinaryField()),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="时间",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "洽谈文件",
                        "verbose_name_plural": "洽谈文件",
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
                    name="NegotiationMeeting",
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
                                choices=[("proposed", "待确认"), ("confirmed", "已确认"), ("cancelled", "已取消")],
                                default="proposed",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        ("topic_zh", models.CharField(max_length=120, verbose_name="议题")),
                        ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                        ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                        ("place_zh", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                validators=[django.core.validators.URLValidator(schemes=["https"])],
                                verbose_name="会议链接",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="取消时间")),
                    ],
                    options={
                        "verbose_name": "会议",
                        "verbose_name_plural": "会议",
                        "ordering": ("starts_at", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="NegotiationMeetingEvent",
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
                                choices=[("proposed", "待确认"), ("confirmed", "已确认"), ("cancelled", "已取消")],
                                default="proposed",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("need", "需求方"), ("resource", "资源方")],
                                editable=False,
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        ("topic_zh", models.CharField(max_length=120, verbose_name="议题")),
                        ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                        ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                        ("place_zh", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        (
                            "link",
                            models.URLField(
                                blank=True,
                                validators=[django.core.validators.URLValidator(schemes=["https"])],
                                verbose_name="会议链接",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="确认时间")),
                        ("cancelled_at", models.DateTimeField(editable=False, null=True, verbose_name="取消时间")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NegotiationMessage",
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
                                editable=False,
                                max_length=8,
                                verbose_name="哪一方",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name="内容"
                            ),
                        ),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="时间",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "洽谈留言",
                        "verbose_name_plural": "洽谈留言",
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
                    name="NextStep",
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
                                verbose_name="由哪一方办理",
                            ),
                        ),
                        ("what_zh", models.CharField(max_length=200, verbose_name="下一步")),
                        ("due_on", models.DateField(verbose_name="截止日")),
                        (
                            "set_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="了结时间")),
                        ("is_done", models.BooleanField(default=False, editable=False, verbose_name="已完成")),
                    ],
                    options={
                        "verbose_name": "下一步",
                        "verbose_name_plural": "下一步",
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
                    name="NextStepEvent",
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
                                verbose_name="由哪一方办理",
                            ),
                        ),
                        ("what_zh", models.CharField(max_length=200, verbose_name="下一步")),
                        ("due_on", models.DateField(verbose_name="截止日")),
                        (
                            "set_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="了结时间")),
                        ("is_done", models.BooleanField(default=False, editable=False, verbose_name="已完成")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="exchange",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="exchange",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="exchange",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="exchange",
                    name="nudged_on",
                    field=models.DateField(editable=False, null=True, verbose_name="已提醒推进日"),
                ),
                migrations.AddField(
                    model_name="exchange",
                    name="stirred_at",
                    field=models.DateTimeField(editable=False, null=True, verbose_name="最近洽谈时间"),
                ),
                migrations.AddField(
                    model_name="exchangeevent",
                    name="nudged_on",
                    field=models.DateField(editable=False, null=True, verbose_name="已提醒推进日"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="exchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "nudged_on", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (NEW."answer_due_on", NEW."answer_zh", NEW."answered_at", NEW."answerer_id", NEW."asked_by_side", NEW."asker_id", NEW."cooperation_zh", NEW."created_at", NEW."ended_at", NEW."ender_id", NEW."escalated_on", NEW."exit_reason", NEW."exit_side", NEW."exit_zh", NEW."expires_on", NEW."id", NEW."is_sample", NEW."need_id", NEW."need_version", NEW."nudged_on", NEW."offer_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."remind_on", NEW."reminded_on", NEW."resource_id", NEW."resource_version", NEW."sent_at", NEW."state", NEW."told", NEW."unclear_zh", NEW."version"); RETURN NULL;',
                            hash="ae8861684b0c741e0a01d3791169262d60d40275",
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
                            condition='WHEN (OLD."answer_due_on" IS DISTINCT FROM (NEW."answer_due_on") OR OLD."answer_zh" IS DISTINCT FROM (NEW."answer_zh") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answerer_id" IS DISTINCT FROM (NEW."answerer_id") OR OLD."asked_by_side" IS DISTINCT FROM (NEW."asked_by_side") OR OLD."asker_id" IS DISTINCT FROM (NEW."asker_id") OR OLD."cooperation_zh" IS DISTINCT FROM (NEW."cooperation_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ender_id" IS DISTINCT FROM (NEW."ender_id") OR OLD."escalated_on" IS DISTINCT FROM (NEW."escalated_on") OR OLD."exit_reason" IS DISTINCT FROM (NEW."exit_reason") OR OLD."exit_side" IS DISTINCT FROM (NEW."exit_side") OR OLD."exit_zh" IS DISTINCT FROM (NEW."exit_zh") OR OLD."expires_on" IS DISTINCT FROM (NEW."expires_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."need_id" IS DISTINCT FROM (NEW."need_id") OR OLD."need_version" IS DISTINCT FROM (NEW."need_version") OR OLD."nudged_on" IS DISTINCT FROM (NEW."nudged_on") OR OLD."offer_zh" IS DISTINCT FROM (NEW."offer_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."remind_on" IS DISTINCT FROM (NEW."remind_on") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."resource_version" IS DISTINCT FROM (NEW."resource_version") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."told" IS DISTINCT FROM (NEW."told") OR OLD."unclear_zh" IS DISTINCT FROM (NEW."unclear_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "nudged_on", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (NEW."answer_due_on", NEW."answer_zh", NEW."answered_at", NEW."answerer_id", NEW."asked_by_side", NEW."asker_id", NEW."cooperation_zh", NEW."created_at", NEW."ended_at", NEW."ender_id", NEW."escalated_on", NEW."exit_reason", NEW."exit_side", NEW."exit_zh", NEW."expires_on", NEW."id", NEW."is_sample", NEW."need_id", NEW."need_version", NEW."nudged_on", NEW."offer_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."remind_on", NEW."reminded_on", NEW."resource_id", NEW."resource_version", NEW."sent_at", NEW."state", NEW."told", NEW."unclear_zh", NEW."version"); RETURN NULL;',
                            hash="34c0b1dc4752b4640b25d4cd47114130948ff066",
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
                            func='INSERT INTO "matching_exchangeevent" ("answer_due_on", "answer_zh", "answered_at", "answerer_id", "asked_by_side", "asker_id", "cooperation_zh", "created_at", "ended_at", "ender_id", "escalated_on", "exit_reason", "exit_side", "exit_zh", "expires_on", "id", "is_sample", "need_id", "need_version", "nudged_on", "offer_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "remind_on", "reminded_on", "resource_id", "resource_version", "sent_at", "state", "told", "unclear_zh", "version") VALUES (OLD."answer_due_on", OLD."answer_zh", OLD."answered_at", OLD."answerer_id", OLD."asked_by_side", OLD."asker_id", OLD."cooperation_zh", OLD."created_at", OLD."ended_at", OLD."ender_id", OLD."escalated_on", OLD."exit_reason", OLD."exit_side", OLD."exit_zh", OLD."expires_on", OLD."id", OLD."is_sample", OLD."need_id", OLD."need_version", OLD."nudged_on", OLD."offer_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."remind_on", OLD."reminded_on", OLD."resource_id", OLD."resource_version", OLD."sent_at", OLD."state", OLD."told", OLD."unclear_zh", OLD."version"); RETURN NULL;',
                            hash="b76e642c32d137ecc37c48e30d6301811e186b4f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_90599",
                            table="matching_exchange",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationfile",
                    name="exchange",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationfile",
                    name="uploader",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeeting",
                    name="canceller",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取消人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeeting",
                    name="confirmer",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeeting",
                    name="exchange",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeeting",
                    name="proposer",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提议人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeetingevent",
                    name="canceller",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取消人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeetingevent",
                    name="confirmer",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="negotiationmeetingevent",
                    name="exchange",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeetingevent",
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
                    model_name="negotiationmeetingevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.negotiationmeeting",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmeetingevent",
                    name="proposer",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提议人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmessage",
                    name="author",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发言人",
                    ),
                ),
                migrations.AddField(
                    model_name="negotiationmessage",
                    name="exchange",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstep",
                    name="ender",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="了结人",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstep",
                    name="exchange",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_steps",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstep",
                    name="setter",
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
                    model_name="nextstepevent",
                    name="ender",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="了结人",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstepevent",
                    name="exchange",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="matching.exchange",
                        verbose_name="对接",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstepevent",
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
                    model_name="nextstepevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="matching.nextstep",
                    ),
                ),
                migrations.AddField(
                    model_name="nextstepevent",
                    name="setter",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2650a71a438d1b911106057751dcc569801e0e82",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_60cb1",
                            table="matching_negotiationfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="negotiationmeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="meeting_ends_after_it_starts",
                        violation_error_message="结束时间须晚于开始时间。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="negotiationmeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place_zh", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_is_somewhere",
                        violation_error_message="请填写地点或会议链接。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="negotiationmeeting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", True), ("confirmed_at__isnull", True), ("state", "proposed")
                            ),
                            models.Q(
                                ("cancelled_at__isnull", True), ("confirmed_at__isnull", False), ("state", "confirmed")
                            ),
                            models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                            _connector="OR",
                        ),
                        name="meeting_state_has_its_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationmeeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_negotiationmeetingevent" ("cancelled_at", "canceller_id", "confirmed_at", "confirmer_id", "created_at", "ends_at", "exchange_id", "id", "is_sample", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "proposer_id", "public_id", "sequence", "side", "starts_at", "state", "topic_zh", "version") VALUES (NEW."cancelled_at", NEW."canceller_id", NEW."confirmed_at", NEW."confirmer_id", NEW."created_at", NEW."ends_at", NEW."exchange_id", NEW."id", NEW."is_sample", NEW."link", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_zh", NEW."proposer_id", NEW."public_id", NEW."sequence", NEW."side", NEW."starts_at", NEW."state", NEW."topic_zh", NEW."version"); RETURN NULL;',
                            hash="9a6b624fa8eb562e78472d69ff44a772e2e4dd48",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a3823",
                            table="matching_negotiationmeeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationmeeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."canceller_id" IS DISTINCT FROM (NEW."canceller_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmer_id" IS DISTINCT FROM (NEW."confirmer_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."exchange_id" IS DISTINCT FROM (NEW."exchange_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."place_zh" IS DISTINCT FROM (NEW."place_zh") OR OLD."proposer_id" IS DISTINCT FROM (NEW."proposer_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."topic_zh" IS DISTINCT FROM (NEW."topic_zh") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "matching_negotiationmeetingevent" ("cancelled_at", "canceller_id", "confirmed_at", "confirmer_id", "created_at", "ends_at", "exchange_id", "id", "is_sample", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "proposer_id", "public_id", "sequence", "side", "starts_at", "state", "topic_zh", "version") VALUES (NEW."cancelled_at", NEW."canceller_id", NEW."confirmed_at", NEW."confirmer_id", NEW."created_at", NEW."ends_at", NEW."exchange_id", NEW."id", NEW."is_sample", NEW."link", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_zh", NEW."proposer_id", NEW."public_id", NEW."sequence", NEW."side", NEW."starts_at", NEW."state", NEW."topic_zh", NEW."version"); RETURN NULL;',
                            hash="2985a532409d261cd901b3ae348fd4d574f89705",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e7c07",
                            table="matching_negotiationmeeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationmeeting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_negotiationmeetingevent" ("cancelled_at", "canceller_id", "confirmed_at", "confirmer_id", "created_at", "ends_at", "exchange_id", "id", "is_sample", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "proposer_id", "public_id", "sequence", "side", "starts_at", "state", "topic_zh", "version") VALUES (OLD."cancelled_at", OLD."canceller_id", OLD."confirmed_at", OLD."confirmer_id", OLD."created_at", OLD."ends_at", OLD."exchange_id", OLD."id", OLD."is_sample", OLD."link", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_zh", OLD."proposer_id", OLD."public_id", OLD."sequence", OLD."side", OLD."starts_at", OLD."state", OLD."topic_zh", OLD."version"); RETURN NULL;',
                            hash="0e431b9f3c918d5d45efb9fe52f2978ed6709565",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_37745",
                            table="matching_negotiationmeeting",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationmeetingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="99befec3c15203a494e5157fb016dcc36393d549",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_75323",
                            table="matching_negotiationmeetingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="negotiationmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d3595601080420375ee2cfd97d208da88ceb7590",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_578dd",
                            table="matching_negotiationmessage",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="nextstep",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("exchange",),
                        name="one_open_next_step_per_exchange",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="nextstep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("is_done", False), ("ended_at__isnull", False), _connector="OR"),
                        name="done_step_has_ended",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nextstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_nextstepevent" ("due_on", "ended_at", "ender_id", "exchange_id", "id", "is_done", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_at", "setter_id", "side", "what_zh") VALUES (NEW."due_on", NEW."ended_at", NEW."ender_id", NEW."exchange_id", NEW."id", NEW."is_done", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."set_at", NEW."setter_id", NEW."side", NEW."what_zh"); RETURN NULL;',
                            hash="278ef90efb559f8df090105e943752b99bb59851",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_22fe4",
                            table="matching_nextstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nextstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_nextstepevent" ("due_on", "ended_at", "ender_id", "exchange_id", "id", "is_done", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_at", "setter_id", "side", "what_zh") VALUES (NEW."due_on", NEW."ended_at", NEW."ender_id", NEW."exchange_id", NEW."id", NEW."is_done", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."set_at", NEW."setter_id", NEW."side", NEW."what_zh"); RETURN NULL;',
                            hash="f8a24862404636b940caf9de39962a5559726e56",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd62b",
                            table="matching_nextstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nextstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_nextstepevent" ("due_on", "ended_at", "ender_id", "exchange_id", "id", "is_done", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "set_at", "setter_id", "side", "what_zh") VALUES (OLD."due_on", OLD."ended_at", OLD."ender_id", OLD."exchange_id", OLD."id", OLD."is_done", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."set_at", OLD."setter_id", OLD."side", OLD."what_zh"); RETURN NULL;',
                            hash="6acde2ac163b9f9009fa3fbb57d0cfa307339ab1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_55d9f",
                            table="matching_nextstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nextstepevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7cd5078a727e24889ccb409b67942c163be280f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04c32",
                            table="matching_nextstepevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
