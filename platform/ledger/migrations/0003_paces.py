"""How often something was tried."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_quiet_context"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="PaceCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, unique=True)),
                        ("slot", models.BigIntegerField()),
                        ("taken", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "频次",
                        "verbose_name_plural": "频次",
                    },
                ),
            ],
        ),
    ]
