"""The version of the resource from which a part of a team was made; 0: not known."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_reranking")]

    operations = [
        Together(
            operations=[
                migrations.AddField(
                    model_name="consortiumpart",
                    name="resource_version",
                    field=models.PositiveIntegerField(default=0),
                ),
            ],
        ),
    ]
