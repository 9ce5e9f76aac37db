"""A second look at the best candidates: what runs tell of it, and the bar that stands before it."""

from django.db import migrations, models

from ledger.migration_operations import Together

BARS = """
UPDATE matching_candidatelist SET bar = rank_values[cardinality(rank_values)] WHERE cardinality(rank_values) > 0
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_vectors")]

    operations = [
        Together(
            [
                migrations.AddField(
                    "matchrun",
                    "rerank_model",
                    models.CharField("精排模型", max_length=200, blank=True, default="", help_text="空：不精排"),
                    preserve_default=False,
                ),
                migrations.AddField(
                    "matchrun", "need_reranked", models.PositiveIntegerField("精排的需求数", default=0)
                ),
                migrations.AddField(
                    "matchrun",
                    "rerank_error",
                    models.CharField(max_length=300, blank=True, default=""),
                    preserve_default=False,
                ),
                migrations.AddField("candidatelist", "bar", models.FloatField(default=0)),
                migrations.RunSQL(BARS, migrations.RunSQL.noop),
            ]
        )
    ]
