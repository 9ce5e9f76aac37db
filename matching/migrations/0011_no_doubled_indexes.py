"""Drop indexes of single columns where a longer one begins with the same column: every stored match paid for them."""

import django.db.models.deletion
from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0010_told_numbers"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="candidatelist",
                    name="run",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidate_lists",
                        to="matching.matchrun",
                    ),
                ),
                migrations.AlterField(
                    model_name="match",
                    name="resource",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="zones.resource",
                        verbose_name="资源",
                    ),
                ),
                migrations.AlterField(
                    model_name="match",
                    name="run",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="matching.matchrun",
                        verbose_name="匹配任务",
                    ),
                ),
            ]
        ),
    ]
