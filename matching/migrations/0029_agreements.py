"""Framework agreements with their parties, commitments, documents and steps."""

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

import zones.models.codes
from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0028_milestone_evidence"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Agreement",
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
                                    ("framework", "合作框架协议"),
                                    ("pairing", "对口合作协议"),
                                    ("memorandum", "合作备忘录"),
                                    ("initiative", "倡议"),
                                ],
                                max_length=12,
                                verbose_name="协议类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120, verbose_name="协议名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="主要内容",
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("research", "联合研发与攻关"),
                                        ("sharing", "研发资源共享"),
                                        ("transfer", "成果转化"),
                                        ("industry", "产业链协同"),
                                        ("scenario", "示范场景共建"),
                                        ("talent", "人才交流"),
                                        ("finance", "科技金融与基金"),
                                        ("enclave", "飞地与园区共建"),
                                        ("digital", "数据与平台互联"),
                                        ("events", "交流对接活动"),
                                    ],
                                    max_length=12,
                                ),
                                size=10,
                                verbose_name="合作范围",
                            ),
                        ),
                        (
                            "industry_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="产业分类",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("dropped", "已作废"),
                                    ("in_force", "生效中"),
                                    ("expired", "已到期"),
                                    ("ended", "提前终止"),
                                    ("renewed", "已续签"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签署日")),
                        ("valid_from", models.DateField(verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="到期日当天仍有效；长期有效的留空",
                                null=True,
                                verbose_name="到期日",
                            ),
                        ),
                        (
                            "document_sha256",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                                verbose_name="签署文件 SHA-256",
                            ),
                        ),
                        ("ended_on", models.DateField(editable=False, null=True, verbose_name="终止日")),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fulfilled", "约定事项已完成"),
                                    ("mutual", "各方协商终止"),
                                    ("withdrawn", "一方退出"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="终止原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_agreements",
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
                            "renews",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewal",
                                to="matching.agreement",
                                verbose_name="续签自",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kept_agreements",
                                to="zones.zone",
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合作协议",
                        "verbose_name_plural": "合作协议",
                        "ordering": (models.OrderBy(models.F("valid_to"), nulls_last=True), "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AgreementCommitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "party_position",
                            models.PositiveSmallIntegerField(
                                help_text="签署方的序号，从 1 起", verbose_name="由第几签署方承诺"
                            ),
                        ),
                        ("what_zh", models.CharField(max_length=120, verbose_name="承诺事项")),
                        ("target", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="目标值")),
                        (
                            "unit",
                            models.CharField(
                                help_text="例如：场、台(套)、万元、人次", max_length=20, verbose_name="计量单位"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="应完成日")),
                        (
                            "actual",
                            models.DecimalField(
                                decimal_places=2, editable=False, max_digits=16, null=True, verbose_name="实际值"
                            ),
                        ),
                        ("reported_on", models.DateField(editable=False, null=True, verbose_name="实际值的日期")),
                        (
                            "evidence_zh",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="凭证"),
                        ),
                        ("told_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="matching.agreement",
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "承诺事项",
                        "verbose_name_plural": "承诺事项",
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
                    name="AgreementCommitmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "party_position",
                            models.PositiveSmallIntegerField(
                                help_text="签署方的序号，从 1 起", verbose_name="由第几签署方承诺"
                            ),
                        ),
                        ("what_zh", models.CharField(max_length=120, verbose_name="承诺事项")),
                        ("target", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="目标值")),
                        (
                            "unit",
                            models.CharField(
                                help_text="例如：场、台(套)、万元、人次", max_length=20, verbose_name="计量单位"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="应完成日")),
                        (
                            "actual",
                            models.DecimalField(
                                decimal_places=2, editable=False, max_digits=16, null=True, verbose_name="实际值"
                            ),
                        ),
                        ("reported_on", models.DateField(editable=False, null=True, verbose_name="实际值的日期")),
                        (
                            "evidence_zh",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="凭证"),
                        ),
                        ("told_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.agreement",
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
                                to="matching.agreementcommitment",
                            ),
                        ),
                        (
                            "reporter",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        (
                            "sha256",
                            models.CharField(
                                editable=False,
                                max_length=64,
                                validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                                verbose_name="SHA-256",
                            ),
                        ),
                        ("content", models.BinaryField()),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="时间",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="matching.agreement",
                            ),
                        ),
                        (
                            "uploader",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签署文件",
                        "verbose_name_plural": "签署文件",
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
                    name="AgreementEvent",
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
                                    ("framework", "合作框架协议"),
                                    ("pairing", "对口合作协议"),
                                    ("memorandum", "合作备忘录"),
                                    ("initiative", "倡议"),
                                ],
                                max_length=12,
                                verbose_name="协议类型",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120, verbose_name="协议名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="主要内容",
                            ),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("research", "联合研发与攻关"),
                                        ("sharing", "研发资源共享"),
                                        ("transfer", "成果转化"),
                                        ("industry", "产业链协同"),
                                        ("scenario", "示范场景共建"),
                                        ("talent", "人才交流"),
                                        ("finance", "科技金融与基金"),
                                        ("enclave", "飞地与园区共建"),
                                        ("digital", "数据与平台互联"),
                                        ("events", "交流对接活动"),
                                    ],
                                    max_length=12,
                                ),
                                size=10,
                                verbose_name="合作范围",
                            ),
                        ),
                        (
                            "industry_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="产业分类",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("dropped", "已作废"),
                                    ("in_force", "生效中"),
                                    ("expired", "已到期"),
                                    ("ended", "提前终止"),
                                    ("renewed", "已续签"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签署日")),
                        ("valid_from", models.DateField(verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True,
                                help_text="到期日当天仍有效；长期有效的留空",
                                null=True,
                                verbose_name="到期日",
                            ),
                        ),
                        (
                            "document_sha256",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}\\Z")],
                                verbose_name="签署文件 SHA-256",
                            ),
                        ),
                        ("ended_on", models.DateField(editable=False, null=True, verbose_name="终止日")),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fulfilled", "约定事项已完成"),
                                    ("mutual", "各方协商终止"),
                                    ("withdrawn", "一方退出"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="终止原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
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
                                to="matching.agreement",
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.agreement",
                                verbose_name="续签自",
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
                    name="AgreementParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True,
                                help_text="平台上没有的签署方填写名称",
                                max_length=120,
                                verbose_name="其他签署方名称",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="matching.agreement",
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_parties",
                                to="zones.association",
                                verbose_name="联盟与网络",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_parties",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_parties",
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签署方",
                        "verbose_name_plural": "签署方",
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
                    name="AgreementPartyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "name_zh",
                            models.CharField(
                                blank=True,
                                help_text="平台上没有的签署方填写名称",
                                max_length=120,
                                verbose_name="其他签署方名称",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.agreement",
                            ),
                        ),
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
                                verbose_name="联盟与网络",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
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
                                to="matching.agreementparty",
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
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementStep",
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
                                    ("draft", "草稿"),
                                    ("dropped", "已作废"),
                                    ("in_force", "生效中"),
                                    ("expired", "已到期"),
                                    ("ended", "提前终止"),
                                    ("renewed", "已续签"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "to_state",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("dropped", "已作废"),
                                    ("in_force", "生效中"),
                                    ("expired", "已到期"),
                                    ("ended", "提前终止"),
                                    ("renewed", "已续签"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("on_day", models.DateField(verbose_name="日期")),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fulfilled", "约定事项已完成"),
                                    ("mutual", "各方协商终止"),
                                    ("withdrawn", "一方退出"),
                                    ("policy", "政策或审批原因"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="原因",
                            ),
                        ),
                        ("words_zh", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                editable=False,
                                verbose_name="登记时间",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="matching.agreement",
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
                        "verbose_name": "协议进程",
                        "verbose_name_plural": "协议进程",
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
                    model_name="agreement",
                    index=models.Index(
                        condition=models.Q(("state", "in_force")), fields=["valid_to"], name="agreement_to_expire"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="agreement_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="agreement_days_in_order",
                        violation_error_message="到期日不得早于生效日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("scopes__len__gt", 0)),
                        name="agreement_has_a_scope",
                        violation_error_message="请至少选择一项合作范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("draft", "dropped")),
                            models.Q(("signed_on__isnull", False), models.Q(("document_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreement_in_force_was_signed",
                        violation_error_message="生效前须填写签署日并上传签署文件。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "expired"), _negated=True), ("valid_to__isnull", False), _connector="OR"
                        ),
                        name="agreement_expires_on_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("state", "ended"),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("end_reason", ""),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_ended_with_reason",
                        violation_error_message="请选择终止原因，并填写终止日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="agreement_ends_after_it_begins",
                        violation_error_message="终止日不得早于生效日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."document_sha256", NEW."end_reason", NEW."end_zh", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."renews_id", NEW."scopes", NEW."signed_on", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="9df71a18ee468b838aadcf5a819359655e51dd43",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9136e",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."document_sha256" IS DISTINCT FROM (NEW."document_sha256") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."end_zh" IS DISTINCT FROM (NEW."end_zh") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."renews_id" IS DISTINCT FROM (NEW."renews_id") OR OLD."scopes" IS DISTINCT FROM (NEW."scopes") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."document_sha256", NEW."end_reason", NEW."end_zh", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."renews_id", NEW."scopes", NEW."signed_on", NEW."state", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="3864f7914603c943a2137f3ea666f2cd64a920f0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d9842",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementevent" ("association_id", "author_id", "created_at", "document_sha256", "end_reason", "end_zh", "ended_on", "id", "industry_codes", "is_sample", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "renews_id", "scopes", "signed_on", "state", "summary_zh", "title_en", "title_zh", "valid_from", "valid_to", "version", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."created_at", OLD."document_sha256", OLD."end_reason", OLD."end_zh", OLD."ended_on", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."renews_id", OLD."scopes", OLD."signed_on", OLD."state", OLD."summary_zh", OLD."title_en", OLD."title_zh", OLD."valid_from", OLD."valid_to", OLD."version", OLD."zone_id"); RETURN NULL;',
                            hash="e625d74ad025bcead8b834cf39ef3ba7ed90234d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b8bba",
                            table="matching_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementcommitment",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "position"), name="one_commitment_of_a_position"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementcommitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("target__gt", 0), models.Q(("actual__isnull", True), ("actual__gte", 0), _connector="OR")
                        ),
                        name="commitment_amounts_in_range",
                        violation_error_message="目标值须大于 0，实际值不得为负。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementcommitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actual__isnull", True), ("evidence_zh", ""), ("reported_on__isnull", True)),
                            models.Q(
                                ("actual__isnull", False),
                                ("reported_on__isnull", False),
                                models.Q(("evidence_zh", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_actual_is_whole",
                        violation_error_message="请同时填写实际值、日期与凭证。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementcommitmentevent" ("actual", "agreement_id", "due_on", "evidence_zh", "id", "party_position", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "reported_on", "reporter_id", "target", "told_on", "unit", "what_zh") VALUES (NEW."actual", NEW."agreement_id", NEW."due_on", NEW."evidence_zh", NEW."id", NEW."party_position", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."reported_on", NEW."reporter_id", NEW."target", NEW."told_on", NEW."unit", NEW."what_zh"); RETURN NULL;',
                            hash="f57a985c2b167a3da590da710e976eabd276b476",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5b5b5",
                            table="matching_agreementcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_agreementcommitmentevent" ("actual", "agreement_id", "due_on", "evidence_zh", "id", "party_position", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "reported_on", "reporter_id", "target", "told_on", "unit", "what_zh") VALUES (NEW."actual", NEW."agreement_id", NEW."due_on", NEW."evidence_zh", NEW."id", NEW."party_position", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."reported_on", NEW."reporter_id", NEW."target", NEW."told_on", NEW."unit", NEW."what_zh"); RETURN NULL;',
                            hash="998ae1d8bf2e560e1084efde7fa66b2a88e22a72",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d8e3c",
                            table="matching_agreementcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementcommitmentevent" ("actual", "agreement_id", "due_on", "evidence_zh", "id", "party_position", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "reported_on", "reporter_id", "target", "told_on", "unit", "what_zh") VALUES (OLD."actual", OLD."agreement_id", OLD."due_on", OLD."evidence_zh", OLD."id", OLD."party_position", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."reported_on", OLD."reporter_id", OLD."target", OLD."told_on", OLD."unit", OLD."what_zh"); RETURN NULL;',
                            hash="fc7a1b6f8265df19ccaac6eaed4ee3e018e5c8af",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_55cc0",
                            table="matching_agreementcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementcommitmentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2038c6098c24528d35ab2fd604d483c5474c01bd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7bd6a",
                            table="matching_agreementcommitmentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementdocument",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "sha256"),
                        name="one_document_of_a_content",
                        violation_error_message="这份文件已经上传过。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementdocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cd7f8c5c465f1be9208620c85f3f1f588569560d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_14696",
                            table="matching_agreementdocument",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d1ff61d674a009733787ad09eff0de954b77f792",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b5971",
                            table="matching_agreementevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementparty",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("association__isnull", True),
                                ("name_zh", ""),
                                ("organization__isnull", True),
                                ("zone__isnull", False),
                            ),
                            models.Q(
                                ("association__isnull", False),
                                ("name_zh", ""),
                                ("organization__isnull", True),
                                ("zone__isnull", True),
                            ),
                            models.Q(
                                ("association__isnull", True),
                                ("name_zh", ""),
                                ("organization__isnull", False),
                                ("zone__isnull", True),
                            ),
                            models.Q(
                                ("association__isnull", True),
                                ("organization__isnull", True),
                                ("zone__isnull", True),
                                models.Q(("name_zh", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_party_is_one",
                        violation_error_message="每个签署方只填一项：高新区、联盟、单位，或平台外的名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementparty",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "position"), name="one_agreement_party_of_a_position"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementparty",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "zone"),
                        name="one_agreement_party_per_zone",
                        violation_error_message="同一签署方只填一次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementparty",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "association"),
                        name="one_agreement_party_per_association",
                        violation_error_message="同一签署方只填一次。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementparty",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "organization"),
                        name="one_agreement_party_per_organization",
                        violation_error_message="同一签署方只填一次。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementpartyevent" ("agreement_id", "association_id", "id", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "zone_id") VALUES (NEW."agreement_id", NEW."association_id", NEW."id", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."zone_id"); RETURN NULL;',
                            hash="3178a43b74d4e42cc89dd8cf3c0fce6e5d08463a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9895f",
                            table="matching_agreementparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "matching_agreementpartyevent" ("agreement_id", "association_id", "id", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "zone_id") VALUES (NEW."agreement_id", NEW."association_id", NEW."id", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."zone_id"); RETURN NULL;',
                            hash="6da91263368e944bced8fd9fe53fb52df695aad9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0abe3",
                            table="matching_agreementparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_agreementpartyevent" ("agreement_id", "association_id", "id", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "zone_id") VALUES (OLD."agreement_id", OLD."association_id", OLD."id", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."zone_id"); RETURN NULL;',
                            hash="386f3d8a6ec51e6c79688ecd66550daad87cdc8e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_08cb8",
                            table="matching_agreementparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementpartyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42aadf5ca803c3ef87ac09a26bcec386db82a42d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3bbc1",
                            table="matching_agreementpartyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreementstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5b1ed31db580958271e3637aad667210a0d1dcf5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aa7ea",
                            table="matching_agreementstep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
