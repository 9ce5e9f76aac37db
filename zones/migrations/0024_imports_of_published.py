"""What was published and would differ after an import, and why it is written all the same."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_event_marks"),
        ("zones", "0023_imports_of_cooperations"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="importjob",
                    name="published",
                    field=models.JSONField(blank=True, default=list, verbose_name="将与记录不符的已发布统计"),
                ),
                migrations.AddField(
                    model_name="importjob",
                    name="reason_zh",
                    field=models.CharField(blank=True, max_length=300, verbose_name="改变已发布统计的原因"),
                ),
            ]
        )
    ]
