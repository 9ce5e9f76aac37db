"""Sums by month beside those by year. What was kept without them is thrown away, and made anew by who looks first."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("figures", "0006_marks_of_days"), ("ledger", "0006_event_marks")]

    operations = [
        migrations.RunSQL("DELETE FROM figures_rollup", migrations.RunSQL.noop),
        Together(
            [
                migrations.AddField(
                    model_name="rollup", name="months", field=models.JSONField(default=dict), preserve_default=False
                ),
            ]
        ),
    ]
