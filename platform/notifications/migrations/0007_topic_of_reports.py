"""Statistical reports are a topic of their own."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_event_marks"),
        ("notifications", "0006_undelivered"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="notice",
                    name="topic",
                    field=models.CharField(
                        choices=[
                            ("reviews", "需求审核"),
                            ("needs", "我的需求"),
                            ("matches", "匹配结果"),
                            ("exchanges", "对接进展"),
                            ("cooperations", "合作与协议"),
                            ("requests", "服务申请"),
                            ("resources", "资源维护"),
                            ("calls", "需求征集"),
                            ("events", "活动"),
                            ("figures", "统计报告"),
                            ("searches", "保存的检索"),
                            ("watches", "关注的记录"),
                            ("accounts", "账号与注册"),
                        ],
                        max_length=12,
                        verbose_name="主题",
                    ),
                ),
                migrations.AlterField(
                    model_name="subscription",
                    name="topic",
                    field=models.CharField(
                        choices=[
                            ("reviews", "需求审核"),
                            ("needs", "我的需求"),
                            ("matches", "匹配结果"),
                            ("exchanges", "对接进展"),
                            ("cooperations", "合作与协议"),
                            ("requests", "服务申请"),
                            ("resources", "资源维护"),
                            ("calls", "需求征集"),
                            ("events", "活动"),
                            ("figures", "统计报告"),
                            ("searches", "保存的检索"),
                            ("watches", "关注的记录"),
                            ("accounts", "账号与注册"),
                        ],
                        max_length=12,
                        verbose_name="主题",
                    ),
                ),
            ]
        ),
    ]
