"""What came of cooperations: yearly polls and ratings of parties."""

import uuid
from decimal import Decimal

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
        ("matching", "0026_cooperation_events"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="CooperationRating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "rated",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings_got",
                                to="matching.cooperationparty",
                                verbose_name="被评价方",
                            ),
                        ),
                        (
                            "rated_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评价人",
                            ),
                        ),
                        (
                            "rater",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings_given",
                                to="matching.cooperationparty",
                                verbose_name="评价方",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作评价",
                        "verbose_name_plural": "合作评价",
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
                    name="CooperationRatingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                                to="matching.cooperationrating",
                            ),
                        ),
                        (
                            "rated",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperationparty",
                                verbose_name="被评价方",
                            ),
                        ),
                        (
                            "rated_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="评价人",
                            ),
                        ),
                        (
                            "rater",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperationparty",
                                verbose_name="评价方",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OutcomePoll",
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
                        ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="签约后第几年")),
                        ("asked_on", models.DateField(editable=False, verbose_name="回访日")),
                        ("due_on", models.DateField(editable=False, verbose_name="应填报日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="提醒日")),
                        ("closed_on", models.DateField(editable=False, null=True, verbose_name="关闭日")),
                        ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="填报时间")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reached", "已达到预期"),
                                    ("on_track", "按计划推进"),
                                    ("behind", "进度落后"),
                                    ("stopped", "已停止"),
                                ],
                                max_length=10,
                                verbose_name="进展",
                            ),
                        ),
                        (
                            "gains",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("product", "新产品或新工艺"),
                                        ("patent", "专利或软件著作权"),
                                        ("standard", "标准"),
                                        ("sales", "新增订单或收入"),
                                        ("saving", "降本增效"),
                                        ("talent", "引进或培养人才"),
                                        ("platform", "共建平台"),
                                        ("follow_up", "后续合作"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="取得的成效",
                            ),
                        ),
                        (
                            "revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="新增收入（元）",
                            ),
                        ),
                        ("patents", models.PositiveIntegerField(blank=True, null=True, verbose_name="专利申请（件）")),
                        ("jobs", models.PositiveIntegerField(blank=True, null=True, verbose_name="新增岗位（个）")),
                        (
                            "words_zh",
                            models.TextField(
                                blank=True,
                                help_text="仅本单位与所在园区可见",
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="说明",
                            ),
                        ),
                        (
                            "answerer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="polls",
                                to="matching.cooperationparty",
                                verbose_name="合作方",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成效回访",
                        "verbose_name_plural": "成效回访",
                        "ordering": ("-asked_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="OutcomePollEvent",
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
                        ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="签约后第几年")),
                        ("asked_on", models.DateField(editable=False, verbose_name="回访日")),
                        ("due_on", models.DateField(editable=False, verbose_name="应填报日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="提醒日")),
                        ("closed_on", models.DateField(editable=False, null=True, verbose_name="关闭日")),
                        ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="填报时间")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("reached", "已达到预期"),
                                    ("on_track", "按计划推进"),
                                    ("behind", "进度落后"),
                                    ("stopped", "已停止"),
                                ],
                                max_length=10,
                                verbose_name="进展",
                            ),
                        ),
                        (
                            "gains",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("product", "新产品或新工艺"),
                                        ("patent", "专利或软件著作权"),
                                        ("standard", "标准"),
                                        ("sales", "新增订单或收入"),
                                        ("saving", "降本增效"),
                                        ("talent", "引进或培养人才"),
                                        ("platform", "共建平台"),
                                        ("follow_up", "后续合作"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="取得的成效",
                            ),
                        ),
                        (
                            "revenue",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                                verbose_name="新增收入（元）",
                            ),
                        ),
                        ("patents", models.PositiveIntegerField(blank=True, null=True, verbose_name="专利申请（件）")),
                        ("jobs", models.PositiveIntegerField(blank=True, null=True, verbose_name="新增岗位（个）")),
                        (
                            "words_zh",
                            models.TextField(
                                blank=True,
                                help_text="仅本单位与所在园区可见",
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="说明",
                            ),
                        ),
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
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperationparty",
                                verbose_name="合作方",
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
                                to="matching.outcomepoll",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="cooperationrating",
                    constraint=models.UniqueConstraint(
                        fields=("rater", "rated"),
                        name="one_rating_per_party",
                        violation_error_message="本方已经评价过：每方评价一次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationrating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stars__range", (1, 5))), name="cooperation_rating_in_range"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperationrating",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rater", models.F("rated")), _negated=True), name="nobody_rates_oneself"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationrating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "rated_id", "rater_id", "stars") VALUES (NEW."comment", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rated_by_id", NEW."rated_id", NEW."rater_id", NEW."stars"); RETURN NULL;',
                            hash="2119995e764f6b6ff963016c8c7617b580332a26",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1420d",
                            table="matching_cooperationrating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationrating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_cooperationratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "rated_id", "rater_id", "stars") VALUES (NEW."comment", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rated_by_id", NEW."rated_id", NEW."rater_id", NEW."stars"); RETURN NULL;',
                            hash="7e4c56076fbfb6d585628ac4c91c84b294166743",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7fc8b",
                            table="matching_cooperationrating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationrating",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_cooperationratingevent" ("comment", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rated_by_id", "rated_id", "rater_id", "stars") VALUES (OLD."comment", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rated_by_id", OLD."rated_id", OLD."rater_id", OLD."stars"); RETURN NULL;',
                            hash="3038b37afb9f49e86da24a1edb89758f3c78ed7a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ead88",
                            table="matching_cooperationrating",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="cooperationratingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d0807a8b7d828e59dc8c30ebb7340ffac95b097a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f5f3c",
                            table="matching_cooperationratingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outcomepoll",
                    constraint=models.UniqueConstraint(fields=("party", "year"), name="asked_once_a_year"),
                ),
                migrations.AddConstraint(
                    model_name="outcomepoll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("year__range", (1, 3))), name="poll_of_the_first_years"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outcomepoll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("asked_on"))), name="poll_is_due_after_it_is_asked"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outcomepoll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("result", "")),
                            models.Q(("answered_at__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answered_poll_has_a_result",
                        violation_error_message="请选择进展。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outcomepoll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answered_at__isnull", True), ("closed_on__isnull", True), _connector="OR"),
                        name="poll_is_answered_or_closed",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outcomepoll",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_outcomepollevent" ("answered_at", "answerer_id", "asked_on", "closed_on", "created_at", "due_on", "gains", "id", "is_sample", "jobs", "party_id", "patents", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_on", "result", "revenue", "version", "words_zh", "year") VALUES (NEW."answered_at", NEW."answerer_id", NEW."asked_on", NEW."closed_on", NEW."created_at", NEW."due_on", NEW."gains", NEW."id", NEW."is_sample", NEW."jobs", NEW."party_id", NEW."patents", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reminded_on", NEW."result", NEW."revenue", NEW."version", NEW."words_zh", NEW."year"); RETURN NULL;',
                            hash="ef539b31154ad936557e94da27ca5a265728be42",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1bd66",
                            table="matching_outcomepoll",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outcomepoll",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answerer_id" IS DISTINCT FROM (NEW."answerer_id") OR OLD."asked_on" IS DISTINCT FROM (NEW."asked_on") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."gains" IS DISTINCT FROM (NEW."gains") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."jobs" IS DISTINCT FROM (NEW."jobs") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."patents" IS DISTINCT FROM (NEW."patents") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."words_zh" IS DISTINCT FROM (NEW."words_zh") OR OLD."year" IS DISTINCT FROM (NEW."year"))',
                            func='INSERT INTO "matching_outcomepollevent" ("answered_at", "answerer_id", "asked_on", "closed_on", "created_at", "due_on", "gains", "id", "is_sample", "jobs", "party_id", "patents", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_on", "result", "revenue", "version", "words_zh", "year") VALUES (NEW."answered_at", NEW."answerer_id", NEW."asked_on", NEW."closed_on", NEW."created_at", NEW."due_on", NEW."gains", NEW."id", NEW."is_sample", NEW."jobs", NEW."party_id", NEW."patents", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reminded_on", NEW."result", NEW."revenue", NEW."version", NEW."words_zh", NEW."year"); RETURN NULL;',
                            hash="6e44a96b7dcbb5a45be6822a778b7f6d50cfd16a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2e352",
                            table="matching_outcomepoll",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outcomepoll",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_outcomepollevent" ("answered_at", "answerer_id", "asked_on", "closed_on", "created_at", "due_on", "gains", "id", "is_sample", "jobs", "party_id", "patents", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reminded_on", "result", "revenue", "version", "words_zh", "year") VALUES (OLD."answered_at", OLD."answerer_id", OLD."asked_on", OLD."closed_on", OLD."created_at", OLD."due_on", OLD."gains", OLD."id", OLD."is_sample", OLD."jobs", OLD."party_id", OLD."patents", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reminded_on", OLD."result", OLD."revenue", OLD."version", OLD."words_zh", OLD."year"); RETURN NULL;',
                            hash="4e5cfcf1a3a9c5ec50c2346e85b6548d8100f485",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_940cb",
                            table="matching_outcomepoll",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="outcomepollevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="011ad31b4f510792a976e65ad97c7b3663d4460c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_84bfa",
                            table="matching_outcomepollevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
