"""Invitations; a role may be called off before it begins."""

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
        ("zones", "0009_contact_accesses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "display_name",
                            models.CharField(
                                help_text="同事看到的名称，本人接受时可改", max_length=80, verbose_name="被邀请人"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("zone_staff", "园区经办人"),
                                    ("zone_manager", "园区负责人"),
                                    ("secretariat", "联盟（网络）秘书处"),
                                    ("organization_member", "单位用户"),
                                    ("auditor", "审计员"),
                                    ("system", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="首个不再有效的日期，长期有效请留空",
                                null=True,
                                verbose_name="角色终止日",
                            ),
                        ),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待接受"), ("accepted", "已接受"), ("revoked", "已撤回")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "invited_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="邀请时间",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(editable=False, verbose_name="有效期至")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="接受或撤回时间")),
                    ],
                    options={
                        "verbose_name": "邀请",
                        "verbose_name_plural": "邀请",
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
                    name="InvitationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "display_name",
                            models.CharField(
                                help_text="同事看到的名称，本人接受时可改", max_length=80, verbose_name="被邀请人"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("zone_staff", "园区经办人"),
                                    ("zone_manager", "园区负责人"),
                                    ("secretariat", "联盟（网络）秘书处"),
                                    ("organization_member", "单位用户"),
                                    ("auditor", "审计员"),
                                    ("system", "系统管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="首个不再有效的日期，长期有效请留空",
                                null=True,
                                verbose_name="角色终止日",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待接受"), ("accepted", "已接受"), ("revoked", "已撤回")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "invited_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="邀请时间",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(editable=False, verbose_name="有效期至")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="接受或撤回时间")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="staffrole",
                    name="role_ends_after_it_begins",
                ),
                migrations.AddConstraint(
                    model_name="staffrole",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="role_ends_after_it_begins",
                        violation_error_message="终止日不得早于生效日。",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="accepted_by",
                    field=models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="所建账号",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="association",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="zones.association",
                        verbose_name="联盟或网络",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="invited_by",
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
                    model_name="invitation",
                    name="organization",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="zones.organization",
                        verbose_name="单位",
                    ),
                ),
                migrations.AddField(
                    model_name="invitation",
                    name="zone",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="zones.zone",
                        verbose_name="高新区",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
                    name="accepted_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="所建账号",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
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
                    model_name="invitationevent",
                    name="invited_by",
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
                    model_name="invitationevent",
                    name="organization",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="invitationevent",
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
                    model_name="invitationevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="zones.invitation",
                    ),
                ),
                migrations.AddField(
                    model_name="invitationevent",
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
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("association__isnull", True),
                                ("organization__isnull", True),
                                ("role__in", ("zone_staff", "zone_manager", "auditor")),
                                ("zone__isnull", False),
                            ),
                            models.Q(
                                ("association__isnull", False),
                                ("organization__isnull", True),
                                ("role", "secretariat"),
                                ("zone__isnull", True),
                            ),
                            models.Q(
                                ("association__isnull", True),
                                ("organization__isnull", False),
                                ("role", "organization_member"),
                                ("zone__isnull", True),
                            ),
                            models.Q(
                                ("association__isnull", True),
                                ("organization__isnull", True),
                                ("role", "system"),
                                ("zone__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_names_its_place",
                        violation_error_message="角色与范围不符：园区角色须选高新区，秘书处须选联盟或网络，单位用户须选单位。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_by__isnull", False), ("ended_at__isnull", False), ("state", "accepted")
                            ),
                            models.Q(("accepted_by__isnull", True), ("ended_at__isnull", False), ("state", "revoked")),
                            models.Q(("accepted_by__isnull", True), ("ended_at__isnull", True), ("state", "open")),
                            _connector="OR",
                        ),
                        name="invitation_state_tells_its_end",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_invitationevent" ("accepted_by_id", "association_id", "display_name", "ended_at", "expires_at", "id", "invited_at", "invited_by_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "state", "valid_to", "zone_id") VALUES (NEW."accepted_by_id", NEW."association_id", NEW."display_name", NEW."ended_at", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."role", NEW."state", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                            hash="5622472cfc9c1b335efdcd399e5ac35ff3c986df",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_32889",
                            table="zones_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."display_name" IS DISTINCT FROM (NEW."display_name") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_invitationevent" ("accepted_by_id", "association_id", "display_name", "ended_at", "expires_at", "id", "invited_at", "invited_by_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "state", "valid_to", "zone_id") VALUES (NEW."accepted_by_id", NEW."association_id", NEW."display_name", NEW."ended_at", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."role", NEW."state", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                            hash="9577408738cc18b97d3151058b56f08c48c4a8c4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bc7c",
                            table="zones_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_invitationevent" ("accepted_by_id", "association_id", "display_name", "ended_at", "expires_at", "id", "invited_at", "invited_by_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "role", "state", "valid_to", "zone_id") VALUES (OLD."accepted_by_id", OLD."association_id", OLD."display_name", OLD."ended_at", OLD."expires_at", OLD."id", OLD."invited_at", OLD."invited_by_id", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."role", OLD."state", OLD."valid_to", OLD."zone_id"); RETURN NULL;',
                            hash="dbaebfad12894a4f08ebcad85e13bf8d22469d95",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_27300",
                            table="zones_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="95b10d118566f76ed538a90d968bc5c134354af5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a5634",
                            table="zones_invitationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
