"""What is said to who makes the same report at the same time."""

from django.conf import settings
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0004_series_milestone"),
        ("zones", "0023_imports_of_cooperations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.AlterConstraint(
                    model_name="figurereport",
                    name="one_report_version",
                    constraint=models.UniqueConstraint(
                        fields=("scope", "period", "samples", "number"),
                        name="one_report_version",
                        violation_error_message="该报告刚由他人生成：请刷新后查看。",
                    ),
                ),
            ],
        ),
    ]
