"""The days of needs that figures count by, kept when the log of exposures is deleted and whatever changes a need."""

import django.db.models.deletion
from django.db import migrations, models

from ledger.migration_operations import Together

MATCHED = """
INSERT INTO matching_needday (need_id, step, day)
SELECT need_id, 'matched', min(shown_on) FROM matching_exposure GROUP BY need_id
"""
OPENED = """
INSERT INTO matching_needday (need_id, step, day)
SELECT e.pgh_obj_id, 'opened', min((e.opened_at AT TIME ZONE 'Asia/Shanghai')::date)
FROM matching_needevent e JOIN matching_need n ON n.id = e.pgh_obj_id
WHERE e.opened_at IS NOT NULL GROUP BY e.pgh_obj_id
"""
UNMET = """
INSERT INTO matching_needday (need_id, step, day)
SELECT n.id, 'unmet', coalesce(
    (SELECT min((e.pgh_created_at AT TIME ZONE 'Asia/Shanghai')::date) FROM matching_needevent e
     WHERE e.pgh_obj_id = n.id AND e.state = n.state AND NOT EXISTS (
        SELECT FROM matching_needevent l WHERE l.pgh_obj_id = n.id AND l.pgh_id > e.pgh_id AND l.state <> n.state)),
    (n.updated_at AT TIME ZONE 'Asia/Shanghai')::date)
FROM matching_need n WHERE n.state IN ('expired', 'closed_unmet')
"""
"""The first version since which the state has been what it is; without any history, the last change."""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0032_anew_around_released"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="NeedDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("opened", "首次开放"),
                                    ("matched", "首次有匹配结果"),
                                    ("unmet", "到期或关闭而未满足"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "need",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="days", to="matching.need"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "需求各步日期",
                        "verbose_name_plural": "需求各步日期",
                        "constraints": [
                            models.UniqueConstraint(fields=("need", "step"), name="one_day_of_a_need_step")
                        ],
                    },
                ),
            ]
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (MATCHED, OPENED, UNMET)),
    ]
