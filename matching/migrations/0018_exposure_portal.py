"""What the portal shows of matches is logged under its own channel."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("matching", "0017_need_open_expiry")]

    operations = [
        Together(
            operations=[
                migrations.AlterField(
                    model_name="exposure",
                    name="channel",
                    field=models.CharField(
                        choices=[("published", "发布"), ("office", "工作台"), ("api", "接口"), ("portal", "门户")],
                        max_length=12,
                    ),
                ),
            ],
        ),
    ]
