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
]


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0015_history_by_statement"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="importjob",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=20, verbose_name="导入内容"),
                ),
                migrations.AlterField(
                    model_name="importmapping",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=20, verbose_name="导入内容"),
                ),
                migrations.AddField(
                    model_name="importjob",
                    name="row_types",
                    field=models.JSONField(blank=True, default=dict, verbose_name="行类型"),
                ),
            ]
        )
    ]
