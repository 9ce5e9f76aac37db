"""Policy documents, funds, nodes of chains and enclaves, with what hangs on them."""

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

import zones.models.codes
import zones.models.places
from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="PolicyActual",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("target_number", models.PositiveSmallIntegerField(verbose_name="目标编号")),
                        ("as_of", models.DateField(verbose_name="截至日")),
                        ("actual_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="实际数量")),
                        (
                            "actual_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="实际金额（元）"
                            ),
                        ),
                        ("evidence_zh", models.CharField(max_length=200, verbose_name="凭证")),
                    ],
                    options={
                        "verbose_name": "目标实际值",
                        "verbose_name_plural": "目标实际值",
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
                    name="ChainNode",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("chain_zh", models.CharField(max_length=40, verbose_name="产业链")),
                        (
                            "stage",
                            models.CharField(
                                choices=[("upstream", "上游"), ("midstream", "中游"), ("downstream", "下游")],
                                max_length=10,
                                verbose_name="环节",
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
                            "note_zh",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                                verbose_name="说明",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="列入日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再列入的日期", null=True, verbose_name="移出日"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                related_name="+",
                                to="zones.zone",
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "产业链节点",
                        "verbose_name_plural": "产业链节点",
                        "ordering": ("chain_zh", "stage", "title_zh", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ChainNodeEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("chain_zh", models.CharField(max_length=40, verbose_name="产业链")),
                        (
                            "stage",
                            models.CharField(
                                choices=[("upstream", "上游"), ("midstream", "中游"), ("downstream", "下游")],
                                max_length=10,
                                verbose_name="环节",
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
                            "note_zh",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                                verbose_name="说明",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="列入日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再列入的日期", null=True, verbose_name="移出日"
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
                                to="zones.chainnode",
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
                    name="ChainPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外单位名称")),
                        (
                            "role",
                            models.CharField(
                                choices=[("leading", "链主"), ("supporting", "配套")],
                                default="supporting",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="列入日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再列入的日期", null=True, verbose_name="移出日"
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="zones.chainnode"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chain_places",
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
                                related_name="+",
                                to="zones.zone",
                                verbose_name="平台外单位所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "节点企业",
                        "verbose_name_plural": "节点企业",
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
                    name="ChainPlaceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外单位名称")),
                        (
                            "role",
                            models.CharField(
                                choices=[("leading", "链主"), ("supporting", "配套")],
                                default="supporting",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="列入日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再列入的日期", null=True, verbose_name="移出日"
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.chainnode",
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
                                to="zones.chainplace",
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
                                verbose_name="平台外单位所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Enclave",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("operator_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外运营机构")),
                        (
                            "area_m2",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="面积（平方米）"
                            ),
                        ),
                        (
                            "sharing_terms_zh",
                            models.TextField(
                                blank=True,
                                help_text="税收、产值与指标的分成",
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="利益共享办法",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="启用日")),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True, help_text="首个不再使用的日期", null=True, verbose_name="关闭日"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "home_zone",
                            models.ForeignKey(
                                help_text="设立飞地的高新区",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="飞出地",
                            ),
                        ),
                        (
                            "host_region",
                            models.ForeignKey(
                                blank=True,
                                help_text="飞地不在任何高新区时填写",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.region",
                                verbose_name="飞入地省份",
                            ),
                        ),
                        (
                            "host_zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="飞入地高新区",
                            ),
                        ),
                        (
                            "operator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="operated_enclaves",
                                to="zones.organization",
                                verbose_name="运营机构",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                blank=True,
                                help_text="平台上登记的飞地空间资源",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enclaves",
                                to="zones.resource",
                                verbose_name="飞地空间",
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
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "飞地",
                        "verbose_name_plural": "飞地",
                        "ordering": ("-opened_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EnclaveEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("operator_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外运营机构")),
                        (
                            "area_m2",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="面积（平方米）"
                            ),
                        ),
                        (
                            "sharing_terms_zh",
                            models.TextField(
                                blank=True,
                                help_text="税收、产值与指标的分成",
                                validators=[django.core.validators.MaxLengthValidator(500)],
                                verbose_name="利益共享办法",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="启用日")),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True, help_text="首个不再使用的日期", null=True, verbose_name="关闭日"
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
                            "home_zone",
                            models.ForeignKey(
                                db_constraint=False,
                                help_text="设立飞地的高新区",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="飞出地",
                            ),
                        ),
                        (
                            "host_region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="飞地不在任何高新区时填写",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="飞入地省份",
                            ),
                        ),
                        (
                            "host_zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="飞入地高新区",
                            ),
                        ),
                        (
                            "operator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="运营机构",
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
                                to="zones.enclave",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="平台上登记的飞地空间资源",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.resource",
                                verbose_name="飞地空间",
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
                    name="EnclaveTenant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外单位名称")),
                        ("entered_on", models.DateField(verbose_name="入驻日")),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, help_text="首个不在飞地的日期", null=True, verbose_name="迁出日"
                            ),
                        ),
                        (
                            "landed_back_on",
                            models.DateField(
                                blank=True, help_text="项目在飞出地落地的日期", null=True, verbose_name="回流落地日"
                            ),
                        ),
                        (
                            "enclave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tenants", to="zones.enclave"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tenancies",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "入驻单位",
                        "verbose_name_plural": "入驻单位",
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
                    name="EnclaveTenantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外单位名称")),
                        ("entered_on", models.DateField(verbose_name="入驻日")),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, help_text="首个不在飞地的日期", null=True, verbose_name="迁出日"
                            ),
                        ),
                        (
                            "landed_back_on",
                            models.DateField(
                                blank=True, help_text="项目在飞出地落地的日期", null=True, verbose_name="回流落地日"
                            ),
                        ),
                        (
                            "enclave",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.enclave",
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
                                to="zones.enclavetenant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Fund",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("size", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="基金规模（元）")),
                        ("manager_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外管理机构")),
                        (
                            "focus_zh",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                                verbose_name="投向",
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
                        ("established_on", models.DateField(verbose_name="设立日")),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True, help_text="首个不再存续的日期", null=True, verbose_name="清算日"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managed_funds",
                                to="zones.organization",
                                verbose_name="管理机构",
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
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "协同基金",
                        "verbose_name_plural": "协同基金",
                        "ordering": ("-established_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="FundCommitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="到位资金按编号填写；留空自动编号", verbose_name="编号"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外出资方")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="认缴额（元）")),
                        ("committed_on", models.DateField(verbose_name="认缴日")),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, help_text="首个不再出资的日期", null=True, verbose_name="退出日"
                            ),
                        ),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="zones.fund"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_commitments",
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
                                related_name="+",
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "认缴",
                        "verbose_name_plural": "认缴",
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
                    name="FundCommitmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="到位资金按编号填写；留空自动编号", verbose_name="编号"
                            ),
                        ),
                        ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外出资方")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="认缴额（元）")),
                        ("committed_on", models.DateField(verbose_name="认缴日")),
                        (
                            "withdrawn_on",
                            models.DateField(
                                blank=True, help_text="首个不再出资的日期", null=True, verbose_name="退出日"
                            ),
                        ),
                        (
                            "fund",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.fund",
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
                                to="zones.fundcommitment",
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
                    name="FundEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        ("size", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="基金规模（元）")),
                        ("manager_zh", models.CharField(blank=True, max_length=120, verbose_name="平台外管理机构")),
                        (
                            "focus_zh",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[django.core.validators.MaxLengthValidator(300)],
                                verbose_name="投向",
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
                        ("established_on", models.DateField(verbose_name="设立日")),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True, help_text="首个不再存续的日期", null=True, verbose_name="清算日"
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
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="管理机构",
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
                                to="zones.fund",
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
                    name="FundPayment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("commitment_number", models.PositiveSmallIntegerField(verbose_name="认缴编号")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="到位额（元）")),
                        ("paid_on", models.DateField(verbose_name="到位日")),
                        ("evidence_zh", models.CharField(blank=True, max_length=200, verbose_name="凭证")),
                        (
                            "fund",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="payments", to="zones.fund"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "到位资金",
                        "verbose_name_plural": "到位资金",
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
                    name="FundPaymentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("commitment_number", models.PositiveSmallIntegerField(verbose_name="认缴编号")),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="到位额（元）")),
                        ("paid_on", models.DateField(verbose_name="到位日")),
                        ("evidence_zh", models.CharField(blank=True, max_length=200, verbose_name="凭证")),
                        (
                            "fund",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.fund",
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
                                to="zones.fundpayment",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PolicyDocument",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "issuer_zh",
                            models.CharField(
                                blank=True, help_text="由登记方自己印发的留空", max_length=120, verbose_name="发文机关"
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("issued_on", models.DateField(verbose_name="印发日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="废止日"
                            ),
                        ),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="主要内容",
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
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "issuer_region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.region",
                                verbose_name="发文省份",
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
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "政策文件",
                        "verbose_name_plural": "政策文件",
                        "ordering": ("-issued_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PolicyActualEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("target_number", models.PositiveSmallIntegerField(verbose_name="目标编号")),
                        ("as_of", models.DateField(verbose_name="截至日")),
                        ("actual_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="实际数量")),
                        (
                            "actual_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="实际金额（元）"
                            ),
                        ),
                        ("evidence_zh", models.CharField(max_length=200, verbose_name="凭证")),
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
                                to="zones.policyactual",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.policydocument",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="policyactual",
                    name="document",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actuals", to="zones.policydocument"
                    ),
                ),
                migrations.CreateModel(
                    name="PolicyDocumentEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
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
                            "dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("innovation", "创新协同"),
                                    ("opening", "开放协同"),
                                    ("institution", "制度协同"),
                                    ("factor", "要素协同"),
                                    ("safeguard", "保障协同"),
                                ],
                                max_length=12,
                                verbose_name="协同维度",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True,
                                help_text="文件、报道或台账的名称与编号，供核对",
                                max_length=200,
                                verbose_name="依据",
                            ),
                        ),
                        ("source_url", models.URLField(blank=True, verbose_name="依据网址")),
                        ("withdrawn_on", models.DateField(editable=False, null=True, verbose_name="撤销日")),
                        (
                            "withdrawn_because_zh",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="撤销原因"),
                        ),
                        (
                            "issuer_zh",
                            models.CharField(
                                blank=True, help_text="由登记方自己印发的留空", max_length=120, verbose_name="发文机关"
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("issued_on", models.DateField(verbose_name="印发日")),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="废止日"
                            ),
                        ),
                        (
                            "summary_zh",
                            models.TextField(
                                blank=True,
                                validators=[django.core.validators.MaxLengthValidator(1000)],
                                verbose_name="主要内容",
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
                            "issuer_region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="发文省份",
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
                                to="zones.policydocument",
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
                    name="PolicyItem",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("measure", "措施"),
                                    ("element", "要素"),
                                    ("action", "行动"),
                                    ("field", "领域"),
                                    ("target", "目标"),
                                ],
                                default="measure",
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        ("text_zh", models.CharField(max_length=300, verbose_name="内容")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="zones.policydocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "政策条目",
                        "verbose_name_plural": "政策条目",
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
                    name="PolicyItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("measure", "措施"),
                                    ("element", "要素"),
                                    ("action", "行动"),
                                    ("field", "领域"),
                                    ("target", "目标"),
                                ],
                                default="measure",
                                max_length=8,
                                verbose_name="类别",
                            ),
                        ),
                        ("text_zh", models.CharField(max_length=300, verbose_name="内容")),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.policydocument",
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
                                to="zones.policyitem",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PolicyTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="实际值按编号填写；留空自动编号", verbose_name="编号"
                            ),
                        ),
                        ("indicator_zh", models.CharField(max_length=80, verbose_name="指标")),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="目标年份",
                            ),
                        ),
                        ("planned_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标数量")),
                        (
                            "count_unit_zh",
                            models.CharField(
                                blank=True, help_text="例如：个、家、项", max_length=12, verbose_name="数量单位"
                            ),
                        ),
                        (
                            "planned_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="目标金额（元）"
                            ),
                        ),
                        (
                            "value_unit",
                            models.CharField(
                                blank=True,
                                choices=[("yuan", "元"), ("wan", "万元"), ("yi", "亿元"), ("wan_yi", "万亿元")],
                                default="yi",
                                max_length=6,
                                verbose_name="金额显示单位",
                            ),
                        ),
                        (
                            "is_each",
                            models.BooleanField(
                                default=False, help_text="如“2 个 1000 亿元”，金额是每个的", verbose_name="每个的金额"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="zones.policydocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "政策目标",
                        "verbose_name_plural": "政策目标",
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
                    name="PolicyTargetEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="实际值按编号填写；留空自动编号", verbose_name="编号"
                            ),
                        ),
                        ("indicator_zh", models.CharField(max_length=80, verbose_name="指标")),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2000),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="目标年份",
                            ),
                        ),
                        ("planned_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标数量")),
                        (
                            "count_unit_zh",
                            models.CharField(
                                blank=True, help_text="例如：个、家、项", max_length=12, verbose_name="数量单位"
                            ),
                        ),
                        (
                            "planned_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="目标金额（元）"
                            ),
                        ),
                        (
                            "value_unit",
                            models.CharField(
                                blank=True,
                                choices=[("yuan", "元"), ("wan", "万元"), ("yi", "亿元"), ("wan_yi", "万亿元")],
                                default="yi",
                                max_length=6,
                                verbose_name="金额显示单位",
                            ),
                        ),
                        (
                            "is_each",
                            models.BooleanField(
                                default=False, help_text="如“2 个 1000 亿元”，金额是每个的", verbose_name="每个的金额"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.policydocument",
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
                                to="zones.policytarget",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddConstraint(
                    model_name="chainnode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="chainnode_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainnode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="chainnode_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainnode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="chainnode_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainnode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="chain_node_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainnode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_chainnodeevent" ("association_id", "author_id", "chain_zh", "created_at", "dimension", "id", "industry_codes", "is_sample", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "stage", "title_en", "title_zh", "valid_from", "valid_to", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."chain_zh", NEW."created_at", NEW."dimension", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."source_url", NEW."source_zh", NEW."stage", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="25acd54e110f02284ef48da5f361ec80e69aecd9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_37a9e",
                            table="zones_chainnode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainnode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."chain_zh" IS DISTINCT FROM (NEW."chain_zh") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."note_zh" IS DISTINCT FROM (NEW."note_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_chainnodeevent" ("association_id", "author_id", "chain_zh", "created_at", "dimension", "id", "industry_codes", "is_sample", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "stage", "title_en", "title_zh", "valid_from", "valid_to", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."chain_zh", NEW."created_at", NEW."dimension", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."source_url", NEW."source_zh", NEW."stage", NEW."title_en", NEW."title_zh", NEW."valid_from", NEW."valid_to", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="9d3e48a675fe153635c57e0b6889e46a304ad924",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_59217",
                            table="zones_chainnode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainnode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_chainnodeevent" ("association_id", "author_id", "chain_zh", "created_at", "dimension", "id", "industry_codes", "is_sample", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "stage", "title_en", "title_zh", "valid_from", "valid_to", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."chain_zh", OLD."created_at", OLD."dimension", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."source_url", OLD."source_zh", OLD."stage", OLD."title_en", OLD."title_zh", OLD."valid_from", OLD."valid_to", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="60dc77b271bac59a3c3d8ce564a53e72d491e6b4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5bac7",
                            table="zones_chainnode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainnodeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b1f12d22ba742985594661cd45c4a08f97560d7e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78fe8",
                            table="zones_chainnodeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainplace",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", True), models.Q(("name_zh", ""), _negated=True)),
                            models.Q(("name_zh", ""), ("organization__isnull", False)),
                            _connector="OR",
                        ),
                        name="chain_place_is_of_one",
                        violation_error_message="每行只填一项：平台上的记录，或平台外的名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainplace",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="chain_place_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainplace",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("zone__isnull", True), ("organization__isnull", True), _connector="OR"),
                        name="chain_place_zone_of_an_outsider",
                        violation_error_message="平台上的单位以其所在高新区为准，不另填高新区。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="chainplace",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("node", "="),
                            ("organization", "="),
                            (zones.models.places.DateRange(models.F("valid_from"), models.F("valid_to")), "&&"),
                        ],
                        name="chain_places_do_not_overlap",
                        violation_error_message="同一单位在同一节点的时间不能重叠：请先填写原记录的移出日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainplace",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_chainplaceevent" ("id", "name_zh", "node_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "role", "valid_from", "valid_to", "zone_id") VALUES (NEW."id", NEW."name_zh", NEW."node_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."role", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                            hash="d9e2bc0dfcb97d1c8120caf99212e4a629e9ab36",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d439e",
                            table="zones_chainplace",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainplace",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_chainplaceevent" ("id", "name_zh", "node_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "role", "valid_from", "valid_to", "zone_id") VALUES (NEW."id", NEW."name_zh", NEW."node_id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."role", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                            hash="c30b3e8a86b364db0e1c31ceae8b7aedda8a6fb8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f39b1",
                            table="zones_chainplace",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainplace",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_chainplaceevent" ("id", "name_zh", "node_id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "role", "valid_from", "valid_to", "zone_id") VALUES (OLD."id", OLD."name_zh", OLD."node_id", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."role", OLD."valid_from", OLD."valid_to", OLD."zone_id"); RETURN NULL;',
                            hash="2973e24a7913813f461b83f27184369dbc91527a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6d030",
                            table="zones_chainplace",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chainplaceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="99309bd22f55724ca73d6a35ec1774665d83877c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dc02f",
                            table="zones_chainplaceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="enclave_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="enclave_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="enclave_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gt", models.F("opened_on")), _connector="OR"
                        ),
                        name="enclave_closes_after_it_opens",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("host_region__isnull", True), ("host_zone__isnull", False)),
                            models.Q(("host_region__isnull", False), ("host_zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="enclave_is_in_a_zone_or_region",
                        violation_error_message="飞入地请填写高新区；不在高新区内的，只填写省份。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("host_zone__isnull", True),
                            models.Q(("host_zone", models.F("home_zone")), _negated=True),
                            _connector="OR",
                        ),
                        name="enclave_is_elsewhere",
                        violation_error_message="飞入地不能就是飞出地。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("operator__isnull", True), ("operator_zh", ""), _connector="OR"),
                        name="enclave_has_one_operator",
                        violation_error_message="运营机构请选择平台上的单位；平台上没有时，只填写名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("area_m2__isnull", True), ("area_m2__gt", 0), _connector="OR"),
                        name="enclave_area_in_range",
                        violation_error_message="面积须大于 0。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclave",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_enclaveevent" ("area_m2", "association_id", "author_id", "closed_on", "created_at", "dimension", "home_zone_id", "host_region_id", "host_zone_id", "id", "is_sample", "opened_on", "operator_id", "operator_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "sharing_terms_zh", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."area_m2", NEW."association_id", NEW."author_id", NEW."closed_on", NEW."created_at", NEW."dimension", NEW."home_zone_id", NEW."host_region_id", NEW."host_zone_id", NEW."id", NEW."is_sample", NEW."opened_on", NEW."operator_id", NEW."operator_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."resource_id", NEW."sharing_terms_zh", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="b1da511856dd03a7aeb3f577f9421ec168bccc5c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2d4ea",
                            table="zones_enclave",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclave",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."area_m2" IS DISTINCT FROM (NEW."area_m2") OR OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."home_zone_id" IS DISTINCT FROM (NEW."home_zone_id") OR OLD."host_region_id" IS DISTINCT FROM (NEW."host_region_id") OR OLD."host_zone_id" IS DISTINCT FROM (NEW."host_zone_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on") OR OLD."operator_id" IS DISTINCT FROM (NEW."operator_id") OR OLD."operator_zh" IS DISTINCT FROM (NEW."operator_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."sharing_terms_zh" IS DISTINCT FROM (NEW."sharing_terms_zh") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_enclaveevent" ("area_m2", "association_id", "author_id", "closed_on", "created_at", "dimension", "home_zone_id", "host_region_id", "host_zone_id", "id", "is_sample", "opened_on", "operator_id", "operator_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "sharing_terms_zh", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."area_m2", NEW."association_id", NEW."author_id", NEW."closed_on", NEW."created_at", NEW."dimension", NEW."home_zone_id", NEW."host_region_id", NEW."host_zone_id", NEW."id", NEW."is_sample", NEW."opened_on", NEW."operator_id", NEW."operator_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."resource_id", NEW."sharing_terms_zh", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="28e7729dbe3ff43d862a3990202a658d9aee5420",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_95d6b",
                            table="zones_enclave",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclave",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_enclaveevent" ("area_m2", "association_id", "author_id", "closed_on", "created_at", "dimension", "home_zone_id", "host_region_id", "host_zone_id", "id", "is_sample", "opened_on", "operator_id", "operator_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "resource_id", "sharing_terms_zh", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."area_m2", OLD."association_id", OLD."author_id", OLD."closed_on", OLD."created_at", OLD."dimension", OLD."home_zone_id", OLD."host_region_id", OLD."host_zone_id", OLD."id", OLD."is_sample", OLD."opened_on", OLD."operator_id", OLD."operator_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."resource_id", OLD."sharing_terms_zh", OLD."source_url", OLD."source_zh", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="a212f74a2f6e318dd6af0a91dae8512c29e65293",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7cd48",
                            table="zones_enclave",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclaveevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b4f8a1c4157349ef7c89840a59d2a5e593b26d0d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_11301",
                            table="zones_enclaveevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclavetenant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", True), models.Q(("name_zh", ""), _negated=True)),
                            models.Q(("name_zh", ""), ("organization__isnull", False)),
                            _connector="OR",
                        ),
                        name="enclave_tenant_is_one",
                        violation_error_message="每行只填一项：平台上的记录，或平台外的名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclavetenant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True), ("left_on__gt", models.F("entered_on")), _connector="OR"
                        ),
                        name="enclave_tenant_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclavetenant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("landed_back_on__isnull", True),
                            ("landed_back_on__gte", models.F("entered_on")),
                            _connector="OR",
                        ),
                        name="enclave_tenant_lands_later",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="enclavetenant",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("enclave", "="),
                            ("organization", "="),
                            (zones.models.places.DateRange(models.F("entered_on"), models.F("left_on")), "&&"),
                        ],
                        name="enclave_tenants_do_not_overlap",
                        violation_error_message="同一单位在同一飞地的时间不能重叠：请先填写原记录的迁出日。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavetenant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_enclavetenantevent" ("enclave_id", "entered_on", "id", "landed_back_on", "left_on", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (NEW."enclave_id", NEW."entered_on", NEW."id", NEW."landed_back_on", NEW."left_on", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id"); RETURN NULL;',
                            hash="ee6e9fd6d4b152c040d6276b8367c45e0253d8fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a92c8",
                            table="zones_enclavetenant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavetenant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_enclavetenantevent" ("enclave_id", "entered_on", "id", "landed_back_on", "left_on", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (NEW."enclave_id", NEW."entered_on", NEW."id", NEW."landed_back_on", NEW."left_on", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id"); RETURN NULL;',
                            hash="5e2b9eea27e16861aa9f675a25043b576e92a2bb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_664b6",
                            table="zones_enclavetenant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavetenant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_enclavetenantevent" ("enclave_id", "entered_on", "id", "landed_back_on", "left_on", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (OLD."enclave_id", OLD."entered_on", OLD."id", OLD."landed_back_on", OLD."left_on", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id"); RETURN NULL;',
                            hash="1d8a0a8054af4a0f4066a6b23b1696a86c69ef02",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_44ee1",
                            table="zones_enclavetenant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="enclavetenantevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d53babeab12210691117e9c6149d44bd87bc9a65",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bb3de",
                            table="zones_enclavetenantevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="fund_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="fund_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="fund_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gt", models.F("established_on")), _connector="OR"
                        ),
                        name="fund_closes_after_it_is_set_up",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="fund_has_a_size",
                        violation_error_message="基金规模须大于 0。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fund",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("manager__isnull", True), ("manager_zh", ""), _connector="OR"),
                        name="fund_has_one_manager",
                        violation_error_message="管理机构请选择平台上的单位；平台上没有时，只填写名称。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundevent" ("association_id", "author_id", "closed_on", "created_at", "dimension", "established_on", "focus_zh", "id", "industry_codes", "is_sample", "manager_id", "manager_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."closed_on", NEW."created_at", NEW."dimension", NEW."established_on", NEW."focus_zh", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."manager_id", NEW."manager_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."size", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="2d498f1171d98bd66d9205aebd7c2a11efd5bff1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f374",
                            table="zones_fund",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."established_on" IS DISTINCT FROM (NEW."established_on") OR OLD."focus_zh" IS DISTINCT FROM (NEW."focus_zh") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."manager_id" IS DISTINCT FROM (NEW."manager_id") OR OLD."manager_zh" IS DISTINCT FROM (NEW."manager_zh") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_fundevent" ("association_id", "author_id", "closed_on", "created_at", "dimension", "established_on", "focus_zh", "id", "industry_codes", "is_sample", "manager_id", "manager_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."closed_on", NEW."created_at", NEW."dimension", NEW."established_on", NEW."focus_zh", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."manager_id", NEW."manager_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."size", NEW."source_url", NEW."source_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="717a379bf67e9a86b712db3f08463c627d0a0575",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_26114",
                            table="zones_fund",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fund",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundevent" ("association_id", "author_id", "closed_on", "created_at", "dimension", "established_on", "focus_zh", "id", "industry_codes", "is_sample", "manager_id", "manager_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size", "source_url", "source_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."closed_on", OLD."created_at", OLD."dimension", OLD."established_on", OLD."focus_zh", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."manager_id", OLD."manager_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."size", OLD."source_url", OLD."source_zh", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="11f9bc70330f939b2ef2b87b04b424c196ead826",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b3056",
                            table="zones_fund",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fundcommitment",
                    constraint=models.UniqueConstraint(
                        fields=("fund", "number"),
                        name="one_fund_commitment_of_a_number",
                        violation_error_message="认缴的编号不能重复。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fundcommitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organization__isnull", True),
                                ("zone__isnull", True),
                                models.Q(("name_zh", ""), _negated=True),
                            ),
                            models.Q(("name_zh", ""), ("organization__isnull", True), ("zone__isnull", False)),
                            models.Q(("name_zh", ""), ("organization__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="fund_commitment_is_of_one",
                        violation_error_message="每行只填一项：平台上的记录，或平台外的名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fundcommitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gt", models.F("committed_on")),
                            _connector="OR",
                        ),
                        name="fund_commitment_days_in_order",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fundcommitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="fund_commitment_has_an_amount",
                        violation_error_message="认缴额须大于 0。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundcommitmentevent" ("amount", "committed_on", "fund_id", "id", "name_zh", "number", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "withdrawn_on", "zone_id") VALUES (NEW."amount", NEW."committed_on", NEW."fund_id", NEW."id", NEW."name_zh", NEW."number", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="6cbbb328831c897a842c022c8b797f5f6e826c29",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3b0e7",
                            table="zones_fundcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_fundcommitmentevent" ("amount", "committed_on", "fund_id", "id", "name_zh", "number", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "withdrawn_on", "zone_id") VALUES (NEW."amount", NEW."committed_on", NEW."fund_id", NEW."id", NEW."name_zh", NEW."number", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="fe42486b80d91c4eb8a614c5e2ae29638c98ee6b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_54fc1",
                            table="zones_fundcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundcommitment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundcommitmentevent" ("amount", "committed_on", "fund_id", "id", "name_zh", "number", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "withdrawn_on", "zone_id") VALUES (OLD."amount", OLD."committed_on", OLD."fund_id", OLD."id", OLD."name_zh", OLD."number", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="4ad91a48cd13af74a59f6d6b9e825eeedde1a0c6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2af0b",
                            table="zones_fundcommitment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundcommitmentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="568b49a3983a2253f61c001c56ab0d22ba54c73d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f3a23",
                            table="zones_fundcommitmentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="807a32d7e668a47c2d5404508e381641446ed43c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_7c59a",
                            table="zones_fundevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fundpayment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="fund_payment_has_an_amount",
                        violation_error_message="到位额须大于 0。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundpayment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundpaymentevent" ("amount", "commitment_number", "evidence_zh", "fund_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (NEW."amount", NEW."commitment_number", NEW."evidence_zh", NEW."fund_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id"); RETURN NULL;',
                            hash="27b162c5dbd7a7e57f7cf1bdd2810b4d500411b8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_16a32",
                            table="zones_fundpayment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundpayment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_fundpaymentevent" ("amount", "commitment_number", "evidence_zh", "fund_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (NEW."amount", NEW."commitment_number", NEW."evidence_zh", NEW."fund_id", NEW."id", NEW."paid_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id"); RETURN NULL;',
                            hash="f8861cc9261c4ed5ce27ca410f570ce639679097",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d776f",
                            table="zones_fundpayment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundpayment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_fundpaymentevent" ("amount", "commitment_number", "evidence_zh", "fund_id", "id", "paid_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id") VALUES (OLD."amount", OLD."commitment_number", OLD."evidence_zh", OLD."fund_id", OLD."id", OLD."paid_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id"); RETURN NULL;',
                            hash="b56210d22ff787c02dcac40363aaaa06917ffc2f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36556",
                            table="zones_fundpayment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fundpaymentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4b9fe627087d655a08dd724d19af6ee600e82d65",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_60e06",
                            table="zones_fundpaymentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policydocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("association__isnull", True), ("zone__isnull", False)),
                            models.Q(("association__isnull", False), ("zone__isnull", True)),
                            _connector="OR",
                        ),
                        name="policydocument_kept_by_one",
                        violation_error_message="请选择由哪个高新区或哪个联盟登记，两者选一。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policydocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("zone__isnull", False), models.Q(("visibility", "zone"), _negated=True), _connector="OR"
                        ),
                        name="policydocument_of_an_association_is_not_of_a_zone",
                        violation_error_message="联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policydocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_because_zh", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False), models.Q(("withdrawn_because_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="policydocument_withdrawn_with_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policydocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gt", models.F("issued_on")), _connector="OR"
                        ),
                        name="policy_ends_after_it_is_issued",
                        violation_error_message="结束的日期须晚于开始的日期。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policydocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policydocumentevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "industry_codes", "is_sample", "issued_on", "issuer_region_id", "issuer_zh", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "summary_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."issued_on", NEW."issuer_region_id", NEW."issuer_zh", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."source_url", NEW."source_zh", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="2be03c145806cfeffe225e9306f79fd7197efcc4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6c124",
                            table="zones_policydocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policydocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."association_id" IS DISTINCT FROM (NEW."association_id") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dimension" IS DISTINCT FROM (NEW."dimension") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer_region_id" IS DISTINCT FROM (NEW."issuer_region_id") OR OLD."issuer_zh" IS DISTINCT FROM (NEW."issuer_zh") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."source_zh" IS DISTINCT FROM (NEW."source_zh") OR OLD."summary_zh" IS DISTINCT FROM (NEW."summary_zh") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."withdrawn_because_zh" IS DISTINCT FROM (NEW."withdrawn_because_zh") OR OLD."withdrawn_on" IS DISTINCT FROM (NEW."withdrawn_on") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "zones_policydocumentevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "industry_codes", "is_sample", "issued_on", "issuer_region_id", "issuer_zh", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "summary_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (NEW."association_id", NEW."author_id", NEW."created_at", NEW."dimension", NEW."ended_on", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."issued_on", NEW."issuer_region_id", NEW."issuer_zh", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."source_url", NEW."source_zh", NEW."summary_zh", NEW."title_en", NEW."title_zh", NEW."version", NEW."visibility", NEW."withdrawn_because_zh", NEW."withdrawn_on", NEW."zone_id"); RETURN NULL;',
                            hash="8c6e908e023814b057bb3371d51404bac4b04455",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ab1a1",
                            table="zones_policydocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policydocument",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policydocumentevent" ("association_id", "author_id", "created_at", "dimension", "ended_on", "id", "industry_codes", "is_sample", "issued_on", "issuer_region_id", "issuer_zh", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "source_url", "source_zh", "summary_zh", "title_en", "title_zh", "version", "visibility", "withdrawn_because_zh", "withdrawn_on", "zone_id") VALUES (OLD."association_id", OLD."author_id", OLD."created_at", OLD."dimension", OLD."ended_on", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."issued_on", OLD."issuer_region_id", OLD."issuer_zh", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."source_url", OLD."source_zh", OLD."summary_zh", OLD."title_en", OLD."title_zh", OLD."version", OLD."visibility", OLD."withdrawn_because_zh", OLD."withdrawn_on", OLD."zone_id"); RETURN NULL;',
                            hash="3a68b6899389c0b044bf7822c6d420979f9624a0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b3ed",
                            table="zones_policydocument",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyactualevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2759910852708953231a1faa97e1edf474a5017b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6b31e",
                            table="zones_policyactualevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policyactual",
                    constraint=models.UniqueConstraint(
                        fields=("document", "target_number", "as_of"),
                        name="one_policy_actual_of_a_day",
                        violation_error_message="同一目标在同一天只填一个实际值。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policyactual",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actual_count__isnull", False), ("actual_value__isnull", False), _connector="OR"),
                            models.Q(("actual_value__isnull", True), ("actual_value__gte", 0), _connector="OR"),
                        ),
                        name="policy_actual_says_how_much",
                        violation_error_message="请填写实际数量或实际金额，金额不得为负。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyactual",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policyactualevent" ("actual_count", "actual_value", "as_of", "document_id", "evidence_zh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target_number") VALUES (NEW."actual_count", NEW."actual_value", NEW."as_of", NEW."document_id", NEW."evidence_zh", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."target_number"); RETURN NULL;',
                            hash="89d41459f8ad4cd8a1359d32dde4c5e001616bbe",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e0406",
                            table="zones_policyactual",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyactual",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_policyactualevent" ("actual_count", "actual_value", "as_of", "document_id", "evidence_zh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target_number") VALUES (NEW."actual_count", NEW."actual_value", NEW."as_of", NEW."document_id", NEW."evidence_zh", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."target_number"); RETURN NULL;',
                            hash="6230b3cc80ad1196882e4e63ef14580dd41503f0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4ec6a",
                            table="zones_policyactual",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyactual",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policyactualevent" ("actual_count", "actual_value", "as_of", "document_id", "evidence_zh", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "target_number") VALUES (OLD."actual_count", OLD."actual_value", OLD."as_of", OLD."document_id", OLD."evidence_zh", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."target_number"); RETURN NULL;',
                            hash="1749e3b88ab77a6446177e46f066817c8271cee9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a5ea3",
                            table="zones_policyactual",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policydocumentevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0962f6a7ad2b7e451b8aa908240c2aae99ded658",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_747a1",
                            table="zones_policydocumentevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policyitemevent" ("document_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "text_zh") VALUES (NEW."document_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."public_id", NEW."text_zh"); RETURN NULL;',
                            hash="1b3618dc5bc3f4393b5b9f4a2fad53cfe45d919c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5bb4e",
                            table="zones_policyitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_policyitemevent" ("document_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "text_zh") VALUES (NEW."document_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."public_id", NEW."text_zh"); RETURN NULL;',
                            hash="430cbeb1d083dad1e51d50b13bd7f2fa08b0b6c5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1b6f3",
                            table="zones_policyitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policyitemevent" ("document_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "public_id", "text_zh") VALUES (OLD."document_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."public_id", OLD."text_zh"); RETURN NULL;',
                            hash="d2f35d2e45335cc9f442ebdaa48c140258e22b05",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dc6d8",
                            table="zones_policyitem",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policyitemevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ffd4cf0ed144d234761262a025e216c8ac1f0c9c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_861e0",
                            table="zones_policyitemevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytarget",
                    constraint=models.UniqueConstraint(
                        fields=("document", "number"),
                        name="one_policy_target_of_a_number",
                        violation_error_message="目标的编号不能重复。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("planned_count__isnull", False), ("planned_value__isnull", False), _connector="OR"
                        ),
                        name="policy_target_says_how_much",
                        violation_error_message="请填写目标数量或目标金额。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_value__isnull", True), ("planned_value__gt", 0), _connector="OR"),
                            models.Q(("planned_count__isnull", True), ("planned_count__gt", 0), _connector="OR"),
                        ),
                        name="policy_target_in_range",
                        violation_error_message="目标数量与目标金额须大于 0。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_each", False),
                            models.Q(("planned_count__isnull", False), ("planned_value__isnull", False)),
                            _connector="OR",
                        ),
                        name="policy_target_of_each_has_both",
                        violation_error_message="按每个计的目标，请同时填写数量与每个的金额。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policytarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policytargetevent" ("count_unit_zh", "document_id", "id", "indicator_zh", "is_each", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_count", "planned_value", "position", "public_id", "value_unit", "year") VALUES (NEW."count_unit_zh", NEW."document_id", NEW."id", NEW."indicator_zh", NEW."is_each", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_count", NEW."planned_value", NEW."position", NEW."public_id", NEW."value_unit", NEW."year"); RETURN NULL;',
                            hash="f1f29e6898993b03003f7b9160b985dc52f03761",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_32a70",
                            table="zones_policytarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policytarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "zones_policytargetevent" ("count_unit_zh", "document_id", "id", "indicator_zh", "is_each", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_count", "planned_value", "position", "public_id", "value_unit", "year") VALUES (NEW."count_unit_zh", NEW."document_id", NEW."id", NEW."indicator_zh", NEW."is_each", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_count", NEW."planned_value", NEW."position", NEW."public_id", NEW."value_unit", NEW."year"); RETURN NULL;',
                            hash="6d9e159b6fe4dcf68488ed60d202926ae9e39d03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7c0a",
                            table="zones_policytarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policytarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "zones_policytargetevent" ("count_unit_zh", "document_id", "id", "indicator_zh", "is_each", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_count", "planned_value", "position", "public_id", "value_unit", "year") VALUES (OLD."count_unit_zh", OLD."document_id", OLD."id", OLD."indicator_zh", OLD."is_each", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."planned_count", OLD."planned_value", OLD."position", OLD."public_id", OLD."value_unit", OLD."year"); RETURN NULL;',
                            hash="ec150a992cb686833a0b4ded40ddb67d0f047d9d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_41744",
                            table="zones_policytarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="policytargetevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9ee6354dc5cde68b97d389db66ced2d1df8f9d55",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_035b1",
                            table="zones_policytargetevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
