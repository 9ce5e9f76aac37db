"""Drafts are among them: the list is no list of what was published alone."""

from django.db import migrations

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("figures", "0007_months"), ("ledger", "0006_event_marks")]

    operations = [
        Together(
            [
                migrations.AlterModelOptions(
                    name="lockedfigure",
                    options={
                        "base_manager_name": "plain",
                        "default_manager_name": "plain",
                        "ordering": ("-id",),
                        "verbose_name": "统计发布",
                        "verbose_name_plural": "统计发布",
                    },
                ),
            ]
        ),
    ]
