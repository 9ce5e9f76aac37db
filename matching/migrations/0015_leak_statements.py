"""What a broker states of a wrong alarm about an identity."""

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
        ("matching", "0014_shortlists"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="LeakStatement",
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
                                    ("person", "联系人姓名"),
                                    ("name", "单位名称或品牌"),
                                ],
                                max_length=10,
                                verbose_name="疑为",
                            ),
                        ),
                        ("field", models.CharField(max_length=60)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("reason", models.CharField(max_length=200, verbose_name="理由")),
                        (
                            "stated_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="说明时间",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leak_statements",
                                to="matching.need",
                                verbose_name="需求",
                            ),
                        ),
                        (
                            "stated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="说明人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "非单位信息的说明",
                        "verbose_name_plural": "非单位信息的说明",
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
                    name="LeakStatementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("person", "联系人姓名"),
                                    ("name", "单位名称或品牌"),
                                ],
                                max_length=10,
                                verbose_name="疑为",
                            ),
                        ),
                        ("field", models.CharField(max_length=60)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("reason", models.CharField(max_length=200, verbose_name="理由")),
                        (
                            "stated_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="说明时间",
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
                                to="matching.leakstatement",
                            ),
                        ),
                        (
                            "stated_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="说明人",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="leakstatement",
                    constraint=models.UniqueConstraint(fields=("need", "fingerprint"), name="one_statement_per_text"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leakstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_leakstatementevent" ("field", "fingerprint", "id", "kind", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "stated_at", "stated_by_id") VALUES (NEW."field", NEW."fingerprint", NEW."id", NEW."kind", NEW."need_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."stated_at", NEW."stated_by_id"); RETURN NULL;',
                            hash="4b84c0708ec927165aad92d27642545af87cd00e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bfea0",
                            table="matching_leakstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leakstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_leakstatementevent" ("field", "fingerprint", "id", "kind", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "stated_at", "stated_by_id") VALUES (NEW."field", NEW."fingerprint", NEW."id", NEW."kind", NEW."need_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."stated_at", NEW."stated_by_id"); RETURN NULL;',
                            hash="c20f4a331b6e7ffc0107c366364355a45b34dbd4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6f0bf",
                            table="matching_leakstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leakstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_leakstatementevent" ("field", "fingerprint", "id", "kind", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "stated_at", "stated_by_id") VALUES (OLD."field", OLD."fingerprint", OLD."id", OLD."kind", OLD."need_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."stated_at", OLD."stated_by_id"); RETURN NULL;',
                            hash="4d843d059af117f1e8bfcb6832da9d42a981f38b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7e9d7",
                            table="matching_leakstatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="leakstatementevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9db027b6f7d72ab12dc7e210808d10e785025296",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c93db",
                            table="matching_leakstatementevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
