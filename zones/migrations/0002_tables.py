import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import ledger.migration_operations
import zones.models.codes
import zones.models.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0001_extensions"),
    ]

    operations = [
        ledger.migration_operations.Together(
            [
                migrations.CreateModel(
                    name="Code",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("industry", "产业分类"),
                                    ("discipline", "学科分类"),
                                    ("equipment", "仪器设备分类"),
                                    ("sector", "国民经济行业分类"),
                                    ("contract_type", "技术合同类型"),
                                    ("mode", "合作方式"),
                                    ("trl", "技术就绪度"),
                                ],
                                max_length=20,
                                verbose_name="分类",
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="代码")),
                        ("parent_code", models.CharField(blank=True, max_length=20, verbose_name="上级代码")),
                        ("level", models.PositiveSmallIntegerField(default=1, verbose_name="层级")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        ("family", models.CharField(blank=True, max_length=20, verbose_name="来源分类")),
                        ("extra", models.JSONField(blank=True, default=dict, verbose_name="附加信息")),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                    ],
                    options={
                        "verbose_name": "代码表",
                        "verbose_name_plural": "代码表",
                        "ordering": ("scheme", "code"),
                        "constraints": [models.UniqueConstraint(fields=("scheme", "code"), name="one_code_per_scheme")],
                    },
                ),
                migrations.CreateModel(
                    name="Crosswalk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("industry", "产业分类"),
                                    ("discipline", "学科分类"),
                                    ("equipment", "仪器设备分类"),
                                    ("sector", "国民经济行业分类"),
                                    ("contract_type", "技术合同类型"),
                                    ("mode", "合作方式"),
                                    ("trl", "技术就绪度"),
                                ],
                                max_length=20,
                                verbose_name="分类",
                            ),
                        ),
                        ("source", models.CharField(max_length=20, verbose_name="代码")),
                        ("target", models.CharField(max_length=20, verbose_name="对应代码")),
                        ("weight", models.FloatField(default=0.5, verbose_name="相似度")),
                        ("origin", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "代码对照",
                        "verbose_name_plural": "代码对照",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "source", "target"), name="one_crosswalk_per_pair"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weight__gt", 0), ("weight__lte", 1)),
                                name="crosswalk_weight_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Region",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=6, unique=True, verbose_name="行政区划代码")),
                        ("name_zh", models.CharField(max_length=40, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=80, verbose_name="英文名称")),
                        ("short_zh", models.CharField(max_length=4, verbose_name="简称")),
                        ("kind", models.CharField(max_length=40, verbose_name="类型")),
                        ("region4_zh", models.CharField(blank=True, max_length=10, verbose_name="四大板块")),
                        ("region7_zh", models.CharField(blank=True, max_length=10, verbose_name="七大区")),
                        ("latitude", models.DecimalField(decimal_places=5, max_digits=8, verbose_name="纬度")),
                        ("longitude", models.DecimalField(decimal_places=5, max_digits=8, verbose_name="经度")),
                    ],
                    options={
                        "verbose_name": "省级区域",
                        "verbose_name_plural": "省级区域",
                        "ordering": ("code",),
                    },
                ),
                migrations.CreateModel(
                    name="RegionGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True)),
                        ("name_zh", models.CharField(max_length=40, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=80, verbose_name="英文名称")),
                        (
                            "member_codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=6), size=None, verbose_name="成员区划代码"
                            ),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="备注")),
                    ],
                    options={
                        "verbose_name": "区域板块",
                        "verbose_name_plural": "区域板块",
                        "ordering": ("slug",),
                    },
                ),
                migrations.CreateModel(
                    name="Zone",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("slug", models.SlugField(unique=True, verbose_name="代号")),
                        ("name_zh", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=120, verbose_name="英文名称")),
                        ("short_zh", models.CharField(max_length=30, verbose_name="简称")),
                        (
                            "pinyin_key",
                            models.CharField(db_index=True, editable=False, max_length=120, verbose_name="拼音排序键"),
                        ),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
                        ("district", models.CharField(blank=True, max_length=40, verbose_name="区县")),
                        ("division_code", models.CharField(max_length=6, verbose_name="区划代码")),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=5,
                                max_digits=8,
                                validators=[
                                    django.core.validators.MinValueValidator(3),
                                    django.core.validators.MaxValueValidator(54),
                                ],
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=5,
                                max_digits=8,
                                validators=[
                                    django.core.validators.MinValueValidator(73),
                                    django.core.validators.MaxValueValidator(136),
                                ],
                                verbose_name="经度",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="别名",
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("notes", models.TextField(blank=True, verbose_name="备注")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="zones",
                                to="zones.region",
                                verbose_name="省级区域",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "高新区",
                        "verbose_name_plural": "高新区",
                        "ordering": ("pinyin_key",),
                    },
                ),
                migrations.CreateModel(
                    name="CodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("industry", "产业分类"),
                                    ("discipline", "学科分类"),
                                    ("equipment", "仪器设备分类"),
                                    ("sector", "国民经济行业分类"),
                                    ("contract_type", "技术合同类型"),
                                    ("mode", "合作方式"),
                                    ("trl", "技术就绪度"),
                                ],
                                max_length=20,
                                verbose_name="分类",
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="代码")),
                        ("parent_code", models.CharField(blank=True, max_length=20, verbose_name="上级代码")),
                        ("level", models.PositiveSmallIntegerField(default=1, verbose_name="层级")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        ("family", models.CharField(blank=True, max_length=20, verbose_name="来源分类")),
                        ("extra", models.JSONField(blank=True, default=dict, verbose_name="附加信息")),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
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
                                to="zones.code",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Association",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("slug", models.SlugField(unique=True, verbose_name="代号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("alliance", "区域联盟"),
                                    ("network", "产业协同创新网络"),
                                    ("pairing", "对口合作"),
                                    ("corridor", "创新走廊"),
                                ],
                                max_length=20,
                                verbose_name="类型",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, unique=True, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=160, verbose_name="英文名称")),
                        ("theme_zh", models.CharField(blank=True, max_length=40, verbose_name="主题")),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                        (
                            "founded_precision",
                            models.CharField(
                                choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "未知")],
                                default="day",
                                max_length=10,
                                verbose_name="日期精度",
                            ),
                        ),
                        ("place_zh", models.CharField(blank=True, max_length=60, verbose_name="成立地点")),
                        (
                            "members_stated",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="公布成员数"),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("notes", models.TextField(blank=True, verbose_name="备注")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hosted_associations",
                                to="zones.zone",
                                verbose_name="牵头园区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联盟与网络",
                        "verbose_name_plural": "联盟与网络",
                        "ordering": ("slug",),
                    },
                ),
                migrations.CreateModel(
                    name="Organization",
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
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "pinyin_key",
                            models.CharField(db_index=True, editable=False, max_length=240, verbose_name="拼音排序键"),
                        ),
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
                        (
                            "credit_code",
                            models.CharField(
                                blank=True, max_length=18, null=True, unique=True, verbose_name="统一社会信用代码"
                            ),
                        ),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
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
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=True, help_text="关闭后仅本园区与本单位可见", verbose_name="公开名录"
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subsidiaries",
                                to="zones.organization",
                                verbose_name="所属集团",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.region",
                                verbose_name="省级区域",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organizations",
                                to="zones.zone",
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位",
                        "verbose_name_plural": "单位",
                        "ordering": ("pinyin_key", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name_zh", "zone"), name="one_organization_name_per_zone", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organization_is_not_its_own_parent",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ZoneLevel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家高新区"),
                                    ("provincial", "省级高新区"),
                                    ("national_economic", "国家级经济技术开发区"),
                                    ("other", "其他园区"),
                                ],
                                max_length=20,
                                verbose_name="级别",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, help_text="留空表示起始日期未知", null=True, verbose_name="生效日"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="终止日"
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "未知")],
                                default="day",
                                max_length=10,
                                verbose_name="日期精度",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="levels",
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "园区级别",
                        "verbose_name_plural": "园区级别",
                        "ordering": ("zone", "valid_from"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("zone", "="),
                                    (zones.models.places.DateRange(models.F("valid_from"), models.F("valid_to")), "&&"),
                                ],
                                name="zone_levels_do_not_overlap",
                                violation_error_message="该园区在此期间已有级别记录：请先结束原有记录，再登记新的级别。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="zone_level_ends_after_it_begins",
                                violation_error_message="终止日须晚于生效日。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ZoneEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("slug", models.SlugField(db_index=False, verbose_name="代号")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=120, verbose_name="英文名称")),
                        ("short_zh", models.CharField(max_length=30, verbose_name="简称")),
                        ("pinyin_key", models.CharField(editable=False, max_length=120, verbose_name="拼音排序键")),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
                        ("district", models.CharField(blank=True, max_length=40, verbose_name="区县")),
                        ("division_code", models.CharField(max_length=6, verbose_name="区划代码")),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=5,
                                max_digits=8,
                                validators=[
                                    django.core.validators.MinValueValidator(3),
                                    django.core.validators.MaxValueValidator(54),
                                ],
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=5,
                                max_digits=8,
                                validators=[
                                    django.core.validators.MinValueValidator(73),
                                    django.core.validators.MaxValueValidator(136),
                                ],
                                verbose_name="经度",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="别名",
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("notes", models.TextField(blank=True, verbose_name="备注")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
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
                                to="zones.zone",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="省级区域",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Catalogue",
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
                        ("published_on", models.DateField(verbose_name="发布日")),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.organization",
                                verbose_name="合作机构",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catalogues",
                                to="zones.zone",
                                verbose_name="发布园区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资源目录",
                        "verbose_name_plural": "资源目录",
                        "ordering": ("-published_on", "id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(fields=("zone", "title_zh"), name="one_catalogue_title_per_zone")
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ContactPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=60, verbose_name="岗位")),
                        ("person_name", models.CharField(blank=True, max_length=60, verbose_name="联系人")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_points",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联系方式",
                        "verbose_name_plural": "联系方式",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("lead", "牵头单位"), ("member", "成员单位")],
                                default="member",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "joined_on",
                            models.DateField(
                                blank=True, help_text="留空表示加入日期未知", null=True, verbose_name="加入日"
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, help_text="首个不再是成员的日期", null=True, verbose_name="退出日"
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        (
                            "association",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="zones.association",
                                verbose_name="联盟或网络",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成员关系",
                        "verbose_name_plural": "成员关系",
                        "ordering": ("association", "zone"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("zone", "="),
                                    ("association", "="),
                                    (zones.models.places.DateRange(models.F("joined_on"), models.F("left_on")), "&&"),
                                ],
                                name="memberships_do_not_overlap",
                                violation_error_message="该园区在此期间已是成员：请先登记原成员关系的退出日，再新增。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True),
                                    ("joined_on__isnull", True),
                                    ("left_on__gt", models.F("joined_on")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_it_begins",
                                violation_error_message="退出日须晚于加入日。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="别名")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位别名",
                        "verbose_name_plural": "单位别名",
                        "constraints": [
                            models.UniqueConstraint(fields=("organization", "name"), name="one_alias_per_organization")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Resource",
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
                                    ("laboratory", "实验室"),
                                    ("equipment", "仪器设备"),
                                    ("achievement", "科技成果"),
                                    ("expert_team", "专家团队"),
                                    ("testbed", "未来产业试验场"),
                                    ("pilot_line", "中试线"),
                                    ("finance_product", "科技金融产品"),
                                    ("enclave_space", "飞地空间"),
                                    ("service", "科技服务"),
                                ],
                                max_length=20,
                                verbose_name="资源类型",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("active", "可对接"),
                                    ("paused", "暂停"),
                                    ("retired", "已下线"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
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
                        ("description_zh", models.TextField(blank=True, max_length=4000, verbose_name="说明")),
                        ("description_en", models.TextField(blank=True, max_length=4000, verbose_name="英文说明")),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="关键词",
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
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        (
                            "equipment_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="仪器设备分类",
                            ),
                        ),
                        (
                            "modes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="合作方式",
                            ),
                        ),
                        (
                            "trl",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="技术就绪度",
                            ),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                default=1, help_text="当前还可承接的合作或预约数；0 表示已满", verbose_name="可承接数"
                            ),
                        ),
                        ("capacity_note", models.CharField(blank=True, max_length=200, verbose_name="能力余量说明")),
                        ("price_note", models.CharField(blank=True, max_length=200, verbose_name="价格说明")),
                        ("share_mode", models.CharField(blank=True, max_length=40, verbose_name="共享方式")),
                        (
                            "lead_time_days",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="响应周期（工作日）"),
                        ),
                        ("qualification", models.CharField(blank=True, max_length=200, verbose_name="资质")),
                        ("conditions", models.CharField(blank=True, max_length=500, verbose_name="使用条件")),
                        ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="最近核实日")),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="纬度"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="经度"
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="来源系统中的编号，本园区内唯一",
                                max_length=80,
                                verbose_name="外部编号",
                            ),
                        ),
                        ("source_note", models.CharField(blank=True, max_length=200, verbose_name="数据来源")),
                        (
                            "accepted_count",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="接受次数"),
                        ),
                        (
                            "decided_count",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="答复次数"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resources",
                                to="zones.organization",
                                verbose_name="权属单位",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resources",
                                to="zones.zone",
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资源",
                        "verbose_name_plural": "资源",
                        "ordering": ("-updated_at", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "indexes": [
                            models.Index(fields=["zone", "kind"], name="resource_zone_kind"),
                            models.Index(fields=["status", "visibility"], name="resource_status_visibility"),
                            models.Index(fields=["-updated_at", "-id"], name="resource_latest"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["industry_codes"], name="resource_industries"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "kind", "name_zh"),
                                name="one_resource_name_per_owner",
                                violation_error_message="该单位已登记同名同类资源：请修改名称，或编辑原有记录。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("zone", "external_id"),
                                name="one_resource_per_external_id",
                                violation_error_message="本园区已有该外部编号的资源：请编辑原有记录，或更正编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("trl__isnull", True), ("trl__range", (1, 9)), _connector="OR"),
                                name="resource_trl_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("accepted_count__lte", models.F("decided_count"))),
                                name="resource_accepted_within_decided",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="StaffRole",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        ("valid_from", models.DateField(verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="终止日"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.association",
                                verbose_name="联盟或网络",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staff_roles",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "角色授权",
                        "verbose_name_plural": "角色授权",
                        "ordering": ("user", "role"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
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
                                name="role_names_its_place",
                                violation_error_message="角色与范围不符：园区角色须选高新区，秘书处须选联盟或网络，单位用户须选单位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="role_ends_after_it_begins",
                                violation_error_message="终止日须晚于生效日。",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AssociationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("slug", models.SlugField(db_index=False, verbose_name="代号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("alliance", "区域联盟"),
                                    ("network", "产业协同创新网络"),
                                    ("pairing", "对口合作"),
                                    ("corridor", "创新走廊"),
                                ],
                                max_length=20,
                                verbose_name="类型",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("name_en", models.CharField(max_length=160, verbose_name="英文名称")),
                        ("theme_zh", models.CharField(blank=True, max_length=40, verbose_name="主题")),
                        ("founded_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                        (
                            "founded_precision",
                            models.CharField(
                                choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "未知")],
                                default="day",
                                max_length=10,
                                verbose_name="日期精度",
                            ),
                        ),
                        ("place_zh", models.CharField(blank=True, max_length=60, verbose_name="成立地点")),
                        (
                            "members_stated",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="公布成员数"),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        ("notes", models.TextField(blank=True, verbose_name="备注")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
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
                                to="zones.association",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="牵头园区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationEvent",
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
                        ("name_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        ("pinyin_key", models.CharField(editable=False, max_length=240, verbose_name="拼音排序键")),
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
                        (
                            "credit_code",
                            models.CharField(blank=True, max_length=18, null=True, verbose_name="统一社会信用代码"),
                        ),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="城市")),
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
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="网站")),
                        (
                            "is_listed",
                            models.BooleanField(
                                default=True, help_text="关闭后仅本园区与本单位可见", verbose_name="公开名录"
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="所属集团",
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
                                to="zones.organization",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="省级区域",
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
                                verbose_name="所在高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ZoneLevelEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "国家高新区"),
                                    ("provincial", "省级高新区"),
                                    ("national_economic", "国家级经济技术开发区"),
                                    ("other", "其他园区"),
                                ],
                                max_length=20,
                                verbose_name="级别",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                blank=True, help_text="留空表示起始日期未知", null=True, verbose_name="生效日"
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="终止日"
                            ),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[("day", "日"), ("month", "月"), ("year", "年"), ("unknown", "未知")],
                                default="day",
                                max_length=10,
                                verbose_name="日期精度",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="依据")),
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
                                to="zones.zonelevel",
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
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AchievementDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("ip_status_zh", models.CharField(blank=True, max_length=200, verbose_name="知识产权状态")),
                        (
                            "conversion_zh",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="转化方式",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成果信息",
                        "verbose_name_plural": "成果信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="Capability",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("key", models.SlugField(max_length=40, verbose_name="指标键")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="指标名称")),
                        ("low", models.FloatField(blank=True, null=True, verbose_name="下限")),
                        ("high", models.FloatField(blank=True, null=True, verbose_name="上限")),
                        ("truth", models.BooleanField(blank=True, null=True, verbose_name="是/否")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="可选值")),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        (
                            "is_known",
                            models.BooleanField(
                                default=True, help_text="登记了指标但尚无数值时取消勾选", verbose_name="已知"
                            ),
                        ),
                        ("note_zh", models.CharField(blank=True, max_length=120, verbose_name="备注")),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="capabilities",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "能力指标",
                        "verbose_name_plural": "能力指标",
                        "ordering": ("resource", "position"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(fields=("resource", "key"), name="one_capability_per_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__isnull", True),
                                    ("high__isnull", True),
                                    ("low__lte", models.F("high")),
                                    _connector="OR",
                                ),
                                name="capability_interval_ordered",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CatalogueItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("listed_on", models.DateField(verbose_name="入目录日")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="出目录日")),
                        (
                            "catalogue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="zones.catalogue",
                                verbose_name="目录",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catalogue_items",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "目录条目",
                        "verbose_name_plural": "目录条目",
                        "ordering": ("catalogue", "listed_on", "id"),
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("catalogue", "="),
                                    ("resource", "="),
                                    (
                                        zones.models.places.DateRange(models.F("listed_on"), models.F("withdrawn_on")),
                                        "&&",
                                    ),
                                ],
                                name="catalogue_items_do_not_overlap",
                                violation_error_message="该资源在此期间已在目录中：请先登记出目录日。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnclaveSpaceDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("area_m2", models.PositiveIntegerField(blank=True, null=True, verbose_name="面积（平方米）")),
                        ("sharing_terms_zh", models.CharField(blank=True, max_length=400, verbose_name="利益共享条款")),
                    ],
                    options={
                        "verbose_name": "飞地信息",
                        "verbose_name_plural": "飞地信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="EquipmentDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("manufacturer", models.CharField(blank=True, max_length=100, verbose_name="制造商")),
                        ("model", models.CharField(blank=True, max_length=100, verbose_name="型号")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="台", max_length=4, verbose_name="单位")),
                        ("counts_as", models.PositiveIntegerField(default=1, verbose_name="每件折合台（套）")),
                        (
                            "original_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="原值（元）"
                            ),
                        ),
                        ("commissioned_on", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                        (
                            "laboratory",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instruments",
                                to="zones.resource",
                                verbose_name="所属实验室",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "仪器设备信息",
                        "verbose_name_plural": "仪器设备信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("original_value__isnull", True), ("original_value__gte", 0), _connector="OR"
                                ),
                                name="equipment_value_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("laboratory__isnull", True),
                                    models.Q(("laboratory", models.F("resource")), _negated=True),
                                    _connector="OR",
                                ),
                                name="equipment_is_not_its_own_laboratory",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ExpertTeamDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="人数")),
                        ("focus_zh", models.CharField(blank=True, max_length=200, verbose_name="研究方向")),
                    ],
                    options={
                        "verbose_name": "团队信息",
                        "verbose_name_plural": "团队信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="FinanceProductDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("instrument_zh", models.CharField(blank=True, max_length=40, verbose_name="金融工具")),
                        (
                            "amount_min",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="单笔下限（元）"
                            ),
                        ),
                        (
                            "amount_max",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="单笔上限（元）"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "金融产品信息",
                        "verbose_name_plural": "金融产品信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_min__isnull", True),
                                    ("amount_max__isnull", True),
                                    models.Q(("amount_min__gte", 0), ("amount_min__lte", models.F("amount_max"))),
                                    _connector="OR",
                                ),
                                name="finance_amounts_ordered",
                            )
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="LaboratoryDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("is_public", models.BooleanField(default=False, verbose_name="公共实验室")),
                        ("level_zh", models.CharField(blank=True, max_length=40, verbose_name="级别")),
                    ],
                    options={
                        "verbose_name": "实验室信息",
                        "verbose_name_plural": "实验室信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="PilotLineDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="条", max_length=4, verbose_name="单位")),
                    ],
                    options={
                        "verbose_name": "中试线信息",
                        "verbose_name_plural": "中试线信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ResourcePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("manufacturer", models.CharField(blank=True, max_length=100, verbose_name="制造商")),
                        ("model", models.CharField(blank=True, max_length=100, verbose_name="型号")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="台", max_length=4, verbose_name="单位")),
                        ("counts_as", models.PositiveIntegerField(default=1, verbose_name="每件折合台（套）")),
                        ("equipment_code", models.CharField(blank=True, max_length=20, verbose_name="仪器设备分类")),
                        (
                            "original_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="原值（元）"
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "仪器与部件",
                        "verbose_name_plural": "仪器与部件",
                        "ordering": ("resource", "position"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(fields=("resource", "position"), name="one_part_per_position"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("original_value__isnull", True), ("original_value__gte", 0), _connector="OR"
                                ),
                                name="part_value_not_negative",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("standards_zh", models.CharField(blank=True, max_length=400, verbose_name="依据标准")),
                    ],
                    options={
                        "verbose_name": "服务信息",
                        "verbose_name_plural": "服务信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="SharingGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("zone", "指定园区"),
                                    ("association", "指定联盟或网络"),
                                    ("national", "全国园区"),
                                ],
                                max_length=12,
                                verbose_name="共享范围",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再共享的日期", null=True, verbose_name="终止日"
                            ),
                        ),
                        (
                            "association",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.association",
                                verbose_name="联盟或网络",
                            ),
                        ),
                        (
                            "resource",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grants",
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="zones.zone",
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "共享授权",
                        "verbose_name_plural": "共享授权",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resource", "scope", "zone", "association", "valid_from"),
                                name="one_grant_per_scope",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("association__isnull", True), ("scope", "zone"), ("zone__isnull", False)),
                                    models.Q(
                                        ("association__isnull", False), ("scope", "association"), ("zone__isnull", True)
                                    ),
                                    models.Q(
                                        ("association__isnull", True), ("scope", "national"), ("zone__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="grant_names_its_scope",
                                violation_error_message="共享范围与对象不符：请按范围选择高新区，或选择联盟（网络），全国共享则都不选。",
                            ),
                        ],
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="TestbedDetail",
                    fields=[
                        (
                            "resource",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="%(class)s",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        ("track_zh", models.CharField(blank=True, max_length=60, verbose_name="赛道")),
                    ],
                    options={
                        "verbose_name": "试验场信息",
                        "verbose_name_plural": "试验场信息",
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="CatalogueEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="名称")),
                        ("title_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        ("published_on", models.DateField(verbose_name="发布日")),
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
                                to="zones.catalogue",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="合作机构",
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
                                verbose_name="发布园区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContactPointEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=60, verbose_name="岗位")),
                        ("person_name", models.CharField(blank=True, max_length=60, verbose_name="联系人")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
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
                                to="zones.contactpoint",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[("lead", "牵头单位"), ("member", "成员单位")],
                                default="member",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "joined_on",
                            models.DateField(
                                blank=True, help_text="留空表示加入日期未知", null=True, verbose_name="加入日"
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, help_text="首个不再是成员的日期", null=True, verbose_name="退出日"
                            ),
                        ),
                        ("confidence", models.CharField(blank=True, max_length=200, verbose_name="可信度")),
                        (
                            "association",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.association",
                                verbose_name="联盟或网络",
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
                                to="zones.membership",
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
                                verbose_name="高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResourceEvent",
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
                                    ("laboratory", "实验室"),
                                    ("equipment", "仪器设备"),
                                    ("achievement", "科技成果"),
                                    ("expert_team", "专家团队"),
                                    ("testbed", "未来产业试验场"),
                                    ("pilot_line", "中试线"),
                                    ("finance_product", "科技金融产品"),
                                    ("enclave_space", "飞地空间"),
                                    ("service", "科技服务"),
                                ],
                                max_length=20,
                                verbose_name="资源类型",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="英文名称")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "草稿"),
                                    ("active", "可对接"),
                                    ("paused", "暂停"),
                                    ("retired", "已下线"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
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
                        ("description_zh", models.TextField(blank=True, max_length=4000, verbose_name="说明")),
                        ("description_en", models.TextField(blank=True, max_length=4000, verbose_name="英文说明")),
                        (
                            "keywords",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="关键词",
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
                            "discipline_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学科分类",
                            ),
                        ),
                        (
                            "equipment_codes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="仪器设备分类",
                            ),
                        ),
                        (
                            "modes",
                            zones.models.codes.CodesField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="合作方式",
                            ),
                        ),
                        (
                            "trl",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(9),
                                ],
                                verbose_name="技术就绪度",
                            ),
                        ),
                        (
                            "capacity",
                            models.PositiveIntegerField(
                                default=1, help_text="当前还可承接的合作或预约数；0 表示已满", verbose_name="可承接数"
                            ),
                        ),
                        ("capacity_note", models.CharField(blank=True, max_length=200, verbose_name="能力余量说明")),
                        ("price_note", models.CharField(blank=True, max_length=200, verbose_name="价格说明")),
                        ("share_mode", models.CharField(blank=True, max_length=40, verbose_name="共享方式")),
                        (
                            "lead_time_days",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="响应周期（工作日）"),
                        ),
                        ("qualification", models.CharField(blank=True, max_length=200, verbose_name="资质")),
                        ("conditions", models.CharField(blank=True, max_length=500, verbose_name="使用条件")),
                        ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="最近核实日")),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="纬度"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True, decimal_places=5, max_digits=8, null=True, verbose_name="经度"
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                help_text="来源系统中的编号，本园区内唯一",
                                max_length=80,
                                verbose_name="外部编号",
                            ),
                        ),
                        ("source_note", models.CharField(blank=True, max_length=200, verbose_name="数据来源")),
                        (
                            "accepted_count",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="接受次数"),
                        ),
                        (
                            "decided_count",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="答复次数"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="权属单位",
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
                                to="zones.resource",
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
                migrations.CreateModel(
                    name="StaffRoleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                        ("valid_from", models.DateField(verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再有效的日期", null=True, verbose_name="终止日"
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
                                verbose_name="联盟或网络",
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
                                to="zones.staffrole",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
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
                    name="AchievementDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("ip_status_zh", models.CharField(blank=True, max_length=200, verbose_name="知识产权状态")),
                        (
                            "conversion_zh",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="转化方式",
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.achievementdetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CapabilityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("key", models.SlugField(db_index=False, max_length=40, verbose_name="指标键")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="指标名称")),
                        ("low", models.FloatField(blank=True, null=True, verbose_name="下限")),
                        ("high", models.FloatField(blank=True, null=True, verbose_name="上限")),
                        ("truth", models.BooleanField(blank=True, null=True, verbose_name="是/否")),
                        ("choices", models.JSONField(blank=True, default=list, verbose_name="可选值")),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        (
                            "is_known",
                            models.BooleanField(
                                default=True, help_text="登记了指标但尚无数值时取消勾选", verbose_name="已知"
                            ),
                        ),
                        ("note_zh", models.CharField(blank=True, max_length=120, verbose_name="备注")),
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
                                to="zones.capability",
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
                    name="CatalogueItemEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("listed_on", models.DateField(verbose_name="入目录日")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="出目录日")),
                        (
                            "catalogue",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.catalogue",
                                verbose_name="目录",
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
                                to="zones.catalogueitem",
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
                    name="EnclaveSpaceDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("area_m2", models.PositiveIntegerField(blank=True, null=True, verbose_name="面积（平方米）")),
                        ("sharing_terms_zh", models.CharField(blank=True, max_length=400, verbose_name="利益共享条款")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.enclavespacedetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EquipmentDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("manufacturer", models.CharField(blank=True, max_length=100, verbose_name="制造商")),
                        ("model", models.CharField(blank=True, max_length=100, verbose_name="型号")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="台", max_length=4, verbose_name="单位")),
                        ("counts_as", models.PositiveIntegerField(default=1, verbose_name="每件折合台（套）")),
                        (
                            "original_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="原值（元）"
                            ),
                        ),
                        ("commissioned_on", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                        (
                            "laboratory",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.resource",
                                verbose_name="所属实验室",
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.equipmentdetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExpertTeamDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="人数")),
                        ("focus_zh", models.CharField(blank=True, max_length=200, verbose_name="研究方向")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.expertteamdetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FinanceProductDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("instrument_zh", models.CharField(blank=True, max_length=40, verbose_name="金融工具")),
                        (
                            "amount_min",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="单笔下限（元）"
                            ),
                        ),
                        (
                            "amount_max",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="单笔上限（元）"
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.financeproductdetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LaboratoryDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("is_public", models.BooleanField(default=False, verbose_name="公共实验室")),
                        ("level_zh", models.CharField(blank=True, max_length=40, verbose_name="级别")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.laboratorydetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PilotLineDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="条", max_length=4, verbose_name="单位")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.pilotlinedetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResourcePartEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="序号")),
                        ("name_zh", models.CharField(max_length=80, verbose_name="名称")),
                        ("manufacturer", models.CharField(blank=True, max_length=100, verbose_name="制造商")),
                        ("model", models.CharField(blank=True, max_length=100, verbose_name="型号")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="数量")),
                        ("unit", models.CharField(default="台", max_length=4, verbose_name="单位")),
                        ("counts_as", models.PositiveIntegerField(default=1, verbose_name="每件折合台（套）")),
                        ("equipment_code", models.CharField(blank=True, max_length=20, verbose_name="仪器设备分类")),
                        (
                            "original_value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="原值（元）"
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
                                to="zones.resourcepart",
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
                    name="ServiceDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("standards_zh", models.CharField(blank=True, max_length=400, verbose_name="依据标准")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.servicedetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SharingGrantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("zone", "指定园区"),
                                    ("association", "指定联盟或网络"),
                                    ("national", "全国园区"),
                                ],
                                max_length=12,
                                verbose_name="共享范围",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="生效日")),
                        (
                            "valid_to",
                            models.DateField(
                                blank=True, help_text="首个不再共享的日期", null=True, verbose_name="终止日"
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
                                verbose_name="联盟或网络",
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
                                to="zones.sharinggrant",
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
                    name="TestbedDetailEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("track_zh", models.CharField(blank=True, max_length=60, verbose_name="赛道")),
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
                            "resource",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                serialize=False,
                                to="zones.resource",
                                verbose_name="资源",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="zones.testbeddetail",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                ledger.migration_operations.InstallTriggers(
                    triggers=[
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (NEW."code", NEW."confidence", NEW."extra", NEW."family", NEW."id", NEW."is_active", NEW."level", NEW."name_en", NEW."name_zh", NEW."parent_code", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme"); RETURN NULL;',
                                    hash="689005754113271fcb9dc4db10d35c3a49add205",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_91113",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (NEW."code", NEW."confidence", NEW."extra", NEW."family", NEW."id", NEW."is_active", NEW."level", NEW."name_en", NEW."name_zh", NEW."parent_code", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme"); RETURN NULL;',
                                    hash="758e99129d987d94a53e8cd6c64ce8bfe29bb057",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c107e",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "code",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_codeevent" ("code", "confidence", "extra", "family", "id", "is_active", "level", "name_en", "name_zh", "parent_code", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme") VALUES (OLD."code", OLD."confidence", OLD."extra", OLD."family", OLD."id", OLD."is_active", OLD."level", OLD."name_en", OLD."name_zh", OLD."parent_code", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme"); RETURN NULL;',
                                    hash="4355ecadaa2a331aecd2912bcee82dcd4e395bde",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_f8d5c",
                                    table="zones_code",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "achievementdetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."conversion_zh", NEW."ip_status_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="ab8c5293c372d8264b4f3ed5fd8670f9f7fd8bbf",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_20455",
                                    table="zones_achievementdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "achievementdetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."conversion_zh", NEW."ip_status_zh", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="5cacc40bd75029c68e0a6a837f62509cb2aaaf36",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3021c",
                                    table="zones_achievementdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "achievementdetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_achievementdetailevent" ("conversion_zh", "ip_status_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (OLD."conversion_zh", OLD."ip_status_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id"); RETURN NULL;',
                                    hash="52e0912bdedacfe22b4808343288e854a8fa6b2a",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_60fb8",
                                    table="zones_achievementdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "enclavespacedetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") VALUES (NEW."area_m2", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id", NEW."sharing_terms_zh"); RETURN NULL;',
                                    hash="7295956c81b8ec53f3e699c255da87c008afd285",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_c3236",
                                    table="zones_enclavespacedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "enclavespacedetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") VALUES (NEW."area_m2", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id", NEW."sharing_terms_zh"); RETURN NULL;',
                                    hash="8141dd2079c0a48de0079609f667ad98922db317",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f1978",
                                    table="zones_enclavespacedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "enclavespacedetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_enclavespacedetailevent" ("area_m2", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "sharing_terms_zh") VALUES (OLD."area_m2", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id", OLD."sharing_terms_zh"); RETURN NULL;',
                                    hash="74e793384719e6c075246ca8c0b05b252a4686e0",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_23502",
                                    table="zones_enclavespacedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "expertteamdetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."focus_zh", NEW."headcount", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="d26811b55c8f8f895042bdc96a62780b7da56b6f",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_941be",
                                    table="zones_expertteamdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "expertteamdetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."focus_zh", NEW."headcount", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="c75762953ec0dfa0580ef0b27eb7eedd8b2fcc0b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9718c",
                                    table="zones_expertteamdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "expertteamdetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_expertteamdetailevent" ("focus_zh", "headcount", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (OLD."focus_zh", OLD."headcount", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id"); RETURN NULL;',
                                    hash="07d61a6a91fccb15e9f3a2fc8753fab486edf1b9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_578a4",
                                    table="zones_expertteamdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "financeproductdetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."amount_max", NEW."amount_min", NEW."instrument_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="194d473418471cae76060a26e42e358c02899a8b",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2231e",
                                    table="zones_financeproductdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "financeproductdetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."amount_max", NEW."amount_min", NEW."instrument_zh", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="bd842157d87a26d78893417f3d093ff82a39ec56",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_89f64",
                                    table="zones_financeproductdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "financeproductdetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_financeproductdetailevent" ("amount_max", "amount_min", "instrument_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (OLD."amount_max", OLD."amount_min", OLD."instrument_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id"); RETURN NULL;',
                                    hash="5dc515181c472a5834c9568afcfa74a95c6e8c04",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_c670d",
                                    table="zones_financeproductdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "laboratorydetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."is_public", NEW."level_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="6ec56dbbbc86ee041e22ae1fb39741459f114989",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f9f07",
                                    table="zones_laboratorydetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "laboratorydetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (NEW."is_public", NEW."level_zh", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id"); RETURN NULL;',
                                    hash="d19a07b4cb7ec774d992614d036589273ff1681c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_873c9",
                                    table="zones_laboratorydetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "laboratorydetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_laboratorydetailevent" ("is_public", "level_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id") VALUES (OLD."is_public", OLD."level_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id"); RETURN NULL;',
                                    hash="551c3825ba4d9f603679681264e1c66e4f0e7dba",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_4ac68",
                                    table="zones_laboratorydetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "pilotlinedetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (_pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="9f9d40730b29c91a10bd1c6e0af875c611e64b34",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ed3e2",
                                    table="zones_pilotlinedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "pilotlinedetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (_pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="fd03672c508bf7ef8cc9974203748086dd3a4b37",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_91db3",
                                    table="zones_pilotlinedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "pilotlinedetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_pilotlinedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (_pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."quantity", OLD."resource_id", OLD."unit"); RETURN NULL;',
                                    hash="584493b2d5cb673763197a0eb040babe659d7e86",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_420aa",
                                    table="zones_pilotlinedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "servicedetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") VALUES (_pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id", NEW."standards_zh"); RETURN NULL;',
                                    hash="ae997c584b6fa458807092fa19edf8bb8fa37c05",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b0dab",
                                    table="zones_servicedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "servicedetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") VALUES (_pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id", NEW."standards_zh"); RETURN NULL;',
                                    hash="85049b87c01e106be3a4080f2788bedb05dc850f",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e1219",
                                    table="zones_servicedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "servicedetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_servicedetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "standards_zh") VALUES (_pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id", OLD."standards_zh"); RETURN NULL;',
                                    hash="a99d4f04f75773b413330a7c58f3f80a0f12c47b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_d5845",
                                    table="zones_servicedetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "testbeddetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") VALUES (_pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."resource_id", NEW."track_zh"); RETURN NULL;',
                                    hash="41c72d81d94372181806ae45c0f4e4553a584edb",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b6a9f",
                                    table="zones_testbeddetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "testbeddetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") VALUES (_pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."resource_id", NEW."track_zh"); RETURN NULL;',
                                    hash="9665fe98d027f8070ab82b237ebda0068598d684",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_74fe8",
                                    table="zones_testbeddetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "testbeddetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_testbeddetailevent" ("pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "track_zh") VALUES (_pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."resource_id", OLD."track_zh"); RETURN NULL;',
                                    hash="4c4ce178ffddbbd1a13f1c388ec957142115fc59",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_af571",
                                    table="zones_testbeddetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "capability",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") VALUES (NEW."choices", NEW."high", NEW."id", NEW."is_known", NEW."key", NEW."low", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."resource_id", NEW."truth", NEW."unit"); RETURN NULL;',
                                    hash="9e437044b924aad22a11ef0164638fe67deef3ba",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2dbbd",
                                    table="zones_capability",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "capability",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") VALUES (NEW."choices", NEW."high", NEW."id", NEW."is_known", NEW."key", NEW."low", NEW."name_zh", NEW."note_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."resource_id", NEW."truth", NEW."unit"); RETURN NULL;',
                                    hash="2ff2f6514ab7cddadd058176be09b70e4a522eb8",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d2433",
                                    table="zones_capability",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "capability",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_capabilityevent" ("choices", "high", "id", "is_known", "key", "low", "name_zh", "note_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "resource_id", "truth", "unit") VALUES (OLD."choices", OLD."high", OLD."id", OLD."is_known", OLD."key", OLD."low", OLD."name_zh", OLD."note_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."resource_id", OLD."truth", OLD."unit"); RETURN NULL;',
                                    hash="cdfa135091de8c3ebe515f7d14fb5e727a56b7aa",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_74306",
                                    table="zones_capability",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "capabilityevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d51f489399e014147a19e6c16bc508750ac0d9b1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_a37b4",
                                    table="zones_capabilityevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "catalogueitem",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_catalogueitemevent" ("catalogue_id", "id", "listed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "withdrawn_on") VALUES (NEW."catalogue_id", NEW."id", NEW."listed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resource_id", NEW."withdrawn_on"); RETURN NULL;',
                                    hash="702524439d118fe9f9a2018155ce7aa63bfdf1d0",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_a3955",
                                    table="zones_catalogueitem",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogueitem",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_catalogueitemevent" ("catalogue_id", "id", "listed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "withdrawn_on") VALUES (NEW."catalogue_id", NEW."id", NEW."listed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resource_id", NEW."withdrawn_on"); RETURN NULL;',
                                    hash="41f1507fd0f44f07d29dd838c58a08c33d1635fe",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_091b1",
                                    table="zones_catalogueitem",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogueitem",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_catalogueitemevent" ("catalogue_id", "id", "listed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "withdrawn_on") VALUES (OLD."catalogue_id", OLD."id", OLD."listed_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."resource_id", OLD."withdrawn_on"); RETURN NULL;',
                                    hash="c857aa3c62d0ab672206341e9d10838fa638489b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_3d536",
                                    table="zones_catalogueitem",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogueitemevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d83263d3e7eb297c3d71fd3f2912ae723feb5a8a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4afb8",
                                    table="zones_catalogueitemevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "codeevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8802e9dca960323a2ef4cd5014195ca76c18be79",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_fa9f0",
                                    table="zones_codeevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "contactpointevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="402a9b816dd1af392f35ebb890164020b98b3d2d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1eadf",
                                    table="zones_contactpointevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "contactpoint",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "title") VALUES (NEW."email", NEW."id", NEW."organization_id", NEW."person_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."title"); RETURN NULL;',
                                    hash="61c472eb35fcc875bd83c6fa2e8b2c7c13867963",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_2e25c",
                                    table="zones_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "contactpoint",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "title") VALUES (NEW."email", NEW."id", NEW."organization_id", NEW."person_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."title"); RETURN NULL;',
                                    hash="bb1a5a7af59947f3a6940cc2d9bee7033403f9ac",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_3ae27",
                                    table="zones_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "contactpoint",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_contactpointevent" ("email", "id", "organization_id", "person_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "title") VALUES (OLD."email", OLD."id", OLD."organization_id", OLD."person_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."title"); RETURN NULL;',
                                    hash="80e4f879b9e9af295ccedcb6bf00c0ebdd10617f",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_640d5",
                                    table="zones_contactpoint",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resourcepart",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") VALUES (NEW."counts_as", NEW."equipment_code", NEW."id", NEW."manufacturer", NEW."model", NEW."name_zh", NEW."original_value", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="7f13dd3a56774176be1fc9f305d244e328511616",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_086c9",
                                    table="zones_resourcepart",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resourcepart",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") VALUES (NEW."counts_as", NEW."equipment_code", NEW."id", NEW."manufacturer", NEW."model", NEW."name_zh", NEW."original_value", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="5630ead17e65e216c3afe5a5d3a7083da74d7bf5",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9658c",
                                    table="zones_resourcepart",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resourcepart",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_resourcepartevent" ("counts_as", "equipment_code", "id", "manufacturer", "model", "name_zh", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "resource_id", "unit") VALUES (OLD."counts_as", OLD."equipment_code", OLD."id", OLD."manufacturer", OLD."model", OLD."name_zh", OLD."original_value", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."quantity", OLD."resource_id", OLD."unit"); RETURN NULL;',
                                    hash="c4f5a3f46708c2c2b2c6763d5f6c32aac5eacb5c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_b4dd3",
                                    table="zones_resourcepart",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resourcepartevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="02a1dc844748f7be2eed3e46536aa2df46be763f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3cbcf",
                                    table="zones_resourcepartevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "zone",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_zoneevent" ("aliases", "city", "confidence", "district", "division_code", "id", "latitude", "longitude", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "short_zh", "slug", "version", "website") VALUES (NEW."aliases", NEW."city", NEW."confidence", NEW."district", NEW."division_code", NEW."id", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin_key", NEW."public_id", NEW."region_id", NEW."short_zh", NEW."slug", NEW."version", NEW."website"); RETURN NULL;',
                                    hash="33a411b89794c6f9ba48415376f299c3dd9be079",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_e4ba3",
                                    table="zones_zone",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zone",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_zoneevent" ("aliases", "city", "confidence", "district", "division_code", "id", "latitude", "longitude", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "short_zh", "slug", "version", "website") VALUES (NEW."aliases", NEW."city", NEW."confidence", NEW."district", NEW."division_code", NEW."id", NEW."latitude", NEW."longitude", NEW."name_en", NEW."name_zh", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin_key", NEW."public_id", NEW."region_id", NEW."short_zh", NEW."slug", NEW."version", NEW."website"); RETURN NULL;',
                                    hash="ba5d26e5bd37f3d9b49e8b9c0e106bab701d1970",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_d31eb",
                                    table="zones_zone",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zone",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_zoneevent" ("aliases", "city", "confidence", "district", "division_code", "id", "latitude", "longitude", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "short_zh", "slug", "version", "website") VALUES (OLD."aliases", OLD."city", OLD."confidence", OLD."district", OLD."division_code", OLD."id", OLD."latitude", OLD."longitude", OLD."name_en", OLD."name_zh", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pinyin_key", OLD."public_id", OLD."region_id", OLD."short_zh", OLD."slug", OLD."version", OLD."website"); RETURN NULL;',
                                    hash="1a0941e5ef103dd81947700e545b6dea0a5d54c6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_244b9",
                                    table="zones_zone",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "staffroleevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="7048775cdc77a6b807c82f14104c8b429f7ea91b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_91c8c",
                                    table="zones_staffroleevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "staffrole",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_staffroleevent" ("association_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "valid_from", "valid_to", "zone_id") VALUES (NEW."association_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."user_id", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="81b8ac4c546812084463176b4293c8741956cca1",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d9d37",
                                    table="zones_staffrole",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "staffrole",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_staffroleevent" ("association_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "valid_from", "valid_to", "zone_id") VALUES (NEW."association_id", NEW."id", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."user_id", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="989182aa97f01426cf43fadc3c1ab2f8e3d6d852",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_0b96f",
                                    table="zones_staffrole",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "staffrole",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_staffroleevent" ("association_id", "id", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id", "valid_from", "valid_to", "zone_id") VALUES (OLD."association_id", OLD."id", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."user_id", OLD."valid_from", OLD."valid_to", OLD."zone_id"); RETURN NULL;',
                                    hash="e06e775564762517b251c9e92ba70e3456e65e37",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_36246",
                                    table="zones_staffrole",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "sharinggrantevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3429247be1427cfd67a9304067551acecbb711b9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_3db98",
                                    table="zones_sharinggrantevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "sharinggrant",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") VALUES (NEW."association_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."resource_id", NEW."scope", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="8fdb73c35bfabafb5823fd123fa45d82253ee980",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_f625c",
                                    table="zones_sharinggrant",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "sharinggrant",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") VALUES (NEW."association_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."resource_id", NEW."scope", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="4ad42954803c1fd767d413fe8f169d09642b4258",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_e5d6e",
                                    table="zones_sharinggrant",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "sharinggrant",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_sharinggrantevent" ("association_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "resource_id", "scope", "valid_from", "valid_to", "zone_id") VALUES (OLD."association_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."resource_id", OLD."scope", OLD."valid_from", OLD."valid_to", OLD."zone_id"); RETURN NULL;',
                                    hash="6e16c6ed7f7c6c9c9a6f91964ac6022a7968f905",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_2c10d",
                                    table="zones_sharinggrant",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resourceevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="925248eb2491b23eff2824449737e17b740ba3c9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d34ae",
                                    table="zones_resourceevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "resource",
                            pgtrigger.compiler.Trigger(
                                name="mark_change",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', NEW.id); RETURN NEW;",
                                    hash="ce153fb2a9a268b9b20769fdf7eea20878d36b18",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_mark_change_48826",
                                    table="zones_resource",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resource",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_note", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") VALUES (NEW."accepted_count", NEW."capacity", NEW."capacity_note", NEW."conditions", NEW."confirmed_on", NEW."created_at", NEW."decided_count", NEW."description_en", NEW."description_zh", NEW."discipline_codes", NEW."equipment_codes", NEW."external_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."keywords", NEW."kind", NEW."latitude", NEW."lead_time_days", NEW."longitude", NEW."modes", NEW."name_en", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_note", NEW."public_id", NEW."qualification", NEW."share_mode", NEW."source_note", NEW."status", NEW."trl", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                                    hash="46b6a5598b7a935badbd040a62880176482f9879",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d4cb3",
                                    table="zones_resource",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resource",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."accepted_count" IS DISTINCT FROM (NEW."accepted_count") OR OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."capacity_note" IS DISTINCT FROM (NEW."capacity_note") OR OLD."conditions" IS DISTINCT FROM (NEW."conditions") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decided_count" IS DISTINCT FROM (NEW."decided_count") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."description_zh" IS DISTINCT FROM (NEW."description_zh") OR OLD."discipline_codes" IS DISTINCT FROM (NEW."discipline_codes") OR OLD."equipment_codes" IS DISTINCT FROM (NEW."equipment_codes") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."industry_codes" IS DISTINCT FROM (NEW."industry_codes") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."keywords" IS DISTINCT FROM (NEW."keywords") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."latitude" IS DISTINCT FROM (NEW."latitude") OR OLD."lead_time_days" IS DISTINCT FROM (NEW."lead_time_days") OR OLD."longitude" IS DISTINCT FROM (NEW."longitude") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."price_note" IS DISTINCT FROM (NEW."price_note") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."qualification" IS DISTINCT FROM (NEW."qualification") OR OLD."share_mode" IS DISTINCT FROM (NEW."share_mode") OR OLD."source_note" IS DISTINCT FROM (NEW."source_note") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."trl" IS DISTINCT FROM (NEW."trl") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                                    func='INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_note", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") VALUES (NEW."accepted_count", NEW."capacity", NEW."capacity_note", NEW."conditions", NEW."confirmed_on", NEW."created_at", NEW."decided_count", NEW."description_en", NEW."description_zh", NEW."discipline_codes", NEW."equipment_codes", NEW."external_id", NEW."id", NEW."industry_codes", NEW."is_sample", NEW."keywords", NEW."kind", NEW."latitude", NEW."lead_time_days", NEW."longitude", NEW."modes", NEW."name_en", NEW."name_zh", NEW."organization_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_note", NEW."public_id", NEW."qualification", NEW."share_mode", NEW."source_note", NEW."status", NEW."trl", NEW."version", NEW."visibility", NEW."zone_id"); RETURN NULL;',
                                    hash="9f655f758a753f4becbe8766c720603b47c60983",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_2ab6c",
                                    table="zones_resource",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "resource",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_resourceevent" ("accepted_count", "capacity", "capacity_note", "conditions", "confirmed_on", "created_at", "decided_count", "description_en", "description_zh", "discipline_codes", "equipment_codes", "external_id", "id", "industry_codes", "is_sample", "keywords", "kind", "latitude", "lead_time_days", "longitude", "modes", "name_en", "name_zh", "organization_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_note", "public_id", "qualification", "share_mode", "source_note", "status", "trl", "version", "visibility", "zone_id") VALUES (OLD."accepted_count", OLD."capacity", OLD."capacity_note", OLD."conditions", OLD."confirmed_on", OLD."created_at", OLD."decided_count", OLD."description_en", OLD."description_zh", OLD."discipline_codes", OLD."equipment_codes", OLD."external_id", OLD."id", OLD."industry_codes", OLD."is_sample", OLD."keywords", OLD."kind", OLD."latitude", OLD."lead_time_days", OLD."longitude", OLD."modes", OLD."name_en", OLD."name_zh", OLD."organization_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price_note", OLD."public_id", OLD."qualification", OLD."share_mode", OLD."source_note", OLD."status", OLD."trl", OLD."version", OLD."visibility", OLD."zone_id"); RETURN NULL;',
                                    hash="f4bb7497f5b596b7030d150784da8d30246c9e54",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_12499",
                                    table="zones_resource",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "organizationevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="88e8f6c60e73dd59cd9fe1fe6e81775b200bcd4d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_243b4",
                                    table="zones_organizationevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "organization",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_organizationevent" ("city", "confidence", "created_at", "credit_code", "discipline_codes", "id", "industry_codes", "is_listed", "is_sample", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "updated_at", "version", "website", "zone_id") VALUES (NEW."city", NEW."confidence", NEW."created_at", NEW."credit_code", NEW."discipline_codes", NEW."id", NEW."industry_codes", NEW."is_listed", NEW."is_sample", NEW."kind", NEW."name_en", NEW."name_zh", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin_key", NEW."public_id", NEW."region_id", NEW."updated_at", NEW."version", NEW."website", NEW."zone_id"); RETURN NULL;',
                                    hash="535078d6969ca5aae2e5d3524a6c4b2c4511d2ae",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_86572",
                                    table="zones_organization",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "organization",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_organizationevent" ("city", "confidence", "created_at", "credit_code", "discipline_codes", "id", "industry_codes", "is_listed", "is_sample", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "updated_at", "version", "website", "zone_id") VALUES (NEW."city", NEW."confidence", NEW."created_at", NEW."credit_code", NEW."discipline_codes", NEW."id", NEW."industry_codes", NEW."is_listed", NEW."is_sample", NEW."kind", NEW."name_en", NEW."name_zh", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin_key", NEW."public_id", NEW."region_id", NEW."updated_at", NEW."version", NEW."website", NEW."zone_id"); RETURN NULL;',
                                    hash="094e54becca9426b2a40c56e19cfb1da8b850c84",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_f35ff",
                                    table="zones_organization",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "organization",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_organizationevent" ("city", "confidence", "created_at", "credit_code", "discipline_codes", "id", "industry_codes", "is_listed", "is_sample", "kind", "name_en", "name_zh", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin_key", "public_id", "region_id", "updated_at", "version", "website", "zone_id") VALUES (OLD."city", OLD."confidence", OLD."created_at", OLD."credit_code", OLD."discipline_codes", OLD."id", OLD."industry_codes", OLD."is_listed", OLD."is_sample", OLD."kind", OLD."name_en", OLD."name_zh", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pinyin_key", OLD."public_id", OLD."region_id", OLD."updated_at", OLD."version", OLD."website", OLD."zone_id"); RETURN NULL;',
                                    hash="d6d9bc990eb45e4faeee56adcfb92212cd2b5943",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_97b38",
                                    table="zones_organization",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "membershipevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8d110ccc736f2b25a42e59015c2fe0f864aa3312",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1c940",
                                    table="zones_membershipevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "membership",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_membershipevent" ("association_id", "confidence", "id", "joined_on", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "zone_id") VALUES (NEW."association_id", NEW."confidence", NEW."id", NEW."joined_on", NEW."left_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."zone_id"); RETURN NULL;',
                                    hash="313badcf42e5bf2736ccd70d1abf52927a378f3c",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_00e5f",
                                    table="zones_membership",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "membership",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_membershipevent" ("association_id", "confidence", "id", "joined_on", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "zone_id") VALUES (NEW."association_id", NEW."confidence", NEW."id", NEW."joined_on", NEW."left_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."zone_id"); RETURN NULL;',
                                    hash="8cee9f12560166b583248d6fca45d4ca3093d6c4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_94db6",
                                    table="zones_membership",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "membership",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_membershipevent" ("association_id", "confidence", "id", "joined_on", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "zone_id") VALUES (OLD."association_id", OLD."confidence", OLD."id", OLD."joined_on", OLD."left_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."zone_id"); RETURN NULL;',
                                    hash="65b73a75bfe3a46b70de231042707b29053f248b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_da9e0",
                                    table="zones_membership",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogueevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d5f27ddd08c32a52c83fbf1f32dcfcbf062e0117",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_573c7",
                                    table="zones_catalogueevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "catalogue",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_catalogueevent" ("created_at", "id", "is_sample", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "title_en", "title_zh", "updated_at", "version", "zone_id") VALUES (NEW."created_at", NEW."id", NEW."is_sample", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."published_on", NEW."title_en", NEW."title_zh", NEW."updated_at", NEW."version", NEW."zone_id"); RETURN NULL;',
                                    hash="fd6b3e4846e84e8b76b2b392e3b2b476f2a1cbe4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_ce69c",
                                    table="zones_catalogue",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogue",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_catalogueevent" ("created_at", "id", "is_sample", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "title_en", "title_zh", "updated_at", "version", "zone_id") VALUES (NEW."created_at", NEW."id", NEW."is_sample", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."published_on", NEW."title_en", NEW."title_zh", NEW."updated_at", NEW."version", NEW."zone_id"); RETURN NULL;',
                                    hash="9b3e1555579ae71f36eb2962a2e0cae75f3e16c1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_b520e",
                                    table="zones_catalogue",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "catalogue",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_catalogueevent" ("created_at", "id", "is_sample", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_on", "title_en", "title_zh", "updated_at", "version", "zone_id") VALUES (OLD."created_at", OLD."id", OLD."is_sample", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."published_on", OLD."title_en", OLD."title_zh", OLD."updated_at", OLD."version", OLD."zone_id"); RETURN NULL;',
                                    hash="15c62465ee7e6090f6c6d9e026f446ec3a0938b9",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_0d8de",
                                    table="zones_catalogue",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "associationevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="526974d09b568c2afbcb8e0ed0de32171eb8f505",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_84ace",
                                    table="zones_associationevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "association",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_associationevent" ("confidence", "founded_on", "founded_precision", "host_id", "id", "kind", "members_stated", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "slug", "theme_zh", "version") VALUES (NEW."confidence", NEW."founded_on", NEW."founded_precision", NEW."host_id", NEW."id", NEW."kind", NEW."members_stated", NEW."name_en", NEW."name_zh", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_zh", NEW."public_id", NEW."slug", NEW."theme_zh", NEW."version"); RETURN NULL;',
                                    hash="2b3540e107194397c01a7efecd930ecfc26800e8",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_be1a7",
                                    table="zones_association",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "association",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_associationevent" ("confidence", "founded_on", "founded_precision", "host_id", "id", "kind", "members_stated", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "slug", "theme_zh", "version") VALUES (NEW."confidence", NEW."founded_on", NEW."founded_precision", NEW."host_id", NEW."id", NEW."kind", NEW."members_stated", NEW."name_en", NEW."name_zh", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_zh", NEW."public_id", NEW."slug", NEW."theme_zh", NEW."version"); RETURN NULL;',
                                    hash="101334c378c093b2cb35b25bcafddc7479f254e4",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_71c48",
                                    table="zones_association",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "association",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_associationevent" ("confidence", "founded_on", "founded_precision", "host_id", "id", "kind", "members_stated", "name_en", "name_zh", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_zh", "public_id", "slug", "theme_zh", "version") VALUES (OLD."confidence", OLD."founded_on", OLD."founded_precision", OLD."host_id", OLD."id", OLD."kind", OLD."members_stated", OLD."name_en", OLD."name_zh", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_zh", OLD."public_id", OLD."slug", OLD."theme_zh", OLD."version"); RETURN NULL;',
                                    hash="dfa0650fa949c999653f70ce0962eabd2182bd2c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_5731f",
                                    table="zones_association",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zoneevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="efd9bbfd2bba855edf40ff951e0abfd57683bb72",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7be21",
                                    table="zones_zoneevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "zonelevel",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_zonelevelevent" ("id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "source", "valid_from", "valid_to", "zone_id") VALUES (NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."precision", NEW."source", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="e1a4f90a533caf545f938d49d2b848afbacc7f4e",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d6300",
                                    table="zones_zonelevel",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zonelevel",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_zonelevelevent" ("id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "source", "valid_from", "valid_to", "zone_id") VALUES (NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."precision", NEW."source", NEW."valid_from", NEW."valid_to", NEW."zone_id"); RETURN NULL;',
                                    hash="c2e9a55af09b56af63142131aec6cdfaf357fcb7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_6fa6c",
                                    table="zones_zonelevel",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zonelevel",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_zonelevelevent" ("id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "precision", "source", "valid_from", "valid_to", "zone_id") VALUES (OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."precision", OLD."source", OLD."valid_from", OLD."valid_to", OLD."zone_id"); RETURN NULL;',
                                    hash="494f72a89a718a07c90cc1e892c4a326259878f6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_a5041",
                                    table="zones_zonelevel",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "zonelevelevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2f0e1571e4688b0e0f7dd460c49180574456ddfb",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cfc70",
                                    table="zones_zonelevelevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "achievementdetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3d50391dbd1b8041ce73812459c47ac7ae487772",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_982d8",
                                    table="zones_achievementdetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "enclavespacedetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5aa37a10c5c4c48f766f631db8415428184be7de",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_03ba5",
                                    table="zones_enclavespacedetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "equipmentdetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="63746ca2814ce33a16ead981fcd2b6c582fefd60",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_35581",
                                    table="zones_equipmentdetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "equipmentdetail",
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (NEW."commissioned_on", NEW."counts_as", NEW."laboratory_id", NEW."manufacturer", NEW."model", NEW."original_value", _pgh_attach_context(), NOW(), \'insert\', NEW."resource_id", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="648c3b24d65be9d87f6e02dc5d2474b870677032",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_b7ea2",
                                    table="zones_equipmentdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "equipmentdetail",
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (NEW."commissioned_on", NEW."counts_as", NEW."laboratory_id", NEW."manufacturer", NEW."model", NEW."original_value", _pgh_attach_context(), NOW(), \'update\', NEW."resource_id", NEW."quantity", NEW."resource_id", NEW."unit"); RETURN NULL;',
                                    hash="81b74d6fdb64c813ecb232ea8bfe46785c2de85b",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_540ca",
                                    table="zones_equipmentdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "equipmentdetail",
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "zones_equipmentdetailevent" ("commissioned_on", "counts_as", "laboratory_id", "manufacturer", "model", "original_value", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "resource_id", "unit") VALUES (OLD."commissioned_on", OLD."counts_as", OLD."laboratory_id", OLD."manufacturer", OLD."model", OLD."original_value", _pgh_attach_context(), NOW(), \'delete\', OLD."resource_id", OLD."quantity", OLD."resource_id", OLD."unit"); RETURN NULL;',
                                    hash="8f43a9c92afdbfd7ef1f963cb45dcd728cff76a8",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_44aed",
                                    table="zones_equipmentdetail",
                                    when="AFTER",
                                ),
                            ),
                        ),
                        (
                            "expertteamdetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f31963f4ff347085a12a55e244798efecb99cb73",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1d450",
                                    table="zones_expertteamdetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "financeproductdetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="74a2d5c6222d6bdb2ef5e8c0632859ed504d0e0e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_66f34",
                                    table="zones_financeproductdetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "laboratorydetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="1767db83318f472fabc8c485c2c7f4854adc932d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5af58",
                                    table="zones_laboratorydetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "pilotlinedetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="cc94d33e26513db38ec9edfac868134d374260f5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_86893",
                                    table="zones_pilotlinedetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "servicedetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5f4d580f00d9e2bdb2beff7c173c11e984b78146",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_21f58",
                                    table="zones_servicedetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                        (
                            "testbeddetailevent",
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="79f411f65e38e0dcccc85d5fe808f26a8670c867",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_63f75",
                                    table="zones_testbeddetailevent",
                                    when="BEFORE",
                                ),
                            ),
                        ),
                    ],
                ),
            ]
        )
    ]
