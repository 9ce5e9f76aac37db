"""Every outbox event leaves a mark for those who plan what is told of it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from ledger.migration_operations import Together


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0005_valves"),
    ]

    operations = [
        Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="outboxevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_event",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO ledger_changemark (subject, object_id) SELECT 'outbox', id FROM written; RETURN NULL;",
                            hash="30afab86adccae7e133a66ed1ca0e8b2ef2eae54",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_mark_event_69dcd",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="ledger_outboxevent",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
