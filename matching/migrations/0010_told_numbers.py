"""What score and confidence of a match are without the need's budget, and which matches both sides are told of.

Earlier matches get their numbers here. They are told to the need's side only until the next run: which of them come
first without the budget is not stored.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from ledger.migration_operations import Together

FILL = """
UPDATE matching_match m SET told_score = t.score, told_confidence = t.confidence FROM (
    SELECT p.id,
        least(coalesce(sum(p.weighed * p.fit) / nullif(sum(p.weighed), 0), 0), 1) AS score,
        least(coalesce(sum(p.weighed) / nullif(sum(p.weight) FILTER (WHERE p.component NOT IN ('semantic', 'rerank')), 0), 0), 1)
            AS confidence
    FROM (
        SELECT id, part->>'component' AS component, (part->>'weight')::float8 AS weight, (part->>'fit')::float8 AS fit,
            (part->>'weight')::float8 * (part->>'known')::float8 AS weighed
        FROM matching_match, jsonb_array_elements(contributions) AS part
    ) p WHERE p.component <> 'budget' GROUP BY p.id
) t WHERE t.id = m.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0009_part_resource_version"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="candidatelist",
                    name="told_places",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                migrations.AddField(
                    model_name="match",
                    name="is_told",
                    field=models.BooleanField(default=False, verbose_name="双方可见"),
                ),
                migrations.AddField(
                    model_name="match",
                    name="told_confidence",
                    field=models.FloatField(default=0, verbose_name="不计预算的把握度"),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="match",
                    name="told_score",
                    field=models.FloatField(default=0, verbose_name="不计预算的得分"),
                    preserve_default=False,
                ),
                migrations.AddConstraint(
                    model_name="match",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("told_confidence__gte", 0),
                            ("told_confidence__lte", 1),
                            ("told_score__gte", 0),
                            ("told_score__lte", 1),
                        ),
                        name="match_told_in_range",
                    ),
                ),
                migrations.RunSQL(FILL, migrations.RunSQL.noop),
            ]
        ),
    ]
