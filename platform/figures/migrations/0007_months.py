"""Sums by month beside those by year. What was kept without them is thrown away, and made anew by who looks first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("figures", "0006_marks_of_days")]

    operations = [
        migrations.RunSQL("DELETE FROM figures_rollup", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="rollup", name="months", field=models.JSONField(default=dict), preserve_default=False
        ),
    ]
