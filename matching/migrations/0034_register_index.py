"""The index that keeps numbers of registration apart is not one by contract."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations
from django.db.models import BigIntegerField, ExpressionWrapper, F

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [("matching", "0033_need_days"), ("ledger", "0006_event_marks")]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="contractregistration", name="registration_number_of_one_contract"
                ),
                migrations.AddConstraint(
                    model_name="contractregistration",
                    constraint=ExclusionConstraint(
                        name="registration_number_of_one_contract",
                        expressions=[
                            ("registration_number", "="),
                            (ExpressionWrapper(F("contract") + 0, output_field=BigIntegerField()), "<>"),
                        ],
                        violation_error_message="该登记编号已用于另一份合同：请核对编号。",
                    ),
                ),
            ]
        )
    ]
