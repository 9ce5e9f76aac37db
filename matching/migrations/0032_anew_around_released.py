"""A timetable can be asked for anew once it was released: what was released stays."""

from django.db import migrations, models

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0031_dimensions"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="event",
                    name="event_releases_what_was_built",
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("timetable_released_at__isnull", True),
                            ("timetable_built_at__isnull", False),
                            _connector="OR",
                        ),
                        name="event_releases_what_was_built",
                    ),
                ),
            ]
        )
    ]
