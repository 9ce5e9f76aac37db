"""Registrations of organizations."""

import uuid

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
        ("zones", "0017_alias_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Registration",
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
                            "credit_code",
                            models.CharField(db_index=True, max_length=18, verbose_name="统一社会信用代码"),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="单位名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业"),
                                    ("university", "高等院校"),
                                    ("institute", "科研院所"),
                                    ("hospital", "医疗机构"),
                                    ("laboratory", "实验室"),
                                    ("service", "服务机构"),
                                    ("government", "政府部门"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="类型",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        ("consented_at", models.DateTimeField(editable=False, verbose_name="同意时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待核验"),
                                    ("accepted", "已通过"),
                                    ("refused", "未通过"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("code_mismatch", "信用代码与名称不符"),
                                    ("not_in_zone", "不在本园区"),
                                    ("not_confirmed", "未能核实申请人与单位的关系"),
                                    ("duplicate", "重复申请"),
                                    ("other", "其他原因"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="未通过原因",
                            ),
                        ),
                        ("words", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="核验或撤回时间")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核验人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="zones.zone",
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位注册",
                        "verbose_name_plural": "单位注册",
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
                    name="RegistrationEvent",
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
                            "updated_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="更新时间",
                            ),
                        ),
                        ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="单位名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("enterprise", "企业"),
                                    ("university", "高等院校"),
                                    ("institute", "科研院所"),
                                    ("hospital", "医疗机构"),
                                    ("laboratory", "实验室"),
                                    ("service", "服务机构"),
                                    ("government", "政府部门"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="类型",
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        ("consented_at", models.DateTimeField(editable=False, verbose_name="同意时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待核验"),
                                    ("accepted", "已通过"),
                                    ("refused", "未通过"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("code_mismatch", "信用代码与名称不符"),
                                    ("not_in_zone", "不在本园区"),
                                    ("not_confirmed", "未能核实申请人与单位的关系"),
                                    ("duplicate", "重复申请"),
                                    ("other", "其他原因"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="未通过原因",
                            ),
                        ),
                        ("words", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="核验或撤回时间")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核验人",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
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
                                to="zones.registration",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
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
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="registration",
                    constraint=models.UniqueConstraint(
                        fields=("user",),
                        name="one_registration_per_account",
                        violation_error_message="此账号已有一份注册申请：请修改原申请。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="registration",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("organization__isnull", True),
                                ("reason", ""),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("organization__isnull", False),
                                ("reason", ""),
                                ("state", "accepted"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("organization__isnull", True),
                                ("state", "refused"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("organization__isnull", True),
                                ("reason", ""),
                                ("state", "withdrawn"),
                            ),
                            _connector="OR",
                        ),
                        name="registration_state_tells_its_end",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="registration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_registrationevent" ("city", "consented_at", "created_at", "credit_code", "decided_by_id", "ended_at", "id", "is_sample", "kind", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "updated_at", "user_id", "version", "website", "words", "zone_id") VALUES (NEW."city", NEW."consented_at", NEW."created_at", NEW."credit_code", NEW."decided_by_id", NEW."ended_at", NEW."id", NEW."is_sample", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."state", NEW."updated_at", NEW."user_id", NEW."version", NEW."website", NEW."words", NEW."zone_id"); RETURN NULL;',
                            hash="0e88f9bfe74b6f74ac43bfce67d4762e97dcf0b3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1cb04",
                            table="zones_registration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="registration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_registrationevent" ("city", "consented_at", "created_at", "credit_code", "decided_by_id", "ended_at", "id", "is_sample", "kind", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "updated_at", "user_id", "version", "website", "words", "zone_id") VALUES (NEW."city", NEW."consented_at", NEW."created_at", NEW."credit_code", NEW."decided_by_id", NEW."ended_at", NEW."id", NEW."is_sample", NEW."kind", NEW."name_en", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."state", NEW."updated_at", NEW."user_id", NEW."version", NEW."website", NEW."words", NEW."zone_id"); RETURN NULL;',
                            hash="c48c7685bfe8c16d830d7c1cf68fe056f5787429",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b425f",
                            table="zones_registration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="registration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_registrationevent" ("city", "consented_at", "created_at", "credit_code", "decided_by_id", "ended_at", "id", "is_sample", "kind", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "state", "updated_at", "user_id", "version", "website", "words", "zone_id") VALUES (OLD."city", OLD."consented_at", OLD."created_at", OLD."credit_code", OLD."decided_by_id", OLD."ended_at", OLD."id", OLD."is_sample", OLD."kind", OLD."name_en", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reason", OLD."state", OLD."updated_at", OLD."user_id", OLD."version", OLD."website", OLD."words", OLD."zone_id"); RETURN NULL;',
                            hash="b67816b22fe68608ee5110e1fedafdfb5ffd38af",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cdc54",
                            table="zones_registration",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="registrationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="573f5b75a68dd5ca42a567916ebdbc599df70524",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e4925",
                            table="zones_registrationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
