"""Official series with their values, and figures as they were published."""

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
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Series",
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
                        ("code", models.SlugField(max_length=60, unique=True, verbose_name="代号")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("zones", "家"),
                                    ("organizations", "家"),
                                    ("items", "个"),
                                    ("laboratories", "家"),
                                    ("sets", "台（套）"),
                                    ("events", "场"),
                                    ("measures", "条"),
                                    ("needs", "项"),
                                    ("contracts", "项"),
                                    ("person_times", "人次"),
                                    ("yuan", "元"),
                                    ("percent", "%"),
                                    ("day", "day"),
                                ],
                                max_length=20,
                                verbose_name="计量单位",
                            ),
                        ),
                        (
                            "figure",
                            models.CharField(
                                blank=True,
                                help_text="与平台按记录计算的指标并列显示，例如 contracts.flow",
                                max_length=60,
                                verbose_name="对应指标",
                            ),
                        ),
                        ("scope", models.CharField(blank=True, max_length=200, verbose_name="对应范围")),
                        ("source_zh", models.CharField(max_length=200, verbose_name="数据来源")),
                        ("source_url", models.URLField(blank=True, verbose_name="来源网址")),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="zones.association",
                                verbose_name="登记的联盟或网络",
                            ),
                        ),
                        (
                            "author",
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
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="zones.zone",
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "官方数据系列",
                        "verbose_name_plural": "官方数据系列",
                        "ordering": ("code",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Observation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "period",
                            models.CharField(
                                help_text="例如 2024、2024-H1、2024-Q3、2024-05", max_length=12, verbose_name="统计期"
                            ),
                        ),
                        ("first_day", models.DateField(editable=False)),
                        ("last_day", models.DateField(editable=False)),
                        ("value", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="数值")),
                        ("is_forecast", models.BooleanField(default=False, verbose_name="预计数")),
                        ("published_on", models.DateField(verbose_name="公布日")),
                        ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="版次")),
                        ("source_zh", models.CharField(blank=True, max_length=200, verbose_name="出处")),
                        ("reason_zh", models.CharField(blank=True, max_length=300, verbose_name="更正原因")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
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
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="observations",
                                to="figures.series",
                                verbose_name="系列",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "官方数据",
                        "verbose_name_plural": "官方数据",
                        "ordering": ("series", "first_day", "number"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SeriesEvent",
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
                        ("code", models.SlugField(db_index=False, max_length=60, verbose_name="代号")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("zones", "家"),
                                    ("organizations", "家"),
                                    ("items", "个"),
                                    ("laboratories", "家"),
                                    ("sets", "台（套）"),
                                    ("events", "场"),
                                    ("measures", "条"),
                                    ("needs", "项"),
                                    ("contracts", "项"),
                                    ("person_times", "人次"),
                                    ("yuan", "元"),
                                    ("percent", "%"),
                                    ("day", "day"),
                                ],
                                max_length=20,
                                verbose_name="计量单位",
                            ),
                        ),
                        (
                            "figure",
                            models.CharField(
                                blank=True,
                                help_text="与平台按记录计算的指标并列显示，例如 contracts.flow",
                                max_length=60,
                                verbose_name="对应指标",
                            ),
                        ),
                        ("scope", models.CharField(blank=True, max_length=200, verbose_name="对应范围")),
                        ("source_zh", models.CharField(max_length=200, verbose_name="数据来源")),
                        ("source_url", models.URLField(blank=True, verbose_name="来源网址")),
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
                                verbose_name="登记的联盟或网络",
                            ),
                        ),
                        (
                            "author",
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
                                to="figures.series",
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
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LockedFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("figure", models.CharField(max_length=60, verbose_name="指标")),
                        ("definition_version", models.PositiveSmallIntegerField(verbose_name="口径版次")),
                        ("scope", models.CharField(max_length=200, verbose_name="统计范围")),
                        ("period", models.CharField(blank=True, max_length=12, verbose_name="统计期")),
                        ("milestone", models.CharField(blank=True, max_length=20, verbose_name="口径")),
                        ("as_of", models.DateField(verbose_name="截止日")),
                        ("samples", models.BooleanField(default=False, verbose_name="含样例数据")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("locked", "已锁定"),
                                    ("restated", "已重述"),
                                    ("dropped", "已作废"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=10, max_digits=28, null=True, verbose_name="数值"
                            ),
                        ),
                        ("day_value", models.DateField(blank=True, null=True, verbose_name="日期")),
                        ("unit", models.CharField(max_length=20, verbose_name="计量单位")),
                        ("is_forecast", models.BooleanField(default=False, verbose_name="预计数")),
                        ("sentence_zh", models.TextField(verbose_name="表述")),
                        ("sentence_en", models.TextField(verbose_name="英文表述")),
                        ("evidence", models.JSONField(blank=True, verbose_name="依据")),
                        ("evidence_count", models.PositiveIntegerField(verbose_name="依据行数")),
                        (
                            "evidence_sha256",
                            models.CharField(
                                max_length=64,
                                validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                                verbose_name="依据校验值",
                            ),
                        ),
                        ("reason_zh", models.CharField(blank=True, max_length=300, verbose_name="重述原因")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="填报时间",
                            ),
                        ),
                        ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="锁定时间")),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.association",
                                verbose_name="联盟或网络",
                            ),
                        ),
                        (
                            "locker",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="锁定人",
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
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "已发布统计",
                        "verbose_name_plural": "已发布统计",
                        "ordering": ("-id",),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "dropped"), _negated=True),
                                fields=("figure", "scope", "period", "milestone", "samples", "number"),
                                name="one_figure_version",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "locked")),
                                fields=("figure", "scope", "period", "milestone", "samples"),
                                name="one_locked_figure",
                                violation_error_message="该指标已锁定：更正请重述，并写明原因。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("figure", "scope", "period", "milestone", "samples"),
                                name="one_figure_draft",
                                violation_error_message="该指标已有草稿：请先锁定或作废。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("locked_at__isnull", True), ("state__in", ("draft", "dropped"))),
                                    models.Q(("locked_at__isnull", False), ("state__in", ("locked", "restated"))),
                                    _connector="OR",
                                ),
                                name="locked_figure_has_its_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1), models.Q(("reason_zh", ""), _negated=True), _connector="OR"
                                ),
                                name="figure_restated_with_reason",
                                violation_error_message="请写明重述原因。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("zone__isnull", True), ("association__isnull", True), _connector="OR"
                                ),
                                name="figure_kept_by_one",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lockedfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keep_published",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF OLD.state <> 'draft' AND (to_jsonb(OLD) - 'state') IS DISTINCT FROM (to_jsonb(NEW) - 'state') THEN\n    RAISE EXCEPTION 'a figure that was published is never changed';\nEND IF;\nIF (OLD.state, NEW.state) NOT IN\n    (('draft', 'draft'), ('draft', 'locked'), ('draft', 'dropped'), ('locked', 'restated')) THEN\n    RAISE EXCEPTION 'a figure goes from draft to locked to restated';\nEND IF;\nRETURN NEW;\n",
                            hash="48281d252701003801d033bbaf91349ced4ff0b2",
                            operation="UPDATE",
                            pgid="pgtrigger_keep_published_0f65c",
                            table="figures_lockedfigure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lockedfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6196375d5067e5017d0bc2b270ef1f5e1d9f2aaf",
                            operation="DELETE",
                            pgid="pgtrigger_never_deleted_891b4",
                            table="figures_lockedfigure",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="series",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("zone__isnull", True), ("association__isnull", True), _connector="OR"),
                        name="series_kept_by_one_at_most",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者最多选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="series",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("figure", ""), ("scope", "")),
                            models.Q(models.Q(("figure", ""), _negated=True), models.Q(("scope", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="series_names_figure_and_scope_together",
                        violation_error_message="对应指标与对应范围请一并填写，或都不填。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."code", NEW."created_at", NEW."figure", NEW."id", NEW."is_sample", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."scope", NEW."source_url", NEW."source_zh", NEW."unit", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="99cd9eeeca248fb0523dcfaded3752fbe4e77b6f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0762d",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."figure" IS DISTINCT FROM (NEW."figure") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."code", NEW."created_at", NEW."figure", NEW."id", NEW."is_sample", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."scope", NEW."source_url", NEW."source_zh", NEW."unit", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="9d90b3452c9e841df3d9297e901fa59daf0a1da9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91303",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="series",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "figures_seriesevent" ("association_id", "author_id", "code", "created_at", "figure", "id", "is_sample", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "scope", "source_url", "source_zh", "unit", "version", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."code", OLD."created_at", OLD."figure", OLD."id", OLD."is_sample", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."scope", OLD."source_url", OLD."source_zh", OLD."unit", OLD."version", OLD."zone_id"); RETURN NULL;',
                            hash="b9b93ded8ef14645137940d30ed712cc7d023f94",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7af02",
                            table="figures_series",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="observation",
                    constraint=models.UniqueConstraint(
                        fields=("series", "first_day", "last_day", "number"), name="one_observation_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="observation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="observation_days_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="observation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason_zh", ""), _negated=True), _connector="OR"),
                        name="observation_corrected_with_reason",
                        violation_error_message="该期已有数据：更正请写明原因。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4ea7d0bbcf2b99f650abdef1ff726e1aa211f7e9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e96e4",
                            table="figures_observation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="70b4e4c8432b4003b304475766633aa1fc2a06cf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8446d",
                            table="figures_seriesevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
