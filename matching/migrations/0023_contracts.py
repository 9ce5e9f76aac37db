"""Technology contracts with every version the register has seen."""

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

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0022_cooperations"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("zones", "0019_service_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="TechContract",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="合同名称")),
                        ("contract_type", models.CharField(max_length=20, verbose_name="合同类型")),
                        (
                            "seller_name_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="卖方名称（平台外单位）"),
                        ),
                        (
                            "seller_nature",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{3}\\Z", "法人性质代码为 3 位数字，例如 022。"
                                    )
                                ],
                                verbose_name="卖方法人性质代码",
                            ),
                        ),
                        (
                            "buyer_name_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="买方名称（平台外单位）"),
                        ),
                        (
                            "buyer_nature",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{3}\\Z", "法人性质代码为 3 位数字，例如 022。"
                                    )
                                ],
                                verbose_name="买方法人性质代码",
                            ),
                        ),
                        (
                            "total_amount",
                            models.DecimalField(decimal_places=2, max_digits=16, verbose_name="合同成交额（元）"),
                        ),
                        (
                            "traded_amount",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="成交额中扣除设备、材料等之后的部分",
                                max_digits=16,
                                verbose_name="技术交易额（元）",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="签订日")),
                        ("submit_by", models.DateField(editable=False, verbose_name="应提交登记日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "submitted_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="提交登记日"),
                        ),
                        (
                            "registered_on",
                            models.DateField(
                                blank=True,
                                editable=False,
                                help_text="按登记日计入年度",
                                null=True,
                                verbose_name="登记日",
                            ),
                        ),
                        (
                            "registration_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=16,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^([0-9]{14}|[0-9]{16})\\Z", "登记编号为 16 位数字（旧编号 14 位）。"
                                    )
                                ],
                                verbose_name="登记编号",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("signed", "已签订"),
                                    ("submitted", "已提交登记"),
                                    ("registered", "已登记"),
                                    ("changed", "已变更登记"),
                                    ("cancelled", "已注销"),
                                ],
                                default="signed",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "cancelled_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="注销日"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("dissolved", "合同解除"),
                                    ("unperformed", "未履行"),
                                    ("mistake", "登记有误"),
                                    ("not_recognized", "未予认定"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="注销原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
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
                            "buyer_organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bought_contracts",
                                to="zones.organization",
                                verbose_name="买方单位",
                            ),
                        ),
                        (
                            "buyer_region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.region",
                                verbose_name="买方省级区域",
                            ),
                        ),
                        (
                            "buyer_zone",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="签订时买方所在高新区",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="matching.cooperation",
                                verbose_name="所属合作",
                            ),
                        ),
                        (
                            "seller_organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sold_contracts",
                                to="zones.organization",
                                verbose_name="卖方单位",
                            ),
                        ),
                        (
                            "seller_region",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.region",
                                verbose_name="卖方省级区域",
                            ),
                        ),
                        (
                            "seller_zone",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="zones.zone",
                                verbose_name="签订时卖方所在高新区",
                            ),
                        ),
                        (
                            "zone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tech_contracts",
                                to="zones.zone",
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "技术合同",
                        "verbose_name_plural": "技术合同",
                        "ordering": ("-signed_on", "-id"),
                        "abstract": False,
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                    },
                    managers=[
                        ("plain", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="ContractRegistration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("first", "首次登记"), ("change", "变更登记"), ("cancellation", "注销登记")],
                                max_length=12,
                                verbose_name="登记事项",
                            ),
                        ),
                        (
                            "registration_number",
                            models.CharField(
                                max_length=16,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^([0-9]{14}|[0-9]{16})\\Z", "登记编号为 16 位数字（旧编号 14 位）。"
                                    )
                                ],
                                verbose_name="登记编号",
                            ),
                        ),
                        ("registered_on", models.DateField(verbose_name="登记日")),
                        (
                            "total_amount",
                            models.DecimalField(decimal_places=2, max_digits=16, verbose_name="合同成交额（元）"),
                        ),
                        (
                            "traded_amount",
                            models.DecimalField(decimal_places=2, max_digits=16, verbose_name="技术交易额（元）"),
                        ),
                        ("contract_type", models.CharField(max_length=20, verbose_name="合同类型")),
                        ("reason_zh", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经手人",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="matching.techcontract",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合同登记版次",
                        "verbose_name_plural": "合同登记版次",
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
                    name="TechContractEvent",
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
                        ("title_zh", models.CharField(max_length=120, verbose_name="合同名称")),
                        ("contract_type", models.CharField(max_length=20, verbose_name="合同类型")),
                        (
                            "seller_name_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="卖方名称（平台外单位）"),
                        ),
                        (
                            "seller_nature",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{3}\\Z", "法人性质代码为 3 位数字，例如 022。"
                                    )
                                ],
                                verbose_name="卖方法人性质代码",
                            ),
                        ),
                        (
                            "buyer_name_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="买方名称（平台外单位）"),
                        ),
                        (
                            "buyer_nature",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{3}\\Z", "法人性质代码为 3 位数字，例如 022。"
                                    )
                                ],
                                verbose_name="买方法人性质代码",
                            ),
                        ),
                        (
                            "total_amount",
                            models.DecimalField(decimal_places=2, max_digits=16, verbose_name="合同成交额（元）"),
                        ),
                        (
                            "traded_amount",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="成交额中扣除设备、材料等之后的部分",
                                max_digits=16,
                                verbose_name="技术交易额（元）",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="签订日")),
                        ("submit_by", models.DateField(editable=False, verbose_name="应提交登记日")),
                        ("reminded_on", models.DateField(editable=False, null=True, verbose_name="已提醒日")),
                        (
                            "submitted_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="提交登记日"),
                        ),
                        (
                            "registered_on",
                            models.DateField(
                                blank=True,
                                editable=False,
                                help_text="按登记日计入年度",
                                null=True,
                                verbose_name="登记日",
                            ),
                        ),
                        (
                            "registration_number",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=16,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^([0-9]{14}|[0-9]{16})\\Z", "登记编号为 16 位数字（旧编号 14 位）。"
                                    )
                                ],
                                verbose_name="登记编号",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("signed", "已签订"),
                                    ("submitted", "已提交登记"),
                                    ("registered", "已登记"),
                                    ("changed", "已变更登记"),
                                    ("cancelled", "已注销"),
                                ],
                                default="signed",
                                editable=False,
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "cancelled_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="注销日"),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("dissolved", "合同解除"),
                                    ("unperformed", "未履行"),
                                    ("mistake", "登记有误"),
                                    ("not_recognized", "未予认定"),
                                    ("other", "其他"),
                                ],
                                editable=False,
                                max_length=20,
                                verbose_name="注销原因",
                            ),
                        ),
                        ("end_zh", models.CharField(blank=True, editable=False, max_length=300, verbose_name="说明")),
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
                            "buyer_organization",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="买方单位",
                            ),
                        ),
                        (
                            "buyer_region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="买方省级区域",
                            ),
                        ),
                        (
                            "buyer_zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="签订时买方所在高新区",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="matching.cooperation",
                                verbose_name="所属合作",
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
                                to="matching.techcontract",
                            ),
                        ),
                        (
                            "seller_organization",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.organization",
                                verbose_name="卖方单位",
                            ),
                        ),
                        (
                            "seller_region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.region",
                                verbose_name="卖方省级区域",
                            ),
                        ),
                        (
                            "seller_zone",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="zones.zone",
                                verbose_name="签订时卖方所在高新区",
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
                                verbose_name="登记的高新区",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddIndex(
                    model_name="techcontract",
                    index=models.Index(
                        condition=models.Q(("state", "signed")), fields=["submit_by"], name="contract_to_submit"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("traded_amount__gte", 0), ("traded_amount__lte", models.F("total_amount"))),
                        name="contract_amounts_in_order",
                        violation_error_message="技术交易额须在 0 与成交额之间，单位为元。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seller_name_zh", ""), ("seller_organization__isnull", False)),
                            models.Q(
                                ("seller_organization__isnull", True), models.Q(("seller_name_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="contract_seller_named",
                        violation_error_message="请选择卖方单位；平台上没有该单位时，只填写其名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyer_name_zh", ""), ("buyer_organization__isnull", False)),
                            models.Q(
                                ("buyer_organization__isnull", True), models.Q(("buyer_name_zh", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="contract_buyer_named",
                        violation_error_message="请选择买方单位；平台上没有该单位时，只填写其名称。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("seller_organization__isnull", True),
                            ("buyer_organization__isnull", True),
                            models.Q(("seller_organization", models.F("buyer_organization")), _negated=True),
                            _connector="OR",
                        ),
                        name="contract_sides_differ",
                        violation_error_message="卖方与买方不能是同一单位。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_on__isnull", True),
                                ("submitted_on__gte", models.F("signed_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("registered_on__isnull", True),
                                ("registered_on__gte", models.F("signed_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("cancelled_on__isnull", True),
                                ("cancelled_on__gte", models.F("signed_on")),
                                _connector="OR",
                            ),
                        ),
                        name="contract_days_in_order",
                        violation_error_message="提交、登记、注销日都不得早于签订日。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("registered_on__isnull", False),
                                ("state__in", ("registered", "changed")),
                                models.Q(("registration_number", ""), _negated=True),
                            ),
                            ("state", "cancelled"),
                            models.Q(
                                ("registered_on__isnull", True),
                                ("registration_number", ""),
                                ("state__in", ("signed", "submitted")),
                            ),
                            _connector="OR",
                        ),
                        name="registered_contract_has_its_number",
                        violation_error_message="登记须有登记日与登记编号。",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), ("submitted_on__isnull", True)),
                            ("state", "cancelled"),
                            models.Q(
                                models.Q(("state__in", ("signed", "cancelled")), _negated=True),
                                ("submitted_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_contract_has_its_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="techcontract",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_on__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_on__isnull", True),
                                ("end_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="cancelled_contract_has_its_reason",
                        violation_error_message="请选择注销原因。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="techcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_techcontractevent" ("author_id", "buyer_name_zh", "buyer_nature", "buyer_organization_id", "buyer_region_id", "buyer_zone_id", "cancelled_on", "contract_type", "cooperation_id", "created_at", "end_reason", "end_zh", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registered_on", "registration_number", "reminded_on", "seller_name_zh", "seller_nature", "seller_organization_id", "seller_region_id", "seller_zone_id", "signed_on", "state", "submit_by", "submitted_on", "title_zh", "total_amount", "traded_amount", "version", "zone_id") VALUES (NEW."author_id", NEW."buyer_name_zh", NEW."buyer_nature", NEW."buyer_organization_id", NEW."buyer_region_id", NEW."buyer_zone_id", NEW."cancelled_on", NEW."contract_type", NEW."cooperation_id", NEW."created_at", NEW."end_reason", NEW."end_zh", NEW."id", NEW."is_sample", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."registered_on", NEW."registration_number", NEW."reminded_on", NEW."seller_name_zh", NEW."seller_nature", NEW."seller_organization_id", NEW."seller_region_id", NEW."seller_zone_id", NEW."signed_on", NEW."state", NEW."submit_by", NEW."submitted_on", NEW."title_zh", NEW."total_amount", NEW."traded_amount", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="1d5fa6f4b5e606f72869603decfb903bc1473005",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5f44",
                            table="matching_techcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="techcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."buyer_name_zh" IS DISTINCT FROM (NEW."buyer_name_zh") OR OLD."buyer_nature" IS DISTINCT FROM (NEW."buyer_nature") OR OLD."buyer_organization_id" IS DISTINCT FROM (NEW."buyer_organization_id") OR OLD."buyer_region_id" IS DISTINCT FROM (NEW."buyer_region_id") OR OLD."buyer_zone_id" IS DISTINCT FROM (NEW."buyer_zone_id") OR OLD."cancelled_on" IS DISTINCT FROM (NEW."cancelled_on") OR OLD."contract_type" IS DISTINCT FROM (NEW."contract_type") OR OLD."cooperation_id" IS DISTINCT FROM (NEW."cooperation_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."end_reason" IS DISTINCT FROM (NEW."end_reason") OR OLD."end_zh" IS DISTINCT FROM (NEW."end_zh") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_sample" IS DISTINCT FROM (NEW."is_sample") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."registered_on" IS DISTINCT FROM (NEW."registered_on") OR OLD."registration_number" IS DISTINCT FROM (NEW."registration_number") OR OLD."reminded_on" IS DISTINCT FROM (NEW."reminded_on") OR OLD."seller_name_zh" IS DISTINCT FROM (NEW."seller_name_zh") OR OLD."seller_nature" IS DISTINCT FROM (NEW."seller_nature") OR OLD."seller_organization_id" IS DISTINCT FROM (NEW."seller_organization_id") OR OLD."seller_region_id" IS DISTINCT FROM (NEW."seller_region_id") OR OLD."seller_zone_id" IS DISTINCT FROM (NEW."seller_zone_id") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submit_by" IS DISTINCT FROM (NEW."submit_by") OR OLD."submitted_on" IS DISTINCT FROM (NEW."submitted_on") OR OLD."title_zh" IS DISTINCT FROM (NEW."title_zh") OR OLD."total_amount" IS DISTINCT FROM (NEW."total_amount") OR OLD."traded_amount" IS DISTINCT FROM (NEW."traded_amount") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."zone_id" IS DISTINCT FROM (NEW."zone_id"))',
                            func='INSERT INTO "matching_techcontractevent" ("author_id", "buyer_name_zh", "buyer_nature", "buyer_organization_id", "buyer_region_id", "buyer_zone_id", "cancelled_on", "contract_type", "cooperation_id", "created_at", "end_reason", "end_zh", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registered_on", "registration_number", "reminded_on", "seller_name_zh", "seller_nature", "seller_organization_id", "seller_region_id", "seller_zone_id", "signed_on", "state", "submit_by", "submitted_on", "title_zh", "total_amount", "traded_amount", "version", "zone_id") VALUES (NEW."author_id", NEW."buyer_name_zh", NEW."buyer_nature", NEW."buyer_organization_id", NEW."buyer_region_id", NEW."buyer_zone_id", NEW."cancelled_on", NEW."contract_type", NEW."cooperation_id", NEW."created_at", NEW."end_reason", NEW."end_zh", NEW."id", NEW."is_sample", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."registered_on", NEW."registration_number", NEW."reminded_on", NEW."seller_name_zh", NEW."seller_nature", NEW."seller_organization_id", NEW."seller_region_id", NEW."seller_zone_id", NEW."signed_on", NEW."state", NEW."submit_by", NEW."submitted_on", NEW."title_zh", NEW."total_amount", NEW."traded_amount", NEW."version", NEW."zone_id"); RETURN NULL;',
                            hash="7f401d87c8cb90edaf5ce09cf39a3ba8f0148cf8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aa907",
                            table="matching_techcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="techcontract",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "matching_techcontractevent" ("author_id", "buyer_name_zh", "buyer_nature", "buyer_organization_id", "buyer_region_id", "buyer_zone_id", "cancelled_on", "contract_type", "cooperation_id", "created_at", "end_reason", "end_zh", "id", "is_sample", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "registered_on", "registration_number", "reminded_on", "seller_name_zh", "seller_nature", "seller_organization_id", "seller_region_id", "seller_zone_id", "signed_on", "state", "submit_by", "submitted_on", "title_zh", "total_amount", "traded_amount", "version", "zone_id") VALUES (OLD."author_id", OLD."buyer_name_zh", OLD."buyer_nature", OLD."buyer_organization_id", OLD."buyer_region_id", OLD."buyer_zone_id", OLD."cancelled_on", OLD."contract_type", OLD."cooperation_id", OLD."created_at", OLD."end_reason", OLD."end_zh", OLD."id", OLD."is_sample", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."registered_on", OLD."registration_number", OLD."reminded_on", OLD."seller_name_zh", OLD."seller_nature", OLD."seller_organization_id", OLD."seller_region_id", OLD."seller_zone_id", OLD."signed_on", OLD."state", OLD."submit_by", OLD."submitted_on", OLD."title_zh", OLD."total_amount", OLD."traded_amount", OLD."version", OLD."zone_id"); RETURN NULL;',
                            hash="f5eb4b9b05c79ef96f505e0b266c7b2db2bd64d0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_02556",
                            table="matching_techcontract",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contractregistration",
                    constraint=models.UniqueConstraint(
                        fields=("contract", "number"), name="one_registration_of_a_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contractregistration",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("registration_number", "="), ("contract", "<>")],
                        name="registration_number_of_one_contract",
                        violation_error_message="该登记编号已用于另一份合同：请核对编号。",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contractregistration",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8fb4c1083251c220136f186d0f67113e4f47cd0b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_659aa",
                            table="matching_contractregistration",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="techcontractevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d7108cd3fc93c3c3fe56f931d40d6e430fc229a5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_69ef7",
                            table="matching_techcontractevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
