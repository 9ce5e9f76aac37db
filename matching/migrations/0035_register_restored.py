"""A version of the register may say that the one before is void."""

from django.db import migrations, models

from ledger.migration_operations import Together

KINDS = [
    ("first", "首次登记"),
    ("change", "变更登记"),
    ("cancellation", "注销登记"),
    ("restored", "恢复登记"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0006_event_marks"),
        ("matching", "0034_register_index"),
    ]

    operations = [
        Together(
            [
                migrations.AlterField(
                    model_name="contractregistration",
                    name="kind",
                    field=models.CharField(choices=KINDS, max_length=12, verbose_name="登记事项"),
                )
            ]
        )
    ]
