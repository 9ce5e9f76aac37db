"""A place taken or given back changes what can be proposed of its resource: the document is made again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from ledger.migration_operations import Together

MARK = (
    "INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', NEW.resource_id); "
    "IF TG_OP = 'UPDATE' AND OLD.resource_id <> NEW.resource_id THEN "
    "INSERT INTO ledger_changemark (subject, object_id) VALUES ('resource', OLD.resource_id); END IF; RETURN NEW;"
)
STANDING = (
    "INSERT INTO ledger_changemark (subject, object_id) "
    "SELECT DISTINCT 'resource', resource_id FROM matching_booking WHERE released_at IS NULL"
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_tables"), ("matching", "0020_exchanges")]

    operations = [
        Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="mark_places",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func=MARK,
                            hash="8dc3ec7851d985193bc199bb79851afaa2cc01db",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_mark_places_e0fa4",
                            table="matching_booking",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.RunSQL(STANDING, migrations.RunSQL.noop),
            ],
        ),
    ]
