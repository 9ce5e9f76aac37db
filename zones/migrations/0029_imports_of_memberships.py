"""Files may bring in the members of associations."""

from django.db import migrations, models

from ledger.migration_operations import Together

KINDS = [
    ("equipment", "仪器设备"),
    ("laboratory", "实验室"),
    ("achievement", "科技成果"),
    ("expert_team", "专家团队"),
    ("testbed", "未来产业试验场"),
    ("pilot_line", "中试线"),
    ("finance_product", "科技金融产品"),
    ("enclave_space", "飞地空间"),
    ("service", "科技服务"),
    ("need", "需求"),
    ("policy", "政策文件"),
    ("policy_item", "政策条目"),
    ("policy_target", "政策目标"),
    ("policy_actual", "政策目标实际值"),
    ("fund", "协同基金"),
    ("fund_commitment", "基金认缴"),
    ("fund_payment", "基金到位资金"),
    ("chain_node", "产业链节点"),
    ("chain_place", "产业链节点企业"),
    ("enclave", "飞地"),
    ("enclave_tenant", "飞地入驻单位"),
    ("conversion", "成果转化"),
    ("talent_exchange", "人才交流"),
    ("trial", "试验"),
    ("cooperation", "合作与融资案例"),
    ("event", "已举办的活动"),
    ("contract", "技术合同"),
    ("agreement", "合作协议"),
    ("commitment_actual", "协议承诺完成情况"),
    ("membership", "联盟与网络的成员"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_event_marks"),
        ("zones", "0028_imports_of_reports"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name=name,
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=20, verbose_name="导入内容"),
                )
                for name in ("importjob", "importmapping")
            ]
        )
    ]
