"""Until when a need was unmet: what was told of a past day is told of it, though the need was opened once more."""

from django.db import migrations, models

from ledger.migration_operations import Together

OPENED_AGAIN = """
UPDATE matching_needday d SET until = coalesce(
    (SELECT min((e.pgh_created_at AT TIME ZONE 'Asia/Shanghai')::date) FROM matching_needevent e
     WHERE e.pgh_obj_id = n.id AND e.state <> ALL (ARRAY['expired', 'closed_unmet']) AND e.pgh_id > (
        SELECT max(l.pgh_id) FROM matching_needevent l
        WHERE l.pgh_obj_id = n.id AND l.state IN ('expired', 'closed_unmet'))),
    (n.updated_at AT TIME ZONE 'Asia/Shanghai')::date)
FROM matching_need n WHERE n.id = d.need_id AND d.step = 'unmet' AND d.until IS NULL
AND n.state <> ALL (ARRAY['expired', 'closed_unmet'])
"""
"""The first version after the last in which it was unmet; without any history, the last change."""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_event_marks"),
        ("matching", "0035_register_restored"),
    ]

    operations = [
        Together(
            [
                migrations.AddField(
                    model_name="needday",
                    name="until",
                    field=models.DateField(null=True),
                ),
                migrations.RemoveConstraint(model_name="needday", name="one_day_of_a_need_step"),
                migrations.AddConstraint(
                    model_name="needday",
                    constraint=models.UniqueConstraint(
                        fields=("need", "step"),
                        condition=models.Q(("until__isnull", True)),
                        name="one_day_of_a_need_step",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(OPENED_AGAIN, migrations.RunSQL.noop),
    ]
