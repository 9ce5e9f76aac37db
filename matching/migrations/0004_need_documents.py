"""Documents of needs, marks of their changes, and numbered publications for those who follow them."""

import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import ledger.migration_operations

INLINE = """
ALTER TABLE matching_needdocument SET (toast_tuple_target = 8160);
ALTER TABLE matching_needdocument ALTER COLUMN packed SET STORAGE EXTERNAL;
"""
SEQUENCE = "CREATE SEQUENCE matching_publication;"
DROP_SEQUENCE = "DROP SEQUENCE matching_publication;"
VERSIONS = """
UPDATE matching_liveresult l SET need_version = c.need_version
FROM matching_candidatelist c WHERE c.need_id = l.need_id AND c.run_id = l.run_id;
"""


class Migration(migrations.Migration):
    dependencies = (("matching", "0003_learning"),)
    operations = [
        ledger.migration_operations.Together(
            [
                migrations.CreateModel(
                    name="NeedDocument",
                    fields=(
                        (
                            "need",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="document",
                                serialize=False,
                                to="matching.need",
                            ),
                        ),
                        ("need_version", models.PositiveIntegerField()),
                        ("encoding", models.PositiveSmallIntegerField()),
                        ("context", models.CharField(max_length=32)),
                        ("sequence", models.BigIntegerField(db_index=True)),
                        ("is_open", models.BooleanField()),
                        ("packed", models.BinaryField()),
                    ),
                    options={"verbose_name": "需求文档", "verbose_name_plural": "需求文档"},
                ),
                migrations.AddField("liveresult", "need_version", models.PositiveIntegerField(default=0)),
                migrations.AddField("liveresult", "sequence", models.BigIntegerField(db_index=True, default=0)),
                ledger.migration_operations.InstallTriggers(
                    [
                        (
                            "need",
                            pgtrigger.compiler.Trigger(
                                name="mark_change",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="INSERT INTO ledger_changemark (subject, object_id) VALUES ('need', NEW.id); RETURN NEW;",
                                    hash="aa6cf2285f658df9e808cbed1d9c7bc71952e3c7",
                                    operation="INSERT OR UPDATE",
                                    pgid="pgtrigger_mark_change_0e332",
                                    table="matching_need",
                                    when="AFTER",
                                ),
                            ),
                        ),
                    ]
                ),
                migrations.RunSQL(INLINE, migrations.RunSQL.noop),
                migrations.RunSQL(SEQUENCE, DROP_SEQUENCE),
                migrations.RunSQL(VERSIONS, migrations.RunSQL.noop),
            ]
        )
    ]
