"""What was traded between places, beside the sums. What was kept without it is thrown away, and made anew by who looks
first.
"""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("figures", "0008_name_of_publications"), ("ledger", "0006_event_marks")]

    operations = [
        migrations.RunSQL("DELETE FROM figures_rollup", migrations.RunSQL.noop),
        Together([migrations.AddField(model_name="rollup", name="pairs", field=models.BinaryField(default=bytes))]),
    ]
